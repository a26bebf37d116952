"""The Data page: what was read is said in words, and every setting changes the customers as the library would."""

import datetime as dt
import io
import re
from pathlib import Path

import openpyxl
import pytest

from segmentation import METHODS, Customers, formats
from segmentation.rollup.settings import CHOICES
from segmentation.table import Table
from tests.exports.made import sales, written
from tests.exports.programs import shopify_orders
from tests.pages.visitor import Visitor, says_what_to_do, unescaped

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
    assert list(visitor.go("Segments").choose("listed", "A").table("Customers of A").index) == [
        "0007",
        "0012",
    ]


def test_a_known_export_is_said_by_name_and_is_right_at_once(visitor: Visitor) -> None:
    visitor.upload(written([row for sale in sales() for row in shopify_orders(sale)]).decode(), "orders.csv")
    assert "This is a Shopify order export." in visitor.words
    assert "7 customers" in answer(visitor)


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


def test_without_a_customer_column_every_page_says_which_one_to_choose(with_shoes: Visitor) -> None:
    with_shoes.choose("role.customer", "")
    for page in ("Segments", "Portfolio", "Data"):
        (said,) = with_shoes.go(page).problems
        assert said.startswith(
            "shoe_maker_orders.csv has no customer number or name: choose the column that holds it, as “customer_id” "
            "(319 customers"
        )
    with_shoes.choose("role.customer", "customer_id")
    assert not with_shoes.problems and "319 customers" in answer(with_shoes)


def test_without_a_date_column_all_customers_stay_and_what_needs_days_says_so(with_shoes: Visitor) -> None:
    with_shoes.choose("role.date", "")
    assert "319 customers" in answer(with_shoes)
    assert not with_shoes.go("Segments").problems and sum(with_shoes.numbers["customers"]) == 319
    assert "needs days since last order" in with_shoes.choose("method", "lifecycle").problems[0]
    assert not with_shoes.go("Data").choose("role.date", "order_date").go("Segments").problems


@pytest.mark.parametrize("way", CHOICES["returns"].ways)
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
    assert visitor.figures["Profit"] == "60"
    visitor.go("Data").write("choice.margin", None).go("Segments")
    assert "Profit" not in visitor.figures


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
    assert with_shoes.go("Segments").figures["Revenue"] == "€14.3m"


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
    visitor.open("aside")
    assert list(visitor.table("Rows set aside")["reason"]) == ["a total of the rows above, not a row of its own"]
    assert "3 customers" in answer(visitor)


def test_rows_the_roll_up_does_not_use_stand_beside_those_the_reader_set_aside(visitor: Visitor) -> None:
    visitor.upload(LINES).choose("choice.returns", "drop")
    assert "5 rows = 3 used + 2 set aside" in answer(visitor)
    shown = visitor.open("aside").table("Rows set aside")
    assert shown[["line", "reason", "amount"]].to_numpy().tolist() == [[4, "a return", -20.0], [6, "no customer", 5.0]]
    visitor.choose("choice.returns", "net").choose("choice.blanks", "one")
    assert "5 rows, all used" in answer(visitor)


def test_a_row_of_a_wide_file_that_names_nobody_is_counted_and_shown(visitor: Visitor) -> None:
    visitor.upload("customer,2026-01,2026-02,2026-03\nA,1,2,3\n,4,5,6\nB,0,0,0\n", "wide.csv")
    assert "3 rows = 2 used + 1 set aside" in answer(visitor)
    assert visitor.open("aside").table("Rows set aside")["line"].tolist() == [3]


DIRTY = """client,email,day,order,amount,currency
7,a@x.al,2026-01-05,1,100,EUR
7,a@x.al,2026-01-05,1,100,EUR
8,b@x.al,2026-02-05,2,50,EUR
9,c@x.al,2026-03-05,3,0,EUR
9,c@x.al,2026-03-06,4,-10,EUR
8,b@x.al,2026-03-07,5,70,USD
"""


def find(visitor: Visitor, name: str) -> str:
    """The key of the radio of a finding."""
    return next(str(one.key) for one in visitor.at.radio if str(one.key).startswith("finding") and name in str(one.key))


def pick(visitor: Visitor, name: str, label: str) -> Visitor:
    radio = visitor.at.radio(key=find(visitor, name))
    radio.set_value([unescaped(option) for option in radio.options].index(label))
    return visitor.look()


