"""Personas: the most typical customer there is of each segment, in words one can read aloud."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import partial

import numpy as np

from segmentation import formats
from segmentation.analysis.groups.clusters import described
from segmentation.analysis.groups.reach import reach
from segmentation.analysis.portraits import mix
from segmentation.analysis.portraits.contrast import described as in_words
from segmentation.analysis.portraits.profile import profile_of, spending, valued
from segmentation.columns.metrics import METRICS, label
from segmentation.customers.attributes import RANKED
from segmentation.customers.customers import Customers
from segmentation.dataclass import dataclass
from segmentation.segments.groups import comparable
from segmentation.segments.segmentation import Segmentation

MOST = 12  # segments of which a card is made, the largest
GUIDE = (0.07, 0.10)  # share of customers that a persona usually stands for
TELLING = 0.1  # by how much a share must differ from that of all to be told,
MOSTLY = 0.3  # and how many must have it
LIFTED = 1.15  # times the usual share from which something is a favourite
SOME = 0.05  # share of what they spend below which nothing is one
HALF = 0.5  # of the share of what is bought most: nor below that, where it is less
LINES = 2  # of words and of favourites
YEAR = 365.25
APART = 3  # columns that are told


@dataclass(frozen=True)
class Persona:
    """One segment, told by one of its customers.

    row        the row number of the customer nearest to the middle of the segment
    customers, share   how many are like this one, and their share of all
    size       the same with what they bring, in sentences
    portrait   the typical customer, in sentences
    apart      what sets the segment apart from all customers, and what most of them are, in words
    favourites what they buy more of than all do; empty without products
    reach      how they can be reached: by what, where, on which days; and what the file lacks for it
    bought     int64: days before the as-of day on which the typical customer bought, ascending; empty without sale lines
    """

    segment: str
    row: int
    customers: int
    share: float
    size: str
    portrait: str
    apart: tuple[str, ...]
    favourites: tuple[str, ...]
    reach: tuple[str, ...]
    bought: np.ndarray


def personas(made: Segmentation, currency: str = "", without: Collection[str] = ()) -> list[Persona]:
    """A persona for each segment that holds somebody, in the order of the segments; of very many for the largest.

    without   columns that may not be told
    """
    customers, names = made.customers, len(made.names)
    there = np.flatnonzero(made.counts[:names])
    held = np.sort(there[np.argsort(-made.counts[there], kind="stable")[:MOST]]).tolist()
    columns = [name for name in compared(made) if name not in without]
    rows = typical(made, columns)
    found = profile_of(customers, {made.names[at]: np.flatnonzero(made.codes == at) for at in held}, columns)
    roles = [role for role, heading in mix.headings(customers).items() if heading not in without]
    bought = mix.mix(made, roles[0]) if roles else None
    reached = reach(made, without)
    days = _days(customers, [rows[at] for at in held])
    return [
        Persona(
            made.names[at],
            rows[at],
            int(made.counts[at]),
            float(made.counts[at] / max(len(customers), 1)),
            _size(made, at, currency),
            portrait(customers, rows[at], found.telling(place), currency, without),
            (*found.sentences(place, currency, APART), *_words(made, made.names[at], without)),
            tuple(_favourites(customers, bought, roles[0], at)) if bought else (),
            reached[at],
            days[place],
        )
        for place, at in enumerate(held)
    ]


def compared(made: Segmentation) -> tuple[str, ...]:
    """The number columns in which a customer can be typical: those that are cut, and what else one wants to know."""
    return described(made.customers, [name for name in made.columns if name in made.customers.numeric])


def typical(made: Segmentation, columns: Sequence[str]) -> dict[int, int]:
    """Code of each segment → the row of its customer nearest to its middle (the medoid by squared distances).

    Compared in standard deviations of logarithms; who is known in all columns goes before others, then the first by number.
    """
    shaped = [comparable(made.customers.values(name)) for name in columns] or [np.zeros(len(made.customers))]
    values = np.column_stack(shaped)
    lacking = np.isnan(values).sum(axis=1)
    values = np.nan_to_num(values)
    counts = np.maximum(np.bincount(made.codes, minlength=len(made.names) + 1), 1)
    middle = np.column_stack([np.bincount(made.codes, one, len(counts)) / counts for one in values.T])
    away = np.round(((values - middle[made.codes]) ** 2).sum(axis=1), 9)
    order = np.lexsort((away, lacking, made.codes))
    codes, first = np.unique(made.codes[order], return_index=True)
    return dict(zip(codes.tolist(), order[first].tolist(), strict=True))


def _days(customers: Customers, rows: list[int]) -> list[np.ndarray]:
    history = customers.history
    if history is None or "date" not in history.roles:
        return [np.empty(0, np.int64)] * len(rows)
    return history.days_before(np.array(rows, np.int64))


def _size(made: Segmentation, at: int, currency: str) -> str:
    """How many they are and what they bring."""
    customers, many = made.customers, int(made.counts[at])
    said = f"{formats.plural(many, 'customer')}, {formats.share(many / max(len(customers), 1))} of all."
    if not (money := next((name for name in ("profit", "revenue") if name in customers.frame), "")):
        return said
    total, brought = customers.total(money), float(made.sums(money)[at])
    parts = [f"{formats.share(brought / total)} of all"] if total > 0 and brought >= 0 else []
    parts += [f"{formats.compact(abs(brought) / many, currency)} each"] if many > 1 else []
    what = f"{formats.compact(abs(brought), currency)}{f' of {money}' if brought >= 0 else ''}"
    does = ("It brings", "It costs us") if many == 1 else ("Together they bring", "Together they cost us")
    return f"{said} {does[brought < 0]} {what}{': ' * bool(parts)}{', '.join(parts)}."


def portrait(
    customers: Customers, row: int, telling: Sequence[str] = (), currency: str = "", without: Collection[str] = ()
) -> str:
    """One customer in sentences: what it ordered and when, and what else is told of it."""
    known = {n: float(customers.values(n)[row]) for n in customers.numeric if n not in without}
    known = {name: value for name, value in known.items() if np.isfinite(value)}
    said = [*_buying(known, currency), *_since(known)]
    others = [name for name in telling if name in known and name not in METRICS]
    said += [f"{label(name)}: {valued(name, known[name], currency)}." for name in others[:APART]]
    return " ".join(said) or "Nothing more is known of this customer."


def _buying(known: dict[str, float], currency: str) -> Iterator[str]:
    """What it bought for, how often, and how long ago."""
    spent = formats.compact(known["revenue"], currency) if "revenue" in known else ""
    if orders := round(known.get("orders", 0)):
        times = "once" if orders == 1 else "twice" if orders == 2 else f"{formats.count(orders)} times"
        said = f"has ordered {times}{f', for {spent}' * bool(spent)}{' in all' * bool(spent and orders > 1)}"
        each = known.get("average_order")
        said += f" ({formats.compact(each, currency)} an order)" if each is not None and orders > 1 else ""
    elif spent:
        said = f"has brought {spent}"
    else:
        return
    yield f"This customer {said}{_ago(known)}."


def _ago(known: dict[str, float]) -> str:
    if (days := known.get("recency_days")) is None:
        return ""
    when = "on the last day of the file" if round(days) <= 0 else f"{formats.plural(round(days), 'day')} ago"
    return f", {when}" if round(known.get("orders", 0)) == 1 else f", most recently {when}"


def _since(known: dict[str, float]) -> Iterator[str]:
    """How long it has been with us, and whether it buys more or less of late."""
    days = known.get("tenure_days", 0.0)
    if known.get("orders", 2) > 1 and days >= 2 * YEAR:
        yield f"A customer for {formats.compact(round(days / YEAR, 1))} years."
    elif known.get("orders", 2) > 1 and days >= 60:
        yield f"A customer for {round(days / YEAR * 12)} months."
    growth = known.get("growth")
    if growth is not None and abs(growth) >= TELLING:
        yield f"Lately spending {spending(growth)}."


def _words(made: Segmentation, name: str, without: Collection[str]) -> Iterator[str]:
    """What most of them are, where that is not what most customers are; of two columns that say the same the first."""
    away = {*without, *(one.removesuffix(RANKED) for one in made.columns)}
    found = [one for one in in_words(made, name) if one.what not in away]
    telling = [one for one in found if one.share >= MOSTLY and one.share - one.base >= TELLING]
    once: dict[tuple[str, str, str], str] = {}
    for one in telling:
        once.setdefault((one.value, formats.share(one.share), formats.share(one.base)), one.what)
    for (value, share, base), what in [*once.items()][:LINES]:
        yield f"{label(what).removesuffix(' (column)')}: “{value}” for {share} of them, against {base} of all customers"


def _favourites(customers: Customers, made: mix.Mix, role: str, at: int) -> Iterator[str]:
    """What they spend more of their money on than all do; what they spend most on where nothing stands out."""
    some = min(SOME, HALF * made.most)  # of thousands of products none is much
    lifted, most = (one[one["share"] >= some] for one in (mix.lifted(made, at), mix.largest(made, at)))
    lifted, said = lifted[lifted["lift"] >= LIFTED], partial(mix.worded, customers, role)
    for one in lifted.head(LINES).itertuples():
        yield f"{said(one.word)} ({formats.share(one.share)} of what they spend, {one.lift:.2g} times the usual share)"
    if not len(lifted):
        for one in most.head(LINES).itertuples():
            yield f"{said(one.word)} ({formats.share(one.share)} of what they spend)"
