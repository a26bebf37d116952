"""What a cell of the notebook shows: its method run on the customers in hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pages.app import session
from pages.app.masking import check_names
from pages.app.words import plain
from segmentation import Customers, Study
from segmentation.analysis.compared import held
from segmentation.analysis.summary import figures, finding
from segmentation.analysis.thresholds.drifted import cutting
from segmentation.report import since, treatment
from segmentation.report.words import outcomes
from segmentation.segments.segmentation import Segmentation
from segmentation.study.changes import settings


class Found:
    """A cell with what is drawn of it, and the study at its thresholds. Problem where its method cannot be run on these customers."""

    def __init__(self, study: Study, customers: Customers, cell: Mapping[str, Any]) -> None:
        self.study, self.customers, self.cell = study.at(cell["method"], cell["thresholds"]), customers, cell
        self.method = self.study.chosen
        check_names(study, cell["method"], customers)
        made = self.method(customers, **cell["thresholds"])
        self.segmentation: Segmentation = self.study.pinned(cell["method"], made)
        self.summary = figures(self.segmentation)

    @property
    def title(self) -> str:
        """As it was called, else the question its method answers."""
        return str(self.cell["title"]) or self.method.question

    @property
    def sentence(self) -> str:
        """The finding, as Markdown."""
        return finding(self.segmentation, self.summary, self.study.currency, plain, self.method)

    @property
    def settings(self) -> str:
        said = settings(self.study, self.cell["method"], self.cell["thresholds"])
        return " · ".join([self.method.title, *said])

    @property
    def treated(self) -> list[str]:
        """What is done differently for its segments, a sentence each, as Markdown; nothing where nothing was decided."""
        return treatment.sentences(self.study, self.segmentation, plain)

    @property
    def scenarios(self) -> list[str]:
        """What each scenario of its method would bring, as Markdown."""
        return [*map(plain, outcomes(self.study, self.segmentation))]

    @property
    def since(self) -> str:
        """What is otherwise than when it was kept, as Markdown; "" where nothing is."""
        said = since.of_cell(self.cell, self.method, self.segmentation, self.study.currency)
        return f"**Since it was kept** on {plain(self.cell['file'] or 'another file')}: {plain(said)}" if said else ""

    @property
    def day(self) -> str:
        """The day it was kept at (ISO); "" where that is not known."""
        return str(self.cell.get("day", ""))

    def renew(self, at: int) -> None:
        """Keep, in the cell at this place of the notebook, what it finds now in place of what it found then."""
        values = self.method.complete(self.cell["thresholds"])
        cuts = cutting(self.method, values, self.segmentation)
        session.study().renew(at, held(self.segmentation), self.study.file, cuts, self.customers.day)


def titles(study: Study) -> list[str]:
    """What each cell is called, with its number."""
    return [
        f"{at}. {cell['title'] or study.methods[cell['method']].question}" for at, cell in enumerate(study.cells, 1)
    ]
