"""BCG of Northwind: growing and new customers as an independent count finds them."""

from segmentation import METHODS


def test_growing_and_new_customers(people, oracles):
    known = oracles["growth_northwind"]
    result = METHODS["bcg"](people("northwind", as_of="1998-05-07"))
    stars, cows, horses, dogs, unknown = result.counts
    assert stars + horses == known["growing"] + known["new"]
    assert cows + dogs == known["not_growing"] and unknown == 0
    assert result.detail["new"].sum() == known["new"]
    assert stars + cows == METHODS["abc_classes"](people("northwind")).counts[0]
