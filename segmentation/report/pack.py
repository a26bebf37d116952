"""The action pack: for each tool its lists, the list of everybody with the control group, and a read-me, as one archive."""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import IO, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from segmentation import formats
from segmentation.analysis.action.recipients import CONTROL, WRITTEN, Action, agreement, columns, contact, counted, told
from segmentation.report.archive import MADE
from segmentation.report.carried import carried, cells, offered
from segmentation.report.csv import MARK
from segmentation.report.safe import harmless, safe
from segmentation.segments.segmentation import UNKNOWN
from segmentation.tools import TOOLS, Tool

README, EVERYBODY, LEFT, WORKBOOK = "READ ME FIRST.txt", "everybody.csv", "left.csv", "segments.xlsx"
KEPT_BACK = "Control group"  # the workbook's sheet of those who are not written to
UNSAID = "This file does not say who agreed to be written to: check that before you send."
SAID = {"email": "an e-mail", "phone": "a telephone", "id": "a number of the customer"}  # what a tool can need
CHUNK = 100_000  # rows that are written at a time, so that it can be told how far it is
GROUPS = np.array([WRITTEN, CONTROL, "not reachable", "duplicate", "not in this campaign", "no consent"], object)
HASHED = {tool.title for tool in TOOLS.values() if tool.hashed}
Told = Callable[[float], None]  # how far the work is, 0 to 1
Column = Callable[[str, bool, bool], pa.Array]  # see `_column`


def pack(
    made: Action,
    tools: Sequence[str],
    personal: bool,
    told_: Told = lambda part: None,
    *,
    names: Sequence[str] = (),
    excel: bool = False,
) -> IO[bytes]:
    """The archive, written as it goes into a file without a name, which is gone once it is closed.

    Lists for tools are in it where personal data were asked for, or the tool can do without.

    names   columns of the customers that go along; excel: whether a workbook with a sheet a segment is in it too
    """
    names = [name for name in names if name in offered(made.segmentation.customers, personal)]
    whole, out = everybody(made, personal, names), tempfile.TemporaryFile()  # noqa: SIM115  # who asked for it closes it
    book = sheets_of(made, whole) if excel else {}
    rows = len(made.gone) + int(made.written.sum()) * sum(bool(lists_of(made, TOOLS[one], personal)) for one in tools)
    told_of = _Progress(sum(map(len, book.values())) + whole.num_rows + rows, told_)
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(_part(README), "\ufeff" + read_me(made, tools, personal, excel))
        for name, table in _files(made, whole, tools, personal, names):
            with archive.open(_part(name), "w") as file:
                file.write((MARK if name in (EVERYBODY, LEFT) else b"") + _headings(table.column_names))
                _rows(table, file, told_of)
        if excel:
            from segmentation.report.xlsx import sheets  # a page without it need not wait for it

            archive.writestr(_part(WORKBOOK), sheets(book, told_of))
    told_(1.0)
    out.seek(0)
    return out


class _Progress:
    """Tells how far the work is, as rows are written."""

    def __init__(self, rows: int, told: Told) -> None:
        self.rows, self.told, self.done = max(rows, 1), told, 0

    def __call__(self, rows: int) -> None:
        self.done += rows
        self.told(min(self.done / self.rows, 1.0))


def _rows(table: pa.Table, file: Any, told: Callable[[int], None]) -> None:
    options = arrow_csv.WriteOptions(include_header=False, quoting_style="needed")
    for start in range(0, table.num_rows, CHUNK):
        part = table.slice(start, CHUNK)
        arrow_csv.write_csv(part, file, options)
        told(part.num_rows)


def sheets_of(made: Action, whole: pa.Table) -> dict[str, pd.DataFrame]:
    """Sheet → its rows of the list of everybody: each segment's who are written to, then the control group."""
    codes, shown = made.segmentation.codes, made.segmentation.shown
    parts = {str(name): made.written & (codes == at) for at, name in enumerate(shown)}
    held = {name: whole.filter(pa.array(rows)).drop_columns(["Group"]) for name, rows in parts.items() if rows.any()}
    if made.control.any() or not held:
        held[KEPT_BACK] = whole.filter(pa.array(made.control)).select(["Customer", "Segment"])
    return {name: table.to_pandas(date_as_object=False) for name, table in held.items()}


