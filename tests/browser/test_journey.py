"""From a raw file to a list in hand: the main job of the app, as a person does it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from segmentation import METHODS, Customers, formats, read
from tests.browser.screen import SHOES, Screen, at, csv_of
from tests.places import SAMPLES

RETAIL = "online_retail/online_retail_2010-12_to_2011-03.csv.gz"


@pytest.fixture(params=["a shipped file", "the raw retail file"])
def file(request: pytest.FixtureRequest) -> Path:
    if request.param == "a shipped file":
        return SAMPLES / SHOES
    return request.getfixturevalue("shared") / RETAIL


def test_a_raw_file_is_dropped_in_a_line_is_dragged_and_the_list_of_the_best_is_taken_away(
    page: Page, file: Path
) -> None:
    screen, table = Screen(page), read(file)
    customers = Customers.build(table)
    screen.upload(file)
    screen.says(f"{table.report.rows_used:,} rows")
    screen.says(f"{formats.count(len(customers))} customers")

    screen.go("Segments").choose("method", "XYZ")
    screen.says("Who buys steadily?")
    screen.choose("method", "ABC")
    screen.shows(METHODS["abc_classes"](customers))

    labels = screen.drag("a", -50)
    cut = screen.cut("a")
    assert cut < 80
    assert len(set(labels)) > 3, "the picture follows the hand"
    moved = METHODS["abc_classes"](customers, a=cut / 100)
    screen.shows(moved)
    screen.until(lambda: screen.slider("abc_classes.a"), [cut, 95])

    best = moved.rows("A")
    screen.choose("listed", "A")
    taken = csv_of(screen.download(f"Download {formats.count(len(best))} customers"))
    assert set(taken.iloc[:, 0]) == set(customers.frame.index[best])
    assert len(taken) == len(best)
    assert set(taken["Segment"]) == {"A"}
    assert taken["Revenue"].sum() == pytest.approx(moved.sums("revenue")[0])


@pytest.fixture
def screen(stay: Callable[..., Screen]) -> Screen:
    """The page with its lines where the test before left them."""
    return stay(lambda page: Screen(page).drawn("Segments"), address=at("Segments"))


def test_settings_survive_the_way_to_the_data_page_and_back(screen: Screen) -> None:
    screen.drag("b", -40)
    cut = screen.cut("b")
    screen.until(lambda: screen.slider("abc_classes.a"), [80, cut])
    assert cut < 95
    screen.go("Data").go("Segments")
    assert screen.slider("abc_classes.a") == [80, cut]
    assert screen.cut("b") == cut


def test_two_visitors_do_not_see_each_other_s_file(visit) -> None:
    one, other = Screen(visit()).sample(), Screen(visit())
    other.upload("mine.csv", b"customer,date,revenue\nAlma,2026-01-01,5\nBora,2026-02-01,7\n")
    other.says("2 customers")
    one.go("Segments").says("319 customers")
    assert "mine" not in one.page.content()
    third = Screen(visit())
    third.says("No file at hand?")


def test_a_study_is_saved_as_a_readable_file_and_brings_the_thresholds_back(screen: Screen, tmp_path: Path) -> None:
    page, b = screen.page, screen.cut("b")
    screen.drag("a", -40)
    cut = screen.cut("a")
    assert cut < 80
    screen.until(lambda: screen.slider("abc_classes.a"), [cut, b])
    page.get_by_role("button", name="Settings").click()
    saved = tmp_path / "study.json"
    screen.download("Save my settings").save_as(saved)
    assert f'"a": {cut / 100:g}' in saved.read_text()
    page.keyboard.press("Escape")
    screen.drag("a", 30)
    screen.until(lambda: screen.slider("abc_classes.a") != [cut, b], True)
    page.get_by_role("button", name="Settings").click()
    screen.upload(saved, key="study_file")
    screen.until(lambda: screen.slider("abc_classes.a"), [cut, b])
    screen.until(lambda: screen.cut("a"), cut)
