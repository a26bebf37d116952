"""What a campaign did: those written to beside the control group, with published intervals, in money and one sentence."""

import numpy as np
import pytest

from segmentation import METHODS, Problem
from segmentation.analysis.action.campaign import Answers, answers, difference, effect, groups_of, guessed, told
from segmentation.analysis.action.power import Test
from segmentation.analysis.action.recipients import Action, Plan, action
from tests.small import customers, table

SIZE = 2000


@pytest.fixture(scope="module")
def made() -> Action:
    """Two thousand customers in two segments, of whom a test from 10 % to 20 % keeps some hundreds as control."""
    ids = [f"{n:05}" for n in range(SIZE)]
    people = customers(ids, revenue=np.where(np.arange(SIZE) < 1000, 100.0, 10.0), email=[f"c{n}@x.al" for n in ids])
    return action(METHODS["volume_bands"](people, edges=(50.0, 1e6)), Plan(test=Test(0.1, 0.2)))


def replies(made: Action, each: float = 30.0) -> dict[str, list]:
    """A fifth of those written to answer, a tenth of the control group; who answers spends 30."""
    ids = made.segmentation.customers.frame.index
    rows = [
        row
        for group, every in ((made.written, 5), (made.control, 10))
        for code in np.unique(made.segmentation.codes)
        for row in np.flatnonzero(group & (made.segmentation.codes == code))[::every]
    ]
    return {"customer": list(ids[rows]), "amount": [each] * len(rows)}


def test_the_interval_of_a_difference_is_the_published_one() -> None:
    """Newcombe, Statistics in Medicine 17 (1998), example (a), method 10."""
    assert difference(56, 70, 48, 80) == pytest.approx((0.2, 0.0524, 0.3339), abs=1e-4)


def test_the_effect_is_found_in_each_segment_and_in_money(made: Action) -> None:
    came_back = table(**replies(made))
    who, answer, money = guessed(made, came_back)
    assert (who, answer, money) == ("customer", None, "amount")
    found = answers(made, came_back, who or "", answer, money)
    result = effect(groups_of(made), found, contact_cost=1.0).set_index("segment")
    assert result["rate"].tolist() == pytest.approx([0.2] * 3, abs=0.01)
    assert result["control_rate"].tolist() == pytest.approx([0.1] * 3, abs=0.01)
    whole = result.loc["All together"]
    assert whole["more_low"] < whole["more"] < whole["more_high"]
    treated = int(made.written.sum())
    assert whole["money"] == pytest.approx(treated * (30 * whole["more"] - 1), rel=1e-6)
    assert whole["money"] == pytest.approx(result["money"].iloc[:-1].sum())
    said = told(effect(groups_of(made), found, 1.0).iloc[-1], "€")
    assert said.startswith("In all, 20") and "points more" in said and "It brought more than it cost: €" in said


def test_without_an_effect_it_is_said_that_it_may_be_chance(made: Action) -> None:
    ids = made.segmentation.customers.frame.index
    found = answers(
        made, table(customer=list(ids[::10]), answered=["yes"] * len(ids[::10])), "customer", "answered", None
    )
    row = effect(groups_of(made), found, worth=5.0).iloc[-1]
    assert "which may be chance" in told(row) and "is not sure" in told(row)


def test_of_two_columns_that_may_say_who_it_is_that_one_is_taken_which_names_customers(made: Action) -> None:
    sales = table(
        customer=["Ann Shaw", "Ben Shaw"], customer_id=["00001", "00002"], revenue=[5.0, 6.0], profit=[1.0, 2.0]
    )
    assert guessed(made, sales) == ("customer_id", None, "profit")
    strange = table(customer=["Ann Shaw"], customer_id=["Z"])
    assert guessed(made, strange)[0] == "customer"


