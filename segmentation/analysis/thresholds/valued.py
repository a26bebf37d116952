"""Segments that are values in an order: words by how many customers have them, rare ones gathered; or stages one goes through."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.analysis.thresholds.sensitivity import numbers
from segmentation.customers.attributes import RANKED
from segmentation.dataclass import dataclass
from segmentation.segments.bands import Runs
from segmentation.segments.controls import Rare
from segmentation.segments.method import Method
from segmentation.segments.rules import OTHER
from segmentation.segments.segmentation import Segmentation


@dataclass(frozen=True, eq=False)
class Valued:
    """Values in their order.

    each      the segmentation with no value gathered that can be a segment of its own
    size      how many values those are; gathered: whether further ones stand behind them, in a segment of their own
    rare      the threshold that says below which share a value is gathered; None where none does
    """

    each: Segmentation
    size: int
    gathered: bool
    rare: str | None

    @property
    def key(self) -> tuple[Any, ...]:
        """What its bars depend on."""
        runs = self.each.placing
        return (self.each.columns, self.each.names, runs.ranked if isinstance(runs, Runs) else None, self.rare)

    @property
    def known(self) -> int:
        """Customers with a value."""
        return int(self.each.counts[:-1].sum())

    def shown(self, share: float) -> int:
        """How many of the values are segments where those of less than this share of the customers are gathered."""
        return int((self.each.counts[: self.size] >= share * self.known).sum())


def valued(method: Method, values: Mapping[str, Any], made: Segmentation) -> Valued | None:
    """The values a method makes segments of; None where its segments are something else."""
    if not isinstance(made.placing, Runs) or not made.columns:
        return None
    if made.columns[0].endswith(RANKED):
        controls = method.controls.items()
        rare, least = next(((name, one.low) for name, one in controls if isinstance(one, Rare)), ("", 0.0))
        if not rare:
            return None
        each = method.run(made.customers, **method.complete({**values, rare: least}))
        if not isinstance(each.placing, Runs) or list(each.placing.cuts) != list(range(len(each.names) - 1, 0, -1)):
            return None  # some of the values are one segment, whatever each of them has
        gathered = bool(each.names) and each.names[-1] == OTHER
        return Valued(each, len(each.names) - gathered, gathered, rare)
    stages = not made.placing.share and next(numbers(method, values), None) is None
    return Valued(made, len(made.names), False, None) if stages else None


def bars_of(found: Valued) -> pd.DataFrame:
    """A bar for each value: name, share (of the customers with a value), words; of stages, the first on top, also
    reached: the share that has come so far.
    """
    counts, known, names = found.each.counts[: found.size], max(found.known, 1), found.each.names[: found.size]
    bars = pd.DataFrame({"name": names, "share": counts / known})
    if found.rare:
        said = [f"{formats.count(many)} · {formats.share(many / known)}" for many in counts.tolist()]
        return bars.assign(words=said)
    so_far = np.cumsum(counts)
    said = [f"{formats.count(many)} of {formats.count(all_)}" for many, all_ in zip(counts, so_far, strict=True)]
    return bars.assign(words=said, reached=so_far / known)[::-1].reset_index(drop=True)
