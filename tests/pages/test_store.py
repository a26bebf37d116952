"""What is kept on disk: it comes back whole, and what is forgotten is on no disk block that was written."""

import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pages.app import store as kept
from pages.app import tabs
from pages.app.history import MOST, History
from pages.app.store import Store, Work

CONTENT = b"customer,amount\nZZUNIQUEZZ,1\n"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "data")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    here = tmp_path / "brought.csv"
    here.write_bytes(CONTENT)
    return here


def work(key: str = "k1", *steps: str, digest: str = "d1") -> Work:
    found = Work(key, [("brought.csv", digest, "")], History())
    for step in steps or ("first",):
        found.history.record(step)
    return found


def everything(folder: Path) -> bytes:
    return b"".join(one.read_bytes() for one in folder.rglob("*") if one.is_file())


def test_files_and_steps_come_back_after_the_server_has_gone(store: Store, file: Path) -> None:
    one = work("k1", "first")
    store.begin(one, [file])
    for step in ("second", "third"):
        one.history.record(step)
        store.save(one, recorded=True)
    one.history.go(1)
    store.save(one, recorded=False)
    store.flush()
    again = Store(store.folder).load("k1")
    assert again is not None
    assert (again.history.steps, again.history.at) == (["first", "second", "third"], 1)
    assert again.files == one.files and store.kept("d1").read_bytes() == CONTENT
    assert Store(store.folder).load("another") is None


def test_a_step_after_going_back_replaces_those_that_were_undone(store: Store, file: Path) -> None:
    one = work("k1", "first", "second", "third")
    store.begin(one, [file])
    one.history.go(0)
    store.save(one, recorded=False)
    one.history.record("other")
    store.save(one, recorded=True)
    again = store.load("k1")
    assert again is not None and again.history.steps == ["first", "other"]


def test_the_oldest_steps_are_let_go_of_on_the_disk_too(store: Store, file: Path) -> None:
    one = work()
    store.begin(one, [file])
    for step in range(MOST + 10):
        one.history.record(str(step))
        store.save(one, recorded=True)
    again = store.load("k1")
    assert again is not None and again.history == one.history
    base = sqlite3.connect(store.folder / "work.sqlite")
    assert base.execute("SELECT count(*) FROM step").fetchone() == (MOST,)


def test_what_is_forgotten_is_in_no_file_of_the_folder(store: Store, file: Path) -> None:
    store.begin(work("k1", "ZZSTEPZZ"), [file])
    store.begin(work("k2", "other", digest="d2"), [file])
    store.flush()
    assert b"ZZUNIQUEZZ" in store.kept("d1").read_bytes() and b"ZZSTEPZZ" in everything(store.folder)
    store.forget("k1")
    assert not store.kept("d1").exists() and b"ZZSTEPZZ" not in everything(store.folder)
    assert store.kept("d2").exists() and store.load("k2") is not None


