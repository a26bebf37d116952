"""Any two methods crossed."""

from typing import Annotated, Any

from segmentation.customers.customers import Customers
from segmentation.segments import cuts
from segmentation.segments.merging import meant
from segmentation.segments.method import Other, method
from segmentation.segments.segmentation import Segmentation


@method(
    "Two methods crossed",
    family="What to do",
    question="How do two ways of grouping your customers overlap?",
    misleads="It misleads when its cells become too small to treat: keep those that differ in what you would do.",
    source="The product of two segmentations, as in ABC × XYZ.",
    segments={"*": ("Those who are in both segments.", "What the first segment gets, as the second asks for it.")},
)
def cross(
    customers: Customers,
    first: Annotated[Any, Other("First method")] = "abc_classes",
    second: Annotated[Any, Other("Second method")] = "lifecycle",
) -> Segmentation:
    """Every segment of the first method parted by the segments of the second, at the thresholds given with them."""
    one, two = (meant(customers, name, given) for name, given in (("first", first), ("second", second)))
    return cuts.cross(one, two, between=" × ")
