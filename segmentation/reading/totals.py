"""Rows that add up others, page marks, and notes below the table: they are set aside, so that no total becomes a customer."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from segmentation.columns.kinds import kind_of
from segmentation.reading import months
from segmentation.reading.draft import MOST_LISTED, Draft, filled
from segmentation.reading.rows import set_aside

MOST_SEARCHED = 1_000_000  # values of a column that are searched for the word Total
LAST = 10  # rows at the end that may be totals or notes
PAGE = "a page mark"
PAGES = (
    r"(?i)^\s*[-–—]*\s*(?:(?:page|seite|p[aá]gina|p[aá]g\.?|страница|стр\.?|halaman|hal\.?|faqe|faqja|strona|strana|sida|blatt)"
    r"\s*(?:no\.? ?|nr\.? ?)?[0-9]+(?:\s*(?:of|von|de|sur|di|из|dari|nga|z|av|/)\s*[0-9]+)?|第\s*[0-9]+\s*[页頁ペ].*)\s*[-–—]*\s*$"
)
TOTAL, NOTE = "a total of the rows above, not a row of its own", "a note below the table"
_TOTAL = (
    "grand total|sub-?total|total amount|totals?|sum|gesamt(summe|betrag)?|endsumme|zwischensumme|summen?|insgesamt|"
    "sous-total|total g[eé]n[eé]ral|somme|sumas?|subtotal|total geral|soma|totale|razem|suma|celkem|toplam|"
    "gesamtergebnis|(промежуточный |общий )?итого?|итого( по.{0,30})?|всего|общий итог|jumlah( total| keseluruhan| akhir)?|"
    "total keseluruhan|sub ?jumlah|gjithsej|totali( i p[eë]rgjithsh[eë]m)?|shuma( totale| e p[eë]rgjithshme)?|n[eë]ntotali|"
    "合计|总计|小计|总额|共计|總計|合計|小計|総計|합계|총계|소계"
)
TOTALS = rf"(?i)^[\s*]*({_TOTAL})\s*[:：.]?\s*(\(.{{0,20}}\)|[\d.,\s]{{0,12}}|eur|usd|€|\$|руб\.?)\s*[*:]*\s*$"
_PART = (
    "sub-?total|total|zwischensumme|summe|ergebnis|итого?|всего|jumlah|gjithsej|totali|shuma|suma|soma|totale|合计|小计"
)
TOTAL_OF = (
    rf"(?i)^\s*(?:(?:{_PART})(?: (?:for|of|für|de|del|di|do|da|по|untuk|për))?[:\s]+(.+?)|(.+?)\s+(?:{_PART}))\s*:?\s*$"
)


def set_labelled_aside(draft: Draft) -> None:
    """Totals that say so, in the midst and at the end, and notes below the table."""
    _subtotals(draft)
    for is_total in (_labelled_total, _closing_note, _labelled_total):
        _tail(draft, is_total)


def set_summed_aside(draft: Draft) -> None:
    """Last rows that hold the sum of a column above them; the columns are numbers by now."""
    _tail(draft, _summed_total)


def _tail(draft: Draft, is_total: Callable[[Draft, dict[str, Any]], str | None]) -> None:
    """Rows at the end that are no rows of their own are set aside, so that no total becomes a customer."""
    for _ in range(LAST):
        last = draft.table.num_rows - 1
        if last < 1:
            return
        row = {name: draft.table[name][last].as_py() for name in draft.table.column_names}
        if not (column := is_total(draft, row)):
            return
        set_aside(draft, [last], column, NOTE if is_total is _closing_note else TOTAL)


def _label(row: dict[str, Any]) -> str | None:
    return next((name for name, cell in row.items() if isinstance(cell, str) and re.match(TOTALS, cell)), None)


def _labelled_total(draft: Draft, row: dict[str, Any]) -> str | None:
    """A row that says Total and leaves at least half of the other fields empty."""
    label = _label(row)
    return label if label and _mostly_empty(row) else None


def _mostly_empty(row: dict[str, Any]) -> bool:
    empty = sum(not filled(cell) for cell in row.values())
    return bool(empty) and empty * 2 >= len(row) - 1


def _closing_note(draft: Draft, row: dict[str, Any]) -> str | None:
    """One of the last rows, alone in holding nothing but some words in their first field."""
    first = next(iter(row))
    if len(row) < 3 or not _is_note(row, first) or not re.search(r"[^\W\d]\s+\S|:", str(row[first])):
        return None
    rows = draft.table.num_rows
    ends = draft.table.slice(max(rows - LAST, 0)).to_pylist()[::-1]
    notes = next((i for i, end in enumerate(ends) if not _is_note(end, first)), rows)
    others = [draft.table[name].slice(0, rows - notes) for name in row if name != first]
    return first if notes < rows and min(column.null_count for column in others) == 0 else None


def _is_note(row: dict[str, Any], first: str) -> bool:
    return filled(row[first]) and not any(filled(cell) for name, cell in row.items() if name != first)


def _subtotals(draft: Draft) -> None:
    """Rows in the midst that say Total and hold no other words: they would count what stands above them twice."""
    names = draft.table.column_names
    _page_marks(draft)
    gaps = sum(column.null_count > 0 for column in draft.table.columns)
    if gaps * 2 < len(names) - 1:
        return  # such a row leaves at least half of its fields empty
    for name in (name for name in names if kind_of(draft.table.schema.field(name).type) == "text"):
        column = draft.table[name]
        said = column.num_chunks and pa.types.is_dictionary(column.type) and _says_total(column.chunk(0).dictionary)
        if not said and not (pa.types.is_string(column.type) and len(column) <= MOST_SEARCHED and _says_total(column)):
            continue
        plain = column.cast(pa.string())
        places = _where(plain, TOTALS) + _totals_of(plain)
        rows = [(i, draft.table.slice(i, 1).to_pylist()[0]) for i in sorted({*places})]
        found = [i for i, row in rows if len(row) > 2 and _mostly_empty(row) and _only_amounts(row, name)]
        if found and 3 * len(found) <= 2 * draft.table.num_rows:
            set_aside(draft, found, name, TOTAL)


def _page_marks(draft: Draft) -> None:
    """Rows with nothing but Page 2 in them."""
    names = draft.table.column_names
    full = [name for name in names if not draft.table[name].null_count]
    if len(names) < 2 or len(full) > 1:
        return  # such a row leaves all others empty
    for name in (name for name in full or names if kind_of(draft.table.schema.field(name).type) == "text"):
        if not _says_page(draft.table[name]):
            continue
        others = (draft.table[other] for other in names if other != name)
        alone = np.logical_and.reduce([pc.is_null(other).to_numpy() for other in others])
        if places := [i for i in _where(draft.table[name].cast(pa.string()), PAGES) if alone[i]]:
            set_aside(draft, places, name, PAGE)


def _says_page(column: pa.ChunkedArray) -> bool:
    texts = [one.dictionary if pa.types.is_dictionary(one.type) else one for one in column.chunks]
    return any(pc.any(pc.match_substring_regex(one, PAGES)).as_py() for one in texts if len(one) <= MOST_SEARCHED)


def _where(texts: pa.ChunkedArray, shape: str) -> list[int]:
    fits = pc.fill_null(pc.match_substring_regex(texts, shape), False).to_numpy()
    return [int(i) for i in np.flatnonzero(fits)[:MOST_LISTED]]


def _totals_of(texts: pa.ChunkedArray) -> list[int]:
    """Where a column says Total North and North stands in it too, or it is the total of a month."""
    places = _where(texts, TOTAL_OF)
    named = [re.match(TOTAL_OF, texts[i].as_py()) for i in places]
    parts = [(found[1] or found[2]) if found else None for found in named]
    known = pc.is_in(pa.array(parts, pa.string()), texts.combine_chunks()).to_pylist() if parts else []
    return [
        i for i, part, is_known in zip(places, parts, known, strict=True) if part and (is_known or months.number(part))
    ]


def _says_total(texts: pa.Array | pa.ChunkedArray) -> bool:
    return any(pc.any(pc.match_substring_regex(texts, shape)).as_py() for shape in (TOTALS, TOTAL_OF))


def _only_amounts(row: dict[str, Any], label: str) -> bool:
    """Whether what a row holds beside its label are amounts, at least one."""
    others = [str(cell) for name, cell in row.items() if name != label and filled(cell)]
    return bool(others) and all(re.search(r"\d", cell) and not re.search(r"[^\W\d_]{4,}", cell) for cell in others)


def _summed_total(draft: Draft, row: dict[str, Any]) -> str | None:
    """A row that says Total and holds a column's sum, or holds nothing but sums where all others have a name."""
    kinds = {name: kind_of(draft.table.schema.field(name).type) for name in row}
    texts = [name for name in row if kinds[name] == "text"]
    if not _label(row) and any(filled(cell) and kinds[name] != "number" for name, cell in row.items()):
        return None  # somebody, or a day: a sale like the others
    nameless = [name for name in texts if not filled(row[name]) and draft.table[name].null_count == 1]
    if draft.table.num_rows < 3 or not (_label(row) or nameless):
        return None
    numbers = [name for name, cell in row.items() if isinstance(cell, int | float) and cell]
    sums = [name for name in numbers if _is_sum(draft.table[name], row[name])]
    return sums[0] if sums and (_label(row) or sums == numbers) else None


def _is_sum(column: pa.ChunkedArray, last: float) -> bool:
    rest = (pc.sum(column).as_py() or 0) - last
    return abs(rest - last) <= 0.005 * max(1, len(column) ** 0.5) if isinstance(last, float) else rest == last
