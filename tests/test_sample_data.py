"""The samples are what the script makes, and the README says of them only what is true."""

import gzip
import io
import re

import numpy as np
import pandas as pd
import pytest

from sample_data import make

SHOES, KIDS = "shoe_maker_orders.csv", "kids_loyalty_receipts.csv.gz"
README = (make.FOLDER / "README.md").read_text(encoding="utf-8")


def plain(name: str, content: bytes) -> bytes:
    return gzip.decompress(content) if name.endswith(".gz") else content


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    """Made once: that the files kept are these is that the script gives the same bytes again, on another day."""
    return make.files()


@pytest.fixture(scope="module")
def lines() -> pd.DataFrame:
    """Every column as the file spells it, then dates and numbers: the ids stay text."""
    frame = pd.read_csv(make.FOLDER / SHOES, dtype=str, keep_default_na=False, parse_dates=["order_date"])
    frame = frame.astype({"pairs": int, "revenue": float, "cost": float, "cost_to_serve": float})
    return frame.assign(profit=frame["revenue"] - frame["cost"] - frame["cost_to_serve"])


@pytest.fixture(scope="module")
def accounts(lines: pd.DataFrame) -> pd.DataFrame:
    """One row an account; year_1 and year_2 are its revenue in the two halves of the file."""
    known = lines[lines["customer_id"] != ""]
    second = known["order_date"] >= "2025-07-01"
    known = known.assign(year_1=known["revenue"].where(~second, 0), year_2=known["revenue"].where(second, 0))
    sold = known[known["revenue"] > 0].groupby("customer_id")
    table = known.groupby("customer_id")[["revenue", "profit", "cost_to_serve", "year_1", "year_2"]].sum()
    table[["customer", "last"]] = sold.agg(customer=("customer", "last"), last=("order_date", "max"))
    return table.assign(orders=sold["order_id"].nunique(), first=sold["order_date"].min())


@pytest.fixture(scope="module")
def visits() -> pd.DataFrame:
    frame = pd.read_csv(make.FOLDER / KIDS, dtype=str, keep_default_na=False, parse_dates=["date"])
    return frame.astype({"items": int, "revenue": float, "cost": float})


@pytest.fixture(scope="module")
def cards(visits: pd.DataFrame) -> pd.DataFrame:
    table = visits.groupby("card").agg(
        revenue=("revenue", "sum"), cost=("cost", "sum"), receipts=("date", "size"), last=("date", "max")
    )
    gaps = visits.groupby("card")["date"].diff().dt.days
    inside = gaps.between(21, 42) | gaps.isna()
    table["monthly"] = inside.groupby(visits["card"]).all() & (table["receipts"] >= 6)
    return table.assign(margin=1 - table["cost"] / table["revenue"])


def share_for(values: pd.Series, total: float) -> float:
    """Share of the rows, largest first, that together reach this share of the sum."""
    largest = values.sort_values(ascending=False)
    return float((largest.cumsum().shift(fill_value=0) < total * values.sum()).mean())


def whale(profit: pd.Series) -> pd.Series:
    ranked = profit.sort_values(ascending=False)
    return ranked.cumsum() / ranked.sum()


def growing(accounts: pd.DataFrame) -> pd.Series:
    steady_enough = (accounts["orders"] >= 6) & (accounts["first"] < "2025-01-01")
    return steady_enough & (accounts["year_2"] >= 1.5 * accounts["year_1"])


def dying(accounts: pd.DataFrame) -> pd.Series:
    return (accounts["orders"] >= 4) & (accounts["last"] < "2026-01-01")


def change(accounts: pd.DataFrame, name: str) -> float:
    row = accounts.loc[accounts["customer"] == name].squeeze()
    return row["year_2"] / row["year_1"] - 1


def stages(cards: pd.DataFrame) -> np.ndarray:
    """0 = last receipt over 12 months before the end of the file, 1 = 6 to 12, 2 = 3 to 6, 3 = the last 3 months."""
    end = cards["last"].max()
    return np.searchsorted(pd.DatetimeIndex([end - pd.DateOffset(months=back) for back in (12, 6, 3)]), cards["last"])


