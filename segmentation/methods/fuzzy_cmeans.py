"""Groups to which one belongs by degrees: fuzzy c-means."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Annotated, Any

import numpy as np
import pandas as pd

from segmentation.customers.customers import Customers, Ranked
from segmentation.segments import groups
from segmentation.segments.controls import Slider
from segmentation.segments.degrees import decided, orderings
from segmentation.segments.groups import ALIKE, By, Count, Groups, Outliers, Own, Place, Transform, clustering
from segmentation.segments.method import Ground
from segmentation.segments.segmentation import Segmentation

UNDECIDED = "Undecided"
ROUNDS = 1000
STARTS = 8  # beside the centres of k-means
DEPTH = 6  # rounds that are looked back on
SOME = 500  # points on which starts are tried
FIRST = 10  # rounds of all starts together: by then many have come to the same
NEARLY = 1e-4  # how far a start may still move, in the units of the points: its objective tells by then


def laid(values: np.ndarray) -> np.ndarray:
    """Points (n, columns) as what squared distances are multiplied from: a row each column, then squares, then ones."""
    return np.vstack([values.T, np.einsum("ij,ij->i", values, values), np.ones(len(values))])


def _near(points: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """The inverse of the squared distance of each centre (…, k, columns) to each point as it was `laid`: (…, k, n)."""
    squares, one = (centres**2).sum(axis=-1, keepdims=True), np.ones((*centres.shape[:-1], 1))
    near = np.concatenate([-2 * centres, one, squares], axis=-1) @ points
    return np.reciprocal(np.maximum(near, 1e-15, out=near), out=near)


def _degrees(points: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """Degrees to which points as they were `laid` belong to centres, as `_near`; in place, since most time goes into memory."""
    near = _near(points, centres)
    near *= np.reciprocal(near.sum(axis=-2, keepdims=True))
    return near


def memberships(values: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """Degrees to which points belong to centres, by the inverse of their squared distance: float64 (n, centres), rows add to 1."""
    return _degrees(laid(values), centres).T


def objective(values: np.ndarray, centres: np.ndarray) -> float:
    """Squared distances of all points to all centres, by the square of their degrees: what fuzzy c-means makes small."""
    return float(_objective(laid(values), centres))


def _objective(points: np.ndarray, centres: np.ndarray) -> np.ndarray:
    return (1 / _near(points, centres).sum(axis=-2)).sum(
        axis=-1
    )  # the sum of u²d, since u is 1/d by the sum of all 1/d


def _drawn(points: np.ndarray, rows: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """The means of the points by the square of how far they belong to these centres; rows: the points, transposed."""
    weights = _degrees(points, centres)
    weights *= weights
    sums = weights @ rows
    return sums[..., :-2] / sums[..., -1:]


def drawn_to(points: np.ndarray, centres: np.ndarray, still: float = 1e-9) -> np.ndarray:
    """Centres, each the mean of all points by the square of their degrees (fuzziness 2), from these on until none moves by
    more than `still`; each round goes on from the last ones as far as they agree (Anderson 1965), which takes fewer of them.

    points   as they were `laid`
    """
    rows = np.ascontiguousarray(points.T)
    ends: list[np.ndarray] = []  # of the last rounds: where they led
    ways: list[np.ndarray] = []  # and how far from where they began
    for _ in range(ROUNDS):
        drawn = _drawn(points, rows, centres)
        way = drawn - centres
        if np.abs(way).max() < still:
            break
        centres = drawn
        if ways:
            shorter = (way - np.array(ways)).reshape(len(ways), -1).T
            by = np.linalg.lstsq(shorter, way.ravel(), rcond=None)[0]
            centres = drawn - np.tensordot(by, drawn - np.array(ends), 1)
        ends, ways = [*ends[1 - DEPTH :], drawn], [*ways[1 - DEPTH :], way]
    return drawn


def start(values: np.ndarray, k: int) -> np.ndarray:
    """Centres to start from: of several starts those that lead some of the points to the smallest objective.

    After some rounds of all of them together only one of those that have come to the same goes on.
    """
    some = values[:: -(-len(values) // SOME)]
    points, size, rng = laid(some), groups.distinct(some, k), np.random.default_rng(groups.SEED)
    tried = np.array(
        [groups.kmeans(some, k, 1), *(some[rng.choice(len(some), size, replace=False)] for _ in range(STARTS))]
    )
    for _ in range(FIRST):
        tried = _drawn(points, points.T, tried)
    reached = _objective(points, tried)
    apart = np.unique(np.round(reached / reached.max(), 3), return_index=True)[1]
    ended = np.array([drawn_to(points, centres, NEARLY) for centres in tried[np.sort(apart)]])
    return ended[np.round(_objective(points, ended), 6).argmin()]


def centres(customers: Customers, columns: tuple, k: int, transform: str, outliers: str) -> np.ndarray:
    """The centres there are: float64 (groups, columns)."""

    def make() -> np.ndarray:
        values = groups.points(customers, columns, transform, outliers).sample
        return drawn_to(laid(values), start(values, k))

    return customers.remember(("fuzzy centres", k, tuple(sorted(columns)), transform, outliers), make)


def found(customers: Customers, columns: tuple, k: int, transform: str, outliers: str) -> tuple[Hashable, Groups]:
    """The groups, each customer in that of the highest degree, and the key they are kept under."""

    def fit(values: np.ndarray) -> tuple[np.ndarray, Place]:
        place = groups.nearest(centres(customers, columns, k, transform, outliers))
        return place(values), place

    return groups.grouped(customers, ("fuzzy c-means", k), columns, (transform, outliers), fit)


def degrees(customers: Customers, columns: tuple, k: int, transform: str, outliers: str) -> np.ndarray:
    """Degrees to which customers belong to the groups, in their order: float64 (n, groups), missing where a column is."""
    settings: dict[str, Any] = {"columns": columns, "k": k, "transform": transform, "outliers": outliers}
    made, points = found(customers, **settings)[1], groups.points(customers, columns, transform, outliers)
    belongs = np.full((len(customers), max(made.count, 1)), np.nan)
    for start in range(0, len(points.rows), groups.CHUNK):
        some = slice(start, start + groups.CHUNK)
        belongs[points.rows[some]] = belonging(customers, points.values[some], **settings)
    return belongs


def belonging(customers: Customers, others: np.ndarray, **settings: Any) -> np.ndarray:
    """Degrees to which points belong to the groups there are, in their order: float64 (m, groups)."""
    made = found(customers, **settings)[1]
    if not made.facts.columns:
        return np.ones((len(others), max(made.count, 1)))
    return memberships(others, centres(customers, **settings)[made.order])


def ordered(customers: Customers, **settings: Any) -> tuple[Ranked, Ranked]:
    """The customers by their highest degree, and by their group."""
    return orderings(customers, *found(customers, **settings), lambda: degrees(customers, **settings).max(axis=1))


def joins(customers: Customers, thresholds: Mapping[str, Any]) -> Ground:
    """How one more customer is put into the groups there are: where its degree is highest, undecided where none is enough."""
    settings = {name: value for name, value in thresholds.items() if name != "sure"}
    ground = groups.joins(found, degrees=belonging)(customers, settings)

    def place(others: np.ndarray) -> np.ndarray:
        belongs = belonging(customers, others, **groups.without_names(settings))
        return np.where(belongs.max(axis=1) < thresholds["sure"], belongs.shape[1], ground.place(others))

    return ground._replace(place=place)


def remarks(customers: Customers, thresholds: Mapping[str, Any]) -> list[str]:
    """What was done to the columns, and what it says where most are undecided."""
    deciding = groups.without_names(thresholds)
    settings = {name: value for name, value in deciding.items() if name != "sure"}
    made, surest = found(customers, **settings)[1], ordered(customers, **settings)[0]
    many = surest.known - surest.at_least(thresholds["sure"]) > made.facts.known / 2
    told = ["Most customers stand between groups: these columns part them badly. Take fewer groups, or other columns."]
    return [*groups.said(made.facts, thresholds["k"], made.count), *(told if many else [])]


@clustering(
    "Clusters: fuzzy c-means",
    question="Who belongs to which group, and who stands between them?",
    misleads="It misleads in many columns: there everybody is about as far from every centre, and the degrees say little.",
    source="Fuzzy c-means (Dunn 1973, Bezdek 1981) with a fuzziness of 2.",
    segments={
        UNDECIDED: (
            "Stands between groups and belongs to none of them clearly.",
            "What all groups get, nothing special.",
        ),
        "*": ALIKE,
    },
    remarks=remarks,
    joins=joins,
)
def fuzzy_cmeans(
    customers: Customers,
    columns: By = (),
    k: Count = 4,
    sure: Annotated[float, Slider("Undecided is who belongs to no group by at least", 0.0, 0.95, 0.05)] = 0.4,
    transform: Transform = "log",
    outliers: Outliers = "cap",
    names: Own = {},  # noqa: B006  # nobody writes into it
) -> Segmentation:
    """Each customer belongs to every group by a degree, the nearer its centre the more, and counts for the group of the
    highest.

    The degrees of a customer add to 1 and stand in the list of customers. Segments stand in the order of the money a
    customer of them brings. A customer of whom a column is missing is unknown.
    """
    settings: dict[str, Any] = {"columns": columns, "k": k, "transform": transform, "outliers": outliers}
    key, made = found(customers, **settings)
    placing = decided(customers, made, ordered(customers, **settings), sure)

    def detail(called: Sequence[str]) -> pd.DataFrame:
        belongs = degrees(customers, **settings)
        unsure = belongs.max(axis=1) < sure
        return pd.DataFrame(belongs[:, : len(called)], customers.frame.index, called).assign(undecided=unsure)

    return groups.segments(customers, made, key, placing=placing, rest=UNDECIDED, own=names, detail=detail)
