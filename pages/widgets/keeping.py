"""“Keep this”: what a page shows becomes a cell of the notebook."""

from __future__ import annotations

import streamlit as st

from pages.app import derived, session
from segmentation import Problem, formats
from segmentation.analysis.compared import held
from segmentation.analysis.thresholds.drifted import cutting
from segmentation.study.notebook import cell_of


def keep_this(method: str = "") -> None:
    """A button that keeps the chosen method (or the one named) as it stands when it is pressed."""
    st.button(
        "Keep this",
        key="keep",
        icon=":material/bookmark_add:",
        help="It becomes a cell of the notebook, with its settings",
        on_click=_keep,
        args=(method,),
    )


def _keep(method: str) -> None:
    study = session.study()
    name = method or study.method
    try:
        customers = derived.customers()
        assert customers is not None  # the button stands on pages that show them
        chosen = study.methods[name]
        thresholds = chosen.settled(customers, study.thresholds.get(name, {}))
        made = chosen(customers, **thresholds)
        cuts = cutting(chosen, chosen.complete(thresholds), made)
        finding = name, thresholds, held(made), study.file, cuts, customers.day
        already = study.kept_as(cell_of(*finding))
        at = already or study.keep_finding(*finding)
    except Problem as problem:
        st.session_state["threshold_problem"] = problem
    else:
        said = "You have kept this already: it is" if already else "Kept as"
        st.toast(f"{said} the {formats.ordinal(at)} cell of the notebook.")
