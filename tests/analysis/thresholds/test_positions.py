"""What the picture says while a line moves is what the method says once it is let go."""

import numpy as np
import pandas as pd
import pytest

from segmentation import METHODS, Customers
from segmentation.analysis import portfolio
from segmentation.analysis.summary import figures
from segmentation.analysis.thresholds import positions
from segmentation.potential import with_potential
from segmentation.segments import plane
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


def held(people: Customers, at: plane.Cuts) -> dict[str, np.ndarray]:
    """The sectors' counts and sums as the method gives them: profit × potential, best first."""
    made = METHODS["portfolio"](people, lines="amounts", profit=at[0], potential=at[1])
    summary, bands = figures(made), len(at[0]) + 1
    told = {name: summary[name] if name in summary else made.sums(name) for name in positions.measures(people)}
    return {name: np.reshape(in_fields(held, bands**2), (bands, bands)) for name, held in told.items()}


def in_fields(held: np.ndarray, fields: int) -> np.ndarray:
    """By sector → by field: the last two sectors share the corner below all lines."""
    return np.array([*held[: fields - 1], held[fields - 1] + held[fields]])


def moved(lines: tuple[float, ...], line: int, stop: float) -> tuple[float, ...]:
    return tuple(stop if place == line else one for place, one in enumerate(lines))


AT_STOPS = [((40,), (40,)), ((20, 70), (35, 60)), ((50, 50), (0, 70))]
BETWEEN = [((123.456,), (plane.LEAST,)), ((3.01, 222.2), (7.891, 55.55))]


@pytest.mark.parametrize("at", [*AT_STOPS, *BETWEEN], ids=str)
def test_counts_and_money_are_exact_for_every_stop_of_every_line(people: Customers, at: plane.Cuts) -> None:
    if at in AT_STOPS:
        both = zip(("profit", "potential"), at, strict=True)
        at = tuple(tuple(positions.positions_of(people, c)[place] for place in places) for c, places in both)  # type: ignore
    found, bands = positions.along(people, "profit", at), len(at[0]) + 1
    for axis, line in np.ndindex(2, bands - 1):
        name = ("profit", "potential")[axis]
        low, high = (-np.inf, *at[axis])[line], (*at[axis], np.inf)[line + 1]
        for place, stop in enumerate(positions.positions_of(people, name)):
            if low <= stop <= high:
                there = [moved(lines, line, stop) if axis == which else lines for which, lines in enumerate(at)]
                for measure, expected in held(people, tuple(there)).items():  # type: ignore
                    beyond = np.moveaxis(expected, axis, 0)[: bands - 1 - line].sum(axis=0)
                    np.testing.assert_allclose(found[name][measure][place], beyond, atol=1e-6)


@pytest.mark.parametrize("places", [((0,), (0,)), ((40,), (60,)), ((-1,), (-1,)), ((30, 60), (40, 41))], ids=str)
def test_as_many_are_borderline_as_the_list_names(people: Customers, places: tuple[tuple[int, ...], ...]) -> None:
    both = zip(("profit", "potential"), places, strict=True)
    x, y = (tuple(positions.positions_of(people, c)[p] for p in at) for c, at in both)
    for lines in ((x, y), (tuple(line + 0.001 for line in x), tuple(line - 0.001 for line in y))):
        assert positions.borderline_count(people, "profit", lines) == len(portfolio.borderline(people, lines))


def test_customers_without_a_figure_are_in_no_sector_and_on_no_line(people: Customers) -> None:
    known = people.values("profit")[~np.isnan(people.values("profit") + people.values("potential"))]
    lowest = positions.positions_of(people, "profit")[0]
    found = positions.along(people, "profit", ((0.0,), (0.0,)))["profit"]["customers"][0]
    assert found.sum() == (known >= lowest).sum()


def test_one_customer_without_money_to_come_is_counted_too() -> None:
    one = with_potential(customers(revenue=[0.0]))
    at = ((plane.LEAST,), (plane.LEAST,))
    assert positions.along(one, "revenue", at)["profit"]["customers"].tolist() == [[0, 0]], (
        "nobody stands above nothing"
    )
    assert positions.borderline_count(one, "revenue", at) == 0  # a line has no other position to step to


@pytest.mark.parametrize("lines", AT_STOPS, ids=str)
@pytest.mark.parametrize("between", [None, 0, 1], ids=["at stops", "profit between", "potential between"])
def test_what_is_told_of_the_sectors_is_what_counting_them_gives(
    people: Customers, lines: plane.Cuts, between: int | None
) -> None:
    both = zip(("profit", "potential"), lines, strict=True)
    at = [tuple(positions.positions_of(people, column)[place] for place in places) for column, places in both]
    if between is not None:
        at[between] = tuple(line + 0.003 for line in at[between])
    made = METHODS["portfolio"](people, lines="amounts", profit=at[0], potential=at[1])
    found = positions.told(made, "profit", (at[0], at[1]))
    assert isinstance(found.placing, positions.Told)
    assert pd.DataFrame(figures(found)).equals(pd.DataFrame(figures(made)))
    assert found.labels().equals(made.labels())


@pytest.mark.parametrize("at", [*AT_STOPS, *BETWEEN], ids=str)
@pytest.mark.parametrize("weight", [0.0, 0.5])
def test_who_is_let_go_is_exact_for_every_stop_too(people: Customers, at: plane.Cuts, weight: float) -> None:
    some = people.with_column("cooperation", np.linspace(0.0, 100.0, len(people)))
    now = plane.axis_of_profit(some, weight)
    if at in AT_STOPS:
        both = zip((now, "potential"), at, strict=True)
        stands = [(positions.positions_of(some, c), places) for c, places in both]
        at = tuple(tuple(stops[min(place, len(stops) - 1)] for place in places) for stops, places in stands)  # type: ignore
    found, bands = positions.along(some, now, at), len(at[0]) + 1
    lines = {"lines": "amounts", "cooperation_weight": weight}
    for axis, name in enumerate(("profit", "potential")):
        stops = positions.positions_of(some, now if axis == 0 else "potential")
        for place in range(0, len(stops), 7):
            there = list(at)
            if len(there[axis]) > 1 and stops[place] < there[axis][1]:
                there[axis] = (stops[place], there[axis][1])
            elif len(there[axis]) == 1:
                there[axis] = (stops[place],)
            else:
                continue
            made = METHODS["portfolio"](some, profit=there[0], potential=there[1], **lines)
            held = positions.of_costing(some, now, (there[0], there[1]))["customers"]
            assert held[-1] == made.counts[-2], "of the fields the corner is let go"
            beyond = np.moveaxis(held.reshape(bands, bands), axis, 0)[: bands - 1].sum(axis=0)
            np.testing.assert_allclose(found[name]["customers" + positions.COSTING][place], beyond)
