"""Whether a price is that of one unit or of the whole line: told by the values, where a product is sold in several quantities."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np

from segmentation.columns.amounts import floats
from segmentation.columns.kinds import as_text
from segmentation.columns.roles import split_words
from segmentation.columns.words import key, phrases, words
from segmentation.table import Table

Price = Literal["unit", "line"]
HEAD = 20_000  # rows that are looked at
ENOUGH = 3  # products sold in several quantities that decide
CLEAR = 4  # times as many products speak for one reading as for the other
_OF_A_UNIT = frozenset(
    split_words(
        "unit, each, per, einzelpreis, stuckpreis, stuck, unitaire, pu, unitario, unidad, unidade, unit, единицу, штуку, шт, satuan, "
        "njesi, njesise, njesite"
    )
)


def told(table: Table, roles: Mapping[str, str], price: str = "price") -> Price | None:
    """What the prices of a table are: equal for every quantity of a product, or in proportion to it; None where neither.

    price   the role that holds them
    """
    if not {"product", "units", price} <= roles.keys():
        return None
    part = table.data.slice(0, HEAD)
    products = as_text(part[roles["product"]]).combine_chunks().dictionary_encode().indices
    head = Table(table.name, part, table.report, table.set_aside)
    codes = np.nan_to_num(products.to_numpy(zero_copy_only=False).astype(np.float64), nan=-1).astype(np.int64)
    units, prices = floats(head, roles["units"]), floats(head, roles[price])
    known = (codes >= 0) & (units > 0) & (prices > 0)
    codes, units, prices = codes[known], units[known], prices[known]
    various = _spread(codes, units) > 0
    same, proportional = _spread(codes, prices)[various] < 1e-6, _spread(codes, prices / units)[various] < 0.005
    if various.sum() < ENOUGH:
        return None
    if same.sum() >= max(CLEAR * proportional.sum(), various.sum() / 4):
        return "unit"
    return "line" if proportional.sum() >= max(CLEAR * same.sum(), various.sum() / 4) else None


def _spread(codes: np.ndarray, values: np.ndarray) -> np.ndarray:
    """How far each code's values are apart, as a share of the largest; 0 for a code with one."""
    low, high = np.full(codes.max(initial=-1) + 1, np.inf), np.zeros(codes.max(initial=-1) + 1)
    np.minimum.at(low, codes, values)
    np.maximum.at(high, codes, values)
    return np.where(high > 0, 1 - np.minimum(low, high) / np.where(high > 0, high, 1), 0)


def _alone(table: Table, roles: Mapping[str, str], how: str) -> tuple[dict[str, str], str]:
    """The roles, where a price of sales of which no column says how many is what the line brought, and a sentence."""
    price = roles.get("price", "")
    sales = {"date", "order"} & roles.keys() and not {"revenue", "units", "discount"} & roles.keys()
    if not price or not sales or how == "unit" or says_unit(price) or any(map(_says_units, table.data.column_names)):
        return dict(roles), ""
    rest = {role: heading for role, heading in roles.items() if role != "price"}
    said = f"Revenue is “{price}”: no column says how many were bought, so it is the amount of each line."
    return {**rest, "revenue": price}, said


def _says_units(heading: str) -> bool:
    """Whether a heading speaks of how many were bought."""
    return any(phrase <= {*words(heading)} for _, phrase in phrases("units"))


def says_unit(heading: str) -> bool:
    """Whether a heading says outright that its price is that of one unit."""
    return not _OF_A_UNIT.isdisjoint(words(heading)) or any(word in key(heading) for word in ("单价", "unitprice"))


def priced(table: Table, roles: Mapping[str, str], how: str) -> tuple[dict[str, str], str]:
    """The roles, where a price of whole lines is the revenue, and how the revenue is made of quantity and price.

    how   "told" by the values, or as somebody decided: "unit", "line"
    """
    if "revenue" in roles or not {"units", "price"} <= roles.keys():
        return _alone(table, roles, how)
    price, units = roles["price"], roles["units"]
    found = told(table, roles) if how == "told" else how
    if found == "line":
        why = "as chosen" if how == "line" else f"for it grows with “{units}”"
        rest = {role: heading for role, heading in roles.items() if role != "price"}
        return {**rest, "revenue": price}, f"Revenue is “{price}”: it is taken as the amount of the whole line, {why}."
    less = f", less “{roles['discount']}”" if "discount" in roles else ""
    return dict(roles), f"Revenue is “{units}” × “{price}”{less}."
