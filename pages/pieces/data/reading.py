"""What was read: the sentence that counts every row, the questions, the decisions beside the raw lines, what was set aside."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from pages.app import derived, session, upload
from pages.app.files import Source
from pages.app.masking import raw_hidden
from pages.app.words import listed, plain, show
from pages.pieces.data.roles import BESIDE
from pages.widgets import tables
from segmentation import Customers, Problem, formats
from segmentation.customers.left_out import LeftOut
from segmentation.customers.lines import LEFT_OUT
from segmentation.customers.shapes import SHAPES
from segmentation.customers.shapes import shape as shape_of
from segmentation.reading.read import by_column, front
from segmentation.report.tables import csv
from segmentation.table import Question, Report, Table

SHOWN = 1000  # rows of what was set aside that the page shows; the download holds all
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
}
UNSAID: dict[str, Mapping[str, str]] = {  # readings without their examples
    "dates": {order: said.split(" (")[0] for order, said in ORDERS.items()},
    "decimal": {".": "decimals stand after a point", ",": "decimals stand after a comma"},
    "header": {"none": "the first line is a row"},
    "encoding": {},
}
RAGGED = {"pad": "used, what is missing is empty", "aside": "set aside"}
TOTALS = {"aside": "set aside", "keep": "used as rows of their own"}
FEW = 5  # readings shown side by side; more go into a list


# How many rows, and what they make


def answer(customers: Customers | None) -> None:
    """One sentence: what the files hold, every row counted; and the way on."""
    table = session.table()
    assert table is not None
    facts = [*_rows(table, customers), *(_makes(customers) if customers is not None else ())]
    (st.info if customers is None else st.success)(f"**{plain(table.name)}**: {', '.join(facts)}.")
    if customers is not None and customers.as_of and customers.as_of > dt.date.today():
        st.warning(
            f"The last day in the file, {formats.day(customers.as_of)}, is still to come. If that is a slip, set "
            "“Look back from” under Time above: lines after that day are left out."
        )
    if customers is not None and not {"revenue", "profit"} & set(customers.frame):
        st.info("No revenue or profit is known yet: if a column holds money, choose it under “Revenue” below.")
    if customers is not None and st.button("See the segments →", key="see segments", type="primary"):
        st.switch_page("pages/segments.py")


def _rows(table: Table, customers: Customers | None) -> list[str]:
    """Rows in = rows used + rows set aside."""
    rows, left = table.report.rows_in, not_counted(table, customers)
    aside = len(table.set_aside)
    used = table.report.rows_used - left
    said = f"**{formats.plural(rows, 'row')}**"
    if customers is None:  # nothing is used yet
        return [said] + ([f"{formats.count(aside)} of them set aside"] if aside else [])
    if not aside + left:
        return [f"{said}, all used"]
    return [f"{said} = {formats.count(used)} used + {formats.count(aside + left)} set aside"]


def not_counted(table: Table, customers: Customers | None) -> int:
    """Rows that were read and are no part of the result."""
    if customers is None:
        return 0
    if derived.shape() == "wide":  # what is counted there are months, not rows
        return len(derived.left_out().places)
    return sum(customers.left_out.values())


def _makes(customers: Customers) -> Iterable[str]:
    yield f"**{formats.plural(len(customers), 'customer')}**"
    if customers.as_of and customers.start:
        yield f"from {formats.day(customers.start)} to {formats.day(customers.as_of)}"
    if "revenue" in customers.frame:
        yield f"revenue {plain(formats.compact(customers.total('revenue'), session.study().currency))}"


# What the files leave open


def questions() -> None:
    """Every question a file leaves open, with its readings to choose from; the answer is kept in the study."""
    asked = [(name, question) for name, (_, table) in session.tables().items() for question in table.report.questions]
    if not asked:
        return
    with st.container(border=True, key="questions"):
        st.markdown(f"**{formats.plural(len(asked), 'question')} to you**")
        for i, (name, question) in enumerate(asked):
            _question(i, name if len(session.tables()) > 1 else "", name, question)


def _question(i: int, shown: str, name: str, question: Question) -> None:
    said = _asked(question)
    said = f"{shown}: {said}" if shown else said
    if not question.readings:
        st.warning(plain(said))
        return
    key = f"ask {i} {question.setting}"
    st.session_state[key] = None
    draw: Any = st.radio if len(question.readings) <= FEW else st.selectbox
    words = plain if draw is st.radio else str  # a list to choose from knows no Markdown
    draw(
        plain(f"{said} Until you choose, it is read as “{_reading(question, question.chosen)}”."),
        list(question.readings),
        key=key,
        format_func=lambda value: words(_reading(question, value)),
        on_change=_answered,
        args=(key, name, question),
        **({"horizontal": True} if draw is st.radio else {"placeholder": "Choose"}),
    )

    if question.setting == "sheet":
        st.button("Use another one beside it", key=f"beside {i}", on_click=_beside_it, args=(name,))


def _beside_it(name: str) -> None:
    upload.ask(lambda progress: session.add_sheet(name, progress))


def _asked(question: Question) -> str:
    """The question, without the setting of the library; where a column is masked, without the values it quotes."""
    if not raw_hidden() or question.setting not in UNSAID:
        return re.sub(r"[;:,] (the first is used[;:] )?decide with the \w+ setting\.$", ".", str(question))
    of = f"In “{question.column}”, some values" if question.column else "The file"
    return f"{of} can be read in {len(question.readings)} ways (the examples are hidden while columns are masked)."


def _reading(question: Question, value: str | None) -> str:
    """A reading in words: its example, and what it stands for."""
    example = question.readings.get(value or "", value)
    if raw_hidden() and question.setting in UNSAID:
        return UNSAID[question.setting].get(value or "", str(value))
    if question.setting == "decimal":
        return f"{example}: decimals stand after a {'comma' if value == ',' else 'point'}"
    if question.setting == "dates":
        return f"{example}, {ORDERS.get(value or '', value)}".split(" (")[0]
    return f"{value}: {example}" if question.setting in ("encoding", "sheet") else str(example)


def _answered(key: str, name: str, question: Question) -> None:
    if (value := st.session_state[key]) is not None:
        _decide(name, question.setting, value, question.column)


def _decide(name: str, setting: str, value: str | None, column: str | None = None) -> None:
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


# How the files were read: every decision, beside the raw lines and the result


def result() -> None:
    """The first rows as they were read."""
    table = session.table()
    assert table is not None
    st.subheader("As it was read")
    beside = 84 * (3 + bool({*BESIDE} & derived.roles().keys())) + 60  # as high as the roles beside it
    rows = derived.kept("preview", lambda: table.frame(100))
    tables.rows(rows, "preview", "The first rows of the file", min(beside, 38 + 35 * max(len(rows), 3)))


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
    lines = derived.kept("raw", lambda: front(source.content, table.report, sheet=sheet), source.digest)
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
        yield "ragged", "Rows that are too short are", RAGGED["aside"], RAGGED
    if report.sheet:
        yield "sheet", "Sheet", report.sheet, session.sheets(name)
    yield "decimal", "Decimal sign", DECIMALS.get(report.decimal or "", "no decimals"), DECIMALS
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
    _decide(name, setting, (st.session_state[key] or "").strip() or None, column)


def _letter_by_letter(name: str, table: Table, text: str) -> None:
    headings = [heading for heading in table.data.column_names if "," not in heading]
    known = [part.strip() for part in text.split(",")]
    st.session_state["read.text"] = headings if text == "all" else [part for part in known if part in headings]
    st.multiselect(
        "Columns kept letter by letter",
        headings,
        key="read.text",
        placeholder="none: numbers and dates are recognised",
        on_change=lambda: _decide(name, "text", ",".join(st.session_state["read.text"]) or None),
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


# What was set aside


def set_aside(customers: Customers | None) -> None:
    """What was assumed, and what was read but not used: counted, with reasons, to look at and to take away."""
    table = session.table()
    assert table is not None
    notes = customers.notes if customers is not None else ()
    left_out = customers.left_out if customers is not None else {}
    unused = [
        f"{formats.plural(count, 'line')} {LEFT_OUT[reason]}: not used."
        for reason, count in left_out.items()
        if count and reason != "without_customer"  # a note says what those are worth
    ]
    rows, cells = len(table.set_aside) + not_counted(table, customers), len(table.unread)
    if not (rows or cells or notes or unused):
        return
    counted = [formats.plural(rows, "row") + " set aside"] if rows else []
    counted += [formats.plural(cells, "cell") + " not read as written"] if cells else []
    counted += [formats.plural(len(notes), "assumption")] if notes else []
    folded = st.expander(f"{', '.join(counted)}: which, and why", key="aside", on_change="rerun")
    with folded:
        listed((*notes, *unused))
        if folded.open and rows:
            _left_out(table, customers)
        if folded.open and cells:
            st.markdown(f"{formats.plural(cells, 'cell')} of used rows not read as written:")
            _rows_left(table.unread.head(SHOWN), "unread", "Cells not read as written")
            tables.take_away(
                "Download the cells not read", lambda: csv(table.unread), "cells_left_out", "download_unread"
            )


def _left_out(table: Table, customers: Customers | None) -> None:
    """The rows that are not used, for whatever reason, with their lines; the file is read once more for those."""
    try:
        rows = derived.left_out() if customers is not None else LeftOut(table)
        with st.spinner("Looking up their lines …"):
            first = derived.rows_left_out(SHOWN) if customers is not None else rows.frame(SHOWN)
    except Problem as problem:
        show(problem)
        return
    more = f" The first {formats.count(SHOWN)} are shown; the download holds all." if len(rows) > SHOWN else ""
    st.markdown(f"{formats.plural(len(rows), 'row')} set aside, with line and reason.{more}")
    _rows_left(first, "left_out", "Rows set aside")
    tables.take_away("Download the rows set aside", lambda: csv(rows.frame()), "rows_left_out", "download_left_out")


def _rows_left(rows: pd.DataFrame, key: str, alt: str) -> None:
    """Rows with line and reason, without columns in which none of them has anything."""
    if raw_hidden():
        st.caption("Texts are hidden while columns are masked; the download has them.")
        rows = rows.drop(columns="text")
    rows = rows.dropna(axis="columns", how="all")
    tables.rows(rows, key, alt)
