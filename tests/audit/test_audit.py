"""What is odd about a table is said truly, briefly, and with a choice that a study keeps."""

import datetime as dt
import json
from dataclasses import fields, replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation import Customers, Problem, Study, join, read
from segmentation.__main__ import main
from segmentation.audit import audit, mask, personal_columns
from segmentation.rollup.repeated import repeated_rows
from tests.small import table
from tests.work import calls

TODAY = dt.date(2026, 7, 1)
DAY = np.datetime64("2025-01-01")


def shop(lines=200, **columns):
    """A shop with a sale of 10 a day by one of seven customers, each an order of its own; columns replace these."""
    number = np.arange(lines)
    usual = {
        "order_id": [f"N{i:04}" for i in number],
        "customer_id": [f"C{i % 7}" for i in number],
        "date": pa.array(DAY + number),
        "revenue": 10.0 + number % 5,
    }
    return table(**{**usual, **columns})


def found(of, **roles):
    return {one.name: one for one in audit(of, roles, today=TODAY)}


def test_nothing_is_found_where_all_is_well():
    assert found(shop(lines=212)) == {}  # 212 days end with a month


def test_long_order_numbers_are_told_apart_without_a_place_for_each_number_below():
    assert found(shop(lines=212, order_id=[f"N{number * 26116348134503 % 10**14:014}" for number in range(212)])) == {}


def test_lines_entered_twice_are_counted_and_can_be_dropped():
    once = shop(lines=212)
    twice = replace(once, data=pa.concat_tables([once.data, once.data.slice(5, 3)]))
    finding = found(twice)["duplicate_rows"]
    assert finding.sentence == "3 lines repeat another in every column."
    assert "33 (1.3% of all) is counted too often" in finding.effect
    assert finding.rows.tolist() == [212, 213, 214]
    people = Customers.build(twice, **finding.choices[0].settings)
    pd.testing.assert_frame_equal(people.frame, Customers.build(once).frame)
    assert people.left_out["duplicate_rows"] == 3


def test_an_order_that_carries_the_total_is_named_and_can_be_left_out():
    amounts = np.full(212, 10.0)
    amounts[40] = 300.0
    finding = found(shop(lines=212, revenue=amounts))["outlier"]
    assert finding.sentence == "One order (N0040) is 12.4% of all revenue: 300, by C5 on 10 Feb 2025."
    people = Customers.build(shop(lines=212, revenue=amounts), **finding.choices[0].settings)
    assert people.total("revenue") == 2110
    assert people.left_out["named_orders"] == 1


def test_an_order_taken_back_is_left_out_together_with_its_credit():
    amounts = np.full(212, 10.0)
    amounts[40], amounts[47] = 300.0, -300.0
    finding = found(shop(lines=212, revenue=amounts))["outlier"]
    assert "the same amount was taken back" in finding.sentence
    assert finding.choices[0].settings == {"without_orders": ["N0040", "N0047"]}
    assert finding.choices[0].label == "Leave both out"


def test_missing_negative_and_zero_amounts_say_what_they_do():
    amounts = np.r_[np.full(205, 10.0), -4.0, -20.0, 0.0, 0.0, 0.0, np.nan, np.nan]
    customers = [f"C{i % 7}" for i in range(207)] + ["Z"] * 3 + ["C1", None]
    said = found(shop(lines=212, revenue=amounts, customer_id=customers))
    assert said["missing_customer"].sentence == "1 line has no customer."
    assert said["missing_amount"].sentence == "2 lines have no amount."
    assert said["negative_amounts"].sentence == "2 lines are negative: returns, cancellations or credits."
    nobody = found(shop(lines=212, revenue=amounts, customer_id=[*customers[:206], None, *customers[207:]]))
    assert nobody["negative_amounts"].sentence.endswith("or credits; 1 of them has no customer.")
    assert said["negative_amounts"].effect == "They take 24 off what was sold."
    assert said["zero_amounts"].effect.endswith("1 customer has no other line.")
    assert found(shop(lines=212, date=pa.array(np.r_[np.datetime64("NaT"), DAY + np.arange(1, 212)])))["missing_date"]
    kept = Customers.build(shop(lines=212, revenue=amounts, customer_id=customers), zeros="drop")
    assert "Z" not in kept.frame.index and kept.left_out["zero_amounts"] == 5


