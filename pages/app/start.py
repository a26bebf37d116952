"""What happens once a server, not once a rerun."""

import ctypes
import gc
import sys
import threading
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import asynccontextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.env_util import is_repl
from streamlit.runtime.pages_manager import PagesManager

M_ARENA_MAX = -8  # malloc.h
SHARED = (
    0.0005  # seconds a thread computes before others may: an answer waits so long at each message beside other work
)
FIRST = b"customer,date,revenue\n1,2026-01-01,2.5\n"
ICON = str(Path(__file__).with_name("icon.svg"))


_ONE = threading.Lock()


@asynccontextmanager
async def ahead(_: st.App) -> AsyncGenerator[None]:
    """While the server waits for its first visitor, do what that one would wait for."""
    threading.Thread(target=_ahead, name="ahead", daemon=True).start()
    yield


def _ahead() -> None:
    """All that is imported for a first file, in the process apart too: by reading one."""
    once()
    import segmentation
    from segmentation.apart.pool import POOL
    from segmentation.board.compiled import begin
    from segmentation.columns.match import roles

    begin()
    table = POOL.do(segmentation.read, FIRST, name="first.csv")
    POOL.do(roles, table, {})
    import_module("streamlit.emojis")  # its pattern takes as long as a page, with the first icon
    is_repl()  # Streamlit asks once, and looks through all that is imported


def once() -> None:
    """Once, whoever comes first."""
    with _ONE:
        _once()


@cache
def _once() -> None:
    """Import what the pages need, and keep it out of garbage collection.

    What was imported is no garbage; looking through all of it each time costs more than the page itself, and a tenth
    of the time the imports take.
    """
    sys.setswitchinterval(SHARED)
    gc.disable()
    from segmentation.apart.pool import POOL

    POOL.warm(1)  # whoever reads the first file imports what it needs meanwhile
    from altair.utils.schemapi import disable_debug_mode

    import segmentation  # noqa: F401 - here, while nothing is looked through
    from pages.app.leaving import look_after_memory
    from segmentation.board.script import packed

    _theme_once()
    _look_up_one()
    disable_debug_mode()  # each part of a chart is held against Vega's schema, a quarter of a page: tests look at the whole
    gc.freeze()
    gc.enable()
    _few_arenas()
    look_after_memory()
    packed()


def _theme_once() -> None:
    """Let Streamlit write the theme from its settings once: it does so for each answer, and that is a tenth of one."""
    from streamlit.runtime import app_session

    write: Any = getattr(app_session, "_populate_theme_msg", None)
    if write is None:  # another Streamlit: it writes the theme as it does
        return
    written: dict[str, Any] = {}

    def from_written(message: Any, section: str = "theme") -> None:
        if section not in written:
            written[section] = type(message)()
            write(written[section], section)
        if written[section].ByteSize():
            message.MergeFrom(written[section])

    app_session._populate_theme_msg = from_written  # type: ignore[assignment]


class OneByOne(Mapping[str, Any]):
    """What a session holds, looked up key by key."""

    def __init__(self, state: Any) -> None:
        self._state = state

    def __getitem__(self, key: str) -> Any:
        with self._state._lock:
            return self._state._state[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def _all(self) -> dict[str, Any]:
        with self._state._lock:
            return self._state._state.filtered_state


def _look_up_one() -> None:
    """Let a widget look up its own key: for that Streamlit copies all a session holds, a tenth of an answer's work."""
    from streamlit.runtime.state.safe_session_state import SafeSessionState

    if isinstance(getattr(SafeSessionState, "filtered_state", None), property):  # else another Streamlit
        SafeSessionState.filtered_state = property(OneByOne)  # type: ignore[assignment]


def _few_arenas() -> None:
    """Let threads share memory that was given back; each rerun is a thread, and with an arena each they hoard it.

    With thirty people, measured in turn: 5 MB a person without this, 1.3 MB with it. Only Linux (glibc) does it that way.
    """
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "mallopt"):
        libc.mallopt(M_ARENA_MAX, 2)


def from_the_app() -> None:
    """Begin with app.py if this run did not.

    Until app.py has run once, Streamlit takes an address such as /segments for a page of an app without
    navigation and runs that file alone, without what `once` does, for everybody who comes.
    """
    if PagesManager.uses_pages_directory:
        PagesManager.uses_pages_directory = False
        st.rerun()


def files_given() -> list[Path]:
    """The files named after `--` on the command line: opened for everybody who comes (a workshop's room)."""
    return [Path(name) for name in sys.argv[1:]]
