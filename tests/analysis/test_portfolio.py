"""Profit now against potential: four sectors, their lines, and what the picture draws."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation import METHODS, Problem, formats
from segmentation.analysis.portfolio import NEVER, borderline, clear_cut, lost_by_one, points, sample
from segmentation.analysis.remarks import remarks
from segmentation.analysis.summary import summarise
from segmentation.analysis.thresholds.positions import borderline_count, positions_of
from segmentation.formats import two_digits
from segmentation.segments.plane import LEAST, axis_of_profit, cut_lines, line_cuts, lines_in, preset, sectors
from tests.small import customers, groups

FOUR = customers(revenue=[100.0, 90.0, 10.0, 5.0], profit=[50.0, 40.0, -5.0, 1.0], potential=[80.0, 10.0, 60.0, 20.0])


def test_profit_now_and_potential_make_four_sectors():
    expected = {"Invest": "A", "Harvest": "B", "Develop": "C", "Serve cheaply": "D"}  # D earns 1
    assert groups(sectors(FOUR, 30, 50).labels()) == expected


def test_below_both_lines_only_those_who_cost_more_than_they_bring_are_let_go():
    people = customers(revenue=[9.0] * 4, profit=[0.0, -0.01, 29.99, -5.0], potential=[49.0, 49.0, 49.0, 50.0])
    expected = {"Serve cheaply": "AC", "Let go": "B", "Develop": "D"}
    assert groups(sectors(people, 30, 50).labels()) == expected
    below = sectors(people, 0, 60)
    assert groups(below.labels()) == {"Harvest": "C", "Serve cheaply": "A", "Let go": "BD"}
    assert below.names == ("Invest", "Harvest", "Develop", "Serve cheaply", "Let go")


@pytest.mark.parametrize("lines", ["mean", "median", "even", "amounts"])
@pytest.mark.parametrize("weight", [0.0, 1.0])
@pytest.mark.parametrize(
    ("profit", "potential", "sector"),
    [
        (-5.0, 0.0, "Let go"),
        (-5.0, -1.0, "Let go"),
        (0.0, 0.0, "Serve cheaply"),
        (-5.0, 9.0, "Develop"),
        (0.0, 9.0, "Develop"),
        (5.0, -1.0, "Harvest"),
    ],
)
def test_no_word_of_a_sector_contradicts_the_money_though_all_stand_on_the_mean(
    lines: str, weight: float, profit: float, potential: float, sector: str
) -> None:
    size = 4
    people = customers(
        **{name: [value] * size for name, value in (("profit", profit), ("potential", potential))},
        cooperation=[90.0] * size,
    )
    found = METHODS["portfolio"](people, lines=lines, profit=-10, potential=-10, cooperation_weight=weight)
    assert set(found.labels()) == {sector}


@given(
    rows=st.lists(st.tuples(st.integers(-3, 5), st.integers(-3, 5)), min_size=1, max_size=12),
    at=st.tuples(st.integers(-4, 5), st.integers(-4, 5)),
    lines=st.sampled_from(["mean", "median", "even", "thirds", "amounts"]),
)
def test_who_brings_nothing_is_never_profitable_and_who_has_no_potential_never_promising(rows, at, lines):
    people = customers(profit=[float(x) for x, _ in rows], potential=[float(y) for _, y in rows])
    labels = METHODS["portfolio"](people, lines=lines, profit=at[0], potential=at[1]).labels()
    earning = people.frame["profit"][labels.isin(["Invest", "Protect", "Harvest"])]
    promising = people.frame["potential"][labels.isin(["Invest", "Build", "Develop"])]
    assert (earning > 0).all() and (promising > 0).all()


def test_where_no_profit_is_known_nobody_is_proven_to_cost_more():
    people = customers(revenue=[10.0, -1.0], potential=[5.0, -1.0])
    found = sectors(people, 5, 5)
    assert groups(found.labels()) == {"Invest": "A", "Serve cheaply": "B"} and found.names[-1] == "Let go"


def test_with_cooperation_counted_it_is_still_the_profit_that_decides_who_is_let_go():
    people = customers(profit=[5.0, -5.0, 90.0], potential=[1.0, 1.0, 9.0], cooperation=[0.0, 100.0, 50.0])
    found = METHODS["portfolio"](people, profit=1000, potential=5, cooperation_weight=0.9)
    assert groups(found.labels()) == {"Serve cheaply": "A", "Let go": "B", "Develop": "C"}


def test_a_line_below_zero_stands_just_above_nothing():
    assert cut_lines(FOUR, {"profit": -7.0}) == (LEAST, 42.5)
    losing = customers(profit=[-3.0, -1.0], potential=[-2.0, 8.0])
    assert [preset(losing, "profit", at) for at in ("mean", "median", "even")] == [
        (LEAST, 3),
        (LEAST, 8),
        (LEAST, LEAST),
    ]
    assert line_cuts(losing, "profit", "amounts", (-9, 4), (-1, 2)) == ((LEAST, 4), (LEAST, 2))
    assert (clear_cut(losing, (-9, -9)) == clear_cut(losing, (0, 0))).all()
    assert formats.compact(LEAST, "€") == "€0"


def test_a_customer_on_a_line_is_on_its_better_side():
    assert groups(sectors(FOUR, 50, 80).labels()) == {"Invest": "A", "Serve cheaply": "BD", "Let go": "C"}


def test_a_customer_whose_profit_or_potential_is_missing_is_unknown():
    people = customers(revenue=[1.0, 1.0], profit=[np.nan, 1.0], potential=[1.0, np.nan])
    assert groups(sectors(people, 0, 0).labels()) == {"Unknown": "AB"}


def test_revenue_stands_in_where_no_profit_is_known():
    people = customers(revenue=[10.0, 1.0], potential=[5.0, 5.0])
    assert groups(sectors(people, 5, 5).labels()) == {"Invest": "A", "Develop": "B"}


def test_without_potential_the_answer_is_a_sentence():
    with pytest.raises(Problem, match="“Potential”"):
        sectors(customers(revenue=[1.0]), 0, 0)


def test_the_lines_start_at_the_average_customer():
    assert cut_lines(FOUR, {}) == (21.5, 42.5)


@pytest.mark.parametrize(
    ("value", "rounded"), [(1234, 1200), (-0.0678, -0.068), (0, 0), (float("nan"), 0), (float("inf"), 0)]
)
def test_a_line_stands_at_a_number_one_can_say(value, rounded):
    assert two_digits(value) == rounded


def test_the_stops_of_a_line_cover_all_customers_who_bring_something_in_order():
    people = customers([f"{i:03}" for i in range(500)], revenue=np.arange(500) - 50.0)
    stops = positions_of(people, "revenue")
    assert stops == sorted(set(stops)) and len(stops) <= 102
    assert stops[0] == LEAST and stops[1] == 1 and stops[-1] >= 440, "none is at a loss: nobody is profitable there"


def test_the_sample_is_small_and_holds_the_most_and_the_least_profitable():
    rng = np.random.default_rng(3)
    profit = rng.normal(0, 100, 3000).round(2)
    profit[5] = np.nan
    people = customers([f"{i:04}" for i in range(3000)], profit=profit, potential=rng.random(3000))
    rows = sample(people)
    order = np.argsort(np.where(np.isnan(profit), 0, profit))
    assert {*order[:10], *order[-10:]} <= set(rows)
    assert len(rows) <= 440


def test_the_picture_draws_customers_and_segments_at_their_average():
    result = METHODS["abc_classes"](FOUR)
    found = pd.DataFrame(points(result, summarise(result)))
    assert found["kind"].tolist() == ["customer"] * 4 + ["segment"] * 3
    a = found[(found["kind"] == "segment") & (found["name"] == "A")].iloc[0]
    assert (a["x"], a["y"], a["size"], a["customers"]) == (45, 45, 190, 2)


def test_a_file_with_profit_alone_can_be_drawn():
    people = customers(profit=[5.0, 3.0], potential=[1.0, 2.0], recency_days=[1.0, 500.0])
    result = METHODS["lifecycle"](people)
    found = pd.DataFrame(points(result, summarise(result)))
    assert found["size"].tolist() == [5, 3, 5, 3]


# The method


def portfolio(people, **given):
    return groups(METHODS["portfolio"].segment(people, **given))


def test_the_method_cuts_at_amounts_that_are_given():
    assert portfolio(FOUR, profit=30, potential=50) == {
        "Invest": "A",
        "Harvest": "B",
        "Develop": "C",
        "Serve cheaply": "D",
    }


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("mean", {"Invest": "A", "Harvest": "B", "Develop": "C", "Serve cheaply": "D"}),  # 22 and 42
        ("median", {"Invest": "A", "Develop": "C", "Harvest": "B", "Serve cheaply": "D"}),
        ("even", {"Invest": "ABD", "Develop": "C"}),
    ],
)
def test_lines_can_stand_at_the_average_the_middle_and_break_even(at, expected):
    assert portfolio(FOUR, lines=at) == expected


def test_thirds_make_nine_cells_with_the_four_decisions_in_the_corners():
    rows = [(p, q) for p in (1.0, 2.0, 3.0) for q in (10.0, 20.0, 30.0)]
    people = customers(profit=[p for p, _ in rows], potential=[q for _, q in rows])
    expected = ["Serve cheaply", "Watch", "Develop", "Keep going", "Select", "Build", "Harvest", "Protect", "Invest"]
    assert METHODS["portfolio"].segment(people, lines="thirds").tolist() == expected


def test_cooperation_lifts_a_good_partner_over_the_line_of_profit():
    people = customers(profit=[10.0, 20.0, 30.0, 40.0], potential=[1.0] * 4, cooperation=[100.0, 50.0, 50.0, 0.0])
    alone = METHODS["portfolio"].segment(people, profit=25, potential=0).tolist()
    partner = METHODS["portfolio"].segment(people, profit=25, potential=0, cooperation_weight=1).tolist()
    assert alone == ["Develop", "Develop", "Invest", "Invest"]
    assert partner == ["Invest", "Invest", "Invest", "Develop"]


def test_whose_cooperation_is_unknown_is_unknown_only_where_it_counts():
    people = customers(profit=[1.0, 2.0], potential=[1.0, 1.0], cooperation=[np.nan, 50.0])
    assert "Unknown" not in portfolio(people)
    assert portfolio(people, cooperation_weight=0.3)["Unknown"] == "A"


def test_without_anything_known_of_cooperation_the_answer_is_a_sentence():
    with pytest.raises(Problem, match="how these customers cooperate"):
        portfolio(FOUR, cooperation_weight=0.5)


# How clear the decisions are


def hundred():
    return customers([f"{n:03}" for n in range(101)], profit=np.arange(101.0), potential=np.arange(101.0))


def test_a_decision_is_as_clear_as_the_nearer_line_is_far_in_steps_of_its_slider():
    people = hundred()
    away = clear_cut(people, (50, 50))
    assert away[[50, 49, 60, 40, 0, 100]].tolist() == [0, 0, 10, 9, NEVER, 50]
    assert clear_cut(people, (50, 58))[60] == 2


def test_one_step_of_the_slider_changes_exactly_those_on_its_edge():
    people = hundred()
    stops = positions_of(people, "profit")
    here = stops.index(50)
    for line, moved in ((stops[here - 1], ["049"]), (stops[here + 1], ["050"])):
        changed = sectors(people, 50, 50).codes != sectors(people, line, 50).codes
        assert people.frame.index[changed].tolist() == moved
    assert sorted(borderline(people, (50, 50)).index) == ["049", "050"]


def test_the_borderline_list_has_the_nearest_first():
    found = borderline(hundred(), (50, 50), steps=3)
    assert found["steps"].tolist() == [0, 0, 1, 1, 2, 2]
    assert set(found.index[:2]) == {"049", "050"}


def test_who_is_unknown_is_on_no_border():
    people = customers(profit=[np.nan, 5.0, 9.0], potential=[1.0, 1.0, 3.0])
    assert clear_cut(people, (5, 1))[0] == -1 and borderline(people, (5, 1)).index.tolist() == ["B"]


def test_one_criterion_loses_the_promising_customers_of_today():
    people = customers(profit=[960.0, 30.0, 9.0, -20.0, 1.0], potential=[900.0, 20.0, 800.0, 700.0, 5.0])
    found = lost_by_one(people, METHODS["portfolio"](people, profit=100, potential=500))
    assert found.index.tolist() == ["C", "D"] and found["sector"].tolist() == ["Develop", "Develop"]


def test_nothing_is_lost_with_those_who_have_no_potential():
    people = customers(profit=[960.0, 20.0, 9.0, 8.0], potential=[900.0, 20.0, -800.0, 0.0])
    method = METHODS["portfolio"](people, profit=1, potential=500)
    assert method.labels()["C"] == "Harvest" and lost_by_one(people, method).index.tolist() == ["B"]


@pytest.mark.parametrize("size", [1, 2])
def test_a_file_of_one_customer_or_of_losses_and_no_potential_gives_readable_sectors(size):
    people = customers(profit=[-5.0] * size, potential=[0.0] * size, revenue=[3.0] * size)
    result = METHODS["portfolio"](people)
    assert result.counts.sum() == size
    assert len(points(result, summarise(result))["kind"]) == size + 1
    kept = result.labels().isin(["Invest", "Develop"])  # an ABC on profit keeps none of them: nobody brings any
    assert lost_by_one(people, result).index.tolist() == people.frame.index[kept].tolist()
    assert (clear_cut(people, (0, 0)) >= 0).all()


def test_two_amounts_of_each_make_nine_fields_and_one_of_the_other_leaves_its_middle_empty():
    rows = [(p, q) for p in (1.0, 2.0, 3.0) for q in (10.0, 20.0, 30.0)]
    people = customers(profit=[p for p, _ in rows], potential=[q for _, q in rows])
    by_thirds = portfolio(people, lines="thirds")
    assert portfolio(people, profit=(2, 3), potential=(20, 30)) == by_thirds
    assert set(portfolio(people, profit=(2, 3), potential=20)) == {
        *("Invest", "Harvest", "Build", "Keep going", "Develop", "Serve cheaply")
    }


def test_where_all_are_alike_the_thirds_stand_where_nobody_is_torn_from_his_equals():
    people = customers(profit=[5.0] * 4, potential=[1.0] * 4)
    at = line_cuts(people, "profit", "thirds", (), ())
    assert np.isfinite(at).all()
    assert (
        portfolio(people, profit=at[0], potential=at[1])
        == portfolio(people, lines="thirds")
        == {"Serve cheaply": "ABCD"}
    )


def test_with_two_lines_of_each_a_decision_is_as_clear_as_the_nearest_is_far():
    away = clear_cut(hundred(), ((30, 60), (31, 61)))
    assert away[[29, 30, 45, 46, 60, 100]].tolist() == [0, 0, 14, 13, 0, 39]


@given(
    profit=st.lists(st.integers(-300, 3000), min_size=2, max_size=40),
    place=st.integers(0, 60),
    beside=st.sampled_from([0.0, 0.37, -0.41, 1e7, -1e7]),
)
def test_borderline_is_whoever_one_step_of_a_line_would_put_elsewhere(profit, place, beside):
    people = customers(profit=[one / 7 for one in profit], potential=[float(one % 11) for one in profit])
    stands = [positions_of(people, column) for column in ("profit", "potential")]
    at = tuple(max(one[place % len(one)] + beside, LEAST) for one in stands)
    here = sectors(people, *at).codes
    changed = np.zeros(len(people), bool)
    for axis, places in enumerate(stands):
        lower, higher = [one for one in places if one < at[axis]][-1:], [one for one in places if one > at[axis]][:1]
        for there in (*lower, *higher):
            moved = [there if one == axis else line for one, line in enumerate(at)]
            changed |= sectors(people, *moved).codes != here
    assert set(borderline(people, at).index) == set(people.frame.index[changed])
    assert borderline_count(people, "profit", tuple((line,) for line in at)) == changed.sum()


def test_the_line_at_the_average_customer_is_the_very_mean():
    people = customers(profit=[1140.0, 1130.0, 1110.0, 1200.0], potential=[10.0] * 4)
    assert preset(people, "profit", "mean") == (1145, 10)
    assert METHODS["portfolio"].segment(people).tolist() == ["Develop", "Develop", "Develop", "Invest"]


def test_cooperation_lifts_nobody_who_brings_nothing_above_zero():
    people = customers(profit=[0.0, -5.0, 90.0, 60.0], potential=[9.0] * 4, cooperation=[100.0, 100.0, 90.0, 80.0])
    assert (people.values(axis_of_profit(people, 1.0))[:2] <= 0).all()
    found = METHODS["portfolio"](people, lines="amounts", profit=1, potential=5, cooperation_weight=1.0)
    assert groups(found.labels()) == {"Develop": "AB", "Invest": "CD"}


def test_nobody_is_said_to_stand_on_a_line_that_nobody_sees():
    """Who brings exactly nothing is at break-even, which parts the corner; no line of the picture need be there."""
    people = customers(profit=[0.0, 0.0, 0.0, 9.0, 30.0], potential=[1.0, 1.0, 2.0, 3.0, 40.0])
    for lines in ("mean", "even"):
        method = METHODS["portfolio"]
        made = method(people, lines=lines)
        assert made.labels()["A"] != "Let go"
        assert remarks(method, method.complete({"lines": lines}), made) == []


@pytest.mark.parametrize("values", [{}, {"lines": "median"}, {"lines": "even"}, {"lines": "thirds"}])
def test_its_own_picture_has_the_lines_it_is_made_by(values):
    made = METHODS["portfolio"](FOUR, **values)
    assert lines_in(made) == line_cuts(FOUR, "profit", values.get("lines", "mean"), (0.0,), (0.0,))


def test_what_is_made_otherwise_or_by_more_than_profit_has_no_lines_in_profit_and_potential():
    people = customers(profit=[5.0, -5.0, 90.0], potential=[1.0, 1.0, 9.0], cooperation=[0.0, 100.0, 50.0])
    others = METHODS["vip"](people, value="profit"), METHODS["portfolio"](people, cooperation_weight=0.5)
    assert [lines_in(made) for made in others] == [None, None]
