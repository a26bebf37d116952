"""The order of a column is that of a stable sort, whatever its values: whole, broken, equal, missing or without end."""

import numpy as np
import pytest

from segmentation.customers.customers import whole
from segmentation.customers.ordering import largest_first

RNG = np.random.default_rng(3)
COLUMNS = {
    "days, most of them equal": RNG.integers(-5, 5, 200).astype(float),
    "amounts beyond two bytes": RNG.integers(-(2**40), 2**40, 200).astype(float),
    "cents": np.round(RNG.normal(size=200), 2),
    "fractions, most of them equal": np.repeat(RNG.random(50), 4)[RNG.permutation(200)],
    "fractions, few of them equal": np.r_[RNG.random(190), np.full(5, 1 / 3), np.full(5, 0.7)][RNG.permutation(200)],
    "no end, and two zeros": RNG.choice([0.0, -0.0, 1 / 3, np.inf, -np.inf], 200),
    "one value": np.full(200, 7.0),
    "nobody": np.empty(0),
}


@pytest.mark.parametrize("lacking", [0.0, 0.4, 1.0])
@pytest.mark.parametrize("column", COLUMNS.values(), ids=COLUMNS)
def test_largest_first_equal_ones_by_row_missing_last(column: np.ndarray, lacking: float) -> None:
    values = np.where(np.random.default_rng(1).random(len(column)) < lacking, np.nan, column)
    order = np.argsort(-values, kind="stable").tolist()
    assert largest_first(values, None).tolist() == order
    scaled = whole(values)[0]
    if not np.isinf(values).any() and np.array_equal(np.rint(scaled), scaled):
        assert largest_first(values, scaled).tolist() == order
