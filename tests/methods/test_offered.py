"""Thresholds that are offered on the screen are those that decide something in this file."""

import pytest

from segmentation import METHODS
from segmentation.segments.controls import Choice, Slider
from tests.samples import people_of
from tests.small import customers


def offered(method, people, **values):
    given = {**METHODS[method].defaults, **values}
    return [name for name, control in METHODS[method].controls.items() if control.counts(people, given)]


def test_a_motive_that_the_file_does_not_measure_has_no_slider():
    assert offered("motive", people_of("cutting_tools_firms.csv")) == ["urgent", "discount"]
    assert offered("motive", customers(price_index=[0.8, 1.0])) == ["cheap"]
    assert offered("motive", customers(revenue=[1.0, 2.0])) == ["urgent", "discount", "cheap"]


def test_words_are_not_cut_as_numbers_are():
    assert offered("attribute", people_of()) == ["column", "others"]
    assert offered("attribute", people_of("bank_clients.csv"), column="income") == ["column", "by", "parts"]


def test_a_share_below_which_values_are_rare_is_offered_where_each_value_is_a_segment():
    people = customers(children=[0.0, 1, 2, 2], spent=range(4), town=["A", "B", "B", "C"])
    assert all("others" in offered("attribute", people, column=one) for one in ("town", "children"))
    assert "others" not in offered("attribute", people, column="children", by="edges", edges=(1.0,))


@pytest.mark.parametrize("name", METHODS)
@pytest.mark.parametrize("sample", ["shoe_maker_orders.csv", "cutting_tools_firms.csv"])
def test_what_is_not_offered_would_change_nothing(name, sample):
    method, people = METHODS[name], people_of(sample)
    withheld = {
        one: control
        for one, control in method.controls.items()
        if control.decides and not control.counts(people, method.defaults)
    }
    for one, control in withheld.items():
        others = (
            [control.low, control.high]
            if isinstance(control, Slider)
            else [*control.options]
            if isinstance(control, Choice)
            else []
        )
        for value in others:
            assert method.segment(people, **{one: value}).equals(method.segment(people))


def test_nobody_is_said_to_lack_what_is_counted_as_nothing():
    people = customers(discount_share=[0.5, 0.1, None], express_share=[0.0, 0.9, None])
    assert METHODS["motive"](people).columns == ("discount_share", "express_share")
