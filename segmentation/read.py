"""Bytes to a table and a report: what was found, what was decided, what was left out and why.

The promise: rows in = rows used + rows set aside with a reason. A clean file is read once, typed, by
a fast reader, from what a sample of it shows; where a value further down does not fit, that column is
read as text and votes over all its values (`values.py`). `files.py` says what a file is, `delimited.py`
and `workbook.py` make a draft of it, and here the columns vote, totals are set aside and the report is written.
"""

import codecs
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from segmentation import currencies, wide
from segmentation.columns import is_dated, is_identifier, kind_of
from segmentation.problems import Problem
from segmentation.reading import values
from segmentation.reading.delimited import read_text
from segmentation.reading.dialect import ALONE
from segmentation.reading.draft import CODES, Decisions, Draft, Progress, Question, filled, no_rows, quoted, unique
from segmentation.reading.files import Raw, looks_like, unpack
from segmentation.reading.workbook import cell_lines, joined, read_parquet, read_workbook

DELIMITER_WORDS = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "space": " "}
ASIDE = ("line", "column", "reason", "text")
Where = Callable[[np.ndarray], pd.DataFrame]  # positions of rows (int64) → the file and the line each stands at
QUOTE_WORDS = {"double": '"', "single": "'", "none": ""}
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


@dataclass(frozen=True)
class Report:
    """What was decided and what was left out, in plain words.

    `dates` is column -> "dmy", "mdy", "ymd", "excel" (days since 1900) or "epoch"; `questions` are undecided yet;
    `quote` and `escape` are marks, "" for none; `table` is the number of the table read, where a file has several.
    """

    rows_in: int
    rows_used: int
    encoding: str | None
    delimiter: str | None
    decimal: str | None
    dates: dict[str, str]
    sheet: str | None
    header_line: int
    sentences: tuple[str, ...]
    questions: tuple[Question, ...]
    quote: str | None = None
    escape: str | None = None
    table: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """The report as plain values that JSON can hold; a question with its readings."""
        plain = {one.name: getattr(self, one.name) for one in fields(self)}
        questions = [question.to_dict() for question in self.questions]
        return plain | {"dates": dict(self.dates), "sentences": list(self.sentences), "questions": questions}


