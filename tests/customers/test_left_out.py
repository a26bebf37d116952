"""Rows in are rows used and rows left out, each with its line, its reason and what stands in it."""

import csv
import io

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation import Customers, Problem, Study, read
from segmentation.__main__ import main
from segmentation.checks import settings_of
from segmentation.customers.left_out import Rows
from segmentation.customers.reasons import WHY, told
from segmentation.joining.join import join
from segmentation.rollup.memory import REASONS
from segmentation.rollup.settings import RollUpSettings

MESS = """Sales of the year
customer;date;order;amount;status;currency
A;2026-01-05;1;10,5;paid;EUR
;2026-01-06;2;20;paid;EUR
B;;3;30;paid;EUR
B;2024-01-07;4;40;paid;EUR
C;2026-02-08;5;-5;paid;EUR
C;2026-02-08;6;50;cancelled;EUR
C;2026-02-09;7;60;paid;USD
C;2026-02-09;8;0;paid;EUR

D;2026-02-10;9;70;paid;EUR
D;2026-02-10;9;70;paid;EUR
E;2026-03-30;10;80;paid;EUR
E;2026-02-11;11;90;paid;EUR;too;many
F;2026-02-12;12;15;paid;EUR
Total;;;560;;
"""
EVERY = {
    **{"duplicates": "drop", "zeros": "drop", "returns": "drop"},
    **{"window": 6, "as_of": "2026-02-28", "without_orders": ["12"]},
}


def lines_of(rows: pd.DataFrame) -> dict[int, str]:
    return dict(zip(rows["line"].tolist(), rows["reason"].tolist(), strict=True))


def test_every_row_that_is_not_used_stands_in_one_list_with_its_line_and_reason():
    table = read(MESS.encode(), name="mess.csv")
    study = Study(**EVERY)
    rows = study.left_out(table).frame()
    assert lines_of(rows) == {
        1: "stands above the header row",
        4: "no customer",
        5: "no date",
        6: "before the window",
        7: "a return",
        8: "its order was cancelled",
        9: "in another currency",
        10: "an amount of 0 or none",
        13: "repeats another row",
        14: "after the as-of date",
        15: "8 fields where the header row has 6",
        16: "its order is left out by name",
        17: "a total of the rows above, not a row of its own",
    }
    assert rows.loc[rows["line"] == 9, ["customer", "amount", "currency"]].values.tolist() == [["C", 60, "USD"]]
    assert rows.loc[rows["line"] == 15, "text"].tolist() == ["E;2026-02-11;11;90;paid;EUR;too;many"]
    people = study.customers(table)
    assert table.report.rows_in == len(rows) + people.frame["lines"].sum()


def test_there_is_a_reason_in_words_for_whatever_the_roll_up_counts():
    assert set(REASONS) <= WHY.keys()
    assert all(why.row and why.rows for why in WHY.values())


def test_a_reason_without_words_is_noticed_even_where_no_row_is_left_out_for_it():
    with pytest.raises(AssertionError, match="say “too_small” in words"):
        Rows(read(MESS.encode(), name="mess.csv")).leave("too_small", None)


def test_what_choices_leave_out_is_told():
    people = Study(**EVERY).customers(read(MESS.encode(), name="mess.csv"))
    for said in (
        "1 line with an amount of 0 or none: not used.",
        "1 line that repeat another: not used.",
        "1 line of orders left out by name: not used.",
    ):
        assert people.notes.count(said) == 1 and said in told(people.left_out).values()
    assert len([note for note in people.notes if "cancelled" in note]) == 1
    assert not [note for note in Customers.build(read(MESS.encode())).notes if "not used" in note]


PEOPLE = "customer;date;revenue\nA;2026-01-05;10\nB;2026-01-06;20\n"  # a row each, whatever a row is
ASKED = {  # setting → a file that it changes, where the mess above is not of that kind
    "shape": PEOPLE,
    "parents": "customer;date;order;amount\nA;2026-01-05;1;10\n;;;20\nB;2026-01-06;2;30\n",
    "prices": "customer;date;quantity;price\nA;2026-01-05;3;10\nB;2026-01-06;1;20\n",
    "spelling": "customer;date;amount\na@x.org;2026-01-05;10\nA@x.org;2026-01-06;20\n",
}
TWO = {  # setting → two values of which the second must change the customers or the rows left out
    "as_of": (None, "2026-02-28"),
    "window": (None, 6),
    "returns": ("net", "keep"),
    "cancelled": ("aside", "keep"),
    "counts": ({}, {"cancelled": "sale"}),
    "prices": ("told", "line"),
    "amounts": ("told", "order"),
    "blanks": ("aside", "one"),
    "parents": ("fill", "keep"),
    "spelling": ("one", "apart"),
    "duplicates": ("keep", "drop"),
    "zeros": ("keep", "drop"),
    "without_orders": ([], ["12"]),
    "same": ({}, {"F": "A"}),
    "rates": ({}, {"EUR": 1.0, "USD": 0.5}),
    "margin": (None, 0.25),
    "shape": ("transactions", "customers"),
}


