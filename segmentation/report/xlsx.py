"""Excel: a workbook that opens with what the segments bring and native charts of it; then a sheet a segment, and how it was found.

Nothing in it is a formula. Its sheets of customers are written column by column instead of cell by cell: 100,000
customers of 25 columns take seconds.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any
from zipfile import ZipFile

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from xlsxwriter import Workbook
from xlsxwriter.chart_scatter import ChartScatter
from xlsxwriter.worksheet import Worksheet

from segmentation.report import figures, treatment
from segmentation.report.archive import MADE, part
from segmentation.report.figures import Column
from segmentation.report.findings import Findings, Listing
from segmentation.report.kept import sheet
from segmentation.report.lists import by_segment, numbered
from segmentation.report.palette import colour, theme
from segmentation.report.plane import SCALE, Axis, drawn, short
from segmentation.report.safe import harmless, safe
from segmentation.report.words import facts, starred, unmarked

HOLDS = "tables"
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
ROWS = 1_048_575  # below the headings of a sheet
CELLS = 40_000_000  # of a sheet: what is larger no archive of this kind holds as one part
LEVEL = 3  # of packing
BLOCK = 10_000  # rows put together at a time
LETTERS = 32_767  # of a cell
LONGEST = 31  # letters of a sheet's name, those of two halves counted twice
TAKEN = ("history",)  # names that the program keeps for itself
NARROW, WIDEST, LOOKED_AT = 12, 60, 200  # letters a column of a list has at least and at most; rows seen for it
FIRST, DONE, PINNED, KEPT, ABOUT = "Segments", "Playbook", "Exceptions", "Notebook", "How it was found"
HEADING = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
STYLES = {
    "count": {"num_format": "#,##0"},
    "money": {"num_format": "#,##0"},
    "share": {"num_format": "0.0%"},
    "day": {"num_format": "yyyy-mm-dd"},
    "fine": {"num_format": "#,##0.00"},
    "heading": HEADING,
    "heading of numbers": {**HEADING, "align": "right"},
    "heading beside words": {**HEADING, "align": "right", "indent": 1},
    "title": {"bold": True, "font_size": 14},
    "words": {"text_wrap": True, "valign": "top"},
    "number beside words": {"num_format": "#,##0", "valign": "top", "align": "right", "indent": 1},
}


def write(findings: Findings) -> bytes:
    """All that was found; or a sheet a table, where the findings are no more than tables."""
    if isinstance(findings, Listing):
        return sheets({**findings.tables, **findings.lists})
    return _made(
        lambda book, styles: _found(book, styles, findings), each=lambda parts: findings.each(parts, "Writing part")
    )


def sheets(frames: Mapping[str, pd.DataFrame], told: Told = lambda rows: None) -> bytes:
    """A workbook of these tables, a sheet each. told is called with how many rows more are written."""
    return _made(lambda book, styles: _listed(book, styles, frames), told)


Told = Callable[[int], None]
Each = Callable[[list[str]], Iterable[str]]


def _made(fill: Callable[[Workbook, dict[str, Any]], None], told: Told = lambda rows: None, each: Each = iter) -> bytes:
    """A workbook that is filled by a function which gets its styles too; each goes through its parts, and may tell of it."""
    out = io.BytesIO()
    with Workbook(out, PLAIN) as book:
        book.set_properties({"created": MADE})
        fill(book, {name: book.add_format(style) for name, style in STYLES.items()})
        held = {f"xl/worksheets/sheet{at}.xml": one for at, one in enumerate(book.worksheets(), 1)}
    return _filled(out.getvalue(), {name: one for name, one in held.items() if isinstance(one, _Rows)}, told, each)


def _filled(content: bytes, sheets: Mapping[str, _Rows], told: Told, each: Each) -> bytes:
    """A workbook with the rows of these sheets put in, packed as they are made: they are never all in memory as text."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as held, ZipFile(out, "w") as made:
        for name in each(held.namelist()):
            with made.open(part(name, LEVEL), "w") as file:
                before, empty, after = held.read(name).partition(b"<sheetData/>")
                file.write(before)
                for text, rows in sheets[name].data() if name in sheets else ():
                    file.write(text)
                    told(rows)
                file.write(after if name in sheets else empty + after)
    return out.getvalue()


