"""What was decided for a band that is called after its edges goes along where an edge is moved: nothing has to be written anew."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation import METHODS, Problem, Study
from segmentation.segments.controls import Edges
from segmentation.study.changes import changes
from tests import laws
from tests.small import customers, groups

PIN = {"customer": "A", "method": "volume_bands", "reason": "Ann knows", "day": "2026-06-30"}
FOUND = {"customers": 2, "money": 3.0, "typical": {}}


def decided(
    method: str = "volume_bands", segment: str = "10 to under 20", edges: tuple[float, ...] = (10, 20, 30)
) -> Study:
    """A study in which something of every kind hangs on the name of a band."""
    study = Study(method=method)
    study.set(edges=edges)
    study.decide({segment: {"terms": "Credit"}})
    study.pins = [{**PIN, "method": method, "segment": segment, "rule": segment}]
    study.move_lever(method, "Scenario 1", segment, price=0.05)
    study.send(segments=[segment])
    study.write_note(method, segment, "They come in spring")
    study.remember_personas(method, "may.csv", "", {segment: FOUND})
    return study


def hangs_on(study: Study) -> set[str]:
    """The names on which something hangs."""
    of, pins = study.method, study.pins_of(study.method)
    return {
        *study.rows, *(one[part] for one in pins for part in ("segment", "rule")), *study.scenario(of, "Scenario 1"),
        *study.campaign["segments"], *study.persona_notes[of], *study.persona_then[of]["found"],
    }  # fmt: skip


def test_all_that_was_decided_for_a_band_stays_with_it_and_the_study_is_read_back():
    study = decided()
    before = study.to_json()
    study.set(edges=(10, 25, 30))
    assert hangs_on(study) == {"10 to under 25"}
    assert study.rows == {"10 to under 25": {"terms": "Credit"}} and study.note(study.method, "10 to under 25")
    assert Study.from_json(study.to_json()).to_json() == study.to_json()
    study.set(edges=(10, 20, 30))
    assert study.to_json() == before


def test_a_pinned_customer_stays_where_it_was_pinned():
    people, study = customers(revenue=[15.0, 25, 100]), decided()
    study.pins = [{**PIN, "segment": "30 and over"}]
    study.set(edges=(10, 20, 40))
    assert groups(study.segmentation(people).labels())["40 and over"] == "AC"


def test_with_another_number_of_bands_names_stand_for_themselves():
    study = decided()
    study.set(edges=(10, 20, 30, 40))
    assert hangs_on(study) == {"10 to under 20"}
    study.set(edges=(15, 20, 40))
    assert hangs_on(study) == {"10 to under 20"}, "nothing was decided for what is called 15 to under 20"


def test_names_that_are_no_edges_stay_and_so_does_what_hangs_on_them():
    study = decided(segment="Wholesale", edges=(10, 20))
    study.set(edges=(10, 25))
    assert hangs_on(study) == {"Wholesale"}


def test_back_at_the_usual_edges_everything_goes_back_with_the_bands():
    study = Study(method="ages")
    study.set(edges=(18, 25, 45, 65))
    study.decide({"0–17": {"terms": "By their parents"}})
    study.put("ages", {})
    assert study.rows == {"0–14": {"terms": "By their parents"}} and study.thresholds == {}


def test_another_method_that_is_moved_leaves_whom_we_write_to():
    study = decided()
    study.choose("abc_classes")
    study.set_of("volume_bands", edges=(10, 25, 30))
    assert study.campaign["segments"] == ["10 to under 20"]
    assert list(study.playbook["volume_bands"]) == ["10 to under 25"]


def test_what_was_kept_for_a_name_of_no_band_is_not_lost_where_a_band_comes_to_be_called_so():
    study = decided()
    study.decide({"10 to under 25": {"terms": "Cash"}})
    before = study.to_json()
    study.set(edges=(10, 25, 30))
    assert study.rows["10 to under 25"] == {"terms": "Credit"} and {"terms": "Cash"} in study.rows.values()
    study.set(edges=(10, 20, 30))
    assert study.to_json() == before


cuts = st.lists(st.integers(0, 12), min_size=3, max_size=3).map(lambda found: tuple(map(float, sorted(found))))


@given(cuts, cuts, st.sets(st.integers(0, 30)))
def test_there_and_back_leaves_everything_as_it_was(first, second, kept):
    study = Study(method="volume_bands")
    study.set(edges=first)
    names = [*METHODS["volume_bands"].spans(study.values()), *METHODS["volume_bands"].spans({"edges": second})]
    study.decide({name: {"terms": str(at)} for at, name in enumerate(names) if at in kept})
    before = study.rows
    study.set(edges=second)
    assert len(study.rows) == len(before)
    study.set(edges=first)
    assert study.rows == before


@pytest.mark.parametrize(
    "name", [name for name, one in METHODS.items() if any(type(control) is Edges for control in one.controls.values())]
)
@given(data=st.data())
def test_every_method_whose_bands_are_called_after_its_own_edges_says_so(name, data):
    method, people = METHODS[name], data.draw(laws.customers())
    values = method.complete(data.draw(laws.thresholds(method, people)))
    if method.missing(people, values):
        return
    try:
        made = method(people, **values)
    except Problem:
        return
    called = method.spans(values) if method.spans else None
    if made.spans and called:
        assert [*made.names] == (called if made.placing.low_first else called[::-1])
    elif made.spans:
        given_ = [
            one for one, control in method.controls.items() if type(control) is Edges and control.counts(people, values)
        ]
        assert not given_, "its bands are called after edges that it was given"


def test_segments_that_were_made_one_stay_one_and_are_called_after_their_bands():
    people = customers(revenue=[5.0, 15, 25, 35])
    study = decided()
    study.merge(["30 and over", "20 to under 30"])
    study.decide({"30 and over and 20 to under 30": {"terms": "Contract"}})
    before = study.to_json()
    study.set(edges=(10, 21, 31))
    assert groups(study.segmentation(people).labels())["31 and over and 21 to under 31"] == "CD"
    assert study.rows["31 and over and 21 to under 31"] == {"terms": "Contract"}
    assert study.rows["10 to under 21"] == {"terms": "Credit"} and "10 to under 20" in study.playbook["volume_bands"]
    assert Study.from_json(study.to_json()).to_json() == study.to_json()
    study.set(edges=(10, 20, 30))
    assert study.to_json() == before


def test_a_group_with_a_name_of_its_own_keeps_it():
    recipe = {"primitive": "merged", "of": "volume_bands", "groups": {"Trade": ["20 to under 30", "30 and over"]}}
    study = Study(method="mine", own={"mine": recipe}, thresholds={"mine": {"edges": (10, 20, 30)}})
    study.set(edges=(10, 20, 40))
    assert study.own["mine"]["groups"] == {"Trade": ["20 to under 40", "40 and over"]}


def test_a_kept_finding_at_other_edges_is_told_with_what_is_decided_for_its_bands():
    study = decided()
    then = study.at("volume_bands", {"edges": (10, 19, 30)})
    assert hangs_on(then) == {"10 to under 19"} and hangs_on(study) == {"10 to under 20"}
    assert study == decided()


def test_what_went_along_is_no_step_of_its_own_in_the_history():
    study, before = decided(), decided()
    study.set(edges=(10, 25, 30))
    assert changes(before, study) == ["A band begins at 10 · 25 · 30, was 10 · 20 · 30"]
    before, study = decided(), decided()
    before.merge(["30 and over", "20 to under 30"])
    study.merge(["30 and over", "20 to under 30"])
    study.set(edges=(10, 25, 30))
    assert changes(before, study) == ["A band begins at 10 · 25 · 30, was 10 · 20 · 30"]


def test_ages_keep_what_was_decided_also_where_children_have_bands_of_their_own():
    study = Study(method="ages")
    study.set(children="bands")
    study.decide({"15–24": {"terms": "Entry prices"}, "under 1": {"terms": "Gifts"}})
    study.set(edges=(16, 25, 45, 65))
    assert study.rows == {"16–24": {"terms": "Entry prices"}, "under 1": {"terms": "Gifts"}}
