"""The pictures of money: what they draw adds up, and each is a picture that can be drawn."""

import re

import altair as alt
import numpy as np
import pandas as pd
import pytest
import vl_convert

from segmentation.charts import spec
from segmentation.charts.bridge import bridge as bridge_chart
from segmentation.charts.bridge import bridge_data
from segmentation.charts.earned import earned as earned_chart
from segmentation.charts.earned import earned_data
from segmentation.charts.lift import lift as lift_chart
from segmentation.charts.lift import lift_data, times
from segmentation.charts.tornado import tornado as tornado_chart
from segmentation.charts.tornado import tornado_data


def test_each_step_of_a_bridge_begins_where_the_one_before_ends() -> None:
    data = bridge_data(("Today", 100.0), {"Price": 20.0, "Campaign": -50.0}, "Then", "€")
    assert data["end"].tolist() == [100, 120, 70, 70] and data["start"].tolist() == [100, 100, 120, 70]
    assert data["label"].tolist() == ["€100", "+€20", "−€50", "€70"]
    assert data["kind"].tolist() == ["total", "more", "less", "total"]
    from_zero = bridge_data(("Revenue", 100.0), {"Cost": -130.0}, "Profit", from_zero=True)
    assert from_zero["start"].tolist() == [0, 100, 0] and from_zero["end"].iloc[-1] == -30


def test_a_label_says_the_share_only_where_it_is_known() -> None:
    table = pd.DataFrame({"segment": ["A", "B"], "colour": [0, 1], "profit": [50.0, -5.0], "margin": [0.25, np.nan]})
    data = earned_data(table, "profit", "€")
    assert data["label"].tolist() == ["€50 (25%)", "−€5"] and data["beside"].tolist() == [50, 0]


def test_how_many_times_the_usual_is_said_plainly() -> None:
    assert [times(one) for one in (3.14, 1.02, 0.5, 0.0)] == [
        "3.1 × the usual",
        "as usual",
        "0.5 × the usual",
        "none of the usual",
    ]


@pytest.mark.parametrize(
    ("chart", "data"),
    [
        (bridge_chart, bridge_data(("Today", 1.0), {"Price": 1.0}, "Then")),
        (earned_chart, earned_data(pd.DataFrame({"segment": ["A"], "colour": [0], "profit": [1.0]}), "profit")),
        (lift_chart, lift_data(pd.DataFrame({"word": ["x"], "share": [0.5], "base": [0.1], "lift": [5.0]}))),
        (
            tornado_chart,
            tornado_data(
                pd.DataFrame(
                    {
                        "lever": ["Price"],
                        "rank": [0],
                        "low": [np.nan],
                        "high": [2.0],
                        "low_said": ["−"],
                        "high_said": ["+"],
                    }
                )
            ),
        ),
    ],
)
def test_each_is_a_picture_whose_marks_stand_for_columns_of_its_data(chart, data) -> None:
    drawn = chart(data).to_dict()
    assert spec(chart(data)) and "layer" in drawn
    fields = {
        one["field"]
        for layer in drawn["layer"]
        for one in layer.get("encoding", {}).values()
        if isinstance(one, dict) and "field" in one
    }
    assert fields - {*data, "end", "left", "right", "beside", "colour"} == set()


def drawn(chart: alt.LayerChart, width: int) -> str:
    """The picture as SVG, its plot so wide."""
    return vl_convert.vegalite_to_svg({**chart.to_dict(), "width": width})


def test_on_a_phone_what_stands_beside_the_bars_has_room() -> None:
    row = {"lever": ["Retention"], "rank": [0], "low": [-9620.0], "high": [9620.0]}
    table = pd.DataFrame(row | {"low_said": ["−10 points"], "high_said": ["+10 points"]})
    picture = tornado_chart(tornado_data(table))
    assert ">+10 points: +9.62k<" in drawn(picture, 600)
    assert ">+10 points:<" in drawn(picture, 240), "below each other, as there is no room beside the bar"
    shares = pd.DataFrame({"word": ["A"], "share": [0.26], "base": [0.24], "lift": [1.1]})
    svg = drawn(lift_chart(lift_data(shares)), 170)
    starts = [float(x) for x in re.findall(r"translate\(([\d.]+),[^>]*>26", svg)]
    assert starts and max(starts) + 105 < 170, "26.0%, 1.1 × the usual takes about 105 pixels"
