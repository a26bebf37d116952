"""The pictures of groups say what was found: candidates, fields, places on the map."""

import numpy as np
import pandas as pd

from segmentation.analysis.groups.crowd import Crowd
from segmentation.analysis.groups.holds import Holds
from segmentation.analysis.portraits.profile import Profile
from segmentation.charts.candidates import APART, candidates, candidates_data
from segmentation.charts.crowd import LETTER, LINE, PLANE, Marked, crowd_data
from segmentation.charts.overlaps import overlaps, overlaps_data
from segmentation.charts.portrait import COLUMNS, EVERYBODY, portrait_data
from segmentation.charts.scales import wrapped
from segmentation.report.engine import to_svg

TABLE = pd.DataFrame(
    {"k": [2, 3, 4], "silhouette": [0.4, 0.6, 0.58], "chance": [0.5, 0.4, 0.4], "stability": [0.9, 1.0, 0.8]}
)


def test_the_band_reaches_five_per_cent_below_the_best_of_the_candidates_and_the_chosen_number_stands_out():
    rows = candidates_data(TABLE, (3, 4), 4).to_pandas()
    band = rows[rows["what"] == "band"]
    assert band["k"].tolist() == [3, 4] and band["value"].tolist() == [0.6, 0.6]
    assert np.allclose(band["value2"], 0.57)
    assert set(rows.loc[rows["chosen"], "k"]) == {4}
    assert rows[rows["what"] == APART]["value2"].tolist() == [0.5, 0.6, 0.58], "a number stands above bar and dash"
    near = candidates_data(TABLE.assign(stability=[0.55, 0.65, 0.5]), (3, 4), 4).to_pandas()
    assert near[near["what"] == APART]["value2"].tolist() == [0.55, 0.65, 0.58], (
        "and above a point that would lie on it"
    )
    assert not len(candidates_data(TABLE, (), 2).to_pandas().query("what == 'band'"))
    assert candidates(rows).to_dict()["params"][0]["name"] == "number"


def test_fields_are_blue_where_a_group_has_more_orange_where_less_and_full_where_it_is_far_from_all():
    apart = np.array([[2.5, -1.0], [0.0, -0.1]])
    typical = np.array([[100.0, 3.0], [10.0, 8.0]])
    found = Profile(
        ("A", "B"), ("A", "B"), ("revenue", "orders"), typical, np.array([20.0, 7.0]), typical, typical[0], apart
    )
    rows = portrait_data(found, ["Large", "Small"], "€").to_pandas().set_index(["name", "column"])
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
    codes, marked = np.array([0, 0, 9, 1]), Marked(made.at(1), "z")
    here, middles = codes[made.rows[made.drawn]], made.middles(codes, 2)
    rows = crowd_data(made, here, middles, ["One", "Two"], [0, 1], ["x", "y"], "Two", marked).to_pandas()
    people, names = rows[rows["kind"] == "customer"], rows[rows["kind"] == "name"]
    assert people["group"].tolist() == ["One", "Two"] and people["colour"].tolist() == ["0", "1"]
    assert people["shade"].tolist() == [0.15, 1.0]
    assert names[["tox", "toy"]].to_numpy().tolist() == [[1, 0], [5, 5]]
    assert rows.loc[rows["kind"] == "marked", ["who", "x", "y"]].to_numpy().tolist() == [["z", 2, 0]], (
        "who is not drawn too"
    )
    assert made.at(2) is None, "of whom a column is missing"


