"""The lines of a method: every threshold that cuts is found, and where it is put the method puts it too."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation import METHODS, Problem
from segmentation.analysis.lines import lines_of
from segmentation.segments.bands import runs_of
from tests import laws

each_method = pytest.mark.parametrize("method", METHODS.values(), ids=list(METHODS))


@each_method
@settings(max_examples=25)
@given(data=st.data())
def test_a_line_stands_where_the_method_cuts_wherever_it_is_put(method, data):
    people = data.draw(laws.customers())
    values = method.complete(data.draw(laws.thresholds(method, people)))
    made = method(people, **values)
    for line in lines_of(method, values, made):
        stop = data.draw(st.integers(0, len(line.stops) - 1))
        try:
            there = method.run(people, **method.complete({**values, **line.put(values, line.stops[stop])}))
        except Problem:
            assert False, f"{line.threshold} cannot be put to {line.stops[stop]}"
        runs, before = runs_of(there.placing), runs_of(made.placing)
        for cut, where in line.cuts.items():
            assert runs[line.run].cuts[cut] == where[stop]
            assert runs[line.run].bounds[cut + 1] == line.places[cut][stop]
        for number, (mine, theirs) in enumerate(zip(before, runs, strict=True)):
            moved = {cut for cut, pair in enumerate(zip(mine.cuts, theirs.cuts, strict=True)) if pair[0] != pair[1]}
            assert moved <= (set(line.cuts) if number == line.run else set())
