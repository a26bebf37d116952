"""The picture: profit now × potential, with bubbles, and lines that are dragged."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import streamlit as st

from pages.app.masking import check_names, hidden, who
from pages.app.words import show
from pages.pieces.portfolio.shown import Shown
from pages.pieces.portfolio.stops import AXES, sliders
from pages.widgets.board import board
from segmentation import Customers, Problem, formats
from segmentation.analysis import portfolio
from segmentation.analysis.scales import now_title, scales
from segmentation.board import card
from segmentation.board.numbers.numbers import numbers
from segmentation.board.plane import plane
from segmentation.columns.metrics import label
from segmentation.study import BUBBLES


def picture(now: Shown, views: list[dict[str, Any]]) -> None:
    """Profit × potential, its lines dragged in the picture; a clicked bubble opens the customer's card or its list."""
    money = label(now.customers.money)
    under = plane.ground(now.segmentation, now.horizontal, now.at, now_title(now.customers) + _blend(now))
    data = {
        **under,
        **{axis: {**under[axis], "sliders": sliders(now, axis)} for axis in AXES},
        **_bubbles(now),
        "currency": now.study.currency,
        "volume": label(portfolio.volume(now.customers)).lower(),
        "views": views,
    }
    alt = f"{money} against potential per customer, with two lines that make four sectors"
    drawn = card(
        "plane", f"{money} × potential", _hint(now), data, alt, [f"{now.customers.notes[-1]} {scales(now.customers)}"]
    )
    events: dict[str, Callable[[Any], None]] = {
        "line": lambda told: move_lines(now, told["axis"], told["lines"]),
        "picked": lambda told: pick(now, told),
        "listed": lambda told: st.session_state.update(sector=told["name"], part="Sector lists"),
    }
    below = [numbers(now.summary, "Sector", now.study.currency, each=("profit", "potential"))]
    board("plane", [[drawn]], events, now.segmentation, below=below, framed=False)


def _hint(now: Shown) -> str:
    size = label(portfolio.volume(now.customers)).lower()
    return f"drag a line; a bubble's size is its {size}"


def _blend(now: Shown) -> str:
    weight = now.values["cooperation_weight"]
    return f", {formats.share(weight)} of it cooperation" if weight else ""


def _bubbles(now: Shown) -> dict[str, Any]:
    """The bubbles: customers, or the segments of a method over faint customers."""
    customers, study = now.customers, now.study
    if study.bubbles in BUBBLES:
        return {"still": _still(now, study.bubbles, _spots), "segments": False}
    made_of = [study.own.get(study.bubbles), study.thresholds.get(study.bubbles, {})]  # two visitors may use one name
    key = json.dumps(made_of, sort_keys=True)
    try:
        check_names(study, study.bubbles, customers)
        drawn = customers.remember(("bubbles", now.horizontal, study.bubbles, key), lambda: _segments(now))
    except Problem as problem:
        show(problem)
        drawn = []
    return {"bubbles": drawn, "largest": _most(drawn), "segments": True, "still": _still(now, "cloud", _cloud)}


def _still(now: Shown, what: str, drawn: Callable[[Shown], dict[str, Any]]) -> str:
    """What no line moves, as JSON; with codes instead of what a visitor hides it is not kept where all look."""
    if hidden():
        return json.dumps(drawn(now))
    return now.customers.remember(("still", now.horizontal, what), lambda: json.dumps(drawn(now)))


def _spots(now: Shown) -> dict[str, Any]:
    """The customers themselves as bubbles: the largest, or a sample of all."""
    drawn = _kept(now, now.study.bubbles, portfolio.largest if now.study.bubbles == "largest" else portfolio.sample)
    return {"bubbles": _named(drawn), "largest": _most(drawn)}


def _cloud(now: Shown) -> dict[str, Any]:
    """A sample of the customers, to lie faint under the bubbles of segments."""
    drawn = _kept(now, "sample", portfolio.sample)
    return {"cloud": [[name, x, y, costs] for name, x, y, _, _, _, costs in _named(drawn)]}


def _kept(now: Shown, what: str, rows: Callable[[Customers], np.ndarray]) -> list[list[Any]]:
    return now.customers.keep(("bubbles", now.horizontal, what), lambda: _customers(now, rows(now.customers)))


def _named(drawn: list[list[Any]]) -> list[list[Any]]:
    return [[name, *one[1:]] for name, one in zip(who(one[0] for one in drawn), drawn, strict=True)]


def _most(drawn: list[list[Any]]) -> float:
    """The largest size, by which all are drawn."""
    return max([1e-9, *(one[3] for one in drawn)])


def _customers(now: Shown, rows: np.ndarray) -> list[list[Any]]:
    """Name, place, size of sampled customers and whether each costs more than they bring, the large ones first, so that
    small ones lie on top."""
    customers = now.customers
    x, y, size = (
        customers.values(column)[rows] for column in (now.horizontal, "potential", portfolio.volume(customers))
    )
    names, costs = customers.frame.index[rows], plane.costs(customers, rows)
    order = [at for at in np.argsort(-np.nan_to_num(size), kind="stable") if np.isfinite(x[at] + y[at])]
    return [
        [str(names[at]), float(x[at]), float(y[at]), float(np.nan_to_num(size[at])), 1, None, costs[at]] for at in order
    ]


def _segments(now: Shown) -> list[list[Any]]:
    """Name, mean place, sum of volume, customers and colour of a method's segments, the large ones first."""
    customers, study, volume = now.customers, now.study, portfolio.volume(now.customers)
    made = study.methods[study.bubbles](customers, **study.thresholds.get(study.bubbles, {}))
    x, y = (made.means(column) for column in (now.horizontal, "potential"))
    size, counts = made.sums(volume), made.counts
    held = [at for at in range(len(made.names)) if np.isfinite(x[at] + y[at])]
    return [
        [str(made.names[at]), float(x[at]), float(y[at]), float(size[at]), int(counts[at]), made.colours[at]]
        for at in sorted(held, key=lambda at: -size[at])
    ]


def move_lines(now: Shown, axis: str, lines: Sequence[float]) -> None:
    """The lines of one axis to amounts; those of the other stay where they are, now as amounts too."""
    profit, potential = (lines, now.at[1]) if axis == "profit" else (now.at[0], lines)
    now.study.move_lines(profit, potential)


def pick(now: Shown, event: Mapping[str, Any]) -> None:
    """A clicked customer is the one of the card."""
    if now.study.bubbles in BUBBLES:
        drawn = now.customers.keep(("bubbles", now.horizontal, now.study.bubbles), list)
        st.session_state["card"] = drawn[int(event["at"])][0]
        st.session_state["part"] = "One customer"
