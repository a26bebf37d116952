"""Which way equal values go, and what is counted, is said where the numbers are seen, in numbers that hold."""

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation import METHODS, Customers, Problem
from segmentation.analysis.remarks import handful, moved_from_usual, remarks
from segmentation.reading.read import read
from segmentation.segments.cuts import edges


def customers_of(revenue: list[float]) -> Customers:
    table = "customer,revenue\n" + "\n".join(f"{at:03},{value}" for at, value in enumerate(revenue))
    return Customers.build(read(table.encode(), name="customers.csv"))


def said(name: str, customers: Customers, **thresholds) -> list[str]:
    method = METHODS[name]
    values = method.complete(thresholds)
    return remarks(method, values, method(customers, **values))


def numbers(sentence: str) -> list[int]:
    return [int(number.replace(",", "")) for number in re.findall(r"(?<![\d.])\d[\d,]*(?![\d%])", sentence)]


@given(st.lists(st.integers(1, 4), min_size=2, max_size=30), st.sampled_from([0.2, 0.35, 0.5, 0.7]))
def test_an_abc_line_among_equals_says_how_many_stand_on_either_side(amounts, a):
    customers = customers_of(amounts)
    labels = METHODS["abc_classes"].segment(customers, a=a, b=0.95)
    held = pd.DataFrame({"label": labels, "revenue": customers.frame["revenue"]})
    upper = held["label"].astype(str) == "A"
    torn = sorted(set(held["revenue"][upper]) & set(held["revenue"][~upper]))
    told = [one for one in said("abc_classes", customers, a=a, b=0.95) if f"line at {a:.0%}" in one]
    assert len(told) == len(torn)
    for value, sentence in zip(torn, told, strict=True):
        same = held["revenue"] == value
        assert numbers(sentence)[-4:] == [same.sum(), value, (same & upper).sum(), (same & ~upper).sum()]


def test_nothing_is_said_where_no_line_stands_among_equals_and_nobody_on_one():
    assert said("abc_classes", customers_of([100, 50, 20, 5])) == []
    assert said("volume_bands", customers_of([3, 30, 300, 3000]), edges=[10, 100, 1000]) == []


def test_who_is_exactly_on_a_line_counts_with_the_larger_values_and_a_span_of_time_with_the_smaller():
    customers = customers_of([10, 10, 9.99, 100])
    assert said("volume_bands", customers, edges=[10, 50]) == [
        "2 customers are exactly on the line at 10, counted with the larger values."
    ]
    labels = METHODS["volume_bands"].segment(customers, edges=[10, 50])
    assert labels["000"] == labels["001"] != labels["002"]


def test_a_span_of_time_that_ends_on_a_line_counts_with_the_shorter_ones():
    days = "customer,recency_days,orders,revenue\na,90,1,5\nb,90,1,5\nc,91,1,5\n"
    customers = Customers.build(read(days.encode(), name="days.csv"))
    spans = edges(customers, "recency_days", (90,), ["Lately", "Long ago"], best="low", closed="right")
    (sentence,) = remarks(METHODS["lifecycle"], {}, spans)
    assert sentence == "2 customers are exactly on the line at 90, counted with the smaller values."
    assert spans.labels().to_dict() == {"a": "Lately", "b": "Lately", "c": "Long ago"}


SALES = """customer,date,amount,city
ann,2024-01-01,10,Graz
ann,2024-02-01,20,Cork
bob,2024-01-05,40,Graz
bob,2024-01-09,5,Graz
cid,2024-01-07,8,Cork
"""


def test_an_attribute_that_changed_says_whose_it_is_and_offers_the_sales_by_it():
    customers = Customers.build(read(SALES.encode(), name="sales.csv"))
    (sentence,) = said("attribute", customers, column="city")
    assert sentence.startswith("1 customer has sales with more than one city") and "last purchase" in sentence
    (look,) = METHODS["attribute"].looks.values()
    found = look(METHODS["attribute"], customers, METHODS["attribute"].complete({"column": "city"}))
    assert found.to_dict("index") == {"Graz": {"lines": 3, "revenue": 55}, "Cork": {"lines": 2, "revenue": 28}}
    segments = METHODS["attribute"].segment(customers, column="city")
    assert segments.to_dict() == {"ann": "Cork", "bob": "Graz", "cid": "Cork"}, "the segments count customers"


def test_an_attribute_that_never_changed_needs_no_remark_and_a_customer_table_has_no_sales_to_show():
    steady = SALES.replace("20,Cork", "20,Graz")
    assert said("attribute", Customers.build(read(steady.encode(), name="sales.csv")), column="city") == []
    table = "customer,revenue,city\na,5,Graz\nb,7,Cork\n"
    customers = Customers.build(read(table.encode(), name="customers.csv"))
    assert said("attribute", customers, column="city") == []
    (look,) = METHODS["attribute"].looks.values()
    with pytest.raises(Problem, match="city"):
        look(METHODS["attribute"], customers, METHODS["attribute"].complete({"column": "city"}))


def test_a_purchase_of_the_motive_is_said_to_be_a_line():
    lines = "customer,date,order,amount,discount\n" + "".join(
        f"c{at // 3 % 4},2024-01-0{1 + at // 3},{at // 3},{10 + at},{at % 2}\n" for at in range(27)
    )
    customers = Customers.build(read(lines.encode(), name="lines.csv"))
    assert any("a line of the file" in one and "27 lines" in one for one in said("motive", customers))


def test_of_a_handful_of_customers_it_is_said_what_more_would_show():
    assert handful(1).startswith("There is one customer: ") and handful(5).startswith("There are only 5 customers: ")
    assert handful(6) == ""


def test_a_text_that_names_usual_thresholds_says_where_they_stand_here():
    assert all(moved_from_usual(method, method.defaults) == "" for method in METHODS.values())
    method = METHODS["abc_classes"]
    assert moved_from_usual(method, method.complete({"a": 0.6})) == (
        "This text names the usual thresholds. Set here: “A ends at this share of the total” 60% (usually 80%)."
    )
    moved = moved_from_usual(METHODS["lifecycle"], METHODS["lifecycle"].complete({"step": 1}))
    assert "1 month (usually 3 months)" in moved


@pytest.mark.parametrize("name", METHODS)
def test_every_threshold_that_counts_and_is_another_is_named(name):
    """Whatever is moved a step is told, with what it is called; what does not count under the choices is not."""
    method = METHODS[name]
    for which, control in method.controls.items():
        if hasattr(control, "step"):
            usual = method.defaults[which]
            there = round(usual + control.step if usual + control.step <= control.high else usual - control.step, 9)
            try:
                values = method.complete({which: there})
            except Problem:
                continue
            assert f"“{control.label}” " in moved_from_usual(method, values)


@pytest.mark.parametrize("name", METHODS)
def test_groups_a_question_asks_about_do_not_overlap(name):
    asked = [segment for group in METHODS[name].asks for segment in group]
    assert len(asked) == len(set(asked)), "the same customers would be told twice in one headline"
