"""Who runs app.py with Streamlit's own command has all pictures too."""

from benchmarks.server import APP, running
from tests.browser.conftest import Tabs, visiting
from tests.browser.screen import Screen, at


def test_pictures_are_drawn_where_streamlit_runs_the_app_by_itself(tabs: Tabs) -> None:
    with running(APP) as server, visiting(server.url, tabs) as new:
        screen = Screen(new(at("Segments")))
        screen.page.locator(".whale svg path").first.wait_for(state="attached")
        screen.choose("method", "Lifecycle by recency")
        screen.page.locator(".distribution svg path").first.wait_for(state="attached")
