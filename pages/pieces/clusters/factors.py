"""What lies behind the columns: as many factors as the slider says, each in words, and a column that stands for each."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import Any

import pandas as pd
import streamlit as st

from pages.app import session
from pages.app.words import plain
from pages.pieces.clusters.state import Now, set_, words
from pages.widgets import tables
from pages.widgets.drawn import drawn
from segmentation import formats
from segmentation.analysis.groups.factors import Factors, factors, scores
from segmentation.charts import EMPTY, spec
from segmentation.charts.portrait import COLUMNS, loadings_data
from segmentation.charts.portrait import portrait as portrait_chart

SIDES = (1.2, 1)
COUNT = "factors.count"
TOLD = 8  # factors, the first
SAID = "Columns that rise and fall together tell one thing several times: a factor."
FEWER = "Fewer of them say nearly as much."

session.stale_with_data(COUNT)


def behind(now: Now) -> None:
    """The factors of the columns that customers are compared by."""
    made = now.found
    assert made is not None
    found = now.customers.remember(("factors", now.found_key), lambda: factors(made.points(now.customers)))
    if len(found.columns) < 2:
        st.markdown("Factors lie behind several columns: take one more in the first question.")
        return
    left, right = st.columns(SIDES, gap="medium")
    with right:
        count = _count(found)
        st.markdown("\n".join(f"- {plain(found.sentence(at))}" for at in range(min(count, TOLD))))
        if count > TOLD:
            st.caption(f"The first {TOLD} of {count} factors are told and drawn; those after them tell less.")
        _onward(now, found, count)
    with left:
        st.markdown("**How far each column goes with each factor** — blue: up with it, orange: against it")
        drawn(
            _picture,
            loadings_data(found, min(count, TOLD)),
            _spec(),
            "factors",
            "How far each column goes with each factor",
            folded=True,
        )
        st.caption(f"{SAID} {FEWER}" if found.enough < len(found.columns) else SAID)
        if len(found.columns) > COLUMNS:
            st.caption(f"Drawn are the {COLUMNS} columns that go with one of them most.")


def _count(found: Factors) -> int:
    """How many factors, by the slider; what they keep."""
    held = st.session_state
    held[COUNT] = min(held.get(COUNT) or found.enough, len(found.columns))
    count = int(st.slider("How many factors?", 1, len(found.columns), key=COUNT))
    st.markdown(f"**{plain(found.kept(count))}**")
    return count


def _onward(now: Now, found: Factors, count: int) -> None:
    """Compare by a column of each factor; take every customer's place along the factors away."""
    columns = found.standing_for(count)
    if len(columns) < len(found.columns):
        st.button(
            "Compare by one column of each", key="one of each", on_click=set_, kwargs={"columns": columns},
            help="Groups by fewer columns are easier to tell apart and to act on.",
        )  # fmt: skip
        st.caption(f"These are {plain(words(columns))}." if len(columns) > 1 else f"This is {plain(words(columns))}.")
    made = now.found
    assert made is not None
    many = formats.plural(len(made.points(now.customers).rows), "customer")
    tables.take_away(f"Download the factors of {many}", partial(_scores, now, found, count), "factors", "factors.csv")


def _scores(now: Now, found: Factors, count: int) -> pd.DataFrame:
    return scores(now.customers, now.found.points(now.customers), found, count)  # type: ignore[union-attr]


def _picture(data: pd.DataFrame) -> Any:
    return portrait_chart(data, "Factor", "Goes with it")


@lru_cache(maxsize=1)
def _spec() -> dict[str, Any]:
    return spec(_picture(EMPTY))
