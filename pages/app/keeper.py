"""Who keeps the work of those who come: a folder, or the server's memory."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import platformdirs
import streamlit as st

from pages.app import tabs
from pages.app.memory import Memory
from pages.app.store import Store

FOLDER = "SEGMENT_LAB_DATA"  # of the environment: where work is kept, or “no”
NOWHERE = "no"
HERE = ("localhost", "127.0.0.1", "::1")


@cache
def store() -> Store | Memory | None:
    """Where work is kept: the folder the host chose; without one that of this user, or in a room the server's memory."""
    chosen = os.environ.get(FOLDER, "")
    if chosen == NOWHERE:
        return None
    alone = st.get_option("server.address") in HERE and not st.get_option("server.allowedHosts")
    if not chosen and not alone:
        return Memory()
    folder = Path(chosen or platformdirs.user_data_path("segment-lab", appauthor=False)).expanduser().absolute()
    return Store(folder, tabs.say_all)
