"""Bytes to a table and a report: what was found, what was decided, what was left out and why.

The promise: rows in = rows used + rows set aside with a reason. A clean file is read once, typed, by
a fast reader, from what a sample of it shows; where a value further down does not fit, that column is
read as text and votes over all its values (`values.py`). `files.py` says what a file is, `delimited.py`
and `workbook.py` make a draft of it, `totals.py` sets totals aside, in `ballot.py` the columns vote, and here the
report is written.
"""

import codecs
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from segmentation import formats
from segmentation.columns import periods
from segmentation.columns.kinds import kind_of
from segmentation.dataclass import dataclass
from segmentation.problems import Problem
from segmentation.reading import values
from segmentation.reading.ballot import vote
from segmentation.reading.bookings import add_years
from segmentation.reading.delimited import read_text
from segmentation.reading.dialect import ALONE
from segmentation.reading.draft import (
    LONGEST_CELL,
    LONGEST_HEADING,
    Decisions,
    Draft,
    Progress,
    check_cells,
    no_rows,
    quoted,
)
from segmentation.reading.files import LONGEST_NAME, Raw, looks_like, unpack
from segmentation.reading.groups import lift_groups
from segmentation.reading.pivot import set_parts_aside
from segmentation.reading.rows import drop_blank, drop_unnamed
from segmentation.reading.totals import set_labelled_aside, set_summed_aside
from segmentation.reading.workbook import cell_lines, read_parquet, read_workbook
from segmentation.table import Question, Report, Table, Where, listed

DELIMITER_WORDS = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "space": " "}
QUOTE_WORDS = {"double": '"', "single": "'", "none": ""}
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
    gap: str | None = None,
    groups: str | None = None,
    progress: Progress | None = None,
) -> Table:
    """A CSV, TSV, Excel, ODS or Parquet file, plain, gzipped or zipped, as a Table.

    `source` is a path or the bytes of an upload; the other keywords are decisions and override what is found:

    delimiter   one character, or a word: comma, semicolon, tab, pipe, space
    decimal     "." or ","; dates: "dmy", "mdy", "ymd", "excel", "epoch", "swapped" (day and month exchanged by a
                spreadsheet) or "none"; both for the whole file, or by column as a mapping or as "Paid=dmy,Due=mdy"
    quote       double, single or none; escape: "\\" where a backslash stands before quotes, none where they are doubled
    sheet       a sheet of a workbook, a table of a web page ("Table 2"), or a file of an archive
    header      the line of the headings, "4-5" for several, none where there are none
    table       which of a text file's tables, 1 = the first
    ragged      "pad": rows that are too short are used, what is missing is empty; "aside": they are set aside
    totals      "aside" or "keep": what is done with rows that add up the others
    text        headings of columns to keep letter by letter, or all
    gap         where headings one fewer than the columns have their gap: "first", "last", or "split" (in a cell with two)
    groups      "aside" or "keep": what is done with rows that a row above them adds up, as in a pivot table
    progress    called now and then with the share done and what is being done; what it raises ends the reading

    Raises Problem for what is no table, cannot be decoded, is empty or too wide, or a decision that does not fit.
    """
    raw = _raw(source, name)
    decided = Decisions(
        encoding, delimiter, decimal, dates, sheet, quote, escape, ragged=ragged, totals=totals, gap=gap, groups=groups
    )
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
    return replace(table, where=Standing(raw, replace(decided, progress=None), table.data.num_rows)), draft


@dataclass(frozen=True)
class Standing:
    """The line of each row, by reading the file once more: to keep them all would cost as much as another column."""

    raw: Raw
    decided: Decisions
    rows: int

    def __call__(self, places: np.ndarray) -> pd.DataFrame:
        name = self.raw.name
        try:
            table, draft = _read(self.raw, self.decided)
        except OSError as error:
            raise Problem(f"{name} cannot be opened any more ({error.strerror}): choose it again.") from None
        if table.data.num_rows != self.rows:
            raise Problem(f"{name} has changed since it was read: choose it again.")
        return pd.DataFrame({"line": np.array(draft.lines(places.tolist()), np.int64)})


