"""K-means one step at a time, for whoever wants to see how it finds groups, and that another start can end elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from segmentation import formats
from segmentation.customers.customers import Customers
from segmentation.dataclass import dataclass
from segmentation.segments.groups import SEED, comparable

DRAWN = 300  # customers: so many can be followed by eye
ROUNDS = 60  # after which it is ended, whatever still moves
DIGITS = 4


@dataclass(frozen=True)
class Step:
    """One step: where the points stand, and to which of them each customer belongs.

    kind     "start", "joined" (each customer joins the nearest point), "moved" (each point goes to the middle of its
             customers) or "end" (nobody has joined another)
    centres  float64 (k, 2); groups: int (n,), −1 before anybody has joined
    changed  how many customers have joined another point than before
    spread   mean squared distance of customers from their point; NaN before anybody has joined
    """

    kind: str
    centres: np.ndarray
    groups: np.ndarray
    changed: int
    spread: float

    def sentence(self) -> str:
        """What happens in this step."""
        k = len(self.centres)
        if self.kind == "start":
            return f"{k} points are put anywhere. Drag them where you like, then go on."
        if self.kind == "joined":
            many = formats.plural(self.changed, "customer goes", "customers go")
            return f"Each customer joins the nearest point{'' if self.changed == len(self.groups) else f': {many} to another'}."
        if self.kind == "moved":
            return "Each point moves to the middle of the customers who joined it."
        return f"Nobody joins another point: these are the groups. What is left of the spread: {self.spread:.3f}."


def sample(customers: Customers, columns: Sequence[str], transform: str = "log", outliers: str = "cap") -> np.ndarray:
    """Customers by two columns, made comparable, each from 0 to 1 of the picture: float64 (n, 2), the same every time."""
    both = np.column_stack([comparable(customers.values(name), transform, outliers) for name in columns])
    both = both[np.isfinite(both).all(axis=1)]
    if len(both) > DRAWN:
        both = both[np.sort(np.random.default_rng(SEED).choice(len(both), DRAWN, replace=False))]
    low, wide = (both.min(axis=0), np.ptp(both, axis=0)) if len(both) else (0.0, 1.0)
    return np.round((both - low) / np.where(wide, wide, 1.0), DIGITS)


def begin(values: np.ndarray, k: int, start: int) -> np.ndarray:
    """Points to begin with: k of the customers by lot, another choice for each start; float64 (k, 2)."""
    different = np.unique(values, axis=0)
    k = min(k, len(different))
    return different[np.random.default_rng([SEED, start]).choice(len(different), k, replace=False)]


def steps(values: np.ndarray, centres: np.ndarray) -> list[Step]:
    """All steps from these points to the end; at least the start, and nothing more where there is nobody."""
    groups = np.full(len(values), -1)
    found = [Step("start", centres, groups, 0, np.nan)]
    for _ in range(ROUNDS if len(values) and len(centres) else 0):
        away = ((values[:, None, :] - centres) ** 2).sum(axis=2)
        joined = np.round(away, 9).argmin(axis=1)
        changed, spread = int((joined != groups).sum()), float(away.min(axis=1).mean())
        found.append(Step("joined" if changed else "end", centres, joined, changed, spread))
        if not changed:
            break
        groups = joined
        held = [values[groups == at] for at in range(len(centres))]
        centres = np.array(
            [one.mean(axis=0) if len(one) else centre for one, centre in zip(held, centres, strict=True)]
        )
        found.append(Step("moved", centres, groups, 0, spread))
    return found
