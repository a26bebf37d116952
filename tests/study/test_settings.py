"""Each setting says once what it can be: the study checks it, its JSON schema and the shell say the same."""

import datetime as dt
import json
from dataclasses import dataclass, fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from segmentation import METHODS, Customers, Problem, Study, checks
from segmentation.__main__ import DECISIONS, main, parser
from segmentation.checks import settings_of
from segmentation.customers.left_out import left_out
from segmentation.rollup.settings import CHOICES, RollUpSettings, choices
from segmentation.study import READING
from segmentation.study.migrations import MIGRATIONS, version
from tests.small import table

SCHEMA = Draft202012Validator(Study.schema())
PIN = {"customer": "1", "method": "rfm", "segment": "Lost", "reason": "signed", "day": "2026-06-30"}
BAD = {
    "columns": [[], {"date": 5}, None],
    "reading": [{"colour": "red"}, {"encoding": 8}, []],
    "files": [
        {"{0}": {"colour": "red"}},
        {"{}{x}": {"text": 5}},
        {"b.csv": {"colour": "red"}},
        {"b.csv": {"dates": 5}},
        {"b.csv": "dmy"},
    ],
    "joins": [
        5,
        ["a"],
        [{"table": "a"}],
        [{"table": "a", "column": "b", "to": "c", "key": "d", "colour": "e"}],
        [{"table": "a", "column": "b", "to": "c", "key": "d", "spread": 1}],
    ],
    "as_of": ["30.6.2025", 20250630, ""],
    "window": [0, 3.5, "12", True, 1201],
    "returns": ["maybe", [], None],
    "cancelled": ["maybe", None],
    "counts": [{"Paid": "maybe"}, {"Paid": 5}, [], None],
    "prices": ["each", None],
    "amounts": ["each", None],
    "blanks": [None, "drop"],
    "parents": ["guess", None],
    "spelling": ["two", True],
    "duplicates": ["once", 1],
    "zeros": ["aside", None],
    "without_orders": ["12", [12], None],
    "same": [[], {"7": 8}],
    "rates": [{"EUR": 0}, {"EUR": "1"}, {"EUR": True}, {"EUR": 1e12}, []],
    "margin": [1.5, "25%", True, -2],
    "shape": ["tall", 5],
    "model": ["crystal", None, []],
    "model_settings": [{"crystal": {}}, {"trend": 5}, {"trend": {"luck": 1}}, {"column": {"luck": 1}}, []],
    "method": [["abc_classes"], None],
    "thresholds": [[], {"abc_classes": 5}, {"abc_classes": {"c": 0.5}}, {"abcd": 5}],
    "own": [{"abc_classes": {"primitive": "edges"}}, {"mine": {}}, {"mine": {"primitive": "luck"}}, {"mine": 5}, []],
    "lines": [{"profit": "high"}, {"profit": None}, {"revenue": 5}, {"profit": 1e16}, 5],
    "bubbles": [5, None],
    "serving": [{"mile": 1}, {"order": -1}, {"order": "x"}, []],
    "cooperation": [
        {"weights": {"charm": 1}},
        {"weights": []},
        {"columns": {"loyalty": 5}},
        {"weights": {"loyalty": 10**400}},
        {"charm": {}},
    ],
    "views": [{"a": {"luck": 1}}, {"a": 5}, {"a": {"weights": {"loyalty": -1}}}, []],
    "currency": [5, "dollars", "[€]"],
    "masked": ["name", [5]],
    "file": [None, 5],
    "campaign": [
        5,
        {"luck": 1},
        {"tools": ["pigeon"]},
        {"segments": "A"},
        {"columns": [5]},
        {"excel": "yes"},
        {"personal": 1},
        {"power": 1.5},
        {"seed": 0.5},
        {"calling": "+49"},
    ],
    "scenarios": [
        5,
        [5],
        [{"name": "a", "method": "rfm"}],
        [{"name": "", "method": "rfm", "segments": {}}],
        [{"name": "a", "method": "rfm", "segments": {"A": 5}}],
        [{"name": "a", "method": "rfm", "segments": {"A": {"luck": 1}}}],
        [{"name": "a", "method": "rfm", "segments": {"A": {"let_go": 1.5}}}],
        [{"name": "a", "method": "rfm", "segments": {"A": {"price": True}}}],
    ],
    "cells": [
        5,
        [5],
        [{}],
        [{"method": 5}],
        [{"method": "rfm", "more": 1}],
        [{"method": "rfm", "note": 5}],
        [{"method": "rfm", "found": {"A": 5}}],
    ],
    "pins": [
        5,
        [5],
        [{"customer": "1"}],
        [{**PIN, "more": 1}],
        [{**PIN, "reason": 5}],
        [{**PIN, "money": "much"}],
    ],
    "persona_notes": [[], {"rfm": 5}, {"rfm": {"Lost": 5}}, {"rfm": {"Lost": "x" * 1001}}],
    "persona_then": [
        [],
        {"rfm": 5},
        {"rfm": {"day": 5}},
        {"rfm": {"more": ""}},
        {"rfm": {"found": {"Lost": 5}}},
        {"rfm": {"found": {"Lost": {"customers": 1, "money": "much", "typical": {}}}}},
        {"rfm": {"found": {"Lost": {"customers": 1, "money": 1, "typical": {"orders": True}}}}},
        {"rfm": {"cuts": 5}},
        {"rfm": {"cuts": {"Late after 1 cycle": 1.5}}},
        {"rfm": {"cuts": {"Late after 1 cycle": True}}},
    ],
    "limits": [[], {"luck": 0.5}, {"stable": 2}, {"stable": "much"}],
    "playbook": [
        [],
        {"rfm": 5},
        {"rfm": {"Lost": 5}},
        {"rfm": {"Lost": {"luck": "x"}}},
        {"rfm": {"Lost": {"owner": 5}}},
        {"rfm": {"Lost": {"aim": "conquer"}}},
        {"rfm": {"Lost": {"terms": "x" * 1001}}},
    ],
}
BAD["cells"].append([{"method": "rfm", "found": {"A": 5}}])
BAD["cells"].append([{"method": "rfm", "cuts": {"A": 1.1}}])
UNKNOWN = {  # what only the study knows, for it may have methods of its own
    "method": ["abcd"],
    "bubbles": ["abcd"],
    "thresholds": [{"abcd": {}}, {"abc_classes": {"a": "much"}}, {"rfm": {"recency": [3, 1]}}],
    "own": [{"two words": {"primitive": "edges"}}, {"mine": {"primitive": "edges", "column": "x"}}],
    "lines": [{"profit": float("nan")}],
    "as_of": ["2025-02-30"],
    "scenarios": [[{"name": "a", "method": "abcd", "segments": {}}]],
    "cells": [[{"method": "abcd"}], [{"method": "abc_classes", "thresholds": {"a": "much"}}]],
    "pins": [
        [{**PIN, "method": "abcd"}],
        [PIN, PIN],
        [{**PIN, "day": "soon"}],
        [{**PIN, "reason": ""}],
    ],
    "playbook": [{"abcd": {}}, {"rfm": {"Lost": {"until": "tomorrow"}}}],
}


