"""CSV and its relatives: encoding, delimiter, header row and types from a sample, then one fast typed reading.

Where a value further down does not fit, its column is read as text and left to vote (`values.py`).
Each way a file can be odd is one small function: an encoding joins the guesses of `_encoding`, a
way to split lines those of `_delimiter`, an attempt that fails is answered in `_give_way`.
"""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from segmentation import values
from segmentation.columns import is_identifier
from segmentation.draft import (
    CODES,
    MAX_COLUMNS,
    Decisions,
    Draft,
    filled,
    header_at,
    is_heading,
    no_rows,
    too_wide,
    unique,
)
from segmentation.files import Raw, bom, empty_file, no_table
from segmentation.problems import Problem

HEAD, SLICE = 256 << 10, 64 << 10  # bytes looked at: at the front; in the middle and at the end
ROWS = 3_000  # rows of the front that types are decided on
DELIMITERS = (",", ";", "\t", "|")
ALONE = "\x1f"  # stands for "no delimiter": a file of one column


def read_text(raw: Raw, decided: Decisions) -> Draft:
    head, whole = _head(raw)
    encoding = decided.encoding or _encoding(raw, head, whole)
    try:
        return _read_as(raw, decided, encoding)
    except UnicodeError:  # a letter further down is not of the encoding the front speaks for
        if decided.encoding:
            raise _undecodable(raw, encoding) from None
    encoding = _encoding(raw, raw.all(), True)
    try:
        return _read_as(raw, decided, encoding)
    except UnicodeError:
        raise _undecodable(raw, encoding) from None


def _read_as(raw: Raw, decided: Decisions, encoding: str) -> Draft:
    dialect = _dialect(raw, decided, encoding)
    decimal = decided.decimal or _file_decimal(dialect)
    types, settled = _types(dialect, decimal)
    table, bad = _parse(raw, dialect, types, decimal or ".")
    draft = Draft(_whole_days(table), dialect.header_line, encoding, dialect.delimiter, decimal)
    draft.settled = {name for name in settled if table.schema.field(name).type == types[name]}
    draft.lines = lambda rows: _line_numbers(raw, dialect, [number for number, _, _ in bad], rows)
    draft.blank = sum(not any(map(filled, cells)) for _, cells in dialect.preamble)
    for line, cells in dialect.preamble:
        if any(map(filled, cells)):
            draft.aside.append((line, "", "stands above the header row", dialect.delimiter.join(cells)))
    _set_ragged_aside(raw, draft, dialect, bad)
    return draft


# Encoding


def _encoding(raw: Raw, data: bytes, final: bool) -> str:
    """A byte order mark, then strict UTF-8, then the code page the non-ASCII bytes speak for.

    `final` is False where `data` is the front of a longer file and may end inside a letter.
    """
    if mark := bom(data):
        return mark
    for guess in (_utf8, _cyrillic, _western):
        if found := guess(data, final):
            return found
    raise Problem(f"{raw.name} cannot be decoded: save it as UTF-8, or say which encoding it is in.")


def _utf8(data: bytes, final: bool) -> str | None:
    return "utf-8" if _decodes(data, "utf-8", final) else None


def _decodes(data: bytes, encoding: str, final: bool) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(data, final)
    except UnicodeDecodeError:
        return False
    return True


def _cyrillic(data: bytes, final: bool) -> str | None:
    """cp1251: letters beyond ASCII stand side by side (whole words of them), in western languages they stand alone."""
    runs = re.findall(rb"[\xa8\xb8\xc0-\xff]+", data)
    total = sum(map(len, runs))
    together = sum(len(run) for run in runs if len(run) > 2)
    return "cp1251" if total and together / total > 0.6 and _decodes(data, "cp1251", final) else None


def _western(data: bytes, final: bool) -> str | None:
    return "cp1252" if _decodes(data, "cp1252", final) else None


# What the lines look like


@dataclass
class _Dialect:
    encoding: str
    delimiter: str
    names: list[str]
    skip: int  # lines before the first row
    header_line: int  # 0 where the file has none
    preamble: list[tuple[int, list[str]]]
    sample: list[pa.Array]  # sampled values, one array of text a column
    tall: bool  # whether a value holds a line break


