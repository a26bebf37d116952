"""Pictures of time: lines and bars in months where a method is told in months."""

import json

import pandas as pd
import pytest

from segmentation import METHODS
from segmentation.analysis.thresholds.axes import _stacked, beside, slots
from segmentation.analysis.thresholds.grid import spread
from segmentation.analysis.thresholds.lines import lines_of
from segmentation.board.distribution import distribution
from segmentation.board.lines import told
from segmentation.segments.bands import runs_of
from segmentation.segments.segmentation import Segmentation
from tests.samples import people_of

people = people_of()


def made(name: str, **given: int) -> tuple[Segmentation, dict]:
    method = METHODS[name]
    values = method.complete(given)
    return method(people, **values), values


@pytest.mark.parametrize("step", [1, 3, 5])
def test_lines_that_move_together_are_told_in_months_each(step: int) -> None:
    segmentation, values = made("lifecycle", step=step)
    line = lines_of(METHODS["lifecycle"], values, segmentation)[0]
    words = {words[line.here] for words in told(segmentation, line).values()}
    assert words == {"1 month" if k * step == 1 else f"{k * step} months" for k in (1, 2, 4)}


def test_the_axis_is_told_in_months_where_the_lines_are() -> None:
    for name, title in (("lifecycle", "Months since last order"), ("tenure", "Days since first order")):
        segmentation, values = made(name)
        card = distribution.own(METHODS[name], values, segmentation, "")
        assert card and title in card["data"]["still"]
        spec = json.loads(card["data"]["still"])["charts"][0]["spec"]
        assert ("30.4375" in json.dumps(spec["axes"])) == (name == "lifecycle")


def test_newcomers_stand_in_bars_by_month_stacked_by_what_became_of_them() -> None:
    segmentation, values = made("new_churn", months=2)
    lines = lines_of(METHODS["new_churn"], values, segmentation)
    at = lines[0].run
    edges = [0.0, *(people.days_back(k) for k in range(1, 25))]
    run, other = runs_of(segmentation.placing)[at], beside(segmentation, at, lines)
    assert other
    bars = _stacked(spread(people, run, edges), run, other)
    bands = slots(segmentation, at, lines)
    limit = people.days_back(2)
    bars["segment"] = [
        bands[0 if x >= limit else 1][other] for x, other in zip(bars["x"], bars["other"].astype(int), strict=True)
    ]
    found = bars.groupby("segment")["customers"].sum()
    assert found.to_dict() == pd.Series(
        segmentation.counts[:-1], [str(colour) for colour in segmentation.colours]
    ).to_dict() | ({"7": 0} if "7" in found else {})
    assert (bars["below"] >= 0).all() and bars["customers"].sum() == len(people)


def test_bands_of_one_ordering_have_their_segments_colours_and_those_of_a_cross_none() -> None:
    segmentation, values = made("lifecycle")
    lines = lines_of(METHODS["lifecycle"], values, segmentation)
    assert slots(segmentation, 0, lines) == [["3"], ["2"], ["1"], ["0"]]
    crossed, values = made("spend_visits")
    lines = lines_of(METHODS["spend_visits"], values, crossed)
    assert {slot for band in slots(crossed, 0, lines) for slot in band} == {"7"}
