"""What lies between the places where lines can stand: counted while one is held, it is what the method counts there."""

import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation.analysis.thresholds import positions
from segmentation.analysis.thresholds.ground import ground, joint, places_of
from segmentation.analysis.thresholds.lines import lines_of
from segmentation.analysis.thresholds.places import orderings
from segmentation.segments.bands import runs_of
from tests import laws
from tests.laws import each_method


@each_method
@settings(max_examples=5)
@given(data=st.data())
def test_what_is_counted_while_a_line_is_held_is_what_the_method_counts_there(method, data):
    people = data.draw(laws.customers())
    values = method.complete(data.draw(laws.thresholds(method, people)))
    made = method(people, **values)
    lines = lines_of(method, values, made) if orderings(made) else []
    for line in lines:
        if (under := ground(made, line.run, lines)) is None:
            continue
        stop = data.draw(st.integers(0, len(line.stops) - 1))
        there = method.run(people, **method.complete({**values, **line.put(values, line.stops[stop])}))
        bounds = orderings(made)[line.run].bounds.copy()
        for cut, places in line.places.items():
            bounds[cut + 1] = places[stop]
        told = positions.held(there)
        for measure, held in under.held.items():
            so_far = np.vstack([np.zeros(held.shape[1]), held.cumsum(axis=0)])[np.searchsorted(under.ends, bounds)]
            counted = np.zeros(len(told[measure]))
            np.add.at(counted, under.segment.ravel(), np.diff(so_far, axis=0).ravel())
            largest = np.abs(held).sum()  # amounts that no unit keeps exactly are right to the last digits of the whole
            assert counted == pytest.approx(told[measure], rel=1e-9, abs=1e-12 * largest)


@each_method
@settings(max_examples=5)
@given(data=st.data())
def test_a_line_of_one_ordering_then_one_of_another_is_counted_as_the_method_counts_both(method, data):
    people = data.draw(laws.customers())
    values = method.complete(data.draw(laws.thresholds(method, people)))
    made = method(people, **values)
    runs, lines = runs_of(made.placing), lines_of(method, values, made)
    moved = data.draw(st.permutations([at for at in range(len(runs)) if any(line.run == at for line in lines)]))[:2]
    if len(moved) < 2:
        return
    met, bounds = joint(made, lines, moved[0], sys.maxsize), [run.bounds.copy() for run in runs]
    assert met
    for at in moved:
        line = data.draw(st.sampled_from([line for line in lines if line.run == at]))
        stop = data.draw(st.integers(0, len(line.stops) - 1))
        values = method.complete({**values, **line.put(values, line.stops[stop])})
        for cut, places in line.places.items():
            bounds[at][cut + 1] = places[stop]
    cell = 0
    for run, (ends, _), lie, there in zip(runs, places_of(made, lines), met.at, bounds, strict=True):
        cell = cell * len(run) + np.searchsorted(there, ends[lie], side="right") - 1
    told = positions.held(method.run(people, **values))
    for measure, held in met.held.items():
        counted = np.bincount(made.placing.table[cell], held, len(told[measure]))
        largest = np.abs(held).sum()
        assert counted == pytest.approx(told[measure], rel=1e-9, abs=1e-12 * largest)
