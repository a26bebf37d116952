"""The vocabulary: what a column can be to us, and recognising it by heading and by content.

A role is what the methods ask for (customer, date, revenue); a heading is what the file calls it.
A further language is a few more words in a synonym tuple; the order within a tuple is the preference
when a file has several of them.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

import pyarrow as pa
import pyarrow.compute as pc

from segmentation.problems import Problem

if TYPE_CHECKING:
    from segmentation.read import Table

Kind = Literal["text", "number", "date"]
METRICS = {  # every standard metric column and what it is called in plain words
    "revenue": "Revenue",
    "profit": "Profit",
    "cost_to_serve": "Cost to serve",
    "units": "Units",
    "orders": "Orders",
    "lines": "Lines",
    "first_order": "First order",
    "last_order": "Last order",
    "recency_days": "Days since last order",
    "tenure_days": "Days since first order",
    "cycle_days": "Days between purchases",
    "revenue_cv": "Variation of revenue per quarter",
    "revenue_cv_month": "Variation of revenue per month",
    "revenue_before": "Revenue, earlier half",
    "revenue_recent": "Revenue, recent half",
    "growth": "Growth",
    "average_order": "Average order",
    "visits": "Days with a purchase",
    "first_revenue": "Revenue of the first day",
    "visits_per_quarter": "Visits per quarter",
    "potential": "Potential, next 12 months",
}
CLOSE = 0.8  # similarity of two headings from which one is offered as a suggestion


@dataclass(frozen=True)
class Role:
    """What a column can be. `kind` is what its values must be; `help` says what it is used for."""

    name: str
    label: str
    synonyms: tuple[str, ...]
    kind: Kind
    help: str


@dataclass(frozen=True)
class Match:
    """A heading found for a role; `sure` ones are pre-selected, the others only offered."""

    role: str
    heading: str
    sure: bool
    why: str


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(","))


_ROLES = (
    Role(
        "customer",
        "Customer number or name",
        _words(
            "customer id, customer number, customer no, customer nr, customer code, customer key, cust id, client id, "
            "client number, client code, account id, account number, account no, buyer id, user id, member id, "
            "shopper id, contact id, household id, kundennummer, kunden nr, kundennr, kunden id, kundencode, "
            "debitor, debitorennummer, code client, id client, numero client, numero de client, n client, id cliente, "
            "codigo cliente, codigo de cliente, codigo do cliente, numero de cliente, numero cliente, cliente id, "
            "код клиента, номер клиента, id клиента, клиент id, код покупателя, id покупателя, номер покупателя, "
            "код контрагента, kode pelanggan, id pelanggan, nomor pelanggan, no pelanggan, kode customer, "
            "id klienti, id e klientit, kodi klientit, kodi i klientit, numri i klientit, nr klientit, klienti id, "
            "客户编号, 客户号, 客户id, 客户代码, 顾客编号, 会员编号, 会员id, 用户id, "
            "customer, client, account, buyer, member, kunde, kunden, cliente, client name, клиент, покупатель, "
            "контрагент, заказчик, pelanggan, pembeli, klienti, klient, bleresi, 客户, 顾客, 会员, "
            "customer name, company name, company, account name, kundenname, firma, nom du client, nom client, "
            "nombre del cliente, nombre cliente, nome do cliente, nome cliente, имя клиента, наименование клиента, "
            "nama pelanggan, emri i klientit, 客户名称, 客户姓名, id"
        ),
        "text",
        "Who bought: every figure is computed per customer.",
    ),
    Role(
        "date",
        "Date of the purchase",
        _words(
            "order date, invoice date, purchase date, transaction date, sale date, sales date, date, day, order day, "
            "date of order, date of purchase, order time, order datetime, purchase timestamp, transaction time, "
            "timestamp, datetime, booking date, shipment date, bestelldatum, rechnungsdatum, kaufdatum, "
            "auftragsdatum, belegdatum, buchungsdatum, datum, date de commande, date commande, date de facture, "
            "date facture, date d achat, date achat, fecha de pedido, fecha pedido, fecha de compra, fecha compra, "
            "fecha de factura, fecha factura, fecha, data do pedido, data pedido, data da compra, data compra, data, "
            "дата заказа, дата покупки, дата продажи, дата отгрузки, дата документа, дата, tanggal pesanan, "
            "tanggal transaksi, tanggal pembelian, tanggal order, tanggal, tgl, data e porosise, data e blerjes, "
            "data e fatures, 订单日期, 下单日期, 购买日期, 交易日期, 日期, 下单时间, 时间"
        ),
        "date",
        "When it was bought: recency, growth and steadiness come from it.",
    ),
    Role(
        "revenue",
        "Revenue",
        _words(
            "revenue, net revenue, sales, net sales, turnover, sales amount, order value, order amount, order total, "
            "amount, total amount, line total, total price, total sales, total revenue, dollar value, sales value, "
            "transaction amount, invoice amount, amount paid, payment, payment value, spend, monetary, total, value, "
            "gross revenue, gross sales, umsatz, nettoumsatz, umsatz netto, erlos, erlose, betrag, rechnungsbetrag, "
            "gesamtbetrag, gesamtpreis, wert, chiffre d affaires, ca, ca ht, montant, montant ht, montant total, "
            "ventes, ingresos, importe, importe total, ventas, facturacion, monto, receita, faturamento, valor, "
            "valor total, vendas, выручка, сумма, сумма заказа, сумма продажи, оборот, продажи, стоимость, "
            "pendapatan, penjualan, omzet, omset, jumlah, total harga, nilai, te ardhura, te ardhurat, shitjet, "
            "shuma, vlera, xhiro, 收入, 销售额, 金额, 营业额, 订单金额, 总金额, 总价"
        ),
        "number",
        "What the customer paid for this line or in total.",
    ),
    Role(
        "order",
        "Order or invoice number",
        _words(
            "order id, order number, order no, order nr, order code, invoice id, invoice number, invoice no, "
            "invoice nr, invoice, transaction id, transaction number, receipt id, receipt number, receipt no, "
            "basket id, document number, order, bestellnummer, bestell nr, auftragsnummer, auftrag nr, auftrag, "
            "rechnungsnummer, rechnung nr, rechnungsnr, belegnummer, beleg nr, numero de commande, numero commande, "
            "n commande, id commande, commande, numero de facture, numero facture, facture, numero de pedido, "
            "numero pedido, id pedido, pedido, numero de factura, factura, numero do pedido, codigo do pedido, "
            "nota fiscal, номер заказа, заказ, № заказа, код заказа, номер чека, чек, номер документа, номер счета, "
            "nomor pesanan, no pesanan, kode pesanan, nomor faktur, no faktur, nomor order, id pesanan, "
            "numri i porosise, nr porosise, numri i fatures, nr fatures, porosia, fatura, "
            "订单编号, 订单号, 订单id, 发票号, 单号"
        ),
        "text",
        "Lines with the same number are one purchase; without it every line counts as one.",
    ),
    Role(
        "cost",
        "Cost of the goods",
        _words(
            "cost, costs, total cost, cost of goods, cost of goods sold, cogs, cost price, unit cost, purchase price, "
            "kosten, einstandspreis, wareneinsatz, herstellkosten, einkaufspreis, cout, couts, cout d achat, "
            "prix d achat, prix de revient, coste, costes, costo, costos, custo, custos, custo total, себестоимость, "
            "закупочная цена, затраты, biaya, harga pokok, hpp, harga beli, kosto, kostoja, 成本, 进价"
        ),
        "number",
        "What the goods cost: revenue less cost is profit.",
    ),
    Role(
        "profit",
        "Profit or margin in money",
        _words(
            "profit, gross profit, net profit, margin, gross margin, contribution, contribution margin, earnings, "
            "gewinn, deckungsbeitrag, db, rohertrag, marge, benefice, profit net, marge brute, beneficio, ganancia, "
            "utilidad, margen, lucro, margem, прибыль, валовая прибыль, маржа, laba, keuntungan, untung, margin laba, "
            "fitimi, fitim, marzhi, 利润, 毛利, 毛利润, 净利润"
        ),
        "number",
        "What is left of the revenue: used where the file already knows it.",
    ),
    Role(
        "cost_to_serve",
        "Cost to serve",
        _words(
            "cost to serve, service cost, serving cost, cost of service, servicing cost, handling cost, delivery cost, "
            "servicekosten, betreuungskosten, cout de service, costo de servicio, coste de servicio, "
            "custo de servico, custo de atendimento, стоимость обслуживания, затраты на обслуживание, "
            "biaya layanan, biaya pelayanan, kosto e sherbimit, 服务成本"
        ),
        "number",
        "What serving the customer cost, beside the goods.",
    ),
    Role(
        "units",
        "Units",
        _words(
            "quantity, qty, units, order quantity, ordered quantity, pieces, pcs, items, number of items, n items, "
            "number of units, n cds, number of cds, volume, menge, anzahl, stuck, stuckzahl, quantite, qte, nombre, "
            "cantidad, unidades, cant, quantidade, qtd, qtde, количество, кол во, количество штук, штук, kuantitas, "
            "jumlah barang, jumlah unit, banyaknya, sasia, sasi, cope, 数量, 件数"
        ),
        "number",
        "How many were bought.",
    ),
    Role(
        "price",
        "Price of one unit",
        _words(
            "unit price, price, price per unit, price each, selling price, sales price, list price, item price, "
            "einzelpreis, stuckpreis, preis, verkaufspreis, prix unitaire, prix, pu, prix de vente, "
            "precio unitario, precio, preco unitario, preco, valor unitario, цена, цена за единицу, цена за штуку, "
            "harga satuan, harga, cmimi, cmimi per njesi, cmimi njesi, 单价, 价格, 售价"
        ),
        "number",
        "With units it gives the revenue where the file has none.",
    ),
    Role(
        "discount",
        "Discount",
        _words(
            "discount, discount rate, discount percent, discount pct, rebate, rabatt, nachlass, skonto, remise, "
            "rabais, descuento, desconto, скидка, процент скидки, diskon, potongan, zbritja, zbritje, 折扣"
        ),
        "number",
        "A share of the price from 0 to 1, or a percentage from 0 to 100.",
    ),
    Role(
        "product",
        "Product",
        _words(
            "product id, product code, product number, product no, stock code, sku, item id, item code, item number, "
            "item no, article number, article no, article id, artikelnummer, artikel nr, produktnummer, "
            "reference produit, code article, code produit, codigo producto, codigo de producto, codigo do produto, "
            "артикул, код товара, kode produk, kode barang, kodi i produktit, 产品编号, 商品编号, 商品编码, "
            "product, product name, item, item name, article, artikel, produkt, produit, producto, articulo, produto, "
            "товар, наименование товара, номенклатура, produk, barang, nama produk, nama barang, produkti, artikulli, "
            "产品, 商品, 产品名称, 商品名称, product description, item description"
        ),
        "text",
        "What was bought.",
    ),
    Role(
        "category",
        "Product category",
        _words(
            "category, product category, category name, product group, product line, product type, department, "
            "sub category, subcategory, category id, warengruppe, produktgruppe, kategorie, categorie, rayon, famille, "
            "categoria, categoria de producto, familia, категория, группа товаров, товарная группа, kategori, "
            "kategori produk, kategoria, 类别, 产品类别, 品类, 分类"
        ),
        "text",
        "The group a product belongs to.",
    ),
    Role(
        "potential",
        "Potential",
        _words(
            "potential, sales potential, revenue potential, profit potential, customer potential, potenzial, "
            "umsatzpotenzial, potentiel, potencial, потенциал, potensi, potenciali, potencial i shitjeve, 潜力"
        ),
        "number",
        "What the customer could bring in the coming period, where somebody has estimated it.",
    ),
    Role(
        "channel",
        "Sales channel",
        _words(
            "channel, sales channel, order channel, source channel, kanal, vertriebskanal, verkaufskanal, canal, "
            "canal de vente, canal de venta, canal de ventas, canal de vendas, canal de venda, канал, канал продаж, "
            "saluran, saluran penjualan, kanali, kanali i shitjes, 渠道, 销售渠道"
        ),
        "text",
        "The way it was sold.",
    ),
    Role(
        "orders",
        "Number of orders",
        _words(
            "number of orders, orders, order count, orders count, n orders, no of orders, total orders, frequency, "
            "number of purchases, purchases, purchase count, transactions, number of transactions, "
            "transaction count, visits, number of visits, anzahl bestellungen, bestellungen, anzahl auftrage, "
            "nombre de commandes, nb commandes, commandes, numero de pedidos, pedidos, numero de compras, "
            "количество заказов, число заказов, заказы, количество покупок, jumlah pesanan, jumlah transaksi, "
            "jumlah order, numri i porosive, porosi, 订单数, 订单数量, 购买次数"
        ),
        "number",
        "How often the customer bought; one row per customer.",
    ),
    Role(
        "first_order",
        "First purchase",
        _words(
            "first order, first order date, first purchase, first purchase date, first visit, date of first order, "
            "customer since, erste bestellung, erstkauf, kunde seit, premiere commande, date premiere commande, "
            "premier achat, primer pedido, primera compra, fecha primera compra, primeiro pedido, primeira compra, "
            "первый заказ, дата первого заказа, первая покупка, дата первой покупки, pesanan pertama, "
            "pembelian pertama, tanggal pembelian pertama, porosia e pare, blerja e pare, 首次购买, 首单日期"
        ),
        "date",
        "The day of the first purchase; one row per customer.",
    ),
    Role(
        "last_order",
        "Last purchase",
        _words(
            "last order, last order date, last purchase, last purchase date, last visit, most recent visit, "
            "most recent order, most recent purchase, latest order, date of last order, letzte bestellung, "
            "letzter kauf, letzter einkauf, derniere commande, date derniere commande, dernier achat, ultimo pedido, "
            "ultima compra, fecha ultima compra, последний заказ, дата последнего заказа, последняя покупка, "
            "дата последней покупки, pesanan terakhir, pembelian terakhir, tanggal pembelian terakhir, "
            "porosia e fundit, blerja e fundit, 最后购买, 最近购买, 最后订单日期"
        ),
        "date",
        "The day of the latest purchase; one row per customer.",
    ),
    Role(
        "recency_days",
        "Days since the last purchase",
        _words(
            "recency days, recency, days since last order, days since last purchase, days since last visit, "
            "tage seit letztem kauf, tage seit letzter bestellung, jours depuis dernier achat, "
            "dias desde ultima compra, дней с последней покупки, дней с последнего заказа, давность, "
            "hari sejak pembelian terakhir, dite nga blerja e fundit, 距上次购买天数"
        ),
        "number",
        "Days from the last purchase to the as-of date; one row per customer.",
    ),
)
ROLES: dict[str, Role] = {role.name: role for role in _ROLES}

# Words that make a heading an identifier when it ends (or, in the other languages, starts) with them.
_LAST = frozenset(
    _words(
        "id, ids, no, nr, num, number, code, key, phone, telephone, tel, fax, mobile, zip, postcode, plz, card, sku, "
        "ean, gtin, upc, iban, vat, telefon, telefono, telefone, телефон, индекс, инн, telepon, ref, reference, "
        "nummer, uuid, guid, hp"
    )
)
_FIRST = frozenset(
    _words("id, no, nr, n, code, codigo, numero, num, код, номер, инн, kode, nomor, kodi, numri, nummer")
)
_IDS = ("id", "no", "nr", "key", "code", "number", "card")  # of these, the ones that may number customers
_ENDINGS = ("nummer", "编号", "号", "编码", "代码", "电话", "邮编")
_WHOLE = ("postal code", "zip code", "post code", "card number", "postleitzahl", "code postal", "почтовый индекс", "№")
_DATED = ("date", "datum", "fecha", "дата", "tanggal", "tgl", "日期", "时间", "day", "visit", "since")
_BIRTH = (
    "birth",
    "born",
    "dob",
    "geburt",
    "naissance",
    "nacimiento",
    "nascimento",
    "рождения",
    "lahir",
    "lindj",
    "生日",
)


def words(heading: str) -> list[str]:
    """A heading in plain lower-case words without accents: "CustomerID", "customer_id" -> ["customer", "id"]."""
    heading = re.sub(r"(?<=[a-zа-я0-9])(?=[A-ZА-Я])|(?<=[A-Z])(?=[A-Z][a-z])", " ", heading)
    folded = unicodedata.normalize("NFKD", heading.casefold())
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return re.findall(r"[^\W_]+|№", plain)


def key(heading: str) -> str:
    """What two spellings of one heading have in common: "Order Date", "orderDate", "ORDER_DATE" -> "orderdate"."""
    return "".join(words(heading))


_RANKS = {role.name: {key(word): rank for rank, word in reversed([*enumerate(role.synonyms)])} for role in _ROLES}
_COUNTED = {word for role in _ROLES if role.kind != "text" for word in _RANKS[role.name]}
_NAMED = {word for name in ("customer", "order", "product") for word in _RANKS[name]}
_CODES = {key(word) for word in _WHOLE}


def is_identifier(heading: str) -> bool:
    """Whether a heading speaks of an identifier (CustomerID, Invoice No, Telefon), whose values stay text."""
    parts, whole = words(heading), key(heading)
    if not parts or whole in _COUNTED:
        return False
    starts = parts[0] in _FIRST and (len(parts) == 1 or parts[1] not in ("of", "de", "items", "orders", "cds"))
    return whole in _NAMED | _CODES or parts[-1] in _LAST or starts or whole.endswith(_ENDINGS)


def is_dated(heading: str) -> bool:
    """Whether a heading speaks of a date, so that 19970101 in it is one."""
    whole = key(heading)
    return any(key(word) in whole for word in _DATED) or whole in _RANKS["date"]


def kind_of(type_: pa.DataType) -> Kind:
    """What the values of a column are to us: "number", "date" or "text"."""
    if pa.types.is_integer(type_) or pa.types.is_floating(type_):
        return "number"
    return "date" if pa.types.is_date(type_) else "text"


def match(table: "Table") -> list[Match]:
    """The roles found in a table, by heading and by content, in the order of ROLES.

    A heading is used once and a role once. A match is sure when the heading is one of the role's
    synonyms, the values are of its kind, and no second heading claims the same amount.
    """
    kinds = {name: kind_of(table.data.schema.field(name).type) for name in table.data.column_names}
    found = _exact(kinds)
    for finder in (_only_date, _first_identifier, _alike):
        used = {one.heading for one in found.values()}
        found |= {one.role: one for one in finder(table, kinds, found, used) if one.role not in found}
    return [found[name] for name in ROLES if name in found]


def _exact(kinds: dict[str, Kind]) -> dict[str, Match]:
    found: dict[str, Match] = {}
    for role in _ROLES:
        claims = _claims(role, kinds)
        used = {one.heading for one in found.values()}
        free = [heading for heading in claims if heading not in used]
        if free:
            found[role.name] = _claim(role, free)
    return found


def _claims(role: Role, kinds: dict[str, Kind]) -> list[str]:
    """The headings that name a role and hold its kind of values, the most telling first."""
    ranks = _RANKS[role.name]
    named = [heading for heading, kind in kinds.items() if kind == role.kind and _bare(heading) in ranks]
    return sorted(named, key=lambda heading: ranks[_bare(heading)])


def _bare(heading: str) -> str:
    """The heading's key without a unit or currency behind it: "Umsatz in EUR", "Umsatz (EUR)" -> "umsatz"."""
    bare = re.sub(r"[(\[].*?[)\]]", " ", heading)
    bare = re.sub(r"(?i)[\s,_]+(in\s+)?(eur|usd|gbp|chf|rub|idr|all|cny|€|\$|£|руб\.?)\s*$", "", bare)
    return key(bare) or key(heading)


