"""The door of the server: who is answered, what is not, and what every answer tells a browser to keep to."""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import re
import secrets
import socket
from fnmatch import fnmatch
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose
from streamlit import config, net_util

from pages.app import login, script, vega, word
from pages.app.memory import BROWSER

VIOLATION = 1008  # of the rules, as a websocket says it
UPLOADS = re.compile(r"/_stcore/upload_file/([^/]+)/")
POLICY = {
    "default-src": "'none'",
    "script-src": "'self' blob:",  # blob: the pictures' modules; charts calculate without eval
    "style-src": "'self' 'unsafe-inline'",  # Streamlit writes its styles as the page is drawn
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}


class Door:
    """Middleware around Streamlit: refuses before anything is done, and puts `headers` on what is answered."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        vega.served = script.served = True

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return

        new = f"{BROWSER}=" not in Headers(scope=scope).get("cookie", "")

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = MutableHeaders(scope=message)
                given.update(headers())
                if new and given.get("content-type", "").startswith("text/html"):
                    given.append(
                        "set-cookie", f"{BROWSER}={secrets.token_urlsafe(16)}; Path=/; HttpOnly; SameSite=Strict"
                    )
            await send(message)

        await (refusal(scope) or self.app)(scope, receive, told)


def refusal(scope: Scope) -> ASGIApp | None:
    """What is answered instead of Streamlit: refusals, and our own scripts; None for what may pass."""
    given, path = Headers(scope=scope), scope["path"]
    host = given.get("host", "")
    if not known(host):
        return _refused(scope, 421, "This server does not go by that name.")
    if scope["type"] == "websocket":
        return None if own_origin(given.get("origin"), host) else WebSocketClose(VIOLATION)
    if "/_stcore/metrics" in path or ("/_stcore/agent" in path and not config.get_option("server.enableAgentApi")):
        return _refused(scope, 404, "There is nothing here.")
    if (to := UPLOADS.search(path)) and not login.let_in(to[1]):
        return _refused(scope, 403, "Log in first.")
    if to and not word.let_in(to[1]):
        return _refused(scope, 403, "This room asks for a word first.")
    ours = {vega.NAME: vega.script, script.NAME: script.answer}
    return ours.get(path.rpartition("/")[2])


def _refused(scope: Scope, status: int, why: str) -> ASGIApp:
    return WebSocketClose(VIOLATION) if scope["type"] == "websocket" else PlainTextResponse(why, status)


def known(host: str) -> bool:
    """Whether the server goes by this name: a foreign one that was made to lead here (DNS rebinding) is refused.

    An address of numbers cannot be made to lead elsewhere; names beside this machine's are in `server.allowedHosts`.
    """
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    machine = socket.gethostname().lower()
    names = ("localhost", machine, f"{machine}.local", *config.get_option("server.allowedHosts"))
    return _is_address(name) or any(fnmatch(name, one.strip().lower()) for one in names)


def _is_address(name: str) -> bool:
    try:
        return bool(ipaddress.ip_address(name))
    except ValueError:
        return False


def own_origin(origin: str | None, host: str) -> bool:
    """Whether a websocket is asked for by a page of this server, by no browser, or from `server.corsAllowedOrigins`."""
    return origin is None or urlsplit(origin).netloc == host or origin in config.get_option("server.corsAllowedOrigins")


@cache
def headers() -> dict[str, str]:
    """What every answer tells a browser: nothing from elsewhere, no frame around it, no guess at what it is."""
    policy = {**POLICY, "script-src": " ".join((POLICY["script-src"], *_inline()))}
    return {
        "Content-Security-Policy": "; ".join(f"{what} {sources}" for what, sources in policy.items()),
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }


def _inline() -> list[str]:
    """The scripts that stand in Streamlit's own page, by their digests."""
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_bytes()
    digests = (hashlib.sha256(one).digest() for one in re.findall(rb"<script>(.*?)</script>", page, re.DOTALL))
    return [f"'sha256-{base64.b64encode(one).decode()}'" for one in digests]


def ask_nobody() -> None:
    """Streamlit looks for this machine's addresses, one of them at a service outside: it is told a name instead."""
    net_util.get_external_ip = lambda: None
    net_util.get_internal_ip = socket.gethostname


def answer_at_once() -> None:
    """Send each message when it is written: else all but the first of an answer wait until the visitor's machine has said that
    the first came, which it does 40 ms later. What is accepted has this from the socket it was asked for on."""
    try:
        server = import_module("streamlit.web.server.starlette.starlette_server")
        bind = server._bind_socket
    except (ImportError, AttributeError):  # no promise of Streamlit's: where it is no more, answers wait as they did
        return

    def bound(*where: Any, **more: Any) -> socket.socket:
        listening: socket.socket = bind(*where, **more)
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listening

    server._bind_socket = bound  # type: ignore[attr-defined]