def pairs(bad):
    return [(name, value) for name, values in bad.items() for value in values]


def test_every_setting_says_its_check_and_its_sentence():
    assert set(BAD) == {one.name for one in fields(Study)} == set(settings_of(Study))
    for setting in settings_of(Study).values():
        assert setting.about and not setting.about.endswith(".")
        assert setting.checked("it", setting.schema["default"]) == setting.schema["default"]


@pytest.mark.parametrize(("name", "value"), pairs(BAD), ids=lambda part: str(part)[:40])
def test_what_a_setting_cannot_be_is_refused_by_the_study_and_by_its_schema(name, value):
    with pytest.raises(Problem):
        Study.from_json(json.dumps({"version": 1, name: value}))
    assert not SCHEMA.is_valid({"version": 1, name: value})


@pytest.mark.parametrize(("name", "value"), pairs(UNKNOWN), ids=lambda part: str(part)[:40])
def test_what_the_schema_cannot_know_the_study_refuses(name, value):
    with pytest.raises(Problem):
        Study.from_json(json.dumps({"version": 1, name: value}))


def several() -> Study:
    """A study in which every setting differs from its default."""
    study = Study(
        columns={"customer": "Kunde", "order": ""},
        reading={"decimal": ",", "header": "4-5"},
        files={"may.csv": {"dates": "mdy"}},
        joins=[{"table": "a", "column": "b", "to": "c", "key": "d", "spread": ["freight"]}],
        **{"as_of": "2026-06-30", "window": 12, "returns": "drop", "cancelled": "keep", "blanks": "one"},
        **{"parents": "keep", "spelling": "apart"},
        **{"duplicates": "drop", "zeros": "drop", "without_orders": ["12"], "same": {"7": "8"}, "margin": 0.25},
        **{"counts": {"In transit": "aside"}, "prices": "line", "amounts": "order"},
        **{"rates": {"EUR": 1.0, "USD": 0.92}, "shape": "transactions", "model": "trend"},
        **{"serving": {"order": 5.0}, "cooperation": {"weights": {"loyalty": 2}, "columns": {"loyalty": "years"}}},
        **{"views": {"sales": {"cooperation_weight": 0.5, "weights": {"loyalty": 1}}}, "bubbles": "mine"},
        **{"currency": "€", "masked": ["name"], "file": "may.csv", "model_settings": {"trend": {"damping": 0.2}}},
    )
    study.keep("mine", {"primitive": "edges", "column": "revenue", "cuts": [10, 20], "names": ["A", "B", "C"]})
    study.choose("mine")
    study.move_lines(10, 20)
    study.write(study.keep_finding("rfm", {"by": "edges"}, {"A": [3, 2.5]}, "may.csv") - 1, title="Who?", note="ask")
    study.send(tools=["brevo"], personal=True, calling="49")
    study.move_lever("mine", "Terms", "C", price=0.05, stay=0.8)
    study.limits, study.pins = {"stable": 0.1}, [PIN]
    study.decide({"A": {"aim": "keep", "until": "2026-12-31"}})
    study.write_note("mine", "A", "Likes to be called.")
    study.remember_personas(
        "mine",
        "may.csv",
        "2026-05-31",
        {"A": {"customers": 3, "money": 2.5, "typical": {"orders": 4.0}}},
        {"Cut at 10": 0.25},
    )
    return study


