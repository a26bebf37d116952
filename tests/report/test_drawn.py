"""Pictures to take away: the same bytes each time, in letters of every script there are fonts for."""

import pandas as pd
import pytest

from segmentation import Study
from segmentation.charts import sizes
from segmentation.charts.sizes import sizes_data
from segmentation.report import Findings, format_of
from segmentation.report.findings import Parts
from tests.places import SAMPLES


def named(name: str) -> Findings:
    """Findings with one picture, of a segment of this name."""
    summary = pd.DataFrame({"segment": [name], "colour": [0], "share_of_customers": [1.0]})
    found = Findings(Study(), None, ["x.csv"])
    found.pictures = Parts({"sizes": lambda: sizes(sizes_data(summary)).properties(width=200)})
    return found


@pytest.mark.parametrize("suffix", ["svg", "png"])
def test_the_same_picture_is_the_same_bytes_however_many_were_drawn_before(suffix):
    findings = Findings.of(Study(), [SAMPLES / "shoe_maker_orders.csv"])
    write = format_of(suffix).write
    first = {name: write(findings.only(name)) for name in findings.pictures}
    assert {name: write(findings.only(name)) for name in reversed([*findings.pictures])} == first


@pytest.mark.parametrize(("one", "other"), [("клиент", "щтмжул"), ("عملاء", "زبونغ"), ("Größe", "Gräße")])
def test_letters_of_other_scripts_are_drawn_and_not_as_boxes(one, other):
    png, svg = format_of("png").write, format_of("svg").write
    assert one in svg(named(one)).decode("utf-8")
    assert png(named(one)) != png(named(other)), "letters without a font are boxes, each like the other"
