"""What drives a behaviour: the planted driver is found whatever its kind, and chance is no driver."""

import numpy as np
import pytest

from segmentation import Customers
from segmentation.analysis.groups.quality import quality
from segmentation.analysis.portraits.drivers import MIX, REST, drivers, driving, remarks, sentence, targets, verdict
from tests.small import customers, table

SIZE = 600


@pytest.fixture(scope="module")
def shop() -> Customers:
    """Profit goes by trade (words) for the most part, by age (numbers) for a smaller one, and by nothing else."""
    rng = np.random.default_rng(5)
    trade = np.array(["hotel", "shop", "private"])[np.arange(SIZE) % 3]
    age = rng.uniform(20, 70, SIZE)
    profit = (
        np.where(trade == "hotel", 500.0, np.where(trade == "shop", 300.0, 100.0)) + 3 * age + rng.normal(0, 30, SIZE)
    )
    return customers(
        [f"{at:04}" for at in range(SIZE)],
        trade=trade,
        age=age,
        months=age * 12,  # the same once more
        dice=rng.integers(1, 7, SIZE).astype(float),
        street=[f"street {at}" for at in range(SIZE)],
        profit=np.round(profit, 2),
        turnover=np.round(profit, 2) * 4,
        revenue=profit * 3,
        recency_days=np.full(SIZE, 9.0),
    )


def test_the_planted_driver_comes_first_and_one_that_is_chance_explains_nothing(shop: Customers) -> None:
    found = drivers(shop, "profit", "€")
    assert [one.column for one in found.telling] == ["trade", "age"]
    trade, age = found.telling
    assert 0.7 < trade.low <= trade.effect <= trade.high < 1 and age.high < trade.low
    dice = next(one for one in found.ranked if one.column == "dice")
    assert dice.effect < 0.01 and dice.low == 0
    assert verdict(found).startswith("trade explains most: ") and "about as much" not in verdict(found)
    assert (trade.best[0], trade.worst[0]) == ("“hotel”", "“private”")
    assert sentence(found, trade, "€").startswith("Profit is typically €6")


def test_what_is_the_same_number_is_left_out_or_stands_once(shop: Customers) -> None:
    found = drivers(shop, "profit")
    assert found.same == ("turnover",) and "turnover" in remarks(found)[0]  # by its values; revenue by what it is
    assert "revenue" not in [one.column for one in found.ranked]
    assert found.telling[1].also == ("months",)
    assert "street" not in [one.column for one in found.ranked]  # it tells single customers apart
    assert "trade" not in [one.column for one in drivers(shop, "profit", without={"trade"}).ranked]


def test_words_and_the_same_written_as_numbers_explain_the_same(shop: Customers) -> None:
    kinds = shop.with_column("kind", (shop.frame["trade"] == "shop") * 2.0 + (shop.frame["trade"] == "private") * 1.0)
    effect = {one.column: (one.effect, one.low, one.high) for one in drivers(kinds, "profit").ranked}
    assert effect["kind"] == effect["trade"]


def test_rows_in_another_order_and_amounts_in_another_unit_change_nothing(shop: Customers) -> None:
    other = Customers(shop.frame.iloc[::-1].sort_index().assign(profit=shop.frame["profit"] * 1000))
    one, two = drivers(shop, "profit").ranked, drivers(other, "profit").ranked
    assert [(d.column, d.effect, d.low, d.high) for d in one] == [(d.column, d.effect, d.low, d.high) for d in two]


def test_only_what_differs_can_be_explained_and_few_customers_explain_nothing(shop: Customers) -> None:
    assert targets(shop) == ["profit"]  # all are silent for nine days
    few = drivers(Customers(shop.frame.iloc[:20]), "profit")
    assert not few.ranked and verdict(few).startswith("Nothing in this file explains profit")


def test_of_many_customers_some_are_looked_at_and_it_is_said() -> None:
    rng = np.random.default_rng(1)
    words = rng.choice(["a", "b", *(f"rare {at}" for at in range(3000))], 7000, p=[0.4, 0.3, *[0.3 / 3000] * 3000])
    many = customers([f"{at:05}" for at in range(7000)], word=words, revenue=rng.uniform(size=7000) + (words == "a"))
    found = drivers(many, "revenue")
    assert remarks(found) == ["Found on 5,000 of 7,000 customers."]
    assert found.ranked[0].best[0] == "“a”" and found.ranked[0].worst[0] != REST


def test_groups_that_drown_in_twenty_columns_of_noise_are_found_in_what_drives_the_money() -> None:
    rng = np.random.default_rng(8)
    kind = np.arange(300) % 3
    columns = {
        "revenue": np.array([100.0, 1000.0, 1000.0])[kind] * rng.lognormal(0, 0.15, 300),
        "often": np.array([5.0, 5.0, 40.0])[kind] * rng.lognormal(0, 0.15, 300),
        "basket": np.array([20.0, 200.0, 60.0])[kind] * rng.lognormal(0, 0.15, 300),
        **{f"noise {at}": rng.lognormal(3, 0.6, 300) for at in range(20)},
    }
    people = customers([f"{at:03}" for at in range(300)], **columns)
    found = driving(people)
    assert found == ("revenue", "basket", "often")
    assert quality(people, tuple(columns), numbers=(2, 3)).best is None
    assert quality(people, found, numbers=(2, 3)).best == 3
    assert driving(customers(region=["a", "b"])) == ()


def test_what_customers_buy_is_explained_by_who_buys_it() -> None:
    """Those in the North buy tools, the others oil; of what they spend nothing depends on the size of the firm."""
    rng = np.random.default_rng(8)
    lines = [(f"{at:03}", rng.integers(0, 10) < 9, rng.lognormal(3, 0.3)) for at in range(120) for _ in range(6)]
    north = {f"{at:03}": at % 2 == 0 for at in range(120)}
    category = ["tools" if north[one] == usual else "oil" for one, usual, _ in lines]
    people = Customers.build(
        table(
            customer=[one for one, *_ in lines],
            category=category,
            revenue=[round(amount, 2) for *_, amount in lines],
            region=["North" if north[one] else "South" for one, *_ in lines],
            size=[f"size {int(one) // 7 % 3}" for one, *_ in lines],
        )
    )
    assert MIX in targets(people)
    found = drivers(people, MIX)
    first = found.telling[0]
    assert first.column == "region" and first.low > 0.4
    assert "size" not in [one.column for one in found.telling]
    said = sentence(found, first)
    assert {said.startswith("“tools” is "), said.startswith("“oil” is ")} == {True, False}
    assert "of what customers buy where region is" in said and "where it is “" in said
    assert "category" not in [one.column for one in found.ranked]  # it is what is to be explained
    assert verdict(found).endswith("of the differences in what customers buy.")
    assert MIX not in driving(people)  # no number to look for groups by
