"""What one visitor has in hand: files, a study of them, and the customers they make.

Tables and customers are shared by visitors who hold the very same bytes and settings, and are forgotten when the
last of them leaves; nothing else passes between sessions.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

import pandas as pd
import streamlit as st

from pages.app.start import files_given, from_the_app
from segmentation import Customers, Problem, Study
from segmentation.audit import Finding, audit
from segmentation.columns import match as vocabulary
from segmentation.customers.left_out import LeftOut
from segmentation.customers.shapes import Shape
from segmentation.customers.shapes import shape as shape_of
from segmentation.joining.join import main
from segmentation.joining.keys import named_apart
from segmentation.potential.lifetimes.likelihood import Fitting
from segmentation.reading.draft import Progress
from segmentation.table import Table

SAMPLES = Path(__file__).parents[2] / "sample_data"
STALE = (
    *("base", "base_key", "customers", "customers_key", "trouble", "box"),
    *("listed", "bubbles_before", "kept", "pairs", "wish", "checked", "moved", "tried"),
)


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


@dataclass(eq=False)
class _Kept:
    """Something worked out, in a box that SHARED can let go of."""

    made: Any


def study() -> Study:
    """This visitor's study; a new one at first."""
    if "study" not in st.session_state:
        from_the_app()
        st.session_state.study = Study()
        if files := files_given():
            _open_given(files)
    return st.session_state.study


def _open_given(paths: list[Path]) -> None:
    """The files the server was started with; where one cannot be opened the Data page says so."""
    try:
        take([_of_path(path) for path in paths])
    except OSError as error:
        st.session_state.upload_problem = f"{error.filename} cannot be opened ({error.strerror}): choose another file."
    except Problem as problem:
        st.session_state.upload_problem = str(problem)


def open_path(path: Path) -> None:
    """Take up a file of this machine: a sample."""
    take([_of_path(path)])


def _of_path(path: Path) -> Source:
    facts = path.stat()
    return Source(path, path.name, f"{path.resolve()}:{facts.st_mtime_ns}:{facts.st_size}")


def source_of(content: bytes, name: str) -> Source:
    """An uploaded file; one copy of its bytes serves everybody who uploads the same."""
    digest = hashlib.sha256(content).hexdigest()
    return SHARED.get(f"source {digest} {name}", lambda: Source(content, name, digest))


def open_files(fresh: Sequence[Source], beside: bool = False, progress: Progress | None = None) -> None:
    """Take up files: instead of those in hand, or beside them (then with the study as it is, and joins found anew).

    Raises Problem, and what is in hand stays, when one cannot be read.
    """
    held = st.session_state.get("sources", ()) if beside else ()
    changed = _by_file(replace(study(), joins=None), [one.name for one in held]) if beside else None
    take((*held, *fresh), changed, progress)


def add_sheet(name: str, progress: Progress | None = None) -> None:
    """Take the first sheet not yet in hand of a workbook (or file of an archive) beside what is here, as a file."""
    of = tables()[name][0]
    used = [_sheet_of(one.name, table) for one, table in tables().values() if one.digest == of.digest]
    left = [sheet for sheet in sheets(name) or () if sheet not in used]
    if not left:
        raise Problem(f"Every part of {name} is in hand already.")
    again = replace(of, name=named_apart([*tables(), of.name])[-1])
    settings = _by_file(replace(study(), joins=None), list(tables()))
    files = {**settings.files, again.name: {"sheet": left[0]}}
    take((*st.session_state.sources, again), replace(settings, files=files), progress)


def _sheet_of(name: str, table: Table) -> str | None:
    """The sheet a file is read from: as decided, else as found."""
    found = (question.chosen for question in table.report.questions if question.setting == "sheet")
    return reading_of(name).get("sheet") or next(found, None)


def take(sources: Sequence[Source], fresh: Study | None = None, progress: Progress | None = None) -> None:
    """Read files and make them the current ones, under a study: the one given, or see `_carried_on`, or a new one."""
    apart = named_apart(one.name for one in sources)
    named = tuple(
        one if one.name == name else replace(one, name=name) for one, name in zip(sources, apart, strict=True)
    )
    if fresh or not _carried_on(named, progress):
        _hold(named, fresh or _begun(st.session_state.get("study") or Study()), progress)
        st.session_state.carried_on = False
    for stale in STALE:
        st.session_state.pop(stale, None)


def _begun(old: Study) -> Study:
    """A study for other files: method and thresholds go on as they are."""
    return Study(method=old.method, thresholds=old.thresholds, own=old.own, currency=old.currency)