def _part(name: str) -> zipfile.ZipInfo:
    """A file of the archive, quickly packed; what is hashed or packed already is left as it is."""
    made = zipfile.ZipInfo(name, MADE.timetuple()[:6])
    plain = name.partition("/")[0] in HASHED or name == WORKBOOK
    made.compress_type = zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED
    made._compresslevel = None if plain else 1  # type: ignore[attr-defined]
    return made


def _headings(names: Sequence[str]) -> bytes:
    held = ['"' + name.replace('"', '""') + '"' if set(name) & set(',"\r\n') else name for name in names]
    return (",".join(held) + "\r\n").encode()


def _files(
    made: Action, whole: pa.Table, tools: Sequence[str], personal: bool, names: Sequence[str]
) -> Iterator[tuple[str, pa.Table]]:
    """The files, each made when it is written; whole: the list of everybody."""
    yield EVERYBODY, whole
    if made.gone:
        frame = safe(pd.DataFrame({"Customer": [*made.gone], "Segment before": [*made.gone.values()]}))
        yield LEFT, pa.Table.from_pandas(frame, preserve_index=False)
    column = cache(partial(_column, made))  # once for all tools: to hash a million addresses takes a second
    for name in tools:
        if lists_of(made, TOOLS[name], personal):
            yield from _lists(made, name, personal, names, column)


def lists_of(made: Action, tool: Tool, personal: bool) -> list[str]:
    """The columns (of `tools.WHAT`) a list for this tool has; none where it would lack what the tool needs."""
    known = {"id", "segment", *(columns(made.segmentation.customers) if personal else ())}
    known |= {"before", "moved"} if made.before is not None else set()
    if "name" in known and not {"first", "last"} & known and "last" not in tool.hashed:
        known |= {"last"}  # one name in all: where a surname is asked for it stands there
    if not known & {*tool.needs}:
        return []
    return [what for what in tool.headings if what in known]


def everybody(made: Action, personal: bool = False, names: Sequence[str] = ()) -> pa.Table:
    """All customers by number with segment, group and what moved: what is needed when the answers come back.

    names   columns of the customers that go along
    """
    customers = made.segmentation.customers
    group = np.select([~made.asked, made.refused, made.control, ~made.reachable, made.twice], [4, 5, 1, 2, 3], 0)
    held: dict[str, pa.Array] = {
        "Customer": _text(pa.array(customers.frame.index.astype("str"), pa.string())),
        "Segment": _text(_values(made, "segment")),
        "Group": pa.array(GROUPS).take(pa.array(group)),
    }
    if made.before is not None:
        held["Segment before"] = _text(pa.array(made.before, pa.string()))
        held["Moved"] = pa.array(made.moved, pa.string())
    if personal:
        calling = made.plan.calling
        held |= {what.capitalize(): _cells(contact(customers, what, calling), what) for what in columns(customers)}
    return pa.table(held | carried(customers, names, held))


def _lists(
    made: Action, name: str, personal: bool, names: Sequence[str], column: Column
) -> Iterator[tuple[str, pa.Table]]:
    """The files of one tool: one, or one a segment; in several parts where the tool takes no more."""
    tool, shown = TOOLS[name], made.segmentation.shown
    table, codes = _table(made, tool, personal, names, column), made.segmentation.codes
    parts: list[tuple[int | None, np.ndarray]] = [(None, made.written)]
    if tool.apart:
        held = np.bincount(codes[made.written], minlength=len(shown))
        parts = [(at, made.written & (codes == at)) for at in range(len(shown)) if held[at]]
    reached = _needed(made, tool, personal)
    for at, rows in parts:
        part = table.filter(pa.array(rows & reached))
        size = tool.most or max(part.num_rows, 1)
        called = "everybody" if at is None else f"audience {at + 1}" if tool.neutral else _file_name(str(shown[at]), at)
        for number, start in enumerate(range(0, part.num_rows, size), 1):
            more = f" part {number}" if part.num_rows > size else ""
            yield f"{tool.title}/{called}{more}.csv", part.slice(start, size)


def _needed(made: Action, tool: Tool, personal: bool) -> np.ndarray:
    """Of whom one thing is known that the tool needs: bool (n,)."""
    if "id" in tool.needs:
        return np.ones(len(made.control), bool)
    customers = made.segmentation.customers
    known = [contact(customers, what, made.plan.calling) for what in tool.needs if what in columns(customers)]
    return pc.coalesce(*known).is_valid().to_numpy(zero_copy_only=False)


