"""Campaign response: opened, clicked, bought, or never reacted."""

from typing import Annotated

from segmentation.customers.customers import Customers
from segmentation.segments.controls import Attribute
from segmentation.segments.method import method
from segmentation.segments.segmentation import Segmentation
from segmentation.segments.stages import furthest


@method(
    "Campaign response",
    family="Who they are",
    question="Who reacts when we write?",
    needs=[("opened", "clicked", "bought")],
    misleads="It misleads about opening, which mail programs count by themselves, and about those never written to: "
    "leave their cells empty.",
    source="The response funnel of direct marketing.",
    segments={
        "Bought": (
            "Bought after a campaign.",
            "Write again, with what goes with it; do not discount what sells anyway.",
        ),
        "Clicked": ("Looked closer, did not buy.", "Find what stopped them: price, delivery, choice."),
        "Opened": ("Read, went no further.", "Another offer, another subject."),
        "Never reacted": ("Gave no sign.", "Another channel, or silence, which costs nothing."),
    },
    asks=[("Bought", "Clicked", "Opened")],
)
def response(
    customers: Customers,
    opened: Annotated[str, Attribute("Opened", ("opened",))] = "",
    clicked: Annotated[str, Attribute("Clicked", ("clicked",))] = "",
    bought: Annotated[str, Attribute("Bought", ("bought",))] = "",
) -> Segmentation:
    """The furthest reaction of each customer: opened → clicked → bought, or none.

    From counts, yes and no, or dates. Columns not chosen are found by their headings. A customer of whom every one
    of them is empty is unknown.
    """
    return furthest(
        customers,
        {"Opened": ("opened", opened), "Clicked": ("clicked", clicked), "Bought": ("bought", bought)},
        none="Never reacted",
    )
