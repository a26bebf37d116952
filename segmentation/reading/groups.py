"""A report in groups whose names stand in a column of something else: they get a column of their own.

Under “Date” stands Arbor GmbH, alone on its line, then the days of its sales, then Birch SA and its own. Which of the
lines belong to whom is made out later (`customers/parents.py`).
"""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from segmentation import formats
from segmentation.columns.kinds import kind_of, plain_text
from segmentation.reading.draft import Decisions, Draft, filled, unique

GROUP = "group"
_LABEL = re.compile(r"\s*([^\W\d_][\w .]{1,30}?)\s*:\s*(?=\S)")  # Customer: Arbor GmbH


def lift_groups(draft: Draft, decided: Decisions) -> None:
    """Names alone on their lines above days or numbers move into a column of their own."""
    if (name := _first_alone(draft, decided)) is None:
        return
    texts = plain_text(draft.table[name])
    empty = [column.is_null().to_numpy() for other, column in _others(draft, name)]
    alone = np.logical_and.reduce([*empty, texts.is_valid().to_numpy(zero_copy_only=False)])
    labels = [text.strip() for text in texts.filter(pa.array(alone)).to_pylist()]
    if not _are_names(labels) or not _are_values(texts.filter(pa.array(~alone)), len(labels)):
        return
    heading, labels = _heading(labels)
    lifted = np.full(len(texts), None, object)
    lifted[alone] = labels
    names = unique([heading, *draft.table.column_names])
    rest = draft.table.set_column(draft.table.column_names.index(name), name, pc.if_else(pa.array(alone), None, texts))
    draft.table = pa.table([pa.array(lifted, pa.string()), *rest.columns], names=names)
    lines = formats.plural(len(labels), "line names", "lines name")
    draft.sentences.append(f'{lines} a group in "{name}": the names stand in a column of their own, "{names[0]}".')


def _first_alone(draft: Draft, decided: Decisions) -> str | None:
    """The column of text that alone is filled in the first row."""
    table = draft.table
    if table.num_columns < 3 or table.num_rows < 4:
        return None
    held = [name for name in table.column_names if filled(table[name][0].as_py())]
    text = len(held) == 1 and kind_of(table[held[0]].type) == "text" and not decided.as_text(held[0])
    return held[0] if text else None


def _others(draft: Draft, name: str) -> list[tuple[str, pa.ChunkedArray]]:
    return [(other, draft.table[other]) for other in draft.table.column_names if other != name]


def _are_names(labels: list[str]) -> bool:
    return len(labels) > 1 and all(re.search(r"[^\W\d_]{2}", label) for label in labels)


def _are_values(texts: pa.Array, groups: int) -> bool:
    """Whether what stands below are days or numbers, more of them than names."""
    known = texts.drop_null()
    return len(known) > groups and pc.all(pc.match_substring_regex(known, r"^[^\p{L}]*[0-9][^\p{L}]*$")).as_py()


def _heading(labels: list[str]) -> tuple[str, list[str]]:
    """What the names are called, and the names: “Customer: Arbor” and “Customer: Birch” are customers."""
    said = [_LABEL.match(label) for label in labels]
    words = {found[1] for found in said if found}
    if len(words) == 1 and all(said):
        return words.pop(), [label[found.end() :] for label, found in zip(labels, said, strict=True) if found]
    return GROUP, labels
