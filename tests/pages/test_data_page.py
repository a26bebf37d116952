"""The Data page: what was read is said in words, and every setting changes the customers as the library would."""

import datetime as dt

import pytest

from segmentation import Customers, formats
from segmentation.read import Table
from segmentation.study import RETURNS
from tests.pages.visitor import Visitor, unescaped

LINES = """client,day,order,amount,goods
0007,2026-01-05,1,100.50,pen
0007,2026-02-05,2,49.50,ink
0012,2026-02-10,3,-20.00,pen
0012,2026-03-10,4,70.00,pen
,2026-03-11,5,5.00,ink
"""
ROWS = (
    "shop;turnover;orders;last_order\nAlma;1.200,50;3;31.01.2026\nBora;90,00;1;15.02.2026\nCuka;300,00;2;01.03.2026\n"
)


def answer(visitor: Visitor) -> str:
    """The sentence under the title."""
    return unescaped(visitor.at.success[0].value)


def test_the_sentence_tells_rows_customers_period_and_revenue_of_the_sample(
    with_shoes: Visitor, shoes: Customers, shoes_table: Table
) -> None:
    assert shoes.as_of and shoes.start
    rows, left_out = shoes_table.data.num_rows, sum(shoes.left_out.values())
    assert answer(with_shoes) == (
        f"shoe_maker_orders.csv: {rows:,} rows = {rows - left_out:,} used + {left_out} set aside, {len(shoes)} customers, "
        f"from {formats.day(shoes.start)} to {formats.day(shoes.as_of)}, revenue {formats.compact(shoes.total('revenue'))}."
    )


def test_sale_lines_of_ones_own_are_read_and_ids_keep_their_zeros(visitor: Visitor) -> None:
    visitor.upload(LINES)
    assert (
        answer(visitor)
        == "file.csv: 5 rows = 4 used + 1 set aside, 2 customers, from 5 Jan 2026 to 10 Mar 2026, revenue 200."
    )
    assert "1 line has no customer, 5 in all" in visitor.words
    assert list(visitor.go("Segments").choose("listed", "A").table("Customers of the chosen segment").index) == [
        "0007",
        "0012",
    ]


def test_a_customer_table_with_semicolons_and_decimal_commas_is_read_as_such(visitor: Visitor) -> None:
    visitor.upload(ROWS, "läden.csv")
    assert "3 rows, all used, 3 customers" in answer(visitor)
    assert "revenue 1.59k" in answer(visitor)


def test_the_preview_shows_the_first_rows_as_they_were_read(with_shoes: Visitor, shoes_table: Table) -> None:
    shown = with_shoes.table("The first rows of the file")
    assert shown.to_dict("list") == shoes_table.frame(100).to_dict("list")


def test_a_role_is_changed_in_one_place_and_the_numbers_follow(with_shoes: Visitor, shoes_table: Table) -> None:
    by_pairs = Customers.build(shoes_table, {"revenue": "pairs", "units": ""})
    with_shoes.choose("role.revenue", "pairs")
    assert formats.compact(by_pairs.total("revenue")) in answer(with_shoes)
    assert with_shoes.study.columns["revenue"] == "pairs"


def test_a_column_taken_for_one_role_leaves_the_other(visitor: Visitor) -> None:
    visitor.upload(LINES).choose("role.order", "goods")
    roles = {box.key: box.value for box in visitor.at.selectbox if str(box.key).startswith("role.")}
    assert [key for key, heading in roles.items() if heading == "goods"] == ["role.order"]


def test_a_role_taken_away_is_said_on_the_segments_page_and_comes_back_with_one_choice(with_shoes: Visitor) -> None:
    for role in ("role.revenue", "role.profit"):
        with_shoes.choose(role, "")
    assert with_shoes.go("Segments").problems
    with_shoes.go("Data").choose("role.revenue", "revenue").go("Segments")
    assert not with_shoes.problems
    assert with_shoes.title == "Who brings the money?"


