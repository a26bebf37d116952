"""How large a control group must be to see what a campaign does, and who is in it."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pandas as pd

from segmentation.dataclass import dataclass

SURE = 0.05  # how often a difference may be seen where there is none
NORMAL = NormalDist()  # of the standard library: SciPy takes half a second to import


@dataclass(frozen=True)
class Test:
    """What is to be told apart: rate, the share who would buy anyway; better, the share among those written to; power, how
    often a difference of that size is to be seen."""

    __test__ = False

    rate: float = 0.04
    better: float = 0.05
    power: float = 0.8

    @property
    def needed(self) -> float:
        """One over the sum of 1/treated and 1/control that is needed; infinite where both rates are the same."""
        apart = 2 * np.arcsin(self.better**0.5) - 2 * np.arcsin(self.rate**0.5)
        return float(((NORMAL.inv_cdf(1 - SURE / 2) + NORMAL.inv_cdf(self.power)) / apart) ** 2) if apart else np.inf

    @property
    def each(self) -> float:
        """Customers in each of two equal groups (Cohen's h, two-sided at 5 %): 6,726 for 5 % against 4 % at a power of 80 %."""
        return float(np.ceil(2 * self.needed))


def control_size(customers: int, test: Test) -> int | None:
    """The smallest control group that shows such a difference when all the others are written to; None where too few
    customers are there for any."""
    if customers < 4 * test.needed:
        return None
    return int(np.ceil((customers - np.sqrt(customers**2 - 4 * test.needed * customers)) / 2))


def seen(customers: int, control: int, test: Test) -> float:
    """The smallest rate above `test.rate` that such groups show at its power; NaN where a group is empty."""
    if not 0 < control < customers:
        return np.nan
    apart = (NORMAL.inv_cdf(1 - SURE / 2) + NORMAL.inv_cdf(test.power)) * np.sqrt(
        1 / control + 1 / (customers - control)
    )
    angle = np.arcsin(test.rate**0.5) + apart / 2
    return float(np.sin(angle) ** 2) if angle < np.pi / 2 else np.nan


def drawn(ids: pd.Index, codes: np.ndarray, among: np.ndarray, sizes: dict[int, int], seed: int) -> np.ndarray:
    """Who is in the control group: bool (n,). Of each segment (code) so many of those it is drawn among (bool).

    Each customer draws a lot from its number and the seed alone, so that neither the order of rows nor who else is there
    changes it.
    """
    return drawn_by(lots(ids, seed), codes, among, sizes)


def lots(ids: pd.Index, seed: int) -> np.ndarray:
    """The lot of each customer: uint64 (n,)."""
    return pd.util.hash_array(ids.to_numpy(dtype=object), hash_key=f"{seed:016d}"[-16:], categorize=False)


def drawn_by(lots: np.ndarray, codes: np.ndarray, among: np.ndarray, sizes: dict[int, int]) -> np.ndarray:
    """Those with the smallest lots of each segment, as `drawn` says."""
    held, there = np.zeros(len(lots), bool), np.flatnonzero(among)
    order = np.argsort(codes[there], kind="stable")
    rows, ends = there[order], np.cumsum(np.bincount(codes[there], minlength=max(sizes, default=0) + 1))
    for code, size in sizes.items():
        mine = rows[ends[code - 1] if code else 0 : ends[code]]
        if 0 < size < len(mine):
            held[mine[np.argpartition(lots[mine], size)[:size]]] = True
        elif size >= len(mine):
            held[mine] = True
    return held
