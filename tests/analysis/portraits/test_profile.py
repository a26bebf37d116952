"""What sets segments apart is told in numbers and words that are true of the file."""

import numpy as np
import pytest

from segmentation import METHODS, Problem
from segmentation.analysis.portraits.profile import SHOWING, profile, profile_of, spending
from tests.small import customers

RNG = np.random.default_rng(3)
SMALL, LARGE = 60, 40


@pytest.fixture(scope="module")
def shop():
    """Sixty small buyers and forty large ones, who differ in nothing else; of one nothing is known."""
    revenue = np.r_[RNG.uniform(90, 110, SMALL), RNG.uniform(900, 1100, LARGE), np.nan]
    ids = [f"{at:03}" for at in range(SMALL + LARGE + 1)]
    return customers(
        ids, revenue=revenue, age=np.r_[np.tile([30.0, 50.0], 50), 40.0], orders=np.r_[np.full(100, 4.0), 4.0]
    )


@pytest.fixture(scope="module")
def made(shop):
    return METHODS["kmeans"](shop, columns=("revenue",), k=2)


def test_the_column_that_sets_segments_apart_is_told_with_what_is_typical_and_usual(shop, made):
    found = profile(made, ("age", "revenue", "orders"))
    assert found.telling(0) == ["revenue"] and found.telling(1) == ["revenue"]
    assert found.typical[0, 1] == np.median(shop.values("revenue")[SMALL:-1])
    assert found.usual[1] == np.nanmedian(shop.values("revenue"))
    assert found.sentences(0, "€")[0].startswith("Revenue €9") or found.sentences(0, "€")[0].startswith("Revenue €1.0")
    assert "times the usual €" in found.sentences(0, "€")[0]
    assert "of the usual" in found.sentences(1)[0] and "%" in found.sentences(1)[0]


@pytest.mark.parametrize("many", [40_000, 40_001])
@pytest.mark.parametrize("shape", ["skewed", "few values", "one value", "shown wrongly"])
def test_the_middle_of_very_many_is_that_of_numpy(many, shape):
    drawn = RNG.lognormal(3, 2, many)
    whole = {"skewed": drawn, "few values": drawn.round(-1), "one value": np.full(many, 7.0)}
    astray = np.where(
        np.arange(many) % (many // SHOWING), np.arange(many) % 97.0, many
    )  # those looked at are the largest
    values = whole.get(shape, astray)
    found = profile_of(customers(range(many), revenue=values), {"all": np.arange(many)}, ("revenue",))
    assert found.typical[0, 0] == np.median(values) == found.usual[0]


def test_what_can_be_lost_is_no_multiple_of_what_is_usual():
    gain = np.r_[np.full(30, -0.7), np.full(31, 0.7), 0.01]
    found = profile_of(
        customers(range(62), gain=gain), {"low": np.arange(30), "high": np.arange(30, 61)}, ("gain",), "standard"
    )
    assert found.sentences(1) and "times" not in found.sentences(1)[0] and "%" not in found.sentences(1)[0]


def test_segments_get_names_in_words_and_those_of_any_method_can(shop, made):
    assert profile(made).proposed == ("High revenue", "Low revenue")
    assert profile(METHODS["abc_classes"](shop, value="revenue"), ("revenue", "age")).proposed[0] == "High revenue"


def test_a_segment_like_all_others_has_nothing_that_sets_it_apart(made):
    found = profile(made, ("age", "orders"))
    assert found.telling(0) == [] and found.sentences(0) == []
    assert found.frame().shape == (4, 5)


def test_a_group_keeps_the_name_one_gives_it_everywhere(shop):
    own = {"High revenue": "Wholesale"}
    made = METHODS["kmeans"](shop, columns=("revenue",), k=2, names=own)
    assert made.names == ("Wholesale", "Low revenue")
    both = METHODS["kmeans"](shop, columns=("revenue",), k=2, names={"High revenue": "Low revenue"})
    assert both.names == ("Low revenue", "Low revenue (2)")


@pytest.mark.parametrize(
    "names", [{"High revenue": ""}, {"High revenue": "x" * 61}, ["a"], {"High revenue": "Unknown"}]
)
def test_a_name_that_cannot_be_one_is_said(shop, names):
    with pytest.raises(Problem, match="name"):
        METHODS["kmeans"](shop, columns=("revenue",), k=2, names=names)


def test_where_most_have_the_same_the_means_are_told():
    spend = np.r_[np.zeros(60), np.full(20, 100.0)]
    people = customers([f"{at:02}" for at in range(80)], revenue=spend, age=np.r_[np.full(60, 30.0), np.full(20, 60.0)])
    made = METHODS["kmeans"](people, columns=("age",), k=2, transform="none")
    small = profile(made, ("revenue",)).sentences(int(made.counts[:2].argmax()))
    assert small == ["Revenue 0 on average, against 25 for all customers"]


def test_where_what_is_typical_is_nearly_as_usual_the_means_tell_what_sets_a_segment_apart():
    silent = np.r_[np.full(50, 480.0), np.full(10, 470.0), np.full(40, 10.0)]
    people = customers(
        [f"{at:03}" for at in range(100)], recency_days=silent, orders=np.r_[np.ones(50), np.full(50, 9.0)]
    )
    found = profile(METHODS["kmeans"](people, columns=("orders",), k=2), ("recency_days",))
    said = [found.sentences(at)[0] for at in range(2)]
    assert "Days since last order 480 on average, against 291 for all customers" in said
    assert "Days since last order 10, usually 475" in said, "far from the usual, what is typical tells enough"


def test_where_nobody_is_in_a_segment_there_is_no_row(shop):
    found = profile_of(shop, {}, ["revenue", "orders"])
    assert found.names == () and found.typical.shape == (0, 2) and np.isfinite(found.usual).all()


def test_growth_is_told_as_what_they_spend_lately():
    people = customers(revenue=[10.0] * 40 + [900.0] * 30, growth=[-1.0] * 40 + [-0.01] * 30)
    found = profile(
        METHODS["kmeans"](people, columns=("revenue",), k=2), ("growth",), transform="none", outliers="keep"
    )
    assert "Lately spending 1% less than before; the usual customer is spending nothing" in found.sentences(
        0
    ) + found.sentences(1)
    assert [spending(one) for one in (0.12, 0.0, -1.0)] == ["12% more than before", "as much as before", "nothing"]


def test_where_the_typical_customer_grows_as_usual_growth_is_told_on_average():
    people = customers(revenue=[10.0] * 40 + [900.0] * 30, growth=[-1.0] * 39 + [0.0] + [-1.0] * 16 + [0.5] * 14)
    found = profile(
        METHODS["kmeans"](people, columns=("revenue",), k=2), ("growth",), transform="none", outliers="keep"
    )
    said = [one for at in range(2) for one in found.sentences(at)]
    assert said and all(one.startswith("Lately spending ") and " on average, against " in one for one in said)
