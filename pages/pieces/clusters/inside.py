"""Who is inside a group, or a box drawn on the map: in numbers and words, and as a table in which one can be chosen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from pages.app.words import plain
from pages.pieces.clusters.state import Now
from pages.widgets import tables
from segmentation import formats
from segmentation.analysis.groups.clusters import described
from segmentation.analysis.groups.crowd import Crowd
from segmentation.analysis.portraits.profile import Profile, profile_of
from segmentation.dataclass import dataclass
from segmentation.report.lists import of_customers

BOX = "In the box"


@dataclass(frozen=True)
class Inside:
    """Some customers: their row numbers, those of the first of them in the list, what they bring, and what they are like."""

    title: str
    rows: np.ndarray
    first: np.ndarray
    brought: float
    profile: Profile | None


def inside(now: Now, found: Crowd, group: str, box: dict[str, Any]) -> int | None:
    """Who is in a group (in the box where that is ""); the row number of the customer who is chosen in the table."""
    if not group and not {"x", "y"} <= set(box):
        st.caption("Who is inside will stand here, in numbers and words.")
        return None
    what = f"{now.k} {group or ' '.join(f'{end:.6g}' for end in (*box['x'], *box['y']))}"
    return _told(now, _known(now, what, lambda: _made(now, group or BOX, _rows(now, found, group, box))), what)


def _known(now: Now, what: str, make: Callable[[], Inside]) -> Inside:
    """Found once while customers of it are chosen; only the last is kept, with the numbers of all its rows."""
    key, recent = (now.found_key, what, *now.names), now.customers.remember("inside", dict)
    made = recent.get(key)
    if made is None:
        made = make()
        recent.clear()
        recent[key] = made
    return made


def _rows(now: Now, found: Crowd, group: str, box: dict[str, Any]) -> np.ndarray:
    if not group:
        return found.within(tuple(box["x"]), tuple(box["y"]))
    fitted = now.fitted
    assert fitted is not None
    return np.flatnonzero(fitted.made.codes == fitted.made.names.index(fitted.names[now.names.index(group)]))


def _made(now: Now, title: str, rows: np.ndarray) -> Inside:
    customers, made = now.customers, now.found
    assert made is not None
    brought, scale = customers.exact(customers.money)
    shown = described(customers, made.columns)
    return Inside(
        title,
        rows,
        tables.largest(customers, rows, tables.LISTED),
        float(brought[rows].sum()) / scale,
        profile_of(customers, {title: rows}, shown, made.transform, made.outliers) if len(rows) else None,
    )


def _told(now: Now, one: Inside, what: str) -> int | None:
    """So many customers in numbers and words, and a list of them."""
    customers, currency, many = now.customers, now.study.currency, len(one.rows)
    if not many:
        st.markdown(f"**{plain(one.title)}: nobody.** Draw a box over some of the customers.")
        return None
    total = customers.total(customers.money)
    share = f" ({formats.share(one.brought / total)} of all)" if total > 0 else ""
    st.markdown(
        f"**{plain(one.title)}: {formats.plural(many, 'customer')}** ({formats.share(many / max(len(customers), 1))}), "
        f"{plain(formats.compact(one.brought, currency))} of {plain(customers.money)}{share}."
    )
    assert one.profile is not None
    said = one.profile.sentences(0, currency)
    st.markdown("\n".join(f"- {plain(each)}" for each in said) or "They are like everybody.")
    if one.title == BOX:
        st.markdown(plain(_mixed(now, one.rows)))
    st.caption("Choose a row to see where on the map that customer stands.")
    choice, listed = f"inside {what}", partial(_list, now, one.rows)
    return tables.customers(customers, one.first, one.title, currency, listed, choice, many)


def _mixed(now: Now, rows: np.ndarray) -> str:
    """Of which groups they are."""
    made = now.fitted.made  # type: ignore[union-attr]
    counts = pd.Series(made.codes[rows]).value_counts()
    names = dict(zip((made.names.index(one) for one in now.fitted.names), now.names, strict=True))  # type: ignore[union-attr]
    parts = [f"{formats.share(many / len(rows))} in “{names[code]}”" for code, many in counts.items() if code in names]
    if len(parts) == 1 and len(counts) == 1:
        return f"All of them are in {parts[0].partition(' in ')[2]}."
    return f"Of these, {formats.listed(parts[:3])}." if parts else ""


def _list(now: Now, rows: np.ndarray) -> pd.DataFrame:
    return of_customers(now.fitted.made, tables.largest(now.customers, rows, len(rows)))  # type: ignore[union-attr]
