"""The same exports as some write them: other versions and languages, blank or repeated cells, lines above and below."""

from collections import Counter

import pytest

from segmentation import Customers, read
from segmentation.columns.match import match, named_export
from tests.exports import programs
from tests.exports.made import sales, written
from tests.exports.test_exports import wanted


def rows(name):
    return [row for sale in sales() for row in getattr(programs, name)(sale)]


def changed(name, **each):
    """The rows of an export, some columns of which are written otherwise: heading → function of a row."""
    return [row | {heading: value(row) for heading, value in each.items()} for row in rows(name)]


def renamed(of, names):
    return [{names.get(heading, heading): value for heading, value in row.items()} for row in of]


def revenue(found, name="file.csv", delimiter=","):
    data = found if isinstance(found, bytes) else written(found, delimiter)
    table = read(data, name=name)
    assert named_export(table)
    return Customers.build(table).frame["revenue"].to_dict()


def test_shopify_with_the_cells_of_the_order_on_every_line():
    found = []
    for sale in sales():
        lines = [*programs.shopify_orders(sale)]
        found += [lines[0] | {heading: value for heading, value in line.items() if value != ""} for line in lines]
    assert revenue(found) == wanted("shopify_orders")


def test_shopify_with_a_day_of_cancellation_instead_of_a_status():
    found = rows("shopify_orders")
    for row in found:
        row["Cancelled at"] = "2025-05-05 10:00:00 +0100" if row["Financial Status"] == "voided" else ""
        row["Financial Status"] = row["Financial Status"].replace("voided", "paid")
    assert revenue(found) == wanted("shopify_orders")


def test_shopify_partly_refunded_counts_less():
    found = rows("shopify_orders")
    for row in found:
        if row["Financial Status"] == "refunded":
            row |= {"Financial Status": "partially_refunded", "Refunded Amount": 5}
    money = Counter()
    for sale in sales():
        money[sale.mail] += {"sold": sale.total, "back": sale.total - 5, "gone": 0}[sale.state]
    assert revenue(found) == {mail: pytest.approx(sum_) for mail, sum_ in money.items()}


def test_woocommerce_with_what_belongs_to_the_order_on_its_first_line_alone():
    found = []
    of_lines = ("SKU", "Item #", "Item Name", "Quantity (- Refund)", "Item Cost")
    for sale in sales():
        first, *others = programs.woocommerce_orders(sale)
        found += [first, *({heading: line[heading] for heading in of_lines} for line in others)]
    assert revenue(found) == wanted("woocommerce_orders")


def test_woocommerce_less_its_refunds_already():
    found = renamed(rows("woocommerce_orders"), {"Order Total Amount": "Order Total Amount (- Refund)"})
    assert revenue([row | {"Order Refund Amount": 5} for row in found]) == wanted("woocommerce_orders")


def test_stripe_guests_are_told_by_their_e_mail_address():
    found = [row | ({"Customer ID": ""} if place % 3 else {}) for place, row in enumerate(rows("stripe_payments"))]
    table = read(written(found), name="payments.csv")
    [customer] = [one.heading for one in match(table) if one.role == "customer"]
    assert customer == "Customer Email"


def test_hubspot_by_contact_and_with_the_names_it_has_inside():
    inside = {"Closed Won": "closedwon", "Closed Lost": "closedlost", "Appointment Scheduled": "appointmentscheduled"}
    found = changed("hubspot_deals", **{"Deal Stage": lambda row: inside[row["Deal Stage"]]})
    for row in found:
        del row["Associated Company IDs (Primary)"], row["Associated Company (Primary)"]
    by_company = wanted("hubspot_deals")
    assert revenue(found) == {f"8{number[1:]}": sum_ for number, sum_ in by_company.items()}


def test_an_item_cancelled_in_an_order_that_amazon_shipped():
    found = rows("amazon_orders")
    found[4]["item-status"] = "Cancelled"
    whole = sum(revenue(rows("amazon_orders"), "orders.txt", "\t").values())
    assert sum(revenue(found, "orders.txt", "\t").values()) == pytest.approx(whole - found[4]["item-price"])


def test_amazon_without_buyers_says_so():
    found = [
        {heading: value for heading, value in row.items() if "buyer" not in heading} for row in rows("amazon_orders")
    ]
    assert named_export(read(written(found, "\t"), name="orders.txt")).endswith("which does not say who bought.")


PAYPAL = {
    "Date": "Datum",
    "Time": "Uhrzeit",
    "TimeZone": "Zeitzone",
    "Type": "Typ",
    "Currency": "Währung",
    "Gross": "Brutto",
    "Fee": "Gebühr",
    "Net": "Netto",
    "From Email Address": "Absender E-Mail-Adresse",
    "To Email Address": "Empfänger E-Mail-Adresse",
    "Transaction ID": "Transaktionscode",
    "Item Title": "Artikelbezeichnung",
    "Sales Tax": "Umsatzsteuer",
    "Reference Txn ID": "Zugehöriger Transaktionscode",
}
GERMAN = {
    "Completed": "Abgeschlossen",
    "Pending": "Ausstehend",
    "Website Payment": "Zahlung",
    "Payment Refund": "Rückzahlung",
}


