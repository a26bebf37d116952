"""The chooser says by question what can be used now, and how to supply what is lacking."""

from segmentation import METHODS
from segmentation.analysis.chooser import QUESTIONS, chooser
from tests.small import customers


def test_every_method_stands_under_one_question():
    rows = chooser(customers(revenue=[1.0]))
    assert sorted(row.method for row in rows) == sorted(METHODS)
    assert [row.question for row in rows] == sorted((row.question for row in rows), key=list(QUESTIONS).index)


def test_what_is_lacking_is_named_with_the_way_to_supply_it():
    rows = {row.method: row for row in chooser(customers(revenue=[1.0]))}
    assert rows["abc_classes"].allowed and not rows["abc_classes"].supplies
    assert rows["lifecycle"].lacks == ("recency_days",)
    assert [(one.kind, one.name) for one in rows["lifecycle"].supplies] == [("role", "date")]
    assert {one.name for one in rows["motive"].supplies} == {"discount", "delivery", "product"}
    for row in rows.values():
        assert row.allowed == (not METHODS[row.method].missing(customers(revenue=[1.0])))
        assert row.allowed or all(one.words for one in row.supplies)


def test_those_that_can_be_used_come_first_under_their_question():
    rows = [row for row in chooser(customers(orders=[1, 2])) if row.question == "Who is leaving?"]
    assert [row.allowed for row in rows] == sorted((row.allowed for row in rows), reverse=True)
    assert rows[0].method == "repeat"
