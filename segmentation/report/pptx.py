"""PowerPoint: a slide an answer, its title the finding, below it a native chart that can be edited; then tables and how it was found.

The workbook behind a chart holds no formula, whatever a segment is called.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pandas as pd
from pptx import Presentation
from pptx.chart.data import BubbleChartData, CategoryChartData, XyChartData
from pptx.chart.xlsx import BubbleWorkbookWriter, CategoryWorkbookWriter, XyWorkbookWriter
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt
from xlsxwriter import Workbook

from segmentation import formats
from segmentation.analysis import pareto
from segmentation.columns.metrics import label
from segmentation.report import figures, note, png, treatment
from segmentation.report.answers import answers, method_of
from segmentation.report.archive import MADE, NO_LETTERS, steady
from segmentation.report.figures import Column
from segmentation.report.findings import Findings
from segmentation.report.palette import colour, theme
from segmentation.report.plane import SCALE, Axis, drawn, short
from segmentation.report.safe import harmless
from segmentation.report.words import facts, runs, starred, unmarked

if TYPE_CHECKING:
    from segmentation.charts.own import Own

HOLDS = "slides"
MIME = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
WIDE, HIGH = 13.333, 7.5  # a slide, in inches
LEFT, ACROSS = 0.6, 12.13  # what stands on it
TITLE, BODY, FOOT = (0.4, 1.3), (1.85, 4.95), (6.95, 0.35)  # from where, and how high
SIZES = (28, 24, 20, 18, 16, 14, 12)  # of letters, in points: as large as there is room
NOTE = 0.6  # inches: what is written beside an answer
NOTED = (14, 12, 10)  # points it may have
ROWS = 13  # of a table on a slide, below its headings
TOLD = (18, 16, 14, 12)  # points sentences below each other may have
USUAL = 14  # so many of them stand on a slide as have room in this size
GAP = 0.14  # inches between two of them
Box = tuple[float, float, float, float]  # left, top, width, height, in inches


def write(findings: Findings) -> bytes:
    """A slide for each answer; what is done; what each segment brings; how it was found."""
    show = Presentation()
    show.slide_width, show.slide_height = Inches(WIDE), Inches(HIGH)
    _described(show, findings)
    foot = f"{findings.study.file} · {formats.plural(len(findings.customers), 'customer')}"
    said = answers(findings)
    for answer in findings.each(said, "Making slide"):
        slide = _slide(show, answer.sentence, foot)
        words = [*answer.beside, *filter(None, [note.words(answer.note)])]
        room = _has_room(words)
        box = _beside(slide, words if room else words[:1])
        if answer.picture:
            CHARTS[answer.picture](slide, answer.findings, box)
        if not room:
            _told(show, starred(clean(words[0])), [starred(clean(one)) for one in words[1:]], foot)
        _told(show, f"{treatment.TITLE} — {starred(answer.beside[0])}" if answer.beside else "", answer.treated, foot)
    for title, besides in findings.besides(starred).items():
        _told(show, title, besides, foot)
    for title, columns in _tables(findings):
        _table(_slide(show, title, foot), columns)
    _told(show, "How it was found", method_of(findings, said), foot)
    out = io.BytesIO()
    show.save(out)
    return steady(out.getvalue())


def _described(show: Any, findings: Findings) -> None:
    about = show.core_properties
    about.title, about.author, about.last_modified_by = clean(facts(findings.study, findings.segmentation)[0]), "", ""
    about.created = about.modified = MADE.replace(tzinfo=None)


def clean(text: object) -> str:
    """A text with nothing in it that XML cannot hold, on one line."""
    return NO_LETTERS.sub("", " ".join(str(text).split()))


# What every slide has


def _slide(show: Any, title: str, foot: str) -> Any:
    """A slide whose title is a sentence; below it stands the file."""
    slide = show.slides.add_slide(show.slide_layouts[5])
    _place(slide.shapes.title, (LEFT, TITLE[0], ACROSS, TITLE[1]))
    _say(slide.shapes.title.text_frame, title, ACROSS, TITLE[1])
    low = slide.shapes.add_textbox(Inches(LEFT), Inches(FOOT[0]), Inches(ACROSS), Inches(FOOT[1]))
    _say(low.text_frame, foot, ACROSS, FOOT[1], sizes=(10,), faint=True)
    return slide


def _has_room(texts: Sequence[str]) -> bool:
    """Whether all that was written beside an answer has room below its title; else it has a slide of its own."""
    text = clean(" — ".join(texts))
    return fitting(text, ACROSS, NOTE, NOTED)[1] == len(text)


def _beside(slide: Any, texts: Sequence[str]) -> Box:
    """What was written beside an answer, on one line below the title; the place that is left for its chart."""
    if texts:
        box = slide.shapes.add_textbox(Inches(LEFT), Inches(BODY[0]), Inches(ACROSS), Inches(NOTE))
        _say(box.text_frame, starred(clean(" — ".join(texts))), ACROSS, NOTE, sizes=NOTED, faint=True)
    used = NOTE if texts else 0.0
    return LEFT, BODY[0] + used, ACROSS, BODY[1] - used


def _place(shape: Any, box: Box) -> None:
    shape.left, shape.top, shape.width, shape.height = map(Inches, box)


def _say(
    frame: Any, sentence: str, wide: float, high: float, sizes: Sequence[int] = SIZES, faint: bool = False
) -> None:
    """A sentence in a frame (inches), as large as it has room; what no size has room for is cut."""
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT
    size, room = fitting(unmarked(sentence), wide, high, sizes)
    for text, bold in runs(sentence):
        run = paragraph.add_run()
        run.text = NO_LETTERS.sub("", text)[:room].replace("\n", " ") + "…" * (0 < room < len(text))
        room = max(room - len(text), 0)
        run.font.size, run.font.bold = Pt(size), bold
        run.font.color.rgb = _rgb(colour(7) if faint else theme()["textColor"])


def fitting(text: str, wide: float, high: float, sizes: Sequence[int] = SIZES) -> tuple[int, int]:
    """The largest size (points) in which a text has room, and how many of its letters have: all but in the smallest."""
    for size in sizes:
        if _takes(text, wide, size) <= high:
            return size, len(text)
    smallest = sizes[-1]
    room = len(text)
    while room and _takes(text[:room], wide, smallest) > high:
        room -= max(room // 20, 1)
    return smallest, room


def _takes(text: str, wide: float, size: int) -> float:
    """How high a text is, in inches: a line is a fifth higher than its letters."""
    return lines(text, wide, size) * size * 1.2 / 72


def lines(text: str, wide: float, size: int) -> int:
    """About how many lines a text takes: letters of Chinese, Japanese and Korean are as wide as high, others half of it."""
    ems = sum(1.05 if ord(letter) > 0x2E7F else 0.56 for letter in text)
    return max(math.ceil(ems * size / (wide * 72 * 0.94)), 1)


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.removeprefix("#"))


# The charts


class _Plain:
    """The workbook behind a chart: a text stays a text."""

    @contextmanager
    def _open_worksheet(self, file: Any) -> Iterator[Any]:
        plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with Workbook(file, plain) as book:
            book.set_properties({"created": MADE})
            yield book, book.add_worksheet()


class _PlainCategories(_Plain, CategoryWorkbookWriter): ...


class _PlainPoints(_Plain, XyWorkbookWriter): ...


class _PlainBubbles(_Plain, BubbleWorkbookWriter): ...


class _Categories(CategoryChartData):
    @property
    def _workbook_writer(self) -> Any:
        return _PlainCategories(self)


class _Points(XyChartData):
    @property
    def _workbook_writer(self) -> Any:
        return _PlainPoints(self)


class _Bubbles(BubbleChartData):
    @property
    def _workbook_writer(self) -> Any:
        return _PlainBubbles(self)


def _chart(slide: Any, kind: Any, data: Any, box: Box) -> Any:
    made = slide.shapes.add_chart(kind, *map(Inches, box), data).chart
    made.font.size, made.font.color.rgb = Pt(12), _rgb(theme()["textColor"])
    made.has_title = False
    return made


def _axis(axis: Any, title: str, form: str, lined: bool) -> None:
    axis.has_major_gridlines = lined
    if lined:
        axis.major_gridlines.format.line.color.rgb = _rgb(theme()["borderColor"])
    axis.format.line.color.rgb = _rgb(colour(7))
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = form, False
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.has_title = bool(title)
    if title:
        axis.axis_title.text_frame.text = clean(title)
        axis.axis_title.text_frame.paragraphs[0].runs[0].font.size = Pt(12)


def _sizes(slide: Any, findings: Findings, box: Box) -> None:
    """Columns of the shares, a group a segment."""
    held = figures.columns(findings.segmentation)
    data = _Categories(number_format="0.0%")
    data.categories = [_name(one) for one in held[0].values]
    for one in figures.shares(held):
        data.add_series(one.heading, one.values)
    chart = _chart(slide, XL_CHART_TYPE.COLUMN_CLUSTERED, data, box)
    _axis(chart.value_axis, "", "0%", True)
    low, high = figures.ends(held)
    if low is not None:
        chart.value_axis.minimum_scale = low
    if high is not None:
        chart.value_axis.maximum_scale = high
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 60, -5
    for series, slot in zip(plot.series, (7, 0, 5), strict=False):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = _rgb(colour(slot))
    if len(held[0].values) <= 8:
        plot.has_data_labels = True
        plot.data_labels.number_format, plot.data_labels.number_format_is_linked = "0%", False
        plot.data_labels.font.size = Pt(10)


def _name(text: object) -> str:
    return harmless(short(clean(text))) or " "


def _pareto(slide: Any, findings: Findings, box: Box) -> None:
    """The share of customers against the share of what they bring, largest first."""
    column = pareto.column_of(findings.segmentation)
    curve = pareto.curve(findings.customers, column)
    title = f"Share of {label(column).lower()}"
    chart = _curve(slide, box, title, curve["share_of_customers"], curve["share_of_total"])
    _axis(chart.value_axis, title, "0%", True)
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = 0, 1  # left alone it goes on to 120 %


def _whale(slide: Any, findings: Findings, box: Box) -> None:
    """Cumulative profit, most profitable customer first."""
    found = pareto.whale(findings.customers)
    column = "share_of_total" if found.peak_share is not None else "cumulative"
    title = f"Cumulative {label(findings.customers.money).lower()}"
    chart = _curve(slide, box, title, found.curve["share_of_customers"], found.curve[column])
    _axis(chart.value_axis, title, "0%" if found.peak_share is not None else "#,##0", True)
    if found.peak_share is not None and found.curve[column].max() <= 1:
        chart.value_axis.maximum_scale = 1


def _curve(slide: Any, box: Box, title: str, x: pd.Series, y: pd.Series) -> Any:
    data = _Points(number_format="0.0%")
    series = data.add_series(_name(title))
    for one, two in zip(x.tolist(), y.tolist(), strict=True):
        series.add_data_point(one, two)
    chart = _chart(slide, XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS, data, box)
    chart.has_legend = False
    _axis(chart.category_axis, "Share of customers, largest first", "0%", False)
    chart.category_axis.minimum_scale, chart.category_axis.maximum_scale = 0, 1
    line = chart.plots[0].series[0]
    line.smooth = False
    line.format.line.color.rgb, line.format.line.width = _rgb(colour(0)), Pt(2.5)
    return chart


def _bubbles(slide: Any, findings: Findings, box: Box) -> None:
    """A bubble a segment: what a customer brings across, what one could bring up, as large as what all bring."""
    columns, bubbles = figures.columns(findings.segmentation), figures.bubbles(findings.segmentation)
    held = {one.heading: one for one in columns}
    across, up, size, placed = bubbles
    data = _Bubbles(number_format="#,##0")
    for row, _ in placed:
        series = data.add_series(_name(held["Segment"].values[row]))
        x, y, large = (held[heading].values[row] for heading in (across, up, size))
        series.add_data_point(x, y, max(large, 0.0))
    chart = _chart(slide, XL_CHART_TYPE.BUBBLE, data, box)
    chart.has_legend = False
    chart.plots[0].bubble_scale = SCALE
    seen = drawn(bubbles, columns, (box[2] - ROUND) * 72, (box[3] - ROUND) * 72, NAME * LETTER)
    for axis, title, ends, lined in (
        (chart.category_axis, across, seen.across, False),
        (chart.value_axis, up, seen.up, True),
    ):
        _axis(axis, title, "#,##0", lined)
        _ends(axis, ends)
    for series, (_, slot), side in zip(chart.plots[0].series, placed, seen.sides, strict=True):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = _rgb(colour(slot))
        if side:
            _named(series, side)


def _ends(axis: Any, ends: Axis) -> None:
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = ends.low, ends.high, ends.step
    if ends.is_logarithmic:
        scaling = axis._element.find(qn("c:scaling"))
        base = scaling.makeelement(qn("c:logBase"), {"val": "10"})
        scaling.insert(0, base)


def _named(series: Any, side: str) -> None:
    mark = series.points[0].data_label
    mark.position = getattr(XL_LABEL_POSITION, side.upper())
    mark.has_text_frame = True
    mark.text_frame.text, mark.text_frame.word_wrap = series.name, False
    mark.text_frame.paragraphs[0].runs[0].font.size = Pt(NAME)


NAME, LETTER = 11, 0.6  # points of a name in a chart; how much of its height a letter is wide
ROUND = 1.2  # inches that titles and numbers of the axes take


def _as_drawn(slide: Any, findings: Findings, box: Box, name: str, own: Own | None) -> None:
    """What the method cuts, drawn as in the app: no chart of PowerPoint has its lines."""
    drawn = slide.shapes.add_picture(io.BytesIO(png.write(findings.only(name))), *map(Inches, box[:2]))
    wide, high = map(Inches, box[2:])
    scale = min(wide / drawn.width, high / drawn.height)
    drawn.width, drawn.height = round(drawn.width * scale), round(drawn.height * scale)
    drawn.left = round(Inches(box[0]) + (wide - drawn.width) / 2)
    drawn._element.nvPicPr.cNvPr.set("descr", own.title if own else "")


CHARTS: dict[str, Callable[[Any, Findings, Box], None]] = {
    "sizes": _sizes,
    "cuts": lambda slide, findings, box: _as_drawn(slide, findings, box, "cuts", findings.opened),
    "edges": lambda slide, findings, box: _as_drawn(slide, findings, box, "edges", findings.edges),
    "pareto": _pareto,
    "whale": _whale,
    "bubbles": _bubbles,
}


# Tables and sentences


def _tables(findings: Findings) -> Iterator[tuple[str, list[Column]]]:
    """Every figure of the segments, on so many slides as they need, about equally many rows on each."""
    for title, columns in figures.tables(figures.columns(findings.segmentation)).items():
        rows = len(columns[0].values)
        each = math.ceil(rows / math.ceil(rows / ROWS))
        for at in range(0, rows, each):
            yield title, [Column(one.heading, one.kind, one.values[at : at + each]) for one in columns]


def _table(slide: Any, columns: list[Column]) -> None:
    count, wide = len(columns[0].values) + 1, (ACROSS - NAMED) / (len(columns) - 1)
    of_row = min(ROW, (BODY[1] - HEADING) / max(count - 1, 1))
    box = map(Inches, (LEFT, BODY[0], ACROSS, HEADING + of_row * (count - 1)))
    table = slide.shapes.add_table(count, len(columns), *box).table
    for row in range(count):
        table.rows[row].height = Inches(of_row if row else HEADING)
    points = _unbroken(columns[1:], wide)
    for at, column in enumerate(columns):
        table.columns[at].width = Inches(wide if at else NAMED)
        for row, text in enumerate((column.heading, *column.written)):
            room = wide if at else NAMED, of_row if row else HEADING
            _cell(table.cell(row, at), text, *room, LETTERS if row and not at else points, right=at > 0)


NAMED = 2.6  # inches: width of the column of names
HEADING, ROW = 0.62, 0.37  # inches: height of the headings, and of a row at most
LETTERS = (12, 11, 10, 9, 8)  # points they may have in a table


def _unbroken(columns: Sequence[Column], wide: float) -> Sequence[int]:
    """Of these points those in which no number and no word of a heading is broken in two; the smallest where there are none.

    A letter is as wide as a wide font has it: not every machine has the narrow one.
    """
    words = [word for one in columns for text in (one.heading, *one.written) for word in text.split()]
    longest = 0.66 * max(map(len, words), default=0)
    return [one for one in LETTERS if longest * one <= (wide - 0.12) * 72] or LETTERS[-1:]


def _cell(cell: Any, text: str, wide: float, high: float, points: Sequence[int], *, right: bool) -> None:
    cell.margin_left = cell.margin_right = Inches(0.06)
    cell.margin_top = cell.margin_bottom = Inches(0.02)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    run = paragraph.add_run()
    said = clean(text)
    size, room = fitting(said, wide - 0.12, high - 0.04, points)
    run.text, run.font.size = said if room == len(said) else f"{said[: room - 1]}…", Pt(size)


def _told(show: Any, title: str, sentences: Sequence[str], foot: str) -> None:
    """As many slides of one title as these sentences take; none where there are none."""
    for some in _slides(sentences):
        _sentences(_slide(show, title, foot), some)


def _slides(sentences: Sequence[str]) -> Iterator[Sequence[str]]:
    """So many of them together as have room on one slide; one at least."""
    some: list[str] = []
    for one in sentences:
        if some and _high([*some, one], USUAL) > BODY[1]:
            yield some
            some = []
        some = [*some, one]
    if some:
        yield some


def _high(sentences: Sequence[str], size: int) -> float:
    """How high they stand below each other, in inches."""
    return sum(_takes(unmarked(one), ACROSS, size) for one in sentences) + GAP * (len(sentences) - 1)


def _sentences(slide: Any, sentences: Sequence[str]) -> None:
    """Sentences below each other, all in one size: the largest they have room in."""
    size = next((one for one in TOLD if _high(sentences, one) <= BODY[1]), TOLD[-1])
    top = BODY[0]
    for sentence in sentences:
        high = min(_high([sentence], size), BODY[1])
        box = slide.shapes.add_textbox(Inches(LEFT), Inches(top), Inches(ACROSS), Inches(high))
        _say(box.text_frame, sentence, ACROSS, high, sizes=(size,))
        top += high + GAP
