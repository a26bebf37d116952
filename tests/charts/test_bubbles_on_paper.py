"""The names of bubbles on paper and in the notebook."""

from __future__ import annotations

from segmentation.charts.axis import Axis
from segmentation.charts.bubbles import PLANE, bubbles_data

STRAIGHT = Axis([0.0, 1e-6], 1.0, [0.0])  # so near to zero equal steps are equally long


def named(pixels: list[tuple[float, float]], sizes: list[float]) -> list[str]:
    """The names that are written, of bubbles of these sizes at these pixels of the smallest picture."""
    many = len(pixels)
    names = [f"Segment {at}" for at in range(many)]
    x, y = ([one[axis] / PLANE[axis] * 1e-6 for one in pixels] for axis in (0, 1))
    points = {"kind": ["segment"] * many, "name": names, "segment": names, "colour": ["0"] * many, "x": x, "y": y}
    found = bubbles_data({**points, "size": sizes, "customers": [1] * many}, (0, 0), {}, STRAIGHT, STRAIGHT).to_pydict()
    return [label for kind, label in zip(found["kind"], found["label"], strict=True) if kind == "segment" and label]


def test_a_name_gives_way_to_small_bubbles_too() -> None:
    middle, around = (150.0, 120.0), [(150.0, 165.0), (150.0, 75.0), (215.0, 120.0), (85.0, 120.0)]
    assert "Segment 0" in named([middle], [100.0])
    assert "Segment 0" not in named([middle, *around], [100.0, 1.0, 1.0, 1.0, 1.0])
