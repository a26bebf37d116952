"""What each segment brings, what it buys, and what levers would do, as it stands on the Money page."""

from collections import Counter

import pytest

from segmentation import METHODS, Customers, formats
from segmentation.analysis.action import pnl, scenario
from segmentation.analysis.action.pulled import Pulled
from tests.pages.presser import Presser
from tests.pages.visitor import SAMPLES, Visitor

BANK = "bank_clients.csv"


@pytest.fixture
def money(with_shoes: Visitor) -> Visitor:
    return with_shoes.go("Money")


def part(visitor: Visitor, name: str) -> Visitor:
    visitor.at.session_state["money part"] = name
    return visitor.look()


def test_the_numbers_are_the_librarys_and_their_last_row_is_the_base(money: Visitor, shoes: Customers) -> None:
    made = METHODS["abc_classes"](shoes)
    shown = money.table("Profit and loss of each segment").set_index("segment")
    assert shown["profit"].round(2).to_dict() == {
        **dict(zip("ABC", made.sums("profit")[:3].round(2), strict=True)),
        pnl.EVERYBODY: round(shoes.total("profit"), 2),
    }
    assert "56 customers cost more than they bring" in money.words and "33 in C" in money.words
    assert not money.problems


def test_a_lever_moves_the_bridge_stays_in_the_study_and_is_undone(money: Visitor, shoes: Customers) -> None:
    money.move("what.price", 5.0)
    ground = scenario.Ground(METHODS["abc_classes"](shoes))
    outcome = scenario.together(ground, {"C": {"price": 0.05}})
    assert formats.compact(outcome.after) in money.words and formats.compact(outcome.gain) in money.words
    assert money.study.scenarios == [
        {"name": "Scenario 1", "method": "abc_classes", "segments": {"C": {"price": 0.05}}}
    ]
    shown = money.table("Each segment in the scenario").set_index("segment")["change"]
    assert shown["C"] == pytest.approx(outcome.gain) and shown["A"] == 0
    assert money.press("undo").study.scenarios == []


def test_a_lever_draws_anew_the_levers_and_what_they_move_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = Presser(monkeypatch)
    visitor.sample().study.move_lever("abc_classes", "Scenario 1", "C", price=0.05)
    visitor.go("Money")
    part = next(part for part, text in visitor.screen.values() if 'label: "Price"' in text)
    anew = Counter(text.partition(" ")[0] for held, text in visitor.screen.values() if held == part)
    assert anew.pop("slider") == 6 and anew.pop("number_input") == 2, "the levers of a segment"
    assert anew == {"button": 1, "markdown": 1, "vega_lite_chart": 1, "dataframe": 2}, (
        "the way back, and what they move"
    )


def test_assumptions_go_back_with_the_levers_though_they_stand_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = Presser(monkeypatch)
    visitor.sample().study.move_lever("abc_classes", "Scenario 1", "C", price=0.05, lost=2.0)
    visitor.go("Money").press_as_a_browser("Reset the levers of C", "levers back")
    lost = next(one for one in visitor.at.number_input if one.label == "Sales lost per 1% of price")
    assert lost.value is None and visitor.study.scenario("abc_classes", "Scenario 1") == {}


def test_a_scenario_in_which_nothing_is_moved_is_copied_and_renamed_and_its_end_is_said(money: Visitor) -> None:
    assert "nothing to delete" in money.press("drop scenario").at.toast[0].value
    assert money.study.scenarios == []
    assert money.press("copy scenario").study.scenarios_of("abc_classes") == ["Scenario 1", "Scenario 2"]


