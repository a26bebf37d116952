"""The pictures of groups say what was found: candidates, fields, places on the map."""

import numpy as np
import pandas as pd

from segmentation.analysis.groups.crowd import Crowd
from segmentation.analysis.groups.holds import Holds
from segmentation.analysis.portraits.profile import Profile
from segmentation.charts.candidates import APART, candidates, candidates_data
from segmentation.charts.crowd import crowd_data
from segmentation.charts.overlaps import overlaps_data
from segmentation.charts.portrait import EVERYBODY, portrait_data
from segmentation.charts.scales import wrapped

TABLE = pd.DataFrame(
    {"k": [2, 3, 4], "silhouette": [0.4, 0.6, 0.58], "chance": [0.5, 0.4, 0.4], "stability": [0.9, 1.0, 0.8]}
)


def test_the_band_reaches_five_per_cent_below_the_best_of_the_candidates_and_the_chosen_number_stands_out():
    rows = candidates_data(TABLE, (3, 4), 4)
    band = rows[rows["what"] == "band"]
    assert band["k"].tolist() == [3, 4] and band["value"].tolist() == [0.6, 0.6]
    assert np.allclose(band["value2"], 0.57)
    assert set(rows.loc[rows["chosen"], "k"]) == {4}
    assert rows[rows["what"] == APART]["value2"].tolist() == [0.5, 0.6, 0.58], "a number stands above bar and dash"
    assert not len(candidates_data(TABLE, (), 2).query("what == 'band'"))
    assert candidates(rows).to_dict()["params"][0]["name"] == "number"


def test_fields_are_blue_where_a_group_has_more_orange_where_less_and_full_where_it_is_far_from_all():
    apart = np.array([[2.5, -1.0], [0.0, -0.1]])
    typical = np.array([[100.0, 3.0], [10.0, 8.0]])
    found = Profile(
        ("A", "B"), ("A", "B"), ("revenue", "orders"), typical, np.array([20.0, 7.0]), typical, typical[0], apart
    )
    rows = portrait_data(found, ["Large", "Small"], "€").set_index(["name", "column"])
    assert rows.loc[("Large", "Revenue"), ["colour", "shade", "text"]].tolist() == ["0", 1.0, "€100"]
    assert rows.loc[("Large", "Orders"), ["colour", "shade", "text"]].tolist() == ["1", 0.5, "3"]
    assert rows.loc[(EVERYBODY, "Revenue"), "text"] == "€20" and rows.loc[(EVERYBODY, "Orders"), "shade"] == 0


def test_names_that_look_alike_once_they_are_cut_stay_apart():
    names = wrapped(
        ["High revenue, few orders (Revenue about 8k)", "High revenue, few orders (Revenue about 9k)"], 12, 2
    )
    assert len(set(names)) == 2 and names[0].count("\n") == 1 and names[0].endswith("…")


def test_everybody_on_the_map_has_the_colour_of_the_group_and_one_group_can_stand_out():
    places = np.array([[0.0, 0], [2, 0], [5, 5]])
    made = Crowd(np.array([0, 1, 3]), places, ("a", "b"), np.eye(2), np.array([0.6, 0.4]), np.array([0, 2]))
    rows = crowd_data(made, np.array([0, 0, 9, 1]), ["One", "Two"], [0, 1], ["x", "y"], "Two")
    people, names = rows[rows["kind"] == "customer"], rows[rows["kind"] == "name"]
    assert people["group"].tolist() == ["One", "Two"] and people["colour"].tolist() == ["0", "1"]
    assert people["shade"].tolist() == [0.15, 1.0]
    assert names[["x", "y"]].to_numpy().tolist() == [[1, 0], [5, 5]]


def test_each_group_says_how_much_came_back_and_its_grade():
    rows = overlaps_data(Holds(np.array([0.9, 0.55]), 0.8, 25, 100), ["One", "Two"], [0, 1])
    assert rows.query("kind == 'group'")["text"].tolist() == ["90%: holds firmly", "55%: cannot be relied on"]
    assert sorted(rows.query("kind == 'grade'")["overlap"]) == [0.5, 0.6, 0.75, 0.85]
