"""The held-back check on small files whose future is known."""

import datetime as dt

import numpy as np
import pytest

from segmentation.analysis.holdout import AGAIN, MEAN, check, hold_out, predict, rank
from segmentation.potential import MODELS
from segmentation.problems import Problem
from tests.small import table


def steady(months: int = 12, late: float = 10.0):
    """Four customers who pay 10, 20, 30, 40 on the 15th of each month; the last one `late` as much in the last three."""
    rows = [
        (f"c{n}", dt.date(2024, m, 15), 10.0 * n * (late / 10 if m > 9 else 1))
        for m in range(1, months + 1)
        for n in (1, 2, 3, 4)
    ]
    return table(**dict(zip(("customer_id", "date", "revenue"), map(list, zip(*rows, strict=True)), strict=True)))


def test_a_steady_base_is_foreseen_by_the_trend_and_by_the_past():
    held = hold_out(steady(), months=3)
    assert held.actual.tolist() == [30, 60, 90, 120] == held.last.tolist()
    found = check(held, "trend", {"damping": 0})
    assert found.naive == {AGAIN: 0, MEAN: 30}
    assert found.off == pytest.approx(9 / 245 * 91 / 3 - 1, abs=1e-3)  # 9 payments in 245 days; 3 came in 91
    assert found.top == found.best_top == 0.4


def test_half_of_what_was_said_is_twice_too_much():
    found = check(hold_out(steady(late=5), months=3), "trend", {"damping": 0})
    assert found.off == pytest.approx(2 * 9 / 245 * 91 / 3 - 1, abs=1e-3)
    assert "above what came" in found.sentence and found.sentence.count(".") >= 1


def test_about_a_quarter_is_held_back_where_nothing_is_said():
    assert hold_out(steady()).months == 3


def test_newcomers_are_counted_apart_since_nobody_could_foresee_them():
    lines = table(customer_id=["a", "a", "b"], date=[dt.date(2024, m, 1) for m in (1, 6, 6)], revenue=[1.0, 2.0, 5.0])
    held = hold_out(lines, months=2)
    assert (held.actual.tolist(), held.newcomers, held.new_money) == ([2], 1, 5)


def test_a_model_with_a_horizon_looks_as_far_as_the_months_held_back():
    held = hold_out(steady(), months=3)
    direct = MODELS["mbgnbd"](held.before, horizon=3, discount=0.0).values
    assert np.array_equal(predict(held, "mbgnbd", {"horizon": 24}), direct)


def test_when_losses_came_money_is_said_and_no_per_cent():
    lines = steady()
    losing = table(**{n: lines.data[n].to_pylist() for n in lines.data.column_names}, cost=[100.0] * 48)
    said = check(hold_out(losing, months=3), "trend").sentence
    assert "came" in said and "%" not in said.split(",")[0]


def test_models_that_cannot_be_used_are_left_out_of_the_ranking():
    assert "column" not in [one.model for one in rank(hold_out(steady(), months=3), MODELS)]


@pytest.mark.parametrize(
    ("lines", "months", "said"),
    [
        (table(customer_id=["a", "b"], revenue=[1.0, 2.0]), None, "Only dated sales"),
        (table(customer_id=["a"], date=[dt.date(2024, 1, 1)], revenue=[1.0]), None, "Nothing is left before"),
        (steady(), 40, "Nothing is left before the last 40 months"),
        (steady(), 0, "a whole number from 1 to 120"),
        (steady(), 1.5, "a whole number from 1 to 120"),
    ],
)
def test_what_cannot_be_checked_is_answered_with_a_sentence(lines, months, said):
    with pytest.raises(Problem, match=said):
        hold_out(lines, months=months)
