"""The word a room may ask for at its door."""

from __future__ import annotations

import hashlib
import hmac
import os
from collections import deque
from time import monotonic

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

ASKED = "SEGMENT_LAB_WORD"  # of the environment, where no list of processes shows it
LONGEST = 60.0  # seconds an address waits for its next try
_LET_IN: deque[str] = deque(maxlen=10_000)  # sessions that gave the word; the oldest are long gone


class Waiting:
    """Wrong words slow down the address they come from, and nobody else: each doubles the time to its next try.

    No thread waits: a try that comes too early is refused without a look at the word.
    """

    def __init__(self) -> None:
        self._until: dict[str, tuple[float, float]] = {}  # address → when the next try counts, and how long it waited

    def left(self, address: str, now: float) -> float:
        """Seconds until this address may try again; 0 where it may."""
        return max(0.0, self._until.get(address, (0.0, 0.0))[0] - now)

    def wrong(self, address: str, now: float) -> None:
        """One more wrong word; addresses that have long tried nothing are forgotten."""
        self._until = {one: held for one, held in self._until.items() if held[0] + LONGEST > now}
        wait = min(LONGEST, 2 * self._until.get(address, (0.0, 0.5))[1])
        self._until[address] = (now + wait, wait)


WAITING = Waiting()


def asked() -> str:
    """The word of this room; "" where everybody may come in."""
    return os.environ.get(ASKED, "")


def let_in(session: str) -> bool:
    """Whether a session may hand in files."""
    return not asked() or session in _LET_IN


def known() -> bool:
    """Whether this visitor may come in."""
    return not asked() or st.session_state.get("word known", False)


def ask() -> None:
    """A page with a line for the word, and what was wrong with the last one."""
    st.title("This room has a word")
    st.text_input("The word", type="password", key="word", on_change=_try, max_chars=200, autocomplete="off")
    if trouble := st.session_state.pop("word trouble", None):
        st.error(trouble)


def _try() -> None:
    held, address, now = st.session_state, _address(), monotonic()
    given, held["word"] = held["word"], ""
    if left := WAITING.left(address, now):
        held["word trouble"] = f"Too many wrong words: wait {left:.0f} s, then try again."
    elif same(given, asked()):
        held["word known"] = True
        if here := get_script_run_ctx():
            _LET_IN.append(here.session_id)
    else:
        WAITING.wrong(address, now)
        held["word trouble"] = "That is not the word: ask whoever opened this room."


def _address() -> str:
    return st.context.ip_address or "this machine"


def same(one: str, other: str) -> bool:
    """Whether two words are the same, in a time that tells nothing of where they differ or how long they are."""
    return hmac.compare_digest(*(hashlib.sha256(word.encode()).digest() for word in (one, other)))
