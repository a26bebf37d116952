"""Some customers' purchases, day by day, beside a cut of their silence: who they are, and when they bought."""

from __future__ import annotations

import numpy as np

from segmentation.customers.customers import Customers
from segmentation.dataclass import dataclass
from segmentation.segments.bands import Runs, runs_of
from segmentation.segments.method import Method
from segmentation.segments.segmentation import Segmentation

MANY = 40  # customers
PLACES = 400  # along the axis that can be told apart
NEARLY_ALL = 0.95  # of the customers, beyond whose silence an axis of cycles does not go


@dataclass(frozen=True)
class Strips:
    """A sample that shows all lengths of silence, those who bought last first.

    rows     int64 (m,): their row numbers
    silence  float64 (m,): since the last purchase
    bought   for each of them float64: how long before the as-of day, each place once, ascending
    end      where the axis ends; unit: "days", or "cycles" of one's own
    """

    rows: np.ndarray
    silence: np.ndarray
    bought: list[np.ndarray]
    end: float
    unit: str


def silence_of(method: Method, made: Segmentation) -> tuple[int, str] | None:
    """The ordering in which a method cuts silence, and what it is told in: days, or own cycles; None where it cuts none."""
    runs = runs_of(made.placing)
    if "recency_days" in made.along:
        return made.along.index("recency_days"), "days"
    cycles = any(control.unit == "cycles" for control in method.controls.values())
    return (0, "cycles") if cycles and len(runs) == 1 and "recency_days" in made.customers.frame else None


def strips(customers: Customers, run: Runs, unit: str) -> Strips | None:
    """The sample of an ordering of silence, always the same one; None where no single purchases are known."""
    history = customers.history
    if history is None or "date" not in history.roles:
        return None
    return customers.keep(("strips", run.ranked, unit), lambda: _strips(customers, run, unit))


def _strips(customers: Customers, run: Runs, unit: str) -> Strips:
    assert customers.history
    rows, silence = _sample(run)
    days = customers.history.days_before(rows)
    recency = customers.values("recency_days")[rows]
    each = np.ones(len(rows)) if unit == "days" else np.divide(recency, silence, out=recency + 1.0, where=silence > 0)
    bought = [held / one for held, one in zip(days, each, strict=True)]
    known = -run.ranked.negated
    longest = max((float(one[-1]) for one in bought if len(one)), default=1.0)
    end = longest if unit == "days" else min(longest, float(np.quantile(known, NEARLY_ALL))) if len(known) else 1.0
    step = max(end, 1e-9) / PLACES
    apart = [one[np.unique(one // step, return_index=True)[1]] for one in (held[held <= end] for held in bought)]
    return Strips(rows, silence, apart, max(end, 1.0), unit)


def _sample(run: Runs) -> tuple[np.ndarray, np.ndarray]:
    """Half of them at even steps of rank, half at even steps of silence: few who are long silent are seen too."""
    known = run.ranked.known
    if not known:
        return np.empty(0, np.int64), np.empty(0)
    ascending = -run.ranked.negated[::-1]
    by_rank = np.linspace(0, known - 1, MANY // 2).round().astype(int)
    by_value = np.searchsorted(ascending, np.linspace(ascending[0], ascending[-1], MANY // 2))
    places = np.unique(np.concatenate([by_rank, np.minimum(by_value, known - 1)]))
    spare = np.setdiff1d(np.arange(known), places)
    more = spare[np.linspace(0, len(spare) - 1, min(MANY - len(places), len(spare))).round().astype(int)]
    at = np.sort(np.concatenate([places, more]))
    return run.ranked.order[known - 1 - at].astype(np.int64), ascending[at]
