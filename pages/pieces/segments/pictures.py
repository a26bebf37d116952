"""The pictures of the Segments page, on one board: Pareto curve, sizes, profit × potential, whale curve, numbers."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import streamlit as st

from pages.app.masking import hidden, who
from pages.app.remembered import remember, remembered
from pages.pieces.segments.customer_list import BOX
from pages.pieces.segments.shown import Shown
from pages.widgets import controls
from pages.widgets.board import board
from segmentation import formats
from segmentation.analysis import pareto as concentration
from segmentation.analysis import portfolio
from segmentation.analysis.scales import now_title, scales
from segmentation.analysis.summary import finding
from segmentation.analysis.thresholds.before import before
from segmentation.analysis.thresholds.lines import lines_of, stated
from segmentation.board import card, own, unstarred
from segmentation.board.barcode.barcode import barcode
from segmentation.board.heat.heat import painted
from segmentation.board.numbers.numbers import numbers
from segmentation.board.pareto.pareto import pareto
from segmentation.board.plane import plane
from segmentation.board.sizes.sizes import sizes
from segmentation.board.whale.whale import whale
from segmentation.columns.metrics import label
from segmentation.segments.method import Method
from segmentation.segments.plane import matrix
from segmentation.segments.segmentation import UNKNOWN_COLOUR, Segmentation


def pictures(shown: Shown) -> None:
    """Pareto curve, sizes, bubbles and whale curve, two by two; above them the answer and the totals, below every
    segment's numbers."""
    first = own(shown.method, shown.values, shown.segmentation, shown.study.currency, st.session_state.get("opened"))
    both = [first or pareto(shown.segmentation, shown.method, shown.values, _balance(shown)), bubbles(shown)]
    if shown.made_by:  # its own picture is the plane
        both.reverse()
    left = [both[0], sizes(shown.summary, shown.method.reference)]
    right = [both[1], whale(shown.customers, shown.study.currency)]
    strips = barcode(shown.method, shown.segmentation, who)
    listed = lambda told: st.session_state.update(listed=told["name"])  # noqa: E731
    events: dict[str, Callable[[Any], None]] = {
        "moved": lambda told: _move(shown, told),
        "opened": lambda told: st.session_state.update(opened=told["row"]),
        "painted": lambda told: _paint(shown, told),
        "cut": lambda told: controls.move(_told_of(shown, told)[0], **{told["param"]: told["value"]}),
        "line": lambda told: _move_line(shown, told["axis"], told["lines"]),
        "boxed": lambda told: st.session_state.update(box=told["box"], listed=BOX if told["box"] else None),
        "picked": listed,
        "listed": listed,
        "remember": lambda told: remember(told["on"]),
    }
    board(
        ".".join(["pictures", *(one["name"] for one in (*both, strips) if one)]),
        [left, right],
        events,
        shown.segmentation,
        method=shown.method.name,
        answer=finding(shown.segmentation, shown.summary, shown.study.currency, unstarred, shown.method),
        above=_totals(shown),
        below=[*([strips] if strips else []), numbers(shown.summary, "Segment", shown.study.currency)],
        then=_then(shown),
        currency=shown.study.currency,
    )
    if shown.study.lines and shown.customers.has_portfolio:
        st.button(
            "Lines back to the average customer",
            key="lines back",
            on_click=shown.study.lines_back,
            help="The lines of profit and potential were moved here or on the Portfolio page; they stand so under every method.",
        )


def _then(shown: Shown) -> Segmentation | None:
    """The segmentation as it was remembered."""
    if (values := remembered()) is None:
        return None
    key = ("before", shown.method.name, repr(shown.study.own.get(shown.method.name)), repr(values))
    return shown.customers.remember(key, lambda: before(shown.method, shown.customers, values))


def _move(shown: Shown, told: Mapping[str, Any]) -> None:
    """Put a line where it was let go."""
    method, before = _told_of(shown, told)
    here = method.name == shown.method.name
    values, made = stated(method, before, shown.segmentation if here else method(shown.customers, **before))
    for line in lines_of(method, values, made):
        if line.number == told["number"]:
            moved = {**values, **line.put(values, told["value"])}
            controls.move(method, **{name: moved[name] for name in moved if moved[name] != before[name]})


