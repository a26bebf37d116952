"""The server's door: nothing is asked of the outside, and what answers carry and what is refused."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.types import Scope
from streamlit.web.server.starlette import starlette_server
from websockets.exceptions import InvalidStatus

import launch
from pages.app import door
from pages.app.memory import BROWSER
from tests.places import ROOT
from tests.server.running import Running, running


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("room"), "--address", "0.0.0.0") as server:
        yield server


def test_the_test_counts_what_is_asked_of_the_outside(room: Running, tmp_path: Path) -> None:
    asking = "import requests; requests.get('http://checkip.amazonaws.com', timeout=1)"
    asked = tmp_path / "asked.txt"
    given = {"PYTHONPATH": str(room.asked.parent), "ASKED": str(asked)}
    done = subprocess.run([sys.executable, "-c", asking], env=given, capture_output=True)
    assert done.returncode and "checkip.amazonaws.com" in asked.read_text()
    asking = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('8.8.8.8', 1))"
    subprocess.run([sys.executable, "-c", asking], env=given, capture_output=True)
    assert "8.8.8.8" in asked.read_text()


def test_a_browser_is_known_again_by_a_cookie_of_its_own(room: Running) -> None:
    given = [room.get("/").headers["set-cookie"] for _ in range(2)]
    own = [re.search(rf"{BROWSER}=([\w-]{{22}}); Path=/; HttpOnly; SameSite=Strict", one)[1] for one in given]
    assert own[0] != own[1]
    assert BROWSER not in (room.get("/", cookie=f"{BROWSER}={own[0]}").headers["set-cookie"] or "")
    assert BROWSER not in (room.get("/_stcore/health").headers["set-cookie"] or "")


def test_no_part_of_an_answer_waits_until_the_visitor_has_said_that_the_one_before_came(monkeypatch) -> None:
    monkeypatch.setattr(starlette_server, "_bind_socket", starlette_server._bind_socket)
    monkeypatch.setattr(launch.st.App, "run", lambda *given, **settings: None)
    for name in ("get_external_ip", "get_internal_ip"):
        monkeypatch.setattr(door.net_util, name, getattr(door.net_util, name))
    monkeypatch.setattr(sys, "argv", [])
    launch.main([])
    with starlette_server._bind_socket("127.0.0.1", 0, 1) as listening:
        listening.setblocking(True)
        with socket.create_connection(listening.getsockname()), listening.accept()[0] as accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_streamlit_that_opens_its_socket_elsewhere_is_started_all_the_same(monkeypatch) -> None:
    monkeypatch.delattr(starlette_server, "_bind_socket")
    door.answer_at_once()
    assert not hasattr(starlette_server, "_bind_socket")
    monkeypatch.setitem(sys.modules, starlette_server.__name__, None)
    door.answer_at_once()


@pytest.mark.parametrize("options", [(), ("--address", "0.0.0.0"), ("--address", "127.0.0.1", "--host", "*")])
def test_nothing_is_asked_of_the_outside_at_the_start_nor_where_a_foreign_page_calls(
    options: tuple[str, ...], tmp_path: Path
) -> None:
    with running(tmp_path, *options) as server:
        assert "Segment" not in server.get("/").text and server.get("/").status == 200
        assert server.talk(origin=f"http://localhost:{server.port}") == "streamlit"
        for origin in ("http://evil.test", "null", "https://localhost.evil.test", f"http://127.0.0.1:{server.port}"):
            with pytest.raises(InvalidStatus, match="403"):
                server.talk(origin=origin)
        assert server.asked.read_text() == ""
        said = (tmp_path / "log.txt").read_text()
        assert f":{server.port}" in said and "External" not in said and "Traceback" not in said


def test_an_origin_that_is_allowed_may_call_and_nothing_is_asked(tmp_path: Path) -> None:
    origin = "https://segments.example.com"
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "config.toml").write_text(f"[server]\ncorsAllowedOrigins = ['{origin}']\n")
    with running(tmp_path, HOME=str(tmp_path)) as server:
        assert server.talk(origin=origin) == "streamlit"
        with pytest.raises(InvalidStatus, match="403"):
            server.talk(origin="https://other.example.com")
        assert server.asked.read_text() == ""


@pytest.mark.parametrize(
    "path", ["/", "/segments", "/_stcore/health", "/_stcore/host-config", "/static/none.js", "/_stcore/metrics"]
)
def test_every_answer_tells_the_browser_what_to_hold_back(room: Running, path: str) -> None:
    told = room.get(path).headers
    assert told["X-Frame-Options"] == "DENY"
    assert told["X-Content-Type-Options"] == "nosniff"
    assert told["Referrer-Policy"] == "no-referrer"
    policy = dict(part.split(" ", 1) for part in told["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in policy["script-src"] and "http" not in told["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/_stcore/metrics"),
        ("GET", "/_stcore/metrics/"),
        ("POST", "/_stcore/agent/interact"),
        ("POST", "/_stcore/agent/mcp"),
        ("GET", "/_stcore/agent/openapi.json"),
        ("GET", "/_stcore/%61gent/openapi.json"),
    ],
)
def test_figures_of_the_server_and_its_agent_routes_are_off(room: Running, method: str, path: str) -> None:
    answer = room.get(path, method, b"{}", Content_Type="application/json")
    assert (answer.status, answer.text) == (404, "There is nothing here.")


def test_a_file_is_taken_only_with_the_token_of_the_page(room: Running) -> None:
    answer = room.get("/_stcore/upload_file/none/none", "PUT", b"x")
    assert answer.status == 403 and "XSRF" in answer.text


@pytest.mark.parametrize("host", ["evil.test", "localhost.evil.test", "evil.test:8501", "", "[", "localhost@evil.test"])
def test_a_foreign_name_that_leads_here_is_refused(room: Running, host: str) -> None:
    assert room.get("/", Host=host).status in (400, 421)
    if host.startswith("evil"):
        with pytest.raises(InvalidStatus, match="403"):
            room.talk(host, origin=f"http://{host}")


def test_the_server_goes_by_its_own_names_by_numbers_and_by_those_it_is_given(tmp_path: Path) -> None:
    with running(tmp_path, "--host", "segments.example.com", "--host", "*.example.org") as server:
        machine = socket.gethostname()
        own = ("localhost:1", "127.0.0.1", "192.168.7.7:8501", "[::1]:8501", machine, f"{machine}.local:8501")
        for host in (*own, "segments.example.com", "a.example.org", "SEGMENTS.example.com:443"):
            assert server.get("/", Host=host).status == 200, host
        assert server.get("/", Host="example.com").status == 421
        assert server.talk("segments.example.com", origin="https://segments.example.com") == "streamlit"


def test_what_is_neither_a_request_nor_a_call_passes_the_door() -> None:
    assert door.refusal({"type": "http", "path": "/", "headers": [(b"host", b"localhost")]}) is None
    scope: Scope = {"type": "websocket", "path": "/", "headers": [(b"host", b"localhost")]}
    assert door.refusal(scope) is None, "what is no browser names no origin"


def test_make_run_starts_the_same_command(tmp_path: Path) -> None:
    given = [
        "make",
        "-n",
        "-o",
        ".venv/app",
        "run",
        "PORT=9",
        "ADDRESS=0.0.0.0",
        "FILE=a.csv",
        "HOST=one two",
        "WORD=hush $$ 'x",
    ]
    said = subprocess.run(given, cwd=ROOT, capture_output=True, text=True).stdout
    assert "launch.py --port 9 --address 0.0.0.0 --host one --host two -- a.csv" in said
    assert "hush" not in said
