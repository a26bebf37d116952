"""Somebody comes without a file: each page says what it is for, and a sample is one click away."""

import pytest

from pages.app.empty import SAMPLES as OFFERED
from segmentation import Customers, formats, read
from tests.pages.visitor import KIDS, PAGES, SAMPLES, SHOES, Visitor


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_page_says_what_it_will_show_and_offers_every_sample(visitor: Visitor, page: str) -> None:
    visitor.go(page)
    assert visitor.title.endswith("?")
    assert "customers" in visitor.words
    assert {button.key for button in visitor.at.button} == {f"sample {name}" for name in OFFERED}
    assert not visitor.problems


@pytest.mark.parametrize("page", PAGES)
def test_one_click_on_a_sample_fills_the_page_the_visitor_is_on(visitor: Visitor, page: str) -> None:
    visitor.go(page).sample()
    assert "319 customers" in visitor.words
    drawn = visitor.at.dataframe or visitor.cards or visitor.at.get("vega_lite_chart")
    assert drawn or "Nothing is kept yet" in visitor.words


@pytest.mark.parametrize("name", [SHOES, KIDS])
def test_what_a_sample_promises_is_what_it_holds(visitor: Visitor, name: str) -> None:
    promised = OFFERED[name][1].split(" ")[0]
    customers = Customers.build(read(SAMPLES / name))
    visitor.sample(name)
    assert formats.count(len(customers)) == promised
    assert f"{promised} customers" in visitor.words


def test_a_sample_can_be_swapped_for_another_and_the_method_stays(with_shoes: Visitor) -> None:
    with_shoes.go("Segments").choose("method", "lifecycle").go("Data").sample(KIDS)
    assert with_shoes.go("Segments").title == "Who is leaving?"
    assert "19,923 customers" in with_shoes.words