def test_every_setting_of_the_roll_up_has_two_values_to_compare():
    assert TWO.keys() == settings_of(RollUpSettings).keys()


@pytest.mark.parametrize("name", TWO)
def test_a_setting_changes_the_customers_or_the_rows_left_out(name):
    table = read(ASKED.get(name, MESS).encode(), name="sales.csv")
    first, second = ({name: value} for value in TWO[name])
    one, other = (Customers.build(table, **chosen).frame for chosen in (first, second))
    left = [Study(**chosen).left_out(table).frame() for chosen in (first, second)]
    assert not (one.equals(other) and left[0].equals(left[1])), f"{name} does nothing"


DAYS = ["2026-01-01", "2026-01-31", "2025-03-01", "2026-02-03"]
GOOD = {"customer": "A", "date": "2026-01-15", "order": "9", "revenue": "7", "status": "paid", "currency": "EUR"}
UNREADABLE = [{}, {"date": "soon"}, {"revenue": "plenty"}]  # in a few rows: a column of many holds no dates at all
CELLS = st.fixed_dictionaries(
    {
        "customer": st.sampled_from(["A", "B", "", "  ", "NA", "Total", "0", "007", "7", "7.0"]),
        "date": st.sampled_from([*DAYS, *DAYS, "2030-01-01", ""]),
        "order": st.sampled_from(["1", "2", "C3", "", "44"]),
        "revenue": st.sampled_from(["5", "-5", "0", "", "0.00001", "-0.00001", "1e6"]),
        "status": st.sampled_from(["paid", "cancelled", ""]),
        "currency": st.sampled_from(["EUR", "USD", ""]),
    }
)


ANY = {
    "parents": st.sampled_from(["fill", "keep"]),
    "spelling": st.sampled_from(["one", "apart"]),
    "duplicates": st.sampled_from(["keep", "drop"]),
    "zeros": st.sampled_from(["keep", "drop"]),
    "returns": st.sampled_from(["net", "keep", "drop"]),
    "prices": st.sampled_from(["told", "unit", "line"]),
    "amounts": st.sampled_from(["told", "line", "order"]),
    "blanks": st.sampled_from(["aside", "one"]),
    "cancelled": st.sampled_from(["aside", "keep"]),
    "counts": st.sampled_from([{}, {"cancelled": "sale"}, {"paid": "aside", "cancelled": "return"}]),
    "without_orders": st.sampled_from([[], ["1"], ["C3", "44"]]),
    "same": st.sampled_from([{}, {"B": "A"}]),
    "window": st.sampled_from([None, 3]),
    "as_of": st.sampled_from([None, "2026-02-01"]),
    "rates": st.sampled_from([{}, {"EUR": 1, "USD": 2}]),
    "margin": st.sampled_from([None, 0.5]),
    "shape": st.just("transactions"),
}


def test_any_settings_are_drawn_from_all_there_are():
    assert ANY.keys() == settings_of(RollUpSettings).keys()


def test_rows_in_are_rows_used_and_rows_left_out_under_any_settings():
    reached = []

    @settings(max_examples=60)
    @given(st.lists(CELLS, min_size=1, max_size=25), st.sampled_from(UNREADABLE), st.fixed_dictionaries(ANY))
    def tried(rows, unreadable, chosen):
        good = [GOOD | {"order": f"{100 + i}"} for i in range(2 * len(rows) + 20)]
        reached.append(each_row_is_used_or_left_out([*good, *rows, {**rows[-1], **unreadable}], chosen))

    tried()
    assert sum(reached) > 0.8 * len(reached), "most examples must come to the end"


