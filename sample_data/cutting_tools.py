"""A maker of cutting tools and the metalworking firms of its region: 260 invented companies, customers or not yet."""

import numpy as np
import pandas as pd

SEED = 512
FIRMS = 260
# cnc, special, standard: shares of firms that have CNC machines and use our special and standard tools; growing: share
# with growing production; orders: mean a year; order: median euro of one; margin: share of revenue
KINDS = pd.DataFrame.from_dict(
    {
        "series maker": {
            "share": 0.14,
            "cnc": 1.0,
            "special": 0.85,
            "standard": 1.0,
            "growing": 0.4,
            "orders": 26,
            "order": 900,
        },
        "job shop": {
            "share": 0.24,
            "cnc": 1.0,
            "special": 0.06,
            "standard": 0.95,
            "growing": 0.3,
            "orders": 12,
            "order": 420,
        },
        "repair shop": {
            "share": 0.27,
            "cnc": 0.0,
            "special": 0.0,
            "standard": 0.3,
            "growing": 0.1,
            "orders": 3,
            "order": 110,
        },
        "newcomer": {
            "share": 0.15,
            "cnc": 0.0,
            "special": 0.0,
            "standard": 0.0,
            "growing": 0.9,
            "orders": 0,
            "order": 100,
        },
        "smithy": {
            "share": 0.20,
            "cnc": 0.0,
            "special": 0.0,
            "standard": 0.0,
            "growing": 0.05,
            "orders": 0,
            "order": 100,
        },
    },
    orient="index",
)
STAFF = {"series maker": 180, "job shop": 35, "repair shop": 12, "newcomer": 28, "smithy": 8}  # median employees
INDUSTRIES = ["machine building", "automotive", "energy", "medical devices", "agriculture"]
REGIONS = ["Brno", "Graz", "Győr", "Linz", "Ostrava"]
NAMES = ["Falke", "Dvorák", "Nagy", "Berger", "Koller", "Horák", "Szabó", "Wagner", "Kos", "Molnár", "Vlk", "Adler"]


def firms() -> pd.DataFrame:
    """One row a firm; money in euro a year; `orders` is 0 for those who have not bought yet."""
    rng = np.random.default_rng(SEED)
    table = pd.DataFrame({"kind": rng.choice(KINDS.index, FIRMS, p=KINDS["share"])}).join(KINDS, on="kind")
    orders = np.where(table["orders"] > 0, 1 + rng.poisson(table["orders"] * rng.gamma(2, 0.5, FIRMS)), 0)
    revenue = orders * table["order"] * rng.lognormal(0, 0.5, FIRMS)
    special = rng.random(FIRMS) < table["special"]
    margin = np.where(special, 0.38, 0.22) + rng.normal(0, 0.05, FIRMS)
    staff = table["kind"].map(STAFF) * rng.lognormal(0, 0.6, FIRMS)
    result = pd.DataFrame(
        {
            "customer_id": [f"M{number:04}" for number in rng.choice(9999, FIRMS, replace=False)],
            "company": [f"{rng.choice(NAMES)} & {rng.choice(NAMES)} {n}" for n in range(1, FIRMS + 1)],
            "industry": rng.choice(INDUSTRIES, FIRMS, p=[0.35, 0.25, 0.15, 0.1, 0.15]),
            "region": rng.choice(REGIONS, FIRMS),
            "employees": np.maximum(2, staff.round().astype(int)),
            "cnc": np.where(table["cnc"] > 0, "yes", "no"),
            "special_tools": np.where(special, "yes", "no"),
            "standard_tools": np.where(rng.random(FIRMS) < table["standard"], "yes", "no"),
            "production": np.where(rng.random(FIRMS) < table["growing"], "growing", "steady"),
            "orders": orders,
            "revenue": revenue.round(2),
            "profit": (revenue * margin).round(2),
            "potential": (staff * np.where(table["cnc"] > 0, 260, 60) * rng.lognormal(0, 0.4, FIRMS) * 0.3).round(2),
        }
    )
    haggles, hurries = rng.random((2, FIRMS)) < [[0.18], [0.15]]
    bought = np.where(orders > 0, 1.0, np.nan)  # who never bought has no habit
    result["discount_share"] = (bought * np.where(haggles, rng.beta(8, 3, FIRMS), rng.beta(1.5, 9, FIRMS))).round(2)
    result["express_share"] = (bought * np.where(hurries, rng.beta(8, 3, FIRMS), rng.beta(1.2, 12, FIRMS))).round(2)
    return result.sort_values("customer_id", ignore_index=True)
