"""The report says what each segment brings and what each scenario would, in every format of words."""

import re

import pytest

from segmentation import Customers, Study, read
from segmentation.report.words import report
from tests.places import SAMPLES


@pytest.fixture(scope="module")
def shoes() -> Customers:
    return Customers.build(read(SAMPLES / "shoe_maker_orders.csv"))


def test_scenarios_stand_in_the_report_with_what_they_bring(shoes: Customers) -> None:
    study = Study()
    study.move_lever("abc_classes", "Terms *for* C", "C", serve=-0.5)
    study.move_lever("abc_classes", "Nonsense", "C", retention=0.9)
    said = report(study, study.segmentation(shoes))
    assert "56 customers cost more than they bring" in said
    plain = re.sub(r"\\(.)", r"\1", said)
    assert "Terms *for* C: Profit would be 2.69m instead of 2.60m: 84.4k more." in plain
    assert "Nonsense: Retention of C would be" in plain and "*for*" not in said
