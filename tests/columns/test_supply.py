"""What a method lacks comes with the way to supply it, in words."""

import pytest

from segmentation import METHODS, Problem
from segmentation.columns.supply import how
from tests.small import customers


def test_several_columns_nobody_knows_of_are_named_in_one_go():
    with pytest.raises(Problem) as problem:
        METHODS["rules"](customers(revenue=[1.0]), rules="machines > 1 and tools > 2 -> Big")
    assert str(problem.value).endswith("choose another column, or a file with “machines” and “tools”.")


def test_alternatives_are_joined_by_or_and_what_is_needed_together_by_and():
    assert how("age or birth_date") == how("age")
    ways = how("revenue", "recency_days", "growth", "machines").split("; and ")
    assert len(ways) == 3, "two figures of the same dates need one column"
    assert "; or " in how("discount_share or express_share")
