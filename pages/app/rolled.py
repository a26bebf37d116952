"""What large files were rolled up to is kept beside them: after a restart it need not be worked out again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import segmentation
from pages.app.store import Store
from segmentation import Customers, Problem
from segmentation.apart.pool import POOL

LEAST = 100_000  # lines: fewer are rolled up while a page is drawn


def found(
    kept: Any, digests: Sequence[str], made_of: str, lines: int, build: Callable[[], Customers]
) -> Customers | None:
    """The customers as they were kept; `build` makes them anew where their lines are asked for. None where they are not kept.

    digests   of the files; made_of: what tells the table and the settings they were made by from others
    """
    if lines < LEAST or not isinstance(kept, Store):
        return None
    content = kept.customers(digests, _stamp(made_of))
    if content is None:
        return None
    from segmentation.customers.stored import taken

    return taken(content, lambda: build().history)  # type: ignore[arg-type,return-value]


def keep(kept: Any, digests: Sequence[str], made_of: str, lines: int, customers: Customers) -> None:
    """Keep what was rolled up, behind the answer."""
    if lines >= LEAST and isinstance(kept, Store):
        kept.keep_customers(digests, _stamp(made_of), lambda: _written(customers))


def _written(customers: Customers) -> Any:
    from segmentation.customers.stored import written

    with suppress(Problem):  # too large for a process apart: it is rolled up again
        return POOL.do(written, customers)
    return None


def _stamp(made_of: str) -> bytes:
    return hashlib.sha256((_code() + made_of).encode()).digest()


@cache
def _code() -> str:
    """Tells this state of the library from others: one that reads or adds up in another way makes other customers."""
    home = Path(segmentation.__file__).parent
    facts = [(one, one.stat()) for kind in ("py", "sql") for one in sorted(home.rglob(f"*.{kind}"))]
    return repr([(str(one), stat.st_size, stat.st_mtime_ns) for one, stat in facts])
