"""A text that no threshold moves is sent once; a page that has lost it asks for it, and shows what it should."""

from collections.abc import Callable

from playwright.sync_api import Page

from segmentation import METHODS, Customers, read
from tests.browser.screen import SHOES, Screen, at
from tests.places import SAMPLES

KEPT = "() => window.boardTexts.size"


def test_a_page_that_has_lost_its_texts_asks_for_them(visit: Callable[..., Page]) -> None:
    page = visit(at("Segments"))
    screen = Screen(page).drawn("Segments").idle()
    assert page.evaluate(KEPT) > 0
    page.evaluate("() => window.boardTexts.clear()")
    sent = screen.listen()
    screen.handle("a").press("ArrowLeft")
    screen.until(lambda: page.evaluate(KEPT) > 0, True)
    assert sent() == 2, "the move, and what is lacking"
    customers = Customers.build(read(SAMPLES / SHOES))
    screen.shows(METHODS["abc_classes"](customers, a=screen.cut("a") / 100, b=screen.cut("b") / 100))


def test_another_page_and_back_needs_nothing_that_was_lost(visit: Callable[..., Page]) -> None:
    page = visit(at("Segments"))
    screen = Screen(page).drawn("Segments").idle()
    page.evaluate("() => window.boardTexts.clear()")
    screen.go("Portfolio").idle()
    sent = screen.go("Segments").listen()
    screen.handle("a").press("ArrowLeft")
    screen.until(lambda: screen.slider("abc_classes.a")[0], screen.cut("a"))
    assert sent() == 1
