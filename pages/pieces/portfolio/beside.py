"""What stands beside the picture and moves it: whom a bubble stands for, where the lines are, how much cooperation counts."""

from __future__ import annotations

import streamlit as st

from pages.pieces.portfolio import stops
from pages.pieces.portfolio.picture import move_lines
from pages.pieces.portfolio.shown import METHOD, Shown
from pages.widgets import controls
from pages.widgets.held import held
from segmentation import Customers, Study
from segmentation.segments import plane
from segmentation.study import BUBBLES


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
    st.selectbox(
        "A bubble is",
        names,
        format_func=lambda name: BUBBLES[name].capitalize() if name in BUBBLES else f"Segments: {methods[name].title}",
        **held("bubble", study.bubbles, lambda given: setattr(study, "bubbles", given), names),
    )


def presets(now: Shown) -> None:
    """Where the lines stand: at a preset, or where they were dragged."""
    options = METHOD.controls["lines"].options  # type: ignore[attr-defined]
    study = now.study

    def chosen(lines: str) -> None:
        if lines == "amounts":
            study.move_lines(*now.at)
            return
        study.set_of("portfolio", lines=lines)
        study.lines = {}
        if lines in ("median", "even"):
            places = plane.preset(now.customers, now.horizontal, lines)
            study.lines = dict(zip(("profit", "potential"), places, strict=True))

    st.selectbox(
        "Lines at",
        list(options),
        format_func=lambda o: options[o].capitalize(),
        **held("portfolio.lines", now.values["lines"], chosen, list(options)),
    )


def sliders(now: Shown) -> None:
    """The same lines by slider, where a hand is unsteady."""
    for axis, lines in zip(stops.AXES, now.at, strict=True):
        said = now.customers.money if axis == "profit" else "potential"
        for place in range(len(lines)):
            level = ("Middle", "High")[place] if now.nine else "High"
            _slider(now, f"{level} {said} from", axis, lines, place)


def _slider(now: Shown, label: str, axis: str, lines: tuple[float, ...], place: int) -> None:
    """The slider of one line; the other of its axis is pushed along, not crossed."""

    def moved(to: float) -> None:
        move_lines(
            now, axis, [*(min(one, to) for one in lines[:place]), to, *(max(one, to) for one in lines[place + 1 :])]
        )

    st.select_slider(
        label,
        stops.stops(now, axis, place),
        format_func=lambda value: stops.told(value, now.study.currency),
        **held(stops.key(now, axis, place), lines[place], moved),
    )


def cooperation_weight(now: Shown) -> None:
    """How much cooperation counts beside profit; only where something is known of it."""
    if cooperates(now.customers):
        controls.one(METHOD, "cooperation_weight", now.values, now.customers)


def cooperates(customers: Customers) -> bool:
    """Whether anything is known of cooperation: a column chosen for it, or how long and how steadily they buy."""
    held = set(customers.frame)
    return bool({"cooperation", "tenure_days"} & held or {"recency_days", "cycle_days"} <= held)