def test_dates_after_today_can_be_looked_back_before():
    dates = pa.array(np.r_[DAY + np.arange(211), np.datetime64("2052-01-01")])
    finding = found(shop(lines=212, date=dates))["future_dates"]
    assert finding.sentence == "1 line is dated after today, the last on 1 Jan 2052."
    assert finding.choices[0].settings == {"as_of": "2025-07-30"}


def test_a_last_month_that_stops_early_can_be_left_out():
    finding = found(shop(lines=190))["incomplete_month"]
    assert finding.sentence.startswith("July 2025 ends with its 9th day: 9 lines, ")
    people = Customers.build(shop(lines=190), **finding.choices[0].settings)
    assert people.as_of == dt.date(2025, 6, 30) and people.left_out["after_as_of"] == 9


def test_a_stretch_without_a_sale_is_said():
    dates = DAY + np.r_[np.arange(100), np.arange(131, 243)]
    finding = found(shop(lines=212, date=pa.array(dates)))["gap"]
    assert finding.sentence.startswith("There is no sale from 11 Apr 2025 to 11 May 2025 (31 days")


def test_one_order_number_of_several_customers_is_said():
    numbers = ["N1"] * 3 + [f"N{i:04}" for i in range(3, 212)]
    assert (
        found(shop(lines=212, order_id=numbers))["shared_orders"].sentence
        == "1 order number stands under several customers."
    )


def test_orders_of_nobody_do_not_hide_those_of_several_customers():
    numbers = ["N1"] * 3 + [f"N{i:04}" for i in range(3, 212)]
    nobody = [f"C{i % 7}" if i < 200 else None for i in range(212)]
    finding = found(shop(lines=212, order_id=numbers, customer_id=nobody))["shared_orders"]
    assert finding.rows.tolist() == [0, 1, 2]


def test_an_order_booked_twice_under_two_numbers_is_said():
    once = shop(lines=212)
    again = once.data.slice(9, 1).set_column(0, "order_id", pa.array(["N9999"]))
    finding = found(replace(once, data=pa.concat_tables([once.data, again])))["repeated_orders"]
    assert finding.choices[0].settings == {"without_orders": ["N9999"]}


def test_customers_who_look_the_same_can_be_counted_as_one():
    names = [["Romashka Ltd", "Kiosk", "ООО «Ромашка»", "Bazar", "Agora", "Kiosk", "Suk"][i % 7] for i in range(212)]
    towns = [["Tver", "Rome", "Tver", "Oslo", "Pisa", "Bern", "Riga"][i % 7] for i in range(212)]
    people = shop(lines=212, customer_name=names, town=towns)
    finding = found(people)["customers_alike"]
    assert finding.sentence == "1 customer looks the same as another (C2 = C0)."
    merged = Customers.build(people, **finding.choices[0].settings)
    apart = Customers.build(people)
    assert len(merged) == 6
    assert merged.frame.loc["C0", "revenue"] == apart.frame.loc[["C0", "C2"], "revenue"].sum()
    assert merged.total("revenue") == apart.total("revenue")


def test_personal_data_is_found_and_masked():
    mails = [f"a{i % 7}@shop.example" for i in range(212)]
    phones = [f"+49 30 1234{i % 7}" for i in range(212)]
    people = shop(lines=212, contact=mails, Telefon=phones)
    assert personal_columns(people) == {"e-mail addresses": ["contact"], "phone numbers": ["Telefon"]}
    assert found(people)["personal_data"].choices[0].settings == {"masked": ["Telefon"]}
    codes = mask([*mails[:8], None, ""], b"key")
    assert codes[0] == codes[7] and len(set(codes[:7])) == 7 and codes[8:] == [None, None]
    assert all(len(code) == 10 and "@" not in code for code in codes[:8])
    assert mask(mails[:1], b"other key") != codes[:1]


