"""The summary: customers, money and shares of each segment."""

import numpy as np
import pytest

from segmentation import METHODS
from segmentation.analysis.summary import figures, finding, summarise
from segmentation.formats import plain
from tests.small import customers


def by_abc(**columns):
    return summarise(METHODS["abc_classes"](customers(**columns))).set_index("segment")


def test_customers_money_and_shares_of_each_segment():
    summary = by_abc(revenue=[75.0, 10.0, 10.0, 5.0], profit=[30.0, 5.0, 10.0, -5.0])
    assert list(summary.index) == ["A", "B", "C"]
    assert summary["customers"].tolist() == [2, 1, 1]
    assert summary["share_of_customers"].tolist() == [0.5, 0.25, 0.25]
    assert summary["revenue"].tolist() == [85, 10, 5]
    assert summary["share_of_revenue"].tolist() == [0.85, 0.10, 0.05]
    assert summary["profit"].tolist() == [35, 10, -5]
    assert summary["share_of_profit"].tolist() == [0.875, 0.25, -0.125]
    assert summary["revenue_each"].tolist() == [42.5, 10, 5]


def test_an_empty_segment_is_shown_with_nobody_in_it_and_no_average():
    summary = by_abc(revenue=[100.0])
    assert summary["customers"].tolist() == [1, 0, 0]
    assert summary["revenue_each"].isna().tolist() == [False, True, True]


def test_unknown_stands_last_in_grey_and_only_where_somebody_is_in_it():
    assert "Unknown" not in by_abc(revenue=[3.0, 2.0]).index
    summary = by_abc(revenue=[3.0, np.nan])
    assert summary.index[-1] == "Unknown"
    assert summary.loc["Unknown", ["customers", "colour", "revenue"]].tolist() == [1, 7, 0]


def test_who_cannot_be_placed_is_told_with_what_is_not_known_of_them():
    nobody, some = (customers(revenue=[80.0, 15], recency_days=days) for days in ([np.nan] * 2, [5.0, np.nan]))
    one, other = (METHODS["lifecycle"](people) for people in (nobody, some))
    assert finding(one, figures(one)).endswith("not one has the figure this goes by (days since last order).")
    said = finding(other, figures(other), escape=plain, method=METHODS["lifecycle"])
    assert said.endswith(" 1 customer cannot be placed: no value for days since last order.")


@pytest.mark.parametrize("profit", [[-5.0, 2.0], [5.0, -5.0], [np.nan, np.nan]])
def test_a_share_of_a_total_that_is_not_above_zero_is_not_shown(profit):
    assert by_abc(revenue=[3.0, 2.0], profit=profit)["share_of_profit"].isna().all()


def test_money_the_file_does_not_have_is_not_invented():
    assert not by_abc(revenue=[3.0, 2.0]).filter(like="profit").columns.any()


def test_the_sentence_says_which_better_segments_nobody_is_in():
    nobody = METHODS["factor"](customers(revenue=[10.0, 10.0], profit=[2.0, 3.0]), edges=(0.1, 0.9))
    said = finding(nobody, summarise(nobody))
    assert said.startswith("Nobody is in High. **Middle: 2 customers** (100% of the base)")
    everywhere = METHODS["abc_classes"](customers(revenue=[75.0, 20.0, 5.0]))
    assert "Nobody" not in finding(everywhere, summarise(everywhere))


@pytest.mark.parametrize(
    ("spent", "said"),
    [
        (
            [900.0] * 10 + [10.0] * 30,
            "**Very high revenue: 10 customers** (25% of the base) bring **97% of revenue**. Per customer that is 3.87 times the "
            "average revenue: look after them first, and find more like them.",
        ),
        ([11.0] * 30 + [10.0] * 10, "No group brings much more revenue per customer than average"),
        (
            [100.0] * 80 + [2.0] * 19 + [700.0],
            "**Very high revenue: 1 customer** (1% of the base) brings **8% of revenue**. Per customer that is 8.01 times the "
            "average revenue: look after them first",
        ),
    ],
    ids=["a few are worth most", "all are worth about the same", "one beside many worth a little more"],
)
def test_of_groups_of_alike_customers_the_one_that_matters_for_money_is_spoken_of(spent, said):
    people = customers(revenue=spent)
    made = METHODS["kmeans"](people, columns=("revenue",), k=len(set(spent)), transform="standard", outliers="keep")
    assert said in finding(made, summarise(made), method=METHODS["kmeans"])
    assert "per customer" not in finding(made, summarise(made), method=METHODS["abc_classes"])


def test_who_stands_between_groups_is_counted_and_never_what_to_look_for_more_of():
    people = customers(revenue=[10.0, 11, 12, 13, 500, 1000, 1001, 1002, 1003])
    fuzzy = METHODS["fuzzy_cmeans"]
    made = fuzzy(people, columns=("revenue",), k=2, sure=0.9, transform="standard", outliers="keep")
    undecided = made.counts[made.names.index("Undecided")]
    assert undecided and f"Undecided: {undecided} customer" in finding(made, summarise(made), method=fuzzy)
    assert "**Undecided" not in finding(made, summarise(made), method=fuzzy)
    every = fuzzy(people, columns=("revenue",), k=2, sure=0.3, transform="standard", outliers="keep")
    assert "Undecided" not in finding(every, summarise(every), method=fuzzy)


def test_where_everybody_stands_alone_it_says_plainly_that_there_are_no_groups():
    even = np.random.default_rng(1).uniform(1, 1000, (300, 2))
    people = customers(revenue=even[:, 0], orders=even[:, 1])
    dense = METHODS["hdbscan"]
    made = dense(people, columns=("revenue", "orders"), transform="standard", smallest=20)
    assert made.counts[made.names.index("On their own")] == 300
    assert finding(made, summarise(made), method=dense) == "**No groups found**: all 300 customers are on their own."
