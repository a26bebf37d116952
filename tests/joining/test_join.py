"""Several tables become one, and no money is counted twice or lost on the way."""

import itertools
import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation import Customers, Problem, Study, join, read
from segmentation.__main__ import main
from segmentation.joining.joins import Join
from segmentation.joining.plan import main as main_of
from segmentation.joining.plan import propose

NORTHWIND = ("customers", "orders", "order_details", "products", "categories")


def file(name, text):
    return read(text.encode(), name=name)


LINES = file(
    "lines.csv", "order_id,item,qty,price,discount\n1,hat,2,10,0\n1,cap,1,5,0.2\n2,hat,1,10,0\n3,bag,4,2.5,0\n"
)
ORDERS = file("orders.csv", "id,client,date,freight\n1,C7,2025-01-05,3.01\n2,C8,2025-02-01,1.5\n3,C9,2025-03-01,2.25\n")
PEOPLE = file("clients.csv", "client_no,name,city\nC7,Ada,Rome\nC8,Bo,Oslo\nC6,Cy,Rome\n")


@pytest.fixture(scope="module")
def northwind(shared):
    return [read(shared / "northwind" / f"{name}.csv") for name in NORTHWIND]


def test_five_tables_of_a_shop_join_by_themselves_to_the_known_totals(northwind):
    joined = join(northwind)
    people = Customers.build(joined)
    assert len(people) == 91
    assert people.frame["orders"].sum() == 830
    assert round(people.total("revenue"), 2) == 1_265_793.04
    assert people.frame.index[people.frame["orders"] == 0].tolist() == ["FISSA", "PARIS"]
    assert people.frame.loc["PARIS", ["lines", "visits"]].tolist() == [0, 0]
    assert people.frame.loc["PARIS", "City"] == "Paris"
    assert (
        "2,155 rows before the joins, 2,155 after; revenue is 1,265,793.04 before and after." in joined.report.sentences
    )
    assert "830 of 830 rows of orders have their “CustomerID” in customers; 89 of 91" in " ".join(
        joined.report.sentences
    )


def test_freight_of_an_order_is_counted_once(northwind):
    people = Customers.build(join(northwind), {"cost_to_serve": "Freight"})
    assert round(people.total("cost_to_serve"), 2) == 64_942.69


def test_a_join_of_more_cells_than_can_be_held_is_refused_before_it_is_made(monkeypatch):
    monkeypatch.setattr("segmentation.reading.draft.MAX_CELLS", 39)
    assert join([LINES, ORDERS]).data.shape == (4, 8)
    said = r"lines.csv with orders.csv and clients.csv is too large for this server: 5 rows × 10 columns are 50 cells"
    with pytest.raises(Problem, match=said):
        join([LINES, ORDERS, PEOPLE])


def test_files_below_each_other_of_more_cells_than_can_be_held_are_refused(monkeypatch):
    monkeypatch.setattr("segmentation.reading.draft.MAX_CELLS", 5)
    months = [file(f"{month}.csv", f"client,amount\nC7,{i}\nC8,2\n") for i, month in enumerate(("may", "june"))]
    with pytest.raises(Problem, match=r"june.csv and may.csv is too large .*: 4 rows × 2 columns are 8 cells"):
        join(months)


def test_the_order_in_which_files_come_changes_nothing():
    wanted = Customers.build(join([LINES, ORDERS, PEOPLE]))
    for tables in itertools.permutations([LINES, ORDERS, PEOPLE]):
        pd.testing.assert_frame_equal(Customers.build(join(tables)).frame, wanted.frame)


def test_a_number_called_only_id_is_found_by_the_name_of_its_table():
    assert [(one.table, one.column, one.to, one.key) for one in propose([PEOPLE, LINES, ORDERS])] == [
        ("lines.csv", "order_id", "orders.csv", "id"),
        ("orders.csv", "client", "clients.csv", "client_no"),
    ]


def test_money_after_discount_is_that_of_the_lines_and_customers_without_orders_stay():
    people = Customers.build(join([LINES, ORDERS, PEOPLE]), {"cost_to_serve": "freight"})
    assert people.frame["revenue"].to_dict() == {"C6": 0.0, "C7": 24.0, "C8": 10.0, "C9": 10.0}
    assert people.frame["cost_to_serve"].to_dict() == {"C6": 0.0, "C7": 3.01, "C8": 1.5, "C9": 2.25}
    assert people.frame["orders"].to_dict() == {"C6": 0, "C7": 1, "C8": 1, "C9": 1}
    assert people.frame["city"].astype(object).where(people.frame["city"].notna(), None).tolist() == [
        "Rome", "Rome", "Oslo", None,
    ]  # fmt: skip


