"""The pieces of the Portfolio page that follow its cut lines: the answer, the picture, the lines, the lists."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import streamlit as st

from pages.app.masking import check_names, who
from pages.app.words import listed, plain, show
from pages.pieces.segments.explain import call
from pages.widgets import controls, tables
from pages.widgets.pictures import board, card
from pages.widgets.pictures.numbers.numbers import numbers
from pages.widgets.pictures.plane import plane
from segmentation import METHODS, Customers, Problem, Study, formats
from segmentation.analysis import portfolio, positions
from segmentation.analysis.summary import figures
from segmentation.columns.match import label
from segmentation.report.tables import csv
from segmentation.segments.segmentation import Segmentation
from segmentation.study import BUBBLES

METHOD = METHODS["portfolio"]
MEANING = {
    "Invest": "large, good profit, good prospects: the best managers",
    "Harvest": "profitable, little to come: take the benefit, invest little, do not forget them",
    "Develop": "promising, difficult today: patient managers, and a date by which it must pay",
    "Let go": "no profit now or later: make them pay their way, or part with them",
}


@lru_cache(maxsize=4096)
def _stop(value: float, currency: str) -> str:
    """A cut line's position, as Markdown; a slider asks again for every one of its stops."""
    return plain(formats.compact(value, currency))


class Shown:
    """The portfolio as it stands: its segmentation, the column on the horizontal axis, and where the lines are."""

    def __init__(self, study: Study, customers: Customers) -> None:
        self.study, self.customers, self.method = study, customers, METHOD
        self.values = METHOD.complete(study.thresholds.get("portfolio", {}))
        self.now = portfolio.axis_of_profit(customers, self.values["cooperation_weight"])
        self.at = lines_of(self.values, customers, self.now)
        made = METHOD(customers, **study.thresholds.get("portfolio", {}))
        self.segmentation: Segmentation = positions.told(made, self.now, self.at)
        self.summary = figures(self.segmentation)
        self.nine = len(self.at[0]) > 1

    def compact(self, value: float) -> str:
        return formats.compact(value, self.study.currency)

    def say(self, value: float) -> str:
        """An amount, as Markdown."""
        return plain(self.compact(value))

    def total(self, column: str, at: int = 0) -> str:
        """What a sector holds of a column, with its share where the total is above zero."""
        share = self.summary[f"share_of_{column}"][at]
        amount = self.say(self.summary[column][at])
        return f"{amount} ({formats.share(share)})" if np.isfinite(share) else amount


def lines_of(values: Mapping[str, Any], customers: Customers, now: str) -> portfolio.Cuts:
    """Where the lines of profit and those of potential stand."""
    return portfolio.line_cuts(customers, now, *(values[name] for name in ("lines", "profit", "potential")))


def shown(study: Study, customers: Customers) -> Shown | None:
    """The portfolio to show; None after saying why there is none."""
    if not customers.has_portfolio:
        show("There is neither profit nor revenue in this file: choose a column of money on the Data page.")
        st.page_link("pages/data.py", label="Choose the column on the Data page", icon="➡️")
        return None
    try:
        return Shown(study, customers)
    except Problem as problem:
        show(problem)
        if study.thresholds.get("portfolio", {}).get("cooperation_weight"):
            st.button("Count profit alone", on_click=lambda: study.set_of("portfolio", cooperation_weight=0.0))
        return None


# The answer


def answer(now: Shown) -> None:
    """Whom to invest in, in one sentence; with it what the lower line of decisions looks like."""
    st.markdown(sentence(now))


def sentence(now: Shown) -> str:
    """How many to invest in, what they hold and bring, and how many decisions could as well be others."""
    customers, invest = now.customers, int(now.summary["customers"][0])
    if not invest:
        return "**Nobody** is above both lines: lower one of them, or look at who stands nearest. " + _borderline(now)
    who = f"**{formats.count(invest)} of {formats.plural(len(customers), 'customer')}**"
    verb, they = ("is", "it holds") if invest == 1 else ("are", "they hold")
    held = f"{they} **{now.total('potential')} of the potential**"
    brings = f"{now.total(customers.money)} of the {customers.money}"
    return f"{who} {verb} {_worth(now)}: {held} and {brings}. {_borderline(now)}{_no_outlook(now)}"


