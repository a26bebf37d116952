"""How the files were read: every decision, beside the raw lines and the result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import streamlit as st

from pages.app import derived, session, upload
from pages.app.files import Source
from pages.app.masking import raw_hidden
from pages.app.words import listed, plain
from pages.widgets import tables
from segmentation.apart.pool import POOL
from segmentation.customers.shapes import shape as shape_of
from segmentation.reading.read import by_column, front
from segmentation.rollup.settings import SHAPES
from segmentation.table import Report, Table

ENCODINGS = ("utf-8", "utf-16", "cp1252", "cp1250", "cp1251", "koi8-r", "gb18030", "big5", "cp932", "iso8859-15")
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe", " ": "space"}
QUOTES = {'"': "double quotes", "'": "single quotes", "none": "nothing"}
DECIMALS = {".": "point (1,234.56)", ",": "comma (1.234,56)"}
ORDERS = {
    "dmy": "day first (31.12.2026)",
    "mdy": "month first (12/31/2026)",
    "ymd": "year first (2026-12-31)",
    "excel": "days as Excel counts them",
    "epoch": "seconds since 1970",
    "swapped": "day and month exchanged (by a spreadsheet)",
    "none": "no dates",
}
RAGGED = {"pad": "used, what is missing is empty", "aside": "set aside"}
GAPS = {
    "first": "the first column has no heading",
    "last": "the last column has no heading",
    "split": "two headings stand in one cell",
}
GROUPS = {"aside": "set aside", "keep": "used as rows of their own"}
TOTALS = {"aside": "set aside", "keep": "used as rows of their own"}


def decisions() -> None:
    """All decisions of reading, each changeable; the raw lines beside what became of them."""
    folded = st.expander("How it was read: raw lines, result, every decision", key="decisions", on_change="rerun")
    if not folded.open:
        return
    with folded:
        files = session.tables()
        if len(files) > 1:
            st.selectbox("File", list(files), key="read.file")
        name = st.session_state.get("read.file") or next(iter(files))
        name = name if name in files else next(iter(files))
        source, table = files[name]
        listed((*table.report.sentences, _signs(table.report)))
        _beside(source, table)
        _decisions(name, table)


def _beside(source: Source, table: Table) -> None:
    left, right = st.columns(2, gap="medium")
    with left:
        st.caption("As it stands in the file")
        _raw(source, table)
    with right:
        st.caption("As it was read")
        tables.rows(table.frame(40), "beside", "What became of the lines", 320)


def _raw(source: Source, table: Table) -> None:
    if raw_hidden():
        st.info("Raw lines are hidden while columns are masked.")
        return
    sheet = session.reading_of(source.name).get("sheet")
    lines = derived.kept("raw", lambda: POOL.do(front, source.content, table.report, sheet=sheet), source.digest)
    if lines:
        st.code("\n".join(lines), language=None, line_numbers=True, height=320)
    else:
        st.info("This file is packed as a whole (Parquet): it has no lines to show.")


def _signs(report: Report) -> str:
    """How numbers and dates are written in this file."""
    dates = [f"dates in “{name}” are {ORDERS.get(order, order)}" for name, order in report.dates.items()]
    mark = [f"numbers have a decimal {DECIMALS[report.decimal]}"] if report.decimal in DECIMALS else []
    said = "; ".join([*mark, *dates]) or "there are no dates and no decimals"
    return f"{said[0].upper()}{said[1:]}."


def _decisions(name: str, table: Table) -> None:
    """The decisions in three columns; “as found” leaves one to the file."""
    report, reading = table.report, session.reading_of(name)
    places = st.columns(3)
    for i, (setting, title, found, options) in enumerate(_settings(name, report)):
        with places[i % 3]:
            _decision(name, setting, title, found, options, reading.get(setting, ""))
    for i, (heading, order) in enumerate(report.dates.items()):
        with places[i % 3]:
            decided = columns_of(reading.get("dates"), table).get(heading, "")
            _decision(name, "dates", f"Dates in “{heading}”", ORDERS.get(order, order), ORDERS, decided, heading)
    with places[2]:
        _letter_by_letter(name, table, reading.get("text", ""))
    with places[1]:
        _shape(table)


def _settings(name: str, report: Report) -> Iterable[tuple[str, str, str, Mapping[str, str] | None]]:
    """Setting, title, what was found, options (None: written freely) of the decisions about a whole file."""
    if report.encoding:
        yield "encoding", "Letters (encoding)", report.encoding, {name: name for name in ENCODINGS}
        yield "delimiter", "Columns are set apart by", DELIMITERS.get(report.delimiter or "", "nothing"), DELIMITERS
        yield "quote", "Texts stand in", QUOTES.get(report.quote or "none", report.quote or ""), QUOTES
        header = f"line {report.header_line}" if report.header_line else "none"
        yield "header", "Line of the headings (4, 4-5 or none)", header, None
        yield "table", "Which table of the file (1, 2 …)", str(report.table or 1), None
        if "gap" in session.reading_of(name) or any(one.setting == "gap" for one in report.questions):
            yield "gap", "Of the headings, one too few,", "as they agree with the columns", GAPS
        yield "ragged", "Rows that are too short are", RAGGED["aside"], RAGGED
    if report.sheet:
        yield "sheet", "Sheet", report.sheet, session.sheets(name)
        if report.table:
            yield "table", "Which table of the sheet (1, 2 …)", str(report.table), None
    yield "decimal", "Decimal sign", DECIMALS.get(report.decimal or "", "no decimals"), DECIMALS
    if "groups" in session.reading_of(name) or any(one.setting == "groups" for one in report.questions):
        yield "groups", "Rows that a row above adds up are", GROUPS["aside"], GROUPS
    yield "totals", "Rows that add up the others are", TOTALS["aside"], TOTALS


def _decision(
    name: str, setting: str, title: str, found: str, options: Mapping[str, str] | None, chosen: str, column: str = ""
) -> None:
    key = f"read.{setting}.{column}" if column else f"read.{setting}"
    st.session_state[key] = chosen
    given: dict[str, Any] = {"key": key, "on_change": _redecide, "args": (key, name, setting, column or None)}
    if options is None:
        st.text_input(title, placeholder=f"as found: {found}", **given)
        return
    offered = ["", *options, *([chosen] if chosen and chosen not in options else [])]
    st.selectbox(
        plain(title),
        offered,
        format_func=lambda option: options.get(option, option) if option else f"as found: {found}",
        **given,
    )


def _redecide(key: str, name: str, setting: str, column: str | None) -> None:
    decide(name, setting, (st.session_state[key] or "").strip() or None, column)


def _letter_by_letter(name: str, table: Table, text: str) -> None:
    headings = [heading for heading in table.data.column_names if "," not in heading]
    known = [part.strip() for part in text.split(",")]
    st.session_state["read.text"] = headings if text == "all" else [part for part in known if part in headings]
    st.multiselect(
        "Columns kept letter by letter",
        headings,
        key="read.text",
        placeholder="none: numbers and dates are recognised",
        on_change=lambda: decide(name, "text", ",".join(st.session_state["read.text"]) or None),
    )


def _shape(table: Table) -> None:
    study = session.study()
    found = SHAPES[shape_of(derived.roles(), table)]
    st.session_state["read.shape"] = study.shape or ""
    st.selectbox(
        "A row is",
        ["", *SHAPES],
        key="read.shape",
        format_func=lambda shape: SHAPES[shape].lower() if shape else f"as found: {found.lower()}",
        on_change=lambda: setattr(study, "shape", st.session_state["read.shape"] or None),
    )


def decide(name: str, setting: str, value: str | None, column: str | None = None) -> None:
    """Have a file read anew under a decision, for one column alone where one is given."""
    if column is not None:
        value = _by_column(session.reading_of(name).get(setting), session.tables()[name][1], column, value)
    upload.ask(lambda progress: session.decide(name, progress, **{setting: value}))


def _by_column(said: str | None, table: Table, column: str, value: str | None) -> str | None:
    """“Paid=dmy,Due=mdy” with one column's decision changed."""
    decided = columns_of(said, table)
    decided = {**decided, column: value} if value else {c: v for c, v in decided.items() if c != column}
    return ",".join(f"{heading}={how}" for heading, how in decided.items()) or None


def columns_of(said: str | None, table: Table) -> dict[str, str]:
    """A decision by column; one for the whole file is one for each of its columns of dates."""
    if said and "=" not in said:
        return dict.fromkeys(table.report.dates, said)
    return by_column(said or "")