def variation(lines: pd.DataFrame, period: str) -> pd.Series:
    known = lines[lines["customer_id"] != ""]
    when = known["order_date"].dt.to_period(period)
    table = known.pivot_table(index="customer_id", columns=when, values="revenue", aggfunc="sum", fill_value=0)
    return table.std(axis=1) / table.mean(axis=1)


def shoe_facts(lines: pd.DataFrame, accounts: pd.DataFrame) -> dict[str, str]:
    largest = accounts.sort_values("revenue", ascending=False)
    reached = largest["revenue"].cumsum().shift(fill_value=0) / largest["revenue"].sum()
    last = largest[reached >= 0.95]
    losing = accounts[accounts["profit"] < 0]
    curve = whale(accounts["profit"])
    months = lines.groupby(lines["order_date"].dt.to_period("M"))["revenue"].sum()
    busiest = months[months.index.month == 9].mean() / months.mean()
    cow = accounts[accounts["customer"] == "Harbour & Hale"].squeeze()
    return {
        "Order lines": f"{len(lines):,}",
        "Accounts": f"{len(accounts)}",
        "Revenue": f"€ {lines['revenue'].sum() / 1e6:.2f} million",
        "Profit after the cost to serve": f"{lines['profit'].sum() / lines['revenue'].sum():.1%} of revenue",
        "Accounts that bring 80 % of revenue": f"{share_for(accounts['revenue'], 0.8):.1%}",
        "Share of revenue of the ten largest accounts": f"{reached.iloc[10]:.1%}",
        "Accounts that lose money": f"{len(losing)}",
        "What they lose": f"€ {-losing['profit'].sum():,.0f}",
        "Of these among the 20 largest by revenue": f"{largest['profit'].head(20).lt(0).sum()}",
        "Peak of the whale curve": f"{curve.max():.1%} of profit",
        "Class C (the last 5 % of revenue): share of accounts": f"{len(last) / len(accounts):.1%}",
        "Class C: share of the cost to serve": f"{last['cost_to_serve'].sum() / accounts['cost_to_serve'].sum():.1%}",
        "Growing accounts": f"{growing(accounts).sum()}",
        "Dying accounts": f"{dying(accounts).sum()}",
        "New accounts in the second year": f"{accounts['first'].ge('2025-07-01').sum()}",
        "Accounts with a single order": f"{accounts['orders'].eq(1).sum()}",
        "Harbour & Hale: rank in the first year": f"{accounts['year_1'].rank(ascending=False)[cow.name]:.0f}",
        "Harbour & Hale: second year against the first": f"{change(accounts, 'Harbour & Hale'):+.0%}",
        "Kite & Clover: second year against the first": f"{change(accounts, 'Kite & Clover'):+.0%}",
        "September against an average month": f"{busiest:.1f} times",
        "Lines that are returns": f"{lines['revenue'].lt(0).mean():.1%}",
        "Lines without a customer": f"{lines['customer_id'].eq('').sum()}",
    }


