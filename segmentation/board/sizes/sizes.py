"""Segment sizes: each segment's share of customers beside its shares of what customers bring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from segmentation import formats
from segmentation.board import card

ROUNDING = 0.02  # of a share: what a cut by shares of few customers cannot help


def sizes(summary: Mapping[str, Any], quoted: Sequence[float] | None = None) -> dict[str, Any]:
    """Shares of customers, revenue and profit; with them the shares of customers usually quoted, where there are some."""
    said = []
    here = summary["share_of_customers"][: len(quoted or ())]
    if quoted and not _alike(quoted, here):
        said = [f"Usually quoted: {_slashed(quoted)} of customers. Here: {_slashed(here)}."]
    hint, alt = "share of customers against what they bring", "Shares of customers, revenue and profit by segment"
    return card("sizes", "Segment sizes", hint, {}, alt, said)


def _alike(quoted: Sequence[float], here: Sequence[float]) -> bool:
    """Whether the shares are those quoted but for one rounding: then there is nothing to compare."""
    return all(abs(one - other) < ROUNDING for one, other in zip(quoted, here, strict=True))


def _slashed(shares: Sequence[float]) -> str:
    return " / ".join(formats.share(share) for share in shares)
