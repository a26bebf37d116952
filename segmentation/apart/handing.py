"""Objects handed from process to process: what is large lies in memory both can see, and is mapped, not copied.

An object is pickled with its buffers (columns of a table, arrays) written into a file without a name; who is given the
file maps them. The memory is free again when the last process that holds the file lets go of it.
"""

from __future__ import annotations

import io
import itertools
import mmap
import os
import pickle
import tempfile
import weakref
from collections.abc import Callable, Mapping
from typing import IO, Any

from segmentation.dataclass import dataclass

LARGE = 1 << 12  # bytes of a buffer from which it is mapped; smaller ones go with the rest
ALIGNED = 64  # bytes: where columns of numbers may begin
COUNT = itertools.count()


def nameless() -> IO[bytes]:
    """An empty file that no folder lists: in memory where the system can do that."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("segment-lab"), "w+b")
    return tempfile.TemporaryFile()


@dataclass(eq=False)
class Handed:
    """An object as it can be handed on.

    token   names it among the objects of this server; file: its large buffers; spans: where each stands
    head    all the rest of it, in which other handed objects stand by their tokens: `needs`
    """

    token: str
    file: IO[bytes]
    head: bytes = b""
    spans: tuple[tuple[int, int], ...] = ()
    needs: tuple[str, ...] = ()


class Upload:
    """The bytes of a file somebody brought, as a path that every process which is given them can read."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        self.file, self.size = file, size

    @classmethod
    def of(cls, content: bytes | memoryview) -> Upload:
        """These bytes, kept in a file without a name."""
        file = nameless()
        file.write(content)
        file.flush()
        return cls(file, len(content))

    def __fspath__(self) -> str:
        return f"/dev/fd/{self.file.fileno()}"


class _Pickler(pickle.Pickler):
    def __init__(self, out: IO[bytes], known: Callable[[Any], str | None], mapped: Callable[[Any], Any]) -> None:
        super().__init__(out, 5, buffer_callback=mapped)
        self.known = known
        self.needs: dict[str, None] = {}

    def persistent_id(self, value: Any) -> str | None:
        token = self.known(value)
        if token is not None:
            self.needs[token] = None
        return token


class _Unpickler(pickle.Unpickler):
    def __init__(self, head: bytes, buffers: list[memoryview], found: Callable[[str], Any]) -> None:
        super().__init__(io.BytesIO(head), buffers=buffers)
        self.persistent_load = found  # type: ignore[method-assign]


def hand(value: Any, known: Callable[[Any], str | None]) -> Handed:
    """The object as it can be handed on; `known` gives the token of an object the other side has, else None.

    Raises OSError where the file may not grow so large.
    """
    file, spans = nameless(), []

    def mapped(buffer: pickle.PickleBuffer) -> bool:
        raw = buffer.raw()
        if raw.nbytes < LARGE:
            return True
        start = file.seek(-(-file.tell() // ALIGNED) * ALIGNED)
        file.write(raw)
        spans.append((start, raw.nbytes))
        return False

    head = io.BytesIO()
    pickler = _Pickler(head, known, mapped)
    pickler.dump(value)
    file.flush()
    token = f"{os.getpid()}.{next(COUNT)}"
    return Handed(token, file, head.getvalue(), tuple(spans), tuple(pickler.needs))


def take(handed: Handed, found: Callable[[str], Any]) -> Any:
    """The object; `found` gives those that stand in it by their tokens. What is large in it is mapped and read-only."""
    whole = memoryview(mmap.mmap(handed.file.fileno(), 0, access=mmap.ACCESS_READ)) if handed.spans else memoryview(b"")
    return _Unpickler(handed.head, [whole[start : start + size] for start, size in handed.spans], found).load()


class Known:
    """Objects this process has that can be handed on, for as long as they are held elsewhere."""

    def __init__(self) -> None:
        self._handed: dict[int, Handed] = {}
        self._value: weakref.WeakValueDictionary[str, Any] = weakref.WeakValueDictionary()

    def add(self, value: Any, handed: Handed) -> None:
        """Remember how an object came; what cannot be referred to is handed whole each time."""
        try:
            self._value[handed.token] = value
        except TypeError:
            return
        self._handed[id(value)] = handed
        weakref.finalize(value, self._handed.pop, id(value), None)

    def token(self, value: Any) -> str | None:
        """The token of an object that came so or was brought; None for any other."""
        if isinstance(value, Upload) and id(value) not in self._handed:
            self.add(value, Handed(f"{os.getpid()}.{next(COUNT)}", value.file))
        one = self._handed.get(id(value))
        return one.token if one is not None and self._value.get(one.token) is value else None

    def value(self, token: str) -> Any:
        return self._value[token]

    def handed(self, value: Any) -> Handed:
        return self._handed[id(value)]


def pack(handed: Handed) -> Mapping[str, Any]:
    """What goes before the file itself."""
    return {"token": handed.token, "head": handed.head, "spans": handed.spans, "needs": handed.needs}
