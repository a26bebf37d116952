"""What a large file was rolled up to is kept beside it: who comes back waits for no line, and sees what stood there."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pandas.testing import assert_frame_equal

from pages.app import derived, files, keeper, rolled
from pages.app.cache import SHARED
from segmentation import Customers
from segmentation.apart.pool import Pool
from tests.pages.test_work import again
from tests.pages.visitor import Visitor

LINES = "customer;date;amount;city\n" + "".join(
    f"c{i % 31};2026-0{1 + i % 6}-{1 + i % 28:02};{i * 10 - 40}.5;{('Köln', '<b>x</b>', '')[i % 3]}\n"
    for i in range(200)
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A host that keeps work in a folder, to whom every file is large."""
    monkeypatch.setenv(keeper.FOLDER, str(tmp_path / "kept"))
    monkeypatch.setattr(rolled, "LEAST", 0)
    keeper.store.cache_clear()
    yield tmp_path / "kept" / "files"
    keeper.store.cache_clear()


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What was worked out apart, in order."""
    jobs: list[Any] = []
    do = Pool.do

    def told(self: Pool, job: Any, *args: Any, **more: Any) -> Any:
        jobs.append(job)
        return do(self, job, *args, **more)

    monkeypatch.setattr(Pool, "do", told)
    return jobs


def settle() -> None:
    """Wait until all is written."""
    for one in threading.enumerate():
        if one.name == "rolled up":
            one.join()
    store = keeper.store()
    assert store is not None
    store.flush()


@pytest.fixture
def restart(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Another server on the same folder, which holds nothing that the one before held."""

    def restarted() -> None:
        settle()
        keeper.store.cache_clear()
        for one in (derived, files):
            monkeypatch.setattr(one, "SHARED", type(SHARED)())

    return restarted


def kept(folder: Path) -> list[Path]:
    return [*folder.glob("*.customers")]


def opened(visitor: Visitor) -> Visitor:
    """A visitor with a file, whose customers are kept."""
    visitor.upload(LINES)
    visitor.go("Segments").move("abc_classes.a", (70, 95))
    settle()
    return visitor


def base(visitor: Visitor) -> Customers:
    return visitor.at.session_state["base"]


def test_a_restart_rolls_nothing_up_and_shows_the_same(
    folder: Path, visitor: Visitor, done: list[Any], restart: Callable[[], None]
) -> None:
    opened(visitor)
    restart()
    done.clear()
    other = again(visitor)
    assert Customers.build not in done
    assert_frame_equal(base(other).frame, base(visitor).frame, check_exact=True)
    assert other.numbers.equals(visitor.numbers)
    theirs, mine = base(other).history, base(visitor).history
    assert theirs is not None and mine is not None and not done.count(Customers.build)
    assert theirs.codes.tolist() == mine.codes.tolist() and theirs.table.data.equals(mine.table.data)
    assert done.count(Customers.build) == 1, "the lines come with who asks for them"
    assert not other.go("Data").problems


@pytest.mark.parametrize("harm", ["cut", "changed", "empty", "foreign", "other code"])
def test_what_is_not_whole_or_not_of_this_version_is_rolled_up_again(
    folder: Path,
    visitor: Visitor,
    done: list[Any],
    restart: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
    harm: str,
) -> None:
    numbers = opened(visitor).numbers
    restart()
    (file,) = kept(folder)
    content = file.read_bytes()
    changed = bytearray(content)
    changed[len(content) // 2] ^= 1
    harmed = {"cut": content[:-9], "changed": bytes(changed), "empty": b"", "foreign": b"x" * 999}
    if harm in harmed:
        file.write_bytes(harmed[harm])
    else:
        monkeypatch.setattr(rolled, "_code", lambda: "another")
    done.clear()
    other = again(visitor)
    assert Customers.build in done and other.numbers.equals(numbers)
    settle()
    assert kept(folder)[0].read_bytes()[:32] == rolled._stamp(other.at.session_state["base_key"])
    assert (kept(folder)[0].read_bytes() == content) == (harm != "other code")


def test_other_settings_take_the_place_of_those_before(folder: Path, visitor: Visitor) -> None:
    opened(visitor)
    (file,) = kept(folder)
    before = file.read_bytes()[:32]
    visitor.go("Data").choose("choice.returns", "keep")
    settle()
    assert [one.name for one in kept(folder)] == [file.name] and file.read_bytes()[:32] != before


def test_two_visitors_of_one_file_share_it_and_it_goes_with_the_last(folder: Path, visitor: Visitor) -> None:
    opened(visitor)
    (file,) = kept(folder)
    written = file.stat().st_mtime_ns
    other = opened(Visitor())
    assert kept(folder) == [file] and file.stat().st_mtime_ns == written
    visitor.open("settings").press("forget")
    settle()
    assert kept(folder) == [file]
    other.open("settings").press("forget")
    settle()
    assert [*folder.iterdir()] == []


def test_a_small_file_is_rolled_up_sooner_than_read(
    folder: Path, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rolled, "LEAST", 201)
    opened(visitor)
    assert not kept(folder)
