"""How much a purchase brings: the gamma-gamma model (Fader & Hardie 2013), fitted by maximum likelihood.

A customer's purchases vary around a mean of their own, and these means vary between customers. Whoever bought once
again is known little, so their mean is drawn towards everybody's; how far, the model finds out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from segmentation.problems import Problem
from segmentation.purchases import Progress, settled

FEWEST = 3  # repeat buyers below which no spread between customers can be told
WIDEST = 14.0


@dataclass(frozen=True)
class Spending:
    """A fitted model. Where q is 1 or less the mean over customers has no bound: `bounded` is False."""

    p: float
    q: float
    v: float
    log_likelihood: float
    converged: bool
    customers: int

    @property
    def bounded(self) -> bool:
        return self.q > 1

    def expected(self, x: np.ndarray, mean: np.ndarray) -> np.ndarray:
        """Expected money of a coming purchase after x repeat purchases of that mean: float64 (n,). Needs q above 1."""
        return self.p * (self.v + x * np.maximum(mean, 0)) / (self.p * x + self.q - 1)


def fit_spending(x: np.ndarray, mean: np.ndarray, *, progress: Progress | None = None) -> Spending:
    """Fit to customers' numbers of repeat purchases and their mean money (float64 (n,)); only x, mean > 0 count.

    Raises Problem where fewer than three customers have both.
    """
    x, mean = np.asarray(x, np.float64), np.asarray(mean, np.float64)
    used = (x > 0) & (mean > 0)
    if used.sum() < FEWEST:
        raise Problem(
            f"Only {used.sum()} customers have repeat purchases with money in them: expected money needs {FEWEST}; choose the trend."
        )
    x, mean = x[used], mean[used]
    order = np.lexsort((mean, x))  # sums in one order, whatever the order of rows
    x, mean = x[order], mean[order]
    unit = float(np.exp(np.log(mean).mean()))
    best = _search(x, mean / unit, lambda value: -value * len(x) - np.log(unit) * len(x), progress)
    p, q, v = np.exp(best.x).tolist()
    value = float(-best.fun * len(x) - np.log(unit) * len(x))
    return Spending(p, q, v * unit, value, settled(best), len(x))


def _search(x: np.ndarray, mean: np.ndarray, value: Callable[[float], float], progress: Progress | None) -> Any:
    from scipy.optimize import minimize

    steps: list[float] = []

    def report(intermediate_result: Any) -> None:
        steps.append(intermediate_result.fun)
        if progress is not None:
            progress(len(steps), value(intermediate_result.fun))

    xs, place, count = np.unique(x, return_inverse=True, return_counts=True)
    logs = np.bincount(place, np.log(mean))
    return minimize(
        _loss,
        np.log([2.0, 3.0, 2.0]),
        args=(x, x * mean, xs, count.astype(float), logs),
        jac=True,
        method="L-BFGS-B",
        bounds=[(-WIDEST, WIDEST)] * 3,
        callback=report,
        options={"maxiter": 500, "ftol": 1e-15, "gtol": 1e-8, "maxcor": 20},
    )


def _loss(
    given: np.ndarray, x: np.ndarray, total: np.ndarray, xs: np.ndarray, count: np.ndarray, logs: np.ndarray
) -> tuple[float, np.ndarray]:
    """Negative mean log-likelihood and its gradient in the logarithms of p, q, v.

    x, total: per customer; xs, count, logs: different x, how many have each, and the sum of their log means.
    """
    from scipy.special import digamma, gammaln

    p, q, v = np.exp(given)
    n, power = len(x), p * xs
    log_rest, rest = np.log(total + v), 1 / (total + v)
    weighted = x @ log_rest
    shape = count @ (gammaln(power + q) - gammaln(power) + power * np.log(xs)) + (power - 1) @ logs
    value = shape + n * (q * np.log(v) - gammaln(q)) - p * weighted - q * log_rest.sum()
    slope = np.array(
        [
            count @ (xs * (digamma(power + q) - digamma(power) + np.log(xs))) + xs @ logs - weighted,
            count @ digamma(power + q) + n * (np.log(v) - digamma(q)) - log_rest.sum(),
            n * q / v - p * (x @ rest) - q * rest.sum(),
        ]
    )
    return -value / n, -slope * np.exp(given) / n
