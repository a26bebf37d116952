"""Where the server is told of a provider of accounts, nobody sees or brings anything before logging in there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESK, Tabs
from tests.browser.provider import CLIENT, SECRET, providing
from tests.server.running import Running, running

DOOR, INSIDE = "Log in", "What do you know about your customers?"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    home = tmp_path_factory.mktemp("home")
    (home / ".streamlit").mkdir()
    with providing() as provider:
        told = {
            "redirect_uri": "http://localhost:{port}/oauth2callback",
            "cookie_secret": "a long one, made by chance",
            "client_id": CLIENT,
            "client_secret": SECRET,
            "server_metadata_url": f"{provider.url}/.well-known/openid-configuration",
        }
        lines = ["[auth]", *(f'{name} = "{value}"' for name, value in told.items())]
        (home / ".streamlit" / "secrets.toml").write_text("\n".join(lines))
        with running(home, HOME=str(home)) as server:
            yield server


@pytest.fixture
def page(server: Running, tabs: Tabs) -> Iterator[Page]:
    with tabs.one(DESK, "light") as page:
        page.goto(f"http://localhost:{server.port}/")
        yield page


def test_without_an_account_there_is_nothing_but_the_door(page: Page, server: Running) -> None:
    page.get_by_role("button", name=DOOR).wait_for()
    page.goto(f"http://localhost:{server.port}/segments")
    page.get_by_role("button", name=DOOR).wait_for()
    assert page.get_by_test_id("stTopNavLink").count() == page.get_by_test_id("stFileUploader").count() == 0
    answer = server.get("/_stcore/upload_file/some-session/1", "PUT", b"x")
    assert (answer.status, answer.text) == (403, "Log in first.")


def test_who_logs_in_at_the_provider_sees_the_app_and_can_bring_a_file_until_logging_out(
    page: Page, server: Running
) -> None:
    page.get_by_role("button", name=DOOR).click()
    page.get_by_role("link", name="I am Ann").click()
    page.get_by_role("heading", name=INSIDE).wait_for()
    table = {
        "name": "a.csv",
        "mimeType": "text/csv",
        "buffer": b"customer;revenue\n" + b"".join(b"%d;%d\n" % (at, at) for at in range(50)),
    }
    page.locator(".st-key-upload input[type=file]").set_input_files(table)
    page.get_by_text("As it was read").first.wait_for()
    page.reload()
    page.get_by_role("heading", name=INSIDE).wait_for()
    page.get_by_role("button", name="Log out").click()
    page.get_by_role("button", name=DOOR).wait_for()
    assert server.asked.read_text() == ""
