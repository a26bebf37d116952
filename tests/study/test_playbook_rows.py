"""What was decided for segments stays with the study, and goes along where segments become one."""

import pytest

from segmentation import Problem, Study


def test_rows_go_with_the_study_and_those_of_other_segments_stay():
    study = Study()
    study.decide({"A": {"aim": "invest", "until": "2026-06-30", "owner": ""}})
    study.decide({"B": {"terms": "**Not** <b>markup</b> =1+1"}})
    again = Study.from_json(study.to_json())
    assert again.rows == {
        "A": {"aim": "invest", "until": "2026-06-30"},
        "B": {"terms": "**Not** <b>markup</b> =1+1"},
    }
    again.undecide(["A"])
    assert list(again.rows) == ["B"]
    again.undecide()
    assert again.playbook == {}


@pytest.mark.parametrize(
    "row", [{"aim": "conquer"}, {"until": "tomorrow"}, {"owner": 5}, {"luck": ""}, {"terms": "x" * 1001}]
)
def test_what_cannot_be_is_refused_and_nothing_is_written(row):
    study = Study()
    with pytest.raises(Problem):
        study.decide({"A": row})
    assert study.playbook == {}


def test_segments_that_become_one_keep_the_row_of_the_first():
    study = Study()
    study.decide({"A": {"terms": "Credit"}, "B": {"terms": "Cash"}, "C": {"terms": "cash"}})
    study.merge(["B", "C"])
    assert study.rows == {"B and C": {"terms": "Cash"}, "A": {"terms": "Credit"}}
    assert study.playbook["abc_classes"]["C"] == {"terms": "cash"}
    study.drop(study.method)
    assert list(Study.from_json(study.to_json()).playbook) == ["abc_classes"]
