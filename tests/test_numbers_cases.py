"""Small inputs with the values a careful person would expect, one a kind (`cases/numbers` of the reference data)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from segmentation import METHODS, Customers, read
from segmentation.analysis import portfolio
from segmentation.analysis.holdout import check, hold_out
from segmentation.analysis.remarks import remarks
from segmentation.analysis.thresholds.positions import borderline_count
from segmentation.segments.plane import line_cuts, preset, sectors
from tests.places import SHARED, with_shared

CASES = SHARED / "cases" / "numbers"
pytestmark = with_shared


def case(name: str, file: str = "orders.csv", **settings: object) -> Customers:
    return Customers.build(read(CASES / name / file), **settings)  # type: ignore[arg-type]


def labels(people: Customers, method: str, **thresholds: object) -> dict[str, str]:
    return dict(METHODS[method](people, **thresholds).labels().astype(str))


def test_every_case_is_asked_about_here() -> None:
    here = Path(__file__).read_text(encoding="utf-8")
    assert [one.name for one in CASES.iterdir() if f'"{one.name}"' not in here] == []


@pytest.mark.parametrize("file", ["orders.csv", "orders_x1.csv", "orders_x3.csv", "orders_x1000.csv"])
def test_equal_variation_is_equal_in_any_currency(file: str) -> None:
    found = labels(case("01_xyz_ties", file), "xyz")
    assert len({segment for name, segment in found.items() if name.startswith("T")}) == 1
    assert found == labels(case("01_xyz_ties"), "xyz")


def test_borderline_is_what_one_step_of_either_line_changes() -> None:
    people = case("03_borderline")
    at = preset(people, "profit", "median")
    assert at == (301.37, 702.5)
    here, changed = sectors(people, *at).labels(), set()
    for moved in ((300, at[1]), (310, at[1]), (at[0], 700), (at[0], 710)):
        changed |= set(here.index[here != sectors(people, *moved).labels()])
    assert len(changed) == 5
    assert set(portfolio.borderline(people, at, 1).index) == changed
    assert borderline_count(people, "profit", ((at[0],), (at[1],))) == 5
    assert len(portfolio.borderline(people, (300, 700), 1)) == borderline_count(people, "profit", ((300,), (700,))) == 9


@pytest.mark.parametrize(("file", "right"), [("orders.csv", {"a", "d"}), ("b.csv", {"d"})])
def test_the_average_customer_is_the_mean(file: str, right: set[str]) -> None:
    people = case("04_mean_line", file)
    given = pd.read_csv(CASES / "04_mean_line" / file)
    assert line_cuts(people, "profit", "mean", (), ()) == ((given["profit"].mean(),), (10,))
    assert {name for name, sector in labels(people, "portfolio").items() if sector == "Invest"} == right


def test_a_sale_without_an_amount_is_unknown_not_zero() -> None:
    people = case("05_unknown_amount")
    assert people.frame.loc["n", ["revenue", "average_order", "profit"]].isna().all()
    for method in ("abc_classes", "abc_nested", "vip", "bcg", "volume_bands", "portfolio", "rfm"):
        assert labels(people, method)["n"] == "Unknown", method
    assert any("no amount" in note for note in people.notes) and any("unknown, not 0" in note for note in people.notes)


def test_a_span_that_is_exactly_used_up_still_belongs() -> None:
    people = case("06_boundaries")
    assert people.as_of == dt.date(2024, 6, 15)
    assert labels(people, "lifecycle")["m3"] == "Active" and labels(people, "lifecycle")["m12"] == "Sleeping"
    assert labels(people, "new_churn")["m2"] == "Still new" and labels(people, "sleepers")["cyc"] == "On time"


def test_equal_values_at_a_cut_are_parted_by_number_and_it_is_said() -> None:
    people, method = case("07_abc_ties"), METHODS["abc_classes"]
    values = method.complete({"a": 0.7})
    assert labels(people, "abc_classes", a=0.7) == {"a": "A", "b": "A", "c": "B"}
    (said,) = remarks(method, values, method(people, **values))
    assert said.startswith("At the line at 70% 2 customers have the same revenue, 25: 1 above it and 1 below")


def test_no_internet_service_is_no_service() -> None:
    found = labels(case("08_no_internet_service"), "response")
    assert found == {"a": "Bought", "b": "Never reacted", "c": "Opened", "d": "Never reacted"}


@pytest.mark.parametrize("model", ["trend", "score"])  # headroom has the order right
def test_an_order_that_was_reversed_is_never_trusted(model: str) -> None:
    found = check(hold_out(read(CASES / "10_order_not_checked" / "orders.csv"), {}, months=3), model)
    assert "Trust the order" not in found.sentence, found.sentence
    assert found.top < 0.2
