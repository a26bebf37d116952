"""Values in a picture: those that keep a segment of their own are the method's, wherever the line is put."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation import METHODS, Customers
from segmentation.analysis.thresholds.valued import bars_of, valued
from segmentation.segments.merging import merged
from segmentation.segments.rules import OTHER
from segmentation.segments.scores import Scored
from tests.small import customers

attribute = METHODS["attribute"]


def people(words: list[str | None]) -> Customers:
    plain = customers(revenue=np.ones(len(words)))
    return Customers(plain.frame.assign(region=pd.Series(words, plain.frame.index, dtype=object)))


@settings(max_examples=30)
@given(
    words=st.lists(st.sampled_from([*"ABCDEFGH", None, OTHER]), min_size=1, max_size=60).filter(any),
    steps=st.integers(0, 100),
)
def test_values_that_are_segments_at_a_share_are_those_of_the_method(words, steps):
    group = people(words)
    values = attribute.complete({"column": "region", "others": 0.02})
    found = valued(attribute, values, attribute(group, **values))
    share = round(steps * 0.005, 10)
    there = attribute(group, column="region", others=share)
    own = found.shown(share)
    assert there.names[:own] == found.each.names[:own]
    assert there.counts[:own].tolist() == found.each.counts[:own].tolist()
    assert list(there.names[own:]) == [OTHER] * (own < found.size)


def test_four_hundred_values_have_a_bar_for_each_that_can_be_a_segment_and_stages_the_first_on_top():
    group = people([f"town {at}" for at in range(400)] + ["big"] * 50)
    found = valued(attribute, attribute.defaults, attribute(group, column="region"))
    assert found.gathered and found.size == 30 and len(bars_of(found)) == 30
    stages = Customers(group.frame.assign(stage=["paid", "tried", "signed up"] * 150))
    onboarding = METHODS["onboarding"]
    bars = bars_of(valued(onboarding, onboarding.defaults, onboarding(stages)))
    assert bars["name"].tolist() == ["Signed up", "Tried", "Paid"]
    assert bars["words"].tolist() == ["150 of 450", "150 of 300", "150 of 150"]
    assert bars["reached"].tolist() == pytest.approx([1, 2 / 3, 1 / 3])


def test_where_values_were_put_together_no_value_stands_for_itself():
    group = people([*"AAAABBBCC"])
    put = merged("mine", attribute, {"A and B": ["A", "B"]})
    assert valued(put, put.defaults, put(group, column="region")) is None
    score = merged("mine", METHODS["value_score"], {"upper": ["High value", "Medium value"]})
    outer = merged("mine", METHODS["value_score"], {"outer": ["High value", "Low value"]})
    spread = customers(revenue=np.arange(30.0))
    assert isinstance(score(spread).placing, Scored) and not isinstance(outer(spread).placing, Scored)
