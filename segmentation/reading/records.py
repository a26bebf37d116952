"""Files whose records are no lines: JSON, XML, SQL dumps, vCards. Where a record is a row, they become a table."""

from __future__ import annotations

import json
import quopri
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa

from segmentation.pattern import pattern
from segmentation.problems import Problem
from segmentation.reading.draft import MAX_COLUMNS, Decisions, Draft, check_cells, no_rows, too_wide, unique
from segmentation.reading.files import Raw, no_table
from segmentation.table import Question

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

LARGEST = 64 << 20  # bytes that are taken apart: each takes ten times its size while it is
MOST_PARTS = 4_000_000  # objects, elements or values of a file
DEEPEST = 4  # fields within fields that become columns
Row = dict[str, str | None]


class Records(NamedTuple):
    name: str  # what the file calls them: the table of a dump, the tag of an element
    rows: list[Row]


_KINDS = (  # how each begins
    ("JSON", pattern(r'\s*(?:\[\s*)?\{\s*(?:"[^"]*"\s*:|\})|\s*\[\s*\[')),
    ("a vCard", pattern(r"(?i)\s*BEGIN:VCARD")),
    ("a calendar", pattern(r"(?i)\s*BEGIN:VCALENDAR")),
    ("XML", pattern(r"\s*<[A-Za-z!?]")),
    (
        "a SQL dump",
        pattern(
            r"(?is)\s*(?:--|/\*|(?=(?:SET|DROP|BEGIN|USE|PRAGMA|START|LOCK|GO|INSERT\s+INTO|CREATE\s+TABLE|COPY)\s))"
            r".*?\b(?:INSERT\s+(?:INTO\s|\[)|CREATE\s+TABLE\s|COPY\s+\S+\s*\([^)]*\)\s*FROM\s)"
        ),
    ),
)


def kind_of(front: str) -> str | None:
    """What a text is whose records are no lines; None for any other."""
    return next((kind for kind, begins in _KINDS if begins.match(front[:20_000])), None)


def read(raw: Raw, kind: str, encoding: str, decided: Decisions) -> Draft:
    """The draft of such a file. Problem where no row is a record, or where there are too many."""
    text = bytes(raw.all()).decode(encoding, "replace").removeprefix("\ufeff") if raw.size <= LARGEST else ""
    if raw.size > LARGEST or sum(map(text.count, "{<,")) > MOST_PARTS:
        raise Problem(f"{raw.name} is {kind} too large to take apart: save the table as CSV and choose that.")
    try:
        found = [one for one in _READERS.get(kind, lambda _: [])(text) if one.rows]
    except (ValueError, RecursionError, SyntaxError):  # that of an ElementTree is one
        found = []
    if not found:
        raise no_table(raw, kind)
    return _draft(raw, kind, found, encoding, decided)


def _draft(raw: Raw, kind: str, found: list[Records], encoding: str, decided: Decisions) -> Draft:
    if decided.table and decided.table > len(found):
        raise Problem(f"{raw.name} has no table {decided.table}: it holds {len(found)}, choose one of them.")
    at = decided.table - 1 if decided.table else max(range(len(found)), key=lambda i: len(found[i].rows))
    rows = found[at].rows
    names = list(dict.fromkeys(name for row in rows for name in row))
    if not names:
        raise no_rows(raw.name)
    if len(names) > MAX_COLUMNS:
        raise too_wide(raw.name, len(names))
    check_cells(raw.name, len(rows), len(names))
    table = pa.table(
        [pa.array([row.get(name) or None for row in rows], pa.string()) for name in names], names=unique(names)
    )
    draft = Draft(table, encoding=encoding, lines=lambda places: [place + 1 for place in places])
    draft.sentences.append(f"The file is {kind}: each of its records is a row; rows are counted from 1.")
    if len(found) > 1:
        draft.table_number = at + 1
        draft.questions.append(_which(found, at))
    return draft


def _which(found: list[Records], at: int) -> Question:
    readings = {str(i): f"“{one.name}”, {len(one.rows):,} rows" for i, one in enumerate(found[:40], 1)}
    return Question(
        f"The file holds {len(found)} tables: {readings.get(str(at + 1), found[at].name)} was read; "
        "decide with the table setting.",
        "table",
        None,
        readings,
        str(at + 1),
    )


def _flat(value: Any, name: str = "", depth: int = 0) -> Iterator[tuple[str, str | None]]:
    """The fields of a record, those within others called by both names."""
    if isinstance(value, dict) and depth < DEEPEST:
        for key, inner in value.items():
            yield from _flat(inner, f"{name}.{key}" if name else str(key), depth + 1)
    elif isinstance(value, list) and not any(isinstance(one, dict | list) for one in value):
        yield name, "; ".join(_text(one) or "" for one in value)
    else:
        yield name, _text(value)


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False)


