"""RFM: scores by own edges or by fifths, and a name for every cell."""

from collections import Counter
from itertools import product

import numpy as np
import pytest

from segmentation import METHODS, Problem
from segmentation.methods.rfm import ELEVEN, fifth, name_of
from tests.small import customers, groups

rfm = METHODS["rfm"]
CELLS = ["".join(cell) for cell in product("12345", repeat=3)]


def scored(days, orders, revenue, **thresholds):
    people = customers(recency_days=days, orders=orders, revenue=revenue)
    return rfm(people, **thresholds).detail


def test_each_of_the_125_cells_has_exactly_one_of_the_eleven_names():
    named = Counter(cell for cells in ELEVEN.values() for cell in cells.split())
    assert len(ELEVEN) == 11
    assert named == dict.fromkeys(CELLS, 1)
    assert all(cell in ELEVEN[name_of("eleven", *(int(digit) for digit in cell))].split() for cell in CELLS)


def test_ordered_rules_take_the_first_that_fits_and_leave_ten_cells_to_others():
    assert name_of("ordered", 5, 5, 5) == "Champions"
    assert name_of("ordered", 4, 4, 4) == "Potential Loyalist"  # Loyal Customers would fit too
    assert sum(name_of("ordered", *(int(digit) for digit in cell)) == "Others" for cell in CELLS) == 10


def test_the_classic_edges_give_the_classic_bands_and_an_edge_belongs_to_the_band_above():
    detail = scored([30, 31, 60, 61, 90, 91], [15, 14, 10, 9, 5, 4], [1000, 999, 600, 599, 200, 199], by="edges")
    assert detail["r"].tolist() == [4, 3, 3, 2, 2, 1]
    assert detail["f"].tolist() == [4, 3, 3, 2, 2, 1]
    assert detail["m"].tolist() == [4, 3, 3, 2, 2, 1]


def test_own_edges_are_meant_when_they_are_given():
    given = {"recency": "7,30,90,365", "frequency": (2, 3, 5, 9), "money": [10, 20, 30, 40]}
    assert scored([6, 400], [9, 1], [40, 9], **given).to_numpy().tolist() == [[5, 5, 5], [1, 1, 1]]


def test_fewer_bands_than_five_are_spread_over_the_names():
    assert [fifth(code, 2) for code in range(2)] == [5, 1]
    assert [fifth(code, 3) for code in range(3)] == [5, 3, 1]
    assert [fifth(code, 4) for code in range(4)] == [5, 4, 2, 1]
    assert [fifth(code, 5) for code in range(5)] == [5, 4, 3, 2, 1]
    people = customers(recency_days=[1, 99], orders=[20, 1], revenue=[2000, 1])
    assert groups(rfm.segment(people, by="edges")) == {"Champions": "A", "Lost": "B"}


def test_fifths_of_ten_different_customers_hold_two_each():
    detail = scored(np.arange(10), np.arange(10), np.arange(10) * 7.5)
    assert detail["r"].tolist() == [5, 5, 4, 4, 3, 3, 2, 2, 1, 1]
    assert detail["f"].tolist() == detail["m"].tolist() == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


def test_equal_values_share_a_score():
    detail = scored([5] * 7 + [9, 9, 1], [1] * 7 + [2, 3, 4], [10.0] * 10)
    assert detail["f"].tolist() == [1] * 7 + [4, 5, 5]
    assert detail["m"].nunique() == 1
    assert detail.groupby([5] * 7 + [9, 9, 1])["r"].nunique().eq(1).all()


def test_a_customer_with_one_input_missing_is_unknown_and_keeps_its_other_scores():
    people = customers(recency_days=[1, np.nan], orders=[20, 20], revenue=[2000, 2000])
    result = rfm(people, by="edges")
    assert groups(result.labels()) == {"Champions": "A", "Unknown": "B"}
    assert result.detail.loc["B"].isna().tolist() == [True, False, False]
    assert result.detail.loc["B", ["f", "m"]].tolist() == [4, 4]


def test_returns_can_have_an_edge_below_zero():
    assert scored([1, 1], [1, 1], [-50.0, 0.0], money=(-10,))["m"].tolist() == [1, 2]


