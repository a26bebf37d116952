"""This visitor's work: its steps, to be undone; and where the host lets it be kept, what a refresh or restart brings back."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

import streamlit as st

from pages.app import rolled, session, tabs
from pages.app import told as board
from pages.app.files import Source, key_of
from pages.app.history import History
from pages.app.keeper import store
from pages.app.memory import MINUTES, Memory
from pages.app.store import Store, Work
from pages.app.words import plain, show
from segmentation import Problem, Study
from segmentation.study.changes import told

KEY = "work"  # in the address
OVERTAKEN = "This work is open in another tab too. What was changed last is kept: reload to see what that was."
SHOWN = 12  # steps of the history that are offered


def open_kept() -> None:
    """Take up the work the address names, once a visit; without one a new one begins."""
    held, key = st.session_state, st.query_params.get(KEY, "")
    if "work" in held:
        return
    held.work = Work(secrets.token_urlsafe(16))
    if not key or not (kept := store()):
        return
    found = kept.load(key)
    if found is None:
        held["work problem"] = "The work this address names is no longer kept here. Bring its file again."
        return
    try:
        take_up(found, kept)
    except (Problem, OSError) as problem:
        held["work problem"] = f"The work kept here cannot be taken up: {problem}"


def take_up(found: Work, kept: Store | Memory) -> None:
    """Read its files under its study. Raises Problem or OSError, and nothing changes, where that cannot be."""
    study, why = _latest(found.history)
    session.take(kept.sources(found), study)
    st.session_state.update(work=found, worked_on=session.digests())
    if why:
        st.session_state["work problem"] = f"What was changed last cannot be read, so all is as it was before. {why}"


def _latest(history: History) -> tuple[Study, str]:
    """The study in hand, and ""; else the last one before it that can be read, then in hand, and what is wrong with the other.

    A newer version may have written it, or a stricter one read it now: the file and the steps before are no less good for that.
    """
    why = ""
    for at in range(history.at, -1, -1):
        try:
            return _read(history, at), why
        except Problem as problem:
            why = why or str(problem)
    raise Problem(why)


def _read(history: History, at: int) -> Study:
    """The study of a step, then in hand as this version writes it: an older one may have had its parts in another order."""
    study = Study.from_json(history.steps[at])
    history.at, history.steps[at] = at, study.to_json()
    return study


def keep() -> None:
    """At the end of a run: a change of the study is a step, and is kept behind the answer."""
    held = st.session_state
    if session.table() is None:
        return
    work, kept, now = held.work, store(), session.study().to_json()
    tabs.shown(work)
    if work.overtaken:  # a line was moved, which draws a part of the page alone
        work.overtaken = False
        st.toast(OVERTAKEN, duration="infinite")
    if held.get("worked_on") != session.digests():  # other files: the steps with those before mean nothing for them
        held.worked_on, work.history = session.digests(), History()
        work.history.record(now)
        work.files = [_file(one) for one in held.sources]
        if kept:
            kept.begin(work, [one.content for one in held.sources])
            tabs.changed(work)
    elif work.history.record(now):
        _save(work, recorded=True)
    if held.get("base") is not None and held.get("rolled up") != held.base_key:
        held["rolled up"] = held.base_key
        rolled.keep(kept, session.digests(), held.base_key, held.table.data.num_rows, held.base)


def _save(work: Work, recorded: bool) -> None:
    """Keep what was changed, where work is kept, and have the other tabs that show it say so."""
    if kept := store():
        if work.lost:  # what is kept of it is not all
            kept.begin(work, [one.content for one in st.session_state.sources])
        else:
            kept.save(work, recorded)
        tabs.changed(work)


def address() -> None:
    """The work's key in the address, so that a refresh finds it; on a whole run only, since it is the page's."""
    held = st.session_state
    if store() and session.table() is not None and st.query_params.get(KEY) != held.work.key:
        st.query_params[KEY] = held.work.key


def _file(one: Source) -> tuple[str, str, str]:
    return one.name, one.digest, str(one.content.resolve()) if isinstance(one.content, Path) and not _ours(one) else ""


def _ours(one: Source) -> bool:
    """Whether a file lies where work is kept: then its digest says where."""
    kept = store()
    return kept is not None and kept.holds(one)


# Back and forth


def steps() -> None:
    """Undo and redo, and the steps so far."""
    st.button(
        "Undo",
        icon=":material/undo:",
        key="undo",
        on_click=_by,
        args=(-1,),
        shortcut="Ctrl+Z",
        type="tertiary",
        help="Take the last change back (Ctrl+Z)",
    )
    st.button(
        "Redo",
        icon=":material/redo:",
        key="redo",
        on_click=_by,
        args=(1,),
        shortcut="Ctrl+Shift+Z",
        type="tertiary",
        help="Do again what was taken back (Ctrl+Shift+Z)",
    )
    with st.popover("History", key="history", on_change="rerun") as opened:
        if opened.open:
            keep()  # what was just changed is a step already
            _walk()


def _by(steps_on: int) -> None:
    board.first()
    keep()
    if not _go(st.session_state.work.history.at + steps_on):
        st.toast("There is nothing to take back." if steps_on < 0 else "There is nothing to do again.")


def _walk() -> None:
    """Each step in words, the last ones first; one is gone back to by a click."""
    history: History = st.session_state.work.history
    if len(history.steps) < 2:
        st.caption("Each change you make will stand here, to be walked back to.")
        return
    for at in range(len(history.steps) - 1, max(len(history.steps) - 1 - SHOWN, -1), -1):
        here = at == history.at
        st.button(
            _said(history, at), key=f"step {at}", on_click=_to, args=(at,), disabled=here,
            icon=":material/check:" if here else None, type="tertiary", width="stretch",
        )  # fmt: skip


def _said(history: History, at: int) -> str:
    """A step in words."""
    return plain(told(history.steps[at - 1], history.steps[at]) or "A change") if at else "As the file was opened"


def _to(at: int) -> None:
    _go(at)


def _go(to: int) -> bool:
    """Go to a step; what cannot be taken up again is said, and all stays."""
    held, history = st.session_state, st.session_state.work.history
    before = history.at
    if history.go(to) is None:
        return False
    try:
        _put(_read(history, to))
    except Problem as problem:
        history.at = before
        held["work problem"] = str(problem)
        return True
    _save(held.work, recorded=False)
    return True


def _put(fresh: Study) -> None:
    """Another study of the files in hand; they are read again only where it reads or joins them in another way."""
    held = st.session_state
    if key_of(held.sources, fresh) != key_of(held.sources, held.study):
        session.take(held.sources, fresh)
    else:
        held.study = fresh


# Where it is, and until when


def whereabouts() -> str:
    """Where files go that are brought, in a sentence or two."""
    kept = store()
    if isinstance(kept, Store) and not kept.trouble:
        return f"They are kept on this computer, in {kept.folder}, so that a reload or a restart loses nothing."
    if isinstance(kept, Memory):
        return f"They stay in this server's memory, until {MINUTES} minutes after your last change at most, and nowhere else."
    return "They stay in this server's memory while you work, and nowhere else."


def kept_here() -> None:
    """Where the work is kept and how long, to change; and a way to have it removed at once."""
    kept, work = store(), st.session_state.work
    if kept is None:
        st.caption("Your file and settings are in this server's memory, and gone when you leave or reload.")
    elif isinstance(kept, Memory):
        st.caption(
            f"Your file and settings are in this server's memory: a reload in this browser finds them again, until {MINUTES} "
            "minutes after your last change. Save your settings to have them longer."
        )
    elif kept.trouble:
        st.warning(plain(kept.trouble))
    else:
        st.caption(
            f"Kept in {plain(kept.folder)}, so that a reload or a restart loses nothing. Who knows the address of this page "
            "and uses this computer can open it."
        )
        st.number_input("Days it is kept after your last change", 1, 3650, work.days, key="days kept", on_change=_days)
    st.button("Forget this file and what I did with it", key="forget", on_click=forget, width="stretch")
    if (
        st.session_state.get("not forgotten") and isinstance(kept, Store) and kept.trouble
    ):  # said until that has changed
        show(
            "It could not be removed from the disk, so it is still here: make sure that the disk has room and can be written to, "
            "and that no other program is using it, then forget it again."
        )


def _days() -> None:
    work: Work = st.session_state.work
    work.days = st.session_state["days kept"]
    _save(work, recorded=False)


def forget() -> None:
    """Remove this work from the disk and from this visit; where the disk does not let it go, that is said, and all stays."""
    kept = store()
    if kept and not kept.forget(st.session_state.work.key):
        st.session_state["not forgotten"] = True
        return
    st.session_state.clear()
    st.query_params.pop(KEY, None)
    st.toast("It is forgotten: nothing of it is left here.")


def trouble() -> None:
    """What one should know of the work in hand: said once."""
    held: Any = st.session_state
    if said := held.pop("work problem", None):
        show(said)
    kept, work = store(), held.get("work")  # None of a page that is but imported
    if isinstance(kept, Store):
        if kept.trouble and not held.get("told of the disk"):
            st.warning(plain(kept.trouble))
        held["told of the disk"] = bool(kept.trouble)
    if work and work.overtaken:
        work.overtaken = False
        st.info(OVERTAKEN)
