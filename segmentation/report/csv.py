"""CSV: a table a file, of which no spreadsheet will take a cell for a formula."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from segmentation.report.safe import safe

if TYPE_CHECKING:
    from segmentation.report.findings import Findings

HOLDS = "table"
MIME = "text/csv"
MARK = "\ufeff".encode()


def write(findings: Findings) -> bytes:
    """The one table or list that the findings are narrowed to; a list begins with the mark spreadsheets know UTF-8 by."""
    [frame] = (*findings.tables.values(), *findings.lists.values())
    return (MARK if findings.lists else b"") + csv(frame)


def csv(frame: pd.DataFrame) -> bytes:
    """A frame as CSV (UTF-8), with its index where that has a name; text cells and headings made harmless.

    Dates are ISO, numbers unrounded, missing values empty.
    """
    from pyarrow import csv as arrow_csv  # ten times as fast as pandas writes a million rows

    whole = safe(frame)
    out = io.BytesIO()
    out.write(f"{','.join(map(_heading, whole))}\n".encode())
    names = [*map(str, range(whole.shape[1]))]
    columns = pa.table([_column(values) for _, values in whole.items()], names)
    arrow_csv.write_csv(columns, out, arrow_csv.WriteOptions(include_header=False, quoting_style="needed"))
    return out.getvalue()


def _heading(text: str) -> str:
    """A heading in quotes where it needs them; Arrow would put all of them in quotes."""
    return '"' + text.replace('"', '""') + '"' if set(text) & set(',"\r\n') else text


def _column(values: pd.Series) -> pa.Array:
    held = pa.array(values, from_pandas=True)
    return held.cast(pa.date32(), safe=False) if pa.types.is_timestamp(held.type) else held
