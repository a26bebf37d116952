"""A table as it may leave: no spreadsheet takes a cell of it for a formula. What holds tables writes `safe(frame)`."""

from __future__ import annotations

import re

import pandas as pd

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\0")
NEGATIVE = re.compile(r"-[0-9]+([.,][0-9]+)?")


def safe(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with text cells and headings made harmless; its index is the first column where it has a name, else gone.

    Numbers, truths and dates stay as they are, any other column is text; what is missing stays missing.
    """
    whole = frame.reset_index(drop=frame.index.name is None)
    made = pd.DataFrame({at: _safe(values) for at, (_, values) in enumerate(whole.items())}, index=whole.index)
    return made.set_axis([harmless(str(name)) for name in whole], axis="columns")


def _safe(values: pd.Series) -> pd.Series:
    if pd.api.types.is_datetime64_any_dtype(values) or pd.api.types.is_numeric_dtype(values):
        return values
    if pd.api.types.is_bool_dtype(values):
        return values
    if isinstance(values.dtype, pd.CategoricalDtype):  # a word once, however many cells hold it
        words = pd.array([harmless(str(word)) for word in values.cat.categories], dtype="str")
        return pd.Series(words.take(values.cat.codes.to_numpy(), allow_fill=True), index=values.index)
    text = values.astype("str")
    risky = text.str.startswith(DANGEROUS).fillna(False).to_numpy(dtype=bool)
    return text.where(~risky, text[risky].map(harmless)) if risky.any() else text


def harmless(text: str) -> str:
    """A text a spreadsheet would run as a formula gets an apostrophe before it; a plain negative number stays."""
    return f"'{text}" if text.startswith(DANGEROUS) and not NEGATIVE.fullmatch(text) else text
