"""Tabs that show the same work: whoever changes it in one has the others say so at once, and nobody asks the server for it."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from contextlib import suppress
from weakref import WeakKeyDictionary

from streamlit import runtime
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.app.store import Work

_OPEN: WeakKeyDictionary[Work, str] = WeakKeyDictionary()  # each tab's own, with the session it is shown in
_TURN = threading.Lock()
LATER = 0.2  # seconds until it is seen again whether a page stands still


def shown(work: Work) -> None:
    """Remember the tab that shows a work."""
    if here := get_script_run_ctx():
        with _TURN:
            _OPEN[work] = here.session_id


def changed(work: Work) -> None:
    """Have the other tabs that reached this work by its key say that it was changed; once, until it is changed there too."""
    work.told = False
    with _TURN:
        others = [(one, tab) for one, tab in _OPEN.items() if one.key == work.key and one is not work and not one.told]
    for other, _ in others:
        other.overtaken = other.told = True
    _draw_all(tab for _, tab in others)


def say_all() -> None:
    """Have all tabs say what there is to be said of where work is kept."""
    with _TURN:
        tabs = [*_OPEN.values()]
    _draw_all(tabs)


def _draw_all(tabs: Iterable[str]) -> None:
    """What is used for it is no promise of Streamlit's: where it is no more, or the server ends, tabs say so with their next move."""
    with suppress(AttributeError, RuntimeError):
        for tab in tabs:
            _draw_anew(tab)


def _draw_anew(tab: str) -> None:
    """The whole page, though nothing was moved: all stays as it is, and what is to be said is said.

    A page that works on something is let go on first: else what it was asked for meanwhile would be lost, and long work begun anew.
    """
    if not runtime.exists():
        return
    server = runtime.get_instance()
    loop = server._get_async_objs().eventloop

    def draw() -> None:
        if (there := server._session_mgr.get_active_session_info(tab)) is None:
            return
        if there.session._scriptrunner is not None:
            loop.call_later(LATER, draw)
            return
        state = ClientState()
        state.CopyFrom(there.session._client_state)
        state.fragment_id = ""
        there.session.request_rerun(state)

    loop.call_soon_threadsafe(draw)