def _no_outlook(now: Shown) -> str:
    """Where the potential is what a customer brings now, two of the four decisions cannot come up."""
    customers, money = now.customers, now.customers.money
    here, later = customers.values(money), customers.values("potential")
    if not customers.keep("no outlook", lambda: np.array_equal(here, later, equal_nan=True)):
        return ""
    return f" The potential is no more than today's {money} here: choose another model to see who could bring more."


def _worth(now: Shown) -> str:
    """What being above both lines is worth: where the lines are that low, no investment."""
    now_, later = (float(now.summary[name][0]) for name in (now.customers.money, "potential"))
    if later <= 0:
        return "above both lines, but there is nothing to be had from them by this model"
    if now_ < 0:
        return "above both lines, but they lose money today: put the lines at break-even"
    return "worth investing in"


def _borderline(now: Shown) -> str:
    unknown = int(now.segmentation.counts[-1])
    gap = f" {formats.plural(unknown, 'customer has', 'customers have')} no figure and no place." if unknown else ""
    near = positions.borderline_count(now.customers, now.now, now.at)
    if not near:
        return f"**No decision is borderline**: all stand clear of both lines.{gap}"
    if near == 1:
        return f"**One decision is borderline**: one step of a line would change it.{gap}"
    return f"**{formats.count(near)} decisions are borderline**: one step of a line would change them.{gap}"


# The picture


def picture(now: Shown, views: list[dict[str, Any]]) -> None:
    """Profit × potential, its lines dragged in the picture; a clicked bubble opens the customer's card or its list."""
    money = label(now.customers.money)
    data = {
        **plane.ground(now.segmentation, now.now, now.at, f"{money} now, per customer{_blend(now)}"),
        **_bubbles(now),
        "currency": now.study.currency,
        "volume": label(portfolio.volume(now.customers)).lower(),
        "views": views,
    }
    alt = f"{money} against potential per customer, with two lines that make four sectors"
    drawn = card("plane", f"{money} × potential", _hint(now), data, alt, [now.customers.notes[-1]])
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
        rows = portfolio.largest(customers) if study.bubbles == "largest" else portfolio.sample(customers)
        drawn = customers.keep(("bubbles", now.now, study.bubbles), lambda: _customers(now, rows))
        named = zip(who(one[0] for one in drawn), drawn, strict=True) if study.masked else ()
        shown = [[name, *one[1:]] for name, one in named] or drawn
        return {"bubbles": shown, "largest": max([1e-9, *(one[3] for one in drawn)]), "segments": False}
    made_of = [study.own.get(study.bubbles), study.thresholds.get(study.bubbles, {})]  # two visitors may use one name
    key = json.dumps(made_of, sort_keys=True)
    try:
        check_names(study, study.bubbles, customers)
        drawn = customers.remember(("bubbles", now.now, study.bubbles, key), lambda: _segments(now))
    except Problem as problem:
        show(problem)
        drawn = []
    cloud = customers.keep(("bubbles", now.now, "sample"), lambda: _customers(now, portfolio.sample(customers)))
    most = max([1e-9, *(one[3] for one in drawn)])
    names = who(one[0] for one in cloud)
    spots = [[name, *one[1:3]] for name, one in zip(names, cloud, strict=True)]
    return {"bubbles": drawn, "largest": most, "segments": True, "cloud": spots}


def _customers(now: Shown, rows: np.ndarray) -> list[list[Any]]:
    """Name, place, size of sampled customers, the large ones first, so that small ones lie on top."""
    customers = now.customers
    x, y, size = (customers.values(column)[rows] for column in (now.now, "potential", portfolio.volume(customers)))
    names = customers.frame.index[rows]
    order = [at for at in np.argsort(-np.nan_to_num(size), kind="stable") if np.isfinite(x[at] + y[at])]
    return [[str(names[at]), float(x[at]), float(y[at]), float(np.nan_to_num(size[at])), 1] for at in order]