@pytest.mark.parametrize("role", ["customer", "date"])
def test_a_missing_customer_or_date_column_is_no_crash(with_shoes: Visitor, role: str) -> None:
    with_shoes.choose(f"role.{role}", "")
    for page in ("Segments", "Data"):
        with_shoes.go(page)
        assert with_shoes.problems or "customers" in with_shoes.words


@pytest.mark.parametrize("way", RETURNS)
def test_each_way_with_returns_gives_the_revenue_the_library_gives(
    with_shoes: Visitor, shoes_table: Table, way: str
) -> None:
    customers = Customers.build(shoes_table, returns=way)
    with_shoes.choose("choice.returns", way)
    assert f"revenue {formats.compact(customers.total('revenue'))}." in answer(with_shoes)


def test_lines_without_a_customer_can_be_kept_as_one(visitor: Visitor) -> None:
    visitor.upload(LINES).choose("choice.blanks", "one")
    assert "3 customers" in answer(visitor)
    assert "revenue 205" in answer(visitor)


def test_an_assumed_margin_makes_a_profit_and_an_emptied_field_takes_it_away(visitor: Visitor) -> None:
    visitor.upload(LINES).write("choice.margin", 30.0).go("Segments")
    assert visitor.figure("Profit") == "60"
    visitor.go("Data").write("choice.margin", None).go("Segments")
    assert "Profit" not in [metric.label for metric in visitor.at.metric]


def test_looking_back_from_another_day_and_not_so_far_gives_what_the_library_gives(
    with_shoes: Visitor, shoes_table: Table
) -> None:
    with_shoes.at.date_input(key="as_of").set_value(dt.date(2026, 3, 31))
    with_shoes.look().choose("window", 12)
    customers = Customers.build(shoes_table, as_of="2026-03-31", window=12)
    assert f"{len(customers)} customers, from 1 Apr 2025 to 31 Mar 2026" in answer(with_shoes)
    assert formats.compact(customers.total("revenue")) in answer(with_shoes)
    back = next(button for button in with_shoes.at.button if button.label == "Last day, all the file")
    back.click()
    assert "319 customers, from 5 Jul 2024 to 30 Jun 2026" in answer(with_shoes.look())


def test_the_currency_sign_goes_wherever_money_is(with_shoes: Visitor) -> None:
    with_shoes.choose("currency", "€")
    assert "revenue €14.3m" in answer(with_shoes)
    assert with_shoes.go("Segments").figure("Revenue") == "€14.3m"


def test_a_doubtful_date_is_asked_about_and_one_choice_settles_it(visitor: Visitor) -> None:
    visitor.upload("customer,date,revenue\n1,01/02/2026,5\n2,03/04/2026,6\n")
    asked = next(one for one in visitor.at.radio if one.key == "ask 0 dates")
    assert "can mean 1 February 2026 or 2 January 2026" in unescaped(asked.label)
    assert [unescaped(option) for option in asked.options] == [
        "1 February 2026, day first",
        "2 January 2026, month first",
    ]
    asked.set_value("mdy")
    assert "4 Mar 2026" in answer(visitor.look())
    assert visitor.study.reading == {"dates": "date=mdy"}
    assert not [one for one in visitor.at.radio if str(one.key).startswith("ask")]


def test_a_decision_that_cannot_be_followed_is_a_sentence_and_the_data_stays(with_shoes: Visitor) -> None:
    with_shoes.open("decisions").choose("read.encoding", "utf-16")
    assert with_shoes.problems
    assert "319 customers" in answer(with_shoes)
    assert with_shoes.study.reading == {}


def test_rows_that_are_no_part_of_the_table_are_kept_visible_with_their_reason(visitor: Visitor) -> None:
    visitor.upload("customer,date,revenue\n1,2026-01-01,5\n2,2026-01-02,6\n3,2026-01-03,7\nTotal,,18\n")
    assert list(visitor.table("Rows set aside")["reason"]) == ["a total of the rows above, not a row of its own"]
    assert "3 customers" in answer(visitor)