def test_names_on_the_map_give_way_to_customers_and_to_each_other_and_a_line_leads_to_their_group():
    rng = np.random.default_rng(1)
    places = np.concatenate([rng.normal(at, 0.8, (400, 2)) for at in ([2, 2], [2.6, 2], [6, 5])])
    codes = np.repeat([0, 1, 2], 400)
    made = Crowd(np.arange(1200), places, ("a", "b"), np.eye(2), np.array([0.6, 0.4]), np.arange(1200))
    called = ["Many orders, high revenue", "Few orders, low revenue", "Average"]
    rows = crowd_data(made, codes, made.middles(codes, 3), called, [0, 1, 2], [""] * 1200).to_pandas()
    names = rows.query("kind == 'name'")
    unit = np.ptp(places, axis=0) / PLANE
    lines = [name.split("\n") for name in names["group"]]
    half = np.array([[max(map(len, one)) * LETTER / 2, len(one) * LINE / 2] for one in lines]) * unit
    written = names[["x", "y"]].to_numpy(float)

    def covered(at, size):
        return int((np.abs(places - at) < size).all(axis=1).sum())

    middles = names[["tox", "toy"]].to_numpy(float)
    assert all(
        covered(at, size) < covered(middle, size) / 5 for at, middle, size in zip(written, middles, half, strict=True)
    )
    pairs = [(0, 1), (0, 2), (1, 2)]
    assert all((np.abs(written[a] - written[b]) >= half[a] + half[b]).any() for a, b in pairs)
    ends = names[["fromx", "fromy"]].to_numpy(float)
    assert (np.abs(ends - written) <= half + 5 * unit).all()  # at the edge of the name


def test_the_middle_of_a_group_is_seen_though_nobody_stands_around_it():
    angle = np.linspace(0, 2 * np.pi, 200)
    places = np.column_stack([np.cos(angle), np.sin(angle)])
    made = Crowd(np.arange(200), places, ("a", "b"), np.eye(2), np.array([0.6, 0.4]), np.arange(200))
    codes = np.zeros(200, dtype=int)
    rows = crowd_data(made, codes, made.middles(codes, 1), ["Large and often"], [0], [""] * 200).to_pandas()
    (name,) = rows.query("kind == 'name'").itertuples()
    half = np.array([len("Large and often") * LETTER, LINE]) / 2 * np.ptp(places, axis=0) / PLANE
    assert (np.abs([name.x - name.tox, name.y - name.toy]) > half).any()


def test_each_group_says_how_much_came_back_and_its_grade():
    rows = overlaps_data(Holds(np.array([0.9, 0.55]), 0.8, 25, 100), ["One", "Two"], [0, 1])
    assert rows.query("kind == 'group'")["text"].tolist() == ["90%: holds firmly", "55%: cannot be relied on"]
    assert sorted(rows.query("kind == 'grade'")["overlap"]) == [0.5, 0.6, 0.75, 0.85]


def test_on_a_phone_a_long_grade_takes_two_lines_and_stays_in_the_picture():
    found = Holds(np.array([0.9, 0.65]), 0.8, 25, 100)
    rows = overlaps_data(found, ["One", "Two"], [0, 1]).query("kind == 'group'")
    assert rows["lines"].tolist() == ["90%: holds firmly", "65%: is a pattern\nwith doubtful members"]
    narrow, wide = (
        to_svg(overlaps(overlaps_data(found, ["One", "Two"], [0, 1])).properties(width=width).to_json())
        for width in (150, 500)
    )
    assert "with doubtful members</tspan>" in narrow and "65%: is a pattern</tspan>" in narrow
    assert "65%: is a pattern with doubtful members</text>" in wide


def test_of_very_many_columns_those_are_drawn_that_set_a_group_apart_most():
    many = 500
    apart = np.zeros((2, many))
    apart[0, 100::40] = 2.0
    names, values = tuple(f"x{at}" for at in range(many)), np.ones((2, many))
    found = Profile(("A", "B"), ("A", "B"), names, values, values[0], values, values[0], apart)
    drawn = portrait_data(found, ["A", "B"]).to_pandas()["column"].unique().tolist()
    assert len(drawn) == COLUMNS and {f"x{at}" for at in range(100, many, 40)} <= {*drawn}


def test_a_silhouette_of_nearly_nothing_has_no_sign():
    table = TABLE.assign(silhouette=-0.001)
    assert "-0.00" not in candidates_data(table, (), None).to_pandas()["text"].tolist()
