"""The colours of the app's light theme, for what is taken away."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

BESIDE = Path(__file__).parents[2]
APPS = (
    BESIDE,
    BESIDE / "segment_lab",
)  # where the app lies: beside the library, or in its package where it is installed


@cache
def theme() -> dict[str, Any]:
    """The light theme as the app's settings have it: textColor, chartCategoricalColors (eight slots) …"""
    [file] = [one for app in APPS if (one := app / ".streamlit" / "config.toml").exists()]
    return tomllib.loads(file.read_text(encoding="utf-8"))["theme"]["light"]


def colour(slot: int) -> str:
    """A slot of the palette as #RRGGBB."""
    slots = theme()["chartCategoricalColors"]
    return slots[slot % len(slots)]
