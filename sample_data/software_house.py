"""A software house with four plans: 1,800 invented accounts from signing up to paying, as of the end of June 2026."""

import numpy as np
import pandas as pd

SEED = 31
ACCOUNTS = 1800
START, END = pd.Timestamp("2025-01-01"), pd.Timestamp("2026-06-30")
# share: of those who pay; price: euro a seat and month; seats: median; leaves: chance to stop in a month
PLANS = pd.DataFrame.from_dict(
    {
        "starter": {"share": 0.62, "price": 9.0, "seats": 2, "leaves": 0.07},
        "professional": {"share": 0.30, "price": 19.0, "seats": 7, "leaves": 0.03},
        "enterprise": {"share": 0.08, "price": 35.0, "seats": 60, "leaves": 0.01},
    },
    orient="index",
)
TRIES, PAYS = 0.55, 0.42  # chance to try after signing up, and to pay after trying
INVITED = 1.5  # times as likely to pay when a colleague sent them
SUPPORT = {"free": 1.1, "starter": 2.4, "professional": 9.0, "enterprise": 60.0}  # euro a month
COUNTRIES = ["Estonia", "Indonesia", "Mexico", "Portugal", "Vietnam"]


def accounts() -> pd.DataFrame:
    """One row an account; a date is empty where the stage was not reached; revenue and profit in euro up to the end."""
    rng = np.random.default_rng(SEED)
    signed = START + pd.to_timedelta(rng.integers(0, (END - START).days, ACCOUNTS), unit="D")
    invited = rng.random(ACCOUNTS) < 0.25
    tried = signed + pd.to_timedelta(rng.geometric(0.25, ACCOUNTS) - 1, unit="D")
    paid = tried + pd.to_timedelta(rng.integers(7, 40, ACCOUNTS), unit="D")
    tries = (rng.random(ACCOUNTS) < TRIES) & (tried <= END)
    pays = tries & (rng.random(ACCOUNTS) < np.where(invited, PAYS * INVITED, PAYS)) & (paid <= END)
    plan = np.where(pays, rng.choice(PLANS.index, ACCOUNTS, p=PLANS["share"]), "free")
    facts = PLANS.reindex(plan)
    seats = np.where(pays, 1 + rng.poisson(facts["seats"].fillna(0).to_numpy() * rng.gamma(3, 1 / 3, ACCOUNTS)), 1)
    stays = rng.geometric(facts["leaves"].fillna(1).to_numpy())
    months = np.where(pays, np.minimum(stays, np.maximum(1, (END - paid).days // 30)), 0)
    revenue = np.nan_to_num(facts["price"].to_numpy()) * seats * months
    support = pd.Series(plan).map(SUPPORT).to_numpy() * np.maximum(1, months) * rng.lognormal(0, 0.4, ACCOUNTS)
    return pd.DataFrame(
        {
            "account_id": [f"A{number:05}" for number in rng.choice(99999, ACCOUNTS, replace=False)],
            "country": rng.choice(COUNTRIES, ACCOUNTS, p=[0.1, 0.3, 0.2, 0.15, 0.25]),
            "plan": plan,
            "seats": seats,
            "signed_up": signed,
            "tried": pd.Series(tried).where(tries),
            "paid": pd.Series(paid).where(pays),
            "referrals": rng.poisson(np.where(pays, 0.6, 0.05)),
            "invited": np.where(invited, "yes", "no"),
            "revenue": revenue.round(2),
            "cost_to_serve": support.round(2),
            "profit": (revenue * 0.86 - support).round(2),
        }
    ).sort_values("account_id", ignore_index=True)
