"""Every model of potential keeps its word; they are found, never listed."""

import datetime as dt
import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from segmentation import Customers, Problem, Study
from segmentation.customers.outlook import SAYS
from segmentation.potential import MODELS, fit_expected, with_potential
from segmentation.potential.lifetimes.expected import History
from segmentation.potential.lifetimes.expected import _correlation as together
from segmentation.potential.lifetimes.expected import _warnings as warned_of
from segmentation.potential.lifetimes.purchases import Purchases
from segmentation.potential.lifetimes.spending import Spending
from segmentation.segments.controls import Choice, Slider, Weights
from tests.potential.test_purchases import drawn
from tests.small import customers, table

each_model = pytest.mark.parametrize("name", MODELS)


def sales(seed: int = 1, people: int = 60, lines: int = 600, **more):
    """Sale lines of two years in which some buy often and some once."""
    rng = np.random.default_rng(seed)
    who = np.minimum(rng.geometric(0.05, lines), people)
    revenue = np.round(rng.gamma(2, 30, lines), 2)
    day = dt.date(2024, 1, 1)
    return table(
        customer_id=[f"c{number:02}" for number in who],
        date=[day + dt.timedelta(days=int(n)) for n in rng.integers(0, 730, lines)],
        revenue=revenue.tolist(),
        cost=(revenue * 0.6).round(2).tolist(),
        potential=[float(number) for number in who],
        region=[f"r{number % 3}" for number in who],
        **more,
    )


@pytest.fixture(scope="module")
def people() -> Customers:
    return Customers.build(sales())


@each_model
def test_a_model_gives_money_for_everybody_and_says_how_in_a_sentence(name, people):
    found = MODELS[name](people)
    assert found.values.shape == (len(people),) and np.isfinite(found.values).all()
    assert np.array_equal(np.round(found.values, 2), found.values)
    assert found.sentence.startswith(SAYS) and found.sentence.endswith(".") and "\n" not in found.sentence
    assert all(values.shape == (len(people),) for values in found.known.values())
    json.dumps(found.facts, allow_nan=False)


@each_model
def test_a_model_explains_itself_and_its_defaults_can_be_chosen(name, people):
    model = MODELS[name]
    assert len(model.doc) > 60 and all(control.label for control in model.controls.values())
    checked = {setting: model.controls[setting].check(setting, value) for setting, value in model.defaults.items()}
    assert checked == model.defaults
    assert json.loads(json.dumps(model.describe(), allow_nan=False))["name"] == name


@each_model
def test_the_order_of_rows_changes_no_potential(name):
    lines = sales()
    turned = table(**{n: [lines.data[n].to_pylist()[i] for i in range(599, -1, -1)] for n in lines.data.column_names})
    first, second = (MODELS[name](Customers.build(one)).values for one in (lines, turned))
    assert np.array_equal(first, second)


@each_model
def test_settings_that_cannot_be_are_refused_with_their_name(name, people):
    model = MODELS[name]
    with pytest.raises(Problem, match="no setting “luck”"):
        model(people, luck=1)
    for setting, control in model.controls.items():
        wrong = {Slider: [control.high + 1, "x", None] if isinstance(control, Slider) else [], Choice: ["Q", None]}
        for value in wrong.get(type(control), [None, 5, ["a"]]):
            with pytest.raises(Problem, match=setting):
                model(people, **{setting: value})


@each_model
def test_one_customer_of_one_purchase_gets_a_number_or_a_sentence(name):
    one = Customers.build(table(customer_id=["a"], date=[dt.date(2025, 1, 1)], revenue=[5.0]))
    try:
        found = MODELS[name](one)
    except Problem as problem:
        assert "\n" not in str(problem) and str(problem).endswith(".")
    else:
        assert np.isfinite(found.values).all() or np.isnan(found.values).all()


@each_model
def test_missing_columns_are_named(name):
    lacking = customers(units=[1.0, 2.0])
    with pytest.raises(Problem):
        MODELS[name](lacking)


# Expected purchases


def test_the_models_horizon_and_discount_do_what_they_say(people):
    year, two = (MODELS["mbgnbd"](people, horizon=months, discount=0.0) for months in (12, 24))
    assert (two.values >= year.values).all() and two.values.sum() > year.values.sum()
    assert MODELS["mbgnbd"](people, discount=0.05).values.sum() < year.values.sum()
    assert "discounted by 5% a month" in MODELS["mbgnbd"](people, discount=0.05).sentence


