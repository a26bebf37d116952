"""New-customer churn: first purchase some months ago and none since."""

import datetime as dt

import pandas as pd

from segmentation import METHODS, Customers, read
from segmentation.methods.new_churn import rates
from tests.small import customers, groups, table

new_churn = METHODS["new_churn"]
LINES = {  # as of 30 June: Ann came back, Ben bought twice on the day before two months, Cem in March, Dee in May, Eva in March
    "customer": ["Ann", "Ann", "Ben", "Ben", "Cem", "Dee", "Eva", "Eva"],
    "date": [
        "2026-03-01",
        "2026-06-30",
        "2026-04-29",
        "2026-04-29",
        "2026-03-10",
        "2026-05-01",
        "2026-03-02",
        "2026-03-03",
    ],
    "revenue": [1.0] * 8,
}


def people():
    return Customers.build(table(**{**LINES, "date": [dt.date.fromisoformat(day) for day in LINES["date"]]}))


def test_two_calendar_months_without_a_second_day_of_purchase():
    found = new_churn.segment(people()).to_dict()
    assert found == {
        "Ann": "Came back",
        "Ben": "Never came back",
        "Cem": "Never came back",
        "Dee": "Still new",
        "Eva": "Came back",
    }
    assert new_churn.segment(people(), months=3)["Ben"] == "Still new"


def test_the_rate_of_each_month_of_first_purchase_and_none_for_a_month_too_young():
    table_ = rates(people()).set_index("month")
    assert table_["customers"].to_dict() == {"2026-03": 3, "2026-04": 1, "2026-05": 1}
    assert table_["lost"].to_dict() == {"2026-03": 1, "2026-04": 1, "2026-05": 0}
    assert table_["rate"].dropna().to_dict() == {"2026-03": 1 / 3, "2026-04": 1.0}


def test_a_customer_without_dates_is_unknown():
    found = new_churn.segment(customers(recency_days=[5.0, None], tenure_days=[100.0, 100.0]))
    assert groups(found) == {"Came back": "A", "Unknown": "B"}


def test_the_months_of_first_purchase_are_those_another_program_counted(shared):
    base = Customers.build(read(shared / "cdnow" / "cdnow_master.csv.gz"))
    told = pd.read_csv(shared / "oracles" / "cohorts_cdnow_master.csv").query("age == 0").set_index("cohort")["n"]
    assert rates(base).set_index("month")["customers"].to_dict() == told.to_dict()


def test_a_first_purchase_of_exactly_two_months_ago_is_still_new():
    days = [(dt.date(2024, 6, 15) - one).days for one in (dt.date(2024, 4, 15), dt.date(2024, 4, 14))]
    found = customers(recency_days=[*map(float, days)], tenure_days=[*map(float, days)], as_of=dt.date(2024, 6, 15))
    assert groups(new_churn.segment(found)) == {"Still new": "A", "Never came back": "B"}


def test_without_dates_months_are_counted_back_and_this_one_is_no_negative_zero():
    found = rates(customers(recency_days=[0.0, 5, 40], tenure_days=[0.0, 5, 40]))
    assert found["month"].map(str).tolist() == ["-1.0", "0.0"] and found["customers"].tolist() == [1, 2]
