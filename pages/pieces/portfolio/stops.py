"""The sliders of the lines: what each is called, and where it can stand."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from pages.app.words import plain
from pages.pieces.portfolio.shown import Shown
from segmentation import formats
from segmentation.analysis.thresholds import positions

AXES = ("profit", "potential")


def key(now: Shown, axis: str, place: int) -> str:
    """The widget's key for one line of an axis; by it the board knows whose line it moves."""
    return f"portfolio.{axis} {place + 1}" if now.nine else f"portfolio.{axis}"


def stops(now: Shown, axis: str, place: int) -> list[float]:
    """Where it can stand, and among that the line wherever it stands; no two that are told alike."""
    at, column = AXES.index(axis), now.horizontal if axis == "profit" else "potential"
    line, usual = now.at[at][place], positions.positions_of(now.customers, column)
    if line in usual:
        return usual
    said = told(line, now.study.currency)
    return sorted([line, *(stop for stop in usual if told(stop, now.study.currency) != said)])


def sliders(now: Shown, axis: str) -> list[dict[str, Any]]:
    """What the picture is sent of the sliders of an axis: see plane.js; no stops where they are the axis's own."""
    usual = positions.positions_of(now.customers, now.horizontal if axis == "profit" else "potential")
    each = [(key(now, axis, place), stops(now, axis, place)) for place in range(2 if now.nine else 1)]
    return [{"by": [called, 0], "stops": None if found == usual else found} for called, found in each]


@lru_cache(maxsize=4096)
def told(value: float, currency: str) -> str:
    """A cut line's position, as Markdown; a slider asks again for every one of its stops."""
    return plain(formats.compact(value, currency))
