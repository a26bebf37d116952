"""The plane of profit now and potential: where its lines stand, and the sectors they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np

from segmentation.customers.cooperation import cooperation
from segmentation.customers.customers import Customers
from segmentation.segments.bands import Merged
from segmentation.segments.cuts import cross, edges, quantile_cuts
from segmentation.segments.segmentation import Segmentation

SECTORS = {
    ("profitable", "promising"): "Invest",
    ("profitable", "limited"): "Harvest",
    ("weak", "promising"): "Develop",
    ("weak", "limited"): "Serve cheaply",
}
NINE = {
    ("high", "high"): "Invest",
    ("high", "middle"): "Protect",
    ("high", "low"): "Harvest",
    ("middle", "high"): "Build",
    ("middle", "middle"): "Select",
    ("middle", "low"): "Keep going",
    ("low", "high"): "Develop",
    ("low", "middle"): "Watch",
    ("low", "low"): "Serve cheaply",
}
CORNER, LET_GO = "Serve cheaply", "Let go"  # the corner below all lines, and those there who cost more than they bring
COSTING = ", costing"  # behind the level of those whose profit is below zero
LEVELS = {1: (("profitable", "weak"), ("promising", "limited")), 2: (("high", "middle", "low"),) * 2}
THIRDS = (1 / 3, 2 / 3)
LINES = {
    "mean": "the average customer",
    "median": "the customer in the middle",
    "even": "break-even",
    "thirds": "thirds: nine fields",
    "amounts": "amounts of your own",
}
CENT = 0.01
LEAST = 1e-300  # money: the lowest a line stands, just above nothing; so far below it costs begin
Cuts = tuple[tuple[float, ...], tuple[float, ...]]  # of profit and of potential: one line each, or two
WITHIN = (0.05, 0.95)  # the best and worst cooperation stand for no more than these shares' profit


def sectors(customers: Customers, profit: float, potential: float) -> Segmentation:
    """Invest, Harvest, Develop, Serve cheaply, Let go: customers by two cut lines, in money per customer.

    A customer on a line is on its better side; no line stands lower than just above nothing, so that nobody who brings
    nothing is called profitable or promising. Profit is `customers.money` (revenue where no profit is known).
    """
    return matrix(customers, customers.money, ((profit,), (potential,)))


def matrix(customers: Customers, now: str, at: Cuts) -> Segmentation:
    """Sectors by a line of profit (column `now`) and one of potential, or nine fields by two of each, ascending.

    A line below zero stands just above nothing (LEAST).
    The corner below all lines is parted at break-even: who earns something is served cheaply, who costs more than
    they bring is let go. Revenue alone proves of nobody that they cost more.
    """
    of_now, of_later = LEVELS[len(at[0])]
    at = above_nothing(at[0]), above_nothing(at[1])
    promising = edges(customers, "potential", at[1], of_later)
    fields = SECTORS if len(at[0]) == 1 else NINE
    if now == "profit":
        return cross(_parted(customers, at[0], of_now), promising, _named(fields))
    made = cross(edges(customers, now, at[0], of_now), promising, _named(fields))
    if customers.money != "profit":
        return made
    costing = edges(customers, "profit", (-LEAST,), ("", COSTING))
    lost = {(CORNER, COSTING): LET_GO}
    return cross(made, costing, {pair: lost.get(pair, pair[0]) for pair in product(made.names, costing.names)})


def _parted(customers: Customers, lines: Sequence[float], levels: Sequence[str]) -> Segmentation:
    """Levels of profit by its lines, ascending, those below zero apart from the others of the lowest level."""
    return edges(customers, "profit", (-LEAST, *lines), [*levels, levels[-1] + COSTING])


def _named(fields: Mapping[tuple[str, str], str]) -> dict[tuple[str, str], str]:
    """The fields, those of customers who cost more than they bring beside them; in the corner these are let go."""
    costing = {(now + COSTING, later): LET_GO if name == CORNER else name for (now, later), name in fields.items()}
    return {**fields, **costing}


def above_nothing(lines: Sequence[float]) -> tuple[float, ...]:
    """The lines, none of them lower than just above nothing."""
    return tuple(max(float(line), LEAST) for line in lines)


def lines_in(made: Segmentation) -> Cuts | None:
    """The lines of profit and of potential a segmentation is made by, as `matrix` makes it; None where it is made otherwise,
    or of profit with cooperation counted, whose lines are not amounts of profit.
    """
    sectors = {*SECTORS.values(), LET_GO}, {*NINE.values(), LET_GO}
    if made.columns[:2] != (made.customers.money, "potential") or not any(set(made.names) <= one for one in sectors):
        return None
    if not isinstance(made.placing, Merged):
        return None
    both = [tuple(sorted(cut for cut in run.cuts if cut != -LEAST)) for run in made.placing.runs[:2]]
    return (both[0], both[1]) if len(both[0]) == len(both[1]) in LEVELS else None


def costing(customers: Customers) -> np.ndarray:
    """Row numbers of those who cost more than they bring; of nobody where no profit is known."""
    if customers.money != "profit":
        return np.empty(0, np.int64)
    return customers.keep("costing", lambda: np.flatnonzero(customers.values("profit") < 0))


def line_cuts(customers: Customers, now: str, lines: str, profit: Sequence[float], potential: Sequence[float]) -> Cuts:
    """Where the lines of profit (column `now`) and potential stand: at a preset (see LINES), or at the amounts given.

    One line of each makes four sectors; where two of either are given there are nine fields, and a single line of
    the other leaves its middle empty. None stands lower than just above nothing.
    """
    profit, potential = _asked(customers, now, lines, profit, potential)
    return above_nothing(profit), above_nothing(potential)


def _asked(customers: Customers, now: str, lines: str, profit: Sequence[float], potential: Sequence[float]) -> Cuts:
    if lines == "thirds":
        return _thirds(customers, now), _thirds(customers, "potential")
    if lines == "amounts":
        many = max(len(profit), len(potential))
        return tuple((*given, *given[-1:])[:many] for given in (profit, potential))  # type: ignore[return-value]
    x, y = preset(customers, now, lines)
    return (x,), (y,)


def _thirds(customers: Customers, column: str) -> tuple[float, ...]:
    """The cuts between thirds of the customers; one that nobody reaches is told as an amount a cent above all."""
    most = float(np.nanmax(customers.values(column))) if customers.known(column) else 0.0
    return tuple(min(cut, most + CENT) for cut in quantile_cuts(customers, column, THIRDS))


def axis_of_profit(customers: Customers, cooperation_weight: float = 0.0) -> str:
    """The column that stands on the horizontal axis: profit (or revenue), or profit blended with cooperation.

    Cooperation is told in money: a score of 80 counts as the profit that 80 % of customers stay below. The score is
    the customers' `cooperation` column where they have one, else made of what is known. Unknown where either is.
    However well they cooperate, those who bring nothing are not lifted above zero.
    """
    if not cooperation_weight:
        return customers.money
    weight = round(cooperation_weight, 2)
    return customers.derive(f"{customers.money}, {weight:.0%} of it cooperation", lambda: _blended(customers, weight))


def _blended(customers: Customers, weight: float) -> np.ndarray:
    profit = customers.values(customers.money)
    score = customers.values("cooperation") if "cooperation" in customers.frame else cooperation(customers)
    ladder = np.sort(profit[np.isfinite(profit)])
    if not len(ladder):
        return profit
    stands_for = np.interp(np.clip(score / 100, *WITHIN), np.linspace(0, 1, len(ladder)), ladder)
    blended = (1 - weight) * profit + weight * stands_for
    return np.where(profit > 0, blended, np.minimum(blended, profit * 0))


def preset(customers: Customers, now: str, at: str) -> tuple[float, float]:
    """Where the lines of profit (column `now`) and potential stand: at the "mean", the "median" or break-even ("even").

    No line stands lower than just above nothing.
    """
    place = {"mean": _average, "median": _median, "even": lambda customers, column: 0.0}[at]
    return max(place(customers, now), LEAST), max(place(customers, "potential"), LEAST)


def _median(customers: Customers, column: str) -> float:
    ranked = customers.ranked(column)
    return float(-ranked.negated[(ranked.known - 1) // 2]) if ranked.known else 0.0


def cut_lines(customers: Customers, chosen: Mapping[str, float]) -> tuple[float, float]:
    """The cut lines of profit and potential: as chosen, else at the average customer; above nothing in any case."""
    both = (("profit", customers.money), ("potential", "potential"))
    average = {axis: _average(customers, column) if column in customers.frame else 0.0 for axis, column in both}
    return max(chosen.get("profit", average["profit"]), LEAST), max(
        chosen.get("potential", average["potential"]), LEAST
    )


def _average(customers: Customers, column: str) -> float:
    return customers.total(column) / max(customers.known(column), 1)