def test_bytes_are_written_over_before_the_file_goes(
    store: Store, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.begin(work(), [file])
    store.flush()
    (tmp_path / "same bytes").hardlink_to(store.kept("d1"))
    store.forget("k1")
    assert (tmp_path / "same bytes").read_bytes() == bytes(len(CONTENT))


def test_a_file_two_works_hold_stays_until_both_are_forgotten(store: Store, file: Path) -> None:
    for key in ("k1", "k2"):
        store.begin(work(key), [file])
    store.forget("k1")
    assert store.kept("d1").exists()
    store.forget("k2")
    assert not store.kept("d1").exists()


def test_whoever_forgets_while_another_program_holds_the_folder_hears_it_and_keeps_all(
    store: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "PATIENCE", 0.2)
    store.begin(work(), [file])
    store.flush()
    with closing(sqlite3.connect(store.folder / "work.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert not store.forget("k1")
        assert "another program holds it" in store.trouble
    store.flush()
    assert store.load("k1") is not None and store.kept("d1").exists()
    assert store.forget("k1") and not store.kept("d1").exists()


def test_what_was_kept_long_enough_goes_by_itself(store: Store, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    short, long = work("short"), work("long", digest="d2")
    short.days = 1
    store.begin(short, [file])
    store.begin(long, [file])
    store.flush()
    later = time.time() + 2 * 86400
    monkeypatch.setattr(kept.time, "time", lambda: later)
    again = Store(store.folder)
    assert again.load("short") is None and again.load("long") is not None
    assert not again.kept("d1").exists() and again.kept("d2").exists()


def test_of_two_tabs_the_later_wins_and_the_other_is_told(store: Store, file: Path) -> None:
    one = work()
    store.begin(one, [file])
    other = store.load("k1")
    assert other is not None
    other.history.record("other's")
    store.save(other, recorded=True)
    one.history.record("mine")
    store.save(one, recorded=True)
    store.flush()
    assert one.overtaken and not other.overtaken
    again = store.load("k1")
    assert again is not None and again.history.steps[again.history.at] == "mine"


def test_nobody_else_of_this_computer_reads_it(store: Store, file: Path) -> None:
    store.begin(work(), [file])
    store.flush()
    assert store.folder.stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_written_is_said_and_nothing_fails(tmp_path: Path, file: Path) -> None:
    (tmp_path / "data").write_text("a file stands here")
    store = Store(tmp_path / "data")
    store.begin(work(), [file])
    store.flush()
    assert store.load("k1") is None
    assert str(tmp_path / "data") in store.trouble and store.trouble.endswith(".")


def test_a_folder_that_is_gone_meanwhile_is_said_and_nothing_fails(store: Store, file: Path) -> None:
    store.begin(work(), [file])
    assert store.load("k1") is not None and not store.trouble
    shutil.rmtree(store.folder)
    assert store.load("k1") is None
    assert str(store.folder) in store.trouble and store.trouble.endswith(".")


def test_a_disk_that_is_full_meanwhile_is_said(store: Store, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "_put", full)
    store.begin(work(), [file])
    store.flush()
    assert "No space left on device" in store.trouble and store.load("k1") is None


KILLED = """
import sys, os, signal
from pathlib import Path
from pages.app.store import Store, Work
from pages.app.history import History
store, one = Store(Path(sys.argv[1])), Work("k1", [("brought.csv", "d1", "")], History())
one.history.record("0")
store.begin(one, [sys.argv[2]])
for step in range(1, 100000):
    one.history.record(str(step))
    store.save(one, recorded=True)
    store.flush()
    print(step, flush=True)
"""


def test_a_server_killed_in_the_middle_of_saving_loses_at_most_the_last_change(tmp_path: Path, file: Path) -> None:
    command = [sys.executable, "-c", KILLED, str(tmp_path / "data"), str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        for _ in range(20):
            said = int(server.stdout.readline())
        server.kill()
        rest = [int(one) for one in server.stdout.read().split("\n")[:-1] if one]
    said = max([said, *rest])
    again = Store(tmp_path / "data").load("k1")
    assert again is not None
    assert int(again.history.steps[-1]) in (said, said + 1)
    assert not list((tmp_path / "data" / "files").glob("*.part"))


def test_another_streamlit_cannot_keep_a_change_from_being_made_or_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    mine, other = work(), work()
    monkeypatch.setattr(tabs, "_OPEN", {mine: "a tab", other: "another"})
    monkeypatch.setattr(tabs.runtime, "exists", lambda: True)
    monkeypatch.setattr(tabs.runtime, "get_instance", object)
    tabs.changed(mine)
    tabs.say_all()
    assert other.overtaken, "it says so with its next move"


# What cannot be written now can be later


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[bool], None]]:
    """A disk that is read-only while it is told to be: no connection can write, and no file be made."""
    connect, at = sqlite3.connect, {"now": False}

    class Connection(sqlite3.Connection):
        def execute(self, sql: str, *given: object) -> sqlite3.Cursor:
            if at["now"] and not sql.startswith("SELECT"):
                raise sqlite3.OperationalError("attempt to write a readonly database")
            return super().execute(sql, *given)

    monkeypatch.setattr(kept.sqlite3, "connect", lambda *given, **more: connect(*given, factory=Connection, **more))
    yield lambda now: at.update(now=now)
    at["now"] = False


def kept_whole(folder: Path, *steps: str) -> bool:
    """Whether another server finds all of it."""
    found = Store(folder).load("k1")
    return found is not None and found.history.steps == [*steps] and (folder / "files" / "d1").read_bytes() == CONTENT


def changed(store: Store, one: Work, file: Path, step: str) -> None:
    """A change as the page keeps it: all of a work of which something was lost, else that step."""
    one.history.record(step)
    if one.lost:
        store.begin(one, [file])
    else:
        store.save(one, recorded=True)
    store.flush()


def test_a_folder_that_cannot_be_made_at_the_start_is_made_with_the_next_change_once_it_can(
    tmp_path: Path, file: Path
) -> None:
    way, told = tmp_path / "way", []
    way.write_text("a file stands here")
    store, one = Store(way / "data", lambda: told.append(1)), work()
    store.begin(one, [file])
    changed(store, one, file, "second")
    assert one.lost and store.trouble and told == [1], "it is said once"
    way.unlink()
    changed(store, one, file, "third")
    assert not (one.lost or store.trouble) and kept_whole(way / "data", "first", "second", "third")
    changed(store, one, file, "fourth")
    assert kept_whole(way / "data", "first", "second", "third", "fourth")


def test_a_disk_that_cannot_be_written_at_the_start_keeps_all_once_it_can(
    tmp_path: Path, file: Path, failing: Callable[[bool], None]
) -> None:
    failing(True)
    store, one = Store(tmp_path / "data"), work()
    store.begin(one, [file])
    changed(store, one, file, "second")
    assert one.lost and "readonly" in store.trouble and store.load("k1") is None
    failing(False)
    changed(store, one, file, "third")
    assert not store.trouble and kept_whole(tmp_path / "data", "first", "second", "third")


def test_a_folder_that_is_read_only_for_a_while_loses_nothing(
    store: Store, file: Path, failing: Callable[[bool], None]
) -> None:
    one = work()
    store = Store(store.folder)
    store.begin(one, [file])
    store.flush()
    failing(True)
    changed(store, one, file, "second")
    changed(store, one, file, "third")
    assert one.lost and store.trouble
    failing(False)
    changed(store, one, file, "fourth")
    assert not store.trouble and kept_whole(store.folder, "first", "second", "third", "fourth")


def test_a_folder_that_went_is_made_anew_with_all_of_the_work(store: Store, file: Path) -> None:
    one = work()
    store.begin(one, [file])
    store.flush()
    shutil.rmtree(store.folder)
    assert store.load("k1") is None
    one.lost = True  # as the page learns with its next change
    changed(store, one, file, "second")
    assert not store.trouble and kept_whole(store.folder, "first", "second")


def test_what_cannot_be_removed_is_not_said_to_be_gone(
    store: Store, file: Path, failing: Callable[[bool], None]
) -> None:
    store = Store(store.folder)
    store.begin(work(), [file])
    store.flush()
    failing(True)
    assert not store.forget("k1")
    failing(False)
    assert store.forget("k1") and b"ZZUNIQUEZZ" not in everything(store.folder)
    assert store.forget("nobody's")