@pytest.mark.parametrize("study", [Study(), several()], ids=["defaults", "everything"])
def test_the_schema_accepts_what_a_study_writes(study):
    study.check()
    document = json.loads(study.to_json())
    SCHEMA.validate(document)
    assert Study.from_json(study.to_json()).to_json() == study.to_json()
    assert list(document) == ["version", *settings_of(Study)]


def test_the_study_with_everything_has_everything():
    usual, held = Study(), several()
    assert [name for name in settings_of(Study) if getattr(usual, name) == getattr(held, name)] == []


@pytest.mark.parametrize("method", METHODS)
def test_the_schema_accepts_every_threshold_of_every_method(method):
    study = Study(method=method, bubbles=method)
    study.thresholds[method] = study.values()
    SCHEMA.validate(json.loads(study.to_json()))


def test_the_schema_is_one_and_says_what_each_setting_is():
    Draft202012Validator.check_schema(Study.schema())
    for name, setting in Study.schema()["properties"].items():
        assert name == "version" or (setting["description"].endswith(".") and "default" in setting)
    assert not SCHEMA.is_valid({"version": 1, "colour": "red"})
    assert not SCHEMA.is_valid({"version": 2}) and not SCHEMA.is_valid({})


TEXTS = st.sampled_from(["", "trend", "drop", "2026-06-30", "20260630", "profit", "abc_classes", "EUR", "weights", "a"])
PLAIN = st.none() | st.booleans() | st.integers(-5, 5) | st.floats(allow_nan=False, allow_infinity=False) | TEXTS
VALUES = st.recursive(
    PLAIN, lambda one: st.lists(one, max_size=2) | st.dictionaries(TEXTS, one, max_size=2), max_leaves=4
)


@settings(deadline=None, max_examples=300)
@given(st.sampled_from([*settings_of(Study)]), VALUES)
def test_any_value_is_refused_with_a_sentence_or_kept_and_fits_the_schema(name, value):
    try:
        study = Study.from_json(json.dumps({"version": 1, name: value}))
    except Problem as problem:
        assert "\n" not in str(problem)
        return
    assert SCHEMA.is_valid(json.loads(study.to_json()))
    assert Study.from_json(study.to_json()).to_json() == study.to_json()


# Older and newer versions


def test_a_study_of_an_older_version_is_brought_to_the_form_of_today(monkeypatch):
    def renamed(document):
        return {("returns" if name == "refunds" else name): value for name, value in document.items()}

    assert (MIGRATIONS, version()) == ({}, 1)
    monkeypatch.setitem(MIGRATIONS, 1, renamed)
    monkeypatch.setitem(MIGRATIONS, 2, lambda document: {**document, "currency": "€"})
    assert version() == 3
    assert Study.from_json('{"version": 1, "refunds": "drop"}') == Study(returns="drop", currency="€")
    assert Study.from_json('{"version": 2, "returns": "drop"}') == Study(returns="drop", currency="€")
    assert json.loads(Study().to_json())["version"] == Study.schema()["properties"]["version"]["const"] == 3
    with pytest.raises(Problem, match="not known here: refunds"):
        Study.from_json('{"version": 3, "refunds": "drop"}')


@pytest.mark.parametrize(("saved", "then"), [("2", "update yours"), ("0", "save it anew"), ("true", "save it anew")])
def test_a_study_of_a_version_that_is_not_known_says_what_to_do(saved, then):
    with pytest.raises(Problem, match=then):
        Study.from_json(f'{{"version": {saved}}}')


