"""A few customers whom somebody put elsewhere than the rule does."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np

from segmentation.segments.segmentation import Segmentation


class Pinned(Segmentation):
    """A segmentation in which some customers stand where they were pinned; its placing stays the rule's.

    rule   where the rule puts everybody; pinned_rows: row numbers of those pinned (each once); there: their segments' numbers
    """

    def __init__(self, rule: Segmentation, rows: np.ndarray, there: np.ndarray) -> None:
        super().__init__(
            rule.customers,
            rule.names,
            rule.placing,
            colours=rule.colours,
            detail=rule._detail,
            columns=rule.columns,
            cuts=rule.cuts,
            thresholds=rule.thresholds,
            bands=rule.bands,
            spans=rule.spans,
        )
        self.rule, self.pinned_rows, self.there = rule, rows, there
        self._from = rule.placing.at(rows)

    @cached_property
    def codes(self) -> np.ndarray:
        codes = self.rule.codes.copy()
        codes[self.pinned_rows] = self.there
        return codes

    @property
    def counts(self) -> np.ndarray:
        return self.rule.counts + self._shift(None).astype(np.int64)

    def sums(self, column: str) -> np.ndarray:
        whole, scale = self.customers.exact(column)
        return (self.placing.sums(column) + self._shift(whole[self.pinned_rows])) / scale

    def _shift(self, weights: np.ndarray | None) -> np.ndarray:
        """What each segment gains by the pins less what it loses: customers, or what these bring in whole units."""
        size = len(self.names) + 1
        return np.bincount(self.there, weights, size) - np.bincount(self._from, weights, size)


def pinned(made: Segmentation, pins: Mapping[str, str]) -> Segmentation:
    """The segmentation with these customers (number → segment) where they were pinned.

    Whoever is not among the customers, and segments that are not there, change nothing.
    """
    if not pins:
        return made
    numbers = {name: at for at, name in enumerate(made.names)}
    known = {one: numbers[segment] for one, segment in pins.items() if segment in numbers}
    rows = made.customers.frame.index.get_indexer(list(known))
    there = np.array(list(known.values()), np.int8)
    return Pinned(made, rows[rows >= 0], there[rows >= 0]) if (rows >= 0).any() else made
