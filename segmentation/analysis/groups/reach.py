"""How a segment can be reached: by what the file knows of its customers, where, and on which days they buy; and what is lacking."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np

from segmentation import formats
from segmentation.analysis.action import recipients
from segmentation.columns.metrics import label
from segmentation.columns.words import key
from segmentation.customers import attributes
from segmentation.customers.customers import Customers
from segmentation.segments.segmentation import Segmentation

WAYS = {"email": "E-mail", "phone": "telephone"}
WAY = (
    "channel",
    "sales channel",
    "order channel",
    "manager",
    "account manager",
    "sales rep",
    "kanal",
    "vertriebsweg",
    "канал",
)
PLACES = ("city", "country")
MOSTLY = 0.3  # share of a segment that must have a word for it to be told
OFTEN = {7: 1.5, 12: 2.0}  # times its even share from which a weekday or a month is one they favour
YEAR = 365
DAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip


def reach(made: Segmentation, without: Collection[str] = ()) -> list[tuple[str, ...]]:
    """For each segment, in their order, how it can be reached, in sentences.

    without   columns that may not be told
    """
    ways, places = _ways(made.customers, without), _words(made.customers, without)
    rhythm = _rhythm(made, without)
    return [
        (_by(made, at, ways), *_where(made, at, places), *rhythm.get(at, ("No days of purchase are in the file.",)))
        for at in range(len(made.names))
    ]


def _ways(customers: Customers, without: Collection[str]) -> dict[str, np.ndarray]:
    """What customers can be written or called by → of whom it is known: bool (n,)."""
    found = recipients.columns(customers)
    return {
        said: _known(customers, found[what])
        for what, said in WAYS.items()
        if what in found and found[what] not in without
    }


def _known(customers: Customers, name: str) -> np.ndarray:
    if name == recipients.NUMBER:  # they are numbered by it
        return np.ones(len(customers), bool)
    return attributes.coded(customers, name)[0] >= 0


def _by(made: Segmentation, at: int, ways: dict[str, np.ndarray]) -> str:
    lacking = [said for said in WAYS.values() if said not in ways]
    inside = made.codes == at
    shares = [f"{said} is known for {_of(float(known[inside].mean()))}" for said, known in ways.items() if inside.any()]
    known = f"{'; '.join(shares)}." if shares else ""
    if not lacking or shares:
        return known[:1].upper() + known[1:] + (f" No {lacking[0].lower()} is in the file." if lacking else "")
    return "Neither e-mail nor telephone is in the file: add them, and these customers can be written to."


def _of(share: float) -> str:
    return "all of them" if share == 1 else "none of them" if share == 0 else f"{formats.share(share)} of them"


def _words(customers: Customers, without: Collection[str]) -> list[str]:
    """Columns that say where customers are and by which way they buy."""
    found = recipients.columns(customers)
    places = [found[what] for what in PLACES if what in found]
    ways = [
        name for name in customers.frame if key(name.removesuffix(" (column)")) in WAY and name not in customers.numeric
    ]
    return [name for name in dict.fromkeys([*places, *ways]) if name not in without]


def _where(made: Segmentation, at: int, names: list[str]) -> Iterator[str]:
    parts = []
    for name in names:
        codes, words = attributes.coded(made.customers, name)
        inside = codes[(made.codes == at) & (codes >= 0)]
        if not len(inside):
            continue
        counts = np.bincount(inside, minlength=len(words))
        share = float(counts.max() / (made.codes == at).sum())
        if share >= MOSTLY:
            parts.append(
                f"{label(name).removesuffix(' (column)')} “{words[int(counts.argmax())]}” ({formats.share(share)})"
            )
    if parts:
        yield f"Most often {formats.listed(parts)}."


def _rhythm(made: Segmentation, without: Collection[str]) -> dict[int, tuple[str, ...]]:
    """For each segment the weekdays and months they favour, where the file has days."""
    history = made.customers.history
    if history is None or "date" not in history.roles or {"date", history.roles["date"]} & set(without):
        return {}
    weekdays, months = history.calendar(made.codes, len(made.names))
    long = (made.customers.days or 0) >= YEAR
    return {at: _favoured(weekdays[at], months[at], long) for at in range(len(made.names))}


def _favoured(weekdays: np.ndarray, months: np.ndarray, long: bool) -> tuple[str, ...]:
    if not weekdays.sum():
        return ("They have not bought in this time.",)
    parts = []
    for counts, names, word in ((weekdays, DAYS, "on"), (months, MONTHS, "in")):
        if word == "in" and (not long or not months.sum()):
            continue
        shares = counts / counts.sum()
        best = [at for at in np.argsort(-shares, kind="stable") if shares[at] >= OFTEN[len(shares)] / len(shares)][:2]
        if best:
            named = formats.listed([names[at] for at in sorted(best)])
            parts.append(f"{word} {named} ({formats.share(float(shares[best].sum()))} of their days of purchase)")
    even = "over the week and the year" if long else "over the week; of the year the file shows too little"
    return (f"They buy most {' and '.join(parts)}." if parts else f"They buy evenly {even}.",)
