"""Ordered if-then rows over any columns, first match wins; and what each row covers.

A row is {"when": condition, "segment": name}. A condition is comparisons joined by `and`:

    revenue >= 1000 and region in (North, South) and "last visit" is missing

with = != < <= > >=, in, not in, between (both ends included), is missing, is known; a heading that holds one of these
words stands in quotes. An empty condition (or `else`) holds for everybody. A comparison with a missing value does not
hold; whom no row matches is *Other*, or *Unknown* where a value that was asked for is missing.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache, reduce
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.checks import is_too_deep
from segmentation.customers import attributes
from segmentation.customers.customers import Customers
from segmentation.dataclass import dataclass
from segmentation.pattern import pattern
from segmentation.problems import Problem
from segmentation.segments.bands import NEAR, RECENT, Scattered, Some, Tally, once
from segmentation.segments.segmentation import UNKNOWN, Segmentation

MOST = 15  # rows: a customer's matches fit into 16 bits, the last for a missing value
LONGEST = 1000  # letters of a condition
OTHER = "Other"
SYMBOLS = {"==": "=", "<>": "!=", "≠": "!=", "≤": "<=", "≥": ">="}
OPERATORS = ("=", "!=", "<", "<=", ">", ">=", "in", "not in", "between", "missing", "known")
FEWEST = {"between": 2, "missing": 0, "known": 0}  # values a comparison has; all others one
SIDES = {"<": False, ">=": False, ">": True, "<=": True}  # comparison → whether the lower of two numbers is left out
EVERYBODY = ("", "else", "otherwise", "everybody")
SHAPE = 'write it as: revenue >= 1000 and region = North; a heading of several words in "quotes"'

_QUOTED = r'"([^"]*)"|“([^”]*)”|`([^`]*)`|\[([^\]]*)\]|\'([^\']*)\''
_TOKEN = pattern(rf"\s*(?:{_QUOTED}|(<=|>=|!=|<>|==|[<>=≤≥≠])|([(),])|([^\s\"“”`\[\]<>=!≤≥≠(),]+))")


@dataclass(frozen=True)
class Condition:
    """One comparison. values: what is compared with, as written."""

    column: str
    operator: str
    values: tuple[str, ...] = ()

    def __str__(self) -> str:
        column, *said = map(_quoted, (self.column, *self.values))
        if self.operator in ("missing", "known"):
            return f"{column} is {self.operator}"
        if self.operator == "between":
            return f"{column} between {said[0]} and {said[1]}"
        return (
            f"{column} {self.operator} ({', '.join(said)})"
            if "in" in self.operator
            else f"{column} {self.operator} {said[0]}"
        )


def _quoted(text: str) -> str:
    """A heading or value as it stands in a condition: in quotes where it is more than one plain word."""
    if re.fullmatch(r"[\w.+-]+", text) and text.casefold() not in _KEYWORDS:
        return text
    return f'"{text}"' if '"' not in text else f"`{text}`"


@dataclass(frozen=True)
class Rule:
    """Conditions that must all hold, and the segment they lead to."""

    conditions: tuple[Condition, ...]
    segment: str

    @property
    def when(self) -> str:
        return " and ".join(map(str, self.conditions))


# Reading rows


def plain(name: str, value: Any) -> tuple[dict[str, str], ...]:
    """Rows as they are kept. Takes a list of rows, its JSON, or `condition -> segment; …`; blank rows are left out.

    A row's condition may also be a list of [column, operator, value]. Raises Problem for what cannot be read.
    """
    rows = [_row(f"{name}, row {at}", row) for at, row in enumerate(_listed(name, value), 1)]
    rows = [row for row in rows if row["segment"] or row["when"]]
    if not 1 <= len(rows) <= MOST:
        raise Problem(f"{name} has {len(rows)} rows; it takes 1 to {MOST}.")
    for at, row in enumerate(rows, 1):
        check_name(f"{name}, row {at}", row["segment"])
        parse(row["when"], f"{name}, row {at}")
    return tuple(rows)


def _listed(name: str, value: Any) -> Sequence[Any]:
    if isinstance(value, str) and not value.lstrip().startswith("["):
        pairs = [part.partition("->") for part in value.split(";") if part.strip()]
        return [{"when": when, "segment": segment} for when, _, segment in pairs]
    rows = from_json(name, value) if isinstance(value, str) else value
    if not isinstance(rows, list | tuple):
        raise Problem(f"{name} must be rows of a condition and a segment: {SHAPE}.")
    return rows


def from_json(name: str, text: str) -> Any:
    """What a JSON text holds; Problem where it is none, or lists and names stand within each other too often."""
    try:
        held = json.loads(text)
    except (ValueError, RecursionError):
        raise Problem(f"{name} is no JSON: check its quotes and brackets.") from None
    if is_too_deep(held):
        raise Problem(f"In {name} too many things stand within each other: make it simpler.")
    return held


def _row(where: str, row: Any) -> dict[str, str]:
    if not isinstance(row, Mapping) or set(row) - {"when", "segment"}:
        raise Problem(f"{where} must have a condition (“when”) and a “segment”, and nothing else.")
    when, segment = ("" if row.get(key) is None else row[key] for key in ("when", "segment"))
    if isinstance(when, list | tuple):
        when = " and ".join(str(_structured(where, one)) for one in when)
    if not isinstance(when, str) or not isinstance(segment, str):
        raise Problem(f"{where} must be text: {SHAPE}.")
    return {"when": when.strip(), "segment": segment.strip()}


def _structured(where: str, one: Any) -> Condition:
    if not isinstance(one, list | tuple) or len(one) not in (2, 3) or one[1] not in OPERATORS:
        raise Problem(f"{where}: each comparison is [column, operator, value], with one of {', '.join(OPERATORS)}.")
    given = one[2] if len(one) == 3 else ()
    values = tuple(str(value) for value in (given if isinstance(given, list | tuple) else (given,)))
    if len(values) < FEWEST.get(one[1], 1):
        raise Problem(f"{where} does not say what “{one[0]}” is compared with: {SHAPE}.")
    return Condition(str(one[0]), str(one[1]), values)


def check_name(where: str, name: Any) -> str:
    """A segment's name; Problem where it cannot be one."""
    if not isinstance(name, str) or not name.strip() or len(name) > 60 or not name.isprintable():
        raise Problem(f"{where} needs the name of a segment, of at most 60 letters.")
    if name.strip() == UNKNOWN:
        raise Problem(f"{where} is called {UNKNOWN}, which is kept for customers whose figure is missing: rename it.")
    return name.strip()


