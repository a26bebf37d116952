"""The report as a page, opened from a disk: it asks nothing of anybody and prints on A4."""

import re

import pytest
from playwright.sync_api import Browser, Page

from segmentation import Study
from segmentation.report import Findings, format_of
from tests import hostile
from tests.places import SAMPLES

A4 = (595, 842)  # points


@pytest.fixture(params=["shoes", "hostile"])
def report(request, tmp_path):
    """The file of a report, of the sample or of texts that would be markup."""
    source = SAMPLES / "shoe_maker_orders.csv"
    if request.param == "hostile":
        source = tmp_path / hostile.FILE
        source.write_bytes(hostile.customers())
    path = tmp_path / "report.html"
    path.write_bytes(format_of("html").write(Findings.of(Study(), [source])))
    return path


@pytest.fixture
def page(browser: Browser):
    """A tab without a network."""
    context = browser.new_context(offline=True)
    yield context.new_page()
    context.close()


def test_it_opens_without_the_net_shows_its_pictures_and_prints_on_a4(page: Page, report) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: asked.append(dialog.message))
    page.goto(report.as_uri())
    page.locator(".alive [role=slider]").first.wait_for()
    assert [url for url in asked if not url.startswith(("data:", "file:", "blob:"))] == []
    assert page.locator("img").count() >= 3
    assert page.evaluate("[...document.images].every(one => one.complete && one.naturalWidth > 300)")
    for wide in (390, 1440):
        page.set_viewport_size({"width": wide, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 672, "height": 1000})  # what is between the margins of A4
    assert page.evaluate("document.documentElement.scrollWidth") <= 672
    sizes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", page.pdf(prefer_css_page_size=True))
    assert {(round(float(wide)), round(float(high))) for wide, high in sizes} == {A4}
