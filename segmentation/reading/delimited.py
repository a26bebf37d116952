"""CSV and its relatives. A sample says encoding, dialect, layout and types; then a clean large file is read once by a
fast reader, and everything else row by row, as text, on what the sample says.

Where a value further down does not fit, its column is read as text and left to vote (`values.py`). A row that does
not fit is set aside with its line and text. `encoding.py`, `dialect.py` and `layout.py` each answer one question.
"""

import codecs
import io
import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from segmentation.columns.roles import ROLES
from segmentation.columns.words import is_amount, is_dated, is_identifier, is_monthly, key
from segmentation.problems import Problem
from segmentation.reading import dialect, encoding, layout, quotes, ragged, signs, values
from segmentation.reading import records as records_
from segmentation.reading.dialect import Dialect, Record, records
from segmentation.reading.draft import MAX_COLUMNS, Decisions, Draft, check_cells, filled, no_rows, quoted, too_wide
from segmentation.reading.files import Raw, empty_file
from segmentation.reading.gaps import FIRST
from segmentation.reading.layout import Layout
from segmentation.table import CODES, Question

HEAD, SLICE = 128 << 10, 64 << 10  # bytes looked at: at the front; in the middle and at the end
ROWS = 3_000  # rows of the front that types are decided on
LOOKED_AT = 20  # rows that say whether a table is too wide
MOST_OFFERED = 40  # tables of a file that are offered
LONG_LINE = 8 << 20  # bytes; no row of a table is longer
USUAL_HEADINGS = {"name", "city", "country", "email", "address", "street", "region", "firstname", "lastname", "comment"}
MOST_NOTES = 1_000  # rows read otherwise than they stand that are listed
CHUNK = 20_000  # rows turned into columns at a time


class _Messy(Exception):
    """The fast reader met what it cannot read as meant."""


def read_text(raw: Raw, decided: Decisions) -> Draft:
    """The table of a text file. Raises Problem for what cannot be decoded or has no rows."""
    head, whole = _head(raw)
    decided.tell(0, "Looking at the file")
    found = _encoding(raw, decided, head, whole)
    front = head.decode(found.name, "replace").removeprefix("\ufeff")
    if kind := records_.kind_of(front):
        return records_.read(raw, kind, found.name, decided)
    try:
        return _read_as(raw, decided, found)
    except UnicodeError:  # a letter further down is not of the encoding the front speaks for
        if decided.encoding:
            raise _undecodable(raw, found.name) from None
    found = _encoding(raw, decided, raw.all(), True)
    try:
        return _read_as(raw, decided, found)
    except UnicodeError:
        raise _undecodable(raw, found.name) from None


def _encoding(raw: Raw, decided: Decisions, data: bytes, final: bool) -> encoding.Encoding:
    found = _decided(decided.encoding, data, final) if decided.encoding else encoding.guess(data, final)
    if found is None:
        raise Problem(f"{raw.name} cannot be decoded: save it as UTF-8, or say which encoding it is in.")
    return found


def _decided(name: str, data: bytes, final: bool) -> encoding.Encoding:
    """The encoding somebody chose; of UTF-8 a few bytes may be none of its letters."""
    utf8 = codecs.lookup(name).name in ("utf-8", "utf-8-sig")
    mended = utf8 and not encoding.decodes(data, name, final) and encoding.mostly_utf8(data, final, times=1)
    return encoding.Encoding(name, mended=mended)


@dataclass
class _Plan:
    """What the front of a file says about the whole."""

    encoding: str
    dialect: Dialect
    layout: Layout
    front: list[Record]
    whole: bool  # whether the front is all
    hinted: bool  # whether the first line only names the delimiter
    errors: str = "strict"  # "surrogateescape" where a few bytes are no letters of the encoding, and are mended

    @cached_property
    def heading(self) -> list[str] | None:
        """The cells of the last header row."""
        return self.front[self.layout.headings[-1]].cells if self.layout.headings else None

    @property
    def names(self) -> list[str]:
        return self.layout.names

    @property
    def skip(self) -> int:
        """Lines before the first row."""
        last = self.front[self.layout.first - 1] if self.layout.first else None
        return last.line + _breaks(last.text) if last else 0

    @property
    def header_line(self) -> int:
        """The line of the headings, the last where there are several; 0 where there are none."""
        return self.front[self.layout.headings[-1]].line if self.layout.headings else 0


