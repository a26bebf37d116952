"""Days without a year (512 is 5 December) in a batch of postings whose first line says of which year it is, as DATEV writes."""

from __future__ import annotations

import datetime as dt
import re

import pyarrow as pa
import pyarrow.compute as pc

from segmentation.reading.draft import Decisions, Draft

_BATCH = re.compile(r'"?(?:EXTF|DTVF)"?;')
_BEGINS = (14, 12)  # fields of that line: the first day of its postings, else of the financial year
DAY = "Belegdatum"


def add_years(draft: Draft, decided: Decisions) -> None:
    """The days of a batch of postings with the year in which its first line lets them fall."""
    begins = next(filter(None, (_begins(text) for _, _, _, text in draft.aside)), None)
    if begins is None or DAY not in draft.table.column_names or decided.dates or decided.as_text(DAY):
        return
    days = _days(draft.table[DAY], begins)
    if days is None:
        return
    draft.table = draft.table.set_column(draft.table.column_names.index(DAY), DAY, days)
    draft.dates[DAY] = "dmy"
    draft.sentences.append(
        f'The days in "{DAY}" have no year: the first line of the file says that they begin on {begins}.'
    )


def _begins(line: str) -> dt.date | None:
    """The first day of a batch; None for any other line."""
    fields = [field.strip('" ') for field in line.split(";")] if _BATCH.match(line) else []
    said = next((fields[i] for i in _BEGINS if len(fields) > i and re.fullmatch(r"(19|20)\d{6}", fields[i])), None)
    try:
        return dt.datetime.strptime(said, "%Y%m%d").date() if said else None
    except ValueError:
        return None


def _days(column: pa.ChunkedArray, begins: dt.date) -> pa.Array | None:
    """Each day in the twelve months from the first; None where one is no day and month (ddmm)."""
    texts = pc.utf8_trim_whitespace(column.cast(pa.string()))
    known = texts.filter(pc.fill_null(pc.not_equal(texts, ""), False))
    if not len(known) or not pc.all(pc.match_substring_regex(known, "^[0-3]?[0-9][01][0-9]$")).as_py():
        return None
    found = {text: _day(text, begins) for text in pc.unique(known).to_pylist()}
    if not all(found.values()):
        return None
    whole = texts.combine_chunks().dictionary_encode()
    days = pa.array([found.get(text) for text in whole.dictionary.to_pylist()], pa.date32())
    return days.take(whole.indices) if len(days) else None


def _day(text: str, begins: dt.date) -> dt.date | None:
    day, month = int(text[:-2]), int(text[-2:])
    year = begins.year + ((month, day) < (begins.month, begins.day))
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
