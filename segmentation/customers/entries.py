"""Which way the money went where another column says it: a kind of entry (Refund, Credit Memo, Payment), debit or credit."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from segmentation import formats
from segmentation.columns.kinds import as_text
from segmentation.columns.statuses import Says, of_entries, sides_of
from segmentation.customers.statuses import quoted
from segmentation.dataclass import dataclass
from segmentation.exports import special_words

CALLED = {  # way or group → how one of its rows is called, and several
    "sale": ("sale", "sales"),
    "return": ("return", "returns"),
    "payment": ("payment received", "payments received"),
    "other": ("payout, fee or transfer", "payouts, fees or transfers"),
    "nothing": ("row in which nothing is sold", "rows in which nothing is sold"),
    "chosen": ("row that is no sale, as chosen", "rows that are no sale, as chosen"),
}


SET_ASIDE = ("payment", "other", "nothing")
UNDONE = Says("nothing", "aside")


@dataclass
class Kinds:
    """What a column of kinds of entry says of its rows: each row's word (int64, −1 for none), the words, what they say."""

    rows: np.ndarray
    words: list[str]
    says: dict[str, Says]
    heading: str

    def of(self, name: str) -> np.ndarray:
        """Which rows are sales or returns, or of a group that is set aside (bool)."""
        hit = np.array([self.called(word) == name for word in self.words] + [False])
        return hit[self.rows]

    def called(self, word: str) -> str:
        """What the rows of a word are, a key of CALLED."""
        one = self.says[word]
        return one.way if one.way != "aside" else one.group if one.group in SET_ASIDE else "chosen"

    def sentence(self, worth: np.ndarray) -> str:
        """What counts and what does not, with sums; "" where all are sales. worth: float64, one a row."""
        parts = []
        for name, called in CALLED.items():
            rows, words = self.of(name), [word for word in self.words if self.called(word) == name]
            if rows.any():
                sum_ = formats.whole(abs(float(worth[rows].sum())))
                done = {"sale": "", "return": ", taken off"}.get(name, ", set aside")
                parts.append(f"{formats.plural(int(rows.sum()), *called)} ({quoted(words)}, {sum_}{done})")
        return f"By “{self.heading}” there are {formats.listed(parts)}." if len(parts) > 1 else ""


def kinds_in(data: pa.Table, heading: str, worth: np.ndarray, chosen: Mapping[str, str]) -> Kinds:
    """What a column of kinds of entry says of its rows; one that undoes a sale by an amount below 0 is a return.

    worth   float64, one a row: the amounts as they stand
    chosen  word → way, as somebody decided
    """
    rows, words = _coded(data, heading)
    says = of_entries(words, chosen, special_words(data.column_names))
    undone = [word for word, one in says.items() if one == UNDONE and (worth[rows == words.index(word)] < 0).all()]
    return Kinds(rows, words, says | dict.fromkeys(undone, Says("return", "return")), heading)


def sides_in(data: pa.Table, heading: str, worth: np.ndarray, chosen: Mapping[str, str]) -> Kinds | None:
    """Debit and credit: the side with more money is the sales'; of two equal ones that is debit.

    worth   float64, one a row: the amounts as they stand
    """
    rows, words = _coded(data, heading)
    pair = sides_of(words, heading)
    if pair is None:
        return None
    debit, credit = (float(np.abs(worth[rows == words.index(side)]).sum()) for side in pair)
    usual = dict(zip(pair, ("sale", "return") if debit >= credit else ("return", "sale"), strict=True))
    return Kinds(rows, words, {word: Says(word, chosen.get(word, usual[word])) for word in words}, heading)


def _coded(data: pa.Table, heading: str) -> tuple[np.ndarray, list[str]]:
    """For each row the place of its word, −1 where it has none; and the words."""
    column = as_text(data[heading]).cast(pa.string()).combine_chunks().dictionary_encode()
    column = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    words = column.dictionary.to_pylist()
    blank = [place for place, word in enumerate(words) if not word]
    rows = column.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    rows[np.isin(rows, blank)] = -1
    return (rows, words) if not blank else _without(rows, words, blank[0])


def _without(rows: np.ndarray, words: list[str], place: int) -> tuple[np.ndarray, list[str]]:
    return rows - (rows > place), [*words[:place], *words[place + 1 :]]


def turned(returns: np.ndarray, worth: np.ndarray) -> np.ndarray:
    """Which returns are written like sales (bool): those above 0, where not most of them are below it already."""
    back = worth[returns]
    return returns & (worth > 0) if (back > 0).sum() >= (back < 0).sum() else np.zeros(len(worth), bool)
