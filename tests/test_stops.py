"""What the picture says while a line moves is what the method says once it is let go."""

import numpy as np
import pytest

from segmentation import METHODS, Customers, portfolio, stops
from segmentation.potential import with_potential
from segmentation.summary import figures
from tests.small import customers


@pytest.fixture(scope="module")
def people() -> Customers:
    rng = np.random.default_rng(7)
    profit = np.round(rng.normal(50, 400, 700), 2)
    profit[::50] = np.nan
    made = customers([f"{at:04}" for at in range(700)], revenue=np.round(rng.lognormal(5, 1, 700), 2), profit=profit)
    potential = np.round(rng.normal(10, 300, 700), 2)
    potential[::33] = np.nan
    return made.with_column("potential", potential)


def held(people: Customers, profit: float, potential: float) -> dict[str, list[float]]:
    """The sectors' counts and sums as the method gives them."""
    made = METHODS["portfolio"](people, lines="amounts", profit=(profit,), potential=(potential,))
    summary = figures(made)
    return {name: np.asarray(summary[name])[:4].tolist() for name in stops.measures(people)}


@pytest.mark.parametrize("between", [False, True], ids=["at stops", "between stops"])
def test_counts_and_money_are_exact_for_every_stop_of_either_line(people: Customers, between: bool) -> None:
    at = (123.456, -7.891) if between else tuple(portfolio.line_stops(people, c)[40] for c in ("profit", "potential"))
    found = stops.along(people, "profit", at)
    for place, stop in enumerate(portfolio.line_stops(people, "profit")):
        for name, expected in held(people, stop, at[1]).items():
            np.testing.assert_allclose(found["profit"][name][place], expected, atol=1e-6)
    for place, stop in enumerate(portfolio.line_stops(people, "potential")):
        for name, expected in held(people, at[0], stop).items():
            np.testing.assert_allclose(found["potential"][name][place], expected, atol=1e-6)


@pytest.mark.parametrize("places", [(0, 0), (40, 60), (-1, -1)])
def test_as_many_are_borderline_as_the_list_names(people: Customers, places: tuple[int, int]) -> None:
    at = tuple(portfolio.line_stops(people, c)[p] for c, p in zip(("profit", "potential"), places, strict=True))
    for line in (at, (at[0] + 0.001, at[1] - 0.001)):
        assert stops.borderline_count(people, "profit", line) == len(portfolio.borderline(people, line))


def test_customers_without_a_figure_are_in_no_sector_and_on_no_line(people: Customers) -> None:
    at = (0.0, 0.0)
    unknown = int(np.isnan(people.values("profit") + people.values("potential")).sum())
    total = stops.along(people, "profit", at)["profit"]["customers"].sum(axis=1)
    assert set(total) == {len(people) - unknown}


def test_one_customer_without_money_to_come_is_counted_too() -> None:
    one = with_potential(customers(revenue=[0.0]))
    assert stops.along(one, "revenue", (0.0, 0.0))["profit"]["customers"].tolist() == [[1, 0, 0, 0]]
    assert stops.borderline_count(one, "revenue", (0.0, 0.0)) == 1
