"""What could be done differently for each segment: a first proposal in words, to be rewritten by who knows the customers.

How it is sold stands in the method itself, as the attention a segment usually gets; here stand the aim, and how product,
service and terms could follow from what the segment is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

FIELDS = {
    "aim": "Aim",
    "owner": "Owner",
    "decision": "Decision journey",
    "consumption": "Consumption journey",
    "terms": "Service and terms",
    "budget": "Budget",
    "measure": "Measure of success",
    "until": "Until",
}
ABOUT = {
    "aim": "What the segment is to become.",
    "owner": "The person who answers for the profit of the whole segment.",
    "decision": "How we sell: channel, message, offer.",
    "consumption": "How it is used: product, service, packing.",
    "terms": "Minimum order, prepayment or credit, delivery, price list, who serves.",
    "budget": "What may be spent on the segment.",
    "measure": "By what we shall know that it worked.",
    "until": "The day on which the row is looked at again.",
}
AIMS = {
    "invest": "Invest",
    "keep": "Keep",
    "develop": "Develop",
    "win back": "Win back",
    "serve cheaply": "Serve cheaply",
    "let go": "Let go",
}


class Play(NamedTuple):
    """What a segment is to become (one of AIMS), how product and service differ, and on which terms it is served."""

    aim: str
    consumption: str
    terms: str


class Usual(NamedTuple):
    """What an aim asks for whoever the customers are: who answers for them, how success is measured (some of MEASURES: the first
    that the file can tell), in how many months it is looked at, and what the play of a segment is that nobody knows by name."""

    owner: str
    measures: tuple[str, ...]
    months: int
    decision: str
    play: Play


USUAL: dict[str, Usual] = {
    "invest": Usual(
        "Key account manager",
        ("Profit of the segment, and nobody lost", "Revenue of the segment, and nobody lost", "Nobody lost"),
        12,
        "A manager of their own who calls first with what is new.",
        Play("invest", "The whole range, goods kept for them, advice on site.",
            "Agreed prices for the year, credit, delivery to a fixed day."),
    ),
    "keep": Usual(
        "Sales manager",
        ("Share that buys again", "Nobody lost"),
        12,
        "Thank them, and ask how things are before they complain.",
        Play("keep", "What they buy is always in stock; one person knows their orders.",
            "Present prices and payment terms, kept without asking."),
    ),
    "develop": Usual(
        "Sales manager",
        ("Profit per customer", "Revenue per customer", "Orders per customer", "Share that moved up a segment"),
        6,
        "Show what others like them also buy; one clear offer at a time.",
        Play("develop", "A set, or a trial of something new.", "Better terms from a larger order on."),
    ),
    "win back": Usual(
        "Customer service lead",
        ("Share that comes back", "Share that buys again", "Share that moved up a segment"),
        3,
        "Ask what happened, in person; one reason to come back.",
        Play("win back", "What went wrong is put right first.", "One offer with an end date, then the usual terms."),
    ),
    "serve cheaply": Usual(
        "Online shop manager",
        (
            "Cost to serve per customer",
            "Profit per customer",
            "Revenue per order",
            "Revenue per customer",
            "Customers left in the segment",
        ),
        6,
        "Catalogue, shop and mail; no visits.",
        Play("serve cheaply", "Standard products, ordered without our help.",
            "List price, prepayment, a minimum order; delivery charged."),
    ),
    "let go": Usual(
        "Sales manager",
        ("Loss avoided", "Customers left in the segment"),
        3,
        "A friendly word about the new conditions; no further offers.",
        Play("let go", "No special work.", "A price that covers the cost, prepayment; else part as friends."),
    ),
}  # fmt: skip

MEASURES: Mapping[str, tuple[str, ...]] = {  # each with the columns of customers it is worked out from
    "Profit of the segment, and nobody lost": ("profit",),
    "Revenue of the segment, and nobody lost": ("revenue",),
    "Nobody lost": (),
    "Share that buys again": ("orders",),
    "Share that comes back": ("recency_days",),
    "Share that moved up a segment": (),
    "Profit per customer": ("profit",),
    "Revenue per customer": ("revenue",),
    "Orders per customer": ("orders",),
    "Revenue per order": ("revenue", "orders"),
    "Cost to serve per customer": ("cost_to_serve",),
    "Loss avoided": ("profit",),
    "Customers left in the segment": (),
}

UNKNOWN_PLAY = (
    "Nobody knows where they belong: find the figure that is missing before you treat them in any way.",
    Play("keep", "Standard service until they are placed.", "The usual terms."),
)

_STANDARD = Play("keep", "Standard service.", "The usual terms.")
_ABC = {
    "A": Play("invest", "Whole range, goods kept for them, advice on site.",
        "Agreed prices, credit, delivery to their door on a fixed day."),
    "B": Play("develop", "Sets that make it easy to take more.", "Deferred payment, free delivery from a larger order on."),
    "C": Play("serve cheaply", "Stock items, packed by the box.",
        "Minimum order, full prepayment, list price, pick-up."),
}  # fmt: skip
_VIP = Play(
    "invest", "Whatever they need, first from new deliveries.", "Best price list, credit, delivery on their day."
)
_CANNOT = Play("win back", "Whatever drove them away is put right by the manager in person.",
    "Their former terms back at once, kept for a year.")  # fmt: skip
_LOYAL = Play(
    "develop", "A trial of the better model; refills kept in stock.", "A bonus on the year, no single discounts."
)

PLAYS: Mapping[str, Mapping[str, Play]] = {  # method → segment → play; segments named by the user or the file have none
    "abc_classes": _ABC,
    "abc_nested": _ABC,
    "abc_xyz": {
        "AX": Play("keep", "Stock kept ready for them.", "Yearly contract, credit, call-off delivery."),
        "AY": Play("keep", "Goods reserved for them in advance.", "A fixed price for early orders, credit until the goods are sold."),
        "AZ": Play("develop", "A standing assortment built around what they bought by chance.", "Better price for a standing order."),
        "BX": Play("develop", "One further category beside what they always take.", "Free delivery from a larger order on."),
        "BY": Play("develop", "A set for the season, offered before it begins.", "A better price for early orders, usual terms after."),
        "BZ": Play("keep", "The standard range, from stock.", "Usual terms, prepayment for specials."),
        "CX": Play("serve cheaply", "The usual goods, sent again without a call.", "Minimum order, direct debit, fixed delivery round."),
        "CY": Play("serve cheaply", "Season items, as long as they last.", "List price, prepayment, small orders sent together."),
        "CZ": Play("serve cheaply", "Stock items, off the shelf.", "List price, prepayment, pick-up."),
    },
    "ages": {
        "0–14": Play("develop", "Sizes and sets a parent can choose quickly.", "Exchange without questions."),
        "15–24": Play("develop", "Entry models, small packs.", "Payment by phone, in small parts."),
        "25–44": Play("keep", "Family packs; a play corner in the shop.", "Delivery in the evening, easy returns."),
        "45–64": Play("invest", "The better model, tried at leisure.", "A long guarantee, repairs without fuss."),
        "65 and over": Play("keep", "Large print, a seat, help with the first use.",
            "Invoice on paper, delivery into the flat."),
    },
    "b2b_ladder": {
        "5": Play("invest", "Our engineers at their machines, trials with new materials.", "Yearly agreement, stock at their site."),
        "4": Play("develop", "A trial on one of their machines, with our engineer beside it.",
            "Nothing to pay until the tool has proved itself."),
        "3": Play("develop", "A morning at their machine: cutting times before and after.", "A small first order, then price steps."),
        "2": Play("develop", "A starter set that goes with the machine.", "Payment in parts while the machine is paid off."),
        "1": Play("serve cheaply", "Standard tools from the catalogue.", "List price, prepayment, through a dealer."),
    },
    "bcg": {
        "Stars": Play("invest", "Capacity and new products reserved for them.",
            "Prices by yearly volume, longer credit."),
        "Cash cows": Play("keep", "Nothing changes that they rely on.", "Present terms for another year, no new work."),
        "Dark horses": Play("develop", "A wider range to try while they grow.", "Credit that grows with their orders."),
        "Dogs": Play("serve cheaply", "Standard goods by shop and catalogue.", "Minimum order, prepayment, paid delivery."),
    },
    "factor": {
        "High": Play("keep", "Reliable supply and a report of what they use.", "A price agreed for long, tied to the market."),
        "Middle": Play("develop", "A meter, and advice on using less.", "A low price and a part of the saving."),
        "Low": Play("keep", "Everything from one hand, without a thought.", "One monthly invoice at list price."),
    },
    "fuzzy_cmeans": {"Undecided": _STANDARD},
    "hdbscan": {"On their own": Play("keep", "Standard service in the meantime.", "The usual terms until somebody has looked.")},
    "lifecycle": {
        "Active": Play("keep", "What goes with the product they use.", "Usual terms, no discount needed."),
        "Inactive": Play("win back", "What they bought last, ready to be ordered again.", "Usual terms, free delivery for the next order."),
        "Sleeping": Play("win back", "What has changed since they were here.", "One offer with an end date."),
        "Closed": Play("let go", "Nothing is kept for them.", "List price in advance, should they order."),
    },
    "motive": {
        "Urgency": Play("invest", "Express delivery, a promised hour, stock at hand.", "Full price, and a fee for the fast lane."),
        "Value": Play("develop", "Good and better side by side, with what the difference buys.", "Bundles; points on every order."),
        "Price": Play("serve cheaply", "The plain version, without extras.",
            "The lowest price, for prepayment and pick-up."),
    },
    "new_churn": {
        "Came back": Play("keep", "The full range.", "Usual terms."),
        "Still new": Play("develop", "A short guide and a number to call.", "A thank-you on the second order, with an end date."),
        "Never came back": Play("win back", "What disappointed in the first order is put right.", "A second try without risk: money back."),
    },
    "onboarding": {
        "Paid": Play("keep", "A good first month: setting up together.", "The plan as agreed; a bonus for whoever they bring."),
        "Tried": Play("develop", "A second trial that answers what the first left open.", "A starting price with an end date."),
        "Signed up": Play("develop", "Something useful within five minutes.", "Free until the first result."),
    },
    "portfolio": {
        "Invest": Play("invest", "Trials, training, stock kept for them.", "Yearly agreement, credit, priority in delivery."),
        "Harvest": Play("keep", "What they know, without new projects.", "Present terms; nothing is given for nothing."),
        "Develop": Play("develop", "A joint plan: what they try next, and when.", "Terms that improve as the plan is met."),
        "Serve cheaply": Play("serve cheaply", "Standard goods in full boxes.", "Prepayment, list price; delivery is charged."),
        "Let go": Play("let go", "No special work.", "No credit, no free delivery."),
    },
    "repeat": {
        "Repeat": Play("keep", "Their last order again, with one click.", "Usual terms, a small extra now and then."),
        "One-time": Play("develop", "Help with what they bought, then what goes with it.",
            "Free delivery of the second order, with an end date."),
        "No order": Play("serve cheaply", "Nothing until that is known.", "List price, prepayment."),
    },
    "response": {
        "Bought": Play("keep", "Refills and accessories for their last purchase.", "Usual price."),
        "Clicked": Play("develop", "What they clicked on, with all it costs and the day it comes.", "Free delivery for the first order."),
        "Opened": Play("develop", "A different product in the next message.", "A small first order at list price."),
        "Never reacted": Play("serve cheaply", "The shop is open to them.", "List price, no offers."),
    },
    "rfm": {
        "Champions": Play("keep", "First pick of new products.", "Best terms; a bonus for whoever they bring."),
        "Loyal": _LOYAL,
        "Loyal Customers": _LOYAL,
        "Potential Loyalist": Play("develop", "A set made up around their last purchases.", "A card that rewards the next three orders."),
        "New Customers": Play("develop", "A short guide and a number to call.", "A voucher for the second order."),
        "Promising": Play("develop", "Samples and small packs.", "Free delivery within the month."),
        "Need Attention": Play("win back", "The newest version of their old favourites.", "A good price until a set day."),
        "About To Sleep": Play("win back", "Their favourites, put together for them.", "Free delivery for the next order."),
        "At Risk": Play("win back", "Put right by one person whom they can call.", "A credit note as an apology."),
        "Cannot Lose Them": _CANNOT,
        "Can't Lose Them": _CANNOT,
        "Hibernating": Play("serve cheaply", "Shop and catalogue.", "List price, prepayment."),
        "Lost": Play("let go", "Nothing is kept for them.", "List price, should they come."),
        "Others": _STANDARD,
    },
    "rules": {"Other": _STANDARD},
    "attribute": {"Other": _STANDARD},
    "sleepers": {
        "On time": Play("keep", "The same goods at the same rhythm.", "Usual terms; never out of stock."),
        "Late": Play("keep", "Their basket, ready to be sent.", "Usual terms, one click to order."),
        "Asleep": Play("win back", "What has changed since they were here.", "One offer with an end date."),
        "Lost": Play("let go", "Nothing is kept for them.", "List price, should they come."),
    },
    "spend_visits": {
        "Premium": Play("invest", "Fitting in person, a place to sit.", "Reservations, home delivery, no queue."),
        "Loyal": Play("develop", "Things that go together, side by side on the shelf.", "Extra points from the third thing on."),
        "Thrifty": Play("develop", "Small things that run out: care, refills, gifts.", "A voucher for a visit within the month."),
        "Economical": Play("serve cheaply", "Plain goods in quantity, off self-service shelves.", "A lower unit price for quantity."),
        "Disloyal": Play("serve cheaply", "Standard goods on the shelf.", "List price."),
        "Absent": Play("win back", "What they used to buy, back in view.", "A reason to come this quarter."),
    },
    "tenure": {
        "Long-term": Play("keep", "The same people; a look at what is planned, before others.", "Terms that stay; a thank-you every year."),
        "Established": Play("develop", "What they still buy elsewhere, on trial.", "One contract for all of them."),
        "New": Play("develop", "Somebody to ask in the first weeks.", "Small quantities, easy returns."),
    },
    "value_score": {
        "High value": Play("invest", "The newest goods, set up by us.", "Best price list, credit, delivery on their day."),
        "Medium value": Play("develop", "Samples of what similar customers already buy.", "A step in the price list they can reach."),
        "Low value": Play("serve cheaply", "The shop and the catalogue, without visits.", "List price, prepayment."),
    },
    "vip": {
        "VIP": _VIP,
        "Regular": Play("keep", "The standard range, delivered on time.", "Usual price list and credit."),
        "Difficult": Play("serve cheaply", "Stock items without special work.", "Prepayment, minimum order, paid extras."),
    },
    "vip_good": {
        "VIP": _VIP,
        "Good": Play("develop", "The order they are about to place, made easy.", "The next price step, for an order this quarter."),
        "Other": Play("serve cheaply", "The standard range, by shop and catalogue.", "List price, prepayment."),
    },
    "volume_bands": {
        "Wholesale": Play("invest", "Whole pallets, stock kept for them.", "Prices fixed for the year, credit."),
        "Small wholesale": Play("develop", "Boxes and mixed pallets.", "Free delivery from a full pallet on."),
        "Retail": Play("serve cheaply", "Single pieces, to take away at once.", "Paid on the spot."),
    },
    "xyz": {
        "X": Play("keep", "Goods that are there before they ask.", "Prices fixed for the year, one invoice a month."),
        "Y": Play("develop", "Goods for the season, reserved in good time.", "A better price for early orders."),
        "Z": Play("serve cheaply", "What is on the shelf, sent the same day.", "List price, prepayment."),
    },
}  # fmt: skip


class Case(NamedTuple):
    """A worked example: title, what it shows, the method it is told of ("" for the one at hand), and its rows."""

    title: str
    shows: str
    method: str
    rows: Mapping[str, Mapping[str, str]]


CASES: Mapping[str, Case] = {
    "shoes": Case(
        "A shoe maker: ABC",
        "Small accounts cost more than they bring, until minimum order, prepayment and pick-up make them pay.",
        "abc_classes",
        {
            "A": {
                "aim": "keep",
                "decision": "A personal manager.",
                "measure": "Profit of the segment, and nobody lost",
            },
            "B": {
                "aim": "develop",
                "terms": "Deferred payment, free delivery in the city.",
                "measure": "Profit per customer",
            },
            "C": {
                "aim": "serve cheaply",
                "owner": "Hall manager",
                "decision": "Catalogue and price list, a hall manager for all of them.",
                "terms": "Minimum order 5 boxes or 50 pairs, full prepayment, top price, pick-up only.",
                "measure": "Cost to serve per customer",
            },
        },
    ),
    "tools": Case(
        "A maker of cutting tools: 5 to 1",
        "Each rung of the ladder has one step that leads to the next.",
        "b2b_ladder",
        {
            "5": {"aim": "invest", "decision": "Look for new uses of what we sell, with our engineers.", "measure": "New uses found"},
            "4": {"aim": "develop", "decision": "Convince of special tools, by a trial on their machine.",
                "measure": "Firms that became 5"},
            "3": {"aim": "develop", "decision": "Demonstrate carbide tools.", "measure": "Firms that became 4"},
            "2": {
                "aim": "develop",
                "decision": "Follow them while they grow.",
                "consumption": "Help with the choice of the first CNC machine.",
                "measure": "Firms that became 4 or 5",
            },
            "1": {"aim": "serve cheaply", "decision": "No active work.", "terms": "Through a dealer, at list price.",
                "measure": "Hours spent on them: none"},
        },
    ),
    "car": Case(
        "One car, two messages",
        "The same product is sold to two segments in two ways: safe to the one, fast to the other.",
        "",
        {
            "1": {"aim": "develop", "decision": "The safe car: tests, airbags, the family in the picture.", "consumption": "The same car."},
            "2": {"aim": "develop", "decision": "The fast car: acceleration, the open road.", "consumption": "The same car."},
        },
    ),
    "trolley": Case(
        "A trolley for everybody",
        "The product itself differs: a magnifying glass for older people, a toy table for parents.",
        "ages",
        {
            "65 and over": {"aim": "keep", "consumption": "A trolley with a magnifying glass, for the small print on the packs."},
            "25–44": {"aim": "keep", "consumption": "A trolley with a toy table, for the child that comes along."},
        },
    ),
}  # fmt: skip
