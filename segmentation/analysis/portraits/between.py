"""How clearly customers stand in a group around a centre, where the method itself knows no degrees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from segmentation.segments import groups
from segmentation.segments.method import Method
from segmentation.segments.segmentation import UNKNOWN, Segmentation

CLEAR = 2.0  # times as far as its own is the next centre of who stands clearly in a group
MEANT = "Clearly: the centre of every other segment is at least twice as far away as that of its own. Else the two it stands between."


def between(
    method: Method, thresholds: Mapping[str, Any], made: Segmentation, last: int, names: Sequence[str]
) -> list[str]:
    """Of the last customers of these, of whom all columns are known, how each stands: “clearly”, or between two of them, by name;
    nothing where the method has no centres, or one group alone.

    made   what the method makes of all customers at these thresholds; names: what its segments are called
    """
    if method.centred is None or len(made.names) < 2:
        return []
    rows, values = method.centred(made.customers, method.complete(thresholds))
    held, codes = np.unique(made.codes[rows], return_inverse=True)  # those that hold somebody
    called = [(*names, UNKNOWN)[code] for code in held]
    centres = groups.centres_of(values, codes)
    away = np.sqrt(((values[-last:, None] - centres) ** 2).sum(axis=2))
    own = away[np.arange(last), codes[-last:]]
    away[np.arange(last), codes[-last:]] = np.inf
    return [
        "clearly" if next_to.min() >= CLEAR * mine else f"between “{called[code]}” and “{called[next_to.argmin()]}”"
        for code, mine, next_to in zip(codes[-last:], own, away, strict=True)
    ]


def as_before(before: Segmentation, after: Segmentation) -> tuple[str, ...]:
    """What the segments of `after` were called before some customers came behind the others: a group is named by what it is
    like, so its name may change with a customer more. The names of now where none goes on from just one of then."""
    if {*after.names} == {*before.names}:
        return after.names
    many, width = len(before.codes), len(before.names) + 1
    pairs = after.codes[:many].astype(np.intp) * width + before.codes
    both = np.bincount(pairs, minlength=(len(after.names) + 1) * width).reshape(-1, width)[:-1, :-1]
    goes_on = both.argmax(axis=1).tolist() if both.size else []
    one_each = len({*goes_on}) == len(after.names) and bool(both.size) and both.max(axis=1).all()
    return tuple(before.names[at] for at in goes_on) if one_each else after.names
