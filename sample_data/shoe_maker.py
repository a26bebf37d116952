"""A shoe maker's wholesale orders over two years: 320 invented accounts, drawn from the numbers at the top."""

import numpy as np
import pandas as pd

SEED = 417
ACCOUNTS = 320
START, END = pd.Timestamp("2024-07-01"), pd.Timestamp("2026-06-30")
DAYS = (END - START).days

# price: euro a pair on the price list; cost: share of that price it takes to make the pair
PRODUCTS = pd.DataFrame(
    [
        ("Chelsea boot", "boots", 74.0, 0.61),
        ("Ankle boot", "boots", 68.0, 0.63),
        ("Winter boot", "boots", 86.0, 0.64),
        ("Hiking boot", "boots", 92.0, 0.66),
        ("Derby", "shoes", 62.0, 0.60),
        ("Loafer", "shoes", 56.0, 0.59),
        ("Court shoe", "shoes", 52.0, 0.61),
        ("Ballerina", "shoes", 38.0, 0.63),
        ("Trainer", "trainers", 48.0, 0.69),
        ("Canvas shoe", "trainers", 29.0, 0.67),
        ("Cork sandal", "sandals", 34.0, 0.61),
        ("Strap sandal", "sandals", 41.0, 0.60),
        ("Felt slipper", "slippers", 19.0, 0.65),
        ("Wool slipper", "slippers", 24.0, 0.63),
    ],
    columns=["product", "category", "price", "cost_share"],
)
# what shops order in each month, January first: boots before autumn, shoes before spring
SEASON = {
    "boots": [0.5, 0.3, 0.2, 0.2, 0.2, 0.4, 1.0, 2.0, 2.6, 2.3, 1.5, 0.8],
    "shoes": [1.0, 1.7, 2.1, 1.7, 1.1, 0.8, 0.7, 0.9, 1.0, 0.9, 0.7, 0.5],
    "trainers": [0.7, 0.9, 1.2, 1.2, 1.1, 1.0, 0.9, 1.1, 1.0, 0.8, 0.7, 0.7],
    "sandals": [0.2, 0.6, 1.4, 1.9, 1.9, 1.3, 0.7, 0.3, 0.1, 0.1, 0.1, 0.1],
    "slippers": [0.4, 0.2, 0.1, 0.1, 0.1, 0.1, 0.2, 0.4, 0.8, 1.2, 1.4, 1.0],
}
# pairs: of the median account, a month; cycle: days between orders; lines: in an order; discount: off the list price
CHANNELS = pd.DataFrame.from_dict(
    {
        "shop": {"share": 0.55, "pairs": 13, "cycle": 46, "lines": 2.0, "discount": 0.02},
        "chain": {"share": 0.06, "pairs": 130, "cycle": 16, "lines": 3.2, "discount": 0.08},
        "market trader": {"share": 0.23, "pairs": 8, "cycle": 60, "lines": 1.4, "discount": 0.03},
        "online seller": {"share": 0.16, "pairs": 16, "cycle": 36, "lines": 1.8, "discount": 0.04},
    },
    orient="index",
)
SIZE_SPREAD = 1.35  # sigma of the log of pairs around the channel's median
# level: size of the orders at the start and the end of the two years; first, last: when in them (0–1) an account buys
FATES = pd.DataFrame.from_dict(
    {
        "steady": {"share": 0.47, "level": (1.0, 1.0), "first": (0.0, 0.04), "last": (1.0, 1.0)},
        "growing": {"share": 0.09, "level": (0.4, 1.9), "first": (0.0, 0.1), "last": (1.0, 1.0)},
        "falling": {"share": 0.11, "level": (1.6, 0.4), "first": (0.0, 0.04), "last": (1.0, 1.0)},
        "dying": {"share": 0.13, "level": (1.2, 0.5), "first": (0.0, 0.04), "last": (0.3, 0.72)},
        "new": {"share": 0.13, "level": (0.7, 1.3), "first": (0.4, 0.95), "last": (1.0, 1.0)},
        "one order": {"share": 0.07, "level": (1.0, 1.0), "first": (0.0, 0.98), "last": (1.0, 1.0)},
    },
    orient="index",
)
# regularity: gamma shape of the gaps between orders (1 = by chance, large = by the calendar); noise: sigma of the log
# of an order's size; longest: usual days between orders, at most
RHYTHMS = pd.DataFrame.from_dict(
    {
        "by the calendar": {"share": 0.45, "regularity": 40.0, "noise": 0.12, "longest": 29.0},
        "now and then": {"share": 0.55, "regularity": 1.0, "noise": 0.7, "longest": 90.0},
    },
    orient="index",
)
# discount: asked for on top of the channel's; service: times the usual cost to serve; splits: orders made of one
MANNERS = pd.DataFrame.from_dict(
    {
        "easy": {"share": 0.87, "extra": 0.0, "service": 1.0, "splits": 1.0, "returned": 0.014},
        "difficult": {"share": 0.13, "extra": 0.14, "service": 4.0, "splits": 1.5, "returned": 0.07},
    },
    orient="index",
)
ORDER_HANDLING = 26.0  # euro for each order: taking, picking, invoicing
DELIVERY_SHARE = 0.09  # of revenue: freight, manager's time, credit
RETURN_HANDLING = 14.0  # euro for each returned line
RETURN_VALUE = 0.8  # of the cost that comes back into stock

