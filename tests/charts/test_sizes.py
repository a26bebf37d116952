"""Sizes on paper: three bars a segment, named where they stand."""

from segmentation import METHODS
from segmentation.analysis.summary import figures
from segmentation.charts.sizes import sizes, sizes_data
from tests.small import customers


def test_bars_have_no_legend_since_each_is_named_beside_it():
    people = customers(revenue=[80.0, 15.0, 5.0], profit=[8.0, 1.0, 2.0])
    drawn = sizes(sizes_data(figures(METHODS["abc_classes"](people)))).to_dict()
    bars = drawn["layer"][0]["encoding"]
    assert bars["opacity"]["legend"] is None and bars["color"]["legend"] is None
