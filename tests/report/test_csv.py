"""CSV we write: no spreadsheet runs a cell of it, and numbers stay numbers."""

import io

import numpy as np
import pandas as pd
import pytest

from segmentation.report.csv import csv
from segmentation.report.safe import harmless

FORMULAS = ("=1+1", "+49 170 1", "-2+3", "@SUM(A1)", "\tx", "\rx", "\0x", "-", "--1", "-1e5=2", "- 5")


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
