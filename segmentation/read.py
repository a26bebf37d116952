"""Bytes to a table and a report: what was found, what was decided, what was left out and why.

The promise: rows in = rows used + rows set aside with a reason. A clean file is read once, typed, by
a fast reader, from what a sample of it shows; where a value further down does not fit, that column is
read as text and votes over all its values (`values.py`). `files.py` says what a file is, `delimited.py`
and `workbook.py` make a draft of it, and here the columns vote, totals are set aside and the report is written.
"""

import codecs
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from segmentation import currencies, values, wide
from segmentation.columns import is_dated, is_identifier, kind_of
from segmentation.delimited import ALONE, read_text
from segmentation.draft import CODES, Decisions, Draft, filled, no_rows, unique
from segmentation.files import Raw, looks_like, unpack
from segmentation.problems import Problem
from segmentation.workbook import joined, read_parquet, read_workbook

DELIMITER_WORDS = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "space": " "}
ASIDE = ("line", "column", "reason", "text")
TOTALS = (
    r"(?i)^\s*(grand total|sub-?total|total|totals|sum|gesamt|gesamtsumme|summe|insgesamt|somme|total general|suma|"
    r"soma|totale|итого|всего|итог|jumlah|jumlah total|gjithsej|totali|shuma|合计|总计|小计|总额)\s*[:：.]?\s*$"
)


