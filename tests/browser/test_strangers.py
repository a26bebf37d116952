"""Files of other people's systems: who brings most is right after clicking only what the page offers."""

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from segmentation import formats
from tests.browser.screen import Screen, csv_of
from tests.places import SHARED

CASES = SHARED / "cases" / "meaning"
pytestmark = pytest.mark.skipif(
    not CASES.is_dir(), reason="the cases are not beside the project (../shared/data/cases/meaning)"
)


def take(offer: str) -> Callable[[Screen], None]:
    """Press the button that offers a column for what is missing."""
    return lambda screen: screen.page.get_by_role("button", name=offer).click()


def answer(reading: str) -> Callable[[Screen], None]:
    """Choose one of the readings of a question."""

    def chosen(screen: Screen) -> None:
        screen.key("questions").get_by_text(reading).click()
        expect(screen.key("questions")).to_have_count(0)

    return chosen


def wanted(folder: str, letter: str = "") -> dict[str, float]:
    known = json.loads((CASES / folder / "expected.json").read_text())
    known = known[letter] if letter else known
    return {who: value for who, value in known.items() if who not in ("total", "as_of")}


FILES = {
    "08_failed_pending_orders/d_shopee_id.csv": (
        [answer("150000: decimals stand after a comma")],
        lambda: wanted("08_failed_pending_orders", "d"),
    ),
    "02_woo_analytics_customer_new/sibling_account_ledger.csv": (
        [take("Is “Name” the customer number or name? Take it")],
        lambda: {"Arbor GmbH": 170, "Birch SA": 50, "Cedar Ltd": 30},
    ),
    "12_debit_credit_signs/b_tally_dr_cr.csv": (
        [take("Is “Particulars” the customer number or name? Take it")],
        lambda: wanted("12_debit_credit_signs", "b"),
    ),
    "13_mixed_dates_excel/orders.xlsx": (
        [answer("day and month exchanged")],
        lambda: {"C1": 30, "C2": 70, "C3": 110, "C4": 15},
    ),
    "05_refund_positive_amount/payouts.csv": ([], lambda: wanted("05_refund_positive_amount")),
}


@pytest.mark.parametrize("file", FILES)
def test_who_brings_most_is_right_after_clicking_only_what_is_offered(page: Page, file: str) -> None:
    clicks, ranking = FILES[file]
    screen = Screen(page)
    screen.upload(Path(CASES / file))
    for click in clicks:
        click(screen)
    known = ranking()
    screen.says(f"{len(known)} customers")
    screen.page.get_by_role("button", name="See the segments").click()
    screen.page.locator(".pareto svg .curve").first.wait_for(state="attached")
    found = pd.concat([listed(screen, name, count) for name, count in screen.table().items() if count])
    assert found.round(2).to_dict() == pytest.approx(known)


def listed(screen: Screen, segment: str, count: int) -> pd.Series:
    """Customer → revenue of a segment, from the list that is taken away."""
    screen.choose("listed", segment)
    screen.page.get_by_role("region", name=f"Customers of {segment}", exact=True).wait_for()
    taken = csv_of(screen.download(f"Download {formats.plural(count, 'customer')}"))
    assert set(taken["Segment"]) == {segment}
    revenue = taken.columns[
        taken.columns.get_loc("Lines") - 1
    ]  # under its heading in the file, before what was counted
    return taken.set_index(taken.columns[0])[revenue]
