"""Which rows and columns of a draft stay: blank lines are passed over, notes beside the table are set aside."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from segmentation.reading.draft import Draft
from segmentation.reading.workbook import joined

BESIDE = "a note beside the table"


def drop_blank(draft: Draft) -> None:
    """Lines with nothing in them are passed over and counted; a column without gaps rules them out at no cost."""
    table = draft.table
    if all(column.null_count for column in table.columns):
        empty = np.logical_and.reduce([pc.is_null(column).to_numpy() for column in table.columns])
        if empty.any():
            draft.blank += int(empty.sum())
            keep(draft, ~empty)


def keep(draft: Draft, kept: np.ndarray) -> None:
    """Only the rows where `kept` is true; their lines follow."""
    places, before = np.flatnonzero(kept), draft.lines
    draft.table = draft.table.take(pa.array(places))
    draft.lines = lambda rows: before([int(places[row]) for row in rows])


def drop_unnamed(draft: Draft) -> None:
    """Columns beyond the headings: empty ones are left out, notes that stand beside the table are set aside."""
    size, empty, gap = draft.table.num_rows, [], False
    for i, name in enumerate(draft.table.column_names):
        column = draft.table[name]
        if name != f"column {i + 1}":
            continue
        if column.null_count == size:
            empty.append(name)
            gap = gap or i >= (draft.named or 0)
        elif i >= (draft.named or 0) and (gap or column.null_count > 0.8 * size):
            _set_notes_aside(draft, name)
            empty.append(name)
    _say_beside(draft, empty)
    if empty:
        draft.table = draft.table.drop_columns(empty)
    named, columns = draft.named or 0, draft.table.num_columns
    if named < columns and not any("have a heading" in sentence for sentence in draft.sentences):
        draft.sentences.append(f"Only the first {named} of {columns} columns have a heading.")


def _say_beside(draft: Draft, empty: list[str]) -> None:
    """That a shorter table may stand beside the first, where an empty column is all that parts them."""
    names = draft.table.column_names
    for name in empty:
        left, right = names[: names.index(name)], [one for one in names[names.index(name) + 1 :] if one not in empty]
        nulls = [[draft.table[one].null_count for one in side if one not in empty] for side in (left, right)]
        if all(nulls) and min(nulls[0]) == 0 < min(nulls[1]):
            draft.questions.append(
                f'An empty column parts "{right[0]}" from the table left of it: if a table of its own begins there, move it to '
                "a sheet or file of its own, for its rows are read as if they belonged to those beside them."
            )
            return


def _set_notes_aside(draft: Draft, name: str) -> None:
    """The cells of a column beside the table; a row with nothing else in it is no row."""
    column, others = draft.table[name], draft.table.drop_columns([name]).columns
    noted = pc.is_valid(column).to_numpy()
    alone = noted & np.logical_and.reduce([pc.is_null(other).to_numpy() for other in others])
    for left_out, chosen in ((draft.aside, alone), (draft.cells, noted & ~alone)):
        places = [int(i) for i in np.flatnonzero(chosen)]
        notes = column.take(pa.array(places, pa.int64())).to_pylist()
        for line, note in zip(draft.lines(places), notes, strict=True):
            left_out.append((line, name, BESIDE, str(note)))
    if alone.any():
        keep(draft, ~alone)


def set_aside(draft: Draft, places: list[int], column: str, reason: str) -> None:
    """Rows that are none of the table, with their lines, the column that says so, and why."""
    lines = draft.lines(places)
    rows = draft.table.take(pa.array(places)).to_pylist()
    texts = draft.texts(lines) if draft.texts else [joined(row.values()) for row in rows]
    draft.aside += [(line, column, reason, text) for line, text in zip(lines, texts, strict=True)]
    if places == [draft.table.num_rows - 1]:
        draft.table = draft.table.slice(0, places[0])
        return
    kept = np.ones(draft.table.num_rows, dtype=bool)
    kept[places] = False
    keep(draft, kept)
