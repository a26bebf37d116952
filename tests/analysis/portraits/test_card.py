"""The customer card: where one customer stands, why, and what would move it up."""

import json

import numpy as np
import pytest

from segmentation import METHODS, Customers, Problem, read
from segmentation.analysis.portraits.card import card, sentence, standing
from tests.places import ROOT
from tests.small import customers

SHOES = "sample_data/shoe_maker_orders.csv"
FIVE = customers(
    revenue=[500.0, 300.0, 100.0, 60.0, 40.0], profit=[50.0, 40.0, -5.0, 1.0, np.nan], potential=[80.0, 10, 60, 20, 5],
    recency_days=[5.0, 100.0, 20.0, 400.0, 3.0],
)  # fmt: skip


@pytest.fixture(scope="module")
def shoes():

    return Customers.build(read(ROOT / SHOES))


def test_a_card_has_every_method_these_customers_can_be_put_in(shoes):
    found = card(shoes, shoes.frame.index[7])
    assert {one["method"] for one in found["methods"]} == {n for n, m in METHODS.items() if not m.missing(shoes)}
    json.dumps(found, allow_nan=False)


def test_the_segment_on_the_card_is_the_customers_segment(shoes):
    for row in (0, 50, 318):
        for one in card(shoes, shoes.frame.index[row])["methods"]:
            assert one["segment"] == METHODS[one["method"]].segment(shoes).iloc[row]


def test_what_is_said_to_move_a_customer_up_does_move_it_up(shoes):
    """Give the customer the value that is said to be needed, and look where it lands."""
    checked = 0
    for name in ("lifecycle", "portfolio", "xyz"):
        result = METHODS[name](shoes, **({"by": "cv"} if name == "xyz" else {}))
        for row in range(0, 319, 40):
            for way in standing(result, row)["up"]:
                frame = shoes.frame.copy()
                frame.iloc[row, frame.columns.get_loc(way["column"])] = way["needed"]
                again = METHODS[name](Customers(frame, as_of=shoes.as_of, start=shoes.start), **fixed(name, shoes))
                assert again.names[again.codes[row]] == way["segment"], (name, row, way)
                checked += 1
    assert checked > 10


def fixed(name, shoes):
    """Lines of the portfolio stay where they are when a customer changes."""
    from segmentation.segments.plane import preset

    if name == "portfolio":
        return dict(zip(("profit", "potential"), preset(shoes, shoes.money, "mean"), strict=True))
    return {"by": "cv"} if name == "xyz" else {}


def test_the_way_up_is_the_nearest_customer_in_a_better_segment():
    found = standing(METHODS["abc_classes"](FIVE, a=0.7, b=0.9), 3)
    assert (found["segment"], found["place"], found["of"]) == ("C", 3, 3)
    assert found["up"] == [
        {"column": "revenue", "label": "Revenue", "value": 60, "needed": 100, "change": 40, "segment": "B"}
    ]
    assert sentence(found["up"][0]) == "Revenue of 100 (40 more) would make it B."


def test_small_is_better_where_silence_is_measured():
    found = standing(METHODS["lifecycle"](FIVE), 1)
    assert (found["segment"], found["up"][0]["segment"], found["up"][0]["needed"]) == ("Inactive", "Active", 20)
    assert "80 less" in sentence(found["up"][0])


def test_only_what_a_customer_can_be_led_to_is_a_way_up():
    """Not another city, a greater age, a larger staff, or less money."""
    people = customers(
        city=["Köln", "Köln", "Bonn"], age=[70.0, 20.0, 30.0], revenue=[5.0, 1.0, 3.0], potential=[9.0, 1.0, 2.0],
    )  # fmt: skip
    for name, given in (("attribute", {"column": "city"}), ("ages", {}), ("attribute", {"column": "age"})):
        made = METHODS[name](people, **given)
        assert all(standing(made, row)["up"] == [] for row in range(3))
    ways = standing(METHODS["portfolio"](people, profit=4, potential=1.5), 2)["up"]
    assert [way["column"] for way in ways] == ["revenue"]


def test_amounts_of_a_way_up_are_rounded_as_those_of_the_lines():
    way = {"column": "revenue", "label": "Revenue", "needed": 12345.67, "change": 1045.67, "segment": "A"}
    assert sentence(way, "€") == "Revenue of €12.3k (€1.05k more) would make it A."
    days = {"column": "recency_days", "label": "Days since last order", "needed": 20.0, "change": -80.0, "segment": "B"}
    assert sentence(days) == "Days since last order of 20 (80 less) would make it B."


def test_the_best_have_nowhere_to_go_and_the_unknown_have_no_place():
    assert standing(METHODS["abc_classes"](FIVE), 0)["up"] == []
    found = standing(METHODS["portfolio"](FIVE, profit=10, potential=50), 4)
    assert (found["segment"], found["place"], found["up"]) == ("Unknown", None, [])


def test_facts_come_with_the_rank_among_those_of_whom_they_are_known():
    facts = {fact["column"]: fact for fact in card(FIVE, "D")["facts"]}
    assert (facts["profit"]["rank"], facts["profit"]["of"]) == (3, 4)
    assert {fact["column"]: fact for fact in card(FIVE, "E")["facts"]}["profit"]["rank"] is None


def test_the_thresholds_of_the_study_are_used():
    found = {one["method"]: one["segment"] for one in card(FIVE, "B", {"abc_classes": {"a": 0.5}})["methods"]}
    assert found["abc_classes"] == "B"


def test_an_id_there_is_not_is_answered_with_a_sentence():
    with pytest.raises(Problem, match="no customer “Z”"):
        card(FIVE, "Z")


def test_one_customer_alone_has_a_card():
    found = card(customers(revenue=[-5.0], profit=[-5.0], potential=[0.0]), "A")
    assert [(fact["column"], fact["value"], fact["rank"], fact["of"]) for fact in found["facts"]] == [
        ("revenue", -5.0, 1, 1), ("profit", -5.0, 1, 1), ("potential", 0.0, 1, 1),
    ]  # fmt: skip
    placed = {one["method"]: (one["segment"], one["place"], one["up"]) for one in found["methods"]}
    assert placed["abc_classes"] == ("C", 3, []) and placed["vip"] == ("Difficult", 3, [])
    assert placed["volume_bands"] == ("Retail", 3, []) and "rfm" not in placed and "xyz" not in placed


def test_a_search_for_segments_is_left_out_of_the_card_of_a_large_base(shoes, monkeypatch):
    searching = {name for name, method in METHODS.items() if method.fits}
    there = lambda: {one["method"] for one in card(shoes, shoes.frame.index[7])["methods"]}  # noqa: E731
    assert searching and searching <= there()
    monkeypatch.setattr("segmentation.analysis.portraits.card.FITTED", 100)
    assert not searching & there()