@dataclass(frozen=True)
class Known:
    """What is known of a table because several were joined to it (see `join.py`).

    roles     role → heading, as the single tables had it ("" = none of them has it)
    lists     heading of a customer number → the list of customers it comes from, those without a sale included
    repeated  heading of a number that stands once in another table and is repeated here → that table
    """

    roles: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, pa.Table] = field(default_factory=dict)
    repeated: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A table as read. `data` holds float64 or int64 numbers, date32 dates and text (plain or dictionary-coded).

    `set_aside` has one row per row left out: line (1 = first line of the file), column, reason, text.
    `unread` has the same columns and one row per cell left out of a row that is used: notes beside the table, values
    that are no number or date in a column of them (at most 1 000 a column), and rows whose delimiters or quotation
    marks were mended (at most 1 000).
    `where` gives the line of each row (and its file, where there are several) at some positions of `data` as read: it
    reads the file once more, so that nobody pays who does not ask.
    """

    name: str
    data: pa.Table
    report: Report
    set_aside: pd.DataFrame
    unread: pd.DataFrame = field(default_factory=lambda: _listed([]))
    known: Known = field(default_factory=Known)
    where: Where = field(default=lambda places: pd.DataFrame({"line": places + 1}), compare=False, repr=False)

    def frame(self, rows: int | None = None) -> pd.DataFrame:
        """The first `rows` rows (all by default) as a frame: text as str, dates as datetime64."""
        part = self.data if rows is None else self.data.slice(0, rows)
        plain = [column.cast(pa.string()) if column.type == CODES else column for column in part.columns]
        return pa.table(plain, names=part.column_names).to_pandas(date_as_object=False)


_READERS: dict[str, Callable[[Raw, Decisions], Draft]] = {
    "text": read_text,
    "workbook": read_workbook,
    "markup": read_workbook,
    "parquet": read_parquet,
}


def read(
    source: str | Path | bytes,
    *,
    name: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    decimal: str | Mapping[str, str] | None = None,
    dates: str | Mapping[str, str] | None = None,
    sheet: str | None = None,
    quote: str | None = None,
    escape: str | None = None,
    header: str | int | None = None,
    table: str | int | None = None,
    ragged: str | None = None,
    totals: str | None = None,
    text: str | Iterable[str] | None = None,
    progress: Progress | None = None,
) -> Table:
    """A CSV, TSV, Excel, ODS or Parquet file, plain, gzipped or zipped, as a Table.

    `source` is a path or the bytes of an upload; the other keywords are decisions and override what is found:

    delimiter   one character, or a word: comma, semicolon, tab, pipe, space
    decimal     "." or ","; dates: "dmy", "mdy", "ymd", "excel" or "epoch"; both for the whole file, or by column as a
                mapping or as "Paid=dmy,Due=mdy"
    quote       double, single or none; escape: "\\" where a backslash stands before quotes, none where they are doubled
    sheet       a sheet of a workbook, a table of a web page ("Table 2"), or a file of an archive
    header      the line of the headings, "4-5" for several, none where there are none
    table       which of a text file's tables, 1 = the first
    ragged      "pad": rows that are too short are used, what is missing is empty; "aside": they are set aside
    totals      "aside" or "keep": what is done with rows that add up the others
    text        headings of columns to keep letter by letter, or all
    progress    called now and then with the share done and what is being done; what it raises ends the reading

    Raises Problem for what is no table, cannot be decoded, is empty or too wide, or a decision that does not fit.
    """
    raw = _raw(source, name)
    decided = Decisions(encoding, delimiter, decimal, dates, sheet, quote, escape, ragged=ragged, totals=totals)
    decided = _checked(raw.name, replace(decided, progress=progress), header, table, text)
    finished, _ = _read(raw, decided)
    decided.tell(1, "Done")
    return finished


def _read(raw: Raw, decided: Decisions) -> tuple[Table, Draft]:
    inside = unpack(raw, decided.sheet)
    draft = _READERS[looks_like(inside)](inside, replace(decided, sheet=inside.sheet))
    draft.sentences[:0] = filter(None, [inside.sentence])
    draft.questions[:0] = filter(None, [inside.question])
    decided.tell(0.9, "Looking at the columns")
    table = _finish(inside.name, draft, decided)
    return replace(table, where=_standing(raw, replace(decided, progress=None), table.data.num_rows)), draft


def _standing(raw: Raw, decided: Decisions, rows: int) -> Where:
    """The line of each row, by reading the file once more: to keep them all would cost as much as another column."""

    def where(places: np.ndarray) -> pd.DataFrame:
        try:
            table, draft = _read(raw, decided)
        except OSError as error:
            raise Problem(f"{raw.name} cannot be opened any more ({error.strerror}): choose it again.") from None
        if table.data.num_rows != rows:
            raise Problem(f"{raw.name} has changed since it was read: choose it again.")
        return pd.DataFrame({"line": np.array(draft.lines(places.tolist()), np.int64)})

    return where


def below(tables: Iterable[tuple[str, int, Where]]) -> Where:
    """`Table.where` of tables below each other: the name of each, how many rows it has, and where those stand."""
    parts = list(tables)
    ends = np.cumsum([rows for _, rows, _ in parts])

    def where(places: np.ndarray) -> pd.DataFrame:
        of = np.searchsorted(ends, places, "right")
        found = pd.DataFrame({"file": "", "line": np.zeros(len(places), np.int64)})
        for i, (name, rows, stand) in enumerate(parts):
            if len(mine := np.flatnonzero(of == i)):
                inside = stand(places[mine] - (ends[i] - rows))
                found.loc[mine, "file"] = inside["file"].to_numpy() if "file" in inside else name
                found.loc[mine, "line"] = inside["line"].to_numpy()
        return found

    return where


def front(source: str | Path | bytes, report: Report, *, sheet: str | None = None, lines: int = 40) -> list[str]:
    """The first lines of a file as they stand in it, to hold beside what was read; none of a Parquet file.

    `sheet` is the decision which file of an archive, or sheet, was read. Lines are cut after 500 letters.
    """
    raw = unpack(_raw(source, None), sheet)
    if looks_like(raw) in ("workbook", "markup"):
        return cell_lines(raw, report.sheet, lines)
    if report.encoding is None:
        return []
    text = raw.piece(0, 500 * lines).decode(report.encoding, "replace").removeprefix("\ufeff")
    return [line[:500] for line in re.split(r"\r\n|\r|\n", text)[:lines]]


def _raw(source: str | Path | bytes, name: str | None) -> Raw:
    if isinstance(source, bytes | bytearray | memoryview):
        return Raw(name or "The upload", data=source)  # type: ignore[arg-type]
    path = Path(source)
    if not path.is_file():
        raise Problem(f"There is no file {path}: check the name and the folder.")
    return Raw(name or path.name, path=path)


def _checked(name: str, decided: Decisions, header: Any, table: Any, text: Any) -> Decisions:
    mark = DELIMITER_WORDS.get(decided.delimiter or "", decided.delimiter)
    quote, escape = (QUOTE_WORDS.get(sign or "?", sign) for sign in (decided.quote, decided.escape))
    dates, decimal = _by_column(decided.dates), _by_column(decided.decimal)
    if decided.encoding:
        _check_encoding(name, decided.encoding)
    if mark is not None and (len(mark) != 1 or not mark.isascii()):
        raise Problem(f'{name} cannot be split at "{mark}": the delimiter is one character, or the word tab.')
    for sign in decimal.values() if isinstance(decimal, Mapping) else [decimal] if decimal else []:
        if sign not in (".", ","):
            raise Problem(f'{name} cannot be read with the decimal mark "{sign}": choose "." or ",".')
    for order in dates.values() if isinstance(dates, Mapping) else [dates] if dates else []:
        if order not in values.FORMS:
            raise Problem(f'{name} cannot be read with dates "{order}": choose dmy, mdy or ymd.')
    _check_one_of(name, "quotation marks", quote, ('"', "'", "", None), "double, single or none")
    _check_one_of(name, "escape", escape, ("\\", "", None), "\\ or none")
    _check_one_of(name, "ragged rows", decided.ragged, ("aside", "pad", None), "aside or pad")
    _check_one_of(name, "totals", decided.totals, ("aside", "keep", None), "aside or keep")
    texts = tuple(part.strip() for part in text.split(",")) if isinstance(text, str) else text and tuple(text)
    return replace(
        decided,
        delimiter=mark,
        quote=quote,
        escape=escape,
        dates=dates,
        decimal=decimal,
        header=_lines_of(name, header),
        table=_number_of(name, table),
        text=texts or None,
    )


def by_column(decision: str) -> dict[str, str]:
    """Heading → decision of "Paid=dmy,Due=mdy"; nothing of a decision for the whole file."""
    return dict(re.findall(r"(?:^|,)\s*(.+?)=(\w+|[.,])(?=\s*(?:,|$))", decision))


def _by_column(decision: str | Mapping[str, str] | None) -> str | Mapping[str, str] | None:
    return (by_column(decision) or decision) if isinstance(decision, str) else decision


def _check_one_of(name: str, what: str, given: str | None, allowed: tuple[str | None, ...], said: str) -> None:
    if given not in allowed:
        raise Problem(f'{name} cannot be read with {what} "{given}": choose {said}.')


def _lines_of(name: str, header: str | int | None) -> tuple[int, ...] | None:
    """The lines of the headings: "4" -> (4,), "4-5" -> (4, 5), "none" -> ()."""
    if header is None or header == "":
        return None
    found = re.fullmatch(r"(\d{1,9})(?:-(\d{1,9}))?", str(header))
    if str(header) in ("none", "0"):
        return ()
    if not found or not 0 <= int(found[2] or found[1]) - int(found[1]) < 10:
        raise Problem(f'{name} has no header "{header}": give its line, such as 4 or 4-5, or none.')
    return tuple(range(int(found[1]), int(found[2] or found[1]) + 1))


def _number_of(name: str, table: str | int | None) -> int | None:
    if table is None or table == "":
        return None
    if not re.fullmatch(r"[1-9]\d{0,6}", str(table)):
        raise Problem(f'{name} has no table "{table}": give its number, 1 for the first.')
    return int(table)


def _check_encoding(name: str, encoding: str) -> None:
    try:
        "".encode(encoding)
        codecs.getincrementaldecoder(encoding)
    except LookupError:
        raise Problem(
            f'{name} cannot be read as "{encoding}", which is no known encoding: try utf-8, cp1252 or cp1251.'
        ) from None


# From a draft to the table


def _finish(name: str, draft: Draft, decided: Decisions) -> Table:
    if draft.table.num_rows == 0:
        raise no_rows(name)
    _drop_blank(draft)
    if draft.named is not None:
        _drop_unnamed(draft)
    for heading in decided.text or ():
        if heading != "all" and heading not in draft.table.column_names:
            raise Problem(
                f'{name} has no column "{heading}" to keep as text: it has {quoted(draft.table.column_names[:20])}.'
            )
    _unguard(draft)
    keep = decided.totals == "keep"
    if not keep:
        _subtotals(draft)
        _tail(draft, _labelled_total)
        _tail(draft, _closing_note)
        _tail(draft, _labelled_total)
        if draft.named is not None:
            _drop_unnamed(draft)  # a column may have held a total's mark only
    _vote_all(draft, decided)
    if not keep:
        _tail(draft, _summed_total)
    _say_wide(name, draft)
    if draft.table.num_rows == 0:
        raise Problem(f"{name} has no rows left below its header row: {len(draft.aside)} were set aside.")
    return Table(name, draft.table, _report(draft, len(draft.aside)), _listed(draft.aside), _listed(draft.cells))


def _listed(left_out: list[tuple[int, str, str, str]]) -> pd.DataFrame:
    return pd.DataFrame(sorted(left_out), columns=list(ASIDE)).astype({"line": "int64"})


def _say_wide(name: str, draft: Draft) -> None:
    """That columns are months, and what becomes of them; that months without a year stay columns."""
    context = [name, draft.sheet or "", *(text for _, _, reason, text in draft.aside if reason.startswith("stands"))]
    if found := wide.find(draft.table, context):
        draft.sentences.append(found.sentence())
    elif bare := wide.bare(draft.table):
        draft.questions.append(
            f'Which year? "{bare[0]}" to "{bare[-1]}" are months without one: write it in the headings, the title or '
            "the name of the file, and they are read as sales."
        )


GUARDED = '^="(.*)"$'  # how programs keep spreadsheets from reading a code as a number


def _unguard(draft: Draft) -> None:
    """Codes written as ="00123" are 00123."""
    for i, name in enumerate(draft.table.column_names):
        column = draft.table[name]
        if kind_of(column.type) != "text":
            continue
        some = column.slice(0, 100).cast(pa.string()).drop_null()
        if len(some) and pc.all(pc.match_substring_regex(some, GUARDED)).as_py():
            bare = pc.replace_substring_regex(column.cast(pa.string()), GUARDED, r"\1")
            draft.table = draft.table.set_column(i, name, bare)
            draft.sentences.append(f'"{name}" is written as formulas such as {some[0].as_py()}; their texts were read.')


def _drop_blank(draft: Draft) -> None:
    """Lines with nothing in them are passed over and counted; a column without gaps rules them out at no cost."""
    table = draft.table
    if all(column.null_count for column in table.columns):
        empty = np.logical_and.reduce([pc.is_null(column).to_numpy() for column in table.columns])
        if empty.any():
            draft.blank += int(empty.sum())
            _keep(draft, ~empty)


def _keep(draft: Draft, kept: np.ndarray) -> None:
    """Only the rows where `kept` is true; their lines follow."""
    places, before = np.flatnonzero(kept), draft.lines
    draft.table = draft.table.take(pa.array(places))
    draft.lines = lambda rows: before([int(places[row]) for row in rows])


def _drop_unnamed(draft: Draft) -> None:
    """Columns beyond the headings: empty ones are left out, notes that stand beside the table are set aside."""
    size, empty, gap = draft.table.num_rows, [], False
    for i, name in enumerate(draft.table.column_names):
        column = draft.table[name]
        if name != f"column {i + 1}":
            continue
        if column.null_count == size:
            empty.append(name)
            gap = gap or i >= (draft.named or 0)
        elif i >= (draft.named or 0) and (gap or column.null_count > 0.8 * size):
            _set_notes_aside(draft, name)
            empty.append(name)
    if empty:
        draft.table = draft.table.drop_columns(empty)
    named, columns = draft.named or 0, draft.table.num_columns
    if named < columns and not any("have a heading" in sentence for sentence in draft.sentences):
        draft.sentences.append(f"Only the first {named} of {columns} columns have a heading.")


def _set_notes_aside(draft: Draft, name: str) -> None:
    """The cells of a column beside the table; a row with nothing else in it is no row."""
    column, others = draft.table[name], draft.table.drop_columns([name]).columns
    noted = pc.is_valid(column).to_numpy()
    alone = noted & np.logical_and.reduce([pc.is_null(other).to_numpy() for other in others])
    for left_out, chosen in ((draft.aside, alone), (draft.cells, noted & ~alone)):
        places = [int(i) for i in np.flatnonzero(chosen)]
        notes = column.take(pa.array(places, pa.int64())).to_pylist()
        for line, note in zip(draft.lines(places), notes, strict=True):
            left_out.append((line, name, BESIDE, str(note)))
    if alone.any():
        _keep(draft, ~alone)


def _tail(draft: Draft, is_total: Callable[[Draft, dict[str, Any]], str | None]) -> None:
    """Rows at the end that are no rows of their own are set aside, so that no total becomes a customer."""
    for _ in range(LAST):
        last = draft.table.num_rows - 1
        if last < 1:
            return
        row = {name: draft.table[name][last].as_py() for name in draft.table.column_names}
        if not (column := is_total(draft, row)):
            return
        _set_rows_aside(draft, [last], column, NOTE if is_total is _closing_note else TOTAL)


BESIDE = "a note beside the table"
LAST = 10  # rows at the end that may be totals or notes
TOTAL, NOTE = "a total of the rows above, not a row of its own", "a note below the table"


def _set_rows_aside(draft: Draft, places: list[int], column: str, reason: str) -> None:
    lines = draft.lines(places)
    rows = draft.table.take(pa.array(places)).to_pylist()
    texts = draft.texts(lines) if draft.texts else [joined(row.values()) for row in rows]
    draft.aside += [(line, column, reason, text) for line, text in zip(lines, texts, strict=True)]
    if places == [draft.table.num_rows - 1]:
        draft.table = draft.table.slice(0, places[0])
        return
    kept = np.ones(draft.table.num_rows, dtype=bool)
    kept[places] = False
    _keep(draft, kept)


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
            _set_rows_aside(draft, found, name, TOTAL)


def _where(texts: pa.ChunkedArray, shape: str) -> list[int]:
    fits = pc.fill_null(pc.match_substring_regex(texts, shape), False).to_numpy()
    return [int(i) for i in np.flatnonzero(fits)[:MOST_LISTED]]


def _totals_of(texts: pa.ChunkedArray) -> list[int]:
    """Where a column says Total North and North stands in it too."""
    places = _where(texts, TOTAL_OF)
    named = [re.match(TOTAL_OF, texts[i].as_py()) for i in places]
    parts = [(found[1] or found[2]) if found else None for found in named]
    known = pc.is_in(pa.array(parts, pa.string()), texts.combine_chunks()).to_pylist() if parts else []
    return [i for i, part, is_known in zip(places, parts, known, strict=True) if part and is_known]


MOST_LISTED = 1_000  # cells of a column
SPANS = r"(?i)day|visit|since"  # of headings that may also speak of a number of days
TIMES = r"(?i)time|epoch|created|updated|(_|\b)(at|ts|on)$"  # further headings of a point in time
MONTHS = r"(?i)month|monat|mois|\bmes(es)?\b|m[êe]s\b|mese|maand|месяц|період|период|bulan|muaj|月|period"
MOST_SEARCHED = 1_000_000  # values of a column that are searched for the word Total


def _says_total(texts: pa.Array | pa.ChunkedArray) -> bool:
    return any(pc.any(pc.match_substring_regex(texts, shape)).as_py() for shape in (TOTALS, TOTAL_OF))


def _only_amounts(row: dict[str, Any], label: str) -> bool:
    """Whether what a row holds beside its label are amounts, at least one."""
    others = [str(cell) for name, cell in row.items() if name != label and filled(cell)]
    return bool(others) and all(re.search(r"\d", cell) and not re.search(r"[^\W\d_]{4,}", cell) for cell in others)


def _summed_total(draft: Draft, row: dict[str, Any]) -> str | None:
    """A row that says Total, or has no name where all others have one, and holds a column's sum."""
    texts = [name for name in row if kind_of(draft.table.schema.field(name).type) == "text"]
    nameless = [name for name in texts if not filled(row[name]) and draft.table[name].null_count == 1]
    if draft.table.num_rows < 3 or not (_label(row) or nameless):
        return None
    numbers = [name for name, cell in row.items() if isinstance(cell, int | float) and cell]
    return next((name for name in numbers if _is_sum(draft.table[name], row[name])), None)


