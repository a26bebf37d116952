"""Pictures of our own that are drawn in the browser: their code is a file beside them, after what they all share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

SHARED = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


def component(folder: Path) -> Callable[..., Any]:
    """The component whose html, css and js lie in a folder under its name."""
    html, css, js = ((folder / f"{folder.name}.{part}").read_text(encoding="utf-8") for part in ("html", "css", "js"))
    return st.components.v2.component(folder.name, html=html, css=css, js=SHARED + js)