def test_a_customer_table_is_audited_too():
    people = table(customer_id=["a", "b", "b"], revenue=[1.0, 2.0, 2.0], email=["a@b.cd", "c@d.ef", "c@d.ef"])
    assert set(found(people)) == {"duplicate_rows", "personal_data"}
    assert Customers.build(people, duplicates="drop").total("revenue") == 3


def test_every_choice_is_a_setting_that_a_study_keeps_and_replays():
    amounts = np.r_[np.full(200, 10.0), 400.0, -4.0, 0.0]
    lines = shop(lines=203, revenue=amounts, contact=[f"a{i}@shop.example" for i in range(203)])
    findings = audit(lines, today=TODAY)
    assert len(findings) >= 4
    for finding in findings:
        for choice in finding.choices:
            assert set(choice.settings) <= {one.name for one in fields(Study)}
            study = Study.from_json(replace(Study(), **choice.settings).to_json())
            assert len(study.customers(lines)) == 7


@pytest.mark.parametrize(
    ("setting", "value"),
    [("duplicates", "maybe"), ("zeros", 0), ("without_orders", "N1"), ("without_orders", [1]), ("same", ["a"]), ("same", {"a": 1}),
     ("masked", {"a": "b"}), ("joins", {}), ("joins", [{"table": "a"}])],
)  # fmt: skip
def test_a_choice_that_cannot_be_is_refused(setting, value):
    with pytest.raises(Problem):
        Study.from_json(json.dumps({"version": 1, setting: value}))


@pytest.mark.parametrize("setting", ["duplicates", "zeros"])
def test_a_slip_in_a_choice_is_said_and_not_taken_for_no(setting):
    with pytest.raises(Problem, match=f"{setting} is “drpo”"):
        Customers.build(shop(), **{setting: "drpo"})


def test_real_files_have_few_and_true_findings(shared):
    retail = found(read(shared / "online_retail" / "online_retail_2010-12_to_2011-03.csv.gz"))
    raw = pd.read_csv(shared / "online_retail" / "online_retail_2010-12_to_2011-03.csv.gz", dtype=str)
    money = (raw["Quantity"].astype(float) * raw["UnitPrice"].astype(float)).round(4)
    assert len(retail["missing_customer"].rows) == raw["CustomerID"].isna().sum()
    assert len(retail["negative_amounts"].rows) == (money < 0).sum()
    assert len(retail["zero_amounts"].rows) == (money == 0).sum()
    dated = raw.assign(InvoiceDate=raw["InvoiceDate"].str[:10])
    assert len(retail["duplicate_rows"].rows) == dated.duplicated().sum()
    assert "541431" in retail["outlier"].sentence and "3.1%" in retail["outlier"].sentence
    cdnow = found(read(shared / "cdnow" / "cdnow_master.csv.gz"))
    assert set(cdnow) == {"duplicate_rows", "zero_amounts"}
    assert cdnow["zero_amounts"].sentence == "80 lines have an amount of 0."
    assert cdnow["zero_amounts"].effect.endswith("68 customers have no other line.")
    names = ("customers", "orders", "order_details", "products", "categories")
    shop = found(join([read(shared / "northwind" / f"{name}.csv") for name in names]))
    assert set(shop) == {"incomplete_month", "personal_data"}