def _carried_on(sources: tuple[Source, ...], progress: Progress | None) -> bool:
    """Take up next month's files: the study in hand holds for files with the very columns of those it was made for.

    It looks back from the new last day. Whether the files were taken up so.
    """
    held = st.session_state
    if "study" not in held or replace(held.study, file="", as_of=None) == _begun(held.study):
        return False
    new, before = replace(held.study, as_of=None), held.get("table")
    try:
        made = _made(sources, new, progress)
    except Problem as problem:  # such files need decisions of their own
        if before is None:  # the study was loaded for them
            held.upload_problem = f"The study does not fit these files, so they were opened without it: {problem}"
        return False
    if before is not None and set(made[1].data.column_names) != set(before.data.column_names):
        held.tried = made  # kept alive: what was read of them is not read again
        return False
    _keep(sources, new, made)
    held.carried_on = True
    return True


def start_afresh(progress: Progress | None = None) -> None:
    """Leave the decisions made about former files aside."""
    take(st.session_state.sources, _begun(study()), progress)


Made = tuple[tuple[Table, ...], Table, str]  # each file's table, all joined, and why they are not


def _hold(sources: tuple[Source, ...], new: Study, progress: Progress | None) -> None:
    """Read and join under a study; only when all went well does it become the current one."""
    _keep(sources, new, _made(sources, new, progress))


def _made(sources: tuple[Source, ...], new: Study, progress: Progress | None) -> Made:
    parts, names = [_part(progress, i, len(sources)) for i in range(len(sources))], [one.name for one in sources]
    tables = tuple(_read(source, new, names, part) for source, part in zip(sources, parts, strict=True))
    if progress and len(tables) > 1:
        progress(0.95, "Looking how the files belong together")
    return tables, *_joined(sources, new, tables)


def _keep(sources: tuple[Source, ...], new: Study, made: Made) -> None:
    tables, table, trouble = made
    new.file = table.name
    _remember_sheets(sources, tables)
    st.session_state.update(sources=sources, study=new, tables=tables, table=table, join_problem=trouble)
    if gone := new.forget_missing(table):
        st.session_state.upload_problem = (
            f"The study names columns that {table.name} does not have ({', '.join(gone)}): choose others for them."
        )


def _part(progress: Progress | None, at: int, of: int) -> Progress | None:
    """Progress of one of several files."""
    if progress is None:
        return None
    return lambda share, doing: progress(0.95 * (at + share) / of, f"{doing} ({at + 1} of {of})" if of > 1 else doing)


def decide(name: str, progress: Progress | None = None, **decisions: str | None) -> None:
    """Read the current files again under other decisions about one of them; they stay only if it can be read so."""
    sources = st.session_state.sources
    settings = _by_file(study(), [one.name for one in sources])
    changed = {**settings.files.get(name, {}), **decisions}
    files = {**settings.files, name: {setting: value for setting, value in changed.items() if value}}
    alone = {"reading": files[name], "files": {}} if len(sources) == 1 else {"files": files}
    _hold(sources, replace(settings, **alone), progress)


def _by_file(settings: Study, names: Sequence[str]) -> Study:
    """The study with what was decided about reading kept under each file's present name."""
    decided = {name: settings.reading_of(name, names) for name in names}
    return replace(settings, reading={}, files={name: held for name, held in decided.items() if held})


def reading_of(name: str) -> dict[str, str]:
    """The decisions about reading a file in hand."""
    return study().reading_of(name, [one.name for one in st.session_state.sources])


def join_as(joins: list[dict[str, Any]] | None) -> None:
    """Join the current files so (None: as their values propose). Raises Problem, and all stays, where that cannot be."""
    held = st.session_state
    table, trouble = _joined(held.sources, replace(study(), joins=joins), held.tables)
    if trouble:
        raise Problem(trouble)
    held.update(table=table, join_problem="")
    study().joins = joins
    study().forget_missing(table)


def _read(source: Source, with_study: Study, names: Sequence[str], progress: Progress | None) -> Table:
    key = json.dumps(["table", source.digest, source.name, with_study.reading_of(source.name, names)], sort_keys=True)
    return SHARED.get(key, lambda: with_study.read(source.content, name=source.name, among=names, progress=progress))


def _joined(sources: tuple[Source, ...], new: Study, tables: tuple[Table, ...]) -> tuple[Table, str]:
    """The files as one table, or the main one of them and why they are not joined."""
    if len(tables) == 1:
        return tables[0], ""
    try:
        return SHARED.get(f"joined {_key_of(sources, new)}", lambda: new.join(tables)), ""
    except Problem as problem:
        return main(tables), str(problem)


def _key_of(sources: tuple[Source, ...], settings: Study) -> str:
    """What the current table depends on."""
    names = [one.name for one in sources]
    files = [[one.digest, one.name, settings.reading_of(one.name, names)] for one in sources]
    return json.dumps([files, settings.joins], sort_keys=True)


def key() -> str:
    """What tells the current table from others: its files, how they were read and joined, and what its columns are."""
    return _key_of(st.session_state.sources, study()) + json.dumps(study().columns, sort_keys=True)


