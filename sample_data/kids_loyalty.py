"""A children's goods chain's card receipts over 18 months: invented families and other buyers, drawn from the numbers
at the top.
"""

import numpy as np
import pandas as pd

SEED = 2026
CARDS = 23_400  # cards handed out; a few never buy
MONTHS = pd.period_range("2025-01", "2026-06", freq="M")

# visits: receipts in an average month, spread: gamma shape of how persons differ in it; items: in a receipt;
# price: median of an item in euro; margin: share of revenue; stays: share still coming a month later
KINDS = pd.DataFrame.from_dict(
    {
        "family": {"share": 0.43, "visits": 0.80, "items": 3.2, "price": 11.0, "margin": 0.36, "stays": 0.985},
        "nappies": {"share": 0.14, "visits": 1.0, "items": 2.6, "price": 14.0, "margin": 0.25, "stays": 0.975},
        "bargain": {"share": 0.13, "visits": 0.38, "items": 3.8, "price": 8.0, "margin": 0.05, "stays": 0.98},
        "lapsed": {"share": 0.12, "visits": 0.90, "items": 2.8, "price": 11.0, "margin": 0.36, "stays": 0.78},
        "gift": {"share": 0.18, "visits": 0.0, "items": 1.5, "price": 22.0, "margin": 0.42, "stays": 1.0},
    },
    orient="index",
)
PERSONS = 1.4  # gamma shape of how often persons of a kind come: small = very unlike each other
BASKETS = 0.45  # sigma of the log of a person's usual price
MARGINS = 0.03  # standard deviation of the margin from person to person, and again from receipt to receipt
RECEIPTS = 0.40  # sigma of the log of one receipt around it
STEADY = 0.96  # the nappies buyer comes in a month with this chance, on the usual day
JOINED_BEFORE = 0.62  # share of those without a baby on the way who had the card before the first month

# how much a family buys at the child's age in years: most around birth, nothing once it is grown out
NEED = {-0.25: 0.9, 0.3: 2.0, 1.5: 1.4, 4: 0.9, 7: 0.6, 11: 0.3, 14: 0.03}
AGES = {"family": (-1.2, 13.5), "nappies": (-0.8, 1.8), "bargain": (0.5, 12.0), "lapsed": (0.0, 12.0)}
NAPPIES_UNTIL = 2.8  # years
GROUPS = {0: "under 1", 1: "1 to 7", 7: "7 to 11", 11: "11 to 14"}  # from this age on

# January first; gifts are bought in one month only, the others come more or less often
SEASON = {
    "family": [0.8, 0.8, 1.0, 1.0, 1.0, 0.9, 0.9, 1.2, 1.0, 1.0, 1.2, 1.6],
    "bargain": [3.0, 1.0, 0.4, 0.4, 0.5, 0.8, 2.6, 1.2, 0.4, 0.4, 1.2, 0.6],
    "gift": [0.1, 0.1, 0.2, 0.2, 0.3, 0.3, 0.1, 0.2, 0.2, 0.4, 3.0, 7.0],
}
SEASON["lapsed"] = SEASON["family"]
ONLINE = {"family": 0.25, "nappies": 0.45, "bargain": 0.35, "lapsed": 0.25, "gift": 0.15}
STORES = {
    "Porto": ["Porto Ribeira", "Porto Norte"],
    "Braga": ["Braga Centro"],
    "Coimbra": ["Coimbra Baixa"],
    "Aveiro": ["Aveiro Canal"],
    "Lisboa": ["Lisboa Alvalade", "Lisboa Oriente", "Lisboa Belém"],
    "Faro": ["Faro Marina"],
}
CITY_SHARES = [0.26, 0.10, 0.09, 0.08, 0.38, 0.09]

COLUMNS = ["receipt_id", "date", "card", "store", "channel", "items", "revenue", "cost", "child_age_group", "city"]


def receipts() -> pd.DataFrame:
    """Receipts sorted by date, one row a receipt; money in euro; the child's age group is empty where not told."""
    rng = np.random.default_rng(SEED)
    cards = _cards(rng)
    visits = _visits(cards, _counts(cards, rng), rng)
    visits = _baskets(_places(visits, rng), rng).sort_values(["date", "card"], ignore_index=True)
    visits["receipt_id"] = (500_001 + visits.index).astype(str)
    return visits[COLUMNS]


