"""The Clusters page: five questions, each answered before the next opens, and what the library finds under the answers."""

from __future__ import annotations

import numpy as np
import pytest

from tests.pages.visitor import Visitor

STEPS = ("1 · What do we compare customers by?", "2 · How do we make them comparable?", "3 · How many groups are there?",
         "4 · Who are they?", "5 · Do they hold?")  # fmt: skip


def opened(visitor: Visitor) -> list[str]:
    """The questions on the page."""
    said = [*(one.value for one in visitor.at.subheader), *(one.label for one in visitor.at.expander)]
    return [step for step in STEPS if any(step in one for one in said)]


def planted(size: int = 240) -> str:
    """Three kinds of customers: large and lately, small and lately, small and long ago."""
    rng = np.random.default_rng(3)
    spend, silent = np.array([[2000, 20], [100, 20], [100, 300]])[np.arange(size) % 3].T
    rows = zip(rng.lognormal(np.log(spend), 0.15), rng.lognormal(np.log(silent), 0.15), strict=True)
    return "customer,revenue,silence\n" + "".join(f"C{at},{one:.2f},{two:.1f}\n" for at, (one, two) in enumerate(rows))


@pytest.fixture
def answered(visitor: Visitor) -> Visitor:
    """Somebody with three kinds of customers who has answered the first three questions."""
    visitor.upload(planted()).go("Clusters").press("compare by").press("look for groups")
    return visitor.press("take number")


def test_each_question_opens_when_the_one_before_is_answered(visitor: Visitor) -> None:
    visitor.upload(planted()).go("Clusters")
    assert opened(visitor) == [*STEPS[:1]]
    assert opened(visitor.press("compare by")) == [*STEPS[:2]]
    assert visitor.study.thresholds["kmeans"]["columns"] == ("revenue", "silence")
    assert opened(visitor.press("look for groups")) == [*STEPS[:3]]
    assert opened(visitor.press("take number")) == [*STEPS]
    assert visitor.study.thresholds["kmeans"]["k"] == 3
