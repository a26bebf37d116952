"""The report says what each segment brings and what each scenario would, in every format of words."""

import re

import pytest

from segmentation import Customers, Study, read
from segmentation.analysis.action import scenario
from segmentation.report.folder import write
from segmentation.report.treatment import scenarios
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
    study.move_lever("abc_classes", "Not begun", "C", serve=-0.5)
    study.move_lever("abc_classes", "Not begun", "C", serve=None)
    assert "Not begun" in study.scenarios_of("abc_classes") and "Not begun" not in report(
        study, study.segmentation(shoes)
    )
    assert "Nonsense: Retention of C would be" in plain and "*for*" not in said


def test_each_scenario_stands_segment_by_segment_in_a_table_that_adds_up(shoes: Customers, tmp_path) -> None:
    study = Study()
    study.move_lever("abc_classes", "=Terms", "C", serve=-0.5)
    study.move_lever("abc_classes", "Price", "A", price=0.02)
    made = study.segmentation(shoes)
    table, ground = scenarios(study, made), scenario.Ground(made)
    for name, rows in table.groupby("scenario"):
        whole = scenario.together(ground, study.scenario("abc_classes", str(name)))
        assert rows[["today", "then"]].sum().tolist() == pytest.approx([whole.before, whole.after])
        assert (rows["then"] - rows["today"]).tolist() == pytest.approx(rows["change"].tolist())
    assert set(table.loc[table["change"] != 0, "segment"]) == {"A", "C"}
    write(study, [SAMPLES / "shoe_maker_orders.csv"], tmp_path, ["csv"])
    written = (tmp_path / "scenarios.csv").read_text(encoding="utf-8")
    assert written.count('"\'=Terms"') == len(made.shown) and "\n=Terms" not in written
    assert write(Study(), [SAMPLES / "shoe_maker_orders.csv"], tmp_path / "none", ["csv"])
    assert not (tmp_path / "none" / "scenarios.csv").exists()
