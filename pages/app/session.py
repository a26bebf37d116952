"""What one visitor has in hand: files, a study of them, and the table they make; nothing passes between sessions."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from pages.app.files import Made, Source, joined, key_of, made_of, of_path
from pages.app.start import files_given, from_the_app
from segmentation import Problem, Study
from segmentation.joining.keys import named_apart
from segmentation.study.columns import missing

if TYPE_CHECKING:
    from segmentation.reading.draft import Progress
    from segmentation.table import Table

STALE: set[str] = set()  # what is kept of the data in hand, under these keys of the session's state


def stale_with_data(*keys: str) -> None:
    """State of a part of the app that means nothing once other files are in hand: it is forgotten then."""
    STALE.update(keys)


LARGEST = 5 << 20  # bytes of settings: they are written anew at every step
FROM_BEFORE = "The columns are those of the file before, so what you decided about it holds for this one too."
BROUGHT = "The settings you brought are used for this file."
USED = "settings used"  # what is said of settings that were just put to use, "" where a button says it already
ASIDE = "laid aside"  # what was decided about files with other columns
LAST = "last month"  # the file of then that was brought to say who moved
stale_with_data("tried", ASIDE, LAST)


def study() -> Study:
    """This visitor's study; a new one at first."""
    if (held := st.session_state.get("study")) is not None:
        return held
    from_the_app()
    st.session_state.study = Study()
    if files := files_given():
        _open_given(files)
    return st.session_state.study


def _open_given(paths: list[Path]) -> None:
    """The files the server was started with; where one cannot be opened the Data page says so."""
    try:
        take([of_path(path) for path in paths])
    except OSError as error:
        st.session_state.upload_problem = f"{error.filename} cannot be opened ({error.strerror}): choose another file."
    except Problem as problem:
        st.session_state.upload_problem = str(problem)


def open_path(path: Path) -> None:
    """Take up a file of this machine: a sample."""
    take([of_path(path)])


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


def digests() -> list[str]:
    """Of the files in hand."""
    return [one.digest for one in st.session_state.sources]


def take(sources: Sequence[Source], fresh: Study | None = None, progress: Progress | None = None) -> None:
    """Read files and make them the current ones, under a study: the one given, or see `_carried_on`, or a new one."""
    before = st.session_state.get("study") if st.session_state.get("table") is not None else None
    apart = named_apart(one.name for one in sources)
    named = tuple(
        one if one.name == name else replace(one, name=name) for one, name in zip(sources, apart, strict=True)
    )
    if fresh or not _carried_on(named, progress):
        _hold(named, fresh or _begun(st.session_state.get("study") or Study()), progress)
        st.session_state.carried_on = ""
    for key in STALE:
        st.session_state.pop(key, None)
    if before is not None and _decided(before) and not (fresh or st.session_state.carried_on):
        st.session_state[ASIDE] = before


def settings_of(content: bytes, name: str) -> Study:
    """The settings in a file that was brought. Raises Problem where it holds none."""
    if len(content) > LARGEST:
        raise Problem(f"{name} is larger than {LARGEST >> 20} MB, which no settings saved here are.")
    return Study.from_json(content)


def in_use(name: str, fresh: Study) -> str:
    """What is said once the settings of a file of that name are used."""
    return f"The settings of {name} are in use: {fresh.chosen.title}."


def use(fresh: Study, brought: Sequence[Source] = (), beside: bool = False, progress: Progress | None = None) -> None:
    """Work under these settings: on the files brought with them (instead of those in hand, or beside them), else on those in
    hand, else on those that come."""
    held = st.session_state.get("sources", ()) if beside or not brought else ()
    if sources := (*held, *brought):
        take(sources, fresh, progress)
    else:
        st.session_state.study = fresh


def use_aside(progress: Progress | None = None) -> None:
    """Take the files in hand under the settings that were laid aside for them: all of it that they can be used with."""
    take(st.session_state.sources, replace(st.session_state[ASIDE], as_of=None), progress)
    st.session_state[USED] = ""


def _decided(held: Study) -> bool:
    """Whether a study holds more than goes on with any files."""
    return replace(held, file="", as_of=None) != _begun(held)


def _begun(old: Study) -> Study:
    """A study for other files: method and thresholds go on as they are."""
    return Study(method=old.method, thresholds=old.thresholds, own=old.own, currency=old.currency)


def _carried_on(sources: tuple[Source, ...], progress: Progress | None) -> bool:
    """Take up next month's files: the study in hand holds for files with the very columns of those it was made for.

    It looks back from the new last day. Whether the files were taken up so.
    """
    held = st.session_state
    if "study" not in held or not _decided(held.study):
        return False
    new, before = replace(held.study, as_of=None), held.get("table")
    try:
        made = made_of(sources, new, progress)
    except Problem as problem:  # such files need decisions of their own
        if before is None:  # the study was loaded for them
            held.upload_problem = f"The settings do not fit these files, so they were opened without them: {problem}"
        return False
    if before is not None and set(made[1].data.column_names) != set(before.data.column_names):
        held.tried = made  # kept alive: what was read of them is not read again
        return False
    _keep(sources, new, made)
    held.carried_on = FROM_BEFORE if before is not None else BROUGHT
    return True


def start_afresh(progress: Progress | None = None) -> None:
    """Leave the decisions made about former files aside."""
    take(st.session_state.sources, _begun(study()), progress)


def _hold(sources: tuple[Source, ...], new: Study, progress: Progress | None) -> None:
    """Read and join under a study; only when all went well does it become the current one."""
    _keep(sources, new, made_of(sources, new, progress))


def _keep(sources: tuple[Source, ...], new: Study, made: Made) -> None:
    tables, table, trouble = made
    new.file = table.name
    _remember_sheets(sources, tables)
    st.session_state.update(sources=sources, study=new, tables=tables, table=table, join_problem=trouble)
    if gone := new.forget_missing(table):
        st.session_state.upload_problem = missing(gone, table.name)


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
    table, trouble = joined(held.sources, replace(study(), joins=joins), held.tables)
    if trouble:
        raise Problem(trouble)
    held.update(table=table, join_problem="")
    study().joins, study().file = joins, table.name
    study().forget_missing(table)


def key() -> str:
    """What tells the current table from others: its files, how they were read and joined, and what its columns are."""
    return key_of(st.session_state.sources, study()) + json.dumps(study().columns, sort_keys=True)


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


def secret() -> bytes:
    """The key under which this visitor's masked values are hidden; it is never shown, kept or shared."""
    if "secret" not in st.session_state:
        st.session_state.secret = secrets.token_bytes(16)
    return st.session_state.secret
