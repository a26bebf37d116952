"""What a finding is, and what several questions say alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from segmentation import formats
from segmentation.audit.facts import Facts
from segmentation.columns.kinds import plain_text
from segmentation.dataclass import dataclass
from segmentation.rollup.settings import CHOICES


@dataclass(frozen=True)
class Choice:
    """A way to answer a finding: what it is called, and the settings of a study that make it so."""

    label: str
    settings: dict[str, Any]


@dataclass(frozen=True)
class Cell:
    """A value of the table that a sentence names: its heading, and how it is said."""

    heading: str
    text: str


@dataclass(frozen=True)
class Finding:
    """One thing a person should know before trusting the result.

    name      what kind of finding it is (“duplicate_rows”)
    sentence  what was found, in numbers
    effect    what it does to the result
    choices   what can be done about it
    rows      int64: positions in the table of the rows it is about
    parts     the sentence in pieces, where it names values of the table
    """

    name: str
    sentence: str
    effect: str
    choices: tuple[Choice, ...] = ()
    rows: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))
    parts: tuple[str | Cell, ...] = ()

    def told(self, tell: Callable[[Cell], str]) -> str:
        """The sentence with the values it names told in another way: masked."""
        if not self.parts:
            return self.sentence
        return "".join(tell(part) if isinstance(part, Cell) else part for part in self.parts)


def ways(name: str, first: str = "") -> tuple[Choice, ...]:
    """The ways of a choice about lines, the one that suits the finding before the others."""
    said = CHOICES[name].ways
    return tuple(Choice(said[way], {name: way}) for way in sorted(said, key=lambda way: way != first))


def cell(facts: Facts, role: str, rows: np.ndarray) -> Cell | None:
    """The value of a role in the first of some rows, None where there is none."""
    if role not in facts.roles:
        return None
    value = facts.table.data[facts.roles[role]][int(rows[0])].as_py()
    said = formats.day(value) if isinstance(value, dt.date) else str(value or "")
    return Cell(facts.roles[role], said) if said else None


def joined(parts: Iterable[str | Cell]) -> str:
    return "".join(part.text if isinstance(part, Cell) else part for part in parts)


def leaving_out(facts: Facts, rows: np.ndarray) -> tuple[Choice, ...]:
    if facts.order is None:
        return ()
    names = pc.unique(plain_text(facts.table.data[facts.roles["order"]]).take(pa.array(rows))).to_pylist()
    label = f"Leave {('it', 'both')[len(names) - 1] if len(names) < 3 else 'them'} out"  # an order and its cancellation
    return (Choice(label, {"without_orders": sorted(filter(None, names))}),) if any(names) else ()


def verb(count: int, one: str, many: str) -> str:
    return one if count == 1 else many
