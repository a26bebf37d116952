"""A method of whole numbers and of several columns behaves as any other: in the library, on the shell, on the page."""

import json
import pkgutil
import sys
import types
from typing import Annotated

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation import METHODS, Customers, Problem, Study, methods
from segmentation.__main__ import main
from segmentation.analysis.thresholds.sensitivity import ledger
from segmentation.analysis.thresholds.suggestions import suggest
from segmentation.discovery import discover
from segmentation.potential import MODELS
from segmentation.segments.controls import Columns, Number
from segmentation.segments.cuts import bands
from segmentation.segments.method import Method, method
from segmentation.segments.segmentation import Segmentation
from tests import laws, test_laws
from tests.pages.visitor import Visitor
from tests.small import customers


@method("Parts", family="What to do", question="How many?", misleads="It misleads.", segments={"*": ("One.", "Some.")})
def parts(
    customers: Customers,
    k: Annotated[int, Number("Groups", 2, 8, help="So many")] = 3,
    columns: Annotated[tuple, Columns("Made of", fewest=2)] = ("revenue", "orders"),
) -> Segmentation:
    """So many bands of the sum of several columns."""
    total = customers.derive(" + ".join(columns), lambda: sum(map(customers.values, columns)))
    values = customers.values(total)
    spread = np.linspace(np.nanmin(values), np.nanmax(values), k + 1) if np.isfinite(values).any() else np.arange(k + 1)
    return bands(customers, total, spread[1:-1], [f"Part {at}" for at in range(k)])


PEOPLE = customers(revenue=[1.0, 20, 300, 4000], orders=[1, 2, 3, 4], units=[1, 1, 1, 1])


@pytest.fixture(autouse=True)
def in_the_catalogue(monkeypatch):
    monkeypatch.setitem(METHODS, "parts", parts)


@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_it_keeps_the_laws_but_for_the_one_of_those_at_a_cut(data):
    people = data.draw(laws.customers())
    result = parts(people, **data.draw(laws.thresholds(parts, people)))
    laws.everybody_once(result)
    laws.unknown_is_missing(result)
    laws.sums_are_exact(result)
    assert test_laws.movable(parts) == []


def test_it_has_no_step_and_nothing_to_start_from():
    assert ledger(parts, PEOPLE).empty and suggest(parts, PEOPLE) == {}


@pytest.mark.parametrize("columns", ["orders, units", '["orders", "units"]', ["orders", "units"], ("orders", "units")])
def test_columns_are_given_as_text_or_one_by_one(columns):
    assert parts.complete({"k": "4", "columns": columns}) == {"k": 4, "columns": ("orders", "units")}


def test_a_heading_with_a_comma_is_given_as_json():
    assert parts.complete({"columns": '["a, b", "c"]'})["columns"] == ("a, b", "c")


def test_what_cannot_be_is_refused_with_the_name_of_the_threshold():
    for name, control in parts.controls.items():
        for value in test_laws.wrong(control):
            sentence = test_laws.refused(parts, PEOPLE, **{name: value})
            assert name in sentence or str(value) in sentence
    assert "takes 2 and more" in test_laws.refused(parts, PEOPLE, columns="revenue")
    assert "can be a whole number from 2 to 8" in test_laws.refused(parts, PEOPLE, k=2.5)


def test_the_columns_that_lack_are_named():
    assert parts.missing(PEOPLE, {"columns": ("growth", "orders", "age")}) == ["growth", "age"]
    with pytest.raises(Problem, match="age"):
        parts(PEOPLE, columns="age,orders")


def test_it_says_itself_as_plain_data(capsys):
    assert main(["methods", "--json"]) == 0
    described = next(one for one in json.loads(capsys.readouterr().out) if one["name"] == "parts")["controls"]
    assert described["k"] == {"kind": "number", "default": 3, "label": "Groups", "help": "So many", "low": 2, "high": 8}
    wanted = {"kind": "columns", "default": ["revenue", "orders"], "label": "Made of", "fewest": 2}
    assert described["columns"] == wanted
    assert main(["methods"]) == 0
    said = capsys.readouterr().out
    assert "k = 3  a whole number from 2 to 8  Groups" in said
    assert "columns = revenue,orders  2 number columns and more  Made of" in said


