"""Before and after: who is in another segment, as comparing everybody's segment finds it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation import METHODS
from segmentation.analysis.thresholds.before import before, moved
from segmentation.analysis.thresholds.sensitivity import by_place
from tests import laws


@pytest.mark.parametrize("method", METHODS.values(), ids=list(METHODS))
@settings(max_examples=5)
@given(data=st.data())
def test_who_moved_is_who_has_another_segment(method, data):
    people = data.draw(laws.customers())
    then, now = (method(people, **data.draw(laws.thresholds(method, people))) for _ in range(2))
    one, other = (made.codes if by_place(then, now) else made.labels().astype(str).to_numpy() for made in (then, now))
    rows = np.flatnonzero(one != other)
    found = moved(then, now)
    revenue = np.nan_to_num(people.values("revenue"))
    assert found.customers == len(rows)
    assert found.brought == pytest.approx(revenue[rows].sum(), rel=1e-9, abs=1e-9 * np.abs(revenue).sum())


def test_the_difference_is_said_in_customers_and_money():
    people = laws.make(revenue=np.array([10.0, 200.0, 3000.0]))
    method = METHODS["volume_bands"]
    then, now = method(people, edges=(100, 1000)), method(people, edges=(300, 1000))
    assert (
        moved(then, now).sentence("€")
        == "1 customer, who brought €200 revenue, is in another segment than you remembered."
    )
    assert moved(then, then).sentence() == "Everybody is in the segment you remembered."


def test_thresholds_that_cannot_be_any_more_are_not_compared_with():
    people = laws.make(revenue=np.array([10.0, 200.0]))
    assert before(METHODS["volume_bands"], people, {"edges": (3, 1)}) is None
