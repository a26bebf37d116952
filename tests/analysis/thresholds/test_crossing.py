"""Two crossed orderings: what stands in their cells, and which of them are regions of a plane."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation import METHODS
from segmentation.analysis.thresholds import positions
from segmentation.analysis.thresholds.crossing import cells, density, is_plane, sides
from segmentation.segments.cuts import cross, edges, product
from tests import laws
from tests.laws import each_method
from tests.small import customers


@each_method
@settings(max_examples=3)
@given(data=st.data())
def test_the_cells_of_a_segment_hold_what_it_holds_and_lie_best_first(method, data):
    people = data.draw(laws.customers())
    made = method(people, **data.draw(laws.thresholds(method, people)))
    if (both := sides(made)) is None:
        return
    held, told = cells(made), positions.held(made)
    assert list(zip(held["first"], held["second"], strict=True)) == [
        (first, second) for first in range(len(both[0].bands)) for second in range(len(both[1].bands))
    ]
    for measure in held.columns.intersection(list(told)):
        summed = held.groupby("name")[measure].sum().reindex(made.names, fill_value=0)
        scale = np.abs(held[measure]).sum()
        assert summed.to_numpy() == pytest.approx(told[measure][:-1], rel=1e-9, abs=1e-12 * scale)
    fields = density(made, both)
    known = ~np.isnan(people.values(made.columns[0])) & ~np.isnan(people.values(made.columns[1]))
    if all(np.isfinite(people.values(column)[known]).all() for column in made.columns):
        assert fields["customers"].sum() == known.sum()
    for side in both:
        assert side.inside == sorted(side.inside) and len(side.inside) == len(side.bands) + 1
        assert side.bars["customers"].sum() >= held["customers"].sum()


def test_a_cell_holds_those_of_both_bands():
    people = customers(revenue=[1.0, 5.0, 50.0, 60.0], orders=[1.0, 9.0, 1.0, 9.0])
    made = cross(
        edges(people, "revenue", [10], ["Much", "Little"]),
        edges(people, "orders", [5], ["Often", "Seldom"], best="high"),
    )
    assert cells(made)[["name", "customers", "revenue"]].to_numpy().tolist() == [
        ["MuchOften", 1, 60.0],
        ["MuchSeldom", 1, 50.0],
        ["LittleOften", 1, 5.0],
        ["LittleSeldom", 1, 1.0],
    ]
    assert [side.bands for side in sides(made)] == [("Much", "Little"), ("Often", "Seldom")]


def test_where_cells_are_gathered_or_are_four_they_are_regions_else_a_matrix():
    people = customers(revenue=[1.0, 5.0, 50.0, 60.0], orders=[1.0, 9.0, 1.0, 9.0], region=["N", "S", "N", "S"])
    three, two = edges(people, "revenue", [2, 20], "ABC"), edges(people, "orders", [5], "XY")
    regions = METHODS["attribute"](people, column="region")

    def plane(made):
        return is_plane(made, sides(made))

    assert not plane(cross(three, two))
    assert plane(cross(edges(people, "revenue", [20], "AB"), two))
    assert plane(product([three, two], ("Good", "Poor"), lambda cell: int(cell != ("A", "X"))))
    assert not plane(cross(edges(people, "revenue", [20], "AB"), regions)), "words have no axis"


def test_words_that_are_crossed_lie_band_by_band():
    people = customers(revenue=[1.0] * 6, region=["N", "S", "N", "S", "N", "W"])
    side = sides(cross(edges(people, "revenue", [20], "AB"), METHODS["attribute"](people, column="region")))[1]
    assert (side.title, side.bands, side.bars["customers"].tolist()) == ("Region", ("N", "S", "W"), [3, 2, 1])


def test_one_ordering_or_three_are_no_cross_of_two():
    people = customers(revenue=[1.0, 5.0], orders=[1.0, 9.0], recency_days=[3.0, 4.0])
    assert sides(METHODS["abc_classes"](people)) is None
    assert sides(METHODS["rfm"](people)) is None


@pytest.mark.parametrize("size", [1, 2, 400])
def test_fields_hold_everybody_however_many(size):
    people = customers(revenue=np.full(size, 7.0), orders=np.arange(1.0, size + 1))
    made = cross(edges(people, "revenue", [5], "AB"), edges(people, "orders", [5], "XY"))
    fields = density(made, sides(made))
    assert fields["customers"].sum() == size and (fields["customers"] > 0).all()
    assert (fields["x"] < fields["x2"]).all() and (fields["y"] < fields["y2"]).all()


def test_customers_of_one_value_stand_where_it_is_and_do_not_fill_the_plane():
    people = customers(revenue=np.full(9, 7.0), orders=np.arange(1.0, 10))
    made = cross(edges(people, "revenue", [5], "AB"), edges(people, "orders", [5], "XY"))
    fields, [low, *_, high] = density(made, sides(made)), sides(made)[0].inside
    assert (fields["x"] <= 7).all() and (fields["x2"] > 7).all()
    assert (fields["x2"] - fields["x"]).max() < (high - low) / 10
