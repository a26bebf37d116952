"""Personas stand folded on the Segments page, can be named and written on, and hide who they are from an audience."""

import pytest

from segmentation import METHODS, Customers
from segmentation.analysis.groups.personas import personas
from tests.pages.visitor import Visitor


@pytest.fixture
def with_cards(with_shoes: Visitor) -> Visitor:
    with_shoes.study.choose("personas")
    return with_shoes.go("Segments").open("personas")


def test_each_persona_is_a_customer_of_the_file_that_can_be_named_and_written_on(
    with_cards: Visitor, shoes: Customers
) -> None:
    made = METHODS["personas"](shoes)
    for one in personas(made):
        assert one.size in with_cards.words and one.portrait in with_cards.words
        assert f"Typical: {shoes.frame.index[one.row]} · " in with_cards.words
    first = made.names[0]
    with_cards.at.text_input(key=f"persona name {first}").set_value("Regulars")
    with_cards.look().at.text_area(key="persona note Regulars").set_value("Call them **first**.")
    assert with_cards.look().study.note("personas", "Regulars") == "Call them **first**."
    assert with_cards.study.values()["names"] == {first: "Regulars"}
    with_cards.at.text_input(key=f"persona name {first}").set_value("")
    assert with_cards.look().study.values()["names"] == {}


def test_before_an_audience_nobody_is_named(with_cards: Visitor, shoes: Customers) -> None:
    with_cards.at.session_state["audience"] = True
    assert "Typical: " in with_cards.look().words
    row = personas(METHODS["personas"](shoes))[0].row
    assert f"{shoes.frame.index[row]} · " not in with_cards.words


def test_segments_of_any_method_have_their_typical_customer(with_shoes: Visitor) -> None:
    with_shoes.go("Segments").open("personas")
    assert with_shoes.words.count("Typical: ") == 3


def test_a_persona_with_a_name_longer_than_ones_own_can_be_is_drawn(visitor: Visitor) -> None:
    long = [f"{word} {'as it stands in the books of last year ' * 2}" for word in ("turnover", "silence")]
    rows = [f"C{at},{10 ** (at % 3) + at / 100},{3 ** (at % 4) + at / 50}" for at in range(60)]
    visitor.upload("\n".join([",".join(["customer", *long]), *rows]))
    visitor.study.choose("personas")
    visitor.go("Segments").open("personas")
    assert visitor.words.count("Typical: ") == 4 and not visitor.problems


def test_with_later_sales_it_is_said_what_changed_and_who_moved(with_shoes: Visitor) -> None:
    with_shoes.study.choose("personas")
    with_shoes.study.as_of = "2026-03-31"
    with_shoes.go("Segments").open("personas").press("remember personas")
    assert "Remembered as of shoe_maker_orders.csv · 31 Mar 2026" in with_shoes.words
    then = with_shoes.study.persona_then["personas"]
    assert then["day"] == "2026-03-31" and sum(one["customers"] for one in then["found"].values()) > 300
    with_shoes.study.as_of = None
    with_shoes.look().open("personas")
    assert "What changed since" in with_shoes.words and " (was " in with_shoes.words
    with_shoes.at.toggle(key="who moved").set_value(True)
    with_shoes.look()
    assert "there then and now" in with_shoes.words and not with_shoes.problems
    assert len(with_shoes.table("Who moved"))
    with_shoes.press("remember personas")
    assert with_shoes.study.persona_then["personas"]["day"] == "2026-06-30"
