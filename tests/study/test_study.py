"""A study: every setting in one document that can be saved, sent and replayed."""

import datetime as dt
import json
from pathlib import Path

import pytest

from segmentation import Problem, Study
from tests.small import customers, table

LINES = b"Customer,Date,Revenue,Region\n007,2025-01-05,80,North\n8,2025-02-05,15,South\n9,2025-06-30,5,North\n"


def full() -> Study:
    study = Study(
        columns={"customer": "Customer", "order": ""},
        reading={"decimal": ".", "dates": "ymd"},
        as_of="2025-06-30",
        window=6,
        margin=0.25,
        currency="€",
        lines={"profit": 10.0, "potential": -2.5},
        file="Übersicht.csv",
    )
    study.set(a=0.5, b=0.9)
    study.choose("rfm")
    study.set(recency=(7, 30), money=(10.0, 20.0))
    return study


def test_a_study_comes_back_as_it_was_saved(tmp_path):
    study = full()
    again = Study.from_json(study.to_json())
    assert again.to_json() == study.to_json()
    assert again.values() == study.values()
    path = tmp_path / "study.json"
    path.write_text(study.to_json(), encoding="utf-8")
    assert Study.load(path).to_json() == study.to_json()
    assert "Übersicht.csv" in study.to_json()


def test_a_study_replays_the_same_segments():
    study = full()
    study.choose("abc_classes")
    again = Study.from_json(study.to_json())
    labels = [one.segmentation(one.customers(one.read(LINES, name="a.csv"))).labels() for one in (study, again)]
    assert labels[0].to_dict() == {"007": "A", "8": "B", "9": "C"}
    assert labels[0].equals(labels[1])


def test_a_threshold_that_counts_under_a_choice_alone_makes_that_choice_whatever_was_chosen_before():
    """Else who says how many scores, a moment after a line made edges of one's own, says it for nothing."""
    study = Study(method="rfm")
    study.set(recency=(7.0, 30.0))
    assert study.values()["by"] == "edges"
    study.set(scores=4)
    assert (study.values()["by"], study.values()["scores"]) == ("scores", 4)


def test_saved_for_next_month_a_study_names_the_column_its_method_took_by_itself():
    """Else another column would answer, unsaid, where that one is gone."""
    study = Study(method="attribute")
    this_month = customers(revenue=[1.0, 2, 3], region=["North", "South", None], shop=["a", "b", "b"])
    saved = Study.from_json(study.settled(this_month).to_json())
    assert (
        saved.values()["column"] == "region"
        and saved.segmentation(this_month).names == study.segmentation(this_month).names
    )
    with pytest.raises(Problem, match="region"):
        saved.segmentation(customers(revenue=[1.0, 2, 3], shop=["a", "b", "b"]))
    groups = Study(method="kmeans").settled(
        customers(revenue=[1.0, 2, 9], orders=[1.0, 5, 2], recency_days=[3.0, 40, 5])
    )
    assert set(groups.values()["columns"]) == {"revenue", "orders", "recency_days"}
    assert study.values()["column"] == "" and Study().settled(this_month) == Study()


def test_thresholds_of_each_method_are_kept_while_others_are_looked_at():
    study = Study()
    study.set(a=0.6)
    study.choose("lifecycle")
    study.set(step=2)
    study.choose("abc_classes")
    assert study.values() == {"value": "revenue", "a": 0.6, "b": 0.95}
    assert study.thresholds == {"abc_classes": {"a": 0.6}, "lifecycle": {"step": 2}}


def test_a_threshold_that_cannot_be_moves_nothing():
    study = Study()
    study.set(a=0.6)
    for wrong in ({"a": 2}, {"a": 0.97}, {"b": 0.5}, {"no_such": 1}):
        with pytest.raises(Problem):
            study.set(**wrong)
        assert study.thresholds == {"abc_classes": {"a": 0.6}}
    with pytest.raises(Problem, match="There is no method “abcd”; there are abc_classes"):
        study.choose("abcd")
    assert study.method == "abc_classes"


def test_two_studies_do_not_share_their_settings():
    first, second = Study(), Study()
    first.set(a=0.6)
    first.columns["date"] = "Date"
    assert second.thresholds == {} and second.columns == {}


