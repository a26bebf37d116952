"""Numbers along an axis: round ones, that do not run into each other or into what lies beside them."""

import json
import re

import pandas as pd
import pytest

from segmentation import METHODS
from segmentation.analysis.pareto import whale as whale_of
from segmentation.charts.distribution import distribution
from segmentation.charts.matrix import matrix
from segmentation.charts.regions import regions
from segmentation.charts.whale import whale, whale_data
from segmentation.report.engine import to_svg
from tests.samples import people_of


def axes(chart):
    """All axes a chart has, as it would be sent."""
    return re.findall(r'"axis": (\{[^{}]*\})', json.dumps(json.loads(chart.to_json())))


def test_the_plane_of_revenue_and_growth_names_round_amounts():
    across = json.loads(axes(regions(METHODS["bcg"](people_of()), percent=(False, True)))[0])
    assert across["values"] == [100, 1000, 10_000, 100_000, 500_000]


@pytest.mark.parametrize(("up", "least"), [("Customers", 1), ("Mean score", None)])
def test_there_are_no_parts_of_customers_along_an_axis(up, least):
    bars = pd.DataFrame({"x": [0.0, 1.0], "x2": [1.0, 2.0], "customers": [1, 1]})
    upright = [json.loads(axis) for axis in axes(distribution(bars, [0, 2], ["0"], title="Orders", up=up))][1]
    assert upright.get("tickMinStep") == least


def test_numbers_below_a_plane_stand_clear_of_the_strip_and_its_marks():
    both = [json.loads(axis)["tickSize"] for axis in axes(regions(METHODS["bcg"](people_of())))]
    assert both[0] >= 10 and both[1] >= 8


def test_nothing_beside_the_words_of_an_upright_line_looks_like_a_minus():
    across, down = (json.loads(axis) for axis in axes(matrix(METHODS["abc_xyz"](people_of()))) if "orient" in axis)
    assert (across["orient"], across["ticks"], down["orient"], down["ticks"]) == ("bottom", True, "right", False)


@pytest.mark.parametrize(
    ("width", "told"), [(200, ["0%", "50%", "100%"]), (500, ["0%", "20%", "40%", "60%", "80%", "100%"])]
)
def test_where_there_is_little_room_fewer_shares_stand_along_the_whale(width, told):
    svg = to_svg(whale(whale_data(whale_of(people_of()))).properties(width=width).to_json())
    across = svg.split("X-axis titled")[1].split("Y-axis titled")[0]
    assert re.findall(r">(\d+%)<", across) == told
