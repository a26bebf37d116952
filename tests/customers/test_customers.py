"""Customers: one row each, orderings that never depend on chance, and sums that are exact."""

import datetime as dt
import pickle

import numpy as np
import pyarrow as pa
import pytest

from segmentation import METHODS, Customers, Problem, read
from segmentation.analysis.summary import summarise
from segmentation.customers.customers import whole
from segmentation.report.csv import csv
from segmentation.segments.plane import cut_lines
from tests.small import customers, table


def test_equal_values_are_ranked_by_customer_id_and_missing_ones_stand_last():
    people = customers(revenue=[5.0, np.nan, 7.0, 5.0, -1.0])
    ranked = people.ranked("revenue")
    assert people.frame.index[ranked.order].tolist() == ["C", "A", "D", "E", "B"]
    assert (ranked.positive, ranked.known) == (3, 4)


def test_thousands_of_ties_are_ranked_by_customer_id():
    revenue = np.random.default_rng(5).integers(1, 4, 5000).astype(float)
    people = customers([f"{i:04}" for i in range(5000)], revenue=revenue)
    assert people.ranked("revenue").order.tolist() == sorted(range(5000), key=lambda row: (-revenue[row], row))


def test_sums_of_cents_are_exact():
    people = customers(revenue=[0.1, 0.2, -0.3])
    assert people.total("revenue") == 0
    assert whole(np.array([0.1, 0.25, np.nan])) == (pytest.approx([10, 25, 0]), 100)


def test_a_table_of_customers_with_an_empty_date_column_still_knows_its_last_day():
    last = [dt.date(2025, 1, 1), dt.date(2025, 3, 1)]
    empty = pa.array([None, None], pa.date32())
    people = Customers.build(table(customer_id=["a", "b"], first_order=empty, last_order=last, revenue=[1.0, 2.0]))
    assert people.as_of == last[1]
    assert people.frame["recency_days"].tolist() == [59, 0]


def test_a_date_that_is_none_is_missing_among_dates_written_as_text():
    days = ["2025-01-01", "2025-03-01", "NULL"]
    people = Customers.build(table(customer_id=["a", "b", "c"], signed_up=days, revenue=[1.0, 2.0, 3.0]))
    assert people.as_of == dt.date(2025, 3, 1)
    np.testing.assert_array_equal(people.values("tenure_days"), [59, 0, np.nan])


@pytest.mark.parametrize("wrong", ["31.12.2025", "", 5, True, []])
def test_a_day_that_is_no_date_is_refused(wrong):
    sales = table(customer_id=["a"], date=[dt.date(2025, 1, 1)], revenue=[1.0])
    with pytest.raises(Problem, match="is no date: write it as 2026-06-30"):
        Customers.build(sales, as_of=wrong)


def test_a_customer_that_stands_twice_in_a_table_of_customers_is_named():
    with pytest.raises(Problem, match="“b” among them"):
        Customers.build(table(customer_id=["a", "b", "b"], orders=[1, 2, 3], revenue=[1.0, 2.0, 3.0]))


def file(text):
    return read(text.encode("utf-8"), name="x.csv")


@pytest.mark.parametrize("heading", ["profit", "potential", "last_order", "cost_to_serve"])
def test_words_under_a_metrics_heading_stay_words_and_block_nothing(heading):
    people = Customers.build(file(f"customer_id,{heading},revenue\na,high,2\nb,low,3\n"))
    assert people.frame[f"{heading} (column)"].tolist() == ["high", "low"]
    assert METHODS["abc_classes"].segment(people).tolist() == ["A", "A"]


def test_a_profit_the_user_said_is_none_is_not_used():
    people = Customers.build(file("customer_id,profit,revenue\na,1,2\nb,1,3\n"), {"profit": ""})
    assert people.money == "revenue" and "profit" not in people.frame


def test_a_column_of_words_chosen_as_money_is_refused_with_an_example():
    with pytest.raises(Problem, match=r"“kind” of x\.csv does not hold numbers \(it begins with “shop”\)"):
        Customers.build(file("customer_id,kind,orders\na,shop,2\nb,shop,3\n"), {"revenue": "kind"})