def test_each_finding_is_a_card_with_its_effect_and_the_choice_changes_the_customers(visitor: Visitor) -> None:
    visitor.upload(DIRTY).open("findings")
    assert "1 line repeats another in every column." in visitor.words
    assert "counted too often" in visitor.words
    assert "revenue 240" in answer(visitor)
    pick(visitor, "duplicate_rows", "Count each only once")
    assert visitor.study.duplicates == "drop"
    assert "revenue 140" in answer(visitor)
    pick(visitor, "duplicate_rows", "Keep them all")
    assert "revenue 240" in answer(visitor)


def test_the_rows_behind_a_finding_are_shown(visitor: Visitor) -> None:
    visitor.upload(DIRTY).open("findings")
    key = find(visitor, "duplicate_rows").replace("finding", "rows")
    shown = visitor.open(key).table("Rows behind the finding")
    assert shown[["client", "amount"]].to_dict("list") == {"client": ["7"], "amount": [100]}


def test_masked_columns_are_codes_in_every_table_and_raw_lines_are_hidden(visitor: Visitor) -> None:
    visitor.upload(DIRTY).open("findings").open("decisions")
    assert any("a@x.al" in code.value for code in visitor.at.code)
    pick(visitor, "personal_data", "Mask them on screen")
    assert visitor.study.masked == ["email"]
    shown = visitor.table("The first rows of the file")["email"]
    assert shown.nunique() == 3
    assert not shown.str.contains("@").any()
    assert not visitor.at.code
    listed = visitor.go("Segments").choose("listed", "A").table("Customers of A")
    texts = listed.astype("str").to_numpy().ravel()
    assert not any("@" in str(text) for text in texts)
    visitor.go("Data").open("findings")
    pick(visitor, "personal_data", "Show them")
    assert "a@x.al" in set(visitor.table("The first rows of the file")["email"])


def test_two_visitors_with_one_file_mask_for_themselves(visitor: Visitor) -> None:
    other = Visitor().upload(DIRTY)
    pick(visitor.upload(DIRTY).open("findings"), "personal_data", "Mask them on screen")
    assert "a@x.al" in set(other.look().table("The first rows of the file")["email"])


def test_amounts_in_two_currencies_are_added_up_at_the_rates_given(visitor: Visitor) -> None:
    visitor.upload(DIRTY)
    assert "revenue 240" in answer(visitor)
    visitor.write("rate.EUR", 1.0).write("rate.USD", 0.5)
    assert visitor.study.rates == {"EUR": 1.0, "USD": 0.5}
    assert "revenue 275" in answer(visitor)
    visitor.write("rate.USD", None).write("rate.EUR", None)
    assert "revenue 240" in answer(visitor)


def test_a_currency_spelled_in_several_ways_is_asked_for_once(visitor: Visitor) -> None:
    visitor.upload(DIRTY.replace("100,EUR", "100,eur").replace("50,EUR", "50,€"))
    assert [str(one.key) for one in visitor.at.number_input if str(one.key).startswith("rate.")] == [
        "rate.EUR",
        "rate.USD",
    ]
    visitor.write("rate.EUR", 1.0).write("rate.USD", 0.5)
    assert "revenue 275" in answer(visitor)


def test_every_decision_of_reading_can_be_changed_beside_the_raw_lines(visitor: Visitor) -> None:
    text = "Report of May\n\nclient;day;amount\n7;05.01.2026;1,5\n8;06.01.2026;2,5\nTotal;;4,0\n"
    visitor.upload(text).open("decisions")
    assert visitor.at.code[0].value.splitlines()[0] == "Report of May"
    assert visitor.table("What became of the lines")["amount"].tolist() == [1.5, 2.5]
    visitor.choose("read.totals", "keep")
    assert visitor.study.reading == {"totals": "keep"}
    assert len(visitor.table("What became of the lines")) == 3
    visitor.choose("read.totals", "").choose("read.dates.day", "mdy")
    assert visitor.study.reading == {"dates": "day=mdy"}
    assert visitor.table("What became of the lines")["day"].dt.month.tolist() == [5, 6]
    visitor.at.text_input(key="read.header").set_value("none")
    visitor.look()
    assert visitor.study.reading == {"dates": "day=mdy", "header": "none"}


