"""Expected purchases × expected money, discounted: what `bgnbd` and `mbgnbd` share."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Annotated

import numpy as np

from segmentation import formats
from segmentation.customers.customers import Customers
from segmentation.customers.outlook import MONTH, Potential
from segmentation.dataclass import dataclass
from segmentation.potential.lifetimes.likelihood import Fitting
from segmentation.problems import Problem
from segmentation.segments.controls import Choice, Slider

if TYPE_CHECKING:
    from segmentation.potential.lifetimes.purchases import Purchases
    from segmentation.potential.lifetimes.spending import Spending

NEEDS = ("recency_days", "tenure_days", ("visits", "orders"), "revenue")
HISTORY = ("recency_days", "tenure_days", "visits", "orders", "revenue", "first_revenue")
DAYS = {"D": 1.0, "W": 7.0, "M": MONTH}
UNITS = {"D": "days", "W": "weeks", "M": "months"}
MOST_MARGIN = 1.0
HEAVY = 0.3  # correlation of frequency and money from which the two can no longer be taken apart

Period = Annotated[str, Choice("Time is counted in", UNITS)]
Horizon = Annotated[int, Slider("Months looked ahead", 1, 60, 1, unit="months")]
Discount = Annotated[float, Slider("Discount a month", 0.0, 0.1, 0.001)]


@dataclass(frozen=True)
class History:
    """What the models know of customers; every array float64 (n,), NaN of those without a purchase.

    x repeat purchase days, t_x age at the last one and T age now (days), mean: revenue per repeat purchase day
    (0 without one); apart: whether the first day's revenue could be left out of the mean
    """

    x: np.ndarray
    t_x: np.ndarray
    T: np.ndarray
    mean: np.ndarray
    apart: bool

    @property
    def known(self) -> np.ndarray:
        return ~np.isnan(self.x + self.t_x + self.T)


def history(customers: Customers) -> History:
    """The customers' purchase history from their metrics: purchases are counted by day."""
    counted = "visits" if "visits" in customers.frame else "orders"
    T = customers.values("tenure_days")
    t_x = T - customers.values("recency_days")
    bought = customers.values(counted)
    x = np.where((bought >= 1) & ~np.isnan(T), bought - 1, np.nan)
    if counted == "orders":  # several orders on the only day are no repeat purchase
        x = np.where(t_x == 0, 0 * x, x)
    apart = "first_revenue" in customers.frame
    revenue = np.nan_to_num(customers.values("revenue"))
    repeat = revenue - np.nan_to_num(customers.values("first_revenue")) if apart else revenue * x / (x + 1)
    mean = np.divide(repeat, x, out=np.zeros(len(x)), where=x > 0)
    return History(x, t_x, T, mean, apart)


def fitted(customers: Customers, modified: bool, progress: Fitting | None = None) -> tuple[Purchases, Spending | None]:
    """Both models of these customers, in days; no Spending where too few bought again for money.

    They are fitted once and kept, also for customers of whom another column than those of HISTORY was changed.

    progress   called after each step with the step and the log-likelihood reached
    """

    def fit() -> tuple[Purchases, Spending | None]:
        from segmentation.potential.lifetimes.purchases import fit_purchases
        from segmentation.potential.lifetimes.spending import fit_spending

        known = history(customers)
        rows = known.known
        x = known.x[rows]
        purchases = fit_purchases(x, known.t_x[rows], known.T[rows], modified=modified, progress=progress)
        try:
            return purchases, fit_spending(x, known.mean[rows], progress=progress)
        except Problem:
            return purchases, None

    return customers.keep(("lifetime", modified), fit, of=HISTORY)


def lifetime(
    customers: Customers, modified: bool, period: str, horizon: int, discount: float, *, month: float = MONTH
) -> Potential:
    """Money per customer over so many months (of so many days), discounted, with what stands behind it."""
    in_days, spending = fitted(customers, modified)
    known = history(customers)
    rows, unit = known.known, DAYS[period]
    x, t_x, T = known.x[rows], known.t_x[rows] / unit, known.T[rows] / unit
    purchases = in_days.counted_in(unit, x.sum())
    alive = purchases.alive(x, t_x, T)
    months = np.arange(1, horizon + 1)
    ahead, worth = _ahead(purchases, x, T, months * month / unit, (1 + discount) ** -months.astype(float))
    money = expected_money(spending, x, known.mean[rows], customers, rows)
    margin = _margin(customers)[rows]
    columns = {
        "frequency": x,
        "recency": t_x,
        "T": T,
        "monetary_value": known.mean[rows],
        **({"p_alive": alive} if purchases.tells_alive else {}),
        "expected_purchases": alive * ahead,
        "expected_average": money,
    }
    values = _spread(np.round(alive * worth * money * margin, 2), rows)
    facts = _facts(purchases, spending, period, known, rows)
    sentence = _sentence(customers, purchases, horizon, discount)
    when = f"in the next {formats.plural(horizon, 'month') if horizon > 1 else 'month'}"
    warnings = _warnings(purchases, spending, known, facts["correlation"])
    return Potential(values, sentence, {name: _spread(v, rows) for name, v in columns.items()}, facts, warnings, when)