def _segments(now: Shown) -> list[list[Any]]:
    """Name, mean place, sum of volume, customers and colour of a method's segments, the large ones first."""
    customers, study, volume = now.customers, now.study, portfolio.volume(now.customers)
    made = study.methods[study.bubbles](customers, **study.thresholds.get(study.bubbles, {}))
    x, y = (made.means(column) for column in (now.now, "potential"))
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
        drawn = now.customers.keep(("bubbles", now.now, now.study.bubbles), list)
        st.session_state["card"] = drawn[int(event["at"])][0]
        st.session_state["part"] = "One customer"


# What is set beside it


def beside(now: Shown) -> None:
    """What moves the picture: whom it shows, where the lines are, and what counts beside profit."""
    bubbles(now.study, now.customers)
    presets(now)
    sliders(now)
    cooperation_weight(now)
    controls.say_trouble()


def bubbles(study: Study, customers: Customers) -> None:
    """Whom a bubble stands for."""
    methods = study.methods
    names = [*BUBBLES, *(name for name in methods if name != "portfolio" and not methods[name].missing(customers))]
    if study.bubbles not in names:
        study.bubbles = "sample"
    st.session_state["bubble"] = study.bubbles
    st.selectbox(
        "A bubble is",
        names,
        key="bubble",
        format_func=lambda name: BUBBLES[name].capitalize() if name in BUBBLES else f"Segments: {methods[name].title}",
        on_change=lambda: setattr(study, "bubbles", st.session_state["bubble"]),
    )


def presets(now: Shown) -> None:
    """Where the lines stand: at a preset, or where they were dragged."""
    options = METHOD.controls["lines"].options  # type: ignore[attr-defined]
    st.session_state["portfolio.lines"] = now.values["lines"]

    def chosen() -> None:
        lines, study = st.session_state["portfolio.lines"], now.study
        if lines == "amounts":
            study.move_lines(*now.at)
            return
        study.set_of("portfolio", lines=lines)
        study.lines = {}
        if lines in ("median", "even"):
            places = portfolio.preset(now.customers, now.now, lines)
            study.lines = dict(zip(("profit", "potential"), places, strict=True))

    st.selectbox(
        "Lines at",
        list(options),
        key="portfolio.lines",
        format_func=lambda o: options[o].capitalize(),
        on_change=chosen,
    )


def sliders(now: Shown) -> None:
    """The same lines by slider, where a hand is unsteady."""
    for axis, column, lines in zip(("profit", "potential"), (now.now, "potential"), now.at, strict=True):
        said = now.customers.money if axis == "profit" else "potential"
        for place in range(len(lines)):
            level, which = (("Middle", " 1"), ("High", " 2"))[place] if now.nine else ("High", "")
            _slider(now, f"{level} {said} from", f"portfolio.{axis}{which}", axis, column, lines, place)


def _slider(now: Shown, label: str, key: str, axis: str, column: str, lines: tuple[float, ...], place: int) -> None:
    """The slider of one line; the other of its axis is pushed along, not crossed."""
    st.session_state[key] = lines[place]

    def moved() -> None:
        to = st.session_state[key]
        move_lines(
            now, axis, [*(min(one, to) for one in lines[:place]), to, *(max(one, to) for one in lines[place + 1 :])]
        )

    st.select_slider(
        label,
        _stops(portfolio.line_stops(now.customers, column), lines[place], now.study.currency),
        key=key,
        format_func=lambda value: _stop(value, now.study.currency),
        on_change=moved,
    )


def _stops(stops: list[float], line: float, currency: str) -> list[float]:
    """The stops of a slider, and among them the line wherever it stands; no two that are told alike."""
    if line in stops:
        return stops
    told = _stop(line, currency)
    return sorted([line, *(stop for stop in stops if _stop(stop, currency) != told)])


