"""CSV we write: no spreadsheet runs a cell of it, and numbers stay numbers."""

import csv as text_csv
import io
import re

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from segmentation.report import Listing, format_of, suffixes
from segmentation.report.csv import csv
from segmentation.report.safe import harmless

FORMULAS = (
    *("=1+1", "+49 170 1", "-2+3", "@SUM(A1)", "\tx", "\rx", "\0x", "-", "--1", "-1e5=2", "- 5"),
    *("\nx", "\n=1", " =1", "\u200b@x", "＝1"),
)


def written(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(csv(frame)), dtype=str, keep_default_na=False)


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_would_run_as_a_formula_gets_an_apostrophe(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Müller", "a=b", "", "-5", "-1234.50", "-0,5", "5-3", "'=x"])
def test_other_texts_and_plain_negative_numbers_stay(text):
    assert harmless(text) == text


@pytest.mark.parametrize("kind", [object, "str", "category"])
def test_cells_headings_and_customer_names_are_made_harmless(kind):
    frame = pd.DataFrame(
        {"=name": pd.Series(["=cmd()", "plain, and quoted", "-3"], dtype=kind).array},
        index=pd.Index(["@a", "007", "+b"], name="customer_id"),
    )
    found = written(frame)
    assert found.columns.tolist() == ["customer_id", "'=name"]
    assert found["customer_id"].tolist() == ["'@a", "007", "'+b"]
    assert found["'=name"].tolist() == ["'=cmd()", "plain, and quoted", "-3"]


def test_negative_numbers_stay_numbers_and_gaps_stay_empty():
    index = pd.Index(["a", "b"], name="customer_id")
    frame = pd.DataFrame({"profit": [-12.5, np.nan], "orders": pd.array([-1, None], "Int64")}, index=index)
    assert written(frame).to_numpy().tolist() == [["a", "-12.5", "-1"], ["b", "", ""]]


def test_a_missing_text_stays_empty():
    frame = pd.DataFrame({"region": ["North", None]}, index=pd.Index(["a", "b"], name="customer_id"))
    assert written(frame)["region"].tolist() == ["North", ""]


def test_what_goes_in_comes_out_and_the_frame_given_is_left_as_it_was():
    frame = pd.DataFrame({"text": ['say "hi"', "two\nlines", "ünïcode"]}, index=pd.Index(list("abc"), name="id"))
    before = frame.copy(deep=True)
    assert written(frame)["text"].tolist() == frame["text"].tolist()
    assert frame.equals(before)


# Whatever is in a table, in every format tables are written in: read back as a spreadsheet reads it, no cell is a formula


def rows_of_workbook(content: bytes) -> list[list[str]]:
    """The cells of its only sheet, with letters that stand by their number as letters."""
    [sheet] = openpyxl.load_workbook(io.BytesIO(content))
    return [[unescape(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]


READERS = {
    "csv": lambda content: list(text_csv.reader(io.StringIO(content.decode("utf-8"), newline=""))),
    "xlsx": rows_of_workbook,
}
HIDDEN = "".join(map(chr, (*range(33), 127, 133, 160, 0x200B, 0x2028, 0x2060, 0x3000, 0xFEFF)))
SPREAD = st.text(st.sampled_from([*HIDDEN, *"=+-@＝＋－＠'\",;|1a"]), max_size=6) | st.text(max_size=6)


def formula(cell: str) -> bool:
    seen = cell.lstrip(HIDDEN)
    return seen.startswith(tuple("=+-@＝＋－＠")) and re.fullmatch(r"-[0-9]+([.,][0-9]+)?", cell) is None


def test_every_format_that_holds_tables_is_read_back_here():
    assert {*READERS} == {suffix for suffix in suffixes() if format_of(suffix).HOLDS in ("table", "tables")}


@pytest.mark.parametrize("suffix", READERS)
@given(
    texts=st.lists(SPREAD, min_size=1, max_size=5), heading=SPREAD, kind=st.sampled_from([object, "str", "category"])
)
def test_no_cell_of_any_table_is_a_formula_and_none_is_lost(suffix, texts, heading, kind):
    frame = pd.DataFrame({heading: pd.Series(texts, dtype=kind).array}, index=pd.Index(texts, name="customer_id"))
    cells = READERS[suffix](format_of(suffix).write(Listing(frame)))
    assert not any(formula(cell) for row in cells for cell in row)
    assert [len(row) for row in cells] == [2] * (len(texts) + 1)
    for text, row in zip([heading, *texts], cells, strict=True):
        assert row[1] in (text, f"'{text}")
