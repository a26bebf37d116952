"""The script of the board and how it looks, fetched once by each browser: sent with every answer both would be most of it."""

from __future__ import annotations

import gzip
import hashlib
import json
from functools import cache

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

NAME = "board.js"
# A component begins with modules of its own wherever it is shown: the sign after # makes it another one, not fetched again
FETCHED = 'const {{ default: board }} = await import(new URL("{}?{}#" + Math.random(), document.baseURI))\nexport default board\n'
# What Python wrote is read; how it looks holds where the board stands, which is apart from the page, and before anything is drawn
BOARD = """
const looks = new CSSStyleSheet(), read = new TextDecoder()
looks.replaceSync({})
export default (given) => {{
  const place = given.parentElement.getRootNode()
  if (!place.adoptedStyleSheets.includes(looks)) place.adoptedStyleSheets = [...place.adoptedStyleSheets, looks]
  return board({{ ...given, data: JSON.parse(read.decode(given.data)) }})
}}
"""
served = False  # whether a door of ours answers with it


def script() -> str:
    """What Streamlit is given: where the script is, or, where somebody runs app.py with Streamlit's own command, all of it."""
    return FETCHED.format(NAME, hashlib.sha256(_whole().encode()).hexdigest()[:16]) if served else _whole()


@cache
def _whole() -> str:
    from segmentation.board import scripts, styles

    return f"{scripts()}\n{BOARD.format(json.dumps(styles()))}"


@cache
def _packed() -> bytes:
    return gzip.compress(_whole().encode())


async def answer(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with it; another one has another address."""
    held = {"Content-Encoding": "gzip", "Cache-Control": "public, max-age=31536000, immutable"}
    await Response(_packed(), media_type="text/javascript", headers=held)(scope, receive, send)
