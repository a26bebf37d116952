"""Whatever a column holds, the picture a method opens on can be drawn, and its lines stand where they can be moved from."""

import json

import numpy as np
import pandas as pd
import pytest

from pages.widgets.board import _act
from segmentation import METHODS, Customers, Problem
from segmentation.analysis.thresholds.lines import lines_of, stated
from segmentation.board import own

KINDS = ("lifecycle", "volume_bands", "rfm", "abc_xyz", "bcg", "spend_visits", "rules", "value_score", "attribute")
SPANS = ("recency_days", "tenure_days", "visits_per_quarter")


def table(revenue: list[float]) -> Customers:
    held = np.array(revenue)
    columns = {name: np.abs(held) for name in SPANS} | {"orders": np.maximum(np.abs(held), 1)}
    money = dict.fromkeys(("revenue", "profit", "average_order", "revenue_before", "revenue_recent"), held)
    with np.errstate(invalid="ignore"):
        rates = {"revenue_cv": held / held, "growth": held - held}
    frame = pd.DataFrame({**money, **columns, **rates, "region": [f"r{at}" for at in range(len(held))]})
    return Customers(frame.set_axis(pd.Index([f"c{at}" for at in range(len(held))], name="customer_id")))


BAD = {
    "all equal": [7.0] * 12,
    "all missing but one": [7.0] + [np.nan] * 11,
    "one giant": [1e9, *range(1, 12)],
    "all negative": [-float(at) for at in range(1, 13)],
    "two customers": [3.0, 4.0],
    "400 values": [float(at % 9) for at in range(400)],
}


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("bad", BAD)
def test_a_picture_of_what_nobody_expects_is_sent_in_finite_numbers(name, bad):
    method, people = METHODS[name], table(BAD[bad])
    values = method.complete({})
    try:
        made = method(people, **values)
    except Problem:
        return  # a sentence
    card = own(method, values, made, "€")
    assert card is not None and card["data"]["panels"] is not None
    json.dumps(card, allow_nan=False)
    for line in lines_of(method, *stated(method, values, made)):
        assert np.isfinite(line.stops).all() and len(line.stops) > 1 and 0 <= line.here < len(line.stops)


def test_what_was_told_while_the_server_worked_is_done_once_and_before_the_rest():
    done = []
    events = {"moved": done.append, "cut": lambda told: done.append(("cut", told))}
    told = [{"event": event, "told": at, "at": at} for at, event in enumerate(("cut", "moved", "gone", "moved"), 1)]
    for unheard in (told[:2], told[:2], told):
        _act("heard", events, unheard)
    assert done == [("cut", 1), 2, 4]
