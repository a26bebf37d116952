"""What the files leave open."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages.app import session, upload
from pages.app.masking import raw_hidden
from pages.app.words import plain
from pages.pieces.data.decisions import GAPS, GROUPS, ORDERS, decide
from segmentation import formats
from segmentation.table import Question

UNSAID: dict[str, Mapping[str, str]] = {  # readings without their examples
    "dates": {order: said.split(" (")[0] for order, said in ORDERS.items()},
    "decimal": {".": "decimals stand after a point", ",": "decimals stand after a comma"},
    "header": {"none": "the first line is a row"},
    "encoding": {},
    "gap": GAPS,
    "groups": GROUPS,
}
FEW = 5  # readings shown side by side; more go into a list


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
        decide(name, question.setting, value, question.column)
