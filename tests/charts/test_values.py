"""Values as bars: the line at the share a value needs, and what is written beside it."""

import re

import pandas as pd
import pytest

from segmentation.charts.values import LETTER, values
from segmentation.report.engine import to_svg

BARS = pd.DataFrame({"name": list("ABC"), "share": [0.9, 0.02, 0.005], "words": ["1980 · 90%", "42 · 2%", "8 · 1%"]})


@pytest.mark.parametrize("line", [0.0, 0.01, 0.05, 0.1, 0.16, 0.3, 0.6, 0.95])
def test_no_line_goes_through_what_is_written_behind_a_bar(line):
    drawn = to_svg(values(BARS, ["0", "1", "2"], line).to_dict())
    at = line * 400 / (0.9 * 1.35)
    for words in BARS["words"]:
        (begins,) = re.findall(rf'translate\(([\d.]+),[\d.]+\)"[^>]*>{words}<', drawn)
        assert not float(begins) + 1 < at < float(begins) + LETTER * len(words)
