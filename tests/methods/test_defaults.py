"""Where every method starts before anybody moves a threshold: the whole catalogue against a table of facts."""

import pytest

from segmentation import METHODS

NAMED = {  # by the definitions of the methods
    "abc_classes": {"a": 0.80, "b": 0.95},
    "abc_nested": {"share": 0.80},
    "abc_xyz": {"a": 0.80, "b": 0.95, "by": "terciles", "x": 0.5, "y": 1.0},
    "ages": {"edges": (15, 25, 45, 65)},
    "b2b_ladder": {
        "rules": (
            {"when": "cnc = yes and special_tools = yes and standard_tools = yes", "segment": "5"},
            {"when": "cnc = yes and standard_tools = yes", "segment": "4"},
            {"when": "orders >= 1", "segment": "3"},
            {"when": "production = growing and cnc = no", "segment": "2"},
            {"when": "else", "segment": "1"},
        )
    },
    "bcg": {"size_by": "share", "size": 0.80, "growth_by": "rate", "growth": 0.0},
    "lifecycle": {"step": 3},
    "new_churn": {"months": 2},
    "repeat": {"orders": 2},
    "rfm": {"recency": (31, 61, 91), "frequency": (5, 10, 15), "money": (200, 600, 1000)},
    "sleepers": {"late": 1, "asleep": 2, "lost": 3},
    "spend_visits": {"premium": (9000,), "loyal": (3000,), "visits": 3},
    "vip": {"share": 0.2, "difficult": 0.2},
    "vip_good": {"share": 0.2},
    "xyz": {"by": "terciles", "steady": 0.33, "variable": 0.67, "x": 0.5, "y": 1.0},
}
CHOSEN = {  # where the definitions leave it open; who changes one changes what everybody sees first
    **{name: {"value": "revenue"} for name in ("abc_classes", "abc_nested", "vip", "vip_good")},
    "abc_xyz": {"value": "revenue", "period": "Q", "steady": 0.33, "variable": 0.67},
    "ages": {"age": "", "children": "one"},
    **{
        name: {"columns": (), "k": 4, "transform": "log", "outliers": "cap", "names": {}, **more}
        for name, more in {
            "kmeans": {},
            "hierarchical": {"linkage": "ward", "distance": "euclidean"},
            "fuzzy_cmeans": {"sure": 0.4},
            "mixture": {"shape": "full"},
        }.items()
    },
    "personas": {"columns": (), "k": 4, "names": {}},
    "attribute": {"column": "", "others": 0.02, "by": "quantiles", "parts": "4", "edges": (10, 100, 1000)},
    "bcg": {"top": 0.2, "amount": (1000,), "growth_by": "rate"},
    "cross": {"first": "abc_classes", "second": "lifecycle"},
    "factor": {"numerator": "profit", "denominator": "revenue", "edges": (0.1, 0.3)},
    "hdbscan": {"names": {}, "columns": (), "smallest": 5, "transform": "log", "outliers": "keep"},
    "motive": {"urgent": 0.5, "discount": 0.5, "cheap": 0.9},
    "onboarding": {"stage": "", "signed_up": "", "tried": "", "paid": ""},
    "portfolio": {"lines": "mean", "profit": (0,), "potential": (0,), "cooperation_weight": 0},
    "response": {"opened": "", "clicked": "", "bought": ""},
    "rfm": {"by": "scores", "scores": 5, "bins": "independent", "segments": "eleven", "table": {}},
    "rules": {
        "rules": (
            {"when": "revenue >= 1000 and orders >= 3", "segment": "Large and often"},
            {"when": "revenue >= 1000", "segment": "Large, seldom"},
            {"when": "orders >= 3", "segment": "Small, often"},
        )
    },
    "tenure": {"edges": (91, 365)},
    "value_score": {
        **dict.fromkeys(("average_order", "revenue", "profit", "response", "loyalty", "referrals"), 1),
        **{"high": 0.2, "medium": 0.5},
    },
    "volume_bands": {"value": "revenue", "edges": (1000, 10_000)},
    "xyz": {"period": "Q"},
}


@pytest.mark.parametrize("name", METHODS)
def test_a_method_starts_where_its_definition_says(name):
    assert METHODS[name].defaults == {**CHOSEN.get(name, {}), **NAMED.get(name, {})}


@pytest.mark.parametrize("name", ["xyz", "abc_xyz"])
def test_the_cuts_of_stock_keeping_can_be_chosen(name):
    chosen = METHODS[name].complete({"by": "cv", "x": 0.1, "y": 0.25})
    assert (chosen["x"], chosen["y"]) == (0.1, 0.25)
