"""Sleepers: silence in units of each customer's own cycle."""

import numpy as np
import pytest

from segmentation import METHODS, Problem
from segmentation.methods.sleepers import called_active
from tests.small import customers, groups

sleepers = METHODS["sleepers"]


def test_the_same_silence_is_nothing_for_one_and_the_end_for_another():
    # silent for 30 days: with a cycle of 60, 20, 12 and 7 days that is 0.5, 1.5, 2.5 and over 4 cycles
    people = customers(recency_days=[30.0] * 4, cycle_days=[60.0, 20, 12, 7])
    assert groups(sleepers.segment(people)) == {"On time": "A", "Late": "B", "Asleep": "C", "Lost": "D"}


def test_who_has_no_cycle_of_his_own_is_measured_by_the_median_of_all():
    people = customers(recency_days=[25.0, 1, 1, 1, 25], cycle_days=[np.nan, 10, 10, 40, 0])
    assert groups(sleepers.segment(people)) == {"On time": "BCD", "Asleep": "AE"}


def test_without_any_cycle_nobody_can_be_placed():
    assert groups(sleepers.segment(customers(recency_days=[5.0, 6], cycle_days=[np.nan, np.nan]))) == {"Unknown": "AB"}


def test_the_list_of_those_a_calendar_cut_would_call_active():
    people = customers(recency_days=[30.0, 30, 200], cycle_days=[7.0, 60, 7], revenue=[5.0, 9, 9])
    found = called_active(people)
    assert found.index.tolist() == ["A"]
    assert found["segment"].tolist() == ["Lost"]


def test_cuts_that_cross_are_refused():
    with pytest.raises(Problem, match=r"asleep .*cannot cross"):
        sleepers.segment(customers(recency_days=[1.0], cycle_days=[1.0]), asleep=4, lost=3)


def test_silence_of_exactly_so_many_cycles_still_belongs():
    people = customers(recency_days=[10.0, 11, 20, 21, 30, 31], cycle_days=[10.0] * 6)
    assert groups(sleepers.segment(people)) == {"On time": "A", "Late": "BC", "Asleep": "DE", "Lost": "F"}
    assert groups(sleepers.segment(people, late=1.1)) == {"On time": "AB", "Late": "C", "Asleep": "DE", "Lost": "F"}