BAD = [
    ("window", 0),
    ("window", 3.5),
    ("window", "12"),
    ("window", True),
    ("margin", 1.5),
    ("margin", "25%"),
    ("returns", "maybe"),
    ("returns", []),
    ("blanks", None),
    ("method", "abcd"),
    ("method", ["abc_classes"]),
    ("columns", ["Customer"]),
    ("columns", {"date": 5}),
    ("reading", {"colour": "red"}),
    ("reading", {"encoding": 8}),
    ("thresholds", []),
    ("thresholds", {"abcd": {}}),
    ("thresholds", {"abc_classes": 5}),
    ("thresholds", {"abc_classes": {"a": "much"}}),
    ("thresholds", {"abc_classes": {"a": 10**400}}),
    ("thresholds", {"abc_classes": {"c": 0.5}}),
    ("thresholds", {"rfm": {"by": []}}),
    ("thresholds", {"rfm": {"recency": [3, 1]}}),
    ("lines", {"profit": "high"}),
    ("lines", {"profit": None}),
    ("lines", {"profit": float("nan")}),
    ("lines", 5),
    ("currency", 5),
    ("file", None),
    ("as_of", "30.6.2025"),
    ("as_of", 20250630),
    ("as_of", ""),
]


@pytest.mark.parametrize(("setting", "value"), BAD, ids=lambda part: str(part)[:30])
def test_a_document_with_a_wrong_setting_is_refused_with_a_sentence(setting, value):
    document = {**json.loads(Study().to_json()), setting: value}
    with pytest.raises(Problem) as caught:
        Study.from_json(json.dumps(document))
    sentence = str(caught.value)
    told = {"as_of": str(value), "thresholds": "a", "columns": "headings", "lines": "line", "file": "file"}
    assert setting in sentence or told.get(setting, setting) in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "only a part of one"),
        ("{", "only a part of one"),
        (b"\xff\xfe\x00", "only a part of one"),
        ("[" * 100_000, "only a part of one"),
        ('{"version": 1, "masked": ' + "[" * 100 + "]" * 100 + "}", "no study has such texts or lists"),
        ('{"version": 1, "file": "\\ud800"}', "no study has such texts or lists"),
        ('{"version": 1, "same": {"\\ud800": "7"}}', "no study has such texts or lists"),
        ('{"version": 1, "pins": [{"money": 1' + "0" * 400 + "}]}", "a number of 401 digits"),
        ('{"version": 1, "cells": [{"method": "rfm", "found": {"A": [1, NaN]}}]}', "two numbers: customers and money"),
        (
            '{"version": 1, "cells": [{"method": "rfm", "found": {"A": [1e999, 1]}}]}',
            "two numbers: customers and money",
        ),
        ("[]", "no version"),
        ("null", "no version"),
        ("{}", "no version"),
        ('{"version": 2}', "saved by a newer version"),
        ('{"version": "1"}', "never a study of this version"),
        ('{"version": 1, "colour": 1}', "settings that are not known here: colour"),
    ],
)
def test_a_document_that_is_no_study_says_why(text, told):
    with pytest.raises(Problem, match=told):
        Study.from_json(text)


def test_why_settings_cannot_be_used_is_said_in_a_sentence_however_long_what_stands_there_is():
    with pytest.raises(Problem) as caught:
        Study.from_json('{"version": 1, "method": "' + "x" * 1_000_000 + '"}')
    assert "method is “xxx" in str(caught.value) and len(str(caught.value)) < 1000


def test_a_study_that_is_not_there_is_named(tmp_path):
    with pytest.raises(Problem, match=r"nowhere\.json cannot be opened"):
        Study.load(tmp_path / "nowhere.json")


def test_settings_left_out_take_their_defaults():
    assert Study.from_json('{"version": 1}') == Study()


# Potential, cost to serve, cooperation and views

SALES = table(
    customer_id=["a", "a", "b", "b"],
    date=[dt.date(2024, 1, 1), dt.date(2024, 6, 1), dt.date(2024, 2, 1), dt.date(2024, 12, 31)],
    revenue=[100.0, 50.0, 20.0, 20.0],
)


def test_rates_change_the_profit_and_the_potential_that_comes_of_it():
    people = Study(serving={"order": 5, "customer": 1}).customers(SALES)
    assert people.frame["profit"].tolist() == [139, 29]
    assert people.frame["potential"].tolist() != Study().customers(SALES).frame["potential"].tolist()
    assert sum(note.startswith("Potential is") for note in people.notes) == 1


def test_a_study_keeps_what_cooperation_is_made_of_and_the_views_of_several_people():
    study = Study(
        cooperation={"weights": {"loyalty": 2}},
        views={"finance": {"profit": [10], "potential": [5]}, "sales": {"cooperation_weight": 0.5, "weights": {}}},
    )
    again = Study.from_json(study.to_json())
    assert again == study
    assert again.customers(SALES).frame["cooperation"].tolist() == [100, 0]