@lru_cache(maxsize=1024)
def parse(when: str, where: str = "The condition") -> tuple[Condition, ...]:
    """The comparisons of a condition; none where it holds for everybody. Raises Problem for text that is no condition."""
    if when.strip().casefold() in EVERYBODY:
        return ()
    if len(when) > LONGEST:
        raise Problem(f"{where} is {len(when):,} letters long: a condition can have {LONGEST:,}.")
    tokens, found = _tokens(when, where), []
    while tokens:
        found.append(_condition(tokens, where))
        if tokens and tokens.pop(0) != ("word", "and"):
            raise Problem(f"{where} cannot be read after “{found[-1]}”: join comparisons by and.")
        if not tokens and when.rstrip().casefold().endswith(" and"):
            raise Problem(f"{where} ends with and: {SHAPE}.")
    return tuple(found)


def _tokens(when: str, where: str) -> list[tuple[str, str]]:
    """(kind, text): "quoted", "sign" for comparisons, "mark" for brackets and commas, "word" (keywords lower-case)."""
    tokens, at = [], 0
    while at < len(when.rstrip()):
        match = _TOKEN.match(when, at)
        if not match:
            raise Problem(f"{where} cannot be read at “{when[at : at + 20].strip()}”: {SHAPE}.")
        *quoted, sign, mark, word = match.groups()
        text = next((one for one in quoted if one is not None), None)
        keyword = word.casefold() if word and word.casefold() in _KEYWORDS else word
        kinds = (("quoted", text), ("sign", SYMBOLS.get(sign, sign)), ("mark", mark), ("word", keyword))
        tokens.append(next((kind, said) for kind, said in kinds if said is not None))
        at = match.end()
    return tokens


