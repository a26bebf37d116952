"""Amounts in several currencies are never added together: one is kept, or all are changed at rates somebody gave."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from segmentation import formats
from segmentation.columns.words import CURRENCIES
from segmentation.problems import Problem
from segmentation.table import Table

SIGNS = {  # what stands in cells -> the code of the currency
    "€": "EUR", "$": "USD", "US$": "USD", "£": "GBP", "¥": "JPY", "￥": "JPY", "円": "JPY", "元": "CNY", "RMB": "CNY", "₽": "RUB",
    "Р": "RUB", "РУБ": "RUB", "RUR": "RUB", "₴": "UAH", "ГРН": "UAH", "ZŁ": "PLN", "KČ": "CZK", "FT": "HUF", "₺": "TRY",
    "₹": "INR", "₩": "KRW", "₫": "VND", "₪": "ILS", "₱": "PHP", "฿": "THB", "RP": "IDR", "LEK": "ALL", "LEKË": "ALL",
    "R$": "BRL", "A$": "AUD", "C$": "CAD",
}  # fmt: skip
SHOWN = {  # code → the sign in front of amounts
    "EUR": "€", "USD": "$", "GBP": "£", "RUB": "₽", "JPY": "¥", "CNY": "¥", "IDR": "Rp ", "PLN": "zł ", "CHF": "CHF ", "ALL": "L ",
    "INR": "₹", "BRL": "R$", "UAH": "₴", "TRY": "₺", "KRW": "₩",
}  # fmt: skip
NONE = "no currency"
BOOKS = r"\b(?:CR|DR|[HS])$"  # a side of the books behind a number
THOUSANDS = ("K", "M", "MN", "MM", "MIO", "MLN", "BN", "TSD", "ТЫС", "МЛН", "万", "萬", "億", "亿")  # are no currency


def in_cells(texts: pa.Array) -> pa.Array | None:
    """The currency of each of a column's texts, null where it has none; None where there are fewer than two."""
    left = _letters(texts)
    names = {sign: _in_full(sign) for sign in pc.unique(left).to_pylist() if sign and sign not in THOUSANDS}
    if not 2 <= len(set(names.values())) <= 20:
        return None
    return pa.array([names.get(sign) for sign in left.to_pylist()], pa.string())


def _letters(texts: pa.Array) -> pa.Array:
    """What is left of texts without their digits and marks, in capitals."""
    left = pc.utf8_upper(pc.replace_substring_regex(texts, r"[0-9\s.,'’()\[\]+\-−–—=%\x{a0}\x{2009}\x{202f}]", ""))
    return pc.replace_substring_regex(left, BOOKS, "")


def the_only_one(texts: pa.Array) -> str:
    """The code of the currency that stands in a column's texts, "" where there is none or several."""
    signs = {sign.rstrip(".") for sign in pc.unique(_letters(texts)).to_pylist() if sign and sign not in THOUSANDS}
    codes = {_code(_in_full(sign)) for sign in signs}
    return codes.pop() if len(codes) == 1 and codes <= {*SIGNS.values(), *CURRENCIES} else ""


def sign_of(table: Table, roles: Mapping[str, str]) -> str:
    """The sign of the currency a table's amounts are in, "" where it says none, or several."""
    heading = roles.get("revenue", roles.get("price", ""))
    if "currency" in roles:
        found = {*found_in(table.data[roles["currency"]])}
    else:
        found = {*table.report.currencies.values()} & {table.report.currencies.get(heading, "")} or _said_by(heading)
    code = found.pop() if len(found) == 1 else ""
    return SHOWN.get(code, f"{code} " if code in CURRENCIES else "")


def _said_by(heading: str) -> set[str]:
    """The currency in a heading: “Umsatz (EUR)”, “Total in US$”."""
    return {_code(word) for word in re.findall(r"[A-Z]{3}\b|[^\w\s()\[\]]", heading)} & {*SHOWN, *CURRENCIES}