# JSON


def _of_json(text: str) -> list[Records]:
    as_written: dict[str, Any] = {"parse_float": str, "parse_int": str, "parse_constant": lambda _: None}
    try:
        return [Records("", rows) for rows in _lists(json.loads(text, **as_written))]
    except json.JSONDecodeError:  # one record a line
        lines = [json.loads(line, **as_written) for line in text.splitlines() if line.strip()]
        return [Records("", rows) for rows in _lists(lines)]


def _lists(value: Any, depth: int = 0) -> Iterator[list[Row]]:
    """Lists of records anywhere in a document, and columns side by side."""
    if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
        yield [dict(_flat(one)) for one in value]
    elif isinstance(value, list) and len(value) > 1 and all(isinstance(one, list) for one in value):
        yield from _beside(value[0], value[1:])
    elif isinstance(value, dict) and isinstance(value.get("columns"), list) and isinstance(value.get("data"), list):
        yield from _beside(value["columns"], value["data"])
    elif isinstance(value, dict) and depth < DEEPEST:
        columns = [list(one.values()) if isinstance(one, dict) else one for one in value.values()]
        even = all(isinstance(one, list) and len(one) == len(columns[0]) > 1 for one in columns)
        if len(columns) > 1 and even and not any(isinstance(cell, dict | list) for one in columns for cell in one):
            yield from _beside(list(value), list(zip(*columns, strict=True)))
        else:
            for inner in value.values():
                yield from _lists(inner, depth + 1)


def _beside(names: list[Any], rows: list[Any]) -> Iterator[list[Row]]:
    headings = unique(names)
    if all(len(row) <= len(headings) for row in rows):
        yield [dict(zip(headings, map(_text, row), strict=False)) for row in rows]


# XML


def _of_xml(text: str) -> list[Records]:
    """The elements that are repeated most within one, each with fields of its own."""
    if "<!ENTITY" in text:
        return []
    from xml.etree import ElementTree  # 10 ms of the start, for a kind of file that is rare

    root = ElementTree.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    best: tuple[int, str, list[Element]] = (1, "", [])
    for element in root.iter():
        tag, count = max(Counter(child.tag for child in element).items(), key=lambda one: one[1], default=("", 0))
        children = [child for child in element if child.tag == tag]
        if count > best[0] and all(len(child) or child.attrib for child in children):
            best = (count, _bare(tag), children)
    return [Records(best[1], [_fields(child) for child in best[2]])]


def _fields(element: Element, name: str = "", depth: int = 0) -> Row:
    """Attributes and what is in an element, by tag; what is there several times is joined."""
    row: Row = {f"{name}.{_bare(key)}" if name else _bare(key): value for key, value in element.attrib.items()}
    for child in element:
        called = f"{name}.{_bare(child.tag)}" if name else _bare(child.tag)
        inner = _fields(child, called, depth + 1) if depth < DEEPEST else {}
        text = " ".join((child.text or "").split())
        for key, value in {**({called: text} if text or not inner else {}), **inner}.items():
            row[key] = f"{row[key]}; {value}" if row.get(key) else value
    return row


def _bare(tag: str) -> str:
    return tag.rpartition("}")[2]


# SQL


_NAME = r"(?:[\w$]+|\"[^\"]+\"|`[^`]+`|\[[^\]]+\])"
_STATEMENT = pattern(
    rf"(?i)\b(?:(?P<insert>INSERT)\s+(?:IGNORE\s+)?(?:INTO\s+)?|(?P<create>CREATE)\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?"
    rf"|(?P<copy>COPY)\s+)(?P<table>{_NAME}(?:\.{_NAME})*)\s*(?=\(|VALUES)"
)
_TOKEN = pattern(  # a mark that is never closed takes the rest with it
    r"[NE]?'(?:[^'\\]|\\.?|'')*+(?:'|\Z)|\"(?:[^\"\\]|\\.?|\"\")*+(?:\"|\Z)|`[^`]*+(?:`|\Z)|\[[^\]]*+(?:\]|\Z)"
    r"|--[^\r\n]*|[(),;]|[^\s(),;'\"`\[]+",
    re.DOTALL,
)
_COPIED = pattern(r"\s*?\r?\n(.*?)(?:\r?\n)?(?:\\\.|\Z)", re.DOTALL)
_NO_COLUMN = ("primary", "key", "unique", "constraint", "foreign", "index", "check", "fulltext")
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "0": ""}
Group = list[list[str]]  # what stands between two parentheses: the signs and words of each item


