"""The values of a column, rare ones gathered; numbers in groups."""

from collections.abc import Mapping
from typing import Annotated, Any

import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.customers import attributes
from segmentation.customers.customers import Customers
from segmentation.customers.history import History
from segmentation.problems import Problem
from segmentation.segments.bands import Runs
from segmentation.segments.breaks import Suggested
from segmentation.segments.controls import Attribute, Choice, Edges, Rare
from segmentation.segments.cuts import edges as cut
from segmentation.segments.cuts import quantile_cuts
from segmentation.segments.method import Method, method
from segmentation.segments.rules import OTHER
from segmentation.segments.segmentation import UNKNOWN, Segmentation
from segmentation.segments.spans import Spans, different

SHOWN = 30  # values that get a segment of their own, at most
MOST_VALUES = 1000  # a column with more different words describes single customers
FEW = 12  # different numbers up to which each is a value of its own
APART = 7  # segments of different colour
PARTS = {"2": "two halves", "3": "thirds", "4": "quarters", "5": "fifths", "10": "tenths"}


def first(customers: Customers) -> str:
    """The column taken where none is chosen: the first of words, few of them at best, else the first of numbers."""
    texts = [name for name in customers.frame if attributes.kind(customers, name) == "text"]
    words = {name: len(attributes.coded(customers, name)[1]) for name in texts}
    telling = [name for name, count in words.items() if 1 < count <= SHOWN]
    return next(iter([*telling, *(name for name, count in words.items() if count), *customers.numeric]))


def apart(customers: Customers, thresholds: Mapping[str, Any], found: Segmentation) -> Suggested:
    """Rare are values beyond those that can be told apart by colour."""
    run = found.placing
    name = thresholds["column"] or found.columns[0].removesuffix(attributes.RANKED)
    if not isinstance(run, Runs) or not customers.has(name) or attributes.kind(customers, name) != "text":
        return {}
    codes, words = attributes.coded(customers, name)
    counts = np.sort(np.bincount(codes[codes >= 0], minlength=len(words)))[::-1]
    if len(counts) <= APART:
        return {"others": (0.0, f"there are only {len(counts)} values: each can be a segment of its own")}
    share = np.floor(counts[APART - 1] / counts.sum() / 0.005) * 0.005
    said = "so the most frequent values keep a segment of their own, few enough to tell apart"
    return {"others": (round(float(share), 3), said)}


def of_sales(customers: Customers, name: str) -> tuple[History, str] | None:
    """The sale lines and the heading of their column of words that this attribute was taken from, where there is one."""
    history = customers.history
    if history is None or attributes.kind(customers, name) != "text":
        return None
    heading = next((heading for heading, column in customers.headings.items() if column == name), name)
    return (history, heading) if heading in history.table.data.column_names else None


def last_purchase(customers: Customers, thresholds: Mapping[str, Any]) -> list[str]:
    """That an attribute which changed is that of the last purchase, and its sums those of customers."""
    name = thresholds["column"] or first(customers)
    if (sales := of_sales(customers, name)) is None:
        return []
    history, heading = sales
    changed = customers.keep(("changed", heading), lambda: history.changed(heading))
    if not changed:
        return []
    who = formats.plural(changed, "customer has", "customers have")
    return [
        f"{who} sales with more than one {name}: each counts under that of the last purchase, with all it ever bought. "
        f"“By sale” shows the sales by their own {name}."
    ]


def by_sale(method: Method, customers: Customers, thresholds: Mapping[str, Any]) -> pd.DataFrame:
    """Lines and revenue by the value that stands on the sale itself, most revenue first."""
    name = thresholds["column"] or first(customers)
    if (sales := of_sales(customers, name)) is None:
        raise Problem(f"“{name}” does not stand on the sales as a word, so there are no sales by it.")
    history, heading = sales
    return history.by_value(heading)


def of_numbers(customers: Customers, thresholds: Mapping[str, Any]) -> bool:
    """Whether the column holds numbers or days, which are cut; words are not."""
    name = thresholds["column"] or first(customers)
    return not customers.has(name) or attributes.kind(customers, name) != "text"


def of_values(customers: Customers, thresholds: Mapping[str, Any]) -> bool:
    """Whether each value is a segment: words, and numbers of which there are few, unless these are cut by edges."""
    name = thresholds["column"] or first(customers)
    return customers.has(name) and not _is_cut(customers, name, thresholds["by"])