def _breaks(text: str) -> int:
    """Line breaks inside a record, its own end not counted."""
    return len(re.findall("\r\n|\r|\n", text.rstrip("\r\n")))


def _read_as(raw: Raw, decided: Decisions, found: encoding.Encoding) -> Draft:
    plan = _plan(raw, decided, found)
    draft = None
    if not plan.whole and not decided.text and _is_clean(plan):
        try:
            draft = _fast(raw, plan, decided)
        except _Messy:
            draft = None
    draft = draft or _row_by_row(raw, plan, decided)
    _describe(raw, draft, plan, decided)
    if found.others:
        draft.questions.append(_which_encoding(raw, found))
    return draft


def _describe(raw: Raw, draft: Draft, plan: _Plan, decided: Decisions) -> None:
    """What was found, into the draft."""
    draft.header_line, draft.encoding = plan.header_line, plan.encoding
    draft.delimiter, draft.quote, draft.escape = plan.dialect.delimiter, plan.dialect.quote, plan.dialect.escape
    draft.named = plan.layout.named if plan.layout.headings else None
    if raw.size < 64 << 20:
        draft.texts = lambda lines: _texts(raw, plan, lines)
    said = _said(plan)
    draft.sentences += [sentence for sentence, true in said.items() if true]
    if len(plan.layout.tables) > 1:
        draft.table_number = plan.layout.chosen + 1
        draft.questions.append(_which_table(plan))
    if plan.layout.ways and plan.layout.gap and not decided.gap:
        draft.questions.append(_where_is_the_gap(plan))
    if plan.layout.doubtful and not any(map(_is_known_heading, plan.names)):
        draft.questions.append(_is_it_headings(plan))


def _said(plan: _Plan) -> dict[str, bool]:
    marks = {"'": "single quotes", "": "no quotation marks"}
    way = plan.dialect
    return {
        f"Text is set in {marks.get(way.quote, 'double quotes')}.": way.quote == "'",
        "A backslash stands before quotation marks that belong to the text.": bool(way.escape),
        "The columns are aligned with spaces.": bool(way.edges),
        "Every line is in quotation marks as a whole; they were taken off.": way.wrapped,
        "The rows have a cell more than the header row: their first column has no heading.": _is_askew(plan),
        f"The headings stand in {len(plan.layout.headings)} lines and were joined.": len(plan.layout.headings) > 1,
        "The comma of decimals also sets the columns apart: what it had cut was joined.": bool(plan.layout.cents),
        "Rows may end before the last column: what they leave out is empty.": plan.layout.padded,
        "The file's first line names the delimiter.": plan.hinted,
        f"Some bytes are no {plan.encoding}: they were read as western letters, and their cells are listed.": (
            plan.errors != "strict"
        ),
    }


def _is_askew(plan: _Plan) -> bool:
    here = plan.layout
    return (
        plan.heading is not None
        and len(plan.heading) == here.width - 1
        and here.named == here.width
        and here.gap in ("", FIRST)
    )


def _is_known_heading(name: str) -> bool:
    return is_identifier(name) or is_dated(name) or key(name) in _known_headings()


@cache
def _known_headings() -> frozenset[str]:
    return frozenset(USUAL_HEADINGS).union(key(word) for role in ROLES.values() for word in role.synonyms)


def _which_encoding(raw: Raw, found: encoding.Encoding) -> Question:
    """The encoding is not sure: a field in each reading."""
    data = raw.piece(0, LONG_LINE)
    field = max(encoding.foreign_fields(data)[:200], key=lambda one: _differ(one, found), default=b"")
    readings = {name: field.decode(name, "replace") for name in (found.name, *found.others)}
    others = ", ".join(f"“{reading}” ({name})" for name, reading in list(readings.items())[1:])
    return Question(
        f"The file has too few letters to be sure of its encoding: one field reads “{readings[found.name]}” "
        f"({found.name}) or {others}; the first is used: decide with the encoding setting.",
        "encoding",
        None,
        readings,
        found.name,
    )


