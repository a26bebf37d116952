"""Fewer segments in a click, after seeing what is lost."""

from segmentation import METHODS, Customers
from segmentation.analysis.fewer import fewer, sentence
from tests.pages.visitor import Visitor


def test_segments_become_fewer_after_one_has_seen_what_is_lost(with_shoes: Visitor, shoes: Customers) -> None:
    with_shoes.study.choose("rfm")
    with_shoes.go("Segments").open("fewer")
    steps = fewer(METHODS["rfm"](shoes))
    with_shoes.move("fewer to", 4)
    now = next(one for one in steps if len(one.groups) == 4)
    assert sentence(steps, now, "profit") in with_shoes.words
    joined = next(names for names in now.groups if len(names) > 1)
    assert f"“{joined[0]}”" in with_shoes.words  # names of clusters hold commas of their own
    with_shoes.press("make fewer")
    made = with_shoes.study.segmentation(shoes)
    assert with_shoes.study.method == "rfm-merged" and not with_shoes.problems
    assert sorted(made.counts[made.counts > 0].tolist()) == sorted(now.customers)
    assert with_shoes.press("undo").study.method == "rfm"
