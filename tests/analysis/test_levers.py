"""Levers on the whale curve: profit before and after."""

import numpy as np
import pytest

from segmentation import Customers, Problem
from segmentation.analysis.levers import Levers, beyond_peak, pull
from segmentation.analysis.pareto import whale, whale_of
from tests.small import customers

FIVE = customers(
    profit=[100.0, 50.0, 10.0, -20.0, -40.0],
    revenue=[1000.0, 500.0, 200.0, 100.0, 50.0],
    cost_to_serve=[50.0, 50.0, 50.0, 50.0, 50.0],
    average_order=[100.0, 50.0, 20.0, 10.0, 0.0],
)


def test_without_a_lever_pulled_nothing_changes():
    found = pull(FIVE, Levers())
    assert (found.before.total, found.after.total, found.gain) == (100, 100, 0)
    assert found.after.curve.equals(found.before.curve)


@pytest.mark.parametrize(
    ("levers", "profit"),
    [
        (Levers(price=0.02), 100 + 37),
        (Levers(price=-0.1), 100 - 185),
        (Levers(serve=-0.2), 100 + 50),
        (Levers(minimum=20), 100 + 25),  # the fourth orders 10 at a time: half as often, half the cost
        (Levers(let_go=1), 140),
        (Levers(let_go=3), 150),
        (Levers(let_go=9), 0),
        (Levers(minimum=20, serve=-1.0), 100 + 250),  # what is saved once is not saved twice
    ],
)
def test_each_lever_does_what_it_says(levers, profit):
    found = pull(FIVE, levers)
    assert found.after.total == pytest.approx(profit)
    assert sum(found.by_lever.values()) == pytest.approx(found.gain)


def test_letting_go_comes_last_so_that_a_price_can_save_a_customer():
    found = pull(FIVE, Levers(price=0.3, let_go=1))  # −40 becomes −25, −20 becomes 10
    assert found.by_lever["let_go"] == pytest.approx(25) and found.customers == 4
    assert found.sentence == "Profit would be 680 instead of 100, more: 580."


def test_the_customers_beyond_the_peak_are_those_that_cost_more_than_they_bring():
    assert FIVE.frame.index[beyond_peak(FIVE)].tolist() == ["E", "D"]
    assert (whale(FIVE).peak, whale(FIVE).at, whale(FIVE).erosion) == (160, 3, 60)


def test_the_curve_of_plain_profits_is_that_of_the_customers():
    profit = np.random.default_rng(1).normal(5, 50, 4000).round(2)
    people = customers([f"{n:04}" for n in range(4000)], profit=profit)
    one, other = whale(people), whale_of(profit)
    assert (one.at, one.total) == (other.at, pytest.approx(other.total))
    assert np.allclose(one.curve, other.curve)


def test_when_all_lose_there_is_money_and_no_per_cent():
    found = pull(customers(profit=[-5.0, -7.0], revenue=[1.0, 1.0]), Levers(let_go=1))
    assert found.after.total == -5 and found.after.peak_share is None and found.after.peak == 0


def test_one_customer_can_be_let_go():
    found = pull(customers(profit=[5.0]), Levers(let_go=1))
    assert (found.after.total, found.customers, len(found.after.curve) > 0) == (0, 0, True)


def test_the_peak_of_real_customers_is_where_another_program_found_it(shared):
    import json

    import pandas as pd

    expected = json.loads((shared / "oracles.json").read_text(encoding="utf-8"))["computed"]["whale"]
    expected = expected["smcrm_acquisitionRetention"]
    frame = pd.read_csv(shared / "smcrm" / "acquisitionRetention.csv")
    found = whale_of(frame["profit"].to_numpy(float))
    assert (found.peak, found.total) == pytest.approx((expected["peak_cum_profit"], expected["total_profit"]))
    assert found.at == expected["peak_at_customer"]


@pytest.mark.parametrize(
    ("levers", "said"),
    [(Levers(price=2), "price is 2"), (Levers(minimum=-1), "minimum"), (Levers(let_go=-1), "let_go"),
     (Levers(serve=float("nan")), "serve")],
)  # fmt: skip
def test_a_lever_beyond_its_limits_is_refused(levers, said):
    with pytest.raises(Problem, match=said):
        pull(FIVE, levers)


@pytest.mark.parametrize(
    ("levers", "column"),
    [(Levers(price=0.1), "revenue"), (Levers(serve=0.1), "cost_to_serve"), (Levers(minimum=5), "average_order")],
)
def test_a_lever_that_needs_a_figure_names_it(levers, column):
    with pytest.raises(Problem, match=f"needs .*{column}"):
        pull(Customers(FIVE.frame.drop(columns=column)), levers)
