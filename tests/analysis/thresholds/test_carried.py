"""What is carried over from one answer to the next is what is counted afresh."""

import numpy as np
import pytest

from segmentation import METHODS, Customers
from segmentation.analysis.thresholds.ground import ground
from segmentation.analysis.thresholds.lines import lines_of
from tests.small import customers

RULES = METHODS["rules"]
ROWS = "revenue >= {} and orders >= 3 -> A; orders >= 2 and revenue < {} -> B; revenue >= 20 -> C"


def drawn(seed: int) -> Customers:
    rng = np.random.default_rng(seed)
    return customers(
        revenue=np.where(rng.random(600) < 0.1, np.nan, rng.lognormal(3, 1, 600).round(2)),
        orders=rng.geometric(0.3, 600).astype(float),
    )


def test_a_number_of_another_row_or_column_moves_those_alone_who_stand_between():
    kept = drawn(1)
    for many, few in ((30, 60), (31, 60), (31, 58), (90, 58), (31, 60), (31, 5)):
        values = RULES.complete({"rules": ROWS.format(many, few)})
        found = []
        for people in (kept, drawn(1)):
            made = RULES(people, **values)
            lines = lines_of(RULES, values, made)
            found.append([ground(made, line.run, lines) for line in lines])
        for mine, fresh in zip(*found, strict=True):
            at = np.searchsorted(mine.ends, fresh.ends)
            for name, held in fresh.held.items():
                sums = np.add.reduceat(mine.held[name], at[:-1], axis=0).sum(axis=1)
                assert sums == pytest.approx(held.sum(axis=1)), name


def test_lines_of_a_score_stay_right_when_the_other_one_and_the_weights_move():
    method, kept = METHODS["value_score"], drawn(2)
    for given in ({"high": 0.2}, {"high": 0.3}, {"medium": 0.4}, {"high": 0.3, "medium": 0.7}, {"revenue": 3}):
        values = method.complete(given)
        told = [lines_of(method, values, method(people, **values)) for people in (kept, drawn(2))]
        for mine, fresh in zip(*told, strict=True):
            assert mine.stops.tolist() == fresh.stops.tolist() and mine.here == fresh.here
            assert {cut: at.tolist() for cut, at in mine.places.items()} == {
                cut: at.tolist() for cut, at in fresh.places.items()
            }
