"""Personal data: where they are, and how they are hidden."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from segmentation.audit.facts import Facts
from segmentation.audit.findings import Choice, Finding, verb
from segmentation.columns.kinds import kind_of
from segmentation.columns.words import words
from segmentation.joining.linkage import recognise
from segmentation.table import Table

EMAIL = r"^\s*[^@\s]+@[^@\s]+\.[^@\s]+\s*$"
PHONE = r"^[\s+()0-9./\-]{7,22}$"


def personal(facts: Facts) -> Iterator[Finding]:
    found = personal_columns(facts.table)
    for kind, headings in found.items():
        named = " and ".join(f"“{heading}”" for heading in headings)
        yield Finding(
            "personal_data",
            f"{named} {verb(len(headings), 'holds', 'hold')} {kind}.",
            "Nothing is computed from them; whoever sees the screen sees them.",
            (Choice("Mask them on screen", {"masked": headings}), Choice("Show them", {"masked": []})),
        )


def personal_columns(table: Table) -> dict[str, list[str]]:
    """What kind of personal data → the headings that hold it, by content and heading."""
    found: dict[str, list[str]] = {}
    for heading in table.data.column_names:
        if kind := _personal_kind(table, heading):
            found.setdefault(kind, []).append(heading)
    return found


def _personal_kind(table: Table, heading: str) -> str:
    kind = recognise([heading])
    if kind_of(table.data[heading].type) != "text":
        return "dates of birth" if "birth" in kind and kind_of(table.data[heading].type) == "date" else ""
    sample = pc.unique(table.data[heading].slice(0, 5000).cast(pa.string())).drop_null().slice(0, 500)
    if not len(sample):
        return ""
    if pc.mean(pc.match_substring_regex(sample, EMAIL).cast(pa.float64())).as_py() > 0.5:
        return "e-mail addresses"
    digits = pc.mean(pc.match_substring_regex(sample, PHONE).cast(pa.float64())).as_py() > 0.5
    return "phone numbers" if digits and ("phone" in kind or "fax" in words(heading)) else ""