def _in_full(sign: str) -> str:
    """The code of a sign in a cell, whatever thousands stand beside it: $M is USD."""
    known = (sign.removesuffix(word).removeprefix(word) for word in THOUSANDS)
    return SIGNS.get(sign) or next((SIGNS[bare] for bare in known if bare in SIGNS), sign)


def check_rates(rates: Any) -> dict[str, float]:
    """Currency -> rate; Problem where a rate is no positive number."""
    if not isinstance(rates, Mapping) or not all(isinstance(name, str) for name in rates):
        raise Problem("Rates must be currencies with a number each, such as EUR=1 USD=0.92.")
    for name, rate in rates.items():
        if isinstance(rate, bool) or not isinstance(rate, int | float) or not 0 < rate < 1e12:
            raise Problem(f"The rate of {name} is “{rate}”: it must be a number above 0.")
    return {_code(name): float(rate) for name, rate in rates.items()}


def found_in(column: pa.ChunkedArray) -> dict[str, int]:
    """Currency → how many rows are in it, most first, equal ones by name; rows without one are left out."""
    counts = {code: n for code, n in _codes(column)[1].items() if code != NONE}
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def _code(name: str) -> str:
    return SIGNS.get(name.strip().upper().rstrip("."), name.strip().upper())


def one_currency(
    data: pa.Table, column: str, money: list[str], rates: Mapping[str, float]
) -> tuple[pa.Table, np.ndarray | None, str]:
    """The table with amounts changed at the rates, which rows must be left out (bool; None: none), and a sentence or "".

    data    the table; column: the heading that holds the currency; money: the headings of amounts
    rates   currency → what one unit of it counts; those without a rate are left out. Empty: the currency of most rows
            (of two as frequent the first by name) is kept. Raises Problem where no row has a currency with a rate
    """
    codes, counts = _codes(data[column])
    known = {code: n for code, n in counts.items() if code != NONE}
    if len(known) < 2 and not rates:
        return data, None, ""
    used = check_rates(rates) or {min(known, key=lambda code: (-known[code], code)): 1.0}
    factors = np.array([used.get(code, np.nan) for code in counts])[codes]
    kept = ~np.isnan(factors)
    if not kept.any():
        raise Problem(f"No amount is in {' or '.join(used)}: the file has {', '.join(known)}.")
    for name in money if len({*used.values()} - {1.0}) else []:
        amounts = np.asarray(data[name].to_numpy(), dtype=np.float64) * factors
        data = data.set_column(data.column_names.index(name), name, pa.array(amounts, from_pandas=True))
    return data, ~kept, _sentence(counts, used, int((~kept).sum()))


def _codes(column: pa.ChunkedArray) -> tuple[np.ndarray, dict[str, int]]:
    """For each row the place of its currency, and the currencies with their number of rows."""
    text = column.cast(pa.string()).combine_chunks().dictionary_encode()
    names = [_code(word) or NONE for word in text.dictionary.to_pylist()] + [NONE]
    places = {code: i for i, code in enumerate(sorted({*names}))}
    rows = pc.fill_null(text.indices, len(names) - 1).to_numpy(zero_copy_only=False)
    codes = np.array([places[name] for name in names])[rows]
    sizes = np.bincount(codes, minlength=len(places))
    return codes, {code: int(n) for code, n in zip(places, sizes, strict=True)}


def _sentence(counts: Mapping[str, int], used: Mapping[str, float], left: int) -> str:
    has = ", ".join(f"{code} ({formats.count(n)})" for code, n in counts.items() if n)
    if set(used.values()) == {1.0} and len(used) == 1:
        done = f"only {next(iter(used))} is used; give a rate for each to add them up"
    else:
        done = "changed at " + ", ".join(f"{code} {rate:g}" for code, rate in used.items())
    rest = f"; {formats.plural(left, 'row is', 'rows are')} set aside" if left else ""
    return f"The amounts are in {'several currencies, ' if len(counts) > 1 else ''}{has}: {done}{rest}."