def table() -> Table | None:
    """The current table, or None."""
    study()
    return st.session_state.get("table")


def tables() -> Mapping[str, tuple[Source, Table]]:
    """The files in hand: name → the file, and its table as read."""
    held = st.session_state
    return {one.name: (one, read) for one, read in zip(held.sources, held.tables, strict=True)}


def sheets(name: str) -> dict[str, str] | None:
    """The sheets (or files of an archive) of a file in hand, where there are several: name → size."""
    return st.session_state.get("sheets", {}).get(tables()[name][0].digest)


def _remember_sheets(sources: Sequence[Source], read: Sequence[Table]) -> None:
    """Once the question for the sheet is answered it is asked no more: what there was to choose from is kept."""
    known = st.session_state.get("sheets", {})
    for source, one in zip(sources, read, strict=True):
        for question in one.report.questions:
            if question.setting == "sheet":
                known[source.digest] = {sheet: sheet for sheet in question.readings}
    st.session_state.sheets = {source.digest: known[source.digest] for source in sources if source.digest in known}


def kept(name: str, make: Callable[[], Any], *more: str) -> Any:
    """`make()` once for the current table and its columns: what a rerun should not work out again."""
    here = f"{name} {key()} {' '.join(more)}"
    held = st.session_state.setdefault("kept", {})
    if held.get(name, ("", None))[0] != here:
        held[name] = (here, SHARED.get(here, lambda: _Kept(make())))
    return held[name][1].made


def roles() -> dict[str, str]:
    """Role → heading, as recognised and chosen."""
    here = st.session_state.table
    return kept("roles", lambda: vocabulary.roles(here, study().columns))


def shape() -> Shape:
    """What a row of the current table is, as it looks or as the study says."""
    here = st.session_state.table
    return study().shape or kept("shape", lambda: shape_of(roles(), here))  # type: ignore[return-value]


def matches() -> list[vocabulary.Match]:
    """The roles found in the current table, the unsure ones among them."""
    return kept("matches", lambda: vocabulary.match(st.session_state.table))


def findings() -> list[Finding]:
    """What is odd about the current table; nothing where its columns make no sense yet."""

    def look() -> list[Finding]:
        try:
            return audit(st.session_state.table, study().columns)
        except Problem:  # the page says it already
            return []

    return kept("findings", look)


def left_out() -> LeftOut:
    """Every row the current study does not use, and why. Raises Problem where its settings make no customers."""
    return kept("left out", lambda: study().left_out(st.session_state.table), _roll_up_key())


def rows_left_out(first: int) -> pd.DataFrame:
    """The first of them, with their lines and values."""
    return kept("rows left out", lambda: left_out().frame(first), _roll_up_key())


def _roll_up_key() -> str:
    return json.dumps(study().roll_up_settings(), sort_keys=True)


def secret() -> bytes:
    """The key under which this visitor's masked values are hidden; it is never shown, kept or shared."""
    if "secret" not in st.session_state:
        st.session_state.secret = secrets.token_bytes(16)
    return st.session_state.secret


def customers(told: Fitting | None = None) -> Customers | None:
    """The customers of the current table and study; None without a table.

    told   is called with the step and the log-likelihood while a model of potential is fitted
    Raises Problem when the settings make none; the reason is kept so that it is not computed again. A model of
    potential, rates or weights that these customers cannot feed leave them as they are; `model_trouble` says why.
    """
    rolled_up = base()
    if rolled_up is None:
        return None
    held, settings = st.session_state, study()
    own = (settings.model, settings.model_settings.get(settings.model), settings.serving, settings.cooperation)
    made_of = json.dumps([held.base_key, *own], sort_keys=True)
    if held.get("customers_key") != made_of:
        held.customers, held.model_trouble = rolled_up, None
        try:
            if settings.model or settings.serving or settings.cooperation:
                held.customers = SHARED.get(f"completed {made_of}", lambda: settings.completed(rolled_up, told))
        except Problem as problem:
            held.model_trouble = str(problem)
        held.customers_key = made_of
    return held.customers


def model_trouble() -> str | None:
    """Why the chosen model of potential, rates or weights could not be used on the present customers."""
    return st.session_state.get("model_trouble")


def base() -> Customers | None:
    """The customers as the table is rolled up, before rates, model and weights of the study; as `customers`."""
    here, held = table(), st.session_state
    if here is None:
        return None
    settings = study()
    made_of = key() + _roll_up_key()
    if held.get("base_key") != made_of:
        held.base_key, held.base, held.trouble = made_of, None, None
        try:
            held.base = SHARED.get(
                f"customers {made_of}",
                lambda: Customers.build(here, settings.columns, **settings.roll_up_settings()),
            )
        except Problem as problem:
            held.trouble = str(problem)
    if held.trouble:
        raise Problem(held.trouble)
    return held.base
