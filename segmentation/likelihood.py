"""Looking for the parameters under which what was seen is most likely."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

WIDEST = 14.0  # logarithms of parameters are kept within ± this
FLAT = 1e-5  # slope of the mean log-likelihood, by the logarithm of a parameter, at which a search has arrived
ARRIVED, ARRIVED_PART = 1e-7, 1e-4  # slopes at which no further step is made, with all rows and with a part
FIRST_STEP = 6.0  # the first step is so many times the slope: mean log-likelihoods are flat
MANY, PART = 4000, 800  # rows from which about so many are searched first
Fitting = Callable[[int, float], None]  # steps done, log-likelihood reached
Loss = Callable[[np.ndarray], tuple[float, np.ndarray]]


def search(make: Callable[[int], Loss], start: list[float], rows: int, told: Fitting | None = None) -> Any:
    """The logarithms of positive parameters at which a mean loss is least (x), the loss (fun) and its slope (jac).

    make   gives the loss over every so many-th row: it takes the logarithms and gives the loss and its slope in them
    told   is called with the step and the loss after each step
    Of many rows a part is searched first, so that all of them are needed for a few last steps alone. The method is
    one whose own sums are small: threads that start and stop for them cost more than the search.
    """
    at, shape = np.log(start), FIRST_STEP * np.eye(len(start))
    if rows >= MANY:
        coarse = _search(make(rows // PART), at, shape, lambda step, loss: None, ARRIVED_PART)
        at, shape = coarse.x, coarse.hess_inv
    return _search(make(1), at, shape, told or (lambda step, loss: None), ARRIVED)


def _search(loss: Loss, start: np.ndarray, shape: np.ndarray, told: Fitting, arrived: float) -> Any:
    from scipy.optimize import minimize

    steps: list[float] = []

    def within(logs: np.ndarray) -> tuple[float, np.ndarray]:
        value, slope = loss(np.clip(logs, -WIDEST, WIDEST))
        return value, np.where(np.abs(logs) < WIDEST, slope, 0.0)

    def report(intermediate_result: Any) -> None:
        steps.append(intermediate_result.fun)
        told(len(steps), intermediate_result.fun)

    options = {"gtol": arrived, "maxiter": 500, "hess_inv0": (shape + shape.T) / 2}
    found = minimize(within, start, jac=True, method="BFGS", callback=report, options=options)
    found.x = np.clip(found.x, -WIDEST, WIDEST)
    return found


def settled(found: Any) -> bool:
    """Whether a search came to its end: it says so, or stands where nothing rises any more."""
    return bool(found.success or np.abs(found.jac).max() < FLAT)


def dot(first: np.ndarray, second: np.ndarray) -> float:
    """Sum of products, without the threads of `@`: for a few thousand numbers they cost more than they bring."""
    return float(np.einsum("i,i->", first, second))
