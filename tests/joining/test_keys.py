"""Which column of one file is found in another: enough of its different values must stand there, not the other way round."""

import pytest

from segmentation.joining.keys import find
from tests.small import table


def named(name, **columns):
    found = table(**columns)
    return type(found)(name, found.data, found.report, found.set_aside)


def overlaps(*tables):
    return {(found.column, found.key): found.overlap for found in find(list(tables))}


def test_a_few_orders_are_found_among_many_addresses():
    orders = named("orders.csv", buyer=[f"K{n}x" for n in range(1, 60)], paid=[1.5] * 59)
    addresses = named("addresses.csv", contact=[f"K{n}x" for n in range(1, 901)], town=["Rome"] * 900)
    assert overlaps(orders, addresses) == {("buyer", "contact"): 1.0}


@pytest.mark.parametrize(("known", "joins"), [(0.6, True), (0.5, True), (0.49, False), (0.05, False)])
def test_of_three_thousand_keys_half_must_be_known(known, joins):
    missing = int(3000 * (1 - known))
    keys = [f"K{n}x" if n % 3000 >= missing else f"lost {n}" for n in (7 * i for i in range(3000))]
    orders = named("orders.csv", buyer=keys, paid=[1.5] * 3000)
    buyers = named("buyers.csv", contact=[f"K{n}x" for n in range(21_000)], town=["Rome"] * 21_000)
    found = overlaps(orders, buyers)
    assert found == ({("buyer", "contact"): pytest.approx(known, abs=0.001)} if joins else {})