def test_the_shell_takes_it(tmp_path, capsys):
    (tmp_path / "c.csv").write_text("customer_id,revenue,orders,units\n1,1,1,5\n2,20,2,6\n3,300,3,7\n")
    out = tmp_path / "labels.csv"
    call = ["segment", str(tmp_path / "c.csv"), "--method", "parts", "--out", str(out)]
    assert main([*call, "--set", "k=2", "columns=orders,units"]) == 0
    assert out.read_text().replace('"', "").split("\n")[1:4] == ["1,Part 1", "2,Part 0", "3,Part 0"]
    assert main([*call, "--set", "k=9"]) == 2
    assert "whole number from 2 to 8" in capsys.readouterr().err


def test_a_study_keeps_it():
    study = Study(method="parts")
    study.set(k="5", columns="units,orders")
    assert Study.from_json(study.to_json()).values() == {"k": 5, "columns": ("units", "orders")}


def test_the_page_draws_it_and_what_cannot_be_is_said(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["app.py"])
    visitor = Visitor().sample()
    visitor.study.method = "parts"
    visitor.go("Segments").write("parts.k", 4)
    visitor.at.multiselect(key="parts.columns").set_value(["profit", "orders", "revenue"])
    visitor.look()
    assert visitor.study.values() == {"k": 4, "columns": ("profit", "orders", "revenue")}
    assert len(visitor.table("Segments in numbers")) == 4
    visitor.at.multiselect(key="parts.columns").set_value(["profit"])
    visitor.look()
    assert "takes 2 and more" in visitor.problems[0]
    assert visitor.study.values()["columns"] == ("profit", "orders", "revenue")
    assert visitor.widget("multiselect", "parts.columns").value == ["profit", "orders", "revenue"]


def test_every_file_of_the_catalogue_declares_the_method_of_its_name():
    files = {one.name for one in pkgutil.iter_modules(methods.__path__)}
    assert files == set(METHODS) - {"parts"}
    assert all(one.name == name for found in (METHODS, MODELS) for name, one in found.items())


def test_a_file_that_declares_nothing_of_its_name_is_an_error(tmp_path, monkeypatch):
    (tmp_path / "stray.py").write_text("other = 1\n")
    monkeypatch.setitem(sys.modules, "catalogue", package := types.ModuleType("catalogue"))
    package.__path__ = [str(tmp_path)]
    with pytest.raises(TypeError, match=r"catalogue\.stray declares no Method called stray"):
        discover(package, Method)


def test_a_method_and_a_model_refuse_in_words_of_their_own():
    refusals = [
        (METHODS["repeat"], "^repeat has no threshold “x”"),
        (MODELS["trend"], "^The model trend has no setting “x”"),
    ]
    for one, said in refusals:
        with pytest.raises(Problem, match=said):
            one(PEOPLE, x=1)
    with pytest.raises(Problem, match="The model column has no setting “x”; it has none"):
        MODELS["column"](PEOPLE, x=1)


def test_a_threshold_that_counts_under_a_choice_alone_makes_it_whatever_was_chosen_before():
    study = Study(method="rfm")
    study.set_of("rfm", by="edges", recency=(10.0, 20.0))
    study.set_of("rfm", scores=3)
    assert (study.values()["by"], study.values()["scores"], study.values()["recency"]) == ("scores", 3, (10.0, 20.0))
    study.set_of("rfm", recency=(10.0, 30.0))
    assert (study.values()["by"], study.values()["recency"]) == ("edges", (10.0, 30.0))
    study.set_of("rfm", segments="ordered")
    assert study.values()["by"] == "edges"
    study.set_of("rfm", by="edges", scores=4)
    assert study.values()["by"] == "edges", "the choice that is named is the one that is made"
    fresh = Study(method="rfm")
    fresh.set_of("rfm", scores=4)
    assert fresh.thresholds == {"rfm": {"scores": 4}}, "nothing is kept that says nothing"
