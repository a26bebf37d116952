"""Several new customers are pasted: each stands where it belongs, and a row that cannot be used is a sentence that names it."""

import numpy as np
import pytest

from segmentation import METHODS, Customers, Problem
from segmentation.analysis.portraits.between import as_before
from segmentation.analysis.portraits.newcomer import placed, with_new
from segmentation.analysis.portraits.pasted import pasted, placed_all
from tests.small import customers

ASKED = ("revenue", "orders")


@pytest.fixture(scope="module")
def shop() -> Customers:
    """A third of the customers large, the others small."""
    rng = np.random.default_rng(6)
    large = np.arange(120) % 3 == 0
    revenue = np.where(large, 2000.0, 100.0) * rng.lognormal(0, 0.2, 120)
    return customers(
        [f"{at:03}" for at in range(120)],
        revenue=revenue.round(2),
        orders=np.where(large, 20.0, 3.0) + rng.integers(0, 3, 120),
    )


@pytest.mark.parametrize(
    "text",
    [
        "Customer\tRevenue\tOrders\nMiller\t1,950.50\t21\nSmall Ltd\t90\t3",
        "orders;name;REVENUE\n21;Miller;1950,50\n\n3;Small Ltd;90,00\n",
        'Customer,Orders,Revenue\nMiller,21,"1,950.50"\nSmall Ltd,3,90',
    ],
    ids=["from a spreadsheet", "semicolons and decimal commas", "csv"],
)
def test_rows_are_read_as_spreadsheets_write_them(shop: Customers, text: str) -> None:
    found = pasted(text, ASKED, shop)
    assert found.figures.index.tolist() == ["Miller", "Small Ltd"] and not found.wrong
    assert found.figures["revenue"].tolist() == [1950.5, 90.0] and found.figures["orders"].tolist() == [21.0, 3.0]


def test_each_row_stands_with_those_it_is_like_and_says_why(shop: Customers) -> None:
    method, given = METHODS["fuzzy_cmeans"], {"k": 2, "columns": ASKED, "sure": 0.0}
    rows = pasted("Revenue, Orders\n1950, 21\n90, 3", ASKED, shop)
    found = placed_all(method, given, shop, rows.figures, "€")
    labels = METHODS["fuzzy_cmeans"](shop, **given).labels()
    assert found["row"].tolist() == ["Row 1", "Row 2"]
    assert found["segment"].tolist() == [labels.iloc[0], labels.iloc[1]]
    assert (found["degree"] > 0.9).all()
    assert "Revenue €1.95k: typical there is €" in found["why"].iloc[0]


def test_where_a_method_goes_by_centres_it_is_said_who_stands_between_two(shop: Customers) -> None:
    rows = pasted("Revenue, Orders\n1950, 21\n90, 3\n450, 8", ASKED, shop)
    found = placed_all(METHODS["kmeans"], {"k": 2, "columns": ASKED}, shop, rows.figures)
    large, small, amid = found["segment"]
    assert "degree" not in found and large != small
    assert found["stands"].tolist()[:2] == ["clearly", "clearly"]
    other = small if amid == large else large
    assert found["stands"].iloc[2] == f"between “{amid}” and “{other}”"
    one = placed(
        METHODS["kmeans"],
        {"k": 2, "columns": ASKED},
        METHODS["kmeans"](shop, k=2, columns=ASKED),
        {"revenue": 450.0, "orders": 8.0},
    )
    assert one.why[0] == f"It stands {found['stands'].iloc[2]}."
    assert "stands" not in placed_all(METHODS["abc_classes"], {}, shop, rows.figures[["revenue"]])


def test_segments_are_called_as_before_though_newcomers_would_change_their_names(shop: Customers) -> None:
    given = {"k": 2, "columns": ASKED}
    made = METHODS["kmeans"](shop, **given)
    rows = pasted("Revenue, Orders\n" + "1900, 3\n" * 5, ASKED, shop)
    after = METHODS["kmeans"](with_new(shop, {name: rows.figures[name] for name in ASKED}), **given)
    assert {*after.names} != {*made.names}, "else this shows nothing"
    assert {*placed_all(METHODS["kmeans"], given, shop, rows.figures)["segment"]} <= {*made.names}
    assert as_before(made, after) == made.names


def test_a_row_that_cannot_be_used_is_named_and_the_others_stand(shop: Customers) -> None:
    found = pasted("Customer;Revenue;Orders\nMiller;much;3\nNobody;50\nSmall;90;3", ASKED, shop)
    assert found.figures.index.tolist() == ["Small"]
    assert found.wrong == (
        "Row 1 (Miller): “much” in Revenue is no number: it is left out.",
        "Row 2 (Nobody) has no Orders: it is left out.",
    )


def test_without_headings_the_columns_stand_in_the_order_asked_for(shop: Customers) -> None:
    assert pasted("90\t3\n80\t4", ASKED, shop).figures["orders"].tolist() == [3.0, 4.0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("  \n ", "no row to read"),
        ("Revenue,Orders", "Below the headings"),
        ("Customer,Revenue\nMiller,5", "lacking: Orders"),
        ("Revenue,Orders\n" + "5,5\n" * 201, "201 rows"),
    ],
)
def test_what_is_no_table_of_them_is_a_sentence(shop: Customers, text: str, said: str) -> None:
    with pytest.raises(Problem, match=said):
        pasted("Customer,Revenue\nMiller,5" if "lacking" in said else text, ("revenue", "orders"), shop)
