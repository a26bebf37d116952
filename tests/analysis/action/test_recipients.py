"""Whom we write to: who can be reached, who stands twice, where they were before, and the control group with its power."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation import METHODS, Customers, Problem
from segmentation.analysis.action.power import Test, control_size, drawn, seen
from segmentation.analysis.action.recipients import Plan, action, columns, contact, counted, earlier_of, told
from tests.small import customers, table

PEOPLE = Customers.build(
    table(
        customer=["1", "2", "3", "4", "5", "6"],
        name=["Ann", "Bo", "Cy", "Di", "Ed", "Flo"],
        email=["Ann@X.al ", "ann@x.al", "none", "di@y.al", None, "flo@@z"],
        phone=["+49 (0)170 123456", "0170 123457", "00355 69 1234567", "", "12", None],
        country=["DE", "DE", "AL", "AL", "AL", "AL"],
        revenue=[10.0, 20.0, 30.0, 40.0, 50.0, 60.0],
    )
)


def test_addresses_are_as_tools_want_them_and_what_is_none_is_left_out() -> None:
    assert columns(PEOPLE) == {"email": "email", "phone": "phone", "name": "name", "country": "country"}
    assert contact(PEOPLE, "email").to_pylist() == ["ann@x.al", "ann@x.al", None, "di@y.al", None, None]
    assert contact(PEOPLE, "phone", "49").to_pylist()[:5] == [
        "+49170123456",
        "+49170123457",
        "+355691234567",
        None,
        None,
    ]
    assert contact(PEOPLE, "phone").to_pylist()[1] is None, "whose country nobody said"


def test_the_unreachable_and_those_who_share_an_address_are_counted_and_not_written_to() -> None:
    made = action(METHODS["abc_classes"](PEOPLE), Plan(control=False))
    ids = PEOPLE.frame.index
    assert set(ids[~made.reachable]) == {"5", "6"}
    assert set(ids[made.twice]) == {"1"}, "of two with one address the one who brings more is kept"
    assert set(ids[made.written]) == {"2", "3", "4"}
    assert counted(made)[["customers", "unreachable", "twice", "written"]].sum().tolist() == [6, 2, 1, 3]
    assert (
        told(made)
        == "3 of 6 customers are written to. 2 cannot be reached and 1 is a duplicate (same address as another)."
    )


def test_addresses_that_come_in_several_pieces_are_found_as_in_one() -> None:
    halves = [PEOPLE.frame.iloc[:2], PEOPLE.frame.iloc[2:]]
    pieces = Customers(pd.concat(halves).astype({"email": "str"}))
    assert pa.array(pieces.frame["email"].array).num_chunks == 2
    one, several = (action(METHODS["abc_classes"](people), Plan(control=False)) for people in (PEOPLE, pieces))
    assert several.twice.tolist() == one.twice.tolist() and several.reachable.tolist() == one.reachable.tolist()


def test_without_any_address_everybody_is_listed_by_number() -> None:
    made = action(METHODS["abc_classes"](customers(revenue=[3.0, 2.0, 1.0])), Plan(control=False))
    assert made.written.all() and columns(made.segmentation.customers) == {}


def test_only_the_segments_asked_for_are_written_to() -> None:
    made = action(METHODS["abc_classes"](PEOPLE), Plan(segments=("A",), control=False))
    assert counted(made)["segment"].tolist() == ["A"]
    assert set(np.unique(made.segmentation.codes[made.written])) == {0}
    other = action(METHODS["abc_classes"](PEOPLE), Plan(segments=("Champions",), control=False))
    assert other.written.sum() == 3, "segments of another method are not those of this one"


def test_who_did_not_agree_is_not_written_to() -> None:
    said = {"Email opt out": ["yes", None, "no"], "newsletter": ["yes", None, "no"], "Consent": [1.0, 0.0, np.nan]}
    for heading, refused in (("Email opt out", "A"), ("newsletter", "BC"), ("Consent", "BC")):
        made = action(
            METHODS["abc_classes"](customers(revenue=[3.0, 2.0, 1.0], **{heading: said[heading]})), Plan(control=False)
        )
        assert "".join(made.segmentation.customers.frame.index[made.refused]) == refused, heading
        assert made.written.sum() == 3 - len(refused) and "agreed to it" in told(made)


def test_only_those_who_entered_may_be_written_to() -> None:
    before = {"6": "A", "4": "B", "1": "C"}
    made = action(METHODS["abc_classes"](PEOPLE), Plan(entered=True, control=False), before)
    assert made.moved is not None and set(made.moved[made.asked]) <= {"entered", "new"} and 0 < made.asked.sum() < 6


def test_where_nobody_entered_nobody_is_written_to_and_it_is_said_why() -> None:
    made = METHODS["abc_classes"](PEOPLE)
    now = {str(one): str(segment) for one, segment in made.labels().items()}
    assert told(action(made, Plan(entered=True), now)).endswith("nobody is new to a segment since your last list.")


def test_an_earlier_list_says_who_entered_and_who_is_gone() -> None:
    before = earlier_of(table(Customer=["6", "4", "99"], Segment=["A", "'=C", "B"]))
    assert before == {"6": "A", "4": "=C", "99": "B"}
    made = action(METHODS["abc_classes"](PEOPLE), Plan(control=False), before)
    assert made.moved is not None and made.before is not None
    assert dict(zip(PEOPLE.frame.index, made.moved, strict=True))["6"] == "stayed"
    assert made.moved[3] == "entered" and made.before[3] == "=C" and made.moved[0] == "new"
    assert made.gone == {"99": "B"}
    with pytest.raises(Problem, match="Customer"):
        earlier_of(table(who=["1"], segment=["A"]))


# The control group


def test_the_size_of_a_group_is_the_published_one() -> None:
    assert (
        Test(0.04, 0.05, 0.8).each == 6726
    )  # statsmodels: NormalIndPower().solve_power(proportion_effectsize(.05, .04), ...)
    assert Test(0.05, 0.05).each == np.inf


@given(st.integers(1, 2_000_000), st.floats(0.01, 0.4), st.floats(0.005, 0.2), st.floats(0.5, 0.95))
def test_the_smallest_control_group_shows_the_difference_and_a_smaller_one_does_not(
    people: int, rate: float, more: float, power: float
) -> None:
    test = Test(rate, rate + more, power)
    size = control_size(people, test)
    if size is None:
        assert people < 2 * test.each + 1
        return
    assert 0 < size <= people / 2 + 1
    assert seen(people, size, test) <= test.better + 1e-9
    if size > 2:
        assert seen(people, size - 1, test) > test.better - 1e-9


def test_the_lot_depends_on_number_and_seed_alone() -> None:
    people = customers([f"{n:05}" for n in range(2000)], revenue=np.arange(2000.0) + 1)
    codes = np.zeros(2000, np.int8)
    everybody = np.ones(2000, bool)
    held = drawn(people.frame.index, codes, everybody, {0: 300}, 7)
    assert held.sum() == 300
    turned = np.arange(2000)[::-1]
    again = drawn(people.frame.index[turned], codes, everybody, {0: 300}, 7)
    assert np.array_equal(again[turned], held), "whatever the order of rows"
    other = drawn(people.frame.index, codes, everybody, {0: 300}, 8)
    assert 20 < (held & other).sum() < 80, "another seed draws others"
    fewer = drawn(people.frame.index, codes, everybody, {0: 200}, 7)
    assert (fewer & ~held).sum() == 0, "a smaller group is part of the larger one"


def test_a_segment_too_small_for_the_test_keeps_a_tenth_and_says_what_that_shows() -> None:
    people = customers([f"{n:05}" for n in range(400)], revenue=np.arange(400.0) + 1)
    made = action(METHODS["volume_bands"](people, edges=(1e6, 2e6)), Plan())
    found = counted(made).set_index("segment").query("customers > 0")
    assert found["control"].tolist() == [40] and found["written"].tolist() == [360]
    assert found["shows"].iloc[0] > 0.05
