"""Who bought: is it known, is it the right column, is one of them written or numbered in several ways?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from segmentation import formats
from segmentation.audit.facts import Facts
from segmentation.audit.findings import Cell, Choice, Finding, cell, joined, verb, ways
from segmentation.columns import who
from segmentation.columns.kinds import as_text, distinct, kind_of, plain_text
from segmentation.columns.words import is_nobody
from segmentation.customers.asking import answers
from segmentation.customers.spelling import ROUNDED, spellings
from segmentation.joining.linkage import company, recognise
from segmentation.rollup.encode import encode

ENOUGH_LINES = 4  # under so many, few customers tell nothing
OFTEN = 20  # customers with most lines, among whom nobody in particular is looked for
FEW_CUSTOMERS = 10_000  # names of more are compared by `linkage.py`, not here


def nobody(facts: Facts) -> Iterator[Finding]:
    """Sales of which no column says surely who bought."""
    if not facts.sales or "customer" in facts.roles:
        return
    found = answers(facts.table, facts.roles).items()
    yield Finding(
        "no_customer",
        "No column says surely who bought.",
        "Nothing can be computed per customer until one is chosen.",
        tuple(Choice(f"Count by “{name}” ({makes})", {"columns": {"customer": name}}) for name, makes in found),
    )


def rounded(facts: Facts) -> Iterator[Finding]:
    """Numbers of which a spreadsheet kept the first digits alone: 8.80105E+12."""
    if "customer" not in facts.roles or kind_of(facts.table.data[facts.roles["customer"]].type) != "text":
        return
    texts = as_text(facts.table.data[facts.roles["customer"]])
    some = pc.unique(texts.slice(0, 50_000).cast(pa.string())).drop_null()
    if not pc.any(pc.match_substring_regex(some, ROUNDED)).as_py():
        return
    hit = pc.fill_null(pc.match_substring_regex(plain_text(texts), ROUNDED), False).to_numpy(False)
    rows = np.flatnonzero(hit)
    example = cell(facts, "customer", rows)
    assert example is not None
    numbers = formats.plural(pc.count_distinct(plain_text(texts).filter(pa.array(hit))).as_py(), "customer number")
    parts = (f"{numbers} lost digits in a spreadsheet (", example, f"), on {facts.lines(len(rows))}.")
    yield Finding(
        "rounded_numbers",
        joined(parts),
        f"Different customers may hide behind one such number, with {facts.money(rows)}. This cannot be mended here: "
        "export the file again and do not open it in a spreadsheet before.",
        (),
        rows,
        parts,
    )


def few_customers(facts: Facts) -> Iterator[Finding]:
    """One or two customers in the whole file."""
    if not facts.sales or facts.several or (count := facts.customers) is None:
        return
    if count in (1, 2) and len(facts) >= (2 if count == 1 else ENOUGH_LINES):
        said = "is only one customer" if count == 1 else "are only two customers"
        yield Finding(
            "few_customers",
            f"There {said} in {facts.lines(len(facts))} (“{facts.roles['customer']}”).",
            "If the column holds our own company or a kind of customer, every segment says nothing: choose who bought.",
            _others(facts),
        )


def not_named(facts: Facts) -> Iterator[Finding]:
    """Customers who are nobody in particular: Guest, Walk-in, 0 on most lines."""
    if not facts.sales or "customer" not in facts.roles:
        return
    heading = facts.roles["customer"]
    codes, written = facts.named
    counted = np.bincount(codes + 1, minlength=len(written) + 1)  # the first are those without a customer
    missing, counts = counted[0], counted[1:]
    many = np.count_nonzero(counted)
    often = np.argsort(-counts, kind="stable")[:OFTEN].tolist()  # who is hardly there changes no ranking
    some = {at: written[at].as_py() for at in often}
    first = often[:1] if many >= ENOUGH_LINES - 1 and counts.max(initial=0) >= missing else []
    most = {some[at] for at in first} & {"0", "00000", "99999", "999999"}
    held = [at for at in often if is_nobody(some[at]) or some[at] in most]
    nobody = [some[at] for at in held]
    if not nobody or len(nobody) == many:
        return
    rows = np.flatnonzero(np.isin(codes, held))
    cells = [part for i, text in enumerate(nobody) for part in ("”, “" if i else "“", Cell(heading, text))]
    parts = (
        *cells,
        f"” {verb(len(nobody), 'is', 'are')} nobody in particular: {facts.lines(len(rows))}, {facts.money(rows)}.",
    )
    yield Finding(
        "nobody_in_particular",
        joined(parts),
        "Counted as one customer, so many different buyers would lead every ranking.",
        (
            Choice("One customer each", {"same": {}}),
            Choice("Nobody: set their lines aside", {"same": dict.fromkeys(nobody, "")}),
            *_others(facts),
        ),
        rows,
        parts,
    )


def once_each(facts: Facts) -> Iterator[Finding]:
    """As many customers as rows, or as orders: nobody ever comes back."""
    if not facts.sales or "customer" not in facts.roles or len(facts) < ENOUGH_LINES:
        return
    known = facts.known
    if facts.written < known and facts.has_orders_beyond(facts.written):  # as below, but all orders need not be counted
        return
    orders = facts.orders
    if facts.written < min(known, known if orders is None else orders):
        return
    customers = facts.customers
    if customers not in (known, orders) or not customers or customers < ENOUGH_LINES:
        return
    each = "stands on one line alone" if customers == known else "has one order alone"
    whole = (Choice("A row is a customer, not a sale", {"shape": "customers"}),) if orders is None else ()
    others = _others(facts)
    beside = "; another column comes back" if others else ""
    yield Finding(
        "customers_once",
        f"Each of the {formats.count(customers)} customers in “{facts.roles['customer']}” {each}{beside}.",
        "Nobody ever comes back, so nothing can be said of loyalty. If the column numbers lines or orders, choose who bought.",
        (*others, *whole),
    )


def _others(facts: Facts) -> tuple[Choice, ...]:
    """Other columns that may say who bought, because their values come back: each with how many customers it makes."""
    table, now = facts.table, facts.roles.get("customer")
    text = [name for name in table.data.column_names if kind_of(table.data[name].type) == "text" and name != now]
    free = [name for name in text if name not in {facts.roles.get(role) for role in ("order", "product", "category")}]
    found = who.candidates(table, free, facts.roles.get("email"), facts.roles.get("name"))
    return tuple(
        Choice(
            f"Count by “{one.heading}” ({formats.plural(distinct(table, one.heading), 'customer')})",
            {"columns": {"customer": one.heading}},
        )
        for one in found
        if who.comes_back(one)
    )[:3]


def names_differ(facts: Facts) -> Iterator[Finding]:
    """Several names under one number of a customer."""
    if "name" not in facts.roles or "customer" not in facts.roles or facts.customer is None:
        return
    heading = facts.roles["name"]
    codes, names = encode(as_text(facts.table.data[heading]))
    if not 1 < len(names) <= FEW_CUSTOMERS:
        return
    form = pd.factorize(np.array([company(name) for name in names.to_pylist()]))[0]
    rows = np.flatnonzero((facts.customer >= 0) & (codes >= 0))
    pairs = pd.DataFrame({"who": facts.customer[rows], "name": form[codes[rows]], "row": rows}).drop_duplicates(
        ["who", "name"]
    )
    several = pairs[pairs.duplicated("who", keep=False)]
    if not len(several):
        return
    about = np.flatnonzero(np.isin(facts.customer, several["who"]))
    first = several[several["who"] == several["who"].iloc[0]]["row"].to_numpy()[:2]
    number = Cell(facts.roles["customer"], str(facts.table.data[facts.roles["customer"]][int(first[0])]))
    both = [Cell(heading, str(facts.table.data[heading][int(row)])) for row in first]
    count = several["who"].nunique()
    said = f"{formats.plural(count, 'customer')} {verb(count, 'stands', 'stand')} under several names ("
    parts = (said, number, ": ", both[0], ", ", both[1], ").")
    yield Finding(
        "names_differ",
        joined(parts),
        f"If two customers share a number, they are counted as one, with {facts.money(about)}.",
        (Choice(f"Count by “{heading}”", {"columns": {"customer": heading}}),),
        about,
        parts,
    )


def parents(facts: Facts) -> Iterator[Finding]:
    """Cells left blank below the first line of an order, or of a customer."""
    if not facts.parents.sentence:
        return
    rows = np.flatnonzero(facts.parents.filled)
    yield Finding(
        "blank_parents",
        facts.parents.sentence,
        f"If they stayed blank, nobody would be credited with {facts.money(rows)}.",
        tuple(way for way in ways("parents") if way.settings != {"parents": "down"}),
        rows,
    )


def spelt(facts: Facts) -> Iterator[Finding]:
    """Customers written in several ways."""
    if not facts.sales or "customer" not in facts.roles:
        return
    if (found := spellings(facts.table.data[facts.roles["customer"]])) is None:
        return
    heading, groups = facts.roles["customer"], found.groups()
    several = [text for texts in groups.values() for text in texts]
    rows = np.flatnonzero(pc.is_in(plain_text(facts.table.data[heading]), pa.array(several)).to_numpy(False))
    some = [
        part for i, texts in enumerate([*groups.values()][:3]) for part in (", " if i else "", *_equal(heading, texts))
    ]
    said = f"{formats.plural(len(groups), 'customer is', 'customers are')} written in several ways ("
    parts = (said, *some, "): counted as one each.")
    yield Finding(
        "customers_spelt",
        joined(parts),
        f"Kept apart there would be {formats.plural(len(several), 'customer')} in their place, who share {facts.money(rows)}.",
        ways("spelling"),
        rows,
        parts,
    )


def _equal(heading: str, texts: list[str]) -> Iterator[str | Cell]:
    for i, text in enumerate(texts[:3]):
        if i:
            yield " = "
        yield Cell(heading, text)


def alike(facts: Facts) -> Iterator[Finding]:
    """Customers of different numbers whose names are the same but for legal form, capitals, order and accents."""
    if "customer" not in facts.roles:
        return
    if (names := _names(facts)) is None:
        return
    groups: dict[Any, list[str]] = {}
    for number, name in names.items():
        if name[0]:
            groups.setdefault(name, []).append(number)
    same = {
        number: min(group) for group in groups.values() if len(group) > 1 for number in group if number != min(group)
    }
    if same:
        numbers = facts.table.data[facts.roles["customer"]].cast(pa.string())
        rows = np.flatnonzero(pc.is_in(numbers, pa.array(list(same))).to_numpy())
        heading = facts.roles["customer"]
        said = f"{formats.plural(len(same), 'customer')} {verb(len(same), 'looks', 'look')} the same as another"
        pairs = [(Cell(heading, number), " = ", Cell(heading, other)) for number, other in sorted(same.items())[:3]]
        examples = [part for i, pair in enumerate(pairs) for part in (", " if i else " (", *pair)]
        parts = (said, *examples, ").")
        yield Finding(
            "customers_alike",
            joined(parts),
            f"{facts.money(rows)} may belong to {verb(len(same), 'another', 'others')}: "
            f"{verb(len(same), 'this customer looks', 'these customers look')} smaller, and there seem to be more of them.",
            (Choice("Count each with the other", {"same": same}), Choice("They are different", {"same": {}})),
            rows,
            parts,
        )


def _names(facts: Facts) -> dict[str, tuple[str, ...]] | None:
    """Each customer's number → name in one form, with what else tells people apart; None where there is no name."""
    data, heading = facts.table.data, facts.roles["customer"]
    codes, ids = encode(as_text(data[heading]))
    if not 1 < len(ids) <= FEW_CUSTOMERS:
        return None
    kinds = recognise(name for name in data.column_names if name != heading)
    named = [
        kinds[kind] for kind in ("name", "given", "surname") if kind in kinds and distinct(facts.table, kinds[kind]) > 1
    ]
    if not named and not all(kind == "name" for kind in recognise([heading])):
        return None
    first = np.full(len(ids), 0, np.int64)
    first[codes[codes >= 0][::-1]] = np.flatnonzero(codes >= 0)[::-1]
    texts = ids.to_pylist()
    if not named:
        return {number: (company(number),) for number in texts} if recognise([heading]) else None
    beside = [kinds[kind] for kind in ("place", "postcode", "email", "phone", "birth", "street") if kind in kinds][:2]
    picked = data.select(named + beside).take(pa.array(first))
    columns = [plain_text(picked[column]).to_pylist() for column in picked.column_names]
    told = zip(*columns, strict=True)
    return {
        number: (
            company(" ".join(filter(None, row[: len(named)]))),
            *(company(cell or "") for cell in row[len(named) :]),
        )
        for number, row in zip(texts, told, strict=True)
    }