def cooperation_weight(now: Shown) -> None:
    """How much cooperation counts beside profit; only where something is known of it."""
    if cooperates(now.customers):
        controls.one(METHOD, "cooperation_weight", now.values, now.customers)


def cooperates(customers: Customers) -> bool:
    """Whether anything is known of cooperation: a column chosen for it, or how long and how steadily they buy."""
    held = set(customers.frame)
    return bool({"cooperation", "tenure_days"} & held or {"recency_days", "cycle_days"} <= held)


# Below the picture


def lists(now: Shown) -> None:
    """What a sector asks for, and who is in it, to look at and to take away."""
    names = now.segmentation.shown
    if st.session_state.get("sector") not in names:
        st.session_state["sector"] = None
    name = st.selectbox(
        "Customers of", names, key="sector", placeholder="choose a sector", width=420, persist_state="session"
    )
    listed(f"{one}: {MEANING[one]}." for one in MEANING if name in (None, one))
    if name is None:
        return
    customers, rows = now.customers, now.segmentation.rows(name)
    thresholds = dict(now.study.thresholds.get("portfolio", {}))

    def download() -> bytes:
        """The list made anew: the sectors, kept with the button, would cost each visitor megabytes."""
        again = METHOD(customers, **thresholds)
        return tables.customer_csv(again, again.rows(name))

    tables.customers(customers, rows, name, now.study.currency, download)


def clear_cut(now: Shown) -> None:
    """The decisions that could as well be others, and whom one criterion alone would have lost."""
    left, right = st.columns(2, gap="medium")
    with left:
        _near(now)
    with right:
        _lost(now)


def _near(now: Shown) -> None:
    st.markdown("**How clear-cut?** — who stands near a line")
    st.session_state.setdefault("near", 1)
    steps = st.slider("Within so many steps of a slider", 1, 10, key="near", persist_state="session")
    customers, at, column = now.customers, now.at, now.now
    found = customers.remember(("near", column, at, steps), lambda: portfolio.borderline(customers, at, steps, column))
    known = len(customers) - int(now.segmentation.counts[-1])
    share = formats.share(len(found) / known) if known else "none"
    st.markdown(
        f"**{formats.plural(len(found), 'customer')}** ({share}) would change sector within "
        f"{formats.plural(steps, 'step')} of a line: judge these one by one, the others are decided."
    )

    def download() -> bytes:
        return csv(portfolio.borderline(customers, at, steps, column))

    if len(found):
        found = found.rename(columns={"steps": "Steps away"})
        tables.listing(found, "borderline", "Customers near a line", now.study.currency, download)


def _lost(now: Shown) -> None:
    st.markdown(f"**What one criterion would have lost** — dropped by an ABC on {now.customers.money}, kept here")
    customers, thresholds = now.customers, dict(now.study.thresholds.get("portfolio", {}))
    key = ("lost", json.dumps(thresholds, sort_keys=True))
    found = customers.remember(key, lambda: portfolio.lost_by_one(customers, now.segmentation))
    if not len(found):
        st.caption("Nobody: those in class C of an ABC are let go here too.")
        return
    held = now.say(float(found["potential"].sum()))
    st.markdown(
        f"An ABC on {customers.money} puts **{formats.plural(len(found), 'customer')}** with **{held} of potential** "
        "into class C. The portfolio keeps them."
    )

    def download() -> bytes:
        return csv(portfolio.lost_by_one(customers, METHOD(customers, **thresholds)))

    tables.listing(found, "lost_by_one_criterion", "Customers one criterion loses", now.study.currency, download)


def explanation(now: Shown) -> None:
    """What the portfolio is, what was assumed, and the Python that gives the same numbers; sent when it is open."""
    with st.expander("What it means, and how it was computed", key="portfolio explained", on_change="rerun") as opened:
        if opened.open:
            st.markdown(plain(METHOD.doc).replace("  ", " "))
            listed(now.customers.notes)
            st.code(call(now.study, "portfolio", "sectors"), language="python")
