"""The potential where no model is chosen."""

import datetime as dt

import numpy as np
from numpy.testing import assert_array_equal

from segmentation import Customers
from segmentation.customers import outlook
from segmentation.potential import MODELS
from tests.small import table


def test_money_goes_on_at_part_of_its_growth_which_is_kept_within_a_bound():
    known = {"profit": np.array([100.0, 100.0, 100.0, np.nan]), "growth": np.array([0.2, 5.0, np.nan, 1.0])}
    found = outlook.trend(known, "profit", None)
    assert_array_equal(found.values, [110, 150, 100, np.nan])  # of whom nothing is known, nothing is promised
    assert_array_equal(outlook.trend(known, "profit", None, damping=1, bound=0.1).values, [110, 110, 100, np.nan])
    assert found.known == known and found.sentence.startswith(outlook.SAYS)


def test_a_window_is_brought_to_a_year():
    assert outlook.yearly(np.array([10.0]), 73)[0] == 10 * 365.25 / 73
    assert (outlook.brought(None), outlook.brought(365)) == ("", "")
    assert outlook.brought(73) == " (73 days brought to a year)"


def test_a_window_is_told_in_months_where_these_say_enough():
    told = {days: outlook.over(days) for days in (None, 33, 61, 70, 121, 360, 726, 1096)}
    assert told == {
        None: "",
        33: "over 33 days",
        61: "over 2 months",
        70: "over 70 days",
        121: "over 4 months",
        360: "over about 12 months",
        726: "over about 24 months",
        1096: "over 36 months",
    }


def test_customers_come_with_what_the_file_states_or_with_the_trend():
    sales = {"customer": ["a", "b"], "date": [dt.date(2026, 1, 1), dt.date(2026, 3, 1)], "revenue": [1.0, 2.0]}
    for people, model in (
        (Customers.build(table(**sales)), "trend"),
        (Customers.build(table(**sales, potential=[7.0, 9.0])), "column"),
    ):
        expected = MODELS[model](people)
        assert people.frame["potential"].tolist() == expected.values.tolist()
        assert people.notes[-1] == expected.sentence
