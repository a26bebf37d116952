"""Columns as points, groups as segments: what is comparable, what is left out, what groups are called."""

import numpy as np
import pytest

from segmentation import METHODS, Problem
from segmentation.segments import groups
from segmentation.segments.called import called
from segmentation.segments.memberships import memberships
from tests.small import customers

RNG = np.random.default_rng(3)
CLUSTERS = ("kmeans", "hierarchical", "fuzzy_cmeans", "mixture", "hdbscan")
SCALES = ("log", "symmetric", "standard", "robust", "rank")
each = pytest.mark.parametrize("name", CLUSTERS)
PAIR = {"columns": ("revenue", "orders")}


def crowd(times: float = 1.0, order=None):
    """Two crowds of customers: large ones that order often, small ones that order seldom."""
    rng = np.random.default_rng(1)
    revenue = np.round(np.r_[rng.lognormal(7, 0.2, 40), rng.lognormal(3, 0.2, 60)], 2)
    orders = np.r_[rng.integers(20, 30, 40), rng.integers(1, 4, 60)].astype(float)
    order = np.arange(100) if order is None else order
    return customers([f"{at:03}" for at in range(100)], revenue=revenue[order] * times, orders=orders[order])


def sizes(found) -> dict[str, int]:
    return dict(zip(found.shown, found.counts.tolist(), strict=False))


@each
def test_two_crowds_are_found_and_named_by_what_sets_them_apart(name):
    found = METHODS[name](crowd(), **PAIR, **({"smallest": 30} if name == "hdbscan" else {"k": 2}))
    held = {segment: count for segment, count in sizes(found).items() if count}
    assert list(held.values()) == [40, 60]
    high, low = held
    assert {*high.lower().split(", ")} == {"high revenue", "many orders"}
    assert {*low.lower().split(", ")} == {"low revenue", "few orders"}


@each
@pytest.mark.parametrize("transform", SCALES)
def test_another_currency_and_other_numbers_of_customers_leave_everybody_where_they_were(name, transform):
    shuffled = np.random.default_rng(2).permutation(100)
    plain, dear, other = (
        METHODS[name](people, **PAIR, transform=transform) for people in (crowd(), crowd(1000), crowd(order=shuffled))
    )
    assert np.array_equal(plain.codes, dear.codes)
    assert np.array_equal(plain.codes[shuffled], other.codes)


@each
def test_a_group_can_be_called_otherwise_and_holds_the_same_customers(name):
    proposed = METHODS[name](crowd(), **PAIR)
    own = METHODS[name](crowd(), **PAIR, names={proposed.names[0]: "Bulk buyers"})
    assert own.names == ("Bulk buyers", *proposed.names[1:]) and np.array_equal(own.codes, proposed.codes)
    assert METHODS[name].remarks(crowd(), METHODS[name].complete({**PAIR, "names": {"x": "y"}}))


@pytest.mark.parametrize("name", ["kmeans", "fuzzy_cmeans", "mixture"])
def test_how_far_customers_belong_to_groups_adds_to_one_and_is_unknown_where_a_column_is(name):
    people = crowd()
    people.frame.loc["007", "revenue"] = np.nan
    found = memberships(METHODS[name](people, **PAIR, k=2))
    assert found.shape == (100, 2) and found.loc["007"].isna().all()
    rest = found.drop(index="007").to_numpy()
    assert np.allclose(rest.sum(axis=1), 1) and rest.min() >= 0
    assert set(np.unique(rest)) == {0, 1} if name == "kmeans" else len(np.unique(rest)) > 2


@each
def test_the_order_of_columns_changes_nobody(name):
    one, two = (METHODS[name](crowd(), columns=columns) for columns in (("revenue", "orders"), ("orders", "revenue")))
    assert one.labels().equals(two.labels())


@each
def test_a_customer_of_whom_a_column_is_missing_is_unknown_and_moves_nobody(name):
    people = crowd()
    gap = people.values("orders").copy()
    gap[3] = np.nan
    found = METHODS[name](people.with_column("orders", gap), **PAIR)
    assert found.counts[-1] == 1 and found.codes[3] == len(found.names)


