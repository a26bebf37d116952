"""What is sent of an ordering and its lines: names of bands, values many share, those beyond the axis."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation import METHODS
from segmentation.analysis.thresholds.axes import bands
from segmentation.analysis.thresholds.lines import lines_of
from segmentation.board import _ghost, data_of, own, spread
from segmentation.board.lines import marked, panel
from segmentation.segments.bands import runs_of
from segmentation.segments.pinning import pinned
from tests.samples import people_of
from tests.small import customers

people = people_of()


@pytest.mark.parametrize(
    ("method", "wanted"),
    [
        ("abc_xyz", [["A", "B", "C"], ["Z", "Y", "X"]]),
        ("cross", [["A", "B", "C"], ["Closed", "Sleeping", "Inactive", "Active"]]),
        ("bcg", [["Stars / Cash cows", "Dark horses / Dogs"], ["Stars / Dark horses", "Cash cows / Dogs"]]),
        ("lifecycle", [["Closed", "Sleeping", "Inactive", "Active"]]),
    ],
)
def test_a_band_is_called_by_what_its_segments_have_in_common(method, wanted):
    made = METHODS[method](people)
    assert [[name for name, _ in bands(made, at)] for at in range(len(runs_of(made.placing)))] == wanted


def test_a_band_has_the_colour_of_its_segments_where_they_have_one():
    made = METHODS["cross"](people)
    assert [[slot for _, slot in bands(made, at)] for at in (0, 1)] == [[0, 1, 2], [7, 7, 7, 7]]


@given(st.lists(st.sampled_from([1.0, 2.0, 2.5, -4.0, np.nan]), min_size=1, max_size=40), st.floats(0.0, 0.9))
def test_ties_are_the_values_that_more_than_a_share_have(values, share):
    made = customers(revenue=np.array([*values, 1.0]))
    known = [value for value in [*values, 1.0] if value == value]
    least = max(int(share * len(known)), 1)
    counted = {value: known.count(value) for value in sorted(set(known), reverse=True)}
    assert made.ranked("revenue").ties(share) == [(value, many) for value, many in counted.items() if many > least]


def test_those_beyond_the_axis_and_those_at_one_value_are_told():
    revenue = np.concatenate([np.random.default_rng(1).lognormal(4, 1, 500), np.full(100, 77.7), [9e6]])
    made = METHODS["volume_bands"](customers(revenue=revenue))
    told = json.loads(spread._chart(made, 0, []))
    high = told["ends"][1]
    assert told["spikes"] == [[77.7, 100]]
    assert told["beyond"][1] == [int((revenue > high).sum()), 9e6]
    assert sum(told["bars"]) == len(revenue)


def test_a_growth_without_end_is_no_number_that_is_sent():
    made = METHODS["bcg"](people)
    told = json.loads(
        spread._chart(made, 1, lines_of(METHODS["bcg"], METHODS["bcg"].defaults, made)),
        parse_constant=pytest.fail,
    )
    growth = -runs_of(made.placing)[1].ranked.negated
    assert np.isinf(growth).any()
    assert told["beyond"] == [None, [int((growth > told["ends"][1]).sum()), None]]
    assert told["spikes"] == [[-1.0, int((growth == -1).sum())]]


def test_those_who_are_pinned_are_sent_as_what_segments_hold_beside_the_rule():
    method = METHODS["lifecycle"]
    made = method(people)
    one = made.rows("Active")[0]
    name = people.frame.index[one]
    told = data_of([], pinned(made, {name: "Closed"}))
    assert {segment: shift["customers"] for segment, shift in told["shift"].items()} == {"Active": -1, "Closed": 1}
    assert told["shift"]["Closed"]["revenue"] == pytest.approx(people.frame["revenue"].iloc[one])
    assert data_of([], made)["shift"] == {}


def test_what_was_remembered_of_rules_and_scores_stands_as_lines_where_they_are_the_same_ones():
    rules, score = METHODS["rules"], METHODS["value_score"]
    more = [{"when": "revenue >= 2000 and orders >= 4", "segment": "Large"}, *rules.defaults["rules"]]
    then = rules(people)
    assert _ghost(then, rules(people), "")["cuts"] == [[1000.0], [3.0], [1000.0], [3.0]]
    assert _ghost(then, rules(people, rules=more), "")["cuts"] == []
    assert _ghost(score(people), score(people, high=0.3), "")["cuts"][0] == pytest.approx([0.8, 0.5], abs=0.01)


def test_between_the_values_of_a_column_of_words_no_line_can_stand_and_no_place_to_cut_is_shown():
    values = METHODS["cross"].complete({"first": {"method": "attribute", "column": "city"}})
    made = METHODS["cross"](people, **values)
    lines, marks = marked(METHODS["cross"], values, made)
    towns, second = (panel(made, at, lines, marks) for at in (0, 1))
    assert (towns["words"], towns["strip"]) == (True, None)
    assert not second["words"] and second["strip"]


def test_a_weight_of_a_score_changes_the_bars_alone_and_the_chart_they_stand_in_is_sent_once():
    score = METHODS["value_score"]

    def sent(**values):
        given = score.complete(values)
        return own(score, given, score(people, **given), "")["data"]

    usual, other, fewer = sent(), sent(revenue=7), sent(revenue=0)
    assert usual["still"] == other["still"] != fewer["still"]
    assert usual["filled"]["rows"] != other["filled"]["rows"] and usual["filled"]["words"] != other["filled"]["words"]
    chart = json.loads(usual["still"])["charts"][0]
    assert usual["filled"]["source"] in [one["name"] for one in chart["spec"]["data"]]


def test_who_has_no_place_is_said_to_lack_what_is_lacking_and_nothing_else():
    some = customers(revenue=[1.0, 2.0, 3.0], growth=[0.1, np.nan, np.nan])
    both = customers(revenue=[1.0, np.nan, 3.0], growth=[0.1, 0.2, np.nan])
    for people, lack in ((some, "“Growth”"), (both, "“Revenue” or “Growth”")):
        method = METHODS["bcg"]
        said = own(method, method.complete({}), method(people), "")["said"]
        assert said[-1] == f"2 customers have no {lack}, and no place here."


def test_what_the_other_axis_needs_to_follow_a_line_is_sent_once_however_many_customers_there_are():
    method, random, many = METHODS["motive"], np.random.default_rng(1), 25_000
    shares = {"express_share": random.beta(1, 4, many).round(3), "discount_share": random.beta(1, 2, many).round(3)}
    crowd = customers([str(one) for one in range(many)], revenue=random.lognormal(4, 1, many).round(2), **shares)

    def still(**values):
        return own(method, method.complete(values), method(crowd, **values), "")["data"]["still"]

    assert still() == still(urgent=0.3, discount=0.8)
    for met in json.loads(still())["joint"]:
        assert sum(met["held"]["customers"]) == many
        assert len(met["held"]["customers"]) < 3000 and len(still()) < 500_000
