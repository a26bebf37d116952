"""Purchases of some customers beside a cut of their silence."""

import numpy as np
import pandas as pd
import pytest

from segmentation import METHODS, Customers, read
from segmentation.analysis.thresholds.lines import lines_of, stated
from segmentation.analysis.thresholds.strips import MANY, silence_of, strips
from segmentation.segments.bands import runs_of
from tests.browser.screen import SHOES
from tests.places import SAMPLES
from tests.samples import people_of
from tests.small import customers

people = people_of()
CUTTING = [
    name for name, method in METHODS.items() if not method.missing(people) and silence_of(method, method(people))
]


def test_the_methods_of_silence_are_found() -> None:
    assert {"lifecycle", "rfm", "sleepers"} <= set(CUTTING) and not {"tenure", "abc_classes"} & set(CUTTING)


@pytest.mark.parametrize("name", CUTTING)
def test_wherever_silence_is_cut_there_is_a_line(name: str) -> None:
    method = METHODS[name]
    made = method(people)
    values, stands = stated(method, method.defaults, made)
    found = silence_of(method, made)
    assert found and any(line.run == found[0] for line in lines_of(method, values, stands))


@pytest.mark.parametrize("name", CUTTING)
def test_the_last_purchase_is_as_long_ago_as_the_silence(name: str) -> None:
    made = METHODS[name](people)
    at, unit = silence_of(METHODS[name], made) or (0, "")
    run = runs_of(made.placing)[at]
    found = strips(people, run, unit)
    assert found and len(found.rows) == len(set(found.rows)) == MANY
    assert (np.diff(found.silence) >= 0).all() and set(METHODS["lifecycle"](people).codes[found.rows]) == {0, 1, 2, 3}
    for row, silence, bought in zip(found.rows, found.silence, found.bought, strict=True):
        assert silence == -run.ranked.negated[run.ranked.position[row]]
        if silence <= found.end:
            assert bought[0] == pytest.approx(silence)
        assert (np.diff(bought) > 0).all() and (bought <= found.end).all()


def test_every_day_of_a_purchase_is_told_once_and_returns_are_none() -> None:
    text = "customer,date,revenue\nA,2026-06-30,5\nA,2026-06-30,7\nA,2026-06-01,5\nB,2026-05-31,9\nA,2026-06-10,-2\n"
    few = Customers.build(read(text.encode(), name="file.csv"))
    assert few.history
    days = few.history.days_before(np.array([1, 0]))
    assert [one.tolist() for one in days] == [[30], [0, 29]]


def test_a_customer_table_has_no_purchases() -> None:
    made = METHODS["lifecycle"](customers(recency_days=np.arange(9.0)))
    assert strips(made.customers, runs_of(made.placing)[0], "days") is None


def test_the_sample_hangs_on_the_customers_and_not_on_the_rows_order() -> None:
    frame = pd.read_csv(SAMPLES / SHOES)
    shuffled = Customers.build(read(frame.sample(frac=1, random_state=1).to_csv(index=False).encode(), name="a.csv"))
    kept = Customers.build(read(frame.to_csv(index=False).encode(), name="a.csv"))
    rows = [strips(one, runs_of(METHODS["lifecycle"](one).placing)[0], "days") for one in (shuffled, kept)]
    assert rows[0] and rows[1] and rows[0].rows.tolist() == rows[1].rows.tolist()
