"""Lifecycle: calendar months of silence back from the as-of date."""

import datetime as dt

import numpy as np
import pytest

from segmentation import METHODS, Problem
from tests.small import customers, groups

lifecycle = METHODS["lifecycle"]


def stages(as_of, *last, **thresholds):
    day = dt.date.fromisoformat(as_of)
    silent = [(day - dt.date.fromisoformat(one)).days for one in last]
    return groups(lifecycle.segment(customers(recency_days=np.array(silent, float), as_of=day), **thresholds))


def test_three_six_and_twelve_calendar_months_part_the_stages_and_exactly_so_long_still_belongs():
    found = stages("2026-06-30", "2026-06-30", "2026-03-31", "2026-03-30", "2025-12-31", "2025-12-30", "2025-07-01")
    assert found == {"Active": "AB", "Inactive": "CD", "Sleeping": "EF"}
    assert stages("2026-06-30", "2025-06-30", "2025-06-29", "2001-01-01") == {"Sleeping": "A", "Closed": "BC"}
    assert stages("2024-06-15", "2024-03-15", "2023-06-15") == {"Active": "A", "Sleeping": "B"}


def test_a_month_without_such_a_day_ends_with_its_last_day():
    # three months before 31 August is 31 May; six months before it is 28 February
    assert stages("2026-08-31", "2026-05-31", "2026-05-30") == {"Active": "A", "Inactive": "B"}
    assert stages("2026-08-31", "2026-02-28", "2026-02-27") == {"Inactive": "A", "Sleeping": "B"}
    assert stages("2024-05-31", "2024-02-29", "2024-02-28", step=3) == {"Active": "A", "Inactive": "B"}


def test_from_a_months_last_day_it_goes_back_to_a_months_last_day():
    # three months before 30 June is 31 March, before 29 February it is 30 November
    assert stages("2026-06-30", "2026-03-31", "2026-03-30") == {"Active": "A", "Inactive": "B"}
    assert stages("2024-02-29", "2023-11-30", "2023-11-29") == {"Active": "A", "Inactive": "B"}


def test_the_step_stretches_every_stage():
    last = ("2026-05-31", "2026-05-30", "2026-04-29", "2026-02-27")
    assert stages("2026-06-30", *last, step=1) == {"Active": "A", "Inactive": "B", "Sleeping": "C", "Closed": "D"}


def test_a_file_that_says_days_alone_is_read_in_average_months():
    people = customers(recency_days=[91.0, 92.0, 182.0, 183.0, 365.0, 366.0])
    assert groups(lifecycle.segment(people)) == {"Active": "A", "Inactive": "BC", "Sleeping": "DE", "Closed": "F"}


def test_a_customer_without_a_purchase_is_unknown():
    assert groups(lifecycle.segment(customers(recency_days=[np.nan, 5.0]))) == {"Active": "B", "Unknown": "A"}


def test_half_a_month_is_no_step():
    with pytest.raises(Problem, match=r"step is 2\.5; it can be a whole number from 1 to 24"):
        stages("2026-06-30", "2026-06-30", step=2.5)