def _is_sum(column: pa.ChunkedArray, last: float) -> bool:
    rest = (pc.sum(column).as_py() or 0) - last
    return abs(rest - last) <= 0.005 * max(1, len(column) ** 0.5) if isinstance(last, float) else rest == last


def _vote_all(draft: Draft, decided: Decisions) -> None:
    """Every column of text votes; one whose dates may be read in two ways follows the others, if they agree."""
    names = [name for name in draft.table.column_names if _may_vote(draft, name) and not decided.as_text(name)]
    ballots = {name: _ballot(draft, name, decided) for name in names}
    orders = {one.vote.form for one in ballots.values() if one.vote.kind == "date" and one.vote.other is None}
    agreed = (orders & {"dmy", "mdy"}) if not {"dmy", "mdy"} <= orders else set()
    for name, one in ballots.items():
        if one.vote.kind == "date" and one.vote.rival and agreed <= {one.vote.form, one.vote.rival} and agreed:
            one = one.again(dates=next(iter(agreed)))
        _settle(draft, name, one)
    for name in draft.table.column_names:
        if pa.types.is_date(draft.table[name].type):
            draft.dates.setdefault(name, "ymd")


def _may_vote(draft: Draft, name: str) -> bool:
    return (
        kind_of(draft.table.schema.field(name).type) == "text" and name not in draft.settled and not is_identifier(name)
    )


