"""Several files at once: how they belong together is found, said, counted, and can be changed on the page."""

from pathlib import Path

import numpy as np
import openpyxl
import pytest

from segmentation import Study, formats, read
from segmentation.joining.linkage import duplicates, groups
from tests.pages.visitor import Visitor, unescaped

ORDERS = "order,client,day\n1,C7,2026-01-05\n2,C8,2026-02-05\n3,C9,2026-03-05\n"
LINES = "order,goods,amount\n1,pen,10\n1,ink,5\n2,pen,7\n3,ink,8\n9,pen,2\n"
CLIENTS = "client,town\nC7,Rome\nC8,Oslo\nC9,Bern\nC5,Riga\n"
OTHERS = ["Zamir", "Kleopatra", "Oswald", "Thibault", "Guinevere", "Xhemal", "Ricardo", "Yolanda", "Fjolla", "Quentin"]
SHOP = {"orders.csv": ORDERS, "lines.csv": LINES, "clients.csv": CLIENTS}
AREAS = {
    "orders.csv": "order,client,area,day,amount\n"
    + "".join(f"{i},C{i % 4},A{i % 3},2026-01-0{i},5\n" for i in range(1, 9)),
    "clients.csv": "client,area\n" + "".join(f"C{i},A{i % 3}\n" for i in range(5)),
    "areas.csv": "area,region\nA0,North\nA1,South\nA2,East\n",
}
WEB = "customer number,full name,email\nW1,Anna Berisha,anna@x.al\nW2,Bora Hoxha,bora@x.al\nW3,Cuka Prifti,cuka@x.al\n"
TILL = (
    "customer number,full name,email,day,amount\n51,Berisha Anna,anna@x.al,2026-01-05,10\n"
    "52,Bora Hoxha,bora@x.al,2026-01-06,20\n51,Berisha Anna,anna@x.al,2026-02-05,5\n"
)


def answer(visitor: Visitor) -> str:
    return unescaped(visitor.at.success[0].value)


def told(visitor: Visitor) -> list[str]:
    return [unescaped(box.value) for box in visitor.at.info]


def test_three_files_dropped_at_once_are_joined_said_and_nothing_is_doubled(visitor: Visitor) -> None:
    visitor.drop(SHOP)
    assert "4 customers" in answer(visitor)
    assert "revenue 30" in answer(visitor)
    assert "revenue is 32.00 before and after" in visitor.words
    assert "4 of 5 rows of lines have their “order” in orders" in visitor.words
    labels = [box.label for box in visitor.at.expander]
    assert "3 files: 2 joins found; are they right?" in labels
    assert "Not matched, and kept: 1 row of lines, 1 row of clients" in visitor.words


def test_a_join_that_could_as_well_go_by_another_table_is_asked_and_changed_with_one_click(visitor: Visitor) -> None:
    visitor.drop(AREAS)
    asked = "areas can be joined by “area” of clients or “area” of orders, as well by one as by the other"
    assert visitor.words.count(asked) == 1
    visitor.press("join instead 0 0")
    assert {(one["table"], one["to"]) for one in visitor.study.joins} == {
        ("orders.csv", "areas.csv"),
        ("orders.csv", "clients.csv"),
    }
    assert asked not in visitor.words and "5 customers" in answer(visitor)


def test_the_line_above_the_page_names_the_files_that_are_joined_now(visitor: Visitor) -> None:
    def above() -> str:
        return next(unescaped(said.value) for said in visitor.at.caption if "Segment Lab" in said.value)

    visitor.drop(SHOP)
    assert "clients.csv + lines.csv + orders.csv" in above()
    visitor.open("change joins").press("join 1 away")
    assert "lines.csv + orders.csv" in above() and "clients.csv" not in above()
    assert "clients.csv is left out" in visitor.words
    assert any("1 file left out" in box.label for box in visitor.at.expander)


def test_joins_said_to_be_right_are_kept_in_the_study(visitor: Visitor) -> None:
    visitor.drop(SHOP).press("confirm joins")
    assert [(one["table"], one["to"]) for one in visitor.study.joins] == [
        ("lines.csv", "orders.csv"),
        ("orders.csv", "clients.csv"),
    ]
    again = Study.from_json(visitor.study.to_json())
    tables = [read(text.encode(), name=name) for name, text in SHOP.items()]
    assert len(again.customers(again.join(tables))) == 4


def test_what_did_not_match_is_listed_on_both_sides(visitor: Visitor) -> None:
    visitor.drop(SHOP).open("change joins")
    assert visitor.table("Not matched: missing").to_dict("list") == {"value": ["9"], "rows": [1]}
    assert visitor.table("Not matched: unused")["client"].tolist() == ["C5"]


