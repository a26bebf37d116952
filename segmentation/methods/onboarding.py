"""Onboarding: who signed up, who tried, who pays."""

from typing import Annotated

from segmentation.customers.customers import Customers
from segmentation.segments.controls import Attribute
from segmentation.segments.method import method
from segmentation.segments.segmentation import Segmentation
from segmentation.segments.stages import furthest

WORDS = {
    "Signed up": "signed up, signup, sign up, registered, registration, lead, created, free, angemeldet, зарегистрирован",
    "Tried": "tried, trial, try, testing, activated, active trial, demo, getestet, пробует",
    "Paid": "paid, paying, customer, subscribed, subscriber, converted, premium, bezahlt, оплатил",
}


@method(
    "Onboarding stage",
    family="Who they are",
    question="How far has each newcomer come?",
    needs=[("stage", "signed_up", "tried", "paid")],
    misleads="It misleads where a stage is written down late or never: the count of those stuck is then too high.",
    source="The acquisition funnel of subscription businesses.",
    segments={
        "Paid": ("Pays.", "Make the first weeks a success; ask for a referral."),
        "Tried": ("Has tried, does not pay.", "Show what is missing for the decision; a time limit, a call."),
        "Signed up": ("Has signed up, has not tried.", "Make the first step smaller and help with it."),
    },
    asks=["Paid", "Tried", "Signed up"],
)
def onboarding(
    customers: Customers,
    stage: Annotated[str, Attribute("Stage", ("stage",), help="A column of words, instead of dates")] = "",
    signed_up: Annotated[str, Attribute("Signed up on", ("signed_up",))] = "",
    tried: Annotated[str, Attribute("Tried on", ("tried",))] = "",
    paid: Annotated[str, Attribute("Paid on", ("paid",))] = "",
) -> Segmentation:
    """The furthest stage each customer has reached by the as-of date: signed up → tried → paid.

    From dates (or yes and no, or counts) of the stages, or from one column that names the stage. Columns not chosen
    are found by their headings; a column of stages is used where there are no others.
    """
    return furthest(
        customers,
        {"Signed up": ("signed_up", signed_up), "Tried": ("tried", tried), "Paid": ("paid", paid)},
        named=("stage", stage),
        words=WORDS,
    )
