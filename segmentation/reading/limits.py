"""Limits of the process this runs in, where the system can hold it to any.

It imports nothing of ours, since `worksheets.py` runs by its path.
"""

import math
from contextlib import suppress
from typing import Any

resource: Any
try:
    import resource
except ImportError:  # Windows: only the time limit of whoever started a process holds
    resource = None


def hold_to(seconds: int, **most: int) -> None:
    """From here on no more than so many seconds of processor time, no file of a core, and these limits by their names.

    `RLIMIT_DATA=1 << 30` allows 1 GiB of memory of its own. What the system does not know or refuses, macOS some of
    them, stays as it was; nothing rises above what whoever started this process allows.
    """
    if resource is not None:
        hold(**most, RLIMIT_CPU=math.ceil(used()) + seconds, RLIMIT_CORE=0)


def hold(**most: int) -> None:
    """From here on these limits, by their names; see `hold_to`."""
    if resource is None:
        return
    for name, limit in most.items():
        if (what := getattr(resource, name, None)) is not None:
            hard = resource.getrlimit(what)[1]
            with suppress(ValueError, OSError):
                resource.setrlimit(what, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def seconds_left(most: int) -> int:
    """Seconds of processor time this process may still take, from 1 to `most`."""
    if resource is None or (limit := resource.getrlimit(resource.RLIMIT_CPU)[0]) == resource.RLIM_INFINITY:
        return most
    return min(max(limit - int(used()), 1), most)


def used() -> float:
    """Seconds of processor time this process has taken."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime
