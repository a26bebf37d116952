"""Bands that are called after their edges are called alike by the library and in the hand: nothing flickers on release."""

import json
import random
from pathlib import Path

import pytest

from segmentation.segments.spans import Spans
from tests.javascript.node import ROOT, node

SCRIPT = """
import { readFileSync } from "node:fs"
import { spans } from "%s"
const all = JSON.parse(readFileSync("%s", "utf8"))
console.log(JSON.stringify(all.map(([cuts, by]) => spans(cuts, by))))
"""
WAYS = [Spans(), Spans("money"), Spans("days"), Spans("years", lowest=0.0)]
TOLD = [
    [],
    [5],
    [5, 10],
    [0, 0, 0],
    [1, 1, 7, 11, 11, 15],
    [-10, -3, 0, 4],
    [-0.00001, 0.00001],
    [0.1, 0.3],
    [0.00005, 0.00015, 0.00025],
    [2.5, 7],
    [0.12344, 0.123449, 0.12345],
    [1, 2],
    [2, 3],
    [999.99995, 1000],
    [1e6, 12345678.9, 1e12],
    [-1e12, 1e15, 2**53, 2**53 + 2],
    [1e20, 1e21, 1.5e22, 1e300],
    [5e-324, 1e-7],
]


def by_lot() -> list[list[float]]:
    """Cuts as a hand or a file may have them: whole, halves, cents, and digits without end; small, large and negative."""
    lot = random.Random(15)
    steps = (1.0, 0.5, 0.01, 0.0001, 0.00005, 1e-9, 1 / 3, 0.1, 1000.0)
    return [
        sorted(
            lot.randint(-(10 ** lot.randint(0, 7)), 10 ** lot.randint(0, 7)) * step for _ in range(lot.randint(1, 9))
        )
        for step in steps
        for _ in range(400)
    ]


def test_names_of_bands_follow_the_hand_as_the_library_writes_them(tmp_path: Path) -> None:
    all_ = [([float(cut) for cut in cuts], by) for cuts in [*TOLD, *by_lot()] for by in WAYS]
    file = tmp_path / "cuts.json"
    file.write_text(json.dumps([[cuts, {"unit": by.unit, "lowest": by.lowest}] for cuts, by in all_]))
    script = tmp_path / "names.mjs"
    script.write_text(SCRIPT % ((ROOT / "segmentation/board/spans.js").as_uri(), file.as_posix()))
    told = node(script)
    assert told.returncode == 0, told.stderr
    for (cuts, by), written in zip(all_, json.loads(told.stdout), strict=True):
        assert written == by(cuts), (cuts, by)


@pytest.mark.parametrize(
    ("by", "cuts", "names"),
    [
        (Spans(), (5, 10), ["under 5", "5–9", "10 and over"]),
        (Spans("money"), (1000, 10000), ["under 1,000", "1,000 to under 10,000", "10,000 and over"]),
        (Spans("years", lowest=0.0), (15, 65), ["0–14", "15–64", "65 and over"]),
        (Spans("years", lowest=0.0), (1, 7), ["under 1", "1–6", "7 and over"]),
        (Spans(), (5, 7.5), ["under 5", "5 to under 7.5", "7.5 and over"]),
        (Spans(), (5, 5, 5), ["under 5", "5 to under 5", "5 to under 5 (2)", "5 and over"]),
        (Spans(), (-10, 0), ["under −10", "−10–−1", "0 and over"]),
        (Spans(), (5, 6, 8), ["under 5", "5", "6–7", "8 and over"]),
        (Spans("years", lowest=0.0), (15, 16), ["0–14", "15", "16 and over"]),
        (Spans("money"), (5, 6), ["under 5", "5 to under 6", "6 and over"]),
        (Spans(), (), ["all"]),
    ],
)
def test_bands_are_called_after_their_edges(by: Spans, cuts: tuple[float, ...], names: list[str]) -> None:
    assert by(cuts) == names
