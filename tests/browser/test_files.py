"""Files nobody would wish for, in a real browser: refused in a sentence, and nothing in them is run or fetched."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from segmentation import METHODS
from tests.browser.screen import WIDER, Screen, csv_of

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
EVIL = "![](http://tracker.invalid/x.png)"
TAG = "<img src=http://tracker.invalid/y.png onerror=alert(1)>"
FORMULA = "=cmd|' /C calc'!A0"


@pytest.fixture
def screen(stay: Callable[..., Screen]) -> Screen:
    """Somebody with a sample, on whatever page the test before left: what is tried leaves the sample as it is."""
    return stay(lambda page: Screen(page).sample())


def bring(screen: Screen) -> Page:
    """To where other files are brought."""
    screen.go("Data").idle()
    words = screen.page.get_by_text("Bring other files, or a sample")
    if not screen.key("upload").is_visible():
        words.click()
    screen.key("upload").wait_for()
    return screen.page


@pytest.mark.parametrize(("content", "found"), [(PICTURE, "looks like a picture"), (b"", "is empty")])
def test_a_file_that_is_no_table_is_refused_in_a_sentence_and_the_former_data_stays(
    screen: Screen, content: bytes, found: str
) -> None:
    page = bring(screen)
    screen.upload("theirs.csv", content)
    page.get_by_test_id("stAlert").filter(has_text=f"theirs.csv {found}").wait_for()
    screen.says("319 customers")
    screen.go("Segments").says("A: 73 customers")


def test_a_file_above_the_limit_is_refused_before_it_is_sent_and_the_limit_is_named(page: Page, tmp_path: Path) -> None:
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(201 * 2**20)  # zeros take no space on most disks
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
    assert f"'{FORMULA}" in set(taken.iloc[:, 0])
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
    page.get_by_text("3 files: 2 joins found").wait_for()
    screen.key("questions").get_by_text("2 January 2026, month first").click()
    screen.says("from 2 Jan 2026")
    expect(page.get_by_text("can mean")).to_have_count(0)
    screen.key("aside").locator("summary").click()
    taken = csv_of(screen.download("Download the rows set aside"))
    assert taken[["file", "line", "text"]].to_numpy().tolist() == [["lines.csv", 6, "Total,,30"]]
    page.get_by_role("button", name="These joins are right").click()
    page.get_by_text("3 files: 2 joins as you confirmed").wait_for()
    assert page.evaluate(WIDER) == [0, 0]


def test_reading_a_large_file_shows_how_far_it_is_and_can_be_stopped(screen: Screen, hold: Callable[[], None]) -> None:
    page = bring(screen)
    hold()
    screen.upload("large.csv", b"customer,date,revenue\nAlma,2026-01-01,5\nBora,2026-02-01,7\n")
    screen.key("working").get_by_role("progressbar").wait_for()
    page.get_by_role("button", name="Stop, and keep what was here").click()
    screen.says("It was stopped. What was here")
    screen.says("319 customers")
    expect(screen.key("working")).to_have_count(0)
    screen.go("Segments").says("A: 73 customers")


def test_a_pack_of_lists_shows_how_far_it_is_and_can_be_stopped(screen: Screen, hold: Callable[[], None]) -> None:
    page = screen.page
    page.get_by_test_id("stTopNavLink").filter(has_text="Campaign").click()
    make = screen.key("making.pack").get_by_role("button")
    make.wait_for()
    hold()
    make.click()
    screen.says("Writing the lists")
    page.get_by_role("button", name="Stop").click()
    screen.says("It was stopped, and nothing was made.")
    screen.key("made.pack").wait_for(state="hidden")


def test_the_held_back_check_shows_how_far_it_is_and_can_be_stopped(screen: Screen, hold: Callable[[], None]) -> None:
    page = screen.go("Portfolio").page
    page.get_by_role("radio", name="Is the potential true?").click()
    hold()
    page.get_by_role("button", name="Check the models").click()
    screen.key("working").get_by_role("progressbar").wait_for()
    page.get_by_role("button", name="Stop, and keep what was here").click()
    screen.says("The check was stopped")
    expect(screen.key("working")).to_have_count(0)
    expect(page.get_by_role("button", name="Check the models")).to_be_enabled()


def test_a_decision_is_changed_beside_the_raw_lines_and_the_result_follows(page: Page) -> None:
    screen = Screen(page)
    screen.upload("may.csv", b"client;day;amount\nA;05.01.2026;1.500\nB;06.01.2026;2.750\n")
    screen.key("decisions").locator("summary").click()
    screen.key("decisions").get_by_text("A;05.01.2026;1.500").wait_for()
    for mark, revenue in (("point (1,234.56)", r"revenue 4\.25\.$"), ("comma (1.234,56)", r"revenue 4\.25k\.$")):
        screen.choose("read.decimal", mark)
        page.get_by_text(re.compile(revenue)).first.wait_for()


HOSTILE = (
    *("www.tracker.invalid", "http://tracker.invalid/x", "https://tracker.invalid", "me@tracker.invalid"),
    *("[x](javascript:document.title=1)", ":red[tracker]", ":material/home:", "$tracker^2$", "<b>tracker</b>"),
    *("`tracker`", "~~tracker~~", "# tracker", ":blue-badge[tracker]", "&copy;tracker", "<https://tracker.invalid>"),
)
MADE = """() => [...document.querySelectorAll('[data-testid=stMain] :is(a[href], img, code, del, em, b, u, mark, .katex, '
    + '.stMarkdownBadge, [data-testid=stIconMaterial])')].filter(e => !e.closest('pre'))
    .map(e => (e.href || '') + ' ' + e.textContent).filter(said => /tracker|home|javascript/.test(said))"""
SLASHES = """() => [...document.querySelectorAll('[data-testid=stMain] *')].filter(e => !e.closest('pre') &&
    ((!e.children.length && e.textContent.includes('\\\\')) || (e.value || '').includes?.('\\\\'))).map(e => e.textContent)"""


def test_addresses_and_markup_in_headings_and_customers_stay_letters_on_every_page(page: Page) -> None:
    lines = [";".join(["customer", "day", "revenue", "order", *(f'"{one}"' for one in HOSTILE)])]
    for i in range(130):
        words = (f'"{HOSTILE[(i + j) % len(HOSTILE)]}"' for j in range(len(HOSTILE)))
        who = f"{HOSTILE[i % len(HOSTILE)]} {i // 60}"
        lines.append(";".join([f'"{who}"', f"2026-0{1 + i % 6}-1{i % 9}", str(i % 7 * 9 + 1), f'"{who} {i}"', *words]))
    lines.append(f'"{HOSTILE[1]} 1";2026-03-03;9000;"{HOSTILE[0]}"' + ";x" * len(HOSTILE))
    name = "www.tracker.invalid and me@tracker.invalid $t$ :red[x].csv"
    screen = Screen(page)
    screen.upload(name, ("\n".join([*lines, lines[3]]) + "\n").encode())
    screen.says("132 rows")
    screen.unfold()
    screen.says("of all revenue")
    assert (page.evaluate(MADE), page.evaluate(SLASHES)) == ([], [])
    for there in ("Segments", "Portfolio"):
        screen.go(there)
        assert (page.evaluate(MADE), page.evaluate(SLASHES)) == ([], [])
    page.get_by_role("radio", name="One customer").click()
    screen.choose("card", f"{HOSTILE[1]} 1")
    screen.says("What would move it up")
    assert (page.evaluate(MADE), page.evaluate(SLASHES)) == ([], [])


def test_a_second_file_chosen_while_one_is_read_is_read_instead_and_the_wait_is_always_seen(
    page: Page, held: Path, hold: Callable[[], None]
) -> None:
    screen = Screen(page)
    hold()
    screen.upload("first.csv", b"customer,date,revenue\nAlma,2026-01-01,5\nBora,2026-02-01,7\n")
    screen.key("working").get_by_role("progressbar").wait_for()
    three = b"customer,date,revenue\nAlma,2026-01-01,5\nBora,2026-02-01,7\nCuka,2026-02-02,9\n"
    screen.upload("second.csv", three, busy=True)
    screen.key("working").get_by_role("progressbar").wait_for()
    held.unlink()
    screen.says("3 customers")
    expect(screen.key("working")).to_have_count(0)


def test_a_report_that_takes_long_shows_how_far_it_is_and_can_be_stopped_and_made(
    screen: Screen, hold: Callable[[], None], held: Path
) -> None:
    page = screen.go("Segments").page
    for name in ("abc_classes", "lifecycle", "vip"):
        screen.choose("method", METHODS[name].title)
        screen.idle()
        page.get_by_role("button", name="Keep this").click()
        screen.idle()
    page.get_by_role("button", name="Take away").click()
    page.get_by_role("button", name="Make HTML").wait_for()
    hold()
    page.get_by_role("button", name="Make HTML").click()
    screen.key("working").get_by_role("progressbar").wait_for()
    page.get_by_role("button", name="Stop, and keep what was here").click()
    screen.says("It was stopped, and nothing was made")
    expect(screen.key("working")).to_have_count(0)
    held.unlink()
    page.get_by_role("button", name="Take away").click()  # it folded as one pressed elsewhere
    page.get_by_role("button", name="Make HTML").click()
    with page.expect_download() as caught:
        page.get_by_role("button", name="Save report.html").click()
    assert caught.value.path().read_bytes().count(b'class="alive"') == 4
