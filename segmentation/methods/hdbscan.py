"""Groups where customers stand close together, of any shape; who stands alone belongs to none: HDBSCAN."""

from collections.abc import Hashable, Mapping
from typing import Annotated, Any

import numpy as np

from segmentation.customers.customers import Customers
from segmentation.segments import groups
from segmentation.segments.controls import Number
from segmentation.segments.groups import By, Groups, Outliers, Own, Place, Transform, clustering
from segmentation.segments.segmentation import Segmentation

ALONE = "On their own"
MOST = 5_000  # customers on whom groups are found: what it costs grows with their square


def dense(values: np.ndarray, least: int) -> np.ndarray:
    """The dense group of each point, −1 for one in none: int (n,). A group holds at least so many points."""
    from sklearn.cluster import HDBSCAN  # takes a second to import: the first page does without

    if len(values) < 2 * least:  # there cannot be two
        return np.zeros(len(values), np.intp)
    return HDBSCAN(min_cluster_size=least, min_samples=min(least, 10), copy=True).fit(values).labels_


def found(
    customers: Customers, columns: tuple, smallest: int, transform: str, outliers: str
) -> tuple[Hashable, Groups]:
    """The groups, and the key they are kept under."""

    def fit(values: np.ndarray) -> tuple[np.ndarray, Place]:
        from scipy.spatial import KDTree  # takes a moment to import: the first page does without

        held = dense(values, max(2, round(len(values) * smallest / 100)))
        return held, lambda others: held[KDTree(values).query(others)[1]]

    return groups.grouped(customers, ("hdbscan", smallest), columns, (transform, outliers), fit, MOST)


def remarks(customers: Customers, thresholds: Mapping[str, Any]) -> list[str]:
    """What was done to the columns, and what it means where there are no two groups."""
    made = found(customers, **groups.without_names(thresholds))[1]
    none = (
        "No two groups are found: customers fill the space between them evenly, or a group may be smaller than asked."
    )
    return [*groups.said(made.facts), *([none] if made.count < 2 and made.facts.columns else [])]


@clustering(
    "Clusters: dense groups",
    question="Where do customers crowd together, and who stands alone?",
    misleads="It misleads where a group is thin: it is taken for customers who stand alone. Most of a base may be.",
    source="HDBSCAN (Campello, Moulavi and Sander 2013), as in scikit-learn.",
    segments={
        ALONE: (
            "Not close to enough others to be a group.",
            "Look at them one by one: large ones, odd ones, mistakes.",
        ),
        "*": ("Customers who stand close together in the columns compared.", "What suits the traits in their name."),
    },
    richest=False,  # it asks who stands alone, and those are no group to look for more of
    remarks=remarks,
    joins=groups.joins(found),
)
def hdbscan(
    customers: Customers,
    columns: By = (),
    smallest: Annotated[
        int, Number("A group holds at least this per cent of customers", 1, 50, help="Fewer are no group of their own.")
    ] = 5,
    transform: Transform = "log",
    outliers: Outliers = "keep",
    names: Own = {},  # noqa: B006  # nobody writes into it
) -> Segmentation:
    """Groups are places where customers stand close together with emptier space around, of any shape and as many as there
    are; who stands in the emptier space is on their own.

    Segments stand in the order of the money a customer of them brings. A customer of whom a column is missing is unknown.
    """
    key, made = found(customers, columns, smallest, transform, outliers)
    return groups.segments(customers, made, key, rest=ALONE, own=names)
