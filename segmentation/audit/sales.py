"""Which rows are sales."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow.compute as pc

from segmentation import formats
from segmentation.audit.facts import Facts
from segmentation.audit.findings import Choice, Finding, verb
from segmentation.columns.amounts import floats
from segmentation.columns.kinds import as_text, kind_of, plain_text
from segmentation.columns.statuses import group_of
from segmentation.columns.telling import is_side
from segmentation.columns.words import key, names_role
from segmentation.customers.entries import CALLED, SET_ASIDE
from segmentation.customers.statuses import ASIDE, quoted

MOST_STATUSES = 8  # different words of a column that may be a status


def no_sales(facts: Facts) -> Iterator[Finding]:
    """Each group of rows that a status makes no sale, and the payments and fees among the entries."""
    if facts.judged is not None:
        for group, called in ASIDE.items():
            if len(rows := np.flatnonzero(facts.judged.rows(group))):
                yield _aside(facts, called, facts.judged.said[group], rows)
    for kinds in facts.kinds:
        for group in SET_ASIDE:
            if len(rows := np.flatnonzero(kinds.of(group))):
                words = [word for word in kinds.words if kinds.called(word) == group]
                yield _aside(facts, CALLED[group][len(rows) > 1], words, rows)


def unknown_words(facts: Facts) -> Iterator[Finding]:
    """A column whose heading says that it is a status, and of whose values none is known: all its rows count as sales."""
    if not facts.sales or {"status", "entry"} & facts.roles.keys():
        return
    for heading in facts.table.data.column_names:
        if not names_role("status", key(heading)) or heading in facts.roles.values():
            continue
        texts = plain_text(as_text(facts.table.data[heading]))
        words = [word for word in pc.unique(texts).to_pylist() if word]
        if not 1 < len(words) <= MOST_STATUSES or any(map(group_of, words)):
            continue
        aside = [(word, facts.money(np.flatnonzero(pc.equal(texts, word)))) for word in words]
        text = kind_of(facts.table.data[heading].type) == "text"
        yield Finding(
            "unknown_statuses",
            f"“{heading}” may say which rows are sales, but its words are not known here: {quoted(words)}.",
            "All rows count as sales. Cancelled, unpaid or returned ones make customers larger than they are.",
            (
                Choice("All are sales", {"counts": {}}),
                *(
                    Choice(f"“{word}” is no sale: {money}", {"columns": {"status": heading}, "counts": {word: "aside"}})
                    for word, money in (aside if text else ())
                ),
            ),
        )


def _aside(facts: Facts, called: str, words: list[str], rows: np.ndarray) -> Finding:
    more, money = _only_there(facts, rows), formats.whole(float(facts.worth[rows].sum()))
    who = f"{formats.plural(more, 'customer')} and " if more else ""
    return Finding(
        "no_sales",
        f"{facts.lines(len(rows))} {verb(len(rows), 'is', 'are')} no sale: {called} ({quoted(words)}), {money} in all.",
        f"Set aside. If counted, there would be {who}{money} more.",
        (Choice("Set aside", {"counts": {}}), Choice("Count as sales", {"counts": dict.fromkeys(words, "sale")})),
        rows,
    )


def _only_there(facts: Facts, rows: np.ndarray) -> int:
    """How many customers have some of these rows and none that counts."""
    if facts.customer is None:
        return 0
    return len(np.setdiff1d(facts.customer[rows][facts.customer[rows] >= 0], facts.customer[facts.counted]))


def sides(facts: Facts) -> Iterator[Finding]:
    """Debit and credit: which of the two is a sale cannot be known for sure."""
    for kinds in facts.kinds:
        sides = {kinds.says[word].way: word for word in kinds.words if kinds.says[word].group == word}
        if {"sale", "return"} <= sides.keys():
            sale, back = sides["sale"], sides["return"]
            rows = np.flatnonzero(kinds.of("return"))
            yield Finding(
                "debit_and_credit",
                f"In “{kinds.heading}”, “{sale}” is taken as a sale and “{back}” as money taken off: {facts.money(rows)}.",
                "Most money stands on the side of sales. The other way round, every amount changes its sign.",
                (
                    Choice(f"“{sale}” is a sale", {"counts": {}}),
                    Choice(f"“{back}” is a sale", {"counts": {sale: "return", back: "sale"}}),
                    Choice(f"“{back}” is a payment: set aside", {"counts": {back: "aside"}}),
                ),
                rows,
            )


def two_columns(facts: Facts) -> Iterator[Finding]:
    """Debits and credits in two columns: what stands in the second may be money paid on account."""
    if not is_side(facts.roles.get("refund", "")) or not facts.sales:
        return
    sale, back = facts.roles.get("revenue", ""), facts.roles["refund"]
    credit = np.abs(np.nan_to_num(floats(facts.table, back)))
    rows, sum_ = np.flatnonzero(credit), formats.whole(float(credit.sum()))
    yield Finding(
        "debit_and_credit",
        f"“{sale}” is taken as sales and “{back}” as money taken off: {sum_} on {facts.lines(len(rows))}.",
        f"If “{back}” holds payments on account, they are no returns, and everybody who paid looks smaller.",
        (
            Choice(f"“{back}” is taken off", {"columns": {}}),
            Choice(f"“{back}” holds payments: leave it out", {"columns": {"refund": ""}, "zeros": "drop"}),
        ),
        rows,
    )
