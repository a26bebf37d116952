"""A method of one's own: made of plain data, it behaves as any other."""

import json

import numpy as np
import pytest
from hypothesis import given, settings

from segmentation import METHODS, Problem, Study
from segmentation.__main__ import main
from segmentation.analysis.thresholds.sensitivity import ledger
from segmentation.board.tree.tree import own as drawn
from segmentation.segments import own as recipes
from segmentation.segments.own import own
from tests import laws
from tests.small import customers, groups

BANDS = {"primitive": "edges", "column": "revenue", "cuts": [10, 100], "names": ["Big", "Middle", "Small"]}
RECIPES = {
    "edges": BANDS,
    "low": {**BANDS, "best": "low", "question": "Who costs least?"},
    "quantiles": {**BANDS, "primitive": "quantiles", "cuts": [0.5, 0.8]},
    "cumulative": {**BANDS, "primitive": "cumulative share", "cuts": [0.5, 0.8]},
    "rules": {"primitive": "rules", "rules": [{"when": "revenue >= 10 and region = North", "segment": "Near"}]},
    "crossed": {**BANDS, "cross": {"method": "lifecycle", "step": 6}},
    "kept": {"primitive": "method", "of": {"method": "lifecycle", "step": 6}},
    "kept-crossed": {"primitive": "method", "of": "volume_bands", "cross": {"method": "lifecycle", "step": 6}},
    "rules-crossed": {"primitive": "rules", "rules": "orders > 3 -> Often; else -> Seldom", "cross": "abc_classes"},
}
each_recipe = pytest.mark.parametrize("name", RECIPES)


@each_recipe
@settings(max_examples=15)
@given(people=laws.customers())
def test_every_recipe_keeps_the_laws(name, people):
    method = own(name, RECIPES[name])
    result = method(people)
    laws.everybody_once(result)
    laws.unknown_is_missing(result)
    laws.sums_are_exact(result)
    assert json.loads(json.dumps(method.describe(), allow_nan=False))["name"] == name
    assert len(ledger(method, people).columns) == 9


def test_bands_are_named_best_first_and_its_cuts_can_be_moved():
    people = customers(revenue=[5.0, 50, 500])
    mine = own("mine", BANDS)
    assert groups(mine.segment(people)) == {"Big": "C", "Middle": "B", "Small": "A"}
    assert groups(mine.segment(people, cuts=(10, 40))) == {"Big": "BC", "Small": "A"}
    with pytest.raises(Problem, match="takes 2 cuts"):
        mine.segment(people, cuts=(1, 2, 3))


def within(deep: int) -> str:
    """A method crossed with one that is crossed, so many times, as JSON."""
    cross = '{"method": "cross", "first": "vip", "second": '
    return f'{cross * deep}"vip"{"}" * deep}'


WRONG = [
    ({**BANDS, "names": ["A", "A", "B"]}, "two segments are called “A”"),
    ({**BANDS, "names": ["A", "B"]}, "has 2 cuts, so it needs 3 names"),
    ({**BANDS, "cuts": [100, 10]}, "out of order"),
    ({**BANDS, "column": ""}, "which column it cuts"),
    ({**BANDS, "primitive": "magic"}, "it can cut by edges, quantiles"),
    ({**BANDS, "primitive": "quantiles"}, "are shares"),
    ({**BANDS, "best": "middle"}, "best can be high or low"),
    ({**BANDS, "cross": "nonsense"}, "nonsense"),
    ({**BANDS, "eval": "1"}, "has eval; it can have"),
    ({"primitive": "rules", "rules": "revenue > -> A"}, "compared with"),
    ({"primitive": "method", "of": "nonsense"}, "mine, of is “nonsense”"),
    ({"primitive": "method", "of": "mine"}, "mine, of is “mine”"),
    ({"primitive": "method", "of": "abc_classes", "cross": "mine"}, "mine, cross is “mine”"),
    ({"primitive": "method", "of": within(400)}, "too many things stand within each other"),
    ({"primitive": "method", "of": {"method": "kmeans", "k": 99}}, "In mine, of: "),
    ("text", "must be a recipe"),
]  # fmt: skip


@pytest.mark.parametrize(("recipe", "said"), WRONG, ids=[said for _, said in WRONG])
def test_a_recipe_that_cannot_be_is_refused_and_the_study_stays(recipe, said):
    study = Study()
    with pytest.raises(Problem, match=said.replace("(", r"\\(")):
        study.keep("mine", recipe)
    assert study == Study()


