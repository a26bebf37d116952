"""The script that draws Altair's charts in a browser, made on this machine."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache

SNIPPET = "window.vegaEmbed = vegaEmbed;"
MAKE = """
import gzip, sys, vl_convert
sys.stdout.buffer.write(gzip.compress(vl_convert.javascript_bundle(sys.argv[1]).encode(), mtime=0))
"""


@cache
def packed() -> Future[bytes]:
    """Vega, Vega-Lite and their embedding, which put themselves into the page's window, as one script, packed.

    It takes seconds to put together, which is done once, and beside whatever else is done.
    """
    return ThreadPoolExecutor(1, "charts").submit(_pack)


def _pack() -> bytes:
    """In a process of its own: putting it together lets no other thread run for a second."""
    return subprocess.run([sys.executable, "-c", MAKE, SNIPPET], capture_output=True, check=True).stdout
