"""Lists for people: the file's own columns first, in its own words; what was reckoned in words and rounded."""

import codecs

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation import Customers, Study, read
from segmentation.columns.metrics import METRICS, label
from segmentation.report import Findings, Listing, format_of
from segmentation.report.lists import apart, by_segment, of_customers, spoken
from tests.places import SAMPLES

SHOES = SAMPLES / "shoe_maker_orders.csv"


@pytest.fixture(scope="module")
def findings():
    return Findings.of(Study(), [SHOES])


@pytest.fixture(scope="module")
def listed(findings):
    return findings.lists["customer_list"]


def test_who_it_is_comes_first_then_the_file_s_own_columns_then_what_was_reckoned(listed):
    assert list(listed)[:6] == ["Customer number", "customer", "Segment", "city", "channel", "manager"]
    assert set(list(listed)[6:]) <= set(METRICS.values())


def test_everybody_is_in_it_once_the_largest_first_in_the_segment_of_the_method(findings, listed):
    assert sorted(listed["Customer number"]) == list(findings.customers.frame.index)
    assert listed["Profit"].is_monotonic_decreasing
    found = listed.set_index("Customer number")["Segment"]
    assert found.sort_index().astype("str").tolist() == findings.segmentation.labels().astype("str").tolist()
    parts = by_segment(findings.segmentation, listed)
    assert list(parts) == ["A", "B", "C"]
    assert all((part["Segment"] == name).all() for name, part in parts.items())


def test_what_was_reckoned_is_rounded_and_what_the_file_says_is_not(findings):
    made = pd.DataFrame({"revenue": [1.23456], "growth": [0.123456], "height": [1.23456]}, index=["007"])
    row = spoken(made.rename_axis("customer_id"), findings.customers).iloc[0]
    assert (row["Revenue"], row["Growth"], row["height"]) == (1.23, 0.1235, 1.23456)
    assert row["Customer number"] == "007" and pd.isna(row["customer"])


def test_a_column_that_was_taken_for_a_number_of_ours_keeps_its_heading():
    firms = SAMPLES / "cutting_tools_firms.csv"
    lines = firms.read_text(encoding="utf-8").replace("revenue,", "Umsatz,", 1)
    customers = Customers.build(read(lines.encode(), name="firms.csv"), {"revenue": "Umsatz"})
    made = spoken(customers.frame, customers)
    assert "Umsatz" in made and "Revenue" not in made


@given(st.lists(st.sampled_from(["a", "A", "a (2)", "A (3)", "b", "ß", "SS", label("revenue")]), max_size=12))
def test_no_two_headings_are_one(headings):
    made = apart(headings)
    assert len({one.casefold() for one in made}) == len(headings)
    assert all(one.startswith(heading) for one, heading in zip(made, headings, strict=True))
    assert apart(made) == made


def test_a_list_begins_with_the_mark_of_its_letters_and_a_table_for_programs_does_not(findings):
    write = format_of("csv").write
    assert write(findings.only("customer_list")).startswith(codecs.BOM_UTF8 + b"Customer number,customer,Segment")
    assert write(findings.only("labels")).startswith(b"customer_id,segment\n")
    frame = pd.DataFrame({"Größe": [1]})
    assert write(Listing(frame, people=True)) == codecs.BOM_UTF8 + write(Listing(frame))


def test_the_list_is_the_same_bytes_each_time(findings):
    write = format_of("csv").write
    again = Findings.of(Study(), [SHOES])
    assert write(again.only("customer_list")) == write(findings.only("customer_list"))


def test_a_list_of_some_is_in_the_order_given(findings):
    rows = np.array([5, 2, 9])
    made = of_customers(findings.segmentation, rows)
    assert made["Customer number"].tolist() == findings.customers.frame.index[rows].tolist()
