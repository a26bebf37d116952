"""What the Segments page shows: a segmentation with what its pieces ask of it."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from pages.app.masking import check_names
from pages.app.words import show
from segmentation import Customers, Problem, Study, formats
from segmentation.analysis.summary import figures
from segmentation.problems import DayNeeded
from segmentation.segments import plane
from segmentation.segments.segmentation import Segmentation


class Shown:
    """A segmentation with what several pieces ask of it: its method, thresholds, summary and cut lines.

    made_by   the lines of profit and of potential the segments themselves are made by; None: by something else
    lines     those profit × potential is shown with: these, else the ones all pages share
    """

    def __init__(self, study: Study, customers: Customers) -> None:
        self.study, self.customers = study, customers
        self.method, self.values = study.chosen, study.values()
        check_names(study, study.method, customers)
        self.segmentation: Segmentation = study.segmentation(customers)
        self.summary = figures(self.segmentation)
        self.made_by = plane.lines_in(self.segmentation)
        now, later = plane.cut_lines(customers, study.lines)
        self.lines: plane.Cuts = self.made_by or ((now,), (later,))

    @property
    def money(self) -> str:
        """Profit, or revenue where no profit is known: the word."""
        return self.customers.money

    def compact(self, value: float) -> str:
        return formats.compact(value, self.study.currency)


def segmentation(study: Study, customers: Customers, *, controls: bool = False) -> Shown | None:
    """The segmentation to show; None after saying why there is none, and where that is changed.

    controls   whether those of the method stand on this page
    """
    try:
        return Shown(study, customers)
    except Problem as problem:
        show(problem)
        if isinstance(problem, DayNeeded):
            today = dt.date.today()
            if st.button(f"Analyse up to today, {formats.day(today)}"):
                study.as_of = today.isoformat()
                st.rerun()  # the whole page: these customers are of the time before
        if study.chosen.missing(customers, study.values()):
            st.page_link(
                "pages/data.py", label="Choose columns, or bring a file that has them, on the Data page", icon="➡️"
            )
            st.caption("Or press “Help me choose”: it shows the methods this file has enough for.")
        elif not controls:
            st.page_link("pages/segments.py", label="Choose it, or another method, on the Segments page", icon="➡️")
        return None