def test_a_join_is_taken_away_and_made_again_by_hand(visitor: Visitor) -> None:
    visitor.drop(SHOP).open("change joins").press("join 1 away")
    assert "3 customers" in answer(visitor)
    assert [one["to"] for one in visitor.study.joins] == ["orders.csv"]
    visitor.choose("join 1 from", ("orders.csv", "client")).choose("join 1 to", ("clients.csv", "client"))
    visitor.press("join so")
    assert "4 customers" in answer(visitor)


def test_a_join_that_cannot_be_is_a_sentence_and_the_former_one_stays(visitor: Visitor) -> None:
    visitor.drop(SHOP).open("change joins").choose("join 0 to", ("lines.csv", "goods"))
    assert len(visitor.problems) == 1
    assert "4 customers" in answer(visitor)


def test_a_file_brought_later_comes_beside_those_in_hand(visitor: Visitor) -> None:
    visitor.drop({name: SHOP[name] for name in ("orders.csv", "lines.csv")})
    assert "3 customers" in answer(visitor)
    visitor.at.session_state["beside"] = "Beside what is here"
    visitor.drop({"clients.csv": CLIENTS})
    assert "4 customers" in answer(visitor)


def test_files_that_share_nothing_are_not_joined_and_the_one_with_sales_is_used(visitor: Visitor) -> None:
    visitor.drop({"web.csv": WEB, "till.csv": "guest no,day,amount\n51,2026-01-05,15\n52,2026-01-06,20\n"})
    assert "2 files, not joined yet" in [box.label for box in visitor.at.expander]
    assert "revenue 35" in answer(visitor)


def test_one_of_two_files_that_is_no_table_leaves_what_was_there(with_shoes: Visitor) -> None:
    with_shoes.drop({"good.csv": LINES, "bad.csv": b"\x89PNG\r\n\x1a\n" + bytes(100)})
    assert "bad.csv" in with_shoes.problems[0]
    assert "319 customers" in answer(with_shoes)


def test_a_question_about_one_of_two_files_is_answered_for_that_file_alone(visitor: Visitor) -> None:
    doubtful = "order,client,day\n1,C7,01/02/2026\n2,C8,03/02/2026\n3,C9,05/02/2026\n"
    visitor.drop({"orders.csv": doubtful, "lines.csv": LINES})
    asked = next(one for one in visitor.at.radio if str(one.key).startswith("ask"))
    assert unescaped(asked.label).startswith('orders.csv: In "day"')
    asked.set_value("mdy")
    visitor.look()
    assert visitor.study.files == {"orders.csv": {"dates": "day=mdy"}}
    assert "from 2 Jan 2026" in answer(visitor)


def test_the_five_tables_of_a_real_shop_come_to_its_known_orders_accounts_and_revenue(
    visitor: Visitor, shared: Path
) -> None:
    names = ("customers", "orders", "order_details", "products", "categories")
    visitor.drop({f"{name}.csv": (shared / "northwind" / f"{name}.csv").read_bytes() for name in names})
    assert "91 customers" in answer(visitor)
    assert "revenue is 1,265,793.04 before and after" in visitor.words
    customers = visitor.at.session_state["customers"]
    assert customers.frame["orders"].sum() == 830
    assert customers.total("revenue") == pytest.approx(1_265_793.04, abs=0.005)


def test_customers_who_look_the_same_are_shown_as_pairs_and_counted_as_one_when_confirmed(visitor: Visitor) -> None:
    rows = ["customer number,full name,email,revenue", "1,Anna Berisha,anna@x.al,10", "2,Berisha Anna,anna@x.al,5"]
    rows += [f"{i},{name},{name.lower()}@{name[::-1].lower()}.al,1" for i, name in enumerate(OTHERS, 3)]
    visitor.upload("\n".join(rows)).open("alike").press("compare")
    assert "1 pair from this score on" in visitor.words
    before = answer(visitor)
    visitor.press("apply pairs")
    assert visitor.study.same == {"2": "1"}
    assert before != answer(visitor)
    assert f"{len(OTHERS) + 1} customers" in answer(visitor)
    assert f"{len(OTHERS) + 2} customers" in answer(visitor.press("undo pairs"))


