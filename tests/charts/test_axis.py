"""The axis of money: it holds every value and zero, shows the many small ones, and is one for screen and paper."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation import METHODS, Customers, read
from segmentation.board.plane.plane import ground
from segmentation.charts.axis import axis
from segmentation.report.pictures import pictures
from segmentation.segments.plane import cut_lines
from tests.places import SAMPLES


@settings(deadline=None)
@given(st.lists(st.floats(-1e12, 1e12).map(lambda value: round(value, 2)) | st.just(float("nan"))))
def test_it_holds_every_value_and_zero_in_order(values):
    found = axis(values)
    known = np.sort([0.0, *(value for value in values if value == value)])
    places = found.place(known)
    assert (places > 0).all() and (places < 1).all()
    assert (np.diff(places) >= 0).all()
    assert found.place(found.domain).tolist() == pytest.approx([0, 1])


@settings(deadline=None)
@given(st.lists(st.floats(-1e12, 1e12).map(lambda value: round(value, 2))))
def test_its_ticks_are_zero_and_powers_of_ten_within_it(values):
    found = axis(values)
    assert 0.0 in found.ticks and found.ticks == sorted(found.ticks)
    assert found.domain[0] <= found.ticks[0] and found.ticks[-1] <= found.domain[1]
    sizes = np.log10(np.abs([tick for tick in found.ticks if tick]))
    assert sizes.tolist() == pytest.approx(sizes.round().tolist())


def test_many_small_customers_are_not_squeezed_by_a_large_one():
    found = axis([*([50.0] * 99), 5e6])
    assert found.unit == 10
    assert found.place([50.0])[0] > 0.1


def test_screen_and_paper_have_the_same_axes():
    firms = Customers.build(read(SAMPLES / "cutting_tools_firms.csv"))
    sectors = METHODS["portfolio"](firms)
    at = cut_lines(firms, {})
    screen = ground(sectors, "profit", ((at[0],), (at[1],)), "Profit")
    paper = pictures(sectors, {})["bubbles"]().to_dict()["layer"][0]["encoding"]
    for here, there in (("profit", "x"), ("potential", "y")):
        assert paper[there]["scale"]["domain"] == screen[here]["domain"]
        assert paper[there]["scale"]["constant"] == screen[here]["unit"]
        assert paper[there]["axis"]["values"] == screen[here]["ticks"]