@pytest.mark.parametrize(
    "document",
    [
        {"serving": {"mile": 1}},
        {"serving": {"order": -1}},
        {"serving": {"order": "x"}},
        {"serving": []},
        {"cooperation": {"weights": {"charm": 1}}},
        {"cooperation": {"weights": []}},
        {"cooperation": {"columns": {"loyalty": 5}}},
        {"cooperation": {"charm": {}}},
        {"views": {"a": {"luck": 1}}},
        {"views": {"a": 5}},
        {"views": {"a": {"profit": "x"}}},
        {"views": {"a": {"weights": {"loyalty": -1}}}},
    ],
)
def test_a_study_with_rates_or_views_that_cannot_be_is_refused(document):
    with pytest.raises(Problem):
        Study.from_json(json.dumps({"version": 1, **document}))


def test_one_of_several_files_may_be_read_in_its_own_way_and_the_study_keeps_it(tmp_path):
    for name, day in (("a.csv", "03/04/2025"), ("b.csv", "03/04/2025")):
        (tmp_path / name).write_text(f"Customer,Date,Revenue\n{name},{day},5\n")
    study = Study.from_json(Study(reading={"dates": "dmy"}, files={"b.csv": {"dates": "mdy"}}).to_json())
    days = [study.read(tmp_path / name).frame()["Date"][0].month for name in ("a.csv", "b.csv")]
    assert days == [4, 3]
    assert study.read((tmp_path / "b.csv").read_bytes(), name="b.csv").frame()["Date"][0].month == 3


@pytest.mark.parametrize(
    ("decided", "now"),
    [
        ("orders_2026-05.csv", "orders_2026-06.csv"),
        ("Orders May 2026.csv", "orders june 2026 (1).csv"),
        ("may.xlsx", "June.XLSX"),
        ("заказы_май.csv", "Заказы июнь.csv"),
        ("orders.csv", "orders copy.csv"),
    ],
)
def test_a_decision_about_a_file_holds_for_next_months_file_of_that_name(decided, now):
    study = Study(files={decided: {"dates": "mdy"}, "customers.csv": {"encoding": "cp1251"}})
    names = [now, "customers.csv"]
    assert study.reading_of(now, names) == {"dates": "mdy"}
    assert study.reading_of("customers.csv", names) == {"encoding": "cp1251"}
    assert study.reading_of("customer notes.csv", names) == {}


def test_a_file_decided_by_itself_does_not_speak_for_one_brought_with_it():
    study = Study(files={"orders_05.csv": {"dates": "mdy"}, "calls_05.csv": {"dates": "dmy"}, "calls_06.csv": {}})
    assert study.reading_of("orders_06.csv", ["orders_05.csv", "orders_06.csv"]) == {}
    assert study.reading_of("orders_06.csv", ["orders_06.csv"]) == {"dates": "mdy"}
    assert study.reading_of("calls_07.csv", ["calls_07.csv"]) == {}, "two were decided differently"


def test_a_study_of_several_files_replays_on_next_months_files(tmp_path):
    def files(month: int, orders: str, people: str) -> list[Path]:
        folder = tmp_path / str(month)
        folder.mkdir()
        lines = [f"{i};C{i % 3};0{month}/0{i}/2026;{i},5" for i in range(1, 8)]
        (folder / orders).write_text("order;client;day;amount\n" + "\n".join(lines) + "\n")
        (folder / people).write_text("client,town\nC0,Rome\nC1,Oslo\nC2,Bern\n")
        return [folder / people, folder / orders]

    may = files(5, "orders_may.csv", "people.csv")
    study = Study(files={"orders_may.csv": {"dates": "mdy"}})
    study.joins = [one.plain() for one in study.table(may).joins]
    june = files(6, "orders_june.csv", "people (1).csv")
    again = Study.from_json(study.to_json())
    assert str(again.customers(again.table(june)).as_of) == "2026-06-07"


def test_two_files_of_one_name_are_told_apart(tmp_path):
    for folder, day in (("a", "03/04/2026"), ("b", "03/04/2026")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "sales.csv").write_text(f"client,day,amount\n{folder},{day},5\n")
    study = Study(files={"sales.csv": {"dates": "dmy"}, "sales (2).csv": {"dates": "mdy"}})
    rows = study.table([tmp_path / "a" / "sales.csv", tmp_path / "b" / "sales.csv"]).frame()
    assert dict(zip(rows["client"], rows["day"].dt.month, strict=True)) == {"a": 4, "b": 3}


def test_an_unknown_decision_about_one_file_is_refused():
    with pytest.raises(Problem, match="colour"):
        Study.from_json(json.dumps({"version": 1, "files": {"b.csv": {"colour": "red"}}}))
