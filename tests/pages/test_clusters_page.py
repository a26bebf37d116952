"""The Clusters page: five questions, each answered before the next opens, and what the library finds under the answers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from pages.pieces.clusters import stepping
from segmentation import METHODS
from tests.pages.presser import Presser
from tests.pages.visitor import Visitor

STEPS = ("1 · What do we compare customers by?", "2 · How do we make them comparable?", "3 · How many groups are there?",
         "4 · Who are they?", "5 · Do they hold?")  # fmt: skip


ANSWERS = {"columns": ("revenue", "silence"), "transform": "log", "outliers": "cap", "k": 3}
MADE: list[object] = []  # what one visitor found is there for the next as long as somebody holds it


def opened(visitor: Visitor) -> list[str]:
    """The questions on the page."""
    said = [*(one.value for one in visitor.at.header), *(one.label for one in visitor.at.expander)]
    return [step for step in STEPS if any(step in one for one in said)]


def planted(size: int = 240) -> str:
    """Three kinds of customers: large and lately, small and lately, small and long ago."""
    rng = np.random.default_rng(3)
    spend, silent = np.array([[2000, 20], [100, 20], [100, 300]])[np.arange(size) % 3].T
    rows = zip(rng.lognormal(np.log(spend), 0.15), rng.lognormal(np.log(silent), 0.15), strict=True)
    return "customer,revenue,silence\n" + "".join(f"C{at},{one:.2f},{two:.1f}\n" for at, (one, two) in enumerate(rows))


def chart(visitor: Visitor, alt: str) -> pd.DataFrame:
    """The rows a picture was sent that a screen reader calls this."""
    sent = next(one.proto for one in visitor.at.get("vega_lite_chart") if one.proto.alt == alt)
    return pa.ipc.open_stream(sent.data.data or sent.datasets[0].data.data).read_pandas()


@pytest.fixture
def answered(visitor: Visitor) -> Visitor:
    """Somebody with three kinds of customers who has answered the first three questions."""
    visitor.upload(planted()).go("Clusters")
    visitor.study.set_of("kmeans", **ANSWERS)
    visitor.look()
    MADE.append(visitor.at.session_state["clusters"][1])
    return visitor


def test_each_question_opens_when_the_one_before_is_answered(visitor: Visitor) -> None:
    visitor.upload(planted()).go("Clusters")
    assert opened(visitor) == [*STEPS[:1]]
    assert opened(visitor.press("compare by")) == [*STEPS[:2]]
    assert visitor.study.thresholds["kmeans"]["columns"] == ("revenue", "silence")
    assert opened(visitor.press("look for groups")) == [*STEPS[:3]]
    assert opened(visitor.press("take number")) == [*STEPS]
    assert visitor.study.thresholds["kmeans"]["k"] == 3
    MADE.append(visitor.at.session_state["clusters"][1])


def test_where_there_are_three_kinds_of_customers_the_page_says_so_and_who_they_are(answered: Visitor) -> None:
    found = answered.at.session_state["clusters"][1]
    assert "3 groups: customers are clearly nearer to their own group" in answered.words
    names = [answered.at.text_input(key=f"group name {at}").value for at in range(3)]
    assert tuple(names) == found.of[3].names == METHODS["kmeans"](found.of[3].made.customers, **ANSWERS).names
    for at, sentence in enumerate(found.of[3].profile.sentences(0)):
        assert sentence in answered.words, at
    assert found.of[3].rules.each[0].sentence() in answered.words
    assert chart(answered, "How good each number of groups is").query("chosen")["k"].unique().tolist() == [3]


def test_another_number_is_read_at_once_and_taken_back(answered: Visitor) -> None:
    answered.at.pills(key="clusters.k").set_value(5)
    answered.look()
    assert answered.study.thresholds["kmeans"]["k"] == 5
    assert (
        len({row["name"] for row in chart(answered, "What is typical of each group").to_dict("records")}) == 6
    )  # and everybody
    answered.press("undo")
    assert answered.study.thresholds["kmeans"]["k"] == 3


def test_a_group_gets_a_name_of_ones_own_which_it_has_on_the_segments_page_too(answered: Visitor) -> None:
    proposed = answered.at.text_input(key="group name 0").value
    answered.at.text_input(key="group name 0").set_value("**Bulk** buyers")
    answered.look()
    assert answered.study.thresholds["kmeans"]["names"] == {proposed: "**Bulk** buyers"}
    answered.at.button(key="take groups").click()
    answered.look()
    assert answered.title == METHODS["kmeans"].question and answered.study.method == "kmeans"
    assert "**Bulk** buyers" in [one["name"] for one in answered.boards[0]["segments"]]
    answered.go("Clusters").at.text_input(key="group name 0").set_value("  ")
    assert answered.look().study.thresholds["kmeans"]["names"] == {}


def test_whether_the_groups_hold_is_said_when_it_is_asked(answered: Visitor) -> None:
    assert "All 3 groups come back when customers are drawn anew: plan with them." in answered.press("try them").words
    assert "came back: the grouping holds firmly." in answered.words
    assert chart(answered, "How much of each group came back").query("kind == 'group'")["overlap"].min() > 0.9


def test_what_speaks_against_a_column_is_left_out_by_a_click(visitor: Visitor) -> None:
    lines = planted(60).splitlines()
    more = [f"{line},{line.split(',')[1]},7" for line in lines[1:]]
    visitor.upload("\n".join([f"{lines[0]},turnover,branch", *more])).go("Clusters")
    visitor.at.multiselect(key="clusters.attributes").set_value(["silence", "turnover", "branch"])
    visitor.look()
    assert "branch is the same for everybody: it sets nobody apart." in visitor.words
    assert "turnover says nearly the same as Revenue: both together count twice." in visitor.words
    visitor.press("leave out 0").press("leave out 0").press("compare by")
    assert visitor.study.thresholds["kmeans"]["columns"] == ("revenue", "silence")


def test_a_question_that_was_opened_again_stays_open_while_its_answer_is_changed(answered: Visitor) -> None:
    answered.open("step 1 again").at.pills(key="clusters.behaviour").set_value(["revenue"])
    answered.look().at.multiselect(key="clusters.attributes").set_value([])
    assert answered.look().study.thresholds["kmeans"]["columns"] == ("revenue",)
    answered.at.pills(key="clusters.behaviour").set_value([])
    assert answered.look().problems == ["Customers must be compared by something: the last column stays."]
    assert opened(answered) == [*STEPS] and answered.study.thresholds["kmeans"]["columns"] == ("revenue",)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([f"C{at},5,1" for at in range(30)], "all customers are alike here"),
        ([f"C{at},{at},{at}" for at in range(5)], "there are only 5 customers"),
    ],
    ids=["all alike", "five customers"],
)
def test_where_nothing_can_be_parted_a_sentence_says_so(visitor: Visitor, rows: list[str], said: str) -> None:
    visitor.upload("\n".join(["customer,revenue,silence", *rows])).go("Clusters").press("compare by")
    visitor.press("look for groups")
    assert said in visitor.words and "Cut by thresholds that mean something to you" in visitor.words
    assert not visitor.problems and opened(visitor) == [*STEPS[:2]]


def test_a_giant_is_named_columns_that_say_the_same_are_told_and_all_goes_on(visitor: Visitor) -> None:
    rng = np.random.default_rng(1)
    spent, silent = rng.lognormal(5, 1, 60).round(2), rng.integers(1, 300, 60)
    spent[0] = 1e9
    rows = [f"C{at},{one},{one},{two},,7" for at, (one, two) in enumerate(zip(spent, silent, strict=True))]
    visitor.upload("\n".join(["customer,revenue,turnover,silence,age,branch", *rows])).go("Clusters")
    visitor.at.multiselect(key="clusters.attributes").set_value(["turnover", "silence", "branch"])
    assert "turnover says nearly the same as Revenue" in visitor.look().words
    assert "branch is the same for everybody" in visitor.words
    visitor.press("compare by")
    assert "Values far from the others count as the nearest usual one: 1 in Revenue" in visitor.words
    visitor.press("look for groups").press("take number")
    assert opened(visitor) == [*STEPS] and not visitor.problems


def test_groups_found_before_stay_where_other_answers_find_none(answered: Visitor) -> None:
    answered.study.set_of("kmeans", columns=("no such column",))
    answered.look()
    assert any("no such column" in one for one in answered.problems)
    assert "Below stands what was found before, by Revenue and silence." in answered.words
    assert "As found before, by Revenue and silence: 3 groups" in answered.words
    assert opened(answered) == [*STEPS]
    assert "take groups" not in {one.key for one in answered.at.button}, "other answers stand in the settings"
    answered.press("back to good")
    assert answered.study.thresholds["kmeans"]["columns"] == ("revenue", "silence") and not answered.problems
    assert "As found before" not in answered.words and "take groups" in {one.key for one in answered.at.button}


def test_a_column_that_few_have_is_refused_in_true_numbers_and_the_groups_before_stay(answered: Visitor) -> None:
    visitor = answered
    rows = ["customer,revenue,rare", *(f"C{at},{10 ** (at % 3 + 1) + at},{5 if at < 2 else ''}" for at in range(90))]
    visitor.go("Data").upload("\n".join(rows)).go("Clusters")
    visitor.study.set_of("kmeans", columns=("revenue",), transform="log", outliers="cap", k=3)
    visitor.look()
    visitor.study.set_of("kmeans", columns=("revenue", "rare"))
    visitor.look()
    assert "only 2 of 90 customers have a value in each of these columns" in visitor.at.warning[0].value
    assert "Below stands what was found before, by Revenue." in visitor.words and opened(visitor) == [*STEPS]


def test_a_search_that_was_stopped_can_be_begun_again(answered: Visitor) -> None:
    answered.study.set_of("kmeans", transform="standard")
    answered.at.session_state["clusters asked"] = True  # it was under way,
    answered.at.session_state["stopped"] = True  # as the button beside the progress says
    assert any("The search was stopped." in one.value for one in answered.look().at.info)
    answered.press("search again")
    assert answered.at.session_state["clusters"][1].quality.best == 3


def test_k_means_is_walked_through_forwards_and_back_from_points_that_can_be_moved(answered: Visitor) -> None:
    answered.at.pills(key="clusters part").set_value("How it works, step by step")
    first = answered.look().picture("stepper")
    assert first["movable"] and set(first["slots"]) == {-1}
    second = answered.press("next step").picture("stepper")
    assert set(second["slots"]) == {0, 1, 2} and not second["movable"]
    assert answered.press("step back").picture("stepper") == first
    walk = answered.at.session_state["walk"]
    stepping._placed(walk, {"at": 1, "place": [0.25, 0.75]})  # what the picture tells when the point is let go
    assert answered.look().picture("stepper")["centres"][1] == [0.25, 0.75]
    assert "these are the groups" in answered.press("to the end").words
    answered.press("other start").press("to the end")
    assert "Start 1, with points of your own ended at" in answered.words and "Start 2 ended at" in answered.words


def test_a_group_on_the_map_says_who_is_inside_and_a_customer_chosen_of_these_is_marked_on_it(
    answered: Visitor,
) -> None:
    name = answered.at.text_input(key="group name 0").value
    answered.at.pills(key="map group").set_value(name)
    assert "80 customers (33%)" in answered.look().words
    framed = chart(answered, "What is typical of each group").query("chosen")["name"].unique()
    assert [one.replace("\n", " ") for one in framed] == [name]
    table = next(one for one in answered.at.dataframe if one.proto.alt == f"Customers of {name}")
    answered.at.session_state[table.key] = {"selection": {"rows": [2], "columns": [], "cells": []}}
    drawn = chart(answered.look(), "Customers on a map, near each other who are alike").query("kind == 'marked'")
    assert (
        drawn["who"].tolist() == [table.value.index[2]]
        and f"Marked on the map: {table.value.index[2]}." in answered.words
    )


def test_before_an_audience_nobody_on_the_map_is_named_who_was_before(answered: Visitor) -> None:
    shown = lambda: set(chart(answered, "Customers on a map, near each other who are alike")["who"].dropna())  # noqa: E731
    assert "C7" in shown()
    answered.at.session_state["audience"] = True
    answered.look()
    assert len(shown()) == 240 and "C7" not in shown()
    answered.at.session_state["audience"] = False
    answered.look()
    assert "C7" in shown()


def test_another_number_of_groups_leaves_the_questions_before_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = Presser(monkeypatch)
    visitor.upload(planted()).go("Clusters").study.set_of("kmeans", **ANSWERS)
    visitor.open("step 1 again")
    part = {key: visitor.parts[visitor.at.button(key=key).proto.id] for key in ("take drivers", "take groups")}
    assert part["take drivers"] and part["take groups"] and part["take drivers"] != part["take groups"]
    before = visitor.texts
    visitor.part = part["take groups"]  # as a browser tells that something was chosen there
    visitor.at.pills(key="clusters.k").set_value(5)
    visitor.look()
    assert visitor.study.thresholds["kmeans"]["k"] == 5 and visitor.texts != before
    visitor.part = ""
    visitor.press_as_a_browser("Start again", "afresh")
    assert opened(visitor) == [*STEPS[:1]]


@pytest.mark.parametrize("picture", ["how many groups", "group sizes", "portrait", "map of customers"])
def test_each_picture_is_taken_away_as_a_file(monkeypatch: pytest.MonkeyPatch, picture: str) -> None:
    visitor = Presser(monkeypatch)
    visitor.upload(planted()).go("Clusters").study.set_of("kmeans", **ANSWERS)
    visitor.open(f"as files {picture}")
    assert [one.key for one in visitor.at.get("download_button") if one.key] == [f"{picture}.png", f"{picture}.svg"]
    assert visitor.downloads["PNG"]().startswith(b"\x89PNG") and b"<svg" in visitor.downloads["SVG"]()


def test_the_tree_of_joins_is_cut_into_as_many_groups_as_asked(answered: Visitor) -> None:
    answered.at.pills(key="clusters part").set_value("Tree of joins")
    assert answered.look().picture("tree")["k"] == 4
    answered.study.set_of("hierarchical", k=3)
    drawn = answered.look().picture("tree")
    assert drawn["k"] == 3 and len(set(drawn["slots"])) == 3 and sum(drawn["sizes"]) == 240


def test_as_many_factors_as_the_slider_says_are_told_and_a_column_of_each_is_taken(answered: Visitor) -> None:
    answered.at.pills(key="clusters part").set_value("What lies behind the columns")
    count = answered.look().at.slider(key="factors.count").value
    assert f"Factor {count} (" in answered.words and f"Factor {count + 1} (" not in answered.words
    answered.at.slider(key="factors.count").set_value(1)
    answered.look()
    assert "Factor 1 (" in answered.words and "Factor 2 (" not in answered.words and "This is " in answered.words
    assert len(chart(answered, "How far each column goes with each factor")) == 2
    (column,) = answered.press("one of each").study.thresholds["kmeans"]["columns"]
    assert column in ("revenue", "silence")


def test_words_join_customers_too_by_the_distance_for_words_and_numbers(visitor: Visitor) -> None:
    head, *lines = planted(90).splitlines()
    towns = ("Ulm", "Bonn")
    visitor.upload("\n".join([f"{head},town", *(f"{one},{towns[at % 2]}" for at, one in enumerate(lines))]))
    visitor.go("Clusters").study.set_of("kmeans", **ANSWERS)
    visitor.study.set_of("hierarchical", distance="gower", k=6)
    visitor.look().at.pills(key="clusters part").set_value("Tree of joins")
    visitor.look().at.multiselect(key="tree words").set_value(["town"])
    assert visitor.look().study.thresholds["hierarchical"]["columns"] == ("revenue", "silence", "town")
    assert visitor.picture("tree")["k"] == 6 and not visitor.problems
    names = [one["name"] for one in visitor.boards[-1]["segments"]]
    assert [sum(f"town {town}" in name.lower() for name in names) for town in ("ulm", "bonn")] == [3, 3]


def test_before_a_file_the_page_says_what_it_will_show(visitor: Visitor) -> None:
    assert "fall into groups that nobody had to guess thresholds for" in visitor.go("Clusters").words


def wide(columns: int, rows: int = 40) -> str:
    rng = np.random.default_rng(1)
    heads = ",".join(["customer", *(f"x{at}" for at in range(columns))])
    return "\n".join(
        [heads, *(",".join([f"C{at}", *map(str, rng.normal(0, 1, columns).round(3))]) for at in range(rows))]
    )


def test_words_alone_and_very_many_columns_get_a_sentence_each(visitor: Visitor) -> None:
    visitor.upload("customer,town\n" + "".join(f"C{at},T{at % 3}\n" for at in range(30))).go("Clusters")
    assert "has no column of numbers" in visitor.problems[0] and not opened(visitor)
    visitor.go("Data").upload(wide(80)).go("Clusters")
    assert opened(visitor) == [*STEPS[:1]]
    visitor.at.multiselect(key="clusters.attributes").set_value([f"x{at}" for at in range(80)])
    assert "In 80 columns at once hardly any two customers are alike: take two to 6." in visitor.look().words


def test_of_many_columns_that_are_spoken_against_the_first_stand_there(visitor: Visitor) -> None:
    visitor.upload(wide(9, 1_500)).go("Clusters")
    visitor.at.multiselect(key="clusters.attributes").set_value([f"x{at}" for at in range(9)])
    assert visitor.look().words.count("no bearing on the other columns") == 6
    assert "There is something against others too" in visitor.words