@each
def test_columns_that_are_the_same_for_everybody_are_left_out_and_said(name):
    people = customers(revenue=[1.0, 1, 1, 1], orders=[2.0, 2, 2, 2])
    method = METHODS[name]
    assert sizes(method(people, **PAIR))["All alike"] == 4
    said = method.remarks(people, method.complete(PAIR))
    assert "Orders and Revenue are the same for everybody: they set nobody apart and are left out." in said
    assert "Nothing is left to compare customers by: choose other columns." in said


@each
def test_where_no_column_holds_a_number_a_sentence_says_so(name):
    with pytest.raises(Problem, match="no number column"):
        METHODS[name](customers(region=["North", "South"]))
    with pytest.raises(Problem, match="region"):
        METHODS[name](customers(region=["North", "South"], revenue=[1.0, 2]), columns=("region",))


@pytest.mark.parametrize("name", ["kmeans", "hierarchical", "mixture"])
def test_fewer_different_customers_than_groups_make_fewer_groups_and_that_is_said(name):
    people = customers(revenue=[1.0, 1, 50, 50])
    found = METHODS[name](people, columns=("revenue",), k=4)
    assert sorted(sizes(found).values()) == [2, 2]
    said = METHODS[name].remarks(people, METHODS[name].complete({"columns": ("revenue",), "k": 4}))
    assert "There are 2 groups, not 4: these columns tell no more customers apart." in said


def test_one_giant_counts_as_the_nearest_usual_value_and_is_listed():
    revenue = np.r_[np.linspace(10, 20, 49), 1e9]
    people = customers(revenue=revenue)
    method = METHODS["kmeans"]
    given = {"columns": ("revenue",), "k": 2}
    assert min(method(people, **given).counts[:2]) > 10
    assert sizes(method(people, **given, outliers="keep", transform="standard")) == {
        "Very high revenue": 1,
        "Average in all": 49,
    }
    assert any(
        "count as the nearest usual one: 1 in Revenue." in one for one in method.remarks(people, method.complete(given))
    )
    listed = groups.outliers(people, groups.points(people, ("revenue",)).facts)
    assert listed.to_dict("records") == [{"column": "Revenue", "value": 1e9, "counts_as": 20.0}]
    assert listed.index.name == "customer_id"


@each
def test_what_sets_the_groups_apart_is_the_mean_of_their_customers(name):
    people, method = crowd(), METHODS[name]
    shown = method.looks[groups.PROFILE](method, people, PAIR).set_index("segment")
    labels = method.segment(people, **PAIR).astype("str")
    expected = people.frame.groupby(labels).mean()
    assert shown.loc[expected.index, ["revenue", "orders"]].to_numpy() == pytest.approx(expected.to_numpy())
    assert shown.loc["All customers"].to_dict() == pytest.approx({"customers": 100, **people.frame.mean()})


def test_of_hundreds_of_columns_a_few_are_named():
    values = np.random.default_rng(6).normal(0, 1, (40, 1))
    people = customers(**{f"x{at:03}": values[:, 0] * (at + 1.0) for at in range(200)})
    given = {"columns": people.numeric, "k": 2}
    told = METHODS["kmeans"].remarks(people, METHODS["kmeans"].complete(given))
    assert max(map(len, told)) < 200 and len(told) < 10
    assert told[0] == "Customers are compared by x000, x001, x002, x003, x004, x005 and 194 more."


def test_losses_take_the_logarithm_on_both_sides_of_zero_and_two_columns_alike_are_named():
    profit = np.r_[-RNG.lognormal(5, 1, 20), RNG.lognormal(5, 1, 20)]
    people = customers(profit=profit, twice=profit * 2)
    made = groups.points(people, ("profit", "twice")).facts
    assert made.losses == ("profit", "twice") and made.alike[0][:2] == ("profit", "twice")
    said = " ".join(groups.said(made))
    assert "Profit and twice can be below zero" in said and "say nearly the same (correlation 1.00)" in said


