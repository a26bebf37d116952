"""Last month's file, brought to say who moved, where the file in hand does not hold all sales of then."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from pages.app import session
from pages.app.files import made_of, source_of
from pages.app.upload import TYPES, let_go
from pages.app.words import plain, show
from pages.widgets.moved import Last
from segmentation import Customers, Problem, Study
from segmentation.report.since import lost


def last_month(study: Study, customers: Customers) -> Last | None:
    """The file of then, once it was brought; before, where one is needed, a zone for it."""
    held: Last | None = st.session_state.get(session.LAST)
    if held is not None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(
                f"Compared with {plain(held.name)} to see who moved. It was read for this alone and is not kept."
            )
            st.button("Without it", key="without last month", type="tertiary", on_click=_hold, args=(None,))
    elif lost(study, customers):
        _zone(study)
    return held


def _zone(study: Study) -> None:
    given = st.file_uploader(
        "Who moved since? Bring last month's file too: this one does not hold all sales from then",
        type=TYPES,
        accept_multiple_files=True,
        key="last month's file",
        help="It is read under the same settings, to say of each finding who stands in another segment now. It is not kept, and "
        "all else on this page stays that of the file in hand.",
    )
    if not given:
        return
    try:
        with st.spinner("Reading last month's file …"):
            _hold(_read(study, given))
    except Problem as problem:
        show(problem)
    else:
        let_go(given)
        st.rerun()


def _hold(last: Last | None) -> None:
    """Compare with this file, or no longer; what was prepared to be taken away does not say it so."""
    st.session_state.update({session.LAST: last, "prepared": None})


def _read(study: Study, given: Any) -> Last:
    """Several are joined as those in hand. Raises Problem where they cannot be read."""
    sources = tuple(source_of(one.getvalue(), one.name) for one in given)
    _, table, trouble = made_of(sources, replace(study, as_of=None), None)
    if trouble:
        raise Problem(trouble)
    return Last(table.name, " ".join(one.digest for one in sources), table)
