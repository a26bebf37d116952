"""Files nobody would wish for, in a real browser: refused in a sentence, and nothing in them is run or fetched."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screen import WIDER, Screen, csv_of

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
EVIL = "![](http://tracker.invalid/x.png)"
TAG = "<img src=http://tracker.invalid/y.png onerror=alert(1)>"
FORMULA = "=cmd|' /C calc'!A0"


@pytest.mark.parametrize(("content", "found"), [(PICTURE, "looks like a picture"), (b"", "is empty")])
def test_a_file_that_is_no_table_is_refused_in_a_sentence_and_the_former_data_stays(
    page: Page, content: bytes, found: str
) -> None:
    screen = Screen(page).sample()
    page.get_by_text("Bring other files, or a sample").click()
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


SHOP = {
    "orders.csv": b"order,client,day\n1,C7,01/02/2026\n2,C8,03/02/2026\n3,C9,05/02/2026\n",
    "lines.csv": b"order,goods,amount\n1,pen,10\n1,ink,5\n2,pen,7\n3,ink,8\nTotal,,30\n",
    "clients.csv": b"client,town\nC7,Rome\nC8,Oslo\nC9,Bern\nC5,Riga\n",
}


@pytest.mark.parametrize("width", [1440, 390])
def test_several_files_are_dropped_a_question_is_answered_and_what_was_set_aside_is_taken_away(
    visit: Callable[..., Page], width: int
) -> None:
    page = visit(viewport={"width": width, "height": 844})
    screen = Screen(page)
    screen.drop(SHOP)
    screen.says("4 customers")
    screen.says("from 1 Feb 2026")
    expect(page.get_by_text("3 files: 2 joins found")).to_be_visible()
    screen.key("questions").get_by_text("2 January 2026, month first").click()
    screen.says("from 2 Jan 2026")
    expect(page.get_by_text("can mean")).to_have_count(0)
    screen.key("aside").locator("summary").click()
    taken = csv_of(screen.download("Download the rows set aside"))
    assert taken[["file", "line", "text"]].to_numpy().tolist() == [["lines.csv", 6, "Total,,30"]]
    page.get_by_role("button", name="These joins are right").click()
    expect(page.get_by_text("3 files: 2 joins as you confirmed")).to_be_visible()
    assert page.evaluate(WIDER) == [0, 0]


def test_reading_a_large_file_shows_how_far_it_is_and_can_be_stopped(page: Page, tmp_path: Path) -> None:
    rows = "".join(f"C{i},2026-01-{i % 28 + 1:02d},{i}.5\n" for i in range(100_000))
    large = tmp_path / "large.csv"
    large.write_text("sep=,\ncustomer,date,revenue\n" + rows * 12)  # such a hint takes the reader that is slow
    screen = Screen(page).sample()
    page.get_by_text("Bring other files, or a sample").click()
    screen.upload(large)
    expect(screen.key("working").get_by_role("progressbar")).to_be_visible()
    page.get_by_role("button", name="Stop, and keep what was here").click()
    screen.says("Reading was stopped")
    screen.says("319 customers")
    expect(screen.key("working")).to_have_count(0)
    screen.go("Segments").says("73 A customers")


def test_the_held_back_check_shows_how_far_it_is_and_can_be_stopped(page: Page, tmp_path: Path) -> None:
    rows = "".join(f"C{i % 60_000},2026-{i % 12 + 1:02d}-{i % 28 + 1:02d},{i % 900}.5\n" for i in range(200_000))
    large = tmp_path / "large.csv"
    large.write_text("customer,date,revenue\n" + rows * 4)
    screen = Screen(page).upload(large)
    screen.says("60,000 customers")
    screen.go("Portfolio")
    page.get_by_role("radio", name="Is the potential true?").click()
    page.get_by_role("button", name="Check the models").click()
    expect(screen.key("working").get_by_role("progressbar")).to_be_visible()
    page.get_by_role("button", name="Stop, and keep what was here").click()
    screen.says("The check was stopped")
    expect(screen.key("working")).to_have_count(0)
    expect(page.get_by_role("button", name="Check the models")).to_be_enabled()


def test_a_decision_is_changed_beside_the_raw_lines_and_the_result_follows(page: Page) -> None:
    screen = Screen(page)
    screen.upload("may.csv", b"client;day;amount\nA;05.01.2026;1.500\nB;06.01.2026;2.750\n")
    screen.key("decisions").locator("summary").click()
    expect(screen.key("decisions").get_by_text("A;05.01.2026;1.500")).to_be_visible()
    for mark, revenue in (("point (1,234.56)", r"revenue 4\.25\.$"), ("comma (1.234,56)", r"revenue 4\.25k\.$")):
        screen.choose("read.decimal", mark)
        expect(page.get_by_text(re.compile(revenue)).first).to_be_visible()
