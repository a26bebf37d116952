"""ABC-XYZ: nine cells, each customer in the cell of its two classes."""

import numpy as np

from segmentation import METHODS
from tests.small import customers, groups

abc_xyz = METHODS["abc_xyz"]


def test_each_customer_is_in_the_cell_of_its_abc_and_its_xyz():
    people = customers(revenue=[60.0, 30.0, 6.0, 4.0], revenue_cv=[0.1, 2.0, 0.7, 0.2])
    assert groups(abc_xyz.segment(people, by="cv")) == {"AX": "A", "AZ": "B", "BY": "C", "CX": "D"}


def test_the_nine_cells_stand_in_a_fixed_order_even_when_empty():
    labels = abc_xyz.segment(customers(revenue=[1.0], revenue_cv=[0.1]))
    assert list(labels.cat.categories) == ["AX", "AY", "AZ", "BX", "BY", "BZ", "CX", "CY", "CZ"]


def test_who_is_unknown_in_one_is_unknown_in_both():
    people = customers(revenue=[60.0, np.nan, 40.0], revenue_cv=[np.nan, 0.1, 0.1])
    assert groups(abc_xyz.segment(people, by="cv")) == {"AX": "C", "Unknown": "AB"}


def test_its_thresholds_are_those_of_its_two_halves():
    rng = np.random.default_rng(7)
    people = customers(revenue=rng.gamma(0.5, 100, 300), revenue_cv=rng.random(300) * 3)
    given = {"a": 0.6, "b": 0.9, "x": 1.0, "y": 2.0}
    crossed = abc_xyz.segment(people, **given).astype("str")
    size = METHODS["abc_classes"].segment(people, a=0.6, b=0.9).astype("str")
    assert crossed.equals(size + METHODS["xyz"].segment(people, x=1.0, y=2.0).astype("str"))
