"""The held-back check on small files whose future is known."""

import datetime as dt

import numpy as np
import pytest
from scipy.stats import spearmanr

from segmentation.analysis.holdout import AGAIN, MEAN, Held, check, hold_out, predict, rank
from segmentation.potential import MODELS
from segmentation.problems import Problem
from tests.small import customers, table


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
    assert found.sentence.startswith("The total cannot be trusted (123% above what came); the order cannot be judged")


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
    assert said.startswith("The total cannot be trusted (−") and "%" not in said.split(";")[0]


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


# Whether the order is better than chance


def foreseen(said, came) -> Held:
    """Customers whose file states what is foreseen of each for the year held back, and what came."""
    people = customers([f"{n:04}" for n in range(len(said))], revenue=np.ones(len(said)))
    people.stated = np.asarray(said, float)
    return Held(people, 12, 365.25, np.asarray(came, float), np.zeros(len(said)), 0, 0.0)


def order(said, came):
    found = check(foreseen(said, came), "column")
    return found, found.sentence.partition("; the order ")[2].partition("; single customers ")[0]


def test_an_order_exactly_reversed_is_worse_than_chance():
    rows = [
        (f"c{n:02}", month, 100.0 + n if month < 10 else 500.0 - 16 * n) for n in range(20) for month in range(1, 13)
    ]
    ids, months, revenue = map(list, zip(*rows, strict=True))
    lines = table(customer_id=ids, date=[dt.date(2024, month, 28) for month in months], revenue=revenue)
    found = check(hold_out(lines, months=3), "trend")
    assert found.correlation == pytest.approx(-1) and found.top < found.by_chance[0]
    assert "; the order cannot be trusted: it is worse than chance (" in found.sentence


def test_total_order_and_single_customers_are_judged_apart():
    came = np.arange(1.0, 101)
    found, said = order(came * 3, came)  # thrice too much for everybody, in the right order
    assert (found.top, found.best_top, found.correlation) == pytest.approx((1810 / 5050, 1810 / 5050, 1))
    assert said.startswith("can be trusted (the fifth it puts first brought 36% of the money, by chance ")
    assert found.sentence.startswith("The total cannot be trusted (200% above what came); ")
    assert "single customers cannot be trusted (an error of 101 each, against 50.5 for" in found.sentence


def test_an_order_at_random_is_no_better_than_chance():
    rng = np.random.default_rng(3)
    wrong = [order(rng.random(200), rng.pareto(1.2, 200) * (rng.random(200) < 0.5))[1] for _ in range(40)]
    assert sum(said.startswith("cannot be trusted: it is no better than chance") for said in wrong) >= 34


def test_one_customer_who_brings_it_all_proves_no_order():
    came = np.zeros(100)
    came[0] = 1000
    found, said = order(np.arange(100, 0, -1), came)
    assert found.top == 1 and not any(found.better)
    assert said.startswith("cannot be trusted: it is no better than chance")


def test_equal_predictions_share_the_place_whatever_the_customers_are_called():
    came = np.arange(100.0)
    assert order(np.ones(100), came)[0].top == pytest.approx(0.2) == order(np.ones(100), came[::-1])[0].top
    assert order(np.ones(100), came)[1].startswith("cannot be trusted: it is no better than chance")


def test_few_customers_and_those_who_bring_nothing_are_no_proof_of_an_order():
    assert order(range(4), range(4))[1] == "cannot be judged (4 customers are too few)"
    assert order(range(40), [0.0] * 40)[1] == "cannot be judged (nobody brought anything)"


def test_the_rank_correlation_is_that_of_another_program_and_its_interval_holds_it_95_times_of_100():
    rng = np.random.default_rng(5)
    cases = []
    for _ in range(200):
        said = rng.normal(size=80)
        cases.append((said, np.round(said + rng.normal(size=80), 1)))
    found = [order(*case)[0] for case in cases]
    assert [one.correlation for one in found] == pytest.approx([spearmanr(*case).statistic for case in cases])
    true = 6 / np.pi * np.arcsin(np.sqrt(0.5) / 2)  # of two normal variables that correlate by √½
    assert 184 <= sum(one.bounds[0] <= true <= one.bounds[1] for one in found) <= 198


def test_what_a_fifth_holds_by_chance_is_what_shuffled_orders_hold():
    rng = np.random.default_rng(6)
    came = rng.pareto(1.5, 3000) * (rng.random(3000) < 0.3)
    shuffled = [came[rng.permutation(3000)[:600]].sum() / came.sum() for _ in range(3000)]
    found = order(came, came)[0]
    assert found.by_chance == pytest.approx(np.quantile(shuffled, (0.025, 0.975)), abs=0.012)
    assert found.by_chance == order(came, came)[0].by_chance


def test_how_far_the_months_are_cut_off_is_told_in_words_before_each_part():
    told = []
    hold_out(steady(), months=3, progress=lambda *said: told.append(said))
    assert told == [
        (0.0, "Adding up all sales"),
        (0.3, "Adding up the months held back"),
        (0.5, "Adding up what was known before them"),
        (0.8, "Adding up as many months before"),
    ]
