"""From segments to action, as the shoe maker walks it: C's loss-makers, a lever, the bridge, the lists in hand."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from segmentation import METHODS, Customers, formats, read
from segmentation.analysis.action import scenario
from tests.browser.screen import SHOES, Screen, at
from tests.places import SAMPLES

RUNS = re.compile(r"^\s*[=+\-@]")


def test_a_lever_moves_the_bridge_and_the_lists_are_taken_away_with_cells_that_do_not_run(
    visit: Callable[..., Page],
) -> None:
    page = visit(at("Money"))
    screen = Screen(page)
    customers = Customers.build(read(SAMPLES / SHOES))
    made = METHODS["abc_classes"](customers)
    ground = scenario.Ground(made)

    page.get_by_role("heading", name="What does each segment bring?").wait_for()
    screen.says("33 in C (−53.1k)")
    expect(screen.key("what-if-of").get_by_role("combobox")).to_have_value("C")
    slider = screen.key("what.price").get_by_role("slider").first
    slider.focus()
    slider.press("ArrowRight")  # by keyboard: half a per cent more
    outcome = scenario.together(ground, {"C": {"price": 0.005}})
    before, after = formats.apart(outcome.before, outcome.after)
    screen.says(f"{after} instead of {before}: {formats.compact(outcome.gain)} more")
    told = page.get_by_text("instead of").first
    first, picture = told.inner_text(), page.get_by_test_id("stVegaLiteChart").nth(1)
    drawn = picture.screenshot()
    thumb = screen.key("what.serve").get_by_role("slider").first
    thumb.scroll_into_view_if_needed()
    box = thumb.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 40, y, steps=4)
    page.mouse.up()  # by mouse: serving them costs less
    screen.until(lambda: told.inner_text() != first, True)
    screen.idle()
    screen.until(lambda: picture.screenshot() != drawn, True)

    page.get_by_test_id("stTopNavLink").filter(has_text="Campaign").click()
    page.get_by_role("heading", name="Whom do we write to?").wait_for()
    screen.key("making.pack").get_by_role("button").click()
    with page.expect_download() as caught:
        screen.key("made.pack").get_by_role("button").click()
    archive = zipfile.ZipFile(Path(caught.value.path()))
    rows = [*csv.reader(io.StringIO(archive.read("everybody.csv").decode("utf-8-sig")))]
    assert len(rows) == len(customers) + 1
    assert {row[1] for row in rows[1:]} == {"A", "B", "C"} and {row[2] for row in rows[1:]} == {"written to", "control"}
    assert not [cell for row in rows for cell in row if RUNS.match(cell)]
