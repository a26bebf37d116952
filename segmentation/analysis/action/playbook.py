"""What we do differently for different segments: a proposal, who is treated alike, and how much really differs."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

from segmentation import formats
from segmentation.analysis.action.plays import FIELDS, MEASURES, PLAYS, UNKNOWN_PLAY, USUAL, Play
from segmentation.analysis.summary import figures
from segmentation.segments.method import Method
from segmentation.segments.segmentation import UNKNOWN, Segmentation

TREATMENT = ("decision", "consumption", "terms")  # what customers notice: aim, owner and budget they never see
EARNED = ("profit", "revenue")  # what a customer brings: the first that the file tells
MUCH, SOME = 2 / 3, 1 / 3  # of the treatment that differs between two segments: what counts as really, or partly, other
Row = Mapping[str, str]  # some of FIELDS


class Entry(NamedTuple):
    """A row of the playbook.

    segment   its name; row: what is written, every field; kept: whether somebody decided it, else it is proposed
    customers, money   what the segment has now, profit or revenue; None where it has nobody now, or the file says no money
    """

    segment: str
    row: dict[str, str]
    kept: bool
    customers: int | None = None
    money: float | None = None

    @property
    def there(self) -> bool:
        return self.customers is not None


def entries(method: Method, made: Segmentation, kept: Mapping[str, Row]) -> list[Entry]:
    """Every segment with its row, best first, the kept one or the proposed; then kept rows of segments that are not here."""
    found, fresh = figures(made), proposed(method, made)
    column = earned(made)
    told = found[column].tolist() if column else [None] * len(made.shown)
    here = [
        Entry(name, _whole(kept.get(name, fresh[name])), name in kept, int(count), money)
        for name, count, money in zip(made.shown, found["customers"], told, strict=True)
    ]
    return [*here, *(Entry(name, _whole(row), True) for name, row in kept.items() if name not in made.shown)]


def earned(made: Segmentation) -> str:
    """The column of what a customer brings, profit or else revenue; "" where the file tells neither."""
    return next((name for name in EARNED if name in made.customers.frame), "")


def _whole(row: Row) -> dict[str, str]:
    return {field: row.get(field, "") for field in FIELDS}


def due(held: Iterable[Entry], as_of: dt.date | None) -> list[Entry]:
    """The rows somebody decided whose day has come, on the day that is looked back from; none where that is not known."""
    return [one for one in held if one.kept and one.row["until"] and as_of and one.row["until"] <= as_of.isoformat()]


def asked(one: Entry) -> str:
    """What is asked of a row whose day has come, in plain text."""
    measure = f" Its measure: {one.row['measure'].rstrip('.')}." if one.row["measure"] else ""
    day = formats.day(dt.date.fromisoformat(one.row["until"]))
    return f"{one.segment} was decided until {day}: did it work?{measure} Go on, change the row, or merge the segment."


# The proposal


def proposed(method: Method, made: Segmentation) -> dict[str, dict[str, str]]:
    """A first row for every segment, by what it is: its name and meaning in the method, its place and its money.

    How it is sold is what the method says of it. The budget is nobody's to propose. Dates are counted from the as-of day.
    """
    plays, by_money = PLAYS.get(method.name, {}), _by_money(made)
    return {
        name: _row(method, name, plays.get(name, USUAL[by_money.get(name, "keep")].play), name in plays, made)
        for name in made.shown
    }


def _row(method: Method, name: str, play: Play, known: bool, made: Segmentation) -> dict[str, str]:
    meaning = method.meaning(name)
    if name == UNKNOWN:
        decision, play = UNKNOWN_PLAY
    else:
        decision = meaning.attention if meaning and known else USUAL[play.aim].decision
    usual = USUAL[play.aim]
    return {
        "aim": play.aim,
        "owner": usual.owner,
        "decision": decision,
        "consumption": play.consumption,
        "terms": play.terms,
        "budget": "",
        "measure": _measure(play.aim, made),
        "until": _day(made.customers.as_of, usual.months),
    }


def _measure(aim: str, made: Segmentation) -> str:
    """What the success of an aim is measured by, of what these customers' file can tell."""
    return next(one for one in USUAL[aim].measures if _told(one, made))


def _told(measure: str, made: Segmentation) -> bool:
    """Whether a measure can be worked out here; one that is not of ours is for its author to know."""
    return all(name in made.customers.frame for name in MEASURES.get(measure, ()))