def _claim(role: Role, free: list[str]) -> Match:
    if role.kind == "number" and len(free) > 1:
        rivals = " and ".join(f'"{heading}"' for heading in free)
        return Match(role.name, free[0], False, f"{rivals} could both be it: choose one.")
    return Match(role.name, free[0], True, f'The heading "{free[0]}" says so and its values are {_said(role.kind)}.')


def _said(kind: Kind) -> str:
    return {"text": "names or codes", "number": "numbers", "date": "dates"}[kind]


def _only_date(table: "Table", kinds: dict[str, Kind], found: dict[str, Match], used: set[str]) -> Iterable[Match]:
    """The only column of dates is the date, unless it has another role already or is a birthday."""
    dates = [heading for heading, kind in kinds.items() if kind == "date"]
    if len(dates) == 1 and dates[0] not in used and not any(word in key(dates[0]) for word in map(key, _BIRTH)):
        yield Match("date", dates[0], True, f'"{dates[0]}" is the only column of dates.')


def _first_identifier(table: "Table", kinds: dict[str, Kind], found: dict[str, Match], used: set[str]):
    """Without a heading that says customer, the first identifier of a table of dated sales is the customer.

    Sure when no other identifier is left over, or those left over number the same customers differently.
    """
    left = [name for name, kind in kinds.items() if kind == "text" and name not in used and _may_number(name)]
    if "customer" not in found and left:
        sales = "date" in found and "revenue" in found
        sure = sales and (len(left) == 1 or len({_distinct(table, name) for name in left}) == 1)
        yield Match("customer", left[0], sure, f'"{left[0]}" is the first column of codes without another role.')


