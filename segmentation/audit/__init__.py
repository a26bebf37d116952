"""What is odd about a table, in plain words: what was found, what it does to the result, and what can be chosen."""

from segmentation.audit.findings import Cell, Choice, Finding
from segmentation.audit.people import mask, personal_columns
from segmentation.audit.questions import CHECKS, DECIDING, OF_CUSTOMERS, audit

__all__ = ["CHECKS", "DECIDING", "OF_CUSTOMERS", "Cell", "Choice", "Finding", "audit", "mask", "personal_columns"]
