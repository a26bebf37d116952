"""Tax and freight beside an amount: whether the revenue has them in it, told by adding the columns up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

import numpy as np

from segmentation.columns.amounts import floats
from segmentation.columns.kinds import kind_of
from segmentation.columns.roles import split_words
from segmentation.columns.words import key, words
from segmentation.table import Table

HEAD = 20_000  # rows that are added up
MOST = 5  # columns of tax and freight that are tried
_TAX = (
    "tax, taxes, vat, gst, mwst, ust, umsatzsteuer, mehrwertsteuer, steuer, tva, taxe, iva, impuesto, impuestos, imposto, impostos, "
    "icms, ндс, налог, ppn, pajak, tvsh, taksa, 税, 税额"
)
_FREIGHT = (
    "shipping, freight, delivery, postage, handling, versand, versandkosten, porto, fracht, livraison, port, envio, flete, frete, "
    "entrega, доставка, доставки, ongkir, ongkos, pengiriman, transport, transporti, 运费, 邮费"
)
_EXTRA = frozenset(split_words(f"{_TAX}, {_FREIGHT}"))
_AMOUNT = frozenset(
    split_words(
        "total, subtotal, sub, net, netto, gross, brutto, grand, amount, sum, goods, sales, value, revenue, betrag, summe, gesamt, "
        "warenwert, zwischensumme, umsatz, montant, ht, ttc, sous, importe, base, neto, bruto, valor, liquido, сумма, итого, всего, harga, "
        "belanja, shuma, vlera, totali, 金额, 合计, 总额, 小计"
    )
)


class Extras(NamedTuple):
    """`other` is the revenue less (`inside`) or plus the columns `named`, which add up to `sum`; no `other`: nobody says."""

    other: str
    named: tuple[str, ...]
    inside: bool
    sum: float


def beside(table: Table, roles: Mapping[str, str]) -> Extras | None:
    """The tax and freight that stand beside the revenue; None where none does."""
    revenue = roles.get("revenue", "")
    numbers = [field.name for field in table.data.schema if kind_of(field.type) == "number" and field.name != revenue]
    named = [name for name in numbers if _says(name, _EXTRA) and not _says(name, _RATE)][:MOST]
    if revenue not in table.data.column_names or not named:
        return None
    part = Table(table.name, table.data.slice(0, HEAD), table.report, table.set_aside)
    values = {name: np.nan_to_num(floats(part, name)) for name in named}
    amount = floats(part, revenue)
    others = [name for name in numbers if name not in named and _says(name, _AMOUNT)]
    for other in others:
        gap = amount - floats(part, other)
        for some in _subsets(named):
            extra = np.sum([values[name] for name in some], axis=0)
            for sign in (1, -1):
                if _equal(sign * gap, extra):
                    return Extras(other, some, sign == 1, _total(table, some))
    return Extras("", tuple(named), False, _total(table, tuple(named)))


_RATE = frozenset(split_words("rate, percent, pct, id, number, code, type, satz, taux, date, prozent, ставка, method"))


def _says(heading: str, said: frozenset[str]) -> bool:
    return not said.isdisjoint((*words(heading), key(heading))) or any(
        word in heading for word in said if "\u4e00" <= word[0] <= "\u9fff"
    )


def _subsets(names: list[str]) -> Iterator[tuple[str, ...]]:
    for size in range(len(names), 0, -1):
        yield from combinations(names, size)


def _equal(gap: np.ndarray, extra: np.ndarray) -> bool:
    known = ~np.isnan(gap)
    return bool(extra[known].any()) and bool(np.all(np.abs(gap[known] - extra[known]) < 0.015))


def _total(table: Table, names: tuple[str, ...]) -> float:
    return float(sum(np.nansum(floats(table, name)) for name in names))
