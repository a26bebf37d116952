"""Headings as accounting programs, shops and spreadsheets write them: sure ones are taken, none of them wrongly."""

import datetime as dt

import pandas as pd
import pyarrow as pa
import pytest

from segmentation.columns.match import match, roles
from segmentation.columns.roles import ROLES
from segmentation.columns.statuses import group_of
from segmentation.table import Report, Table

# role: headings, in the order of languages
HEADINGS = {
    "English": "Customer No.=customer|Sold-To Party=customer|Bill-to Customer No.=customer|Account Name=customer|household_key=customer|"
    "Posting Date=date|InvoiceDate=date|Date of Sale=date|Net Amount=revenue|Line Total=revenue|"
    "Sales Amount (USD)=revenue|Order #=order|Invoice Ref=order|Qty Sold=units|Unit Price EUR=price|COGS=cost|"
    "Gross Profit=profit|Discount %=discount|SKU=product|Product Group=category|Date of Birth=birth_date|"
    "No. of employees=employees|E-mail=email|Mobile=phone|Currency Code=currency|Customer since=signed_up",
    "German": "Kunden-Nr.=customer|Debitorennr.=customer|Auftraggeber=customer|Personenkonto=customer|Belegdatum=date|"
    "Rechnungsdatum=date|Nettobetrag=revenue|Umsatz (ohne Soll/Haben-Kz)=revenue|Rechnungsbetrag=revenue|"
    "Nettoumsatz in EUR=revenue|Belegfeld 1=order|Auftragsnummer=order|Menge=units|Einzelpreis=price|"
    "Wareneinsatz=cost|Deckungsbeitrag=profit|Einkaufspreis=unit_cost|Rabatt=discount|Artikelnr.=product|"
    "Warengruppe=category|Geburtsdatum=birth_date|WKZ Umsatz=currency|Kunde seit=signed_up|Telefonnummer=phone",
    "French": "N° client=customer|Code client=customer|Raison sociale=customer|Date de facture=date|Date d'achat=date|"
    "Montant HT=revenue|Chiffre d'affaires=revenue|Total TTC=revenue|N° de commande=order|Numéro de facture=order|"
    "Qté=units|Quantité vendue=units|Prix unitaire HT=price|Coût d'achat=cost|Marge brute=profit|Remise=discount|"
    "Référence article=product|Famille d'articles=category|Date de naissance=birth_date|Devise=currency",
    "Spanish": "Código de cliente=customer|Nº cliente=customer|Razón social=customer|Fecha de emisión=date|"
    "Fecha factura=date|Importe total=revenue|Ventas netas=revenue|Nº de factura=order|Folio=order|Cantidad=units|"
    "Precio unitario=price|Costo de ventas=cost|Utilidad bruta=profit|Descuento=discount|Código artículo=product|"
    "Familia de producto=category|Fecha de nacimiento=birth_date|Correo electrónico=email|Moneda=currency",
    "Portuguese": "Código do cliente=customer|Cliente=customer|Data da venda=date|Data de emissão=date|"
    "Valor da nota=revenue|Faturamento=revenue|Valor líquido (R$)=revenue|Número do pedido=order|Nota fiscal=order|"
    "Qtde=units|Preço unitário=price|Custo total=cost|Lucro bruto=profit|Desconto=discount|Produto=product|"
    "Grupo de produtos=category|Data de nascimento=birth_date|Telefone=phone",
    "Russian": "Контрагент=customer|Код клиента=customer|Покупатель=customer|Дата документа=date|Дата отгрузки=date|"
    "Сумма документа=revenue|Выручка без НДС=revenue|Сумма, руб.=revenue|Номер заказа=order|№ накладной=order|"
    "Кол-во=units|Количество=units|Цена, руб=price|Себестоимость=cost|Валовая прибыль=profit|Скидка=discount|"
    "Номенклатура=product|Номенклатурная группа=category|Дата рождения=birth_date|Валюта=currency|Телефон=phone",
    "Indonesian": "Nama Pelanggan=customer|Kode Pelanggan=customer|No. Pelanggan=customer|Tgl Faktur=date|"
    "Tanggal Transaksi=date|Total Penjualan=revenue|Nilai Faktur=revenue|Omzet (Rp)=revenue|No. Faktur=order|"
    "Nomor Nota=order|Jumlah Barang=units|Harga Satuan=price|HPP=cost|Laba Kotor=profit|Diskon=discount|"
    "Kode Barang=product|Kategori Produk=category|Tanggal Lahir=birth_date|No. HP=phone|Mata Uang=currency",
    "Albanian": "Klienti=customer|Kodi i klientit=customer|Blerësi=customer|Data e faturës=date|Data e shitjes=date|"
    "Shuma=revenue|Vlera totale=revenue|Shuma pa TVSH=revenue|Nr. i faturës=order|Numri i porosisë=order|Sasia=units|"
    "Çmimi për njësi=price|Kosto=cost|Fitimi=profit|Zbritja=discount|Kodi i artikullit=product|"
    "Kategoria=category|Datëlindja=birth_date|Monedha=currency",
    "Chinese": "客户编号=customer|客户名称=customer|购货单位=customer|开票日期=date|订单日期=date|金额=revenue|销售收入=revenue|"
    "价税合计=revenue|订单号=order|发票号码=order|数量=units|单价=price|销售成本=cost|毛利=profit|折扣=discount|商品编码=product|"
    "商品类别=category|出生日期=birth_date|手机号=phone|币种=currency",
}
REAL = [tuple(pair.rsplit("=", 1)) for line in HEADINGS.values() for pair in line.split("|")]
# words that only look like a role: what they must never be taken for, whatever their values
TRAPS = {
    "Customer since": "date first_order", "Date of birth": "date", "Due date": "date", "Registration date": "date",
    "Contract end": "date", "Geburtstag": "date", "Дата рождения": "date", "Дата окончания договора": "date",
    "Unit cost": "cost revenue", "Einkaufspreis": "cost revenue price", "Закупочная цена": "cost price",
    "Net weight": "revenue profit", "Gross weight": "revenue profit", "Total customers": "revenue customer units",
    "Margin %": "profit revenue", "Profit rate": "profit", "VAT amount": "revenue", "Сумма НДС": "revenue",
    "MwSt-Betrag": "revenue", "Shipping cost": "cost revenue", "Order count": "order units", "Customer count": "customer",
    "Credit limit": "revenue", "Kreditlimit": "revenue", "Balance": "revenue", "Сальдо": "revenue", "Saldo": "revenue",
    "Budget": "revenue", "Plan 2024": "revenue profit", "Customer group": "customer", "Kundengruppe": "customer",
    "Группа клиентов": "customer", "客户分类": "customer category", "Jumlah": "revenue units", "Jumlah Karyawan": "revenue units",
    "Стоимость": "revenue cost", "Lead time": "recency_days", "Days overdue": "recency_days", "Year": "revenue units",
    "Product count": "product", "Price list": "price", "Discount code": "discount", "Order status": "order",
    "Payment method": "revenue", "Credit card": "customer", "Sales rep": "customer revenue", "Salesperson": "customer",
    "Менеджер": "customer", "Организация": "customer", "Vendedor": "customer", "Mandant": "customer", "Supplier": "customer",
    "Lieferant": "customer", "Поставщик": "customer", "Customer segment": "customer", "Account manager": "customer",
    "Income": "revenue", "Доход": "revenue", "Spending score": "revenue", "Household size": "units",
}  # fmt: skip


