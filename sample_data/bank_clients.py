"""A bank's clients: 3,000 invented persons whose income says less about them than how they use the bank."""

import numpy as np
import pandas as pd

SEED = 904
CLIENTS = 3000
# products: mean beside the account; spend: euro by card a month, as a share of income; saves: balance in months of
# income; profit: euro a product and year; opens, clicks, buys: chances, each after the one before
HABITS = pd.DataFrame.from_dict(
    {
        "salary only": {
            "share": 0.38,
            "products": 0.3,
            "spend": 0.15,
            "saves": 0.4,
            "opens": 0.2,
            "clicks": 0.1,
            "buys": 0.1,
        },
        "daily card": {
            "share": 0.30,
            "products": 1.1,
            "spend": 0.55,
            "saves": 0.8,
            "opens": 0.5,
            "clicks": 0.3,
            "buys": 0.3,
        },
        "saver": {
            "share": 0.18,
            "products": 1.6,
            "spend": 0.2,
            "saves": 14.0,
            "opens": 0.6,
            "clicks": 0.4,
            "buys": 0.15,
        },
        "borrower": {
            "share": 0.14,
            "products": 2.2,
            "spend": 0.4,
            "saves": 0.1,
            "opens": 0.7,
            "clicks": 0.5,
            "buys": 0.4,
        },
    },
    orient="index",
)
INCOME = {
    "salary only": 1500,
    "daily card": 1500,
    "saver": 1650,
    "borrower": 1400,
}  # median euro a month: hardly differs
BANDS = {0: "under 1,000", 1000: "1,000 to 2,000", 2000: "2,000 to 3,000", 3000: "3,000 and over"}
BRANCHES = ["Tirana", "Durrës", "Shkodër", "Vlorë", "online"]


def clients() -> pd.DataFrame:
    """One row a client; money in euro; revenue and profit of a year; opened, clicked, bought: campaigns of the year."""
    rng = np.random.default_rng(SEED)
    table = pd.DataFrame({"habit": rng.choice(HABITS.index, CLIENTS, p=HABITS["share"])}).join(HABITS, on="habit")
    income = table["habit"].map(INCOME) * rng.lognormal(0, 0.5, CLIENTS)
    products = 1 + rng.poisson(table["products"])
    spend = income * table["spend"] * rng.lognormal(0, 0.3, CLIENTS)
    balance = income * table["saves"] * rng.lognormal(0, 0.6, CLIENTS)
    opened = rng.binomial(6, table["opens"])
    clicked = rng.binomial(opened, table["clicks"])
    bought = rng.binomial(clicked, table["buys"])
    revenue = spend * 12 * 0.006 + balance * 0.011 + (products - 1) * 48 + bought * 30
    birth = pd.Timestamp("2026-06-30") - pd.to_timedelta((rng.beta(2, 2.6, CLIENTS) * 70 + 16) * 365.25, unit="D")
    return pd.DataFrame(
        {
            "client_id": [f"{number:06}" for number in rng.choice(999999, CLIENTS, replace=False)],
            "birth_date": birth.normalize(),
            "branch": rng.choice(BRANCHES, CLIENTS, p=[0.35, 0.15, 0.1, 0.1, 0.3]),
            "income": income.round(-1).astype(int),
            "income_band": pd.cut(income, [*BANDS, np.inf], right=False, labels=list(BANDS.values())).astype(str),
            "balance": balance.round().astype(int),
            "card_spend": spend.round().astype(int),
            "products": products,
            "opened": opened,
            "clicked": clicked,
            "bought": bought,
            "revenue": revenue.round(2),
            "profit": (revenue - 42 - rng.gamma(2, 9, CLIENTS)).round(2),
        }
    ).sort_values("client_id", ignore_index=True)
