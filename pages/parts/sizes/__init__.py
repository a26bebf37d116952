"""Segment sizes as bars: a component of ours, so that they go along with a cut while it moves."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pages.parts.drawing import component
from segmentation import Customers
from segmentation.charts.sizes import MEASURES

_COMPONENT = component(Path(__file__).parent)


def draw(customers: Customers, summary: Mapping[str, Any]) -> None:
    """Share of customers against share of revenue and profit, segment by segment.

    summary   as `summarise` or `figures` give it
    """
    measures = {measure: share for share, measure in MEASURES.items() if share in summary}
    shares = [[_finite(share) for share in summary[column]] for column in measures.values()]
    segments = zip(summary["segment"], summary["colour"], zip(*shares, strict=True), strict=True)
    _COMPONENT(
        key="sizes",
        data={
            "segments": [
                {"name": name, "colour": colour, "shares": dict(zip(measures, held, strict=True))}
                for name, colour, held in segments
            ],
            "totals": {
                measure: len(customers) if measure == "customers" else customers.total(measure) for measure in measures
            },
            "alt": "Shares of customers, revenue and profit by segment",
        },
    )


def _finite(share: float) -> float | None:
    return float(share) if math.isfinite(share) else None
