"""Known exports: each is recognised by its headings and read right at once, unless its values say otherwise."""

from collections import Counter

import pytest

from segmentation import Customers, Problem, read
from segmentation.__main__ import main
from segmentation.columns.match import match, named_export, roles
from segmentation.customers.left_out import left_out
from segmentation.exports import EXPORTS
from tests.exports import programs
from tests.exports.made import sales, written

CUSTOMER = {  # export → what a buyer is called in it; an e-mail address where nothing is said
    "amazon_orders": lambda sale: f"x{sale.buyer}@marketplace.example",
    "bitrix24_deals": lambda sale: f"ООО {sale.name}",
    "datev": lambda sale: str(10000 + sale.buyer),
    "ebay": lambda sale: f"{sale.name.split()[1].lower()}_77",
    "etsy_items": lambda sale: sale.name.lower().replace(" ", ""),
    "etsy_orders": lambda sale: f"user{sale.buyer}",
    "hubspot_deals": lambda sale: str(700000 + sale.buyer),
    "one_c": lambda sale: f"ООО {sale.name}",
    "pipedrive_deals": lambda sale: f"{sale.name} Ltd",
    "salesforce_opportunities": lambda sale: f"{sale.name} Ltd",
    "sap_items": lambda sale: str(100000 + sale.buyer),
    "shopee": lambda sale: f"{sale.name.split()[0].lower()}.{sale.buyer}",
    "square_items": lambda sale: f"SQ{sale.buyer}",
    "square_transactions": lambda sale: f"SQ{sale.buyer}",
    "stripe_payments": lambda sale: f"cus_{sale.buyer}",
}
BY_NAME = (
    "odoo_invoices",
    "odoo_sales",
    "quickbooks_customers",
    "quickbooks_list",
    "tokopedia",
    "woocommerce_analytics",
    "xero_invoices",
)
CUSTOMER |= dict.fromkeys(BY_NAME, lambda sale: sale.name)
LISTS = ("klaviyo", "mailchimp", "shopify_customers", "woocommerce_customers")
NOBODY = ("ozon", "wildberries")  # they do not say who bought
SELLING = [name for name in EXPORTS if name not in (*LISTS, *NOBODY)]
OTHERWISE = {  # export → the states of sales that count, and the number of rows left out
    "amazon_orders": ("sold back", 2),
    "bitrix24_deals": ("sold", 5),
    "datev": ("sold gone", 0),
    "ebay": ("sold gone back", 0),
    "etsy_items": ("sold gone back", 0),
    "etsy_orders": ("sold gone back", 0),
    "one_c": ("sold gone back", 0),
    "odoo_invoices": ("sold", 2),
    "paypal": ("sold", 2),
    "quickbooks_customers": ("sold gone", 8),  # names above groups, and the line below the report
    "quickbooks_list": ("sold gone", 2),
    "sap_items": ("sold gone", 2),
    "shopee": ("sold back", 2),
    "square_items": ("sold gone", 0),
    "square_transactions": ("sold gone", 0),
    "tokopedia": ("sold back", 2),
    "xero_invoices": ("sold back", 2),
}

PAID_BACK = ("datev", "odoo_invoices", "paypal", "quickbooks_customers", "quickbooks_list", "sap_items")
PAID_BACK += ("square_items", "square_transactions")  # a purchase, and a row that takes its money off


def table(name, delimiter=","):
    if name == "quickbooks_customers":
        return read(programs.quickbooks_customers(sales()), name="report.csv")
    rows = [row for sale in sales() for row in getattr(programs, name)(sale)]
    assert 20 <= len(rows) <= 60
    return read(written(rows, delimiter), name=f"{name}.csv")


def wanted(name):
    """Customer → revenue of the sales that count."""
    called, states = CUSTOMER.get(name, lambda sale: sale.mail), OTHERWISE.get(name, ("sold", 0))[0].split()
    money = Counter()
    for sale in sales():
        money[called(sale)] += sale.total if sale.state in states else 0
    return {one: pytest.approx(sum_ * (1000 if name == "shopee" else 1)) for one, sum_ in money.items()}  # rupiah


@pytest.mark.parametrize("name", SELLING)
def test_customers_and_their_revenue_are_right_at_once(name):
    assert Customers.build(table(name)).frame["revenue"].to_dict() == wanted(name)


@pytest.mark.parametrize("name", [name for name in SELLING if name != "one_c"])  # it numbers none
def test_so_is_how_often_they_bought(name):
    states = OTHERWISE.get(name, ("sold", 0))[0] + (" back" if name in PAID_BACK else "")
    assert Customers.build(table(name)).frame["orders"].sum() == sum(sale.state in states for sale in sales())


@pytest.mark.parametrize("name", SELLING)
def test_what_is_no_sale_is_left_out_and_counted(name):
    gone = sum(Customers.build(table(name)).left_out.values())
    known = OTHERWISE.get(name)
    assert gone == (known[1] if known else _rows_not_sold(getattr(programs, name)))