def test_what_did_not_match_is_shown_on_both_sides():
    link = join([LINES, ORDERS, PEOPLE]).links[1]
    assert (link.matched, link.rows, link.used, link.keys) == (2, 3, 2, 3)
    assert link.missing.values.tolist() == [["C9", 1]]
    assert link.unused["name"].tolist() == ["Cy"]


def test_orders_without_lines_keep_their_amounts():
    lines = file("lines.csv", "order_id,item\n1,hat\n1,cap\n2,hat\n")
    orders = file("orders.csv", "id,client,date,total\n1,C7,2025-01-05,10.01\n2,C8,2025-02-01,5\n3,C9,2025-03-01,7\n")
    joined = join([lines, orders])
    assert joined.data.num_rows == 4
    assert "3 rows before the joins, 4 after; revenue is 22.01 before and after." in joined.report.sentences
    assert Customers.build(joined).frame["revenue"].to_dict() == {"C7": 10.01, "C8": 5.0, "C9": 7.0}


def test_orders_given_twice_count_once_and_orders_that_differ_are_refused():
    lines = file("lines.csv", "order_id,item\nN1,hat\nN1,cap\nN2,hat\nN3,hat\n")
    text = "order_id,client,date,total\nN1,C7,2025-01-05,10\nN2,C8,2025-02-01,5\nN3,C8,2025-03-01,7\n,C9,2025-03-02,1\n"
    joins = [Join("lines.csv", "order_id", "orders.csv", "order_id")]
    joined = join([lines, file("orders.csv", text + "N1,C7,2025-01-05,10\n")], joins)
    assert Customers.build(joined).frame["revenue"].to_dict() == {"C7": 10.0, "C8": 12.0, "C9": 1.0}
    assert joined.set_aside["reason"].tolist() == ["another row has the same key"]
    with pytest.raises(Problem, match="several rows with the same “order_id” and amounts of their own"):
        join([lines, file("orders.csv", text + "N1,C7,2025-01-05,11\n")], joins)


def test_a_number_of_the_customer_list_can_not_be_counted_once_per_sale():
    people = file("clients.csv", "client_no,turnover\nC7,100\nC8,200\nC9,300\n")
    lines = file(
        "sales.csv", "client,date,amount\nC7,2025-01-05,3\nC7,2025-02-01,4\nC8,2025-03-01,5\nC9,2025-03-02,1\n"
    )
    joined = join([lines, people])
    assert Customers.build(joined).total("revenue") == 13
    with pytest.raises(Problem, match=r"“turnover” stands once per row of clients\.csv and is repeated here"):
        Customers.build(joined, {"revenue": "turnover"})


def test_a_table_of_numbers_translates_those_of_one_system_into_another():
    sales = file(
        "shop.csv", "shop customer,date,amount\nW1,2025-01-05,3\nW2,2025-02-01,4\nW3,2025-03-01,5\nW9,2025-03-02,1\n"
    )
    numbers = file("numbers.csv", "web,erp\nW1,K10\nW2,K10\nW3,K30\nW4,K40\n")
    people = file("erp.csv", "customer id,town\nK10,Rome\nK30,Oslo\nK40,Bern\n")
    joins = [
        {"table": "shop.csv", "column": "shop customer", "to": "numbers.csv", "key": "web"},
        {"table": "numbers.csv", "column": "erp", "to": "erp.csv", "key": "customer id"},
    ]
    tables = [sales, numbers, people]
    assert [one.plain() for one in join(tables).joins] == joins
    found = Customers.build(join(tables, joins), {"customer": "erp"}).frame["revenue"].to_dict()
    assert found == {"K10": 7.0, "K30": 5.0, "K40": 0.0, "shop customer W9": 1.0}
    assert Customers.build(join(tables)).frame["revenue"].to_dict() == found


def test_numbers_that_a_spreadsheet_shortened_still_match():
    sales = file("sales.csv", "customer_id,date,amount\n00071,2025-01-05,3\n00082,2025-02-01,4\n00093,2025-02-03,5\n")
    people = file("people.csv", "customer id,town\n71,Rome\n82,Oslo\n93,Bern\n")
    joined = join([sales, people])
    assert joined.links[0].matched == 3
    assert "leading zeros" in " ".join(joined.report.sentences)
    assert Customers.build(joined).frame["town"].tolist() == ["Rome", "Oslo", "Bern"]