@dataclass(frozen=True)
class Below:
    """`Table.where` of tables below each other: the name of each, how many rows it has, and where those stand."""

    parts: tuple[tuple[str, int, Where], ...]

    def __call__(self, places: np.ndarray) -> pd.DataFrame:
        ends = np.cumsum([rows for _, rows, _ in self.parts])
        of = np.searchsorted(ends, places, "right")
        found = pd.DataFrame({"file": "", "line": np.zeros(len(places), np.int64)})
        for i, (name, rows, stand) in enumerate(self.parts):
            if len(mine := np.flatnonzero(of == i)):
                inside = stand(places[mine] - (ends[i] - rows))
                found.loc[mine, "file"] = inside["file"].to_numpy() if "file" in inside else name
                found.loc[mine, "line"] = inside["line"].to_numpy()
        return found


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
    if len(name or "") > LONGEST_NAME:
        raise Problem(f"The name of the file has {len(name or ''):,} letters; the limit is {LONGEST_NAME}: rename it.")
    if isinstance(source, bytes | bytearray | memoryview):
        return Raw(name or "The upload", data=source)  # type: ignore[arg-type]
    path = Path(source)
    if not path.is_file():
        raise Problem(f"There is no file {path}: check the name and the folder.")
    return Raw(name or path.name, place=path if isinstance(source, str) else source)


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
    _check_one_of(name, "a gap in the headings", decided.gap, ("first", "last", "split", None), "first, last or split")
    _check_one_of(name, "groups", decided.groups, ("aside", "keep", None), "aside or keep")
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
    found, start = {}, 0
    for each in re.finditer(r"=(\w+|[.,])(?=\s*(?:,|$))", decision):
        found[decision[start : each.start()].strip().removeprefix(",").strip()] = each[1]
        start = each.end()
    return {heading: chosen for heading, chosen in found.items() if heading}


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
    _check_size(name, draft.table)
    drop_blank(draft)
    if draft.named is not None:
        drop_unnamed(draft)
    for heading in decided.text or ():
        if heading != "all" and heading not in draft.table.column_names:
            raise Problem(
                f'{name} has no column "{heading}" to keep as text: it has {quoted(draft.table.column_names[:20])}.'
            )
    _unguard(draft)
    keep_totals = decided.totals == "keep"
    if not keep_totals:
        set_labelled_aside(draft)
        if draft.named is not None:
            drop_unnamed(draft)  # a column may have held a total's mark only
    lift_groups(draft, decided)
    add_years(draft, decided)
    vote(draft, decided)
    if not keep_totals:
        set_parts_aside(draft, decided.groups)
        set_summed_aside(draft)
    _say_wide(name, draft)
    if draft.table.num_rows == 0:
        raise Problem(
            f"{name} has no rows left below its header row: {formats.plural(len(draft.aside), 'was', 'were')} set aside."
        )
    return Table(name, draft.table, _report(draft, len(draft.aside)), listed(draft.aside), listed(draft.cells))


def _check_size(name: str, table: pa.Table) -> None:
    check_cells(name, table.num_rows, table.num_columns)
    for heading, column in zip(table.column_names, table.columns, strict=True):
        if kind_of(column.type) == "text" and (longest := _longest(column)) > LONGEST_CELL:
            raise Problem(
                f"{name} has a cell of {longest / 1e6:,.1f} MB in the column “{heading[:60]}”; the limit is "
                f"{LONGEST_CELL / 1e6:,.1f} MB: leave that column out."
            )


def _longest(column: pa.ChunkedArray) -> int:
    """Bytes of the longest text of a column."""
    texts = (one.dictionary if pa.types.is_dictionary(one.type) else one for one in column.chunks)
    return max((pc.max(pc.binary_length(one)).as_py() or 0 for one in texts), default=0)


def _say_wide(name: str, draft: Draft) -> None:
    """That columns are months, and what becomes of them; that months without a year stay columns."""
    context = [name, draft.sheet or "", *(text for _, _, reason, text in draft.aside if reason.startswith("stands"))]
    if found := periods.find(draft.table, context):
        draft.sentences.append(found.sentence())
    elif bare := periods.bare(draft.table):
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
        currencies=draft.currencies,
    )


def _sentences(draft: Draft, used: int, aside: int) -> Iterable[str]:
    yield f"{used:,} of {used + aside:,} rows were read" + (
        f"; {aside:,} {'was' if aside == 1 else 'were'} set aside." if aside else "."
    )
    if draft.encoding:
        mark = _MARKS.get(draft.delimiter or "", f'"{draft.delimiter}"')
        apart = f", its columns are set apart by {mark}" if draft.delimiter else ""
        yield f"The text is {draft.encoding}{apart}."
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
        values.SWAPPED: "with day and month exchanged, where a spreadsheet took one for the other",
    }
    for name, order in draft.dates.items():
        if order in orders:
            yield f'The dates in "{name}" are written {orders[order]}.'
    if cut := sum(len(name) >= LONGEST_HEADING for name in draft.table.column_names):
        yield f"{cut:,} heading{'s are' if cut > 1 else ' is'} longer than {LONGEST_HEADING:,} letters and cut off there."
    yield from draft.sentences
