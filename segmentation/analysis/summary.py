"""What each segment is: customers, money and shares, in one small frame."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.columns.metrics import label
from segmentation.segments.segmentation import UNKNOWN_COLOUR, Segmentation

MONEY = ("revenue", "profit", "cost_to_serve", "potential")


def summarise(segmentation: Segmentation) -> pd.DataFrame:
    """One row a segment, best first; *Unknown* last and only where somebody is in it.

    Columns: segment, colour, customers, share_of_customers; and for each money column the customers have:
    its sum, share_of_<it> (shares add to 1; missing where the total is not above zero) and <it>_each, per customer of whom it is known.
    """
    return pd.DataFrame(figures(segmentation))


def figures(segmentation: Segmentation) -> dict[str, Any]:
    """The columns of `summarise` without the frame, which costs more than the sums: what a moved threshold asks for."""
    shown, counts = len(segmentation.shown), segmentation.counts
    held = counts[:shown]
    columns: dict[str, Any] = {
        "segment": segmentation.shown,
        "colour": [*segmentation.colours, UNKNOWN_COLOUR][:shown],
        "customers": held,
        "share_of_customers": held / max(counts.sum(), 1),
    }
    for column in MONEY:
        if column in segmentation.customers.frame:
            sums, total = segmentation.sums(column)[:shown], segmentation.customers.total(column)
            columns[column] = sums
            columns[f"share_of_{column}"] = sums / total if total > 0 else np.full(shown, np.nan)
            known = segmentation.known(column)[:shown]  # the sums are at hand: asking for the means would sum again
            columns[f"{column}_each"] = np.divide(sums, known, out=np.full(shown, np.nan), where=known > 0)
    return columns


def finding(
    segmentation: Segmentation, summary: Mapping[str, Any], currency: str = "", escape: Callable[[object], str] = str
) -> str:
    """One sentence, in Markdown: how many customers the best segment has and what they bring.

    summary   as `summarise` or `figures` give it; escape makes names harmless where they came from a file
    """
    at = int(np.argmax(np.asarray(summary["customers"]) > 0))
    best = {name: np.asarray(values)[at] for name, values in summary.items()}
    unknown = int(segmentation.counts[-1])
    who = f"{escape(best['segment'])}: {formats.plural(int(best['customers']), 'customer')}"
    brings = [
        f"**{formats.share(best[f'share_of_{column}'])} of {column}**"
        for column in ("revenue", "profit")
        if np.isfinite(best.get(f"share_of_{column}", np.nan))
    ]
    verb = "brings" if best["customers"] == 1 else "bring"
    rest = f" Nobody is in {formats.listed([escape(name) for name in summary['segment'][:at]])}." if at else ""
    rest += f" {formats.plural(unknown, 'customer')} cannot be placed: their figure is missing." if unknown else ""
    said = f"**{who}** ({formats.share(best['share_of_customers'])} of the base)"
    if brings:
        return f"{said} {verb} {' and '.join(brings)}.{rest}"
    return f"{said}. {_no_share(segmentation, currency, escape)}{rest}"


def _no_share(segmentation: Segmentation, currency: str, escape: Callable[[object], str]) -> str:
    customers = segmentation.customers
    if customers.money not in MONEY:
        return "The file has no revenue to take a share of."
    total = escape(formats.compact(customers.total(customers.money), currency))
    return f"{label(customers.money)} adds up to {total}, so no share of it can be taken."
