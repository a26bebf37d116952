"""RFM: recency, frequency and money, by own edges or by scores 1–5, read as named segments."""

import itertools
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache, partial
from typing import Annotated, Any

import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.columns.metrics import label
from segmentation.customers.customers import Customers
from segmentation.segments.breaks import Suggested, gaps, usual_cycle
from segmentation.segments.controls import Choice, Edges, Names, Number
from segmentation.segments.cuts import edges, product, quantile_cuts
from segmentation.segments.method import method
from segmentation.segments.segmentation import Segmentation

METRICS = {"recency": ("recency_days", "low"), "frequency": ("orders", "high"), "money": ("revenue", "high")}
CELLS = tuple("".join(cell) for cell in itertools.product("54321", repeat=3))

# Cells are scores R F M, 5 = best: a partition of all 125 (the eleven names most tools share).
ELEVEN = {
    "Champions": "555 554 544 545 454 455 445",
    "Loyal": "543 444 435 355 354 345 344 335",
    "Potential Loyalist": "553 551 552 541 542 533 532 531 452 451 442 441 431 453 433 432 423 353 352 351 342 341 333 323",
    "New Customers": "512 511 422 421 412 411 311",
    "Promising": "525 524 523 522 521 515 514 513 425 424 413 414 415 315 314 313",
    "Need Attention": "535 534 443 434 343 334 325 324",
    "About To Sleep": "331 321 312 221 213 231 241 251",
    "At Risk": "255 254 245 244 253 252 243 242 235 234 225 224 153 152 145 143 142 135 134 133 125 124",
    "Cannot Lose Them": "155 154 144 214 215 115 114 113",
    "Hibernating": "332 322 233 232 223 222 132 123 122 212 211",
    "Lost": "111 112 121 131 141 151",
}
# Ordered rules, first match wins: lowest and highest R, F, M (R package rfm 0.3.0); what fits none is Others.
ORDERED = {
    "Champions": ("55", "55", "55"),
    "Potential Loyalist": ("35", "35", "25"),
    "Loyal Customers": ("24", "24", "24"),
    "Promising": ("34", "13", "35"),
    "New Customers": ("45", "13", "15"),
    "Can't Lose Them": ("12", "34", "45"),
    "At Risk": ("12", "25", "45"),
    "Need Attention": ("13", "35", "35"),
    "About To Sleep": ("23", "13", "14"),
    "Lost": ("11", "15", "15"),
    "Others": ("15", "15", "15"),
}
NAMES = {"eleven": tuple(ELEVEN), "ordered": tuple(ORDERED)}
COLOURS = {"eleven": (0, 0, 5, 5, 5, 2, 4, 1, 1, 6, 6), "ordered": (0, 5, 0, 5, 5, 1, 1, 2, 4, 6, 3)}


def by_bands(customers: Customers, thresholds: Mapping[str, Any], found: Segmentation) -> Suggested:
    """Gaps of each metric; recency in usual cycles, where one is known."""
    offered: Suggested = {}
    for name, (column, _) in METRICS.items():
        if start := gaps(customers.ranked(column), len(thresholds[name])):
            offered[name] = start
    if cycle := usual_cycle(customers):
        said = f"half of the customers buy every {formats.number(cycle)} days: a band for each cycle of silence"
        cuts = range(1, len(thresholds["recency"]) + 1)
        offered["recency"] = (tuple(float(np.ceil(cycle * at)) for at in cuts), said)
    return offered


