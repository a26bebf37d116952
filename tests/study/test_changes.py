"""What differs between two studies is said in words a person would use."""

from dataclasses import fields

import pytest

from segmentation import Study
from segmentation.study.changes import changes, told


def changed(**settings: object) -> list[str]:
    return changes(Study(), Study(**settings))


def test_a_threshold_is_said_with_what_it_was() -> None:
    (said,) = changed(thresholds={"abc_classes": {"a": 0.75}})
    assert said == "A ends at 75% of the total, was 80%"


def test_a_threshold_of_another_method_says_whose_it_is() -> None:
    (said,) = changed(thresholds={"lifecycle": {"step": 1}})
    assert said == "Lifecycle by recency: Life-cycle step 1 month, was 3 months"


def test_edges_are_said_one_after_the_other_and_choices_in_their_words() -> None:
    found = changed(method="bcg", thresholds={"bcg": {"size_by": "top"}, "rfm": {"recency": (10.0, 20.0)}})
    assert found[0] == "BCG matrix was chosen, in place of ABC"
    assert "Large means the top customers, was an A of ABC" in found
    by_edges, moved = {"by": "edges"}, {"by": "edges", "recency": (10.0, 20.0)}
    one, other = (Study(method="rfm", thresholds={"rfm": given}) for given in (by_edges, moved))
    assert changes(one, other) == ["Recency 10 · 20, was 31 · 61 · 91"]


def test_what_a_threshold_was_is_not_said_where_it_cut_nothing() -> None:
    said = changed(method="rfm", thresholds={"rfm": {"by": "edges", "recency": (10.0, 20.0)}})
    assert "Recency 10 · 20" in said and not any("31 · 61" in one for one in said)


def test_columns_and_settings_of_the_file_are_said_by_what_people_call_them() -> None:
    assert changed(columns={"revenue": "Net"}) == ["Revenue is “Net”, was as recognised"]
    assert changed(window=12)[0].endswith(": 12, was not set")
    assert changed(returns="drop") == [
        "Returns (negative lines): Set them aside, was Take their money off; they are no purchase"
    ]


def test_a_lever_is_said_with_its_segment_and_scenario() -> None:
    one, other = Study(), Study()
    one.move_lever("abc_classes", "Scenario 1", "C", price=0.05, minimum=100.0)
    assert changes(Study(), one) == [
        "Price of C in Scenario 1 is +5.0%, was as today",
        "Minimum order of C in Scenario 1 is 100, was as today",
    ]
    other.move_lever("abc_classes", "Scenario 1", "C", price=-0.01)
    assert changes(one, other)[0] == "Price of C in Scenario 1 is −1.0%, was +5.0%"
    other.new_scenario("abc_classes", "Scenario 1")
    assert changes(one, other)[0] == "The scenario Scenario 2 was made"
    other.rename_scenario("abc_classes", "Scenario 2", "Terms")
    assert changes(Study(), Study()) == [] and "A scenario was deleted" in changes(other, one)


def test_equal_studies_have_nothing_to_say() -> None:
    assert changes(Study(), Study()) == [] and told(Study().to_json(), Study().to_json()) == ""


def test_many_changes_are_said_shortly() -> None:
    after = Study(window=12, currency="€", masked=["Name"], returns="drop", as_of="2026-06-30")
    assert told(Study().to_json(), after.to_json()).endswith("; and 2 other settings")


OTHER = {
    "columns": {"revenue": "Net"},
    "own": {"mine": {"primitive": "edges", "column": "revenue", "cuts": [100.0], "names": ["A", "B"]}},
    "method": "bcg",
    "thresholds": {"abc_classes": {"a": 0.7}},
    "lines": {"profit": 5.0},
    "views": {"Ann": {}},
    "model": "trend",
    "masked": ["Name"],
    "window": 6,
    "counts": {"open": "sale"},
}


@pytest.mark.parametrize("name", [one.name for one in fields(Study) if one.name in OTHER])
def test_no_setting_changes_without_a_word(name: str) -> None:
    assert changed(**{name: OTHER[name]})


def test_what_happens_to_the_notebook_is_said_once_and_shortly() -> None:
    empty, kept, two = Study(), Study(), Study()
    kept.keep_finding("abc_classes", {"a": 0.7})
    two.keep_finding("bcg", {})
    two.keep_finding("abc_classes", {"a": 0.7})
    swapped, titled = Study(cells=two.cells[::-1]), Study(cells=two.cells)
    titled.write(0, title="Large ones")
    assert changes(empty, kept) == ["A finding of ABC was kept"]
    assert changes(kept, empty) == ["A finding of ABC was deleted from the notebook"]
    assert changes(two, kept) == ["A finding of BCG matrix was deleted from the notebook"], "the one that is gone"
    assert changes(titled, kept) == ["The finding “Large ones” was deleted from the notebook"]
    assert changes(two, swapped) == ["The findings were put in another order"]
    assert changes(two, titled) == ["A finding was given another title or note"]
    anew = Study(cells=titled.cells)
    anew.renew(1, {"A": [3, 4.0]}, "may.csv")
    assert changes(titled, anew) == ["A finding was kept anew, as it is now"]


def test_a_playbook_and_pins_are_told_in_words():
    before, after = Study(), Study()
    after.decide({name: {"terms": "Cash"} for name in "ABCD"})
    after.pins = [{"customer": "1", "method": "rfm", "segment": "Lost", "reason": "x", "day": "2026-06-30"}]
    assert changes(before, after) == [
        "The playbook of ABC was changed for A, B, C and others",
        "1 customer was pinned to a segment",
    ]
    assert changes(after, before)[1] == "1 customer was left to the rule again"