_KEYWORDS = ("and", "in", "not", "between", "is", "missing", "known")


def _condition(tokens: list[tuple[str, str]], where: str) -> Condition:
    """One comparison, taken off the front."""
    column, operator = _words(tokens, _KEYWORDS), _operator(tokens)
    if not column or operator is None:
        raise Problem(f"{where} has no comparison that can be read{f' after “{column}”' if column else ''}: {SHAPE}.")
    if operator in ("missing", "known"):
        return Condition(column, operator)
    values = _values(tokens, operator)
    if not all(values) or len(values) < 1 or (operator == "between" and len(values) != 2):
        raise Problem(f"{where} does not say what “{column}” is compared with: {SHAPE}.")
    return Condition(column, operator, tuple(values))


def _words(tokens: list[tuple[str, str]], ends: Sequence[str] = ("and",)) -> str:
    """Words up to a sign, a mark or one of the keywords; or one quoted text."""
    if tokens and tokens[0][0] == "quoted":
        return tokens.pop(0)[1]
    words = []
    while tokens and tokens[0][0] == "word" and tokens[0][1] not in ends:
        words.append(tokens.pop(0)[1])
    return " ".join(words)


def _operator(tokens: list[tuple[str, str]]) -> str | None:
    said: list[str] = []
    while tokens and (tokens[0][0] == "sign" or tokens[0][1] in _KEYWORDS[1:]) and len(said) < 2:
        said.append(tokens.pop(0)[1])
        if said[-1] not in ("is", "not"):
            break
    operator = " ".join(word for word in said if word != "is") or ("=" if said else "")
    return operator if operator in OPERATORS else None


def _values(tokens: list[tuple[str, str]], operator: str) -> list[str]:
    several = operator in ("in", "not in", "between")
    opened = several and bool(tokens) and tokens[0] == ("mark", "(") and tokens.pop(0) is not None
    values = [_words(tokens)]
    splits = [("mark", ",")] if operator != "between" else [("mark", ","), ("word", "and")]
    while several and tokens and tokens[0] in splits and not (operator == "between" and len(values) == 2):
        tokens.pop(0)
        values.append(_words(tokens))
    if opened and (not tokens or tokens.pop(0) != ("mark", ")")):
        return []
    return values


def columns_of(rows: Sequence[Mapping[str, str]]) -> list[str]:
    """The columns that rows ask for, each once."""
    return list(dict.fromkeys(one.column for row in rows for one in parse(row["when"])))


# Who matches


def holds(customers: Customers, one: Condition, rows: np.ndarray | None = None) -> np.ndarray:
    """Whether a comparison holds: bool, of all customers or of some rows. Raises Problem where it makes no sense."""
    if attributes.kind(customers, one.column) == "text":
        codes, words = attributes.coded(customers, one.column)
        return _of_words(one, words)[codes if rows is None else codes[rows]]
    column = customers.values(attributes.numbers(customers, one.column))
    return _of_numbers(one, column if rows is None else column[rows], limits(customers, one))


def limits(customers: Customers, one: Condition) -> list[float]:
    """What a number or date column is compared with; Problem where that is no number, or no date."""
    dated = attributes.kind(customers, one.column) == "date"
    try:
        found = [attributes.day_number(value) if dated else float(value) for value in one.values]
    except ValueError:
        wanted = "dates, written as 2026-06-30" if dated else "numbers"
        raise Problem(f"“{one.column}” holds {wanted}; it cannot be compared with “{', '.join(one.values)}”.") from None
    if not all(map(math.isfinite, found)):
        raise Problem(f"“{one.column}” cannot be compared with “{', '.join(one.values)}”: give a number.")
    return found