CITIES = pd.DataFrame(
    [
        ("Leeds", "en", "Helen"),
        ("Bristol", "en", "Helen"),
        ("Cork", "en", "Helen"),
        ("Köln", "de", "Jonas"),
        ("Graz", "de", "Jonas"),
        ("Lyon", "fr", "Claire"),
        ("Liège", "fr", "Claire"),
        ("Torino", "it", "Marco"),
        ("Verona", "it", "Marco"),
        ("Łódź", "pl", "Ewa"),
        ("Gdynia", "pl", "Ewa"),
    ],
    columns=["city", "language", "manager"],
)
SIGNS = {
    ("en", "shop"): "{} Shoes",
    ("de", "shop"): "Schuhhaus {}",
    ("fr", "shop"): "Chaussures {}",
    ("it", "shop"): "Calzature {}",
    ("pl", "shop"): "Obuwie {}",
    ("en", "market trader"): "{} & Daughters",
    ("de", "market trader"): "{} & Söhne",
    ("fr", "market trader"): "{} et Fils",
    ("it", "market trader"): "{} e Figli",
    ("pl", "market trader"): "{} i Córki",
    "chain": "{} Stores",
    "online seller": "{} Online",
}
WORDS = [
    first + second
    for first in ["Acorn", "Amber", "Birch", "Clover", "Cobble", "Fern", "Hazel", "Kestrel", "Pebble", "Thistle"]
    for second in ["brook", "by", "gate", "latch", "moor", "quay", "well", "wick"]
]

# two accounts whose story is told, not drawn: a chain about to be lost and a shop nobody has noticed yet
COW = {"customer": "Harbour & Hale", "channel": "chain", "pairs": 1100.0, "level": (1.6, 0.2)}
DARK_HORSE = {
    "customer": "Kite & Clover",
    "channel": "online seller",
    "pairs": 11.0,
    "level": (0.0, 4.0),
    "first": 0.25,
}
TOLD = {"fate": "told", "manner": "easy", "cycle": 14.0, "first": 0.0, "last": 1.0, "regularity": 25.0, "noise": 0.1}

# lines sold from the stand at a fair: nobody wrote down to whom
FAIRS = {"2024-09-14": "Köln", "2025-03-08": "Verona", "2025-09-13": "Köln", "2026-03-07": "Verona"}
LINES_AT_A_FAIR = 4

