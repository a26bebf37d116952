"""What must be known where segments are seen: which way equal values go, and what a method counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from segmentation import formats
from segmentation.columns.metrics import label
from segmentation.segments.bands import Runs, runs_of
from segmentation.segments.method import Method
from segmentation.segments.segmentation import Segmentation


def remarks(method: Method, values: Mapping[str, Any], segmentation: Segmentation) -> list[str]:
    """Sentences that hold for these very segments, none where nothing is to be said; names as in the file.

    values   the method's thresholds, complete
    A cumulative cut may part customers who bring the same; a value that is a cut stays whole, on the side told here.
    Cost: a few searches for each cut, whatever the number of customers.
    """
    customers, runs = segmentation.customers, runs_of(segmentation.placing)
    named = segmentation.columns if len(segmentation.columns) == len(runs) else [""] * len(runs)
    cut = [*zip(runs, named, strict=True)]
    parted = [_parted(run, column, at) for run, column in cut for at in range(1, len(run) - 1)]
    whole = [run for run, column in cut if not run.share and (not column or column in customers.frame)]
    own = method.remarks(customers, values) if method.remarks else []
    return [one for one in [*parted, *_on_the_line(whole), *own] if one]


def _parted(run: Runs, column: str, at: int) -> str:
    """That a bound lies among customers of one value: how many stand on either side of it."""
    place, known = int(run.bounds[at]), run.ranked.known
    if not (run.share and 0 < place < known) or run.ranked.negated[place - 1] != run.ranked.negated[place]:
        return ""
    value = -float(run.ranked.negated[place])
    first, end = run.ranked.more_than(value), run.ranked.at_least(value)
    who = formats.plural(end - first, "customer has", "customers have")
    figure = label(column).lower() if column else "figure"
    return (
        f"At the line at {formats.share(run.cuts[at - 1])} {who} the same {figure}, {formats.number(value)}: "
        f"{formats.count(place - first)} above it and {formats.count(end - place)} below, by nothing but their number."
    )


def _on_the_line(runs: list[Runs]) -> list[str]:
    """How many share the very value of a cut, and the side they are counted on; one alone has nobody to be parted from."""
    said = []
    for side, where in (("left", "larger"), ("right", "smaller")):
        cuts = [(run, cut) for run in runs if run.closed == side for cut in set(run.cuts)]
        there = [(cut, held) for run, cut in cuts if (held := len(run.ranked.between(cut, cut))) > 1]
        if there:
            who = f"{formats.count(sum(held for _, held in there))} customers are"
            line = f"the line at {formats.number(there[0][0])}" if len(there) == 1 else "a line"
            said.append(f"{who} exactly on {line}, counted with the {where} values.")
    return said