def _of_numbers(one: Condition, column: np.ndarray, given: list[float]) -> np.ndarray:
    if one.operator in ("missing", "known"):
        return np.isnan(column) == (one.operator == "missing")
    if one.operator == "between":
        return (column >= given[0]) & (column <= given[1])
    if one.operator in ("in", "not in", "!="):
        inside = np.logical_or.reduce([column == value for value in given])
        return inside if one.operator == "in" else ~inside & ~np.isnan(column)
    return {"=": np.equal, "<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal}[one.operator](
        column, given[0]
    )


def _of_words(one: Condition, words: Sequence[str]) -> np.ndarray:
    """For each word, and for none in the last place, whether the comparison holds; upper and lower case are alike."""
    if one.operator not in ("=", "!=", "in", "not in", "missing", "known"):
        raise Problem(f"“{one.column}” holds words: they can be compared with =, != and in, not with {one.operator}.")
    if one.operator in ("missing", "known"):
        return np.array([one.operator == "known"] * len(words) + [one.operator == "missing"])
    given = {value.strip().casefold() for value in one.values}
    inside = np.array([word.casefold() in given for word in words], bool)
    return np.append(inside if one.operator in ("=", "in") else ~inside, False)


@dataclass(frozen=True)
class Ruled:
    """Where rules put everybody, as a placing (see `bands.py`): each customer's matches are bits of one number."""

    customers: Customers
    rules: tuple[Rule, ...]
    names: tuple[str, ...]

    @cached_property
    def table(self) -> np.ndarray:
        """For each pattern of matches the segment: that of the lowest bit."""
        codes = [self.names.index(rule.segment) for rule in self.rules]
        return _table(
            tuple(codes), self.names.index(OTHER) if OTHER in self.names else len(self.names), len(self.names)
        )

    @property
    def histogram(self) -> np.ndarray:
        """How many customers have each pattern."""
        return self.tally.counts

    @cached_property
    def tally(self) -> Tally:
        """Everybody's pattern, uint16: bit i for a match of row i, the bit after the last row for a missing value.

        As kept, carried over from rules that differ in a number which few customers stand between, or made anew.
        """
        recent: list[tuple[Ruled, Tally]] = self.customers.remember(("patterns", *map(shape, self.rules)), list)
        for near, tally in recent:
            rows = near.between(self)
            if rows is not None and len(rows) <= NEAR * len(self.customers):
                made = tally.moved(rows, self._matches(rows, tally.codes[rows], near)) if len(rows) else tally
                break
        else:
            made = Tally.of(self.customers, self._patterns(), len(self.table))
        recent[:] = [(self, made), *(kept for kept in recent if kept[0].conditions != self.conditions)][:RECENT]
        return made

    @cached_property
    def conditions(self) -> tuple[tuple[Condition, ...], ...]:
        return tuple(rule.conditions for rule in self.rules)

    def _patterns(self) -> np.ndarray:
        bits = self._lacking().astype(np.uint16)
        for conditions in reversed(self.conditions):
            bits <<= 1
            bits |= self.match(conditions).view(np.uint8)
        return bits

    def _matches(self, rows: np.ndarray, bits: np.ndarray, near: Ruled) -> np.ndarray:
        """The patterns of some rows, from those under rules that differ in numbers alone."""
        pairs = list(zip(self.conditions, near.conditions, strict=True))
        alone = sum(a != b for mine, theirs in pairs for a, b in zip(mine, theirs, strict=True)) == 1
        for bit, (mine, theirs) in enumerate(pairs):
            if mine != theirs:
                bits = bits & np.uint16(~(1 << bit) & 0xFFFF)
                matched = [self._holds(a, b, rows, alone) for a, b in zip(mine, theirs, strict=True)]
                if not any(one is False for one in matched):
                    bits |= reduce(np.logical_and, matched, np.ones(len(rows), bool)).astype(np.uint16) << np.uint16(
                        bit
                    )
        return bits

    def _holds(self, mine: Condition, theirs: Condition, rows: np.ndarray, alone: bool) -> np.ndarray | bool:
        """Whether a comparison holds for rows between two sets of rules.

        alone   it is the only one that differs: then whoever stands between its two numbers was on its other side
        """
        if mine == theirs:
            return self._mask(mine)[rows]
        if alone and mine.operator in SIDES:
            here, there = (limits(self.customers, one)[0] for one in (mine, theirs))
            return here < there if mine.operator in (">", ">=") else here > there
        return holds(self.customers, mine, rows)

    def match(self, conditions: tuple[Condition, ...], rows: np.ndarray | slice = slice(None)) -> np.ndarray:
        """Whom all these conditions hold for: bool, of all or of some rows."""
        if not conditions:
            return np.ones(len(self.customers), bool)[rows]
        return reduce(np.logical_and, (self._mask(one)[rows] for one in conditions))

    def _mask(self, one: Condition) -> np.ndarray:
        return self.customers.remember(("holds", one), lambda: holds(self.customers, one))

    def _lacking(self) -> np.ndarray:
        """Customers without a value that a row compares."""
        compared = [one for conditions in self.conditions for one in conditions]
        names = sorted({one.column for one in compared if one.operator not in ("missing", "known")})

        def make() -> np.ndarray:
            absent = [holds(self.customers, Condition(name, "missing")) for name in names]
            return np.logical_or.reduce(absent) if absent else np.zeros(len(self.customers), bool)

        return self.customers.keep(("lacking", *names), make)

    @cached_property
    def counts(self) -> np.ndarray:
        return np.bincount(self.table, self.tally.counts, len(self.names) + 1).astype(np.int64)

    def sums(self, column: str) -> np.ndarray:
        """Sum of a column per segment, in its exact unit."""
        return np.bincount(self.table, self.tally.sums(column), len(self.names) + 1)

    def codes(self) -> np.ndarray:
        """The segment of each row: int8 (n,)."""
        return self.table.take(self.tally.codes)

    def at(self, rows: np.ndarray) -> np.ndarray:
        """The segment of some rows: int8."""
        return self.table.take(self.tally.codes[rows])

    def changed(self, other: Any) -> list[Some] | None:
        """Those in another segment there; None where more than numbers differ."""
        rows = self.between(other) if isinstance(other, Ruled) and self.names == other.names else None
        if rows is None:
            return None
        bits = self.tally.codes[rows]
        moved = self.table.take(bits) != other.table.take(other._matches(rows, bits, self))
        return [Scattered(self.customers, rows[moved])]

    def between(self, other: Ruled) -> np.ndarray | None:
        """Rows of those between the numbers of two sets of rules, each once; None where more than numbers differ."""
        if list(map(shape, self.rules)) != list(map(shape, other.rules)):
            return None
        pairs = zip(chain(*self.conditions), chain(*other.conditions), strict=True)
        differing = [pair for pair in pairs if pair[0] != pair[1]]
        if not all(self._ordered(one) for one, _ in differing):
            return None
        pieces = [piece for pair in differing for piece in self._between(*pair)]
        return once(pieces, len(self.customers))

    def _ordered(self, one: Condition) -> bool:
        """Whether customers between two numbers of this comparison stand together in an ordering."""
        return one.operator in (*SIDES, "between") and attributes.kind(self.customers, one.column) != "text"

    def _between(self, mine: Condition, theirs: Condition) -> list[np.ndarray]:
        ranked = self.customers.ranked(attributes.numbers(self.customers, mine.column))
        pairs = zip(limits(self.customers, mine), limits(self.customers, theirs), strict=True)
        spans = [(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]]
        return [ranked.between(*span, open=SIDES.get(mine.operator)) for span in spans]


