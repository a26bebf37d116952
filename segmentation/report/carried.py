"""Columns of the customers that go along in a list, beside who they are and what is done with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from segmentation.analysis.action.recipients import EMAIL, columns
from segmentation.customers.customers import Customers
from segmentation.joining.linkage import recognise
from segmentation.report.lists import apart, heading, reckoned, rounded
from segmentation.report.safe import harmless, safe

SAMPLE = 500  # cells by which it is seen that a column holds e-mails
OWN = ("Customer", "Segment", "Group", "Segment before", "Moved")  # headings that are taken


def offered(customers: Customers, personal: bool, masked: Collection[str] = ()) -> dict[str, str]:
    """Column → heading of what can go along; what is personal, or masked on screen, only where personal data are asked for.

    What a customer is reached by has its own place in a list, so it is not offered.
    """
    contacts = {*columns(customers).values(), *customers.called, *customers.reached}
    held = [name for name in customers.frame if name not in contacts]
    return {
        name: heading(name, customers)
        for name in held
        if personal or not (name in masked or _is_personal(customers, name))
    }


def _is_personal(customers: Customers, name: str) -> bool:
    """Whether a column looks as if it said who somebody is, by its heading or by e-mails in it."""
    if reckoned(name):
        return False
    if recognise([name]):
        return True
    if name in customers.numeric:
        return False
    return customers.keep(("personal", name), lambda: _holds_mails(customers, name), of=(name,))


def _holds_mails(customers: Customers, name: str) -> bool:
    sample = pa.array(customers.frame[name].dropna().head(SAMPLE).astype("str"), pa.string())
    return bool(len(sample)) and pc.mean(pc.match_substring_regex(sample, EMAIL).cast(pa.float64())).as_py() > 0.5


def carried(customers: Customers, names: Iterable[str], taken: Iterable[str] = ()) -> dict[str, pa.Array]:
    """Heading → cells of columns that go along, in the order of the customers; a heading that is taken gets a number."""
    held, before = [*names], [*dict.fromkeys((*OWN, *taken))]
    headings = apart([*before, *(heading(name, customers) for name in held)])[len(before) :]
    return {
        harmless(title): cells(rounded(name, customers.frame[name])) for title, name in zip(headings, held, strict=True)
    }


def cells(values: pd.Series) -> pa.Array:
    """Cells of a column that no spreadsheet takes for a formula: numbers and days stay what they are."""
    if pd.api.types.is_datetime64_any_dtype(values):
        return pa.array(values, from_pandas=True).cast(pa.timestamp("s"), safe=False).cast(pa.date32(), safe=False)
    if pd.api.types.is_numeric_dtype(values) or pd.api.types.is_bool_dtype(values):
        return pa.array(values, from_pandas=True)
    return pa.array(safe(pd.DataFrame({"text": values}))["text"], pa.string(), from_pandas=True)
