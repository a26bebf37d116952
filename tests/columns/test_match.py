"""Columns: real headings are recognised without being told, and wrong ones are not."""

import pytest

from segmentation.columns.match import Match, match, roles
from segmentation.columns.roles import ROLES
from segmentation.columns.words import is_identifier, key
from segmentation.customers.shapes import shape
from segmentation.problems import Problem
from segmentation.reading.read import read
from segmentation.table import Table
from tests.places import SHARED, with_shared

REAL = {
    "online_retail/online_retail_2010-12_to_2011-03.csv.gz": (
        "customer=CustomerID date=InvoiceDate order=InvoiceNo units=Quantity price=UnitPrice product=StockCode",
        "transactions",
    ),
    "online_retail/online_retail_slice_orders_clean.csv": (
        "customer=customer_id date=date revenue=revenue order=order_id",
        "transactions",
    ),
    "cdnow/cdnow_sample.csv": ("customer=master_id date=date revenue=revenue units=n_cds", "transactions"),
    "cdnow/cdnow_master.csv.gz": ("customer=customer_id date=date revenue=revenue units=n_cds", "transactions"),
    "rfm/rfm_data_orders.csv": ("customer=customer_id date=order_date revenue=revenue email=email", "transactions"),
    "rfm/rfm_data_customer.csv.gz": (
        "customer=customer_id revenue=revenue orders=number_of_orders last_order=most_recent_visit "
        "recency_days=recency_days email=email",
        "customers",
    ),
    "northwind/orders.csv": ("customer=CustomerID date=OrderDate order=OrderID", "transactions"),
    "northwind/order_details.csv": (
        "order=OrderID units=Quantity price=UnitPrice discount=Discount product=ProductID",
        "customers",
    ),
    "smcrm/acquisitionRetention.csv": (
        "customer=customer revenue=revenue profit=profit employees=employees",
        "customers",
    ),
    "wholesale/wholesale_customers.csv": ("", "customers"),
}
REAL |= {
    f"messy/variants_northwind/{name}": (
        "customer=CustomerID date=OrderDate revenue=Revenue order=OrderID name=CompanyName",
        "transactions",
    )
    for name in (
        "01_utf8bom_semicolon_decimalcomma_ddmmyyyy.csv",
        "02_utf16le_bom_tab_excel_unicode_text.txt",
        "03_cp1252_semicolon_euro_thousands_dot.csv",
        "04_utf8_comma_us_dates_dollar.csv",
        "05_utf8_semicolon_preamble_3_lines_total_row.csv",
        "06_three_sheets_title_rows_total_row.xlsx",
    )
}


def table(headings: str, *rows: str) -> Table:
    return read("\n".join([headings, *rows, ""]).encode(), name="file.csv")


def suggestions(found: list[Match]) -> dict[str, str]:
    return {one.role: one.heading for one in found if not one.sure}


@with_shared
@pytest.mark.parametrize("path", REAL)
def test_real_headings_are_matched_surely(path):
    expected, form = REAL[path]
    found = read(SHARED / path)
    assert roles(found) == dict(pair.split("=") for pair in expected.split())
    assert shape(roles(found), found) == form


