"""Looking for the parameters under which what was seen is most likely."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from segmentation.dataclass import dataclass

WIDEST = 14.0  # logarithms of parameters are kept within ± this
FLAT = 1e-5  # slope of the mean loss, by the logarithm of a parameter, at which a search has arrived
ARRIVED, ARRIVED_PART = 1e-7, 1e-4  # slopes at which no further step is made, with all rows and with a part
LONGEST = 2.0  # of a step, in logarithms: farther off the bend says nothing
STRAIGHT = 1e-10  # a bend below this is none
STEPS, SHORTER = 200, 10  # at most so many steps, each made shorter at most so many times
MANY, PART = 4000, 800  # rows from which about so many are searched first
Fitting = Callable[[int, float], None]  # steps done, log-likelihood reached
Loss = Callable[[np.ndarray], tuple[float, np.ndarray, np.ndarray]]


@dataclass(frozen=True)
class Found:
    """Where a search ended: the logarithms of the parameters, the mean loss there, and its slope (0 at a limit)."""

    logs: np.ndarray
    loss: float
    slope: np.ndarray

    @property
    def settled(self) -> bool:
        """Whether the search came to its end: nothing falls any more, and no parameter stands at its limit."""
        return bool(np.abs(self.slope).max() < FLAT and np.abs(self.logs).max() < WIDEST)


def search(make: Callable[[int], Loss], start: list[float], rows: int, told: Fitting | None = None) -> Found:
    """The logarithms of positive parameters at which a mean loss is least.

    make   gives the loss over every so many-th row: it takes the logarithms and gives the loss, its slope and its
           bend (second derivatives) in them
    told   is called with the step and the loss after each step
    Of many rows a part is searched first, so that all of them are needed for a few last steps alone.
    """
    at = np.log(start)
    if rows >= MANY:
        at = _descend(make(rows // PART), at, ARRIVED_PART, None).logs
    return _descend(make(1), at, ARRIVED, told)


def _descend(loss: Loss, at: np.ndarray, arrived: float, told: Fitting | None) -> Found:
    """Newton's steps, each made shorter until it goes down; the loss is known whole, so a few are enough."""
    value, slope, bend = loss(at)
    for step in range(1, STEPS + 1):
        free = (np.abs(at) < WIDEST) | (slope * at > 0)  # at a limit only the way back is open
        slope = np.where(free, slope, 0.0)
        if np.abs(slope).max() < arrived:
            break
        way = np.zeros(len(at))
        way[free] = _way(slope[free], bend[np.ix_(free, free)])
        for _ in range(SHORTER):
            there = np.clip(at + way, -WIDEST, WIDEST)
            tried = loss(there)
            if tried[0] < value:
                break
            way /= 4
        else:
            break
        at, (value, slope, bend) = there, tried
        if told:
            told(step, value)
    return Found(at, float(value), slope)


def _way(slope: np.ndarray, bend: np.ndarray) -> np.ndarray:
    """Down to where a bowl of this slope and bend is lowest; where it bends the other way, down all the same."""
    sizes, axes = np.linalg.eigh(bend)
    way = -axes @ (axes.T @ slope / np.maximum(np.abs(sizes), STRAIGHT))
    return way * min(1.0, LONGEST / float(np.linalg.norm(way)))


def in_logs(value: float, slope: np.ndarray, bend: np.ndarray, at: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
    """A function's value, slope and bend (upper half) in parameters `at` → the same in their logarithms."""
    full = bend + bend.T - np.diag(np.diag(bend))
    return value, slope * at, full * np.outer(at, at) + np.diag(slope * at)


def dot(first: np.ndarray, second: np.ndarray) -> float:
    """Sum of products, without the threads of `@`: for a few thousand numbers they cost more than they bring."""
    return float(np.einsum("i,i->", first, second))