def _of_sql(text: str) -> list[Records]:
    """The rows of every table that a dump fills."""
    columns: dict[str, list[str]] = {}
    rows: dict[str, list[Row]] = {}
    at = 0
    while found := _STATEMENT.search(text, at):
        table = _bare_name(found["table"].rpartition(".")[2])
        groups, named, at = _groups(text, found.end())
        if found["create"]:
            items = [item[0] for item in (groups or [[]])[0] if item]
            columns[table] = [_bare_name(name) for name in items if name.lower() not in _NO_COLUMN]
        elif found["copy"]:
            copied = _COPIED.match(text, at)
            names = [_bare_name("".join(item)) for item in (groups or [[]])[0]]
            lines = copied[1].splitlines() if copied else []
            rows.setdefault(table, []).extend(_named(names, map(_copied, lines)))
            at = copied.end() if copied else at
        else:
            names = [_bare_name("".join(item)) for item in groups[0]] if named else columns.get(table, [])
            values = ([_value(item) for item in group] for group in groups[named:])
            rows.setdefault(table, []).extend(_named(names, values))
    return [Records(table, filled) for table, filled in rows.items()]


def _groups(text: str, start: int) -> tuple[list[Group], int, int]:
    """What stands in parentheses up to the end of a statement, how many of them before VALUES, and where it ends."""
    groups: list[Group] = []
    depth = before = 0
    for token in _TOKEN.finditer(text, start):
        word = token[0]
        if depth == 0 and (word == ";" or word.upper() in ("GO", "INSERT", "CREATE")):
            return groups, before, token.start() + (word == ";")
        if word == "(":
            depth += 1
            groups += [[[]]] if depth == 1 else []
        elif word == ")":
            depth = max(depth - 1, 0)
        elif word == "," and depth == 1:
            groups[-1].append([])
        elif depth and not word.startswith("--"):
            groups[-1][-1].append(word)
        elif word.upper() == "VALUES":
            before = len(groups)
    return groups, before, len(text)


def _named(names: list[str], rows: Iterable[list[str | None]]) -> list[Row]:
    """Values by their column; where a dump does not name its columns they are numbered."""
    return [dict(zip(names or [f"column {i}" for i in range(1, len(row) + 1)], row, strict=False)) for row in rows]


def _bare_name(name: str) -> str:
    return name.strip().strip('"`[]')


def _value(item: list[str]) -> str | None:
    """A value of a row; of CAST('2024-01-05' AS date) what is in quotes."""
    quoted = next((word for word in item if word.lstrip("NE")[:1] in ("'", '"')), None)
    if quoted is None:
        return None if [word.upper() for word in item] == ["NULL"] else "".join(item)
    sign, inside = quoted[-1], quoted.lstrip("NE")[1:-1]
    return re.sub(r"\\(.)", lambda one: _ESCAPED.get(one[1], one[1]), inside.replace(sign * 2, sign), flags=re.DOTALL)


def _copied(line: str) -> list[str | None]:
    return [None if cell == "\\N" else cell for cell in line.split("\t")]


# vCards

_CARD = {  # what a line of a card says
    "FN": "name", "EMAIL": "email", "TEL": "phone", "ORG": "company", "ADR": "address", "BDAY": "birth date",
    "TITLE": "title", "ROLE": "role", "URL": "website", "NOTE": "note", "CATEGORIES": "categories", "UID": "id",
    "NICKNAME": "nickname",
}  # fmt: skip
_LINE = pattern(r"(?im)^(?:[\w-]+\.)?([A-Z]+)((?:;[^:\r\n]*)?):(.*)$")


def _of_cards(text: str) -> list[Records]:
    unfolded = re.sub(r"\r?\n[ \t]|=\r?\n", "", text)
    cards = re.split(r"(?im)^BEGIN:VCARD\s*$", unfolded)[1:]
    return [Records("cards", [_card(card) for card in cards])]


def _card(card: str) -> Row:
    row: Row = {}
    for key, about, value in _LINE.findall(card):
        if not (name := _CARD.get(key.upper())):
            continue
        if "QUOTED-PRINTABLE" in about.upper():
            value = quopri.decodestring(value.encode()).decode("utf-8", "replace")
        said = (
            ", ".join(part for part in re.split(r"(?<!\\);", value.strip()) if part)
            .replace("\\,", ",")
            .replace("\\;", ";")
        )
        row[name] = f"{row[name]}; {said}" if row.get(name) else said
    return row


_READERS: dict[str, Callable[[str], list[Records]]] = {
    "JSON": _of_json,
    "XML": _of_xml,
    "a SQL dump": _of_sql,
    "a vCard": _of_cards,
}
