"""A tab is told that its work was changed in another: when it stands still, while it is there, and no stranger's."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.proto.ClientState_pb2 import ClientState

from pages.app import tabs
from pages.app.store import Work


class Server:
    """The part of Streamlit's server that draws a page anew: sessions by name, and what its loop does later."""

    def __init__(self) -> None:
        self.sessions: dict[str, Any] = {}
        self.later: list[Callable[[], None]] = []
        self.drawn: list[str] = []
        self._session_mgr = SimpleNamespace(get_active_session_info=self.sessions.get)
        self.eventloop = SimpleNamespace(
            call_soon_threadsafe=lambda does: does(), call_later=lambda seconds, does: self.later.append(does)
        )

    def _get_async_objs(self) -> Server:
        return self

    def open(self, name: str, work: Work) -> SimpleNamespace:
        """A tab that shows a work; it stands still where it runs nothing."""
        session = SimpleNamespace(_scriptrunner=None, _client_state=ClientState(page_script_hash=name))
        session.request_rerun = lambda state: self.drawn.append(state.page_script_hash)
        self.sessions[name] = SimpleNamespace(session=session)
        tabs._OPEN[work] = name
        return session

    def pass_time(self) -> None:
        for does in self.later[: len(self.later)]:
            self.later.remove(does)
            does()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    held = Server()
    monkeypatch.setattr(tabs, "runtime", SimpleNamespace(exists=lambda: True, get_instance=lambda: held))
    tabs._OPEN.clear()
    yield held
    tabs._OPEN.clear()


def test_the_other_tab_of_the_same_work_is_told_once_and_nobody_else(server: Server) -> None:
    mine, other, stranger = Work("k1"), Work("k1"), Work("k2")
    for name, work in {"mine": mine, "other": other, "stranger": stranger}.items():
        server.open(name, work)
    for _ in range(3):
        tabs.changed(mine)
    assert server.drawn == ["other"] and other.overtaken and not (mine.overtaken or stranger.overtaken)
    tabs.changed(other)
    assert server.drawn == ["other", "mine"], "who was told and then changed something is the later one"
    tabs.changed(mine)
    assert server.drawn == ["other", "mine", "other"]


def test_a_tab_that_works_on_something_is_told_when_it_stands_still(server: Server) -> None:
    mine, other = Work("k1"), Work("k1")
    server.open("mine", mine)
    busy = server.open("other", other)
    busy._scriptrunner = "a page that is on its way"
    tabs.changed(mine)
    server.pass_time()
    assert server.drawn == [], "what it was asked for meanwhile would be lost"
    busy._scriptrunner = None
    server.pass_time()
    assert server.drawn == ["other"] and not server.later


def test_a_tab_that_is_gone_holds_nobody_up_and_says_so_when_it_is_back(server: Server) -> None:
    mine, closed = Work("k1"), Work("k1")
    server.open("mine", mine)
    server.open("closed", closed)
    del server.sessions["closed"]
    tabs.changed(mine)
    assert server.drawn == [] and closed.overtaken
