"""How often customers will buy again: BG/NBD and MBG/NBD, fitted by maximum likelihood.

Each customer is known by x repeat purchases, t_x (age at the last one) and T (age now), in any one unit of time.
While alive a customer buys at a rate of their own (gamma: r, alpha) and may be lost after each purchase with a
chance of their own (beta: a, b). BG/NBD (Fader, Hardie, Lee 2005) lets nobody be lost before a repeat purchase, so
a one-time buyer is alive for certain; MBG/NBD (Batislam, Denizel, Filiztekin 2007) lets the first purchase be the
last too. The two differ in one number: how many times a customer could have been lost, n = x or n = x + 1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from segmentation.problems import Problem

LOST_AT_ALL = 0.999  # a mean P(alive) above this says that dropout cannot be told from these purchases
WIDEST = 14.0  # logarithms of parameters are kept within ± this
NEAR_ONE = 1e-6
FLAT = 1e-5  # slope of the mean log-likelihood, per doubling or so of a parameter, at which a search has arrived
Progress = Callable[[int, float], None]  # steps done, log-likelihood reached


@dataclass(frozen=True)
class Purchases:
    """A fitted model; every method takes arrays of x, t_x, T (n,) in the unit it was fitted in.

    a is 0 where dropout cannot be told apart from slow buying: then nobody is counted as lost.
    """

    r: float
    alpha: float
    a: float
    b: float
    modified: bool
    log_likelihood: float
    converged: bool
    customers: int
    rows: int  # different (x, t_x, T) among them: what the likelihood was computed on

    @property
    def drops_out(self) -> bool:
        """Whether the data tell dropout apart."""
        return self.a > 0

    def alive(self, x: np.ndarray, t_x: np.ndarray, T: np.ndarray) -> np.ndarray:
        """P(alive) now: float64 (n,), 0–1."""
        if not self.drops_out:
            return np.ones(len(x))
        chances = self._chances(x)
        with np.errstate(over="ignore"):
            odds = (
                self.a
                / (self.b + np.maximum(chances - 1, 0))
                * np.exp((self.r + x) * (np.log(self.alpha + T) - np.log(self.alpha + t_x)))
            )
        return np.where(chances > 0, 1 / (1 + odds), 1.0)

    def expected(self, time: float, x: np.ndarray, t_x: np.ndarray, T: np.ndarray) -> np.ndarray:
        """Expected purchases within `time` from now: float64 (n,)."""
        return self.alive(x, t_x, T) * self.if_alive(time, x, T)

    def if_alive(self, time: float, x: np.ndarray, T: np.ndarray) -> np.ndarray:
        """The same of a customer known to be alive; it depends on x and T alone: float64 (n,).

        The hypergeometric function of the published formula is turned round (Euler), so that it neither
        overflows for hundreds of purchases nor divides by zero where dropout is none or a is 1.
        """
        from scipy.special import hyp2f1

        a = self.a if abs(self.a - 1) > NEAR_ONE else 1 + NEAR_ONE
        z = time / (self.alpha + T + time)
        above = a + self.b + self._chances(x) - 1
        rest = hyp2f1(a - 1, a + self.b + self.modified - 1 - self.r, above, z) * (1 - z) ** (a - 1)
        return above / (a - 1) * (1 - rest)

    def expected_of_new(self, time: float) -> float:
        """Expected repeat purchases of a customer within `time` of the first purchase."""
        zero = np.zeros(1)
        return float(self.expected(time, zero, zero, zero)[0])

    def _chances(self, x: np.ndarray) -> np.ndarray:
        """How many times each customer could have been lost."""
        return x + 1.0 if self.modified else x


@dataclass(frozen=True)
class Counted:
    """Different (x, t_x, T) and how many customers have each; x is given by its place among its different values."""

    x: np.ndarray
    t_x: np.ndarray
    T: np.ndarray
    count: np.ndarray
    xs: np.ndarray
    x_place: np.ndarray
    x_count: np.ndarray


def fit_purchases(
    x: np.ndarray, t_x: np.ndarray, T: np.ndarray, *, modified: bool = True, progress: Progress | None = None
) -> Purchases:
    """Fit MBG/NBD, or BG/NBD where `modified` is false, to customers' x, t_x, T (float64 (n,), one unit of time).

    progress   called after each step of the search with the step and the log-likelihood
    The likelihood is computed on the different rows and their counts; the result is the same in any order.
    Raises Problem where nobody bought again or no time has passed.
    """
    x, t_x, T = (np.asarray(column, np.float64) for column in (x, t_x, T))
    _check(x, t_x, T)
    rows, unit = _counted(x, t_x, T), float(T.mean())
    rows = Counted(rows.x, rows.t_x / unit, rows.T / unit, rows.count, rows.xs, rows.x_place, rows.x_count)
    best = _search(rows, len(x), modified, _scaled_progress(progress, x, unit))
    r, alpha, a, b = np.exp(best.x).tolist()
    value = float(-best.fun * len(x) - x.sum() * np.log(unit))
    fitted = Purchases(r, alpha * unit, a, b, modified, value, settled(best), len(x), len(rows.x))
    alive = np.average(fitted.alive(rows.x, rows.t_x * unit, rows.T * unit), weights=rows.count)
    return fitted if alive <= LOST_AT_ALL else replace(fitted, a=0.0)


def _check(x: np.ndarray, t_x: np.ndarray, T: np.ndarray) -> None:
    if not len(x) or not T.max() > 0:
        raise Problem("All purchases are on one day: expected purchases need dates that lie apart; choose the trend.")
    if not x.any():
        raise Problem("Nobody bought on a second day: expected purchases need repeat purchases; choose the trend.")
    if (x < 0).any() or (t_x < 0).any() or (t_x > T).any():
        raise Problem("Some customers bought last before they bought first: check the columns of dates.")


def _scaled_progress(progress: Progress | None, x: np.ndarray, unit: float) -> Callable[[int, float], None]:
    if progress is None:
        return lambda step, loss: None
    return lambda step, loss: progress(step, -loss * len(x) - x.sum() * np.log(unit))


def _counted(x: np.ndarray, t_x: np.ndarray, T: np.ndarray) -> Counted:
    coded = [np.unique(column, return_inverse=True) for column in (x, t_x, T)]
    places = np.zeros(len(x), np.int64)
    for values, place in coded:
        places *= len(values)
        places += place
    places, count = np.unique(places, return_counts=True)
    columns = []
    for values, _ in reversed(coded):
        places, place = np.divmod(places, len(values))
        columns.append(place)
    last, seen, bought = columns
    xs = coded[0][0]
    x_count = np.bincount(coded[0][1], minlength=len(xs))
    return Counted(xs[bought], coded[1][0][seen], coded[2][0][last], count.astype(float), xs, bought, x_count)


def _search(rows: Counted, customers: int, modified: bool, progress: Progress) -> Any:
    """The best logarithms of r, alpha, a, b, and the mean loss there."""
    from scipy.optimize import minimize

    steps: list[float] = []

    def report(intermediate_result: Any) -> None:
        steps.append(intermediate_result.fun)
        progress(len(steps), intermediate_result.fun)

    return minimize(
        _loss,
        np.log([0.5, 0.5, 0.8, 2.0]),
        args=(rows, customers, modified),
        jac=True,
        method="L-BFGS-B",
        bounds=[(-WIDEST, WIDEST)] * 4,
        callback=report,
        options={"maxiter": 500, "ftol": 1e-15, "gtol": 1e-8, "maxcor": 20},
    )


def settled(found: Any) -> bool:
    """Whether a search came to its end: it says so, or stands where nothing rises any more."""
    return bool(found.success or np.abs(found.jac).max() < FLAT)


def _loss(logs: np.ndarray, rows: Counted, customers: int, modified: bool) -> tuple[float, np.ndarray]:
    """Negative mean log-likelihood and its gradient in the logarithms of r, alpha, a, b."""
    from scipy.special import digamma, gammaln

    r, alpha, a, b = np.exp(logs)
    power, now, then = r + rows.x, alpha + rows.T, alpha + rows.t_x
    log_now = np.log(now)
    silent = log_now - np.log(then)
    before = rows.x if modified else np.maximum(rows.x - 1, 0)  # chances to be lost that were survived for certain
    odds = np.log(a) - np.log(b + before) + power * silent
    if not modified:
        odds[rows.x == 0] = -np.inf
    small = np.exp(-np.abs(odds))
    lost = np.where(odds > 0, 1.0, small) / (1 + small) * rows.count
    xs, n, chances = rows.xs, rows.x_count, rows.xs + modified
    value = np.sum(rows.count * (np.maximum(odds, 0) + np.log1p(small) - power * log_now)) + np.sum(
        n * (gammaln(r + xs) + gammaln(b + chances) - gammaln(a + b + chances))
    )
    value += customers * (r * np.log(alpha) - gammaln(r) + gammaln(a + b) - gammaln(b))
    both, survived = digamma(a + b) * customers - n @ digamma(a + b + chances), n @ digamma(b + chances)
    slope = np.array(
        [
            n @ digamma(r + xs) + customers * (np.log(alpha) - digamma(r)) - rows.count @ log_now + lost @ silent,
            customers * r / alpha - (rows.count - lost) @ (power / now) - lost @ (power / then),
            both + lost.sum() / a,
            both + survived - customers * digamma(b) - np.sum(lost / (b + before)),
        ]
    )
    return -value / customers, -slope * np.exp(logs) / customers
