"""The potential where no model is chosen: what the file states, or the window's money a year on at its own growth."""

from __future__ import annotations

from dataclasses import field
from typing import Any

import numpy as np

from segmentation import formats
from segmentation.dataclass import dataclass

SAYS = "Potential is"  # every sentence about it begins so
YEAR = 365.25  # days
HALF = 183  # days: a shorter window says little about a year
NEXT_YEAR = "in the next 12 months"
MONTH = YEAR / 12  # days, where a span of months has no dates to be counted by
DAMPING = 0.5
BOUND = 1.0


@dataclass(frozen=True)
class Potential:
    """What a model found.

    values    money per customer (float64, (n,), to the cent; NaN where nothing is known)
    sentence  how it got the number; it begins with "Potential is"
    known     what else it knows of each customer: name → float64 (n,)
    facts     what it found of all of them: parameters, log-likelihood, whether the search came to its end
    warnings  what is to be known before anybody believes it, in sentences
    when      the time it is about, in words; empty where amounts stand as the file has them
    """

    values: np.ndarray
    sentence: str
    known: dict[str, np.ndarray] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    when: str = ""


def stated(values: np.ndarray) -> Potential:
    """What the file itself says of each customer, float64 (n,)."""
    return Potential(values, "Potential is the file's own column.")


def trend(
    known: dict[str, np.ndarray], money: str, days: int | None, damping: float = DAMPING, bound: float = BOUND
) -> Potential:
    """The money of a window of so many days a year on, at part of the customer's own growth.

    known  the columns money is in and, where it is known, `growth`: float64 (n,); money: the name of the former
    days   length of the window, None without dates: then amounts stand as they are
    Growth is kept within ±bound before it is damped; growth that is unknown counts as none. Where the money is unknown,
    so is what is to come.
    """
    growth = np.nan_to_num(known["growth"]) if "growth" in known else np.zeros(len(known[money]))
    values = yearly(known[money], days) * (1 + damping * np.clip(growth, -bound, bound))
    return Potential(np.round(values, 2), _sentence(money, days, damping, bound), known, when=ahead(days))


def yearly(money: np.ndarray, days: int | None) -> np.ndarray:
    """The money of a window of so many days brought to a year; as it stands without dates."""
    return money * (YEAR / days) if days else money


def brought(days: int | None) -> str:
    """In brackets, that a window was brought to a year, where it is not one."""
    return f" ({formats.plural(days, 'day')} brought to a year)" if days and abs(days - YEAR) >= 2 else ""


def ahead(days: int | None) -> str:
    """The time a window of so many days is brought to."""
    return NEXT_YEAR if days else ""


def caution(days: int | None) -> str:
    """A further sentence where a year rests on a short window."""
    if not days or days >= HALF:
        return ""
    times = "twice" if round(YEAR / days) == 2 else f"{round(YEAR / days)} times"
    return f" It rests on {formats.plural(days, 'day')} only, each counted about {times}: take it as a rough guess."


def over(days: int | None) -> str:
    """How long a window of so many days is: over 36 months, over about 24 months, over 33 days; empty without dates."""
    if not days:
        return ""
    months = round(days / YEAR * 12)
    near = abs(days - months * YEAR / 12) <= 2
    if months < (2 if near else 3):  # of a short window a part of a month is much
        return f"over {formats.plural(days, 'day')}"
    return f"over {'' if near else 'about '}{months} months"


def _sentence(money: str, days: int | None, damping: float, bound: float) -> str:
    if not days:
        return f"Potential is each customer's {money} as it stands: the file has no dated sales to take a trend from."
    grown = f"carried on at {damping:.0%} of the customer's own growth, growth kept within ±{bound:.0%}"
    said = f"Potential is the next 12 months' {money} by trend: the window's {money}{brought(days)}, {grown}."
    return said + caution(days)
