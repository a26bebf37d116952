"""What the words of a table say of its rows, column by column: what the choices on screen and the findings show."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from segmentation.columns.amounts import revenue_of
from segmentation.customers.entries import SET_ASIDE, Kinds, kinds_in, sides_in
from segmentation.customers.statuses import Judged, judged
from segmentation.table import Table


def ways(table: Table, roles: Mapping[str, str], chosen: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Heading → word → way (`columns.statuses.WAYS`), of every column that tells sales from other rows.

    chosen   word → way, as somebody decided
    """
    found = judged(table, roles, chosen)
    told = (
        {heading: {word: one.way for word, one in says.items()} for heading, says in found.says.items()}
        if found
        else {}
    )
    return told | {
        kinds.heading: {word: one.way for word, one in kinds.says.items()} for kinds in kinds_of(table, roles, chosen)
    }


def kinds_of(table: Table, roles: Mapping[str, str], chosen: Mapping[str, str]) -> list[Kinds]:
    """What the kind of entry and the side of the books say of the rows of a table."""
    found = [kinds_in(table.data, roles["entry"], worth(table, roles), chosen)] if "entry" in roles else []
    if "side" in roles and (sides := sides_in(table.data, roles["side"], worth(table, roles), chosen)):
        found.append(sides)
    return found


def worth(table: Table, roles: Mapping[str, str]) -> np.ndarray:
    """The revenue of each row as it stands, missing as 0 (float64)."""
    revenue = revenue_of(table, roles)
    return np.zeros(table.data.num_rows) if revenue is None else np.nan_to_num(revenue)


def counted(found: Judged | None, kinds: list[Kinds], size: int) -> np.ndarray:
    """Which rows are sales or returns (bool), of `size`."""
    sales = np.ones(size, bool) if found is None else found.code == 0
    for one in kinds:
        for name in (*SET_ASIDE, "chosen"):
            sales &= ~one.of(name)
    return sales
