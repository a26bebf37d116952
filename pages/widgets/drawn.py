"""An Altair picture on a page, and the same to take away as a file of each format that holds pictures."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import altair as alt
import streamlit as st

from segmentation.report import Drawing, Format, format_of, suffixes

Chart = Callable[[Any], alt.LayerChart]


def drawn(chart: Chart, data: Any, spec: dict[str, Any], key: str, alt: str, folded: bool = False) -> None:
    """The picture, named after the key, and a small button for each format.

    chart   makes it of data, when a file is asked for; spec is what `charts.spec` says of it, for the screen
    """
    st.vega_lite_chart(data, spec, key=key, alt=alt)
    files(chart, data, key, alt, folded)


def files(chart: Chart, data: Any, key: str, alt: str, folded: bool = False) -> None:
    """The buttons alone, below a picture that somebody can choose in; named after the key.

    folded   made once they are asked for: where a page has many pictures, they would be a tenth of each of its answers
    """
    if not folded:
        with st.container(horizontal=True, gap="small", key=f"as files {key}"):
            _offers(chart, data, key, alt)
        return
    said = f"{alt}, as a file"
    with st.popover("As a file", key=f"as files {key}", type="tertiary", help=said, on_change="rerun") as opened:
        if opened.open:
            _offers(chart, data, key, alt)


def _offers(chart: Chart, data: Any, key: str, alt: str) -> None:
    for suffix in suffixes():
        one = format_of(suffix)
        if one.HOLDS == "picture":
            _offer(one, suffix, partial(chart, data), key, alt)


def _offer(one: Format, suffix: str, make: Callable[[], alt.LayerChart], key: str, alt: str) -> None:
    st.download_button(
        suffix.upper(),
        lambda: one.write(Drawing(make, key)),
        file_name=f"{key}.{suffix}",
        mime=one.MIME,
        on_click="ignore",
        key=f"{key}.{suffix}",
        help=f"{alt}, as a file",
        type="tertiary",
    )
