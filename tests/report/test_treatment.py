"""What was decided for each segment goes into every report, and its dates into a calendar."""

import io
import json
import re
from dataclasses import replace

import openpyxl
import pytest
from pptx import Presentation

from segmentation import Study
from segmentation.analysis.action.playbook import Entry
from segmentation.analysis.groups.shifted import remembered
from segmentation.analysis.thresholds.drifted import cutting
from segmentation.report import Findings, format_of
from segmentation.report.folder import write
from segmentation.report.ics import calendar
from tests.places import SAMPLES

SHOES = SAMPLES / "shoe_maker_orders.csv"
HOSTILE = '=1+1 <script>x</script> **bold** ![](http://x.y/z)\nBEGIN:VEVENT;"'


@pytest.fixture(scope="module")
def findings():
    study = Study()
    study.decide({"C": {"aim": "serve cheaply", "terms": HOSTILE, "until": "2026-12-31"}, "D": {"owner": "Ann"}})
    return Findings.of(study, [SHOES])


def test_without_a_decision_no_report_speaks_of_a_playbook(tmp_path):
    found = Findings.of(Study(), [SHOES])
    assert "What we do differently" not in found.words and "playbook" not in found.tables
    assert write(Study(), [SHOES], tmp_path, ["ics"]) == []


def test_every_row_stands_in_the_words_and_what_is_proposed_or_gone_is_marked(findings):
    words = findings.words
    assert "## What we do differently" in words and "Serve cheaply" in words
    assert "A** (proposed) · 73 customers" in words and "D** · nobody here now · Owner: Ann" in words
    assert "<script>" not in words and "![](http" not in words


def test_it_stands_in_html_slides_workbook_script_and_table(findings, tmp_path):
    page = format_of("html").write(findings).decode()
    assert "What we do differently" in page and "&lt;script&gt;" in page and "<script>" not in page
    slides = Presentation(io.BytesIO(format_of("pptx").write(findings)))
    shown = [shape.text_frame.text for slide in slides.slides for shape in slide.shapes if shape.has_text_frame]
    assert any(text == "What we do differently" for text in shown) and any("=1+1" in text for text in shown)
    sheet = openpyxl.load_workbook(io.BytesIO(format_of("xlsx").write(findings)))["Playbook"]
    heading, *rows = sheet.iter_rows(values_only=True)
    assert heading[:3] == ("Segment", "Customers", "Aim") and [row[0] for row in rows] == ["A", "B", "C", "D"]
    assert rows[2][6].startswith("'=1+1") and rows[3][1] is None
    assert "What is done differently" in format_of("py").write(findings).decode()
    table = format_of("csv").write(findings.only("playbook")).decode()
    assert table.startswith("segment,customers,aim,owner") and "'=1+1" in table


@pytest.fixture(scope="module")
def kept():
    """A report of RFM, whose notebook keeps ABC with a row, a pin and a scenario, and a method that cannot be run."""
    study = Study()
    study.decide({"C": {"terms": HOSTILE, "until": "2026-12-31"}})
    study.move_lever("abc_classes", "=Terms", "C", serve=-0.5)
    customers = Findings.of(study, [SHOES]).customers
    study.pin(customers, [str(customers.frame.index[0])], "A", "=Ann knows them", "2026-06-01")
    study.keep_finding("abc_classes", {"a": 0.7})
    study.keep_finding("ages", {})
    study.write(0, title="=Kept <b>", note="=Call **them** <b>first</b>")
    study.choose("ages")
    study.decide({"Young": {"until": "2027-01-31"}})
    study.choose("rfm")
    return Findings.of(study, [SHOES])


def slides_of(findings):
    show = Presentation(io.BytesIO(format_of("pptx").write(findings)))
    return [" ".join(shape.text_frame.text for shape in one.shapes if shape.has_text_frame) for one in show.slides]