@method(
    "RFM",
    family="Recency and rhythm",
    question="Who buys often, lately and for how much?",
    needs=["recency_days", "orders", "revenue"],
    misleads="It misleads when every product is read with the same edges: what is rare for cars is often for bread.",
    source="Direct marketing’s scores (A. M. Hughes, Strategic Database Marketing, 1994); names as most programs use them.",
    segments={
        "Champions": ("Bought just now, buys often, spends most.", "Thank them, news first, ask for referrals."),
        "Loyal": ("Buys often and well.", "Reasons to stay; the next better product."),
        "Loyal Customers": ("Buys often and well.", "Reasons to stay; the next better product."),
        "Potential Loyalist": ("Lately here, more than once.", "A loyalty offer; recommend what goes with it."),
        "New Customers": ("Bought lately, and hardly ever before.", "A welcome, help with the first use."),
        "Promising": ("Lately here, with good sums, seldom.", "Offer something small and soon."),
        "Need Attention": ("Good customers a while ago.", "A limited offer on what they used to buy."),
        "About To Sleep": ("Below average in everything, fading.", "Remind them of what they liked."),
        "At Risk": ("Spent much and often, long ago.", "A personal message; find out what went wrong."),
        "Cannot Lose Them": (
            "Among the best once, long silent.",
            "Call them: win back before the competitor keeps them.",
        ),
        "Can't Lose Them": (
            "Among the best once, long silent.",
            "Call them: win back before the competitor keeps them.",
        ),
        "Hibernating": ("Long silent, few and small purchases.", "A cheap reminder now and then."),
        "Lost": ("Longest silent, least bought.", "No more money; one last cheap try."),
        "Others": ("No rule names their cell.", "Treat as the average customer."),
        "*": ("The cells you named so.", "What you named them for."),
    },
    starts=by_bands,
    asks=[("Champions", "Loyal", "Loyal Customers")],
)
def rfm(
    customers: Customers,
    by: Annotated[str, Choice("Score by", {"scores": "equal shares of customers", "edges": "own edges"})] = "scores",
    scores: Annotated[
        int,
        Number(
            "Scores of each metric", 3, 5, when=("by", "scores"), help="5: by fifths of the customers, 3: by thirds"
        ),
    ] = 5,
    bins: Annotated[
        str,
        Choice(
            "Equal shares",
            {"independent": "of all customers", "nested": "of those who score alike before"},
            when=("by", "scores"),
            help="Nested: orders are scored among customers of one recency score, money among those of one score of both.",
        ),
    ] = "independent",
    recency: Annotated[tuple, Edges("Recency", "days", most=4, when=("by", "edges"))] = (31.0, 61.0, 91.0),
    frequency: Annotated[tuple, Edges("Frequency", "orders", most=4, when=("by", "edges"))] = (5.0, 10.0, 15.0),
    money: Annotated[tuple, Edges("Money", "money", low=-1e12, most=4, when=("by", "edges"))] = (200.0, 600.0, 1000.0),
    segments: Annotated[
        str, Choice("Names by", {"eleven": "eleven segments, every cell once", "ordered": "ordered rules, first match"})
    ] = "eleven",
    table: Annotated[  # nobody writes into it
        dict, Names("Own names of cells R F M", CELLS, lambda values: called(values), lambda *cell: named_by(*cell))
    ] = {},  # noqa: B006
) -> Segmentation:
    """Each customer gets three scores, 5 = best: how recent, how often, how much; the cell of scores has a name.

    Fifths (or fourths, thirds) are those of the customers of whom all three are known; equal values always share a
    score, so the order of rows never matters. Nested shares are those of the customers who have the same score of what
    comes before, recency first: about as many in each cell (Hughes' own way). By own edges a value on an edge is in the
    band above it. Fewer than five bands are spread over 1–5 before naming. Frequency counts orders. Any of the 125 cells
    can be given another name; the others keep theirs.
    """
    given = {"recency": recency, "frequency": frequency, "money": money}
    if by == "scores" and bins == "nested":
        scored = _nested(customers, scores)
    else:
        scored = [_score(customers, *METRICS[key], given[key] if by == "edges" else scores) for key in METRICS]
    names, colours, _ = named(segments, tuple(table.items()))
    return product(
        scored,
        names,
        laid_out(segments, tuple(table.items()), tuple(len(score.names) for score in scored)),
        colours=colours,
        detail=lambda: pd.DataFrame(
            {letter: _most_is_best(score) for letter, score in zip("rfm", scored, strict=True)}, customers.frame.index
        ),
    )


def _score(customers: Customers, column: str, best: str, cuts: tuple[float, ...] | int) -> Segmentation:
    """Bands of one metric, best first: by these cuts, or so many with equal shares of the customers."""
    at = _equal(customers, column, best, cuts) if isinstance(cuts, int) else cuts
    return edges(customers, column, at, range(len(at) + 1), best=best)


def _nested(customers: Customers, bands: int) -> list[Segmentation]:
    """So many bands of each metric, best first: of recency among all, of the next among those in the same bands before."""
    first, *others = METRICS.values()
    found = [_score(customers, *first, bands)]
    for column, best in others:
        name = f"Nested {label(column).lower()} (1–{bands})"
        values, parents = customers.values(_scored(customers, column)), [one.codes for one in found]
        customers.derive(name, partial(_within, values, parents, bands))
        found.append(edges(customers, name, range(2, bands + 1), range(bands), best=best))
    return found


