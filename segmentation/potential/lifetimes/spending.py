"""How much a purchase brings: the gamma-gamma model (Fader & Hardie 2013), fitted by maximum likelihood.

A customer's purchases vary around a mean of their own, and these means vary between customers. Whoever bought once
again is known little, so their mean is drawn towards everybody's; how far, the model finds out.
"""

from __future__ import annotations

import numpy as np

from segmentation.dataclass import dataclass
from segmentation.potential.lifetimes.likelihood import Fitting, Loss, dot, in_logs, search
from segmentation.potential.lifetimes.purchases import Level
from segmentation.problems import Problem

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
    p, q, v = np.exp(best.logs).tolist()
    return Spending(p, q, v * unit, float(-best.loss * len(x) - offset), best.settled, len(x))


def _likelihood(x: np.ndarray, mean: np.ndarray) -> Loss:
    """The negative mean log-likelihood, its slope and its bend, at the logarithms of p, q, v.

    All but the sums of ln(v + x · mean) and its derivatives depends on x alone: it is worked out once for each x.
    """
    from scipy.special import digamma, gammaln, zeta

    level = Level.of(x)
    xs, count, logs = level.values, level.sums(np.ones(len(x))), level.sums(np.log(mean))
    often, log_xs, all_logs, total, n = count * xs, np.log(xs), float(logs.sum()), x * mean, float(len(x))
    told = dot(often, log_xs) + dot(xs, logs)

    def loss(given: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
        p, q, v = at = np.exp(given)
        power, known = p * xs, total + v
        both, log_v, log_known, rest = power + q, np.log(v), np.log(known), 1 / known
        by_x, alone = dot(x, log_known), float(log_known.sum())
        rest_x, rest_alone = dot(x, rest), float(rest.sum())
        value = dot(count, gammaln(both) - gammaln(power)) + p * told - all_logs + n * (q * log_v - gammaln(q))
        value -= p * by_x + q * alone
        psi, psi_both, bends = digamma(power), digamma(both), zeta(2.0, both)
        slope = np.array(
            [
                dot(often, psi_both - psi) + told - by_x,
                dot(count, psi_both) + n * (log_v - digamma(q)) - alone,
                n * q / v - p * rest_x - q * rest_alone,
            ]
        )
        squares = rest * rest
        bend = np.array(
            [
                [dot(often * xs, bends - zeta(2.0, power)), dot(often, bends), -rest_x],
                [0.0, dot(count, bends) - n * zeta(2.0, q), n / v - rest_alone],
                [0.0, 0.0, -n * q / v**2 + p * dot(x, squares) + q * float(squares.sum())],
            ]
        )
        return in_logs(-value / n, -slope / n, -bend / n, at)

    return loss
