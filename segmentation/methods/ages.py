"""Age bands, with sub-bands for children's goods."""

import datetime as dt
import re
from typing import Annotated

import numpy as np
import pandas as pd

from segmentation.customers import attributes
from segmentation.customers.attributes import find
from segmentation.customers.customers import Customers
from segmentation.problems import DayNeeded
from segmentation.segments.controls import Attribute, Choice, Edges
from segmentation.segments.cuts import edges as cut
from segmentation.segments.cuts import spans
from segmentation.segments.method import method
from segmentation.segments.segmentation import Segmentation

CHILDREN = (1.0, 7.0, 11.0)
OLDEST = 120


@method(
    "Age bands",
    family="Who they are",
    question="How old are they?",
    needs=[("age", "birth_date")],
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
)
def ages(
    customers: Customers,
    age: Annotated[str, Attribute("Age or date of birth", ("age", "birth_date"))] = "",
    edges: Annotated[tuple, Edges("A band begins at", "years")] = (15.0, 25.0, 45.0, 65.0),
    children: Annotated[
        str, Choice("Children", {"one": "one band", "bands": "under 1, 1–6, 7–10 and 11–14 years"})
    ] = "one",
) -> Segmentation:
    """Bands of age in whole years: 0–14 (their parents buy), 15–24, 25–44, 45–64, 65 and over; youngest first.

    From a column of ages, of dates of birth (age on the as-of date), or of age groups in words, which count by the age
    they begin at. Ages below 0 or above 120 are unknown.
    """
    column = age or find(customers, "age") or find(customers, "birth_date") or ""
    years = customers.derive(f"{column}, in years", lambda: _years(customers, column))
    cuts = tuple(sorted((*CHILDREN, *edges))) if children == "bands" else edges
    names = spans(cuts, "years")
    names[0] = f"0–{cuts[0] - 1:g}" if cuts[0] > 1 and float(cuts[0]).is_integer() else names[0]
    result = cut(customers, years, cuts, names, best="low")
    return Segmentation(customers, names, result.placing, columns=[years])


def _years(customers: Customers, column: str) -> np.ndarray:
    kind = attributes.kind(customers, column)
    if kind == "text":
        codes, words = attributes.coded(customers, column)
        years = np.array([*map(_begins, words), np.nan])[codes]
    elif kind == "date":
        years = _since(customers.values(attributes.numbers(customers, column)), customers.as_of)
    else:
        years = customers.values(column)
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
        raise DayNeeded(
            "Dates of birth give an age on a day, and the file names none: choose the day to look back from."
        )
    known = ~np.isnan(days)
    born = pd.DatetimeIndex(np.nan_to_num(days).astype("int64").astype("datetime64[D]"))
    years = as_of.year - born.year - ((born.month * 100 + born.day) > (as_of.month * 100 + as_of.day))
    return np.where(known, np.asarray(years, dtype=np.float64), np.nan)
