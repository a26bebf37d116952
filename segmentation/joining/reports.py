"""What was said and set aside of several files, as of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from segmentation.table import ASIDE, Question, Report, Table


def reports(tables: Sequence[Table], said: tuple[str, ...]) -> Report:
    """The reports of several files as one: what was said of each, under its name."""
    first = tables[0].report
    several = len(tables) > 1
    return replace(
        first,
        rows_in=sum(one.report.rows_in for one in tables),
        rows_used=sum(one.report.rows_used for one in tables),
        dates={name: order for one in reversed(tables) for name, order in one.report.dates.items()},
        sentences=(*said, *(f"{one.name}: {text}" if several else text for one in tables for text in one.report.sentences)),
        questions=tuple(_named_question(one.name, asked) if several else asked for one in tables for asked in one.report.questions),
    )  # fmt: skip


def _named_question(name: str, asked: Question) -> Question:
    return Question(f"{name}: {asked}", asked.setting, asked.column, asked.readings, asked.chosen)


def asides(tables: Sequence[Table], which: str = "set_aside") -> pd.DataFrame:
    """What was set aside (or left unread) of several files, each with its file."""
    parts = [(one.name, getattr(one, which)) for one in tables]
    frames = [part if "file" in part else part.assign(file=name) for name, part in parts]
    names = ["file", *ASIDE]
    full = [frame[names] for frame in frames if len(frame)]
    return pd.concat(full, ignore_index=True) if full else pd.DataFrame(columns=names).astype({"line": "int64"})
