"""Customers compared by words and numbers together: what Gower's distance says, and what groups by it are called."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.distance import squareform

from segmentation import METHODS, Problem
from segmentation.segments import mixed
from tests.small import customers

JOIN = METHODS["hierarchical"]
BY = {"distance": "gower", "linkage": "average", "transform": "standard", "outliers": "keep"}


def apart(people, *columns: str) -> np.ndarray:
    """How far customers are from each other, in the order of their ids."""
    made = mixed.mixed(people, columns, "standard", "keep", 10_000).points
    found = np.full((len(people), len(people)), np.nan)
    rows = made.rows[made.fitted]
    found[np.ix_(rows, rows)] = squareform(mixed.gower(made.sample))
    return found


def test_a_number_counts_by_its_part_of_the_range_and_a_word_is_the_same_or_another() -> None:
    # by hand: revenue 0, 50, 100, 100 of a range of 100; A and D live in one town
    people = customers(revenue=np.array([0.0, 50.0, 100.0, 100.0]), town=["Ulm", "Bonn", "Bonn", "Ulm"])
    by_hand = [[0, 0.75, 1, 0.5], [0.75, 0, 0.25, 0.75], [1, 0.25, 0, 0.5], [0.5, 0.75, 0.5, 0]]
    assert np.allclose(apart(people, "revenue", "town"), by_hand)


def test_what_is_not_known_of_both_counts_for_nothing() -> None:
    # by hand: of B no town is known, of C no revenue; B and C share nothing that is known
    people = customers(revenue=np.array([0.0, 25.0, np.nan, 100.0]), town=["Ulm", None, "Ulm", "Bonn"])
    by_hand = [[0, 0.25, 0, 1], [0.25, 0, 1, 0.75], [0, 1, 0, 1], [1, 0.75, 1, 0]]
    assert np.allclose(apart(people, "revenue", "town"), by_hand)


def test_eight_people_are_as_far_apart_as_the_package_gower_has_them() -> None:
    """Three numbers, two words and a yes or no each; the expected distances were computed by gower 0.1.2 of PyPI."""
    people = customers(
        age=np.array([21.0, 21, 19, 30, 21, 21, 19, 30]),
        gender=[*"MMNMFFFF"],
        civil_status=["MARRIED", "SINGLE", "SINGLE", "SINGLE", "MARRIED", "SINGLE", "WIDOW", "DIVORCED"],
        salary=np.array([3000.0, 1200, 32000, 1800, 2900, 1100, 10000, 1500]),
        has_children=np.array([1.0, 0, 1, 1, 1, 0, 0, 1]),
        available_credit=np.array([2200.0, 100, 22000, 1100, 2000, 100, 6000, 2200]),
    )
    theirs = [
        [0, 0.359024, 0.67074, 0.317874, 0.168728, 0.52623, 0.596979, 0.477788],
        [0, 0.69643, 0.313877, 0.523629, 0.167206, 0.456002, 0.653964],
        [0, 0.655281, 0.672801, 0.69697, 0.740428, 0.815194],
        [0, 0.482479, 0.481083, 0.748186, 0.343323],
        [0, 0.357502, 0.432373, 0.312104],
        [0, 0.289875, 0.487836],
        [0, 0.574766],
    ]
    ours = apart(people, "age", "gender", "civil_status", "salary", "has_children", "available_credit")
    for at, row in enumerate(theirs):
        assert ours[at, at:] == pytest.approx(row, abs=2e-6), at


known = st.floats(-1e6, 1e6).map(lambda value: round(value, 2)) | st.just(np.nan)
words = st.sampled_from(["North", "South", "East", None])


@given(st.lists(st.tuples(known, known, words), min_size=2, max_size=9), st.sampled_from([0.01, 7.0, 1000.0]))
def test_the_distance_is_between_0_and_1_the_same_both_ways_and_in_any_unit(rows, times) -> None:
    one, two, said = (list(part) for part in zip(*rows, strict=True))
    names, made = ("one", "two", "said"), {"one": np.array(one), "two": np.array(two), "said": said}
    if not any(said):
        names, made = names[:2], {name: made[name] for name in ("one", "two")}
    found = apart(customers(**made), *names)
    there = ~np.isnan(found)
    assert ((found[there] >= 0) & (found[there] <= 1)).all()
    assert np.array_equal(found, found.T, equal_nan=True)
    assert (np.diag(found)[np.diag(there)] == 0).all()
    dearer = apart(customers(**{**made, "one": made["one"] * times}), *names)
    assert np.allclose(found, dearer, atol=1e-5, equal_nan=True)


@pytest.fixture(scope="module")
def kinds():
    """Customers of three regions; those in the North spend most. Of one nothing is known, of one no region."""
    at = np.arange(91)
    region = np.array(["North", "South", "East"], object)[at % 3]
    revenue = np.where(at % 3 == 0, 1000.0, 50.0) + at
    region[[1, 90]], revenue[90] = None, np.nan
    return customers([f"{one:03}" for one in at], revenue=revenue, region=region)


def test_groups_by_words_and_numbers_are_named_by_both_and_a_gap_leaves_nobody_out(kinds) -> None:
    found = JOIN(kinds, columns=("revenue", "region"), k=3, **BY)
    assert found.names == ("Very high revenue, region North", "Region South, low revenue", "Region East, low revenue")
    assert sorted(found.counts[:3]) == [29, 30, 31]
    labels = found.labels()
    assert labels["001"] != "Unknown"  # only the region is missing there
    assert labels["090"] == "Unknown"


def test_by_words_alone_each_word_is_a_group(kinds) -> None:
    assert JOIN(kinds, columns=("region",), k=3, **BY).names == ("Region North", "Region South", "Region East")


def test_words_need_the_distance_for_them_and_a_sentence_says_so(kinds) -> None:
    for name in ("kmeans", "hierarchical", "mixture"):
        with pytest.raises(Problem, match=r"“region” holds words.*Gower"):
            METHODS[name](kinds, columns=("revenue", "region"))


def test_ward_is_never_about_words_and_that_is_said(kinds) -> None:
    ward, mean = (
        {**JOIN.defaults, **BY, "columns": ("revenue", "region"), "k": 3, "linkage": one} for one in ("ward", "average")
    )
    assert JOIN(kinds, **ward).labels().equals(JOIN(kinds, **mean).labels())
    assert "by words and numbers, groups are joined by the mean of all pairs" in " ".join(JOIN.remarks(kinds, ward))


def test_of_many_some_are_joined_and_the_others_stand_where_they_belong() -> None:
    at = np.arange(4_600)
    region = np.array(["North", "South"])[at % 2]
    people = customers([f"{one:05}" for one in at], revenue=np.where(at % 2 == 0, 1000.0, 50.0) + at % 7, region=region)
    found = JOIN(people, columns=("revenue", "region"), k=2, **BY)
    assert found.counts.tolist() == [2_300, 2_300, 0]
    assert "4,000 of 4,600" in " ".join(JOIN.remarks(people, JOIN.complete({"columns": ("revenue", "region"), **BY})))


def test_in_very_many_columns_fewer_customers_are_compared_pair_by_pair() -> None:
    values = np.random.default_rng(1).normal(0, 1, (300, 1500))
    people = customers([f"{at:04}" for at in range(1500)], **{f"x{at:03}": one for at, one in enumerate(values)})
    made = mixed.mixed(people, tuple(people.frame), "standard", "keep", 1_000).points
    assert made.facts.known == 1_500 and made.facts.fitted == 200
