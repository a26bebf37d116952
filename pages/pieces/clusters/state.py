"""Where one is on the Clusters page: what is answered stands in the study, as thresholds of the method that parts customers."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cached_property, partial
from typing import Any, TypeVar

import streamlit as st

from pages.app import session, upload
from pages.app.cache import SHARED
from pages.app.words import plain, show
from pages.widgets import controls
from segmentation import Customers, Problem, Study, formats
from segmentation.analysis.groups.bases import proposed
from segmentation.analysis.groups.clusters import PARTING, Clusters, Fitted, clusters
from segmentation.columns.metrics import label
from segmentation.reading.draft import Progress
from segmentation.segments.called import renamed

ANSWERS = (("columns",), ("transform", "outliers"), ("k",))  # of the first three questions
NAMED = 6  # columns
FOUND = 2  # of them are answered when groups are looked for
Made = TypeVar("Made")

session.stale_with_data(
    "clusters draft", "clusters", "clusters good", "clusters trouble", "clusters stopped", "holding"
)


class Now:
    """The answers so far, and what was found by them."""

    def __init__(self, study: Study, customers: Customers) -> None:
        self.study, self.customers = study, customers
        self.held: dict[str, Any] = study.thresholds.get(PARTING.name, {})
        self.values = PARTING.complete(self.held)
        answers = [all(name in self.held for name in names) for names in ANSWERS]
        self.answered = answers.index(False) if False in answers else len(answers)
        self.columns: tuple[str, ...] = self.values["columns"] or self._begun()
        self.found: Clusters | None = None
        self.found_key = ""

    def again(self, study: Study) -> Now | None:
        """The same groups under the answers of now; None where other groups are asked for."""
        now = Now(study, self.customers)
        if (now.key, min(now.answered, FOUND)) != (self.key, min(self.answered, FOUND)):
            return None
        now.found, now.found_key = self.found, self.found_key
        return now

    def once(self, what: str, make: Callable[[], Made]) -> Made:
        """`make()` once for each number of these groups as they are called; kept where all look: nothing that is hidden."""
        names = (*sorted(self.values["names"].items()),)
        kept = self.customers.remember(("groups shown", self.found_key, self.study.currency, names), dict)
        here = (what, self.k)
        if here not in kept:
            kept[here] = make()
        return kept[here]  # type: ignore[no-any-return]

    def _begun(self) -> tuple[str, ...]:
        """The columns before anybody answered: as they were clicked so far, else as they are proposed."""
        draft = st.session_state.get("clusters draft")
        return proposed(self.customers) if draft is None else draft

    @property
    def key(self) -> str:
        """What tells these groups from others, whatever their number."""
        answers = [self.columns, self.values["transform"], self.values["outliers"]]
        return json.dumps(["clusters", st.session_state.customers_key, *answers])

    @property
    def k(self) -> int | None:
        """The number of groups that is looked at: as answered, else as suggested."""
        if self.found is None:
            return None
        k = self.values["k"] if "k" in self.held else None
        return k if k in self.found.of else self.found.suggested

    @property
    def past(self) -> bool:
        """Whether what is looked at was found by other answers than those of now, by which nothing is found."""
        return self.found is not None and self.found_key != self.key

    @property
    def fitted(self) -> Fitted | None:
        return self.found.of.get(self.k) if self.found and self.k else None

    @cached_property
    def names(self) -> list[str]:
        """The groups looked at, as they are called; asked for once they are found."""
        return renamed(self.fitted.names, self.values["names"]) if self.fitted else []


def set_(**answers: Any) -> None:
    """Answer; what cannot be is said, and the last good answer stays."""
    controls.move(PARTING, **answers)


def afresh(study: Study) -> None:
    """Forget all answers."""
    study.thresholds = {name: held for name, held in study.thresholds.items() if name != PARTING.name}
    st.session_state.pop("clusters draft", None)


def leave(study: Study, method: str) -> None:
    """Take the groups of a method to the Segments page; see `left`."""
    study.choose(method)
    st.session_state["clusters left"] = True


def left() -> None:
    """Go to the Segments page where that was asked for within a part of this one, which cannot go itself."""
    if st.session_state.pop("clusters left", False):
        st.switch_page("pages/segments.py")


def search(now: Now) -> None:
    """Find the groups for the answers, or say why there are none; what was found before stays then."""
    held = st.session_state
    if held.get("clusters asked") and held.pop("stopped", False):
        held["clusters asked"], held["clusters stopped"] = False, now.key
    found, trouble = held.get("clusters") or ("", None), held.get("clusters trouble") or ("", "")
    if found[0] == now.key:
        now.found, now.found_key = found[1], now.key
    elif trouble[0] == now.key:
        show(trouble[1])
    elif held.get("clusters stopped") == now.key:
        st.info("The search was stopped.")
        st.button("Search again", key="search again", on_click=lambda: held.pop("clusters stopped", None))
    else:
        held["clusters asked"] = True
        upload.ask(partial(_find, now))
        st.rerun()  # the whole page: what runs within a part of it cannot be stopped
    if now.found is None or not now.found.of:
        _as_before(now)


def _find(now: Now, progress: Progress) -> None:
    """Have the groups searched for; what stands in the way is said where they would be."""
    held, values = st.session_state, now.values
    try:
        made = SHARED.get(
            now.key, lambda: clusters(now.customers, now.columns, values["transform"], values["outliers"], progress)
        )
    except Problem as problem:
        held["clusters trouble"], held["clusters asked"] = (now.key, str(problem)), False
        return
    held["clusters"], held["clusters asked"] = (now.key, made), False
    if made.of:
        held["clusters good"] = (held.customers_key, now.key, made)


def _as_before(now: Now) -> None:
    """What was found by other answers stays until these find something."""
    made_of, key, good = st.session_state.get("clusters good") or ("", "", None)
    if good is None or made_of != st.session_state.customers_key:
        return
    if now.found is not None:
        st.warning(plain(now.found.quality.sentence))
    now.found, now.found_key = good, key
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"Below stands what was found before, by {plain(words(good.columns))}.")
        answers = {name: getattr(good, name) for name in ("columns", "transform", "outliers")}
        st.button("Back to these answers", key="back to good", on_click=set_, kwargs=answers)


def words(columns: Any) -> str:
    """Columns as one says them; of many the first, and how many more."""
    return formats.first([label(name) for name in columns], NAMED)
