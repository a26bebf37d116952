"""The pieces of the Segments page: each draws one thing from the segmentation as it stands now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import streamlit as st

from pages.parts import controls, session, tables
from pages.parts import pareto as pareto_component
from pages.parts.masking import check_names, who
from pages.parts.words import plain, show
from segmentation import Customers, Problem, Study, charts, formats, portfolio
from segmentation import pareto as concentration
from segmentation.charts.bubbles import bubbles_data
from segmentation.charts.scales import spread
from segmentation.charts.sizes import sizes_data
from segmentation.charts.whale import whale_data
from segmentation.columns import label
from segmentation.problems import DayNeeded
from segmentation.segmentation import Segmentation
from segmentation.summary import figures, finding

BOX = "the box drawn in the chart"
MANY = 6  # segments from which the bars of their sizes are drawn closer


@lru_cache(maxsize=4096)
def _stop(value: float, currency: str) -> str:
    """A cut line's position, as Markdown; a slider asks again for every one of its stops."""
    return plain(formats.compact(value, currency))


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

    def stop(self, value: float) -> str:
        return _stop(value, self.study.currency)


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


def portfolio_lines(shown: Shown) -> None:
    """Where "high" begins, for profit and for potential."""
    if not shown.customers.has_portfolio:
        return
    lines = (("profit", shown.money, shown.lines[0]), ("potential", "potential", shown.lines[1]))
    for place, (axis, column, at) in zip(st.columns(2), lines, strict=True):
        key = f"line.{axis}"
        stops = sorted({*portfolio.line_stops(shown.customers, column), at})
        st.session_state[key] = at
        place.select_slider(
            f"High {'potential' if axis == 'potential' else column} from, per customer",
            stops,
            key=key,
            format_func=shown.stop,
            on_change=_move_lines,
        )
    unknown = len(shown.customers) - shown.customers.known("potential")
    gap = f" {formats.plural(unknown, 'customer has', 'customers have')} none and no place here." if unknown else ""
    st.caption(plain(shown.customers.notes[-1] + gap))


def _move_lines() -> None:
    session.study().move_lines(st.session_state["line.profit"], st.session_state["line.potential"])


def pareto(shown: Shown) -> None:
    """The curve with its cuts."""
    pareto_component.draw(shown.segmentation, shown.method, shown.values, controls.move)


def bubbles(shown: Shown) -> None:
    """Profit against potential, with the sectors' live counts in the corners."""
    customers = shown.customers
    st.markdown(f"**{plain(label(shown.money))} × potential** — click a bubble or draw a box")
    if not customers.has_portfolio:
        st.caption("Choose a revenue or profit column on the Data page: then each customer has a place here.")
        return
    corners = customers.remember(("corners", shown.lines), lambda: portfolio.corners(customers, shown.lines))
    ranges = customers.keep("ranges", lambda: _ranges(customers))
    points = portfolio.points(shown.segmentation, shown.summary)
    if shown.study.masked:
        many = points["kind"].count("customer")
        points["name"] = who(points["name"][:many]) + points["name"][many:]
    data = bubbles_data(points, shown.lines, corners, *ranges[:2])
    st.vega_lite_chart(
        data,
        _bubble_spec(label(shown.money), shown.study.currency, *ranges),
        key="bubbles",
        on_select=_selected,
        alt=f"{label(shown.money)} against potential per customer, by segment",
    )


def _ranges(customers: Customers) -> tuple[Any, ...]:
    rows = portfolio.sample(customers)
    x, y = (spread(customers.values(column)[rows]) for column in (customers.money, "potential"))
    return x, y, customers.total(portfolio.volume(customers))


@lru_cache(maxsize=256)
def _bubble_spec(money: str, currency: str, x: tuple, y: tuple, largest: float) -> dict[str, Any]:
    sign = f" ({currency.strip()})" if currency.strip() else ""
    return charts.spec(
        charts.bubbles(
            charts.EMPTY,
            x_title=f"{money} per customer{sign}",
            y_title=f"Potential per customer{sign}",
            x_range=x,
            y_range=y,
            largest=largest,
        )
    )


def _selected() -> None:
    """A clicked segment or a drawn box becomes the customer list; the newer of the two counts."""
    now = st.session_state["bubbles"]["selection"]
    box, pick = now.get("box") or {}, now.get("pick") or []
    before = st.session_state.get("bubbles_before", ({}, []))
    st.session_state["bubbles_before"] = (box, pick)
    if box != before[0]:
        st.session_state["box"] = box
        st.session_state["listed"] = BOX if box else None
    elif pick != before[1]:
        st.session_state["listed"] = pick[0]["segment"] if pick else None


def sizes(shown: Shown) -> None:
    """Share of customers against share of revenue and profit."""
    st.markdown("**Segment sizes** — share of customers against what they bring")
    st.vega_lite_chart(
        sizes_data(shown.summary),
        _sizes_spec(len(shown.summary["segment"]) > MANY),
        key="sizes",
        alt="Shares of customers, revenue and profit by segment",
    )
    if reference := shown.method.reference:
        actual = shown.summary["share_of_customers"][: len(reference)]
        st.caption(f"Usually quoted: {_slashed(reference)} of customers. Here: {_slashed(actual)}.")


def _slashed(shares: Any) -> str:
    return " / ".join(formats.share(share) for share in shares)


@lru_cache(maxsize=2)
def _sizes_spec(many: bool) -> dict[str, Any]:
    return charts.spec(charts.sizes(charts.EMPTY, many=many))


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