def _is_cut(customers: Customers, name: str, by: str) -> bool:
    if attributes.kind(customers, name) == "text":
        return False
    return by == "edges" or len(attributes.coded(customers, name)[1]) > FEW


@method(
    "An attribute",
    family="Who they are",
    question="What does your file say about them?",
    misleads="It misleads where a column describes customers but does not part their behaviour: compare what the "
    "segments bring before treating them differently.",
    source="Descriptive segmentation: demographics of persons, firmographics of companies.",
    segments={
        OTHER: ("Values too rare for a segment of their own.", "Treat as the average customer."),
        "*": ("Customers with this value.", "What suits this value, where it changes what they buy or how."),
    },
    starts=apart,
    looks={"By sale: lines and revenue by their own value": by_sale},
    remarks=last_purchase,
    spans=lambda values: Spans()(values["edges"]) if values["by"] == "edges" else None,
)
def attribute(
    customers: Customers,
    column: Annotated[str, Attribute("Column", first=first, help="Region, industry, plan, income…")] = "",
    others: Annotated[
        float, Rare("A value is rare below this share of customers", 0.0, 0.5, 0.005, decides=of_values)
    ] = 0.02,
    by: Annotated[
        str,
        Choice(
            "Cut numbers by",
            {"quantiles": "groups of equally many customers", "edges": "own edges"},
            decides=of_numbers,
        ),
    ] = "quantiles",
    parts: Annotated[str, Choice("Groups", PARTS, when=("by", "quantiles"), decides=of_numbers)] = "4",
    edges: Annotated[tuple, Edges("A band begins at", low=-1e12, when=("by", "edges"), decides=of_numbers)] = (
        10.0,
        100.0,
        1000.0,
    ),
) -> Segmentation:
    """A column of words: each value a segment, the most frequent first, rare ones gathered in *Other*.

    A column of numbers with over 12 different ones is cut into groups of equally many customers or by edges, lowest
    first. Without a column chosen it is the first of words, else the first of numbers.
    """
    name = column or first(customers)
    codes, words = attributes.coded(customers, name)
    if _is_cut(customers, name, by):
        return _banded(customers, name, by, int(parts), edges)
    if not words:
        raise Problem(f"“{name}” is empty for every customer: choose another column.")
    if len(words) > MOST_VALUES:
        raise Problem(
            f"“{name}” has {len(words):,} different values, so it tells single customers apart: choose a column of at "
            f"most {MOST_VALUES:,}."
        )
    return _valued(customers, name, codes, words, others)


def _valued(customers: Customers, name: str, codes: np.ndarray, words: tuple[str, ...], others: float) -> Segmentation:
    counts, place = customers.keep(("by frequency", name), lambda: _by_frequency(codes, words))
    frequent = int((counts >= others * counts.sum()).sum())
    shown = min(frequent, SHOWN, len(words))
    ordered = [words[at] for at in place[:shown]]
    taken = {OTHER: f"{OTHER} (value)", UNKNOWN: f"{UNKNOWN} (value)"}
    names = different([taken.get(word, word) for word in ordered])
    rest = [OTHER] if shown < len(words) else []
    rank = np.empty(len(words) + 1)
    rank[place], rank[-1] = np.arange(len(words)), np.nan
    ranked = customers.derive(f"{name}{attributes.RANKED}", lambda: rank[codes])
    cuts = range(1, shown + len(rest)) if shown else []
    placing = cut(customers, ranked, cuts, [*names, *rest], best="low").placing
    return Segmentation(customers, [*names, *rest], placing, columns=[ranked])


def _by_frequency(codes: np.ndarray, words: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Customers of each value, and the values' places, the most frequent first, equal ones by name."""
    counts = np.bincount(codes + 1, minlength=len(words) + 1)[1:]
    return counts, np.argsort(-counts, kind="stable")


def _banded(customers: Customers, name: str, by: str, parts: int, edges: tuple[float, ...]) -> Segmentation:
    column = attributes.numbers(customers, name)
    if by == "quantiles":
        shares = tuple(np.arange(1, parts) / parts)
        found = customers.keep(("parts", column, parts), lambda: quantile_cuts(customers, column, shares))
        edges = tuple(dict.fromkeys(value for value in found if np.isfinite(value)))
    return cut(customers, column, edges, Spans(), best="low")