def _may_number(heading: str) -> bool:
    return is_identifier(heading) and words(heading)[-1] in _IDS


def _alike(table: "Table", kinds: dict[str, Kind], found: dict[str, Match], used: set[str]) -> Iterable[Match]:
    """Headings close to a synonym are offered, never taken."""
    for role in _ROLES:
        free = [heading for heading, kind in kinds.items() if kind == role.kind and heading not in used]
        near = [(max(_likeness(key(heading), word) for word in _RANKS[role.name]), heading) for heading in free]
        ratio, heading = max(near, default=(0, ""))
        if ratio >= CLOSE and role.name not in found:
            used = used | {heading}
            yield Match(role.name, heading, False, f'The heading "{heading}" looks like it.')


def _likeness(heading: str, word: str) -> float:
    matcher = SequenceMatcher(None, heading, word, autojunk=False)
    return matcher.ratio() if min(len(heading), len(word)) > 3 and matcher.quick_ratio() >= CLOSE else 0.0


def _distinct(table: "Table", heading: str) -> int:
    column = table.data[heading]
    return pc.count_distinct(column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column).as_py()


def roles(table: "Table", chosen: dict[str, str] | None = None) -> dict[str, str]:
    """Role -> heading: what was matched surely, overlaid by what the user chose ('' or None takes a role away).

    A chosen heading leaves the role it was matched to. Raises Problem for an unknown role or heading.
    """
    chosen = chosen or {}
    for role, heading in chosen.items():
        _check(table, role, heading)
    taken = {heading for heading in chosen.values() if heading}
    found = {one.role: one.heading for one in match(table) if one.sure and one.heading not in taken}
    merged = {**found, **chosen}
    return {role: merged[role] for role in ROLES if merged.get(role)}


