"""The app as the browser tests start it: python -m tests.browser.serve HELD [options of launch.py]

While there is a file HELD, work that tells how far it is goes on until somebody stops it: on the fastest machine too.
"""

import sys
import time
from pathlib import Path
from typing import Any

import launch
from pages.app import upload

HELD = Path(sys.argv[1])
move = upload._Bar.__call__


def hold(bar: Any, share: float, doing: str) -> None:
    move(bar, share, doing)
    while HELD.exists():
        time.sleep(0.05)
        move(bar, share, doing)


upload._Bar.__call__ = hold  # type: ignore[method-assign]
launch.main(sys.argv[2:])