def of_case(rows: Mapping[str, Row], made: Segmentation) -> dict[str, dict[str, str]]:
    """The rows of a worked example, with measures that can be worked out here in place of those that cannot."""
    return {
        name: {**row, "measure": _measure(row["aim"], made)} if not _told(row.get("measure", ""), made) else dict(row)
        for name, row in rows.items()
    }


def _day(start: dt.date | None, months: int) -> str:
    """The day so many months later, at the latest the 28th; "" where no day is known or the calendar ends."""
    if start is None or start.year > 9990:
        return ""
    at = start.month - 1 + months
    return dt.date(start.year + at // 12, at % 12 + 1, min(start.day, 28)).isoformat()


def _by_money(made: Segmentation) -> dict[str, str]:
    """Segment → aim, by what a customer of it brings against the average; by its place where nothing is known of money."""
    customers, names = made.customers, made.names
    if not earned(made):
        return {name: ("invest", "keep", "serve cheaply")[at * 3 // len(names)] for at, name in enumerate(names)}
    usual = customers.total(customers.money) / max(len(customers), 1)
    return {name: _aim(each, usual) for name, each in zip(names, made.means(customers.money), strict=False)}


def _aim(each: float, usual: float) -> str:
    """The aim for customers who bring so much each, where all together bring that."""
    if np.isnan(each) or usual <= 0:
        return "keep" if np.isnan(each) or each > 0 else "serve cheaply"
    return (
        "invest"
        if each >= 2 * usual
        else "keep"
        if each >= usual
        else "develop"
        if each >= usual / 2
        else "serve cheaply"
    )


# Who is treated alike


def alike(rows: Mapping[str, Row]) -> list[list[str]]:
    """Groups of segments whose customers would notice no difference: how they are sold to, served and on which terms.

    Spelling and signs do not make a difference. *Unknown* is left out: it is no segment to be treated.
    """
    groups: dict[tuple[str, ...], list[str]] = {}
    for name, row in rows.items():
        if name != UNKNOWN:
            groups.setdefault(tuple(_key(row.get(field, "")) for field in TREATMENT), []).append(name)
    return [group for group in groups.values() if len(group) > 1]


def _key(text: str) -> str:
    """A text as it is compared: letters and digits alone, in one case."""
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def difference(rows: Mapping[str, Row]) -> float | None:
    """How much of the treatment differs between two segments, on average over all pairs: 0 to 1; None for fewer than two."""
    pairs = list(combinations([row for name, row in rows.items() if name != UNKNOWN], 2))
    if not pairs:
        return None
    return sum(_differs(one, other) for one, other in pairs) / len(pairs)


def _differs(one: Row, other: Row) -> float:
    fields = [_key(one.get(field, "")) != _key(other.get(field, "")) for field in TREATMENT]
    return sum(fields) / len(fields)


def verdict(rows: Mapping[str, Row]) -> tuple[str, str]:
    """What the playbook is worth, in a few words, and why, in a sentence. Plain text that names no segment."""
    share, count = difference(rows), len([name for name in rows if name != UNKNOWN])
    if share is None:
        return "Nothing to differ", "There is one segment: a playbook begins where there are two."
    treatments = count - sum(len(group) - 1 for group in alike(rows))
    if treatments == 1:
        return (
            "A presentation in a drawer",
            f"{'Both' if count == 2 else f'All {count}'} segments are treated alike, so it makes no difference who is in which.",
        )
    words = (
        "Behaviour really differs"
        if share >= MUCH
        else "Behaviour differs in part"
        if share >= SOME
        else "Hardly anything differs"
    )
    return words, _why(share, count, treatments)


def _why(share: float, count: int, treatments: int) -> str:
    """How many treatments there are for so many segments, and how much of them differs."""
    own = f"Each of the {count} segments has a treatment of its own"
    if count == 2:
        own = "Both segments have a treatment of their own"
    if share == 1:
        return f"{own}: nothing is the same in how you sell, serve and charge."
    differs = f"{formats.share(share)} of how you sell, serve and charge differs"
    if count == 2:
        return f"{own}; {differs}."
    few = f"The {count} segments get only {treatments} different treatments"
    return f"{own if treatments == count else few}; between any two of them, {differs} on average."


def listed(groups: Iterable[Sequence[str]]) -> list[str]:
    """Each group as it is said: B and C."""
    return [formats.listed(list(group)) for group in groups]
