"""Tables one below the other on a sheet: where further headings stand, which table is read, what the others are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from segmentation.reading.headings import is_heading
from segmentation.reading.values import MISSING

ABOUT = 0.8  # of the rows of the largest table: as large, and the first of them is meant
MOST = 200  # rows that are looked at closely
LEAST = 2  # rows with numbers or dates that make a table


def headings(lines: np.ndarray, texts: Sequence[pa.ChunkedArray], kinds: Sequence[pa.ChunkedArray]) -> list[int]:
    """Positions of rows in which nothing but words stands above numbers or dates, below a table or a gap."""
    filled = np.array([column.is_valid().to_numpy() for column in texts])
    typed = filled & np.isin(np.array([kind.to_numpy() for kind in kinds]), (1, 2))
    words, values = (filled & ~typed).sum(axis=0), typed.sum(axis=0)
    apart = np.append(True, np.diff(lines) > 1)
    below = np.append(False, values[:-1] > 0)
    here = (words > 1) & (values == 0) & np.append(values[1:] > 0, False) & (apart | below)
    found: list[int] = []
    for i in map(int, np.flatnonzero(here)[:MOST]):
        cells = [column[i].as_py() for column in texts]
        over = int((typed[:, i + 1] & filled[:, i]).sum())
        instead = int((typed[:, i - 1] & filled[:, i]).sum()) if i else 0
        said = [cell for cell in cells if cell]
        is_row = not apart[i] and instead < min(2, len(said) - 1)
        if over and not is_row and is_heading(said) and not any(cell.strip().lower() in MISSING for cell in said):
            found.append(i)
    return found


def tables(found: Sequence[int], texts: Sequence[pa.ChunkedArray], values: np.ndarray) -> tuple[list[range], list[int]]:
    """The rows of each table, and the rows that repeat the headings of the one they stand in."""
    starts, repeated = [0], []
    heading: list[str | None] | None = None
    for i in found:
        cells = [column[i].as_py() for column in texts]
        if heading == cells:
            repeated.append(i)
        elif heading is not None and int((values[starts[-1] : i] > 0).sum()) >= LEAST:
            starts.append(i)
            heading = cells
        else:
            starts = [i] if heading is not None and len(starts) == 1 else starts  # what stood above was no table
            heading = cells
    ends = [*starts[1:], len(values)]
    return [range(start, end) for start, end in zip(starts, ends, strict=True)], repeated


def largest(parts: Sequence[range]) -> int:
    """The table with the most rows; the first of those about as large."""
    return next(i for i, part in enumerate(parts) if len(part) >= ABOUT * max(map(len, parts)))