SAYS = {
    "html": lambda one: format_of("html").write(one).decode(),
    "md": lambda one: format_of("md").write(one).decode(),
    "ipynb": lambda one: "".join(
        "".join(cell["source"])
        for cell in json.loads(format_of("ipynb").write(one))["cells"]
        if cell["cell_type"] == "markdown"
    ),
    "pptx": lambda one: "\n".join(slides_of(one)),
    "xlsx": lambda one: "\n".join(
        str(cell)
        for row in openpyxl.load_workbook(io.BytesIO(format_of("xlsx").write(one)))["Notebook"].iter_rows(
            values_only=True
        )
        for cell in row
    ),
    "csv": lambda one: "\n".join(format_of("csv").write(one.only(f"kept_{name}")).decode() for name in DECIDED),
}
DECIDED = ("playbook", "exceptions", "scenarios")


@pytest.mark.parametrize("suffix", SAYS)
def test_a_finding_that_was_kept_brings_its_rows_pins_and_scenarios_into_every_format(kept, suffix):
    said = SAYS[suffix](kept)
    for word in ("=1+1", "Ann knows them", "Terms", *(("Call", "first") if suffix != "csv" else ())):
        assert word in said.replace("\\", ""), word
    assert "<script>" not in said or suffix in ("pptx", "xlsx", "csv"), "there it is but letters"


def test_the_dates_of_what_was_kept_are_in_the_calendar_and_what_the_report_tells_is_not_told_twice(kept):
    assert kept.files("calendar") and b"ABC\\, C: what was decided" in format_of("ics").write(kept)
    study = replace(
        kept.study, method="abc_classes", thresholds={"abc_classes": {"a": 0.7}}, cells=kept.study.cells[:1]
    )
    same = Findings(study, kept.table)
    assert same.words.count("Ann knows them") == 1 and not [name for name in same.tables if name.startswith("kept")]


def test_what_is_done_is_told_once_where_two_findings_are_of_the_same_segments(kept):
    twice = Findings(replace(kept.study, cells=[kept.study.cells[0]] * 2), kept.table)
    assert twice.words.count("Ann knows them") == 1
    assert twice.tables["kept_playbook"].equals(kept.tables["kept_playbook"])


def test_a_kept_method_that_cannot_be_run_here_has_no_row_and_no_date(kept):
    rows = kept.tables["kept_playbook"]
    assert rows["cell"].dtype == "int64" and set(rows["method"]) == {"abc_classes"}
    study = replace(kept.study, cells=kept.study.cells[1:])
    lacking = Findings(study, kept.table)
    assert list(lacking.tables["kept_playbook"])[:2] == ["cell", "method"] and not lacking.files("calendar")


def test_pinned_customers_stand_in_the_workbook_with_their_reason():
    study = Study()
    findings = Findings.of(study, [SHOES])
    who = findings.segmentation.labels().loc[lambda one: one == "C"].index[0]
    study.pin(findings.customers, [who], "A", "=Ann knows them", "2026-06-01")
    pinned = Findings.of(study, [SHOES])
    book = openpyxl.load_workbook(io.BytesIO(format_of("xlsx").write(pinned)))
    heading, row = book["Exceptions"].iter_rows(values_only=True)
    assert heading == (
        *("Customer", "Pinned to", "By the rule", "Because", "Since", "Who was right?"),
        *("Profit now", "Profit then", "Average there"),
    )
    assert row[:5] == (who, "A", "C", "'=Ann knows them", "2026-06-01") and row[6] == row[7]
    assert (
        "Exceptions"
        not in openpyxl.load_workbook(io.BytesIO(format_of("xlsx").write(findings.of(Study(), [SHOES])))).sheetnames
    )


def test_a_workbook_of_a_segment_called_playbook_has_both():
    study = Study(method="attribute")
    study.decide({"Playbook": {"aim": "keep"}})
    found = Findings.of(study, [SHOES])
    book = openpyxl.load_workbook(io.BytesIO(format_of("xlsx").write(found)))
    assert len({name.casefold() for name in book.sheetnames}) == len(book.sheetnames)


