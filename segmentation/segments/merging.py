"""Several segments as one: who is treated alike stands in one segment, wherever the thresholds lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np

from segmentation import formats
from segmentation.customers.customers import Customers
from segmentation.dataclass import dataclass
from segmentation.segments.bands import Coded, Merged, Placing, Runs, Some, as_merged
from segmentation.segments.method import Ground, Meaning, Method, Other
from segmentation.segments.newcomers import made_of
from segmentation.segments.scores import UNSCORED, Scored
from segmentation.segments.segmentation import UNKNOWN, Segmentation

Groups = Mapping[str, Sequence[str]]  # name of what is put together → the segments put together
LONGEST = 60  # letters of a segment's name


@dataclass(frozen=True)
class Gathered:
    """The segments of another placing put together: table gives of each of them, *Unknown* last, where it belongs."""

    placing: Placing
    table: np.ndarray
    segments: int

    @cached_property
    def counts(self) -> np.ndarray:
        return np.bincount(self.table, self.placing.counts, self.segments).astype(np.int64)

    def sums(self, column: str) -> np.ndarray:
        """Sum of a column per segment, in its exact unit."""
        return np.bincount(self.table, self.placing.sums(column), self.segments)

    def codes(self) -> np.ndarray:
        """The segment of each row: int8 (n,)."""
        return self.table.take(self.placing.codes())

    def at(self, rows: np.ndarray) -> np.ndarray:
        """The segment of some rows: int8."""
        return self.table.take(self.placing.at(rows))

    def changed(self, other: Any) -> list[Some] | None:
        """None: whoever asks compares all customers."""
        return None


def called(names: Sequence[str], taken: Sequence[str] = ()) -> str:
    """What segments are called together: B and C; of long names the first, and how many more. Never as one of those taken."""
    seen = ["".join(letter for letter in name if letter.isprintable()).strip() or "…" for name in names]
    whole = formats.listed(seen)
    if len(whole) > LONGEST - 4:
        more = f" and {len(names) - 1} more"
        whole = seen[0][: LONGEST - 4 - len(more)] + more
    return next(one for one in (whole, *(f"{whole} ({number})" for number in range(2, 99))) if one not in taken)


def gathered(made: Segmentation, groups: Groups) -> Segmentation:
    """The same customers with the segments of each group as one, in the place of its best; groups of nobody are nothing.

    Cuts between segments that are one part nobody: of a single ordering they are left out.
    """
    names, table = _together(made.names, groups)
    colours = [made.colours[table.tolist().index(at)] for at in range(len(names))]
    placing, parts = _placed(made.customers, made.placing, table, len(names) + 1)
    cuts, thresholds = (_kept(held, parts) for held in (made.cuts, made.thresholds))
    return Segmentation(
        made.customers,
        names,
        placing,
        colours=colours,
        detail=made._detail,
        columns=made.columns,
        cuts=cuts,
        thresholds=thresholds,
        bands=made.bands,
    )


def _together(names: Sequence[str], groups: Groups) -> tuple[tuple[str, ...], np.ndarray]:
    """The segments with those of each group as one, and for each of before, *Unknown* last, which it is now: int8."""
    together = {one: name for name, held in groups.items() for one in held}
    mapped = [together.get(name, name) for name in names]
    found = tuple(dict.fromkeys(mapped))
    return found, np.array([*(found.index(name) for name in mapped), len(found)], np.int8)


def meant(customers: Customers, name: str, value: Any) -> Segmentation:
    """What another method, as `Other` takes it, makes of the customers; name is that of the threshold. Problem as there."""
    other, thresholds = Other.read(name, value)
    made, groups = made_of(other, customers, thresholds), Other.merged(value)
    return gathered(made, groups) if groups else made


def _placed(customers: Customers, placing: Placing, table: np.ndarray, segments: int) -> tuple[Placing, list[bool]]:
    """The placing with its segments put together; of one ordering also which of its cuts still part."""
    if isinstance(placing, Runs):
        along = table[placing.order[:-1]]
        part = [one != other for one, other in pairwise(along.tolist())]
        if sum(part) == segments - 2:
            return _fewer(placing, part), part if placing.share else part[::-1]
        placing = as_merged(customers, placing)
    if isinstance(placing, Merged):
        return Merged(customers, placing.runs, table[placing.table], segments), []
    if isinstance(placing, Scored) and (np.diff(table[placing.table[:UNSCORED]]) <= 0).all():
        return replace(placing, table=table[placing.table], segments=segments), []
    if isinstance(placing, Coded):
        return Coded(customers, placing.marks, table[placing.table], segments, placing.key), []
    return Gathered(placing, table, segments), []


def _kept(held: tuple[Any, ...], parts: Sequence[bool]) -> tuple[Any, ...]:
    return tuple(one for one, part in zip(held, parts, strict=True) if part) if len(held) == len(parts) else ()


def _fewer(run: Runs, part: Sequence[bool]) -> Runs:
    """Runs with only these of their inner bounds, largest values first."""
    kept = [True, *part, True, True]
    cuts = tuple(cut for cut, stays in zip(run.cuts, part, strict=True) if stays)
    return replace(run, bounds=run.bounds[kept], cuts=cuts)


def merged(name: str, inner: Method, groups: Groups) -> Method:
    """A method of that name: the segments of another, at that one's thresholds, with those of each group as one."""
    together = {one: group for group, held in groups.items() for one in held}

    def run(customers: Customers, **thresholds: Any) -> Segmentation:
        return gathered(inner.run(customers, **thresholds), groups)

    def starts(customers: Customers, values: Mapping[str, Any], _: Segmentation) -> Any:
        assert inner.starts
        return inner.starts(customers, values, inner.run(customers, **values))

    def remarks(customers: Customers, values: Mapping[str, Any]) -> list[str]:
        said = inner.remarks(customers, values) if inner.remarks else []
        return [*map(_said, groups.values()), *said]

    def joins(customers: Customers, values: Mapping[str, Any]) -> Ground:
        assert inner.joins
        ground = inner.joins(customers, values)
        table = _together(inner.run(customers, **values).names, groups)[1]
        return ground._replace(place=lambda others: table.take(ground.place(others)), degrees=None)

    return replace(
        inner,
        name=name,
        title=_titled(inner, groups),
        run=run,
        segments={group: _meaning(inner, held) for group, held in groups.items()} | dict(inner.segments),
        reference=None,
        looks={},
        starts=starts if inner.starts else None,
        asks=tuple(
            dict.fromkeys(tuple(dict.fromkeys(together.get(one, one) for one in asked)) for asked in inner.asks)
        ),
        joins=joins if inner.joins else None,
        grows=False,
        steps={one: step for one, step in inner.steps.items() if one not in together},
        remarks=remarks,
        source=f"{inner.source} Segments that are treated alike were put together.".strip(),
    )


def _titled(inner: Method, groups: Groups) -> str:
    """ABC, B and C merged; without the names where they are many or long."""
    which = "; ".join(groups)
    return f"{inner.title}, {which} merged" if len(which) <= LONGEST else f"{inner.title}, merged"


def _meaning(inner: Method, held: Sequence[str]) -> Meaning:
    found = [inner.meaning(one) for one in held if one != UNKNOWN]
    first = next(filter(None, found), None)
    return Meaning(f"{formats.listed(list(held))}, treated alike.", first.attention if first else "What both get.")


def _said(held: Sequence[str]) -> str:
    names = formats.listed([f"“{name}”" for name in held])  # names hold commas and an "and" of their own
    return f"{names} are one segment here, since they are treated alike: a line between them parts nobody."
