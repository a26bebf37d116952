"""Campaign: whom do we write to? Lists for the tools that send, a control group, and afterwards what it did."""

from pages.app import frame, session, upload
from pages.app.empty import no_customers
from pages.pieces.campaign.answers import after
from pages.pieces.campaign.pack import before
from pages.pieces.segments.chooser import headed
from pages.pieces.segments.parts import parts
from segmentation import Customers

QUESTION = "Whom do we write to?"
SHOWS = (
    "Here the customers of each segment will become lists for the tools you write with, beside a control group that shows "
    "afterwards what the campaign did."
)
PARTS = {"Before: the lists": before, "After: what it did": after}


def page() -> None:
    """The page, where there are customers; a name of the module would keep them when everybody has left."""
    if (customers := no_customers(QUESTION, SHOWS)) is not None:
        campaign(customers)


def campaign(customers: Customers) -> None:
    """The question and the method whose segments are written to; then the lists, or what came back."""
    upload.work()
    frame.frame(customers)
    headed(QUESTION, session.study(), customers)
    parts(customers, "When", PARTS, "campaign part")


page()