def test_a_large_base_is_fitted_on_a_sample_that_keeps_the_tails_and_everybody_is_placed():
    revenue = np.r_[RNG.lognormal(3, 1, 2_999), 1e7]
    people = customers([f"{at:04}" for at in range(3_000)], revenue=revenue, orders=RNG.integers(1, 50, 3_000) * 1.0)
    made = groups.points(people, ("revenue", "orders"), most=500)
    assert len(made.sample) == 500 and len({*made.fitted}) == 500
    assert {int(revenue.argmax()), int(revenue.argmin())} <= {*made.fitted.tolist()}
    place = groups.nearest(groups.kmeans(made.sample, 3))
    found = groups.find(people, made, lambda values: (place(values), place))
    assert np.array_equal(np.bincount(found.marks), np.bincount(place(made.values)[:])[found.order])
    assert "The groups were found on 500 of 3,000 customers" in " ".join(groups.said(made.facts))


def test_a_second_sample_agrees():
    rng = np.random.default_rng(4)
    values = rng.normal(0, 1, (3_000, 2)) + np.array([[0, 0], [9, 0], [0, 9]])[np.arange(3_000) % 3]
    one, two = (groups.nearest(groups.kmeans(half, 3))(values) for half in (values[:1_500], values[1_500:]))
    assert np.array_equal(one, two)


def test_without_columns_chosen_the_usual_ones_are_taken_that_the_file_fills():
    assert groups.usual(crowd()) == ("revenue", "orders")
    people = customers(area=np.arange(20.0), code=[1.0, 2] * 10, region=["N"] * 20)
    assert groups.usual(people) == ("area",)
    assert groups.usual(customers(region=["N"])) == ()


def test_names_are_different_in_words_then_in_numbers():
    columns = ("revenue", "orders", "Fläche")
    apart = np.array([[2.0, 1, 0.4], [2, 1, -0.4], [-0.5, 0, 0], [-0.6, 0, 0], [0.1, 0.1, 0.1]])
    about = {2: 1200.0, 3: 800.0}
    names = called(columns, apart, lambda group, column: about[group])
    assert names == [
        "Very high revenue, many orders, high Fläche",
        "Very high revenue, many orders, low Fläche",
        "Low revenue (Revenue about 1.20k)",
        "Low revenue (Revenue about 800)",
        "Average in all",
    ]


def test_degrees_add_to_one_and_who_is_between_two_crowds_is_undecided():
    people = customers(revenue=[*np.linspace(0, 1, 10), 50.0, *np.linspace(99, 100, 10)])
    given = {"columns": ("revenue",), "k": 2, "transform": "standard"}
    found = METHODS["fuzzy_cmeans"](people, **given, sure=0.9)
    assert sizes(found)["Undecided"] == 1 and found.codes[10] == 2
    degrees = found.detail
    assert degrees["undecided"].tolist() == [at == 10 for at in range(21)]
    assert degrees.drop(columns="undecided").sum(axis=1).to_numpy() == pytest.approx(1)
    assert degrees.iloc[10, :2].tolist() == pytest.approx([0.5, 0.5], abs=0.01)


def test_who_stands_alone_belongs_to_no_dense_group():
    people = customers(
        revenue=[*np.linspace(10, 11, 20), *np.linspace(90, 91, 20), 50.0], orders=[1.0, 2] * 20 + [40.0]
    )
    found = METHODS["hdbscan"](people, **PAIR, transform="standard", smallest=30)
    assert sizes(found)["On their own"] == 1 and sorted(sizes(found).values()) == [1, 20, 20]


def test_by_angle_the_mix_counts_and_not_the_amount():
    people = customers(a=[1.0, 10, 100, -1, -10, -100], b=[2.0, 20, 200, -1, -10, -100])
    given = {"columns": ("a", "b"), "k": 2, "linkage": "average", "distance": "cosine", "transform": "none"}
    assert sorted(METHODS["hierarchical"](people, **given, outliers="keep").counts[:2]) == [3, 3]


@pytest.mark.parametrize(("columns", "tries"), [(6, 10), (100, 0)])
def test_points_are_moved_one_by_one_only_where_that_is_soon_done(monkeypatch, columns, tries):
    moved = []
    exchanged = groups._exchanged
    monkeypatch.setattr(groups, "_exchanged", lambda *given: moved.append(1) or exchanged(*given))
    found = groups.kmeans(np.random.default_rng(3).normal(size=(60, columns)), 3)
    assert (len(moved), found.shape) == (tries, (3, columns))
