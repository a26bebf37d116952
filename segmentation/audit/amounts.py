"""What the amounts are: of a unit, of a line, of an order, with tax or without."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from segmentation import formats
from segmentation.audit.facts import Facts
from segmentation.audit.findings import Choice, Finding, verb
from segmentation.columns.amounts import floats
from segmentation.columns.extras import beside
from segmentation.columns.prices import says_unit, told
from segmentation.columns.sums import PLUS
from segmentation.customers.whole_orders import looks, repeated


def prices(facts: Facts) -> Iterator[Finding]:
    """A price beside a quantity that may be the line's; a revenue that is the same for every quantity."""
    if not facts.sales or "units" not in facts.roles:
        return
    if "revenue" in facts.roles:
        yield from _price_as_revenue(facts)
    elif "price" in facts.roles and not says_unit(facts.roles["price"]):
        yield from _price_of_what(facts)


def _price_of_what(facts: Facts) -> Iterator[Finding]:
    units, price = (floats(facts.table, facts.roles[role]) for role in ("units", "price"))
    rows = np.flatnonzero((units > 1) & (price > 0))
    if not len(rows) or told(facts.table, facts.roles):
        return
    each, whole = formats.whole(float(np.nansum(units * price))), formats.whole(float(np.nansum(price)))
    yield Finding(
        "unit_price",
        f"“{facts.roles['price']}” may be the price of one unit or of the whole line: the values do not tell.",
        f"Taken as that of one unit, the revenue is {each}; as that of the line, {whole}.",
        (Choice(f"Of one unit: {each}", {"prices": "unit"}), Choice(f"Of the whole line: {whole}", {"prices": "line"})),
        rows,
    )


def _price_as_revenue(facts: Facts) -> Iterator[Finding]:
    heading, units = facts.roles["revenue"], facts.roles["units"]
    if told(facts.table, facts.roles, "revenue") == "unit":
        each, lines = floats(facts.table, heading), floats(facts.table, units)
        rows = np.flatnonzero(lines > 1)
        yield Finding(
            "unit_price",
            f"“{heading}” is the same for every quantity of a product: it looks like the price of one unit.",
            f"Taken as the amount of the line, the revenue is {formats.whole(float(np.nansum(each)))}; times “{units}”, "
            f"{formats.whole(float(np.nansum(each * lines)))}.",
            (
                Choice("It is the amount of the line", {"columns": {}}),
                Choice("It is the price of one unit", {"columns": {"revenue": "", "price": heading}}),
            ),
            rows,
        )


def order_amounts(facts: Facts) -> Iterator[Finding]:
    """An amount that is the same on every line of an order: it may be that of the whole order."""
    if facts.sales and "revenue" in facts.roles and looks(facts.table, facts.roles) == "asked":
        again = repeated(facts.table, facts.roles)
        line, order = formats.whole(facts.total), formats.whole(float(facts.worth[~again].sum()))
        yield Finding(
            "order_amounts",
            f"“{facts.roles['revenue']}” is the same on all lines of an order, whatever was bought.",
            f"Counted on each line the revenue is {line}; as the amount of the whole order, {order}.",
            (
                Choice(f"Of each line: {line}", {"amounts": "line"}),
                Choice(f"Of the order: {order}", {"amounts": "order"}),
            ),
            np.flatnonzero(again),
        )


def tax_and_freight(facts: Facts) -> Iterator[Finding]:
    """Tax and freight beside the revenue, and whether they are in it."""
    found = beside(facts.table, facts.roles)
    if found is None or not round(found.sum):
        return
    revenue, extra, worth = facts.roles["revenue"], _named(found.named), formats.whole(found.sum)
    keep = Choice(f"Take “{revenue}”", {"columns": {}})
    if not found.other:
        other = Choice("Add them to it", {"columns": {"revenue": PLUS.join((revenue, *found.named))}})
        said, effect = (
            f"{extra} {verb(len(found.named), 'stands', 'stand')} beside “{revenue}”.",
            f"{worth} in all is not added to it",
        )
    else:
        other = Choice(f"Take “{found.other}”", {"columns": {"revenue": found.other}})
        larger, smaller = (revenue, found.other) if found.inside else (found.other, revenue)
        said = f"“{larger}” is {_named((smaller, *found.named))} added up."
        effect = f"The revenue {'has' if found.inside else 'leaves out'} {worth} of tax or freight"
    yield Finding("tax_and_freight", said, f"{effect}: choose what your comparisons are made of.", (keep, other))


def _named(headings: Iterable[str]) -> str:
    return formats.listed([f"“{heading}”" for heading in headings])


def profit_above_revenue(facts: Facts) -> Iterator[Finding]:
    """More profit than revenue: one of the two columns is something else."""
    if facts.revenue is None or "profit" not in facts.roles or "revenue" not in facts.roles:
        return
    profit = np.asarray(facts.table.data[facts.roles["profit"]].to_numpy(), np.float64)
    earned, sold = float(np.nansum(profit)), float(np.nansum(facts.revenue))
    if sold > 0 and earned > sold:
        yield Finding(
            "profit_above_revenue",
            f"The profits (“{facts.roles['profit']}”) add up to {formats.whole(earned)}, more than the revenue "
            f"(“{facts.roles['revenue']}”) of {formats.whole(sold)}.",
            "Shares and money beside each other then say little: if one of the two columns is something else, choose another for it.",
            (),
            np.flatnonzero(profit > facts.revenue),
        )
