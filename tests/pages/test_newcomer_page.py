"""A new customer is typed in on the Segments page."""

from tests.pages.visitor import Visitor


def test_figures_that_are_typed_lead_to_a_segment_and_follow_the_lines(with_shoes: Visitor) -> None:
    with_shoes.go("Segments").open("newcomer")
    with_shoes.write("newcomer revenue", 1_000_000.0)
    assert (
        "It would be in A." in with_shoes.words.replace("**", "") and "Revenue 1.00m: typical there" in with_shoes.words
    )
    with_shoes.write("newcomer revenue", 100.0)
    assert "It would be in C." in with_shoes.words.replace("**", "") and "would make it B" in with_shoes.words
    with_shoes.study.choose("attribute")
    assert "such as ABC, RFM" in with_shoes.look().words


def test_several_rows_are_pasted_and_a_wrong_one_is_named(with_shoes: Visitor) -> None:
    with_shoes.go("Segments").open("newcomer")
    with_shoes.at.session_state["newcomer way"] = "Paste several"
    with_shoes.look().at.text_area(key="newcomer rows").set_value("Customer,Revenue\nMiller,1000000\nTiny,3\nOdd,much")
    found = with_shoes.look().table("Where each row would stand")
    assert found["row"].tolist() == ["Miller", "Tiny"] and found["segment"].tolist() == ["A", "C"]
    assert "Row 3 (Odd): “much” in Revenue is no number: it is left out." in with_shoes.words
