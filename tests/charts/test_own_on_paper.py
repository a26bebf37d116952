"""The picture a method opens on stands in reports too, with the same lines, names and numbers; whatever the customers."""

import json

import numpy as np
import pandas as pd
import pytest

from segmentation import METHODS, Customers, Problem, Study, formats
from segmentation.charts.distribution import OTHER
from segmentation.charts.heat import named
from segmentation.charts.own import edges, own, spans
from segmentation.report import Findings, format_of
from segmentation.report.answers import answers
from segmentation.report.pictures import specification
from tests.places import SAMPLES
from tests.samples import people_of
from tests.small import customers

SHOES = SAMPLES / "shoe_maker_orders.csv"
people = people_of()
DRAWN = ["attribute", "bcg", "fuzzy_cmeans", "lifecycle", "new_churn", "rfm", "rules", "value_score", "vip", "xyz"]


@pytest.mark.parametrize("name", DRAWN)
def test_what_a_method_cuts_is_drawn_with_its_segments(name):
    method = METHODS[name]
    made = method(people)
    found = own(method, method.defaults, made)
    assert found and found.title
    drawn = str(json.loads(specification(found.draw())))
    named = [row for row in made.names if f"'{row}" in drawn or f" {row}" in drawn]
    assert len(named) == len(made.names)


def test_the_report_has_it_second_and_says_where_the_lines_stand():
    findings = Findings.of(Study(method="lifecycle", thresholds={"lifecycle": {"step": 2}}), [SHOES])
    sizes, cuts, *_ = answers(findings)
    assert (sizes.picture, cuts.picture) == ("sizes", "cuts")
    assert cuts.sentence == "**Customers by days since last order**: Life-cycle step 2 months"
    drawn = format_of("svg").write(findings.only("cuts")).decode()
    made = findings.segmentation
    assert all(f">{k} months<" in drawn for k in (2, 4, 8))
    assert all(f">{one} {formats.count(many)}<" in drawn for one, many in zip(made.names, made.counts, strict=False))
    assert "cuts" not in Findings.of(Study(), [SHOES]).pictures


@pytest.mark.parametrize(
    "revenue",
    [[5.0], [5.0] * 40, [-3.0, -2.0, -1.0] * 9, [1.0] * 30 + [1e9], [np.nan] * 9 + [4.0], [1.0, 2.0]],
    ids=["one", "equal", "losses", "giant", "missing", "two"],
)
def test_customers_of_any_kind_are_drawn_or_a_sentence_says_why_not(revenue):
    group = customers(revenue=np.array(revenue), orders=np.arange(len(revenue)) % 3 + 1.0)
    words = pd.Series([f"<b>*{at}" for at in range(len(revenue))], group.frame.index, dtype=object)
    group = Customers(group.frame.assign(town=words))
    for name in ("volume_bands", "rules", "value_score", "attribute", "fuzzy_cmeans"):
        method = METHODS[name]
        try:
            made = method(group)
        except Problem as problem:
            assert str(problem)
            continue
        if found := own(method, method.defaults, made):
            assert specification(found.draw())


def drawn(name, **thresholds):
    """A method's own picture as Vega-Lite, the legend's words (name and customers of each segment), and the segmentation."""
    method = METHODS[name]
    values = method.complete(thresholds)
    made = method(people, **values)
    told = json.loads(specification(own(method, values, made).draw()))
    rows = [row for rows in told["datasets"].values() for row in rows if {"name", "down"} <= set(row)]
    legend = [row["name"] for row in rows if row["colour"] != OTHER]
    words = [f"{one} {formats.count(many)}" for one, many in zip(made.shown, made.counts.tolist(), strict=False)]
    return told, legend, words, made


@pytest.mark.parametrize("scores", [3, 5])
def test_every_segment_is_found_on_a_map_of_cells_by_its_name_or_by_a_letter_that_the_legend_explains(scores):
    told, legend, words, made = drawn("rfm", scores=scores)
    params = {one["name"]: one["value"] for one in told["params"]}
    on_map = {one["words"] for one in params["names"]}
    assert len(legend) == len(words) and params["borders"]
    for name, many, said, word in zip(made.shown, made.counts, legend, words, strict=False):
        assert said.endswith(word)
        assert not many or name in on_map or said.removesuffix(f" {word}") in on_map


