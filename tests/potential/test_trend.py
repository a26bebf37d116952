"""Potential by trend: this window's profit a year on, at half the customer's own growth, within bounds."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_array_equal

from segmentation import Customers
from segmentation.potential.trend import trend
from tests.small import customers, table


def year(days: int = 365, **columns) -> Customers:
    last = dt.date(2025, 12, 31)
    frame = pd.DataFrame(columns, index=pd.Index([f"c{i}" for i in range(len(columns["revenue"]))], name="customer_id"))
    return Customers(frame, as_of=last, start=last - dt.timedelta(days=days - 1))


def test_half_of_the_growth_is_believed_and_growth_is_kept_within_bounds():
    people = customers(revenue=[100.0] * 5, growth=[0.0, 0.2, -0.2, 13.8, np.nan])
    assert trend(people).values.tolist() == [100, 110, 90, 150, 100]
    assert trend(people, damping=1, bound=0.1).values.tolist() == [100, 110, 90, 110, 100]


def test_a_short_window_is_brought_to_a_year():
    found = trend(year(days=73, revenue=[10.0], growth=[0.0]))
    assert found.values.tolist() == [50.03]  # 10 × 365.25 ÷ 73
    assert "73 days brought to a year" in found.sentence


def test_profit_is_carried_on_where_it_is_known_and_losses_stay_losses():
    people = year(revenue=[100.0, 100.0], profit=[20.0, -20.0], growth=[0.0, 1.0])
    assert trend(people).values == pytest.approx([20, -30], rel=1e-3)
    assert "profit" in trend(people).sentence


def test_without_dates_the_amounts_stand_and_the_note_says_so():
    people = customers(revenue=[7.5, np.nan])
    found = trend(people)
    assert_array_equal(found.values, [7.5, np.nan])
    assert "no dated sales" in found.sentence


def test_a_potential_of_the_files_own_is_kept():
    people = Customers.build(table(customer_id=["a", "b"], revenue=[1.0, 2.0], potential=[30.0, 40.0]))
    assert people.frame["potential"].tolist() == [30, 40]
    assert any("own column" in note for note in people.notes)
