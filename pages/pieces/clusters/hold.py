"""The fifth question: whether the groups hold when other customers are looked at."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import Any

import streamlit as st

from pages.app import upload
from pages.app.cache import SHARED
from pages.app.words import plain
from pages.pieces.clusters.state import Now
from pages.widgets.drawn import drawn
from segmentation import formats
from segmentation.analysis.groups.holds import GRADES, TIMES, holds
from segmentation.charts import EMPTY, spec
from segmentation.charts.overlaps import overlaps as overlaps_chart
from segmentation.charts.overlaps import overlaps_data
from segmentation.reading.draft import Progress


def hold(now: Now) -> None:
    """A button, since it takes a moment; then each group with its grade."""
    assert now.fitted is not None
    with st.container(border=True, key="step 5"):
        st.header("5 · Do they hold?", anchor=False)
        held = st.session_state.get("holding") or ("", None)
        if held[0] == _key(now):
            _verdict(now, held[1])
            return
        st.markdown(
            f"Your customers are a sample: next month's are others. Draw customers from the file {TIMES} times, look for groups "
            "each time, and see which come back."
        )
        if st.session_state.pop("stopped", False):
            st.info("The draws were stopped.")
        st.button(
            "Try whether they hold", key="try them", type="primary", on_click=upload.ask, args=(partial(_try, now),)
        )
        if st.session_state.get("wish"):
            st.rerun()  # the whole page: what runs within a part of it cannot be stopped


def _key(now: Now) -> str:
    return f"{now.found_key} {now.k}"


def _try(now: Now, progress: Progress) -> None:
    st.session_state["holding"] = (_key(now), SHARED.get(_key(now), lambda: _tried(now, progress)))


def _tried(now: Now, progress: Progress) -> Any:
    """How well each group that holds somebody comes back."""
    made = now.fitted.made  # type: ignore[union-attr]
    points = now.found.points(now.customers)  # type: ignore[union-attr]
    codes = made.codes[points.rows].astype(int)
    return holds(points, codes, now.k or 0, progress)


def _verdict(now: Now, found: Any) -> None:
    parted = now.found.quality.best is not None  # type: ignore[union-attr]
    st.markdown(f"**{plain(found.sentence(now.names, parted))}**")
    st.markdown(plain(" ".join(filter(None, (found.together(parted), found.again())))))
    data = overlaps_data(found, now.names, now.fitted.made.colours)  # type: ignore[union-attr]
    drawn(overlaps_chart, data, _spec(), "overlaps", "How much of each group came back", folded=True)
    (firm, firmly, _), *rest = [one for one in GRADES if one[0]]
    grades = ", ".join(f"from {formats.share(least)} it {said}" for least, said, _ in rest)
    st.caption(
        f"Of each group, how many of its customers were together again: the mean of {found.times} draws of "
        f"{formats.count(found.of)} customers. From {formats.share(firm)} on a group {firmly}, {grades}; below that it falls "
        "apart (Hennig 2007)."
    )


@lru_cache(maxsize=1)
def _spec() -> dict[str, Any]:
    return spec(overlaps_chart(EMPTY))