@dataclass(frozen=True)
class Report:
    """What was decided and what was left out, in plain words. `dates` is column -> "dmy", "mdy" or "ymd"."""

    rows_in: int
    rows_used: int
    encoding: str | None
    delimiter: str | None
    decimal: str | None
    dates: dict[str, str]
    sheet: str | None
    header_line: int
    sentences: tuple[str, ...]
    questions: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The report as plain values that JSON can hold."""
        return asdict(self) | {"sentences": list(self.sentences), "questions": list(self.questions)}


@dataclass(frozen=True)
class Table:
    """A table as read. `data` holds float64 or int64 numbers, date32 dates and text (plain or dictionary-coded).

    `set_aside` has one row per row left out: line (1 = first line of the file), column, reason, text.
    """

    name: str
    data: pa.Table
    report: Report
    set_aside: pd.DataFrame

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
    decimal: str | None = None,
    dates: str | Mapping[str, str] | None = None,
    sheet: str | None = None,
) -> Table:
    """A CSV, TSV, Excel, ODS or Parquet file, plain, gzipped or zipped, as a Table.

    `source` is a path or the bytes of an upload; the other keywords are decisions and override what
    is found: `decimal` is "." or ",", `dates` is "dmy", "mdy" or "ymd" for the whole file or by column.
    `sheet` names a sheet of a workbook, a table of a web page ("Table 2"), or a file of an archive.
    Raises Problem for what is no table, cannot be decoded, is empty or too wide, or a decision that does not fit.
    """
    raw = _raw(source, name)
    decided = _checked(raw.name, Decisions(encoding, delimiter, decimal, dates, sheet))
    raw = unpack(raw, sheet)
    draft = _READERS[looks_like(raw)](raw, replace(decided, sheet=raw.sheet))
    draft.sentences[:0] = filter(None, [raw.sentence])
    draft.questions[:0] = filter(None, [raw.question])
    return _finish(raw.name, draft, decided)


def _raw(source: str | Path | bytes, name: str | None) -> Raw:
    if isinstance(source, bytes | bytearray | memoryview):
        return Raw(name or "The upload", data=source)  # type: ignore[arg-type]
    path = Path(source)
    if not path.is_file():
        raise Problem(f"There is no file {path}: check the name and the folder.")
    return Raw(name or path.name, path=path)


def _checked(name: str, decided: Decisions) -> Decisions:
    mark = DELIMITER_WORDS.get(decided.delimiter or "", decided.delimiter)
    orders = decided.dates.values() if isinstance(decided.dates, Mapping) else [decided.dates] if decided.dates else []
    if decided.encoding:
        _check_encoding(name, decided.encoding)
    if mark is not None and (len(mark) != 1 or not mark.isascii()):
        raise Problem(f'{name} cannot be split at "{mark}": the delimiter is one character, or the word tab.')
    if decided.decimal not in (None, ".", ","):
        raise Problem(f'{name} cannot be read with the decimal mark "{decided.decimal}": choose "." or ",".')
    for order in orders:
        if order not in values.ORDERS:
            raise Problem(f'{name} cannot be read with dates "{order}": choose dmy, mdy or ymd.')
    return Decisions(decided.encoding, mark, decided.decimal, decided.dates, decided.sheet)


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
    _tail(draft, _labelled_total)
    _vote_all(draft, decided)
    _tail(draft, _summed_total)
    _say_wide(name, draft)
    if draft.table.num_rows == 0:
        raise Problem(f"{name} has no rows left below its header row: {len(draft.aside)} were set aside.")
    aside = pd.DataFrame(sorted(draft.aside), columns=list(ASIDE)).astype({"line": "int64"})
    return Table(name, draft.table, _report(draft, len(aside)), aside)


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


def _drop_blank(draft: Draft) -> None:
    """Lines with nothing in them are passed over and counted; a column without gaps rules them out at no cost."""
    table = draft.table
    if all(column.null_count for column in table.columns):
        empty = np.logical_and.reduce([pc.is_null(column).to_numpy() for column in table.columns])
        kept = np.flatnonzero(~empty)
        if len(kept) < table.num_rows:
            draft.blank += table.num_rows - len(kept)
            draft.table = table.take(pa.array(kept))
            before = draft.lines
            draft.lines = lambda rows: before([int(kept[row]) for row in rows])


def _tail(draft: Draft, is_total: Callable[[Draft, dict[str, Any]], str | None]) -> None:
    """Up to three rows at the end that add up the others are set aside, so that no total becomes a customer."""
    for _ in range(3):
        last = draft.table.num_rows - 1
        if last < 1:
            return
        row = {name: draft.table[name][last].as_py() for name in draft.table.column_names}
        if not (column := is_total(draft, row)):
            return
        reason = "a total of the rows above, not a row of its own"
        draft.aside.append((draft.lines([last])[0], column, reason, joined(row.values())))
        draft.table = draft.table.slice(0, last)


def _label(row: dict[str, Any]) -> str | None:
    return next((name for name, cell in row.items() if isinstance(cell, str) and re.match(TOTALS, cell)), None)


def _labelled_total(draft: Draft, row: dict[str, Any]) -> str | None:
    """A row that says Total and leaves at least half of the other fields empty."""
    label = _label(row)
    empty = sum(not filled(cell) for cell in row.values())
    return label if label and empty and empty * 2 >= len(row) - 1 else None


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
    ballots = {name: _ballot(draft, name, decided) for name in draft.table.column_names if _may_vote(draft, name)}
    orders = {one.vote.form for one in ballots.values() if one.vote.kind == "date" and one.vote.other is None}
    agreed = (orders & {"dmy", "mdy"}) if not {"dmy", "mdy"} <= orders else set()
    for name, one in ballots.items():
        if one.vote.kind == "date" and one.vote.other is not None and agreed:
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
    how: values.Question
    vote: values.Vote
    ignored: str = ""  # a decision the column could not follow

    def again(self, **how: Any) -> "_Ballot":
        return replace(self, vote=values.vote(self.texts, self.counts, replace(self.how, **how)))


def _ballot(draft: Draft, name: str, decided: Decisions) -> _Ballot:
    column = draft.table[name]
    codes = (column if column.type == CODES else column.dictionary_encode()).unify_dictionaries()
    texts, counts = _tally(codes)
    order = decided.dates.get(name) if isinstance(decided.dates, Mapping) else decided.dates
    how = values.Question(decided.decimal, draft.decimal, order, is_dated(name))
    ballot = _Ballot(codes, texts, counts, how, values.vote(texts, counts, how))
    if ballot.vote.kind == "text" and (order or decided.decimal):
        free = ballot.again(dates=None, decimal=None)
        said = f"dates as {order}" if free.vote.kind == "date" else f'numbers with the decimal mark "{decided.decimal}"'
        return replace(free, ignored=said) if free.vote.kind != "text" else ballot
    return ballot


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


def _ask(draft: Draft, name: str, found: values.Vote, texts: pa.Array) -> None:
    """An undecidable column: one value in both readings, and which of them is used until somebody decides."""
    assert found.values is not None and found.other is not None
    differs = pc.fill_null(pc.not_equal(found.values.cast(found.other.type), found.other), False)
    i = int(np.argmax(differs.to_numpy(zero_copy_only=False)))
    both = f"{_shown(found.values[i].as_py())} or {_shown(found.other[i].as_py())}"
    what = "dates" if found.kind == "date" else "decimal"
    draft.questions.append(
        f'In "{name}", {texts[i].as_py()} can mean {both}: the first is used; decide with the {what} setting.'
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
        questions=tuple(draft.questions),
    )


def _sentences(draft: Draft, used: int, aside: int) -> Iterable[str]:
    yield f"{used:,} of {used + aside:,} rows are used" + (
        f"; {aside:,} {'was' if aside == 1 else 'were'} set aside." if aside else "."
    )
    if draft.encoding:
        mark = _MARKS.get(draft.delimiter or "", f'"{draft.delimiter}"')
        yield f"The text is {draft.encoding}, its columns are set apart by {mark}."
    if not draft.header_line and draft.encoding:
        yield "The file has no header row: its columns are numbered."
    if draft.decimal == ",":
        yield "Decimals are written with a comma."
    if draft.blank:
        yield f"{draft.blank:,} blank line{'s were' if draft.blank > 1 else ' was'} passed over."
    orders = {"dmy": "day first", "mdy": "month first"}
    for name, order in draft.dates.items():
        if order in orders:
            yield f'The dates in "{name}" are written {orders[order]}.'
    yield from draft.sentences
