"""Segment sizes: each segment's share of customers beside its shares of what customers bring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pages.widgets.pictures import card
from segmentation import formats


def sizes(summary: Mapping[str, Any], quoted: Sequence[float] | None = None) -> dict[str, Any]:
    """Shares of customers, revenue and profit; with them the shares of customers usually quoted, where there are some."""
    said = []
    if quoted:
        here = summary["share_of_customers"][: len(quoted)]
        said = [f"Usually quoted: {_slashed(quoted)} of customers. Here: {_slashed(here)}."]
    hint, alt = "share of customers against what they bring", "Shares of customers, revenue and profit by segment"
    return card("sizes", "Segment sizes", hint, {}, alt, said)


def _slashed(shares: Sequence[float]) -> str:
    return " / ".join(formats.share(share) for share in shares)
