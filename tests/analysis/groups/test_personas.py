"""A persona is a customer there is, the most typical of its segment, and what is read aloud of it is true of the file."""

import datetime as dt

import numpy as np
import pytest

from segmentation import METHODS, Customers
from segmentation.analysis.groups.personas import compared, personas, portrait, typical
from segmentation.analysis.groups.reach import reach
from segmentation.segments.groups import comparable
from tests.small import customers, table


@pytest.fixture(scope="module")
def shop() -> Customers:
    """Ten large customers who buy tools every month, twenty small ones who bought oil twice."""
    rows = []
    for number in range(30):
        large = number < 10
        town, most, least = ("North", "tools", "oil") if large else ("South", "oil", "tools")
        amount = (1000.0 if large else 50.0) + number
        rows += [(f"{number:02}", dt.date(2026, m, 3), most, amount, town) for m in (range(1, 11) if large else (2, 5))]
        rows.append((f"{number:02}", dt.date(2026, 5, 3), least, 10.0, town))
    customer, date, category, revenue, region = map(list, zip(*rows, strict=True))
    sold = table(customer=customer, date=date, category=category, revenue=revenue, region=region, ship_region=region)
    return Customers.build(sold)


def test_the_typical_customer_is_the_one_least_far_from_all_others_of_the_segment() -> None:
    rng = np.random.default_rng(2)
    people = customers(
        [f"{at:03}" for at in range(90)], revenue=rng.lognormal(5, 1, 90).round(2), orders=rng.integers(1, 30, 90) * 1.0
    )
    made = METHODS["kmeans"](people, k=3)
    rows = typical(made, ("revenue", "orders"))
    points = np.column_stack([comparable(people.values(name)) for name in ("revenue", "orders")])
    for code, row in rows.items():
        inside = np.flatnonzero(made.codes == code)
        apart = ((points[inside][:, None] - points[inside][None]) ** 2).sum(axis=2).sum(axis=1)
        assert row == inside[apart.argmin()]


def test_a_persona_is_told_in_words_that_hold(shop: Customers) -> None:
    made = METHODS["volume_bands"](shop, edges=(500.0, 5000.0))
    large, small = personas(made, "€")
    assert (large.segment, small.segment) == ("Wholesale", "Retail")
    assert small.size.startswith("20 customers, 67% of all. Together they bring €2.98k of revenue: 3% of all")
    assert large.portrait.startswith(
        "This customer has ordered 11 times, for €10.0k in all (€914 an order), most recently"
    )
    assert len(large.bought) == 10 and len(small.bought) == 2  # two lines stand on one day
    assert large.favourites == ("tools (>99% of what they spend)",)
    assert "oil" in small.favourites[0] and "times the usual share" in small.favourites[0]
    assert any(
        line.startswith("region: “South” for 100% of them, against 67% of all customers") for line in small.apart
    )
    assert sum("“South”" in line for line in small.apart) == 1, "ship_region says the same"
    assert large.customers + small.customers == len(shop)


def test_how_to_reach_them_is_told_with_what_the_file_lacks_for_it() -> None:
    monday, june = dt.date(2026, 1, 5), dt.date(2026, 6, 6)  # a Monday, and a Saturday
    rows = [(f"{at:02}", monday + dt.timedelta(7 * week), 900.0) for at in range(10) for week in range(20)]
    rows += [(f"{at:02}", june + dt.timedelta(7 * week), 5.0) for at in range(10, 20) for week in range(3)]
    rows += [("00", dt.date(2025, 1, 6), 900.0), ("00", dt.date(2026, 7, 6), 900.0)]
    ids, days, amounts = map(list, zip(*rows, strict=True))
    mail = [f"a{one}@shop.example" if int(one) < 10 or int(one) == 11 else None for one in ids]
    towns = ["Ulm" if int(one) < 12 else "Bonn" for one in ids]
    people = Customers.build(table(customer=ids, date=days, revenue=amounts, email=mail, city=towns))
    large, small = reach(METHODS["volume_bands"](people, edges=(100.0, 500.0)))[::2]
    assert large[0] == "E-mail is known for all of them. No telephone is in the file."
    assert small[0].startswith("E-mail is known for 10% of them.")
    assert large[1] == "Most often city “Ulm” (100%)." and small[1] == "Most often city “Bonn” (80%)."
    assert "on Mondays (100% of their days of purchase)" in large[2]
    assert small[2] == (
        "They buy most on Saturdays (100% of their days of purchase) and in June (100% of their days of purchase)."
    )
    hidden = reach(METHODS["volume_bands"](people, edges=(100.0, 500.0)), {"email", "city", "date"})[0]
    assert (
        hidden[0].startswith("Neither e-mail nor telephone")
        and "Ulm" not in repr(hidden)
        and "Monday" not in repr(hidden)
    )


def test_what_is_masked_is_not_told(shop: Customers) -> None:
    made = METHODS["volume_bands"](shop, edges=(500.0, 5000.0))
    told = repr(personas(made, without={"region", "ship_region", "category", "orders"}))
    assert "South" not in told and "oil" not in told and "ordered" not in told


def test_personas_are_the_groups_of_k_means(shop: Customers) -> None:
    one, two = METHODS["personas"](shop, k=3), METHODS["kmeans"](shop, k=3)
    assert one.labels().equals(two.labels())


def test_of_customers_without_numbers_the_first_stands_for_the_others_and_little_is_said() -> None:
    people = customers(region=["North"] * 3 + ["South"])
    made = METHODS["attribute"](people, column="region")
    assert compared(made) == () and typical(made, ()) == {0: 0, 1: 3}
    assert portrait(people, 0) == "Nothing more is known of this customer."
    assert personas(made)[1].size == "1 customer, 25% of all."


def test_who_costs_more_than_it_brings_and_who_bought_once_are_said_so() -> None:
    people = customers(
        revenue=[9.0, 8.0, 30.0], profit=[-5.0, -4.0, 20.0], orders=[1.0, 2.0, 9.0], recency_days=[0.0, 1.0, 400.0]
    )
    *_, last = personas(METHODS["volume_bands"](people, edges=(10.0, 20.0)), "€")
    assert last.size == "2 customers, 67% of all. Together they cost us €9: €4.5 each."
    assert portrait(people, 0) == "This customer has ordered once, for 9, on the last day of the file."
    assert portrait(people, 1) == "This customer has ordered twice, for 8 in all, most recently 1 day ago."


def test_of_hundreds_of_products_those_bought_most_are_favourites_though_none_is_much() -> None:
    rows = [(f"{at:02}", f"part {one:03}", 100.0 if one > 0 else 300.0) for at in range(10) for one in range(100)]
    customer, product, revenue = map(list, zip(*rows, strict=True))
    shop = Customers.build(table(customer=customer, product=product, revenue=revenue))
    (one,) = personas(METHODS["volume_bands"](shop, edges=(500.0, 50000.0)))
    assert one.favourites == ("part 000 (3% of what they spend)",)
