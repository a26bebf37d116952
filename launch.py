"""The command `segment-lab`: starts the app, wherever it lies and whatever the folder one stands in."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

APP = Path(__file__).with_name("app.py")


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve the app until it is stopped."""
    given = parser().parse_args(arguments)
    sys.argv = [
        str(APP),
        *given.files,
    ]  # beside it Streamlit finds pages/ and .streamlit/; the files are the app's to open
    st.App(APP).run(
        config={f"server.{name}": getattr(given, name) for name in ("port", "address") if getattr(given, name)}
    )


def parser() -> argparse.ArgumentParser:
    """All that can be asked of it."""
    whole = argparse.ArgumentParser(prog="segment-lab", description="Segments of customers, in the browser.")
    whole.add_argument("files", metavar="FILE", nargs="*", help="opened for everybody who comes")
    whole.add_argument("--port", type=int, help="8501, where nothing else is said")
    whole.add_argument("--address", help="who can reach it: localhost, or 0.0.0.0 for the room")
    return whole


if __name__ == "__main__":
    main()
