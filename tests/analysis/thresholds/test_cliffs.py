"""What would change segment step by step, and the places worth a look: both as the method itself answers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation import METHODS
from segmentation.analysis.thresholds.cliffs import cliffs
from segmentation.analysis.thresholds.grid import grid_of
from segmentation.analysis.thresholds.ground import ground
from segmentation.analysis.thresholds.lines import lines_of
from segmentation.analysis.thresholds.marks import marks, starts
from segmentation.analysis.thresholds.places import orderings
from tests import laws
from tests.laws import each_method


@each_method
@settings(max_examples=5)
@given(data=st.data())
def test_a_step_of_a_line_changes_the_segment_of_those_the_strip_tells(method, data):
    people = data.draw(laws.customers())
    values = method.complete(data.draw(laws.thresholds(method, people)))
    made = method(people, **values)
    lines = lines_of(method, values, made) if orderings(made) else []
    for line in lines:
        if (under := ground(made, line.run, lines)) is None or len(line.cuts) > 1:
            continue
        cut, where = next(iter(line.cuts.items()))
        run, told = orderings(made)[line.run], cliffs(made, line.run, under)[cut]
        steps = grid_of(people, run).values
        on = [at for at in range(len(steps) - 1) if not run.share and {*steps[at : at + 2]} <= {*where}]
        if not on:
            continue
        step = data.draw(st.sampled_from(on))
        codes = [_codes(method, people, values, line, where, stand) for stand in steps[step : step + 2]]
        rows = np.flatnonzero(codes[0] != codes[1])
        assert told["customers"][step] == len(rows)
        revenue = np.nansum(people.values("revenue")[rows])
        assert told["revenue"][step] == pytest.approx(
            revenue, rel=1e-9, abs=1e-9 * np.nansum(np.abs(people.values("revenue")))
        )


def _codes(method, people, values, line, where, stand):
    stop = int(np.flatnonzero(where == stand)[0])
    return method.run(people, **method.complete({**values, **line.put(values, line.stops[stop])})).codes


@each_method
@settings(max_examples=5)
@given(data=st.data())
def test_a_mark_is_a_stop_of_its_line_and_says_why(method, data):
    people = data.draw(laws.customers())
    values = method.complete(data.draw(laws.thresholds(method, people)))
    made = method(people, **values)
    suggested = starts(method, people, values)
    lines = lines_of(method, values, made, {threshold: value for threshold, (value, _) in suggested.items()})
    for mark in marks(made, method, values, lines):
        line = lines[mark.line]
        assert mark.why
        method.run(people, **method.complete({**values, **line.put(values, line.stops[mark.stop])}))
        if "quoted" not in mark.why:
            assert line.stops[mark.stop] == suggested[line.threshold, line.at][0]


def test_quoted_shares_are_met_as_nearly_as_a_stop_can():
    method, rng = METHODS["abc_nested"], np.random.default_rng(3)
    people = laws.make(revenue=rng.pareto(1.2, 500) * 100)
    made = method(people)
    line = lines_of(method, method.defaults, made)[0]
    quoted = [mark for mark in marks(made, method, method.defaults, [line]) if "quoted" in mark.why]
    assert len(quoted) == 1
    shares = np.array([places / 500 for places in line.places.values()])
    off = np.abs(shares - np.cumsum(method.reference)[: len(shares), None]).sum(axis=0)
    assert off[quoted[0].stop] == off.min() < off[line.here]
