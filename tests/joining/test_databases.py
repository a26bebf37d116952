"""A whole database brought at once: its tables find each other, and the customers are those of its customer table."""

import json
import shlex

import pandas as pd
import pytest

from segmentation import Customers, Problem, Study, join, read
from segmentation.__main__ import main
from segmentation.joining.joins import Join


def files(**frames):
    return [read(frame.to_csv(index=False).encode(), name=f"{name}.csv") for name, frame in frames.items()]


def rows(headings, made):
    return pd.DataFrame(list(made), columns=headings.split())


def ways(joined):
    return {(one.table.split(".")[0], one.column, one.to.split(".")[0], one.key) for one in joined.joins}


def retailer():
    """300 households buy; a survey knows 80 of them, and campaigns were sent to 60, three each."""
    day = "day household_key basket_id product_id quantity sales_value"
    return {
        "transactions": rows(day, ((i % 90, 1 + i * 7 % 300, 5000 + i // 2, 800 + i % 40, 1 + i % 3, 1.25) for i in range(1200))),
        "survey": rows("age income household_key", (("45-54", "35-49K", 1 + i * 3) for i in range(80))),
        "products": rows("product_id department", ((800 + i, "Grocery") for i in range(40))),
        "sent": rows("kind household_key campaign", (("mail", 2 + i * 4, c) for i in range(60) for c in range(1 + i % 3, 10, 3))),
        "campaigns": rows("campaign first_day", ((c, c * 9) for c in range(1, 10))),
    }  # fmt: skip


def wheels():
    """A maker of bicycles: customers are people or stores, each in a territory, as orders are."""
    return {
        "Person": rows("BusinessEntityID FirstName", ((i, f"Ada {i}") for i in range(1, 401))),
        "Store": rows("BusinessEntityID StoreName", ((i, f"Wheels {i}") for i in range(1001, 1041))),
        "SalesTerritory": rows("TerritoryID Region", ((i, f"Region {i}") for i in range(1, 8))),
        "Customer": rows(
            "CustomerID PersonID StoreID TerritoryID AccountNumber",
            ((11000 + i, 2 * i + 1 if i < 90 else None, 921 + i if i >= 80 else None, 1 + i % 7, f"AW{i:05}") for i in range(120)),
        ).astype({"PersonID": "Int64", "StoreID": "Int64"}),
        "SalesOrderHeader": rows(
            "SalesOrderID OrderDate CustomerID TerritoryID Freight",
            ((43000 + i, f"2025-0{1 + i % 9}-1{i % 9}", 11000 + i % 100, 1 + i % 7, 2.5) for i in range(300)),
        ),
        "SalesOrderDetail": rows(
            "SalesOrderID SalesOrderDetailID ProductID LineTotal",
            ((43000 + i // 2, i + 1, 700 + i % 50, 10.5) for i in range(600)),
        ),
        "Product": rows("ProductID ProductName", ((700 + i, f"Bike {i}") for i in range(50))),
    }  # fmt: skip


def test_facts_on_a_part_of_the_households_are_joined_and_the_others_kept():
    shop = retailer()
    joined = join(files(transactions=shop["transactions"], survey=shop["survey"]))
    assert ways(joined) == {("transactions", "household_key", "survey", "household_key")}
    assert (joined.links[0].used, joined.links[0].keys) == (80, 80)
    people = Customers.build(joined)
    assert len(people) == 300 and people.total("revenue") == 1500
    assert people.frame["age"].notna().sum() == 80


def test_a_retailer_with_households_and_campaigns_loses_no_table():
    joined = join(files(**retailer()))
    assert ways(joined) == {
        ("transactions", "household_key", "survey", "household_key"),
        ("transactions", "product_id", "products", "product_id"),
        ("transactions", "household_key", "sent", "household_key"),
        ("sent", "campaign", "campaigns", "campaign"),
    }
    assert Customers.build(joined).total("revenue") == 1500


def test_customers_who_are_people_or_stores_in_territories_chain_by_themselves():
    joined = join(files(**wheels()))
    assert ways(joined) >= {
        ("SalesOrderDetail", "SalesOrderID", "SalesOrderHeader", "SalesOrderID"),
        ("SalesOrderHeader", "CustomerID", "Customer", "CustomerID"),
        ("Customer", "PersonID", "Person", "BusinessEntityID"),
        ("Customer", "StoreID", "Store", "BusinessEntityID"),
    }
    assert len(joined.joins) == 6
    people = Customers.build(joined)
    assert len(people) == 120 and people.total("revenue") == 6300
    assert (people.frame["orders"] == 0).sum() == 20
    assert "20 customers without a sale stay, apart from the others, with 0 orders." in joined.report.sentences
    assert "Person" not in " ".join(one for one in joined.report.sentences if "without a sale" in one)
    assert people.frame.loc["11000", "FirstName"] == "Ada 1"
    assert people.frame.loc["11090", "StoreName"] == "Wheels 1011"


def test_an_address_that_plays_two_parts_is_found_under_its_number():
    orders = rows(
        "order_id customer_id ship_to_address_id date amount",
        ((i, 500 + i % 20, 1 + i % 30, "2025-01-05", 5) for i in range(100, 160)),
    )
    places = rows("address_id town", ((i, f"Town {i}") for i in range(1, 41)))
    joined = join(files(orders=orders, addresses=places))
    assert ways(joined) == {("orders", "ship_to_address_id", "addresses", "address_id")}


@pytest.mark.parametrize(
    ("table", "number"),
    [("customers", "customer_id"), ("Clients 2025", "client_id"), ("users", "user_id"), ("tbl_accounts", "account_id"),
     ("Customers-Table 1", "customer_id"),
     ("kunden", "kunden_id"), ("customers", "customer")],
)  # fmt: skip
def test_a_customer_list_whose_number_is_called_only_id_is_joined_to_the_orders(table, number):
    people = rows("id name", ((i, f"Name {i}") for i in range(1, 21)))
    orders = rows(f"id {number} date amount", ((i, 1 + i % 17, "2025-01-05", 10) for i in range(1, 61)))
    joined = join(files(**{table: people, "orders": orders}))
    assert ways(joined) == {("orders", number, table, "id")}
    assert len(Customers.build(joined)) == 20


def test_what_each_household_spent_counts_once_beside_the_campaigns_it_was_sent():
    spent = rows("household_id spend", ((f"H{i}", 100.5) for i in range(50)))
    sent = rows("household_id campaign", ((f"H{i % 40}", f"camp {i % 3}") for i in range(90)))
    joined = join(files(spent=spent, sent=sent))
    assert ways(joined) == {("spent", "household_id", "sent", "household_id")}
    people = Customers.build(joined, {"revenue": "spend"})
    assert len(people) == 50 and people.total("revenue") == 5025


def test_of_several_columns_the_one_found_most_is_taken():
    sales = rows("card reference date amount", ((f"K{i % 30}", f"K{i % 25 + 20}", "2025-01-05", 5) for i in range(100)))
    members = rows("member town", ((f"K{i}", "Rome") for i in range(32)))
    assert ways(join(files(sales=sales, members=members))) == {("sales", "card", "members", "member")}


def test_two_tables_that_number_their_own_rows_are_not_joined_by_it():
    people = rows("id name", ((i, f"Name {i}") for i in range(1, 21)))
    orders = rows("id seller date amount", ((i, f"S{i % 4}", "2025-01-05", 10) for i in range(1, 61)))
    with pytest.raises(Problem, match="say which belong together"):
        join(files(**{"export-1": people, "export-2": orders}))


def test_a_table_that_two_others_lead_to_as_well_is_asked_with_the_joins_to_take_instead():
    joined = join(files(**wheels()))
    (choice,) = joined.choices
    assert (
        "SalesTerritory can be joined by “TerritoryID” of Customer or “TerritoryID” of SalesOrderHeader"
        in choice.sentence
    )
    ((other, plan),) = choice.others
    again = join(files(**wheels()), plan)
    assert other.table == "SalesOrderHeader.csv" and other in again.joins
    assert not again.choices and Customers.build(again).total("revenue") == 6300


def test_tables_that_only_describe_do_not_count_as_rows():
    shop = retailer()
    joined = join(files(transactions=shop["transactions"], survey=shop["survey"], products=shop["products"]))
    assert (joined.report.rows_in, joined.report.rows_used, len(joined.set_aside)) == (1200, 1200, 0)


@pytest.mark.parametrize(
    "verb",
    [["read"], ["customers"], ["segment", "--method", "lifecycle"], ["potential", "--model", "headroom"], ["run"]],
)
def test_every_verb_says_which_table_is_left_out(verb, tmp_path, capsys):
    orders = rows(
        "order_id customer_id date amount", ((f"N{i}", f"C{i % 9}", f"2025-0{1 + i % 9}-05", 5) for i in range(60))
    )
    given = {"orders": orders, "customers": rows("customer_id town", ((f"C{i}", "Rome") for i in range(9))),
             "plants": rows("plant height", (("fern", 3), ("oak", 900), ("elm", 70)))}  # fmt: skip
    for name, frame in given.items():
        frame.to_csv(tmp_path / f"{name}.csv", index=False)
    (tmp_path / "study.json").write_text(Study(method="lifecycle").to_json())
    started = [*verb, str(tmp_path / "study.json"), "--out", str(tmp_path / "out")] if verb == ["run"] else verb
    paths = [str(tmp_path / f"{name}.csv") for name in given]
    started = (
        [started[0], *started[1:2], *paths, *started[2:]] if verb == ["run"] else [started[0], *paths, *started[1:]]
    )
    assert main(started) == 0
    assert capsys.readouterr().out.count("plants.csv is left out") == 1
    assert main([*started, "--json"]) == 0
    (said,) = json.loads(capsys.readouterr().out)["tables_left_out"]
    assert said.startswith("plants.csv is left out")


def test_the_shell_prints_the_joins_to_type_where_another_would_do_as_well(tmp_path, capsys):
    paths = []
    for name, frame in wheels().items():
        frame.to_csv(tmp_path / f"{name}.csv", index=False)
        paths.append(str(tmp_path / f"{name}.csv"))
    assert main(["customers", *paths]) == 0
    line = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("    --join"))
    assert "SalesOrderHeader.csv:TerritoryID=SalesTerritory.csv:TerritoryID" in line
    assert main(["customers", *paths, *shlex.split(line)]) == 0
    assert "can be joined by" not in capsys.readouterr().out


def test_a_few_orders_paid_in_two_parts_do_not_stop_the_others_from_being_joined():
    orders = rows("order_id customer_id date", ((f"N{i}", f"C{i % 20}", "2025-01-05") for i in range(60)))
    paid = rows("order_id kind payment_value", [(f"N{i}", "card", 5.5) for i in range(60)] + [("N3", "voucher", 2.5)])
    lines = rows("order_id product quantity price", ((f"N{i // 2}", f"P{i % 7}", 2, 1.25) for i in range(120)))
    joined = join(files(orders=orders, payments=paid, lines=lines))
    assert ways(joined) == {("lines", "order_id", "orders", "order_id")}
    assert joined.left_out[0].startswith("payments.csv is left out")
    assert Customers.build(joined).total("revenue") == 300


def rental():
    """A video shop: what was paid, by whom, to whom, and the customers' addresses; staff and shops have some too."""
    paid = ((i, 1 + i % 30, 1 + i % 3, i, 2.5, "2025-05-11") for i in range(1, 91))
    return {
        "payment": rows("payment_id customer_id staff_id rental_id amount day", paid),
        "rental": rows("rental_id customer_id staff_id", ((i, 1 + i % 30, 1 + i % 3) for i in range(1, 91))),
        "customer": rows("customer_id store_id address_id", ((i, 1 + i % 3, i + 5) for i in range(1, 36))),
        "address": rows("address_id city_id", ((i, 1 + i % 9) for i in range(1, 50))),
        "city": rows("city_id city", ((i, f"City {i}") for i in range(1, 10))),
        "store": rows("store_id address_id", ((i, i) for i in range(1, 4))),
        "staff": rows("staff_id store_id address_id", ((i, i, i + 2) for i in range(1, 4))),
    }


def test_the_customers_own_address_is_taken_and_what_comes_to_the_same_is_not_asked():
    joined = join(files(**rental()))
    assert ways(joined) >= {
        ("payment", "customer_id", "customer", "customer_id"),
        ("customer", "address_id", "address", "address_id"),
        ("customer", "store_id", "store", "store_id"),
        ("address", "city_id", "city", "city_id"),
        ("payment", "staff_id", "staff", "staff_id"),
    }
    assert not joined.choices and not joined.left_out


def test_an_order_with_a_payer_and_a_receiver_asks_which_of_them_the_customer_list_describes():
    orders = rows(
        "order_id bill_to_customer_id ship_to_customer_id date amount",
        ((i, 1 + i % 20, 1 + i % 19, "2025-01-05", 5) for i in range(100, 160)),
    )
    people = rows("customer_id town", ((i, f"Town {i}") for i in range(1, 21)))
    (choice,) = join(files(orders=orders, customers=people)).choices
    assert {choice.taken.column, *(other.column for other, _ in choice.others)} == {
        "bill_to_customer_id",
        "ship_to_customer_id",
    }


def test_a_seller_is_that_of_the_order_though_the_list_of_people_holds_sellers_too():
    shop = wheels()
    shop["SalesOrderHeader"]["SalesPersonID"] = [270 + i % 17 for i in range(300)]
    sellers = rows("BusinessEntityID Commission", ((270 + i, 0.01) for i in range(17)))
    mails = rows("BusinessEntityID Mail", ((i, f"f{i}@x.al") for i in range(1, 401)))
    joined = join(files(**shop, SalesPerson=sellers, EmailAddress=mails))
    assert ways(joined) >= {
        ("SalesOrderHeader", "SalesPersonID", "SalesPerson", "BusinessEntityID"),
        ("Person", "BusinessEntityID", "EmailAddress", "BusinessEntityID"),
    }


def test_a_table_whose_join_was_taken_away_is_not_said_to_be_found_nowhere():
    shop = retailer()
    kept = [Join("transactions.csv", "product_id", "products.csv", "product_id")]
    joined = join(files(transactions=shop["transactions"], survey=shop["survey"], products=shop["products"]), kept)
    assert joined.left_out == ("survey.csv is left out: no join leads to it.",)
