"""Accounts at the door: shut where it is not sure that it may be open. `tests/browser/test_accounts.py` logs in."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.errors import StreamlitMissingAuthlibError

from pages.app import login, word
from tests.pages.visitor import Visitor
from tests.server.running import running


@pytest.fixture
def asking(monkeypatch: pytest.MonkeyPatch) -> Visitor:
    monkeypatch.setattr(login, "asked", lambda: True)
    monkeypatch.setattr("sys.argv", ["app.py"])
    return Visitor()


def test_before_an_account_there_is_nothing_but_a_button(asking: Visitor) -> None:
    for page in ("Data", "Segments", "Portfolio"):
        assert asking.go(page).title == "Segment Lab"
        assert [one.label for one in asking.at.button] == ["Log in"] and not asking.at.file_uploader
    assert not login.let_in("anybody")


def test_a_provider_that_is_half_described_lets_nobody_in(asking: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise StreamlitMissingAuthlibError

    monkeypatch.setattr("streamlit.login", fail)
    asking.press("log in")
    assert asking.problems == ["Nobody can log in: the log of this server says what is missing."]
    assert asking.title == "Segment Lab"


def test_with_a_word_too_the_account_comes_first(asking: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(word.ASKED, "sesame")
    assert asking.look().title == "Segment Lab"
    monkeypatch.setattr(login, "known", lambda: True)
    assert asking.look().title == "This room has a word"


@pytest.mark.parametrize(("secrets", "shut"), [("[auth", True), ("[auth]\nx = 1", True), ("[other]\nx = 1", False)])
def test_secrets_that_cannot_be_read_shut_the_door_and_others_do_not(secrets: str, shut: bool, tmp_path: Path) -> None:
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "secrets.toml").write_text(secrets)
    with running(tmp_path, HOME=str(tmp_path)) as server:
        said = server.get("/_stcore/upload_file/some-session/1", "PUT", b"x").text
    assert (said == "Log in first.") == shut, said
