"""Profit × potential with draggable cut lines: a component of ours that tells Python on release."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

from pages.parts.drawing import component

_COMPONENT = component(Path(__file__).parent)
KEY = "plane"
ROOM = 2.5  # beyond the outermost bubble, on the bent scale's money
DECADES = 6  # below the largest: nearer to zero the axis is straight


def draw(
    picture: Mapping[str, Any],
    on_move: Callable[[str, Sequence[float]], None],
    on_pick: Callable[[Mapping[str, Any]], None],
) -> None:
    """The picture (see `plane.js` for what it holds).

    on_move   called with the axis ("profit" or "potential") and where its line now stands, or its two lines; on_pick:
              with name and place in the list of the bubble that was clicked
    """

    def moved() -> None:
        event = st.session_state[KEY].moved
        on_move(event["axis"], [float(line) for line in event["lines"]])

    _COMPONENT(
        key=KEY,
        data=dict(picture),
        on_moved_change=moved,
        on_picked_change=lambda: on_pick(st.session_state[KEY].picked),
    )


def scale(values: np.ndarray) -> dict[str, Any]:
    """A symmetric-log axis that holds all values and zero: domain, unit (straight below it) and ticks.

    The unit follows the middle of the values, so that the many small customers are not squeezed by a few large ones.
    """
    held = values[np.isfinite(values)]
    known = np.abs(held)
    low, high = float(held.min(initial=0.0)), float(held.max(initial=0.0))
    largest = max(-low, high) or 1.0
    middle = float(np.median(known[known > 0])) if (known > 0).any() else largest
    unit = 10.0 ** max(math.floor(math.log10(middle)), math.ceil(math.log10(largest)) - DECADES)
    domain = [low * ROOM - unit / 4, high * ROOM + unit / 4]
    powers = [unit * 10**power for power in range(DECADES + 1)]
    ticks = [
        *(-one for one in reversed(powers) if -one >= domain[0]),
        0.0,
        *(one for one in powers if one <= domain[1]),
    ]
    return {"domain": domain, "unit": unit, "ticks": ticks}
