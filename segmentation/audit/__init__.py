"""What is odd about a table, in plain words: what was found, what it does to the result, and what can be chosen."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from segmentation.audit.codes import mask
    from segmentation.audit.findings import Cell, Choice, Finding
    from segmentation.audit.people import personal_columns
    from segmentation.audit.questions import CHECKS, DECIDING, OF_CUSTOMERS, audit

__all__ = ["CHECKS", "DECIDING", "OF_CUSTOMERS", "Cell", "Choice", "Finding", "audit", "mask", "personal_columns"]
PLACES = {"mask": "codes", "personal_columns": "people"} | dict.fromkeys(("Cell", "Choice", "Finding"), "findings")


def __getattr__(name: str) -> Any:
    """Each from its own file, when it is first asked for: no question is before there is a table."""
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{PLACES.get(name, 'questions')}"), name)
