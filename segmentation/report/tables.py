"""Frames as CSV that no spreadsheet will take for a formula."""

from __future__ import annotations

import re

import pandas as pd

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\0")
NEGATIVE = re.compile(r"-[0-9]+([.,][0-9]+)?")


def csv(frame: pd.DataFrame) -> bytes:
    """A frame with its index as CSV (UTF-8), text cells and headings made harmless."""
    safe = frame.copy()
    for name in safe.columns:
        if not (pd.api.types.is_numeric_dtype(safe[name]) or pd.api.types.is_datetime64_any_dtype(safe[name])):
            safe[name] = _harmless(safe[name])
    safe.columns = [harmless(str(name)) for name in safe.columns]
    safe.index = pd.Index(_harmless(safe.index.to_series()), name=frame.index.name)
    return safe.to_csv(index=frame.index.name is not None, lineterminator="\n").encode("utf-8")


def _harmless(values: pd.Series) -> pd.Series:
    text = values.astype("str")
    risky = text.str.startswith(DANGEROUS).fillna(False).to_numpy(dtype=bool)
    return text.where(~risky, text[risky].map(harmless)) if risky.any() else text


def harmless(text: str) -> str:
    """A text a spreadsheet would run as a formula gets an apostrophe before it; a plain negative number stays."""
    return f"'{text}" if text.startswith(DANGEROUS) and not NEGATIVE.fullmatch(text) else text
