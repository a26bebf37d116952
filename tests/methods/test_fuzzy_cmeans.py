"""Who is undecided: a line in the picture of how surely customers belong to their group."""

import numpy as np
import pytest

from segmentation import METHODS
from segmentation.analysis.action.good import measured
from segmentation.analysis.portraits.card import standing
from segmentation.analysis.thresholds.lines import lines_of
from segmentation.analysis.thresholds.sensitivity import between
from segmentation.charts.own import own
from segmentation.methods import fuzzy_cmeans
from tests.samples import people_of

people = people_of()
method = METHODS["fuzzy_cmeans"]
TWO = {"columns": ("revenue", "orders")}  # as many as there are orderings: they are not what is cut


@pytest.mark.parametrize("given", [{}, TWO, {"k": 7}], ids=["usual", "two columns", "seven groups"])
def test_at_every_stop_of_the_line_those_below_it_are_undecided_and_all_others_in_the_group_of_their_highest_degree(
    given,
):
    made = method(people, **given)
    (line,) = lines_of(method, method.complete(given), made)
    highest = made.detail.drop(columns="undecided").to_numpy()
    for at, sure in enumerate(line.stops.tolist()):
        there = method(people, **given, sure=sure)
        expected = np.where(highest.max(axis=1) < sure, highest.shape[1], highest.argmax(axis=1))
        assert there.codes.tolist() == expected.tolist()
        assert line.places[0][at] == len(people) - there.counts[-2]
        assert there.detail["undecided"].tolist() == (there.codes == highest.shape[1]).tolist()


def test_who_belongs_to_a_group_by_exactly_the_degree_that_is_enough_is_decided():
    least = float(method(people).detail.drop(columns="undecided").max(axis=1).min())
    sure, more = (method(people, sure=value).counts[-2] for value in (least, np.nextafter(least, 1)))
    assert (sure, more) == (0, 1)


def test_groups_keep_their_names_while_the_line_is_moved():
    given = {"columns": ("revenue",), "k": 7}
    names = method(people, **given).names
    assert any("about" in name for name in names), "some are told apart by the mean of their customers"
    assert all(method(people, **given, sure=sure).names == names for sure in (0.0, 0.6, 0.95))


def test_the_line_is_moved_without_asking_anew_how_far_anybody_belongs_to_a_group(monkeypatch):
    made = method(people)
    line = lines_of(method, method.defaults, made)[0]
    monkeypatch.setattr(fuzzy_cmeans, "memberships", lambda *_: pytest.fail("degrees were computed again"))
    assert len({method(people, sure=sure).counts[-2] for sure in line.stops.tolist()}) > 10


def test_the_picture_is_that_of_the_degrees_however_many_columns_customers_are_compared_by():
    for given in ({}, TWO):
        found = own(method, method.complete(given), method(people, **given))
        assert found.title == "Customers by degree of belonging to their group"


def test_no_value_of_a_column_is_said_to_lead_to_a_group_and_no_cut_of_a_column_to_be_its_rule():
    made = method(people, **TWO)
    assert standing(made, 0)["up"] == []
    told = " ".join(str(one) for one in measured(method, method.complete(TWO), made).values())
    assert "own cuts are the rule" not in told


def test_groups_found_by_other_columns_are_told_apart_by_their_names_though_they_are_as_many():
    one, other = method(people, **TWO), method(people, columns=("recency_days",))
    moved = np.concatenate([some.rows for some in between(one, other)])
    labels = [made.labels().astype(str).to_numpy() for made in (one, other)]
    assert sorted(moved.tolist()) == np.flatnonzero(labels[0] != labels[1]).tolist()
