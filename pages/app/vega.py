"""The script that draws Altair's charts in a page of ours, fetched once by each browser."""

from __future__ import annotations

import asyncio
import gzip
import sys
from functools import cache

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

NAME = "vega.js"
served = False  # whether a door of ours answers with it


def place() -> str:
    """Where a page finds it: at the door, or, where somebody runs app.py with Streamlit's own command, among the media."""
    from streamlit import config, runtime

    base = config.get_option("server.baseUrlPath").strip("/")
    if served or "streamlit.web.cli" not in sys.modules or not runtime.exists():
        return f"{base}/{NAME}".lstrip("/")
    return f"{base}{runtime.get_instance().media_file_mgr.add(_unpacked(), 'text/javascript', NAME)}".lstrip("/")


@cache
def _unpacked() -> bytes:
    from segmentation.board.script import packed

    return gzip.decompress(packed().result())


async def script(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with what puts itself into the page's window."""
    from segmentation.board.script import packed  # the library is imported once, by `start.once`

    body = await asyncio.shield(asyncio.wrap_future(packed()))
    held = {"Content-Encoding": "gzip", "Cache-Control": "public, max-age=86400"}
    await Response(body, media_type="text/javascript", headers=held)(scope, receive, send)
