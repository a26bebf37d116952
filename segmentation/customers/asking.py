"""What is asked where a table does not say surely who bought: the columns that could, and what each would make of it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from segmentation import formats
from segmentation.columns import who
from segmentation.columns.amounts import revenue_of
from segmentation.columns.kinds import kind_of, plain_text
from segmentation.columns.match import match
from segmentation.columns.roles import ROLES
from segmentation.columns.words import numbers_something_else
from segmentation.problems import Problem
from segmentation.rollup.encode import encode
from segmentation.table import Table

MOST = 3  # columns that are offered


def who_bought(table: Table, roles: Mapping[str, str]) -> Problem:
    """The question who the customer is, with each reading and what it comes to in customers and money."""
    denied = next((f" {one.why}" for one in match(table) if one.role == "customer" and not one.sure), "")
    missing = f"{table.name} has no {ROLES['customer'].label.lower()}: choose the column that holds it"
    found = answers(table, roles)
    offered = [f"“{heading}” ({makes})" for heading, makes in found.items()]
    typed = [f"--columns customer={heading}" for heading in found]
    return Problem(f"{missing}{', as ' + ' or '.join(offered) if offered else ''}.{denied}", typed)


def answers(table: Table, roles: Mapping[str, str]) -> dict[str, str]:
    """The columns that could be the customer, each with what it comes to: 3 customers, the largest with 170."""
    like = [
        one.heading
        for one in match(table)
        if one.role == "customer" and not one.sure and _comes_back(table, one.heading)
    ]
    return {heading: _comes_to(table, roles, heading) for heading in dict.fromkeys([*like, *_possible(table, roles)])}


def _comes_back(table: Table, heading: str) -> bool:
    """Whether a column that is like one of customers has values that come again, and numbers nothing else."""
    codes, ids = encode(plain_text(table.data[heading]))
    return 1 < len(ids) < int(np.count_nonzero(codes >= 0)) and not numbers_something_else(heading)


def _possible(table: Table, roles: Mapping[str, str]) -> list[str]:
    """The columns that speak of customers or names and have several values, the plainest first."""
    taken = {heading for role, heading in roles.items() if role not in ("email", "name")}
    text = [name for name in table.data.column_names if kind_of(table.data[name].type) == "text" and name not in taken]
    named = who.candidates(table, text, roles.get("email"), roles.get("name"))
    return [one.heading for one in named if len(one.values) > 1 and not who.of_something_else(one)][:MOST]


def _comes_to(table: Table, roles: Mapping[str, str], heading: str) -> str:
    codes, ids = encode(plain_text(table.data[heading]))
    said = formats.plural(len(ids), "customer")
    try:
        revenue = revenue_of(table, dict(roles))
    except Problem:
        revenue = None
    if revenue is not None and len(ids):
        worth = np.bincount(codes[codes >= 0], np.nan_to_num(revenue)[codes >= 0], minlength=len(ids))
        said += f", the largest with {formats.whole(float(worth.max()))}"
    return said
