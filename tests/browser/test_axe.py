"""Who hears the pages, or sees them dimly, can use them: axe-core finds nothing but what Streamlit itself brings."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from segmentation import formats
from tests.browser.screen import Screen

STREAMLIT = {  # rule → in whose marks
    "presentation-role-conflict": "stFileUploaderDropzone",
}
PAGES = {
    "Clusters": "What do we compare customers by?",
    "Playbook": "Is it a good segmentation?",
    "Money": "Profit and loss",
    "Campaign": "Keep a control group",
    "Notebook": "What differs",
}
RUN = "() => axe.run({ exclude: [['[data-testid=stToast]']] }, { resultTypes: ['violations'] })"
METHODS = {"light": ("ABC-XYZ", "BCG matrix"), "dark": ("RFM", "Sleepers by own rhythm")}


def found(page: Page) -> list[tuple[str, str, str]]:
    """What breaks which rule, and why; tips and toasts, which come and go in half tones, are left aside."""
    page.mouse.move(2, 2)
    expect(page.get_by_role("tooltip")).to_have_count(0)
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(Axe().axe_script)
    said: Any = page.evaluate(RUN)
    return [
        (broken["id"], node["html"][:200], node.get("failureSummary", ""))
        for broken in said["violations"]
        for node in broken["nodes"]
        if STREAMLIT.get(broken["id"], "nothing") not in node["html"]
    ]


@pytest.mark.parametrize("theme", METHODS)
def test_axe_finds_nothing_on_any_page(visit: Callable[..., Page], theme: str) -> None:
    screen = Screen(visit(color_scheme=theme))
    screen.says("No file at hand?")
    assert found(screen.page) == []
    assert found(screen.sample().idle().page) == []
    screen.go("Segments")
    for at, method in enumerate(METHODS[theme], start=1):
        screen.choose("method", method).idle()
        screen.page.locator(".card svg").first.wait_for()
        screen.key("keep").get_by_role("button").click()
        screen.says(f"Kept as the {formats.ordinal(at)} cell")  # what waits for an answer stands in half tones
        assert found(screen.idle().page) == []
    assert found(screen.go("Portfolio").idle().page) == []
    for page, sign in PAGES.items():
        screen.page.get_by_test_id("stTopNavLink").filter(has_text=page).click()
        screen.says(sign)
        assert found(screen.idle().page) == [], page
