"""What is kept becomes a cell that can be told, compared, opened and replayed."""

import json
import re
from collections.abc import Iterable

import numpy as np
import pytest
import segno

from pages.app import link
from segmentation import METHODS, Customers, Problem, Study, formats
from segmentation.analysis.action import scenario
from segmentation.analysis.groups.shifted import moves
from segmentation.audit import mask
from segmentation.report.note import markdown
from segmentation.study.notebook import MOST
from tests.pages.visitor import Visitor
from tests.small import customers


@pytest.fixture
def with_cells(with_shoes: Visitor) -> Visitor:
    """ABC as it begins, then with another A."""
    visitor = with_shoes.go("Segments").press("keep").move("abc_classes.a", (70, 95)).press("keep")
    return visitor.go("Notebook")


def test_what_was_kept_already_is_not_kept_twice_and_where_it_stands_is_said(with_shoes: Visitor) -> None:
    visitor = with_shoes.go("Segments").press("keep").move("abc_classes.a", (70, 95)).press("keep")
    visitor.move("abc_classes.a", (80, 95)).press("keep")  # as it began, though by hand
    assert len(visitor.study.cells) == 2
    assert [one.value for one in visitor.at.toast] == [
        "You have kept this already: it is the 1st cell of the notebook."
    ]
    visitor.at.session_state["study"] = Study.from_json(visitor.study.to_json())  # as it comes back after a reload
    visitor.move("abc_classes.a", (70, 95)).press("keep")
    assert len(visitor.study.cells) == 2
    visitor.move("abc_classes.a", (60, 95)).press("keep")
    assert len(visitor.study.cells) == 3


def test_an_empty_notebook_says_what_will_stand_there(with_shoes: Visitor) -> None:
    assert "Nothing is kept yet" in with_shoes.go("Notebook").words


def test_a_cell_says_what_the_library_finds_at_its_settings(with_cells: Visitor, shoes: Customers) -> None:
    for at, a in enumerate((0.8, 0.7)):
        made = METHODS["abc_classes"](shoes, a=a)
        frame = with_cells.table(f"Segments of {at + 1}. {METHODS['abc_classes'].question}")
        assert dict(zip(frame["segment"], frame["customers"], strict=True)) == dict(
            zip(made.names, made.counts.tolist(), strict=False)
        )
    assert "70%" in with_cells.words


def test_cells_are_annotated_moved_deleted_and_brought_back(with_cells: Visitor) -> None:
    with_cells.at.text_area(key="note 0").set_value("**Not** <b>markup</b>")
    with_cells.look()
    assert with_cells.study.cells[0]["note"] == "**Not** <b>markup</b>"
    assert markdown("**Not** <b>markup</b>") in [one.value for one in with_cells.at.markdown]
    with_cells.at.text_input(key="title 1").set_value("A bit smaller")
    with_cells.look().press("up 1")
    assert [cell["title"] for cell in with_cells.study.cells] == ["A bit smaller", ""]
    with_cells.press("delete 0")
    assert len(with_cells.study.cells) == 1
    assert [cell["title"] for cell in with_cells.press("undo").study.cells] == ["A bit smaller", ""]


def test_a_cell_says_what_the_scenarios_and_the_playbook_of_its_method_do(
    with_cells: Visitor, shoes: Customers
) -> None:
    study = with_cells.study
    study.move_lever("abc_classes", "Terms for C", "C", serve=-0.2)
    study.decide({"C": {"owner": "Ann Shaw"}})
    study.choose("portfolio")  # another is looked at meanwhile
    made = METHODS["abc_classes"](shoes, a=0.7)
    after = scenario.together(scenario.Ground(made), {"C": {"serve": -0.2}}).after
    words = with_cells.look().words
    assert f"Terms for C: Profit would be {formats.compact(after)} instead of" in words and "Owner: Ann Shaw" in words


def pictures(visitor: Visitor) -> list[bytes]:
    """What is drawn, as the browser gets it."""
    return [chart.proto.SerializeToString() for chart in visitor.at.get("vega_lite_chart")]


