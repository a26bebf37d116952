"""Levers of segments: what each does, that they add up, what makes no sense, and what a campaign needs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation import METHODS, Customers, Problem, Study
from segmentation.analysis.action import scenario
from segmentation.analysis.action.pulled import LEVERS, LIMITS, Pulled, pulled_of
from segmentation.analysis.action.scenario import (
    Ground,
    break_even,
    together,
    tornado,
)
from segmentation.analysis.levers import Levers, pull
from tests.small import customers

FIVE = customers(
    profit=[100.0, 50.0, 10.0, -20.0, -40.0],
    revenue=[1000.0, 500.0, 200.0, 100.0, 50.0],
    cost_to_serve=[50.0, 50.0, 50.0, 50.0, 50.0],
    orders=[10, 10, 10, 10, 10],
    average_order=[100.0, 50.0, 20.0, 10.0, 5.0],
    revenue_before=[500.0, 250.0, 100.0, 50.0, 50.0],
    revenue_recent=[500.0, 250.0, 100.0, 50.0, 0.0],
)


@pytest.fixture(scope="module")
def ground() -> Ground:
    """A: the first two; B: the third; C: the last two, who lose 60."""
    return Ground(METHODS["abc_classes"](FIVE, value="profit", a=0.8, b=0.99))


@pytest.mark.parametrize(
    ("levers", "gain"),
    [
        (Pulled(), 0),
        (Pulled(price=0.1), 15),
        (Pulled(price=0.1, lost=2), 15 - 0.2 * 15 - 0.2 * -60),  # a fifth less is sold, of what loses money too
        (Pulled(serve=-0.5), 50),
        (Pulled(frequency=0.1), -6),
        (Pulled(retention=-0.25), 15),  # a quarter of them fewer stay: a quarter of the loss
        (Pulled(minimum=20), 50 * 0.5 + 50 * 0.75),
        (Pulled(minimum=20, leave=1.0), 60),
        (Pulled(let_go=0.5), 40),
        (Pulled(contact=3, response=0.5, uplift=20, kept=0.5), 2 * (0.5 * 10 - 3)),
        (Pulled(let_go=0.5, contact=3), 40 - 3),  # who was let go is not written to
    ],
)
def test_each_lever_does_what_it_says(ground: Ground, levers: Pulled, gain: float) -> None:
    outcome = ground.pulled("C", levers)
    assert outcome.before == -60
    assert outcome.gain == pytest.approx(gain)
    assert sum(outcome.by_lever.values()) == pytest.approx(outcome.gain)


@given(st.data())
def test_whatever_is_pulled_the_steps_add_up_and_segments_do_too(data: st.DataObject) -> None:
    made = Ground(METHODS["abc_classes"](FIVE, value="profit", a=0.8, b=0.99))
    levers = {
        name: {
            lever: data.draw(st.floats(max(LIMITS[lever][0], -0.9), min(LIMITS[lever][1], 2.0)))
            for lever in data.draw(
                st.sets(st.sampled_from([one for one in LIMITS if one not in ("retention", "stay")]))
            )
        }
        for name in made.names
    }
    whole = together(made, levers)
    assert whole.before == pytest.approx(FIVE.total("profit"))
    assert whole.before + sum(whole.by_lever.values()) == pytest.approx(whole.after, abs=1e-6)
    parts = [made.pulled(name, pulled_of(levers[name])) for name in made.names]
    assert sum(part.after for part in parts) == pytest.approx(whole.after)
    assert list(whole.by_lever) == list(LEVERS)


def test_a_lever_of_all_segments_is_the_same_lever_on_the_whale_curve(ground: Ground) -> None:
    for ours, theirs in (({"price": 0.1}, {"price": 0.1}), ({"minimum": 20.0, "serve": -0.2},) * 2):
        everybody = together(ground, dict.fromkeys(ground.names, ours))
        assert everybody.gain == pytest.approx(pull(FIVE, Levers(**theirs)).gain)


@pytest.mark.parametrize(
    ("levers", "said"),
    [
        ({"retention": 0.6}, r"Retention of C would be 110%: it is 50% today .* up to 50 points more"),
        ({"response": 1.2}, "The response of C is 120%; it can be from 0% to 100%"),
        ({"let_go": -0.1}, "Letting go of C is -10%"),
        ({"luck": 1}, "There is no lever luck"),
        ({"price": float("nan")}, "Price of C is nan"),
        ({"stay": 0.0, "retention": 0.1}, "is not known: say it among the assumptions"),
    ],
)
def test_nonsense_is_refused_in_words(ground: Ground, levers: dict[str, float], said: str) -> None:
    with pytest.raises(Problem, match=said):
        together(ground, {"C": levers})


def test_a_lever_of_what_is_not_known_is_refused_and_the_others_work() -> None:
    bare = Ground(METHODS["abc_classes"](Customers(FIVE.frame[["revenue"]])))
    assert together(bare, {"A": {"price": 0.1}}).gain > 0
    for levers in ({"serve": 0.1}, {"minimum": 10.0}, {"retention": 0.1}):
        with pytest.raises(Problem):
            together(bare, {"A": levers})


def test_a_campaign_breaks_even_where_it_earns_nothing(ground: Ground) -> None:
    levers = Pulled(contact=3, uplift=20, kept=0.5)
    at = break_even(ground, "C", levers)
    assert at == pytest.approx(0.3)
    assert ground.pulled(
        "C", pulled_of({"contact": 3, "uplift": 20, "kept": 0.5, "response": at})
    ).gain == pytest.approx(0)
    assert np.isnan(break_even(ground, "C", Pulled())) and np.isinf(
        break_even(ground, "C", Pulled(contact=1, kept=0.0))
    )


def test_the_lever_that_matters_most_stands_on_top(ground: Ground) -> None:
    table = tornado(ground, ["C"], 0.1, {})
    assert table["high"].abs().tolist()[0] == table[["low", "high"]].abs().max().max()
    moved = table.set_index("key")
    assert moved.loc["price", "high"] == pytest.approx(15) and moved.loc["price", "low"] == pytest.approx(-15)
    assert moved.loc["serve", "low"] == pytest.approx(10)
    assert np.isnan(moved.loc["minimum", "low"]) and moved.loc["retention", "high"] == pytest.approx(-60 * 0.1)


def test_retention_is_said_to_move_as_far_as_it_goes(ground: Ground) -> None:
    half = tornado(ground, ["C"], 0.6, {}).set_index("key").loc["retention"]
    assert half["high"] == pytest.approx(-30) and (half["low_said"], half["high_said"]) == ("−50 points", "+50 points")
    assert np.isnan(tornado(ground, ["A"], 0.1, {}).set_index("key").loc["retention", "high"]), "all of them stay today"
    both = tornado(ground, ["A", "C"], 0.6, {}).set_index("key").loc["retention"]
    assert (both["low_said"], both["high_said"]) == ("up to −60 points", "+50 points")


def test_a_lever_that_moves_nothing_is_not_in_the_picture() -> None:
    bare = Ground(METHODS["abc_classes"](Customers(FIVE.frame[["revenue", "profit"]])))
    assert set(tornado(bare, bare.names, 0.5, {})["key"]) == {"frequency", "price", "let_go"}


def test_scenarios_are_made_copied_renamed_and_go_with_the_study() -> None:
    study = Study()
    study.move_lever("abc_classes", "Scenario 1", "C", price=0.05, serve=0.0)
    assert study.scenario("abc_classes", "Scenario 1") == {"C": {"price": 0.05}}, "what is not moved is not held"
    assert study.new_scenario("abc_classes", "Scenario 1") == "Scenario 2"
    study.rename_scenario("abc_classes", "Scenario 2", "Terms")
    study.move_lever("abc_classes", "Terms", "C", price=None)
    assert Study.from_json(study.to_json()).scenarios == study.scenarios
    assert [one["segments"] for one in study.scenarios] == [{"C": {"price": 0.05}}, {}]
    with pytest.raises(Problem, match="own"):
        study.rename_scenario("abc_classes", "Terms", "Scenario 1")
    with pytest.raises(Problem, match="delete one first"):
        for _ in range(30):
            study.new_scenario("abc_classes")
    study.keep("mine", {"primitive": "edges", "column": "revenue", "cuts": [9], "names": ["a", "b"]})
    study.drop_scenario("abc_classes", "Scenario 3")
    study.new_scenario("mine")
    study.drop("mine")
    assert not study.scenarios_of("mine") and Study().scenarios_of("abc_classes") == []
    assert scenario.told(together(Ground(METHODS["abc_classes"](FIVE)), {}), "profit").startswith(
        "Profit is 100 today."
    )


def test_scenarios_go_along_where_segments_become_one() -> None:
    study = Study()
    study.move_lever("abc_classes", "Bolder", "B", price=0.05)
    study.move_lever("abc_classes", "Bolder", "C", minimum=100.0)
    assert study.merge(["A", "B"]) == "A and B"
    assert study.scenario(study.method, "Bolder") == {"A and B": {"price": 0.05}, "C": {"minimum": 100.0}}
    assert study.scenario("abc_classes", "Bolder")["B"], "those of the method before stay"
    study.merge(["A and B", "C"])
    assert study.scenario(study.method, "Bolder") == {"A, B and C": {"price": 0.05}}
    assert Study.from_json(study.to_json()).scenarios == study.scenarios
