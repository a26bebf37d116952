"""The playbook: what is done differently for each segment, and whom sales put elsewhere than the rule does."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from typing import Any

from segmentation.analysis.action.asked import ASKED
from segmentation.analysis.action.plays import AIMS, FIELDS
from segmentation.checks import Names, Number, Unfit, closed, setting
from segmentation.customers.customers import Customers
from segmentation.dataclass import dataclass
from segmentation.problems import Problem
from segmentation.segments.pinning import pinned
from segmentation.segments.segmentation import UNKNOWN, Segmentation
from segmentation.study.methods import along

MOST = 300  # rows of a method
LONGEST = 1000  # letters of a cell
Rows = dict[str, dict[str, str]]  # segment → field → text


@dataclass(frozen=True)
class Books:
    """Playbooks as plain data: method → segment → what is done (see FIELDS)."""

    def check(self, name: str, value: Any) -> dict[str, Rows]:
        if not isinstance(value, Mapping) or not all(isinstance(held, Mapping) for held in value.values()):
            raise Unfit(f"{name} must be methods, each with its segments and what is done for them.")
        for held in value.values():
            if len(held) > MOST or not all(isinstance(row, Mapping) for row in held.values()):
                raise Unfit(f"{name} must have at most {MOST} segments of a method, each with a row.")
        return {method: {one: _row(name, row) for one, row in held.items()} for method, held in value.items()}

    @property
    def schema(self) -> dict[str, Any]:
        text = {"type": "string", "maxLength": LONGEST}
        row = closed(dict.fromkeys(FIELDS, text) | {"aim": {"enum": ["", *AIMS]}})
        rows = {"type": "object", "maxProperties": MOST, "additionalProperties": row}
        return {"type": "object", "additionalProperties": rows}


def _row(name: str, row: Mapping[str, Any]) -> dict[str, str]:
    if strange := [str(one) for one in row if one not in FIELDS]:
        raise Unfit(f"a row of {name} has {', '.join(strange)}; it can have {', '.join(FIELDS)}.")
    for field, text in row.items():
        if not isinstance(text, str) or len(text) > LONGEST:
            raise Unfit(f"{field} in a row of {name} must be a text of at most {LONGEST} letters.")
    if row.get("aim", "") not in ("", *AIMS):
        raise Unfit(f"the aim in a row of {name} is “{row['aim']}”; it can be {', '.join(AIMS)}.")
    if not _is_day(row.get("until", "")):
        raise Unfit(f"until in a row of {name} is “{row['until']}”: write it as 2026-06-30.")
    return {field: text for field, text in row.items() if text}


@dataclass(frozen=True)
class Pins:
    """Customers whom somebody put elsewhere than the rule of a method does: a list of plain data (see PIN)."""

    def check(self, name: str, value: Any) -> list[dict[str, Any]]:
        if not isinstance(value, list) or len(value) > MOST:
            raise Unfit(f"{name} must be a list of at most {MOST} customers.")
        checked = [_pin(name, one) for one in value]
        if len({(one["method"], one["customer"]) for one in checked}) < len(checked):
            raise Unfit(f"{name} has a customer twice: put it in one place.")
        return checked

    @property
    def schema(self) -> dict[str, Any]:
        text = {"type": "string", "maxLength": LONGEST}
        pin = closed(dict.fromkeys(PIN, text) | {"money": {"type": "number"}})
        return {"type": "array", "maxItems": MOST, "items": pin | {"required": [*NEEDED]}}


PIN = ("customer", "method", "segment", "reason", "day", "rule", "file")  # texts; rule and file: as they were that day
NEEDED = PIN[:5]


def _pin(name: str, one: Any) -> dict[str, Any]:
    if not isinstance(one, Mapping) or set(one) - {*PIN, "money"} or not all(one.get(part) for part in NEEDED):
        raise Unfit(f"each of {name} must have {', '.join(NEEDED)}; it can have rule, file and money.")
    texts = [one.get(part, "") for part in PIN]
    if not all(isinstance(text, str) and len(text) <= LONGEST for text in texts):
        raise Unfit(f"what each of {name} has must be texts of at most {LONGEST} letters.")
    money = one.get("money", 0.0)
    if isinstance(money, bool) or not isinstance(money, int | float) or not math.isfinite(money):
        raise Unfit(f"the money in {name} must be a number.")
    if not _is_day(one["day"]):
        raise Unfit(f"the day in {name} is “{one['day']}”: write it as 2026-06-30.")
    return dict(one)


def _renamed(one: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """A pin, where its segment, and that of the rule then, are called otherwise."""
    return {part: names.get(held, held) if part in ("segment", "rule") else held for part, held in one.items()}


def _is_day(text: str) -> bool:
    try:
        return not text or dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


@dataclass
class Playbook:
    playbook: dict[str, Rows] = setting(
        dict, Books(), "what is done differently: methods, each with its segments, their owner, aim, terms and the rest"
    )
    limits: dict[str, float] = setting(
        dict,
        Names(Number(0, 1), tuple(ASKED), each="the limit of {}"),
        "what is asked of a good segmentation; limits where they are not the usual ones",
    )

    pins: list[dict[str, Any]] = setting(
        list, Pins(), "customers pinned to a segment by hand; each with the method, a reason and a day"
    )

    def agree(self) -> None:
        """Problem where playbook or pins are of a method the study (whose section this is) does not have."""
        methods: Mapping[str, Any] = self.methods  # type: ignore[attr-defined]
        used = {"the playbook is": [*self.playbook], "a pin is": [one["method"] for one in self.pins]}
        for what, names in used.items():
            if strange := [one for one in names if one not in methods]:
                raise Problem(f"In the study, {what} of the method “{strange[0]}”; there is none of that name.")

    def segmentation(self, customers: Customers) -> Segmentation:
        """The chosen method at the chosen thresholds, with whom sales put elsewhere."""
        made: Segmentation = super().segmentation(customers)  # type: ignore[misc]
        return self.pinned(self.method, made)  # type: ignore[attr-defined]

    def pinned(self, method: str, made: Segmentation) -> Segmentation:
        """What a method made, with the customers who were pinned in it."""
        return pinned(made, {one["customer"]: one["segment"] for one in self.pins_of(method)})

    def pins_of(self, method: str) -> list[dict[str, Any]]:
        return [one for one in self.pins if one["method"] == method]

    def pin(self, customers: Customers, wanted: Sequence[str], segment: str, reason: str, day: str) -> None:
        """Put customers (by number) into a segment of the chosen method, whatever its rule says; see `Pins`.

        Problem, and nobody pinned, where a customer or the segment is not there, or no reason is given.
        """
        method: str = self.method  # type: ignore[attr-defined]
        rule: Segmentation = super().segmentation(customers)  # type: ignore[misc]
        if not reason.strip():
            raise Problem("A pin needs a reason: say why the rule is wrong for this customer.")
        if segment not in rule.names:
            raise Problem(f"There is no segment “{segment}” here: choose from {', '.join(rule.names)}.")
        from segmentation.analysis.action.playbook import earned  # proposals are read where somebody decides

        rows = customers.frame.index.get_indexer(list(wanted))
        if absent := [one for one, row in zip(wanted, rows, strict=True) if row < 0]:
            raise Problem(f"There is no customer “{absent[0]}” here: look for the number as it stands in the file.")
        names, column = (*rule.names, UNKNOWN), earned(rule)
        money = customers.values(column)[rows] if column else [0.0] * len(rows)
        made = [
            {
                "customer": one,
                "method": method,
                "segment": segment,
                "reason": reason.strip(),
                "day": day,
                "rule": names[int(code)],
                "file": self.file,  # type: ignore[attr-defined]
                "money": round(float(brings), 2) if math.isfinite(brings) else 0.0,
            }
            for one, code, brings in zip(wanted, rule.placing.at(rows), money, strict=True)
        ]
        self.pins = Pins().check("the pins", [*self._others(wanted), *made])

    def unpin(self, wanted: Sequence[str]) -> None:
        """Leave customers of the chosen method to its rule again."""
        self.pins = self._others(wanted)

    def _others(self, wanted: Sequence[str]) -> list[dict[str, Any]]:
        method: str = self.method  # type: ignore[attr-defined]
        return [one for one in self.pins if one["method"] != method or one["customer"] not in wanted]

    @property
    def rows(self) -> Rows:
        """The rows that were decided for the chosen method."""
        return self.playbook.get(self.method, {})  # type: ignore[attr-defined]

    def decide(self, rows: Mapping[str, Mapping[str, str]]) -> None:
        """Write rows of the chosen method, beside those of other segments. Problem, and nothing written, where one cannot be."""
        method: str = self.method  # type: ignore[attr-defined]
        checked = Books().check("the playbook", {method: {**self.rows, **rows}})
        self.playbook = {name: held for name, held in {**self.playbook, **checked}.items() if held}

    def undecide(self, segments: Sequence[str] | None = None) -> None:
        """Forget rows of the chosen method: these, or all."""
        method: str = self.method  # type: ignore[attr-defined]
        left = {} if segments is None else {one: row for one, row in self.rows.items() if one not in segments}
        self.playbook = {name: rows for name, rows in {**self.playbook, method: left}.items() if rows}

    def merge(self, segments: Sequence[str]) -> str:
        """See `Methods.merge`: rows go along, and what is one now has the row of the first of them."""
        before, pins = self.rows, self.pins_of(self.method)  # type: ignore[attr-defined]
        together: str = super().merge(segments)  # type: ignore[misc]
        kept = {one: row for one, row in before.items() if one not in segments}
        first = next((before[one] for one in segments if one in before), None)
        self.undecide()
        self.decide({**({together: first} if first is not None else {}), **kept})
        method: str = self.method  # type: ignore[attr-defined]
        moved = [{**one, "segment": together} if one["segment"] in segments else one for one in pins]
        others = [one for one in self.pins if one["method"] != method]
        self.pins = [*others, *({**one, "method": method} for one in moved)]
        return together

    def rename(self, method: str, names: Mapping[str, str]) -> Mapping[str, str]:
        """See `Methods.rename`: rows and pins go along."""
        names = super().rename(method, names)  # type: ignore[misc]
        self.playbook = {one: along(rows, names) if one == method else rows for one, rows in self.playbook.items()}
        self.pins = [_renamed(one, names) if one["method"] == method else one for one in self.pins]
        return names

    def drop(self, name: str) -> None:
        """Forget a method of one's own, its playbook and pins."""
        super().drop(name)  # type: ignore[misc]
        self.pins = [one for one in self.pins if one["method"] != name]
        self.playbook = {one: rows for one, rows in self.playbook.items() if one != name}
