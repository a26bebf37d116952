"""All numbers of groups at once: found, told in words and by a rule, and whether they hold."""

import re

import numpy as np
import pytest

from segmentation import METHODS
from segmentation.analysis.groups.branches import branches, grown
from segmentation.analysis.groups.clusters import Clusters, clusters
from segmentation.analysis.groups.crowd import crowd
from segmentation.analysis.groups.factors import Factors, factors, scores
from segmentation.analysis.groups.holds import Holds, grade, holds
from segmentation.analysis.groups.stepping import Step, begin, sample, steps
from segmentation.analysis.portraits.rule import rules
from segmentation.methods.hierarchical import cut, joined
from segmentation.segments import groups
from tests.small import customers

RNG = np.random.default_rng(4)
SIZE = 150


def base(revenue: np.ndarray, recency: np.ndarray, **more: np.ndarray):
    return customers([f"{at:04}" for at in range(len(revenue))], revenue=revenue, recency_days=recency, **more)


@pytest.fixture(scope="module")
def three():
    """Large and lately, small and lately, small and long ago; the number of orders says nothing of it."""
    spend, silent = np.array([[2000.0, 20], [100, 20], [100, 300]])[np.arange(SIZE) % 3].T
    noise = RNG.lognormal(0, 0.15, (2, SIZE))
    return base(np.round(spend * noise[0], 2), np.round(silent * noise[1]), orders=RNG.integers(1, 20, SIZE) * 1.0)


@pytest.fixture(scope="module")
def found(three):
    return clusters(three, ("revenue", "recency_days"))


def test_every_number_of_groups_is_there_and_the_planted_one_is_suggested(found):
    assert list(found.of) == [*range(2, 11)] and found.suggested == found.quality.best == 3
    assert sorted(found.of[3].made.counts[:3]) == [50, 50, 50]
    assert len(set(found.of[3].names)) == 3


def test_where_there_are_none_it_is_said_and_every_number_can_be_looked_at_all_the_same():
    nobody = clusters(base(*RNG.uniform(0, 1, (2, SIZE))), ("revenue", "recency_days"), "standard")
    assert nobody.quality.best is None and nobody.quality.sentence.startswith("No reliable groups found")
    assert nobody.suggested in nobody.of


def test_where_there_are_none_few_groups_are_looked_at_first():
    spread = np.random.default_rng(1).uniform(0, 1, (2, SIZE))
    nobody = clusters(base(*spread), ("revenue", "recency_days"), "standard").quality
    more = (nobody.table["silhouette"] - nobody.table["chance"]).to_numpy()
    assert nobody.best is None and more.argmax() > 4  # at more than five groups it is clearest, by a hair
    assert Clusters(nobody, dict.fromkeys(nobody.of), (), "", "").suggested == 2


def test_progress_is_told_and_can_end_the_search(three):
    told = []

    def stop(share: float, doing: str) -> None:
        told.append(share)
        if share > 0:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        clusters(three, ("revenue", "orders"), progress=stop)
    assert told[0] == 0 and told == sorted(told)


@pytest.mark.parametrize(
    ("revenue", "said"),
    [
        (np.ones(30), "all customers are alike"),
        (np.full(30, np.nan), "nobody has a value"),
        (np.arange(5.0), "only 5 customers"),
    ],
)
def test_what_cannot_be_parted_makes_no_groups_but_a_sentence(revenue, said):
    made = clusters(base(revenue, np.ones(len(revenue))), ("revenue",))
    assert made.of == {} and made.suggested is None and said in made.quality.sentence


def test_a_rule_says_how_to_know_a_group_and_is_as_good_as_it_says(three, found):
    made = found.of[3].made
    told = rules(made)
    for at, one in enumerate(told.each):
        values = {name: three.values(name) for name in ("revenue", "recency_days")}
        ways = [np.logical_and.reduce([part.holds(values[part.column]) for part in way]) for way in one.ways]
        caught, inside = np.logical_or.reduce(ways), made.codes == at
        assert (
            one.caught == (caught & inside).sum() / inside.sum() and one.right == (caught & inside).sum() / caught.sum()
        )
    assert told.right == 1.0
    large = told.each[list(made.names).index(found.of[3].names[0])].sentence("€")
    assert re.fullmatch(
        r"Revenue €[\d.]+k? or more. This catches 100% of them; of those caught 100% belong here\.", large
    )