def _within(values: np.ndarray, parents: Sequence[np.ndarray], bands: int) -> np.ndarray:
    """Scores 1 … `bands` by equal shares of those whose parents are the same: float64 (n,), NaN where the value is unknown.

    values, parents   float64 (n,); each int (n,)
    """
    score, of = np.full(len(values), np.nan), np.ravel_multi_index(parents, [bands + 1] * len(parents))
    known = np.flatnonzero(~np.isnan(values))
    known = known[np.argsort(of[known], kind="stable")]
    shares = [at / bands for at in range(1, bands)]
    for rows in np.split(known, np.flatnonzero(np.diff(of[known])) + 1):
        if len(rows):
            score[rows] = 1 + np.searchsorted(np.quantile(values[rows], shares), values[rows])  # past ties
    return score


def _equal(customers: Customers, column: str, best: str, bands: int) -> tuple[float, ...]:
    shares = [at / bands for at in range(1, bands)]
    return customers.keep(
        ("shares", column, bands), lambda: quantile_cuts(customers, _scored(customers, column), shares, best)
    )


def _scored(customers: Customers, column: str) -> str:
    """A metric of those who can be scored: of whom all three are known."""
    metrics = [name for name, _ in METRICS.values()]
    if all(customers.known(name) == len(customers) for name in metrics):
        return column
    known = np.logical_and.reduce([~np.isnan(customers.values(name)) for name in metrics])
    return customers.derive(f"{column} of those scored", lambda: np.where(known, customers.values(column), np.nan))


def _most_is_best(score: Segmentation) -> pd.arrays.IntegerArray:
    """Band codes (0 = best) as scores (most = best), missing where unknown."""
    return pd.arrays.IntegerArray(len(score.names) - score.codes.astype(np.int64), score.codes == len(score.names))


def fifth(code: int, bands: int) -> int:
    """A band (0 = best) as a score 1–5: fewer bands are spread evenly, ends on ends."""
    return 1 + round((bands - 1 - code) * 4 / (bands - 1))


def named_by(bands: Sequence[int], sizes: Sequence[int]) -> str:
    """The cell of the score table that bands (0 = best) of so many of each metric are named by: 0 of 4, 3 of 4 … is 51…"""
    return "".join(str(fifth(*one)) for one in zip(bands, sizes, strict=True))


@cache
def named(segments: str, own: tuple[tuple[str, str], ...]) -> tuple[tuple[str, ...], tuple[int, ...], dict]:
    """The names, their colours, and which of them each cell of scores has, with a person's own names of cells."""
    cells = {cell: dict(own).get(cell) or name_of(segments, *map(int, cell)) for cell in CELLS}
    added = [name for name in dict.fromkeys(dict(own).values()) if name not in NAMES[segments]]
    names, colours = (*NAMES[segments], *added), (*COLOURS[segments], *(at % 7 for at in range(len(added))))
    return names, colours, {tuple(map(int, cell)): names.index(name) for cell, name in cells.items()}


@lru_cache(maxsize=256)
def laid_out(segments: str, own: tuple[tuple[str, str], ...], bands: tuple[int, ...]) -> np.ndarray:
    """Which name each cell of so many bands (best first) has: int8, an axis for each of R, F and M."""
    cells = named(segments, own)[2]
    fifths = [[fifth(code, size) for code in range(size)] for size in bands]
    return np.array([cells[scores] for scores in itertools.product(*fifths)], np.int8).reshape(bands)


def called(values: Mapping[str, Any]) -> dict[str, str]:
    """What every cell of scores is called at these thresholds."""
    names, _, cells = named(values["segments"], tuple(values["table"].items()))
    return {"".join(map(str, scores)): names[at] for scores, at in cells.items()}


@cache
def name_of(segments: str, *scores: int) -> str:
    """The segment of one cell of scores R, F, M from 1 to 5."""
    cell = "".join(map(str, scores))
    if segments == "eleven":
        return next(name for name, cells in ELEVEN.items() if cell in cells.split())
    return next(
        name
        for name, limits in ORDERED.items()
        if all(limit[0] <= score <= limit[1] for score, limit in zip(cell, limits, strict=True))
    )