@pytest.mark.parametrize("name", ["bgnbd", "mbgnbd"])
def test_the_unit_of_time_changes_the_parameters_and_not_the_money(name, people):
    days, weeks, months = (MODELS[name](people, period=period) for period in "DWM")
    assert days.facts["alpha"] == pytest.approx(7 * weeks.facts["alpha"], rel=1e-3)
    assert days.values == pytest.approx(weeks.values, abs=0.02) and days.values == pytest.approx(
        months.values, abs=0.02
    )


def test_money_is_profit_at_the_customers_own_margin_where_profit_is_known(people):
    found = MODELS["mbgnbd"](people)
    revenue = Customers.build(sales(), {"cost": ""})
    assert found.values == pytest.approx(0.4 * MODELS["mbgnbd"](revenue).values, rel=2e-3, abs=0.02)
    assert "own margin" in found.sentence


def test_a_customer_with_returns_alone_is_unknown_and_spoils_nothing():
    days = [dt.date(2024, 1, day) for day in (1, 9, 1, 20, 3, 15, 28, 31, 2)]
    who = ["a", "a", "b", "b", "c", "c", "d", "d", "back"]
    people = Customers.build(table(customer_id=who, date=days, revenue=[5.0, 6, 7, 8, 9, 10, 11, 12, -3]))
    found = MODELS["mbgnbd"](people)
    assert people.frame.index[np.isnan(found.values)].tolist() == ["back"]


def test_the_first_days_revenue_is_kept_out_of_the_mean_purchase():
    days = [dt.date(2024, 1, day) for day in (1, 1, 9, 12)]
    people = Customers.build(table(customer_id=["a"] * 4, date=days, revenue=[5.0, 6.0, 30.0, 10.0]))
    assert people.frame.loc["a", ["first_revenue", "visits", "lines"]].tolist() == [11, 3, 4]
    found = MODELS["mbgnbd"](people)
    assert (found.known["frequency"][0], found.known["monetary_value"][0]) == (2, 20)


def test_a_table_of_customers_with_orders_and_dates_is_enough():
    first, last = dt.date(2024, 1, 1), dt.date(2024, 9, 1)
    rng = np.random.default_rng(2)
    orders = rng.integers(1, 9, 40)
    frame = table(
        customer_id=[f"{n:02}" for n in range(40)],
        orders=orders.tolist(),
        revenue=(orders * rng.gamma(3, 10, 40)).round(2).tolist(),
        first_order=[first + dt.timedelta(days=int(n)) for n in rng.integers(0, 60, 40)],
        last_order=[last if n > 1 else first + dt.timedelta(days=60) for n in orders],
    )
    found = MODELS["mbgnbd"](Customers.build(frame))
    assert any("first purchase counts" in warning for warning in found.warnings)
    assert np.isfinite(found.values).all()


def test_a_fit_is_kept_and_tells_its_progress(people):
    fresh = Customers(people.frame, as_of=people.as_of, start=people.start)
    steps = []
    fit_expected(fresh, True, lambda step, value: steps.append(step))
    told = len(steps)
    fit_expected(fresh, True, lambda step, value: steps.append(step))
    assert told > 3 and len(steps) == told


# Headroom and score


def test_headroom_is_the_gap_to_the_best_of_those_alike():
    people = customers(revenue=[0.0, 10, 20, 30, 40, 100, 100, 100, 100, 200.0], region=list("aaaaabbbbb"))
    assert MODELS["headroom"](people, percentile=0.75, within="region").values.tolist() == [30, 20, 10, 0, 0, *[0] * 5]
    assert MODELS["headroom"](people, percentile=0.5).values.tolist() == [70, 60, 50, 40, 30, *[0] * 5]


def test_a_handful_of_customers_has_no_best_of_its_own():
    people = customers(revenue=[0.0, 10, 20, 30, 40, 100.0], region=["a"] * 5 + ["b"])
    found = MODELS["headroom"](people, percentile=0.9, within="region")
    assert found.known["peers"].tolist() == [36] * 5 + [70]


def test_peers_can_only_be_looked_for_in_a_column_there_is(people):
    with pytest.raises(Problem, match="no column “planet”"):
        MODELS["headroom"](people, within="planet")


def test_a_score_orders_customers_by_what_is_known_of_each():
    people = customers(revenue=[1.0, 2.0, 3.0], growth=[0.5, np.nan, -0.5], units=[10.0, 30.0, 20.0])
    found = MODELS["score"](people, weights="growth=1,units=1")
    assert found.known["score"].tolist() == [50, 100, 25]
    assert found.values.tolist() == [2, 3, 1.5]