def _found(book: Workbook, styles: dict[str, Any], findings: Findings) -> None:
    said = [_letters(harmless(unmarked(fact))) for fact in facts(findings.study, findings.segmentation)]
    _overview(book, book.add_worksheet(FIRST), styles, findings, said[1])
    study, segmentation = findings.study, findings.segmentation
    taken = [FIRST, ABOUT]
    more = {}
    if study.rows:
        more[DONE] = treatment.spoken(study, segmentation)
    if study.pins_of(study.method):
        more[PINNED] = treatment.pinned(study, segmentation)
    if findings.kept:
        more[KEPT] = sheet(findings.kept)
    for name, frame in more.items():
        _told(book.add_worksheet(name), styles, safe(frame))
    taken += more
    _listed(book, styles, by_segment(segmentation, findings.lists["customer_list"]), taken)
    about = book.add_worksheet(ABOUT)
    _printed(about)
    about.set_column(0, 0, 95, book.add_format({"text_wrap": True}))
    changed = [*map(starred, findings.unapplied), *findings.changed(starred)]
    for row, sentence in enumerate([*said, *(_letters(harmless(unmarked(one))) for one in changed)]):
        about.set_row(row, LINE_HIGH * -(-len(sentence) // LINE_LONG))  # not every program makes room by itself
        about.write_string(row, 0, sentence)


# The first sheet


def _overview(book: Workbook, sheet: Worksheet, styles: dict[str, Any], findings: Findings, answer: str) -> None:
    """What was found in a sentence, the segments in a table, and native charts below it."""
    held = figures.columns(findings.segmentation)
    sheet.write_string(0, 0, answer, styles["title"])
    sheet.set_column(0, 0, max(24, *(len(short(name)) + 1 for name in held[0].values)))
    sheet.set_column(1, len(held), 14)
    _printed(sheet)
    sheet.set_row(TOP, 2 * LINE_HIGH)
    for across, column in enumerate(held):
        sheet.write_string(TOP, across, _letters(column.heading), styles["heading of numbers" if across else "heading"])
        for down, value in enumerate(map(short, column.values) if not across else column.values, TOP + 1):
            _cell(sheet, down, across, value, styles.get(column.kind))
    below = TOP + len(held[0].values) + 3
    sheet.insert_chart(below, 0, _columns(book, held), {"x_scale": 1.35, "y_scale": 1.35})
    if findings.customers.has_portfolio and figures.bubbles(findings.segmentation).placed:
        bubbles = _bubbles(book, held, findings)
        sheet.insert_chart(below, 6, bubbles, {"x_scale": 1.35, "y_scale": 1.35})


TOP = 2  # the row of the headings


def _printed(sheet: Worksheet) -> None:
    """On paper all columns stand on one page."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)


A4 = 9  # as the form numbers paper
LINE_HIGH, LINE_LONG = 15, 85  # points; letters, on the sheet of sentences


def _cell(sheet: Worksheet, row: int, column: int, value: Any, style: Any) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, _letters(harmless(value)), style)
    elif value == value:  # what is missing stays empty
        sheet.write_number(row, column, value, style)


def _told(sheet: Worksheet, styles: dict[str, Any], frame: pd.DataFrame) -> None:
    """A few rows of words: each is as high as what it says, and on paper its columns stand beside each other."""
    _printed(sheet)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    wide = _beside([_room(str(name), values) for name, values in frame.items()])
    number = [pd.api.types.is_numeric_dtype(values) for _, values in frame.items()]
    sheet.set_row(0, 2 * LINE_HIGH)
    for across, name in enumerate(frame):
        sheet.set_column(across, across, wide[across])
        style = styles["heading beside words" if number[across] else "heading"]
        sheet.write_string(0, across, _letters(str(name)), style)
    for down, row in enumerate(frame.astype(object).itertuples(index=False), 1):
        sheet.set_row(down, min(LINE_HIGH * max(map(_lines, row, wide)), HIGHEST))
        for across, value in enumerate(row):
            if not pd.isna(value):
                _cell(sheet, down, across, value, styles["number beside words" if number[across] else "words"])


def _beside(wide: Sequence[float]) -> list[float]:
    """How wide columns of words are, in letters, where all stand beside each other: the less, the more of them are long."""
    each = (most for most in range(SENTENCE, LEAST, -4) if sum(min(one, most) for one in wide) <= PAGE)
    most = next(each, LEAST)
    return [min(one, most) for one in wide]


PAGE, LEAST = 160, 24  # letters across a page that can still be read; of a long column at least
SENTENCE, HIGHEST = 48, 409  # letters a column of words has at most; points a row has


def _lines(value: Any, wide: float) -> int:
    """How many lines a value takes in a column of this width; letters of Chinese and its like are twice as wide."""
    said = [sum(1 + (letter >= "\u2e80") for letter in line) for line in str(value).split("\n")]
    return sum(max(-(-letters // int(wide - 2)), 1) for letters in said)


def _columns(book: Workbook, held: list[Column]) -> Any:
    """Columns of the shares, a group a segment."""
    chart: Any = book.add_chart({"type": "column"})
    last = TOP + len(held[0].values)
    for slot, one in enumerate(figures.shares(held)):
        at = held.index(one)
        chart.add_series(
            {
                "name": [FIRST, TOP, at],
                "categories": [FIRST, TOP + 1, 0, last, 0],
                "values": [FIRST, TOP + 1, at, last, at],
                "fill": {"color": SHADES[slot]},
                "gap": 60,
            }
        )
    low, high = figures.ends(held)
    lined = {"visible": True, "line": {"color": LINE}}
    chart.set_x_axis({"label_position": "low"})
    chart.set_y_axis({"num_format": "0%", "major_gridlines": lined, "min": low, "max": high})
    chart.set_legend({"position": "bottom"})
    chart.set_title({"name": "Share of all", "name_font": {"size": 12}})
    return chart


SHADES = (colour(7), colour(0), colour(5))  # customers grey, revenue full, profit beside it
LINE = theme()["borderColor"]


def _bubbles(book: Workbook, held: list[Column], findings: Findings) -> Any:
    """A bubble a segment: what a customer brings across, what one could bring up, as large as what all bring."""
    chart = _BubbleChart()
    chart.embedded = True
    book.charts.append(chart)
    across, up, size, placed = bubbles = figures.bubbles(findings.segmentation)
    seen = drawn(bubbles, held, *PLANE, LETTER)
    where = {one.heading: at for at, one in enumerate(held)}
    for (row, slot), side in zip(placed, seen.sides, strict=True):
        down = TOP + 1 + row
        chart.add_series(
            {
                "name": [FIRST, down, 0],
                "categories": [FIRST, down, where[across], down, where[across]],
                "values": [FIRST, down, where[up], down, where[up]],
                "fill": {"color": colour(slot), "transparency": 15},
                "data_labels": {"series_name": True, "value": False, "position": side} if side else None,
            }
        )
        chart.sizes.append((f"={FIRST}!{_place(down, where[size])}", held[where[size]].values[row]))
    chart.set_x_axis({"name": across, "major_gridlines": {"visible": False}, **_ends(seen.across)})
    chart.set_y_axis({"name": up, "major_gridlines": {"visible": True, "line": {"color": LINE}}, **_ends(seen.up)})
    chart.set_legend({"none": True})
    chart.set_title({"name": f"{across} against potential", "name_font": {"size": 12}})
    return chart


PLANE = (400, 220)  # points: what the axes of the chart of bubbles are wide and high
LETTER = 6.0  # points a letter of a name is wide


def _ends(axis: Axis) -> dict[str, Any]:
    ticks = {"log_base": 10} if axis.is_logarithmic else {"major_unit": axis.step}
    return {"num_format": "#,##0", "label_position": "low", "min": axis.low, "max": axis.high, **ticks}


def _place(row: int, column: int) -> str:
    letters = ""
    while column >= 0:
        letters, column = chr(ord("A") + column % 26) + letters, column // 26 - 1
    return f"${letters}${row + 1}"


class _BubbleChart(ChartScatter):
    """A chart of bubbles, which the library has not: its points, each with a size.

    sizes   of each series in turn the cell its size stands in, and the size
    """

    def __init__(self) -> None:
        super().__init__()
        self.sizes: list[tuple[str, float]] = []

    def _write_scatter_chart(self, args: dict[str, Any]) -> None:
        series = self._get_primary_axes_series() if args["primary_axes"] else []
        if not series:
            return
        self._xml_start_tag("c:bubbleChart")
        self._xml_empty_tag("c:varyColors", [("val", 0)])
        for one in series:
            self._write_ser(one)
        self._xml_empty_tag("c:bubbleScale", [("val", SCALE)])
        self._xml_empty_tag("c:showNegBubbles", [("val", 0)])
        self._xml_empty_tag("c:sizeRepresents", [("val", "area")])
        self._write_axis_ids(args)
        self._xml_end_tag("c:bubbleChart")

    def _write_ser(self, series: dict[str, Any]) -> None:
        index = self.series_index
        self.series_index += 1
        self._xml_start_tag("c:ser")
        self._write_idx(index)
        self._write_order(index)
        self._write_series_name(series)
        self._write_sp_pr(series)
        self._xml_empty_tag("c:invertIfNegative", [("val", 0)])
        self._write_d_lbls(series["labels"])
        self._write_x_val(series)
        self._write_y_val(series)
        self._xml_start_tag("c:bubbleSize")
        cell, size = self.sizes[index]
        self._write_num_ref(cell.removeprefix("="), [size], "num")
        self._xml_end_tag("c:bubbleSize")
        self._xml_empty_tag("c:bubble3D", [("val", 0)])
        self._xml_end_tag("c:ser")


# Sheets of rows


def _listed(
    book: Workbook, styles: dict[str, Any], frames: Mapping[str, pd.DataFrame], taken: Sequence[str] = ()
) -> None:
    """A sheet for each frame, further ones where a sheet is too short for it."""
    parts = [(name, part) for name, frame in frames.items() for part in _short(frame)]
    names = sheet_names([name for name, _ in parts], taken)
    broken = {name for frame in frames.values() for name, values in frame.items() if not _is_whole(values)}
    whole = {harmless(str(name)) for frame in frames.values() for name in frame if name not in broken}
    for name, (_, frame) in zip(names, parts, strict=True):
        sheet = book.add_worksheet(name, worksheet_class=_Rows)
        sheet.fill(safe(frame), styles, whole)


def _is_whole(values: pd.Series) -> bool:
    """Whether no number of a column has anything behind its point."""
    if values.dtype.kind != "f":
        return True
    numbers = values.to_numpy(float, na_value=np.nan)
    return not np.mod(numbers[np.isfinite(numbers)], 1).any()


def _short(frame: pd.DataFrame) -> list[pd.DataFrame]:
    """A frame in pieces that a sheet holds."""
    high = min(ROWS, max(CELLS // max(frame.shape[1], 1), 1))
    return [frame.iloc[at : at + high] for at in range(0, len(frame) or 1, high)]


def sheet_names(names: Iterable[str], taken: Sequence[str] = ()) -> list[str]:
    """Names for sheets: none too long, none twice in whatever case, none with a sign that a name may not have."""
    held = {one.casefold() for one in (*TAKEN, *taken)}
    made = []
    for name in names:
        clean = re.sub(r"[\[\]:*?/\\\x00-\x1f\ufffe\uffff\ud800-\udfff]", " ", name).strip("' ") or "Segment"
        one = next(cut for more in numbered("") if (cut := _cut(clean, more)).casefold() not in held)
        held.add(one.casefold())
        made.append(one)
    return made


def _cut(name: str, more: str) -> str:
    """A name with more behind it, in so many letters as a sheet's may have."""
    room = (LONGEST - len(more)) * 2
    return name.encode("utf-16-le")[:room].decode("utf-16-le", "ignore").rstrip("' ") + more


def _room(heading: str, values: pd.Series) -> float:
    """How wide a column is, in letters: all of its heading, and of what the first rows say."""
    said = values.head(LOOKED_AT)
    texts = [] if pd.api.types.is_numeric_dtype(said.dtype) else said.dropna().map(str)
    return min(max(NARROW, len(heading) + 2, *(len(one) + 1 for one in texts)), WIDEST)


class _Rows(Worksheet):
    """A sheet of one frame: headings, then a row a row."""

    def fill(self, frame: pd.DataFrame, styles: dict[str, Any], whole: Collection[str]) -> None:
        """Take a frame that is `safe`; text, numbers, truths and dates stay what they are.

        whole   the columns in which each number is whole, on this sheet and on all others
        """
        self.frame = frame
        self.styles = [_style(values, styles, name in whole) for name, values in frame.items()]
        self.headings = [styles[_heading(values)]._get_xf_index() for _, values in frame.items()]
        wide = max(frame.shape[1] - 1, 0)
        self.dim_rowmin, self.dim_colmin, self.dim_rowmax, self.dim_colmax = 0, 0, len(frame), wide
        self.freeze_panes(1, 0)
        self.autofilter(0, 0, len(frame), wide)
        for at, (name, values) in enumerate(frame.items()):
            self.set_column(at, at, _room(str(name), values))
        self.set_landscape()
        self.set_paper(A4)
        self.repeat_rows(0)
        self.repeat_columns(0)

    def _write_sheet_data(self) -> None:
        self._xml_empty_tag("sheetData")  # `_filled` puts the rows in its place

    def data(self) -> Iterator[tuple[bytes | memoryview, int]]:
        """Headings and rows as the file has them, in blocks, each with how many rows it is."""
        headings = _escaped(pa.array([*self.frame], pa.string())).to_pylist()
        cells = "".join(f'<c s="{s}" {INLINE}{text}{END}' for s, text in zip(self.headings, headings, strict=True))
        yield f'<sheetData><row ht="{2 * LINE_HIGH}" customHeight="1">{cells}</row>'.encode(), 0
        for at in range(0, len(self.frame), BLOCK):
            block = self.frame.iloc[at : at + BLOCK]
            yield _rows(block, self.styles), len(block)
        yield b"</sheetData>", 0


INLINE, END = 't="inlineStr"><is><t xml:space="preserve">', "</t></is></c>"


def _rows(frame: pd.DataFrame, styles: Sequence[str]) -> memoryview:
    """The rows as the file has them, one behind the other."""
    parts: list[pa.Array | str] = [pa.array([""] * len(frame), pa.string()), "<row>"]
    for (_, values), style in zip(frame.items(), styles, strict=True):
        for one in _cells(values, style):
            if isinstance(one, str) and isinstance(parts[-1], str):
                parts[-1] += one
            else:
                parts.append(one)
    whole = pc.binary_join_element_wise(*parts, "</row>", "")
    _, ends, letters = whole.buffers()
    return memoryview(letters)[: np.frombuffer(ends, np.int32)[len(whole)]]


def _heading(values: pd.Series) -> str:
    """The style of the heading of a column: it stands where what is below it does."""
    on_the_right = pd.api.types.is_datetime64_any_dtype(values) or values.dtype.kind in "iuf"
    return "heading of numbers" if on_the_right else "heading"


def _style(values: pd.Series, styles: dict[str, Any], is_whole: bool) -> str:
    """How the cells of a column are shown: as days, amounts or whole numbers, else as they are."""
    if pd.api.types.is_datetime64_any_dtype(values):
        return f' s="{styles["day"]._get_xf_index()}"'
    return f' s="{styles["count" if is_whole else "fine"]._get_xf_index()}"' if values.dtype.kind == "f" else ""


def _cells(values: pd.Series, style: str) -> tuple[pa.Array | str, ...]:
    """The cells of a column, to be put together: what stands before each, its text, and what behind it.

    One that is missing is there, and empty.
    """
    before, after = f"<c{style}><v>", "</v></c>"
    if pd.api.types.is_bool_dtype(values):
        texts, before = pa.array(values.astype("Int8"), pa.int8()).cast(pa.string()), '<c t="b"><v>'
    elif pd.api.types.is_datetime64_any_dtype(values):
        texts = _numbers((values - pd.Timestamp(1899, 12, 30)) / pd.Timedelta(days=1))
    elif pd.api.types.is_numeric_dtype(values):
        texts = _numbers(values)
    else:
        held = pa.array(values.astype("str"), pa.string(), from_pandas=True)
        texts, before, after = _escaped(held), f"<c {INLINE}", END
    if texts.null_count:
        return (pc.binary_join_element_wise(before, texts, after, "").fill_null("<c/>"),)
    return before, texts, after


def _numbers(values: pd.Series) -> pa.Array:
    """Numbers as they are written; what is missing or endless is missing."""
    held = pa.array(values, from_pandas=True)
    if pa.types.is_floating(held.type):
        held = pc.if_else(pc.is_finite(held), held, None)
    return held.cast(pa.string())


# XML cannot hold every letter: the form has a way to write those it cannot, which must not be met by chance
LETTER_BY_NUMBER = r"_(x[0-9A-Fa-f]{4}_)"
NO_LETTERS = r"[\x00-\x08\x0b-\x1f\x{fffe}\x{ffff}]"


# the last signs that XML cannot hold begin with byte 239
PLAIN_BYTES = np.array([32 <= byte < 239 and chr(byte) not in "&<>_" for byte in range(256)])


def _are_plain(texts: pa.Array) -> bool:
    """Whether no text has a sign that is written otherwise, or is too long for a cell: most have not, and are left alone."""
    _, places, letters = texts.buffers()
    ends = np.frombuffer(places, np.int32)[texts.offset :][: len(texts) + 1]
    held = np.frombuffer(letters or b"", np.uint8)[ends[0] : ends[-1]] if len(texts) else np.empty(0, np.uint8)
    return bool(PLAIN_BYTES[held].all()) and int(np.diff(ends).max(initial=0)) <= LETTERS


def _escaped(texts: pa.Array) -> pa.Array:
    """Texts as XML holds them, cut where a cell ends."""
    if _are_plain(texts):
        return texts
    cut = pc.utf8_slice_codeunits(texts, 0, LETTERS)
    marked = pc.replace_substring_regex(cut, LETTER_BY_NUMBER, r"_x005F_\1")
    for sign, name in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        marked = pc.replace_substring(marked, sign, name)
    odd = pc.match_substring_regex(marked, NO_LETTERS).fill_null(False)
    if not pc.any(odd).as_py():
        return marked
    return pa.array(
        [_letters(text) if hard else text for text, hard in zip(marked.to_pylist(), odd.to_pylist(), strict=True)],
        pa.string(),
    )


def _letters(text: str) -> str:
    """A text with each letter that XML cannot hold written by its number."""
    return re.sub("[\x00-\x08\x0b-\x1f\ufffe\uffff]", lambda found: f"_x{ord(found[0]):04X}_", text)
