"""Sizes on paper: three bars a segment, named where they stand."""

import re

import pytest

from segmentation import METHODS
from segmentation.analysis.summary import figures
from segmentation.charts.sizes import sizes, sizes_data
from segmentation.report.engine import to_svg
from tests.small import customers


def test_bars_have_no_legend_since_each_is_named_beside_it():
    people = customers(revenue=[80.0, 15.0, 5.0], profit=[8.0, 1.0, 2.0])
    drawn = sizes(sizes_data(figures(METHODS["abc_classes"](people)))).to_dict()
    bars = drawn["layer"][0]["encoding"]
    assert bars["opacity"]["legend"] is None and bars["color"]["legend"] is None


def test_customers_are_faint_revenue_is_full_and_profit_between_as_in_the_app():
    people = customers(revenue=[80.0, 15.0, 5.0], profit=[8.0, 1.0, 2.0])
    svg = to_svg(sizes(sizes_data(figures(METHODS["abc_classes"](people)))).to_json())
    drawn = dict(re.findall(r'Share of: (\w+)[^>]* opacity="([^"]+)"', svg))
    assert drawn == {"customers": "0.35", "revenue": "1", "profit": "0.65"}


@pytest.mark.parametrize("wide", [180, 600])
def test_the_number_beside_the_longest_bar_has_its_place_however_narrow_the_picture(wide):
    people = customers(revenue=[98.0, 1.0, 1.0], profit=[98.0, 1.0, 1.0])
    drawn = sizes(sizes_data(figures(METHODS["abc_classes"](people)))).properties(width=wide)
    ends = re.findall(r'translate\(([\d.]+),[\d.]+\)"[^>]*>98\.0% of revenue<', to_svg(drawn.to_json()))
    assert len(ends) == 1 and float(ends[0]) <= wide - 95