def test_a_list_of_people_with_typos_gives_the_pairs_the_library_finds(visitor: Visitor, shared: Path) -> None:
    content = (shared / "febrl" / "dataset1.csv").read_bytes()
    visitor.upload(content, "dataset1.csv").choose("role.customer", "rec_id").open("alike").press("compare")
    people = read(content, name="dataset1.csv").frame().set_index("rec_id")
    expected = duplicates(people)
    assert f"{formats.count(len(expected))} pairs from this score on" in visitor.words
    visitor.press("apply pairs")
    assert visitor.study.same == {a: b for a, b in groups(expected).items() if a != b}


def test_two_files_without_a_shared_number_are_joined_by_the_names_in_them(visitor: Visitor) -> None:
    visitor.drop(
        {
            "web.csv": WEB.replace("email", "mail").replace("@x.al", "@y.al"),
            "till.csv": TILL,
        }
    )
    visitor.open("alike").choose("alike.left", "till.csv").choose("alike.right", "web.csv").press("compare")
    assert "2 pairs from this score on" in visitor.words
    visitor.press("apply pairs")
    assert not visitor.problems
    mapping = next(name for name in visitor.at.session_state["study"].file.split(" + ") if "=" in name)
    assert mapping == "till = web.csv"
    assert "3 customers" in answer(visitor)
    assert np.isclose(visitor.at.session_state["customers"].total("revenue"), 35)


DOUBTFUL = "order,client,day,amount\n1,C7,0{m}/02/2026,5\n2,C8,0{m}/03/2026,6\n3,C9,0{m}/05/2026,7\n"


def test_next_months_file_is_read_and_counted_as_this_months_was_and_can_be_decided_anew(visitor: Visitor) -> None:
    visitor.upload(DOUBTFUL.format(m=4), "orders_april.csv").choose("choice.returns", "drop")
    visitor.choose("role.order", "")
    asked = next(one for one in visitor.at.radio if str(one.key).startswith("ask"))
    asked.set_value("mdy")
    assert "to 5 Apr 2026" in answer(visitor.look())
    visitor.open("other files").upload(DOUBTFUL.format(m=5), "orders_may.csv")
    assert "to 5 May 2026" in answer(visitor)
    assert (visitor.study.returns, visitor.study.columns["order"]) == ("drop", "")
    assert any("holds for this one too" in said.value for said in visitor.at.info)
    visitor.press("start afresh")
    assert (visitor.study.returns, visitor.study.columns) == ("net", {})
    assert not any("holds for this one too" in said.value for said in visitor.at.info)


def test_what_was_decided_can_be_used_on_a_file_of_other_columns_and_what_is_gone_is_listed(visitor: Visitor) -> None:
    visitor.upload(DOUBTFUL.format(m=4), "orders.csv").choose("choice.returns", "drop")
    visitor.study.columns = {"order": "order"}
    visitor.go("Segments").press("keep").go("Data")
    visitor.open("other files").upload("client,day,amount\nA,2026-01-02,5\nB,2026-01-03,9\n", "orders.csv")
    assert "other columns than the one before" in visitor.words
    assert (visitor.study.returns, visitor.study.cells) == ("net", [])
    visitor.press("use aside")
    assert visitor.study.returns == "drop" and len(visitor.study.cells) == 1 and "order" not in visitor.study.columns
    assert any("does not have (order)" in said for said in visitor.problems)
    assert "other columns than the one before" not in visitor.words


def test_settings_may_be_dropped_with_the_data_they_are_for_or_alone(visitor: Visitor) -> None:
    saved = Study(returns="drop", reading={"dates": "mdy"}).to_json()
    visitor.drop({"orders.csv": DOUBTFUL.format(m=4), "mine.json": saved})
    assert "to 5 Apr 2026" in answer(visitor) and visitor.study.returns == "drop"
    assert any("The settings of mine.json are in use" in said for said in told(visitor))
    visitor.open("other files").upload(Study(returns="net").to_json(), "other.json")
    assert visitor.study.returns == "net"
    assert any("The settings of other.json are in use" in said for said in told(visitor))
    assert len(visitor.at.session_state["sources"]) == 1, "the data stay"
    visitor.open("other files").at.session_state["beside"] = "Beside what is here"
    visitor.drop({"more.csv": DOUBTFUL.format(m=5), "mine.json": saved})
    assert [one.name for one in visitor.at.session_state["sources"]] == ["orders.csv", "more.csv"]


def test_settings_dropped_before_any_data_wait_for_them(visitor: Visitor) -> None:
    visitor.drop({"mine.json": Study(returns="drop", reading={"dates": "mdy"}).to_json()})
    assert any("mine.json are in use" in said and "Now bring the file" in said for said in told(visitor))
    visitor.upload(DOUBTFUL.format(m=4), "orders.csv")
    assert "to 5 Apr 2026" in answer(visitor) and visitor.study.returns == "drop"
    assert told(visitor) == ["The settings you brought are used for this file."]


