"""Tables with the same headings, a file a month, below each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa

from segmentation.columns.kinds import kind_of
from segmentation.columns.words import key
from segmentation.joining.reports import asides, reports
from segmentation.joining.rows import as_text, plain
from segmentation.problems import Problem
from segmentation.reading.draft import check_cells
from segmentation.reading.read import Below
from segmentation.table import Table


def stack(tables: Sequence[Table]) -> list[Table]:
    """Tables with the same headings put below each other (a file a month), and every table with a name of its own."""
    groups: dict[frozenset[str], list[Table]] = {}
    for table in sorted(tables, key=lambda table: table.name):
        groups.setdefault(frozenset(map(key, table.data.column_names)), []).append(table)
    return _named([_below(group) if len(group) > 1 else group[0] for group in groups.values()])


def _named(tables: list[Table]) -> list[Table]:
    taken: set[str] = set()
    for i, table in enumerate(tables):
        name, times = table.name, 1
        while name in taken:
            times += 1
            name = f"{table.name} ({times})"
        taken.add(name)
        tables[i] = replace(table, name=name)
    return tables


def _below(tables: list[Table]) -> Table:
    """Tables of the same headings as one; a column that is text in one of them is text in all."""
    first = tables[0]
    names = {key(heading): heading for heading in first.data.column_names}
    parts = [one.data.rename_columns([names[key(h)] for h in one.data.column_names]) for one in tables]
    parts = [part.select(list(names.values())) for part in parts]
    called = " and ".join(one.name for one in tables)
    check_cells(called, sum(part.num_rows for part in parts), len(names))
    for heading in names.values():
        if len({kind_of(part.schema.field(heading).type) for part in parts}) > 1:
            parts = [as_text(part, heading) for part in parts]
    parts = [plain(part) for part in parts]
    for one, part in enumerate(parts):
        if any(part.equals(other) for other in parts[:one]):
            raise Problem(f"{tables[one].name} was given twice, with the same rows: bring it once.")
    said = f"{called} have the same headings and were put below each other."
    return replace(
        first, data=pa.concat_tables(parts, promote_options="permissive"), report=reports(tables, (said,)),
        set_aside=asides(tables),
        unread=asides(tables, "unread"),
        where=Below(tuple((one.name, one.data.num_rows, one.where) for one in tables)),
    )  # fmt: skip
