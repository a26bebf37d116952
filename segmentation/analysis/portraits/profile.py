"""What the customers of each segment are like: against all customers, in numbers and in words, and a name for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.columns.metrics import MONEY, label
from segmentation.customers.customers import Customers
from segmentation.dataclass import dataclass
from segmentation.segments.called import STEPS, called
from segmentation.segments.groups import comparable
from segmentation.segments.segmentation import Segmentation

SHARES = ("growth", "discount_share", "express_share")
MOST = 3  # columns said to set a segment apart
SHOWING = 5_000  # values that show where the middle of many more is,
NEARLY = 0.05  # of what is usual: so near it, what is typical tells nobody apart
AROUND = (0.48, 0.52)  # of them, between these shares
AMOUNTS = (*MONEY, "average_order", "revenue_before", "revenue_recent", "first_revenue", "spend_last_quarter")


@dataclass(frozen=True)
class Profile:
    """The segments of a segmentation that hold somebody, in its order, against all customers.

    names     the segments; proposed: what each can be called in words, no two alike (“High revenue, few orders”)
    columns   what they are described by, any number columns of the customers
    typical   float64 (segments, columns): the median of each segment, in the column's own unit; NaN where nothing is known
    usual     float64 (columns,): the median of all customers
    means, mean   the same as typical and usual, but the mean: for columns in which most have the same
    apart     float64 (segments, columns): how far the mean of each segment lies from that of all customers, in standard
              deviations of the column as it is compared
    """

    names: tuple[str, ...]
    proposed: tuple[str, ...]
    columns: tuple[str, ...]
    typical: np.ndarray
    usual: np.ndarray
    means: np.ndarray
    mean: np.ndarray
    apart: np.ndarray

    def telling(self, segment: int, most: int = MOST) -> list[str]:
        """The columns that set a segment apart most, as far as any does: furthest first."""
        away = np.abs(np.round(self.apart[segment], 6))
        order = [at for at in np.argsort(-away, kind="stable") if away[at] >= STEPS[2]]
        return [self.columns[at] for at in order[:most]]

    def sentences(self, segment: int, currency: str = "", most: int = MOST) -> list[str]:
        """What sets a segment apart, a sentence without its end for each column: “Revenue 12.4k, 4.2 times the usual 2.9k”."""
        places = [self.columns.index(name) for name in self.telling(segment, most)]
        said = (self._against(segment, at, currency) for at in places)
        return [one for one in said if one]

    def _against(self, segment: int, at: int, currency: str) -> str:
        """What is typical beside what is usual; the means where that is nearly the same, nothing where both are the same."""
        column = self.columns[at]
        typical, usual = self.typical[segment, at], self.usual[at]
        if column == "growth":
            return self._lately(segment, at)
        said, other = valued(column, typical, currency), valued(column, usual, currency)
        if said == other or abs(typical - usual) < NEARLY * abs(usual):
            mean, of_all = valued(column, self.means[segment, at], currency), valued(column, self.mean[at], currency)
            if mean != of_all:
                return f"{label(column)} {mean} on average, against {of_all} for all customers"
        if said == other:
            return ""
        signs = (self.typical[:, at] < 0).any() or usual <= 0  # beside something lost a share says nothing
        if not signs and typical / usual >= 1.95:
            times = "twice" if typical == 2 * usual else f"{formats.compact(typical / usual)} times"
            return f"{label(column)} {said}, {times} the usual {other}"
        if not signs and 0 < typical < usual and column in AMOUNTS:  # nobody counts orders or days in per cent
            return f"{label(column)} {said}, {formats.share(typical / usual)} of the usual {other}"
        return f"{label(column)} {said}, usually {other}"

    def _lately(self, segment: int, at: int) -> str:
        """Growth, as what is spent lately: of the typical customer, else on average; nothing where both are as usual."""
        if (lately := spending(self.typical[segment, at])) != (others := spending(self.usual[at])):
            return f"Lately spending {lately}; the usual customer is spending {others}"
        lately, others = spending(self.means[segment, at]), spending(self.mean[at])
        return f"Lately spending {lately} on average, against {others} for all customers" if lately != others else ""

    def frame(self) -> pd.DataFrame:
        """One row a segment and column: segment, column, typical, usual, apart."""
        rows, columns = len(self.names), len(self.columns)
        return pd.DataFrame(
            {
                "segment": np.repeat(np.array(self.names, object), columns),
                "column": np.tile(np.array(self.columns, object), rows),
                "typical": self.typical.ravel(),
                "usual": np.tile(self.usual, rows),
                "apart": self.apart.ravel(),
            }
        )


def profile(made: Segmentation, columns: Sequence[str] = (), transform: str = "log", outliers: str = "cap") -> Profile:
    """What sets the segments of any method apart, by these number columns (by those that are cut where none are given).

    transform, outliers   how the columns are made comparable, as `groups.points` takes them; medians are in the file's own unit
    Raises Problem where a column is none of numbers.
    """
    held = np.flatnonzero(made.counts[: len(made.names)])
    members = {made.names[code]: np.flatnonzero(made.codes == code) for code in held}
    return profile_of(made.customers, members, columns or made.columns, transform, outliers)


def profile_of(
    customers: Customers,
    members: Mapping[str, np.ndarray],
    columns: Sequence[str],
    transform: str = "log",
    outliers: str = "cap",
) -> Profile:
    """The same of any customers: name → their row numbers."""
    names = tuple(dict.fromkeys(columns))
    shaped = _shaped(customers, names, transform, outliers)
    size = (len(members), len(names))
    typical, means, apart = np.empty(size), np.empty(size), np.empty(size)
    rows, ends = _together(members)
    for at, name in enumerate(names if members else ()):
        for group, inside in enumerate(np.split(customers.values(name)[rows], ends)):
            typical[group, at], means[group, at] = _middle_and_mean(inside)
        apart[:, at] = [_mean(_known(inside)) for inside in np.split(shaped[at][rows], ends)]
    everybody = [customers.keep(("usual", name), partial(_usual, customers, name)) for name in names]
    usual, mean = np.array(everybody).reshape(-1, 2).T
    proposed = called(names, apart, lambda group, name: float(typical[group, names.index(name)])) if names else []
    return Profile(tuple(members), tuple(proposed) or tuple(members), names, typical, usual, means, mean, apart)


def _together(members: Mapping[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """The rows of all segments one after the other, and where each but the last ends: a column is fetched once for all."""
    rows = [*members.values()]
    return np.concatenate(rows or [np.empty(0, np.intp)]), np.cumsum([len(one) for one in rows[:-1]], dtype=np.intp)


def _shaped(customers: Customers, names: tuple[str, ...], transform: str, outliers: str) -> list[np.ndarray]:
    """The columns as they are compared; only the last are kept: at a million customers they take fifty megabytes."""
    key, recent = (names, transform, outliers), customers.remember("shaped", dict)
    if (made := recent.get(key)) is None:
        made = [comparable(customers.values(name), transform, outliers) for name in names]
        recent.clear()
        recent[key] = made
    return made


def _usual(customers: Customers, name: str) -> tuple[float, float]:
    return _middle_and_mean(customers.values(name))


def _middle_and_mean(values: np.ndarray) -> tuple[float, float]:
    """Median and mean of what is known, missing and 0 where nothing is."""
    known = _known(values)
    return _middle(known), _mean(known)


def _known(values: np.ndarray) -> np.ndarray:
    missing = np.isnan(values)
    return values[~missing] if missing.any() else values


def _middle(known: np.ndarray) -> float:
    """The median: as `np.median` has it, in a twentieth of its time."""
    if not len(known):
        return np.nan
    near, half = _near_the_middle(known)
    parted = np.partition(near, half)
    return float(parted[half] if len(known) % 2 else (parted[:half].max() + parted[half]) / 2)


def _near_the_middle(known: np.ndarray) -> tuple[np.ndarray, int]:
    """Those of many values among which the middle must be, and its place among them in their order: to order all of them
    takes five times as long (Floyd and Rivest 1975). All, where a part of them did not show where the middle is."""
    half = len(known) // 2
    if len(known) <= SHOWING:
        return known, half
    some = np.sort(known[:: len(known) // SHOWING])
    low, high = (some[int(share * len(some))] for share in AROUND)
    place = half - int(np.count_nonzero(known < low))
    inside = known[(known >= low) & (known <= high)]
    return (inside, place) if 0 < place < len(inside) else (known, half)


def _mean(known: np.ndarray) -> float:
    return float(known.mean()) if len(known) else 0.0


def spending(growth: float) -> str:
    """How much is spent lately where it has changed by such a share: “12% more than before”."""
    if growth <= -1:
        return "nothing"
    share = formats.share(abs(growth))
    return (
        "as much as before"
        if share == formats.share(0.0)
        else f"{share} {'more' if growth > 0 else 'less'} than before"
    )


def valued(column: str, value: float, currency: str = "") -> str:
    """A value of a column as one says it, with the sign of the currency where it is money: €12.4k."""
    if column == "growth":
        value = round(value, 2) + 0.0  # a change of less than one per cent is none
    if column in SHARES:
        return formats.share(value)
    return formats.compact(value, currency if column in AMOUNTS else "")