def _dialect(raw: Raw, decided: Decisions, encoding: str) -> _Dialect:
    head, whole = _head(raw)
    text = _text(raw, head, encoding, whole)
    delimiter = decided.delimiter or _delimiter(text)
    lines = list(_records(text, delimiter))
    if not lines:
        raise empty_file(raw.name)
    width = _width([cells for _, cells in lines])
    if width > MAX_COLUMNS:
        raise too_wide(raw.name, width)
    at = header_at(lines, width)
    headed = is_heading(lines[at][1])
    start = at + 1 if headed else at
    if whole and start == len(lines):
        raise no_rows(raw.name)
    skip = lines[start - 1][0] if start else 0
    rows = [cells for _, cells in lines[start:] if len(cells) == width]
    tall = any("\n" in cell or "\r" in cell for row in rows for cell in row)
    if not whole:
        rows = rows[: min(len(rows) - 1, ROWS)] + _further(raw, encoding, delimiter, width)
    names = unique(lines[at][1] if headed else [""] * width)
    preamble = [(_start(lines, i), lines[i][1]) for i in range(at)]
    return _Dialect(
        encoding, delimiter, names, skip, lines[at][0] if headed else 0, preamble, _columns(rows, width), tall
    )


def _head(raw: Raw) -> tuple[bytes, bool]:
    """The front of the file, longer where its lines are long, and whether that is all of it."""
    size = raw.size
    head = raw.piece(0, HEAD)
    if head.count(b"\n") < 20 and size > HEAD:
        head = raw.piece(0, 32 * HEAD)
    return head, len(head) >= size


def _text(raw: Raw, data: bytes, encoding: str, whole: bool) -> str:
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(data, whole)
    except (UnicodeDecodeError, UnicodeError):
        raise _undecodable(raw, encoding) from None
    if "\0" in text:
        raise no_table(raw, "a binary file")
    return text


def _undecodable(raw: Raw, encoding: str) -> Problem:
    return Problem(f"{raw.name} cannot be decoded as {encoding}: choose another encoding, such as cp1252 or cp1251.")


def _records(text: str, delimiter: str) -> Iterable[tuple[int, list[str]]]:
    """Each record with the number of its last line, blank lines left out."""
    csv.field_size_limit(1 << 30)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for cells in reader:
        if cells:
            yield reader.line_num, cells


def _start(lines: list[tuple[int, list[str]]], i: int) -> int:
    return lines[i][0] - sum(cell.count("\n") for cell in lines[i][1])


def _delimiter(text: str) -> str:
    """The mark that splits most lines into the same number of fields; the one giving more fields on a tie."""
    front = text[:SLICE]
    scores = {mark: _steadiness(front, mark) for mark in DELIMITERS}
    best = max(DELIMITERS, key=lambda mark: scores[mark])
    return best if scores[best][0] > 0 else ALONE


def _steadiness(text: str, mark: str) -> tuple[float, int]:
    rows = [cells for _, cells in _records(text, mark)]
    rows = rows[:-1] if len(text) >= SLICE else rows
    width = _width(rows)
    share = sum(len(cells) == width for cells in rows) / max(len(rows), 1)
    return (share, width) if width > 1 else (0.0, 1)


def _width(rows: list[list[str]]) -> int:
    """How many fields most rows have; a tie goes to the wider."""
    counts = Counter(map(len, rows))
    return max(counts, key=lambda width: (counts[width], width), default=1)


