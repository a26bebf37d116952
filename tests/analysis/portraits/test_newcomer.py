"""A customer who is not in the file yet stands where the same figures in the file would put it."""

from dataclasses import replace

import numpy as np
import pytest

from segmentation import METHODS, Customers
from segmentation.analysis.portraits.newcomer import asked, moved_too, placed
from tests.small import customers


@pytest.fixture(scope="module")
def shop() -> Customers:
    rng = np.random.default_rng(6)
    large = np.arange(120) % 3 == 0
    revenue = np.where(large, 2000.0, 100.0) * rng.lognormal(0, 0.2, 120)
    orders = np.where(large, 20.0, 3.0) + rng.integers(0, 3, 120)
    return customers([f"{at:03}" for at in range(120)], revenue=revenue.round(2), orders=orders, region=["North"] * 120)


@pytest.mark.parametrize("name", ["kmeans", "abc_classes", "volume_bands"])
def test_who_is_like_one_of_the_file_stands_beside_it(shop: Customers, name: str) -> None:
    method = METHODS[name]
    made = method(shop)
    twin = {column: float(shop.values(column)[0]) for column in asked(made)}
    found = placed(method, method.complete({}), made, twin)
    assert found.segment == made.labels().iloc[0]
    assert len(found.why) == len(twin) and "typical there is" in found.why[0]


def test_what_would_make_it_a_better_one_is_said(shop: Customers) -> None:
    method = METHODS["volume_bands"]
    found = placed(method, method.complete({}), method(shop), {"revenue": 500.0}, "€")
    assert found.segment == "Retail" and found.moved == 0 and moved_too(found) == ""
    assert found.why[0].startswith("Revenue €500: typical there is €")
    assert "more) would make it Small wholesale" in found.ways[0]


def test_one_who_outweighs_all_others_moves_them(shop: Customers) -> None:
    method = METHODS["abc_classes"]
    found = placed(method, method.complete({}), method(shop), {"revenue": 1e7})
    assert found.segment == "A" and found.moved > 0 and "would stand in another segment" in moved_too(found)


def test_a_method_of_words_asks_for_nothing(shop: Customers) -> None:
    assert asked(METHODS["attribute"](shop, column="region")) == ()


def test_any_method_that_says_its_segments_lie_around_means_tells_how_clearly_one_stands(shop: Customers) -> None:
    bands = METHODS["volume_bands"]
    around = replace(bands, centred=lambda people, at: (np.arange(len(people)), people.values("revenue")[:, None]))
    settings = bands.complete({})
    made = bands(shop)
    middle = float(sum(shop.values("revenue")[made.codes == code].mean() for code in np.unique(made.codes)[:2]) / 2)
    assert placed(around, settings, made, {"revenue": middle}).why[0].startswith("It stands between ")
    assert not placed(bands, settings, made, {"revenue": middle}).why[0].startswith("It stands")


@pytest.mark.parametrize("name", ["kmeans", "personas"])
def test_where_segments_lie_around_means_a_newcomer_joins_the_nearest_and_nobody_else_moves(name: str) -> None:
    rng = np.random.default_rng(3)
    many = 12_000  # more than groups are looked for among, and nothing parts them
    people = customers(range(many), revenue=rng.lognormal(5, 1, many).round(2), orders=rng.poisson(6, many) + 1)
    method = METHODS[name]
    made = method(people)
    for row in (0, 40, 700):
        found = placed(method, method.complete({}), made, {one: float(people.values(one)[row]) for one in asked(made)})
        assert found.segment in made.names and found.moved == 0
