"""Segment sizes as bars, which go along with a cut while it moves."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from pages.parts.pictures import card
from segmentation import Customers
from segmentation.charts.sizes import MEASURES


def sizes(customers: Customers, summary: Mapping[str, Any], said: Sequence[str] = ()) -> dict[str, Any]:
    """Share of customers against share of revenue and profit, segment by segment.

    summary   as `summarise` or `figures` give it
    """
    measures = {measure: share for share, measure in MEASURES.items() if share in summary}
    shares = zip(*([_finite(share) for share in summary[column]] for column in measures.values()), strict=True)
    segments = zip(summary["segment"], summary["colour"], shares, strict=True)
    data = {
        "segments": [
            {"name": name, "colour": colour, "shares": dict(zip(measures, held, strict=True))}
            for name, colour, held in segments
        ],
        "totals": {name: len(customers) if name == "customers" else customers.total(name) for name in measures},
    }
    alt = "Shares of customers, revenue and profit by segment"
    return card("sizes", "Segment sizes", "share of customers against what they bring", data, alt, said)


def _finite(share: float) -> float | None:
    return float(share) if math.isfinite(share) else None
