"""The Playbook page: written in place, kept, and honest about who is treated alike."""

from typing import Any

import pytest
import streamlit as st

from pages.pieces.playbook.shown import Shown
from pages.pieces.playbook.table import _take as take
from segmentation import METHODS, Customers, Study, read
from segmentation.analysis.action.asked import ASKED
from segmentation.analysis.action.playbook import proposed
from segmentation.analysis.action.plays import CASES
from tests.pages.visitor import SAMPLES, SHOES, Visitor

ALT = "What is done differently for each segment"


@pytest.fixture
def at_the_playbook(with_shoes: Visitor) -> Visitor:
    return with_shoes.go("Playbook")


def write(visitor: Visitor, row: int, **cells: Any) -> Visitor:
    """Type into cells of a row, as the editor tells it."""
    key = next(one.key for one in visitor.at.data_editor)
    visitor.at.session_state[key] = {"edited_rows": {row: cells}, "added_rows": [], "deleted_rows": []}
    return visitor.look()


def test_every_segment_has_a_proposed_row_beside_what_it_holds(at_the_playbook: Visitor, shoes: Customers) -> None:
    made = METHODS["abc_classes"](shoes)
    frame, rows = at_the_playbook.table(ALT), proposed(METHODS["abc_classes"], made)
    assert frame["segment"].tolist() == list(made.shown)
    assert [text.split(" · ")[0] for text in frame["size"]] == [str(count) for count in made.counts[:3]]
    assert frame["terms"].tolist() == [row["terms"] for row in rows.values()]
    assert "Behaviour really differs" in at_the_playbook.words and "a proposal" in at_the_playbook.words
    assert at_the_playbook.study.playbook == {}


def test_what_is_typed_is_kept_with_the_rows_beside_it_and_can_be_undone(at_the_playbook: Visitor) -> None:
    write(at_the_playbook, 0, owner="**Ann** <b>=1+1</b>", aim="Keep", until="2026-06-30")
    rows = at_the_playbook.study.rows
    assert rows["A"]["owner"] == "**Ann** <b>=1+1</b>" and (rows["A"]["aim"], rows["A"]["until"]) == (
        "keep",
        "2026-06-30",
    )
    assert rows["C"]["terms"] and "a proposal" not in at_the_playbook.words
    assert "A was decided until 30 Jun 2026: did it work? Its measure: Profit of the segment" in at_the_playbook.words
    assert at_the_playbook.press("undo").study.playbook == {}
    assert at_the_playbook.press("redo").table(ALT)["owner"].iloc[0] == "**Ann** <b>=1+1</b>"
    assert at_the_playbook.press("propose").study.playbook == {}


def test_the_shoe_maker_s_case_is_played_until_two_segments_treated_alike_are_one(at_the_playbook: Visitor) -> None:
    at_the_playbook.open("cases").press("case shoes")
    assert at_the_playbook.study.rows["C"] == CASES["shoes"].rows["C"]
    assert "are treated alike" not in at_the_playbook.words
    write(at_the_playbook, 0, decision="", terms="deferred payment; free delivery in the city")
    assert "A and B are treated alike: 166 customers" in at_the_playbook.words
    assert "Behaviour differs in part" in at_the_playbook.words
    at_the_playbook.press("merge 0")
    assert at_the_playbook.table(ALT)["segment"].tolist() == ["A and B", "C"]
    assert at_the_playbook.study.rows["A and B"]["terms"].startswith("deferred")
    assert "are treated alike" not in at_the_playbook.words
    assert "A and B" in at_the_playbook.go("Segments").words


def test_an_example_of_another_method_says_what_the_file_lacks_for_it(at_the_playbook: Visitor) -> None:
    at_the_playbook.open("cases")
    assert "Age bands needs" in at_the_playbook.words
    at_the_playbook.press("case car")
    assert "The safe car" in at_the_playbook.study.rows["C"]["decision"]


def test_rows_of_segments_that_are_not_here_are_kept_marked_and_put_away(at_the_playbook: Visitor) -> None:
    at_the_playbook.study.decide({"D": {"aim": "keep", "terms": "![](http://x.y/z)"}})
    at_the_playbook.look()
    assert "Nobody has decided yet about A, B and C" in at_the_playbook.words
    assert "1 row is of a segment that nobody is in here" in at_the_playbook.words and "http" in at_the_playbook.words
    at_the_playbook.press("put away")
    assert "Nobody has decided yet" not in at_the_playbook.words
    assert "D" not in at_the_playbook.study.rows and at_the_playbook.study.playbook == {}


def test_next_month_the_rows_stand_and_a_segment_that_is_gone_is_marked(visitor: Visitor) -> None:
    month = "customer,region,amount\n" + "".join(f"c{i},{{0}},{i}\n" for i in range(1, 21))
    south = month.format("North").replace("c1,North", "c1,South").replace("c2,North", "c2,South")
    visitor.upload(south, "april.csv").study.method = "attribute"
    visitor.look().go("Playbook").press("keep playbook")
    assert set(visitor.study.rows) == {"North", "South"}
    visitor.go("Data").open("other files").upload(month.format("North"), "may.csv").go("Playbook")
    assert visitor.table(ALT)["segment"].tolist() == ["North"]
    assert "1 row is of a segment that nobody is in here" in visitor.words and "South" in visitor.words


