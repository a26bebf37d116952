"""What customers can be compared by is proposed, and what speaks against a column is said before it does harm."""

import numpy as np
import pytest

from segmentation.analysis.groups.bases import attributes, behaviour, proposed, shapes, together, warnings
from tests.small import customers

RNG = np.random.default_rng(8)
SIZE = 200


@pytest.fixture(scope="module")
def shop():
    revenue = RNG.lognormal(5, 1, SIZE)
    return customers(
        [f"{at:03}" for at in range(SIZE)],
        revenue=revenue,
        profit=revenue * 0.3 + RNG.normal(0, 1, SIZE),
        recency_days=np.round(RNG.uniform(0, 300, SIZE)),
        units=np.full(SIZE, 3.0),
        growth=np.where(RNG.random(SIZE) < 0.5, RNG.normal(0, 1, SIZE), np.nan),
        age=np.round(RNG.uniform(18, 80, SIZE)),
        branch=RNG.integers(1, 5, SIZE),
        account=np.arange(1000, 1000 + SIZE),
        complaints=np.where(RNG.random(SIZE) < 0.9, 0.0, 1.0),
        nothing=np.full(SIZE, np.nan),
    )


def test_columns_that_tell_something_are_proposed_and_how_one_buys_stands_apart_from_who_one_is(shop):
    assert proposed(shop) == ("revenue", "recency_days")
    assert "units" not in behaviour(shop), "it is the same for everybody"
    assert attributes(shop) == ("age", "branch", "account", "complaints", "nothing")


def test_beside_a_single_usual_column_stands_the_one_that_goes_least_with_it():
    spend = RNG.lognormal(5, 1, SIZE)
    people = customers([f"{at:03}" for at in range(SIZE)], revenue=spend, wage=spend * 2, trips=RNG.uniform(0, 1, SIZE))
    assert proposed(people) == ("revenue", "trips")


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("units", "is the same for everybody"),
        ("nothing", "is known of nobody"),
        ("branch", "has only 4 different values"),
        ("account", "counts customers off"),
        ("complaints", "is the same for 9"),
        ("growth", "the others would be in no group"),
        ("profit", "says nearly the same as Revenue"),
    ],
)
def test_what_speaks_against_a_column_is_said(shop, column, said):
    found = [one for one in warnings(shop, ("revenue", "recency_days", column)) if one.column == column]
    assert said in found[0].sentence and found[0].sentence.endswith(".")


def test_two_things_against_a_column_are_said_at_once_with_one_click_to_leave_it_out(shop):
    few = shop.with_column("few", np.r_[[1.0, 2.0, 3.0], np.full(SIZE - 3, np.nan)])
    (found,) = (one for one in warnings(few, ("revenue", "recency_days", "few")) if one.column == "few")
    assert "has only 3 different values" in found.sentence and "the others would be in no group" in found.sentence


def test_nothing_is_said_against_good_columns_and_what_has_no_bearing_is_told(shop):
    assert warnings(shop, ("revenue", "recency_days")) == []
    assert [one.column for one in warnings(shop, ("revenue", "age", "recency_days"))] == [
        "revenue",
        "age",
        "recency_days",
    ]


def test_how_far_columns_go_together_is_the_same_whatever_is_done_to_amounts(shop):
    found = together(shop, ("revenue", "profit", "recency_days"))
    assert len(found) == 6 and (found.loc[found["one"] == found["other"], "correlation"] > 0.999).all()
    dearer = customers(list(shop.frame.index), revenue=shop.values("revenue") ** 2, profit=shop.values("profit"))
    assert together(dearer, ("revenue", "profit"))["correlation"][1] == pytest.approx(found["correlation"][1])


def test_each_column_is_drawn_before_and_after(shop):
    found = shapes(shop, ("revenue", "units", "nothing"), "log", "cap")
    assert set(found["stage"]) == {"as it is", "as compared"} and found["share"].between(0, 1).all()
    assert found.groupby("column")["share"].max().to_dict() == {"Revenue": 1.0, "Units": 1.0, "nothing": 0.0}