# The shell and the library take the same settings


def test_every_decision_is_an_option_of_the_shell():
    told = parser()._subparsers._group_actions[0].choices["customers"].format_help()
    for name in (*settings_of(RollUpSettings), *READING, "columns"):
        assert f"--{name.replace('_', '-')} " in told, name
    assert {*DECISIONS} == {"columns", *settings_of(RollUpSettings)}


def test_decisions_typed_win_over_those_of_a_study_and_names_add_to_them(capsys, tmp_path):
    sales, saved = tmp_path / "sales.csv", tmp_path / "study.json"
    sales.write_text("who,when,much,cur\nu,2026-01-01,5,EUR\nv,2026-01-02,7,USD\nw,2026-01-03,1,EUR\n")
    saved.write_text(Study(rates={"EUR": 1}, same={"w": "u"}, margin=0.5).to_json())
    words = (
        "--rates",
        "USD=2",
        "--margin",
        "0.25",
        "--same",
        "v=u",
        "--columns",
        "customer=who",
        "revenue=much",
        "currency=cur",
        "--json",
    )
    assert main(["customers", str(sales), "--study", str(saved), *words]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["customers"], said["revenue"], said["profit"]) == (1, 20, 5)


def test_the_shell_prints_the_schema(capsys):
    assert main(["study", "--schema"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(json.dumps(Study.schema()))
    assert main(["study"]) == 2


@pytest.mark.parametrize("name", CHOICES)
def test_a_way_that_a_choice_does_not_have_is_refused_for_customers_and_for_rows_left_out(name):
    sales = table(customer=["a", "b"], revenue=[1.0, 2.0])
    for made in (lambda: Customers.build(sales, **{name: "luck"}), lambda: Study(**{name: "luck"}).left_out(sales)):
        with pytest.raises(Problem, match=f"{name} is “luck”; it can be"):
            made()


ROLL_UP = {name: BAD[name] for name in settings_of(RollUpSettings)} | {
    "as_of": [*BAD["as_of"], *UNKNOWN["as_of"], np.nan],
    "window": [*BAD["window"], -3],
    "same": [*BAD["same"], {7: "8"}],
}


@pytest.mark.parametrize(("name", "value"), pairs(ROLL_UP), ids=lambda part: str(part)[:40])
def test_what_a_setting_cannot_be_is_refused_as_a_keyword_too_and_no_study_is_named(name, value):
    sales = table(customer=["a", "b"], date=[dt.date(2026, 1, 1)] * 2, revenue=[1.0, 2.0])
    for made in (Customers.build, left_out):
        with pytest.raises(Problem) as caught:
            made(sales, **{name: value})
        assert "study" not in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["window", "margin", "without_orders", "same", "zeros"])
def test_a_study_says_that_the_value_stands_in_it(name):
    with pytest.raises(Problem, match=rf"^In the study, {name} (is|must be) "):
        Study.from_json(json.dumps({"version": 1, name: 7.5}))
    with pytest.raises(Problem, match=rf"^(Lines .*: )?{name} (is|must be) "):
        Customers.build(table(customer=["a"], revenue=[1.0]), **{name: 7.5})


@pytest.mark.parametrize("as_of", [dt.date(2026, 1, 31), dt.datetime(2026, 1, 31, 12), "2026-01-31", "20260131"])
def test_a_notebook_gives_days_as_dates_or_text_and_numbers_of_any_kind(as_of):
    sales = table(customer=["a", "b"], date=[dt.date(2026, 1, 1), dt.date(2026, 2, 1)], revenue=[1.0, 2.0])
    people = Customers.build(sales, as_of=as_of, window=np.int64(3), margin=np.float32(0.5))
    assert (people.as_of, people.frame.index.tolist()) == (dt.date(2026, 1, 31), ["a"])
    assert people.frame["profit"].tolist() == [0.5]


def test_only_a_setting_of_a_few_ways_is_a_choice():
    @dataclass
    class Made:
        way: str = checks.setting("a", checks.OneOf({"a": "One", "b": "Two"}), "a way", label="Which way")
        size: int = checks.setting(5, checks.Number(1, 9), "a size", label="How large")

    assert choices(Made) == {"way": ("Which way", {"a": "One", "b": "Two"})}


def test_a_study_gives_the_roll_up_its_settings_and_no_others():
    assert Study(window=6).roll_up_settings() == RollUpSettings(window=6).roll_up_settings()
    with pytest.raises(TypeError, match="colour"):
        Customers.build(table(customer=["a"], revenue=[1.0]), colour="red")
