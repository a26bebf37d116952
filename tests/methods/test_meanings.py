"""What a segment means holds wherever its thresholds are put: no meaning names one."""

import re

import pytest

from segmentation import METHODS

NUMBERS = re.compile(r"(?<!-)\b(one|two|three|four|five|fifths?|thirds?|tenths?|half|\d+)\b(?!['’-])")
NAMED = {"ages", "b2b_ladder"}  # whose segments are called after their bands and rungs; other bands have other names
STEPS = {"lifecycle"}  # told in steps, however long one is


@pytest.mark.parametrize("name", sorted(METHODS.keys() - NAMED - STEPS))
def test_no_meaning_of_a_segment_names_a_threshold_that_can_be_moved(name: str) -> None:
    for segment, said in METHODS[name].segments.items():
        assert not NUMBERS.search(said.meaning), f"{segment}: {said.meaning}"


@pytest.mark.parametrize("name", METHODS)
def test_nothing_is_said_twice_of_a_method(name: str) -> None:
    said = [one.strip() for one in re.split(r"(?<=[.:;])\s", METHODS[name].doc) if len(one) > 20]
    assert len(said) == len(set(said)), said


def test_of_a_file_whose_money_is_spread_thin_it_is_not_said_that_few_bring_it() -> None:
    for name in ("abc_classes", "abc_nested", "abc_xyz"):
        for segment, said in METHODS[name].segments.items():
            assert not re.search(r"\b([Tt]he few|[Mm]any customers)\b", said.meaning), f"{name} {segment}"
