"""A few personas: groups around centres, each told by its most typical customer."""

from collections.abc import Hashable
from typing import Annotated

from segmentation.customers.customers import Customers
from segmentation.methods.kmeans import found
from segmentation.segments import groups
from segmentation.segments.controls import Number
from segmentation.segments.groups import By, Groups, Own, clustering
from segmentation.segments.segmentation import Segmentation

HOW = ("log", "cap")  # how columns are made comparable, and what outliers count as


def grouped(customers: Customers, columns: tuple, k: int) -> tuple[Hashable, Groups]:
    """The groups, and the key they are kept under."""
    return found(customers, columns, k, *HOW)


@clustering(
    "Personas",
    question="Who are our typical customers?",
    misleads="It misleads where a persona is taken for everybody in its group: it is the customer in the middle, and it is "
    "another one when the customers change.",
    source="Personas (Cooper 1999), found as the groups of k-means; each is told by a customer there is, not by an average.",
    segments={"*": ("Customers who are like this persona.", "One message, offer and channel that suits the persona.")},
    remarks=groups.told(grouped),
    centred=groups.centred(*HOW),
    joins=groups.joins(grouped, lambda customers, thresholds: groups.points(customers, thresholds["columns"], *HOW)),
)
def personas(
    customers: Customers,
    columns: By = (),
    k: Annotated[int, Number("Number of personas", 3, 7)] = 4,
    names: Own = {},  # noqa: B006  # nobody writes into it
) -> Segmentation:
    """Three to seven groups of customers who are alike, as k-means finds them on logarithms, outliers capped.

    The card of each shows the customer nearest to the middle of its group. Each can be given a name of one's own. A
    customer of whom a column is missing is unknown.
    """
    key, made = grouped(customers, columns, k)
    return groups.segments(customers, made, key, own=names)