def test_the_calendar_has_a_day_for_each_date_and_no_text_can_add_another(findings):
    text = format_of("ics").write(findings).decode()
    assert text.count("\r\nBEGIN:VEVENT") == 1 == text.count("\r\nEND:VEVENT")
    assert "\r\nDTSTART;VALUE=DATE:20261231\r\n" in text and "\r\nDTEND;VALUE=DATE:20270101\r\n" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    whole = text.replace("\r\n ", "")
    assert r"\nBEGIN:VEVENT\;" in whole and "SUMMARY:ABC\\, C: Serve cheaply until today" in whole
    assert format_of("ics").write(findings).decode() == text


def test_letters_of_several_bytes_are_not_torn_and_the_last_day_of_all_has_an_end():
    row = dict.fromkeys(("aim", "owner", "decision", "consumption", "terms", "budget", "measure"), "")
    one = Entry("Клиенты 客户 " * 9, {**row, "until": "9999-12-31", "owner": "\x00\ud800"}, True)
    text = calendar([("Größe", [one])]).decode("utf-8")
    assert re.sub(r"\r\n ", "", text).count("Клиенты 客户") == 9 and "\x00" not in text
    assert "DTEND;VALUE=DATE:99991231" in text


def test_whom_sales_pinned_stands_in_the_words_and_in_a_table_of_its_own(tmp_path):
    study = Study()
    customers = Findings.of(study, [SHOES]).customers
    one = str(customers.frame.index[0])
    study.file = SHOES.name
    study.pin(customers, [one], "A", "signed *a* contract", "2026-06-30")
    found = Findings.of(study, [SHOES])
    assert f"**{one}** is pinned to A since 2026-06-30: signed" in found.words
    assert "1 customer stands where sales put it" in found.words
    assert "exceptions.csv" in write(study, [SHOES], tmp_path, ["csv"])
    assert (tmp_path / "exceptions.csv").read_text().splitlines()[0].startswith("customer_id,segment,rule,reason,day")
    assert found.tables["labels"]["segment"][one] == "A"


def test_what_became_of_remembered_segments_stands_in_every_report():
    then = Study(as_of="2026-03-31")
    found = Findings.of(then, [SHOES])
    study = Study()
    cuts = dict.fromkeys(cutting(study.chosen, study.values(), found.segmentation), 0.9)
    study.remember_personas("abc_classes", "<b>*last*</b>.csv", "2026-03-31", remembered(found.segmentation), cuts)
    now = Findings.of(study, [SHOES])
    assert now.words.count("no longer cuts where it did") == len(cuts) == 2
    assert "## What changed" in now.words and r" \(was " in now.words and "there then and now" in now.words
    page = format_of("html").write(now).decode()
    assert "<h2>What changed</h2><p>Since &lt;b&gt;*last*&lt;/b&gt;.csv · 31 Mar 2026:</p>" in page and " (was " in page
    slides = Presentation(io.BytesIO(format_of("pptx").write(now)))
    shown = [shape.text_frame.text for slide in slides.slides for shape in slide.shapes if shape.has_text_frame]
    assert "What changed" in shown and any("there then and now" in text for text in shown)
    about = openpyxl.load_workbook(io.BytesIO(format_of("xlsx").write(now)))["How it was found"]
    assert any("there then and now" in row[0] for row in about.iter_rows(values_only=True))
    assert "What changed" not in Findings.of(Study(), [SHOES]).words


def test_of_the_same_file_and_day_nothing_changed():
    study = Study()
    study.remember_personas("abc_classes", SHOES.name, "2026-06-30", {})
    assert "What changed" not in Findings.of(study, [SHOES]).words


def test_what_was_decided_until_a_day_that_has_passed_is_asked_about():
    study = Study()
    study.decide({"A": {"aim": "keep", "measure": "<b>Repeat</b> orders.", "until": "2026-06-30"}})
    study.decide({"B": {"aim": "keep", "until": "2026-07-01"}})
    page = format_of("html").write(Findings.of(study, [SHOES])).decode()
    assert "A was decided until 30 Jun 2026: did it work? Its measure: &lt;b&gt;Repeat&lt;/b&gt; orders." in page
    assert "B was decided until" not in page
