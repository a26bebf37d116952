"""The profit and loss of segments; that it adds up to the base for every method is a law (`tests/test_laws.py`)."""

import numpy as np
import pandas as pd
import pytest

from segmentation import METHODS, Customers
from segmentation.analysis.action import pnl
from segmentation.analysis.action.wall import telling
from tests.small import customers

SIX = customers(
    revenue=[100.0, 80.0, 10.0, 5.0, 4.0, 1.0],
    profit=[30.0, 20.0, -2.0, -1.0, 0.0, np.nan],
    cost_to_serve=[10.0, 10.0, 4.0, 3.0, 2.0, 0.5],
    orders=[10, 8, 1, 1, 2, 1],
    average_order=[10.0, 10.0, 10.0, 5.0, 2.0, 1.0],
    revenue_before=[50.0, 40.0, 10.0, 0.0, 2.0, 0.0],
    revenue_recent=[50.0, 40.0, 0.0, 5.0, 2.0, 1.0],
)


def test_the_row_of_all_says_what_the_base_is() -> None:
    made = METHODS["abc_classes"](SIX)
    rows = pnl.in_rows(made, pnl.profit_and_loss(made)).set_index("segment")
    everybody = rows.loc[pnl.EVERYBODY]
    assert everybody["profit"] == 47 and everybody["revenue"] == 200 and everybody["customers"] == 6
    assert everybody["without"] == 0.5  # of the one whose profit is not known
    assert everybody["margin"] == pytest.approx(47 / 199)
    assert everybody["profit_each"] == pytest.approx(47 / 5), "unknown is not zero"
    assert rows["share_of_profit"].drop(pnl.EVERYBODY).sum() == pytest.approx(1)


def test_the_sentence_names_what_costs_more_than_it_brings() -> None:
    by_profit = METHODS["abc_classes"](SIX, value="profit", a=0.5, b=0.9)
    said = pnl.told(pnl.profit_and_loss(by_profit), "profit", "€")
    assert said.startswith("Most comes from **A**: €30 of profit, **64% of all**, €30 per customer.")
    assert "Customers in **C** cost more than they bring: −€3 from 3 customers." in said
    in_one = METHODS["volume_bands"](SIX, edges=(1000.0, 2000.0))
    said = pnl.told(pnl.profit_and_loss(in_one), "profit", "€")
    assert "**2 customers cost more than they bring**, −€3 in all: 2 in " in said


def test_where_nobody_brings_anything_none_is_said_to_bring_the_most() -> None:
    losses = METHODS["abc_classes"](customers(revenue=[3.0, 2, 1], profit=[-5.0, -4, -3]))
    said = pnl.told(pnl.profit_and_loss(losses), "profit")
    assert said.startswith("**No segment brings any profit.**") and "cost more than they bring: −12" in said
    nothing = METHODS["abc_classes"](customers(revenue=[0.0, 0, 0]))
    assert pnl.told(pnl.profit_and_loss(nothing), "revenue") == "**No segment brings any revenue.**"


def test_without_a_cost_it_is_said_what_is_needed_and_revenue_stands_in() -> None:
    bare = Customers(SIX.frame[["revenue"]])
    table = pnl.profit_and_loss(METHODS["abc_classes"](bare))
    assert "profit" not in table and "cost" not in table and table["revenue"].sum() == 200
    assert len(pnl.lacking(bare)) == 2 and all(said.endswith(".") for said in pnl.lacking(bare))
    assert pnl.lacking(SIX) == []
    assert "of revenue" in pnl.told(table, "revenue")


def test_who_stayed_is_measured_among_those_who_were_there() -> None:
    made = METHODS["abc_classes"](SIX, a=0.5, b=0.9)
    found = pnl.rhythm(made).set_index("segment")
    assert found.loc["A", "stayed"] == 1 and found.loc["C", "stayed"] == pytest.approx(0.5)
    assert np.isnan(pnl.stayed(METHODS["abc_classes"](Customers(SIX.frame[["revenue"]])))).all()


def test_the_order_of_the_rows_changes_nothing() -> None:
    mixed = Customers(SIX.frame.iloc[[3, 1, 5, 0, 2, 4]].sort_index())
    one, other = (pnl.profit_and_loss(METHODS["abc_classes"](people)) for people in (SIX, mixed))
    pd.testing.assert_frame_equal(one, other)


def test_of_many_small_products_one_that_is_bought_many_times_as_much_stands_out() -> None:
    rows = pd.DataFrame({"word": ["tea", "cups"], "share": [0.008, 0.02], "base": [0.002, 0.019]})
    what, said = telling(rows.assign(lift=rows["share"] / rows["base"]))
    assert (what, said) == ("tea", "stands out: 0.8% of its revenue against 0.2% of everybody’s, 4 × the usual.")
    alike = rows.assign(share=[0.0025, 0.02])
    assert telling(alike.assign(lift=alike["share"] / alike["base"]))[0] == ""


def test_a_profit_above_the_revenue_makes_no_margin_but_is_said():
    people = customers(revenue=[10.0, 20, 30], profit=[600.0, 500, 1])
    table = pnl.profit_and_loss(METHODS["abc_classes"](people))
    assert table["margin"].isna().all() and any("Profit is more than revenue" in one for one in pnl.lacking(people))
    fine = customers(revenue=[10.0, 20, 30], profit=[10.0, 20, 30])
    assert pnl.profit_and_loss(METHODS["abc_classes"](fine))["margin"].dropna().eq(1).all()
    assert not any("Profit is more" in one for one in pnl.lacking(fine))
