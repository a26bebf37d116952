"""The report that is taken away can still be moved: opened as a file, with no network, it counts as the library does."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from segmentation import METHODS, Study
from segmentation.__main__ import main
from segmentation.analysis.thresholds.lines import lines_of, stated
from tests.browser.screen import SHOES, Screen
from tests.places import SAMPLES
from tests.samples import people_of

people = people_of()
LARGEST = 2_000_000  # bytes


@pytest.fixture(scope="module")
def report(tmp_path_factory) -> Path:
    """What the shell makes of a study with a method and findings that were kept."""
    folder = tmp_path_factory.mktemp("alive")
    study = Study(method="lifecycle")
    for name, values in KEPT:
        study.keep_finding(name, values)
    (folder / "study.json").write_text(study.to_json())
    main(["run", str(folder / "study.json"), str(SAMPLES / SHOES), "--out", str(folder), "--as", "html"])
    return folder / "report.html"


EDGES = {"edges": (1000.0, 5000.0, 20000.0)}  # four bands, called after their edges
KEPT: list[tuple[str, dict]] = [
    ("abc_xyz", {}),
    ("volume_bands", {}),
    ("rfm", {}),
    ("rules", {}),
    ("volume_bands", EDGES),
]


@pytest.fixture(scope="module")
def opened(report, browser: Browser):
    """The file as a mail's reader opens it, without a network, once for all tests; nothing is asked for, nothing goes wrong."""
    context = browser.new_context(offline=True)
    asked, wrong = [], []
    context.on("request", lambda request: asked.append(request.url))
    context.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    context.on("weberror", lambda error: wrong.append(str(error.error)))
    alone = Screen(context.new_page())
    alone.page.goto(report.as_uri())
    yield alone
    context.close()
    assert wrong == [] and [url for url in asked if not url.startswith(("file:", "blob:", "data:"))] == []


def test_its_lines_move_without_a_network_and_the_counts_are_the_library_s(opened, report):
    assert report.stat().st_size < LARGEST
    for at, (name, given) in enumerate([("lifecycle", {}), *KEPT]):
        method, board = METHODS[name], opened.page.locator(".alive").nth(at)
        handles = board.locator("[role=slider]")
        handles.first.wait_for()
        values, stands = stated(method, method.complete(given), method(people, **given))
        seen = {}
        for number in range(len(lines_of(method, values, stands))):
            line = lines_of(method, values, method(people, **values))[number]
            there = handles.and_(opened.page.locator(f'[data-param$=".{number}.{next(iter(line.cuts))}"]'))
            if not there.count():
                continue
            there.first.focus()
            opened.page.keyboard.press("ArrowLeft")
            values = {**values, **line.put(values, line.stops[line.here - 1].item())}
            made = method(people, **values)
            seen = dict(zip(made.shown, made.counts.tolist(), strict=False))
            opened.until(lambda board=board: opened.table(board), seen)
        assert seen != dict(zip(stands.shown, stands.counts.tolist(), strict=False)), "none could be moved"
    opened.page.wait_for_timeout(400)
    opened.page.set_viewport_size({"width": 800, "height": 700})
    opened.until(lambda: opened.table(board), seen)
    opened.page.set_viewport_size({"width": 1280, "height": 720})


def test_a_line_is_dragged_by_hand_and_the_numbers_follow_before_it_is_let_go(opened):
    board = opened.page.locator(".alive").first
    line = board.locator("[role=slider]").first
    line.wait_for()
    line.scroll_into_view_if_needed()
    before, box = opened.table(board), line.bounding_box()
    opened.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] - 4)
    opened.page.mouse.down()
    opened.page.mouse.move(box["x"] - 60, box["y"] + box["height"] - 4, steps=5)
    held = opened.table(board)
    opened.page.mouse.up()
    assert held != before and sum(held.values()) == sum(before.values()) and opened.table(board) == held


def test_on_paper_stands_the_picture_as_it_was_and_no_board(opened):
    """The last to use the page: it is printed then."""
    opened.page.locator(".alive").last.locator("[role=slider]").first.wait_for()
    still = opened.page.locator(".moves > .pictured")
    again = opened.page.locator(".again")
    assert still.count() == 1 + len(KEPT) and not still.first.is_visible()
    assert again.count() == 1 and not again.is_visible(), "the board shows what the method cuts"
    opened.page.emulate_media(media="print")
    assert still.first.is_visible() and not opened.page.locator(".alive").first.is_visible()
    assert again.is_visible()
