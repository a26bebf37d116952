"""How much a purchase brings: the gamma-gamma model (Fader & Hardie 2013), fitted by maximum likelihood.

A customer's purchases vary around a mean of their own, and these means vary between customers. Whoever bought once
again is known little, so their mean is drawn towards everybody's; how far, the model finds out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from segmentation.likelihood import Fitting, Loss, dot, search, settled
from segmentation.problems import Problem
from segmentation.purchases import Level

FEWEST = 3  # repeat buyers below which no spread between customers can be told


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


def fit_spending(x: np.ndarray, mean: np.ndarray, *, progress: Fitting | None = None) -> Spending:
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
    unit = float(np.exp(np.log(mean).mean()))
    offset = np.log(unit) * len(x)
    told = None if progress is None else lambda step, loss: progress(step, -loss * len(x) - offset)
    best = search(lambda step: _likelihood(x[::step], mean[::step] / unit), [4.0, 4.0, 1.0], len(x), told)
    p, q, v = np.exp(best.x).tolist()
    value = float(-best.fun * len(x) - offset)
    return Spending(p, q, v * unit, value, settled(best), len(x))


def _likelihood(x: np.ndarray, mean: np.ndarray) -> Loss:
    """The negative mean log-likelihood and its slope, at the logarithms of p, q, v."""
    level = Level.of(x)
    xs, count, logs = level.values, level.sums(np.ones(len(x))), level.sums(np.log(mean))
    total, n = x * mean, len(x)

    def loss(given: np.ndarray) -> tuple[float, np.ndarray]:
        from scipy.special import digamma, gammaln

        p, q, v = np.exp(given)
        power = p * xs
        log_rest, rest = np.log(total + v), 1 / (total + v)
        weighted = dot(x, log_rest)
        shape = dot(count, gammaln(power + q) - gammaln(power) + power * np.log(xs)) + dot(power - 1, logs)
        value = shape + n * (q * np.log(v) - gammaln(q)) - p * weighted - q * log_rest.sum()
        slope = np.array(
            [
                dot(count * xs, digamma(power + q) - digamma(power) + np.log(xs)) + dot(xs, logs) - weighted,
                dot(count, digamma(power + q)) + n * (np.log(v) - digamma(q)) - log_rest.sum(),
                n * q / v - p * dot(x, rest) - q * rest.sum(),
            ]
        )
        return -value / n, -slope * np.exp(given) / n

    return loss