@pytest.mark.parametrize(
    "files", [{"rows.json": "[1]"}, {"a.json": "{", "b.json": "{"}, {"rows.json": "[1]", "o.csv": "client,amount\nA,1"}]
)
def test_a_json_file_that_holds_no_settings_is_told_what_it_was_taken_for_and_what_was_here_stays(
    visitor: Visitor, files: dict[str, str]
) -> None:
    visitor.upload(DOUBTFUL.format(m=4), "orders.csv").open("other files").drop(files)
    assert any("settings" in said and ".json" in said for said in visitor.problems)
    assert [one.name for one in visitor.at.session_state["sources"]] == ["orders.csv"]


def test_a_file_of_other_columns_begins_anew(visitor: Visitor) -> None:
    visitor.upload(DOUBTFUL.format(m=4), "orders.csv").choose("choice.returns", "drop")
    visitor.open("other files").upload("client,day,amount\nA,2026-01-02,5\n", "orders.csv")
    assert visitor.study.returns == "net" and not visitor.at.info


def test_a_study_loaded_before_any_file_holds_for_the_file_that_comes(visitor: Visitor) -> None:
    visitor.at.session_state["study"] = Study(returns="drop", reading={"dates": "mdy"})
    visitor.look().upload(DOUBTFUL.format(m=4), "orders.csv")
    assert "to 5 Apr 2026" in answer(visitor)
    assert visitor.study.returns == "drop"


def test_a_study_loaded_before_any_file_that_does_not_fit_is_said_and_the_file_opens(visitor: Visitor) -> None:
    visitor.at.session_state["study"] = Study(reading={"text": "no such column"})
    visitor.look().upload(DOUBTFUL.format(m=4), "orders.csv")
    assert "do not fit these files" in visitor.problems[0] and "no such column" in visitor.problems[0]
    assert "3 customers" in answer(visitor) and visitor.study.reading == {}


def test_two_files_of_one_name_are_two_files_and_each_keeps_its_decisions(visitor: Visitor) -> None:
    visitor.upload(DOUBTFUL.format(m=4), "orders.csv").open("other files")
    visitor.at.session_state["beside"] = "Beside what is here"
    visitor.look().upload(DOUBTFUL.format(m=5), "orders.csv")
    asked = [one for one in visitor.at.radio if str(one.key).startswith("ask")]
    assert [unescaped(one.label).split(":")[0] for one in asked] == ["orders.csv", "orders (2).csv"]
    asked[1].set_value("mdy")
    visitor.look()
    assert visitor.study.files == {"orders (2).csv": {"dates": "day=mdy"}}


def test_decisions_about_one_file_stay_with_it_when_another_comes_beside_it(visitor: Visitor) -> None:
    visitor.upload("client;day;amount\nA;05.01.2026;1.500\nB;06.01.2026;2.750\n", "sales.csv").open("decisions")
    visitor.choose("read.decimal", ".").open("other files")
    visitor.at.session_state["beside"] = "Beside what is here"
    visitor.look().upload("client;limit\nA;1,250\nB;3,500\n", "limits.csv")
    assert visitor.study.files == {"sales.csv": {"decimal": "."}} and visitor.study.reading == {}


def test_another_sheet_is_joined_with_one_click_and_replays_with_the_book_given_twice(
    visitor: Visitor, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    orders, people = book.active, book.create_sheet("People")
    orders.title = "Orders"
    for row in (["order", "client", "day", "amount"], *([i, f"C{i % 3}", f"2026-01-{i:02d}", 5] for i in range(1, 9))):
        orders.append(row)
    for row in (["client", "town"], ["C0", "Rome"], ["C1", "Oslo"], ["C2", "Bern"]):
        people.append(row)
    book.save(tmp_path / "shop.xlsx")
    content = (tmp_path / "shop.xlsx").read_bytes()
    visitor.upload(content, "shop.xlsx").press("beside 0")
    assert visitor.study.files == {"shop (2).xlsx": {"sheet": "People"}}
    assert "3 customers" in answer(visitor) and "revenue 40" in answer(visitor)
    visitor.press("beside 0")
    assert visitor.problems == ["Every part of shop.xlsx is in hand already."]
    study = Study.from_json(visitor.study.to_json())
    again = study.customers(study.table([tmp_path / "shop.xlsx", tmp_path / "shop.xlsx"]))
    assert again.frame["town"].tolist() == ["Rome", "Oslo", "Bern"]