def _rows_not_sold(rows_of):
    return sum(len([*rows_of(sale)]) for sale in sales() if sale.state != "sold")


@pytest.mark.parametrize("name", SELLING)
def test_it_is_said_by_name_and_surely(name):
    export, read_in = EXPORTS[name], table(name)
    assert named_export(read_in) == f"This is {export.title}."
    [customer] = [one for one in match(read_in) if one.role == "customer"]
    assert customer.sure
    if "customer" in export.roles:
        assert customer.why == f"This is {export.title}: “{customer.heading}” is the customer."


@pytest.mark.parametrize("name", NOBODY)
def test_who_bought_is_nowhere_and_that_is_said(name):
    read_in = table(name)
    assert named_export(read_in) == f"This is {EXPORTS[name].title}, which does not say who bought."
    with pytest.raises(Problem, match="no customer"):
        Customers.build(read_in)


@pytest.mark.parametrize("name", NOBODY)
def test_what_was_sold_is_right_nevertheless(name):
    product = roles(table(name))["product"]
    money = Counter()
    for sale in (sale for sale in sales() if sale.state == "sold" or (name == "ozon" and sale.state == "back")):
        for good, units, price in sale.lines:
            money[good] += units * price
    people = Customers.build(table(name), {"customer": product, "product": ""})
    assert people.frame["revenue"].sum() == pytest.approx(sum(money.values()))


def people():
    """Name → (e-mail, revenue, orders) of the customers of whom a program gives a list."""
    found = {}
    for sale in sales():
        _, money, orders = found.get(sale.name, (sale.mail, 0.0, 0))
        found[sale.name] = (sale.mail, round(money + sale.total, 2), orders + 1)
    more = {f"{chr(72 + n)}ans Peer": (f"h{n}@example.org", 10.5 + n, 1 + n % 3) for n in range(15)}
    return found | more


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_customers_has_each_once_under_the_e_mail_address(name):
    read_in = read(written([getattr(programs, name)(who, *rest) for who, rest in people().items()]), name="list.csv")
    assert named_export(read_in) == f"This is {EXPORTS[name].title}."
    frame = Customers.build(read_in).frame
    assert {*frame.index} == {mail for mail, *_ in people().values()}
    if name != "mailchimp":  # it knows of no orders
        assert frame["revenue"].to_dict() == {mail: money for mail, money, _ in people().values()}
        assert frame["orders"].to_dict() == {mail: orders for mail, _, orders in people().values()}


def test_the_shell_says_it_in_one_sentence(tmp_path, capsys):
    file = tmp_path / "orders.csv"
    file.write_bytes(written([row for sale in sales() for row in programs.shopify_orders(sale)]))
    assert main(["read", str(file)]) == 0
    assert "This is a Shopify order export." in capsys.readouterr().out.splitlines()


def test_what_somebody_chose_goes_first():
    assert roles(table("shopify_orders"), {"customer": "Billing Name"})["customer"] == "Billing Name"


def test_values_that_say_otherwise_go_first():
    rows = [row | {"Email": ""} for sale in sales() for row in programs.shopify_orders(sale)]
    found = {one.role: one.heading for one in match(read(written(rows), name="orders.csv"))}
    assert found["customer"] == "Billing Name"


def test_amounts_that_differ_within_an_order_are_those_of_its_lines():
    rows = [row for sale in sales() for row in programs.ozon(sale)]
    rows = [row | {"Сумма отправления": 10 + place} for place, row in enumerate(rows)]
    people = Customers.build(read(written(rows), name="orders.csv"), {"customer": "Название товара", "product": ""})
    assert people.frame["revenue"].sum() == sum(
        row["Сумма отправления"] for row in rows if row["Статус"] == "Доставлен"
    )


def test_columns_in_another_order_and_spelling_are_known_too():
    rows = [row for sale in sales() for row in programs.square_items(sale)]
    rows = [{f" {heading.upper()}": row[heading] for heading in reversed(row)} for row in rows]
    assert named_export(read(written(rows), name="items.csv")) == "This is a Square items export."


def test_other_headings_are_no_known_export():
    assert named_export(read(b"Name,Email,Total\nA,a@example.org,3\nB,b@example.org,4\n", name="a.csv")) == ""


@pytest.mark.parametrize("name", EXPORTS)
def test_a_declaration_names_roles_there_are(name):
    export = EXPORTS[name]
    assert export.title.startswith(("a ", "an "))
    assert len(export.known_by) >= 4
    assert export.knows([one.split("|")[0] for one in export.known_by])


def test_left_out_lists_the_same_rows():
    assert len(left_out(table("shopify_orders"))) == 8


def test_what_was_bought_with_the_account_is_no_sale_and_no_return():
    rows = [row for sale in sales() for row in programs.paypal(sale)]
    rows.append(rows[0] | {"Type": "General Payment", "Gross": -99, "Net": -99, "Transaction ID": "X1"})
    people = Customers.build(read(written(rows), name="activity.csv"))
    assert people.frame["revenue"].to_dict() == wanted("paypal")
    assert people.left_out["other"] == 1