def test_scenarios_stand_side_by_side_under_names_of_their_own(money: Visitor) -> None:
    money.move("what.serve", -20).press("copy scenario").move("what.price", 2.0)
    table = money.table("Scenarios side by side")
    assert table["scenario"].tolist() == ["Scenario 1", "Scenario 2"] and table["change"].is_monotonic_increasing
    money.at.text_input(key="name of Scenario 2").set_value("Terms for C")
    money.look()
    assert money.study.scenarios_of("abc_classes") == ["Scenario 1", "Terms for C"]
    money.at.text_input(key="name of Terms for C").set_value("Scenario 1")
    money.look()
    assert "needs a name of its own" in money.problems[0]
    money.press("drop scenario")
    assert money.study.scenarios_of("abc_classes") == ["Scenario 1"]


def test_nonsense_is_refused_in_words_and_the_rest_of_the_page_stands(money: Visitor) -> None:
    money.move("what.retention", 30)
    assert money.problems == [
        "Retention of C would be 104%: it is 74% today and ends at 0% and 100%, so it can be up to 26 points more."
    ]
    assert len(money.table("Profit and loss of each segment")) == 4
    money.write("what.stay", 60.0)
    assert not money.problems, "who knows better says so"


def test_a_campaign_says_from_which_response_on_it_pays(money: Visitor, shoes: Customers) -> None:
    money.write("what.contact", 5.0)
    ground = scenario.Ground(METHODS["abc_classes"](shoes))
    at = scenario.break_even(ground, "C", Pulled(contact=5.0))
    assert f"pays from a response of {formats.share(at, 1)} on" in money.words
    money.write("what.uplift", 1.0)
    assert "cannot pay" in money.words


def test_one_segment_stands_on_a_sheet_of_its_own(money: Visitor) -> None:
    part(money, "One segment").choose("wall", "C")
    assert money.figures["Customers"] == "153 (48%)"
    assert "trainers stands out" in money.words and "1.3 × the usual" in money.words
    assert "Bought in both halves | 74%" in money.words


def test_what_sets_two_segments_apart_is_ranked(money: Visitor) -> None:
    part(money, "Two segments")
    shown = money.table("What sets the two segments apart")
    assert shown["effect"].is_monotonic_decreasing and len(shown) == 10
    money.choose("apart one", "C")
    assert "Choose two different segments" in money.words


def test_without_lines_or_costs_the_parts_that_cannot_be_are_named_and_the_rest_works(visitor: Visitor) -> None:
    rows = "".join(f"c{at},{at * 10}\n" for at in range(1, 31))
    visitor.upload("customer,revenue\n" + rows).go("Money")
    assert "revenue stands in place of profit" in visitor.words and "cost to serve" in visitor.words
    visitor.move("what.price", 10.0)
    assert "Revenue would be" in visitor.words and not visitor.problems
    part(visitor, "One segment")
    assert "choose the column of the product" in visitor.words and "column with the dates" in visitor.words
    part(visitor, "Two segments")
    assert not visitor.problems and "Revenue (typical) sets them apart the most" in visitor.words


def test_of_a_file_in_which_nobody_brings_anything_nothing_untrue_is_said(visitor: Visitor) -> None:
    visitor.upload("customer,revenue\n" + "".join(f"c{at},0\n" for at in range(20))).go("Money")
    assert "No segment brings any revenue." in visitor.words and "No lever changes anything here" in visitor.words
    visitor.choose("what if of", "A")
    assert "Nobody is in this segment, so no lever changes anything." in visitor.words and not visitor.problems


def test_what_is_masked_is_not_told(money: Visitor) -> None:
    money.study.masked = ["manager", "category", "product"]
    part(money, "One segment")
    assert "Claire" not in money.words and "masked on screen" in money.words
    assert "manager" not in "".join(part(money, "Two segments").table("What sets the two segments apart")["what"])


def test_a_file_of_people_without_a_product_has_a_profit_and_loss_too(visitor: Visitor) -> None:
    visitor.upload((SAMPLES / BANK).read_bytes(), BANK).go("Money")
    shown = visitor.table("Profit and loss of each segment").set_index("segment")
    assert shown.loc[pnl.EVERYBODY, "customers"] == 3000 and not visitor.problems
