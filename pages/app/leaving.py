"""Memory is given back: what visitors held who have left, what a process apart keeps, what is free but not returned."""

from __future__ import annotations

import gc
import threading
import time
from concurrent.futures import Future
from typing import Any
from weakref import WeakSet

import streamlit as st
from streamlit import runtime

from segmentation.apart.pool import POOL
from segmentation.apart.worker import give_back

EVERY = 10  # seconds between two looks, or as long as somebody who was cut off may come back


def look_after_memory() -> None:
    """Begin to look, once a server."""
    if runtime.exists():
        threading.Thread(target=_look, args=(runtime.get_instance(),), name="memory", daemon=True).start()


def _look(server: Any) -> None:
    every = min(EVERY, st.get_option("server.disconnectedSessionTTL"))
    known: WeakSet[Any] = WeakSet()
    while server.state != runtime.RuntimeState.STOPPED:
        time.sleep(every)
        if _forget_who_left(server, known):
            gc.collect()
        POOL.renew()
        give_back()


def _forget_who_left(server: Any, known: WeakSet[Any]) -> int:
    """Empty the sessions that have ended, and how many they are.

    Streamlit lets go of one when the next visitor leaves; then what it held waits for a search of all memory, which
    never finds the first visitor's: it was there when `start.once` said what is no garbage.
    """
    told: Future[int] = Future()

    def forget() -> None:
        here = {info.session for info in server._session_mgr.list_sessions()}
        ended = [session for session in known if session not in here]
        for session in ended:
            _empty(session)
            known.discard(session)
        known.update(here)
        told.set_result(len(ended))

    server._get_async_objs().eventloop.call_soon_threadsafe(forget)
    return told.result()


def _empty(session: Any) -> None:
    state = session.session_state
    session.shutdown()
    state.clear()
    state._new_widget_state.widget_metadata.clear()  # what is to be done when a widget is moved
    session._fragment_storage.clear()
