"""The slides: an answer each, charts that can be edited, nothing over anything else, and no formula behind a chart."""

import io
import re
import zipfile
from itertools import combinations

import numpy as np
import openpyxl
import pytest
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE

from segmentation import METHODS, Study
from segmentation.analysis import pareto
from segmentation.analysis.summary import summarise
from segmentation.report import Findings, figures, format_of, plane, pptx
from segmentation.report.answers import answers, method_of
from segmentation.report.pptx import SIZES, fitting, lines
from segmentation.report.words import runs
from tests import hostile
from tests.places import SAMPLES

SHOES = SAMPLES / "shoe_maker_orders.csv"
LONG = "a kind that somebody described at length " * 6
write = format_of("pptx").write


@pytest.fixture(scope="module")
def findings():
    return Findings.of(Study(method="rfm"), [SHOES])


@pytest.fixture(scope="module")
def content(findings):
    return write(findings)


def slides(content):
    return [*Presentation(io.BytesIO(content)).slides]


def charts(content):
    return [shape.chart for slide in slides(content) for shape in slide.shapes if shape.has_chart]


def books(content: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as held:
        return [held.read(name) for name in held.namelist() if name.startswith("ppt/embeddings/")]


def formulas(content: bytes) -> int:
    found = 0
    for book in books(content):
        with zipfile.ZipFile(io.BytesIO(book)) as held:
            sheets = [held.read(name).decode() for name in held.namelist() if name.startswith("xl/worksheets/")]
            found += sum(len(re.findall(r"<f[\s>/]|<hyperlink", sheet)) for sheet in sheets)
    return found


def said(sentence):
    return "".join(text for text, _ in runs(sentence))


def test_each_answer_is_the_title_of_a_slide_with_its_chart(findings, content):
    found = answers(findings)
    assert [one.picture for one in found] == ["sizes", "cuts", "edges", "pareto", "whale", "bubbles"]
    for one, slide in zip(found, slides(content), strict=False):
        assert slide.shapes.title.text_frame.text == said(one.sentence)
    (bubbles,) = [slide for one, slide in zip(found, slides(content), strict=False) if one.picture == "bubbles"]
    assert "as large as its revenue" in [*bubbles.shapes][2].text_frame.text, "what a bubble is"
    kinds = [chart.chart_type for chart in charts(content)]
    lined = XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS
    assert kinds == [XL_CHART_TYPE.COLUMN_CLUSTERED, lined, lined, XL_CHART_TYPE.BUBBLE]


def test_all_sentences_of_the_report_stand_on_a_slide(findings, content):
    texts = [shape.text_frame.text for slide in slides(content) for shape in slide.shapes if shape.has_text_frame]
    assert {*map(said, method_of(findings, answers(findings)))} <= {*texts}
    assert not [text for text in texts if "**" in text or "\\" in text]


def test_the_charts_draw_the_numbers_of_the_app(findings, content):
    columns, curve, whale, bubbles = (chart.plots[0] for chart in charts(content))
    summary = summarise(findings.segmentation)
    assert [*columns.categories] == list(summary["segment"])
    wanted = [summary[f"share_of_{name}"].tolist() for name in ("customers", "revenue", "profit")]
    assert [[*series.values] for series in columns.series] == wanted
    drawn = pareto.curve(findings.customers, "revenue")["share_of_total"]
    np.testing.assert_array_equal([*curve.series[0].values], drawn)
    peak = pareto.whale(findings.customers)
    assert max(whale.series[0].values) == pytest.approx(peak.peak_share, rel=1e-12)
    of_segment = summary.set_index("segment")["potential_each"]
    assert {series.name: [*series.values] for series in bubbles.series} == {
        name: [value] for name, value in of_segment.items()
    }


def test_behind_a_chart_its_numbers_stand_as_numbers(findings, content):
    book = openpyxl.load_workbook(io.BytesIO(books(content)[0]))
    rows = [*book.active.iter_rows(values_only=True)]
    assert [row[0] for row in rows[1:]] == list(summarise(findings.segmentation)["segment"])
    assert all(isinstance(value, float | int) for row in rows[1:] for value in row[1:])


def test_the_tables_hold_every_segment_and_every_figure(findings, content):
    tables = [shape.table for slide in slides(content) for shape in slide.shapes if shape.has_table]
    cells = [[[cell.text for cell in row.cells] for row in table.rows] for table in tables]
    held = figures.columns(findings.segmentation)
    for column in held:
        written = [
            row[table[0].index(column.heading)] for table in cells if column.heading in table[0] for row in table[1:]
        ]
        times = 2 if column.kind == "name" else 1
        assert written == column.written * times


def test_no_number_of_a_table_is_broken_in_two_and_the_last_slide_of_one_is_no_single_row(findings):
    found = Findings.of(Study(method="cross"), [SHOES])
    tables = [shape.table for slide in slides(write(found)) for shape in slide.shapes if shape.has_table]
    assert len({len(table.rows) for table in tables}) <= 2
    for table in tables:
        cells = [cell for row in table.rows for cell in [*row.cells][1:]]
        sizes = {cell.text_frame.paragraphs[0].runs[0].font.size.pt for cell in cells[: len(table.columns)]}
        wide = table.columns[1].width.inches - 0.12
        assert len(sizes) == 1, "numbers beside each other are equally large"
        assert all(len(word) * 0.64 * max(sizes) <= wide * 72 for cell in cells for word in cell.text.split())


def test_sentences_on_a_slide_are_equally_large_and_as_large_as_they_have_room(findings):
    study = Study(method="rfm")
    study.keep_finding("abc_classes", {})
    study.write(0, note="A note of some length. " * 30)
    show = slides(write(Findings.of(study, [SHOES])))
    for title, least in (("How it was found", 14), (findings.study.methods["abc_classes"].question, 18)):
        (slide,) = [one for one in show if one.shapes.title.text_frame.text == title]
        boxes = [shape.text_frame for shape in slide.shapes if shape.has_text_frame][2:]
        sizes = {run.font.size.pt for box in boxes for run in box.paragraphs[0].runs}
        assert len(sizes) == 1 and min(sizes) >= least, title


def over(one, two) -> bool:
    return (
        one.left < two.left + two.width
        and two.left < one.left + one.width
        and one.top < two.top + two.height
        and two.top < one.top + one.height
    )


@pytest.mark.parametrize("of", ["shoes", "hostile"])
def test_nothing_lies_over_anything_else_or_beyond_the_slide(of, content, hostile_content):
    show = Presentation(io.BytesIO(content if of == "shoes" else hostile_content))
    for slide in show.slides:
        for shape in slide.shapes:
            assert min(shape.left, shape.top) >= 0
            assert shape.left + shape.width <= show.slide_width and shape.top + shape.height <= show.slide_height
        assert not any(over(one, two) for one, two in combinations(slide.shapes, 2))


@pytest.fixture(scope="module")
def hostile_content(tmp_path_factory):
    """Slides of a file whose values are segments, one of them a formula, one with letters that XML cannot hold."""
    path = tmp_path_factory.mktemp("hostile") / f"{hostile.NAMES[0]}.csv"
    kinds = ["=cmd|'/c calc'!A0", "{=1+1}", "http://evil.test/", "x\x0by", "+1", LONG, *hostile.TEXTS[:6]]
    rows = [f'{i},{100 + i},"{kinds[i % len(kinds)]}"' for i in range(120)]
    path.write_text("\n".join(["customer,revenue,kind", *rows]), encoding="utf-8")
    study = Study(method="attribute", thresholds={"attribute": {"column": "kind"}})
    return write(Findings.of(study, [path]))


def test_a_segment_with_an_endless_name_leaves_its_chart_room(hostile_content):
    columns, *_, bubbles = (chart.plots[0] for chart in charts(hostile_content))
    (cut,) = [name for name in columns.categories if name.startswith(LONG[:20])]
    assert cut.endswith("…") and len(cut) <= 44 and cut in [series.name for series in bubbles.series]


def test_no_workbook_behind_a_chart_holds_a_formula_or_a_link(content, hostile_content):
    assert len(books(content)) == 4 and formulas(content) == 0
    assert len(books(hostile_content)) == 3, "without a profit the curve of revenue is not drawn twice"
    assert books(hostile_content) and formulas(hostile_content) == 0
    names = [name for chart in charts(hostile_content) for name in chart.plots[0].categories if "cmd" in name]
    assert names == ["'=cmd|'/c calc'!A0"]


def test_the_same_findings_are_the_same_bytes_whenever_they_are_written(content):
    assert write(Findings.of(Study(method="rfm"), [SHOES])) == content
    for one in (content, *books(content)):
        with zipfile.ZipFile(io.BytesIO(one)) as held:
            assert {part.date_time for part in held.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert "1980-01-01T00:00:00Z" in held.read("docProps/core.xml").decode()


@pytest.mark.parametrize(
    "method", [name for name in METHODS if name in ("sleepers", "volume_bands", "portfolio", "tenure")]
)
def test_other_methods_have_slides_too(method):
    found = Findings.of(Study(method=method), [SHOES])
    assert slides(write(found))[0].shapes.title.text_frame.text == said(answers(found)[0].sentence)


@pytest.mark.parametrize("text", ["short", "many words " * 30, "汉字" * 60, "x" * 3000])
def test_a_sentence_is_as_large_as_it_has_room(text):
    size, room = fitting(text, 12.0, 1.3)
    assert lines(text[:room], 12.0, size) * size * 1.2 <= 1.3 * 72
    assert room == len(text) or size == SIZES[-1]
    larger = [one for one in SIZES if one > size]
    assert all(lines(text, 12.0, one) * one * 1.2 > 1.3 * 72 for one in larger)


def test_what_has_no_room_beside_an_answer_stands_whole_on_a_slide_of_its_own(findings):
    study = Study(method="rfm")
    then = {name: [at + 1, 1000.5 * at] for at, name in enumerate(findings.segmentation.names)}
    study.keep_finding("rfm", {}, then, "last_month.csv")
    study.keep_finding("abc_classes", {})
    study.write(1, note="Short.")
    found = Findings.of(study, [SHOES])
    (long,) = found.kept[0].changes
    texts = [
        [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame] for slide in slides(write(found))
    ]
    (whole,) = [one for one in texts if long in one]
    assert whole[0] == found.kept[0].title, "its title says which finding it is of"
    assert [one for one in texts if f"{found.kept[1].title} — Short." in one], "what has room stays beside its chart"


def test_a_text_that_no_slide_has_room_for_is_seen_to_be_cut(findings):
    study = Study(method="rfm")
    study.keep_finding("abc_classes", {})
    study.write(0, note="word " * 900)
    texts = [
        shape.text_frame.text
        for slide in slides(write(Findings.of(study, [SHOES])))
        for shape in slide.shapes
        if shape.has_text_frame
    ]
    (note,) = [one for one in texts if one.startswith("word word")]
    assert note.endswith("…")


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ([166, 3575], (100, 10_000, None)),
        ([260, 10_924], (100, 100_000, None)),
        ([-6856, 34_261], (-10_000, 40_000, 10_000)),
        ([54_000, 63_000], (52_000, 64_000, 2000)),
        ([300, 1100], (0, 1500, 500)),
        ([0, 0], (0, 0.2, 0.2)),
        ([5], (0, 6, 1)),
    ],
)
def test_an_axis_of_bubbles_holds_all_of_them_between_even_ends(values, wanted):
    made = plane.axis(values)
    assert all(0 <= made.place(value) < 1 for value in values)
    assert made == pytest.approx(wanted), made


