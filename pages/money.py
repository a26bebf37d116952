"""Money: what does each segment bring? Its profit and loss, what it buys, what sets it apart, and what levers would do."""

from pages.app import frame, session
from pages.app.empty import no_customers
from pages.pieces.money.ledger import answer, ledger
from pages.pieces.money.one import one_segment
from pages.pieces.money.two import two_segments
from pages.pieces.money.what_if import what_if
from pages.pieces.segments.chooser import headed
from pages.pieces.segments.parts import parts
from pages.pieces.segments.shown import segmentation
from segmentation import Customers
from segmentation.analysis.action.pnl import profit_and_loss

QUESTION = "What does each segment bring?"
SHOWS = (
    "Here every segment of your customers will have its profit and loss: revenue, cost, cost to serve and profit, what it buys, "
    "and what a price, a minimum order or a campaign would change."
)
PARTS = {"What if?": what_if, "One segment": one_segment, "Two segments": two_segments}


def page() -> None:
    """The page, where there are customers; a name of the module would keep them when everybody has left."""
    if (customers := no_customers(QUESTION, SHOWS)) is not None:
        money(customers)


def money(customers: Customers) -> None:
    """The question, the answer with all segments below each other, then what else can be asked."""
    study = session.study()
    frame.frame(customers)
    headed(QUESTION, study, customers)
    if shown := segmentation(study, customers):
        table = profit_and_loss(shown.segmentation)
        answer(shown, table)
        ledger(shown, table)
        parts(customers, "What else?", PARTS, "money part")


page()