def test_a_rule_over_whole_numbers_names_whole_numbers():
    orders = np.r_[np.full(20, 3.0), np.full(20, 4.0)]
    made = METHODS["kmeans"](base(orders, np.ones(40)), columns=("revenue",), k=2, transform="none")
    assert [one.sentence() for one in rules(made).each] == [
        "Revenue 4 or more. This catches 100% of them; of those caught 100% belong here.",
        "Revenue under 4. This catches 100% of them; of those caught 100% belong here.",
    ]


def test_planted_groups_hold_and_a_cut_through_one_crowd_that_falls_apart_is_said(three, found):
    points = groups.points(three, ("revenue", "recency_days"))
    firm = holds(points, found.of[3].made.codes[points.rows].astype(int), 3)
    assert (firm.each > 0.95).all() and grade(firm.each[0]) == ("holds firmly", "plan with it")
    assert firm.sentence(found.of[3].names) == "All 3 groups come back when customers are drawn anew: plan with them."
    assert firm.together().startswith("On average ") and firm.together().endswith("the grouping holds firmly.")
    assert "cut through one crowd" in firm.sentence(found.of[3].names, parted=False)
    shaky = holds(points, found.of[9].made.codes[points.rows].astype(int), 9)
    assert shaky.each.min() < 0.75 and "reliably" in shaky.sentence(found.of[9].names)


HOLD = [  # how much of each group came back → what is said of them
    ((0.9, 0.6, 0.8), "2 of 3 groups come back when customers are drawn anew; “B” does not reliably."),
    ((0.9, 0.6), "1 of 2 groups comes back when customers are drawn anew; “B” does not reliably."),
    ((0.9, 0.6, 0.5), "Of 3 groups only “A” comes back reliably when customers are drawn anew."),
    ((0.9, 0.8, 0.5, 0.5, 0.5), "Of 5 groups only “A” and “B” come back reliably when customers are drawn anew."),
]


@pytest.mark.parametrize(("each", "said"), HOLD)
def test_where_some_groups_hold_the_fewer_are_named_and_one_reads_what_to_do(each, said):
    found = Holds(np.array(each), 0.7, 25, 100)
    names = "ABCDE"[: len(each)]
    assert found.sentence(names) == f"{said} Plan with those that come back, or take fewer groups."
    nowhere = found.sentence(names, parted=False)
    assert found.together(parted=False) == "On average 70% of a customer’s group came back."  # holds, and parts nobody
    assert nowhere.startswith(said) and nowhere.endswith("do not plan with them as kinds of customers.")


def test_groups_found_on_a_sample_are_found_on_other_customers_too():
    spend = np.r_[RNG.lognormal(3, 0.2, 1_500), RNG.lognormal(7, 0.2, 1_500)]
    points = groups.points(base(spend, np.ones(3_000)), ("revenue",), most=2_000)
    labels = (points.values[:, 0] > 0).astype(int)
    seen = holds(points, labels, 2)
    assert (seen.others, seen.agreed) == (1_000, 1.0)
    assert seen.again() == (
        "When the groups are found on 1,000 other customers instead, 100% of all customers stay in the same group."
    )


GRADES = [(0.85, "holds firmly"), (0.8, "holds"), (0.6, "is a pattern"), (0.55, "cannot"), (0.4, "falls")]


@pytest.mark.parametrize(("overlap", "said"), GRADES)
def test_grades_are_those_of_hennig(overlap, said):
    assert grade(overlap)[0].startswith(said)


