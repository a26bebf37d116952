"""What the tests of the pages share: a visitor, and the shoe maker's customers as the library alone makes them."""

import sys

import pytest

from segmentation import Customers, read
from segmentation.table import Table
from tests.pages.visitor import SAMPLES, SHOES, Visitor


@pytest.fixture(autouse=True)
def started_without_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """The app opens the file named on its command line; here that line is pytest's."""
    monkeypatch.setattr(sys, "argv", ["app.py"])


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()


@pytest.fixture
def with_shoes(visitor: Visitor) -> Visitor:
    return visitor.sample()


@pytest.fixture(scope="session")
def shoes_table() -> Table:
    return read(SAMPLES / SHOES)


@pytest.fixture(scope="session")
def shoes(shoes_table: Table) -> Customers:
    return Customers.build(shoes_table)