@pytest.mark.parametrize("weights", ["", "growth", "growth=x", "growth=-1", "planet=1", "growth=0", [1]])
def test_weights_that_cannot_be_are_refused(weights):
    with pytest.raises(Problem):
        MODELS["score"](customers(revenue=[1.0, 2.0], growth=[0.1, 0.2]), weights=weights)


def test_weights_are_written_as_text_too():
    assert Weights("x").check("weights", "revenue=2, a=b=1") == {"revenue": 2, "a=b": 1}


# Where they are kept


def test_one_potential_takes_the_place_of_another_and_so_does_its_note(people):
    again = with_potential(people, "headroom", {"percentile": 0.9})
    assert sum(note.startswith(SAYS) for note in again.notes) == 1 and len(again.notes) == len(people.notes)
    assert again.frame["potential"].tolist() == MODELS["headroom"](people, percentile=0.9).values.tolist()


def test_a_study_keeps_the_model_and_its_settings():
    study = Study()
    study.choose_model("mbgnbd")
    study.set_model(horizon="6", period="D")
    again = Study.from_json(study.to_json())
    assert again.settings() == {"period": "D", "horizon": 6, "discount": 0.01}
    people = again.customers(sales())
    assert people.frame["potential"].tolist() == MODELS["mbgnbd"](people, period="D", horizon=6).values.tolist()


@pytest.mark.parametrize(
    "document",
    [{"model": "crystal"}, {"model": 5}, {"model_settings": {"trend": {"luck": 1}}}, {"model_settings": {"trend": 3}}],
)
def test_a_study_with_a_model_that_cannot_be_is_refused(document):
    with pytest.raises(Problem):
        Study.from_json(json.dumps({"version": 1, **document}))


def test_losses_stay_losses_in_every_model_that_carries_money_on():
    day = [dt.date(2024, 1, 1) + dt.timedelta(days=9 * n) for n in range(40)]
    who = [f"c{n % 8}" for n in range(40)]
    lines = table(customer_id=who, date=day, revenue=[10.0] * 40, cost=[25.0] * 40)
    people = Customers.build(lines)
    for name in ("trend", "mbgnbd", "bgnbd"):
        assert (MODELS[name](people).values < 0).all()
    assert pd.Series(MODELS["headroom"](people).values).between(0, 1).all()


def test_other_rates_of_serving_do_not_fit_the_purchases_again(people, monkeypatch):
    from segmentation.potential.lifetimes import purchases

    fits = []
    fit = purchases.fit_purchases
    monkeypatch.setattr(purchases, "fit_purchases", lambda *a, **k: fits.append(1) or fit(*a, **k))
    fresh = Customers(people.frame)
    found = [Study(model="mbgnbd", serving=rates).completed(fresh) for rates in ({}, {"visit": 1.0}, {"customer": 2.0})]
    assert len(fits) == 1
    alone = [Study(model="mbgnbd", serving=rates).completed(Customers(fresh.frame)) for rates in ({}, {"visit": 1.0})]
    assert all(
        np.array_equal(one.values("potential"), other.values("potential"))
        for one, other in zip(found, alone, strict=False)
    )
    assert len({one.total("potential") for one in found}) == 3


# What is told where the parameters have no best place


def told(name, seed=2, loss=None, **given):
    """A model of customers drawn so that they are lost by these chances (a, b), or never."""
    x, t_x, T = drawn(seed, 400, loss)
    people = customers([f"{n:03}" for n in range(400)], tenure_days=7 * T, recency_days=7 * (T - t_x), visits=x + 1,
                       orders=x + 1, revenue=10.0 * (x + 1) + np.arange(400) % 7, first_revenue=[10.0] * 400)  # fmt: skip
    return MODELS[name](people, **given)


@pytest.mark.parametrize(
    ("name", "seed", "loss", "says"),
    [
        ("bgnbd", 2, None, "do not tell lost customers from slow ones"),
        ("mbgnbd", 2, None, "do not tell lost customers from slow ones"),
        ("bgnbd", 1, (2e7, 6e7), "do not settle how customers are lost"),
        ("mbgnbd", 2, (1e-9, 2e-9), "do not settle how customers are lost"),
    ],
)
def test_on_a_ridge_no_chance_of_being_alive_is_shown_and_another_model_is_named(name, seed, loss, says):
    instead = "Use the trend instead." if name == "mbgnbd" else "Use MBG/NBD or the trend instead."
    found = told(name, seed, loss)
    assert says in found.warnings[0] and found.warnings[0].endswith(instead)
    assert "p_alive" not in found.known and found.facts["converged"] is False
    assert np.isfinite(found.values).all()


