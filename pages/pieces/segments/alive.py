"""The report as one file in which the lines can still be moved."""

from __future__ import annotations

import streamlit as st

from pages.pieces.segments.shown import Shown
from pages.widgets.alone import alone
from pages.widgets.pictures import own
from pages.widgets.pictures.lines import together
from pages.widgets.pictures.numbers.numbers import numbers
from pages.widgets.pictures.pareto.pareto import pareto
from pages.widgets.pictures.sizes.sizes import sizes
from segmentation.analysis.thresholds.lines import lines_of, stated, stays_exact
from segmentation.analysis.thresholds.valued import valued
from segmentation.apart.pool import POOL
from segmentation.report.folder import made
from segmentation.segments.pinning import Pinned
from segmentation.table import Table


def alive(shown: Shown) -> None:
    """A button, where what is counted wherever the lines are put is known at once."""
    values, stands = stated(shown.method, shown.values, shown.segmentation)
    lined = stays_exact(stands, lines_of(shown.method, values, stands))
    known = lined or valued(shown.method, shown.values, shown.segmentation)
    if not known or isinstance(
        shown.segmentation, Pinned
    ):  # who is pinned may cross a line, which nobody would know there
        return
    table, names = st.session_state.table, [one.name for one in st.session_state.sources]
    st.download_button(
        "Take it away with lines that still move",
        lambda: _made(shown, table, names),
        file_name=f"{shown.method.name}.html",
        mime="text/html",
        on_click="ignore",
        key="alive",
        help="The report as one HTML file. Whoever opens it can drag the lines, without this app and without a network.",
    )


def _made(shown: Shown, table: Table, names: list[str]) -> bytes:
    study, segmentation = shown.study, shown.segmentation
    report = POOL.do(made, "html", "", study, table, names, shown.customers)
    first = own(shown.method, shown.values, segmentation, study.currency) or pareto(
        segmentation, shown.method, shown.values
    )
    values, stands = stated(shown.method, shown.values, segmentation)
    if first["data"] and (both := together(stands, lines_of(shown.method, values, stands))):
        first["data"] |= {"joint": both}
    others = sizes(shown.summary, shown.method.reference)
    return alone(report, [[first], [others]], [numbers(shown.summary, "Segment", study.currency)], segmentation)
