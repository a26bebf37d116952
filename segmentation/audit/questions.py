"""What is odd about a table, in plain words: what was found, what it does to the result, and what can be chosen.

A finding never changes anything by itself. Its choices are settings of a study, so that next month's
file is treated alike. Each question is one small function in a file of its kind; a further one is one more in CHECKS.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping

from segmentation.audit.amounts import order_amounts, prices, profit_above_revenue, tax_and_freight
from segmentation.audit.customers import (
    alike,
    few_customers,
    names_differ,
    nobody,
    not_named,
    once_each,
    parents,
    rounded,
    spelt,
)
from segmentation.audit.days import future, gaps, last_month
from segmentation.audit.facts import Facts
from segmentation.audit.findings import Finding
from segmentation.audit.lacking import missing, negative, zero
from segmentation.audit.outliers import outliers
from segmentation.audit.people import personal
from segmentation.audit.sales import no_sales, sides, two_columns, unknown_words
from segmentation.audit.twice import duplicate_rows, repeated_orders, shared_orders
from segmentation.columns import match as vocabulary
from segmentation.columns.sums import with_sums
from segmentation.table import Table


def audit(
    table: Table,
    roles: Mapping[str, str] | None = None,
    *,
    today: dt.date | None = None,
    checks: Iterable[Callable[[Facts], Iterator[Finding]]] | None = None,
) -> list[Finding]:
    """What is odd about a table, the gravest first within each question; nothing where all is well.

    roles    role → heading as chosen, over what is recognised; today: the day after which dates lie in the future
    checks   the questions asked; all there are, where not said
    Raises Problem where a role cannot be what it was chosen to be.
    """
    found = vocabulary.roles(table, dict(roles or {}))
    vocabulary.check_kinds(table, found)
    facts = Facts(with_sums(table, found.values()), found, today or dt.date.today())
    return [finding for check in checks or CHECKS for finding in check(facts)]


OF_CUSTOMERS: tuple[Callable[[Facts], Iterator[Finding]], ...] = (
    *(nobody, rounded, not_named, few_customers, once_each, names_differ),
)
DECIDING = (*OF_CUSTOMERS, order_amounts, prices, unknown_words)  # what whoever sees the figures should know
CHECKS: tuple[Callable[[Facts], Iterator[Finding]], ...] = (
    *OF_CUSTOMERS,
    parents,
    spelt,
    outliers,
    duplicate_rows,
    repeated_orders,
    shared_orders,
    alike,
    missing,
    negative,
    profit_above_revenue,
    zero,
    prices,
    order_amounts,
    tax_and_freight,
    no_sales,
    unknown_words,
    sides,
    two_columns,
    future,
    last_month,
    gaps,
    personal,
)
