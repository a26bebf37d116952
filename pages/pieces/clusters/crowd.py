"""The map: customers in two dimensions; draw a box or choose a group and see who is inside, choose a customer and see where."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import Any

import numpy as np
import streamlit as st

from pages.app.masking import hidden, who
from pages.app.words import plain
from pages.pieces.clusters.inside import inside
from pages.pieces.clusters.state import Now
from pages.widgets.drawn import files
from segmentation import formats
from segmentation.analysis.groups.crowd import Crowd, crowd
from segmentation.charts import EMPTY, spec
from segmentation.charts.crowd import BOX, Marked, crowd_data
from segmentation.charts.crowd import crowd as crowd_chart

SIDES = (1.7, 1)
MAP = "Map of customers"
PICKED = "map picked"  # how often a group was chosen: what was clicked in another picture is not the choice any more
CHOSEN = "map group"  # the key of the group that is chosen, None where none is
TURN = "map turn"  # how often a box was taken away: a map of another key has none


def map_of(now: Now) -> None:
    """Everybody on the map, what its directions mean, and who is inside what is drawn or chosen."""
    found = _found(now)
    if len(found.columns) < 2:
        st.markdown("A map needs two columns to compare customers by: take one more in the first question.")
        return
    left, right = st.columns(SIDES, gap="medium")
    with right:
        st.pills(
            "Choose a group, or draw a box in the map", now.names, key=CHOSEN, format_func=plain, wrap=True,
            on_change=_chosen,
        )  # fmt: skip
        chosen, box = chosen_of(now), _box()
        marked = _marked(now, found, inside(now, found, chosen, box))
    with left:
        _picture(now, found, chosen, marked)


def choose(group: str | None) -> None:
    """A group is to stand out on the map, or none, as somebody said elsewhere on the page."""
    st.session_state[CHOSEN] = group
    st.session_state["clusters part"] = MAP
    _without_box()


def _chosen() -> None:
    """A group was chosen beside the map."""
    _once_more(PICKED)
    _without_box()


def _drawn() -> None:
    """A box was drawn: it is looked into instead of a group. The map keeps its key, and with it the box."""
    st.session_state[CHOSEN] = None
    _once_more(PICKED)


def _without_box() -> None:
    if _box():
        _once_more(TURN)


def _once_more(count: str) -> None:
    st.session_state[count] = st.session_state.get(count, 0) + 1


def chosen_of(now: Now) -> str:
    """The group that is chosen, "" where none of those looked at is."""
    held = st.session_state.get(CHOSEN)
    return held if held in now.names else ""


def _key() -> str:
    return f"map {st.session_state.get(TURN, 0)}"


def _box() -> dict[str, Any]:
    """The box that is drawn in the map, if any."""
    held = st.session_state.get(_key()) or {}
    return held.get("selection", {}).get(BOX) or {}


def _found(now: Now) -> Crowd:
    made = now.found
    assert made is not None
    return now.customers.remember(("map", now.found_key), lambda: crowd(made.points(now.customers)))


def _middles(now: Now, found: Crowd) -> np.ndarray:
    """Of every number of groups at once, so that another number is there at once."""

    def make() -> dict[int, np.ndarray]:
        each = now.found.of  # type: ignore[union-attr]
        return {k: found.middles(one.made.codes, len(one.made.names)) for k, one in each.items()}

    return now.customers.remember(("middles", now.found_key), make)[now.k]


def _picture(now: Now, found: Crowd, chosen: str, marked: Marked | None) -> None:
    """The map, in which a box can be drawn."""
    make = partial(_data, now, found, chosen, marked)
    data = make() if chosen or marked or hidden() else now.once("map", make)
    st.vega_lite_chart(
        data, _spec(), key=_key(), on_select=_drawn, selection_mode=BOX,
        alt="Customers on a map, near each other who are alike",
    )  # fmt: skip
    files(crowd_chart, data, "map of customers", "Customers on a map", folded=True)
    if marked:
        st.caption(f"Marked on the map: **{plain(marked.who)}**.")
    st.caption(now.once("directions", lambda: plain(_directions(found))))


def _data(now: Now, found: Crowd, chosen: str, marked: Marked | None) -> Any:
    """What the map is drawn of: who stands where, what groups are called, and what stands out."""
    made = now.fitted.made  # type: ignore[union-attr]
    here, people = made.placing.at(found.rows[found.drawn]), _people(now, found)
    return crowd_data(found, here, _middles(now, found), now.names, made.colours, people, chosen, marked)


def _marked(now: Now, found: Crowd, row: int | None) -> Marked | None:
    """The customer who was chosen in the table, where a place on the map is known."""
    place = None if row is None else found.at(row)
    if row is None or place is None:
        return None
    name = who([now.customers.frame.index[row]])[0]
    return Marked(place, name)


def _people(now: Now, found: Crowd) -> list[str]:
    """What those who are drawn are called; kept where all look, but for what one visitor hides."""
    drawn = now.customers.frame.index[found.rows[found.drawn]]
    if hidden():
        return who(drawn)
    return now.customers.remember(("drawn on the map", now.found_key), lambda: who(drawn))


def _directions(found: Crowd) -> str:
    """What the directions of the map mean, and how much it shows."""
    part, drawn, all_ = formats.share(float(found.shares.sum())), len(found.drawn), len(found.rows)
    sample = f" {formats.count(drawn)} of {formats.count(all_)} customers are drawn." if drawn < all_ else ""
    return (
        f"To the right: {found.meaning(0)}. Upwards: {found.meaning(1)}. These two directions show {part} of all differences "
        f"between customers in {formats.plural(len(found.columns), 'column')}.{sample}"
    )


@lru_cache(maxsize=1)
def _spec() -> dict[str, Any]:
    return spec(crowd_chart(EMPTY))
