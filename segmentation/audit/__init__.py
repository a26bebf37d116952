"""What is odd about a table, in plain words: what was found, what it does to the result, and what can be chosen."""

from typing import TYPE_CHECKING

from segmentation.later import later

if TYPE_CHECKING:
    from segmentation.audit.codes import mask
    from segmentation.audit.findings import Cell, Choice, Finding
    from segmentation.audit.people import personal_columns
    from segmentation.audit.questions import CHECKS, DECIDING, OF_CUSTOMERS, audit
else:  # each from its own file: there is no question before there is a table
    __getattr__, __dir__ = later(
        __name__,
        {"mask": "codes", "personal_columns": "people"}
        | dict.fromkeys(("Cell", "Choice", "Finding"), "findings")
        | dict.fromkeys(("CHECKS", "DECIDING", "OF_CUSTOMERS", "audit"), "questions"),
    )

__all__ = ["CHECKS", "DECIDING", "OF_CUSTOMERS", "Cell", "Choice", "Finding", "audit", "mask", "personal_columns"]
