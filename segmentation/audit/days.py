"""When it was: dates to come, stretches without a sale, a month that has not ended."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from segmentation import formats
from segmentation.audit.facts import Facts
from segmentation.audit.findings import Choice, Finding, verb
from segmentation.columns.telling import is_expected

QUIET_DAYS = 7  # shortest stretch without a sale that is called a gap
UNUSUAL = 4  # and it is so many times as long as almost all others


def _days(facts: Facts) -> np.ndarray:
    """The days with a sale, in order, none after today."""
    if facts.day is None or not facts.sales:
        return np.zeros(0, "datetime64[D]")
    known = facts.day[facts.counted & ~np.isnat(facts.day) & (facts.day <= np.datetime64(facts.today))]
    if not len(known):
        return known
    first, places = known.min(), (known - known.min()).astype(np.int64)
    return first + np.flatnonzero(np.bincount(places))


def future(facts: Facts) -> Iterator[Finding]:
    if facts.day is None:
        return
    rows = np.flatnonzero(facts.counted & (facts.day > np.datetime64(facts.today)))
    if len(rows) and not is_expected(facts.roles["date"]):
        known = _days(facts)
        until = (known.max() if len(known) else np.datetime64(facts.today)).item()
        yield Finding(
            "future_dates",
            f"{facts.lines(len(rows))} {verb(len(rows), 'is', 'are')} dated after today, the last on "
            f"{formats.day(facts.day[rows].max().item())}.",
            "The study looks back from the last day: everybody else seems to have bought long ago.",
            (Choice(f"Analyse up to {formats.day(until)}", {"as_of": until.isoformat()}),),
            rows,
        )


def gaps(facts: Facts) -> Iterator[Finding]:
    """The longest stretch without a sale, where it is far longer than others."""
    days = _days(facts)
    if len(days) < 30:
        return
    steps = np.diff(days).astype(np.int64)
    longest = int(steps.argmax())
    usual = float(np.quantile(np.delete(steps, longest), 0.95)) - 1
    empty = int(steps[longest]) - 1
    if empty >= max(QUIET_DAYS, UNUSUAL * usual):
        start, end = (days[longest] + 1).item(), (days[longest + 1] - 1).item()
        yield Finding(
            "gap",
            f"There is no sale from {formats.day(start)} to {formats.day(end)} ({empty} days; otherwise "
            f"{'rarely more than ' + formats.plural(round(usual), 'day') if usual >= 0.5 else 'hardly a day'}).",
            "If a part of the data is missing, growth and the time between purchases are wrong; a holiday does no harm.",
        )


def last_month(facts: Facts) -> Iterator[Finding]:
    """A last month that stops before its end, longer before than sales usually pause."""
    days = _days(facts)
    if len(days) < 30:
        return
    last = days[-1]
    month = last.astype("datetime64[M]")
    end = (month + 1).astype("datetime64[D]") - 1
    usual = float(np.quantile(np.diff(days).astype(np.int64), 0.95))
    if (end - last).astype(int) <= max(usual, 3):
        return
    rows = np.flatnonzero(facts.day >= month.astype("datetime64[D]"))  # type: ignore[operator]
    before = (month.astype("datetime64[D]") - 1).item()
    yield Finding(
        "incomplete_month",
        f"{last.item():%B %Y} ends with its {_ordinal(last.item().day)} day: {facts.lines(len(rows))}, {facts.money(rows)}.",
        "Beside whole months it looks like a fall: growth and steadiness per month come out too low.",
        (Choice(f"Analyse up to {formats.day(before)}", {"as_of": before.isoformat()}),),
        rows,
    )


def _ordinal(day: int) -> str:
    ending = "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"
