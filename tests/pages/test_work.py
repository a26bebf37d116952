"""Nothing is lost: what a visitor did can be undone, and a reload, a restart or a link brings it back."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pages.app import keeper, link, memory, work
from pages.app.history import History
from pages.app.memory import Memory
from pages.app.store import Work
from segmentation import Problem, Study
from segmentation.apart.handing import Upload
from tests.pages.visitor import SHOES, Visitor, unescaped


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A host that keeps work in a folder."""
    monkeypatch.setenv(keeper.FOLDER, str(tmp_path / "kept"))
    work.store.cache_clear()
    yield tmp_path / "kept"
    work.store.cache_clear()


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Memory:
    """A host whose room has no folder."""
    held = Memory()
    monkeypatch.setattr(work, "store", lambda: held)
    monkeypatch.setattr(memory, "browser", lambda: "mine")
    return held


def restarted() -> None:
    """Another server on the same folder."""
    if store := work.store():
        store.flush()
    work.store.cache_clear()


def again(visitor: Visitor, page: str = "Segments") -> Visitor:
    """The address of a visitor opened anew, in another session."""
    return reloaded(visitor).go(page)


def reloaded(visitor: Visitor) -> Visitor:
    """The same, as it is seen first."""
    other = Visitor.__new__(Visitor)
    other.at = type(visitor.at).from_file(str(visitor.at._script_path), default_timeout=300)
    for name, values in visitor.at.query_params.items():
        other.at.query_params[name] = values
    return other.look()


def test_a_reload_finds_file_method_and_thresholds(kept: Path, visitor: Visitor) -> None:
    visitor.sample().go("Segments").choose("method", "bcg").move("bcg.growth", 20)
    restarted()
    other = again(visitor)
    assert other.study == visitor.study and other.numbers.equals(visitor.numbers)
    assert other.at.session_state["sources"][0].name == SHOES


def test_an_uploaded_file_comes_back_from_the_folder(kept: Path, visitor: Visitor) -> None:
    visitor.upload("customer,date,amount\n" + "".join(f"c{i},2026-01-{i:02},{i * 10}\n" for i in range(1, 29)))
    visitor.go("Segments").move("abc_classes.a", (70, 95))
    restarted()
    other = again(visitor)
    assert other.numbers.equals(visitor.numbers)
    other.press("undo")
    assert other.study.values()["a"] == 0.8, "its steps come back too"


