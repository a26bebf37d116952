"""One customer under several spellings: e-mails in other letters, numbers with zeros or signs that a spreadsheet adds.

Hello@site.com and hello@site.com are one; so are 00123, 123, 123.0, '123 and ="123", and ARBOR  GMBH and Arbor GmbH.
Where no two spellings meet, every number stays as it stands in the file.
"""

from __future__ import annotations

import string
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from segmentation import formats
from segmentation.columns.kinds import plain_text
from segmentation.dataclass import dataclass
from segmentation.table import Table

_GUARDED = r"""^[\s']*(?:=\s*"(.*)"|(.*?))\s*$"""  # what keeps a spreadsheet from changing a number
_NAME = r"^[\p{L}\p{M}][^@_0-9]{2,}$"
_NUMBER = r"^0*([0-9]+?)(?:\.0+)?$"
ROUNDED = r"^\s*[0-9][.,][0-9]+[eE]\+?[0-9]+\s*$"  # a number of which a spreadsheet kept the first digits alone
UPPER, SPACES, GUARDS, ZERO, POINT, AT = (np.uint8(ord("A")), ord("Z")), b" \t", b"'=", ord("0"), ord("."), ord("@")


@dataclass(frozen=True)
class Spellings:
    """Which texts of a column are one customer: `written` → `meant`, of all its texts where any two meet."""

    written: pa.Array
    meant: pa.Array

    def __len__(self) -> int:
        """How many spellings there are more than customers."""
        return len(self.written) - pc.count_distinct(self.meant).as_py()

    def groups(self) -> dict[str, list[str]]:
        """Customer → its spellings, where it has several."""
        found: dict[str, list[str]] = {}
        for text, one in zip(self.written.to_pylist(), self.meant.to_pylist(), strict=True):
            found.setdefault(one, []).append(text)
        return {one: sorted(texts) for one, texts in found.items() if len(texts) > 1}

    def of(self, column: pa.ChunkedArray) -> pa.Array:
        """The column in one spelling each."""
        texts = plain_text(column)
        return pc.coalesce(pc.take(self.meant, pc.index_in(texts, value_set=self.written)), texts)


def spellings(column: pa.ChunkedArray) -> Spellings | None:
    """The spellings of a column of customers; None where each customer has one alone."""
    if not _may_differ(column):
        return None
    written = pc.unique(plain_text(column)).drop_null()
    written = written.filter(pc.not_equal(written, ""))
    found = Spellings(written, _meant(written))
    return found if len(found) else None


def _meant(texts: pa.Array) -> pa.Array:
    """What each text means: a number without what a spreadsheet added, an address in small letters, a name as first written."""
    bare = pc.replace_substring_regex(texts, _GUARDED, r"\1\2")
    bare = pc.replace_substring_regex(pc.utf8_normalize(bare, "NFKC"), r"\s+", " ")
    small = pc.utf8_lower(bare)
    names = _is_name(bare, small)
    bare = pc.if_else(pc.match_substring(bare, "@"), small, bare)
    bare = pc.replace_substring_regex(bare, _NUMBER, r"\1")
    bare = pc.if_else(pc.equal(bare, ""), texts, bare)
    return _as_first_written(bare, small, names) if pc.any(names).as_py() else bare


def _is_name(texts: pa.Array, small: pa.Array) -> pa.Array:
    """Which texts are names in any letters: several words, or one in capitals, small or first large; aBc may be a number."""
    usual = pc.or_(pc.equal(texts, small), pc.equal(texts, pc.utf8_upper(texts)))
    usual = pc.or_(usual, pc.equal(texts, pc.utf8_capitalize(texts)))
    usual = pc.or_(usual, pc.match_substring(texts, " "))
    return pc.and_(pc.match_substring_regex(texts, _NAME), usual)


def _as_first_written(texts: pa.Array, small: pa.Array, names: pa.Array) -> pa.Array:
    """The texts, each name as it is first written in any letters."""
    key = pc.if_else(names, small, texts)
    place = pc.index_in(key, value_set=pc.unique(key))
    first = np.unique(place.to_numpy(zero_copy_only=False), return_index=True)[1]
    return texts.take(pa.array(first)).take(place)


