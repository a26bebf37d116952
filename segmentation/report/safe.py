"""A table as it may leave: no spreadsheet takes a cell of it for a formula. What holds tables writes `safe(frame)`."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

SIGNS = frozenset("=+-@＝＋－＠")  # with them a formula begins
UNSEEN = ("\t", "\r", "\n", "\0")  # some programs take what follows for a cell of its own
ODD = r"^[^\pL\pN]"  # what few texts begin with: those are looked at one by one
PLAIN = np.array(
    [chr(byte).isalnum() and byte < 128 for byte in range(256)]
)  # by its first byte it is seen of most that they do not
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
    looked_at = odd(pa.array(text, pa.large_string(), from_pandas=True))
    return text.where(~looked_at, text[looked_at].map(harmless)) if looked_at.any() else text


def odd(text: pa.Array | pa.ChunkedArray) -> np.ndarray:
    """Which texts begin with what is neither letter nor digit: bool (n,)."""
    text = text.combine_chunks() if isinstance(text, pa.ChunkedArray) else text
    _, places, letters = text.buffers()
    edges = np.frombuffer(places, np.int64)[text.offset :][: len(text) + 1]
    begun = edges[:-1] < edges[1:]
    found = begun.copy()
    found[begun] = ~PLAIN[np.frombuffer(letters or b"", np.uint8)[edges[:-1][begun]]]
    rows = np.flatnonzero(found)
    found[rows] = pc.match_substring_regex(text.take(rows), ODD).fill_null(False).to_numpy(zero_copy_only=False)
    return found


def harmless(text: str) -> str:
    """A text a spreadsheet would run as a formula gets an apostrophe before it; a plain negative number stays.

    What cannot be seen before the sign of a formula is passed over, as spreadsheets do.
    """
    first = next((letter for letter in text if letter.isprintable() and letter != " "), "")
    risky = first in SIGNS or text.startswith(UNSEEN)
    return f"'{text}" if risky and not NEGATIVE.fullmatch(text) else text
