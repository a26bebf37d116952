"""What could be done differently for each segment: a first proposal in words, to be rewritten by who knows the customers.

How it is sold stands in the method itself, as the attention a segment usually gets; here stand the aim, and how product,
service and terms could follow from what the segment is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

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
    """What an aim asks for whoever the customers are: who answers for them, how success is measured, in how many months it
    is looked at, and what the play of a segment is that nobody knows by name."""

    owner: str
    measure: str
    months: int
    decision: str
    play: Play


USUAL: dict[str, Usual] = {
    "invest": Usual(
        "Key account manager",
        "Profit of the segment, and nobody lost",
        12,
        "A manager of their own who calls first with what is new.",
        Play("invest", "The whole range, new products first, advice on site.",
            "Agreed prices for the year, credit, delivery to a fixed day."),
    ),
    "keep": Usual(
        "Sales manager",
        "Share that buys again",
        12,
        "Thank them and tell them early; ask before they have to complain.",
        Play("keep", "What they buy is always in stock; one person knows their orders.",
            "Present prices and payment terms, kept without asking."),
    ),
    "develop": Usual(
        "Sales manager",
        "Profit per customer",
        6,
        "Show what others like them also buy; one clear next offer.",
        Play("develop", "A set or a trial of the next product.", "Better terms from the next size of order on."),
    ),
    "win back": Usual(
        "Customer service lead",
        "Share that comes back",
        3,
        "Ask what happened, in person; one reason to come back.",
        Play("win back", "What went wrong is put right first.", "One offer with an end date, then the usual terms."),
    ),
    "serve cheaply": Usual(
        "Online shop manager",
        "Cost to serve per customer",
        6,
        "Catalogue, shop and mail; no visits.",
        Play("serve cheaply", "Standard products, ordered by themselves.", "List price, prepayment, a minimum order; delivery is paid."),
    ),
    "let go": Usual(
        "Sales manager",
        "Loss avoided",
        3,
        "A friendly word about the new conditions; no further offers.",
        Play("let go", "No special work.", "A price that covers the cost, prepayment; else part as friends."),
    ),
}  # fmt: skip

UNKNOWN_PLAY = (
    "Nobody knows where they belong: find the figure that is missing before you treat them in any way.",
    Play("keep", "Standard service until they are placed.", "The usual terms."),
)

_STANDARD = Play("keep", "Standard service.", "The usual terms.")
_ABC = {
    "A": Play("invest", "Whole range, goods kept for them, advice on site.",
        "Agreed prices, credit, delivery to their door on a fixed day."),
    "B": Play("develop", "Sets that make the next size of order easy.", "Deferred payment, free delivery from the next size of order on."),
    "C": Play("serve cheaply", "Stock items from the catalogue, packed by the box.",
        "Minimum order, full prepayment, list price, pick-up."),
}  # fmt: skip
_VIP = Play(
    "invest", "Whatever they need, first from new deliveries.", "Best price list, credit, delivery on their day."
)
_CANNOT = Play("win back", "Whatever drove them away is put right by the manager in person.",
    "Their former terms back at once, kept for a year.")  # fmt: skip
_LOYAL = Play(
    "develop", "The next better product to try; refills kept for them.", "A bonus on the year, no single discounts."
)

PLAYS: Mapping[str, Mapping[str, Play]] = {  # method → segment → play; segments named by the user or the file have none
    "abc_classes": _ABC,
    "abc_nested": _ABC,
    "abc_xyz": {
        "AX": Play("keep", "Stock kept for them by a yearly plan.", "Yearly contract, credit, call-off delivery."),
        "AY": Play("keep", "Season goods reserved for them in advance.", "Pre-season order at a fixed price, credit over the season."),
        "AZ": Play("develop", "A standing assortment built around what they bought by chance.", "Better price for a standing order."),
        "BX": Play("develop", "One further category beside what they always take.", "Free delivery from a fuller order on."),
        "BY": Play("develop", "A season set, offered before it starts.", "Early-order terms before the season, usual ones after."),
        "BZ": Play("keep", "Standard range, quick answer when they call.", "Usual terms, prepayment for specials."),
        "CX": Play("serve cheaply", "A standing order that runs by itself.", "Minimum order, direct debit, fixed delivery round."),
        "CY": Play("serve cheaply", "Season items from the catalogue.", "List price, prepayment, collected orders."),
        "CZ": Play("serve cheaply", "Self-service in the shop, stock items only.", "List price, prepayment, pick-up."),
    },
    "ages": {
        "0–14": Play("develop", "Sizes and sets a parent can choose quickly.", "Easy exchange of sizes."),
        "15–24": Play("develop", "Entry models, small packs.", "Entry prices, payment by phone."),
        "25–44": Play("keep", "Household packs; a play corner in the shop.", "Delivery in the evening, easy returns."),
        "45–64": Play("invest", "The better model, advice without hurry.", "Quality at its price, long guarantee."),
        "65 and over": Play("keep", "Large print, a seat, help with the first use.",
            "Order by telephone, invoice on paper, delivery into the flat."),
    },
    "b2b_ladder": {
        "5": Play("invest", "Engineers look for new uses together with them.", "Yearly agreement, stock at their site."),
        "4": Play("develop", "A trial of special tools on one of their machines.",
            "Special tools on trial, paid when they prove themselves."),
        "3": Play("develop", "A demonstration of carbide tools at the machine.", "Small first order, price steps for the next ones."),
        "2": Play("develop", "Advice on choosing the first CNC machine.", "A starter set with the machine, payment in parts."),
        "1": Play("serve cheaply", "Standard tools from the catalogue.", "List price, prepayment, through a dealer."),
    },
    "bcg": {
        "Stars": Play("invest", "Room to grow: capacity and new products reserved.",
            "Terms for growth: prices by yearly volume, longer credit."),
        "Cash cows": Play("keep", "Nothing changes that they rely on.", "Present terms for another year, no new work."),
        "Dark horses": Play("develop", "A wider range to try while they grow.", "Credit that grows with their orders."),
        "Dogs": Play("serve cheaply", "Standard goods by shop and catalogue.", "Minimum order, prepayment, paid delivery."),
    },
    "factor": {
        "High": Play("keep", "Reliable supply and a report of what they use.", "A price agreed for long, tied to the market."),
        "Middle": Play("develop", "A way to measure and save what they use.", "A share in what they save."),
        "Low": Play("keep", "Everything from one hand, without a thought.", "One monthly invoice at list price."),
    },
    "fuzzy_cmeans": {"Undecided": _STANDARD},
    "hdbscan": {"On their own": Play("keep", "Looked at one by one.", "The usual terms until somebody has looked.")},
    "lifecycle": {
        "Active": Play("keep", "The next product beside what they use.", "Usual terms, no discount needed."),
        "Inactive": Play("win back", "What they bought last, ready to be ordered again.", "Usual terms, free delivery for the next order."),
        "Sleeping": Play("win back", "What has changed since they were here.", "One offer with an end date."),
        "Closed": Play("let go", "Nothing is kept for them.", "A last offer without cost to us, then off the list."),
    },
    "motive": {
        "Urgency": Play("invest", "Express delivery, a promised hour, stock at hand.", "Full price and a fee for speed."),
        "Value": Play("develop", "Good and better side by side, with what the difference buys.", "Bonus for loyalty, bundles."),
        "Price": Play("serve cheaply", "The simple version, without extras.",
            "Lowest price for prepayment and pick-up; each service is paid."),
    },
    "new_churn": {
        "Came back": Play("keep", "The full range, as for established customers.", "Usual terms."),
        "Still new": Play("develop", "Help with the first use.", "A reason to buy again within the time."),
        "Never came back": Play("win back", "What disappointed in the first order is put right.", "A second try without risk: money back."),
    },
    "onboarding": {
        "Paid": Play("keep", "A good first month: setting up together.", "The plan as agreed, a bonus for a referral."),
        "Tried": Play("develop", "What was missing in the trial is shown.", "A starting price with an end date."),
        "Signed up": Play("develop", "A first step of five minutes, with help.", "Free until the first result."),
    },
    "portfolio": {
        "Invest": Play("invest", "New products first, the best people for them.", "Yearly agreement, credit, priority in delivery."),
        "Harvest": Play("keep", "What they know, without new projects.", "Present terms; nothing is given for nothing."),
        "Develop": Play("develop", "A joint plan with a date by which it must pay.", "Terms that improve as the plan is met."),
        "Serve cheaply": Play("serve cheaply", "Standard goods by catalogue.", "Minimum order, prepayment, list price."),
        "Let go": Play("let go", "No special work.", "A higher price or minimum order until they pay their way."),
    },
    "repeat": {
        "Repeat": Play("keep", "Refills and the next product, easy to order again.", "Usual terms, thanks at the right moment."),
        "One-time": Play("develop", "Help with what they bought, then what goes with it.",
            "A welcome for the second order, with an end date."),
        "No order": Play("serve cheaply", "Nothing until it is known why they are listed.", "List price, prepayment."),
    },
    "response": {
        "Bought": Play("keep", "What goes with their last purchase.", "Usual price."),
        "Clicked": Play("develop", "Price, delivery and choice are shown at once.", "Free delivery for the first order."),
        "Opened": Play("develop", "Another product in the next message.", "A small first order at list price."),
        "Never reacted": Play("serve cheaply", "The shop is open to them.", "List price, no offers."),
    },
    "rfm": {
        "Champions": Play("keep", "New products before everybody else.", "Best terms, a thank-you for a referral."),
        "Loyal": _LOYAL,
        "Loyal Customers": _LOYAL,
        "Potential Loyalist": Play("develop", "What goes with their last purchases.", "A card that rewards the next three orders."),
        "New Customers": Play("develop", "Help with the first use.", "A welcome for the second order."),
        "Promising": Play("develop", "Something small to take along soon.", "Free delivery within the month."),
        "Need Attention": Play("win back", "What they used to buy, in its newest version.", "A limited offer, then usual terms."),
        "About To Sleep": Play("win back", "A selection of what they liked.", "Free delivery for the next order."),
        "At Risk": Play("win back", "What went wrong is put right by somebody with a name.", "Goodwill for what went wrong."),
        "Cannot Lose Them": _CANNOT,
        "Can't Lose Them": _CANNOT,
        "Hibernating": Play("serve cheaply", "Shop and catalogue.", "List price, prepayment."),
        "Lost": Play("let go", "Nothing is kept for them.", "List price if they come; no more money spent."),
        "Others": _STANDARD,
    },
    "rules": {"Other": _STANDARD},
    "attribute": {"Other": _STANDARD},
    "sleepers": {
        "On time": Play("keep", "The same goods at the same rhythm.", "Usual terms; nothing disturbs the habit."),
        "Late": Play("keep", "Their usual order, ready to be sent.", "Usual terms, order with one click."),
        "Asleep": Play("win back", "What has changed since they were here.", "One offer with an end date."),
        "Lost": Play("let go", "Nothing is kept for them.", "One last try at list price, then no more money."),
    },
    "spend_visits": {
        "Premium": Play("invest", "News first, personal fitting, a place to sit.", "Reservations, home delivery, no queue."),
        "Loyal": Play("develop", "One thing more that suits the basket.", "Points that count from the next thing on."),
        "Thrifty": Play("develop", "Something small for between the big purchases.", "A voucher for a visit within the month."),
        "Economical": Play("serve cheaply", "Larger packs and sets.", "Lower unit price for the large pack, self-service."),
        "Disloyal": Play("serve cheaply", "Standard goods on the shelf.", "List price."),
        "Absent": Play("win back", "What they used to buy, back in view.", "A reason to come this quarter."),
    },
    "tenure": {
        "Long-term": Play("keep", "A say in what comes next; the same people.", "Stable terms, recognition every year."),
        "Established": Play("develop", "Further products and services.", "One contract for all of them."),
        "New": Play("develop", "Support in small steps.", "Small first orders, easy second one."),
    },
    "value_score": {
        "High value": Play("invest", "Most of the time and the newest goods.", "Best price list, credit, delivery on their day."),
        "Medium value": Play("develop", "What they lack most: size, response, loyalty.", "A step in the price list they can reach."),
        "Low value": Play("serve cheaply", "Standard service without visits.", "List price, prepayment."),
    },
    "vip": {
        "VIP": _VIP,
        "Regular": Play("keep", "Good standard service.", "Usual price list and credit."),
        "Difficult": Play("serve cheaply", "Stock items without special work.", "Prepayment, minimum order, paid extras."),
    },
    "vip_good": {
        "VIP": _VIP,
        "Good": Play("develop", "The order they are about to place, made easy.", "The next price step, for an order this quarter."),
        "Other": Play("serve cheaply", "Good standard service by shop and catalogue.", "List price, prepayment."),
    },
    "volume_bands": {
        "Wholesale": Play("invest", "Pallets by plan, stock kept for them.", "Contract, volume price, credit."),
        "Small wholesale": Play("develop", "Boxes and mixed pallets.", "Price steps up to the next size."),
        "Retail": Play("serve cheaply", "Single pieces in the shop.", "List price, paid at once."),
    },
    "xyz": {
        "X": Play("keep", "Stock kept for them by plan.", "Contract, standing orders."),
        "Y": Play("develop", "Season goods reserved before the swing.", "Early-order terms."),
        "Z": Play("serve cheaply", "Little stock; what is there, at once.", "List price, easy ordering, prepayment."),
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