def _table(made: Action, tool: Tool, personal: bool, names: Sequence[str], column: Column) -> pa.Table:
    """The list of one tool for everybody; columns that go along stand last, and nowhere where a tool wants hashes alone."""
    found = {
        harmless(tool.headings[what]): column(what, what != "phone" or tool.plus, what in tool.hashed)
        for what in lists_of(made, tool, personal)
    }
    more = {} if tool.hashed else carried(made.segmentation.customers, names, tool.headings.values())
    return pa.table(found | more)


def _column(made: Action, what: str, plus: bool, hide: bool) -> pa.Array:
    """One column of a list for everybody; plus: telephones keep it; hide: as hashes."""
    values = _values(made, what)
    if not plus:
        values = pc.utf8_ltrim(values, "+")
    return hashed(values, often=what in ("first", "last")) if hide else _cells(values, what)


def _values(made: Action, what: str) -> pa.Array:
    customers = made.segmentation.customers
    if what == "id":
        return pa.array(customers.frame.index.astype("str"), pa.string())
    if what == "segment":
        return pa.array([*map(str, (*made.segmentation.names, UNKNOWN))]).take(
            pa.array(made.segmentation.codes.astype(np.int32))
        )
    if what in ("before", "moved"):
        return pa.array(made.before if what == "before" else made.moved, pa.string())
    known = columns(customers)
    return contact(customers, what if what in known else "name", made.plan.calling)


def _cells(values: pa.Array, what: str) -> pa.Array:
    """Cells that no spreadsheet takes for a formula; a telephone is a plus and digits alone, and stays one."""
    return values if what == "phone" else _text(values)


def _text(values: pa.Array) -> pa.Array:
    return cells(values.to_pandas())


def hashed(values: pa.Array, *, often: bool = False) -> pa.Array:
    """SHA-256 of each text, trimmed and in small letters, as 64 hexadecimal letters; null stays null.

    often   each text stands many times, and is hashed once
    """
    import duckdb  # hashes a million texts in a fraction of what Python takes

    if often:
        held = values.dictionary_encode()
        return hashed(held.dictionary).take(held.indices)
    table = pa.table({"text": pc.utf8_lower(pc.utf8_trim_whitespace(values))})
    with duckdb.connect() as base:
        made = base.from_arrow(table).project("sha256(text) as text").to_arrow_table()["text"]
    return made.combine_chunks()


def _file_name(segment: str, at: int) -> str:
    plain = re.sub(r"[^\w-]+", " ", segment).strip()[:60]
    return f"{at + 1} {plain}".strip()


def read_me(made: Action, tools: Sequence[str], personal: bool, excel: bool = False) -> str:
    """What is in the archive and what to do with it, as plain text."""
    table, plan = counted(made), made.plan
    lines = ["WHOM WE WRITE TO", "", told(made), ""]
    for one in table.itertuples():
        kept = f", {formats.count(one.control)} kept as control" if plan.control else ""
        lines.append(f"{one.segment}: {formats.count(one.written)} written to{kept}")
    lines += [
        "",
        f"{EVERYBODY}: every customer with segment and group. Keep it: with the answers beside it, it shows what the campaign did.",
    ]
    if excel:
        lines.append(
            f"{WORKBOOK}: for Excel, a sheet for each segment with those written to; the control group is a sheet apart."
        )
    if plan.control:
        lines.append(
            f"Do not write to the control group. It was drawn by lot (draw number {plan.seed}); its lists are not in the folders."
        )
    if made.gone:
        lines.append(f"{LEFT}: customers of the earlier list who are no longer there.")
    for name in tools:
        tool = TOOLS[name]
        there = lists_of(made, tool, personal)
        lines += [
            "",
            tool.title.upper(),
            tool.note if there else f"No list: it needs {needed(tool)}, which {_why(made, tool)}.",
        ]
        if there and tool.neutral:
            lines += [f"audience {at + 1}: {segment}" for at, segment in enumerate(made.segmentation.shown)]
    known = agreement(made.segmentation.customers)
    agreed = f"Who did not agree to be written to, by “{known[0]}”, is in no list." if known else UNSAID
    return "\r\n".join([*lines, "", agreed]) + "\r\n"


def needed(tool: Tool) -> str:
    """Any of these reaches a customer there: “an e-mail or a telephone”."""
    return " or ".join(SAID[what] for what in tool.needs)


def _why(made: Action, tool: Tool) -> str:
    """Why a tool gets no list: nobody asked for what is personal, or it is not in the file."""
    known = {*tool.needs} & columns(made.segmentation.customers).keys()
    return "was not asked for" if known else "this file lacks"