@dataclass(frozen=True)
class _Ballot:
    """A column of text, its distinct values, how often each occurs, and what they voted for."""

    codes: pa.ChunkedArray
    texts: pa.Array
    counts: np.ndarray
    how: values.Asked
    vote: values.Vote
    ignored: str = ""  # a decision the column could not follow

    def again(self, **how: Any) -> "_Ballot":
        return replace(self, vote=values.vote(self.texts, self.counts, replace(self.how, **how)))


def _ballot(draft: Draft, name: str, decided: Decisions) -> _Ballot:
    column = draft.table[name]
    codes = (column if column.type == CODES else column.dictionary_encode()).unify_dictionaries()
    texts, counts = _tally(codes)
    order, decimal = _for(decided.dates, name), _for(decided.decimal, name)
    counted = (is_dated(name) and not re.search(SPANS, name)) or bool(re.search(TIMES, name))
    monthly = is_dated(name) or bool(re.search(MONTHS, name))
    how = values.Asked(decimal, draft.decimal, order, is_dated(name), counted, monthly)
    ballot = _Ballot(codes, texts, counts, how, values.vote(texts, counts, how))
    if ballot.vote.kind == "text" and (order or decimal):
        free = ballot.again(dates=None, decimal=None)
        said = f"dates as {order}" if free.vote.kind == "date" else f'numbers with the decimal mark "{decimal}"'
        return replace(free, ignored=said) if free.vote.kind != "text" else ballot
    return ballot