COLUMNS = [
    "order_id",
    "order_date",
    "customer_id",
    "customer",
    "city",
    "channel",
    "manager",
    "product",
    "category",
    "pairs",
    "revenue",
    "cost",
    "cost_to_serve",
]
MONEY = ["revenue", "cost", "cost_to_serve"]


def orders() -> pd.DataFrame:
    """Order lines sorted by date, one row a line; money in euro; a return is a line with negative pairs and revenue."""
    rng = np.random.default_rng(SEED)
    lines = _lines(_orders(_accounts(rng), rng), rng)
    lines = pd.concat([lines, _fairs(rng)], ignore_index=True)
    lines = _money(lines)
    lines = pd.concat([lines, _returns(lines, rng)], ignore_index=True)
    return _numbered(lines)[COLUMNS].round(dict.fromkeys(MONEY, 2))


def _accounts(rng: np.random.Generator) -> pd.DataFrame:
    accounts = pd.DataFrame({"customer_id": rng.choice(np.arange(20, 1000), ACCOUNTS, replace=False)})
    accounts["customer_id"] = accounts["customer_id"].astype(str).str.zfill(5)
    for column, table in {"channel": CHANNELS, "fate": FATES, "rhythm": RHYTHMS, "manner": MANNERS}.items():
        accounts[column] = rng.choice(table.index, ACCOUNTS, p=table["share"])
        accounts = accounts.join(table.drop(columns="share"), on=column)
    size = rng.lognormal(0, SIZE_SPREAD, ACCOUNTS)
    accounts["pairs"] *= size
    # a larger account orders more often, and its orders are larger too; a difficult one splits its orders
    accounts["cycle"] = (accounts["cycle"] / size**0.3 / accounts["splits"]).clip(6, accounts["longest"])
    for edge in ("first", "last"):
        accounts[edge] = [rng.uniform(*span) for span in accounts[edge]]
    accounts = accounts.join(CITIES.loc[rng.integers(len(CITIES), size=ACCOUNTS)].reset_index(drop=True))
    accounts["customer"] = _names(accounts, rng)
    return _told(accounts)


def _names(accounts: pd.DataFrame, rng: np.random.Generator) -> pd.Series:
    """A name no other account has: each kind of sign goes through the shuffled words once."""
    keys = zip(accounts["language"], accounts["channel"], strict=True)
    signs = pd.Series([SIGNS.get(key, SIGNS.get(key[1])) for key in keys])
    words = rng.permutation(WORDS)[signs.groupby(signs).cumcount()]
    return pd.Series([sign.format(word) for sign, word in zip(signs, words, strict=True)])


def _told(accounts: pd.DataFrame) -> pd.DataFrame:
    for row, story in enumerate((COW, DARK_HORSE)):
        about = {**CHANNELS.loc[story["channel"], ["lines", "discount"]], **MANNERS.loc["easy"], **TOLD, **story}
        for column, value in about.items():
            if column in accounts:
                accounts.at[row, column] = value
    return accounts


