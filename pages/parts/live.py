"""The pieces of the Segments page: each draws one thing from the segmentation as it stands now."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import streamlit as st

from pages.parts import controls, plane, tables
from pages.parts import pareto as pareto_component
from pages.parts import sizes as sizes_component
from pages.parts.masking import check_names, who
from pages.parts.words import plain, show
from segmentation import Customers, Problem, Study, charts, formats, portfolio
from segmentation import pareto as concentration
from segmentation.charts.whale import whale_data
from segmentation.columns import label
from segmentation.problems import DayNeeded
from segmentation.segmentation import UNKNOWN_COLOUR, Segmentation
from segmentation.summary import figures, finding

BOX = "the box drawn in the chart"


class Shown:
    """A segmentation with what several pieces ask of it: its method, thresholds, summary and cut lines."""

    def __init__(self, study: Study, customers: Customers) -> None:
        self.study, self.customers = study, customers
        self.method, self.values = study.chosen, study.values()
        check_names(study, study.method, customers)
        self.segmentation: Segmentation = study.segmentation(customers)
        self.summary = figures(self.segmentation)
        self.lines = portfolio.lines(customers, study.lines)

    @property
    def money(self) -> str:
        """Profit, or revenue where no profit is known: the word."""
        return self.customers.money

    def compact(self, value: float) -> str:
        return formats.compact(value, self.study.currency)


def segmentation(study: Study, customers: Customers) -> Shown | None:
    """The segmentation to show; None after saying why there is none."""
    try:
        return Shown(study, customers)
    except Problem as problem:
        show(problem)
        if isinstance(problem, DayNeeded):
            today = dt.date.today()
            st.button(f"Look back from today, {formats.day(today)}", on_click=_look_back_from, args=(study, today))
        if study.chosen.missing(customers, study.values()):
            st.page_link(
                "pages/data.py", label="Choose columns, or bring a file that has them, on the Data page", icon="➡️"
            )
            st.caption("Or press “Help me choose”: it shows the methods this file has enough for.")
        return None


def _look_back_from(study: Study, day: dt.date) -> None:
    study.as_of = day.isoformat()


def card(shown: Shown, *pieces: Callable[[Shown], None]) -> None:
    """Pieces that belong together, in one frame."""
    with st.container(border=True):
        for piece in pieces:
            piece(shown)


def answer(shown: Shown) -> None:
    """One sentence that answers the method's question."""
    st.markdown(finding(shown.segmentation, shown.summary, shown.study.currency, escape=plain))


def totals(study: Study, customers: Customers) -> None:
    """How many customers there are, and what all of them bring: three numbers for a glance."""
    glance = {"Customers": formats.count(len(customers))}
    for column in ("revenue", "profit"):
        if column in customers.frame:
            glance[label(column)] = formats.compact(customers.total(column), study.currency)
    with st.container(horizontal=True, gap="small", key="figures"):
        for name, value in glance.items():
            st.metric(name, plain(value), border=True)


def balance(shown: Shown) -> None:
    """Under every ABC: how much the business depends on a few; and the shares usually quoted, where there are some."""
    if not shown.segmentation.cuts_share:
        return
    word = label(shown.segmentation.columns[0]).lower()
    found = concentration.balance(shown.customers, shown.segmentation.columns[0])
    if found is None:
        st.caption(
            f"Nobody has {plain(word)} above zero, so there is no share to cut: everybody is in the last segment."
        )
        return
    st.caption(
        f"**{found.verdict.capitalize()}**: {formats.share(found.share_for_80)} of customers bring 80% of {plain(word)} "
        f"(15–25% is balanced). The largest brings {formats.share(found.top_1)}, the ten largest {formats.share(found.top_10)}."
    )


def pareto(shown: Shown) -> None:
    """The curve with its cuts."""
    pareto_component.draw(shown.segmentation, shown.method, shown.values, controls.move)


def bubbles(shown: Shown) -> None:
    """Profit against potential, with both lines movable and the sectors' live counts and money in the corners."""
    customers, money = shown.customers, label(shown.money)
    if not customers.has_portfolio:
        st.markdown(f"**{plain(money)} × potential**")
        st.caption("Choose a revenue or profit column on the Data page: then each customer has a place here.")
        return
    at = ((shown.lines[0],), (shown.lines[1],))
    made = lambda: plane.ground(portfolio.sectors(customers, *shown.lines), shown.money, at, f"{money} per customer")  # noqa: E731
    volume = portfolio.volume(customers)
    data = {
        **customers.remember(("ground", at), made),
        **_placed(shown, volume),
        "measures": {"profit": shown.money, "potential": "potential", "volume": volume},
        "currency": shown.study.currency,
        "volume": label(volume).lower(),
        "box": st.session_state.get("box"),
        "words": {"title": f"{money} × potential", "hint": "drag a line, click a bubble or draw a box"},
        "alt": f"{money} against potential per customer, by segment",
    }
    plane.draw("bubbles", data, lambda axis, lines: _move_line(shown, axis, lines), _list_segment, _list_box)
    unknown = len(customers) - customers.known("potential")
    gap = f" {formats.plural(unknown, 'customer has', 'customers have')} none and no place here." if unknown else ""
    st.caption(plain(customers.notes[-1] + gap))


