"""What was found, to take away: a button a format, each made when it is asked for, in a process apart.

What takes long is made before it is offered (`making`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from functools import partial
from typing import Any

import streamlit as st

from pages.app import derived, making, session
from pages.app.words import plain
from segmentation import Customers, Problem, Study
from segmentation.apart.pool import POOL, Progress
from segmentation.report import Format, format_of, suffixes

ELSEWHERE = ("study", "calendar")  # what is saved in the settings beside it, and on the Playbook page
LIST = "customer_list"
TELLING = ("report", "slides", "tables")  # what holds who moved since
LONG = ("html", "pptx", "xlsx")  # what may take a while: with so many
CUSTOMERS, CELLS = 20_000, 2  # customers, or findings that were kept
Give = Callable[..., bytes]  # a file of a suffix: of all, or of one part; told how far it is


def take_away(customers: Customers | None) -> None:
    """All that was found, the list of customers and each picture, as files."""
    folded = st.popover("Take away", key="taking", on_change="rerun", disabled=customers is None)
    if customers is None or not folded.open:
        return
    with folded:
        study, table = session.study(), st.session_state.table
        names = [one.name for one in st.session_state.sources]
        try:
            study.segmentation(customers)
        except Problem as problem:
            st.caption(plain(problem))
            return
        question = plain(study.chosen.question)
        st.caption(f"{question} As the thresholds stand, for all customers, with their names.")
        from segmentation.report.folder import findings_of  # with all analysis: none is needed before
        from segmentation.report.since import Last

        last = st.session_state.get(session.LAST)
        about = {"last": Last(last.table, [last.name])} if last else {}
        found = findings_of(study, table, names, customers, about)
        long = len(customers) > CUSTOMERS or len(study.cells) > CELLS

        told = derived.kept("who moved, in words", list, st.session_state.customers_key, last.digest if last else "")
        _offers([*found.pictures], partial(_give, study, (table, names, customers), about, told), long)


def _give(
    study: Study,
    of: Sequence[Any],
    about: Mapping[str, Any],
    told: list[tuple[str, dict[int, str]]],
    suffix: str,
    part: str,
    progress: Progress | None = None,
) -> bytes:
    """A file of these findings (see `findings_of`); told: who moved, in words, by the settings it was last worked out for."""
    from segmentation.report.folder import made, who_moved

    study = deepcopy(study)  # a line may be moved meanwhile
    if (about.get("last") or study.cells or study.persona_then) and format_of(suffix).HOLDS in TELLING:
        settings = study.to_json()
        moved = next((moved for one, moved in told if one == settings), None)
        if moved is None:  # no format told it yet
            moved = POOL.do(who_moved, study, *of, about, progress=progress)
            told[:] = [(settings, moved)]  # visitors ask at once: what is kept is replaced, never changed
        about = {**about, "moved": moved}
    return POOL.do(made, suffix, part, study, *of, about, progress=progress)


def _offers(pictures: list[str], give: Give, long: bool) -> None:
    """The buttons; what each gives is of the study as it stands when it is pressed."""
    each = {suffix: format_of(suffix) for suffix in suffixes()}
    for suffix, one in each.items():
        if one.HOLDS not in ("table", "picture", *ELSEWHERE):
            offer = _offer_long if long and suffix in LONG else _offer
            offer(*_said(one), suffix, one.HOLDS, partial(give, suffix, ""))
    for suffix, one in each.items():
        if one.HOLDS == "table":
            title, about = f"All customers as {_said(one)[0]}", "Headings in words, numbers rounded, for a spreadsheet."
            _offer(title, about, suffix, LIST, partial(give, suffix, LIST))
    name = st.selectbox("A picture", pictures, format_func=str.capitalize, key="taking.picture")
    with st.container(horizontal=True):
        for suffix, one in each.items():
            if one.HOLDS == "picture":
                _offer(*_said(one), suffix, name, partial(give, suffix, name), "content")


def _said(one: Format) -> tuple[str, str]:
    """What a format is called, and what a file of it holds: the first line of its own words."""
    name, _, about = (one.__doc__ or "").strip().splitlines()[0].partition(": ")
    return name, f"{about[:1].upper()}{about[1:]}"


def _offer(title: str, about: str, suffix: str, name: str, make: Callable[[], bytes], width: str = "stretch") -> None:
    st.download_button(
        title,
        make,
        file_name=f"{name}.{suffix}",
        mime=format_of(suffix).MIME,
        on_click="ignore",
        key=f"taking.{name}.{suffix}",
        help=about,
        width=width,  # type: ignore[arg-type]
    )


def _offer_long(title: str, about: str, suffix: str, name: str, make: Callable[..., bytes]) -> None:
    making.offer(
        title,
        f"{name}.{suffix}",
        format_of(suffix).MIME,
        lambda progress: make(progress=progress),
        suffix,
        help=about,
        width="stretch",
    )
