"""The Pareto curve on paper: the bands lie under it, faint enough to read it."""

from segmentation import METHODS
from segmentation.report.pictures import pictures
from tests.small import customers


def test_the_bands_lie_faint_under_the_curve():
    made = METHODS["abc_classes"](customers(revenue=[80.0, 15.0, 5.0]))
    layers = pictures(made, {})["pareto"]().to_dict()["layer"]
    bands = [layer["mark"] for layer in layers if layer["mark"]["type"] == "rect"]
    assert len(bands) == 1 and 0 < bands[0]["opacity"] <= 0.3
