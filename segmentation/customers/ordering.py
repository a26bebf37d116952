"""The order of a column, largest first: what is cut for the first time waits for little else."""

from __future__ import annotations

import numpy as np

DIGIT, FAR = 16, 2.0**48  # bits that are sorted by at once; up to where whole units have fewer digits
SIGN = np.uint64(1 << 63)


def largest_first(values: np.ndarray, whole: np.ndarray | None) -> np.ndarray:
    """Row numbers by value, largest first, equal ones in the order of the rows, missing ones (NaN) last: int32 (n,).

    whole   the same values in whole units, where there are such: they have fewer digits
    """
    missing = np.isnan(values)
    if whole is not None and len(whole) and (far := float(whole.max() - whole.min())) < FAR:
        return _by_digits(np.where(missing, far + 1, whole.max() - whole).astype(np.uint64))
    keys = _in_order(values)
    known = keys[~missing]
    if len(known):
        least = known.min()
        keys -= least
        keys[missing] = known.max() - least + np.uint64(1)
    return _by_digits(keys)


def _in_order(values: np.ndarray) -> np.ndarray:
    """A whole number for each value, smaller for a larger one and the same for the same: uint64 (n,).

    The bits of a positive number ascend with it, those of a negative one with its size.
    """
    bits = (0.0 - values).view(np.uint64)  # from nothing, so that both zeros are one
    return np.where(bits & SIGN, ~bits, bits | SIGN)


def _by_digits(keys: np.ndarray) -> np.ndarray:
    """Row numbers by key, smallest first, equal ones in their order: the last digit first, each pass keeps the order of those
    before. int32 (n,)."""
    order = np.arange(len(keys), dtype=np.int32)
    for shift in range(0, int(keys.max(initial=1)).bit_length(), DIGIT):
        digit = (keys >> np.uint64(shift)).astype(np.uint16)  # the lowest sixteen bits of it
        order = order[np.argsort(digit[order] if shift else digit, kind="stable")]
    return order