def _ahead(
    purchases: Purchases, x: np.ndarray, T: np.ndarray, times: np.ndarray, worth: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Purchases expected of customers alive, by the last time, and the same with each month's at its worth.

    They depend on x and T alone, so every different pair is worked out once.
    """
    lengths, place = np.unique(T, return_inverse=True)
    pairs, inverse = np.unique(x.astype(np.int64) * len(lengths) + place, return_inverse=True)
    of_x, of_T = (pairs // len(lengths)).astype(float), lengths[pairs % len(lengths)]
    discounted, before = np.zeros(len(pairs)), np.zeros(len(pairs))
    for time, part in zip(times, worth, strict=True):
        reached = purchases.if_alive(time, of_x, of_T)
        discounted += part * (reached - before)
        before = reached
    return before[inverse], discounted[inverse]


def expected_money(
    spending: Spending | None, x: np.ndarray, mean: np.ndarray, customers: Customers, rows: np.ndarray
) -> np.ndarray:
    """Revenue expected of a coming purchase: by the model, else the own mean, and the base's where there is none."""
    if spending is not None and spending.bounded:
        return spending.expected(x, mean)
    own = (x > 0) & (mean > 0)
    counted = customers.values("visits" if "visits" in customers.frame else "orders")[rows]
    base = np.nansum(customers.values("revenue")[rows]) / max(counted.sum(), 1)
    return np.where(own, mean, max(base, 0.0))


def _margin(customers: Customers) -> np.ndarray:
    """Profit as a share of revenue, each customer's own within ±100 %; everybody's where a customer has none; else 1."""
    if customers.money != "profit":
        return np.ones(len(customers))
    profit, revenue = customers.values("profit"), customers.values("revenue")
    total = customers.total("revenue")
    base = customers.total("profit") / total if total > 0 else 0.0
    own = np.divide(profit, revenue, out=np.full(len(profit), np.nan), where=revenue > 0)
    return np.clip(np.where(np.isnan(own), base, own), -MOST_MARGIN, MOST_MARGIN)


def _spread(values: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Values of some rows on all of them, NaN elsewhere."""
    spread = np.full(len(rows), np.nan)
    spread[rows] = values
    return spread


def _facts(
    purchases: Purchases, spending: Spending | None, period: str, known: History, rows: np.ndarray
) -> dict[str, object]:
    """Parameters, log-likelihoods and whether both searches came to their end."""
    from segmentation.potential.lifetimes.spending import Spending

    often = {name: value for name, value in asdict(purchases).items() if name != "modified"}
    much = asdict(spending) if spending else dict.fromkeys(field.name for field in fields(Spending))
    names = {"log_likelihood": "money_log_likelihood", "converged": "money_converged", "customers": "money_customers"}
    return {
        "period": period,
        **often,
        **{names.get(name, name): value for name, value in much.items()},
        "correlation": _correlation(known.x[rows], known.mean[rows]),
    }


def _correlation(x: np.ndarray, mean: np.ndarray) -> float | None:
    """Of repeat purchases and their mean money, among those who have both; None where there is no spread."""
    used = (x > 0) & (mean > 0)
    if used.sum() < 3 or np.ptp(x[used]) == 0 or np.ptp(mean[used]) == 0:
        return None
    return float(np.corrcoef(x[used], mean[used])[0, 1])


def _sentence(customers: Customers, purchases: Purchases, horizon: int, discount: float) -> str:
    model = "MBG/NBD" if purchases.modified else "BG/NBD"
    margin = " and the customer's own margin" if customers.money == "profit" else ""
    less = f", discounted by {formats.number(100 * discount)}% a month" if discount else ""
    ahead = f"{formats.plural(horizon, 'month')}'" if horizon > 1 else "month's"
    return (
        f"Potential is the next {ahead} {customers.money} by expected purchases ({model}) "
        f"times expected money a purchase (gamma-gamma){margin}{less}."
    )


def _warnings(purchases: Purchases, spending: Spending | None, known: History, correlation: object) -> tuple[str, ...]:
    said, instead = [], "the trend" if purchases.modified else "MBG/NBD or the trend"
    if not purchases.drops_out:
        said.append(
            "These purchases do not tell lost customers from slow ones: nobody is counted as lost, and no chance of "
            f"being alive is given. Use {instead} instead."
        )
    elif not purchases.converged:
        said.append(
            "These purchases do not settle how customers are lost: the search for the best parameters has no end, and "
            f"no chance of being alive is given. Use {instead} instead."
        )
    elif not purchases.modified:
        said.append("A one-time buyer counts as alive for certain here: MBG/NBD lets them be gone.")
    if spending and not spending.converged:
        said.append("The search for the money's parameters did not come to its end: compare with the trend.")
    if spending is None:
        said.append("Too few bought again to say how purchases vary: each customer's own mean purchase is taken.")
    elif not spending.bounded:
        said.append("Purchases vary so much that their mean has no bound: each customer's own mean purchase is taken.")
    if isinstance(correlation, float) and abs(correlation) > HEAVY:
        said.append(f"How often and how much go together here ({correlation:.2f}): large buyers are misjudged.")
    if not known.apart:
        said.append("The first purchase counts in the mean too: the file does not say what it brought.")
    return tuple(said)
