"""Files in: the drop zone, and the work of reading them with its progress and a way to stop it."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.app import derived, session
from pages.app import work as keeping
from pages.app.files import source_of
from pages.app.words import plain, show
from segmentation import Customers, Problem, formats

if TYPE_CHECKING:
    from segmentation import Study
    from segmentation.reading.draft import Progress

session.stale_with_data("wish")

TYPES = ("csv", "tsv", "txt", "xlsx", "xlsm", "xlsb", "xls", "ods", "parquet", "gz", "zip", "dat", "htm", "html", "xml")
SETTINGS = "json"
SHOWN_AFTER = 0.3  # seconds: quicker work shows no bar
EVERY = 0.15  # seconds between two moves of the bar; each is also the moment at which the work can be stopped
INSTEAD, BESIDE = "Instead of what is here", "Beside what is here"


def zone(title: str = "Drop one file or several") -> None:
    """The drop zone; what is dropped is read by `work` on the next run."""
    if session.table() is not None:
        st.session_state.setdefault("beside", INSTEAD)
        st.segmented_control("New files come", [INSTEAD, BESIDE], key="beside", required=True)
    with st.container(key="upload"):
        st.file_uploader(
            f"{title}: CSV, TSV, Excel, ODS or Parquet, plain, .gz or .zip",
            type=(*TYPES, SETTINGS),
            accept_multiple_files=True,
            key=_zone_key(),
            help="Customers, orders, order lines, products: drop them together, and how they belong together is found. "
            "Settings you saved here can be dropped with them. " + plain(keeping.whereabouts()),
        )


def _zone_key(before: int = 0) -> str:
    """Each drop gets a fresh zone, so that a file is taken once; the zones before it can be asked for."""
    return f"files {st.session_state.get('drops', 0) - before}"


def _dropped() -> list[Any]:
    """Files not taken yet: in the zone, or in the one before it, which stays on the screen while its files are read."""
    taken = st.session_state.setdefault("taken", set())
    given = [*(st.session_state.get(_zone_key()) or ()), *(st.session_state.get(_zone_key(1)) or ())]
    new = [one for one in given if one.file_id not in taken]
    taken.update(one.file_id for one in new)
    return new


def ask(do: Callable[[Progress], None]) -> None:
    """Have something long done before the page is drawn anew."""
    st.session_state.wish = do


def work() -> None:
    """Do what was asked for. What cannot be done is said, and what was in hand stays."""
    if dropped := _dropped():
        _empty_zone(dropped)
        beside = st.session_state.get("beside") == BESIDE
        ask(lambda progress: _take(dropped, beside, progress))
    if (do := st.session_state.get("wish")) is None:
        return
    bar = _Bar()
    try:
        do(bar)
    except Problem as problem:
        st.session_state.upload_problem = str(problem)
    st.session_state.pop("wish", None)
    if bar.bar is not None:
        st.rerun()  # without the bar


def _settings(file: Any) -> Study:
    try:
        return session.settings_of(file.getvalue(), file.name)
    except Problem as problem:
        raise Problem(
            f"{file.name} is read as settings saved here. {problem} Data come as CSV, Excel or Parquet."
        ) from None


def _empty_zone(dropped: Any) -> None:
    """A fresh zone."""
    let_go(dropped)
    st.session_state.drops = st.session_state.get("drops", 0) + 1


def let_go(dropped: Any) -> None:
    """Of the bytes of files that were dropped; Streamlit would keep them for as long as the visitor stays."""
    if (here := get_script_run_ctx()) is not None:
        files: Any = here.uploaded_file_mgr
        for one in dropped:
            files.remove_file(here.session_id, one.file_id)


def _take(dropped: Any, beside: bool, progress: Progress) -> None:
    """Read what was dropped, and make at once what the page shows of it, while the wait is seen."""
    saved = [one for one in dropped if one.name.lower().endswith(f".{SETTINGS}")]
    files = [source_of(one.getvalue(), one.name) for one in dropped if one not in saved]
    if len(saved) > 1:
        raise Problem(
            f"{formats.listed([one.name for one in saved])} are each read as settings saved here: bring only one of them."
        )
    if saved:
        session.use(_settings(*saved), files, beside, progress)
        st.session_state[session.USED] = session.in_use(saved[0].name, session.study())
        if session.table() is None:
            st.session_state[session.USED] += " Now bring the file they are for."
            return
    else:
        session.open_files(files, beside, progress)
    progress(0.96, "Adding up each customer")
    with suppress(Problem):  # the page says it
        derived.customers()
    progress(0.98, "Looking for what is odd")
    derived.findings()


class _Bar:
    """Progress at the foot of the window, wherever the page is scrolled to.

    Each move lets Streamlit end this run where somebody pressed stop or went elsewhere.
    """

    def __init__(self) -> None:
        self.bar: Any = None
        self.next = time.monotonic() + SHOWN_AFTER

    def __call__(self, share: float, doing: str) -> None:
        if time.monotonic() < self.next:
            return
        if self.bar is None:
            with st.bottom, st.container(border=True, key="working"):
                self.bar = st.progress(0.0)
                st.button("Stop, and keep what was here", on_click=_stop, key="stop")
        self.bar.progress(min(max(share, 0.0), 1.0), f"{plain(doing)} …")
        self.next = time.monotonic() + EVERY


def _stop() -> None:
    st.session_state.pop("wish", None)
    st.session_state.stopped = True


def used(said: str, customers: Customers | None, lacks: str = "") -> None:
    """What is said of settings that are in use now, what of them the file lacks, and what these customers cannot feed."""
    if said:
        st.info(plain(said))
    if lacks:
        show(lacks)
    for unfit in session.study().unfit(customers) if customers else ():
        show(unfit)


def trouble() -> None:
    """What went wrong with the last file or study, or that reading was stopped: said once."""
    if said := st.session_state.pop("upload_problem", None):
        show(said)
    if (said := st.session_state.pop(session.USED, None)) is not None:
        customers = None
        with suppress(Problem):  # the page says it
            customers = derived.customers()
        used(said, customers)
    if why := st.session_state.get("carried_on"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.info(why)
            st.button("Decide anew", key="start afresh", on_click=ask, args=(session.start_afresh,))
    if st.session_state.get(session.ASIDE) is not None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                "This file has other columns than the one before, so it was opened without what you decided about that one."
            )
            st.button("Use my settings all the same", key="use aside", on_click=ask, args=(session.use_aside,))
    if st.session_state.pop("stopped", False):
        st.info("It was stopped. What was here before is unchanged.")