def _check(table: "Table", role: str, heading: str | None) -> None:
    if role not in ROLES:
        raise Problem(f'There is no role "{role}": choose from {", ".join(ROLES)}.')
    names = table.data.column_names
    if heading and heading not in names:
        known = ", ".join(f'"{name}"' for name in names[:30])
        raise Problem(f'{table.name} has no column "{heading}" for the {role}: choose from {known}.')


def shape(roles: dict[str, str], table: "Table") -> Literal["transactions", "customers"]:
    """Whether a row is a sale or a customer: no date and nothing repeated (or already counted) is a customer table."""
    if "date" in roles:
        return "transactions"
    if {"orders", "last_order", "recency_days"} & roles.keys() or "customer" not in roles:
        return "customers"
    return "customers" if _distinct(table, roles["customer"]) == table.data.num_rows else "transactions"


def label(column: str) -> str:
    """A column's name in plain words; an attribute keeps its heading."""
    return METRICS.get(column, column)


def check_kinds(table: "Table", roles: dict[str, str]) -> None:
    """Problem where a column chosen for a number or a date holds something else."""
    for role, heading in roles.items():
        wanted, found = ROLES[role].kind, kind_of(table.data.schema.field(heading).type)
        if wanted not in ("text", found):
            example = next((value for value in table.data[heading].slice(0, 50).to_pylist() if value), "nothing")
            raise Problem(
                f"The column “{heading}” of {table.name} does not hold {wanted}s (it begins with “{example}”): "
                f"choose another column for {ROLES[role].label.lower()}."
            )
