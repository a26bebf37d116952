"""Fuel cards of fleets: what 110 invented firms filled up in two years, and what fuel is to each of them."""

import numpy as np
import pandas as pd

SEED = 77
FLEETS = 110
MONTHS = pd.period_range("2024-07", "2026-06", freq="M")
# fuel: share of a fleet's cost that is fuel; litres: of the median fleet a month; margin: euro a litre; swing: sigma
KINDS = pd.DataFrame.from_dict(
    {
        "haulier": {"share": 0.28, "fuel": 0.38, "litres": 5200, "margin": 0.035, "swing": 0.12},
        "builder": {"share": 0.22, "fuel": 0.09, "litres": 4800, "margin": 0.07, "swing": 0.35},
        "baker": {"share": 0.20, "fuel": 0.04, "litres": 900, "margin": 0.09, "swing": 0.08},
        "bank": {"share": 0.14, "fuel": 0.001, "litres": 5000, "margin": 0.11, "swing": 0.06},
        "nursing service": {"share": 0.16, "fuel": 0.025, "litres": 1300, "margin": 0.10, "swing": 0.05},
    },
    orient="index",
)
PRICE = 1.62  # euro a litre, and its swing from month to month
SENSITIVE = 1.6  # how much less a fleet fills up at a price 10 % higher, times the share of its cost that is fuel


def lines() -> pd.DataFrame:
    """One line a fleet and month; quantity in litres; firm_fuel_cost and firm_cost: the fleet's own, thousand euro a year."""
    rng = np.random.default_rng(SEED)
    fleets = pd.DataFrame({"business": rng.choice(KINDS.index, FLEETS, p=KINDS["share"])}).join(KINDS, on="business")
    fleets["customer_id"] = [f"F{number:03}" for number in rng.choice(999, FLEETS, replace=False)]
    fleets["litres"] *= rng.lognormal(0, 0.8, FLEETS)
    fleets["firm_fuel_cost"] = (fleets["litres"] * 12 * PRICE / 1000 * rng.lognormal(0.2, 0.2, FLEETS)).round(2)
    fleets["firm_cost"] = (fleets["firm_fuel_cost"] / (fleets["fuel"] * rng.lognormal(0, 0.15, FLEETS))).round(2)
    price = PRICE * (1 + 0.08 * np.sin(np.arange(len(MONTHS)) / 3) + rng.normal(0, 0.02, len(MONTHS)))
    table = fleets.loc[np.repeat(fleets.index, len(MONTHS))].reset_index(drop=True)
    month = np.tile(np.arange(len(MONTHS)), FLEETS)
    dear = 1 - SENSITIVE * table["fuel"] * (price[month] / PRICE - 1) * 10
    litres = (table["litres"] * dear * np.exp(table["swing"] * rng.standard_normal(len(table)))).clip(lower=5).round()
    day = rng.integers(1, 28, len(table))
    return pd.DataFrame(
        {
            "date": MONTHS.to_timestamp()[month] + pd.to_timedelta(day, unit="D"),
            "customer_id": table["customer_id"],
            "business": table["business"],
            "quantity": litres.astype(int),
            "revenue": (litres * price[month]).round(2),
            "cost": (litres * (price[month] - table["margin"])).round(2),
            "firm_fuel_cost": table["firm_fuel_cost"],
            "firm_cost": table["firm_cost"],
        }
    ).sort_values(["date", "customer_id"], ignore_index=True)
