"""Pivot tables: rows that add up the rows below them. Their parts are set aside, so that nothing counts twice."""

from __future__ import annotations

import re

import numpy as np

from segmentation.columns.kinds import kind_of
from segmentation.reading.draft import Draft
from segmentation.reading.rows import set_aside
from segmentation.reading.totals import TOTAL
from segmentation.table import Question

PART = "a part of the row above it, which adds up its parts"
GRAND = re.compile(
    r"(?i)\s*(grand total|gesamtergebnis|gesamtsumme|total g[eé]n[eé]ral|total geral|totale complessivo|общий итог|"
    r"eindtotaal|suma końcowa|celkový součet|jumlah keseluruhan|total keseluruhan|总计|總計|総計|총합계)\s*"
)
MOST_PARTS = 500  # rows inside one
MOST_ROWS = 20_000  # of a pivot table
SHOWN = 3  # groups that are named in the question
Groups = dict[int, range]  # row that adds up → rows it adds up


def set_parts_aside(draft: Draft, decided: str | None) -> None:
    """The grand total of a pivot table, and the rows inside its groups, unless they are kept; asked where not decided."""
    names = draft.table.column_names
    kinds = [kind_of(draft.table.schema.field(name).type) for name in names]
    if len(names) < 2 or kinds[0] != "text" or set(kinds[1:]) != {"number"}:
        return
    last = draft.table.num_rows - 1
    if last > 1 and GRAND.fullmatch(draft.table[names[0]][last].as_py() or ""):
        set_aside(draft, [last], names[0], TOTAL)
    groups = _agreed(draft, names)
    if groups is None:
        return
    if decided is None:
        draft.questions.append(_question(draft, names, groups))
    if decided != "keep":
        set_aside(draft, [i for parts in groups.values() for i in parts], names[0], PART)


def _agreed(draft: Draft, names: list[str]) -> Groups | None:
    """The groups most columns agree on; in one column alone numbers add up by chance, unless the parts are called alike."""
    if draft.table.num_rows > MOST_ROWS:
        return None
    amounts = [draft.table[name].to_numpy().astype("float64") for name in names[1:]]
    groups = next((found for column in amounts if (found := _groups(column))), None)
    if groups is None:
        return None
    agreeing = sum(all(_is_sum(column[row], column[parts]) for row, parts in groups.items()) for column in amounts)
    parts = draft.table[names[0]].take([i for inside in groups.values() for i in inside]).to_pylist()
    alike = len(set(parts)) < len(parts)
    return groups if 2 * agreeing > len(amounts) and (agreeing > 1 or alike) else None


def _is_sum(amount: float, parts: np.ndarray) -> bool:
    return bool(np.isclose(parts.sum(), amount, rtol=1e-9, atol=0.005))


def _groups(amounts: np.ndarray) -> Groups | None:
    """The rows of one column that are each the sum of those below it, up to the next; None where not all are."""
    groups: Groups = {}
    at, size = 0, len(amounts)
    if size < 5 or np.isnan(amounts).any():
        return None
    while at < size and amounts[at]:
        sums = np.cumsum(amounts[at + 1 : at + 1 + MOST_PARTS])
        fits = np.flatnonzero(np.isclose(sums, amounts[at], rtol=1e-9, atol=0.005))
        if not len(fits):
            return None
        end = at + 2 + int(fits[0])
        groups[at] = range(at + 1, end)
        at = end
    return groups if at == size and len(groups) > 1 and max(map(len, groups.values())) > 1 else None


def _question(draft: Draft, names: list[str], groups: Groups) -> Question:
    rows = draft.table.select(names[:2]).take([*groups][:SHOWN]).to_pylist()
    inside = draft.table[names[0]].take([*next(iter(groups.values()))][:SHOWN]).to_pylist()
    said = ", ".join(f"{row[names[0]]} = {row[names[1]]:g}" for row in rows)
    return Question(
        f"{len(groups)} rows add up the rows below each of them, as a pivot table does ({said}; inside the first "
        f"{', '.join(map(str, inside))}): the rows inside are set aside; decide with the groups setting.",
        "groups",
        None,
        {"aside": f"{len(groups)} rows: {said} …", "keep": f"all {draft.table.num_rows} rows, each for itself"},
        "aside",
    )
