"""The script that draws Altair's charts in a page of ours: made on this machine, fetched once by each browser."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

NAME = "vega.js"
SNIPPET = "window.vegaEmbed = vegaEmbed;"
MAKE = """
import gzip, sys, vl_convert
sys.stdout.buffer.write(gzip.compress(vl_convert.javascript_bundle(sys.argv[1]).encode()))
"""


@cache
def packed() -> Future[bytes]:
    """The script, packed: it takes seconds to put together, which is done once and beside what the server answers."""
    return ThreadPoolExecutor(1, "charts").submit(_pack)


def _pack() -> bytes:
    """In a process of its own: putting it together lets no other thread run for a second."""
    return subprocess.run([sys.executable, "-c", MAKE, SNIPPET], capture_output=True, check=True).stdout


async def script(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with Vega, Vega-Lite and their embedding, as one script that puts itself into the page's window."""
    body = await asyncio.shield(asyncio.wrap_future(packed()))
    held = {"Content-Encoding": "gzip", "Cache-Control": "public, max-age=86400"}
    await Response(body, media_type="text/javascript", headers=held)(scope, receive, send)
