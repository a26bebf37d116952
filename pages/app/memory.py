"""Work kept in the server's memory for a while, where a room has no folder: a phone that slept finds it again."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

import streamlit as st

from pages.app.files import Source, of_path
from pages.app.history import History
from pages.app.store import Work
from segmentation.apart.handing import Upload
from segmentation.dataclass import dataclass

MINUTES = 60  # after the last change
BYTES = 1 << 30  # of files in all; who changed something longest ago is forgotten first
BROWSER = "segment-lab-browser"  # the cookie by which a browser is known again, see `door.py`


@dataclass
class _Held:
    browser: str
    work: Work
    history: History
    contents: list[Any]
    touched: float

    @property
    def size(self) -> int:
        return sum(one.size for one in self.contents if isinstance(one, Upload))


class Memory:
    """What visitors did, by key; each is given back to the browser it came from alone. The same words as `Store`."""

    trouble = ""

    def __init__(self) -> None:
        self._held: dict[str, _Held] = {}
        self._turn = threading.Lock()

    def begin(self, work: Work, contents: Sequence[Any]) -> None:
        """Keep other files under a key, and the steps from here."""
        with self._turn:
            self._held[work.key] = _Held(browser(), work, deepcopy(work.history), [*contents], time.time())
            self._sweep()

    def save(self, work: Work, recorded: bool) -> None:
        """Keep the step in hand."""
        del recorded  # the steps are kept as a whole
        with self._turn:
            if (held := self._held.get(work.key)) is not None:
                work.overtaken = work.overtaken or held.work is not work
                held.work, held.history, held.touched = work, deepcopy(work.history), time.time()

    def load(self, key: str) -> Work | None:
        """The work under a key; None where there is none, or it is another browser's."""
        with self._turn:
            self._sweep()
            held = self._held.get(key)
            if held is None or held.browser != browser():
                return None
            return Work(key, list(held.work.files), deepcopy(held.history))

    def sources(self, work: Work) -> list[Source]:
        """The files of a work that was loaded. Raises OSError where they were forgotten meanwhile, or one of this machine's is gone."""
        if (held := self._held.get(work.key)) is None:
            raise OSError("it was forgotten meanwhile")
        return [
            of_path(Path(path)) if path else Source(content, name, digest)
            for (name, digest, path), content in zip(work.files, held.contents, strict=True)
        ]

    def holds(self, source: Source) -> bool:
        """Whether a file lies in a folder of ours: here none does."""
        del source
        return False

    def forget(self, key: str) -> bool:
        """Forget what is kept under a key; it is gone then."""
        with self._turn:
            self._held.pop(key, None)
        return True

    def _sweep(self) -> None:
        """Forget what was kept long enough, and of what is too much the oldest."""
        late = time.time() - MINUTES * 60
        kept = sorted((one for one in self._held.items() if one[1].touched > late), key=lambda one: -one[1].touched)
        left: dict[str, _Held] = {}
        room = BYTES
        for key, one in kept:
            room -= one.size
            if room >= 0 or not left:
                left[key] = one
        self._held = left


def browser() -> str:
    """What tells a visitor's browser from others; "" where it takes no cookies."""
    return st.context.cookies.get(BROWSER, "")
