"""What one visitor has in hand: a file, a study of it, and the customers they make.

Tables and customers are shared by visitors who hold the very same bytes and settings, and are forgotten when the
last of them leaves; nothing else passes between sessions.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

import streamlit as st

from pages.parts.start import file_given, from_the_app
from segmentation import Customers, Problem, Study
from segmentation.read import Table

SAMPLES = Path(__file__).parents[2] / "sample_data"


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
class Source:
    """A file as it came: its bytes (or its path on this machine), name, and digest of the content."""

    content: bytes | Path
    name: str
    digest: str


def study() -> Study:
    """This visitor's study; a new one at first."""
    if "study" not in st.session_state:
        from_the_app()
        st.session_state.study = Study()
        if file := file_given():
            _open_given(file)
    return st.session_state.study


def _open_given(path: Path) -> None:
    """The file the server was started with; where it cannot be opened the Data page says so."""
    try:
        open_path(path)
    except OSError as error:
        st.session_state.upload_problem = f"{path} cannot be opened ({error.strerror}): choose another file."
    except Problem as problem:
        st.session_state.upload_problem = str(problem)


def open_path(path: Path) -> None:
    """Take up a file of this machine: a sample, or the one the server was started with."""
    facts = path.stat()
    take(Source(path, path.name, f"{path.resolve()}:{facts.st_mtime_ns}:{facts.st_size}"))


def open_bytes(content: bytes, name: str) -> None:
    """Take up an uploaded file. Raises Problem, and the former file stays, when it cannot be read."""
    digest = hashlib.sha256(content).hexdigest()
    take(SHARED.get(f"source {digest} {name}", lambda: Source(content, name, digest)))


def take(source: Source, fresh: Study | None = None) -> None:
    """Read a source and make it the current one, with a study for it; method and thresholds go on as they are."""
    old = st.session_state.get("study") or Study()
    new = fresh or Study(method=old.method, thresholds=old.thresholds, own=old.own, currency=old.currency)
    new.file = source.name
    read_table = _read(source, new)
    st.session_state.update(source=source, study=new, table=read_table)
    for stale in ("customers", "customers_key", "trouble", "box", "listed", "bubbles_before"):
        st.session_state.pop(stale, None)
    if gone := new.forget_missing(read_table):
        st.session_state.upload_problem = (
            f"The study names columns that {source.name} does not have ({', '.join(gone)}): choose others for them."
        )


def reread(**decisions: str | None) -> None:
    """Read the current file again under other decisions; they stay only if it can be read so."""
    reading = {**study().reading, **decisions}
    trial = Study(reading={name: value for name, value in reading.items() if value})
    st.session_state.table = _read(st.session_state.source, trial)
    study().reading = trial.reading


def _read(source: Source, with_study: Study) -> Table:
    key = json.dumps(["table", source.digest, source.name, with_study.reading], sort_keys=True)
    return SHARED.get(key, lambda: with_study.read(source.content, name=source.name))


def table() -> Table | None:
    """The current table, or None."""
    study()
    return st.session_state.get("table")


def customers() -> Customers | None:
    """The customers of the current table and study; None without a table.

    Raises Problem when the settings make none; the reason is kept so that it is not computed again.
    """
    here, held = table(), st.session_state
    if here is None:
        return None
    settings = study()
    key = json.dumps(
        [held.source.digest, settings.reading, settings.columns, settings.roll_up_settings()], sort_keys=True
    )
    if held.get("customers_key") != key:
        held.customers_key, held.customers, held.trouble = key, None, None
        try:
            held.customers = SHARED.get(f"customers {key}", lambda: settings.customers(here))
        except Problem as problem:
            held.trouble = str(problem)
    if held.trouble:
        raise Problem(held.trouble)
    return held.customers