def test_pictures_follow_who_is_pinned(with_cells: Visitor, shoes: Customers) -> None:
    before = pictures(with_cells)
    some = METHODS["abc_classes"](shoes).labels()
    with_cells.study.pin(shoes, some.index[some == "C"][:9].tolist(), "A", "Promised", "2026-06-30")
    after = pictures(with_cells.look())
    assert len(before) == len(after) and all(one != other for one, other in zip(before, after, strict=True))


def test_pictures_call_customers_as_they_may_be_seen_by_each_visitor(visitor: Visitor, shoes: Customers) -> None:
    """Who holds the same file shares what was drawn of it, but neither names that are masked nor codes."""
    first, second = (one.sample().go("Segments").press("keep").go("Notebook") for one in (visitor, Visitor()))
    names = [f" · {name}" for name in shoes.titles(shoes.called)]

    def called(one: Visitor, texts: Iterable[str | None]) -> bool:
        return any(str(text).encode() in drawn for drawn in pictures(one) for text in texts)

    assert called(first, names) and called(second, names), "the test looks where the names are"
    for one in (first, second):
        one.study.masked = ["customer"]  # as the file calls their names
        assert not called(one.look(), names)
        one.study.masked = ["customer_id"]
        assert not called(one.look(), names)
    codes = [mask(shoes.frame.index, one.at.session_state["secret"]) for one in (first, second)]
    assert [[called(one, held) for held in codes] for one in (first, second)] == [[True, False], [False, True]]


def test_two_cells_are_compared(with_cells: Visitor, shoes: Customers) -> None:
    one, other = (METHODS["abc_classes"](shoes, a=a) for a in (0.8, 0.7))
    frame = with_cells.table("What differs between the two")
    change = dict(zip(frame["segment"], frame["customers_change"], strict=True))
    assert change == {
        name: after - before
        for name, before, after in zip(one.names, one.counts.tolist(), other.counts.tolist(), strict=False)
    }
    assert "stand in another segment" in with_cells.words


def test_a_cell_is_opened_where_it_came_from(with_cells: Visitor) -> None:
    with_cells.press("open 0")
    assert with_cells.study.values()["a"] == 0.8 and "notebook" not in with_cells.title.lower()


def test_before_an_audience_one_cell_stands_and_its_thresholds_live(with_cells: Visitor) -> None:
    with_cells.press("present")
    assert len(with_cells.at.title) == 1 and "1 of 2" in with_cells.words
    assert with_cells.at.columns[0].slider  # beside the pictures, which else were below the screen
    with_cells.move("abc_classes.a", (60, 95))
    assert with_cells.study.values()["a"] == 0.6 and with_cells.study.cells[0]["thresholds"] == {}
    assert "2 of 2" in with_cells.press("next").words
    assert "What differs" in "".join(one.value for one in with_cells.press("end").at.header)


def test_customers_are_hidden_from_an_audience_unless_they_may_be_seen(with_cells: Visitor, shoes: Customers) -> None:
    def seen() -> bool:
        drawn = "".join(str(chart.proto) for chart in with_cells.at.get("vega_lite_chart"))
        return any(f'"{number} · ' in drawn or f"{number} \\302\\267 " in drawn for number in shoes.frame.index[:20])

    assert seen()
    with_cells.press("present")
    assert not seen()
    with_cells.at.toggle(key="audience").set_value(False)
    with_cells.look()
    assert seen()
    with_cells.press("end").press("present")
    assert not seen()


def test_who_leaves_an_audience_by_the_way_back_of_the_browser_hides_nothing_from_others(with_cells: Visitor) -> None:
    def names(page: str, part: str) -> list[str]:
        return [str(one[0]) for one in with_cells.go(page).picture("plane")[part]]

    with_cells.press("present")
    pages = {"Segments": "cloud", "Portfolio": "bubbles"}
    for page, part in pages.items():
        with_cells.at.session_state["audience"] = True  # as it is in the first answer of the next page
        names(page, part)
    for page, part in pages.items():
        with_cells.at.session_state["audience"] = False
        assert any(" · " in name for name in names(page, part)), f"codes were kept where all look: {page}"


