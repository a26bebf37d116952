"""Groups as clouds of their own width and slant: a mixture of normal distributions."""

from collections.abc import Hashable, Sequence
from typing import Annotated, Any

import numpy as np
import pandas as pd

from segmentation.customers.customers import Customers
from segmentation.segments import groups
from segmentation.segments.controls import Choice
from segmentation.segments.groups import By, Count, Groups, Outliers, Own, Place, Transform, clustering
from segmentation.segments.segmentation import Segmentation

LEAST = 1e-3  # variance of a cloud beside the spread of all: none shrinks onto a single customer
SHAPES = {
    "full": "each its own, slanted too",
    "diag": "each its own, not slanted",
    "tied": "one shape for all",
    "spherical": "round",
}


def clouds(values: np.ndarray, k: int, shape: str) -> Any:
    """scikit-learn's mixture of k normal distributions, or of as many as there are different points, fitted on these."""
    from sklearn.mixture import GaussianMixture  # takes a second to import: the first page does without
    from threadpoolctl import threadpool_limits  # comes with scikit-learn

    size = groups.distinct(values, k)
    with threadpool_limits(1):  # threads add up in another order each time
        made = GaussianMixture(size, covariance_type=shape, reg_covar=LEAST, max_iter=2000, random_state=groups.SEED)
        return made.fit(values)


def model(customers: Customers, columns: tuple, k: int, shape: str, transform: str, outliers: str) -> Any:
    """What gives the probability of every group, fitted once: points (m, columns) → float64 (m, groups).

    The columns are brought to one spread first, so that the least width means the same in each.
    """

    def make() -> Any:
        values = groups.points(customers, columns, transform, outliers).sample
        centre, spread = values.mean(axis=0), values.std(axis=0)
        spread[spread == 0] = 1.0  # a column so narrow beside the others that nothing is left of it
        fitted = clouds((values - centre) / spread, k, shape)
        return lambda others: fitted.predict_proba((others - centre) / spread)

    return customers.remember(("mixture model", k, shape, tuple(sorted(columns)), transform, outliers), make)


def found(
    customers: Customers, columns: tuple, k: int, shape: str, transform: str, outliers: str
) -> tuple[Hashable, Groups]:
    """The groups, each customer in that of the highest probability, and the key they are kept under."""

    def fit(values: np.ndarray) -> tuple[np.ndarray, Place]:
        likely = model(customers, columns, k, shape, transform, outliers)

        def place(others: np.ndarray) -> np.ndarray:
            return np.round(likely(others), groups.DIGITS).argmax(axis=1)

        return place(values), place

    return groups.grouped(customers, ("mixture", k, shape), columns, (transform, outliers), fit)


def likely(customers: Customers, others: np.ndarray, **settings: Any) -> np.ndarray:
    """How likely points are of each group there is, in their order: float64 (m, groups)."""
    made = found(customers, **settings)[1]
    if made.count < 2:
        return np.ones((len(others), 1))
    return np.asarray(model(customers, **settings)(others)[:, made.order])


def probabilities(customers: Customers, names: Sequence[str], **settings: Any) -> pd.DataFrame:
    """How likely each customer is of each group, missing where a column is."""
    points = groups.compared_by(customers, settings)
    belongs = np.full((len(customers), len(names)), np.nan)
    belongs[points.rows] = likely(customers, points.values, **settings)
    return pd.DataFrame(belongs, customers.frame.index, names)


@clustering(
    "Clusters: mixture",
    question="Which crowds of customers overlap?",
    misleads="It misleads where no crowd is shaped like a bell: one long tail becomes several groups.",
    source="Gaussian mixture by expectation and maximisation (Dempster, Laird and Rubin 1977), as in scikit-learn.",
    segments={"*": ("Customers who most likely come from the same crowd.", "What suits the traits in their name.")},
    remarks=groups.told(found),
    joins=groups.joins(found, degrees=likely),
)
def mixture(
    customers: Customers,
    columns: By = (),
    k: Count = 4,
    shape: Annotated[str, Choice("Shape of a group", SHAPES)] = "full",
    transform: Transform = "log",
    outliers: Outliers = "cap",
    names: Own = {},  # noqa: B006  # nobody writes into it
) -> Segmentation:
    """Customers are taken as drawn from overlapping crowds, each a normal distribution with its own width and slant; each
    belongs to the crowd it most likely comes from.

    Unlike k-means it finds a narrow group within a wide one. The probabilities of a customer add to 1 and stand in the
    list of customers. Segments stand in the order of the money a customer of them brings. A customer of whom a column
    is missing is unknown.
    """
    settings: dict[str, Any] = {
        "columns": columns,
        "k": k,
        "shape": shape,
        "transform": transform,
        "outliers": outliers,
    }
    key, made = found(customers, **settings)
    return groups.segments(
        customers, made, key, own=names, detail=lambda called: probabilities(customers, called, **settings)
    )