def each_row_is_used_or_left_out(rows, chosen):
    """True; False where nothing is left to be used, which is said."""
    out = io.StringIO()
    writer = csv.DictWriter(out, ["customer", "date", "order", "revenue", "status", "currency"])
    writer.writeheader()
    writer.writerows(rows)
    columns = {name: name for name in ("customer", "date", "order", "revenue", "status", "currency")}
    try:
        table = read(out.getvalue().encode(), name="rows.csv", text="customer,order,status,currency")
        people = Customers.build(table, columns, **chosen)
    except Problem:
        return False
    found = Study(columns=columns, **chosen).left_out(table)
    left = found.frame()
    assert len(left) == len(found) == len(table.set_aside) + sum(people.left_out.values())
    assert table.report.rows_in == len(left) + people.frame["lines"].sum()
    assert left["line"].is_unique and left["reason"].notna().all()
    written = out.getvalue().split("\r\n")
    for row in left[left["text"].isna()].to_dict("records"):  # what stands in that line of the file
        assert next(csv.reader([written[row["line"] - 1]]))[2] == (
            row["order"] if isinstance(row["order"], str) else ""
        )
    counts = left["reason"].value_counts()
    assert {WHY[reason].row: count for reason, count in people.left_out.items() if count} == {
        said: count for said, count in counts.items() if said in {why.row for why in WHY.values()}
    }
    return True


def test_the_rows_of_a_wide_file_that_name_nobody_are_in_the_list():
    table = read(b"customer,2026-01,2026-02,2026-03\nA,1,2,3\n,4,5,6\nB,0,0,0\n", name="wide.csv")
    assert lines_of(Study().left_out(table).frame()) == {3: "no customer"}
    assert not len(Study(blanks="one").left_out(table))


def test_files_below_each_other_and_joined_say_which_file_a_row_stands_in():
    months = [
        read(f"client;day;amount\n\nA;2026-0{m}-01;5\n;2026-0{m}-02;6\n".encode(), name=f"{m}.csv") for m in (1, 2)
    ]
    rows = Study().left_out(join(months)).frame()
    assert rows[["file", "line", "reason"]].values.tolist() == [
        ["1.csv", 4, "no customer"],
        ["2.csv", 4, "no customer"],
    ]
    orders = read(
        b"order,client,day,freight\n1,A,2026-01-01,2.5\n2,,2026-01-02,3\n3,,2026-01-03,4\n", name="orders.csv"
    )
    lines = read(b"order,item,price,quantity\n1,x,5,1\n2,y,6,1\n2,z,7,2\n", name="lines.csv")
    joined = join([orders, lines])
    rows = Study().left_out(joined).frame()
    assert sorted(rows[["file", "line"]].values.tolist()) == [["lines.csv", 3], ["lines.csv", 4], ["orders.csv", 4]]
    assert len(Study().customers(joined)) == 1


def test_rows_a_join_sets_aside_keep_their_line():
    people = read(b"client,town\n\nA,Bonn\nB,Rome\nA,Oslo\n", name="people.csv")
    sales = read(b"client,day,amount\nA,2026-01-01,5\nB,2026-01-02,6\n", name="sales.csv")
    by = {"table": "sales.csv", "column": "client", "to": "people.csv", "key": "client"}
    aside = join([people, sales], [by]).set_aside
    assert aside[["file", "line", "text"]].values.tolist() == [["people.csv", 5, "A, Oslo"]]


def test_a_file_that_changed_since_is_said(tmp_path):
    file = tmp_path / "sales.csv"
    file.write_text("client,day,amount\nA,2026-01-01,5\n,2026-01-02,6\n")
    table = read(file)
    file.write_text("client,day,amount\nA,2026-01-01,5\n")
    with pytest.raises(Problem, match="has changed since it was read"):
        Study().left_out(table).frame()
    file.unlink()
    with pytest.raises(Problem, match="cannot be opened any more"):
        Study().left_out(table).frame()


def test_only_the_first_rows_are_looked_up_when_no_more_are_shown():
    table = read(MESS.encode(), name="mess.csv")
    found = Study(**EVERY).left_out(table)
    assert len(found.frame(5)) == 5 and len(found.frame(100)) == len(found) == 13


def test_the_shell_writes_the_rows_left_out(capsys, tmp_path):
    file, out = tmp_path / "mess.csv", tmp_path / "left.csv"
    file.write_text(MESS)
    assert main(["customers", str(file), "--returns", "drop", "--left-out", str(out)]) == 0
    rows = pd.read_csv(out)
    assert rows.loc[rows["line"] == 7, "reason"].tolist() == ["a return"]
    (tmp_path / "study.json").write_text(Study(**EVERY).to_json())
    assert main(["run", str(tmp_path / "study.json"), str(file), "--out", str(tmp_path / "all")]) == 0
    assert len(pd.read_csv(tmp_path / "all" / "left_out.csv")) == 13
    assert "left_out.csv" in capsys.readouterr().out
