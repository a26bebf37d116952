"""How often customers will buy again: BG/NBD and MBG/NBD, fitted by maximum likelihood.

Each customer is known by x repeat purchases, t_x (age at the last one) and T (age now), in any one unit of time.
While alive a customer buys at a rate of their own (gamma: r, alpha) and may be lost after each purchase with a
chance of their own (beta: a, b). BG/NBD (Fader, Hardie, Lee 2005) lets nobody be lost before a repeat purchase, so
a one-time buyer is alive for certain; MBG/NBD (Batislam, Denizel, Filiztekin 2007) lets the first purchase be the
last too. The two differ in one number: how many times a customer could have been lost, n = x or n = x + 1.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np

from segmentation.dataclass import dataclass
from segmentation.potential.lifetimes.likelihood import Fitting, dot, in_logs, search
from segmentation.problems import Problem

LOST_AT_ALL = 0.999  # a mean P(alive) above this says that dropout cannot be told from these purchases
LEAST, MOST = 1e-3, 1e4  # a and b beyond these lie on a ridge: likelier all the way to 0, or without end
NEAR_ONE = 1e-4
WHOLE = 1 << 20
RANKS = 64
START = [0.5, 0.5, 0.8, 2.0]  # r, alpha (in mean ages), a, b


@dataclass(frozen=True)
class Purchases:
    """A fitted model; every method takes arrays of x, t_x, T (n,) in the unit it was fitted in.

    a is 0 where dropout cannot be told apart from slow buying: then nobody is counted as lost.
    converged   the likelihood has a best place, and the search came to it; on a ridge it has none
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

    @property
    def tells_alive(self) -> bool:
        """Whether P(alive) is worth showing: not on a ridge, where it is an accident of where the search stopped."""
        return self.drops_out and self.converged

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
        overflows for hundreds of purchases nor divides by zero where dropout is none.
        """
        from scipy.special import hyp2f1

        if abs(self.a - 1) < NEAR_ONE:  # the formula is nothing divided by nothing there
            return self._averaged(time, x, T)
        a = self.a
        z = time / (self.alpha + T + time)
        above = a + self.b + self._chances(x) - 1
        with np.errstate(over="ignore", invalid="ignore"):
            rest = hyp2f1(a - 1, a + self.b + self.modified - 1 - self.r, above, z) * (1 - z) ** (a - 1)
            found = above / (a - 1) * (1 - rest)
        lost = ~np.isfinite(found)  # by the hypergeometric function itself, far out in its corners
        if lost.any():
            found[lost] = self._averaged(time, x[lost], T[lost])
        return found

    def _averaged(self, time: float, x: np.ndarray, T: np.ndarray) -> np.ndarray:
        """The same by its definition: the mean over the chances of loss a customer could have, at a few of their ranks."""
        from scipy.special import betaincinv

        ranks, weights = _ranks()
        loss = np.maximum(betaincinv(self.a, self.b + self._chances(x)[:, None], (ranks + 1) / 2), 1e-300)
        bought = -np.expm1(-(self.r + x[:, None]) * np.log1p(loss * time / (self.alpha + T[:, None])))
        return bought / loss @ weights / 2

    def counted_in(self, unit: float, repeats: float) -> Purchases:
        """The same model with time in units of so many of the old ones; repeats: repeat purchases in all."""
        value = self.log_likelihood + repeats * float(np.log(unit))
        return replace(self, alpha=self.alpha / unit, log_likelihood=value)

    def _chances(self, x: np.ndarray) -> np.ndarray:
        """How many times each customer could have been lost."""
        return x + 1.0 if self.modified else x


@cache
def _ranks() -> tuple[np.ndarray, np.ndarray]:
    """Where a mean over the ranks from -1 to 1 is taken, and with which weights (Gauss-Legendre)."""
    return np.polynomial.legendre.leggauss(RANKS)


@dataclass(frozen=True)
class Level:
    """The different values of a column, and for each row the place of its value among them."""

    values: np.ndarray
    place: np.ndarray

    @classmethod
    def of(cls, column: np.ndarray) -> Level:
        if len(column) and column.min() >= 0 and column.max() < WHOLE and not np.any(column % 1):
            whole = column.astype(np.int64)  # counting whole numbers is faster than sorting them
            held = np.bincount(whole) > 0
            return cls(np.flatnonzero(held).astype(float), (np.cumsum(held) - 1)[whole])
        return cls(*np.unique(column, return_inverse=True))

    def sums(self, weights: np.ndarray) -> np.ndarray:
        """Weights of the rows, added up by value."""
        return np.bincount(self.place, weights, len(self.values))


@dataclass(frozen=True)
class Counted:
    """Different (x, t_x, T) and how many customers have each."""

    x: Level
    t_x: Level
    T: Level
    count: np.ndarray

    def __len__(self) -> int:
        return len(self.count)

    def some(self, step: int) -> Counted:
        """Every so many-th row: they are in order, so these stand for all."""
        x, t_x, T = (Level(one.values, one.place[::step]) for one in (self.x, self.t_x, self.T))
        return Counted(x, t_x, T, self.count[::step])

    @property
    def rows(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """x, t_x, T of each row."""
        return self.x.values[self.x.place], self.t_x.values[self.t_x.place], self.T.values[self.T.place]


def fit_purchases(
    x: np.ndarray, t_x: np.ndarray, T: np.ndarray, *, modified: bool = True, progress: Fitting | None = None
) -> Purchases:
    """Fit MBG/NBD, or BG/NBD where `modified` is false, to customers' x, t_x, T (float64 (n,), one unit of time).

    progress   called after each step of the search with the step and the log-likelihood
    The likelihood is computed on the different rows and their counts; the result is the same in any order.
    Raises Problem where nobody bought again or no time has passed.
    """
    x, t_x, T = (np.asarray(column, np.float64) for column in (x, t_x, T))
    _check(x, t_x, T)
    rows = _counted(x, t_x, T)
    unit = float(rows.T.sums(rows.count) @ rows.T.values) / len(x)  # the search goes the same way in any unit
    offset = x.sum() * np.log(unit)
    told = None if progress is None else lambda step, loss: progress(step, -loss * len(x) - offset)
    best = search(lambda step: _Likelihood(rows.some(step), unit, modified), START, len(rows), told)
    r, alpha, a, b = np.exp(best.logs).tolist()
    value = float(-best.loss * len(x) - offset)
    converged = best.settled and min(a, b) > LEAST and max(a, b) < MOST
    fitted = Purchases(r, alpha * unit, a, b, modified, value, converged, len(x), len(rows))
    alive = np.average(fitted.alive(*rows.rows), weights=rows.count)
    return fitted if alive <= LOST_AT_ALL else replace(fitted, a=0.0, converged=False)


def _check(x: np.ndarray, t_x: np.ndarray, T: np.ndarray) -> None:
    if not len(x) or not T.max() > 0:
        raise Problem("All purchases are on one day: expected purchases need dates that lie apart; choose the trend.")
    if not x.any():
        raise Problem("Nobody bought on a second day: expected purchases need repeat purchases; choose the trend.")
    if (x < 0).any() or (t_x < 0).any() or (t_x > T).any():
        raise Problem("Some customers bought last before they bought first: check the columns of dates.")


def _counted(x: np.ndarray, t_x: np.ndarray, T: np.ndarray) -> Counted:
    levels = [Level.of(column) for column in (x, t_x, T)]
    key = np.zeros(len(x), np.int64)
    for level in levels:
        key *= len(level.values)
        key += level.place
    key, count = np.unique(key, return_counts=True)
    placed = []
    for level in reversed(levels):
        key, place = np.divmod(key, len(level.values))
        placed.append(Level(level.values, place))
    last, seen, bought = placed
    return Counted(bought, seen, last, count.astype(float))


class _Likelihood:
    """The negative mean log-likelihood of counted rows, times in units of their own, its slope and its bend.

    What depends on one of x, t_x, T alone is worked out once for each of their values.
    """

    def __init__(self, rows: Counted, unit: float, modified: bool) -> None:
        self.rows, self.modified = rows, modified
        self.t_x, self.T, self.xs = rows.t_x.values / unit, rows.T.values / unit, rows.x.values
        self.x, self.customers = self.xs[rows.x.place], float(rows.count.sum())
        self.of_x, self.of_T = rows.x.sums(rows.count), rows.T.sums(rows.count)
        self.bought_by_T = rows.T.sums(rows.count * self.x)
        # how often a customer surely survived the chance to be lost
        self.before = self.xs if modified else np.maximum(self.xs - 1, 0)
        self.chances = self.xs + modified

    def __call__(self, logs: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
        """At the logarithms of r, alpha, a, b."""
        from scipy.special import digamma, gammaln, zeta

        r, alpha, a, b = at = np.exp(logs)
        rows, xs, n, of_x, of_T = self.rows, self.xs, self.customers, self.of_x, self.of_T
        now, then, both = alpha + self.T, alpha + self.t_x, a + b
        log_now, per_now, of_power = np.log(now), 1 / now, r * of_T + self.bought_by_T
        bought, kept, left = r + xs, b + self.chances, both + self.chances
        # the silence of each row, and what it is worth beside what is known of rates and of loss
        power, silent = r + self.x, log_now[rows.T.place] - np.log(then)[rows.t_x.place]
        lost, odd, likelier = self._lost(a, b, power * silent)
        value = likelier - dot(of_power, log_now) + n * (r * np.log(alpha) - gammaln(r) + gammaln(both) - gammaln(b))
        value += dot(of_x, gammaln(bought) + gammaln(kept) - gammaln(left))
        psi_both = n * digamma(both) - dot(of_x, digamma(left))
        shorter = per_now[rows.T.place] - (1 / then)[rows.t_x.place]
        of_alpha, lost_x, per_b = power * shorter, rows.x.sums(lost), 1 / (b + self.before)
        slope = np.array(
            [
                dot(of_x, digamma(bought)) + n * (np.log(alpha) - digamma(r)) - dot(of_T, log_now) + dot(lost, silent),
                n * r / alpha - dot(of_power, per_now) + dot(lost, of_alpha),
                psi_both + lost_x.sum() / a,
                psi_both + dot(of_x, digamma(kept)) - n * digamma(b) - dot(lost_x, per_b),
            ]
        )
        bend_both = n * zeta(2.0, both) - dot(of_x, zeta(2.0, left))
        steeper = (1 / then**2)[rows.t_x.place] - (per_now**2)[rows.T.place]
        bend = np.array(
            [
                [
                    dot(of_x, zeta(2.0, bought)) - n * zeta(2.0, r),
                    n / alpha - dot(of_T, per_now) + dot(lost, shorter),
                    0,
                    0,
                ],
                [0, -n * r / alpha**2 + dot(of_power, per_now**2) + dot(lost, power * steeper), 0, 0],
                [0, 0, bend_both - lost_x.sum() / a**2, bend_both],
                [0, 0, 0, bend_both + dot(of_x, zeta(2.0, kept)) - n * zeta(2.0, b) + dot(lost_x, per_b**2)],
            ]
        )
        bend += self._spread(odd, silent, of_alpha, a, per_b)
        return in_logs(-value / n, -slope / n, -bend / n, at)

    def _lost(self, a: float, b: float, silence: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
        """How many customers of each row are lost by now, how unsure that is, and what it adds to the log-likelihood."""
        log_odds = np.log(a) - np.log(b + self.before)
        if not self.modified:
            log_odds[self.xs == 0] = -np.inf
        odds, count = log_odds[self.rows.x.place] + silence, self.rows.count
        small = np.exp(-np.abs(odds))
        chance = np.where(odds > 0, 1.0, small) / (1 + small)
        lost = chance * count
        return lost, lost * (1 - chance), dot(count, np.maximum(odds, 0) + np.log1p(small))

    def _spread(
        self, odd: np.ndarray, silent: np.ndarray, of_alpha: np.ndarray, a: float, per_b: np.ndarray
    ) -> np.ndarray:
        """What unsure losses add to the bend: products of how each parameter moves their odds, upper half."""
        odd_silent, odd_alpha, x = odd * silent, odd * of_alpha, self.rows.x
        by_x, silent_x, alpha_x = (x.sums(one) for one in (odd, odd_silent, odd_alpha))
        return np.array(
            [
                [dot(odd_silent, silent), dot(odd_silent, of_alpha), silent_x.sum() / a, -dot(silent_x, per_b)],
                [0, dot(odd_alpha, of_alpha), alpha_x.sum() / a, -dot(alpha_x, per_b)],
                [0, 0, by_x.sum() / a**2, -dot(by_x, per_b) / a],
                [0, 0, 0, dot(by_x, per_b**2)],
            ]
        )
