"""Several views of the portfolio, and the customers on whom they do not agree."""

import numpy as np
import pytest

from segmentation import METHODS, Problem
from segmentation.analysis.views import agreement, contested, sectors_by_view
from tests.small import customers

PEOPLE = customers(
    profit=[100.0, 60.0, 10.0, 5.0], potential=[10.0, 90.0, 80.0, 5.0], tenure_days=[10.0, 20.0, 900.0, 30.0],
    accepted=[3.0, 2.0, 1.0, 4.0],
)  # fmt: skip
VIEWS = {
    "finance": {"profit": 50, "potential": 50},
    "sales": {"profit": 50, "potential": 85},
    "service": {"profit": 50, "potential": 50, "cooperation_weight": 1.0, "weights": {"reliability": 0}},
}


def test_each_view_has_its_own_lines_and_weights():
    found = sectors_by_view(PEOPLE, VIEWS)
    assert found["finance"].tolist() == ["Harvest", "Invest", "Develop", "Serve cheaply"]
    assert found["sales"].tolist() == ["Harvest", "Invest", "Serve cheaply", "Serve cheaply"]
    assert found["service"]["C"] == "Invest"


def test_the_contested_customers_come_with_the_money_at_stake():
    found = contested(PEOPLE, sectors_by_view(PEOPLE, VIEWS))
    assert "C" in found.index and found.loc["C", "opinions"] == 3
    at_stake = found["profit"].abs() + found["potential"].abs()
    assert (at_stake.diff().dropna() <= 0).all()


def test_views_that_agree_leave_nobody_contested():
    same = sectors_by_view(PEOPLE, {"a": VIEWS["finance"], "b": VIEWS["finance"]})
    assert contested(PEOPLE, same).empty and np.array_equal(agreement(same), np.ones((2, 2)))


def test_agreement_is_the_share_in_the_same_sector():
    found = agreement(sectors_by_view(PEOPLE, VIEWS))
    assert found.loc["finance", "sales"] == found.loc["sales", "finance"] == 0.75


def test_cooperation_can_be_weighed_differently_by_each_view():
    columns = {"cooperation": "accepted"}
    weights = {"loyalty": 0, "reliability": 0}
    given = {"profit": 50, "potential": 50, "cooperation_weight": 1.0, "weights": weights, "columns": columns}
    found = sectors_by_view(PEOPLE, {"service": given})["service"]
    assert found.tolist() == ["Harvest", "Develop", "Develop", "Harvest"]  # B accepts little, D everything
    assert METHODS["portfolio"](PEOPLE, profit=50, potential=50).counts.sum() == 4


@pytest.mark.parametrize("views", [{}, {str(n): {} for n in range(9)}, {"a": {"luck": 1}}])
def test_views_that_cannot_be_are_refused(views):
    with pytest.raises(Problem):
        sectors_by_view(PEOPLE, views)