def column(kind: str, role: str = "") -> list:
    if kind == "number":
        return [31.5, 42.25, 7.0, 42.25]
    if kind == "date":
        return [dt.date(1984, 2, day) for day in (1, 5, 9, 9)]
    return ["storniert", "ok", "ok", "ok"] if role == "status" else ["A7", "B8", "C9", "B8"]


def table(**columns: list) -> Table:
    report = Report(4, 4, None, None, None, {}, None, 1, (), ())
    aside = pd.DataFrame(columns=["line", "column", "reason", "text"])
    return Table("file.csv", pa.table(columns), report, aside)


def found(heading: str, kind: str, role: str = "") -> dict[str, bool]:
    return {one.role: one.sure for one in match(table(**{heading: column(kind, role)})) if one.heading == heading}


def test_nine_in_ten_real_headings_are_taken_none_wrongly_and_nearly_all_are_offered():
    taken, offered, wrong = 0, 0, []
    for heading, role in REAL:
        said = found(heading, ROLES[role].kind, role)
        taken += said.get(role, False)
        offered += role in said
        wrong += [(heading, other) for other, sure in said.items() if sure and other != role]
    missed = [(heading, role) for heading, role in REAL if role not in found(heading, ROLES[role].kind, role)]
    assert not wrong, wrong
    assert len(REAL) > 180 and taken >= 0.9 * len(REAL) and offered >= 0.97 * len(REAL), (taken, len(REAL), missed)


