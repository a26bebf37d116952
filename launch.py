"""The command `segment-lab`: starts the app, wherever it lies and whatever the folder one stands in."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

APP = Path(__file__).with_name("app.py")
SETTINGS = {"port": "server.port", "address": "server.address", "host": "server.allowedHosts"}


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve the app until it is stopped."""
    given = parser().parse_args(arguments)
    sys.argv = [
        str(APP),
        *given.files,
    ]  # beside it Streamlit finds pages/ and .streamlit/; the files are the app's to open
    if (home := str(APP.parent)) not in sys.path:
        sys.path.insert(0, home)
    from pages.app import door, start  # they lie in no package that is installed: found beside the app

    door.ask_nobody()
    door.answer_at_once()
    st.App(APP, lifespan=start.ahead, middleware=[Middleware(door.Door)]).run(
        config={setting: getattr(given, name) for name, setting in SETTINGS.items() if getattr(given, name)}
    )


def parser() -> argparse.ArgumentParser:
    """All that can be asked of it."""
    whole = argparse.ArgumentParser(prog="segment-lab", description="Segments of customers, in the browser.")
    whole.add_argument("files", metavar="FILE", nargs="*", help="opened for everybody who comes")
    whole.add_argument("--port", type=int, help="8501, where nothing else is said")
    whole.add_argument("--address", help="who can reach it: localhost, or 0.0.0.0 for the room")
    whole.add_argument(
        "--host",
        action="append",
        help="a name it is reached by beside this machine's own, as behind a proxy; repeatable",
    )
    whole.epilog = (
        "Where the environment has SEGMENT_LAB_WORD, nobody comes in without that word. What visitors do is kept in the folder "
        "SEGMENT_LAB_DATA of the environment; without it in that of the user, if only this machine can reach the app. “no”: nowhere."
    )
    return whole


if __name__ == "__main__":
    main()
