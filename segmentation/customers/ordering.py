"""The order of a column, largest first: what is cut for the first time waits for little else."""

from __future__ import annotations

import numpy as np

DIGIT, FAR = 16, 2.0**48  # bits that are sorted by at once; numbers up to which that is worth it
FEW = 0.1  # of the rows have an equal: those are put in order by themselves


def largest_first(values: np.ndarray, whole: np.ndarray | None) -> np.ndarray:
    """Row numbers by value, largest first, equal ones in the order of the rows, missing ones (NaN) last: int32 (n,).

    whole   the same values in whole units, where there are such: those are sorted digit by digit, in a third of the time
    """
    missing = np.isnan(values)
    if whole is not None and len(whole) and (far := float(whole.max() - whole.min())) < FAR:
        return _by_digits(np.where(missing, far + 1, whole.max() - whole).astype(np.uint64)).astype(np.int32)
    negated = -values
    order = np.argsort(negated).astype(np.int32)  # not in the order of the rows where values are equal
    known = len(values) - int(missing.sum())
    order[known:] = np.sort(order[known:])
    sorted_ = negated[order]
    same = sorted_[1:] == sorted_[:-1]
    tied = np.flatnonzero(np.concatenate(([False], same)) | np.concatenate((same, [False])))
    of = np.cumsum(np.concatenate(([True], ~same)))
    if len(tied) > FEW * len(values):
        places = np.empty(len(values), np.uint64)
        places[order] = of
        return _by_digits(places).astype(np.int32)
    rows = order[tied]
    order[tied] = rows[np.lexsort((rows, of[tied]))]
    return order


def _by_digits(keys: np.ndarray) -> np.ndarray:
    """Row numbers by key, smallest first: the last digit first, each pass keeps the order of those before."""
    order = None
    for shift in range(0, int(keys.max(initial=1)).bit_length(), DIGIT):
        digit = (keys >> np.uint64(shift)).astype(np.uint16)  # the lowest sixteen bits of it
        order = np.argsort(digit, kind="stable") if order is None else order[np.argsort(digit[order], kind="stable")]
    return np.arange(len(keys)) if order is None else order
