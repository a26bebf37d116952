"""The audit on the page: what is odd about the table, what it does to the result, and a choice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pyarrow as pa
import streamlit as st

from pages.app import derived, session
from pages.app.masking import codes, hidden
from pages.app.words import plain
from pages.widgets import tables
from segmentation import Study, formats
from segmentation.audit import Choice, Finding

SHOWN = 200  # rows behind a finding that are shown
AS_IT_IS = "Leave as it is"
CALLED = {"outlier": "very large sale"}  # where the kind of finding is no word of a marketer


def findings() -> None:
    """A card for each finding, folded under their number."""
    found = derived.findings()
    if not found:
        return
    folded = st.expander(f"{formats.plural(len(found), 'finding')}: {_names(found)}", key="findings", on_change="rerun")
    if folded.open:
        with folded:
            for i, finding in enumerate(found):
                _card(i, finding)


def _names(found: list[Finding]) -> str:
    names = list(dict.fromkeys(CALLED.get(finding.name, finding.name.replace("_", " ")) for finding in found))
    return ", ".join(names[:4]) + (" …" if len(names) > 4 else "")


def _card(i: int, finding: Finding) -> None:
    with st.container(border=True):
        st.markdown(f"**{plain(_shown(finding))}**  \n{plain(finding.effect)}")
        if finding.choices:
            _choice(i, finding)
        if len(finding.rows):
            _rows(i, finding)


def _shown(finding: Finding) -> str:
    """The sentence, without names that are masked."""
    names = hidden()
    return finding.told(lambda cell: str(codes([cell.text])[0]) if cell.heading in names else cell.text)


def _choice(i: int, finding: Finding) -> None:
    study, key = session.study(), f"finding {i} {finding.name}"
    options: list[Choice | None] = list(finding.choices)
    if chosen(Study(), finding) is None:
        options.append(None)
    st.session_state[key] = options.index(chosen(study, finding)) if chosen(study, finding) in options else None
    st.radio(
        "What to do",
        range(len(options)),
        key=key,
        horizontal=True,
        label_visibility="collapsed",
        format_func=lambda place: AS_IT_IS if (option := options[place]) is None else plain(option.label),
        on_change=lambda: choose(study, finding, options[st.session_state[key]]),
    )


def chosen(study: Study, finding: Finding) -> Choice | None:
    """The choice of a finding that a study has made: the first that holds, else the one that does nothing."""
    for choice in finding.choices:
        if all(value and _holds(getattr(study, name), value) for name, value in choice.settings.items()):
            return choice
    return next((one for one in finding.choices if not any(one.settings.values())), None)


def _holds(have: Any, wanted: Any) -> bool:
    if isinstance(wanted, list):
        return set(wanted) <= set(have)
    return wanted.items() <= have.items() if isinstance(wanted, dict) else have == wanted


def choose(study: Study, finding: Finding, made: Choice | None) -> None:
    """Make one choice of a finding, and undo its others; lists and mappings keep what other findings put there."""
    fresh = Study()
    for other in finding.choices:
        for name, value in other.settings.items():
            setattr(study, name, _without(getattr(study, name), value, getattr(fresh, name)))
    for name, value in made.settings.items() if made else ():
        have = getattr(study, name)
        joined = [*have, *value] if isinstance(value, list) else {**have, **value} if isinstance(value, dict) else value
        setattr(study, name, joined)


def _without(have: Any, value: Any, default: Any) -> Any:
    if isinstance(value, list):
        return [one for one in have if one not in value]
    if isinstance(value, dict):
        return {name: one for name, one in have.items() if name not in value}
    return default


def _rows(i: int, finding: Finding) -> None:
    folded = st.expander(
        f"{formats.plural(len(finding.rows), 'row')} behind it", key=f"rows {i} {finding.name}", on_change="rerun"
    )
    table = session.table()
    if folded.open and table is not None:
        with folded:
            shown = replace(table, data=table.data.take(pa.array(finding.rows[:SHOWN]))).frame()
            tables.rows(shown, f"rows shown {i}", "Rows behind the finding")
            tables.take_away(
                f"Download {formats.plural(len(finding.rows), 'row')}",
                lambda: replace(table, data=table.data.take(pa.array(finding.rows))).frame(),
                finding.name,
                f"download rows {i}",
            )
            if len(finding.rows) > SHOWN:
                st.caption(f"The first {SHOWN} are shown.")
