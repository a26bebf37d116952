"""What visitors share who hold the very same bytes and settings; forgotten when the last of them leaves."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any
from weakref import WeakValueDictionary

from segmentation.dataclass import dataclass


class _Shared:
    """Made once for a key, however many ask at the same time; kept as long as somebody holds it."""

    def __init__(self) -> None:
        self._made: WeakValueDictionary[str, Any] = WeakValueDictionary()
        self._locks: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()

    def get(self, key: str, make: Callable[[], Any]) -> Any:
        with self._guard:
            lock = self._locks.setdefault(key, threading.Lock())
        try:
            with lock:
                made = self._made.get(key)
                if made is None:
                    made = self._made[key] = make()
                return made
        finally:
            with self._guard:
                self._locks.pop(key, None)


SHARED = _Shared()


@dataclass(eq=False)
class Kept:
    """Something worked out, in a box that SHARED can let go of."""

    made: Any