def test_a_region_too_low_for_its_name_is_named_in_the_legend():
    _, legend, words, _ = drawn("spend_visits")
    assert legend == words


def test_bands_of_scores_say_from_which_value_to_which_they_go_as_on_the_screen():
    by = METHODS["rfm"](people, by="edges", recency=(31.0, 61.0), frequency=(2.0, 3.0), money=(200.0, 600.0))
    days, orders, money = (spans(run) for run in by.placing.runs)
    assert days == ["61–714", "31–60", "0–30"]
    assert orders == ["1", "2", "3–82"]
    assert money[1] == "200–600"
    drawn = str(json.loads(specification(own(METHODS["rfm"], {**METHODS["rfm"].defaults, "by": "edges"}, by).draw())))
    assert "'61–714'" in drawn and "'3: 3–82'" in drawn and "Revenue – 1: " in drawn and " · 2: 200–600 · 3: " in drawn


@pytest.mark.parametrize("bins", ["independent", "nested"])
def test_cells_of_scores_have_every_edge_and_what_each_score_stands_for_beside_them(bins):
    method = METHODS["rfm"]
    values = method.complete({"bins": bins})
    made = method(people, **values)
    told = json.loads(specification(edges(method, values, made).draw()))
    runs = made.placing.runs
    for one, run, title in zip(told["vconcat"], runs, ("Days since last order", *ALONG[bins]), strict=True):
        each = [f"{score}: {span}" for score, span in enumerate(spans(run), 1)]
        plain = each == [f"{score}: {score}" for score in range(1, len(each) + 1)]
        assert (f"'{title}'" if plain else f"'{title} – score {' · '.join(each)}'") in str(one)
    lines = {one["name"]: one["value"] for one in told["params"]}
    for at, run in enumerate(runs):
        assert np.allclose(lines[f"cuts{at}"][1:-1], sorted(run.cuts))
    assert edges(METHODS["lifecycle"], METHODS["lifecycle"].defaults, METHODS["lifecycle"](people)) is None


def said_at_lines(cut, values):
    """What stands at the lines of the second score, customers with these orders, and how high."""
    group = customers(
        recency_days=np.arange(len(values)) * 1.0, orders=np.array(values), revenue=np.array(values) * -9.0
    )
    method = METHODS["rfm"]
    given = method.complete({"by": "edges", "recency": (31.0,), "frequency": cut, "money": (-20.0,)})
    told = json.loads(specification(edges(method, given, method(group, **given)).draw()))
    rows = [row for rows in told["datasets"].values() for row in rows if {"low", "up"} <= set(row)]
    return told, {row["words"]: row["up"] for row in rows}


def test_values_at_edges_stand_side_by_side_where_they_have_room_and_one_beyond_the_axis_has_an_arrow():
    told, said = said_at_lines((2.0, 3.0, 30.0, 500.0), [*range(1, 60)] * 3)
    assert said["30"] == said["2"] > said["3"], "only what would run into another stands higher"
    assert "500 →" in said and "500" not in said
    assert "score 1: −531 to −21 · 2: −20 to −9'" in str(told), "a dash would meet a minus"


def test_edges_that_fall_together_are_said_once():
    group = customers(recency_days=np.array([0.0, 59.0]), orders=np.array([1.0, 2.0]), revenue=np.array([20.0, 60.0]))
    method = METHODS["rfm"]
    told = json.loads(specification(edges(method, method.defaults, method(group)).draw()))
    each = [[row["words"] for row in rows] for rows in told["datasets"].values() if "up" in rows[0]]
    assert len(each) == 3
    for words in each:
        assert len(words) == len(set(words))


ALONG = {
    "independent": ("Orders", "Revenue"),
    "nested": ("Nested orders (1–5)", "Nested revenue (1–5)"),
}


def test_a_segment_is_named_on_paper_wherever_its_cells_hang_together():
    """Its neighbours may have its colour."""
    most = np.array([[1, 0], [1, 0], [0, 1]])
    words, marked = named(most, np.ones((3, 2, 2), int), ["Lost", "Cannot be lost by any of us"])
    assert sorted((one["x"], one["y"], one["words"]) for one in words) == [
        (0, 0, "Cannot be lost by any of us"),
        (0, 1, "Lost"),
        (2, 0, "Lost"),
        (2, 1, "b"),
    ]
    assert marked == {1}
