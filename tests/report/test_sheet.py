"""The sheet of one segment: what its owner hangs on the wall, in one file that asks nothing of the outside."""

import re

import pytest

from segmentation import Customers, Study, read
from segmentation.report.sheet import sheet
from tests import hostile
from tests.places import SAMPLES
from tests.small import table


@pytest.fixture(scope="module")
def shoes() -> Customers:
    return Customers.build(read(SAMPLES / "shoe_maker_orders.csv"))


def test_the_sheet_says_what_the_segment_brings_buys_and_is(shoes: Customers) -> None:
    study = Study(currency="€")
    page = sheet(study, study.segmentation(shoes), "C").decode()
    for said in (
        "<h1>C</h1>",
        "€67.3k (3%)",
        "33 loss-making customers: −€53.1k in all",
        "trainers stands out",
        "Bought in both halves",
        "shop, ",
    ):
        assert said in page, said
    assert page.count('<img src="data:image/svg') == 2
    assert not re.findall(r'(?:src|href)="(?!data:)', page) and "<script" not in page
    assert page == sheet(study, study.segmentation(shoes), "C").decode(), "the same bytes whenever it is written"


def test_what_is_masked_is_not_told(shoes: Customers) -> None:
    study = Study()
    page = sheet(study, study.segmentation(shoes), "A", {"manager", "category", "product"}).decode()
    assert "Claire" not in page and "boots" not in page and "shop, " in page


def test_texts_of_a_file_stay_texts() -> None:
    rows = [(str(n), text, float(n + 1)) for n, text in enumerate([*hostile.TEXTS] * 3)]
    who, town, amount = map(list, zip(*rows, strict=True))
    study = Study(method="attribute", thresholds={"attribute": {"column": "town"}})
    made = study.segmentation(Customers.build(table(customer=who, town=town, revenue=amount)))
    for name in made.shown:
        page = sheet(study, made, name).decode()
        assert not re.search(
            r"<(?!/?(?:!DOCTYPE|html|head|meta|title|style|body|main|h1|h2|p|section|div|table|thead|tbody|tr|th|td|img)\b)",
            page,
        )