def test_without_customers_the_page_says_what_it_will_show(visitor: Visitor) -> None:
    assert "Here each segment of your customers will have a row" in visitor.go("Playbook").words


def test_a_file_that_cannot_feed_the_method_is_answered_in_a_sentence(visitor: Visitor) -> None:
    visitor.upload("customer,revenue\nA,5\nB,7\n").at.session_state["study"] = Study(method="lifecycle")
    assert visitor.go("Playbook").problems
    assert not visitor.at.data_editor


def test_the_eight_answers_stand_below_and_a_limit_that_is_moved_counts_at_once(at_the_playbook: Visitor) -> None:
    assert "Its weakest point: not stable" in at_the_playbook.words
    assert all(asked.title in at_the_playbook.words for asked in ASKED.values())
    at_the_playbook.open("limits").write("limit stable", 20.0)
    assert at_the_playbook.study.limits == {"stable": 0.2}
    assert "A good segmentation: no weak point found" in at_the_playbook.words
    assert at_the_playbook.press("usual limits").study.limits == {}
    assert "Its weakest point: not stable" in at_the_playbook.go("Segments").words


def test_a_customer_is_pinned_by_number_counted_everywhere_priced_and_let_go(at_the_playbook: Visitor) -> None:
    visitor, made = at_the_playbook, METHODS["abc_classes"](Customers.build(read(SAMPLES / SHOES)))
    one = made.labels().index[made.rows("C")[0]]
    visitor.open("pinning")
    visitor.at.text_input(key="pin.who").set_value("nobody at all")
    visitor.at.text_input(key="pin.reason").set_value("**signed** for next year")
    visitor.press("FormSubmitter:pin-Pin")
    assert "no customer “nobody at all”" in visitor.problems[0] and visitor.study.pins == []
    visitor.at.text_input(key="pin.who").set_value(str(one))
    visitor.press("FormSubmitter:pin-Pin")
    assert not visitor.problems and visitor.study.pins[0]["segment"] == "A"
    assert visitor.at.text_input(key="pin.who").value == "" == visitor.at.text_input(key="pin.reason").value, (
        "for the next"
    )
    row = visitor.table("Customers pinned to a segment by hand").iloc[0]
    assert (row["segment"], row["rule"], row["right"]) == ("A", "C", "next month's file will say")
    assert "1 customer stands where sales put it" in visitor.words and "less than a usual customer" in visitor.words
    numbers = visitor.go("Segments").numbers
    assert numbers["customers"].tolist() == [made.counts[0] + 1, made.counts[1], made.counts[2] - 1]
    space: dict[str, Any] = {}
    exec(visitor.python.replace("shoe_maker_orders.csv", str(SAMPLES / SHOES)), space)
    assert space["labels"][one] == "A"
    visitor.go("Playbook").at.multiselect(key="unpin").set_value([str(one)])
    assert visitor.look().press("take pins out").study.pins == []
    assert visitor.press("undo").study.pins != []


def test_a_cell_of_the_notebook_says_what_is_done_differently(with_shoes: Visitor) -> None:
    with_shoes.go("Segments").press("keep").study.decide({"C": {"terms": "Cash **only**"}})
    words = with_shoes.go("Notebook").words
    assert "C · 153 customers · Service and terms: Cash **only**" in words and "A (proposed)" in words


def test_a_run_that_ends_while_a_cell_is_taken_leaves_study_and_table_of_one_mind(
    shoes: Customers, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Ending(dict):
        def __setitem__(self, key: str, value: object) -> None:
            raise InterruptedError  # as Streamlit ends a run where the next cell is written already

    shown = Shown(Study(), shoes)
    monkeypatch.setattr(st, "session_state", Ending({"key.said": (shown.rows, [], "")}))
    with pytest.raises(InterruptedError):
        take(shown, {**shown.rows, "A": {**shown.rows["A"], "terms": "cash"}}, "key")
    assert shown.study.rows == {}, "else the table is drawn anew, and the next cell is lost"


def test_a_row_goes_along_with_its_band_where_an_edge_is_moved_and_comes_back_with_it(with_shoes: Visitor) -> None:
    with_shoes.go("Segments").choose("method", "volume_bands").press("volume_bands.edges+").go("Playbook")
    before = with_shoes.table(ALT)["segment"].tolist()
    write(with_shoes, 1, terms="Only for Ann")
    with_shoes.go("Segments").write("volume_bands.edges.1", 12000.0).go("Playbook")
    table = with_shoes.table(ALT)
    assert table["segment"].tolist() != before and table["segment"][1].endswith("12,000 to under 19,000")
    assert table["terms"][1] == "Only for Ann" and "that nobody is in here" not in with_shoes.words
    table = with_shoes.press("undo").table(ALT)
    assert table["segment"].tolist() == before and table["terms"][1] == "Only for Ann"
