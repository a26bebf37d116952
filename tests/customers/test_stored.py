"""Customers that were written come back as they were: to the last value, type and sentence."""

import pickle
from functools import cache

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from segmentation import METHODS, Customers, Problem, read
from segmentation.analysis.summary import summarise
from segmentation.customers.history import History
from segmentation.customers.stored import COMPARED, Lines, taken, written
from tests import hostile
from tests.places import SAMPLES
from tests.small import customers as few

SHIPPED = sorted(one.name for one in SAMPLES.iterdir() if one.name.endswith((".csv", ".csv.gz", ".xlsx", ".parquet")))
MIXED = """Klant;Datum;omzet;city;joined;visits a year;vip;email
a-1;2026-01-03;10,50;Köln;2020-02-01;3;yes;a@x.test
A-1;2026-02-03;;;2020-02-01;3;yes;a@x.test
007;2026-02-05;-4,25;Москва;;;no;
7;2026-03-01;0;北京;2021-12-31;0;;b@x.test
 z ;2026-03-02;99;Köln;1999-01-01;12;no;z@x.test
"""
WIDE = "customer;kind;2025-01;2025-02;2025-03;2025-04\n" + "".join(
    f"c{i};{'ab'[i % 2]};{i};{i * 3};;{i % 4}\n" for i in range(9)
)
BROUGHT = {"hostile lines": hostile.table(), "hostile customers": hostile.customers(), "mixed": MIXED, "wide": WIDE}


@cache
def made(of: str) -> Customers:
    given = BROUGHT.get(of)
    if given is None:
        return Customers.build(read(SAMPLES / of))
    content = given if isinstance(given, bytes) else given.encode()
    return Customers.build(read(content, name=f"{of}.csv"))


def never() -> History:
    raise AssertionError("its lines were asked for")


@pytest.mark.parametrize("of", [*SHIPPED, *BROUGHT])
def test_all_that_is_known_of_customers_comes_back(of: str) -> None:
    one = made(of)
    content = written(one)
    assert content is not None
    other = taken(content, never)
    assert_frame_equal(other.frame, one.frame, check_exact=True, check_categorical=True)
    assert [getattr(other, name) for name in COMPARED] == [getattr(one, name) for name in COMPARED]
    assert (other.day, other.days, other.ahead, other.money) == (one.day, one.days, one.ahead, one.money)
    assert (one.stated is None and other.stated is None) or np.array_equal(one.stated, other.stated, equal_nan=True)
    assert (other.history is None) == (one.history is None)
    if one.found is not None:
        assert other.found is not None and other.found.sentence == one.found.sentence
        assert np.array_equal(other.found.values, one.found.values, equal_nan=True)
    if one.history is not None:
        assert [*other.history.offers] == [*one.history.offers] and other.history.roles == one.history.roles


@pytest.mark.parametrize("of", ["shoe_maker_orders.csv", "hostile lines"])
def test_every_method_finds_the_same(of: str) -> None:
    one = made(of)
    other = taken(written(one), lambda: one.history)
    for name, method in METHODS.items():
        try:
            mine = method(one)
        except Problem as problem:
            with pytest.raises(Problem) as found:
                method(other)
            assert str(found.value) == str(problem), name
            continue
        again = method(other)
        assert again.labels().equals(mine.labels()), name
        assert_frame_equal(summarise(again), summarise(mine), check_exact=True)


def test_its_lines_come_with_the_first_who_asks_for_them() -> None:
    one, asked = made("shoe_maker_orders.csv"), []
    other = taken(written(one), lambda: asked.append(1) or one.history)
    assert other.has("spend_last_quarter") and not other.has("no such column") and other.history.roles and not asked
    assert np.array_equal(other.values("spend_last_quarter"), one.values("spend_last_quarter"))
    assert np.array_equal(other.history.codes, one.history.codes)
    assert asked == [1]


def test_whom_they_are_handed_to_has_the_lines_themselves() -> None:
    one = made("shoe_maker_orders.csv")
    other = taken(written(one), lambda: "the lines")
    assert isinstance(other.history, Lines)
    assert pickle.loads(pickle.dumps(other)).history == "the lines"


def test_what_would_not_come_back_as_it_is_is_not_written() -> None:
    people = few(revenue=[1.0, 2.0])
    assert written(people) is not None
    for odd in ([{1}, {2}], [1, "a"], [1, 2], [1.5, None]):
        assert written(Customers(people.frame.assign(odd=pd.Series(odd, people.frame.index, dtype=object)))) is None
    assert written(Customers(people.frame, before=people)) is None
    assert written(Customers(people.frame.set_axis([1, 2]))) is None
    assert written(Customers(people.frame, left_out={"zero": np.int64(1)})) is None
