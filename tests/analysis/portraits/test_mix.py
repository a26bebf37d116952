"""What segments buy against the base, and what sets two of them apart."""

import datetime as dt

import numpy as np
import pytest

from segmentation import METHODS, Customers
from segmentation.analysis.portraits import mix
from segmentation.analysis.portraits.contrast import contrast, delta, described
from tests.small import table

LINES = 60


@pytest.fixture(scope="module")
def people() -> Customers:
    """Ten large customers buy tools, twenty small ones oil; each also a bit of the other."""
    rows = []
    for number in range(30):
        large = number < 10
        rows += [
            (f"{number:02}", "tools" if large else "oil", 1000.0 if large else 50.0, "North" if large else "South")
        ]
        rows += [(f"{number:02}", "oil" if large else "tools", 10.0, "North" if large else "South")]
    day = [dt.date(2026, 1, 1 + at % 20) for at in range(len(rows))]
    customer, category, revenue, region = map(list, zip(*rows, strict=True))
    return Customers.build(table(customer=customer, date=day, category=category, revenue=revenue, region=region))


def test_what_is_bought_adds_up_to_the_revenue_and_lift_is_share_by_share(people: Customers) -> None:
    made = METHODS["abc_classes"](people, a=0.8, b=0.95)
    found = mix.mix(made, "category")
    assert found.revenue.sum() == pytest.approx(people.total("revenue"))
    first = mix.lifted(found, 0).set_index("word")
    whole = found.revenue.sum(axis=0) / found.revenue.sum()
    for word, base in [one for one in zip(found.words, whole, strict=True) if one[0]]:
        mine = found.revenue[0][found.words.index(word)] / found.revenue[0].sum()
        assert first.loc[word, "share"] == pytest.approx(mine)
        assert first.loc[word, "lift"] == pytest.approx(mine / base)
    assert mix.largest(found, 0)["word"].tolist() == ["tools", "oil"]


def test_a_segment_that_bought_nothing_has_no_mix(people: Customers) -> None:
    found = mix.mix(METHODS["volume_bands"](people, edges=(1e8, 2e8)), "category")
    empty = int(np.argmin(found.customers))
    assert not len(mix.lifted(found, empty)) and not len(mix.largest(found, empty))


def test_without_lines_there_is_no_mix() -> None:
    assert mix.headings(Customers.build(table(customer=["a", "b"], revenue=[1.0, 2.0]))) == {}


def test_what_sets_two_segments_apart_is_ranked_and_said_in_both(people: Customers) -> None:
    made = METHODS["abc_classes"](people, a=0.8, b=0.95)
    found = contrast(made, "A", "C", "€")
    effects = [abs(one.effect) for one in found]
    assert effects == sorted(effects, reverse=True)
    said = {one.what: (one.one, one.other, one.effect) for one in found}
    assert said["Revenue (typical)"] == ("€1.01k", "€60", 1.0)
    assert said["region: North"][:2] == ("100%", "0%")
    turned = {one.what: -one.effect for one in contrast(made, "C", "A")}
    assert all(turned[one.what] == pytest.approx(one.effect) for one in found if one.what in turned)
    assert "region: North" not in {one.what for one in contrast(made, "A", "C", without={"region"})}
    assert described(made, "A")[0][:2] == ("region", "North")


def test_the_distance_is_that_of_cliff() -> None:
    one, other = np.array([1.0, 2.0, 2.0]), np.array([2.0, 0.0])
    pairs = [np.sign(a - b) for a in one for b in other]
    assert delta(one, other) == pytest.approx(np.mean(pairs))
    assert delta(other, one) == pytest.approx(-np.mean(pairs))


def test_products_are_called_by_their_names_where_a_column_has_them() -> None:
    codes, names = ["A17", "22423", "B2"], ["Cake stand", "Cake tin", "Lamp"]
    lines = [at % 3 for at in range(LINES)]
    days = [dt.date(2026, 1, 1 + at % 20) for at in range(LINES)]
    held = {
        "customer": [f"{at % 7}" for at in range(LINES)],
        "date": days,
        "StockCode": [codes[at] for at in lines],
        "country": ["Ruritania"] * LINES,
        "Description": [names[at] for at in lines],
        "revenue": [1.0] * LINES,
    }
    found = Customers.build(table(**held))
    assert mix.headings(found) == {"product": "Description"}
    assert set(mix.mix(METHODS["abc_classes"](found), "product").words) == {*names, ""}
    del held["Description"]
    assert mix.headings(Customers.build(table(**held))) == {"product": "StockCode"}


def test_what_has_a_name_is_told_before_what_is_only_numbered_and_a_bare_number_with_its_heading() -> None:
    lines = [at % 3 for at in range(LINES)]
    held = {
        "customer": [f"{at % 7}" for at in range(LINES)],
        "date": [dt.date(2026, 1, 1 + at % 20) for at in range(LINES)],
        "category": [f"{at + 4}" for at in lines],
        "product": [("Cake stand", "Cake tin", "Lamp")[at] for at in lines],
        "revenue": [1.0] * LINES,
    }
    found = Customers.build(table(**held))
    assert [*mix.headings(found)] == ["product", "category"]
    assert mix.worded(found, "product", "Lamp") == "Lamp" and mix.worded(found, "category", "5") == "category 5"
