"""Where the names of bubbles stand: the larger first, each where it covers nothing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial

NAMED = 20  # bubbles that get a name at most
SIDES = ("above", "right", "left", "below")
APART = 3  # between a bubble and its name
Box = tuple[float, float, float, float]  # left, low, right, high


def sides(
    letters: Sequence[int],
    centres: Sequence[tuple[float, float]],
    radii: Sequence[float],
    wide: float,
    *,
    letter: float,
    line: float,
    taken: Sequence[Box] = (),
) -> list[str]:
    """On which side of its bubble each name stands; "" for a name without a place free of other names and of all bubbles.

    letters       how long each name is; letter: how wide one of them is, line: how high
    centres       of the bubbles, from the left and from below, with their radii, on a plane so wide
    taken         where something is written already
    """
    written, found = [*taken], [""] * len(letters)
    for one in sorted(range(len(letters)), key=lambda at: -radii[at])[:NAMED]:
        boxes = {side: _box(*centres[one], radii[one], letters[one] * letter, line, side) for side in SIDES}
        free = [side for side, box in boxes.items() if not any(_overlap(box, held) for held in written)]
        inside = [side for side in free if boxes[side][0] >= 0 and boxes[side][2] <= wide]
        clear = (s for s in inside if not any(map(partial(_covers, boxes[s]), centres, radii)))
        if best := next(clear, None):
            found[one] = best
            written.append(boxes[best])
    return found


def _box(x: float, y: float, radius: float, wide: float, line: float, side: str) -> Box:
    """What a name covers beside its bubble."""
    apart = radius + APART
    if side in ("above", "below"):
        low = y + apart if side == "above" else y - apart - line
        return x - wide / 2, low, x + wide / 2, low + line
    left = x + apart if side == "right" else x - apart - wide
    return left, y - line / 2, left + wide, y + line / 2


def _covers(box: Box, centre: tuple[float, float], radius: float) -> bool:
    """Whether a name would lie on a bubble."""
    (x, y), (left, low, right, high) = centre, box
    return math.hypot(max(left - x, 0.0, x - right), max(low - y, 0.0, y - high)) < radius


def _overlap(one: Box, two: Box) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]
