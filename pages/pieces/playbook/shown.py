"""What the Playbook page shows: the segments at hand, and the row of each."""

from __future__ import annotations

import streamlit as st

from pages.app.masking import check_names
from pages.app.words import show
from segmentation import Customers, Problem, Study
from segmentation.analysis.action.playbook import Entry, entries
from segmentation.segments.segmentation import Segmentation


class Shown:
    """The chosen segmentation with its playbook. Problem where it cannot be made of these customers."""

    def __init__(self, study: Study, customers: Customers) -> None:
        self.study, self.customers, self.method = study, customers, study.chosen
        check_names(study, study.method, customers)
        self.segmentation: Segmentation = study.segmentation(customers)
        self.entries: list[Entry] = entries(self.method, self.segmentation, study.rows)

    @property
    def here(self) -> list[Entry]:
        """The rows of segments that there are."""
        return [one for one in self.entries if one.there]

    @property
    def rows(self) -> dict[str, dict[str, str]]:
        return {one.segment: one.row for one in self.here}

    @property
    def tells_money(self) -> bool:
        """Whether the file says what customers bring."""
        return any(one.money is not None for one in self.here)

    @property
    def decided(self) -> bool:
        """Whether somebody has taken the playbook in hand."""
        return bool(self.study.rows)

    def keep(self) -> None:
        """What is proposed counts as decided from now on."""
        self.study.decide(self.rows)


def shown(study: Study, customers: Customers) -> Shown | None:
    """What to show; None after saying why there is nothing."""
    try:
        return Shown(study, customers)
    except Problem as problem:
        show(problem)
        st.page_link("pages/segments.py", label="Choose another method on the Segments page", icon="➡️")
        return None