def _differ(field: bytes, found: encoding.Encoding) -> int:
    return len({field.decode(name, "replace") for name in (found.name, *found.others)})


def _which_table(plan: _Plan) -> Question:
    places = [(start, min(end, plan.front[-1].line)) for start, end in plan.layout.tables]
    chosen = str(plan.layout.chosen + 1)
    readings = {str(i): f"lines {max(start, 1)} to {end}" for i, (start, end) in enumerate(places, 1)}
    readings = {i: said for i, said in readings.items() if int(i) <= MOST_OFFERED or i == chosen}
    return Question(
        f"The file holds {len(places)} tables: the one in {readings[chosen]} was read, "
        f"{'the other is' if len(places) == 2 else 'the others are'} set aside; decide with the table setting.",
        "table",
        None,
        readings,
        chosen,
    )


def _where_is_the_gap(plan: _Plan) -> Question:
    here = plan.layout
    row = next(record.cells for record in plan.front[here.first :] if len(record.cells) == here.width)
    readings = {
        way: ", ".join(
            f"{name or 'no heading'} = “{cell}”" for name, cell in zip(names, row, strict=False) if name or cell
        )
        for way, names in here.ways.items()
    }
    return Question(
        f"The headings are one fewer than the columns below them: {readings[here.gap]} is used; "
        "decide with the gap setting.",
        "gap",
        None,
        readings,
        here.gap,
    )


def _is_it_headings(plan: _Plan) -> Question:
    row = plan.front[plan.layout.headings[-1]]
    shown = quoted(row.cells[:4])
    return Question(
        f"Line {row.line} ({shown}) was taken for the headings, and nothing below tells whether it is a row: "
        "decide with the header setting.",
        "header",
        None,
        {str(row.line): f"headings {shown}", "none": f"a row {shown}"},
        str(row.line),
    )


# What the front of the file says


def _plan(raw: Raw, decided: Decisions, letters: encoding.Encoding) -> _Plan:
    head, whole = _head(raw)
    errors = "surrogateescape" if letters.mended else "strict"
    text = _text(raw, head, letters.name, whole, errors).removeprefix("\ufeff")
    if not text.strip():
        raise empty_file(raw.name)
    way = dialect.guess(text, decided.delimiter or dialect.hint(text), decided.quote, decided.escape)
    front = _front(text, way, whole)
    if dialect.is_padded([record.cells for record in front]):
        way = replace(way, trimmed=True)
        front = _front(text, way, whole)
    _check_width(raw.name, front)
    found = layout.find(front, decided.header, decided.table, decided.ragged == "pad", decided.gap)
    if found is None:
        raise empty_file(raw.name)
    found.delimiter = way.delimiter
    if found.width > MAX_COLUMNS:
        raise too_wide(raw.name, found.width)
    if whole and all(layout.is_blank(record.cells) for record in front[found.first :]):
        raise no_rows(raw.name)
    if decided.table and decided.table > len(found.tables):
        raise Problem(f"{raw.name} has no table {decided.table}: it holds {len(found.tables)}, choose one of them.")
    found.names = [encoding.mended(name) for name in found.names] if letters.mended else found.names
    return _Plan(letters.name, way, found, front, whole, bool(dialect.hint(text)), errors)


