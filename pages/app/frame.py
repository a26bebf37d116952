"""The frame every page shares: which file, looked at from when, and the study to save or load."""

from __future__ import annotations

import datetime as dt
import re

import streamlit as st

from pages.app import derived, link, making, sent, session, taking, upload, work
from pages.app.words import plain, show
from segmentation import Customers, Problem, Study, formats
from segmentation.joining.keys import stem
from segmentation.study import WINDOWS

WHOLE = 0  # a list of choices cannot hold None
READABLE = """<style>div[data-testid=stSliderThumbValue] { color: inherit } /* else that of the thumb, too dim for words */</style>"""
# The help says the keys of undo. Where there is no room for one row, undo and redo are icons, their words for readers alone
IN_ONE_ROW = """<style>[data-testid=stButtonGroup] button[data-selected=true] { color: inherit !important } /* else too dim */
:is([data-testid=stTopNavLink], [data-testid=stSidebarNavLink]):focus-visible { outline: 2px solid } /* else as the page one is on */
.st-key-undo kbd, .st-key-redo kbd { display: none }
[class*=st-key-as-files-] { margin-top: -1rem } /* close below their picture */
[class*=st-key-as-files-] button { min-height: 1.5rem }
@media (max-width: 1100px) {
.st-key-frame { gap: 0.25rem 0.4rem }
.st-key-frame button { padding-inline: 0.5rem }
.st-key-frame > :first-child { flex: 1 1 12rem; min-width: 0 } /* its words take two lines before a menu leaves the row */
.st-key-frame [data-testid=stPopoverButton] [aria-hidden=true] { display: none }
.st-key-frame [data-testid=stPopoverButton] > div { margin: 0 } /* which drew the words to the place of the arrow */
:is(.st-key-undo, .st-key-redo) [data-testid=stMarkdownContainer] { position: absolute; clip-path: inset(50%) }
}
@media (max-width: 1100px) and (min-width: 641px) { [data-testid=stMainBlockContainer] { padding-inline: 2rem } }
@media (max-width: 640px) {
.st-key-frame > :first-child { flex-basis: 100% } /* the file alone in its row */
[class*=st-key-as-files-] button { min-height: 2.5rem; min-width: 2.5rem } /* as large as a finger */
button[aria-label^="Help for"] { position: relative }
button[aria-label^="Help for"]::before { content: ""; position: absolute; inset: -10px }
}
@media (max-height: 800px) and (min-width: 641px) { /* a low screen: the pictures come soon */
[data-testid=stMainBlockContainer] { padding-top: 3.75rem }
.st-key-frame button { min-height: 2rem }
[data-testid=stMain] h1 { font-size: 1.4rem; padding-block: 0.125rem }
.st-key-head { gap: 0.5rem }
}</style>"""
SIGNS = ("", "€", "$", "£", "₽", "¥", "Rp ", "zł ", "CHF ", "L ")


def frame(customers: Customers | None) -> None:
    """One line above the page: the file and the window, and three small menus."""
    study = session.study()
    if session.table() is not None:
        derived.take_currency()
    making.work()
    sent.forget()
    st.html(READABLE + IN_ONE_ROW)
    with st.container(horizontal=True, vertical_alignment="center", key="frame"):
        st.caption(_facts(customers), width="stretch")
        if session.table() is not None:
            work.steps()
        with st.popover("Time", disabled=customers is None and not (study.as_of or study.window)):
            _time(study, customers)
        taking.take_away(customers)
        with st.popover("Settings", key="settings", on_change="rerun") as opened:
            _study(study, customers)
            if opened.open and session.table() is not None:
                link.offer()
                work.kept_here()
    work.trouble()


def _facts(customers: Customers | None) -> str:
    study = session.study()
    file = [f"**{plain(study.file)}**"] if study.file else []
    if customers is None:
        return " · ".join(["Segment Lab", *file])
    facts = ["Segment Lab", *file, formats.plural(len(customers), "customer")]
    if customers.as_of and customers.start:
        facts.append(f"{formats.day(customers.start)} – {formats.day(customers.as_of)}")
    return " · ".join(facts)


def _time(study: Study, customers: Customers | None) -> None:
    last = customers.as_of if customers else None
    st.session_state["as_of"] = dt.date.fromisoformat(study.as_of) if study.as_of else last
    st.date_input("Analyse up to", key="as_of", on_change=_set_as_of, help="Nothing after this day is used.")
    if customers is None or customers.start:  # a table of customers holds no sales to look back over
        _window(study)
    st.button("Last day, all the file", on_click=_reset_time, disabled=not (study.as_of or study.window))


def _window(study: Study) -> None:
    st.session_state["window"] = study.window or WHOLE
    windows = [months or WHOLE for months in WINDOWS]
    st.selectbox(
        "Period",
        windows if study.window in WINDOWS else [*windows, study.window],
        key="window",
        format_func=lambda months: "all the file holds" if months == WHOLE else f"{months} months",
        on_change=lambda: setattr(study, "window", st.session_state["window"] or None),
    )


def _set_as_of() -> None:
    if day := st.session_state["as_of"]:
        session.study().as_of = day.isoformat()


def _reset_time() -> None:
    session.study().as_of = session.study().window = None


def _study(study: Study, customers: Customers | None) -> None:
    sign(study)
    st.download_button(
        "Save my settings",
        # it runs on the click, outside the visitor's session: ask nothing of the session
        lambda: (study.settled(customers) if customers else study).to_json(),
        file_name=saved_as(study, dt.date.today()),
        mime="application/json",
        on_click="ignore",
        width="stretch",
        help="All settings as one readable file: columns, dates, method, thresholds. Of your data it holds only what you "
        "decided about by number: customers counted as one or pinned to a segment, orders left out; which statuses are sales; "
        "and the sizes and sums of "
        "findings you kept.",
    )
    loaded = st.file_uploader("Load settings", type="json", key="study_file")
    if loaded and st.session_state.get("study_loaded") != loaded.file_id:
        st.session_state.study_loaded = loaded.file_id
        _load(loaded.getvalue(), loaded.name)
    if loaded and st.session_state.get("study_said"):
        upload.used(st.session_state.study_said, customers, st.session_state.get("study_lacks", ""))


def saved_as(study: Study, day: dt.date) -> str:
    """What saved settings are called: after the file they belong to, and the day."""
    of = re.sub(r"[^\w-]+", "_", stem(study.file)).strip("_")[:60]
    return "_".join(filter(None, (of, "settings", f"{day:%Y-%m-%d}.json")))


def sign(study: Study, key: str = "currency") -> None:
    """The sign of the currency, to choose another."""
    st.session_state[key] = study.currency
    signs = SIGNS if study.currency in SIGNS else (*SIGNS, study.currency)
    st.selectbox(
        "Currency sign",
        signs,
        key=key,
        format_func=lambda sign: sign.strip() or "none",
        on_change=lambda: setattr(study, "currency", st.session_state[key]),
    )


def _load(content: bytes, name: str) -> None:
    held = st.session_state
    held.study_said, held.study_lacks = "", ""
    held.pop("upload_problem", None)
    try:
        fresh = session.settings_of(content, name)
        session.use(fresh)
    except Problem as problem:
        show(problem)
    else:
        held.study_said = session.in_use(name, fresh)
        held.study_lacks = held.get("upload_problem", "")  # on the Data page it stands above the columns too
        st.rerun()
