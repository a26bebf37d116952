"""A room that asks for a word: nobody sees or brings anything before it, and who guesses waits."""

from __future__ import annotations

from pathlib import Path

import pytest

from pages.app import word
from tests.pages.visitor import Visitor
from tests.server.running import running


@pytest.fixture
def asking(monkeypatch: pytest.MonkeyPatch) -> Visitor:
    monkeypatch.setenv(word.ASKED, "sésame")
    monkeypatch.setattr(word, "WAITING", word.Waiting())
    monkeypatch.setattr(word, "_address", lambda: "1.2.3.4")
    monkeypatch.setattr("sys.argv", ["app.py"])
    return Visitor()


def say(visitor: Visitor, given: str) -> Visitor:
    visitor.at.text_input(key="word").set_value(given)
    return visitor.look()


def test_without_a_word_everybody_comes_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(word.ASKED, raising=False)
    monkeypatch.setattr("sys.argv", ["app.py"])
    assert Visitor().title == "What do you know about your customers?"
    assert word.let_in("anybody")


def test_before_the_word_there_is_nothing_but_a_line_for_it(asking: Visitor) -> None:
    assert asking.title == "This room has a word"
    assert not asking.at.button and not asking.at.file_uploader
    assert asking.at.text_input(key="word").proto.type == asking.at.text_input(key="word").proto.PASSWORD
    for page in ("Segments", "Portfolio"):
        assert asking.go(page).title == "This room has a word"


def test_a_wrong_word_is_said_and_the_next_try_waits(asking: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr(word, "monotonic", lambda: now[0])
    assert say(asking, "sesame").problems == ["That is not the word: ask whoever opened this room."]
    assert say(asking, "sésame").problems == ["Too many wrong words: wait 1 s, then try again."]
    assert say(asking, "sésame").title == "This room has a word", "a try too early tells nothing of the word"
    now[0] += 1.1
    assert say(asking, "sésame").title == "What do you know about your customers?"
    assert asking.go("Segments").title == "Who are your customers, and which of them deserve what?"


def test_an_empty_word_is_no_word(asking: Visitor) -> None:
    assert say(asking, " ").title == "This room has a word"
    assert not word.same("", "x") and not word.same("x", "xx") and word.same("é", "é")


def test_each_wrong_word_doubles_the_wait_of_its_address_alone_and_what_is_long_past_is_forgotten() -> None:
    waiting, now, waits = word.Waiting(), 0.0, []
    for _ in range(9):
        waiting.wrong("1.2.3.4", now)
        waits.append(waiting.left("1.2.3.4", now))
        now += waits[-1]
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert waiting.left("5.6.7.8", now) == 0
    for at in range(3000):
        waiting.wrong(f"10.0.{at}", now + at)
    assert len(waiting._until) < 100


def test_who_guesses_holds_up_nobody_else(asking: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        say(asking, "wrong")
    assert asking.problems == ["Too many wrong words: wait 1 s, then try again."]
    monkeypatch.setattr(word, "_address", lambda: "5.6.7.8")
    assert say(asking, "sésame").title == "What do you know about your customers?"


def test_no_file_is_taken_before_the_word(tmp_path: Path) -> None:
    with running(tmp_path, **{word.ASKED: "sésame"}) as server:
        answer = server.get("/_stcore/upload_file/some-session/1", "PUT", b"x")
        assert (answer.status, answer.text) == (403, "This room asks for a word first.")
        assert server.get("/").status == 200
        assert "sésame" not in server.get("/").text
