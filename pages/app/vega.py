"""The script that draws Altair's charts in a page of ours: made on this machine, fetched once by each browser."""

from __future__ import annotations

import gzip
from functools import cache

from starlette.responses import Response

NAME = "vega.js"
SNIPPET = "window.vegaEmbed = vegaEmbed;"


@cache
def packed() -> bytes:
    """The script, packed; it takes seconds to put together."""
    import vl_convert  # a tenth of a second, for the first chart

    return gzip.compress(vl_convert.javascript_bundle(SNIPPET).encode())


def script() -> Response:
    """Vega, Vega-Lite and their embedding, as one script that puts itself into the page's window."""
    held = {"Content-Encoding": "gzip", "Cache-Control": "public, max-age=86400"}
    return Response(packed(), media_type="text/javascript", headers=held)