def kids_facts(visits: pd.DataFrame, cards: pd.DataFrame) -> dict[str, str]:
    stage = stages(cards)
    once = cards[cards["receipts"] == 1]
    by_age = visits.groupby("child_age_group").agg(revenue=("revenue", "sum"), cards=("card", "nunique"))
    by_age = by_age["revenue"] / by_age["cards"]
    months = visits.groupby(visits["date"].dt.to_period("M"))["revenue"].sum()
    thin = visits["card"].isin(cards.index[(cards["margin"] < 0.1) & (cards["receipts"] >= 3)])
    sales = visits["revenue"].where(visits["date"].dt.month.isin([1, 7]), 0)
    return {
        "Receipts": f"{len(visits):,}",
        "Cards": f"{len(cards):,}",
        "Revenue": f"€ {visits['revenue'].sum() / 1e6:.2f} million",
        "Gross margin": f"{1 - visits['cost'].sum() / visits['revenue'].sum():.1%}",
        "Cards that bring 80 % of revenue": f"{share_for(cards['revenue'], 0.8):.1%}",
        "Active: bought in the last 3 months": f"{np.mean(stage == 3):.1%}",
        "Inactive: 3 to 6 months ago": f"{np.mean(stage == 2):.1%}",
        "Sleeping: 6 to 12 months ago": f"{np.mean(stage == 1):.1%}",
        "Of the sleeping, cards with one receipt": f"{cards.loc[stage == 1, 'receipts'].eq(1).mean():.1%}",
        "Closed: over 12 months ago": f"{np.mean(stage == 0):.1%}",
        "Cards with one receipt": f"{len(once) / len(cards):.1%}",
        "Of these in November or December": f"{once['last'].dt.month.isin([11, 12]).mean():.1%}",
        "December 2025 against an average month": f"{months['2025-12'] / months.mean():.1f} times",
        "Revenue per card while the child is under 1": f"€ {by_age['under 1']:.0f}",
        "Revenue per card while the child is 11 to 14": f"€ {by_age['11 to 14']:.0f}",
        "Cards with a monthly rhythm": f"{cards['monthly'].sum():,}",
        "Cards that come for the discount": f"{visits.loc[thin, 'card'].nunique():,}",
        "Their purchases in January and July": f"{sales[thin].sum() / visits.loc[thin, 'revenue'].sum():.1%}",
        "Purchases of all in January and July": f"{sales.sum() / visits['revenue'].sum():.1%}",
        "Receipts of a child of unknown age": f"{visits['child_age_group'].eq('').mean():.1%}",
    }


def section(file: str) -> str:
    return README.split(f"## `{file}`")[1].split("\n## ")[0]


def told(file: str) -> dict[str, str]:
    """The rows of the table of facts that follows the file's heading in the README."""
    rows = re.findall(r"^\| (.+?) +\| (.+?) +\|$", section(file).split("### What you should find")[1], flags=re.M)
    return {fact: value for fact, value in rows if not fact.startswith(("-", "fact"))}


def test_the_files_are_what_the_script_makes(made):
    # unpacked: another build of the compressor may pack the same text into other bytes
    for name, content in made.items():
        kept = (make.FOLDER / name).read_bytes()
        assert plain(name, kept) == plain(name, content), f"{name} is stale: run python -m sample_data.make"


def test_the_packed_file_carries_neither_a_time_nor_a_name(made):
    flags, time = made[KIDS][3], made[KIDS][4:8]
    assert (flags, time) == (0, bytes(4))


def test_the_samples_stay_small():
    assert (make.FOLDER / SHOES).stat().st_size <= 1_300_000
    assert (make.FOLDER / KIDS).stat().st_size <= 2_500_000


def test_the_readme_says_of_the_shoe_maker_what_is_in_the_file(lines, accounts):
    assert told(SHOES) == shoe_facts(lines, accounts)


def test_the_readme_says_of_the_loyalty_cards_what_is_in_the_file(visits, cards):
    assert told(KIDS) == kids_facts(visits, cards)


def test_the_readme_explains_every_column(lines, visits):
    for file, columns in {SHOES: lines.columns.drop("profit"), KIDS: visits.columns}.items():
        assert [column for column in columns if f"`{column}`" not in section(file)] == []


def test_ids_are_text_with_leading_zeros(lines, visits):
    assert lines.loc[lines["customer_id"] != "", "customer_id"].str.fullmatch(r"0\d{4}").all()
    assert visits["card"].str.fullmatch(r"00\d{5}").all()
    assert visits["receipt_id"].is_unique


