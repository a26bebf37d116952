"""The map: customers in two dimensions; draw a box or choose a group, and see who is inside."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from pages.app.masking import who
from pages.app.words import plain
from pages.pieces.clusters.state import Now
from pages.widgets import tables
from pages.widgets.drawn import files
from segmentation import charts, formats
from segmentation.analysis.groups.clusters import described
from segmentation.analysis.groups.crowd import Crowd, crowd
from segmentation.analysis.portraits.profile import profile_of
from segmentation.charts.crowd import BOX, crowd_data
from segmentation.report.lists import of_customers

SIDES = (1.7, 1)
INSIDE = "In the box"


def map_of(now: Now) -> None:
    """Everybody on the map, what its directions mean, and who is inside what is drawn or chosen."""
    found = _found(now)
    if len(found.columns) < 2:
        st.markdown("A map needs two columns to compare customers by: take one more in the first question.")
        return
    left, right = st.columns(SIDES, gap="medium")
    with right:
        chosen = st.pills(
            "Choose a group, or draw a box in the map", now.names, key="map group", format_func=plain, wrap=True
        )
    with left:
        box = _picture(now, found, chosen or "")
    with right:
        _inside(now, found, chosen, box)


def _found(now: Now) -> Crowd:
    made = now.found
    assert made is not None
    return now.customers.remember(("map", now.found_key), lambda: crowd(made.points(now.customers)))


def _picture(now: Now, found: Crowd, chosen: str) -> dict[str, Any]:
    """The map; the box that was drawn in it, if any."""
    made = now.fitted.made  # type: ignore[union-attr]
    data = crowd_data(found, made.codes, now.names, made.colours, _people(now, found), chosen)
    st.vega_lite_chart(
        data, _spec(), key="map", on_select=lambda: st.session_state.update({"map group": None}), selection_mode=BOX,
        alt="Customers on a map, near each other who are alike",
    )  # fmt: skip
    files(charts.crowd, data, "map of customers", "Customers on a map")
    st.caption(plain(_directions(found)))
    held = st.session_state.get("map") or {}
    return held.get("selection", {}).get(BOX) or {}


def _people(now: Now, found: Crowd) -> list[str]:
    """What those who are drawn are called; kept where all look, but for what one visitor hides."""
    drawn = now.customers.frame.index[found.rows[found.drawn]]
    if now.study.masked:
        return who(drawn)
    return now.customers.remember(("drawn on the map", now.found_key), lambda: who(drawn))


def _directions(found: Crowd) -> str:
    """What the directions of the map mean, and how much it shows."""
    part, drawn, all_ = formats.share(float(found.shares.sum())), len(found.drawn), len(found.rows)
    sample = f" Drawn are {formats.count(drawn)} of {formats.count(all_)} customers." if drawn < all_ else ""
    return (
        f"To the right: {found.meaning(0)}. Upwards: {found.meaning(1)}. These two directions show {part} of all differences "
        f"between customers in {formats.plural(len(found.columns), 'column')}.{sample}"
    )


def _inside(now: Now, found: Crowd, chosen: str | None, box: dict[str, Any]) -> None:
    if chosen:
        at = now.names.index(chosen)
        rows = np.flatnonzero(now.fitted.made.codes == now.fitted.made.names.index(now.fitted.names[at]))  # type: ignore[union-attr]
    elif {"x", "y"} <= set(box):
        rows = found.within(tuple(box["x"]), tuple(box["y"]))
    else:
        st.caption("Who is inside will stand here, in numbers and words.")
        return
    _told(now, rows, chosen or INSIDE)


def _told(now: Now, rows: np.ndarray, title: str) -> None:
    """So many customers in numbers and words, and a list of them."""
    customers, currency = now.customers, now.study.currency
    money = customers.money
    brought, scale = customers.exact(money)
    amount, total = float(brought[rows].sum()) / scale, customers.total(money)
    share = f" ({formats.share(amount / total)} of all)" if total > 0 else ""
    st.markdown(
        f"**{plain(title)}: {formats.plural(len(rows), 'customer')}** ({formats.share(len(rows) / max(len(customers), 1))}), "
        f"{plain(formats.compact(amount, currency))} of {plain(money)}{share}."
    )
    if not len(rows):
        return
    made = now.found
    assert made is not None
    shown = described(customers, made.columns)
    found = profile_of(customers, {title: rows}, shown, made.transform, made.outliers)
    said = found.sentences(0, currency)
    st.markdown("\n".join(f"- {plain(one)}" for one in said) or "They are like everybody.")
    if title == INSIDE:
        st.markdown(plain(_mixed(now, rows)))
    tables.customers(customers, tables.largest(customers, rows, len(rows)), title, currency, partial(_list, now, rows))


def _mixed(now: Now, rows: np.ndarray) -> str:
    """Of which groups they are."""
    made = now.fitted.made  # type: ignore[union-attr]
    counts = pd.Series(made.codes[rows]).value_counts()
    names = dict(zip((made.names.index(one) for one in now.fitted.names), now.names, strict=True))  # type: ignore[union-attr]
    parts = [f"{formats.share(many / len(rows))} “{names[code]}”" for code, many in counts.items() if code in names]
    return f"Of these {formats.listed(parts[:3])}." if parts else ""


def _list(now: Now, rows: np.ndarray) -> pd.DataFrame:
    return of_customers(now.fitted.made, tables.largest(now.customers, rows, len(rows)))  # type: ignore[union-attr]


@lru_cache(maxsize=1)
def _spec() -> dict[str, Any]:
    return charts.spec(charts.crowd(charts.EMPTY))
