"""What takes long to make: a button has it made, in sight and so that it can be stopped; then it is offered to save."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Lock
from typing import IO, TYPE_CHECKING, Any

import streamlit as st

from pages.app import session, upload
from pages.app.words import show
from segmentation import formats

if TYPE_CHECKING:
    from segmentation.reading.draft import Progress

Content = bytes | IO[bytes]  # a file is read when it is saved: hundreds of megabytes stay out of memory
READING = Lock()  # a second click waits for the first

session.stale_with_data("prepared")


def work() -> None:
    """Make what was asked for; why it was not is said here, once."""
    held = st.session_state
    if not held.get("making"):
        return
    upload.work()
    held["making"] = False
    if held.pop("stopped", False):
        st.info("It was stopped, and nothing was made.")
    if trouble := held.pop("upload_problem", None):
        show(trouble)


def offer(
    title: str, file: str, mime: str, make: Callable[[Progress], Content], key: str, *of: Any, **looks: Any
) -> bool:
    """A button that has a file made; then the one that saves what was made, for as long as it is of the same: whether there is one.

    of      what the file is of, beside the study and the customers
    looks   of the first button
    """
    of = (session.study().to_json(), st.session_state.customers_key, *of)
    if st.button(f"Make {title}", key=f"making.{key}", **looks):
        st.session_state["making"] = True
        upload.ask(lambda progress: _keep(file, of, make(progress)))
        st.rerun()  # the whole page: what runs within a part of it cannot be stopped
    ready = st.session_state.get("prepared")
    if ready is None or ready[:2] != (file, of):
        return False
    content: Content = ready[2]
    size = len(content) if isinstance(content, bytes) else content.seek(0, 2)
    st.download_button(
        f"Save {file} ({formats.octets(size)})",
        content if isinstance(content, bytes) else partial(_read, content),
        file_name=file,
        mime=mime,
        on_click="ignore",
        key=f"made.{key}",
        type="primary",
        width=looks.get("width", "content"),
    )
    return True


def _read(file: IO[bytes]) -> bytes:
    with READING:
        file.seek(0)
        return file.read()


def _keep(file: str, of: tuple[Any, ...], content: Content) -> None:
    st.session_state["prepared"] = (file, of, content)
