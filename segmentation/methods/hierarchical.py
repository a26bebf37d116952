"""Groups by joining the most similar again and again: hierarchical clustering."""

from collections.abc import Hashable, Mapping
from typing import Annotated, Any

import numpy as np

from segmentation.customers.customers import Customers
from segmentation.segments import groups, mixed
from segmentation.segments.controls import Choice, Columns
from segmentation.segments.groups import ALIKE, Count, Groups, Outliers, Own, Place, Transform, clustering
from segmentation.segments.segmentation import Segmentation

MOST = 4_000  # every pair of them is compared: eight million distances, 64 MB
CALLED = {"manhattan": "cityblock"}  # by SciPy
OTHERWISE = "the distance chosen counts under the other ways of joining"
LINKAGES = {
    "ward": "compactness (Ward)",
    "average": "the mean of all pairs",
    "complete": "the two furthest apart",
    "single": "the two nearest",
}
DISTANCES = {
    "euclidean": "straight (Euclid)",
    "manhattan": "sum of columns (Manhattan)",
    "cosine": "angle: the mix (cosine)",
    "correlation": "shape (correlation)",
    "gower": "words and numbers (Gower)",
}
By = Annotated[
    tuple,
    Columns(
        "Compare customers by",
        fewest=0,
        first=groups.usual,
        words=("distance", "gower"),
        help="Take few columns, and such as you could act on; by the distance for words and numbers words too. None chosen: "
        "revenue, orders and recency, where known.",
    ),
]


def found(
    customers: Customers, columns: tuple, k: int, linkage: str, distance: str, transform: str, outliers: str
) -> tuple[Hashable, Groups]:
    """The groups, and the key they are kept under; the tree is kept for every number of groups."""
    linkage, distance = counting(linkage, distance)
    if distance == "gower":
        return _mixed(customers, columns, k, linkage, transform, outliers)
    drawn = _key(columns, linkage, distance, transform, outliers)

    def fit(values: np.ndarray) -> tuple[np.ndarray, Place]:
        tree = customers.remember(drawn, lambda: tree_of(values, linkage, distance))
        held = cut(tree, k) if len(values) > 1 else np.zeros(len(values), np.intp)
        centres = groups.nearest(groups.centres_of(directed(values, distance), held))
        return held, lambda others: centres(directed(others, distance))

    return groups.grouped(customers, ("hierarchical", k, linkage, distance), columns, (transform, outliers), fit, MOST)


def counting(linkage: str, distance: str) -> tuple[str, str]:
    """The way of joining and the distance that go together: Ward is about straight distances alone, and never about words."""
    if linkage == "ward":
        return ("average", "gower") if distance == "gower" else ("ward", "euclidean")
    return linkage, distance


def _mixed(
    customers: Customers, columns: tuple, k: int, linkage: str, transform: str, outliers: str
) -> tuple[Hashable, Groups]:
    """The same by words and numbers."""
    made = mixed.mixed(customers, columns, transform, outliers, MOST)
    drawn = _key(columns, linkage, "gower", transform, outliers)

    def fit(values: np.ndarray) -> tuple[np.ndarray, Place]:
        tree = customers.remember(drawn, lambda: tree_of(values, linkage, "gower"))
        held = cut(tree, k) if len(values) > 1 else np.zeros(len(values), np.intp)
        return held, mixed.nearest(made, mixed.middles(made, values, held))

    return mixed.found(customers, (drawn, k), made, fit)


def _key(columns: tuple, linkage: str, distance: str, transform: str, outliers: str) -> Hashable:
    return "tree", linkage, distance, tuple(sorted(columns)), transform, outliers


def compared_by(customers: Customers, thresholds: Mapping[str, Any]) -> groups.Points:
    """Customers as the points they are at these thresholds: by words and numbers too, where the distance knows words."""
    columns, transform, outliers = (thresholds[one] for one in ("columns", "transform", "outliers"))
    if counting(thresholds["linkage"], thresholds["distance"])[1] == "gower":
        return mixed.mixed(customers, columns, transform, outliers, MOST).points
    return groups.points(customers, columns, transform, outliers, MOST)


def joined(customers: Customers, thresholds: Mapping[str, Any]) -> np.ndarray:
    """The tree at these thresholds, as `tree_of` makes it, whatever the number of groups."""
    linkage, distance = counting(thresholds["linkage"], thresholds["distance"])
    key = _key(thresholds["columns"], linkage, distance, thresholds["transform"], thresholds["outliers"])
    return customers.remember(key, lambda: tree_of(compared_by(customers, thresholds).sample, linkage, distance))


