"""Segments treated alike become one, in every method."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation import METHODS, Problem, Study
from segmentation.analysis.summary import finding, summarise
from segmentation.analysis.thresholds.sensitivity import moved
from segmentation.segments.own import own
from tests import laws
from tests.small import customers, groups


@pytest.mark.parametrize("name", METHODS)
@settings(max_examples=3)
@given(data=st.data())
def test_any_segments_of_any_method_can_be_one_and_no_cent_is_lost(name, data):
    people = data.draw(laws.customers())
    try:
        before = METHODS[name](people)
    except Problem:
        return
    if len(before.names) < 2:
        return
    wanted = data.draw(st.lists(st.sampled_from(before.names), min_size=2, max_size=4, unique=True))
    method = own("mine", {"primitive": "merged", "of": name, "groups": {"Together": wanted}})
    after = method(people)
    laws.everybody_once(after)
    laws.sums_are_exact(after)
    assert set(after.names) == {*before.names, "Together"} - set(wanted)
    one = np.isin(before.codes, [before.names.index(name) for name in wanted])
    assert np.array_equal(after.codes == after.names.index("Together"), one)
    assert finding(after, summarise(after), method=method)


def test_merging_the_neighbours_of_an_abc_leaves_a_line_that_can_be_dragged():
    people = customers(revenue=[80.0, 15, 3, 2])
    study = Study()
    study.set(a=0.75)
    assert study.merge(["B", "C"]) == "B and C"
    made = study.segmentation(people)
    assert groups(made.labels()) == {"A": "A", "B and C": "BCD"}
    assert (made.cuts, made.thresholds) == ((0.75,), ("a",)) and made.cuts_share
    assert any("“B” and “C” are one segment" in one for one in study.chosen.remarks(people, study.values()))


def test_what_was_merged_can_be_merged_again_and_goes_with_the_study():
    people = customers(revenue=[80.0, 15, 3, 2])
    study = Study()
    study.merge(["B", "C"])
    study.merge(["A", "B and C"])
    again = Study.from_json(study.to_json())
    assert groups(again.segmentation(people).labels()) == {"A, B and C": "ABCD"}
    assert len(again.own) == 1 and "abc_classes" in again.methods


def test_segments_of_a_method_of_ones_own_can_be_merged():
    study = Study()
    study.keep("mine", {"primitive": "edges", "column": "revenue", "cuts": [10, 100], "names": ["Big", "Mid", "Small"]})
    study.choose("mine")
    study.merge(["Big", "Small"])
    assert groups(study.segmentation(customers(revenue=[5.0, 50, 500])).labels()) == {"Big and Small": "AC", "Mid": "B"}


@pytest.mark.parametrize(
    "recipe",
    [
        {"of": "abcd", "groups": {"x": ["A", "B"]}},
        {"of": "abc_classes", "groups": {}},
        {"of": "abc_classes", "groups": {"x": ["A"]}},
        {"of": "abc_classes", "groups": {"x": ["A", "B"], "y": ["B", "C"]}},
        {"of": "abc_classes", "groups": {"": ["A", "B"]}},
        {"of": {"primitive": "luck"}, "groups": {"x": ["A", "B"]}},
    ],
)
def test_what_cannot_be_merged_is_refused_in_a_sentence(recipe):
    with pytest.raises(Problem):
        own("mine", {"primitive": "merged", **recipe})


def test_another_merge_of_the_same_method_leaves_the_first_as_it_is():
    study = Study()
    study.merge(["B", "C"])
    study.choose("abc_classes")
    study.merge(["A", "B"])
    assert list(study.own) == ["abc_classes-merged", "abc_classes-merged-2"]
    assert [study.methods[name].title for name in study.own] == ["ABC, B and C merged", "ABC, A and B merged"]


def test_names_of_any_letters_and_length_can_be_merged():
    odd = ["a\u200bb\n", "\u200b", "x" * 200, "=1+1", "Unknown?"]
    people = customers(region=[one for one in odd for _ in range(3)], revenue=[float(at) for at in range(15)])
    study = Study(method="attribute")
    names = study.segmentation(people).names
    study.merge(names[:3])
    study.merge(study.segmentation(people).names)
    assert Study.from_json(study.to_json()).segmentation(people).counts.tolist() == [15, 0]


def test_a_method_with_segments_put_together_can_be_crossed_and_its_lines_still_move():
    people = customers(revenue=[80.0, 15, 3, 2], profit=[8.0, 1, 1, -1], recency_days=[10.0, 400, 10, 400])
    abc = {"method": "abc_classes", "merged": {"B and C": ["B", "C"]}, "a": 0.75}
    study = Study(method="cross")
    study.set(first=abc, second="lifecycle")
    made = Study.from_json(study.to_json()).segmentation(people)
    assert {name.split(" × ")[0] for name in made.names} == {"A", "B and C"}
    laws.everybody_once(made)
    assert made.sums("revenue").sum() == 100
    cross = METHODS["cross"]
    values = cross.complete(study.thresholds["cross"])
    moved_on = moved(cross, values, "first", ("a", 0), 0.9)
    assert moved_on["first"] == {**abc, "a": 0.9}, "what is merged stays merged"
    with pytest.raises(Problem, match="What is merged in"):
        study.set(first={"method": "abc_classes", "merged": {"B": ["C"]}})
