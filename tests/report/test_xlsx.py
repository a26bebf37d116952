"""The workbook: what it says is what the app says, nothing in it is a formula, and no name breaks it."""

import io
import re
import zipfile

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation import Study
from segmentation.analysis.action.plays import FIELDS
from segmentation.analysis.summary import summarise
from segmentation.report import Findings, Listing, format_of, xlsx
from segmentation.report.lists import by_segment
from segmentation.report.words import facts, unmarked
from segmentation.report.xlsx import ABOUT, FIRST, sheet_names
from tests import hostile
from tests.places import SAMPLES

SHOES = SAMPLES / "shoe_maker_orders.csv"
write = format_of("xlsx").write


@pytest.fixture(scope="module")
def findings():
    return Findings.of(Study(method="rfm"), [SHOES])


@pytest.fixture(scope="module")
def content(findings):
    return write(findings)


def parts(content: bytes) -> dict[str, str]:
    """What the file is made of, but for pictures."""
    with zipfile.ZipFile(io.BytesIO(content)) as held:
        return {name: held.read(name).decode() for name in held.namelist()}


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def formulas(content: bytes) -> int:
    sheets = [text for name, text in parts(content).items() if name.startswith("xl/worksheets/")]
    assert sheets
    return sum(len(re.findall(r"<f[\s>/]", text)) for text in sheets)


def test_a_sheet_a_segment_holds_its_customers_as_the_list_has_them(findings, content):
    book = opened(content)
    segments = by_segment(findings.segmentation, findings.lists["customer_list"])
    assert book.sheetnames == [FIRST, *segments, ABOUT]
    assert sum(map(len, segments.values())) == len(findings.customers)
    for name, frame in segments.items():
        heading, *rows = book[name].iter_rows(values_only=True)
        assert list(heading) == list(frame) and len(rows) == len(frame)
        for row, (_, wanted) in zip(rows, frame.iterrows(), strict=True):
            for found, one in zip(row, wanted, strict=True):
                if pd.isna(one):
                    assert found is None
                else:
                    assert found == one and isinstance(found, str) == isinstance(one, str)


def test_the_first_sheet_says_the_answer_and_its_numbers_are_those_of_the_summary(findings, content):
    first = opened(content)[FIRST]
    assert first.cell(1, 1).value == unmarked(facts(findings.study, findings.segmentation)[1])
    summary = summarise(findings.segmentation)
    below = {
        cell.value: [row[0].value for row in first.iter_rows(4, 3 + len(summary), at, at)]
        for at, cell in enumerate(first[3], 1)
    }
    assert below["Segment"] == list(summary["segment"])
    for heading, column in {
        "Customers": "customers",
        "Profit": "profit",
        "Share of revenue": "share_of_revenue",
        "Potential per customer": "potential_each",
    }.items():
        np.testing.assert_allclose(np.array(below[heading], float), summary[column].to_numpy(float), rtol=1e-15)


def test_the_charts_are_the_program_s_own_and_stand_on_the_cells(findings, content):
    charts = "".join(text for name, text in parts(content).items() if name.startswith("xl/charts/"))
    assert charts.count("<c:barChart>") == 1 and charts.count("<c:bubbleChart>") == 1
    assert charts.count("<c:bubbleSize>") == (summarise(findings.segmentation)["customers"] > 0).sum()
    columns, bubbles = opened(content)[FIRST]._charts
    assert columns.x_axis.tickLblPos == "low", "no name lies on a column below zero"
    assert [one.val.numRef.f for one in columns.series] == [f"{FIRST}!${letter}$4:${letter}$14" for letter in "CEH"]
    first, summary = opened(content)[FIRST], summarise(findings.segmentation).set_index("segment")
    for one in bubbles.series:
        places = [one.tx.strRef.f, one.xVal.numRef.f, one.yVal.numRef.f, one.bubbleSize.numRef.f]
        name, *numbers = (first[place.split("!")[1].replace("$", "")].value for place in places)
        wanted = summary.loc[name, ["profit_each", "potential_each", "revenue"]].tolist()
        np.testing.assert_allclose(numbers, wanted, rtol=1e-15)


