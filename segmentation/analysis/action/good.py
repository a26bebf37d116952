"""Is it a good segmentation? Eight things asked of it, each with a measure, a limit, a word, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from segmentation import formats
from segmentation.analysis.action.asked import ASKED, Asked
from segmentation.analysis.action.playbook import Row, difference
from segmentation.analysis.portraits.rule import rules
from segmentation.analysis.thresholds.sensitivity import between, called, moved, numbers, stated
from segmentation.columns.metrics import label
from segmentation.customers.customers import Customers, Ranked
from segmentation.pattern import pattern
from segmentation.problems import Problem
from segmentation.segments.bands import of_columns
from segmentation.segments.merging import Gathered
from segmentation.segments.method import Method
from segmentation.segments.rules import Ruled
from segmentation.segments.segmentation import Segmentation

BEHAVIOUR = ("profit", "revenue", "orders", "recency_days", "average_order", "growth", "units", "cost_to_serve")
CONTACT = pattern(
    r"e-?mail|phone|mobile|\btel|address|channel|branch|manager|contact|website|telefon|adresse|телефон|почта|адрес|канал|"
    r"alamat|电话|地址|渠道",
    re.I,
)
PERSON = pattern(
    r"contact.?(name|title|person)|(mail|phone|contact|manager).?(type|date)", re.I
)  # says who, not by what
DIRECT = pattern(r"e-?mail|phone|mobile|\btel|телефон|почта|电话", re.I)  # named first
SHIFT = 0.05  # by how much of itself each threshold is moved
MOVES = 24  # thresholds moved at most, up and down
GUIDE = "The usual guide is 7–10% of customers, or money that pays for a treatment of its own."


class Judged(NamedTuple):
    """One thing asked, answered: name, value (None where it is not known), limit, and what was measured in a sentence."""

    name: str
    value: float | None
    limit: float
    measure: str

    @property
    def asked(self) -> Asked:
        return ASKED[self.name]

    @property
    def good(self) -> bool | None:
        """Whether it is within the limit; None where it is not known."""
        if self.value is None:
            return None
        return self.value >= self.limit if self.asked.least else self.value <= self.limit

    @property
    def word(self) -> str:
        return "Not known" if self.good is None else "Good" if self.good else "Weak"

    @property
    def short(self) -> float:
        """How far it is from the limit, as a share of the way from there to the worst: above zero where it is weak."""
        if self.value is None:
            return -np.inf
        if self.asked.least:
            return (self.limit - self.value) / self.limit if self.limit else 0.0
        return (self.value - self.limit) / (1 - self.limit) if self.limit < 1 else 0.0


Measured = tuple[float | None, str]


def measured(method: Method, values: Mapping[str, Any], made: Segmentation) -> dict[str, Measured]:
    """What the customers answer: name → value and sentence; values are all thresholds, which made the segmentation."""
    return {
        "distinct": _distinct(made),
        "substantial": _substantial(made),
        "describable": _describable(made),
        "reachable": _reachable(made),
        "stable": _stable(method, values, made),
        "exclusive": _exclusive(made),
        "balanced": _balanced(made),
    }


def judged(
    found: Mapping[str, Measured],
    rows: Mapping[str, Row],
    limits: Mapping[str, float] | None = None,
    campaign: tuple[float, str] | None = None,
) -> list[Judged]:
    """The eight answers, in the order of ASKED.

    found      what `measured` gave; rows: the playbook, segment → row
    limits     name → limit, where it is not the usual one
    campaign   what `campaign.responsive` says of one whose answers are known: then the weaker of plan and response counts
    """
    whole = {**found, "responsive": _responsive(rows, campaign)}
    at = {name: one.limit for name, one in ASKED.items()} | dict(limits or {})
    return [Judged(name, whole[name][0], at[name], whole[name][1]) for name in ASKED]


def weakest(answers: Sequence[Judged]) -> Judged | None:
    """The weak answer that is furthest from its limit; None where none is weak."""
    weak = [one for one in answers if one.good is False]
    return max(weak, key=lambda one: one.short) if weak else None


def short(answers: Sequence[Judged]) -> str:
    """The weakest point in a line of plain text, or that there is none."""
    found = weakest(answers)
    return (
        f"Its weakest point: not {found.asked.title.lower()}." if found else "A good segmentation: no weak point found."
    )


def sentence(answers: Sequence[Judged]) -> str:
    """The weakest point with its measure, or that there is none, and what is not known, in plain text."""
    found, unknown = weakest(answers), [one.asked.title.lower() for one in answers if one.good is None]
    rest = f"Not known: whether it is {' or '.join(unknown)}." if unknown else ""
    return " ".join(filter(None, (short(answers), found.measure if found else rest)))


def _distinct(made: Segmentation) -> Measured:
    """The largest share of the differences in a behaviour that the segments explain, by ranks: epsilon squared of Kruskal and
    Wallis. Behaviours by which they are cut are left out, as long as there are others."""
    customers = made.customers
    there = [name for name in BEHAVIOUR if name in customers.frame]
    others = [name for name in there if name not in made.columns] or there
    codes = made.codes.astype(np.intp)  # as they are counted by, for all behaviours at once
    found = {name: share for name in others if (share := _explained(made, codes, name)) is not None}
    if not found:
        return None, "There are too few customers of whom a behaviour is known to compare segments."
    name = max(found, key=lambda one: found[one])
    much = "clearly" if found[name] >= 0.14 else "somewhat" if found[name] >= 0.06 else "hardly"
    return found[name], (
        f"Segments {'hardly differ' if much == 'hardly' else f'differ {much}'}, most in {label(name).lower()}: they "
        f"explain {formats.share(found[name])} of the difference between customers there."
    )


def _explained(made: Segmentation, codes: np.ndarray, name: str) -> float | None:
    ranks, known = _ranks(made.customers, name)
    size = len(made.names)
    counts = np.bincount(codes, known, size + 1)[:-1] if known is not None else made.counts[:-1].astype(float)
    sums, placed = np.bincount(codes, ranks, size + 1)[:-1], ranks[codes < size] if made.counts[-1] else ranks
    groups, total = int((counts > 0).sum()), float(counts.sum())
    spread = float(placed @ placed) - float(sums.sum()) ** 2 / max(total, 1)
    if groups < 2 or total <= groups or spread < 0.25:  # ranks differ by a half at least
        return None
    means = np.divide(sums, counts, out=np.zeros_like(sums), where=counts > 0)
    apart = float((counts * np.square(means - sums.sum() / total)).sum()) / spread
    return max((apart * (total - 1) - (groups - 1)) / (total - groups), 0.0)


Ranks = tuple[np.ndarray, np.ndarray | None]


def _ranks(customers: Customers, name: str) -> Ranks:
    """The place of each customer in a column against the middle one, those of equal value in the middle of theirs: float64 (n,),
    0 where unknown; and who is known (1 or 0), None where everybody is."""
    return customers.keep(("ranks", name), lambda: _placed(customers.ranked(name), len(customers)))


def _placed(ranked: Ranked, size: int) -> Ranks:
    ranks = _middle(ranked, size) - (ranked.known - 1) / 2
    known = ~np.isnan(ranks)
    return np.nan_to_num(ranks), None if known.all() else known.astype(float)


def _middle(ranked: Ranked, size: int) -> np.ndarray:
    begins, lengths = ranked.runs()
    found = np.full(size, np.nan)
    found[ranked.order[: ranked.known]] = np.repeat(begins + (lengths - 1) / 2, lengths)
    return found


def _substantial(made: Segmentation) -> Measured:
    """The smallest segment: the larger of its shares of customers and of money."""
    customers, counts = made.customers, made.counts[:-1]
    held = counts / max(len(customers), 1)
    total = customers.total(customers.money) if customers.money in ("profit", "revenue") else 0.0
    money = made.sums(customers.money)[:-1] / total if total > 0 else held
    larger = np.where(counts > 0, np.maximum(held, money), np.inf)
    if not np.isfinite(larger).any():
        return None, "Nobody is in any segment."
    at = int(larger.argmin())
    what = f"{formats.share(held[at], 1)} of customers"
    what += f" and {formats.share(money[at], 1)} of {customers.money}" if total > 0 else ""
    return float(larger[at]), f"The smallest segment, {made.names[at]}, has {what}. {GUIDE}"


def _describable(made: Segmentation) -> Measured:
    """The share of customers that a short rule puts where they are: its own cuts, or else those found for it."""
    if of_columns(made.placing) or isinstance(made.placing, Ruled | Gathered):
        return 1.0, "Its own cuts are the rule: they say of everybody where they belong."
    there = [name for name in made.customers.numeric if made.customers.known(name)]
    columns = [name for name in made.columns if name in there] or [name for name in BEHAVIOUR if name in there]
    if not columns or np.count_nonzero(made.counts[:-1]) < 2:
        return None, "There are no two segments, or no numbers, to look for a rule."
    share = rules(made, columns).right
    return share, f"Rules in words put {formats.share(share)} of customers into their segment."


def _reachable(made: Segmentation) -> Measured:
    """The share of customers of the worst segment who can be reached by something the file holds."""
    customers = made.customers
    ways = [*customers.reached, *(name for name in customers.frame if _is_contact(customers, name))]
    if not ways:
        return None, "The file has no e-mail, telephone, address, channel or manager by which they could be reached."
    reached = customers.keep(("reached", *ways), lambda: _any_known(customers, ways))
    there = np.bincount(made.codes, reached, len(made.names) + 1)[:-1]
    counts = made.counts[:-1]
    if not counts.any():
        return None, "Nobody is in any segment."
    shares = np.divide(there, counts, out=np.ones(len(counts)), where=counts > 0)
    at = int(shares.argmin())
    nearest = sorted(dict.fromkeys(ways), key=lambda name: not DIRECT.search(name))
    by = formats.listed([label(name).removesuffix(" (column)").lower() for name in nearest][:3])
    if float(shares[at]) == 1:
        return 1.0, f"Everybody can be reached, by {by}."
    return float(
        shares[at]
    ), f"{formats.share(shares[at])} of {made.names[at]} can be reached, by {by}, and of no segment fewer."


def _is_contact(customers: Customers, name: str) -> bool:
    telling = CONTACT.search(name) and not PERSON.search(name)
    return name not in customers.numeric and name not in customers.reached and bool(telling)


def _any_known(customers: Customers, ways: Sequence[str]) -> np.ndarray:
    return np.logical_or.reduce([customers.frame[name].notna().to_numpy() for name in ways]).astype(float)


def _stable(method: Method, values: Mapping[str, Any], made: Segmentation) -> Measured:
    """The share of customers who change segment when the threshold that matters most is moved by a twentieth of itself."""
    most, which, tried = 0, "", 0
    for name, at, control, here in list(numbers(method, values))[:MOVES]:
        for there in _moves(control, here):
            try:
                after = method(made.customers, **moved(method, values, name, at, there))
            except Problem:
                continue
            tried += 1
            changed = sum(map(len, between(made, after)))
            if changed > most:
                most, which = changed, stated(*called(method, values, name, at), here)
    if not tried:
        groups = "The Clusters page says whether the same groups come back from another half of the customers."
        return None, groups if method.fits else "It has no threshold that could be moved to see."
    share = most / max(len(made.customers), 1)
    if not most:
        return 0.0, "Nobody changes segment when a line moves by 5%."
    who = formats.plural(most, "customer changes", "customers change")
    return share, f"{who} segment ({formats.share(share, 1)}) when this line moves by 5%: {which}."


def _moves(control: Any, here: float) -> list[float]:
    """Where a threshold is tried: a twentieth of itself up and down, at least the step of its slider."""
    step = getattr(control, "step", 0.0)
    size = abs(here) * SHIFT
    size = max(step, round(size / step) * step) if step else size
    low, high = getattr(control, "low", -np.inf), getattr(control, "high", np.inf)
    tried = [round(here + sign * size, 10) for sign in (-1, 1)] if size else []
    return [int(there) if isinstance(here, int) else there for there in tried if low <= there <= high]


def _responsive(rows: Mapping[str, Row], campaign: tuple[float, str] | None) -> Measured:
    """How much of the treatment differs between two segments, and whether they responded to it."""
    share = difference(rows)
    if share is None:
        return None, "There is one segment, so nothing can differ."
    said = f"Between any two segments, {formats.share(share)} of how you sell, serve and charge differs on average."
    if share == 1:
        said = "No two segments have anything in common in how you sell, serve and charge."
    return (share, said) if campaign is None else (min(share, campaign[0]), f"{said} {campaign[1]}")


def _exclusive(made: Segmentation) -> Measured:
    """The share of customers who have a place; nobody has two."""
    unknown, size = int(made.counts[-1]), max(len(made.customers), 1)
    if not unknown:
        return 1.0, "Each customer is in one segment and in no other."
    who = formats.plural(unknown, "customer has", "customers have")
    return 1 - unknown / size, f"Nobody is in two segments; {who} no place, since a figure is missing."


def _balanced(made: Segmentation) -> Measured:
    """The share of customers of the largest segment."""
    at = int(made.counts[:-1].argmax())
    share = float(made.counts[at]) / max(len(made.customers), 1)
    return share, f"The largest segment, {made.names[at]}, has {formats.share(share)} of customers."
