"""An Altair picture on a page, and the same to take away as a file of each format that holds pictures."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import altair as alt
import streamlit as st

from segmentation.report import Drawing, Format, format_of, suffixes


def drawn(chart: Callable[[Any], alt.LayerChart], data: Any, spec: dict[str, Any], key: str, alt: str) -> None:
    """The picture, named after the key, and a small button for each format.

    chart   makes it of data, when a file is asked for; spec is what `charts.spec` says of it, for the screen
    """
    st.vega_lite_chart(data, spec, key=key, alt=alt)
    files(chart, data, key, alt)


def files(chart: Callable[[Any], alt.LayerChart], data: Any, key: str, alt: str) -> None:
    """The buttons alone, below a picture that somebody can choose in; named after the key."""
    with st.container(horizontal=True, gap="small", key=f"as files {key}"):
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
