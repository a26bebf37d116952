"""Known exports: each is recognised by its headings and read right at once, unless its values say otherwise."""

from collections import Counter

import pytest

from segmentation import Customers, read
from segmentation.columns.match import match, named_export, roles
from segmentation.exports import EXPORTS
from tests.exports import programs
from tests.exports.made import sales, written

CUSTOMER = {  # export → what a buyer is called in it
    "woocommerce_analytics": lambda sale: sale.name,
    "stripe_payments": lambda sale: f"cus_{sale.buyer}",
    "hubspot_deals": lambda sale: str(700000 + sale.buyer),
    "amazon_orders": lambda sale: f"x{sale.buyer}@marketplace.example",
}
BACK_COUNTS = {"amazon_orders"}  # exports that say nothing of returns
SELLING = [name for name in EXPORTS if hasattr(programs, name)]


def table(name, delimiter=","):
    rows = [row for sale in sales() for row in getattr(programs, name)(sale)]
    assert 20 <= len(rows) <= 60
    return read(written(rows, delimiter), name=f"{name}.csv")


def wanted(name):
    """Customer → revenue, and → orders, of the sales that count."""
    called = CUSTOMER.get(name, lambda sale: sale.mail)
    money, orders = Counter(), Counter()
    for sale in sales():
        if sale.state == "sold" or (sale.state == "back" and name in BACK_COUNTS):
            money[called(sale)] += sale.total
            orders[called(sale)] += 1
    return {one: round(sum_, 2) for one, sum_ in money.items()}, dict(orders)


@pytest.mark.parametrize("name", SELLING)
def test_an_export_reads_right_at_once(name):
    people = Customers.build(table(name)).frame
    money, orders = wanted(name)
    assert people["revenue"].round(2).to_dict() == money
    assert people["orders"].to_dict() == orders


@pytest.mark.parametrize("name", SELLING)
def test_what_is_no_sale_is_left_out_and_counted(name):
    read_in = table(name)
    gone = Customers.build(read_in).left_out
    states = {"gone"} if name in BACK_COUNTS else {"gone", "back"}
    rows = sum(len([*getattr(programs, name)(sale)]) for sale in sales() if sale.state in states)
    assert sum(gone.values()) == rows, gone


@pytest.mark.parametrize("name", SELLING)
def test_it_is_said_by_name_and_surely(name):
    export, read_in = EXPORTS[name], table(name)
    assert named_export(read_in) == f"This is {export.title}."
    [customer] = [one for one in match(read_in) if one.role == "customer"]
    assert customer.sure
    assert customer.why == f"This is {export.title}: “{customer.heading}” is the customer."


def test_what_somebody_chose_goes_first():
    assert roles(table("shopify_orders"), {"customer": "Billing Name"})["customer"] == "Billing Name"


def test_values_that_say_otherwise_go_first():
    rows = [row | {"Email": ""} for sale in sales() for row in programs.shopify_orders(sale)]
    found = {one.role: one.heading for one in match(read(written(rows), name="orders.csv"))}
    assert found["customer"] == "Billing Name"


def test_other_headings_are_no_known_export():
    assert named_export(read(b"Name,Email,Total\nA,a@example.org,3\nB,b@example.org,4\n", name="a.csv")) == ""


@pytest.mark.parametrize("name", EXPORTS)
def test_a_file_with_just_the_headings_that_identify_it_is_told_from_the_others(name):
    assert EXPORTS[name].knows([one.split("|")[0] for one in EXPORTS[name].known_by])
