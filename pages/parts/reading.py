"""The pieces of the Data page: a file in, what was read of it, and which column is what."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from typing import Any

import pandas as pd
import streamlit as st

from pages.parts import session
from pages.parts.words import listed, plain, show
from segmentation import Customers, Problem, formats
from segmentation import columns as vocabulary
from segmentation.lines import LEFT_OUT
from segmentation.read import Report
from segmentation.report.tables import csv
from segmentation.study import BLANKS, RETURNS

TYPES = ("csv", "tsv", "txt", "xlsx", "xlsm", "xlsb", "xls", "ods", "html", "xml", "parquet", "gz", "zip")
MAIN = ("customer", "date", "revenue", "cost", "profit", "order")
ENCODINGS = ("utf-8", "utf-16", "cp1252", "cp1251", "cp1250")
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
DECIMALS = {".": "point (1,234.56)", ",": "comma (1.234,56)"}
ORDERS = {"dmy": "day first (31.12.2026)", "mdy": "month first (12/31/2026)", "ymd": "year first (2026-12-31)"}


def upload() -> None:
    """The drop zone. A file that cannot be read leaves what was there before."""
    file = st.file_uploader(
        "Drop a file: CSV, TSV, Excel, ODS or Parquet, plain, .gz or .zip",
        type=TYPES,
        key="upload",
        help="The file stays in this server's memory while you work, and nowhere else.",
    )
    if file and st.session_state.get("upload_taken") != file.file_id:
        st.session_state.upload_taken = file.file_id
        with st.spinner(f"Reading {plain(file.name)} …", show_time=True):
            _take(file.getvalue(), file.name)
        st.rerun()


def _take(content: bytes, name: str) -> None:
    try:
        session.open_bytes(content, name)
    except Problem as problem:
        st.session_state.upload_problem = str(problem)
        return
    with suppress(Problem):  # the page says it; here the roll-up is made while the wait is shown
        session.customers()


def trouble() -> None:
    """What went wrong with the last file or study, said once."""
    if said := st.session_state.pop("upload_problem", None):
        show(said)


def answer(customers: Customers | None) -> None:
    """One sentence: what the file holds."""
    table = session.table()
    if table is None:
        return
    report = table.report
    facts = [f"**{formats.plural(report.rows_used, 'row')}**"]
    if customers is not None:
        facts.append(f"**{formats.plural(len(customers), 'customer')}**")
        if customers.as_of and customers.start:
            facts.append(f"from {formats.day(customers.start)} to {formats.day(customers.as_of)}")
        if "revenue" in customers.frame:
            facts.append(f"revenue {plain(formats.compact(customers.total('revenue'), session.study().currency))}")
    st.markdown(f"{plain(table.name)}: {', '.join(facts)}.")
    if customers is not None and customers.as_of and customers.as_of > dt.date.today():
        st.warning(
            f"The last day in the file, {formats.day(customers.as_of)}, is still to come. If that is a slip, set "
            "“Look back from” under Time above: lines after that day are left out."
        )
    if customers is not None:
        st.page_link("pages/segments.py", label="See the segments", icon="➡️")


def columns() -> None:
    """Which column plays which role; sure ones are chosen already, everything can be changed here."""
    table, study = session.table(), session.study()
    if table is None:
        return
    roles = vocabulary.roles(table, study.columns)
    st.subheader("Which column is what")
    others = [role for role in vocabulary.ROLES if role not in MAIN]
    for place, role in enumerate((*MAIN, *(role for role in others if role in roles))):
        if place % 2 == 0:
            pair = st.columns(2)
        with pair[place % 2]:
            _role(role, roles)
    _suggestions(roles)
    with st.expander("More roles"):
        for role in others:
            if role not in roles:
                _role(role, roles)
    kind = vocabulary.SHAPES[study.shape or vocabulary.shape(roles, table)].lower()
    st.caption(f"Read as: {kind}. Text columns without a role stay as attributes of the customer.")


def _role(name: str, roles: dict[str, str]) -> None:
    role, table = vocabulary.ROLES[name], session.table()
    assert table is not None
    key = f"role.{name}"
    fitting = [
        c for c in table.data.column_names if vocabulary.kind_of(table.data[c].type) == role.kind or role.kind == "text"
    ]
    others = [c for c in table.data.column_names if c not in fitting]
    st.session_state[key] = roles.get(name, "")
    st.selectbox(
        role.label,
        ["", *fitting, *others],
        key=key,
        format_func=lambda heading: heading or "– not in this file –",
        on_change=_set_role,
        args=(name,),
        help=role.help,
    )


def _set_role(name: str) -> None:
    study, table, heading = session.study(), session.table(), st.session_state[f"role.{name}"]
    assert table is not None
    chosen = {role: column for role, column in study.columns.items() if not heading or column != heading}
    found = vocabulary.roles(table, {role: column for role, column in chosen.items() if role != name})
    for role, column in found.items():  # a column plays one role: taking it here takes it away there
        if heading and column == heading and role != name:
            chosen[role] = ""
    study.columns = {**chosen, name: heading}


def _suggestions(roles: dict[str, str]) -> None:
    """Columns that look like a role but not surely: offered, never taken."""
    table = session.table()
    assert table is not None
    for match in vocabulary.match(table):
        if not match.sure and match.role not in roles and match.heading not in roles.values():
            title = f"Take “{plain(match.heading)}” as {vocabulary.ROLES[match.role].label.lower()}?"
            st.button(
                title,
                key=f"suggest.{match.role}",
                on_click=_accept,
                args=(match.role, match.heading),
                help=plain(match.why),
            )


def _accept(role: str, heading: str) -> None:
    session.study().columns[role] = heading


def choices() -> None:
    """What is done with lines that are no plain sale, and with a missing profit."""
    study, table = session.study(), session.table()
    if table is None:
        return
    roles = vocabulary.roles(table, study.columns)
    st.subheader("Choices")
    if (study.shape or vocabulary.shape(roles, table)) != "customers":
        _choice("returns", "Returns (negative lines)", RETURNS)
        _choice("blanks", "Lines without a customer", BLANKS)
    if not {"cost", "profit"} & roles.keys():
        _margin()


def _choice(name: str, title: str, options: dict[str, str]) -> None:
    key = f"choice.{name}"
    st.session_state[key] = getattr(session.study(), name)
    st.selectbox(
        title,
        list(options),
        key=key,
        format_func=lambda o: options[o],
        on_change=lambda: setattr(session.study(), name, st.session_state[key]),
    )


def _margin() -> None:
    margin = session.study().margin
    st.session_state["choice.margin"] = None if margin is None else round(margin * 100, 6)
    st.number_input(
        "No cost in the file: assume a margin, % of revenue",
        value=None,
        min_value=-100.0,
        max_value=100.0,
        step=1.0,
        format="%.4g",
        key="choice.margin",
        placeholder="none assumed",
        on_change=_set_margin,
        help="The same for every customer, so it moves no one; it turns revenue into profit where a profit is asked for.",
    )


def _set_margin() -> None:
    given = st.session_state["choice.margin"]
    session.study().margin = None if given is None else given / 100


def preview() -> None:
    """The first rows as they were read."""
    table = session.table()
    if table is None:
        return
    st.subheader("As it was read")
    rows = table.frame(100)
    dates = [name for name in rows if pd.api.types.is_datetime64_any_dtype(rows[name])]
    config: Any = {name: st.column_config.DateColumn(format="YYYY-MM-DD") for name in dates}
    st.dataframe(
        rows, height=300, hide_index=True, column_config=config, key="preview", alt="The first rows of the file"
    )
    listed((*table.report.sentences, _signs(table.report)))
    for question in table.report.questions:
        st.warning(plain(question))


def _signs(report: Report) -> str:
    """How numbers and dates are written in this file."""
    dates = [f"dates in “{name}” are {ORDERS.get(order, order)}" for name, order in report.dates.items()]
    mark = [f"numbers have a decimal {DECIMALS[report.decimal]}"] if report.decimal in DECIMALS else []
    said = "; ".join([*mark, *dates]) or "there are no dates and no decimals"
    return f"{said[0].upper()}{said[1:]}."


def decisions() -> None:
    """How the file was read, each decision changeable."""
    table, study = session.table(), session.study()
    if table is None:
        return
    report = table.report
    with st.expander("Something was read wrongly?"):
        if report.encoding:
            _decision("encoding", "Letters (encoding)", report.encoding, {name: name for name in ENCODINGS})
            _decision(
                "delimiter", "Columns are set apart by", DELIMITERS.get(report.delimiter or "", "nothing"), DELIMITERS
            )
        _decision("decimal", "Decimal sign", DECIMALS.get(report.decimal or "", "found"), DECIMALS)
        found = ", ".join(sorted({ORDERS.get(order, order) for order in report.dates.values()})) or "no dates"
        _decision("dates", "Dates are written", found, ORDERS)
        if report.sheet:
            st.text_input(
                "Sheet",
                value=study.reading.get("sheet", report.sheet),
                key="read.sheet",
                on_change=_reread,
                args=("sheet",),
            )
    if trouble := st.session_state.pop("reading_problem", None):
        show(trouble)


def _decision(name: str, title: str, found: str, options: dict[str, str]) -> None:
    key = f"read.{name}"
    chosen = session.study().reading.get(name, "")
    st.session_state[key] = chosen
    offered = ["", *options, *([chosen] if chosen and chosen not in options else [])]
    st.selectbox(
        title,
        offered,
        key=key,
        format_func=lambda option: options.get(option, option) if option else f"as found: {found}",
        on_change=_reread,
        args=(name,),
    )


def _reread(name: str) -> None:
    try:
        session.reread(**{name: st.session_state[f"read.{name}"] or None})
    except Problem as problem:
        st.session_state.reading_problem = problem


def set_aside(customers: Customers | None) -> None:
    """What was assumed, and what was read but not used: counted, with reasons, to look at and to take away."""
    table = session.table()
    if table is None:
        return
    st.subheader("What was assumed, and what was set aside")
    unused = [
        f"{formats.plural(count, 'line')} {LEFT_OUT[reason]}: not used."
        for reason, count in (customers.left_out if customers is not None else {}).items()
        if count and reason != "without_customer"  # a note says what those are worth
    ]
    listed((*(customers.notes if customers is not None else ()), *unused))
    if not table.set_aside.empty:
        st.markdown(f"- {formats.plural(len(table.set_aside), 'row')} could not be read as part of the table:")
        st.dataframe(table.set_aside.head(1000), height=200, hide_index=True, key="set_aside", alt="Rows set aside")
        _download_set_aside(table.set_aside)


def _download_set_aside(rows: Any) -> None:
    st.download_button(
        "Download the rows set aside",
        lambda: csv(rows),
        file_name="rows_set_aside.csv",
        mime="text/csv",
        on_click="ignore",
        key="download_set_aside",
    )