def _paint(shown: Shown, told: Mapping[str, Any]) -> None:
    method, values = _told_of(shown, told)
    controls.move(method, **painted(method, values, told))


def _told_of(shown: Shown, told: Mapping[str, Any]) -> tuple[Method, dict[str, Any]]:
    """The method something is told of, with its thresholds: the one before, where another was chosen meanwhile."""
    method = shown.study.methods.get(told.get("method", ""), shown.method)
    if method.name == shown.method.name:
        return method, shown.values
    return method, method.complete(shown.study.thresholds.get(method.name, {}))


def _totals(shown: Shown) -> list[tuple[str, str]]:
    """How many customers there are, and what all of them bring: three numbers for a glance."""
    customers = shown.customers
    money = [column for column in ("revenue", "profit") if column in customers.frame]
    amounts = [(label(column), shown.compact(customers.total(column))) for column in money]
    return [("Customers", formats.count(len(customers))), *amounts]


def _balance(shown: Shown) -> list[str]:
    """Under every ABC how much the business depends on a few."""
    if not shown.segmentation.cuts_share:
        return []
    word = label(shown.segmentation.columns[0]).lower()
    found = concentration.balance(shown.customers, shown.segmentation.columns[0])
    if found is None:
        return [f"Nobody has {word} above zero, so there is no share to cut: everybody is in the last segment."]
    return [
        found.verdict.capitalize(),
        f": {formats.share(found.share_for_80)} of {found.people} bring 80% of {word} (15–25% is balanced). The largest "
        f"brings {formats.share(found.top_1)}, the ten largest {formats.share(found.top_10)}.",
    ]


def bubbles(shown: Shown) -> dict[str, Any]:
    """Profit against potential, with both lines movable and the sectors' live counts and money in the corners."""
    customers, money = shown.customers, label(shown.money)
    title = f"{money} × potential"
    if not customers.has_portfolio:
        wanted = "Choose a revenue or profit column on the Data page: then each customer has a place here."
        return card("plane", title, "", None, said=[wanted])
    volume = portfolio.volume(customers)
    rows = portfolio.drawn(customers)
    colours = [*shown.segmentation.colours, UNKNOWN_COLOUR]
    data = {
        "still": _still(shown, rows),
        "slots": [colours[code] for code in shown.segmentation.placing.at(rows).tolist()],
        "segments": True,
        "sectors": shown.made_by is not None,
        "measures": {"profit": shown.money, "potential": "potential", "volume": volume},
        "currency": shown.study.currency,
        "volume": label(volume).lower(),
        "box": st.session_state.get("box"),
    }
    alt = f"{money} against potential per customer, by segment"
    unknown = len(customers) - customers.known("potential")
    gap = f" {formats.plural(unknown, 'customer has', 'customers have')} none and no place here." if unknown else ""
    return card(
        "plane",
        title,
        "drag a line, click a bubble or draw a box",
        data,
        alt,
        [f"{customers.notes[-1]} {scales(customers)}{gap}"],
    )


def _still(shown: Shown, rows: np.ndarray) -> str:
    """What no threshold moves, as JSON: to write it anew at every answer would cost as much as all the rest."""
    customers, at = shown.customers, shown.lines

    def write() -> str:
        sectors = matrix(customers, customers.money, at)
        under = plane.ground(sectors, customers.money, at, now_title(customers))
        names = who(customers.frame.index[rows])
        places = [customers.values(column)[rows].tolist() for column in (customers.money, "potential")]
        return json.dumps({**under, "cloud": [*zip(names, *places, strict=True)]})

    if hidden():  # what one visitor hides is not kept where all look
        return write()
    return customers.remember(("still", at), write)


def _move_line(shown: Shown, axis: str, lines: Sequence[float]) -> None:
    profit, potential = (lines, shown.lines[1]) if axis == "profit" else (shown.lines[0], lines)
    shown.study.move_lines(profit, potential)
