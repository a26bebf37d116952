"""Expected money of a purchase: the published numbers of CDNOW, and where the model has no answer."""

import numpy as np
import pandas as pd
import pytest

from segmentation.potential.lifetimes.spending import fit_spending
from segmentation.problems import Problem

FIRST_TEN = [24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17]


@pytest.fixture(scope="module")
def cdnow(shared):
    frame = pd.read_csv(shared / "cdnow" / "cdnow_customers_summary_with_transactions.csv")
    return frame["x"].to_numpy(float), frame["zbar"].to_numpy(float)


def test_the_published_parameters_of_cdnow_come_out(cdnow):
    found = fit_spending(*cdnow)
    # half the last digit that is printed, and what the likelihood leaves open where it is flat
    assert (found.p, found.q) == pytest.approx((6.25, 3.74), abs=0.005 + 0.001)
    assert found.v == pytest.approx(15.44, abs=0.01)
    assert round(found.log_likelihood, 1) == -4055.9 and found.converged and found.customers == 946


def test_the_published_expectations_of_the_first_ten_customers_come_out(cdnow):
    x, mean = (values[:10] for values in cdnow)
    assert fit_spending(*cdnow).expected(x, mean) == pytest.approx(
        FIRST_TEN, abs=0.011
    )  # the file has means rounded to cents


def test_the_parameters_purchases_were_drawn_from_are_found_again():
    rng = np.random.default_rng(1)
    x = rng.integers(1, 12, 60_000).astype(float)
    mean = rng.gamma(6 * x, 1 / (x * rng.gamma(4.0, 1 / 15.0, len(x))))
    found = fit_spending(x, mean)
    assert (found.p, found.q, found.v) == pytest.approx((6, 4, 15), rel=0.1)


def test_the_currency_and_the_order_of_customers_do_not_matter():
    rng = np.random.default_rng(2)
    x = rng.integers(0, 6, 500).astype(float)
    mean = np.where(x > 0, rng.gamma(3, 10, 500).round(2), 0)
    found, turned = fit_spending(x, mean), rng.permutation(500)
    again = fit_spending(x[turned], mean[turned])
    assert (again.p, again.q, again.v) == pytest.approx((found.p, found.q, found.v), rel=1e-6)
    cents = fit_spending(x, mean * 100)
    assert (cents.p, cents.q, cents.v) == pytest.approx((found.p, found.q, 100 * found.v), rel=1e-3)


def test_a_spread_without_a_mean_is_noticed():
    rng = np.random.default_rng(3)
    mean = 10 / rng.random(3000) ** 1.6  # a tail so heavy that the mean over customers has no bound
    assert not fit_spending(np.ones(3000), mean).bounded


def test_one_alone_cannot_say_how_customers_differ():
    with pytest.raises(Problem, match="Only 1 customers have repeat purchases"):
        fit_spending(np.array([2.0, 0.0]), np.array([5.0, 0.0]))