def test_several_notes_on_a_customer_do_not_double_the_sales():
    sales = file("sales.csv", "client,date,amount\nC7,2025-01-05,3\nC7,2025-02-01,4\nC8,2025-03-01,5\n")
    notes = file("notes.csv", "client,date,mood\nC7,2025-01-06,cold\nC7,2025-05-06,warm\nC8,2025-01-01,cold\n")
    joined = join([notes, sales])
    people = Customers.build(joined).frame
    assert people["revenue"].to_dict() == {"C7": 7.0, "C8": 5.0}
    assert people["mood"].tolist() == ["warm", "cold"]
    assert joined.set_aside[["file", "reason"]].values.tolist() == [["notes.csv", "another row has the same key"]]
    assert joined.report.rows_in == joined.report.rows_used + len(joined.set_aside)


def test_a_second_table_of_amounts_is_left_out_and_said():
    sales = file("sales.csv", "client,date,amount\nC7,2025-01-05,3\nC7,2025-02-01,4\nC8,2025-03-01,5\n")
    people = file("people.csv", "client,town\nC7,Rome\nC8,Oslo\n")
    more = file("claims.csv", "client,when,revenue,why\nC7,2025-01-06,1,x\nC7,2025-05-06,2,y\nC8,2025-01-01,3,z\n")
    joined = join([sales, people, more])
    assert Customers.build(joined).total("revenue") in (12, 6)
    assert any("is left out" in text for text in joined.report.sentences)


def test_a_file_a_month_is_put_below_each_other():
    january = file("jan.csv", "Customer,Date,Amount\nu,2025-01-05,3\nv,2025-01-06,4\n")
    february = file("feb.csv", "amount,customer,date\n5.5,u,2025-02-05\n")
    joined = join([january, february])
    assert Customers.build(joined).frame["revenue"].to_dict() == {"u": 8.5, "v": 4.0}
    assert "feb.csv and jan.csv have the same headings" in " ".join(joined.report.sentences)


def test_files_that_share_nothing_are_refused_with_a_sentence():
    other = file("plants.csv", "plant,height\nfern,3\noak,900\n")
    with pytest.raises(Problem, match="no column whose values stand in"):
        join([ORDERS, other])


def test_a_study_replays_its_joins_on_next_months_files():
    study = Study(joins=[one.plain() for one in join([LINES, ORDERS, PEOPLE]).joins])
    study = Study.from_json(study.to_json())
    renamed = [file("lines_june.csv", "order_id,item,qty,price\n8,hat,1,10\n"), PEOPLE]
    orders = file("orders_june.csv", "id,client,date,freight\n8,C6,2025-06-05,1.5\n")
    people = study.customers(study.join([*renamed, orders]))
    assert people.frame["revenue"].to_dict() == {"C6": 10.0, "C7": 0.0, "C8": 0.0}


@pytest.mark.parametrize(
    ("joins", "told"),
    [
        ([{"table": "lines.csv"}], "A join is a table"),
        ([["lines.csv", "a", "b", "c"]], "A join is a table"),
        ([Join("lines.csv", "order_id", "orders.csv", "no such")], "orders.csv has no column “no such” to join by"),
        ([Join("lines.csv", "order_id", "gone.csv", "a")], "The join with gone.csv needs the column “a”; no other file"),
        ([Join("lines.csv", "order_id", "orders.csv", "id"), Join("orders.csv", "id", "lines.csv", "order_id")], "circle"),
        ([Join("lines.csv", "order_id", "orders.csv", "id"), Join("clients.csv", "name", "orders.csv", "id")], "joined twice"),
        ([Join("lines.csv", "order_id", "orders.csv", "id", ("client",))], "no column of numbers “client” to spread"),
    ],
)  # fmt: skip
def test_a_join_that_cannot_be_says_why(joins, told):
    with pytest.raises(Problem, match=told):
        join([LINES, ORDERS, PEOPLE], joins)


def test_a_join_of_many_to_many_takes_one_row_each_and_says_so():
    joined = join([LINES, ORDERS], [Join("orders.csv", "id", "lines.csv", "order_id", ())])
    assert joined.data.num_rows == 3
    assert "1 row of lines repeats a “order_id”" in " ".join(joined.report.sentences)


