"""Customers who are drawn are in the segment that the method gives them, wherever a line is put before it is asked."""

from contextlib import suppress

import numpy as np
import pytest

from segmentation import METHODS, Problem
from segmentation.analysis.portfolio import drawn
from segmentation.analysis.thresholds.ground import ground
from segmentation.analysis.thresholds.lines import lines_of, stated
from segmentation.analysis.thresholds.places import orderings
from segmentation.analysis.thresholds.seats import seats, seats_of_score
from segmentation.board.score.score import _panel
from segmentation.segments.scores import Scored
from tests.samples import people_of
from tests.small import customers

people = people_of()


def lined() -> list[str]:
    found = []
    for name, method in METHODS.items():
        with suppress(Problem):
            found += [name] if lines_of(method, *stated(method, method.complete({}), method(people))) else []
    return found


def in_segments(at: np.ndarray, bounds: np.ndarray, segment: np.ndarray) -> list[int]:
    others = segment.shape[1]
    band = np.searchsorted(bounds, at // others, side="right") - 1
    return segment[np.minimum(band, len(segment) - 1), at % others].tolist()


@pytest.mark.parametrize("name", lined())
def test_a_customer_who_is_drawn_changes_segment_with_the_line(name):
    method, rows = METHODS[name], drawn(people)
    values, made = stated(method, method.complete({}), method(people))
    lines, moved = lines_of(method, values, made), 0
    for number, line in enumerate(lines):
        for stop in {0, len(line.stops) // 2, len(line.stops) - 1}:
            there = method(people, **{**values, **line.put(values, line.stops[stop].item())})
            if isinstance(made.placing, Scored):
                panel = _panel(made, made.placing, lines, [])
                at, bounds = np.array(panel["seats"]), np.array(panel["bounds"])
                segment, ends = np.array(panel["segment"])[:, None], panel["lines"][number]["at"]
                bounds[[int(cut) + 1 for cut in ends]] = [at[stop] for at in ends.values()]
            else:
                under = ground(made, line.run, lines)
                at, segment = seats(made, line.run, under, rows), under.segment
                placed = orderings(made)[line.run].bounds.copy()
                for cut, places in line.places.items():
                    placed[cut + 1] = places[stop]
                bounds = np.searchsorted(under.ends, placed)
            wanted = there.placing.at(rows).tolist()
            assert in_segments(at, bounds, segment) == wanted
            moved += wanted != made.placing.at(rows).tolist()
    assert moved


def test_who_has_no_score_stands_behind_all_ends():
    known = np.array([5.0, np.nan, 9.0])
    made = METHODS["value_score"](customers(revenue=known, tenure_days=known))
    assert made.counts[-1] == 1
    assert seats_of_score(made.placing, np.array([0, 1, 2]), np.arange(3)).tolist() == [1, 2, 0]