def _orders(accounts: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """One row an order: the account's columns, the day (0 = START) and the pairs in it."""
    days = [_days(account, rng) for account in accounts.itertuples()]
    orders = accounts.loc[np.repeat(accounts.index, [len(each) for each in days])].reset_index(drop=True)
    orders["day"] = np.concatenate(days)
    orders["order_date"] = START + pd.to_timedelta(orders["day"], unit="D")
    season = pd.DataFrame(SEASON).sum(axis=1)
    season = (season / season.mean()).to_numpy()[orders["order_date"].dt.month - 1]
    begin, end = (orders["level"].str[side] for side in (0, 1))
    level = begin + (end - begin) * orders["day"] / DAYS
    noise = np.exp(orders["noise"] * rng.standard_normal(len(orders)))
    orders["pairs"] = orders["pairs"] * orders["cycle"] / 30.4 * level * season * noise
    return orders


def _days(account, rng: np.random.Generator) -> np.ndarray:
    gaps = rng.gamma(account.regularity, account.cycle / account.regularity, DAYS)
    gaps[0] *= rng.random()
    days = np.unique((account.first * DAYS + gaps.cumsum()).astype(int))
    days = days[days <= account.last * DAYS]
    return days[:1] if account.fate == "one order" else days


def _lines(orders: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """One row a line: the order's pairs shared out over products of the season."""
    count = 1 + rng.poisson(orders["lines"] - 1)
    lines = orders.assign(pairs=orders["pairs"] / count, order=orders.index).loc[np.repeat(orders.index, count)]
    lines = lines.reset_index(drop=True).join(_products(lines["order_date"].dt.month.to_numpy(), rng))
    lines["pairs"] = (lines["pairs"] * rng.uniform(0.6, 1.4, len(lines))).round().clip(lower=1).astype(int)
    return lines.drop_duplicates(["order", "product"])


def _products(months: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    """A product for each month number, drawn by the season's demand for its category."""
    demand = pd.DataFrame(SEASON)[PRODUCTS["category"]].to_numpy()
    below = (demand / demand.sum(axis=1, keepdims=True)).cumsum(axis=1)[:, :-1]
    drawn = (below[months - 1] < rng.random((len(months), 1))).sum(axis=1)
    return PRODUCTS.loc[drawn].reset_index(drop=True)


def _fairs(rng: np.random.Generator) -> pd.DataFrame:
    fairs = pd.DataFrame({"order_date": pd.to_datetime(list(FAIRS)), "city": FAIRS.values()})
    fairs["order"] = [f"fair {city} {day:%Y}" for day, city in zip(fairs["order_date"], fairs["city"], strict=True)]
    fairs = fairs.loc[np.repeat(fairs.index, LINES_AT_A_FAIR)].reset_index(drop=True)
    fairs = fairs.join(_products(fairs["order_date"].dt.month.to_numpy(), rng)).drop_duplicates(["order", "product"])
    fairs = fairs.merge(CITIES, on="city").assign(customer_id="", customer="", channel="fair", discount=0.0)
    return fairs.assign(pairs=rng.integers(2, 9, len(fairs)), **MANNERS.loc["easy"])


def _money(lines: pd.DataFrame) -> pd.DataFrame:
    listed = lines["pairs"] * lines["price"]
    handling = ORDER_HANDLING / lines.groupby("order")["order"].transform("size")
    lines["revenue"] = listed * (1 - lines["discount"] - lines["extra"])
    lines["cost"] = listed * lines["cost_share"]
    lines["cost_to_serve"] = (handling + DELIVERY_SHARE * lines["revenue"]) * lines["service"]
    return lines


def _returns(lines: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Credit notes: some lines come back in part, one to six weeks later."""
    back = lines[(rng.random(len(lines)) < lines["returned"]) & (lines["customer_id"] != "")].copy()
    pairs = np.ceil(back["pairs"] * rng.uniform(0.1, 0.7, len(back))).astype(int)
    share = pairs / back["pairs"]
    back["order_date"] += pd.to_timedelta(rng.integers(7, 43, len(back)), unit="D")
    back["revenue"] *= -share
    back["cost"] *= -share * RETURN_VALUE
    back = back.assign(pairs=-pairs, cost_to_serve=RETURN_HANDLING, order="return " + back.index.astype(str))
    return back[back["order_date"] <= END]


def _numbered(lines: pd.DataFrame) -> pd.DataFrame:
    """Sorted by date; orders get S numbers and returns R numbers in that order."""
    lines["order"] = lines["order"].astype(str)
    lines = lines.sort_values(["order_date", "order", "product"], ignore_index=True)
    letter = np.where(lines["pairs"] < 0, "R", "S")
    number = lines["order"].factorize()[0] + 1
    lines["order_id"] = [f"{kind}{value:05d}" for kind, value in zip(letter, number, strict=True)]
    return lines
