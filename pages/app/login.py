"""Accounts: where the server's secrets name a provider (OpenID Connect, `[auth]`), people log in there before they come in."""

from __future__ import annotations

from collections import deque
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit import config
from streamlit.errors import StreamlitAuthError
from streamlit.logger import get_logger
from streamlit.runtime.scriptrunner import get_script_run_ctx

_LET_IN: deque[str] = deque(maxlen=10_000)  # sessions that logged in; the oldest are long gone


@cache
def asked() -> bool:
    """Whether `[auth]` is in `.streamlit/secrets.toml`, as it was when the first visitor came.

    Where there are secrets that cannot be read, it may be: nobody comes in.
    """
    if st.secrets.load_if_toml_exists():
        return "auth" in st.secrets
    return any(Path(one).exists() for one in config.get_option("secrets.files"))


def let_in(session: str) -> bool:
    """Whether a session may hand in files."""
    return not asked() or session in _LET_IN


def known() -> bool:
    """Whether this visitor may come in."""
    if not asked():
        return True
    if not st.user.get("is_logged_in"):
        return False
    here = get_script_run_ctx()
    if here and here.session_id not in _LET_IN:
        _LET_IN.append(here.session_id)
    return True


def ask() -> None:
    """A page with a button that leads to the provider."""
    st.title("Segment Lab")
    st.button("Log in", type="primary", key="log in", on_click=_go)
    if st.session_state.pop("login trouble", False):
        st.error("Nobody can log in: the log of this server says what is missing.")


def _go() -> None:
    try:
        st.login()
    except StreamlitAuthError as trouble:
        get_logger(__name__).error("Nobody can log in: %s", trouble)
        st.session_state["login trouble"] = True


def leave() -> None:
    """Below the page, a button to log out; nothing where nobody logged in."""
    if asked():
        st.button("Log out", type="tertiary", key="log out", on_click=st.logout)
