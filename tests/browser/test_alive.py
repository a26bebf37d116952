"""The report that is taken away with lines that still move: opened as a file, with no network, it counts as the library does."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from segmentation import METHODS, Customers, read
from segmentation.analysis.thresholds.lines import lines_of
from tests.browser.screen import SHOES, Screen
from tests.places import SAMPLES

people = Customers.build(read(SAMPLES / SHOES))
LARGEST = 2_000_000  # bytes


def taken(screen: Screen, name: str, folder: Path) -> Path:
    """The file of a method, as its button gives it."""
    made = METHODS[name](people)
    screen.choose("method", METHODS[name].title).idle()
    screen.until(screen.table, dict(zip(made.shown, made.counts.tolist(), strict=False)))
    screen.idle()
    file = folder / f"{name}.html"
    screen.download("Take it away with lines that still move").save_as(file)
    return file


@pytest.fixture
def screen(stay) -> Screen:
    return stay(lambda page: Screen(page).sample().go("Segments"))


@pytest.mark.parametrize("name", ["lifecycle", "abc_xyz"])
def test_its_lines_move_without_a_network_and_the_counts_are_the_library_s(name, screen, browser: Browser, tmp_path):
    file, method = taken(screen, name, tmp_path), METHODS[name]
    assert file.stat().st_size < LARGEST
    context = browser.new_context(offline=True)
    asked, wrong = [], []
    context.on("request", lambda request: asked.append(request.url))
    context.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    context.on("weberror", lambda error: wrong.append(str(error.error)))
    alone = Screen(context.new_page())
    alone.page.goto(file.as_uri())
    handles = alone.page.locator("#alive [role=slider]")
    handles.first.wait_for()
    values, seen = method.defaults, []
    for number in range(len(lines_of(method, values, method(people)))):
        line = lines_of(method, values, method(people, **values))[number]
        one = handles.and_(alone.page.locator(f'[data-param$=".{number}.{next(iter(line.cuts))}"]')).first
        one.focus()
        alone.page.keyboard.press("ArrowLeft")
        values = {**values, **line.put(values, line.stops[line.here - 1].item())}
        made = method(people, **values)
        seen.append(dict(zip(made.shown, made.counts.tolist(), strict=False)))
        alone.until(alone.table, seen[-1])
    alone.page.wait_for_timeout(400)
    alone.page.set_viewport_size({"width": 800, "height": 700})
    alone.until(alone.table, seen[-1])
    context.close()
    assert wrong == [] and [url for url in asked if not url.startswith(("file:", "blob:", "data:"))] == []


def test_where_the_counts_of_all_lines_are_not_known_at_once_no_such_file_is_offered(screen):
    screen.choose("method", METHODS["rules"].title).idle()
    expect(screen.page.get_by_role("button", name="Take it away with lines that still move")).to_have_count(0)