def _check_width(name: str, front: list[Record]) -> None:
    """Problem where even the filled cells of usual rows are too many: nothing else is looked for in them then."""
    rows = [record.cells for record in front if not layout.is_blank(record.cells)][:LOOKED_AT]
    counts = sorted(sum(map(filled, cells)) for cells in rows if len(cells) > MAX_COLUMNS)
    if counts and 2 * len(counts) > len(rows) and counts[len(counts) // 2] > MAX_COLUMNS:
        raise too_wide(name, dialect.common_width(rows))


def _front(text: str, way: Dialect, whole: bool) -> list[Record]:
    """The records of the front; with their width known, quotation marks that do not pair up spoil one line at most."""
    lines = list(io.StringIO(text, newline=""))
    lines = lines if whole else lines[:-1] or lines
    hinted = bool(dialect.hint(text))
    found = [_unhinted(record) if hinted else record for record in records(lines, way)]
    if any(_is_doubtful(record.text, way) for record in found):
        width = dialect.common_width([record.cells for record in found if not layout.is_blank(record.cells)])
        found = [_unhinted(record) if hinted else record for record in records(lines, way, width)]
    return found if whole else found[:-1] or found  # the last may be cut short


def _is_doubtful(text: str, way: Dialect) -> bool:
    """Whether a record has a line break in it, or quotation marks that do not pair up."""
    if not way.quote or way.quote not in text:
        return False
    return "\n" in text.rstrip("\r\n") or not quotes.sound(way.delimiter, way.quote).fullmatch(text)


def _unhinted(record: Record) -> Record:
    return Record(1, record.text, []) if record.line == 1 else record


def _head(raw: Raw) -> tuple[bytes, bool]:
    """The front of the file, longer where its lines are long, and whether that is all of it.

    Raises Problem for a file whose first lines are longer than any table's.
    """
    size = raw.size
    head = raw.piece(0, HEAD)
    if size > HEAD and head.count(b"\n") + head.count(b"\r") < 20:
        head = raw.piece(0, LONG_LINE)
        if size > LONG_LINE and head.count(b"\n") + head.count(b"\r") < 2:
            raise _long_line(raw, 1)
    return head, len(head) >= size


def _long_line(raw: Raw, line: int) -> Problem:
    return Problem(
        f"{raw.name} has a line of more than {LONG_LINE >> 20} MB (line {line}): save it with one row a line."
    )


def _text(raw: Raw, data: bytes, name: str, whole: bool, errors: str = "strict") -> str:
    try:
        return codecs.getincrementaldecoder(name)(errors).decode(data, whole)
    except (UnicodeDecodeError, UnicodeError):
        raise _undecodable(raw, name) from None


def _undecodable(raw: Raw, name: str) -> Problem:
    return Problem(f"{raw.name} cannot be decoded as {name}: choose another encoding, such as cp1252 or cp1251.")


# Row by row: any dialect, every row's cells as they stand


def _lines(raw: Raw, name: str, errors: str = "strict") -> Iterator[str]:
    """The lines of the whole file with their ends; Problem for one that is too long."""
    binary = raw.path.open("rb") if raw.path else io.BytesIO(raw.data)
    with io.TextIOWrapper(binary, encoding=name, errors=errors, newline="") as text:
        for number, line in enumerate(iter(lambda: text.readline(LONG_LINE), ""), 1):
            if len(line) >= LONG_LINE:
                raise _long_line(raw, number)
            yield line.removeprefix("\ufeff") if number == 1 else line


def _texts(raw: Raw, plan: _Plan, lines: list[int]) -> list[str]:
    """The text of some lines."""
    wanted, last = dict.fromkeys(lines, ""), max(lines, default=0)
    for number, line in enumerate(_lines(raw, plan.encoding, plan.errors), 1):
        if number in wanted:
            wanted[number] = encoding.mended(line.rstrip("\r\n"))
        if number >= last:
            break
    return [wanted[line] for line in lines]


class _Columns:
    """Rows gathered into columns of text, some thousands at a time, each with the line it started at."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        self.rows: list[list[str]] = []
        self.lines = array("q")  # a number of 8 bytes, ten million times
        self.chunks: list[pa.Table] = []

    def add(self, line: int, cells: list[str]) -> None:
        self.rows.append(cells)
        self.lines.append(line)

    def flush(self) -> None:
        self.chunks.append(pa.table(_columns(self.rows, len(self.names)), names=self.names))
        self.rows = []

    def table(self) -> pa.Table:
        self.flush()
        return pa.concat_tables(self.chunks)


def _row_by_row(raw: Raw, plan: _Plan, decided: Decisions) -> Draft:
    kept, aside, blank, mended = _Columns(plan.names), [], 0, 0
    notes: list[tuple[int, str, str, str]] = []
    lines: Iterable[str] = _lines(raw, plan.encoding, plan.errors)
    found: Iterable[Record] = plan.front if plan.whole else records(lines, plan.dialect, plan.layout.width)
    found = found if plan.errors == "strict" else (_mended_letters(record, plan, notes) for record in found)
    done = 0
    for i, record in enumerate(found):
        done += len(record.text)
        if len(kept.rows) >= CHUNK:
            kept.flush()
            check_cells(raw.name, len(kept.lines), plan.layout.width)
            decided.tell(0.9 * min(done / max(raw.size, 1), 1), "Reading the rows")
        if i in plan.layout.headings or (plan.hinted and i == 0):
            continue
        if layout.is_blank(record.cells):
            blank += 1
            continue
        cells, reason, text = _sorted_out(record, i, plan)
        if cells is not None:
            kept.add(record.line, cells)
            mended += reason in ragged.MENDED
            notes += [(record.line, "", reason, text)] if reason and mended <= MOST_NOTES else []
        else:
            aside.append((record.line, "", reason, record.text.rstrip("\r\n")))
    draft = Draft(kept.table(), decimal=_one(decided.decimal), aside=aside, cells=notes, blank=blank)
    if mended:
        draft.sentences.append(_mended(mended))
    draft.lines = lambda rows: [kept.lines[row] for row in rows]
    draft.decimal = (
        draft.decimal
        or ("," if plan.layout.cents else None)
        or _file_decimal([_sampled(column) for column in draft.table.columns])
    )
    return draft


def _mended_letters(record: Record, plan: _Plan, notes: list[tuple[int, str, str, str]]) -> Record:
    """A record with western letters where bytes are none of its encoding, whose cells are listed."""
    if record.text.isascii() or not encoding.ASTRAY.search(record.text):
        return record
    cells = [encoding.mended(cell) for cell in record.cells]
    changed = [i for i, cell in enumerate(cells) if cell != record.cells[i]]
    for i in changed if len(notes) < MOST_NOTES else ():
        name = plan.names[i] if i < len(plan.names) else ""
        notes.append((record.line, name, f"a byte that is no {plan.encoding}: read as a western letter", cells[i]))
    return record._replace(cells=cells, text=encoding.mended(record.text))


def _mended(rows: int) -> str:
    one = rows == 1
    return (
        f"{rows:,} row{'' if one else 's'} with a delimiter or quotation mark too many or too few "
        f"{'was' if one else 'were'} read as the columns say; {'it is' if one else 'they are'} listed."
    )


def _one(decimal: object) -> str | None:
    return decimal if isinstance(decimal, str) else None


def _sampled(column: pa.ChunkedArray) -> pa.Array:
    part = column.slice(0, ROWS).combine_chunks()
    return part.combine_chunks() if isinstance(part, pa.ChunkedArray) else part


def _sorted_out(record: Record, i: int, plan: _Plan) -> tuple[list[str] | None, str, str]:
    """A record's cells, with why and what was left out of them; or None and why it is no row of the table."""
    here, cells = plan.layout, record.cells
    if here.elsewhere(record.line):
        return None, f"belongs to another table of the file ({len(cells)} columns)", ""
    if i < here.first:
        return None, "stands above the header row" if here.headings else "stands above the table", ""
    if layout.is_rule(record.text.strip()):
        return None, "a ruled line", ""
    if cells == plan.heading:
        return None, "the header row again", ""
    fit, reason, text = here.fit(cells)
    if fit is None:
        return None, _ragged(len(cells), here), ""
    return (fit, ragged.QUOTES, record.text.rstrip("\r\n")) if record.mended and not reason else (fit, reason, text)


def _ragged(fields: int, here: Layout) -> str:
    return (
        f"{fields} field{'s' * (fields != 1)} where the {'header row' if here.headings else 'table'} has {here.width}"
    )


# The fast reader: clean large files


def _is_clean(plan: _Plan) -> bool:
    """Whether the front shows nothing that the fast reader would read otherwise."""
    here = plan.layout
    if (
        not plan.dialect.plain
        or plan.errors != "strict"
        or plan.hinted
        or here.padded
        or len(here.tables) > 1
        or here.width < 2
    ):
        return False
    for i, record in enumerate(plan.front[here.first :], here.first):
        if record.mended:
            return False
        if len(record.cells) != here.width:
            odd = not layout.is_blank(record.cells) and _sorted_out(record, i, plan)[0] is not None
        else:
            odd = record.cells == plan.heading or layout.is_rule(record.text.rstrip("\r\n")) or "\0" in record.text
        if odd:
            return False
    return True


def _fast(raw: Raw, plan: _Plan, decided: Decisions) -> Draft:
    sample = _sample(raw, plan)
    decimal = _one(decided.decimal) or _file_decimal(sample.columns)
    types, settled = _types(plan.names, sample.columns, decimal)
    table, bad = _parse(raw, plan, types, decimal or ".", sample.tall, decided)
    if any(map(_has_mark, table.columns)) and _marks(raw) % 2:
        raise _Messy  # a quotation mark that was never closed may have moved cells without a trace
    draft = Draft(_whole_days(table), decimal=decimal)
    draft.settled = {name for name in settled if table.schema.field(name).type == types[name]}
    draft.lines = lambda rows: _line_numbers(raw, plan, sample.tall, [number for number, _, _ in bad], rows)
    for i, record in enumerate(plan.front[: plan.layout.first]):
        if i in plan.layout.headings:
            continue
        if not layout.is_blank(record.cells):
            draft.aside.append((record.line, "", "stands above the header row", record.text.rstrip("\r\n")))
        else:
            draft.blank += 1
    _set_ragged_aside(raw, draft, plan, sample.tall, bad)
    return draft


def _has_mark(column: pa.ChunkedArray) -> bool:
    """Whether a quotation mark is left in a column of text."""
    texts = (chunk.dictionary if pa.types.is_dictionary(chunk.type) else chunk for chunk in column.chunks)
    letters = (one.buffers()[2] for one in texts if pa.types.is_string(one.type))
    return any((np.frombuffer(part, "uint8") == ord('"')).any() for part in letters if part is not None)


def _marks(raw: Raw) -> int:
    """Quotation marks in the whole file."""
    return sum(raw.piece(start, 16 << 20).count(b'"') for start in range(0, raw.size, 16 << 20))


@dataclass
class _Sample:
    columns: list[pa.Array]  # sampled values, one array of text a column
    tall: bool  # whether a value holds a line break


def _sample(raw: Raw, plan: _Plan) -> _Sample:
    width = plan.layout.width
    rows = [record.cells for record in plan.front[plan.layout.first :] if len(record.cells) == width]
    tall = any("\n" in cell or "\r" in cell for row in rows for cell in row)
    return _Sample(_columns(rows[:ROWS] + _further(raw, plan), width), tall)


def _further(raw: Raw, plan: _Plan) -> list[list[str]]:
    """Rows from the middle and the end of a long file, cut at line ends; only where a byte cannot be half a letter."""
    if plan.encoding.startswith("utf-16"):
        return []
    rows: list[list[str]] = []
    for start in (raw.size // 2, max(raw.size - SLICE, 0)):
        text = raw.piece(start, SLICE).decode(plan.encoding, errors="replace")
        lines = list(io.StringIO(text.partition("\n")[2], newline=""))
        rows += [record.cells for record in records(lines, plan.dialect) if len(record.cells) == plan.layout.width]
    return rows


# From the sample's types to a table


def _file_decimal(sample: Sequence[pa.Array]) -> str | None:
    """How the sampled numbers write decimals, counted over all columns; None where they do not say."""
    point = comma = 0
    for texts, counts in map(_distinct, sample):
        marked = pc.match_substring_regex(texts, "[0-9][.,][0-9]")
        texts, counts = texts.filter(marked)[:500], counts[marked.to_numpy(zero_copy_only=False)][:500]
        only = values.evidence(values.readings(texts), counts) if len(texts) else (0, 0)
        point, comma = point + only[0], comma + only[1]
    return None if point == comma else "." if point > comma else ","


def _columns(rows: list[list[str]], width: int) -> list[pa.Array]:
    columns = zip(*rows, strict=True) if rows else [[] for _ in range(width)]
    return [pa.array([cell or None for cell in column], pa.string()) for column in columns]


def _distinct(column: pa.Array | pa.ChunkedArray) -> tuple[pa.Array, np.ndarray]:
    """The distinct texts of a column, missing ones left out, and how often each occurs."""
    counted = pc.value_counts(column.drop_null())
    return pc.struct_field(counted, "values"), pc.struct_field(counted, "counts").to_numpy(zero_copy_only=False)


def _types(names: list[str], sample: list[pa.Array], decimal: str | None) -> tuple[dict[str, pa.DataType], set[str]]:
    """The type to read each column as, and the columns whose sample leaves nothing to vote on."""
    types, settled = {}, set()
    for name, column in zip(names, sample, strict=True):
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


_COMPACT = (
    r"^(19|20)[0-9]{6}$",
    r"^(19|20)[0-9]{4}([0-9]{2})?$",
)  # days in digits alone, and under a heading of time months


def _clean_type(name: str, column: pa.Array, decimal: str | None) -> pa.DataType | None:
    """The type of a column all of whose sampled values are plainly so written; None leaves it to the vote."""
    known = column.drop_null()
    if not len(known) or is_identifier(name) or values.is_code(known, is_amount(name)):
        return None
    for shape, type_ in _SHAPES.items():
        if _all_match(known, shape):
            may_be_dates = type_ == pa.int64() and (is_dated(name) or _all_match(known, _COMPACT[is_monthly(name)]))
            return None if may_be_dates else type_
    mark = decimal or "."
    fits = _all_match(known, rf"^-?[0-9]{{1,15}}([{mark}][0-9]+)?$")
    either = decimal is None and _all_match(known, r"^-?[0-9]{1,3}([.,][0-9]{3})?$")
    return pa.float64() if fits and not either else None


def _all_match(column: pa.Array, shape: str) -> bool:
    return bool(pc.all(pc.match_substring_regex(column, shape)).as_py())


_MAY_BE_VALUE = (  # without classes of Unicode, which cost more than the reading
    rf"^[^A-Za-z]*[0-9{signs.RANGES}][^A-Za-z]*$|^(?i:[a-z.$]{{0,4}} ?[0-9][0-9., ]* ?[a-z]{{0,4}})$"
    r"|^(?:[^0-9\s]{2,13}[\s./-]+){0,2}[0-9]{1,4}[^0-9:;!?&'\"]{1,20}[0-9]{1,4}(?:[ T,].{0,60})?$"  # 4 March 2024
)


def _plainly_text(column: pa.Array) -> bool:
    """Whether too few sampled values have a digit and no word in them for numbers or dates ever to win the vote."""
    known = column.drop_null()
    digits = pc.match_substring_regex(known, _MAY_BE_VALUE)
    return len(known) >= 100 and (pc.sum(digits).as_py() or 0) < 0.3 * len(known)


def _text_type(column: pa.Array) -> pa.DataType:
    """Dictionary codes where values repeat or the roll-up groups by them, plain text where nearly all differ."""
    repeats = len(column) < 100 or pc.count_distinct(column).as_py() < 0.7 * len(column)
    return CODES if repeats else pa.string()  # many different ids are numbered faster from plain text


def _parse(
    raw: Raw, plan: _Plan, types: dict[str, pa.DataType], decimal: str, tall: bool, decided: Decisions
) -> tuple[pa.Table, list[tuple[int, int, str]]]:
    """The table, columns as text where their type did not fit, and the rows of another width (line, fields, text).

    The number of a ragged row is known only when one thread reads, so a file with any is read again. Raises _Messy
    where the file is not what its front promised.
    """
    types, options = dict(types), {"tall": tall, "block": 1 << 20, "threads": True}
    for attempt in range(8):
        bad: list[tuple[int, int, str]] = []
        try:
            table = _parse_once(raw, plan, types, decimal, bad, options, decided)
        except pa.ArrowInvalid as error:
            _give_way(str(error), plan.names, types, options, attempt)
            continue
        if infinite := [name for name in types if _has_infinite(table[name])]:
            types |= dict.fromkeys(infinite, CODES)
        elif any(_otherwise(plan, text) for _, _, text in bad[:1000]):
            raise _Messy
        elif bad and options["threads"]:
            options["threads"] = False
        else:
            return table, bad
    raise _Messy


def _otherwise(plan: _Plan, text: str) -> bool:
    """Whether a row of another width would be used, or split otherwise, when read by itself."""
    if "\n" in text.strip("\r\n"):
        return True
    record = next(records([text], plan.dialect, plan.layout.width), None)
    return record is not None and not layout.is_blank(record.cells) and plan.layout.fit(record.cells)[0] is not None


def _parse_once(raw, plan, types, decimal, bad, options, decided) -> pa.Table:
    from pyarrow import csv as fast

    def uneven(row):
        bad.append((row.number or 0, row.actual_columns, row.text))
        return "skip"

    given = (
        fast.ReadOptions(
            column_names=plan.names,
            skip_rows=plan.skip,
            block_size=options["block"],
            use_threads=options["threads"],
            encoding="utf8" if plan.encoding in ("utf-8", "utf-8-sig") else plan.encoding,
        ),
        fast.ParseOptions(
            delimiter=plan.dialect.delimiter,
            newlines_in_values=options["tall"],
            ignore_empty_lines=False,
            invalid_row_handler=uneven,
        ),
        fast.ConvertOptions(column_types=types, null_values=[""], strings_can_be_null=True, decimal_point=decimal),
    )
    if decided.progress is None:
        return fast.read_csv(raw.source(), *given)
    return _watched(lambda file: fast.read_csv(file, *given), raw, decided)


class _Cancelled(Exception):
    pass


class _WatchedFile(io.RawIOBase):
    """The bytes of a file for a reader in another thread: says how far it is, and can be told to end."""

    def __init__(self, raw: Raw) -> None:
        self.binary = raw.path.open("rb") if raw.path else io.BytesIO(raw.data)
        self.position, self.cancelled = 0, False

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if self.cancelled:
            raise _Cancelled
        part = self.binary.read(size)
        self.position += len(part)
        return part

    def close(self) -> None:
        self.binary.close()
        super().close()


def _watched(read, raw: Raw, decided: Decisions) -> pa.Table:
    """The reading in a thread of its own, so that progress is told, and may cancel, in the caller's."""
    from concurrent.futures import ThreadPoolExecutor, wait

    file = _WatchedFile(raw)
    with ThreadPoolExecutor(1) as worker:
        reading = worker.submit(read, file)
        try:
            while not wait([reading], timeout=0.1).done:
                decided.tell(0.9 * file.position / max(raw.size, 1), "Reading the file")
        finally:
            file.cancelled = not reading.done()
        return reading.result()


def _give_way(error: str, names: list[str], types: dict, options: dict, attempt: int) -> None:
    """What to change after a failed attempt: one column to text, line breaks allowed, a larger block, all to text."""
    column = re.search(r"column #(\d+)", error)
    if "UTF8" in error or "UTF-8" in error:
        raise UnicodeError(error)
    if column and attempt < 4:
        types[names[int(column[1])]] = CODES
    elif column:
        types |= dict.fromkeys(types, CODES)
    elif "straddl" in error and options["block"] < LONG_LINE:
        options["block"] *= 16
    elif options["tall"]:
        raise _Messy
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


def _set_ragged_aside(raw: Raw, draft: Draft, plan: _Plan, tall: bool, bad: list[tuple[int, int, str]]) -> None:
    lines = _absolute_lines(raw, plan, tall, [number for number, _, _ in bad])
    for line, (_, fields, text) in zip(lines, bad, strict=True):
        if not text.strip(plan.dialect.delimiter + ' "\r\n'):
            draft.blank += 1
            continue
        draft.aside.append((line, "", _ragged(fields, plan.layout), text))


def _line_numbers(raw: Raw, plan: _Plan, tall: bool, bad: list[int], rows: list[int]) -> list[int]:
    """The lines at which some rows of the table start, ragged rows before them counted in."""
    first = plan.skip + 1
    taken = np.array(sorted(bad), dtype="int64") - first  # positions of ragged rows among all rows
    shifts = taken - np.arange(len(taken))
    numbers = [first + row + int(np.searchsorted(shifts, row, "right")) for row in rows]
    return _absolute_lines(raw, plan, tall, numbers)


def _absolute_lines(raw: Raw, plan: _Plan, tall: bool, numbers: list[int]) -> list[int]:
    """Record numbers (header and preamble lines counted) as line numbers; they differ after a line break in quotes."""
    if not numbers or not tall:
        return numbers
    starts = [record.line for record in records(_lines(raw, plan.encoding), plan.dialect)]
    offset = sum(start <= plan.skip for start in starts)
    return [starts[min(number - plan.skip - 1 + offset, len(starts) - 1)] for number in numbers]
