"""The four small samples tell the stories that their README tells, and every method runs on one of the samples."""

import re

import numpy as np
import pandas as pd
import pytest

from sample_data import make
from segmentation import METHODS, Customers, read
from segmentation.__main__ import main
from segmentation.analysis.summary import summarise

README = (make.FOLDER / "README.md").read_text(encoding="utf-8")
TOOLS, FUEL, HOUSE, BANK = (
    "cutting_tools_firms.csv",
    "fuel_cards.csv",
    "software_house_accounts.csv",
    "bank_clients.csv",
)
SHOES = "shoe_maker_orders.csv"
RUNS = {  # method → the sample that has what it needs, and options; all others run on the shoe maker's orders
    "b2b_ladder": (TOOLS, []),
    "factor": (FUEL, ["--set", "numerator=firm_fuel_cost", "denominator=firm_cost", "edges=0.02,0.2"]),
    "onboarding": (HOUSE, []),
    "response": (BANK, []),
    "ages": (BANK, ["--as-of", "2026-06-30"]),
    "attribute": (BANK, ["--set", "column=income_band"]),
    "motive": (TOOLS, []),
    "hdbscan": (BANK, []),
}


def base(name: str) -> Customers:
    return Customers.build(read(make.FOLDER / name))


def profit_of(people: Customers, method: str, **thresholds) -> dict[str, str]:
    table = summarise(METHODS[method](people, **thresholds)).set_index("segment")
    return {name: f"{share:.0%}" for name, share in table["share_of_profit"].items()}


def told(file: str) -> dict[str, str]:
    text = README.split(f"## `{file}`")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (.+?) +\| (.+?) +\|$", text.split("### What you should find")[1], flags=re.M)
    return {fact: value for fact, value in rows if not fact.startswith(("-", "fact"))}


def tools_facts() -> dict[str, str]:
    people = base(TOOLS)
    labels, profit = METHODS["b2b_ladder"].segment(people), profit_of(people, "b2b_ladder")
    counts = labels.value_counts()
    frame = people.frame.assign(rung=labels)
    return {
        "Firms on the rungs 5, 4, 3, 2, 1": ", ".join(str(counts[rung]) for rung in "54321"),
        "Profit from rung 5": profit["5"],
        "Firms on rung 4 with growing production": str(
            (frame["production"].eq("growing") & frame["rung"].eq("4")).sum()
        ),
        "Firms that have never bought": str(frame["orders"].eq(0).sum()),
    }


def fuel_facts() -> dict[str, str]:
    people = base(FUEL)
    frame = people.frame.assign(share=people.frame["firm_fuel_cost"] / people.frame["firm_cost"])
    by = frame.groupby("business", observed=True)
    return {
        "Fleets": str(len(frame)),
        "Median litres of a haulier and of a bank": " and ".join(
            f"{by['units'].median()[one]:,.0f}" for one in ("haulier", "bank")
        ),
        "Fuel as a share of their cost": " and ".join(
            f"{by['share'].median()[one]:.1%}" for one in ("haulier", "bank")
        ),
        "Profit per 100 litres": " and ".join(
            f"€ {100 * by['profit'].sum()[one] / by['units'].sum()[one]:.2f}" for one in ("haulier", "bank")
        ),
    }


def house_facts() -> dict[str, str]:
    people = base(HOUSE)
    counts = METHODS["onboarding"].segment(people).value_counts()
    plans = people.frame["plan"].value_counts()
    invited = people.frame.groupby("invited", observed=True)["paid"].apply(lambda dates: dates.notna().mean())
    return {
        "Signed up, tried, paid": ", ".join(str(counts[stage]) for stage in ("Signed up", "Tried", "Paid")),
        "Enterprise accounts": str(plans["enterprise"]),
        "Their profit": profit_of(people, "attribute", column="plan", others=0.0)["enterprise"],
        "Pay among those invited by a colleague, and among the others": f"{invited['yes']:.0%} and {invited['no']:.0%}",
    }


def bank_facts() -> dict[str, str]:
    people = base(BANK)
    frame = people.frame
    explained = [
        frame.groupby(column)["profit"].transform("mean").var() / frame["profit"].var()
        for column in ("income_band", "products")
    ]
    reacted = METHODS["response"].segment(people).value_counts(normalize=True)
    return {
        "Clients": f"{len(frame):,}",
        "Differences in profit explained by income band": f"{explained[0]:.0%}",
        "Explained by the number of products": f"{explained[1]:.0%}",
        "Clients who bought after a campaign": f"{reacted['Bought']:.0%}",
    }


@pytest.mark.parametrize(
    ("file", "facts"), [(TOOLS, tools_facts), (FUEL, fuel_facts), (HOUSE, house_facts), (BANK, bank_facts)]
)
def test_the_readme_says_what_is_in_the_file(file, facts):
    assert told(file) == facts()


@pytest.mark.parametrize("file", [TOOLS, FUEL, HOUSE, BANK])
def test_the_file_is_small_and_every_column_explained(file):
    path = make.FOLDER / file
    text = README.split(f"## `{file}`")[1].split("\n## ")[0]
    assert path.stat().st_size < 400_000
    assert [column for column in pd.read_csv(path, nrows=1) if f"`{column}`" not in text] == []


@pytest.mark.parametrize("method", METHODS)
def test_every_method_runs_from_the_shell_on_a_sample(method, tmp_path, capsys):
    sample, options = RUNS.get(method, (SHOES, []))
    out = tmp_path / "labels.csv"
    assert main(["segment", str(make.FOLDER / sample), "--method", method, *options, "--out", str(out)]) == 0
    labels = pd.read_csv(out, dtype=str, keep_default_na=False)
    assert labels.columns.tolist() == ["customer_id", "segment"]
    assert labels["segment"].nunique() > 1
    assert capsys.readouterr().err == ""


def test_litres_hardly_part_a_bank_from_a_haulier_and_the_factor_does():
    people = base(FUEL)
    bands = METHODS["factor"].segment(people, numerator="firm_fuel_cost", denominator="firm_cost", edges=(0.02, 0.2))
    by = people.frame.groupby("business", observed=True)
    assert (bands[people.frame["business"] == "haulier"] == "High").mean() > 0.95
    assert (bands[people.frame["business"] == "bank"] == "Low").all()
    assert 0.4 < by["units"].median()["bank"] / by["units"].median()["haulier"] < 2.5
    assert np.isfinite(people.frame["profit"]).all()
