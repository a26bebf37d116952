"""The portfolio: its lines and bubbles, what serving costs, what cooperation is made of, and the views of several people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from segmentation.checks import Anything, Names, Number, Text, closed, setting
from segmentation.customers.cooperation import EQUAL, HEAVIEST, PARTS, Rates, check_parts
from segmentation.dataclass import dataclass
from segmentation.methods import METHODS
from segmentation.problems import Problem
from segmentation.segments.plane import LEAST
from segmentation.study.methods import MethodName, Methods

BUBBLES = {"sample": "a sample of customers", "largest": "the largest customers"}
RATES = tuple(one.name for one in fields(Rates))


@dataclass(frozen=True)
class Cooperation(Names):
    """What cooperation is made of: "weights" part → weight, "columns" part → column."""

    def check(self, name: str, value: Any) -> dict[str, Any]:
        checked = super().check(name, value)
        check_parts({**EQUAL, **checked.get("weights", {})}, checked.get("columns", {}))
        return checked

    @property
    def schema(self) -> dict[str, Any]:
        weights = {part: {"type": "number", "minimum": 0, "maximum": HEAVIEST} for part in PARTS}
        return closed({"weights": closed(weights), "columns": Names(Text(), PARTS).schema})


MADE = Cooperation(Names(Anything()), ("weights", "columns"))


@dataclass(frozen=True)
class View(Names):
    """What one person sees: thresholds of the portfolio, and what cooperation is made of beside them."""

    def check(self, name: str, value: Any) -> dict[str, Any]:
        checked = super().check(name, value)
        MADE.check(name, {key: one for key, one in checked.items() if key in MADE.keys})
        METHODS["portfolio"].complete({key: one for key, one in checked.items() if key not in MADE.keys})
        return checked

    @property
    def schema(self) -> dict[str, Any]:
        return closed({key: {} for key in METHODS["portfolio"].controls} | MADE.schema["properties"])


@dataclass
class Portfolio(Methods):
    lines: dict[str, float] = setting(
        dict,
        Names(Number(-1e15, 1e15), ("profit", "potential"), each="line {}"),
        "the cut lines profit and potential, in money per customer; without one the average",
    )
    bubbles: str = setting(
        "sample", MethodName(), "what a bubble is: sample or largest customers, or a method whose segments they are"
    )
    serving: dict[str, float] = setting(
        dict,
        Names(Number(0, 1e12), RATES, each="the rate per {}"),
        "cost to serve per order, line, visit or customer, in money; empty: the file's own",
    )
    cooperation: dict[str, dict[str, Any]] = setting(
        dict,
        MADE,
        "what the score is made of: weights of its parts, and the columns that show them; empty: what is known",
    )
    views: dict[str, dict[str, Any]] = setting(
        dict,
        Names(View(Anything())),
        "names, each with thresholds of the portfolio and weights and columns of its own: whom one may ask",
    )

    def agree(self) -> None:
        """Problem where bubbles are segments of a method there is not."""
        if self.bubbles not in (ways := (*BUBBLES, *self.methods)):
            raise Problem(f"In the study, bubbles is “{self.bubbles}”; it can be {', '.join(ways)}.")

    def move_lines(self, profit: float | Sequence[float], potential: float | Sequence[float]) -> None:
        """Put the cut lines of the portfolio at amounts: one of each for every page that shows them, or two of each."""
        given = [line if isinstance(line, Sequence) else (line,) for line in (profit, potential)]
        both = [tuple(line if line > LEAST else 0.0 for line in lines) for lines in given]
        self.set_of("portfolio", lines="amounts", profit=both[0], potential=both[1])
        single = all(len(lines) == 1 for lines in both)
        self.lines = {"profit": float(both[0][0]), "potential": float(both[1][0])} if single else {}

    def lines_back(self) -> None:
        """Put the cut lines back at the average customer, on every page that shows them."""
        held = self.thresholds.get("portfolio", {})
        left = {name: value for name, value in held.items() if name not in ("lines", "profit", "potential")}
        self.lines = {}
        self.thresholds = {name: one for name, one in {**self.thresholds, "portfolio": left}.items() if one}

    def drop(self, name: str) -> None:
        """Forget a method of one's own; bubbles that were its segments are a sample of customers."""
        super().drop(name)
        self.bubbles = self.bubbles if self.bubbles in (*BUBBLES, *self.methods) else next(iter(BUBBLES))
