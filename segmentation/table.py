"""A table as it was read: its rows, what was left out and why, and the report of what was decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, fields
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from segmentation.dataclass import dataclass

CODES = pa.dictionary(pa.int32(), pa.string())  # how text that repeats is kept
ASIDE = ("line", "column", "reason", "text")
Where = Callable[[np.ndarray], pd.DataFrame]  # positions of rows (int64) → the file and the line each stands at


class Question(str):
    """What a file leaves open, as a sentence that says what was assumed; with the readings to choose from.

    `setting` is the keyword of `segmentation.read` that decides it, for `column` alone where that is not None;
    `readings` maps each value of the setting to an example read so; `chosen` is the value reading went on with.
    """

    setting: str
    column: str | None
    readings: dict[str, str]
    chosen: str | None

    def __new__(
        cls,
        sentence: str,
        setting: str = "",
        column: str | None = None,
        readings: Mapping[str, str] | None = None,
        chosen: str | None = None,
    ) -> Question:
        question = super().__new__(cls, sentence)
        question.setting, question.column, question.chosen = setting, column, chosen
        question.readings = dict(readings or {})
        return question

    def to_dict(self) -> dict[str, Any]:
        """The question as plain values that JSON can hold."""
        return {"sentence": str(self), **vars(self)}


def as_they_stand(places: np.ndarray) -> pd.DataFrame:
    """`Table.where` of a table that was not read from a file: its own rows, counted from 1."""
    return pd.DataFrame({"line": places + 1})


def listed(left_out: list[tuple[int, str, str, str]]) -> pd.DataFrame:
    return pd.DataFrame(sorted(left_out), columns=list(ASIDE)).astype({"line": "int64"})


@dataclass(frozen=True)
class Report:
    """What was decided and what was left out, in plain words.

    `dates` is column -> "dmy", "mdy", "ymd", "excel" (days since 1900), "epoch" or "swapped"; `questions` are undecided yet;
    `currencies` is column -> the code of the only currency in its cells.
    `quote` and `escape` are marks, "" for none; `table` is the number of the table read, where a file has several.
    """

    rows_in: int
    rows_used: int
    encoding: str | None
    delimiter: str | None
    decimal: str | None
    dates: dict[str, str]
    sheet: str | None
    header_line: int
    sentences: tuple[str, ...]
    questions: tuple[Question, ...]
    quote: str | None = None
    escape: str | None = None
    table: int | None = None
    currencies: Mapping[str, str] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The report as plain values that JSON can hold; a question with its readings."""
        plain = {one.name: getattr(self, one.name) for one in fields(self)}
        questions = [question.to_dict() for question in self.questions]
        return plain | {
            "dates": dict(self.dates),
            "currencies": dict(self.currencies),
            "sentences": list(self.sentences),
            "questions": questions,
        }


@dataclass(frozen=True)
class Known:
    """What is known of a table because several were joined to it (see `join.py`).

    roles     role → heading, as the single tables had it ("" = none of them has it)
    lists     heading of a customer number → the list of customers it comes from, those without a sale included
    repeated  heading of a number that stands once in another table and is repeated here → that table
    """

    roles: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, pa.Table] = field(default_factory=dict)
    repeated: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A table as read. `data` holds float64 or int64 numbers, date32 dates and text (plain or dictionary-coded).

    `set_aside` has one row per row left out: line (1 = first line of the file), column, reason, text.
    `unread` has the same columns and one row per cell left out of a row that is used: notes beside the table, values
    that are no number or date in a column of them (at most 1 000 a column), errors of a spreadsheet, and rows whose
    delimiters, quotation marks or stray bytes were mended (at most 1 000).
    `where` gives the line of each row (and its file, where there are several) at some positions of `data` as read: it
    reads the file once more, so that nobody pays who does not ask.
    """

    name: str
    data: pa.Table
    report: Report
    set_aside: pd.DataFrame
    unread: pd.DataFrame = field(default_factory=lambda: listed([]))
    known: Known = field(default_factory=Known)
    where: Where = field(default=as_they_stand, compare=False, repr=False)

    def frame(self, rows: int | None = None) -> pd.DataFrame:
        """The first `rows` rows (all by default) as a frame: text as str, dates as datetime64."""
        part = self.data if rows is None else self.data.slice(0, rows)
        plain = [column.cast(pa.string()) if column.type == CODES else column for column in part.columns]
        return pa.table(plain, names=part.column_names).to_pandas(date_as_object=False)