def _cards(rng: np.random.Generator) -> pd.DataFrame:
    """One row a card; age: of the child in years when the file begins; first, last: months (0 = the first)."""
    cards = pd.DataFrame({"kind": rng.choice(KINDS.index, CARDS, p=KINDS["share"])}).join(KINDS, on="kind")
    cards["card"] = rng.choice(np.arange(1_000, 100_000), CARDS, replace=False)
    cards["card"] = cards["card"].astype(str).str.zfill(7)
    cards["city"] = rng.choice(list(STORES), CARDS, p=CITY_SHARES)
    cards["visits"] *= rng.gamma(PERSONS, 1 / PERSONS, CARDS)
    cards["margin"] += rng.normal(0, MARGINS, CARDS)
    cards["price"] *= rng.lognormal(0, BASKETS, CARDS)
    low, high = (cards["kind"].map({kind: span[side] for kind, span in AGES.items()}) for side in (0, 1))
    cards["age"] = low + (high - low) * rng.random(CARDS) ** 1.4
    joined = np.where(rng.random(CARDS) < JOINED_BEFORE, 0, rng.integers(0, len(MONTHS), CARDS))
    expecting = cards["age"] < 0
    cards["first"] = np.where(expecting, np.ceil(-cards["age"] * 12) - 3, joined).clip(min=0)
    cards["last"] = cards["first"] + rng.geometric(1 - cards["stays"].clip(upper=0.999))
    return cards


def _counts(cards: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """Receipts of every card (rows) in every month (columns)."""
    month = np.arange(len(MONTHS))
    age = cards["age"].to_numpy()[:, None] + month / 12
    comes = (cards["first"].to_numpy()[:, None] <= month) & (month < cards["last"].to_numpy()[:, None])
    season = pd.DataFrame(SEASON).T.reindex(KINDS.index).fillna(1.0)[(MONTHS.month - 1).tolist()]
    need = np.interp(np.nan_to_num(age), list(NEED), list(NEED.values()))
    counts = rng.poisson(cards["visits"].to_numpy()[:, None] * season.loc[cards["kind"]].to_numpy() * need * comes)
    nappies = (cards["kind"] == "nappies").to_numpy()[:, None]
    counts = np.where(nappies, comes & (age < NAPPIES_UNTIL) & (rng.random(age.shape) < STEADY), counts)
    gift = (cards["kind"] == "gift").to_numpy()
    odds = season.loc["gift"].to_numpy()
    counts[gift] = rng.multinomial(1, odds / odds.sum(), gift.sum())
    return counts


def _visits(cards: pd.DataFrame, counts: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    """One row a receipt with its card's columns, its date and the child's age group on that date."""
    row, month = counts.nonzero()
    row, month = (np.repeat(each, counts[row, month]) for each in (row, month))
    visits = cards.loc[row].reset_index(drop=True)
    usual = rng.random(len(cards))[row] + rng.normal(0, 0.06, len(row))
    part = np.where(visits["kind"] == "nappies", usual.clip(0, 0.999), rng.random(len(row)))
    days = (part * MONTHS.days_in_month.to_numpy()[month]).astype(int)
    visits["date"] = MONTHS.to_timestamp()[month] + pd.to_timedelta(days, unit="D")
    age = (visits["age"] + (month + days / 31) / 12).clip(lower=0)
    bands = pd.cut(age, [*GROUPS, np.inf], right=False, labels=list(GROUPS.values()))
    visits["child_age_group"] = bands.astype(object).fillna("")
    return visits


def _places(visits: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """The usual store of the city (the first one most often), or online."""
    stores = visits["city"].map(STORES)
    nth = (rng.random(len(visits)) ** 1.3 * stores.str.len()).astype(int)
    online = rng.random(len(visits)) < visits["kind"].map(ONLINE)
    names = [shops[each] for shops, each in zip(stores, nth, strict=True)]
    return visits.assign(store=np.where(online, "Online", names), channel=np.where(online, "online", "store"))


def _baskets(visits: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    # the nappies buyer puts the same things into the basket every time
    steady = np.where(visits["kind"] == "nappies", 0.3, 1.0)
    extra = np.where(visits["kind"] == "nappies", 0, rng.poisson(visits["items"] - 1))
    visits["items"] = np.where(visits["kind"] == "nappies", visits["items"].round(), 1 + extra).astype(int)
    noise = np.exp(RECEIPTS * steady * rng.standard_normal(len(visits)))
    visits["revenue"] = (visits["items"] * visits["price"] * noise * 10).round() / 10
    margin = visits["margin"] + rng.normal(0, MARGINS, len(visits))
    visits["cost"] = (visits["revenue"] * (1 - margin)).round(1)
    return visits
