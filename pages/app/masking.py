"""Personal data on screen: columns the study masks are shown as short codes; downloads hold what the file holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from pages.app import derived, session
from segmentation import Customers, Problem, Study
from segmentation.audit import mask
from segmentation.segments.method import Other

QUOTED = re.compile(r"(?<=“)[^”]+(?=”)|(?<=\")[^\"]+(?=\")")
EXAMPLE = re.compile(r' \(for example ".*"\)', re.DOTALL)


AUDIENCE = "audience"  # of the session's state: whether customers are hidden from those who look on


def hidden() -> set[str]:
    """Every name under which a masked column stands: in its file, in the joined table, among the customers."""
    names = set(session.study().masked)
    if st.session_state.get(AUDIENCE):
        names |= {heading for role, heading in derived.roles().items() if role == "customer"}
    if not names:
        return names
    names |= {re.sub(r" \(\d+\)$", "", name).rpartition(": ")[2] for name in names}
    for _ in range(2):  # a number that leads on is itself led to
        for link in getattr(session.table(), "links", ()):
            ends = {link.join.column, link.join.key}
            names |= ends if ends & names else set()
    roles = {heading: role for role, heading in derived.roles().items()}
    return names | {f"{name} (column)" for name in names} | {roles[name] for name in names if name in roles}


def masked(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame as it may be shown, its index too where that is masked."""
    names = hidden()
    if not names:
        return frame
    shown = frame.assign(**{name: codes(frame[name]) for name in frame if name in names})
    if frame.index.name != "customer_id" or not customers_hidden():
        return shown
    return shown.set_index(pd.Index(codes(frame.index), name=frame.index.name))


def customers_hidden() -> bool:
    """Whether customers are shown as codes."""
    return derived.roles().get("customer") in hidden()


def who(ids: Iterable[object]) -> list[str]:
    """Customers as they may be shown: by number and name, or by a code alone where the study masks the number."""
    if customers_hidden():
        return codes(ids)  # type: ignore[return-value]
    plain = list(map(str, ids))
    return [f"{one} · {name}" if name else one for one, name in zip(plain, names_of(plain), strict=True)]


def names_of(ids: Iterable[object], *, masks: bool = True, reached: bool = False) -> list[str]:
    """What customers are called, "" where it is not known or may not be shown.

    masks   leave out what the study masks; reached: the e-mail behind the name
    """
    plain, people = list(map(str, ids)), _people()
    if people is None or (masks and customers_hidden()):
        return [""] * len(plain)
    away = hidden() if masks else set()
    columns = tuple(name for name in (*people.called, *(people.reached if reached else ())) if name not in away)
    if isinstance(ids, pd.Index) and ids is people.frame.index:
        return people.titles(columns).tolist()
    places = people.frame.index.get_indexer(plain)
    known = iter(people.titles(columns, places[places >= 0]))
    return [next(known) if place >= 0 else "" for place in places]


def _people() -> Customers | None:
    try:
        return derived.customers()
    except Problem:
        return None


def codes(values: Iterable[object]) -> list[str | None]:
    """Values as this visitor's codes."""
    return mask(values, session.secret())


def raw_hidden() -> bool:
    """Whether raw text of the files stays hidden, since it holds what is masked."""
    return bool(session.study().masked)


def said(sentence: object) -> str:
    """A sentence of the library, in which masked values that it quotes are codes and examples from cells are left out."""
    if not session.study().masked:
        return str(sentence)
    return QUOTED.sub(lambda quoted: _code_of(quoted[0]), EXAMPLE.sub("", str(sentence)))


def _code_of(text: str) -> str:
    """The text, or its code where it is a value of a masked column."""
    table = session.table()
    columns = [] if table is None else [table.data[name] for name in hidden() if name in table.data.column_names]
    holds = (pc.any(pc.equal(column.cast(pa.string()), text)).as_py() for column in columns)
    return str(codes([text])[0]) if any(holds) else text


def check_names(study: Study, method: str, customers: Customers) -> None:
    """Problem where a method would name its segments after the values of a masked column."""
    if column := names_of_masked(study, method, customers):
        raise Problem(
            f"“{column}” is masked on screen, and its values would be the names of these segments: choose another column, "
            "or show it again among the findings of the Data page."
        )


def names_of_masked(study: Study, method: str, customers: Customers) -> str | None:
    """The masked column of words that a method takes its segments from, if it does."""
    names = hidden()
    if not names:
        return None
    chosen, own = study.methods[method], study.own.get(method, {})
    given = chosen.complete(study.thresholds.get(method, {}))
    texts = [*_texts((given, own)), *chosen.first(customers, given)]
    if own.get("cross"):
        crossed, thresholds = Other.read("cross", own["cross"])
        texts += crossed.first(customers, thresholds)
    words = (name for name in texts if name in names and name in customers.frame)
    return next((name for name in words if name not in customers.numeric), None)


def _texts(held: Any) -> Iterator[str]:
    """Every text within settings."""
    if isinstance(held, str):
        yield held
    elif isinstance(held, dict | list | tuple):
        for one in held.values() if isinstance(held, dict) else held:
            yield from _texts(one)