def test_a_column_is_kept_letter_by_letter(visitor: Visitor) -> None:
    visitor.upload("client,amount,shelf\nA,5,1\nB,6,2\n").open("decisions")
    visitor.at.multiselect(key="read.text").set_value(["shelf"])
    visitor.look()
    assert visitor.study.reading == {"text": "shelf"}
    assert visitor.table("What became of the lines")["shelf"].tolist() == ["1", "2"]


def test_the_sheets_of_a_workbook_are_asked_about_and_stay_to_choose_from(visitor: Visitor) -> None:
    visitor.upload(book(May=3, June=5), "book.xlsx")
    asked = next(one for one in visitor.at.radio if one.key == "ask 0 sheet")
    assert "5 rows" in answer(visitor)
    asked.set_value("May")
    assert "3 rows" in answer(visitor.look())
    visitor.open("decisions").choose("read.sheet", "June")
    assert "5 rows" in answer(visitor)
    assert visitor.at.code[0].value.splitlines()[0] == "client | amount"


def book(**sheets: int) -> bytes:
    """A workbook with sheets of so many rows."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        sheet.append(["client", "amount"])
        for i in range(rows):
            sheet.append([f"C{i}", i + 0.5])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_rows_and_cells_left_out_are_counted_so_that_rows_in_are_used_and_set_aside(visitor: Visitor) -> None:
    text = (
        "customer,date,revenue\n1,2026-01-01,5\n2,2026-01-02,six\n3,2026-01-03,7\n4,2026-01-04,8,9,10\n5,2026-01-05,1\n"
    )
    visitor.upload(text + "".join(f"{i},2026-01-05,2\n" for i in range(6, 60)) + "Total,,129\n")
    table = visitor.at.session_state["table"]
    assert f"{table.report.rows_in} rows = {table.report.rows_used} used + {len(table.set_aside)} set aside" in answer(
        visitor
    )
    visitor.open("aside")
    assert len(visitor.table("Rows set aside")) == len(table.set_aside) > 0
    assert "six" in set(visitor.table("Cells not read as written")["text"])


def test_a_suggested_role_is_taken_with_one_click(visitor: Visitor) -> None:
    visitor.upload("client,day,worth\nA,2026-01-01,5\nB,2026-01-02,6\n")
    suggested = next(button for button in visitor.at.button if str(button.key).startswith("suggest.revenue"))
    assert "worth" in suggested.label
    suggested.click()
    assert "revenue 11" in answer(visitor.look())


def test_a_clean_file_gives_a_short_page(visitor: Visitor) -> None:
    visitor.upload("customer,date,revenue,profit\n" + "".join(f"{i},2026-01-{i:02d},5,1\n" for i in range(1, 31)))
    assert not visitor.problems
    assert not visitor.at.warning
    assert not visitor.at.radio
    assert len(visitor.at.dataframe) == 1
    assert "30 rows, all used" in answer(visitor)


def test_a_file_read_once_is_not_read_again_on_a_rerun(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor.upload(LINES)
    for name in ("audit.questions.audit", "study.Study.read", "columns.match.match", "columns.match.roles"):
        monkeypatch.setattr(f"segmentation.{name}", lambda *_, **__: pytest.fail("worked out again"))
    assert "2 customers" in answer(visitor.look())


def test_templates_can_be_taken_and_say_what_each_method_needs(visitor: Visitor) -> None:
    visitor.open("templates")
    assert [box.label for box in visitor.at.get("download_button")][-2:] == ["Download .csv", "Download .xlsx"]
    needs = visitor.table("What each method needs").set_index("Method")
    assert {method.title for method in METHODS.values()} == set(needs.index)


@pytest.mark.parametrize("group", ["csv-spectrum", "duckdb", "frictionless", "variants_northwind"])
def test_no_messy_file_breaks_the_page(visitor: Visitor, shared: Path, group: str) -> None:
    for path in sorted((shared / "messy" / group).iterdir()):
        if path.suffix != ".json":
            visitor.upload(path.read_bytes(), path.name)
            assert all(map(says_what_to_do, visitor.problems)), (path.name, visitor.problems)
            assert path.name.split(".")[0] in "\n".join(
                [*visitor.words.split("\n"), *visitor.problems, *infos(visitor)]
            ).replace("\\", "")


def infos(visitor: Visitor) -> list[str]:
    return [unescaped(box.value) for box in visitor.at.info]


def test_real_shop_lines_are_counted_to_the_last_row(visitor: Visitor, shared: Path) -> None:
    content = (shared / "online_retail" / "online_retail_2010-12_to_2011-03.csv.gz").read_bytes()
    visitor.upload(content, "retail.csv.gz")
    said = re.search(r"142,083 rows = ([\d,]+) used \+ ([\d,]+) set aside, 2,189 customers", answer(visitor))
    assert said
    assert sum(int(number.replace(",", "")) for number in said.groups()) == 142_083
    assert "The largest part set aside: 45,136 rows without a customer (32% of the file)" in visitor.words


def test_a_file_without_money_says_so_before_the_segments_are_asked(visitor: Visitor) -> None:
    visitor.upload("customer,visits\nAlma,5\nBora,7\n")
    assert any("No revenue or profit is known yet" in said.value for said in visitor.at.info)
    visitor.sample()
    assert not visitor.at.info


STATUSES = "client,day,order,amount,status\nA,2026-01-05,1,100,Paid\nA,2026-02-05,2,50,Unpaid\nB,2026-02-10,3,20,Paid\n"


def test_which_statuses_are_sales_is_chosen_in_one_place(visitor: Visitor) -> None:
    visitor.upload(STATUSES)
    assert "revenue 120" in answer(visitor)
    box = visitor.at.multiselect(key="counts.sale.status")
    assert (box.options, box.value) == (["Paid", "Unpaid"], ["Paid"])
    box.set_value(["Paid", "Unpaid"])
    assert "revenue 170" in answer(visitor.look())
    visitor.at.multiselect(key="counts.return.status").set_value(["Unpaid"])
    assert "revenue 70" in answer(visitor.look())
    visitor.at.multiselect(key="counts.return.status").set_value([])
    assert "revenue 120" in answer(visitor.look())


def test_several_columns_of_amounts_are_added_up_with_one_click_and_taken_away_again(visitor: Visitor) -> None:
    rows = "".join(f"c{i},{100 + 7 * i},{30 + i},{i}\n" for i in range(1, 30))
    visitor.upload(f"client,MntWines,MntFruits,MntFish\n{rows}").press("suggest.revenue")
    box = visitor.at.multiselect(key="role.revenue.parts")
    assert box.value == ["MntWines", "MntFruits", "MntFish"] and "revenue 7.68k" in answer(visitor)
    box.set_value(["MntWines"])
    assert visitor.look().at.selectbox(key="role.revenue").value == "MntWines"
    visitor.choose("role.revenue", "\0several").at.multiselect(key="role.revenue.parts").set_value(
        ["MntWines", "MntFish"]
    )
    assert "revenue 6.38k" in answer(visitor.look())


def test_money_is_shown_in_the_file_s_currency_until_another_is_chosen_where_it_stands(visitor: Visitor) -> None:
    visitor.upload("client;day;sales\nA;2026-01-05;1.200,50 €\nB;2026-02-05;7,00 €\n")
    assert "revenue €1.21k" in answer(visitor)
    visitor.choose("currency here", "$")
    assert "revenue $1.21k" in answer(visitor)
    assert "revenue $1.21k" in answer(visitor.go("Segments").go("Data"))


def test_a_group_set_aside_is_counted_with_one_click_and_undone_with_another(visitor: Visitor) -> None:
    visitor.upload(STATUSES).open("findings")
    radio = visitor.at.radio(key=find(visitor, "no_sales"))
    assert radio.options == ["Set aside", "Count as sales"] and radio.value == 0
    radio.set_value(1)
    assert "revenue 170" in answer(visitor.look())
    visitor.at.radio(key=find(visitor, "no_sales")).set_value(0)
    assert "revenue 120" in answer(visitor.look())


PRICED = "client,day,quantity,price\nA,2026-01-05,3,10\nB,2026-02-10,2,20\n"


def test_a_price_of_nobody_knows_what_is_asked_about_and_one_click_takes_it_as_the_line_s(visitor: Visitor) -> None:
    visitor.upload(PRICED).open("findings")
    assert "revenue 70" in answer(visitor) and "Revenue is “quantity” × “price”." in visitor.words
    visitor.at.radio(key=find(visitor, "unit_price")).set_value(1)
    assert "revenue 30" in answer(visitor.look())
