"""Names of bands after the edges between them: what `board/spans.js` writes in the hand, to the letter."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from segmentation import formats
from segmentation.dataclass import dataclass


@dataclass(frozen=True)
class Spans:
    """That bands are called after the cuts between them, wherever these are: under 5, 5–9, 10 and over.

    unit    of the cuts; bands of whole units end below the next cut, but those of money
    lowest  the lowest value there can be, where the first band is said to begin at it (0–14)
    """

    unit: str = ""
    lowest: float | None = None

    def __call__(self, cuts: Sequence[float]) -> list[str]:
        """The name of each band between ascending cuts, the lowest first; no two alike."""
        if not len(cuts):
            return ["all"]
        say, whole = formats.number, self.unit != "money" and all(float(cut).is_integer() for cut in cuts)
        middle = [
            self._between(low, high) if whole and high > low else f"{say(low)} to under {say(high)}"
            for low, high in pairwise(cuts)
        ]
        return different([self._first(float(cuts[0])), *middle, f"{say(cuts[-1])} and over"])

    @staticmethod
    def _between(low: float, high: float) -> str:
        """Whole numbers from one below another: 5–9, or the only one."""
        first, last = formats.number(low), formats.number(high - 1)
        return first if first == last else f"{first}–{last}"

    def _first(self, cut: float) -> str:
        if self.lowest is None or cut <= self.lowest + 1 or not cut.is_integer():
            return f"under {formats.number(cut)}"
        return self._between(self.lowest, cut)


def different(names: Sequence[str]) -> list[str]:
    """The names, those that come again with a number behind them."""
    seen: dict[str, int] = {}
    again = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        again.append(f"{name} ({seen[name]})" if seen[name] > 1 else name)
    return again
