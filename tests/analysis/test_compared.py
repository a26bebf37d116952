"""Two segmentations of the same customers beside each other."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation import METHODS, Customers, Problem, read
from segmentation.analysis.compared import compared, elsewhere, held, in_words, since
from tests.places import SAMPLES
from tests.samples import people_of

people = people_of()
NAMES = ("abc_classes", "lifecycle", "bcg", "rfm", "vip")


@given(st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from([0.5, 0.8]))
def test_what_one_gains_others_lose_and_nothing_is_lost(first: str, second: str, a: float) -> None:
    one = METHODS[first](people)
    other = METHODS[second](people, **({"a": a} if second == "abc_classes" else {}))
    found = compared(one, other)
    assert found["customers"].sum() == found["customers_other"].sum() == len(people)
    assert found["customers_change"].sum() == 0
    assert found["profit"].sum() == pytest.approx(people.total("profit"))
    assert found["profit_change"].sum() == pytest.approx(0, abs=1e-6 * abs(people.total("profit")))
    labels = one.labels().astype(str).to_numpy() != other.labels().astype(str).to_numpy()
    assert np.array_equal(elsewhere(one, other), labels)


def test_it_is_said_how_many_stand_elsewhere_and_with_what_money() -> None:
    one, other = METHODS["abc_classes"](people), METHODS["abc_classes"](people, a=0.7)
    moved = elsewhere(one, other)
    said = in_words(one, other, "€")
    assert said.startswith(f"{moved.sum()} of 319 customers stand in another segment; together they bring €")
    assert in_words(one, one) == "Every customer stands in the same segment in both."
    assert in_words(one, METHODS["lifecycle"](people)).startswith("The two have no segment in common")


def test_other_customers_cannot_be_compared() -> None:
    few = Customers.build(read(SAMPLES / "bank_clients.csv"))
    with pytest.raises(Problem, match="other customers"):
        compared(METHODS["abc_classes"](people), METHODS["abc_classes"](few, value="revenue"))


def test_what_changed_since_names_every_segment_that_did_and_no_other() -> None:
    before, after = METHODS["abc_classes"](people), METHODS["abc_classes"](people, a=0.7)
    assert since(held(before), before) == ""
    said = since(held(before), after, "€")
    counts = zip(before.counts.tolist(), after.counts.tolist(), strict=True)
    for name, (was, now) in zip("ABC", counts, strict=False):
        assert (f"{name} {now} (was {was})" in said) == (was != now)
    gone = since({"Gone": [5, 2.0]}, before)
    assert "only then “Gone” 5" in gone