def _for(decision: str | Mapping[str, str] | None, name: str) -> str | None:
    return decision.get(name) if isinstance(decision, Mapping) else decision


def _settle(draft: Draft, name: str, ballot: _Ballot) -> None:
    """The column as what it voted for, with what that leaves out said."""
    found, i = ballot.vote, draft.table.column_names.index(name)
    column = ballot.codes
    if found.values is not None:
        column = pa.chunked_array([found.values.take(one.indices) for one in column.chunks], found.values.type)
        _say(draft, name, ballot)
    draft.table = draft.table.set_column(i, name, column)
    if found.kind == "number" and (signs := currencies.in_cells(ballot.texts)) is not None:
        beside = unique([*draft.table.column_names, f"{name} currency"])[-1]
        draft.table = draft.table.append_column(
            beside, pa.chunked_array([signs.take(c.indices) for c in ballot.codes.chunks])
        )
        draft.sentences.append(f'"{name}" is in several currencies; they stand in the column "{beside}" beside it.')


def _tally(codes: pa.ChunkedArray) -> tuple[pa.Array, np.ndarray]:
    """The distinct texts of a column and how often each occurs."""
    texts = codes.chunk(0).dictionary if codes.num_chunks else pa.array([], pa.string())
    counts = np.zeros(len(texts), dtype="int64")
    for chunk in codes.chunks:
        counts += np.bincount(chunk.indices.drop_null().to_numpy(), minlength=len(texts))
    return texts, counts