def test_shares_above_the_whole_or_far_below_nothing_have_ticks_of_the_program(findings):
    held = figures.columns(findings.segmentation)
    for largest, least, wanted in ((0.5, 0.0, (0, None)), (0.95, 0.1, (0, 1)), (1.07, -0.07, (None, None))):
        values = [largest, least] * 6
        shares = [one._replace(values=values[: len(one.values)]) if one.kind == "share" else one for one in held]
        assert figures.ends(shares) == wanted


def test_bubbles_that_stand_close_together_are_named_without_a_name_on_another(findings):
    columns, bubbles = figures.columns(findings.segmentation), figures.bubbles(findings.segmentation)
    crowded = [one._replace(values=[1.0] * len(one.values)) if one.heading in bubbles[:2] else one for one in columns]
    apart, together = (plane.drawn(bubbles, some, 800, 300, 6.6).sides for some in (columns, crowded))
    assert sum(map(bool, apart)) >= 8 and sum(map(bool, together)) <= 4


def test_a_sentence_is_not_cut_where_it_takes_just_the_room_it_has():
    show = Presentation()
    slide = show.slides.add_slide(show.slide_layouts[6])
    for letters in range(100, 2000, 20):
        pptx._sentences(slide, ["a" * letters, "b" * 700])
    assert len(slide.shapes) > 100 and not [one for one in slide.shapes if one.text_frame.text.endswith("…")]