def shape(rule: Rule) -> tuple[tuple[str, str, int], ...]:
    """A rule without its numbers."""
    return tuple((one.column, one.operator, len(one.values)) for one in rule.conditions)


@lru_cache(maxsize=64)
def _table(codes: tuple[int, ...], other: int, unknown: int) -> np.ndarray:
    patterns = np.arange(2 << len(codes))
    table = np.where(patterns >> len(codes), unknown, other).astype(np.int8)
    for bit in reversed(range(len(codes))):
        table[(patterns >> bit) & 1 == 1] = codes[bit]
    table.flags.writeable = False
    return table


def by_rules(customers: Customers, rows: Sequence[Mapping[str, str]]) -> Segmentation:
    """Segments by ordered rows as `plain` gives them, in the order in which they are first named; *Other* last."""
    rules = tuple(Rule(parse(row["when"]), row["segment"]) for row in rows)
    named = dict.fromkeys(rule.segment for rule in rules)
    rest = {} if any(not rule.conditions for rule in rules) else {OTHER: None}
    names = tuple({**named, **rest})
    for rule in rules:
        for one in rule.conditions:
            _check(customers, one)  # what makes no sense is said now, not when somebody counts
    return Segmentation(customers, names, Ruled(customers, rules, names))


def _check(customers: Customers, one: Condition) -> None:
    if attributes.kind(customers, one.column) == "text":
        _of_words(one, ())
    else:
        limits(customers, one)


