"""The pictures of drivers, fewer segments and purchases say what was found."""

import datetime as dt

import numpy as np

from segmentation.analysis.fewer import Fewer
from segmentation.analysis.portraits.drivers import Driver
from segmentation.charts.drivers import drivers_data
from segmentation.charts.fewer import fewer_data
from segmentation.charts.strip import strip_data


def test_a_driver_is_named_in_words_with_how_sure_it_is():
    ends = (("“a”", 5.0), ("“b”", 1.0))
    found = [
        Driver("average_order", 0.486, 0.374, 0.604, *ends, known=1.0),
        Driver("channel (column)", 0.06, 0.001, 0.14, *ends, known=1.0),
    ]
    rows = drivers_data(found)
    assert rows["driver"].tolist() == ["Average order", "channel"]
    assert rows["label"].tolist() == ["49% (37–60%)", "6% (<1–14%)"]


def test_the_number_of_segments_that_is_looked_at_stands_out():
    steps = [Fewer((("A",), ("B",), ("C",)), (1, 2, 3), 0.5), Fewer((("A", "B"), ("C",)), (3, 3), 0.4, ("A", "B"))]
    rows = fewer_data(steps, steps[1])
    assert rows["segments"].tolist() == [3, 2] and rows["chosen"].tolist() == [False, True]
    assert rows["label"].tolist() == ["50%", "40%"]


def test_a_purchase_stands_on_its_day():
    rows = strip_data(np.array([0, 31]), dt.date(2026, 3, 31), dt.date(2026, 1, 1))
    assert [day.date().isoformat() for day in rows[rows["bought"]]["day"]] == ["2026-03-31", "2026-02-28"]
    assert [day.date().isoformat() for day in rows[~rows["bought"]]["day"]] == ["2026-01-01", "2026-03-31"]
