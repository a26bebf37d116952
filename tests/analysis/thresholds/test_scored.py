"""A score in a picture: bars whose parts make the score, and counts in the hand that are the method's."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation import METHODS
from segmentation.analysis.thresholds import positions, scored
from segmentation.analysis.thresholds.lines import lines_of
from segmentation.board.score.score import _panel
from segmentation.segments.scores import UNSCORED, points_of
from tests.small import customers

method = METHODS["value_score"]
columns = st.lists(st.tuples(st.integers(-5, 60), st.integers(0, 9), st.booleans()), min_size=2, max_size=60)


@settings(max_examples=25)
@given(rows=columns, data=st.data())
def test_what_is_counted_while_a_line_of_a_score_is_held_is_what_the_method_gives(rows, data):
    revenue, tenure, known = (np.array(one, float) for one in zip(*rows, strict=True))
    people = customers(
        revenue=np.where(known, revenue, np.nan), tenure_days=np.where(known + tenure > 3, tenure, np.nan)
    )
    values = method.complete({"high": 0.3, "medium": 0.6})
    made = method(people, **values)
    lines = lines_of(method, values, made)
    panel = _panel(made, made.placing, lines, [])
    for number, line in enumerate(lines):
        stop = data.draw(st.integers(0, len(line.stops) - 1))
        there = method(people, **{**values, **line.put(values, float(line.stops[stop]))})
        bounds = panel["bounds"].copy()
        for cut, at in panel["lines"][number]["at"].items():
            bounds[int(cut) + 1] = at[stop]
        for measure, held in positions.held(there).items():
            so_far = np.concatenate([[0.0], np.cumsum(panel["held"][measure])])
            assert np.diff(so_far[bounds]) == pytest.approx(held, abs=1e-9)


def test_the_parts_of_all_bars_make_the_scores_of_all_customers():
    chance = np.random.default_rng(3)
    people = customers(revenue=chance.lognormal(3, 1, 300), tenure_days=chance.integers(0, 400, 300).astype(float))
    placing = method(people, revenue=3, loyalty=1).placing
    bars = scored.parts(placing)
    assert list(bars["part"].unique()) == ["Revenue", "Days since first order"]
    scores = placing.marks[placing.marks < UNSCORED]
    assert bars.groupby("x")["customers"].sum().mean() == pytest.approx(scores.mean(), abs=1)
    assert bars.groupby("x")["customers"].sum().is_monotonic_increasing


@pytest.mark.parametrize("many", [200, 70_000])  # of one score: two sums have room in one number, and they have not
def test_what_a_part_brings_is_the_sum_of_its_points(many):
    rows = np.repeat([[1.0, 4, 9], [2, 4, 8], [2, 5, 8]], many, axis=0).T
    people = customers([f"{n}" for n in range(3 * many)], revenue=rows[0], tenure_days=rows[1], referrals=rows[2])
    placing = method(people, revenue=2, loyalty=3, referrals=1).placing
    for at, (name, sums) in enumerate(scored._by_points(placing).items()):
        weight, points = (2, 3, 1)[at], points_of(people, ("revenue", "tenure_days", "referrals")[at])[0]
        held = [points[placing.marks == mark].sum() * weight / 6 for mark in range(UNSCORED)]
        assert (sums == held).all(), name