@pytest.mark.parametrize("heading", ["segment", "customer_id"])
def test_a_column_named_as_one_we_write_does_not_break_the_lists(heading):
    people = Customers.build(file(f"buyer,{heading},revenue\na,x,2\nb,y,3\n"), {"customer": "buyer"})
    assert csv(people.frame).decode().splitlines()[0].startswith(f"customer_id,{heading} (column),revenue")


def test_a_cost_without_revenue_makes_no_profit():
    people = Customers.build(file("customer_id,cost,orders\na,1,2\nb,2,3\n"))
    assert "profit" not in people.frame and not people.has_portfolio


def test_what_happened_after_the_as_of_day_is_unknown_not_in_the_future():
    people = Customers.build(
        file("customer_id,last_order,revenue\na,2024-06-01,2\nb,2024-01-01,3\n"), as_of="2024-03-01"
    )
    assert METHODS["lifecycle"].segment(people).tolist() == ["Unknown", "Active"]


def test_a_potential_with_gaps_is_averaged_over_those_it_is_known_of():
    people = Customers.build(file("customer_id,revenue,potential\na,50,7\nb,49,\nc,1,\n"))
    summary = summarise(METHODS["abc_classes"](people))
    assert summary["potential_each"].tolist()[0] == 7
    assert cut_lines(people, {})[1] == 7


def test_a_number_or_date_that_never_changes_on_a_customer_s_lines_describes_the_customer():
    day = dt.date(2026, 1, 1)
    people = Customers.build(
        table(
            customer=["A", "A", "B"],
            date=[day, day, day],
            revenue=[1.0, 2.0, 3.0],
            employees=[7.0, None, 9.0],
            weight=[1.0, 2.0, 3.0],
            founded=[dt.date(1990, 5, 1), dt.date(1990, 5, 1), None],
            growth=[5.0, 5.0, 5.0],
        ),
        {"date": "date"},
    )
    assert people.frame["employees"].tolist() == [7, 9]
    assert str(people.frame.loc["A", "founded"].date()) == "1990-05-01" and people.frame["founded"].isna()["B"]
    assert "weight" not in people.frame
    assert people.frame["growth (column)"].tolist() == [5, 5]


def test_what_the_sale_lines_can_tell_is_computed_when_asked_for():
    people = Customers.build(
        table(
            customer=["A", "A", "A", "B"],
            date=[dt.date(2026, 6, 30), dt.date(2026, 4, 1), dt.date(2026, 3, 31), dt.date(2026, 3, 31)],
            revenue=[0.1, 0.2, 5.0, 7.0],
        )
    )
    assert people.has("spend_last_quarter") and not people.has("discount_share")
    assert people.values("spend_last_quarter").tolist() == [0.3, 0]
    assert people.values("visits_last_quarter").tolist() == [2, 0]
    assert people.history.by_month(4).tolist() == [[0.1, 0], [0, 0], [0.2, 0], [5, 7]]
    assert "spend_last_quarter" not in people.frame


def test_customers_who_were_asked_what_their_sale_lines_can_tell_can_still_be_handed_to_another_process():
    people = Customers.build(table(customer=["A", "B"], date=[dt.date(2026, 6, 30)] * 2, revenue=[1.5, 2.0]))
    assert people.has("spend_last_quarter")
    assert pickle.loads(pickle.dumps(people)).values("spend_last_quarter").tolist() == [1.5, 2]


def test_what_is_made_of_other_columns_goes_along_and_what_is_made_of_the_changed_one_does_not():
    people = customers(revenue=[5.0, 7.0], profit=[1.0, 2.0])
    assert (people.total("revenue"), people.total("profit")) == (12, 3)
    people.derive("twice", lambda: 2 * people.values("profit"))
    changed = people.with_column("profit", np.array([10.0, 20.0]))
    assert changed.values("revenue") is people.values("revenue")
    assert (changed.total("revenue"), changed.total("profit"), people.total("profit")) == (12, 30, 3)
    with pytest.raises(Problem, match="twice"):
        changed.values("twice")