def _further(raw: Raw, encoding: str, delimiter: str, width: int) -> list[list[str]]:
    """Rows from the middle and the end of a long file, cut at line ends; only where a byte cannot be half a letter."""
    if encoding.startswith("utf-16"):
        return []
    rows: list[list[str]] = []
    for start in (raw.size // 2, max(raw.size - SLICE, 0)):
        text = raw.piece(start, SLICE).decode(encoding, errors="replace")
        found = [cells for _, cells in _records(text.partition("\n")[2], delimiter)]
        rows += [cells for cells in found if len(cells) == width]
    return rows


# From the sample's types to a table


def _file_decimal(dialect: _Dialect) -> str | None:
    """How the sampled numbers write decimals, counted over all columns; None where they do not say."""
    point = comma = 0
    for texts, counts in map(_distinct, dialect.sample):
        marked = pc.match_substring_regex(texts, "[0-9][.,][0-9]")
        texts, counts = texts.filter(marked)[:500], counts[marked.to_numpy(zero_copy_only=False)][:500]
        only = values.evidence(values.readings(texts), counts)
        point, comma = point + only[0], comma + only[1]
    return None if point == comma else "." if point > comma else ","


def _columns(rows: list[list[str]], width: int) -> list[pa.Array]:
    columns = zip(*rows, strict=True) if rows else [[] for _ in range(width)]
    return [pa.array([cell or None for cell in column], pa.string()) for column in columns]


def _distinct(column: pa.Array | pa.ChunkedArray) -> tuple[pa.Array, np.ndarray]:
    """The distinct texts of a column, missing ones left out, and how often each occurs."""
    counted = pc.value_counts(column.drop_null())
    return pc.struct_field(counted, "values"), pc.struct_field(counted, "counts").to_numpy(zero_copy_only=False)


def _types(dialect: _Dialect, decimal: str | None) -> tuple[dict[str, pa.DataType], set[str]]:
    """The type to read each column as, and the columns whose sample leaves nothing to vote on."""
    types, settled = {}, set()
    for name, column in zip(dialect.names, dialect.sample, strict=True):
        type_ = _clean_type(name, column, decimal)
        types[name] = type_ or _text_type(column)
        if type_ or is_identifier(name) or _plainly_text(column):
            settled.add(name)
    return types, settled


_SHAPES = {
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$": pa.date32(),
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?$": pa.timestamp("us"),
    r"^-?[0-9]{1,15}$": pa.int64(),
}


def _clean_type(name: str, column: pa.Array, decimal: str | None) -> pa.DataType | None:
    """The type of a column all of whose sampled values are plainly so written; None leaves it to the vote."""
    known = column.drop_null()
    if not len(known) or is_identifier(name) or values.coded(known):
        return None
    for shape, type_ in _SHAPES.items():
        if _all_match(known, shape):
            return None if type_ == pa.int64() and _all_match(known, r"^(19|20)[0-9]{6}$") else type_
    mark = decimal or "."
    fits = _all_match(known, rf"^-?[0-9]{{1,15}}([{mark}][0-9]+)?$")
    either = decimal is None and _all_match(known, r"^-?[0-9]{1,3}([.,][0-9]{3})?$")
    return pa.float64() if fits and not either else None


def _all_match(column: pa.Array, shape: str) -> bool:
    return bool(pc.all(pc.match_substring_regex(column, shape)).as_py())


def _plainly_text(column: pa.Array) -> bool:
    """Whether too few sampled values have a digit and no word in them for numbers or dates ever to win the vote."""
    known = column.drop_null()
    digits = pc.match_substring_regex(
        known, r"^[^A-Za-z]*[0-9][^A-Za-z]*$|^(?i:[a-z.$]{0,4} ?[0-9][0-9., ]* ?[a-z]{0,4})$"
    )
    return len(known) >= 100 and (pc.sum(digits).as_py() or 0) < 0.3 * len(known)


def _text_type(column: pa.Array) -> pa.DataType:
    """Dictionary codes where values repeat or the roll-up groups by them, plain text where nearly all differ."""
    repeats = len(column) < 100 or pc.count_distinct(column).as_py() < 0.7 * len(column)
    return CODES if repeats else pa.string()  # many different ids are numbered faster from plain text


def _parse(
    raw: Raw, dialect: _Dialect, types: dict[str, pa.DataType], decimal: str
) -> tuple[pa.Table, list[tuple[int, int, str]]]:
    """The table, columns as text where their type did not fit, and the rows of another width (line, fields, text).

    The number of a ragged row is known only when one thread reads, so a file with any is read again.
    """
    types, options = dict(types), {"tall": dialect.tall, "block": 1 << 20, "threads": True}
    for attempt in range(8):
        bad: list[tuple[int, int, str]] = []
        try:
            table = _parse_once(raw, dialect, types, decimal, bad, options)
        except pa.ArrowInvalid as error:
            _give_way(str(error), dialect, types, options, attempt)
            continue
        if infinite := [name for name in types if _has_infinite(table[name])]:
            types |= dict.fromkeys(infinite, CODES)
        elif bad and options["threads"]:
            options["threads"] = False
        else:
            return table, bad
    raise Problem(f"{raw.name} cannot be split into rows and columns: check its quotation marks.")


def _parse_once(raw, dialect, types, decimal, bad, options) -> pa.Table:
    from pyarrow import csv as fast

    def ragged(row):
        bad.append((row.number or 0, row.actual_columns, row.text))
        return "skip"

    return fast.read_csv(
        raw.source(),
        fast.ReadOptions(
            column_names=dialect.names,
            skip_rows=dialect.skip,
            block_size=options["block"],
            use_threads=options["threads"],
            encoding="utf8" if dialect.encoding in ("utf-8", "utf-8-sig") else dialect.encoding,
        ),
        fast.ParseOptions(
            delimiter=dialect.delimiter,
            newlines_in_values=options["tall"],
            ignore_empty_lines=False,
            invalid_row_handler=ragged,
        ),
        fast.ConvertOptions(column_types=types, null_values=[""], strings_can_be_null=True, decimal_point=decimal),
    )


def _give_way(error: str, dialect: _Dialect, types: dict, options: dict, attempt: int) -> None:
    """What to change after a failed attempt: one column to text, line breaks allowed, a larger block, all to text."""
    column = re.search(r"column #(\d+)", error)
    if "UTF8" in error or "UTF-8" in error:
        raise UnicodeError(error)
    if column and attempt < 4:
        types[dialect.names[int(column[1])]] = CODES
    elif column:
        types |= dict.fromkeys(types, CODES)
    elif "straddl" in error:
        options["block"] *= 16
    else:
        options["tall"] = True


def _has_infinite(column: pa.ChunkedArray) -> bool:
    """Words such as nan and inf are numbers to the fast reader and not to us."""
    return pa.types.is_floating(column.type) and pc.all(pc.is_finite(column)).as_py() not in (True, None)


def _whole_days(table: pa.Table) -> pa.Table:
    for i, column in enumerate(table.columns):
        if pa.types.is_timestamp(column.type):
            table = table.set_column(i, table.column_names[i], column.cast(pa.date32(), safe=False))
    return table


def _set_ragged_aside(raw: Raw, draft: Draft, dialect: _Dialect, bad: list[tuple[int, int, str]]) -> None:
    width = len(dialect.names)
    lines = _absolute_lines(raw, dialect, [number for number, _, _ in bad])
    for line, (_, fields, text) in zip(lines, bad, strict=True):
        if not text.strip(dialect.delimiter + ' "'):
            draft.blank += 1
            continue
        said = f"{fields} field{'s' * (fields != 1)} where the header row has {width}"
        draft.aside.append((line, "", said, text))


def _line_numbers(raw: Raw, dialect: _Dialect, bad: list[int], rows: list[int]) -> list[int]:
    """The lines at which some rows of the table start, ragged rows before them counted in."""
    first = dialect.skip + 1
    taken = np.array(sorted(bad), dtype="int64") - first  # positions of ragged rows among all rows
    shifts = taken - np.arange(len(taken))
    return _absolute_lines(raw, dialect, [first + row + int(np.searchsorted(shifts, row, "right")) for row in rows])


def _absolute_lines(raw: Raw, dialect: _Dialect, numbers: list[int]) -> list[int]:
    """Record numbers (header and preamble lines counted) as line numbers; they differ after a line break in quotes."""
    if not numbers or not dialect.tall:
        return numbers
    text = io.TextIOWrapper(io.BytesIO(raw.all()), encoding=dialect.encoding, newline="")
    reader, starts, last = csv.reader(text, delimiter=dialect.delimiter), [], 0
    for _ in reader:
        starts.append(last + 1)
        last = reader.line_num
    offset = sum(start <= dialect.skip for start in starts)
    return [starts[min(number - dialect.skip - 1 + offset, len(starts) - 1)] for number in numbers]