# What the rows cover


@dataclass(frozen=True)
class Coverage:
    """How rows share the customers.

    rows      one a row: row (from 1), when, segment, matches, wins (customers it decides), note (why it never wins)
    overlaps  pairs of rows that match the same customers: first, second, customers
    none      customers matched by no row; unknown: those among them of whom a value is missing
    """

    rows: pd.DataFrame
    overlaps: pd.DataFrame
    none: int
    unknown: int


def coverage(result: Segmentation) -> Coverage:
    """Coverage of a segmentation made by rules. Raises TypeError for any other."""
    if not isinstance(result.placing, Ruled):
        raise TypeError("only rules have a coverage")
    placing = result.placing
    held = np.flatnonzero(placing.histogram)
    counts, size = placing.histogram[held], len(placing.rules)
    bits = (held[:, None] >> np.arange(size)) & 1
    together = (bits * counts[:, None]).T @ bits
    matches, first = np.diag(together), np.where(bits.any(axis=1), bits.argmax(axis=1), size)
    wins = np.bincount(first, counts, size + 1).astype(np.int64)
    rows = pd.DataFrame(
        {
            "row": np.arange(1, size + 1),
            "when": [rule.when or "else" for rule in placing.rules],
            "segment": [rule.segment for rule in placing.rules],
            "matches": matches,
            "wins": wins[:size],
            "note": [_never(at, int(matches[at]), int(wins[at]), bits) for at in range(size)],
        }
    )
    pairs = [(a + 1, b + 1, int(together[a, b])) for a in range(size) for b in range(a + 1, size) if together[a, b]]
    overlaps = pd.DataFrame(pairs, columns=["first", "second", "customers"])
    return Coverage(rows, overlaps, int(wins[size]), int(counts[(first == size) & (held >> size == 1)].sum()))


def _never(at: int, matches: int, wins: int, bits: np.ndarray) -> str:
    """Why a row decides nobody; nothing where it does."""
    if wins:
        return ""
    if not matches:
        return "It matches nobody."
    before = np.flatnonzero(bits[bits[:, at] == 1][:, :at].any(axis=0)) + 1
    rows = formats.listed([str(row) for row in before])
    return f"It never wins: all it matches {'is' if len(before) == 1 else 'are'} taken by row{'s' * (len(before) > 1)} {rows}."
