"""Groups around centres: k-means."""

from collections.abc import Hashable

import numpy as np

from segmentation.customers.customers import Customers
from segmentation.segments import groups
from segmentation.segments.groups import ALIKE, By, Count, Groups, Outliers, Own, Place, Transform, clustering
from segmentation.segments.segmentation import Segmentation


def found(customers: Customers, columns: tuple, k: int, transform: str, outliers: str) -> tuple[Hashable, Groups]:
    """The groups, and the key they are kept under."""

    def fit(values: np.ndarray) -> tuple[np.ndarray, Place]:
        place = groups.parted(customers, (columns, transform, outliers), values, k)
        return place(values), place

    return groups.grouped(customers, ("kmeans", k), columns, (transform, outliers), fit)


@clustering(
    "Clusters: k-means",
    question="Which customers are alike?",
    misleads="It misleads where there are no groups: it parts any crowd into as many as it is asked for, all of similar "
    "width. Columns without a bearing on each other give groups nobody can use.",
    source="K-means (Lloyd 1957, MacQueen 1967), as in scikit-learn, from ten starts.",
    segments={"*": ALIKE},
    remarks=groups.told(found),
    centred=groups.centred(),
    joins=groups.joins(found),
)
def kmeans(
    customers: Customers,
    columns: By = (),
    k: Count = 4,
    transform: Transform = "log",
    outliers: Outliers = "cap",
    names: Own = {},  # noqa: B006  # nobody writes into it
) -> Segmentation:
    """Each customer belongs to the nearest of as many centres as there are groups, and each centre is the mean of its
    customers.

    Segments are named by the columns in which they lie furthest from everybody's mean, and stand in the order of the
    money a customer of them brings; each can be given another name. A customer of whom a column is missing is unknown.
    """
    key, made = found(customers, columns, k, transform, outliers)
    return groups.segments(customers, made, key, own=names)
