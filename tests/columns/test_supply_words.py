"""What a method needs is said so that one can tell what stands in for what."""

import pytest

from segmentation import METHODS, Customers, Problem
from segmentation.reading.read import read

BARE = Customers.build(read(b"customer,shelf\nA,1.5\nB,2.5\nC,2.5\nD,1\n", name="bare.csv"), shape="customers")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "spend_visits",
            "needs revenue of the last quarter (or revenue) and visits in the last quarter (or orders), which",
        ),
        ("portfolio", "needs profit (or revenue) and potential, which"),
        ("ages", "needs age or birth date or birth year, which"),
    ],
)
def test_what_stands_in_for_another_is_told_apart_from_what_is_needed_beside_it(name: str, said: str) -> None:
    with pytest.raises(Problem) as raised:
        METHODS[name](BARE)
    assert said in str(raised.value)


def test_where_there_is_no_revenue_it_does_not_stand_in_for_profit() -> None:
    assert "revenue stands in its place" not in " ".join(BARE.notes)
    assert any("neither revenue nor profit" in note for note in BARE.notes)