def tree_of(values: np.ndarray, linkage: str, distance: str = "euclidean") -> np.ndarray:
    """SciPy's tree of points: which two are joined, at what distance, to how many; float64 (points − 1, 4).

    A point without a direction is half as far from every other as opposites are, by cosine and correlation.
    """
    from scipy.cluster.hierarchy import linkage as join  # takes a moment to import: the first page does without
    from scipy.spatial.distance import pdist

    if len(values) < 2:
        return np.empty((0, 4))
    if distance == "gower":
        return join(mixed.gower(values), linkage)
    if distance in ("cosine", "correlation"):
        return join(np.round(pdist(directed(values, distance), "sqeuclidean") / 2, 9), linkage)
    return join(values, "ward") if linkage == "ward" else join(pdist(values, CALLED.get(distance, distance)), linkage)


def directed(values: np.ndarray, distance: str) -> np.ndarray:
    """Points as a distance sees them: by cosine and correlation only their direction counts."""
    if distance not in ("cosine", "correlation"):
        return values
    values = values - values.mean(axis=1, keepdims=True) if distance == "correlation" else values
    length = np.linalg.norm(values, axis=1, keepdims=True)
    return np.divide(values, length, out=np.zeros_like(values), where=length > 10.0**-groups.DIGITS)


def cut(tree: np.ndarray, k: int) -> np.ndarray:
    """The group of each point where the last joins are undone: int (n,); fewer groups where no more are apart at all."""
    apart = int((tree[:, 2] > 0).sum())
    joins = len(tree) - min(k - 1, apart)
    above = np.arange(2 * len(tree) + 1)
    above[tree[:joins, :2].astype(np.intp)] = np.arange(len(tree) + 1, len(tree) + 1 + joins)[:, None]
    while not np.array_equal(above, above[above]):
        above = above[above]
    return np.unique(above[: len(tree) + 1], return_inverse=True)[1]


def remarks(customers: Customers, thresholds: Mapping[str, Any]) -> list[str]:
    """What was done to the columns, and that Ward has a distance of its own."""
    made = found(customers, **groups.without_names(thresholds))[1]
    return [*groups.said(made.facts, thresholds["k"], made.count), *about_ward(thresholds)]


def about_ward(thresholds: Mapping[str, Any]) -> list[str]:
    """What becomes of the distance chosen where Ward is chosen too, in a sentence."""
    linkage, distance = thresholds["linkage"], thresholds["distance"]
    if linkage != "ward" or distance == "euclidean":
        return []
    counts = "by words and numbers, groups are joined by the mean of all pairs" if distance == "gower" else OTHERWISE
    return [f"Ward is about straight distances alone: {counts}."]


@clustering(
    "Clusters: hierarchical",
    question="Which customers are alike, step by step?",
    misleads="It misleads where one of two customers joined early would fit elsewhere later: a join is never undone. "
    "Joined by the nearest two, unlike customers end in one chain.",
    source="Agglomerative clustering (Ward 1963; Lance and Williams 1967), as in SciPy.",
    segments={"*": ALIKE},
    remarks=remarks,
    joins=groups.joins(found, compared_by),
    grows=True,
)
def hierarchical(
    customers: Customers,
    columns: By = (),
    k: Count = 4,
    linkage: Annotated[
        str, Choice("Join groups by", LINKAGES, help="By the two nearest, chains of customers become groups too.")
    ] = "ward",
    distance: Annotated[
        str,
        Choice(
            "Distance",
            DISTANCES,
            help="By angle and shape the mix of columns counts, not the amount. For words and numbers together take Gower's: a "
            "word counts as near or far, a number by its part of the range, and a gap counts for nothing. Ward is about straight "
            "distances alone.",
        ),
    ] = "euclidean",
    transform: Transform = "log",
    outliers: Outliers = "cap",
    names: Own = {},  # noqa: B006  # nobody writes into it
) -> Segmentation:
    """Every customer begins alone; the two nearest are joined, then again the two nearest, until as many groups are left
    as asked for.

    Of many customers a sample is joined, since every pair is compared, and the others belong where the nearest centre
    is. Segments stand in the order of the money a customer of them brings. A customer of whom a column is missing is
    unknown; by words and numbers (Gower) only one of whom nothing is known.
    """
    key, made = found(customers, columns, k, linkage, distance, transform, outliers)
    if distance != "gower":
        return groups.segments(customers, made, key, own=names)
    points = mixed.mixed(customers, columns, transform, outliers, MOST)
    return groups.segments(
        customers, made, key, own=names, naming=lambda people, held: mixed.names(people, points, held)
    )
