"""Expected purchases: the published numbers of CDNOW, and what must hold for any customers."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import gammaln

from segmentation.potential.lifetimes.purchases import Purchases, fit_purchases
from segmentation.problems import Problem

MODIFIED = pytest.mark.parametrize("modified", [False, True], ids=["bgnbd", "mbgnbd"])


@pytest.fixture(scope="module")
def cdnow(shared):
    """x, t_x, T in weeks of the 2 357 customers every paper uses."""
    frame = pd.read_csv(shared / "cdnow" / "cdnow_customers_summary_with_transactions.csv")
    return [frame[name].to_numpy(float) for name in ("x", "t_x", "T")]


def test_the_published_parameters_of_cdnow_come_out_to_the_printed_digits(cdnow):
    found = fit_purchases(*cdnow, modified=False)
    assert [round(value, 3) for value in (found.r, found.alpha, found.a, found.b)] == [0.243, 4.414, 0.793, 2.426]
    assert round(found.log_likelihood, 1) == -9582.4 and found.converged
    assert (found.customers, found.rows) == (2357, 1016)


def test_the_published_parameters_of_the_modified_model_come_out_too(cdnow):
    found = fit_purchases(*cdnow)
    assert [round(value, 3) for value in (found.r, found.alpha, found.a, found.b)] == [0.525, 6.183, 0.891, 1.614]


def test_the_published_expectations_of_cdnow_come_out_to_the_printed_digits(cdnow):
    found = fit_purchases(*cdnow, modified=False)
    assert round(expected(found, 39, 2, 30.43, 38.86), 3) == 1.226
    assert [round(expected(found, weeks, 0, 0, 0), 4) for weeks in (1, 32)] == [0.0532, 1.0437]
    # published as 1.8576 from a series cut off after 150 terms; the whole series gives 1.85797
    assert expected(found, 78, 0, 0, 0) == pytest.approx(1.8576, abs=5e-4)
    assert round(cut_series(found, 78, 150), 4) == 1.8576
    assert cut_series(found, 78, 2000) == pytest.approx(expected(found, 78, 0, 0, 0), rel=1e-6)


def cut_series(found: Purchases, time: float, terms: int) -> float:
    """The published formula with so many terms of its series."""
    r, alpha, a, b = found.r, found.alpha, found.a, found.b
    z = time / (alpha + time)
    k = np.arange(terms)
    series = 1 + np.cumprod((r + k) * (b + k) / ((a + b - 1 + k) * (k + 1)) * z).sum()
    return (a + b - 1) / (a - 1) * (1 - (alpha / (alpha + time)) ** r * series)


def expected(found: Purchases, time, *customer) -> float:
    return float(found.expected(time, *(np.array([value]) for value in customer))[0])


def test_a_frequent_buyer_who_went_silent_is_rather_lost_than_a_rare_one(cdnow):
    """The published paradox: the same silence means more from those who bought often."""
    found = fit_purchases(*cdnow, modified=False)
    buys = [expected(found, 52, x, 20, 39) for x in (10, 15, 20, 25)]
    assert buys == pytest.approx([0.3474606, 0.04283391, 0.004158973, 0.0003583685], rel=1e-3)


def test_a_one_time_buyer_is_alive_for_certain_only_in_the_classic_model(cdnow):
    once = (np.zeros(1), np.zeros(1), np.array([38.0]))
    assert fit_purchases(*cdnow, modified=False).alive(*once)[0] == 1
    assert 0.1 < fit_purchases(*cdnow).alive(*once)[0] < 0.9


@MODIFIED
def test_the_expectation_is_the_mean_over_all_a_customer_could_be(modified):
    """Against the definition: draw rate and chance of loss of a customer alive, and count."""
    model = Purchases(0.5, 6.0, 0.9, 1.6, modified, 0.0, True, 1, 1)
    rng = np.random.default_rng(4)
    rate, chance = rng.gamma(0.5 + 3, 1 / (6 + 30), 400_000), rng.beta(0.9, 1.6 + 3 + modified, 400_000)
    mean = np.mean(-np.expm1(-rate * chance * 20) / chance)
    assert model.if_alive(20.0, np.array([3.0]), np.array([30.0]))[0] == pytest.approx(mean, rel=0.01)


def drawn(seed: int, customers: int, loss: tuple[float, float] | None = (0.9, 1.6)) -> list[np.ndarray]:
    """Customers who buy as the modified model says, over up to 100 weeks; without loss nobody is ever lost."""
    rng = np.random.default_rng(seed)
    T = rng.integers(20, 100, customers).astype(float)
    rate = rng.gamma(0.6, 1 / 6, customers)
    chance = rng.beta(*loss, customers) if loss else np.zeros(customers)
    x, t_x = np.zeros(customers), np.zeros(customers)
    now, buying = np.zeros(customers), rng.random(customers) >= chance
    while buying.any():
        now = now + rng.exponential(1 / rate)
        buying &= now <= T
        x[buying] += 1
        t_x[buying] = now[buying]
        buying &= rng.random(customers) >= chance
    return [x, t_x, T]


def test_the_parameters_customers_were_drawn_from_are_found_again():
    found = fit_purchases(*drawn(1, 200_000))
    assert (found.r, found.alpha, found.a, found.b) == pytest.approx((0.6, 6, 0.9, 1.6), rel=0.1)
    assert found.a / (found.a + found.b) == pytest.approx(0.36, rel=0.02)


@MODIFIED
def test_where_nobody_is_ever_lost_it_says_so_and_counts_nobody_as_lost(modified):
    x, t_x, T = drawn(2, 3000, loss=None)
    found = fit_purchases(x, t_x, T, modified=modified)
    assert not found.drops_out
    assert (found.alive(x, t_x, T) == 1).all()
    # b is only known to be large, and each power of ten that it has takes a digit of what is computed with it
    digits = np.finfo(float).eps * (found.b + x) / (found.r + x) * (found.alpha + T + 10) / 10
    wanted = 10 * (found.r + x) / (found.alpha + T)
    assert (np.abs(found.expected(10.0, x, t_x, T) / wanted - 1) < 8 * digits).all() and digits.max() < 1e-7


@MODIFIED
def test_where_nobody_is_ever_lost_rates_are_the_likeliest_of_the_model_without_loss(modified):
    x, t_x, T = drawn(2, 3000, loss=None)
    found = fit_purchases(x, t_x, T, modified=modified)

    def likelihood(r: float, alpha: float) -> float:
        return float(np.sum(gammaln(r + x) - gammaln(r) + r * np.log(alpha) - (r + x) * np.log(alpha + T)))

    best, near = likelihood(found.r, found.alpha), (0.999, 1, 1.001)
    assert found.log_likelihood == pytest.approx(best, abs=0.01)
    beside = [likelihood(found.r * r, found.alpha * alpha) for r in near for alpha in near if (r, alpha) != (1, 1)]
    assert max(beside) < best - 2e-4


@MODIFIED
def test_neither_the_order_of_customers_nor_the_unit_of_time_changes_anything(modified):
    x, t_x, T = drawn(3, 2000)
    found = fit_purchases(x, t_x, T, modified=modified)
    turned = np.random.default_rng(0).permutation(len(x))
    assert fit_purchases(x[turned], t_x[turned], T[turned], modified=modified) == found
    days = fit_purchases(x, 7 * t_x, 7 * T, modified=modified)
    assert (days.r, days.alpha, days.a, days.b) == pytest.approx((found.r, 7 * found.alpha, found.a, found.b), rel=1e-4)


@settings(max_examples=100)
@given(
    r=st.floats(0.01, 20),
    alpha=st.floats(0.1, 1000),
    a=st.just(0.0) | st.just(1.0) | st.floats(0.01, 30),
    b=st.floats(0.05, 1e4),
    x=st.integers(0, 800),
    share=st.floats(0, 1),
    T=st.floats(0, 1000),
    time=st.floats(0.1, 500),
    modified=st.booleans(),
)
def test_chances_stay_chances_and_nobody_buys_more_than_the_rate_allows(r, alpha, a, b, x, share, T, time, modified):
    model = Purchases(r, alpha, a, b, modified, 0.0, True, 1, 1)
    customer = (np.array([float(x)]), np.array([share * T if x else 0.0]), np.array([T]))
    assert 0 <= model.alive(*customer)[0] <= 1
    buys = model.expected(time, *customer)[0]
    assert -1e-9 <= buys <= time * (r + x) / (alpha + T) * (1 + 1e-6)


def test_progress_is_told_after_every_step_and_the_likelihood_rises():
    told = []
    found = fit_purchases(*drawn(5, 2000), progress=lambda step, value: told.append((step, value)))
    assert [step for step, _ in told] == list(range(1, len(told) + 1))
    assert told[0][1] < told[-1][1] == pytest.approx(found.log_likelihood, rel=1e-9)


@pytest.mark.parametrize(
    ("customers", "said"),
    [
        (([0.0, 0], [0.0, 0], [9.0, 5]), "Nobody bought on a second day"),
        (([0.0], [0.0], [0.0]), "All purchases are on one day"),
        (([], [], []), "All purchases are on one day"),
        (([1.0], [7.0], [5.0]), "bought last before they bought first"),
    ],
)
def test_what_cannot_be_fitted_is_answered_with_a_sentence(customers, said):
    with pytest.raises(Problem, match=said):
        fit_purchases(*map(np.array, customers))


@MODIFIED
def test_one_customer_who_came_back_is_enough_to_get_an_answer(modified):
    found = fit_purchases(np.array([3.0]), np.array([20.0]), np.array([30.0]), modified=modified)
    assert np.isfinite(expected(found, 10, 3, 20, 30))


def test_where_the_published_formula_cannot_be_evaluated_the_definition_is_summed():
    model, customer = Purchases(1.0, 0.11, 0.5, 169.0, False, 0.0, True, 1, 1), (np.array([4.0]), np.array([0.0]))
    rng = np.random.default_rng(6)
    rate, chance = rng.gamma(1 + 4, 1 / 0.11, 400_000), rng.beta(0.5, 169 + 4, 400_000)
    mean = np.mean(-np.expm1(-rate * chance * 271) / chance)
    assert model.if_alive(271.0, *customer)[0] == pytest.approx(mean, rel=0.01)


ALL_OR_NOTHING, ALIKE = (1e-9, 2e-9), (2e7, 6e7)  # a and b → 0, and in the millions


@MODIFIED
@pytest.mark.parametrize("loss", [ALL_OR_NOTHING, ALIKE, None], ids=["to 0", "millions", "nobody lost"])
def test_a_ridge_is_never_called_converged(modified, loss):
    fits = [fit_purchases(*drawn(seed, 400, loss), modified=modified) for seed in range(4)]
    ridges = [min(found.a, found.b) < 1e-3 or max(found.a, found.b) > 1e4 for found in fits]
    assert any(ridges) and [not found.converged for found in fits] == ridges
    assert [not found.tells_alive for found in fits] == ridges