def test_it_prints_as_pages_with_the_headings_on_each_and_every_line_has_room(content):
    first, *lists, about = opened(content).worksheets
    assert first.sheet_properties.pageSetUpPr.fitToPage and about.sheet_properties.pageSetUpPr.fitToPage
    assert {one.page_setup.orientation for one in (first, *lists, about)} == {"landscape"}
    assert {one.print_title_rows for one in lists} == {"$1:$1"} and {one.print_title_cols for one in lists} == {"$A:$A"}
    said = {row: about.cell(row, 1).value for row in range(1, about.max_row + 1)}
    assert all((about.row_dimensions[row].height or 15) >= 15 * len(text) / 95 for row, text in said.items())


def test_what_is_said_in_words_is_read_whole_on_one_page_s_width():
    lost = {field: "word " * 60 for field in FIELDS if field not in ("aim", "until")}
    pin = {"customer": "00970", "method": "rfm", "segment": "Lost", "reason": "why", "day": "2026-01-01"}
    study = Study(method="rfm", playbook={"rfm": {"Lost": lost}}, pins=[pin])
    study.keep_finding("lifecycle", {})
    study.write(0, note="one\n\ntwo\n\n" + "字" * 90)
    made = opened(write(Findings.of(study, [SHOES])))
    headings = {cell.value: below for cell, below in zip(made[xlsx.PINNED][1], made[xlsx.PINNED][2], strict=True)}
    assert headings["Average there"].number_format == "#,##0", "money is shown as such"
    for sheet in (made[xlsx.KEPT], made[xlsx.DONE]):
        across = sum(sheet.column_dimensions[cell.column_letter].width for cell in sheet[1])
        assert across <= 250, "on paper its letters are no smaller than half of their size"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.print_title_rows == "$1:$1"
        cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row if isinstance(cell.value, str)]
        assert max(cell.value.count("\n") for cell in cells) or max(len(cell.value) for cell in cells) > 200
        for cell in cells:
            wide = next(one.width for one in sheet.column_dimensions.values() if one.min <= cell.column <= one.max)
            need = sum(max(len(line) * (1 + ("字" in line)) / wide, 1) for line in cell.value.split("\n"))
            assert cell.alignment.wrap_text and (sheet.row_dimensions[cell.row].height or 15) >= 15 * int(need), (
                cell.value
            )


def test_without_a_potential_there_is_one_chart():
    found = Findings.of(Study(columns={"potential": "", "profit": ""}), [SHOES])
    del found.customers.frame["potential"]
    assert len(opened(write(found))[FIRST]._charts) == 1


def test_nothing_is_a_formula_or_a_link(content):
    assert formulas(content) == 0
    assert "hyperlink" not in "".join(parts(content).values())


