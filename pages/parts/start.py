"""What happens once a server, not once a rerun."""

import gc
import sys
from functools import cache
from pathlib import Path

ICON = str(Path(__file__).with_name("icon.svg"))


@cache
def once() -> None:
    """Import what the pages need, then take it out of garbage collection.

    Streamlit collects garbage after every rerun; looking through all imported modules each time costs more than
    the page itself.
    """
    import segmentation.charts  # noqa: F401

    gc.collect()
    gc.freeze()


def file_given() -> Path | None:
    """The file named after `--` on the command line: opened for everybody who comes (a workshop's room)."""
    return Path(sys.argv[1]) if len(sys.argv) > 1 else None