def test_many_lines_are_audited_in_about_as_many_steps_as_few():
    def steps(size: int) -> int:
        rng = np.random.default_rng(1)
        lines = shop(
            lines=size,
            customer_id=pa.array(rng.integers(0, size // 10, size)).cast(pa.string()),
            date=pa.array(DAY + rng.integers(0, 365, size)),
            revenue=rng.integers(1, 10_000, size) / 100,
        )
        return calls(lambda: audit(lines, today=TODAY))

    assert steps(300_000) < 2 * steps(1000)


def test_the_shell_prints_findings_and_takes_the_choices(capsys, tmp_path):
    path = tmp_path / "sales.csv"
    lines = shop(lines=212).frame()
    pd.concat([lines, lines.iloc[:2]]).to_csv(path, index=False)
    assert main(["read", str(path), "--json"]) == 0
    assert [one["name"] for one in json.loads(capsys.readouterr().out)["findings"]] == ["duplicate_rows"]
    words = ["--duplicates", "drop", "--without-orders", "N0000", "N0001", "--json"]
    assert main(["customers", str(path), *words]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["left_out"]["duplicate_rows"] == 2 and said["left_out"]["named_orders"] == 2
    assert said["revenue"] == lines["revenue"].iloc[2:].sum()


@settings(max_examples=25)
@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.integers(-2, 3), st.integers(0, 3)), min_size=1, max_size=30),
    st.randoms(use_true_random=False),
)
def test_rows_are_used_or_left_out_with_a_reason_in_any_order(rows, random):
    def built(rows):
        of = table(
            customer_id=[row[0] for row in rows], revenue=[float(row[1]) for row in rows],
            date=pa.array(DAY + np.array([row[2] for row in rows])), order_id=[f"N{row[2]}" for row in rows],
        )  # fmt: skip
        assert len(repeated_rows(of)) == len(rows) - len(set(rows))
        return Customers.build(of, duplicates="drop", without_orders=["N3"])

    kept = {row for row in rows if row[2] != 3}
    shuffled = random.sample(rows, len(rows))
    if not kept:
        with pytest.raises(Problem, match="leaves no customer"):
            built(rows)
        return
    people, again = built(rows), built(shuffled)
    assert people.total("revenue") == sum(row[1] for row in kept)
    assert len(kept) + sum(people.left_out.values()) == len(rows)
    pd.testing.assert_frame_equal(people.frame, again.frame)


def test_long_numbers_of_customers_and_orders_are_audited_as_short_ones():
    def found(customer: str, order: str) -> list[tuple[str, str, list[int]]]:
        rows = [(i % 60, i, 2026, 1 + i % 9, 5.0 if i % 7 else -5.0) for i in range(200)] + [(3, 7, 2026, 1, 900.0)]
        text = "".join(f"{customer}{c:03d},{order}{o},{y}-0{m}-11,{v}\n" for c, o, y, m, v in rows)
        made = audit(read(f"customer,order,date,revenue\n{text}".encode(), name="sales.csv"), today=dt.date(2027, 1, 1))
        return [(one.name, one.effect, one.rows.tolist()) for one in made]

    assert found("Customer-", "Zz/2026#") == found("1", "2") and found("1", "2")


def test_more_profit_than_revenue_is_said_and_less_is_not():
    def found(profit: str) -> list[str]:
        made = read(f"customer,revenue,profit\nA,10,{profit}\nB,5,1\n".encode(), name="people.csv")
        return [one.sentence for one in audit(made) if one.name == "profit_above_revenue"]

    assert found("9") == []
    (said,) = found("90")
    assert "91" in said and "15" in said


@pytest.mark.parametrize(
    ("heading", "unknown"), [("order_id", ["", ""]), ("customer_id", ["", ""]), ("date", [None, None])]
)
def test_of_sales_without_an_order_customer_or_day_none_is_called_booked_twice(heading, unknown):
    day = dt.date(2026, 2, 28)
    known = {"order_id": ["A", "B"], "customer_id": ["C1", "C1"], "date": [day, day], "revenue": [77.0, 77.0]}
    assert found(table(**known))["repeated_orders"].rows.tolist() == [1]
    mixed = {name: [*values, *(unknown if name == heading else values)] for name, values in known.items()}
    mixed["order_id"] = [*known["order_id"], *(unknown if heading == "order_id" else ["X", "Y"])]
    roles = {name.removesuffix("_id"): name for name in known}
    assert found(table(**mixed), **roles)["repeated_orders"].rows.tolist() == [1]