def test_where_the_parameters_are_settled_chances_are_shown_and_nothing_else_is_advised():
    found = told("mbgnbd", loss=(0.9, 1.6))
    assert found.facts["converged"] and "p_alive" in found.known
    assert not any("instead" in warning for warning in found.warnings)
    assert told("bgnbd", loss=(0.9, 1.6)).warnings[0].startswith("A one-time buyer counts as alive for certain")


FITTED = Purchases(0.5, 10.0, 1.0, 2.0, True, -9.0, True, 50, 50)
AMOUNTS = Spending(6.0, 4.0, 15.0, -9.0, True, 50)
KNOWN = History(*np.ones((4, 3)), True)
MISJUDGED = "How often and how much go together here ({}): large buyers are misjudged."


@pytest.mark.parametrize(
    ("spending", "apart", "together", "said"),
    [
        (AMOUNTS, True, None, []),
        (AMOUNTS, True, 0.3, []),
        (AMOUNTS, True, -0.29, []),
        (AMOUNTS, True, 0.31, [MISJUDGED.format("0.31")]),
        (AMOUNTS, True, -0.5, [MISJUDGED.format("-0.50")]),
        (AMOUNTS, False, None, ["The first purchase counts in the mean too: the file does not say what it brought."]),
        (
            replace(AMOUNTS, converged=False), True, None,
            ["The search for the money's parameters did not come to its end: compare with the trend."],
        ),
        (
            replace(AMOUNTS, q=1.0), True, None,
            ["Purchases vary so much that their mean has no bound: each customer's own mean purchase is taken."],
        ),
        (
            None, True, None,
            ["Too few bought again to say how purchases vary: each customer's own mean purchase is taken."],
        ),
    ],
)  # fmt: skip
def test_what_is_doubtful_of_the_money_is_said_and_nothing_else(spending, apart, together, said):
    assert [*warned_of(FITTED, spending, replace(KNOWN, apart=apart), together)] == said


@pytest.mark.parametrize(
    ("purchases", "means", "found"),
    [
        ([1, 2, 3], [10, 20, 30], 1.0),
        ([1, 2, 3, 0, 9], [10, 20, 30, 99, 0], 1.0),  # who never came again, or for nothing, says nothing
        ([3, 2, 1], [10, 20, 30], -1.0),
        ([1, 2, 0], [10, 20, 30], None),
        ([1, 2], [10, 20], None),
        ([2, 2, 2], [10, 20, 30], None),
        ([1, 2, 3], [10, 10, 10], None),
    ],
)
def test_whether_often_and_much_go_together_is_told_of_three_who_differ_in_both(purchases, means, found):
    told_of = together(np.array(purchases, float), np.array(means, float))
    assert told_of == (pytest.approx(found) if found else None)


def hard(seed: int):
    """A few sale lines on few days or over decades, with amounts alike, of nothing, huge or below zero."""
    rng = np.random.default_rng(seed)
    size, days = int(rng.integers(1, 60)), [1, 5, 30, 400, 1500, 20_000][seed % 6]
    nasty = ([0.0, 0.01, 10.0, 10.0, 1e12, -5.0, 99.99, np.nan], [10.0], [0.0], [-3.0], [1e11])[seed % 5]
    return table(
        customer_id=[f"c{n}" for n in rng.integers(0, int(rng.integers(1, 12)), size)],
        date=[dt.date(1970, 1, 1) + dt.timedelta(days=int(n)) for n in rng.integers(0, days, size)],
        revenue=rng.choice(nasty, size).tolist(),
        cost=rng.choice([1.0, 0.0, 1e10, 5.0], size).tolist(),
    )


@each_model
@pytest.mark.filterwarnings("error", "default::ResourceWarning")  # what others left open is no warning of numbers
def test_no_warning_of_numbers_reaches_anybody(name):
    for seed in range(60):
        months = (1, 60)[seed // 6 % 2]  # what is looked ahead comes after the fit, which takes all the time
        horizons = [{"period": period, "horizon": months} for period in "DWM"]
        try:
            people = Customers.build(hard(seed))
            for given in horizons if "horizon" in MODELS[name].controls else [{}]:
                MODELS[name](people, **given)
        except Problem as problem:
            assert "\n" not in str(problem)