def _placed(shown: Shown, volume: str) -> dict[str, Any]:
    """The segments at their means, and some customers with their segments' colours."""
    customers, segmentation, summary = shown.customers, shown.segmentation, shown.summary
    columns = ("segment", f"{shown.money}_each", "potential_each", volume, "customers", "colour")
    segments = zip(*(np.asarray(summary[column]).tolist() for column in columns), strict=True)
    rows, spots = customers.keep("spots", lambda: _spots(customers))
    names = who(customers.frame.index[rows])
    colours = [*segmentation.colours, UNKNOWN_COLOUR]
    cut = segmentation.columns[0] if segmentation.cuts_share else None
    ranks = customers.ranked(cut).position[rows].tolist() if cut else [0] * len(rows)
    return {
        "bubbles": [one for one in segments if math.isfinite(one[1] + one[2])],
        "largest": max(customers.total(volume), 1e-9),
        "segments": True,
        "cloud": [[name, *spot, rank] for name, spot, rank in zip(names, spots, ranks, strict=True)],
        "slots": [colours[code] for code in segmentation.placing.at(rows).tolist()],
    }


def _spots(customers: Customers) -> tuple[np.ndarray, list[list[float]]]:
    """Row numbers of the customers that are drawn, and their places."""
    rows = portfolio.sample(customers)
    places = np.column_stack([customers.values(column)[rows] for column in (customers.money, "potential")])
    known = np.isfinite(places).all(axis=1)
    return rows[known], places[known].tolist()


def _move_line(shown: Shown, axis: str, lines: Sequence[float]) -> None:
    profit, potential = (lines[0], shown.lines[1]) if axis == "profit" else (shown.lines[0], lines[0])
    shown.study.move_lines(profit, potential)


def _list_segment(event: Mapping[str, Any]) -> None:
    st.session_state["listed"] = event["name"]


def _list_box(box: Mapping[str, Any] | None) -> None:
    st.session_state["box"] = box
    st.session_state["listed"] = BOX if box else None


def sizes(shown: Shown) -> None:
    """Share of customers against share of revenue and profit."""
    sizes_component.draw(shown.customers, shown.summary)
    if reference := shown.method.reference:
        actual = shown.summary["share_of_customers"][: len(reference)]
        st.caption(f"Usually quoted: {_slashed(reference)} of customers. Here: {_slashed(actual)}.")


def _slashed(shares: Any) -> str:
    return " / ".join(formats.share(share) for share in shares)


def whale(shown: Shown) -> None:
    """The whale curve of profit, and what it says in words."""
    if shown.money not in ("profit", "revenue"):
        st.markdown("**Whale curve** — cumulative profit")
        st.caption("Choose a revenue or profit column on the Data page: then it shows who earns and who costs money.")
        return
    found = concentration.whale(shown.customers)
    st.markdown(f"**Whale curve** — cumulative {shown.money}, best customers first")
    data = shown.customers.remember(
        ("whale data", shown.study.currency), lambda: pa.Table.from_pandas(whale_data(found, shown.study.currency))
    )
    percent = found.peak_share is not None
    st.vega_lite_chart(
        data, _whale_spec(percent, shown.money), key=f"whale {percent}", alt=f"Cumulative {shown.money} by customer"
    )
    st.caption(plain(whale_sentence(shown, found)))


@lru_cache(maxsize=4)
def _whale_spec(percent: bool, money: str) -> dict[str, Any]:
    return charts.spec(charts.whale(charts.EMPTY, percent=percent, title=f"Cumulative {money}"))


def whale_sentence(shown: Shown, found: concentration.Whale) -> str:
    """Where the curve peaks and what is lost beyond it."""
    beyond = len(shown.customers) - found.at
    if shown.money != "profit":
        return "There is no profit in this file: with a cost column, or an assumed margin, loss-makers would show here."
    if found.erosion <= 0:
        return f"Every customer earns something: the curve never falls, {shown.compact(found.total)} in all."
    peak = f"{formats.share(found.peak_share)} of profit" if found.peak_share is not None else shown.compact(found.peak)
    return (
        f"The best {formats.plural(found.at, 'customer')} earn {peak}; the other {formats.count(beyond)} "
        f"take {shown.compact(found.erosion)} of it away again."
    )


def segment_table(shown: Shown) -> None:
    """Every segment's numbers."""
    tables.segments(shown.summary, shown.study.currency)


def customer_list(shown: Shown) -> None:
    """The customers of one segment, or of the box drawn in the bubble chart, to look at and to take away."""
    names = [*shown.segmentation.shown, *([BOX] if st.session_state.get("box") else [])]
    if st.session_state.get("listed") not in names:
        st.session_state["listed"] = None
    st.selectbox(
        "Customers of", names, key="listed", width=420, placeholder="choose a segment, click its bubble, or draw a box"
    )
    name, box = st.session_state["listed"], st.session_state.get("box")
    if name is None:
        return
    method, values, customers = shown.method, shown.values, shown.customers

    def download() -> bytes:
        """The list made anew: the segmentation, kept with the button, would cost each visitor megabytes."""
        again = method(customers, **values)
        return tables.customer_csv(again, listed_rows(again, name, box))

    rows = listed_rows(shown.segmentation, name, box)
    tables.customers(customers, rows, name, shown.study.currency, download)


def listed_rows(segmentation: Segmentation, name: str, box: dict[str, Any] | None) -> np.ndarray:
    """Row numbers of the customers to list: those of a segment, or those in the box."""
    if name != BOX or not box:
        return segmentation.rows(name)
    customers = segmentation.customers
    inside = np.ones(len(customers), bool)
    for axis, column in (("x", customers.money), ("y", "potential")):
        low, high = sorted(box[axis])
        inside &= (customers.values(column) >= low) & (customers.values(column) <= high)
    return np.flatnonzero(inside)
