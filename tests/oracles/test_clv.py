"""Expected purchases and money of every customer equal what lifetimes computed, from the raw sale lines on."""

import numpy as np
import pytest

from segmentation import Customers
from segmentation.potential import MODELS
from segmentation.potential.lifetimes.expected import lifetime
from segmentation.potential.lifetimes.purchases import fit_purchases

CDNOW, RETAIL = "cdnow_sample_1997-09-30_weeks", "online_retail_slice"


@pytest.fixture(scope="module")
def weeks(real) -> Customers:
    return Customers.build(real("cdnow_sample"), {"customer": "sample_id"}, as_of="1997-09-30")


@pytest.fixture(scope="module")
def expected(oracle):
    return lambda name: oracle(f"clv_{name}").set_index(oracle(f"clv_{name}").columns[0])


def near(found, theirs, rel=1e-3, abs_=1e-3):
    return np.allclose(found, theirs, rtol=rel, atol=abs_)


def test_every_customer_of_cdnow_in_weeks(weeks, expected):
    theirs, found = expected(CDNOW), MODELS["bgnbd"](weeks, period="W")
    assert [f"{int(number):04}" for number in theirs.index] == weeks.frame.index.tolist()
    for name in ("frequency", "recency", "T", "monetary_value"):
        assert near(found.known[name], theirs[name], 0, 1e-6), name
    assert near(found.known["p_alive"], theirs["p_alive_bgnbd"], 0, 1e-3)
    assert near(found.known["expected_average"], theirs["expected_avg_profit"])
    of_their_months = lifetime(weeks, False, "W", 12, 0.01, month=4.345 * 7)
    assert near(of_their_months.values, theirs["clv"], abs_=0.01)
    modified = MODELS["mbgnbd"](weeks, period="W")
    assert near(modified.known["p_alive"], theirs["p_alive_mbgnbd"], 0, 1e-3)


def test_every_customers_expected_purchases_over_39_weeks(weeks, expected, oracles):
    theirs, found = expected(CDNOW), MODELS["bgnbd"](weeks, period="W")
    x, t_x, T = (found.known[name] for name in ("frequency", "recency", "T"))
    buys = fit_purchases(x, t_x, T, modified=False).expected(39, x, t_x, T)
    assert near(buys, theirs["expected_purchases_bgnbd"])
    assert buys.sum() == pytest.approx(oracles["clv"][CDNOW]["sum_expected_purchases_bgnbd"], rel=1e-4)


def test_the_published_means_of_the_first_ten_customers_to_the_printed_digits(weeks):
    found = MODELS["bgnbd"](weeks, period="W").known["expected_average"][:10]
    assert found.round(2).tolist() == [24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17]


@pytest.mark.parametrize("model", ["bgnbd", "mbgnbd"])
def test_the_parameters_of_both_models_and_of_money(weeks, oracles, model):
    theirs, found = oracles["clv"][CDNOW], MODELS[model](weeks, period="W").facts
    for parameter, value in {**theirs[model], **theirs["gamma_gamma"]}.items():
        assert found[parameter] == pytest.approx(value, rel=1e-3), parameter
    assert found["correlation"] == pytest.approx(theirs["gg_corr_freq_monetary"])
    assert (found["customers"], found["money_customers"]) == (theirs["n_customers"], theirs["gg_n"])


def test_the_log_likelihoods_are_those_of_a_second_program(shared, oracles):
    import pandas as pd

    frame = pd.read_csv(shared / "cdnow" / "cdnow_customers_summary_with_transactions.csv")
    found = fit_purchases(*(frame[name].to_numpy(float) for name in ("x", "t_x", "T")), modified=False)
    assert found.log_likelihood == pytest.approx(oracles["clv_second_program_BTYD"]["cdnow_summary"]["LL"], abs=1e-3)


@pytest.mark.parametrize("model", ["bgnbd", "mbgnbd"])
def test_where_dropout_cannot_be_told_it_is_said_and_the_money_is_still_right(people, expected, model):
    theirs, found = expected(RETAIL), MODELS[model](people(RETAIL), period="D")
    assert "p_alive" not in found.known and "nobody is counted as lost" in found.warnings[0]
    assert not found.facts["converged"]
    assert near(found.known["frequency"], theirs["frequency"], 0, 0)
    assert near(found.known["expected_average"], theirs["expected_avg_profit"])
    of_their_months = lifetime(people(RETAIL), model == "mbgnbd", "D", 12, 0.01, month=30.0)
    assert near(of_their_months.values, theirs["clv"], abs_=0.01)
    x, T = found.known["frequency"], found.known["T"]
    buys = 90 * (found.facts["r"] + x) / (found.facts["alpha"] + T)
    assert near(buys, theirs["expected_purchases_bgnbd"])