@pytest.mark.parametrize("name", ["recency", "frequency"])
def test_days_and_orders_cannot_be_cut_below_zero(name):
    with pytest.raises(Problem, match=f"{name} has a cut at -5"):
        scored([1], [1], [1], **{name: (-5, 3)})


def test_a_cell_painted_with_another_name_changes_that_cell_alone():
    people = customers(recency_days=[1, 99], orders=[20, 1], revenue=[2000, 1])
    labels = rfm.segment(people, by="edges", table={"555": "Our darlings"})
    assert groups(labels) == {"Our darlings": "A", "Lost": "B"}
    assert groups(rfm.segment(people, by="edges", table='{"555": "Lost"}')) == {"Lost": "AB"}
    assert rfm.segment(people, by="edges", table={}).equals(rfm.segment(people, by="edges"))


@pytest.mark.parametrize("wrong", [{"556": "A"}, {"555": ""}, {"555": "Unknown"}, "{", ["555"]])
def test_a_cell_that_is_none_or_a_name_that_is_none_is_refused(wrong):
    with pytest.raises(Problem, match="table"):
        scored([1], [1], [1], table=wrong)


def test_fifths_are_those_of_the_customers_who_can_be_scored():
    whole = scored(np.arange(10), np.arange(10), np.arange(10) * 7.5)
    lacking = [*np.arange(10.0), *[np.nan] * 30]
    detail = scored(lacking, [*np.arange(10), *np.arange(90, 120)], [*np.arange(10) * 7.5, *np.arange(30)])
    assert detail.iloc[:10].to_numpy().tolist() == whole.to_numpy().tolist()
    assert detail["f"].iloc[10:].tolist() == [5] * 30


@pytest.mark.parametrize("scores", [3, 4, 5])
def test_so_many_scores_part_the_customers_equally_and_are_spread_over_the_names(scores):
    people = customers(recency_days=np.arange(60.0), orders=np.arange(60.0), revenue=np.arange(60.0))
    result = rfm(people, scores=scores)
    assert result.detail["f"].value_counts().to_dict() == dict.fromkeys(range(1, scores + 1), 60 // scores)
    assert rfm(people, scores=scores).labels().equals(rfm(people, scores=scores, by="scores").labels())
    with pytest.raises(Problem):
        rfm(people, scores=6)


@pytest.mark.parametrize("scores", [3, 5])
def test_nested_shares_are_those_of_customers_who_score_alike_before(scores):
    lot = np.random.default_rng(4)
    orders = lot.geometric(0.2, 700).astype(float)
    people = customers(
        recency_days=lot.integers(0, 400, 700).astype(float),
        orders=orders,
        revenue=np.where(lot.random(700) < 0.05, np.nan, (orders * lot.lognormal(4, 0.3, 700)).round(1)),
    )
    found = rfm(people, scores=scores, bins="nested").detail
    known = found.dropna()
    independent = rfm(people, scores=scores).detail
    assert known["r"].equals(independent["r"][known.index]) and len(known) == people.known("revenue")
    frame, shares = people.frame, np.arange(1, scores) / scores
    for column, letter, before in (("orders", "f", ["r"]), ("revenue", "m", ["r", "f"])):
        for _, alike in known.groupby(before):
            values = frame.loc[alike.index, column]
            expected = sum((values > values.quantile(share)).astype(int) for share in shares) + 1
            assert alike[letter].tolist() == expected.tolist()
    cells = known.groupby(["r", "f", "m"]).size()
    assert cells.std() < independent.dropna().groupby(["r", "f", "m"]).size().std(), "cells are more alike in size"


def test_painting_a_cell_names_it_and_its_usual_name_takes_the_paint_off():
    table = rfm.controls["table"]
    values = rfm.complete({"table": {"111": "Mine"}})
    assert table.painted("table", values, ["555", "554"], " Loyal ") == {"555": "Loyal", "554": "Loyal", "111": "Mine"}
    assert table.painted("table", values, ["111", "555"], "Lost") == {"555": "Lost"}
    assert table.painted("table", {**values, "segments": "ordered"}, ["111"], "Lost") == {}


def test_bands_are_named_by_the_cell_they_are_spread_to():
    cell = rfm.controls["table"].cell
    assert (
        cell((0, 0, 0), (5, 4, 3)) == "555"
        and cell((4, 3, 2), (5, 4, 3)) == "111"
        and cell((2, 1, 1), (5, 4, 3)) == "343"
    )