def test_phones_are_shown_the_way_where_they_can_reach_the_app(
    with_cells: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def code() -> list[str]:
        return [one.proto.body for one in with_cells.at.get("html") if "as a code" in one.proto.body]

    assert "Only this machine reaches the app" in with_cells.press("present").words and not code()
    monkeypatch.setattr(link, "ALONE", ())
    with_cells.press("next")
    drawn = segno.make_qr(f"?settings={link.written(with_cells.study)}", error="L")
    assert len(code()) == 1 and drawn.svg_data_uri(dark="#000", light="#fff", omitsize=True) in code()[0]
    assert "without your data" not in with_cells.words, "a sample is shown at once"
    with_cells.study.file = "mine.csv"
    assert "they ask for mine.csv first" in with_cells.look().words
    monkeypatch.setattr(link, "SEEN", 10)
    assert "too long for a code" in with_cells.press("back").words


def test_next_month_each_cell_says_what_changed(visitor: Visitor) -> None:
    month = "customer,day,amount\n" + "".join(f"c{i},2026-0{{m}}-{i:02},{{a}}\n" for i in range(1, 21))
    visitor.upload(month.format(m=4, a=10), "april.csv").go("Segments").press("keep")
    assert "Since it was kept" not in visitor.go("Notebook").words
    visitor.go("Data").open("other files").upload(month.format(m=5, a=20).replace("c20,2026-05-20,20\n", ""), "may.csv")
    said = visitor.go("Notebook").words
    assert "Since it was kept on april.csv" in said and "A 16 (was 16), 320 revenue (was 160)" in said


def test_next_month_each_cell_tells_who_moved_where_the_file_still_holds_the_sales_of_then(visitor: Visitor) -> None:
    def sale(who: int, month: int, amount: int) -> str:
        return f"c{who:02},2026-0{month}-{who:02},{amount}\n"

    april = "customer,day,amount\n" + "".join(sale(who, 4, 100 if who < 5 else 10) for who in range(1, 21))
    visitor.upload(april, "april.csv").go("Segments").press("keep").move("abc_classes.a", (70, 95)).press("keep")
    visitor.go("Notebook")
    assert not [one for one in visitor.at.toggle if "who moved" in str(one.key)], "nothing was kept on another day"
    may = april + sale(20, 5, 900) + "c21,2026-05-21,5\n"
    visitor.go("Data").open("other files").upload(may, "may.csv").go("Notebook")
    assert "came since" not in visitor.words
    for at in range(2):
        visitor.at.toggle(key=f"who moved {at}").set_value(True)
    visitor.look()
    now = visitor.at.session_state["customers"]
    for cell, said in zip(
        visitor.study.cells, re.findall(r"Of 20 customers there then and now, (\d+)", visitor.words), strict=True
    ):
        method = METHODS[cell["method"]]
        then = Customers.build(visitor.at.session_state["table"], as_of=cell["day"])
        before, after = (method(one, **cell["thresholds"]).labels() for one in (then, now))
        assert int(said) == int((before.astype("str") != after.reindex(before.index).astype("str")).sum()) > 0
    assert visitor.words.count("1 came since") == 2
    names = [one.proto.alt for one in visitor.at.dataframe]
    assert len(names) == len({*names}), "a reader tells the tables of two findings apart"


def test_where_this_months_file_says_nothing_of_then_last_months_is_brought_to_say_who_moved(visitor: Visitor) -> None:
    head = "customer,day,amount\n"
    april = head + "".join(f"c{who:02},2026-04-{who:02},{100 if who < 5 else 10}\n" for who in range(1, 21))
    june = head + "".join(f"c{who:02},2026-06-{who:02},{100 if who > 17 else 10}\n" for who in range(1, 22))
    visitor.upload(april, "april.csv").go("Segments").press("keep").go("Notebook")
    zones = [one.key for one in visitor.at.file_uploader]
    assert "last month's file" not in zones, "nothing was kept on other customers"
    visitor.go("Data").open("other files").upload(june, "june.csv").go("Notebook")
    assert not [one for one in visitor.at.toggle if "who moved" in str(one.key)]
    visitor.upload("colour\nred\n", "odd.csv", key="last month's file")
    visitor.at.toggle(key="who moved 0").set_value(True)
    assert visitor.look().problems, "what cannot be used is said, and the page stands"
    visitor.press("without last month").upload(april, "april.csv", key="last month's file")
    visitor.at.toggle(key="who moved 0").set_value(True)
    visitor.look()
    before, after = (
        METHODS["abc_classes"](Customers.build(Study().read(one.encode(), name="x.csv"))) for one in (april, june)
    )
    found = moves(before, after)
    assert found.sentence("april.csv") in visitor.words and len(found.people) > 0 < found.new
    assert visitor.at.session_state["study"].file == "june.csv" and len(visitor.at.session_state["customers"]) == 21
    assert "more only in this file" not in visitor.press("without last month").words
    both = june + "".join(f"c{who:02},2026-04-{who:02},10\n" for who in range(1, 11))
    visitor.go("Data").open("other files").upload(both, "both.csv").go("Notebook")
    visitor.at.toggle(key="who moved 0").set_value(True)
    assert "10 of the 20 customers of that time have no sale from then in this file" in visitor.look().words
    assert "last month's file" in [one.key for one in visitor.at.file_uploader], "it tells of them too"


def test_a_finding_kept_by_the_first_column_is_of_that_column_on_every_file(visitor: Visitor) -> None:
    rows = [
        f"c{at},2026-04-{at % 28 + 1:02},{at},{'north' if at % 3 else 'south'},{'x' if at % 2 else 'y'}"
        for at in range(40)
    ]
    visitor.upload("\n".join(["customer,day,amount,area,kind", *rows])).go("Segments").choose(
        "method", "attribute"
    ).press("keep")
    (cell,) = visitor.study.cells
    assert cell["thresholds"]["column"] == "area" and "Column “area”" in visitor.go("Notebook").words
    later = "\n".join(["customer,day,amount,kind", *(one.replace(",north", "").replace(",south", "") for one in rows)])
    visitor.go("Data").open("other files").upload(later).press("use aside")
    assert any("Finding 1" in said and "area" in said for said in visitor.problems), "what cannot be found is not told"
    visitor.go("Notebook")
    assert any("area" in said for said in visitor.problems), "nothing is told of another column under its name"


def test_next_month_a_finding_is_kept_anew_with_what_was_written_beside_it(visitor: Visitor) -> None:
    month = "customer,day,amount\n" + "".join(f"c{i},2026-0{{m}}-{i:02},{{a}}\n" for i in range(1, 21))
    visitor.upload(month.format(m=4, a=10), "april.csv").go("Segments").press("keep").go("Notebook")
    visitor.study.write(0, note="Told to sales")
    assert not [one for one in visitor.at.button if one.key == "renew 0"], "nothing is otherwise yet"
    for name, amount in (("may.csv", 20), ("june.csv", 30)):
        visitor.go("Data").open("other files").upload(month.format(m=5, a=amount), name).go("Notebook")
        assert "Since it was kept" in visitor.words
        assert "Since it was kept" not in visitor.press("renew 0").words
        (cell,) = visitor.study.cells
        assert (cell["file"], cell["note"], cell["found"]["A"]) == (name, "Told to sales", [16, 16.0 * amount])
    assert "Since it was kept on may.csv" in visitor.press("undo").words
    assert "A finding was kept anew" in str([one.label for one in visitor.press("redo").open("history").at.button])


def test_a_cell_that_the_file_cannot_feed_says_so_and_the_others_stand(with_cells: Visitor) -> None:
    with_cells.at.session_state["study"].cells = [
        {"method": "response", "thresholds": {}, "found": {}, "title": "", "note": "", "file": ""},
        *with_cells.study.cells,
    ]
    with_cells.look()
    assert with_cells.problems and len(with_cells.at.dataframe) >= 2


def test_the_notebook_goes_with_the_study_and_is_checked() -> None:
    study = Study()
    study.keep_finding("abc_classes", {"a": 0.7})
    assert Study.from_json(study.to_json()).cells == study.cells
    for wrong in ([{}], [{"method": "nothing"}], [{"method": "rfm", "note": 3}], [{"method": "rfm", "more": 1}], "x"):
        with pytest.raises(Problem):
            Study(cells=wrong).check()
    for _ in range(MOST - 1):
        study.keep_finding("abc_classes", {})
    with pytest.raises(Problem, match="delete one"):
        study.keep_finding("abc_classes", {})


def test_the_two_that_are_compared_are_those_that_are_named_also_after_a_move(with_cells: Visitor) -> None:
    with_cells.at.text_input(key="title 1").set_value("A *bit* smaller")
    with_cells.look().press("up 1")
    one, other = (with_cells.at.selectbox(key=f"compare {which}") for which in ("one", "other"))
    assert (one.value, other.value) == ("1. A *bit* smaller", f"2. {METHODS['abc_classes'].question}")
    frame = with_cells.table("What differs between the two")
    smaller, usual = (cell["found"]["A"][0] for cell in with_cells.study.cells)
    assert frame["customers"].iloc[0] == smaller < usual == frame["customers_other"].iloc[0]


def test_the_words_of_many_segments_have_a_line_each(with_shoes: Visitor) -> None:
    visitor = with_shoes.go("Segments").choose("method", "abc_xyz").press("keep").go("Notebook")
    drawn = json.loads(visitor.at.get("vega_lite_chart")[-1].proto.spec)
    assert drawn["height"] >= 9 * 3 * 14


def test_what_a_forgotten_method_found_goes_with_it_and_the_study_can_still_be_read() -> None:
    study, recipe = Study(), {"primitive": "edges", "column": "revenue", "cuts": [10.0], "names": ["A", "B"]}
    study.keep("mine", recipe)
    study.keep_finding("mine", {"cuts": (5.0,)})
    study.keep_finding("abc_classes", {})
    study.keep("mine", {**recipe, "cuts": [10.0, 20.0], "names": ["A", "B", "C"]})
    assert Study.from_json(study.to_json()).cells[0]["thresholds"] == {}
    study.drop("mine")
    assert [cell["method"] for cell in Study.from_json(study.to_json()).cells] == ["abc_classes"]


def test_settings_that_are_loaded_say_which_findings_the_file_cannot_make(visitor: Visitor) -> None:
    head, rows = "customer,day,amount,{}\n", "".join(f"c{at},2026-04-{at + 1:02},{at},north\n" for at in range(20))
    study = Study()
    study.keep_finding("abc_classes", {})
    study.keep_finding("attribute", {"column": "area"})
    visitor.upload(head.format("region") + rows).upload(study.to_json(), "study.json", key="study_file")
    (said,) = visitor.problems
    assert said.startswith("Finding 2, “What does your file say") and "needs the column “area”" in said
    assert not visitor.upload(Study().to_json(), "other.json", key="study_file").problems


def test_findings_ranked_by_money_that_a_file_does_not_hold_are_listed_too() -> None:
    study = Study()
    study.keep_finding("abc_classes", {})
    study.keep_finding("abc_classes", {"value": "orders"})
    study.keep_finding("vip", {})
    orders = np.arange(1.0, 21)
    first, last = study.unfit(customers(orders=orders))
    assert first.startswith("Finding 1, “Who brings the money?”: There is no number column “Revenue”")
    assert last.startswith("Finding 3")
    assert not study.unfit(customers(orders=orders, revenue=orders))


def test_tables_of_two_findings_are_told_apart_by_a_reader(with_cells: Visitor) -> None:
    names = [one.proto.alt for one in with_cells.at.dataframe]
    assert len(names) == len(set(names)) > 1


def test_the_segments_page_says_where_last_months_file_is_brought(visitor: Visitor) -> None:
    month = "customer,day,amount\n" + "".join(f"c{i},2026-0{{m}}-{i:02},{{a}}\n" for i in range(1, 21))
    visitor.upload(month.format(m=4, a=10), "april.csv").go("Segments").press("keep").open("personas")
    visitor.press("remember personas").go("Data").open("other files").upload(month.format(m=6, a=20), "june.csv")
    links = visitor.go("Segments").open("personas").at.get("page_link")
    assert [one for one in links if "last month's file" in one.proto.label and one.proto.page == "notebook"]
    visitor.go("Notebook").upload(month.format(m=4, a=10), "april.csv", key="last month's file")
    visitor.go("Segments").open("personas").at.toggle(key="who moved").set_value(True)
    assert "Of 20 customers in april.csv and in this file" in visitor.look().words
