"""K-means one step at a time: forwards and back, from start points that can be moved."""

from __future__ import annotations

from dataclasses import field
from typing import Any

import numpy as np
import streamlit as st

from pages.app import session
from pages.app.words import plain
from pages.pieces.clusters.state import Now
from pages.widgets.board import board
from segmentation.analysis.groups.stepping import Step, begin, sample, steps
from segmentation.board.stepper.stepper import stepper
from segmentation.columns.metrics import label
from segmentation.dataclass import dataclass

FEWEST, MOST = 2, 6
SIDES = (2, 1)
TOLD = 5  # ends of other starts that are told

session.stale_with_data("walk")


@dataclass
class Walk:
    """Where somebody is on the way: by which columns, from which points, at which step; and how other starts ended."""

    columns: tuple[str, str]
    k: int = 3
    start: int = 1
    at: int = 0
    moved: dict[int, tuple[float, float]] = field(default_factory=dict)
    ends: dict[str, float] = field(default_factory=dict)

    def afresh(self, **changed: Any) -> None:
        """Begin again from the first step, with something changed."""
        keeps = set(changed) <= {"start", "moved"}
        self.at, self.moved = 0, {}
        self.ends = self.ends if keeps else {}
        for name, value in changed.items():
            setattr(self, name, value)


def stepping(now: Now) -> None:
    """The picture, the buttons, and what happens in this step."""
    made_by = now.found
    assert made_by is not None
    numbers = [*dict.fromkeys([*made_by.columns, *now.customers.numeric])]
    if len(numbers) < 2:
        st.markdown("To walk through it two number columns are needed.")
        return
    walk: Walk = st.session_state.setdefault("walk", Walk((numbers[0], numbers[1])))
    values = sample(now.customers, walk.columns, made_by.transform, made_by.outliers)
    made = steps(values, _points(walk, values))
    walk.at = min(walk.at, len(made) - 1)
    left, right = st.columns(SIDES, gap="medium")
    with right:
        _settings(walk, numbers)
        _buttons(walk, len(made) - 1)
        _told(walk, made)
    with left:
        titles = (label(walk.columns[0]), label(walk.columns[1]))
        placed = {"placed": lambda told: _placed(walk, told)}
        board("stepper", [[stepper(values, made, walk.at, titles)]], placed, now.fitted.made, framed=False)  # type: ignore[union-attr]


def _points(walk: Walk, values: np.ndarray) -> np.ndarray:
    """Where it begins: by lot, but for the points that were moved."""
    centres = begin(values, walk.k, walk.start)
    for at, place in walk.moved.items():
        if at < len(centres):
            centres[at] = place
    return centres


def _placed(walk: Walk, told: dict[str, Any]) -> None:
    across, up = told["place"]
    walk.afresh(moved={**walk.moved, int(told["at"]): (float(across), float(up))})


def _settings(walk: Walk, numbers: list[str]) -> None:
    held = st.session_state
    held.update({"walk x": walk.columns[0], "walk y": walk.columns[1], "walk k": walk.k})

    def columns() -> None:
        if held["walk x"] != held["walk y"]:
            walk.afresh(columns=(held["walk x"], held["walk y"]))

    for key, words in (("walk x", "Across"), ("walk y", "Up")):
        st.selectbox(words, numbers, key=key, format_func=label, on_change=columns)
    st.pills(
        "Groups", range(FEWEST, MOST + 1), key="walk k", required=True, on_change=lambda: walk.afresh(k=held["walk k"])
    )


def _buttons(walk: Walk, last: int) -> None:
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Step back", key="step back", on_click=_go, args=(walk, walk.at - 1), shortcut="Left", disabled=walk.at == 0
        )
        st.button(
            "Next step", key="next step", on_click=_go, args=(walk, walk.at + 1), shortcut="Right", type="primary",
            disabled=walk.at >= last,
        )  # fmt: skip
        st.button("To the end", key="to the end", on_click=_go, args=(walk, last), disabled=walk.at >= last)
        st.button("Other start points", key="other start", on_click=lambda: walk.afresh(start=walk.start + 1))


def _go(walk: Walk, to: int) -> None:
    walk.at = to


def _told(walk: Walk, made: list[Step]) -> None:
    """What happens in this step; at the end how this start compares with those before."""
    now = made[walk.at]
    st.markdown(f"**{plain(now.sentence())}**")
    if now.kind == "end":
        moved = ", with points of your own" if walk.moved else ""
        walk.ends[f"Start {walk.start}{moved}"] = now.spread
    if len(walk.ends) > 1:
        best = min(walk.ends.values())
        ends = [f"{name} ended at {one:.3f}" for name, one in list(walk.ends.items())[-TOLD:]]
        same = max(walk.ends.values()) - best < 5e-4
        said = "They all end the same." if same else f"Another start can end elsewhere: the best of them is {best:.3f}."
        st.caption(f"{'; '.join(ends)}. {said} The method tries ten and keeps the best.")