@pytest.mark.parametrize("method", ["attribute", "abc_classes"])
def test_texts_of_a_file_stay_texts(method, tmp_path):
    (tmp_path / "x.csv").write_bytes(hostile.table())
    text = (tmp_path / "x.csv").read_text().replace("[a](javascript", "=cmd|'/c calc'!A0(javascript")
    (tmp_path / "x.csv").write_text(text)
    content = write(Findings.of(Study(method=method), [tmp_path / "x.csv"]))
    assert formulas(content) == 0
    cells = [cell for sheet in opened(content) for row in sheet.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert any("=cmd|" in str(cell.value) for cell in cells)


def test_the_same_findings_are_the_same_bytes_whenever_they_are_written(findings, content):
    assert write(Findings.of(Study(method="rfm"), [SHOES])) == content
    with zipfile.ZipFile(io.BytesIO(content)) as held:
        assert {one.date_time for one in held.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "1980-01-01T00:00:00Z" in held.read("docProps/core.xml").decode()


def test_a_table_by_itself_is_a_sheet_with_what_is_missing_left_empty():
    frame = pd.DataFrame(
        {
            "a": [1.5, np.nan, np.inf],
            "b": ["x", None, " <&>_x0041_\x01\r"],
            "c": [True, False, True],
            "d": pd.to_datetime(["2026-02-28", None, "1990-01-01"]),
        },
        index=pd.Index(["007", "8", "9"], name="customer_id"),
    )
    [sheet] = opened(write(Listing(frame, "labels")))
    assert sheet.title == "labels"
    rows = [*sheet.iter_rows(values_only=True)]
    assert rows[0] == ("customer_id", "a", "b", "c", "d")
    assert rows[1][:4] == ("007", 1.5, "x", True) and rows[1][4].isoformat() == "2026-02-28T00:00:00"
    assert rows[2] == ("8", None, None, False, None)
    assert rows[3][1] is None and rows[3][2] == " <&>_x005F_x0041__x0001__x000D_"


def test_days_and_amounts_are_shown_as_such(findings, content):
    for one in (opened(content)["Champions"], opened(content)["Lost"]):
        below = dict(zip([cell.value for cell in one[1]], one[2], strict=True))
        assert below["Days since last order"].number_format == "#,##0", "whole numbers have no point"
        assert below["Revenue"].number_format == "#,##0.00", "but those have that are not whole on another sheet"
        stands = {cell.value: cell.alignment.horizontal for cell in one[1]}
        assert {stands[name] for name in ("Orders", "Last order", "Revenue")} == {"right"}, "above their numbers"
        assert stands["Segment"] != "right"
    sheet = opened(content)["Champions"]
    shown = {cell.value: below.number_format for cell, below in zip(sheet[1], sheet[2], strict=True)}
    assert (shown["Last order"], shown["Profit"], shown["Orders"]) == ("yyyy-mm-dd", "#,##0.00", "General")
    assert sheet["A1"].font.bold and sheet.freeze_panes == "A2"


def test_rows_are_put_together_a_block_at_a_time(monkeypatch):
    """However many there are, so many stand in memory as text."""
    blocks, rows = [], xlsx._rows
    monkeypatch.setattr(xlsx, "BLOCK", 10)
    monkeypatch.setattr(xlsx, "_rows", lambda frame, styles: blocks.append(len(frame)) or rows(frame, styles))
    [sheet] = opened(write(Listing(pd.DataFrame({"a": range(95)}), "list")))
    assert blocks == [10] * 9 + [5] and [cell.value for cell in sheet["A"]] == ["a", *range(95)]


def test_more_rows_than_a_sheet_holds_go_on_another(monkeypatch):
    monkeypatch.setattr("segmentation.report.xlsx.ROWS", 2)
    book = opened(write(Listing(pd.DataFrame({"a": range(5)}), "list")))
    assert book.sheetnames == ["list", "list (2)", "list (3)"]
    assert [cell.value for sheet in book for cell in sheet["A"]] == ["a", 0, 1, "a", 2, 3, "a", 4]


SIGNS = st.text(st.sampled_from("[]:*?/\\' Aaßẞ\x01\n😀я()2"), max_size=40) | st.sampled_from(
    ["History", FIRST, ABOUT, ""]
)


@given(st.lists(SIGNS, max_size=8))
def test_names_of_sheets_are_such_as_a_workbook_may_have(names):
    made = sheet_names(names, (FIRST,))
    assert len(made) == len(names) and len({one.casefold() for one in (*made, FIRST)}) == len(made) + 1
    for one in made:
        assert 0 < len(one.encode("utf-16-le")) // 2 <= 31 and not set(one) & set("[]:*?/\\\x01\n")
        assert one.strip("'") == one and one.casefold() != "history"


def test_a_column_of_a_list_is_wide_enough_for_its_heading_and_for_the_names_in_it():
    long = "Chaussures Acornlatch et Fils, Gdynia"
    frame = pd.DataFrame(
        {"customer": ["A", long], "Variation of revenue per month": [0.5, 1.5], "note": ["x" * 900, None]}
    )
    held = openpyxl.load_workbook(io.BytesIO(xlsx.sheets({"List": frame})))["List"].column_dimensions
    assert held["A"].width > len(long) and held["B"].width > len("Variation of revenue per month")
    assert held["C"].width < 100, "one long note does not push everything off the screen"
