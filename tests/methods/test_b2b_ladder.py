"""The B2B ladder of a maker of cutting tools: five rungs by rules, and the step to the next."""

from segmentation import METHODS
from segmentation.analysis.summary import finding, summarise
from segmentation.methods.b2b_ladder import ladder
from tests.small import customers, groups

b2b_ladder = METHODS["b2b_ladder"]
FIRMS = {
    "cnc": ["yes", "yes", "no", "no", "no"],
    "special_tools": ["yes", "no", "no", "no", "no"],
    "standard_tools": ["yes", "yes", "no", "no", "no"],
    "production": ["steady", "growing", "growing", "growing", "steady"],
    "orders": [9, 5, 2, 0, 0],
}


def test_the_reference_case_puts_one_firm_on_each_rung():
    assert groups(b2b_ladder.segment(customers(**FIRMS))) == {"5": "A", "4": "B", "3": "C", "2": "D", "1": "E"}


def test_each_rung_has_a_next_one_and_a_step_that_leads_there():
    result = b2b_ladder(customers(**FIRMS))
    rungs = ladder(result).set_index("rung")
    assert rungs["next"].to_dict() == {"5": "", "4": "5", "3": "4", "2": "3", "1": "2"}
    assert rungs["customers"].tolist() == [1] * 5
    assert rungs.loc["4", "step"] == "Convince of special tools"
    assert result.detail.loc["B"].to_dict() == {"next": "5", "step": "Convince of special tools"}


def test_rungs_of_ones_own():
    people = customers(staff=[500.0, 20.0])
    labels = b2b_ladder.segment(people, rules="staff >= 100 -> Large; else -> Small")
    assert groups(labels) == {"Large": "A", "Small": "B"}


def test_the_headline_begins_with_a_word_and_not_with_bare_numbers():
    result = b2b_ladder(customers(**FIRMS))
    assert finding(result, summarise(result), method=b2b_ladder).startswith("**Segments 4, 3 and 2: 3 customers**")
    nobody = b2b_ladder(customers(**{name: held[:1] for name, held in FIRMS.items()}))
    assert finding(nobody, summarise(nobody), method=b2b_ladder).startswith(
        "Nobody is in segment 4, 3 or 2. **Segment 5: 1"
    )
