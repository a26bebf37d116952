"""The held-back check on real files: what the models would have said, and what came."""

import pytest

from segmentation.analysis.holdout import AGAIN, check, hold_out, rank
from segmentation.potential import MODELS


@pytest.fixture(scope="module")
def cdnow(real):
    return hold_out(real("cdnow_master"), months=9)


@pytest.fixture(scope="module")
def retail(real):
    return hold_out(real("online_retail_slice"), months=1)


def test_what_came_and_what_was_known_before_make_up_the_whole_file(cdnow, people):
    assert (str(cdnow.before.as_of), cdnow.days, len(cdnow.before)) == ("1997-09-30", 273, 23_570)
    assert cdnow.before.total("revenue") + cdnow.actual.sum() == pytest.approx(2_500_315.63)
    assert (cdnow.newcomers, cdnow.new_money) == (0, 0)


def test_on_cdnow_expected_purchases_err_half_as_much_as_repeating_the_past(cdnow):
    found = check(cdnow, "mbgnbd")
    assert found.actual == pytest.approx(776_961.13) and found.predicted == pytest.approx(607_986, rel=1e-3)
    assert found.error == pytest.approx(31.86, abs=0.05) and found.naive[AGAIN] == pytest.approx(60.54, abs=0.01)
    assert found.top == pytest.approx(0.683, abs=0.002) and found.best_top == pytest.approx(0.939, abs=0.001)
    assert found.sentence == (
        "The total can be trusted only roughly (22% below what came); the order can be trusted (the fifth it puts first "
        "brought 68% of the money, by chance 18% to 22%; rank correlation 0.43, 0.42 to 0.44); single customers are "
        "forecast better than by last period again (an error of 31.9 each, against 60.5)."
    )


def test_on_cdnow_the_deciles_fall_as_predicted(cdnow):
    deciles = check(cdnow, "bgnbd").deciles
    assert deciles["customers"].sum() == 23_570 and (deciles["predicted"].diff().dropna() <= 0).all()
    assert deciles["actual"][0] > 3 * deciles["actual"][1] > 6 * deciles["actual"][5]


def test_models_are_ranked_by_what_they_would_have_got_wrong(cdnow, retail):
    assert [one.model for one in rank(cdnow, MODELS)] == ["mbgnbd", "bgnbd", "score", "trend", "headroom"]
    assert rank(retail, MODELS)[-1].model == "headroom"


def test_on_the_online_retail_slice_a_month_is_forecast_within_an_eighth(retail):
    found = check(retail, "mbgnbd")
    assert (str(retail.before.as_of), retail.days, retail.newcomers) == ("2011-02-28", 31, 452)
    assert retail.new_money == pytest.approx(200_069.96)
    assert (found.predicted, found.actual) == pytest.approx((349_696, 395_430.8), rel=1e-3)
    assert (found.error, found.naive[AGAIN]) == pytest.approx((231.5, 263.6), rel=1e-3)
    assert found.sentence.startswith("The total can be trusted (12% below what came); the order can be trusted (the")
