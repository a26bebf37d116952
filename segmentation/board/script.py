"""The script that draws Altair's charts in a browser, made on this machine."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import zlib
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from importlib.metadata import version

import platformdirs

SNIPPET = "window.vegaEmbed = vegaEmbed;"
MAKE = """
import gzip, sys, vl_convert
sys.stdout.buffer.write(gzip.compress(vl_convert.javascript_bundle(sys.argv[1]).encode(), mtime=0))
"""


@cache
def packed() -> Future[bytes]:
    """Vega, Vega-Lite and their embedding, which put themselves into the page's window, as one script, packed.

    It takes seconds to put together, which is done once, and beside whatever else is done; then it is kept for the next
    process, where this user may keep anything.
    """
    return ThreadPoolExecutor(1, "charts").submit(_pack)


def _pack() -> bytes:
    of = f"{version('vl-convert-python')}-{zlib.crc32(f'{MAKE}{SNIPPET}'.encode()):08x}"
    place = platformdirs.user_cache_path("segment-lab", appauthor=False) / f"charts-{of}.js.gz"
    with suppress(OSError, EOFError, zlib.error):
        if gzip.decompress(kept := place.read_bytes()):  # half of one would not unpack
            return kept
    made = _made()
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        beside = place.with_name(f"{place.name}.{os.getpid()}")
        beside.write_bytes(made)
        beside.replace(place)
    return made


def _made() -> bytes:
    """In a process of its own: putting it together lets no other thread run for a second."""
    return subprocess.run([sys.executable, "-c", MAKE, SNIPPET], capture_output=True, check=True).stdout
