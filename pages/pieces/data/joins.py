"""Several files on the page: how they belong together, said, counted, confirmed or changed; and what did not match."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd
import streamlit as st

from pages.app import session, upload
from pages.app.masking import codes, hidden
from pages.app.words import listed, plain
from pages.widgets import tables
from segmentation import formats
from segmentation.joining.joins import Joined, Linked
from segmentation.joining.keys import stem
from segmentation.joining.stacking import stack

SHOWN = 500
Side = tuple[str, str]  # a table and one of its columns


def joins() -> None:
    """What was joined how, open until somebody says it is right; nothing where there is one file."""
    if len(session.tables()) < 2:
        return
    table, study = session.table(), session.study()
    trouble, links = st.session_state.get("join_problem", ""), getattr(table, "links", ())
    with st.expander(_label(table, trouble, links), expanded=bool(trouble) or study.joins is None, key="joins"):
        if trouble:
            st.warning(plain(f"{trouble} Until then only {table.name if table else ''} is used."))
        elif isinstance(table, Joined):
            _how_joined(table, links)
            _choices(table)
        _buttons(links)
        _change(links)


def _label(table: Any, trouble: str, links: tuple[Linked, ...]) -> str:
    files = formats.plural(len(session.tables()), "file")
    if trouble:
        return f"{files}, not joined yet"
    if not links:
        return f"{files} put below each other"
    state = "found; are they right?" if session.study().joins is None else "as you confirmed"
    gone = f", {formats.plural(len(table.left_out), 'file')} left out" if table.left_out else ""
    return f"{files}: {formats.plural(len(links), 'join')} {state}{gone}"


def _how_joined(table: Joined, links: tuple[Linked, ...]) -> None:
    """The joins in words, and the total before and after."""
    own = {sentence for link in links for sentence in link.sentences}
    files = tuple(f"{name}: " for name in session.tables())
    own |= {choice.sentence for choice in table.choices}
    others = [s for s in table.report.sentences if s not in own and not s.startswith(files)]
    said = [f"{_arrow(link)} {' '.join(link.sentences)}" for link in links] + others
    listed([*said, *([_unmatched(links)] if links else [])])


def _choices(table: Joined) -> None:
    """Joins that would do as well as one taken, each a click away."""
    for i, choice in enumerate(table.choices):
        st.markdown(plain(choice.sentence))
        with st.container(horizontal=True):
            for j, (other, plan) in enumerate(choice.others):
                by, joins = plain(f"“{other.column}” of {stem(other.table)}"), [one.plain() for one in plan]
                st.button(f"Join by {by}", key=f"join instead {i} {j}", on_click=_rejoin, args=(joins,))


def _arrow(link: Linked) -> str:
    one = link.join
    return f"{stem(one.table)} → {stem(one.to)}:"


def _buttons(links: tuple[Linked, ...]) -> None:
    if not links and session.study().joins is None:
        return
    with st.container(horizontal=True):
        if session.study().joins is None:
            st.button("These joins are right", key="confirm joins", type="primary", on_click=_confirm)
        else:
            st.button("Find the joins anew", key="find joins", on_click=_rejoin, args=(None,))


def _confirm() -> None:
    session.study().joins = [one.plain() for one in st.session_state.table.joins]


def _rejoin(joins: list[dict[str, Any]] | None) -> None:
    upload.ask(lambda progress: session.join_as(joins))


def _change(links: tuple[Linked, ...]) -> None:
    """What did not match, and other columns to join by."""
    folded = st.expander("What did not match, and other ways to join", key="change joins", on_change="rerun")
    if not folded.open:
        return
    with folded:
        joins = [link.join.plain() for link in links]
        sides = [(one.name, heading) for one in stack(st.session_state.tables) for heading in one.data.column_names]
        for i, link in enumerate(links):
            _one(i, joins, sides)
            _missing(i, link)
        st.markdown("**A further join**")
        _further(joins, sides)


def _unmatched(links: tuple[Linked, ...]) -> str:
    left = [(link.rows - link.matched, link.join.table) for link in links]
    left += [(link.keys - link.used, link.join.to) for link in links]
    said = [f"{formats.plural(count, 'row')} of {stem(name)}" for count, name in left if count]
    return f"Not matched, and kept: {', '.join(said)}." if said else "Everything matched."


def _one(i: int, joins: list[dict[str, Any]], sides: list[Side]) -> None:
    """A join with the columns it goes by, and a button that takes it away."""
    one = joins[i]
    st.session_state[f"join {i} from"] = (one["table"], one["column"])
    st.session_state[f"join {i} to"] = (one["to"], one["key"])
    left, right, away = st.columns([4, 4, 1], vertical_alignment="bottom")
    for place, title, end in ((left, "Each row of", "from"), (right, "takes the row of", "to")):
        with place:
            st.selectbox(title, sides, key=f"join {i} {end}", format_func=_side, on_change=_rejoined, args=(i, joins))
    with away:
        st.button("✕", key=f"join {i} away", help="Take this join away", on_click=_away, args=(i, joins))


def _side(side: Side) -> str:
    return f"{side[0]}: {side[1]}"


def _join_of(i: int) -> dict[str, Any]:
    (table, column), (to, key) = st.session_state[f"join {i} from"], st.session_state[f"join {i} to"]
    return {"table": table, "column": column, "to": to, "key": key}


def _rejoined(i: int, joins: list[dict[str, Any]]) -> None:
    _rejoin([_join_of(i) if place == i else one for place, one in enumerate(joins)])


def _away(i: int, joins: list[dict[str, Any]]) -> None:
    _rejoin([one for place, one in enumerate(joins) if place != i])


def _further(joins: list[dict[str, Any]], sides: list[Side]) -> None:
    i = len(joins)
    ends = st.columns(2)
    for place, title, end in zip(ends, ("Each row of", "takes the row of"), ("from", "to"), strict=True):
        with place:
            st.selectbox(
                title, sides, index=None, key=f"join {i} {end}", format_func=_side, placeholder="table: column"
            )
    chosen = all(st.session_state.get(f"join {i} {end}") for end in ("from", "to"))
    st.button("Join so", key="join so", disabled=not chosen, on_click=lambda: _rejoin([*joins, _join_of(i)]))


def _missing(i: int, link: Linked) -> None:
    """What did not match on either side, to look at and to take away."""
    one = link.join
    rows = link.rows - link.matched
    if rows:
        said = f"{formats.plural(rows, 'row')} of {one.table} without a match in {one.to} (kept, the rest Unknown):"
        _listed(i, "missing", said, link.missing, {"value"} if one.column in hidden() else set())
    if len(link.unused):
        _listed(
            i, "unused", f"{formats.plural(len(link.unused), 'row')} of {one.to} that nothing asks for:", link.unused
        )


def _listed(i: int, which: str, said: str, rows: pd.DataFrame, coded: Iterable[str] = ()) -> None:
    st.markdown(plain(said))
    shown = rows.head(SHOWN)
    shown = shown.assign(**{name: codes(shown[name]) for name in coded})
    tables.rows(shown, f"{which} {i}", f"Not matched: {which}")
    tables.take_away("Download them", lambda: rows, f"not_matched_{which}", f"download {which} {i}")