@pytest.mark.parametrize("language", HEADINGS)
def test_a_whole_table_in_one_language_is_understood(language):
    first: dict[str, str] = {}
    for heading, role in (pair.rsplit("=", 1) for pair in HEADINGS[language].split("|")):
        if role not in first.values():
            first[heading] = role
    columns = {heading: column(ROLES[role].kind, role) for heading, role in first.items()}
    assert roles(table(**columns)) == {role: heading for heading, role in first.items()} | {}


@pytest.mark.parametrize("heading", TRAPS)
@pytest.mark.parametrize("kind", ["number", "date", "text"])
def test_a_heading_that_only_looks_like_a_role_is_never_taken_for_it(heading, kind):
    said = found(heading, kind)
    forbidden = [role for role in TRAPS[heading].split() if said.get(role)]
    # the only column of dates may be the date, unless its heading speaks of another day
    assert [role for role in forbidden if not (role == "date" and kind != "date")] == []


def test_the_order_date_wins_over_the_day_of_payment_and_delivery():
    days = {name: column("date") for name in ("Payment date", "Delivery date", "Order date")}
    assert roles(table(**days)) == {"date": "Order date"}


def test_a_cost_for_one_unit_is_told_from_the_cost_of_the_line():
    assert roles(table(**{"Unit cost": column("number"), "Cost": column("number")})) == {
        "cost": "Cost",
        "unit_cost": "Unit cost",
    }


def test_a_number_of_the_customer_wins_over_any_name():
    for number, name in (
        ("Kd-Nr.", "Kunde"),
        ("Код контрагента", "Контрагент"),
        ("客户编码", "客户"),
        ("Cod. cliente", "Cliente"),
    ):
        assert roles(table(**{name: column("text"), number: column("text")}))["customer"] == number


def test_a_margin_in_percent_is_no_profit():
    shares = [0.25, 0.5, -0.1, 0.3]
    assert "profit" not in roles(table(customer=column("text"), margin=shares))
    assert roles(table(customer=column("text"), margin=[25.0, 50.0, -1.0, 3.0]))["profit"] == "margin"


def test_values_tell_e_mails_and_currencies_whatever_the_heading():
    columns = {"contact": ["a@b.de", "c@d.fr", "e@f.it", "g@h.al"], "unit": ["EUR", "USD", "EUR", "CHF"]}
    assert roles(table(**columns)) == {"currency": "unit", "email": "contact"}


def test_a_status_counts_only_where_something_in_it_is_no_sale():
    assert roles(table(status=["paid", "shipped", "paid", "shipped"])) == {}
    assert roles(table(status=["paid", "open", "paid", "open"])) == {"status": "status"}
    assert roles(table(status=["paid", "Cancelled", "paid", "open"])) == {"status": "status"}


CANCELLED = "Cancelled canceled storniert Annulé Anulado Отменён Отменен Dibatalkan Anuluar 已取消"


@pytest.mark.parametrize("word", CANCELLED.split())
def test_cancelled_is_known_in_nine_languages(word):
    assert (group_of(word), group_of(f"not {word}"), group_of("completed")) == ("cancelled", "sale", "sale")


def test_a_name_is_the_customer_where_nothing_numbers_them():
    assert roles(table(Firmenname=column("text"), Betrag=column("number"))) == {
        "customer": "Firmenname",
        "revenue": "Betrag",
    }
    both = table(**{"Firmenname": column("text"), "Kd-Nr": column("text")})
    assert roles(both) == {"customer": "Kd-Nr", "name": "Firmenname"}
