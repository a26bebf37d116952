"""Age bands, with sub-bands for children's goods."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Annotated

import numpy as np
import pandas as pd

from segmentation.columns.metrics import label
from segmentation.customers import attributes
from segmentation.customers.attributes import find
from segmentation.customers.customers import Customers
from segmentation.problems import DayNeeded
from segmentation.segments.controls import Attribute, Choice, Edges
from segmentation.segments.cuts import edges as cut
from segmentation.segments.method import method
from segmentation.segments.segmentation import Segmentation
from segmentation.segments.spans import Spans

CHILDREN = (1.0, 7.0, 11.0)
OLDEST = 120
CENTURY = 1900.0  # what is no age, and from here to this year, is a year of birth
FOUND = ("age", "birth_date", "birth_year")
BANDS = Spans("years", lowest=0.0)
ASKED = "{} of birth give an age only as of a certain day, and this file names none: choose the day to analyse up to."


def begins(edges: Sequence[float], children: str) -> tuple[float, ...]:
    """Where bands begin: at the edges, and at those of children where these have bands of their own."""
    return tuple(sorted((*CHILDREN, *edges))) if children == "bands" else tuple(edges)


@method(
    "Age bands",
    family="Who they are",
    question="How old are they?",
    needs=[FOUND],
    misleads="It misleads where age stands for something else (income, children, health), which would cut better.",
    source="The broad age groups of population statistics: 0–14, 15–24, 25–44, 45–64, 65 and over.",
    segments={
        "0–14": ("Children: their parents buy.", "Speak to the parents about the child."),
        "15–24": ("Young people, first money of their own.", "Short messages, entry prices, what friends have."),
        "25–44": ("Work and family.", "Save them time; sizes and offers for a household."),
        "45–64": ("Settled, often the highest income.", "Quality, service, advice."),
        "65 and over": ("Older people.", "Readable, reachable by telephone, no hurry."),
        "*": ("A band of age.", "Messages and sizes that fit the age."),
    },
    spans=lambda values: BANDS(begins(values["edges"], values["children"])),
)
def ages(
    customers: Customers,
    age: Annotated[str, Attribute("Age, or date or year of birth", FOUND)] = "",
    edges: Annotated[tuple, Edges("A band begins at", "years")] = (15.0, 25.0, 45.0, 65.0),
    children: Annotated[
        str, Choice("Children", {"one": "one band", "bands": "under 1, 1–6, 7–10 and 11–14 years"})
    ] = "one",
) -> Segmentation:
    """Bands of age in whole years: 0–14 (their parents buy), 15–24, 25–44, 45–64, 65 and over; youngest first.

    From a column of ages, of dates of birth (age on the as-of date), of years of birth (1900 up to the as-of date's: the
    age reached in its year), or of age groups in words, which count by the age they begin at. Ages below 0 or above 120
    are unknown.
    """
    column = age or next(filter(None, (find(customers, concept) for concept in FOUND)), "")
    told = customers.derive(f"{column}, as told", lambda: _told(customers, column))
    born = customers.keep(("born", told), lambda: _of_birth(customers.values(told), customers.as_of))
    years = customers.derive(
        _called(customers, column, born), lambda: _years(customers.values(told), customers.as_of if born else None)
    )
    return cut(customers, years, begins(edges, children), BANDS, best="low")


def _called(customers: Customers, column: str, born: bool) -> str:
    """What the ages are called: whoever sees them must not take them for days or years of birth."""
    if born:
        return f"{column}, a year of birth, in years"
    if attributes.kind(customers, column) != "date":
        return f"{column}, in years"
    said = label(column)
    return f"Age in years, by {said[:1].lower()}{said[1:]}"


def _told(customers: Customers, column: str) -> np.ndarray:
    """The ages, or years of birth, that a column tells: float64 (n,)."""
    kind = attributes.kind(customers, column)
    if kind == "text":
        codes, words = attributes.coded(customers, column)
        return np.array([*map(_begins, words), np.nan])[codes]
    if kind == "date":
        return _since(customers.values(attributes.numbers(customers, column)), customers.as_of)
    return customers.values(column)


def _of_birth(told: np.ndarray, as_of: dt.date | None) -> bool:
    """Whether most of what is told are years of birth. Problem where they are and no day says how long ago that is."""
    years = (told >= CENTURY) & (told <= (as_of.year if as_of else np.inf)) & (told % 1 == 0)
    if not years.sum() > np.count_nonzero(~np.isnan(told)) / 2:
        return False
    if as_of is None:
        raise DayNeeded(ASKED.format("Years"))
    return True


def _years(told: np.ndarray, as_of: dt.date | None) -> np.ndarray:
    """Ages from what is told; years of birth where a day is given to count from."""
    years = told if as_of is None else as_of.year - told
    return np.where((years >= 0) & (years <= OLDEST), years, np.nan)


def _begins(word: str) -> float:
    """The age at which a group in words begins: "25-34" 25, "under 15" 0, "65+" 65."""
    number = re.search(r"\d+", word)
    if not number:
        return np.nan
    return 0.0 if re.search(r"under|below|<|bis|до|moins|menos|less", word.casefold()) else float(number[0])


def _since(days: np.ndarray, as_of: dt.date | None) -> np.ndarray:
    """Whole years between days since 1970 and the as-of day."""
    if as_of is None:
        raise DayNeeded(ASKED.format("Dates"))
    known = ~np.isnan(days)
    born = pd.DatetimeIndex(np.nan_to_num(days).astype("int64").astype("datetime64[D]"))
    years = as_of.year - born.year - ((born.month * 100 + born.day) > (as_of.month * 100 + as_of.day))
    return np.where(known, np.asarray(years, dtype=np.float64), np.nan)