def _say(draft: Draft, name: str, ballot: _Ballot) -> None:
    found, texts, total = ballot.vote, ballot.texts, int(ballot.counts.sum())
    noun = "dates" if found.kind == "date" else "numbers"
    if found.kind == "date":
        draft.dates[name] = found.form or "ymd"
    elif found.form:
        draft.decimal = draft.decimal or found.form
    if found.odd[0]:
        _list_odd(draft, name, ballot, noun)
        draft.sentences.append(
            f'"{name}" holds {noun}; {found.odd[0]:,} of its {total:,} values are not (for example "{found.odd[1]}") '
            "and count as missing."
        )
    if ballot.ignored:
        draft.sentences.append(f'"{name}" does not hold {ballot.ignored} and was read as its own values say.')
    if noun == "numbers" and pc.any(pc.ends_with(texts, "%")).as_py():
        draft.sentences.append(f'"{name}" is written in percent and read as shares: 12 % is 0.12.')
    if found.other is not None:
        _ask(draft, name, found, texts)


def _list_odd(draft: Draft, name: str, ballot: _Ballot, noun: str) -> None:
    """The cells that are no number or date where the others of their column are."""
    assert ballot.vote.values is not None
    blank = pc.equal(pc.utf8_trim_whitespace(ballot.texts), "")
    odd = pc.and_not(pc.is_null(ballot.vote.values), blank).to_numpy(zero_copy_only=False)
    codes = np.concatenate([pc.fill_null(chunk.indices, -1).to_numpy() for chunk in ballot.codes.chunks])
    places = [int(i) for i in np.flatnonzero(np.append(odd, False)[codes])[:MOST_LISTED]]
    reason = f"no {noun[:-1]}, in a column of {noun}: it counts as missing"
    for line, i in zip(draft.lines(places), places, strict=True):
        draft.cells.append((line, name, reason, ballot.texts[int(codes[i])].as_py()))


