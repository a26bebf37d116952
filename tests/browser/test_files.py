"""Files nobody would wish for, in a real browser: refused in a sentence, and nothing in them is run or fetched."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screen import Screen, csv_of

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
EVIL = "![](http://tracker.invalid/x.png)"
TAG = "<img src=http://tracker.invalid/y.png onerror=alert(1)>"
FORMULA = "=cmd|' /C calc'!A0"


@pytest.mark.parametrize(("content", "found"), [(PICTURE, "looks like a picture"), (b"", "is empty")])
def test_a_file_that_is_no_table_is_refused_in_a_sentence_and_the_former_data_stays(
    page: Page, content: bytes, found: str
) -> None:
    screen = Screen(page).sample()
    page.get_by_text("Bring another file, or a sample").click()
    screen.upload("theirs.csv", content)
    expect(page.get_by_test_id("stAlert").filter(has_text=f"theirs.csv {found}")).to_be_visible()
    screen.says("319 customers")
    screen.go("Segments").says("73 A customers")


def test_a_file_above_the_limit_is_refused_before_it_is_sent_and_the_limit_is_named(page: Page, tmp_path: Path) -> None:
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(300 * 2**20)
    screen = Screen(page)
    expect(screen.key("upload")).to_contain_text("200MB")
    screen.upload(large)
    expect(screen.key("upload")).to_contain_text("File must be 200.0MB or smaller")
    screen.sample().says("319 customers")


def test_links_markup_and_formulas_in_a_file_stay_letters(page: Page) -> None:
    rows = [f'"{name}",{money},{money},"{EVIL}"\n' for name, money in ((EVIL, 10), (TAG, 20), (FORMULA, 50))]
    content = f'customer,revenue,"{EVIL} points","{TAG}"\n' + "".join(rows)
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.on("dialog", lambda dialog: fetched.append(dialog.message))
    screen = Screen(page)
    screen.upload(f"{EVIL} {TAG}.csv".replace("/", ":"), content.encode())
    screen.says("3 customers")
    screen.go("Segments").choose("abc_classes.value", f"{EVIL} points")
    expect(page.locator(".pareto")).to_contain_text("![](http://tracker.invalid/x.png) points")
    screen.until(screen.table, {"A": 2, "B": 1, "C": 0})
    assert page.locator("img[src*=tracker]").count() == 0
    screen.choose("listed", "A")
    taken = csv_of(screen.download("Download 2 customers"))
    assert f"'{FORMULA}" in set(taken["customer_id"])
    assert [url for url in fetched if "tracker" in url or url == "1"] == []
