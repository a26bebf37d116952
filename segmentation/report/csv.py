"""CSV: a table a file, of which no spreadsheet will take a cell for a formula."""

from __future__ import annotations

import io
import re

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from segmentation.report.findings import Findings

HOLDS = "table"
MIME = "text/csv"
SIGNS = frozenset("=+-@＝＋－＠")  # with them a formula begins
UNSEEN = ("\t", "\r", "\n", "\0")  # some programs take what follows for a cell of its own
ODD = r"^[^\pL\pN]"  # what no harmless word begins with: those few are looked at one by one
NEGATIVE = re.compile(r"-[0-9]+([.,][0-9]+)?")


def write(findings: Findings) -> bytes:
    """The one table that the findings are narrowed to."""
    [frame] = findings.tables.values()
    return csv(frame)


def csv(frame: pd.DataFrame) -> bytes:
    """A frame as CSV (UTF-8), with its index where that has a name; text cells and headings made harmless.

    Dates are ISO, numbers unrounded, missing values empty.
    """
    from pyarrow import csv as arrow_csv  # ten times as fast as pandas writes a million rows

    safe = frame.reset_index() if frame.index.name is not None else frame
    columns = {harmless(str(name)): _column(values) for name, values in safe.items()}
    out = io.BytesIO()
    headings = pa.table([[name] for name in columns], [*map(str, range(len(columns)))])
    for rows in (headings, pa.table(columns)):  # Arrow's own header would be in quotes throughout
        arrow_csv.write_csv(rows, out, arrow_csv.WriteOptions(include_header=False, quoting_style="needed"))
    return out.getvalue()


def _column(values: pd.Series) -> pa.Array:
    if pd.api.types.is_datetime64_any_dtype(values):
        return pa.array(values.dt.date, pa.date32())
    if pd.api.types.is_numeric_dtype(values) or pd.api.types.is_bool_dtype(values):
        return pa.array(values, from_pandas=True)
    if isinstance(values.dtype, pd.CategoricalDtype):
        words = pa.array([harmless(str(word)) for word in values.cat.categories], pa.string())
        codes = pa.array(values.cat.codes.to_numpy(), mask=(values.cat.codes < 0).to_numpy())
        return words.take(codes)
    return _harmless(pa.array(values.astype("str"), pa.string(), from_pandas=True))


def _harmless(texts: pa.Array) -> pa.Array:
    odd = pc.match_substring_regex(texts, ODD).fill_null(False)
    return pc.replace_with_mask(texts, odd, pa.array(map(harmless, texts.filter(odd).to_pylist()), pa.string()))


def harmless(text: str) -> str:
    """A text a spreadsheet would run as a formula gets an apostrophe before it; a plain negative number stays.

    What cannot be seen before the sign of a formula is passed over, as spreadsheets do.
    """
    first = next((letter for letter in text if letter.isprintable() and letter != " "), "")
    risky = first in SIGNS or text.startswith(UNSEEN)
    return f"'{text}" if risky and not NEGATIVE.fullmatch(text) else text
