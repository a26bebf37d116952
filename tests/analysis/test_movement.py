"""The same customers one period earlier, sector to sector, and the ladder of categories."""

import datetime as dt

import pytest

from segmentation import METHODS, Problem
from segmentation.analysis.ladder import ladder
from segmentation.analysis.movement import GONE, NEW, movement, trail, two_periods
from segmentation.segments.cuts import edges
from tests.small import customers, table

LINES = table(
    customer_id=["a", "a", "b", "b", "c", "d"],
    date=[dt.date(2023, 5, 1), dt.date(2024, 5, 1), dt.date(2023, 1, 1), dt.date(2024, 12, 31), dt.date(2023, 7, 1),
          dt.date(2024, 2, 1)],
    revenue=[100.0, 10.0, 10.0, 100.0, 30.0, 40.0],
)  # fmt: skip


def both():
    earlier, later = two_periods(LINES, months=12)
    return [edges(people, "revenue", [50], ("large", "small")) for people in (earlier, later)]


def test_two_windows_of_equal_length_follow_each_other():
    earlier, later = two_periods(LINES, months=12)
    assert (str(earlier.start), str(earlier.as_of)) == ("2023-01-01", "2023-12-31")
    assert (str(later.start), str(later.as_of)) == ("2024-01-01", "2024-12-31")


def test_everybody_of_either_period_is_in_one_move_and_no_cent_is_lost():
    before, after = both()
    found = movement(before, after)
    moves = {
        (row["from"], row["to"]): (row.customers, row.money_before, row.money_after) for _, row in found.iterrows()
    }
    assert moves == {
        ("large", "small"): (1, 100, 10),
        ("small", "large"): (1, 10, 100),
        ("small", GONE): (1, 30, 0),
        (NEW, "small"): (1, 0, 40),
    }
    assert found["money_before"].sum() == before.customers.total("revenue")
    assert found["change"].sum() == after.customers.total("revenue") - before.customers.total("revenue")


def test_the_portfolio_moves_too():
    earlier, later = two_periods(LINES, months=12)
    fixed = {"profit": 50, "potential": 50}
    found = movement(METHODS["portfolio"](earlier, **fixed), METHODS["portfolio"](later, **fixed))
    assert found["customers"].sum() == 4


def test_a_trail_has_both_ends_of_those_there_in_both_periods():
    earlier, later = two_periods(LINES, months=12)
    found = trail(earlier, later, later.frame.index)
    assert found.index.tolist() == ["a", "b"]
    assert found[["x0", "x1"]].to_numpy().tolist() == [[100, 10], [10, 100]]


@pytest.mark.parametrize(
    ("lines", "months", "said"),
    [(LINES, 48, "Nobody bought in the 48 months up to 31 Dec 2020"), (LINES, 0, "whole number from 1"),
     (table(customer_id=["a"], revenue=[1.0]), 12, "Only dated sales")],
)  # fmt: skip
def test_what_has_no_earlier_period_is_answered_with_a_sentence(lines, months, said):
    with pytest.raises(Problem, match=said):
        two_periods(lines, months=months)


# The ladder


RUNGS = edges(customers(size=[1.0, 1.0, 5.0, 9.0], potential=[10.0, 30.0, 50.0, 90.0]), "size", [4, 8], ("5", "4", "3"))


def test_a_step_up_frees_the_difference_to_the_rung_above():
    found = ladder(RUNGS).set_index("category")
    assert found["customers"].tolist() == [1, 1, 2] and found["next"].tolist() == ["", "5", "4"]
    assert found["gain_each"].tolist()[1:] == [40, 30] and found["gain"].tolist()[1:] == [40, 60]


def test_steps_say_what_moves_a_customer_and_may_skip_a_rung():
    found = ladder(RUNGS, {"3": ("5", "Show carbide tools")}).set_index("category")
    assert found.loc["3", "step"] == "Show carbide tools" and found.loc["3", "gain"] == 140
    assert found.loc["4", "next"] == ""


@pytest.mark.parametrize(
    "steps", [{"3": ("9", "")}, {"9": ("5", "")}, {"3": ("4", ""), "4": ("3", "")}, {"3": ("3", "")}]
)
def test_a_ladder_that_leads_nowhere_or_in_a_circle_is_refused(steps):
    with pytest.raises(Problem, match="The ladder goes"):
        ladder(RUNGS, steps)


def test_periods_of_months_meet_at_the_end_of_a_month():
    lines = table(customer_id=["a"] * 4, date=[dt.date(2024, 2, 29), dt.date(2023, 11, 30), dt.date(2023, 12, 1),
                  dt.date(2023, 9, 1)], revenue=[1.0] * 4)  # fmt: skip
    earlier, later = two_periods(lines, months=3)
    assert (str(earlier.start), str(earlier.as_of)) == ("2023-09-01", "2023-11-30")
    assert (str(later.start), str(later.as_of)) == ("2023-12-01", "2024-02-29")
    assert str(two_periods(lines, months=3, as_of="2023-12-30")[0].as_of) == "2023-09-30"
