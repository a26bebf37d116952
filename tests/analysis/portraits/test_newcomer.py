"""A customer who is not in the file yet stands where the same figures in the file would put it."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from segmentation import METHODS, Customers, formats
from segmentation.analysis.portraits.newcomer import asked, moved_too, placed, with_new
from segmentation.analysis.portraits.pasted import placed_all
from segmentation.segments.newcomers import joined
from segmentation.segments.own import own
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


@pytest.fixture(scope="module")
def crowd() -> Customers:
    """More customers than groups are looked for among, and nothing parts them."""
    rng = np.random.default_rng(3)
    many = 12_000
    return customers(range(many), revenue=rng.lognormal(5, 1, many).round(2), orders=rng.poisson(6, many) + 1)


SEARCHED = [
    *({"method": name} for name, one in METHODS.items() if one.fits),
    {"method": "hierarchical", "linkage": "average", "distance": "cosine", "transform": "standard"},
    {"method": "hierarchical", "distance": "gower"},
    {"method": "kmeans", "transform": "rank"},
    {"method": "kmeans", "transform": "none", "outliers": "keep"},
]


@pytest.mark.parametrize("given", SEARCHED, ids=lambda given: " ".join(given.values()))
def test_a_newcomer_joins_the_groups_there_are_where_its_twin_stands_who_was_not_in_the_sample(
    crowd: Customers, given: dict[str, str]
) -> None:
    thresholds = {name: value for name, value in given.items() if name != "method"}
    method = METHODS[given["method"]]
    assert method.joins, "a method that looks for its segments says how one more joins them"
    made, complete = method(crowd, **thresholds), method.complete(thresholds)
    ground = method.joins(crowd, complete)
    ruled = np.flatnonzero(ground.place(ground.values) == made.codes)  # some of the sample stand as they were found
    assert len(ruled) > 0.6 * len(crowd)
    figures = {one: crowd.values(one)[ruled[::40]] for one in asked(made)}
    after = joined(method, complete, made, with_new(crowd, figures))
    assert (after.codes[: len(crowd)] == made.codes).all() and after.names == made.names
    assert (after.codes[len(crowd) :] == made.codes[ruled[::40]]).mean() > 0.99
    found = placed(method, complete, made, {one: float(figures[one][0]) for one in figures})
    assert found.segment == made.labels().iloc[ruled[0]] and found.moved == 0


@pytest.mark.parametrize("name", ["fuzzy_cmeans", "mixture"])
def test_where_a_method_knows_degrees_it_is_said_how_far_a_newcomer_belongs_to_which(
    shop: Customers, name: str
) -> None:
    method, given = METHODS[name], METHODS[name].complete({"k": 2, "columns": ("revenue", "orders")})
    made = method(shop, **given)
    for figures in ({"revenue": 450.0, "orders": 8.0}, {"revenue": 2000.0, "orders": 21.0}):
        found = placed(method, given, made, figures)
        rows = pd.DataFrame([figures, {"revenue": 450.0, "orders": 8.0}], ["Miller", "Other"])
        told = placed_all(method, given, shop, rows).iloc[0]
        assert found.segment == told["segment"]
        assert f" by {formats.share(told['degree'])}" in found.why[0] and f"to “{found.segment}” by " in found.why[0]
    without = METHODS["kmeans"]
    made = without(shop, k=2)
    assert (
        not placed(without, without.complete({"k": 2}), made, {"revenue": 9.0, "orders": 3.0}).why[0].startswith("It b")
    )


@pytest.mark.parametrize("name", ["kmeans", "mixture"])
def test_where_two_of_the_groups_are_one_a_newcomer_joins_that_one(crowd: Customers, name: str) -> None:
    inner = METHODS[name](crowd)
    method = own("fewer", {"primitive": "merged", "of": name, "groups": {"Both": inner.names[1:3]}})
    made = method(crowd)
    for code, said in enumerate((inner.names[0], "Both", "Both", inner.names[3])):
        rows = np.flatnonzero(inner.codes == code)
        middle = {one: float(np.median(crowd.values(one)[rows])) for one in asked(made)}
        found = placed(method, method.complete({}), made, middle)
        assert (found.segment, found.moved) == (said, 0)


@pytest.mark.parametrize("name", [name for name, one in METHODS.items() if one.fits])
def test_a_newcomer_larger_than_anybody_leaves_everybody_where_they_are(crowd: Customers, name: str) -> None:
    method = METHODS[name]
    found = placed(method, method.complete({}), made := method(crowd), dict.fromkeys(asked(made), 1e9))
    assert found.segment in made.names and found.moved == 0


def test_where_groups_are_crossed_with_another_method_a_newcomer_joins_them_too(crowd: Customers) -> None:
    groups, method = {"method": "kmeans", "k": 5}, METHODS["kmeans"]
    bands = {"primitive": "edges", "column": "orders", "cuts": [6], "names": ["Many", "Few"], "cross": groups}
    far = dict.fromkeys(("revenue", "orders"), 1e9)  # with it in the file groups looked for anew are others
    alone = placed(method, method.complete({"k": 5}), method(crowd, k=5), far).segment
    for crossed, given in ((own("mine", bands), {}), (METHODS["cross"], {"first": "volume_bands", "second": groups})):
        found = placed(crossed, given, crossed(crowd, **given), far)
        assert found.segment.endswith(f" × {alone}") and found.moved == 0
