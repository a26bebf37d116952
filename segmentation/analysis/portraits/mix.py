"""What each segment buys: products or categories by share of its revenue, set against the base."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from segmentation.columns.kinds import as_text, kind_of, plain_text
from segmentation.customers.customers import Customers, whole
from segmentation.dataclass import dataclass
from segmentation.segments.segmentation import Segmentation

ROLES = ("category", "product")
LEAST = 5  # buyers below which nothing is said of a product: it may be chance
LOOKED_AT, MOSTLY = 20_000, 0.9  # lines, spread over the file, by which it is seen what names a product; of them
CELLS = 20_000_000  # segments × products that are laid out at once


@dataclass(frozen=True)
class Bought:
    """Who bought what, as few numbers as hold it.

    words     the products or categories; a line that says none stands under ""
    customer  int32 (m,): the customer's row, each pair of customer and word once; word: int32 (m,), its place
    amount    float64 (m,): what it brought, in whole numbers of 1/scale
    """

    words: tuple[str, ...]
    customer: np.ndarray
    word: np.ndarray
    amount: np.ndarray
    scale: float


@dataclass(frozen=True)
class Mix:
    """What each segment bought: revenue and buyers (customers with such a line), both (segments, words), *Unknown* last."""

    words: tuple[str, ...]
    revenue: np.ndarray
    buyers: np.ndarray
    customers: np.ndarray

    @property
    def most(self) -> float:
        """The share of all revenue that is spent on what is bought most; 0 where there is no revenue."""
        each = self.revenue[:, [at for at, word in enumerate(self.words) if word]].sum(axis=0)
        return float(each.max(initial=0.0) / self.revenue.sum()) if self.revenue.sum() > 0 else 0.0


def headings(customers: Customers) -> dict[str, str]:
    """Of `ROLES` those the sale lines have → the heading of what they are shown by: of products that are only numbered the
    column that names them, where there is one. What is named stands before what is only numbered."""
    return customers.keep(("what is bought by",), lambda: _headings(customers))


def _headings(customers: Customers) -> dict[str, str]:
    roles = customers.history.roles if customers.history else {}
    found = {role: _named(customers, roles[role]) for role in ROLES if role in roles}
    return dict(sorted(found.items(), key=lambda one: _numbered(customers, one[1])))


def worded(customers: Customers, role: str, word: str) -> str:
    """What was bought, to be read in a sentence: a bare number behind the heading it stands under, “CategoryID 6”."""
    heading = headings(customers)[role]
    numbered = customers.keep(("only numbered", heading), lambda: _numbered(customers, heading))
    return f"{heading} {word}" if numbered else word


def _numbered(customers: Customers, heading: str) -> bool:
    """Whether a column of the sale lines says nothing but numbers of things."""
    assert customers.history is not None
    data = customers.history.table.data
    return _is_number(plain_text(data.select([heading]).take(_spread(data.num_rows))[heading]).to_pylist())


def _spread(rows: int) -> np.ndarray:
    """Places of lines to look at, spread over the file."""
    return np.unique(np.linspace(0, max(rows - 1, 0), min(LOOKED_AT, rows)).astype(np.int64))


def _named(customers: Customers, heading: str) -> str:
    """The column that names what this one only numbers; itself where it says words, or nothing does."""
    history = customers.history
    assert history is not None
    data = history.table.data
    rows = _spread(data.num_rows)
    some, who = data.take(rows), history.codes[rows].astype(str)
    numbers = plain_text(some[heading]).to_pylist()
    if not _is_number(numbers):
        return heading
    taken = {*history.roles.values(), *customers.headings}
    texts = [name for name in data.column_names if name not in taken and kind_of(data[name].type) == "text"]
    return next((name for name in texts if _names(plain_text(some[name]).to_pylist(), numbers, who)), heading)


def _is_number(texts: Sequence[str | None]) -> bool:
    """Whether almost all of these are numbers of things: digits, and no blank."""
    said = pd.Series([one for one in dict.fromkeys(texts) if one], dtype="str")
    return len(said) > 1 and (said.str.contains(r"\d") & ~said.str.contains(r"\s")).mean() > MOSTLY


def _names(texts: Sequence[str | None], numbers: Sequence[str | None], who: np.ndarray) -> bool:
    """Whether these are words that stand for the numbers beside them: for each almost always the same, for few others too;
    and no words about the customer who bought."""
    rows = pd.DataFrame({"text": texts, "number": numbers, "who": who}, dtype="str").replace("", np.nan).dropna()
    if not len(rows) or rows["text"].str.contains(r"[^\W\d_]").mean() <= MOSTLY:
        return False
    apart = rows["text"].nunique() > rows["number"].nunique() / 2
    return apart and _told_by(rows, "number") > MOSTLY >= _told_by(rows, "who")


def _told_by(rows: pd.DataFrame, column: str) -> float:
    """The share of rows whose text is the most frequent one of what stands in that column."""
    counts = rows[[column, "text"]].value_counts(sort=False)
    return float(counts.groupby(column).max().sum() / counts.sum())


def bought(customers: Customers, role: str) -> Bought:
    """Who bought what by that role, added up once and kept: it is the lines that are many."""
    return customers.keep(("bought", role), lambda: _bought(customers, role), of=("revenue",))


def _bought(customers: Customers, role: str) -> Bought:
    from scipy.sparse import coo_matrix  # sorts and adds up pairs in a fraction of what a group by takes

    history = customers.history
    assert history is not None
    column = as_text(history.table.data[headings(customers)[role]])
    coded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    coded = coded.unify_dictionaries().combine_chunks()
    words = (*coded.dictionary.to_pylist(), "")
    used = history.codes >= 0
    amount, scale = whole(np.round(np.nan_to_num(history.revenue()[used]), 4))
    place = pc.fill_null(coded.indices, len(words) - 1).to_numpy(zero_copy_only=False)[used].astype(np.int32)
    # pairs that stand twice are added up by it
    pairs = coo_matrix((amount, (history.codes[used], place)), (len(customers), len(words))).tocsr()
    customer = np.repeat(np.arange(len(customers), dtype=np.int32), np.diff(pairs.indptr))
    return Bought(words, customer, pairs.indices.astype(np.int32), pairs.data, scale)


def mix(segmentation: Segmentation, role: str) -> Mix:
    """What each segment bought by that role; its revenues add up to those of the lines in use."""
    held = bought(segmentation.customers, role)
    segments, words = len(segmentation.names) + 1, max(len(held.words), 1)
    cell = segmentation.codes.astype(np.int64)[held.customer] * words + held.word
    revenue = np.bincount(cell, held.amount, segments * words).reshape(segments, words) / held.scale
    buyers = np.bincount(cell, minlength=segments * words).reshape(segments, words)
    return Mix(held.words, revenue, buyers, segmentation.counts)


def lifted(made: Mix, at: int, most: int = 8) -> pd.DataFrame:
    """What a segment (by its place) buys more and less of than the base, the most telling first.

    Columns: word; revenue; share of the segment's revenue and base (of all revenue), lift (the one ÷ the other);
    buyers (share of its customers) and base_buyers. Words with fewer than `LEAST` buyers in the base are left out, and
    so are lines that name none. Empty where the segment has no revenue.
    """
    frame = _shares(made, at)
    known = frame[(frame["base_count"] >= LEAST) & (frame["word"] != "") & (frame["base"] > 0)]
    telling = (known["share"] - known["base"]).abs()
    order = telling.sort_values(ascending=False, kind="stable").index[:most]
    return known.loc[order].drop(columns="base_count").reset_index(drop=True)


def largest(made: Mix, at: int, most: int = 8) -> pd.DataFrame:
    """What a segment buys most of, the largest share first; columns as `lifted`."""
    frame = _shares(made, at)
    named = frame[(frame["word"] != "") & (frame["revenue"] > 0)]
    order = named.sort_values(["revenue", "word"], ascending=[False, True], kind="stable")
    return order.head(most).drop(columns="base_count").reset_index(drop=True)


def _shares(made: Mix, at: int) -> pd.DataFrame:
    mine, base = made.revenue[at], made.revenue.sum(axis=0)
    count = made.buyers.sum(axis=0)
    total, whole_ = mine.sum(), base.sum()
    if total <= 0 or whole_ <= 0:
        mine, base, count = mine[:0], base[:0], count[:0]
    share, of_all = mine / (total if total > 0 else 1), base / (whole_ if whole_ > 0 else 1)
    lift = np.divide(share, of_all, out=np.full(len(share), np.nan), where=of_all > 0)
    return pd.DataFrame(
        {
            "word": list(made.words[: len(mine)]),
            "revenue": mine,
            "share": share,
            "base": of_all,
            "lift": lift,
            "buyers": made.buyers[at][: len(mine)] / max(int(made.customers[at]), 1),
            "base_buyers": count / max(int(made.customers.sum()), 1),
            "base_count": count,
        }
    )
