"""Real files as customers, and what other programs found in them."""

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from segmentation import Customers, read
from segmentation.table import Table

FILES = {
    "cdnow_master": "cdnow/cdnow_master.csv.gz",
    "cdnow_sample": "cdnow/cdnow_sample.csv",
    "online_retail_slice": "online_retail/online_retail_slice_orders_clean.csv",
    "rfm_data_orders": "rfm/rfm_data_orders.csv",
    "rfm_data_customer": "rfm/rfm_data_customer.csv.gz",
    "wholesale": "wholesale/wholesale_customers.csv",
    "smcrm": "smcrm/acquisitionRetention.csv",
    "swiss_inhabitants": "oracles/abc_swiss_inhabitants.csv",
}


@pytest.fixture(scope="session")
def oracles(shared) -> dict[str, Any]:
    """Numbers other programs computed."""
    return json.loads((shared / "oracles.json").read_text(encoding="utf-8"))["computed"]


@pytest.fixture(scope="session")
def oracle(shared) -> Callable[[str], pd.DataFrame]:
    """A table of them per customer, by file name."""

    def load(name: str) -> pd.DataFrame:
        path = next((shared / "oracles").glob(f"{name}.csv*"))
        return pd.read_csv(path, dtype={"customer_id": str}, keep_default_na=False, na_values=[""])

    return load


@pytest.fixture(scope="session")
def real(shared) -> Callable[[str], Table]:
    """A real file as read, once."""
    kept: dict[str, Table] = {}

    def load(name: str) -> Table:
        if name not in kept:
            kept[name] = northwind(shared) if name == "northwind" else read(shared / FILES[name])
        return kept[name]

    return load


@pytest.fixture(scope="session")
def people(real) -> Callable[..., Customers]:
    """The customers of a real file; those of wholesale with what they spend in all six categories as revenue."""
    kept: dict[Any, Customers] = {}

    def build(name: str, **settings: Any) -> Customers:
        key = (name, *settings.items())
        if key not in kept:
            kept[key] = Customers.build(real(name), **settings)
            if name == "wholesale":
                kept[key] = kept[key].with_column("revenue", spent(kept[key]))
        return kept[key]

    return build


def northwind(shared) -> Table:
    """Order lines with what was paid for them: units × price, less the discount."""
    orders = pd.read_csv(shared / "northwind" / "orders.csv", usecols=["OrderID", "CustomerID", "OrderDate"])
    lines = pd.read_csv(shared / "northwind" / "order_details.csv").merge(orders, on="OrderID", validate="m:1")
    lines["Revenue"] = (lines["UnitPrice"] * lines["Quantity"] * (1 - lines["Discount"])).round(4)
    kept = lines[["CustomerID", "OrderDate", "OrderID", "Revenue"]]
    return read(kept.to_csv(index=False).encode(), name="northwind.csv")


def spent(customers: Customers) -> np.ndarray:
    categories = ("Fresh", "Milk", "Grocery", "Frozen", "Detergents_Paper", "Delicassen")
    return np.sum([customers.values(name) for name in categories], axis=0)