def test_money_has_two_decimals_and_finite_sums(made):
    for name, money in {SHOES: ["revenue", "cost", "cost_to_serve"], KIDS: ["revenue", "cost"]}.items():
        frame = pd.read_csv(io.BytesIO(plain(name, made[name])), dtype=str, usecols=money)
        assert frame.apply(lambda column: column.str.fullmatch(r"-?\d+\.\d\d").all()).all()
        assert np.isfinite(frame.astype(float).sum()).all()


def test_dates_cover_the_story(lines, visits):
    assert lines["order_date"].min() >= pd.Timestamp("2024-07-01")
    assert lines["order_date"].max() == visits["date"].max() == pd.Timestamp("2026-06-30")
    assert visits["date"].min() == pd.Timestamp("2025-01-01")


def test_an_account_has_one_name_one_city_and_one_manager(lines):
    known = lines[lines["customer_id"] != ""]
    about = known.groupby("customer_id")[["customer", "city", "channel", "manager"]].nunique()
    assert about.eq(1).all(axis=None)
    assert known["customer"].nunique() == known["customer_id"].nunique()


def test_an_order_belongs_to_one_account_and_one_day(lines):
    assert lines.groupby("order_id")[["customer_id", "order_date"]].nunique().eq(1).all(axis=None)


def test_abc_has_something_to_show(accounts):
    assert 0.20 <= share_for(accounts["revenue"], 0.8) <= 0.25


def test_the_whale_curve_rises_over_the_total_and_falls_back(accounts):
    assert 1.10 <= whale(accounts["profit"]).max() <= 1.25
    assert (accounts["profit"] < 0).sum() >= 5


def test_xyz_has_steady_and_erratic_accounts(lines):
    monthly = variation(lines, "M")
    assert (monthly < 0.6).sum() >= 20
    assert (monthly > 1.0).sum() >= 100
    assert (variation(lines, "Q") < monthly).mean() > 0.9


def test_accounts_grow_die_and_come(accounts):
    assert growing(accounts).sum() >= 8
    assert dying(accounts).sum() >= 8
    assert not (growing(accounts) & dying(accounts)).any()


def test_a_large_account_falls_and_a_small_one_grows(accounts):
    largest = accounts.loc[accounts["year_1"].idxmax(), "customer"]
    horse = accounts[accounts["customer"] == "Kite & Clover"].squeeze()
    assert (largest, change(accounts, "Harbour & Hale") < -0.5) == ("Harbour & Hale", True)
    assert horse["year_1"] < accounts["year_1"].median() and horse["year_2"] > 2 * horse["year_1"]


def test_returns_and_lines_without_a_customer_are_there(lines):
    back = lines["revenue"] < 0
    assert 0.02 <= back.mean() <= 0.03
    assert (lines.loc[back, "pairs"] < 0).all() and lines.loc[back, "order_id"].str.startswith("R").all()
    nobody = lines[lines["customer_id"] == ""]
    assert 5 <= len(nobody) <= 30 and nobody["channel"].eq("fair").all() and nobody["customer"].eq("").all()


def test_boots_sell_before_autumn_and_shoes_before_spring(lines):
    by = lines.pivot_table(index=lines["order_date"].dt.month, columns="category", values="pairs", aggfunc="sum")
    assert by["boots"].idxmax() in (8, 9, 10)
    assert by["shoes"].idxmax() in (2, 3, 4)


def test_the_child_only_grows_older(visits):
    order = {"": 0, "under 1": 1, "1 to 7": 2, "7 to 11": 3, "11 to 14": 4}
    assert visits["child_age_group"].map(order).groupby(visits["card"]).is_monotonic_increasing.all()


def test_all_four_stages_of_the_lifecycle_are_filled(cards):
    assert np.bincount(stages(cards), minlength=4).min() >= 0.1 * len(cards)


def test_discount_hunters_rank_lower_by_profit_than_by_revenue(cards):
    thin = (cards["margin"] < 0.1) & (cards["receipts"] >= 3)
    profit = cards["revenue"] - cards["cost"]
    fallen = profit.rank(pct=True)[thin] < cards["revenue"].rank(pct=True)[thin]
    assert fallen.mean() > 0.95
