"""Who runs app.py with Streamlit's own command has all pictures too."""

from playwright.sync_api import expect

from benchmarks.server import APP, running
from tests.browser.conftest import Tabs, visiting
from tests.browser.screen import Screen


def test_pictures_are_drawn_where_streamlit_runs_the_app_by_itself(tabs: Tabs) -> None:
    with running(APP) as server, visiting(server.url, tabs) as new:
        screen = Screen(new()).sample().go("Segments")
        expect(screen.page.locator(".whale svg path").first).to_be_attached()
        screen.choose("method", "Lifecycle by recency")
        expect(screen.page.locator(".distribution svg path").first).to_be_attached()
