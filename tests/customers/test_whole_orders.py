"""An order's total that stands on each of its lines is one amount, not several."""

import pytest

from segmentation import Customers, read
from segmentation.audit import audit
from segmentation.customers.whole_orders import looks

ORDERS = "customer,order,date,product,quantity,unit price,total\n" + "".join(
    f"c{i % 3},{i},2026-01-{i + 1:02},{item},{n},{price},{10 * (i + 1) + 2 * (i + 2)}\n"
    for i in range(6)
    for item, n, price in (("pen", i + 1, 10), ("ink", i + 2, 2))
)
TOTAL = sum(10 * (i + 1) + 2 * (i + 2) for i in range(6))


def table(text: str):
    return read(text.encode(), name="file.csv")


def test_a_total_that_the_lines_of_its_order_add_up_to_counts_once():
    people = Customers.build(table(ORDERS))
    assert people.total("revenue") == TOTAL and people.total("units") == sum(2 * i + 3 for i in range(6))
    assert f"“total” stands on every line of its order and counts once: {TOTAL} instead of {2 * TOTAL}." in people.notes
    assert Customers.build(table(ORDERS), amounts="line").total("revenue") == 2 * TOTAL


def test_where_nothing_proves_it_both_readings_are_shown_and_one_choice_takes_the_other():
    found = table(ORDERS.replace("unit price", "remark"))
    (one,) = [one for one in audit(found) if one.name == "order_amounts"]
    assert one.effect == f"Counted on each line the revenue is {2 * TOTAL}; as the amount of the whole order, {TOTAL}."
    assert [Customers.build(found, **choice.settings).total("revenue") for choice in one.choices] == [2 * TOTAL, TOTAL]
    assert Customers.build(found).total("revenue") == 2 * TOTAL


@pytest.mark.parametrize(
    "text",
    [
        "customer,order,date,product,total\nA,1,2026-01-01,x,5\nA,1,2026-01-01,y,7\nB,2,2026-01-02,x,5\nB,2,2026-01-02,y,5\n",
        "customer,order,date,total\n" + "".join(f"A,{i},2026-01-01,5\n" * 2 for i in range(5)),
        "customer,order,date,product,total\n" + "".join(f"A,{i},2026-01-01,x,{i}\n" for i in range(5)),
    ],
)
def test_amounts_of_lines_are_left_alone(text):
    assert not [one for one in audit(table(text)) if one.name == "order_amounts"]
    assert Customers.build(table(text)).total("revenue") == table(text).frame()["total"].sum()


def test_an_amount_is_its_line_s_where_no_line_is_part_of_an_order():
    alone = table("customer,date,total\nA,2026-01-01,5\nB,2026-01-02,6\n")
    assert looks(alone, {"customer": "customer", "date": "date", "revenue": "total"}) == "line"
    assert looks(table(ORDERS), {"order": "order", "revenue": "total"}) == "line", (
        "and nothing that tells its lines apart"
    )


@pytest.mark.parametrize(("orders", "seen"), [(2, "line"), (3, "asked")])
def test_without_prices_three_orders_of_equal_lines_are_asked_about_and_two_are_not(orders: int, seen: str) -> None:
    lines = "".join(f"A,{order},2026-01-01,{product},{10 + order}\n" for order in range(orders) for product in "xy")
    few = table(f"customer,order,date,product,amount\n{lines}")
    assert looks(few, {"order": "order", "revenue": "amount", "product": "product"}) == seen


def test_prices_that_add_up_to_the_amount_prove_it_with_two_orders() -> None:
    few = table("\n".join(ORDERS.splitlines()[:5]) + "\n")
    roles = {"order": "order", "revenue": "total", "product": "product", "units": "quantity", "price": "unit price"}
    assert looks(few, roles) == "order"
