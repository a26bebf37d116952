"""Which column is what: sure ones are chosen already, likely ones offered, everything changed in one place."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from pages.app import derived, session
from pages.app.words import plain
from segmentation import formats
from segmentation.columns import match as vocabulary
from segmentation.columns.kinds import kind_of
from segmentation.columns.roles import ROLES
from segmentation.columns.sums import PLUS, parts

MAIN = ("customer", "date", "revenue", "cost", "profit", "order")
BESIDE = ("units", "price")  # shown where they are known, since revenue may be made of them
session.stale_with_data("adding up")
SEVERAL = "\0several"  # no heading is called so


def columns() -> None:
    """A choice for each role that matters; the rest folded."""
    roles = derived.roles()
    st.header("Which column is what")
    table = session.table()
    if table and (said := vocabulary.named_export(table)):
        st.caption(plain(said))
    for place, role in enumerate((*MAIN, *(role for role in BESIDE if role in roles))):
        if place % 2 == 0:
            pair = st.columns(2, vertical_alignment="bottom")
        with pair[place % 2]:
            _role(role, roles)
    _suggestions(roles, (*MAIN, *BESIDE))
    found = [f"{ROLES[role].label} = {plain(roles[role])}" for role in _others(roles) if role in roles]
    also = f"Also recognised: {', '.join(found)}. " if found else ""
    st.caption(f"{also}Other columns of words describe the customer as they are.")


def more() -> None:
    """What else a column can be, over the whole width."""
    folded = st.expander("What else a column can be", key="more roles", on_change="rerun")
    if not folded.open:
        return
    roles = derived.roles()
    with folded:
        left = _others(roles)
        _suggestions(roles, [role for role in left if role not in BESIDE])
        for place, role in enumerate(left):
            if place % 4 == 0:
                four = st.columns(4, vertical_alignment="bottom")
            with four[place % 4]:
                _role(role, roles)


def _others(roles: dict[str, str]) -> list[str]:
    """The roles that are not shown beside the first rows."""
    return [role for role in ROLES if role not in MAIN and (role not in BESIDE or role not in roles)]


def _role(name: str, roles: dict[str, str]) -> None:
    role, table = ROLES[name], session.table()
    assert table is not None
    key = f"role.{name}"
    kinds = {field.name: kind_of(field.type) for field in table.data.schema}
    fitting = [heading for heading, kind in kinds.items() if kind == role.kind or role.kind == "text"]
    if name == "revenue" and (st.session_state.get("adding up") or _added(roles)):
        _add_up(fitting, roles)
        return
    st.session_state[key] = roles.get(name, "")
    made = name == "revenue" and {"units", "price"} <= roles.keys()
    nothing = "– units × price –" if made else "– not in this file –"
    st.selectbox(
        role.label,
        [
            "",
            *fitting,
            *(heading for heading in kinds if heading not in fitting),
            *([SEVERAL] if name == "revenue" else []),
        ],
        key=key,
        format_func=lambda heading: {"": nothing, SEVERAL: "– several columns, added up –"}.get(heading, heading),
        on_change=_set_role,
        args=(name,),
        help=role.help,
    )


def _added(roles: dict[str, str]) -> tuple[str, ...]:
    """The columns that are added up as the revenue; none where it is one column."""
    table = session.table()
    assert table is not None
    found = parts(roles.get("revenue", ""), table.data.column_names)
    return found if len(found) > 1 else ()


def _add_up(fitting: list[str], roles: dict[str, str]) -> None:
    """The columns that are added up, to add others and take some away; with one left it is a single column again."""
    one = [roles["revenue"]] if roles.get("revenue") in fitting else []
    st.session_state["role.revenue.parts"] = [*_added(roles)] or one
    st.multiselect(
        "Revenue: these columns added up",
        fitting,
        key="role.revenue.parts",
        on_change=_set_sum,
        placeholder="choose the columns of amounts",
        help=ROLES["revenue"].help,
    )


def _set_sum() -> None:
    picked = st.session_state["role.revenue.parts"]
    st.session_state["adding up"] = len(picked) != 1
    _set_role("revenue", PLUS.join(picked))


def _set_role(name: str, given: str | None = None) -> None:
    study, table = session.study(), session.table()
    heading = st.session_state[f"role.{name}"] if given is None else given
    assert table is not None
    if heading == SEVERAL:
        st.session_state["adding up"] = True
        return
    chosen = {role: column for role, column in study.columns.items() if not heading or column != heading}
    found = vocabulary.roles(table, {role: column for role, column in chosen.items() if role != name})
    for role, column in found.items():  # a column plays one role: taking it here takes it away there
        if heading and column == heading and role != name:
            chosen[role] = ""
    study.columns = {**chosen, name: heading}


def _suggestions(roles: dict[str, str], wanted: Iterable[str]) -> None:
    """Columns that look like one of these roles but not surely: offered, never taken."""
    for match in derived.matches():
        doubtful = not match.sure and not match.denied and match.role in wanted
        if doubtful and match.role not in roles and match.heading not in roles.values():
            st.button(
                _offer(match),
                key=f"suggest.{match.role}",
                on_click=_accept,
                args=(match.role, match.heading),
                help=plain(match.why),
            )


def _offer(match: vocabulary.Match) -> str:
    table = session.table()
    columns = parts(match.heading, table.data.column_names) if table is not None else ()
    if len(columns) > 1:
        return f"Add up {formats.listed([f'“{plain(name)}”' for name in columns])} as the revenue"
    return f"Is “{plain(match.heading)}” the {ROLES[match.role].label.lower()}? Take it"


def _accept(role: str, heading: str) -> None:
    session.study().columns[role] = heading