def test_the_map_keeps_the_most_of_what_differs_and_says_what_its_directions_mean(three):
    made = crowd(groups.points(three, ("revenue", "recency_days", "orders")))
    assert made.places.shape == (SIZE, 2) and made.shares[0] >= made.shares[1] > 0
    spread = made.places.var(axis=0)
    assert spread[0] >= spread[1]
    assert made.meaning(0).startswith("higher ")
    everybody = made.within((-99, 99), (-99, 99))
    assert np.array_equal(np.sort(everybody), made.rows) and len(made.within((90, 99), (90, 99))) == 0
    alone = crowd(groups.points(three, ("revenue",)))
    assert alone.shares.tolist() == [1.0, 0.0] and alone.meaning(1) == "nothing more to see"


def test_columns_that_rise_together_are_one_factor_told_in_words():
    rng = np.random.default_rng(4)
    size, silent = rng.normal(0, 1, (2, 300))
    columns = {
        "revenue": size + rng.normal(0, 0.1, 300),
        "orders": size + rng.normal(0, 0.1, 300),
        "recency_days": silent,
    }
    people = customers([f"{at:03}" for at in range(300)], **columns)
    made = groups.points(people, tuple(columns), "standard", "keep")
    found = factors(made)
    assert found.enough == 2 and found.sentence(0) == "Factor 1 (66% of all differences): higher Revenue and Orders."
    assert found.sentence(1).endswith("higher Days since last order.")
    assert "Days since last order is lost most" in found.kept(1) and "lost" not in found.kept(2)
    assert found.kept(3) == "There are as many factors as columns: nothing is lost, and nothing is gained."
    alone = Factors(("revenue", "recency_days"), np.eye(2), np.array([0.5, 0.5]), np.eye(2))
    assert alone.kept(2).endswith("nothing is gained, since each column tells something of its own.")
    assert found.standing_for(2) in (("orders", "recency_days"), ("revenue", "recency_days"))
    placed = scores(people, made, found, 2)
    assert placed.shape == (300, 2) and abs(np.corrcoef(placed.T)[0, 1]) < 1e-5  # two factors never tell the same
    # how far a column goes with a factor is their correlation
    at = found.columns.index("revenue")
    assert np.isclose(found.loadings[at, 0], np.corrcoef(people.values("revenue"), placed["factor_1"])[0, 1], atol=1e-4)


def test_steps_of_k_means_end_where_nobody_changes_and_the_spread_never_grows(three):
    values = sample(three, ("revenue", "recency_days"))
    assert values.min() == 0 and values.max() == 1
    walk = steps(values, begin(values, 3, 1))
    assert [one.kind for one in walk[:3]] == ["start", "joined", "moved"] and walk[-1].kind == "end"
    spreads = [one.spread for one in walk if one.kind == "joined"]
    assert spreads == sorted(spreads, reverse=True)
    assert all(one.sentence() for one in walk) and walk[-1].changed == 0
    assert walk[1].sentence() == "Each customer joins the nearest point."  # nobody goes to another: they had none
    later = Step("joined", walk[0].centres, walk[1].groups, 1, 0.1)
    assert later.sentence() == "Each customer joins the nearest point: 1 customer goes to another."
    ends = {round(steps(values, begin(values, 3, start))[-1].spread, 4) for start in range(1, 15)}
    assert len(ends) > 1, "another start can end elsewhere"


def test_the_tree_that_is_drawn_falls_into_the_method_s_groups(three):
    thresholds = METHODS["hierarchical"].complete({"columns": ("revenue", "recency_days"), "k": 3})
    drawn, held, made = grown(three, thresholds)
    assert drawn.sizes.sum() == SIZE and len(drawn.sizes) == 30
    sizes = [int(drawn.sizes[held == group].sum()) for group in range(3)]
    assert sizes == [int((made.marks == group).sum()) for group in range(3)]
    tree = joined(three, thresholds)
    for k in (2, 3, 7):
        above = drawn.joins[:, 4] > drawn.between(k)
        assert above.sum() == k - 1 and len(np.unique(cut(tree, k))) == k
    assert np.all(np.diff(drawn.joins[-3:, 4]) >= 0) or drawn.joins[-1, 4] == tree[-1, 2]
    small = branches(tree, most=5)
    assert len(small.sizes) == 5 and small.sizes.sum() == SIZE