def _ask(draft: Draft, name: str, found: values.Vote, texts: pa.Array) -> None:
    """An undecidable column: one value in both readings, and which of them is used until somebody decides."""
    assert found.values is not None and found.other is not None
    differs = pc.fill_null(pc.not_equal(found.values.cast(found.other.type), found.other), False)
    i = int(np.argmax(differs.to_numpy(zero_copy_only=False)))
    first, second = _shown(found.values[i].as_py()), _shown(found.other[i].as_py())
    what = "dates" if found.kind == "date" else "decimal"
    chosen = found.form or "."
    rival = found.rival or ("," if chosen == "." else ".")
    draft.questions.append(
        Question(
            f'In "{name}", {texts[i].as_py()} can mean {first} or {second}: the first is used; '
            f"decide with the {what} setting.",
            what,
            name,
            {chosen: first, rival: second},
            chosen,
        )
    )


def _shown(value: Any) -> str:
    return f"{value.day} {value:%B %Y}" if hasattr(value, "year") else f"{value:.10g}"


_MARKS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars", ALONE: "no delimiter", " ": "spaces"}


def _report(draft: Draft, aside: int) -> Report:
    used = draft.table.num_rows
    return Report(
        rows_in=used + aside,
        rows_used=used,
        encoding=draft.encoding,
        delimiter=None if draft.delimiter == ALONE else draft.delimiter,
        decimal=draft.decimal,
        dates=draft.dates,
        sheet=draft.sheet,
        header_line=draft.header_line,
        sentences=tuple(_sentences(draft, used, aside)),
        questions=tuple(one if isinstance(one, Question) else Question(one) for one in draft.questions),
        quote=draft.quote,
        escape=draft.escape,
        table=draft.table_number,
    )


def _sentences(draft: Draft, used: int, aside: int) -> Iterable[str]:
    yield f"{used:,} of {used + aside:,} rows were read" + (
        f"; {aside:,} {'was' if aside == 1 else 'were'} set aside." if aside else "."
    )
    if draft.encoding:
        mark = _MARKS.get(draft.delimiter or "", f'"{draft.delimiter}"')
        yield f"The text is {draft.encoding}, its columns are set apart by {mark}."
    if not draft.header_line and draft.encoding:
        yield "The file has no header row: its columns are numbered."
    if beside := sum("beside" in reason for _, _, reason, _ in draft.cells):
        yield f"{beside:,} note{'s stand' if beside > 1 else ' stands'} beside the table and {'are' if beside > 1 else 'is'} left out."
    if draft.decimal == ",":
        yield "Decimals are written with a comma."
    if draft.blank:
        yield f"{draft.blank:,} blank line{'s were' if draft.blank > 1 else ' was'} passed over."
    orders = {
        "dmy": "day first",
        "mdy": "month first",
        "excel": "as Excel counts days",
        "epoch": "as seconds since 1970",
    }
    for name, order in draft.dates.items():
        if order in orders:
            yield f'The dates in "{name}" are written {orders[order]}.'
    yield from draft.sentences
