"""The shipped samples: what each is, and where they lie."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parents[2] / "sample_data"
SAMPLES = {
    "shoe_maker_orders.csv": (
        "A shoe maker's wholesale orders",
        "319 shops and chains, two years of order lines with cost",
    ),
    "kids_loyalty_receipts.csv.gz": (
        "Receipts of a children's goods chain",
        "19,923 loyalty cards, 18 months of receipts",
    ),
    "cutting_tools_firms.csv": (
        "A maker of cutting tools",
        "260 firms with their machines and tools: potential by rules, 5 to 1",
    ),
    "fuel_cards.csv": (
        "Fuel cards of fleets",
        "110 fleets: how much of their cost is fuel, which tells more than litres",
    ),
    "software_house_accounts.csv": (
        "A software house",
        "1,800 accounts from sign-up to paid plan",
    ),
    "bank_clients.csv": (
        "A bank's clients",
        "3,000 people: their income, what they do, and who responded to a campaign",
    ),
}
