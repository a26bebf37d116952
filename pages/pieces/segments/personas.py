"""A card for the most typical customer of each segment, to be read aloud."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import streamlit as st

from pages.app.masking import hidden, who
from pages.app.words import plain, show
from pages.pieces.segments.shown import Shown
from pages.pieces.segments.since import remember_first, since
from pages.widgets import controls
from segmentation import Problem, formats
from segmentation.analysis.groups.personas import GUIDE, MOST, Persona, personas
from segmentation.charts import EMPTY, spec
from segmentation.charts.strip import strip as strip_chart
from segmentation.charts.strip import strip_data
from segmentation.segments.own import MERGED

BESIDE = 2  # cards in a row
LONGEST = 60  # letters of a name of one's own
SAID = "The customer nearest to the middle of each segment, and what sets the segment apart."


def persona_cards(shown: Shown) -> None:
    """The cards, made when they are opened."""
    try:
        found = _found(shown)
    except Problem as problem:
        show(problem)
        return
    least, most = GUIDE
    guide = (
        f"As a guide, a persona stands for {formats.share(least).removesuffix('%')}–{formats.share(most)} of customers."
    )
    few = f" Shown are the {MOST} largest segments." if len(found) == MOST < len(shown.segmentation.names) else ""
    st.caption(f"{SAID} {guide}{few}")
    since(shown)
    names = _proposed(shown)
    for first in range(0, len(found), BESIDE):
        for place, one in zip(st.columns(BESIDE, gap="small"), found[first : first + BESIDE], strict=False):
            with place, st.container(border=True, height="stretch"):
                _card(shown, one, names.get(one.segment, ""))


def _found(shown: Shown) -> list[Persona]:
    """The cards, kept for a place of the thresholds: another name or note does not look for them again."""
    study, name, away = shown.study, shown.method.name, hidden()
    made_of = (study.own.get(name), shown.values, study.pins_of(name), study.currency, sorted(away))
    return shown.customers.remember(
        ("personas", name, repr(made_of)), lambda: personas(shown.segmentation, study.currency, away)
    )


def _proposed(shown: Shown) -> dict[str, str]:
    """What each segment was called by the method, where it can be called otherwise."""
    control = shown.method.controls.get("names")
    recipe = shown.study.own.get(shown.method.name, {})
    if control is None or control.kind != "called" or recipe.get("primitive") == MERGED or recipe.get("cross"):
        return {}
    made = shown.method(shown.customers, **{**shown.values, "names": {}})
    named = zip(shown.segmentation.names, made.names, strict=True)
    return {
        name: proposed for name, proposed in named if proposed not in shown.method.segments
    }  # those keep their names


def _card(shown: Shown, one: Persona, proposed: str) -> None:
    if proposed:
        _name(shown, one.segment, proposed)
    else:
        st.markdown(f"**{plain(one.segment)}**")
    typical = who([shown.customers.frame.index[one.row]])[0]
    st.markdown(f"{plain(one.size)}")
    st.markdown(f"**Typical: {plain(typical)}.** {plain(one.portrait)}")
    _strip(shown, one)
    said = [*one.apart, *([f"Buys most: {'; '.join(one.favourites)}"] if one.favourites else [])]
    st.markdown("\n".join(f"- {plain(line)}" for line in said) or "Like all customers in what is known of them.")
    st.markdown(f"**How to reach them:** {plain(' '.join(one.reach))}")
    key = f"persona note {one.segment}"
    st.session_state[key] = shown.study.note(shown.method.name, one.segment)
    st.text_area(
        "Note", key=key, height=68, max_chars=1000, placeholder="What would you say to this customer?",
        label_visibility="collapsed", on_change=_noted, args=(shown, one.segment, key),
    )  # fmt: skip


def _name(shown: Shown, segment: str, proposed: str) -> None:
    key = f"persona name {proposed}"
    st.session_state[key] = segment[:LONGEST]
    st.text_input(
        "Name", key=key, max_chars=LONGEST, on_change=_called, args=(shown, proposed, key), label_visibility="collapsed",
        help=f"Proposed: {plain(proposed)}. Leave it empty to have that back.",
    )  # fmt: skip


def _called(shown: Shown, proposed: str, key: str) -> None:
    """Give a segment a name; an empty one gives back what was proposed."""
    wanted = st.session_state[key].strip()
    others = {name: own for name, own in shown.values["names"].items() if name != proposed}
    controls.move(
        shown.method, names={**others, **({proposed: wanted} if wanted not in ("", proposed[:LONGEST].strip()) else {})}
    )


def _noted(shown: Shown, segment: str, key: str) -> None:
    shown.study.write_note(shown.method.name, segment, st.session_state[key])
    remember_first(shown)


def _strip(shown: Shown, one: Persona) -> None:
    """When the typical customer bought."""
    customers = shown.customers
    if len(one.bought) and customers.as_of and customers.start:
        data = strip_data(one.bought, customers.as_of, customers.start)
        st.vega_lite_chart(data, _spec(), key=f"strip {one.segment}", alt="When the typical customer bought")


@lru_cache(maxsize=1)
def _spec() -> dict[str, Any]:
    return spec(strip_chart(EMPTY))
