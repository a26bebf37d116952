"""The lines of a method: every threshold that cuts is found, and where it is put the method puts it too."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation import METHODS
from segmentation.analysis.thresholds import positions
from segmentation.analysis.thresholds.ground import ground
from segmentation.analysis.thresholds.lines import as_edges, lines_of, stated
from segmentation.analysis.thresholds.places import orderings
from segmentation.analysis.thresholds.sensitivity import numbers
from segmentation.board.heat.heat import own
from segmentation.segments.rules import columns_of
from tests import laws
from tests.laws import each_method
from tests.small import customers


@each_method
@settings(max_examples=5)
@given(data=st.data())
def test_a_line_stands_where_the_method_cuts_wherever_it_is_put(method, data):
    people = data.draw(laws.customers())
    values = method.complete(data.draw(laws.thresholds(method, people)))
    made = method(people, **values)
    for line in lines_of(method, values, made) if orderings(made) else ():  # a score: see test_scored.py
        stop = data.draw(st.integers(0, len(line.stops) - 1))
        there = method.run(people, **method.complete({**values, **line.put(values, line.stops[stop])}))
        runs, before = orderings(there), orderings(made)
        for cut, where in line.cuts.items():
            assert runs[line.run].cuts[cut] == where[stop]
            assert runs[line.run].bounds[cut + 1] == line.places[cut][stop]
        for number, (mine, theirs) in enumerate(zip(before, runs, strict=True)):
            moved = {cut for cut, pair in enumerate(zip(mine.cuts, theirs.cuts, strict=True)) if pair[0] != pair[1]}
            assert moved <= (set(line.cuts) if number == line.run else set())


@each_method
@settings(max_examples=5)
@given(data=st.data())
def test_cuts_that_are_worked_out_are_the_same_as_edges_of_one_s_own(method, data):
    people = data.draw(laws.customers())
    values = method.complete(data.draw(laws.thresholds(method, people)))
    made = method(people, **values)
    if found := as_edges(method, values, made):
        given_, there = found
        assert np.array_equal(there.codes, made.codes)
        assert given_ != values


def test_fifths_have_lines_and_one_that_is_moved_leaves_the_others_where_they_fell():
    people = customers(recency_days=np.arange(50), orders=np.arange(50), revenue=np.arange(50) * 7.5)
    method = METHODS["rfm"]
    values, made = stated(method, method.defaults, method(people))
    lines = lines_of(method, values, made)
    assert not lines_of(method, method.defaults, method(people)) and len(lines) == 12
    assert values["by"] == "edges" and values["frequency"] == (10.0, 20.0, 30.0, 40.0)
    there = method(people, **{**values, **lines[0].put(values, 12.0)})
    assert [run.cuts[:3] for run in orderings(there)] == [run.cuts[:3] for run in orderings(made)]
    assert orderings(there)[0].cuts[3] == 12.0


def test_shares_within_shares_have_no_one_edge_and_the_map_says_so():
    people, method = customers(recency_days=[1.0, 2.0], orders=[2.0, 3.0], revenue=[2.0, 3.0]), METHODS["rfm"]
    values = method.complete({"bins": "nested"})
    made = method(people, **values)
    assert as_edges(method, values, made) is None and not lines_of(method, values, made)
    assert own(method, values, made, "€")["said"][-1].startswith("What is scored within other scores has no one edge")


def test_an_edge_above_everybody_is_a_number():
    people = customers(recency_days=[1.0] * 9, orders=[1.0] * 9, revenue=[2.5] * 9)
    values, made = stated(METHODS["rfm"], METHODS["rfm"].defaults, METHODS["rfm"](people))
    assert values["frequency"] == (2.0,) * 4 and made.counts.tolist() == METHODS["rfm"](people).counts.tolist()


def test_a_threshold_outside_the_data_has_a_line_that_can_be_moved_and_one_among_ties_too():
    people = customers(revenue=np.arange(1.0, 100.0))
    method = METHODS["volume_bands"]
    values = method.complete({"edges": (5000.0, 90000.0)})
    for line in lines_of(method, values, method(people, **values)):
        assert len(line.stops) > 5 and line.stops[0] < line.stops[line.here] < line.stops[-1]
    ties = customers(revenue=np.array([1.0] * 30 + [5.0] * 60 + [9.0] * 10))
    vip = METHODS["vip"]
    assert [line.threshold for line in lines_of(vip, vip.defaults, vip(ties))] == ["share", "difficult"]


RULED = [
    {"when": "revenue >= 100 and revenue < 500 and orders >= 3", "segment": "Middle"},
    {"when": "orders between 1 and 4 and revenue > 50", "segment": "Few"},
    {"when": "recency_days <= 30", "segment": "Middle"},
    {"when": "orders > 7", "segment": "Many"},
]


@settings(max_examples=25)
@given(data=st.data(), rest=st.booleans())
def test_each_number_of_a_rule_is_a_line_and_what_is_counted_while_it_is_held_is_what_the_rules_give(data, rest):
    people = data.draw(laws.customers())
    method = METHODS["rules"]
    rows = [*RULED, {"when": "else", "segment": "Rest"}] if rest else RULED
    known = [row for row in rows if set(columns_of([row])) <= set(people.frame)]
    values = method.complete({"rules": known or [{"when": "else", "segment": "Rest"}]})
    made = method(people, **values)
    lines = lines_of(method, values, made)
    assert len(lines) == len(list(numbers(method, values)))
    for line in lines:
        under = ground(made, line.run, lines)
        stop = data.draw(st.integers(0, len(line.stops) - 1))
        there = method(people, **method.complete({**values, **line.put(values, float(line.stops[stop]))}))
        bounds = orderings(made)[line.run].bounds.copy()
        for cut, places in line.places.items():
            bounds[cut + 1] = places[stop]
        told = positions.held(there)
        for measure, held in under.held.items():
            so_far = np.vstack([np.zeros(held.shape[1]), held.cumsum(axis=0)])[np.searchsorted(under.ends, bounds)]
            counted = np.zeros(len(told[measure]))
            np.add.at(counted, under.segment.ravel(), np.diff(so_far, axis=0).ravel())
            assert counted == pytest.approx(told[measure], rel=1e-9, abs=1e-12 * np.abs(held).sum())


def test_a_line_keeps_its_number_where_others_have_nowhere_to_go():
    method, base = METHODS["volume_bands"], customers(revenue=np.arange(1.0, 100.0))
    for edges, left in (((20, 40, 60), [0, 1, 2]), ((20, 20, 20), [0, 2])):
        values = method.complete({"edges": edges})
        assert [line.number for line in lines_of(method, values, method(base, **values))] == left
