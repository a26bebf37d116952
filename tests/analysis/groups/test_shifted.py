"""With new data personas are made anew, and what is said of the change holds: who goes on, what shifted, who moved."""

from dataclasses import replace

import numpy as np
import pytest

from segmentation import METHODS, Customers
from segmentation.analysis.groups.shifted import in_words, moves, paired, remembered
from tests.small import customers

BY = {"columns": ("revenue", "orders"), "k": 3}


def month(large: int = 10, size: float = 1000.0, moved: tuple[int, ...] = ()) -> Customers:
    """Thirty customers: the first few large ones, then middle ones, then small ones; those moved have become large."""
    at = np.arange(30)
    kind = np.where(at < large, 0, np.where(at < 20, 1, 2))
    kind[list(moved)] = 0
    revenue = np.array([size, 100.0, 10.0])[kind] * (1 + at / 1000)
    return customers([f"{one:02}" for one in at], revenue=revenue, orders=np.array([40.0, 10.0, 1.0])[kind] + at % 2)


@pytest.fixture(scope="module")
def then() -> dict:
    return remembered(METHODS["personas"](month(), **BY))


def test_what_is_remembered_is_numbers_of_each_segment_and_nobody_s_name(then: dict) -> None:
    assert [one["customers"] for one in then.values()] == [10, 10, 10]
    assert sum(one["money"] for one in then.values()) == pytest.approx(month().total("revenue"), abs=0.05)
    assert "00" not in repr(list(then)) and set(next(iter(then.values()))) == {"customers", "money", "typical"}


def test_nothing_changed_is_said_so(then: dict) -> None:
    assert all(one.endswith(": as then.") for one in in_words(then, METHODS["personas"](month(), **BY)))


def test_size_money_and_portrait_that_shifted_are_told_with_what_they_were(then: dict) -> None:
    said = in_words(then, METHODS["personas"](month(size=2000.0, moved=(10, 11)), **BY), "€")
    assert "12 customers (was 10)" in said[0] and "(was €10.0k)" in said[0]
    assert "Revenue typically €2.01k (was €1.00k)" in said[0]
    assert "8 customers (was 10)" in said[1] and said[2].endswith(": as then.")
    masked = in_words(then, METHODS["personas"](month(size=2000.0), **BY), "€", {"revenue"})
    assert "€" not in repr(masked)


def test_a_segment_called_otherwise_goes_on_from_the_one_it_is_most_like(then: dict) -> None:
    people = month(size=1500.0)
    names = METHODS["personas"](people, **BY).names
    made = METHODS["personas"](people, **BY, names={names[0]: "Bulk buyers"})
    assert paired(then, remembered(made), made)["Bulk buyers"] == next(iter(then))
    assert in_words(then, made)[0].startswith(f"Bulk buyers (then “{next(iter(then))}”): ")


def test_more_and_fewer_segments_are_told_as_new_and_gone(then: dict) -> None:
    two = METHODS["kmeans"](month(), columns=BY["columns"], k=2)
    assert sum("no longer there" in one for one in in_words(then, two)) == 1
    assert sum(": new, " in one for one in in_words(remembered(two), METHODS["personas"](month(), **BY))) == 1


def test_who_moved_are_the_customers_that_did() -> None:
    before, after = (METHODS["personas"](one, **BY) for one in (month(), month(moved=(10, 11, 25))))
    found = moves(before, after)
    assert found.people.index.tolist() == ["10", "11", "25"]
    assert set(found.people["to"]) == {after.names[0]}
    assert found.between()["customers"].tolist() == [2, 1]
    assert found.sentence() == (
        "Of 30 customers there then and now, 3 (10%) stand in another segment; 0 came since, 0 are gone."
    )


def test_the_name_a_segment_had_then_is_told_with_the_moves(then: dict) -> None:
    before, after = (METHODS["kmeans"](month(), **BY, names=names) for names in ({}, {next(iter(then)): "Bulk buyers"}))
    found = moves(before, after)
    assert not len(found.people), "who stays in a group of another name has not moved"
    assert found.renamed() == f"By what is typical of them, “Bulk buyers” was “{next(iter(then))}” then."


def test_values_of_a_column_are_what_they_are_called() -> None:
    """A country whose customers became few does not go on as another that has grown."""

    def of(*countries: str) -> Customers:
        return customers(
            [str(at) for at in range(len(countries))], revenue=np.full(len(countries), 10.0), country=countries
        )

    where = {"column": "country", "others": 0.2}
    before = METHODS["attribute"](of(*["UK"] * 6, *["France"] * 3, "Spain"), **where)
    after = METHODS["attribute"](of(*["UK"] * 6, "France", *["Spain"] * 3), **where)
    found = moves(before, after)
    assert {(one.Index, one[1], one[2]) for one in found.people.itertuples()} == {
        ("7", "France", "Spain"),
        ("8", "France", "Spain"),
        ("6", "France", "Other"),
        ("9", "Other", "Spain"),
    }
    assert any(one.startswith("Spain: new, ") for one in in_words(remembered(before), after)) and not found.renamed()


def test_files_of_unequal_times_are_told_apart_from_customers_who_moved() -> None:
    found = moves(*(METHODS["personas"](one, **BY) for one in (month(), month(moved=(10,)))))
    assert not found.uneven("april.csv"), "without dates nothing is known of it"
    assert "april.csv covers 90 days, this file 31:" in replace(found, days=(90, 31)).uneven("april.csv")
    assert not replace(found, days=(30, 31)).uneven("april.csv") and not replace(found, days=(90, 31)).uneven("")
