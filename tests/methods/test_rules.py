"""Rules: ordered if-then rows, first match wins, and what each row covers."""

import datetime as dt

import numpy as np
import pytest

from segmentation import METHODS, Problem
from segmentation.analysis.thresholds.sensitivity import ledger, moved
from segmentation.segments.rules import coverage
from tests.small import customers, groups

rules = METHODS["rules"]
PEOPLE = {
    "revenue": [2000.0, 1500, 50, 10, np.nan],
    "orders": [9, 1, 9, 1, 1],
    "region": ["North", "South West", None, "north", "East"],
    "last visit": [dt.date(2026, 1, 5), dt.date(2025, 1, 5), None, None, dt.date(2026, 3, 1)],
}


def segments(text, **columns):
    return groups(rules.segment(customers(**(columns or PEOPLE)), rules=text))


def test_the_first_row_that_matches_wins_and_the_rest_is_other():
    assert segments("revenue >= 1000 and orders >= 3 -> Core; revenue >= 1000 -> Large; orders >= 3 -> Often") == {
        "Core": "A",
        "Large": "B",
        "Often": "C",
        "Other": "D",
        "Unknown": "E",
    }


@pytest.mark.parametrize(
    ("condition", "matched"),
    [
        ("revenue = 50", "C"), ("revenue != 50", "ABD"), ("revenue < 50", "D"), ("revenue <= 50", "CD"),
        ("revenue > 1500", "A"), ("revenue >= 1500", "AB"), ("revenue between 10 and 50", "CD"),
        ("revenue in (10, 50)", "CD"), ("revenue not in (10, 50)", "AB"), ("revenue is missing", "E"),
        ("revenue is known", "ABCD"), ("region = North", "AD"), ("region in (South West, East)", "BE"),
        ("region != north", "BE"), ("region is missing", "C"), ('"last visit" >= 2026-01-05', "AE"),
        ("last visit is missing and orders > 1", "C"), ("orders = 1 and revenue = 10", "D"), ("else", "ABCDE"),
    ],
)  # fmt: skip
def test_conditions(condition, matched):
    found = segments([{"when": condition, "segment": "Yes"}])
    assert found.get("Yes", "") == matched


def test_a_condition_may_be_given_in_parts():
    parts = [{"when": [["revenue", ">=", 1000], ["region", "in", ["South West", "East"]]], "segment": "Yes"}]
    assert segments(parts)["Yes"] == "B"
    assert rules.complete({"rules": parts})["rules"] == (
        {"when": 'revenue >= 1000 and region in ("South West", East)', "segment": "Yes"},
    )


def test_blank_rows_of_a_table_are_left_out():
    assert (
        len(rules.complete({"rules": [{"when": "else", "segment": "All"}, {"when": None, "segment": ""}]})["rules"])
        == 1
    )


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("gone > 3 -> A", "Rules needs the column “gone”, which these customers do not have"),
        ("revenue > many -> A", "“revenue” holds numbers; it cannot be compared with “many”"),
        ("region > 3 -> A", "“region” holds words: they can be compared with =, != and in, not with >"),
        ("last visit > 3 -> A", "dates, written as 2026-06-30"),
        ("revenue >> 3 -> A", "row 1 does not say what “revenue” is compared with"),
        ("revenue > 3 or orders > 3 -> A", "row 1 cannot be read after"),
        ("revenue > 3 -> Unknown", "row 1 is called Unknown"),
        ("revenue > 3", "row 1 needs the name of a segment"),
        ("revenue > 3 and -> A", "row 1 ends with and"),
        ([{"when": "else", "segment": "A"}] * 16, "16 rows; it takes 1 to 15"),
        ([{"if": "else"}], "row 1 must have a condition"),
        ([{"when": [["revenue", "=", []]], "segment": "A"}], "row 1 does not say what “revenue” is compared with"),
        ([{"when": [["revenue", "between", [1]]], "segment": "A"}], "row 1 does not say what “revenue” is compared with"),
        ('["', "is no JSON"),
        ("__import__('os').system('x') -> A", "row 1"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_said_with_its_row(rows, said):
    with pytest.raises(Problem) as caught:
        rules.segment(customers(**PEOPLE), rules=rows)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_coverage_says_who_is_left_who_is_claimed_twice_and_which_row_never_wins():
    rows = "revenue >= 1000 -> Large; orders >= 3 -> Often; revenue >= 1500 and orders >= 1 -> Huge; revenue > 9999 -> Giant"
    found = coverage(rules(customers(**PEOPLE), rules=rows))
    assert found.rows["matches"].tolist() == [2, 2, 2, 0]
    assert found.rows["wins"].tolist() == [2, 1, 0, 0]
    assert found.rows["note"].tolist() == [
        "",
        "",
        "It never wins: all it matches are taken by rows 1 and 2.",
        "It matches nobody.",
    ]
    assert found.overlaps.to_numpy().tolist() == [[1, 2, 1], [1, 3, 2], [2, 3, 1]]
    assert (found.none, found.unknown) == (2, 1)


def test_a_moved_number_gives_what_the_rules_give_anew():
    rng = np.random.default_rng(5)
    columns = {"revenue": rng.integers(0, 40, 400) / 4, "orders": rng.integers(0, 6, 400).astype(float)}
    columns["revenue"][::17] = np.nan
    text = "revenue {} {} and orders > {} -> A; revenue between {} and {} -> B; orders <= {} -> C"
    kept = customers(**columns)
    for operator in (">=", ">", "<", "<="):
        for n in rng.integers(0, 10, (12, 5)).tolist():
            low, high = sorted(n[2:4])
            given = text.format(operator, n[0], n[1] % 4, low, high, n[4] % 4)
            near, anew = rules(kept, rules=given), rules(customers(**columns), rules=given)
            assert near.codes.tolist() == anew.codes.tolist()
            assert near.counts.tolist() == anew.counts.tolist()
            assert near.sums("revenue").tolist() == anew.sums("revenue").tolist()


def test_the_ledger_of_rules_counts_who_crosses_a_number_alone():
    rng = np.random.default_rng(6)
    people = customers(revenue=rng.integers(0, 40, 300) * 1.0, orders=rng.integers(0, 6, 300) * 1.0)
    given = {"rules": "revenue >= 20 and orders > 2 -> A; revenue < 12 -> B; orders between 1 and 3 -> C"}
    before = rules(people, **given).codes
    for row in ledger(rules, people, given).itertuples():
        after = rules(people, **moved(rules, rules.complete(given), row.threshold, row.at, row.moved_to)).codes
        assert row.customers == (before != after).sum()
        assert row.revenue == people.values("revenue")[before != after].sum()


def test_only_rules_have_a_coverage():
    with pytest.raises(TypeError):
        coverage(METHODS["abc_classes"](customers(revenue=[1.0])))


def test_only_sets_of_rules_that_differ_in_numbers_tell_at_once_who_is_elsewhere():
    people = customers(revenue=[10.0, 50, 55, 60, 70], orders=[1, 2, 3, 4, 5])
    before, moved_, other, renamed = (
        rules(people, rules=text).placing
        for text in ("revenue >= 50 -> Big", "revenue >= 60 -> Big", "orders >= 2 -> Big", "revenue >= 60 -> Large")
    )
    (found,) = before.changed(moved_)
    assert sorted(found.rows) == [1, 2]
    assert before.changed(other) is None and before.changed(renamed) is None
