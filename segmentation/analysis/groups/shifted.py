"""What became of segments with new data: who each was then, how size, money and portrait shifted, and who moved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.analysis.groups.personas import compared
from segmentation.analysis.movement import GONE, NEW, each
from segmentation.analysis.portraits.profile import SHARES, valued
from segmentation.columns.metrics import label
from segmentation.customers.customers import Customers
from segmentation.dataclass import dataclass
from segmentation.segments.segmentation import Segmentation

SHIFTED = 0.1  # of what was typical: less is no shift
TOLD = 2  # shifts of a portrait that are told
UNEVEN = 1.5  # times as long as the other: the times of two files differ by more than months do
FEW = 0.01  # of the customers of then may be missing: some brought something back before they bought, or are one by now
PAIRS = 3  # from which segment to which: so many are told
Then = Mapping[str, Mapping[str, Any]]


def remembered(made: Segmentation) -> dict[str, dict[str, Any]]:
    """What can be compared with later: segment → its customers, money, and the median of each telling column."""
    customers, held = made.customers, {}
    sums = made.sums(customers.money) if customers.money in customers.frame else np.zeros(len(made.counts))
    for at in np.flatnonzero(made.counts[: len(made.names)]).tolist():
        inside = made.codes == at
        middles = {
            name: float(np.nanmedian(customers.values(name)[inside]))
            for name in compared(made)
            if _known(customers, name, inside)
        }
        typical = {name: round(value, 6) for name, value in middles.items()}
        held[made.names[at]] = {
            "customers": int(made.counts[at]),
            "money": round(float(sums[at]), 2),
            "typical": typical,
        }
    return held


def people_of(then: Then) -> int:
    """How many customers are remembered."""
    return int(sum(one["customers"] for one in then.values()))


def _known(customers: Customers, name: str, inside: np.ndarray) -> bool:
    return bool(np.isfinite(customers.values(name)[inside]).any())


def remembered_of(held: Mapping[str, Any]) -> str:
    """Of which file and day something is remembered, in words; "" where neither is known."""
    try:
        day = formats.day(dt.date.fromisoformat(held["day"])) if held["day"] else ""
    except ValueError:
        day = held["day"]
    return " · ".join(filter(None, (held["file"], day)))


def reaches_back(now: Customers, day: str) -> bool:
    """Whether the sales of these customers are of before that day (ISO) and of after it."""
    return bool(day and now.as_of and now.start and now.start.isoformat() < day < now.as_of.isoformat())


def tells_all(now: Customers, day: str, then: int) -> bool:
    """Whether the file holds sales of about as many customers of that day (ISO) as there were, by when each first bought."""
    if "first_order" not in now.frame:
        return True
    later = int((now.frame["first_order"].to_numpy("datetime64[D]") > np.datetime64(day)).sum())
    return then - (len(now) - later) <= FEW * then


def paired(before: Then, now: Then, made: Segmentation) -> dict[str, str]:
    """Segment of now → the one of then that it goes on from: of the same name, else the most alike by what is typical.

    made   the segments of now. Where they are no cuts of figures they are the values of a column, which are what they are
           called: customers of Spain do not go on from those of France
    """
    customers, same = made.customers, {name: name for name in now if name in before}
    new, old = [name for name in now if name not in same], [name for name in before if name not in same]
    if not new or not old or not {*made.columns} <= {*customers.numeric}:
        return same
    from scipy.optimize import linear_sum_assignment  # takes a moment to import: the first page does without

    away = np.array(
        [[_apart(before[one]["typical"], now[other]["typical"], customers) for one in old] for other in new]
    )
    rows, columns = linear_sum_assignment(away)
    return same | {new[row]: old[column] for row, column in zip(rows.tolist(), columns.tolist(), strict=True)}


def _apart(one: Mapping[str, float], other: Mapping[str, float], customers: Customers) -> float:
    """How far two portraits lie apart: the mean share of customers between what is typical of them, over the columns of both."""
    both = [name for name in one if name in other and name in customers.numeric]
    ranks = [np.sort(customers.values(name)[np.isfinite(customers.values(name))]) for name in both]
    gaps = [
        abs(np.searchsorted(rank, one[name]) - np.searchsorted(rank, other[name])) / max(len(rank), 1)
        for name, rank in zip(both, ranks, strict=True)
    ]
    return float(np.mean(gaps)) if gaps else 1.0


def in_words(before: Then, made: Segmentation, currency: str = "", without: Collection[str] = ()) -> list[str]:
    """What became of each segment, a sentence each; who is new, and who is no longer there.

    before   as `remembered` gave it, then; without: columns that may not be told
    """
    now = remembered(made)
    pairs = paired(before, now, made)
    money = "" if made.customers.money in without else made.customers.money
    told = {name: {**one, "typical": _told(one, without)} for name, one in now.items()}
    said = [_sentence(name, told[name], pairs.get(name), before, money, currency) for name in now]
    gone = [name for name in before if name not in pairs.values()]
    return [
        *said,
        *(
            f"{name}: no longer there ({formats.plural(int(before[name]['customers']), 'customer')} then)."
            for name in gone
        ),
    ]


def _told(one: Mapping[str, Any], without: Collection[str]) -> dict[str, float]:
    return {name: value for name, value in one["typical"].items() if name not in without}


def _sentence(name: str, now: Mapping[str, Any], was: str | None, before: Then, money: str, currency: str) -> str:
    if was is None:
        return f"{name}: new, {formats.plural(int(now['customers']), 'customer')}."
    then = before[was]
    called = f" (then “{was}”)" if was != name else ""
    parts = [*_sizes(now, then, money, currency), *_portrait(now["typical"], then["typical"], currency)]
    return f"{name}{called}: {'; '.join(parts) or 'as then'}."


def _sizes(now: Mapping[str, Any], then: Mapping[str, Any], money: str, currency: str) -> Iterator[str]:
    if now["customers"] != then["customers"]:
        yield f"{formats.plural(int(now['customers']), 'customer')} (was {formats.count(int(then['customers']))})"
    one, other = (formats.compact(part["money"], currency) for part in (now, then))
    if money and one != other:
        yield f"{one} of {money} (was {other})"


def _portrait(now: Mapping[str, float], then: Mapping[str, float], currency: str) -> Iterator[str]:
    """What is typical otherwise than then, the largest shift first."""
    beside = {name: 1.0 if name in SHARES else abs(then[name]) or 1.0 for name in now if name in then}
    shifts = {name: abs(now[name] - then[name]) / whole for name, whole in beside.items()}
    order = sorted((name for name in shifts if shifts[name] >= SHIFTED), key=lambda name: -shifts[name])
    for name in order[:TOLD]:
        one, other = valued(name, now[name], currency), valued(name, then[name], currency)
        if one != other:
            yield f"{label(name)} typically {one} (was {other})"


@dataclass(frozen=True)
class Moves:
    """Who stands elsewhere than then.

    people    those who do, by customer id: from, to
    both, new, gone   customers there both times; who came since; who is gone
    called    segment → what the one it goes on from was called then, where that is another name
    days      how many days are looked back over then, and now; None without dates
    """

    people: pd.DataFrame
    both: int
    new: int
    gone: int
    called: Mapping[str, str]
    days: tuple[int | None, int | None]

    @property
    def none(self) -> bool:
        """Whether all stand where they stood, and nobody came or went."""
        return not (len(self.people) or self.new or self.gone)

    def sentence(self, last: str = "") -> str:
        """How many moved, came and went, in words; last: the file of then, whose customers are beside those of this file."""
        moved = len(self.people)
        share = f" ({formats.share(moved / self.both)})" if self.both and moved else ""
        both = f"in {last} and in this file" if last else "there then and now"
        gone = f"{formats.count(self.gone)} {'is' if self.gone == 1 else 'are'} gone"
        came = f"{formats.count(self.new)} came since, {gone}"
        alone = f"{formats.count(self.new)} more only in this file, {formats.count(self.gone)} only in {last}"
        return (
            f"Of {formats.plural(self.both, 'customer')} {both}, {formats.count(moved)}{share} "
            f"{'stands' if moved == 1 else 'stand'} in another segment; {alone if last else came}."
        )

    def uneven(self, last: str) -> str:
        """That the file of then covers a far longer or shorter time than this one, and what to do; "" where it does not."""
        then, now = self.days
        if not last or not then or not now or max(then, now) < UNEVEN * min(then, now):
            return ""
        return (
            f"{last} covers {formats.plural(then, 'day')}, this file {formats.count(now)}: that alone moves customers. "
            "Compare files that cover equally long times, or open one that holds the sales of both."
        )

    def partly(self, then: int) -> str:
        """That this file tells of a part of the customers of then alone, in a sentence; "" where it tells of about all.

        then   how many there were, as they were kept
        """
        absent = then - self.both - self.gone
        if absent <= FEW * then:
            return ""
        have, are, them = ("has", "is", "it") if absent == 1 else ("have", "are", "them")
        return (
            f"{formats.count(absent)} of the {formats.plural(then, 'customer')} of that time {have} no sale from then in this "
            f"file and {are} not counted here: add last month's file to count {them} too."
        )

    def renamed(self) -> str:
        """Which segments were called otherwise then, in a sentence; "" where none was."""
        each = [f"“{name}” was “{was}”" for name, was in self.called.items()]
        return f"By what is typical of them, {formats.listed(each)} then." if each else ""

    def mostly(self) -> str:
        """From which segment to which the most went, in a sentence; "" where nobody did."""
        each = self.between()
        pairs = each.head(PAIRS).itertuples(index=False)
        said = [
            f"{formats.count(many)}{' went' * (not at)} from {one} to {to}" for at, (one, to, many) in enumerate(pairs)
        ]
        rest = int(each["customers"][PAIRS:].sum())
        return (
            f"{formats.listed([*said, *([f'{formats.count(rest)} between others'] if rest else [])])}." if said else ""
        )

    def between(self) -> pd.DataFrame:
        """From which to which: from, to, customers; the largest move first."""
        found = self.people.groupby(["from", "to"]).size().reset_index(name="customers")
        return found.sort_values("customers", ascending=False, kind="stable").reset_index(drop=True)


def moves(before: Segmentation, after: Segmentation) -> Moves:
    """Who moved between the segments of two times, each segment of then under the name of the one that goes on from it."""
    pairs = paired(remembered(before), remembered(after), after)
    names = {was: name for name, was in pairs.items()}
    called = {name: was for name, was in pairs.items() if name != was}
    found = each(before, after)[["from", "to"]].astype("str")
    found["from"] = found["from"].map(lambda name: names.get(name, name))
    new, gone = found["from"] == NEW, found["to"] == GONE
    moved = (found["from"] != found["to"]) & ~new & ~gone
    days = before.customers.days, after.customers.days
    return Moves(found[moved], int((~new & ~gone).sum()), int(new.sum()), int(gone.sum()), called, days)