LANGUAGES = {
    "German": "Kundennummer;Bestelldatum;Umsatz;Auftragsnummer;Menge;Einzelpreis",
    "French": "Numéro de client;Date de commande;Chiffre d'affaires;Numéro de commande;Quantité;Prix unitaire",
    "Spanish": "Código de cliente;Fecha de compra;Importe;Número de pedido;Cantidad;Precio unitario",
    "Portuguese": "Código do cliente;Data da compra;Faturamento;Número do pedido;Quantidade;Preço unitário",
    "Russian": "Код клиента;Дата заказа;Выручка;Номер заказа;Количество;Цена",
    "Indonesian": "ID Pelanggan;Tanggal Transaksi;Pendapatan;No. Pesanan;Kuantitas;Harga Satuan",
    "Albanian": "ID e klientit;Data e porosisë;Të ardhurat;Numri i porosisë;Sasia;Çmimi",
    "Chinese": "客户编号;订单日期;销售额;订单号;数量;单价",
    "English": "Customer No.;order_date;Net Sales (EUR);InvoiceNo;QTY;unitPrice",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_are_recognised_in_nine_languages(language):
    headings = LANGUAGES[language]
    found = table(headings, "1001;2024-01-13;12,50;5001;2;6,25", "1002;2024-02-14;13,75;5002;1;13,75")
    names = ["customer", "date", "revenue", "order", "units", "price"]
    assert roles(found) == dict(zip(names, headings.split(";"), strict=True))


def test_spaces_underscores_case_accents_and_camel_case_are_one():
    assert {key(name) for name in ("Order Date", "order_date", "ORDER-DATE", "orderDate", "OrderDate")} == {"orderdate"}
    assert key("Preço Unitário") == "precounitario"


def test_a_name_does_not_beat_a_number_of_the_customer():
    found = table("Customer Name,CompanyName,Customer ID,Revenue", "Ann,A Ltd,7,1.5", "Bob,B Ltd,8,2.5")
    assert roles(found)["customer"] == "Customer ID"
    named = table("Customer Name,Revenue", "Ann,1.5", "Bob,2.5")
    assert roles(named)["customer"] == "Customer Name"


def test_the_order_date_is_not_the_order():
    found = table("Order Date,Customer,Amount", "2024-01-02,a,1.5", "2024-01-03,b,2.5")
    assert roles(found) == {"customer": "Customer", "date": "Order Date", "revenue": "Amount"}


def test_content_must_agree_with_the_heading():
    found = table("customer,date,revenue", "a,soon,high", "b,later,low")
    assert roles(found) == {"customer": "customer"}


def test_the_only_column_of_dates_is_the_date_unless_it_is_a_birthday():
    assert roles(table("customer,when,revenue", "a,2024-01-02,1.5", "b,2024-01-03,2.5"))["date"] == "when"
    assert "date" not in roles(table("customer,birth_date,revenue", "a,1984-01-02,1.5", "b,1983-01-03,2.5"))


def test_two_amounts_are_offered_not_chosen():
    found = table("customer,gross sales,net sales", "a,1.5,1.2", "b,2.5,2.2")
    assert "revenue" not in roles(found)
    assert suggestions(match(found)) == {"revenue": "net sales"}


def test_a_misspelt_heading_is_a_suggestion_only():
    found = table("custmer_id,revenu", "a,1.5", "b,2.5")
    assert "revenue" not in roles(found)
    assert suggestions(match(found))["revenue"] == "revenu"


def test_a_heading_and_a_role_are_used_once():
    found = match(table("id,customer,date,order date,amount,sales", "1,a,2024-01-02,2024-01-03,1.5,2.5"))
    assert len({one.heading for one in found}) == len(found) == len({one.role for one in found})


def test_the_user_has_the_last_word():
    found = table("customer,date,revenue,margin", "a,2024-01-02,1.5,1.0", "b,2024-01-03,2.5,2.0")
    assert roles(found, {"revenue": "margin"}) == {"customer": "customer", "date": "date", "revenue": "margin"}
    assert "date" not in roles(found, {"date": ""})
    assert "date" not in roles(found, {"date": None})  # type: ignore[dict-item]


def test_a_heading_or_role_that_does_not_exist_is_named_with_those_that_do():
    found = table("customer,revenue", "a,1.5", "b,2.5")
    with pytest.raises(Problem, match=r'file\.csv has no column "Umsatz" for the revenue.*"customer", "revenue"'):
        roles(found, {"revenue": "Umsatz"})
    with pytest.raises(Problem, match=r'no role "sales".*customer, date, revenue'):
        roles(found, {"sales": "revenue"})


@pytest.mark.parametrize(
    ("rows", "form"),
    [
        (("customer,revenue", "a,1.5", "b,2.5"), "customers"),
        (("customer,revenue", "a,1.5", "a,2.5"), "transactions"),
        (("customer,orders,revenue", "a,3,1.5", "a,4,2.5"), "customers"),
        (("customer,date,revenue", "a,2024-01-02,1.5", "b,2024-01-03,2.5"), "transactions"),
        (("region,milk", "north,1.5", "south,2.5"), "customers"),
    ],
)
def test_a_table_of_customers_is_told_from_a_table_of_sales(rows, form):
    found = table(*rows)
    assert shape(roles(found), found) == form


@pytest.mark.parametrize(
    ("heading", "identifier"),
    [
        *[
            (name, True)
            for name in ("CustomerID", "InvoiceNo", "StockCode", "PostalCode", "Phone", "zip", "Kunden-Nr.")
        ],
        *[
            (name, True)
            for name in ("Kundennummer", "Номер заказа", "Kode Barang", "master_id", "订单编号", "order", "№")
        ],
        *[(name, False) for name in ("orders", "Number of orders", "n_cds", "OrderDate", "Quantity", "UnitsOnOrder")],
        *[(name, False) for name in ("Order value", "Customer lifetime value", "revenue", "Reorder level", "lines")],
    ],
)
def test_identifiers_are_known_by_their_heading(heading, identifier):
    assert is_identifier(heading) is identifier


def test_every_role_says_what_it_is_for():
    assert list(ROLES)[:3] == ["customer", "date", "revenue"]
    assert all(role.label and role.help and role.synonyms for role in ROLES.values())