def _may_differ(column: pa.ChunkedArray) -> bool:
    """Whether the letters of a column could spell one customer in two ways: most columns are told at once."""
    if pa.types.is_dictionary(column.type):
        parts = [chunk.dictionary.cast(pa.string()) for chunk in column.chunks]
    elif pa.types.is_string(column.type):
        parts = column.chunks
    else:
        return False
    odd = any(_odd(part) for part in parts) or len({_shape(part) for part in parts} - {None}) > 1
    return odd or _names_meet(pa.chunked_array(parts, pa.string()))


def _names_meet(texts: pa.ChunkedArray) -> bool:
    """Whether some of the texts differ in capitals, accents' bytes or spaces alone."""
    held, spaced = np.zeros(256, bool), False
    for part in texts.chunks:
        _, letters = _bytes(part)
        held[letters] = True
        spaced |= bool(held[SPACES[0]] and ((letters[1:] == SPACES[0]) & (letters[:-1] == SPACES[0])).any())
    ascii_alone = not held[128:].any()
    two_cases = held[_CAPITALS].any() and held[_SMALL].any()
    if not held[UPPER[0] :].any() or (ascii_alone and not spaced and not two_cases):
        return False  # numbers alone, or letters of one case
    texts = pc.unique(texts)
    small = pc.ascii_lower(texts) if ascii_alone else pc.utf8_normalize(pc.utf8_lower(texts), "NFKC")
    if spaced or not ascii_alone:
        small = pc.replace_substring_regex(small, r"\s+", " ")
    return pc.count_distinct(small).as_py() < len(texts)


def _odd(texts: pa.Array) -> bool:
    offsets, letters = _bytes(texts)
    lengths = np.diff(offsets)
    filled = lengths > 0 if not lengths.all() else slice(None)
    first, last = letters[offsets[:-1][filled]], letters[offsets[1:][filled] - 1]
    held = letters[offsets[0] : offsets[-1]]
    if not len(held) or _FIRST[first].any() or _LAST[last].any():
        return bool(len(held))
    zeros = (first == ZERO).any() and lengths[filled].min() < lengths.max()
    mails = (held == AT).any() and ((held >= UPPER[0]) & (held <= UPPER[1])).any()
    return bool(zeros or mails or ((last == ZERO).any() and (held == POINT).any()))


def _letters(some: bytes) -> np.ndarray:
    """Which of the 256 letters are these (bool)."""
    return np.isin(np.arange(256), [*some])


_FIRST, _LAST = _letters(SPACES + GUARDS), _letters(SPACES)
_CAPITALS, _SMALL = _letters(string.ascii_uppercase.encode()), _letters(string.ascii_lowercase.encode())


def _shape(texts: pa.Array) -> int | None:
    """The length of texts that begin with 0, where there are some: of several parts they may differ."""
    offsets, letters = _bytes(texts)
    begin = offsets[:-1][np.diff(offsets) > 0]
    return int(np.diff(offsets).max()) if len(begin) and (letters[begin] == ZERO).any() else None


def _bytes(texts: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """Where each text begins, one place more, and the bytes of all."""
    if not len(texts) or texts.buffers()[2] is None:
        return np.zeros(1, np.int32), np.zeros(0, np.uint8)
    offsets = np.frombuffer(texts.buffers()[1], np.int32)[texts.offset : texts.offset + len(texts) + 1]
    return offsets, np.frombuffer(texts.buffers()[2], np.uint8)


def in_one_spelling(table: Table, heading: str) -> tuple[Table, str]:
    """The table with each customer in one spelling, and what is to be said; a list of customers joined to it too."""
    found = spellings(table.data[heading])
    if found is None:
        return table, ""
    data = table.data.set_column(table.data.column_names.index(heading), heading, found.of(table.data[heading]))
    known = table.known
    if (listed := known.lists.get(heading)) is not None:
        texts = found.of(listed[heading])
        first = np.unique(texts.to_numpy(zero_copy_only=False).astype(str), return_index=True)[1]
        whole = listed.set_column(listed.column_names.index(heading), heading, texts)
        known = replace(known, lists={**known.lists, heading: whole.take(pa.array(np.sort(first)))})
    return replace(table, data=data, known=known), told(found, heading)


def told(found: Spellings, heading: str) -> str:
    """What is made of the spellings, with examples."""
    groups = found.groups()
    who = formats.plural(len(groups), "customer is", "customers are")
    some = ", ".join(" = ".join(f"“{text}”" for text in texts[:3]) for texts in [*groups.values()][:2])
    return f"{who} written in several ways in “{heading}” ({some}): each is counted as one."