@pytest.mark.parametrize("name", ["abc_classes", "", "../x", "a b", "x" * 41, 5])
def test_a_name_that_is_taken_or_cannot_be_typed_is_refused(name):
    with pytest.raises(Problem):
        Study().keep(name, BANDS)


def test_a_study_keeps_it_and_gives_it_back():
    study = Study()
    study.keep("mine", BANDS)
    study.choose("mine")
    study.set(cuts=(20, 200))
    again = Study.from_json(study.to_json())
    assert list(again.methods) == [*METHODS, "mine"]
    people = customers(revenue=[15.0, 50, 500])
    assert groups(again.segmentation(people).labels()) == {"Big": "C", "Middle": "B", "Small": "A"}
    again.drop("mine")
    assert again.method in METHODS and "mine" not in again.methods


def test_a_column_that_is_gone_is_named():
    with pytest.raises(Problem, match="mine needs revenue"):
        own("mine", BANDS)(customers(profit=[1.0]))


def test_the_shell_runs_it_from_the_study(tmp_path, capsys):
    study = Study(own={"mine": BANDS})
    (tmp_path / "s.json").write_text(study.to_json())
    (tmp_path / "c.csv").write_text("customer_id,revenue\n1,5\n2,50\n3,500\n")
    out = tmp_path / "labels.csv"
    given_ = [
        "segment",
        str(tmp_path / "c.csv"),
        "--method",
        "mine",
        "--study",
        str(tmp_path / "s.json"),
        "--out",
        str(out),
    ]
    assert main(given_) == 0
    assert out.read_text().replace('"', "").split() == ["customer_id,segment", "1,Small", "2,Middle", "3,Big"]
    assert "Big" in capsys.readouterr().out


def test_another_method_that_is_written_as_text_is_kept_as_data():
    abc = {"method": "abc_classes", "a": 0.7}
    recipe = {"primitive": "method", "of": json.dumps(abc), "cross": json.dumps(abc)}
    study = Study.from_json(json.dumps({"version": 1, "own": {"mine": recipe}}))
    study.keep("yours", recipe)
    assert study.own["mine"] == study.own["yours"] == {"primitive": "method", "of": abc, "cross": abc}


def test_two_methods_of_one_s_own_that_name_each_other_are_no_study():
    held = {one: {"primitive": "method", "of": other} for one, other in ("ab", "ba")}
    with pytest.raises(Problem, match="a, of is “b”"):
        Study(own=held).check()
    with pytest.raises(Problem, match="a, of is “b”"):
        Study.from_json(json.dumps({"version": 1, "own": held}))


def test_what_was_put_together_of_what_was_put_together_is_looked_at_once_each(monkeypatch):
    recipe, seen = "abc_classes", []
    for _ in range(12):
        recipe = {"primitive": "merged", "of": recipe, "groups": {"Both": ["A", "B"]}}
    monkeypatch.setattr(recipes, "check_name", seen.append)
    own("mine", recipe)
    assert len(seen) == 12


def test_what_it_cuts_is_the_same_as_the_method_of_the_catalogue():
    people = customers(revenue=list(np.arange(1.0, 30)))
    mine = own("abc", {**BANDS, "primitive": "cumulative share", "cuts": [0.8, 0.95], "names": ["A", "B", "C"]})
    assert mine.segment(people).equals(METHODS["abc_classes"].segment(people))


def test_another_method_by_a_name_of_one_s_own_begins_where_that_one_stood_and_can_be_moved():
    rng = np.random.default_rng(2)
    people = customers(revenue=rng.lognormal(5, 1, 90).round(2).tolist(), orders=rng.integers(1, 20, 90).tolist())
    at = {"k": 3, "columns": ["revenue", "orders"], "transform": "rank"}
    mine = own("kinds", {"primitive": "method", "of": {"method": "kmeans", **at}, "question": "Who is like whom?"})
    assert mine.segment(people).equals(METHODS["kmeans"].segment(people, **at)) and mine.question == "Who is like whom?"
    assert mine.segment(people, k=5).equals(METHODS["kmeans"].segment(people, **{**at, "k": 5}))
    two = {"Both": list(mine(people).names[:2])}
    merged = own("two", {"primitive": "method", "of": {"method": "kmeans", "merged": two, **at}})
    assert merged(people).names[0] == "Both" and len(merged(people).names) == 2
    tree = own("tree", {"primitive": "method", "of": {"method": "hierarchical", "k": 3, "columns": ["revenue"]}})
    assert drawn(tree, tree.complete({}), tree(people), "")["data"]["k"] == 3, "and is drawn as that one"