def test_in_a_room_a_reload_finds_all_again_in_the_same_browser_alone(
    room: Memory, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.upload("customer,date,amount\n" + "".join(f"c{i},2026-01-{i:02},{i * 10}\n" for i in range(1, 29)))
    visitor.go("Segments").move("abc_classes.a", (70, 95))
    other = again(visitor)
    assert other.numbers.equals(visitor.numbers) and other.study == visitor.study
    assert other.press("undo").study.values()["a"] == 0.8
    assert visitor.study.values()["a"] == 0.7, "who is still there is not moved"
    assert "a reload in this browser finds them again" in visitor.open("settings").words
    monkeypatch.setattr(memory, "browser", lambda: "another")
    stranger = again(visitor, "Data")
    assert "table" not in stranger.at.session_state


def test_in_a_room_what_was_kept_is_forgotten_after_a_while_on_request_and_when_it_is_too_much(
    room: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def keep(key: str) -> None:
        room.begin(Work(key, [("a.csv", key, "")], History(["{}"], 0)), [Upload.of(b"x" * 100)])

    keep("one")
    keep("two")
    room.forget("one")
    assert room.load("one") is None and room.load("two") is not None
    monkeypatch.setattr(memory, "BYTES", 250)
    keep("three")
    keep("four")
    assert [room.load(key) is not None for key in ("two", "three", "four")] == [False, True, True]
    monkeypatch.setattr(memory, "MINUTES", 0)
    assert room.load("four") is None


def test_settings_of_another_version_cost_no_more_than_what_was_changed_with_them(kept: Path, visitor: Visitor) -> None:
    visitor.sample().go("Segments").move("abc_classes.a", (75, 95)).move("abc_classes.a", (70, 95))
    restarted()
    with sqlite3.connect(kept / "work.sqlite") as base:
        change = "UPDATE step SET study = replace(study, '\"version\": 1', '\"version\": 99') WHERE study LIKE '%\"a\": 0.7,%'"
        assert base.execute(change).rowcount == 1
    other = reloaded(visitor)
    assert other.study.values()["a"] == 0.75
    assert "as it was before" in other.problems[0] and "newer version" in other.problems[0]
    assert other.press("undo").study.values()["a"] == 0.8


def test_what_was_forgotten_does_not_come_back(kept: Path, visitor: Visitor) -> None:
    visitor.upload("customer,amount\n" + "".join(f"ZZ{i},{i}\n" for i in range(40)))
    address = dict(visitor.at.query_params)
    assert address
    visitor.go("Segments").open("settings").press("forget")
    assert "table" not in visitor.at.session_state
    assert b"ZZ17" not in b"".join(one.read_bytes() for one in kept.rglob("*") if one.is_file())
    other = Visitor.__new__(Visitor)
    other.at = type(visitor.at).from_file(str(visitor.at._script_path), default_timeout=300)
    other.at.query_params.update(address)
    assert "no longer kept here" in "\n".join(other.look().problems)


def test_a_key_that_nobody_has_opens_nothing(kept: Path, visitor: Visitor) -> None:
    visitor.sample()
    other = Visitor.__new__(Visitor)
    other.at = type(visitor.at).from_file(str(visitor.at._script_path), default_timeout=300)
    other.at.query_params[work.KEY] = "somebody"
    assert "table" not in other.look().at.session_state


def test_without_a_folder_nothing_is_kept_and_the_page_says_so(visitor: Visitor) -> None:
    visitor.sample().go("Segments").open("settings")
    assert not dict(visitor.at.query_params)
    assert "in this server's memory" in visitor.words


def test_work_that_cannot_be_kept_is_said_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, visitor: Visitor
) -> None:
    (tmp_path / "kept").write_text("in the way")
    monkeypatch.setenv(keeper.FOLDER, str(tmp_path / "kept"))
    work.store.cache_clear()
    assert "nowhere else" in work.whereabouts() and "kept on this computer" not in visitor.words
    visitor.sample()
    assert any("cannot be kept" in one.value for one in visitor.at.warning)
    visitor.go("Segments").move("abc_classes.a", (70, 95))
    assert not visitor.at.warning, "it is said once"
    assert visitor.study.values()["a"] == 0.7
    assert any("cannot be kept" in one.value for one in visitor.open("settings").at.warning)
    (tmp_path / "kept").unlink()
    visitor.move("abc_classes.a", (60, 95))
    restarted()
    assert "Kept in" in visitor.open("settings").words and not visitor.at.warning
    assert again(visitor).study == visitor.study, "all of it is kept with the first change that could be"
    work.store.cache_clear()


def test_twenty_steps_are_undone_and_done_again(visitor: Visitor) -> None:
    visitor.sample().go("Segments")
    seen = []
    for a in range(60, 80):
        seen.append(visitor.study.to_json())
        visitor.move("abc_classes.a", (a, 95))
    last = visitor.study.to_json()
    for one in reversed(seen):
        assert visitor.press("undo").study.to_json() == one
    for one in [*seen[1:], last]:
        assert visitor.press("redo").study.to_json() == one


def test_with_findings_kept_what_was_undone_can_be_done_again_after_a_reload_too(kept: Path, visitor: Visitor) -> None:
    """An older version may have written the parts of a cell in another order: that is no change of anybody's."""
    visitor.sample().go("Segments").press("keep").move("abc_classes.a", (75, 95)).move("abc_classes.a", (70, 95))
    for a in (0.75, 0.8):
        assert visitor.press("undo").study.values()["a"] == a
    restarted()
    with closing(sqlite3.connect(kept / "work.sqlite", isolation_level=None)) as base:
        for number, text in base.execute("SELECT number, study FROM step").fetchall():
            step = json.loads(text)
            step["cells"] = [dict(reversed(cell.items())) for cell in step["cells"]]
            base.execute("UPDATE step SET study = ? WHERE number = ?", (json.dumps(step), number))
    other = again(visitor)
    for a in (0.75, 0.7):
        assert other.press("redo").study.values()["a"] == a
    assert len(other.study.cells) == 1 and other.press("undo").press("undo").press("undo").study.cells == []


def test_the_history_tells_each_step_and_is_walked(visitor: Visitor) -> None:
    visitor.sample().go("Segments").move("abc_classes.a", (75, 95)).move("abc_classes.a", (70, 95))
    visitor.open("history")
    steps = {one.key: one.label for one in visitor.at.button if str(one.key).startswith("step ")}
    assert any("A ends at 75% of the total, was 80%" in said for said in steps.values())
    first = next(key for key, said in steps.items() if "A ends at 75% of the total, was 80%" in said)
    visitor.press(first)
    assert visitor.study.values()["a"] == 0.75


def test_a_decision_about_the_file_is_undone_by_reading_it_again(visitor: Visitor) -> None:
    visitor.upload("customer;amount\nann;1.000\nben;2.000\ncid;3.500\n")
    before = visitor.study.to_json()
    visitor.at.session_state["study"].columns = {"customer": "customer", "revenue": "amount"}
    visitor.look()
    visitor.press("undo")
    assert visitor.study.to_json() == before


@pytest.mark.parametrize("study", [Study(), Study(method="bcg", thresholds={"bcg": {"growth": 0.5}}, file=SHOES)])
def test_a_link_holds_the_settings_whole(study: Study) -> None:
    assert link.read(link.written(study)) == study


@pytest.mark.parametrize("text", ["", "x", "////", "eJw", link.written(Study())[:-4], "é" * 9])
def test_a_link_that_was_cut_or_changed_is_said(text: str) -> None:
    with pytest.raises(Problem):
        link.read(text)


def test_a_link_that_unfolds_to_a_gigabyte_is_refused() -> None:
    import base64
    import zlib

    bomb = base64.urlsafe_b64encode(zlib.compress(b" " * (link.MOST * 50))).decode()
    with pytest.raises(Problem, match="more than settings"):
        link.read(bomb)


def test_a_link_carries_no_number_of_the_file() -> None:
    study = Study()
    study.keep_finding("abc_classes", {}, {"A": [73, 1234567.0]}, "orders.csv", {"A ends": 0.31})
    study.remember_personas("abc_classes", "orders.csv", "", {"A": {"customers": 73, "money": 1.0, "typical": {}}})
    read = link.read(link.written(study))
    assert read.cells == [{**study.cells[0], "found": {}, "cuts": {}}] and not read.persona_then


def test_who_opens_the_link_of_a_sample_sees_the_same(visitor: Visitor) -> None:
    visitor.sample().go("Segments").move("abc_classes.a", (70, 95))
    other = Visitor.__new__(Visitor)
    other.at = type(visitor.at).from_file(str(visitor.at._script_path), default_timeout=300)
    other.at.query_params[link.KEY] = link.written(visitor.study)
    other.look().go("Segments")
    assert other.numbers.equals(visitor.numbers) and not other.at.query_params.get(link.KEY)


def test_a_link_that_is_not_whole_is_said_on_the_page_it_leads_to(visitor: Visitor) -> None:
    visitor.go("Segments").at.query_params[link.KEY] = "eJw"
    assert "copy it once more" in visitor.look().at.error[0].value


def test_the_link_of_another_file_waits_for_it(visitor: Visitor) -> None:
    content = "customer,amount\n" + "".join(f"c{i},{i}\n" for i in range(40))
    visitor.upload(content, "mine.csv").go("Segments").move("abc_classes.a", (70, 95))
    other = Visitor.__new__(Visitor)
    other.at = type(visitor.at).from_file(str(visitor.at._script_path), default_timeout=300)
    other.at.query_params[link.KEY] = link.written(visitor.study)
    for page in ("Segments", "Data"):
        other.look().go(page)
        assert any("mine.csv" in unescaped(one.value) for one in other.at.info)
    other.upload(content, "mine.csv").go("Segments")
    assert other.numbers.equals(visitor.numbers)