def test_the_shell_takes_several_files_and_joins_as_options(capsys, tmp_path):
    paths = []
    for table in (LINES, ORDERS, PEOPLE):
        table.frame().to_csv(tmp_path / table.name, index=False)
        paths.append(str(tmp_path / table.name))
    assert main(["customers", *paths, "--out", str(tmp_path / "out.csv"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["customers"] == 4
    assert main(["read", *paths, "--json", "--join", "lines.csv:order_id=orders.csv:id"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["joins"] == [
        {"table": "lines.csv", "column": "order_id", "to": "orders.csv", "key": "id", "matched": 4, "rows": 4, "used": 3, "keys": 3}
    ]  # fmt: skip
    study = tmp_path / "study.json"
    study.write_text(Study(method="lifecycle").to_json())
    assert main(["run", str(study), *paths, "--out", str(tmp_path / "folder")]) == 0
    assert (tmp_path / "folder" / "labels.csv").read_text().count("\n") == 5
    capsys.readouterr()
    assert main(["read", *paths, "--join", "lines.csv=orders.csv"]) == 2
    assert "--join takes FILE:COLUMN=FILE:COLUMN" in capsys.readouterr().err


@st.composite
def shops(draw):
    """Lines, orders and customers of a small shop, as texts of files: gaps, strangers and odd cents included."""
    number = draw(st.integers(1, 6))
    cents = st.integers(-500, 5000).map(lambda value: value / 100)
    orders = draw(st.lists(st.tuples(st.sampled_from("ABCDE"), cents), min_size=number, max_size=number))
    lines = draw(st.lists(st.tuples(st.integers(0, number), cents), min_size=1, max_size=15))
    people = draw(st.lists(st.sampled_from("ABCDEF"), unique=True, min_size=1))
    return (
        pd.DataFrame([(f"N{order:03}", amount) for order, amount in lines], columns=["order", "amount"]),
        pd.DataFrame([(f"N{i:03}", who, "2025-01-05", freight) for i, (who, freight) in enumerate(orders)],
                     columns=["order", "customer", "date", "freight"]),
        pd.DataFrame([(who, f"town {who}") for who in people], columns=["customer", "town"]),
    )  # fmt: skip


JOINS = [Join("0.csv", "order", "1.csv", "order"), Join("1.csv", "customer", "2.csv", "customer")]


@settings(max_examples=15)
@given(shops(), st.randoms(use_true_random=False))
def test_nothing_is_multiplied_or_lost_whatever_the_tables_and_the_order_of_rows(frames, random):
    def built(order):
        tables = [file(f"{i}.csv", frames[i].sample(frac=1, random_state=order).to_csv(index=False)) for i in range(3)]
        random.shuffle(tables)
        return join(tables, JOINS)

    joined, again = built(1), built(2)
    assert joined.report.rows_in == joined.report.rows_used + len(joined.set_aside)
    data = joined.frame()
    np.testing.assert_allclose(data["amount"].sum(), frames[0]["amount"].sum(), atol=1e-9)
    np.testing.assert_allclose(data["freight"].sum(), frames[1]["freight"].sum(), atol=1e-9)
    ways = [one.frame().sort_values(list(one.data.column_names), ignore_index=True) for one in (joined, again)]
    sums = [way.groupby("customer", dropna=False)[["amount", "freight"]].sum().round(6) for way in ways]
    pd.testing.assert_frame_equal(*sums)


def test_of_files_that_cannot_be_joined_the_one_with_sales_is_the_main_one():
    people = read(b"web id,mail\nW1,a@x.al\nW2,b@x.al\nW3,c@x.al\n", name="web.csv")
    sales = read(b"till no,day,amount\n51,2026-01-05,15\n52,2026-01-06,20\n", name="till.csv")
    assert main_of([people, sales]).name == main_of([sales, people]).name == "till.csv"


def test_customers_are_joined_by_their_number_where_the_name_would_do_too():
    people = read(b"CustomerID,CompanyName,Town\nC1,Alma,Rome\nC2,Bora,Oslo\nC3,Cuka,Bern\n", name="people.csv")
    sales = b"CustomerID,CompanyName,Date,Revenue\nC1,Alma,2026-01-02,5\nC2,Bora,2026-01-03,6\nC3,Cuka,2026-01-04,7\n"
    (found,) = propose([people, read(sales, name="sales.csv")])
    assert (found.column, found.key) == ("CustomerID", "CustomerID")