def test_paypal_in_german_with_its_transfers():
    def cell(value):
        text = str(value)
        return (
            f"{value:.2f}".replace(".", ",")
            if isinstance(value, int | float)
            else GERMAN.get(text, text.replace("/", "."))
        )

    found = [{heading: cell(value) for heading, value in row.items()} for row in renamed(rows("paypal"), PAYPAL)]
    nobody = found[0] | {"Absender E-Mail-Adresse": "", "Name": ""}
    for place, kind in enumerate(("Allgemeine Währungsumrechnung", "Bankgutschrift auf PayPal-Konto")):
        found.append(nobody | {"Typ": kind, "Brutto": "55,00", "Transaktionscode": f"W{place}"})
    found.append(
        found[0] | {"Typ": "Einbehaltung für offene Autorisierung", "Brutto": "-55,00", "Transaktionscode": "W9"}
    )
    assert revenue(b"\xef\xbb\xbf" + written(found)) == wanted("paypal")


def test_ebay_with_a_line_of_commas_above_and_a_count_below():
    head, _, rest = written(rows("ebay")).partition(b"\r\n")
    commas = b"," * head.count(b",")
    whole = b"\r\n".join(
        (commas, head, commas, rest + b"45,record(s) downloaded,from,Jan-01-25", b"Seller ID : kiln", b"")
    )
    assert revenue(whole) == wanted("ebay")


def test_salesforce_with_its_footer():
    footer = '"Grand Totals (24 records)"\r\n\r\n"Confidential Information - Do Not Distribute"\r\n'
    footer += '"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."\r\n'
    whole = written(rows("salesforce_opportunities")) + b"\r\n" + footer.encode()
    assert revenue(whole) == wanted("salesforce_opportunities")


ENGLISH = {
    "Название сделки": "Deal Name",
    "Стадия сделки": "Stage",
    "Группа стадий": "Deal status",
    "Сумма": "Income",
    "Валюта": "Currency",
    "Сумма/Валюта": "Amount/Currency",
    "Компания": "Company",
    "Контакт": "Contact",
    "Предполагаемая дата закрытия": "Assumed close date",
    "Дата изменения стадии": "Stage change date",
}


def test_bitrix24_in_english_and_with_the_stages_in_words():
    assert revenue(renamed(rows("bitrix24_deals"), ENGLISH)) == wanted("bitrix24_deals")
    said = {"S": "Сделка успешна", "F": "Сделка провалена", "P": "В работе"}
    found = changed("bitrix24_deals", **{"Стадия сделки": lambda row: said[row["Группа стадий"]]})
    for row in found:
        del row["Группа стадий"]
    assert revenue(found, delimiter=";") == wanted("bitrix24_deals")


def test_tokopedia_below_four_lines():
    above = b"Laporan Penjualan\nToko,Kiln\nPeriode,01/01/2025\n\n"
    assert revenue(above + written(rows("tokopedia"))) == wanted("tokopedia")


def test_quickbooks_with_its_newer_headings():
    old = b"Date,Transaction Type,Num,Product/Service,Memo/Description,Qty,Sales Price"
    new = b"Transaction date,Transaction type,Num,Product/Service full name,Description,Quantity,Sales price"
    whole = programs.quickbooks_customers(sales())
    assert old in whole
    assert revenue(whole.replace(old, new)) == wanted("quickbooks_customers")


def test_datev_with_the_customer_on_the_other_side():
    other = {"S": "H", "H": "S"}
    found = rows("datev")
    for row in found:
        konto, gegenkonto = row["Konto"], row["Gegenkonto (ohne BU-Schlüssel)"]
        row |= {"Konto": gegenkonto, "Gegenkonto (ohne BU-Schlüssel)": konto, "Buchungstext": ""}
        row["Soll/Haben-Kennzeichen"] = other[row["Soll/Haben-Kennzeichen"]]
    assert revenue(found, delimiter=";") == wanted("datev")


def test_sap_with_a_sum_below_each_customer():
    found, each = [], {}
    for row in rows("sap_items"):
        each.setdefault(row["Account"], []).append(row)
    for account, theirs in each.items():
        total = round(sum(row["Amount in local currency"] for row in theirs), 2)
        found += [*theirs, {"Account": account, "Amount in local currency": total}]
    assert revenue(found) == wanted("sap_items")


@pytest.mark.parametrize(
    ("begins", "first", "last"), [("20240101", "2024-01-05", "2024-12-12"), ("20240701", "2024-12-12", "2025-01-05")]
)
def test_datev_days_without_a_year_fall_into_that_of_the_first_line(begins, first, last):
    batch = f'"EXTF";700;21;"Buchungsstapel";13;20250301101112000;;"RE";"";"";29098;55003;{begins};4;{begins};;"";"";1;0;0;"EUR"\n'
    heads = "Umsatz (ohne Soll/Haben-Kz);Soll/Haben-Kennzeichen;WKZ Umsatz;Kurs;Basis-Umsatz;WKZ Basis-Umsatz;Konto;"
    heads += "Gegenkonto (ohne BU-Schlüssel);BU-Schlüssel;Belegdatum;Belegfeld 1;Buchungstext\n"
    lines = '1190,00;"S";"EUR";;;"";10001;8400;"";501;"RE-1";"Arbor"\n119,00;"S";"EUR";;;"";10002;8400;"";1212;"RE-3";"Birch"\n'
    table = read((batch + heads + lines).encode("cp1252"), name="EXTF_Buchungsstapel.csv")
    people = Customers.build(table)
    assert sorted(str(day) for day in table.data["Belegdatum"].to_pylist()) == [first, last]
    assert people.as_of.isoformat() == last and people.total("revenue") == 1309
    assert any("the first line of the file says" in sentence for sentence in table.report.sentences)
    kept = read((batch + heads + lines).encode("cp1252"), name="EXTF_Buchungsstapel.csv", text="Belegdatum")
    assert kept.data["Belegdatum"].to_pylist() == ["501", "1212"]
