"""The cells of the notebook, one below the other: read, annotated, moved, opened, deleted."""

from __future__ import annotations

import streamlit as st

from pages.app.words import plain, show
from pages.pieces.notebook.drawn import drawn
from pages.pieces.notebook.found import Found, titles
from pages.pieces.notebook.last import last_month
from pages.pieces.notebook.present import start
from pages.widgets.moved import Last, moved
from segmentation import Customers, Problem, Study
from segmentation.analysis.groups.shifted import reaches_back
from segmentation.report.note import markdown
from segmentation.report.since import people_of_cell

MARKED = r"\*\*bold\*\*, \*italic\*, \`code\`; a line that begins with \- or 1\. belongs to a list."


def cells(study: Study, customers: Customers) -> None:
    """Every cell; before there is one, how one comes to be."""
    if not study.cells:
        st.markdown(
            "Nothing is kept yet. Press **Keep this** on a page that shows segments: the finding, its pictures and its "
            "settings become a cell here."
        )
        st.page_link("pages/segments.py", label="Find something on the Segments page", icon="➡️")
        return
    st.button("Present", key="present", icon=":material/slideshow:", on_click=start, args=(0,))
    last = last_month(study, customers)
    for at in range(len(study.cells)):
        with st.container(border=True, key=f"cell {at}"):
            _cell(study, customers, at, last)


def _cell(study: Study, customers: Customers, at: int, last: Last | None) -> None:
    head, actions = st.columns([3, 2], vertical_alignment="center")
    with head:
        st.header(plain(titles(study)[at]))
    with actions, st.container(horizontal=True, horizontal_alignment="right", gap="small"):
        _actions(study, at)
    try:
        found = Found(study, customers, study.cells[at])
    except Problem as problem:
        show(problem)
        return
    st.markdown(found.sentence)
    _changed(found, at, last)
    if note := markdown(study.cells[at]["note"]):
        with st.container(key=f"noted {at}"):
            st.markdown(note)
    drawn(found, f"cell {at}", titles(study)[at])
    st.caption(plain(found.settings))
    if treated := found.treated:
        with st.expander("What we do differently", key=f"treated {at}"):
            st.markdown("\n\n".join(treated))
    if scenarios := found.scenarios:
        with st.expander("What if?", key=f"scenarios {at}"):
            st.markdown("\n\n".join(scenarios))
    _texts(study, at)


def _changed(found: Found, at: int, last: Last | None) -> None:
    """What is otherwise than when it was kept, and who moved since, where this file or the one of then says it."""
    day = found.day
    known = last is not None or reaches_back(found.customers, day)
    if since := found.since:
        st.markdown(since)
    if not (since or known):
        return
    asked = False
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        if since:
            st.button(
                "Keep it as it is now",
                key=f"renew {at}",
                icon=":material/bookmark_added:",
                on_click=found.renew,
                args=(at,),
                help="From then on it is compared with these numbers; title and note stay",
            )
        if known:
            asked = st.toggle("Who moved?", key=f"who moved {at}")
    if asked:
        people = people_of_cell(found.cell)
        moved(found.study, found.segmentation, day, f"who moved {at}", last, f", finding {at + 1}", people=people)


def _actions(study: Study, at: int) -> None:
    last = len(study.cells) - 1
    st.button("Move up", key=f"up {at}", on_click=study.shift, args=(at, -1), type="tertiary", disabled=at == 0)
    st.button("Move down", key=f"down {at}", on_click=study.shift, args=(at, 1), type="tertiary", disabled=at == last)
    st.button("Delete this cell", key=f"delete {at}", on_click=study.delete, args=(at,), type="tertiary")
    if st.button("Open", key=f"open {at}", help="Go on from these settings on the page it came from"):
        _open(study, at)


def _open(study: Study, at: int) -> None:
    """Take the cell's settings in hand, and go where they are moved."""
    cell = study.cells[at]
    study.put(cell["method"], cell["thresholds"])
    if cell["method"] == "portfolio":
        st.switch_page("pages/portfolio.py")
    study.choose(cell["method"])
    st.switch_page("pages/segments.py")


def _texts(study: Study, at: int) -> None:
    """What one writes beside a finding."""
    for part, label, box in (("title", "Title", st.text_input), ("note", "Note", st.text_area)):
        key = f"{part} {at}"
        st.session_state[key] = study.cells[at][part]
        hint, said = f"{label} of your own", MARKED if part == "note" else None
        box(label, key=key, on_change=_write, args=(study, at, part, key), placeholder=hint, help=said)


def _write(study: Study, at: int, part: str, key: str) -> None:
    study.write(at, **{part: st.session_state[key]})
