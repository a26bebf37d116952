"""The script that draws Altair's charts in a page of ours, fetched once by each browser."""

from __future__ import annotations

import asyncio

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

NAME = "vega.js"


async def script(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with what puts itself into the page's window."""
    from segmentation.board.script import packed  # the library is imported once, by `start.once`

    body = await asyncio.shield(asyncio.wrap_future(packed()))
    held = {"Content-Encoding": "gzip", "Cache-Control": "public, max-age=86400"}
    await Response(body, media_type="text/javascript", headers=held)(scope, receive, send)
