"""Which rows a status, a stage or a flag makes no sale: cancelled, failed, not paid, refunded, drafts, open, lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from segmentation import formats
from segmentation.columns.amounts import revenue_of
from segmentation.columns.kinds import as_text, kind_of
from segmentation.columns.statuses import Says, of_statuses
from segmentation.columns.telling import flagged, marked, names_return, signs, telling
from segmentation.dataclass import dataclass
from segmentation.exports import special_words
from segmentation.rollup.encode import encode
from segmentation.table import Table

ASIDE = {  # group → how its rows are called; each is a reason of reasons.py
    "cancelled": "cancelled",
    "failed": "failed",
    "unpaid": "not paid",
    "refunded": "refunded",
    "draft": "a draft or quote",
    "open": "still open",
    "lost": "lost",
    "not_won": "not won",
    "chosen": "no sale, as chosen",
}
SHOWN = 5  # words of a group that are quoted
BESIDE = (
    "cancelled",
    "failed",
    "unpaid",
    "refunded",
    "lost",
    "not_won",
    "chosen",
)  # what a second status may say of a row


@dataclass
class Judged:
    """What the statuses of a table say of its rows.

    code      int8, one a row: 0 for a sale, else the place of its group in ASIDE, counted from 1
    back      bool, one a row: a return, as somebody chose
    said      group → the words that say it, in the order they were found
    says      heading → word → what it says; a flag is its own word
    unknown   words nobody knows, which count; part: rows that are partly refunded (bool)
    """

    code: np.ndarray
    back: np.ndarray
    part: np.ndarray
    said: dict[str, list[str]] = field(default_factory=dict)
    says: dict[str, dict[str, Says]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)

    @property
    def deals(self) -> bool:
        """Whether the rows are deals, of which some were won."""
        return any(one.group == "won" for says in self.says.values() for one in says.values())

    def rows(self, group: str) -> np.ndarray:
        """Which rows belong to a group (bool)."""
        return self.code == [*ASIDE].index(group) + 1


def judged(table: Table, roles: Mapping[str, str], chosen: Mapping[str, str]) -> Judged | None:
    """What the status of a table says of its rows, with what stands in further ones and in flags; None without any.

    chosen   word → way (`columns.statuses.WAYS`), as somebody decided
    """
    kinds = {name: kind_of(table.data.schema.field(name).type) for name in table.data.column_names}
    used = [heading for role, heading in roles.items() if role not in ("status", "date")]
    headings = _statuses(table, roles, kinds, used)
    flags = flagged(table, kinds, [*used, *headings, roles.get("date", "")])
    other = signs(table, kinds, used)
    if not headings and not flags and not other:
        return None
    size = table.data.num_rows
    found = Judged(np.zeros(size, np.int8), np.zeros(size, bool), np.zeros(size, bool))
    for place, heading in enumerate(headings):
        rows, words = _filled(table, heading, roles)
        says = of_statuses(filter(None, words), chosen, special_words(kinds))
        _read(found, heading, rows, words, says, BESIDE if place else tuple(ASIDE))
    for heading, group in flags.items():
        marks = marked(table, heading, kinds[heading])
        way = "return" if names_return(heading) and marks is not None and _pays_back(table, roles, marks) else "aside"
        _flag(found, heading, Says(group, chosen.get(heading, way)), marks)
    for heading, back in other.items():
        _flag(found, heading, Says("refunded", chosen.get(heading, "return")), back)
    _keep_negative(found, table, roles)
    return found


def _pays_back(table: Table, roles: Mapping[str, str], flagged: pa.Array) -> bool:
    """Whether most flagged rows stand beside a sale of the same amount to the same customer: they are what came back."""
    worth = _worth(table, roles)
    if worth is None or "customer" not in roles:
        return False
    rows = np.asarray(flagged)
    who, _ = encode(as_text(table.data[roles["customer"]]))
    pairs = np.rec.fromarrays((who, np.abs(worth)))
    return bool(np.isin(pairs[rows], pairs[~rows]).mean() >= 0.5)


def _keep_negative(found: Judged, table: Table, roles: Mapping[str, str]) -> None:
    """Where only rows below 0 are refunded or cancelled, they are what takes the money back, and count as returns."""
    worth = _worth(table, roles)
    for group in ("refunded", "cancelled") if worth is not None else ():
        rows = found.rows(group)
        if rows.any() and (worth[rows] < 0).all():  # type: ignore[index]
            found.code[rows] = 0


def _statuses(table: Table, roles: Mapping[str, str], kinds: Mapping[str, str], used: list[str]) -> list[str]:
    """The chosen status, and any other column of statuses beside it."""
    if "status" not in roles:
        return []
    others = [one.heading for one in telling(table, kinds, used) if one.role == "status"]  # type: ignore[arg-type]
    return [roles["status"], *(name for name in others if name != roles["status"])]


def _filled(table: Table, heading: str, roles: Mapping[str, str]) -> tuple[np.ndarray, list[str]]:
    """For each row the place of its status, and the statuses; a line without one has that of its order, else the last "" """
    column = as_text(table.data[heading])
    column = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    coded = column.unify_dictionaries().combine_chunks()
    words = [word or "" for word in coded.dictionary.to_pylist()]
    rows = pc.fill_null(coded.indices, len(words)).to_numpy(zero_copy_only=False)
    words.append("")
    blank = rows == len(words) - 1 if "" not in words[:-1] else np.array([not word for word in words])[rows]
    if "order" not in roles or not blank.any() or blank.all():
        return rows, words
    order, ids = encode(as_text(table.data[roles["order"]]))
    first = np.full(len(ids) + 1, -1, np.int64)
    known = np.flatnonzero(~blank)[::-1]
    first[order[known]] = known
    source = first[np.where(order < 0, len(ids), order)]
    return np.where(blank & (source >= 0) & (order >= 0), rows[source], rows), words


def _read(
    found: Judged,
    heading: str,
    rows: np.ndarray,
    words: list[str],
    says: dict[str, Says],
    groups: tuple[str, ...],
) -> None:
    code = np.zeros(len(words), np.int8)
    back, part = np.zeros((2, len(words)), bool)
    for place, word in enumerate(words):
        one = says.get(word, Says("", "sale"))
        back[place], part[place] = one.way == "return", one.group == "part"
        if back[place]:
            found.said.setdefault("return", []).append(word)
        if one.way == "aside" and (group := one.group if one.group in ASIDE else "chosen") in groups:
            code[place] = [*ASIDE].index(group) + 1
            found.said.setdefault(group, []).append(word)
    found.code = np.where(found.code == 0, code[rows], found.code)
    found.back, found.part = found.back | back[rows], found.part | part[rows]
    found.says[heading] = says
    if groups is not BESIDE:
        found.unknown = [word for word, one in says.items() if not one.group]


def _flag(found: Judged, heading: str, says: Says, flagged: pa.Array | None) -> None:
    found.says[heading] = {heading: says}
    if flagged is None or says.way == "sale":
        return
    rows = np.asarray(flagged)
    if says.way == "return":
        found.back |= rows
    else:
        found.code = np.where((found.code == 0) & rows, np.int8([*ASIDE].index(says.group) + 1), found.code)
    found.said.setdefault("return" if says.way == "return" else says.group, []).append(heading)


def sentence(found: Judged, table: Table, roles: Mapping[str, str]) -> str:
    """How many rows are sales and what they are worth, and the same of each group that is set aside; "" without any."""
    parts, worth = [], _worth(table, roles)
    for group, called in ASIDE.items():
        rows = found.rows(group)
        if rows.any():
            parts.append(
                f"{formats.count(int(rows.sum()))} {called} ({quoted(found.said[group])}{_money(worth, rows)})"
            )
    partly = _partly(found, roles)
    back = found.back & (found.code == 0)
    if not parts and not back.any():
        return partly
    sales = (found.code == 0) & ~back
    by = formats.listed([f"“{heading}”" for heading in [*found.says][:3]])
    unknown = f" Counted though not known: {quoted(found.unknown)}." if found.unknown else ""
    count = f"{formats.count(int(sales.sum()))} of {formats.plural(len(sales), 'row')}"
    aside = f"; set aside are {formats.listed(parts)}" if parts else ""
    off = f"{formats.plural(int(back.sum()), 'return')} ({quoted(found.said.get('return', []))}{_money(worth, back)})"
    head = f"By {by}, {count} are sales{_money(worth, sales)}{aside}{f'; taken off: {off}' if back.any() else ''}."
    return f"{head}{unknown}{partly and f' {partly}'}"


def _partly(found: Judged, roles: Mapping[str, str]) -> str:
    rows = int((found.part & (found.code == 0)).sum())
    if not rows or "refund" in roles:
        return ""
    count = formats.plural(rows, "row is", "rows are")
    return f"{count} partly refunded and no column says by how much: they count in full."


def quoted(words: list[str]) -> str:
    more = f" and {len(words) - SHOWN} more" if len(words) > SHOWN else ""
    return ", ".join(f"“{word}”" for word in words[:SHOWN]) + more


def _worth(table: Table, roles: Mapping[str, str]) -> np.ndarray | None:
    revenue = revenue_of(table, roles)
    return None if revenue is None else np.nan_to_num(revenue)


def _money(worth: np.ndarray | None, rows: np.ndarray) -> str:
    return "" if worth is None else f", {formats.whole(float(worth[rows].sum()))}"
