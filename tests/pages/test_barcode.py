"""The wall of purchases: who stands in it, in which segment, and what it says where the file has none."""

import numpy as np
import pytest

from segmentation import METHODS, Customers
from segmentation.segments.bands import runs_of
from tests.pages.visitor import Visitor


@pytest.fixture
def at_segments(with_shoes: Visitor) -> Visitor:
    return with_shoes.go("Segments")


@pytest.mark.parametrize("name", ["lifecycle", "rfm", "sleepers"])
def test_each_customer_of_the_wall_stands_in_the_segment_the_library_says(
    at_segments: Visitor, shoes: Customers, name: str
) -> None:
    data = at_segments.choose("method", name).picture("barcode")
    made = METHODS[name](shoes)
    run = runs_of(made.placing)[data["ordering"]]
    ids = [who.split(" · ")[0] for who in data["who"]]
    rows = shoes.frame.index.get_indexer(ids)
    bands = run.runs_at(run.ranked.position[rows])
    assert len(ids) == 40
    now = [segments[band] for segments, band in zip(data["segments"], bands, strict=True)]
    assert now == made.codes[rows].tolist()
    assert [data["names"][one] for one in now] == made.labels().iloc[rows].tolist()


def test_a_method_that_cuts_no_silence_has_no_wall(at_segments: Visitor) -> None:
    assert "barcode" not in at_segments.choose("method", "tenure").cards


def test_a_customer_table_is_told_that_it_has_no_purchases(visitor: Visitor) -> None:
    rows = "\n".join(f"C{i:03d},{5 + i},2026-0{1 + i % 6}-15" for i in range(60))
    visitor.upload(f"customer,revenue,last order\n{rows}\n").go("Segments").choose("method", "lifecycle")
    card = visitor.cards["barcode"]
    assert card["data"] is None and "This one has none." in " ".join(card["said"])
    assert np.isclose(visitor.numbers["customers"].sum(), 60)