@pytest.mark.parametrize("share", [3, 7, 10, 40])
def test_money_that_follows_from_the_responses_is_as_sure_as_they_are(made: Action, share: int) -> None:
    ids = made.segmentation.customers.frame.index
    rows = np.concatenate([np.flatnonzero(made.written)[::share], np.flatnonzero(made.control)[::10]])
    found = answers(made, table(customer=list(ids[rows])), "customer", None, None)
    result = effect(groups_of(made), found, worth=5.0)
    for end in ("", "_low", "_high"):
        assert result[f"money{end}"].to_numpy() == pytest.approx(
            (result["treated"] * result[f"more{end}"] * 5).to_numpy()
        )


def test_answers_are_yes_and_no_numbers_dates_and_come_by_number_or_mail(made: Action) -> None:
    yes = answers(made, table(customer=["00001", "00002", "x"], said=["Yes", "no", "yes"]), "customer", "said", None)
    assert np.flatnonzero(yes.responded).tolist() == [1] and yes.strangers == 1
    mail = answers(made, table(email=["C00003@x.al", "c00004@x.al"], said=[1, 0]), "email", "said", None)
    assert np.flatnonzero(mail.responded).tolist() == [3]
    lines = answers(made, table(customer=["00001", "00001", "00005"], sum=[5.0, 6.5, 0.0]), "customer", None, "sum")
    assert lines.money is not None and lines.money[1] == 11.5 and np.flatnonzero(lines.responded).tolist() == [1]
    with pytest.raises(Problem, match="Nobody in file\\.csv is a customer here"):
        answers(made, table(customer=["x"], said=["yes"]), "customer", "said", None)
    with pytest.raises(Problem, match="holds words"):
        answers(made, table(customer=["00001"], sum=["much"]), "customer", None, "sum")


def test_the_list_of_everybody_without_their_answers_says_nothing(made: Action) -> None:
    ids = list(made.segmentation.customers.frame.index)
    group = np.where(made.control, "control", "written to")
    everybody = table(Customer=ids, Segment=["X"] * SIZE, Group=list(group), amount=[1.0] * SIZE)
    with pytest.raises(Problem, match="does not say who responded: add a column"):
        answers(made, everybody, "Customer", None, None)
    assert answers(made, everybody, "Customer", None, "amount").responded.all(), "amounts say who responded"
    some = table(Customer=ids[:9], Segment=["X"] * 9, Group=list(group[:9]))
    assert answers(made, some, "Customer", None, None).responded.sum() == 9, "rows of those who responded alone"


def test_where_nobody_responded_there_is_no_difference(made: Action) -> None:
    found = Answers(np.zeros(SIZE, bool), None, 0)
    sentence = told(effect(groups_of(made), found).iloc[-1])
    assert "0.0% of the control group: no difference (" in sentence and "chance" not in sentence


def test_groups_are_those_of_the_list_that_comes_back_unless_it_lists_answers_alone(made: Action) -> None:
    ids = list(made.segmentation.customers.frame.index[:4])
    group, segment = ["written to", "written to", "control", "control"], ["=X", "=X", "'=X", "=X"]
    back = table(Customer=ids, Segment=segment, Group=group, answered=["yes", "no", "no", "no"])
    found = answers(made, back, "Customer", "answered", None)
    groups = groups_of(made, back, "Customer", found)
    assert groups.names == ("=X",) and groups.written.sum() == 2 and groups.control.sum() == 2
    only = table(Customer=ids, Segment=segment, Group=group, answered=["yes"] * 4)
    found = answers(made, only, "Customer", "answered", None)
    assert groups_of(made, only, "Customer", found).written.sum() == made.written.sum()


def test_without_a_control_group_nothing_is_claimed(made: Action) -> None:
    alone = action(made.segmentation, Plan(control=False))
    found = answers(alone, table(**replies(alone)), "customer", None, "amount")
    row = effect(groups_of(alone), found).iloc[-1]
    assert told(row) == "In all, nothing can be said: nobody was kept as control."
