"""Before an audience: one cell at a time in large type, its thresholds alive, walked with the arrow keys."""

from __future__ import annotations

import streamlit as st

from pages.app import link, session, work
from pages.app.frame import READABLE
from pages.app.masking import AUDIENCE
from pages.app.samples import SAMPLES
from pages.app.words import plain, show
from pages.pieces.notebook.drawn import drawn
from pages.pieces.notebook.found import Found, titles
from pages.widgets import controls
from segmentation import Customers, Problem, Study
from segmentation.report.note import markdown

AT = "presenting"  # which cell is before the audience
SIDES = (1, 3.2)  # thresholds beside the pictures they move
LARGE = """<style>
[data-testid=stHeader] { display: none } /* nothing but the cell; the browser's own F11 takes its frame away too */
@media (max-width: 640px) { /* the pictures come before their thresholds */
.st-key-stage [data-testid=stColumn]:first-child:not([data-testid=stColumn] *) { order: 1 } }
.st-key-stage h1 { font-size: 2.6rem } .st-key-stage .st-key-said p { font-size: 1.6rem; line-height: 1.35 }
</style>"""

session.stale_with_data(AT)


def presenting(study: Study) -> bool:
    """Whether a cell is before the audience."""
    return 0 <= st.session_state.get(AT, -1) < len(study.cells)


def start(at: int) -> None:
    """Put a cell before the audience; its thresholds are taken in hand, so that they can be moved."""
    study = session.study()
    if 0 <= at < len(study.cells):
        cell = study.cells[at]
        st.session_state[AT] = at
        st.session_state.setdefault(AUDIENCE, True)
        study.put(cell["method"], cell["thresholds"])


def _end() -> None:
    for key in (AT, AUDIENCE):
        st.session_state.pop(key, None)


def present(study: Study, customers: Customers) -> None:
    """The cell, and how to go on."""
    st.html(READABLE + LARGE)
    at, last = st.session_state[AT], len(study.cells) - 1
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
        st.caption(f"{at + 1} of {last + 1}")
        st.toggle("Customers hidden", key=AUDIENCE, help="They are shown as codes instead of numbers and names.")
        with st.popover("For phones"):
            if link.code() and study.file not in SAMPLES:
                st.caption(f"Phones get these settings without your data: they ask for {plain(study.file)} first.")
        st.button("Back", key="back", on_click=start, args=(at - 1,), shortcut="Left", disabled=at == 0)
        st.button("Next", key="next", on_click=start, args=(at + 1,), shortcut="Right", disabled=at == last)
        st.button("End", key="end", on_click=_end, shortcut="Esc")
    _stage(study, customers, at)


@st.fragment
def _stage(study: Study, customers: Customers, at: int) -> None:
    """What the audience sees; a moved threshold repaints this alone."""
    cell = study.cells[at]
    method = study.methods[cell["method"]]
    with st.container(key="stage"):
        st.title(plain(titles(study)[at].partition(". ")[2]))
        try:
            found = Found(study, customers, {**cell, "thresholds": study.thresholds.get(cell["method"], {})})
        except Problem as problem:
            show(problem)
            return
        with st.container(key="said"):
            st.markdown(found.sentence)
            if cell["note"]:
                st.markdown(markdown(cell["note"]))
        left, right = st.columns(SIDES, gap="medium")
        with right:
            drawn(found, "stage", found.title, height=380)
        with left:
            controls.panel(method, method.complete(study.thresholds.get(cell["method"], {})), customers)
    work.keep()
