"""Every method keeps every law, for hard customers and at every position of every threshold."""

import datetime as dt
import json
from functools import partial
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from segmentation import METHODS, Customers, Problem
from segmentation.analysis.chooser import QUESTIONS
from segmentation.analysis.thresholds.sensitivity import ledger
from segmentation.columns.concepts import said
from segmentation.customers.attributes import find
from segmentation.segments.controls import (
    Attribute,
    Called,
    Choice,
    Column,
    Columns,
    Edges,
    Names,
    Number,
    Rows,
    Slider,
)
from segmentation.segments.method import Other
from tests import laws
from tests.laws import each_method
from tests.small import table

examples = settings(max_examples=20)
few_examples = settings(max_examples=8)
anything = st.data()
ONE = laws.make(
    **{name: [1.0, 2.0] for name in (*laws.AMOUNTS, *laws.COUNTS, *laws.RATIOS, "growth", "average_order")},
    **{name: [words[0], words[1]] for name, words in laws.WORDS.items()},
)


def movable(method):
    """Thresholds proper: what reshapes everything may put anybody elsewhere."""
    controls = method.controls.items()
    return [name for name, control in controls if isinstance(control, Slider | Edges) and not control.reshapes]


each_movable_method = pytest.mark.parametrize(
    "method", [pytest.param(method, id=name) for name, method in METHODS.items() if movable(method)]
)


# Who is where


@each_method
@examples
@given(data=anything)
def test_every_customer_is_in_exactly_one_segment_and_no_cent_is_lost(method, data):
    people = data.draw(laws.customers())
    result = method(people, **data.draw(laws.thresholds(method, people)))
    laws.everybody_once(result)
    laws.unknown_is_missing(result)
    laws.sums_are_exact(result)
    laws.profit_and_loss_adds_up(result)


@each_method
@few_examples
@given(data=anything)
def test_the_same_customers_give_the_same_segments_and_are_left_as_they_were(method, data):
    people = data.draw(laws.customers())
    given_ = data.draw(laws.thresholds(method, people))
    untouched = people.frame.copy(deep=True)
    again = Customers(untouched.copy(deep=True), as_of=people.as_of)
    assert method.segment(people, **given_).equals(method.segment(again, **given_))
    assert people.frame.equals(untouched)


@each_method
@few_examples
@given(data=anything)
def test_numbers_after_many_moves_are_those_of_a_fresh_start_to_the_last_digit(method, data):
    people = data.draw(laws.customers())
    for _ in range(4):
        given_ = data.draw(laws.thresholds(method, people))
        moved = method(people, **given_)
        fresh = method(Customers(people.frame, as_of=people.as_of), **given_)
        assert np.array_equal(moved.codes, fresh.codes) and np.array_equal(moved.counts, fresh.counts)
        assert all(moved.sums(name).tolist() == fresh.sums(name).tolist() for name in laws.AMOUNTS)


@st.composite
def mixed_up(draw):
    """Sale lines of a few customers, and the same lines in another order."""
    line = st.tuples(
        st.sampled_from(["007", "7", "Ünal", "B & Co", "b", "NA"]),
        st.dates(dt.date(2024, 1, 1), dt.date(2025, 12, 31)),
        st.sampled_from([0.1, 0.2, 0.3, -0.3, 10.0, 10.0, 99.99, 0.0, -20.0]),
        st.sampled_from(["1", "2", "3", None]),
        st.sampled_from([0.0, 0.1]),
        st.sampled_from(["express", "post", None]),
    )
    lines = draw(st.lists(line, min_size=1, max_size=40))
    assume({one[0] for one in lines} != {"NA"})  # a column of nothing else names nobody
    return lines, draw(st.permutations(lines))


def told(lines):
    """The lines with columns that describe their customers, each from the length of the name."""
    sizes = [len(name) for name in lines["customer_id"]]
    words = {name: [said[size % 2] for size in sizes] for name, said in laws.WORDS.items()}
    return {**lines, **words, "age": [float(size * 9) for size in sizes], "opened": [float(size % 2) for size in sizes]}


@pytest.fixture(scope="module")
def reordered() -> list[list[Customers]]:
    """Customers of lines in two orders, built once for all methods."""
    headings, found = ("customer_id", "date", "revenue", "order_id", "discount", "delivery"), []

    @settings(max_examples=24)
    @given(both=mixed_up())
    def build(both):
        columns = (dict(zip(headings, map(list, zip(*lines, strict=True)), strict=True)) for lines in both)
        found.append([Customers.build(table(**told(one))) for one in columns])

    build()
    assert len(found) >= 24
    return found


@each_method
@few_examples
@given(data=anything)
def test_the_order_of_rows_changes_nothing(method, reordered, data):
    first, second = data.draw(st.sampled_from(reordered))
    assert not method.missing(first)
    given_ = data.draw(laws.thresholds(method, first))
    assert method.segment(first, **given_).equals(method.segment(second, **given_))


@each_method
@few_examples
@pytest.mark.filterwarnings("error", "default::ResourceWarning")  # what others left open is no warning of numbers
@given(data=anything)
def test_no_warning_of_numbers_reaches_anybody(method, data):
    people = data.draw(laws.customers())
    given_ = data.draw(laws.thresholds(method, people))
    looks = [partial(look, method, people, given_) for look in method.looks.values()]
    for made in (partial(method, people, **given_), partial(ledger, method, people, given_), *looks):
        try:
            made()
        except Problem as problem:
            assert str(problem)


# What a moved threshold does


@st.composite
def moved(draw, method, people):
    """Thresholds, the same with one of them moved, and its name."""
    before = draw(laws.thresholds(method, people))
    name = draw(st.sampled_from(movable(method)))
    control = method.controls[name]
    if isinstance(control, Slider):
        place = draw(laws.positions(control) | st.just(round(before[name] + control.step, 10)))
        after = {**before, name: min(place, control.high)}
    else:
        cuts = list(before[name])
        cuts[draw(st.integers(0, len(cuts) - 1))] = draw(laws.values(control, people))[0]
        after = {**before, name: tuple(sorted(cuts))}
    assume(all(after[lower] <= after[upper] for lower, upper in method.bounds))
    return before, after, name


@each_movable_method
@settings(max_examples=50)
@given(data=anything)
def test_a_moved_threshold_moves_customers_across_it_and_nobody_else(method, data):
    people = data.draw(laws.customers())
    first, second, name = data.draw(moved(method, people))
    before, after = method(people, **first), method(people, **second)
    if not laws.counting(method, name, first):
        assert np.array_equal(before.codes, after.codes)
    elif before.cuts:
        laws.only_those_between_move(before, after)
    else:
        laws.nobody_comes_the_other_way(before, after)


NAMED = [
    ("abc_classes", "a", {}),
    ("abc_classes", "b", {}),
    ("abc_nested", "share", {}),
    ("xyz", "x", {"by": "cv"}),
    ("xyz", "steady", {"by": "terciles"}),
    ("xyz", "variable", {"by": "terciles", "period": "M"}),
    ("lifecycle", "step", {}),
]


@pytest.mark.parametrize(("name", "threshold", "choices"), NAMED, ids=lambda value: str(value))
@few_examples
@given(people=laws.customers())
def test_a_widened_best_band_only_gains_members_at_every_position(name, threshold, choices, people):
    method = METHODS[name]
    control = method.controls[threshold]
    bound = method.controls.get(method.controls[threshold].with_ or "")
    top = method.defaults[control.with_] if bound else control.high
    lowers = [method.defaults[n] for n, c in method.controls.items() if c.with_ == threshold]
    low = max([control.low, *lowers])
    steps = [round(low + step * control.step, 10) for step in range(0, round((top - low) / control.step) + 1)]
    for smaller, larger in pairwise(steps):
        before, after = (method(people, **choices, **{threshold: place}) for place in (smaller, larger))
        known = before.codes < len(before.names)
        assert (after.codes[known] <= before.codes[known]).all()
        assert (after.codes[~known] == before.codes[~known]).all()
        laws.only_those_between_move(before, after)


@examples
@given(people=laws.customers(), size=laws.positions(METHODS["bcg"].controls["size"]), data=anything)
def test_a_higher_size_cut_makes_small_customers_large_and_leaves_growth_alone(people, size, data):
    bcg = METHODS["bcg"]
    larger = data.draw(laws.positions(bcg.controls["size"]).filter(lambda place: place >= size))
    before, after = (np.asarray(bcg.segment(people, size=place).astype("str")) for place in (size, larger))
    grown = {("Dogs", "Cash cows"), ("Dark horses", "Stars")}
    assert {(p, q) for p, q in zip(before, after, strict=True) if p != q} <= grown


@examples
@given(people=laws.customers(), data=anything)
def test_a_moved_rfm_edge_changes_the_score_of_its_metric_alone(people, data):
    rfm = METHODS["rfm"]
    first = data.draw(laws.thresholds(rfm, people)) | {"by": "edges"}
    name = data.draw(st.sampled_from(("recency", "frequency", "money")))
    place = data.draw(st.integers(0, len(first[name]) - 1))
    raised = data.draw(st.floats(first[name][place], 1e13))
    cuts = [*first[name][:place], *(max(raised, cut) for cut in first[name][place:])]
    before, after = rfm(people, **first).detail, rfm(people, **{**first, name: cuts}).detail
    for letter in set("rfm") - {name[0]}:
        assert before[letter].equals(after[letter])
    change = (after[name[0]] - before[name[0]]).dropna()
    assert (change >= 0).all() if name == "recency" else (change <= 0).all()


# What a method says of itself


@each_method
def test_a_method_explains_itself_and_its_defaults_can_be_chosen(method):
    assert len(method.doc) > 80 and method.misleads.startswith("It misleads") and method.misleads.endswith(".")
    assert method.source.endswith(".")
    assert all(meaning.meaning and meaning.attention.endswith(".") for meaning in method.segments.values())
    assert method.reference is None or sum(method.reference) == pytest.approx(1)
    assert method.question.endswith("?")
    families = [family for answering in QUESTIONS.values() for family in answering]
    assert method.family in families, f"“{method.family}” is no family of the chooser: take one of {families}"
    assert all(control.label for control in method.controls.values())
    assert method.complete(method.defaults) == method.defaults
    described = json.loads(json.dumps(method.describe(), allow_nan=False))
    assert set(described["controls"]) == set(method.defaults)


@each_method
@few_examples
@given(data=anything)
def test_every_segment_has_a_meaning_wherever_the_thresholds_stand(method, data):
    assert all(method.meaning(name) for name in method(ONE).names)
    people = data.draw(laws.customers())
    names = method(people, **data.draw(laws.thresholds(method, people))).names
    assert [name for name in names if not method.meaning(name)] == [], "say what they mean in segments="


@each_method
@few_examples
@given(data=anything)
def test_the_headline_speaks_of_those_the_question_asks_about(method, data):
    people = data.draw(laws.customers())
    made = method(people, **(data.draw(laws.thresholds(method, people)) if data.draw(st.booleans()) else {}))
    laws.headline_answers(method, made)


@each_method
def test_the_question_asks_about_segments_there_are_or_about_all_of_them(method):
    asked = {name for group in method.asks for name in group}
    assert asked <= set(method.segments)
    assert asked or "*" in method.segments


@each_method
def test_a_threshold_that_depends_on_a_choice_names_one_that_exists(method):
    for control in method.controls.values():
        if control.when:
            assert control.when[1] in method.controls[control.when[0]].options
        if upper := control.with_:
            other = method.controls[upper]
            assert (other.low, other.high, other.step, other.when) == (
                control.low,
                control.high,
                control.step,
                control.when,
            )


@each_method
@few_examples
@given(people=laws.customers())
def test_defaults_said_or_unsaid_are_the_same(method, people):
    assert method.segment(people, **method.defaults).equals(method.segment(people))


# What a person gets wrong


def refused(method, people, **given_) -> str:
    with pytest.raises(Problem) as caught:
        method.segment(people, **given_)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@each_method
def test_a_wrong_name_is_answered_with_the_names_there_are(method):
    sentence = refused(method, ONE, no_such_threshold=1)
    assert all(name in sentence for name in method.controls)


def wrong(control):
    """Values a control must refuse."""
    if isinstance(control, Slider):
        outside = [control.low - control.step, control.high + control.step, 10**400, -(10**400)]
        return [*outside, *([control.low + 0.5] if control.step == 1 else []), "much", None, [], float("nan")]
    if isinstance(control, Edges):
        return [(), "", "1,x", (1, float("nan")), (control.low - 1,), None, tuple(range(control.most + 1)), [[]]]
    if isinstance(control, Number):
        return [control.low - 1, control.high + 1, control.low + 0.5, 10**400, "much", "", None, [], float("nan")]
    if isinstance(control, Columns):
        none = ["", ",", []] if control.fewest else []
        return [["no such column"], ["region"], "revenue,revenue", *none, None, 5, [5], {}, "[", '["revenue", 1]']
    if isinstance(control, Column):
        return ["no such column", "region", "", None, 5, ["revenue"]]
    if isinstance(control, Attribute):
        return ["no such column", None, 5, ["revenue"]]
    if isinstance(control, Rows):
        return [
            None,
            5,
            [],
            [{"when": "revenue >"}],
            [{"when": "revenue > 1", "segment": ""}],
        ]
    if isinstance(control, Names):
        return [None, 5, {"556": "A"}, {"555": ""}, {"555": 7}, {"555": "Unknown"}, "{", "[]"]
    if isinstance(control, Called):
        return [None, 5, {"A": ""}, {"A": 7}, {"A": "Unknown"}, "{", "[]"]
    if isinstance(control, Other):
        return ["nonsense", None, 5, [], {}, {"method": "xyz", "no such": 1}, "{"]
    assert isinstance(control, Choice)
    return ["nonsense", "", None, 5, [], {}]


@each_method
def test_a_value_outside_the_limits_is_refused_with_a_sentence_that_names_the_threshold(method):
    for name, control in method.controls.items():
        for value in wrong(control):
            sentence = refused(method, ONE, **{name: value})
            told = [name, str(value), *(map(str, value) if isinstance(value, list) else ())]
            assert any(one in sentence for one in told)


@each_method
def test_crossing_and_unordered_thresholds_are_refused(method):
    for name, upper in method.bounds:
        high, low = (
            getattr(method.controls[one], limit, at) for one, limit, at in ((name, "high", 9.0), (upper, "low", 1.0))
        )
        low = 1.0 if isinstance(method.controls[upper], Edges) else low
        assert "cross" in refused(method, ONE, **{name: high, upper: low})
    for name, control in method.controls.items():
        if isinstance(control, Edges) and control.most > 1:
            assert "out of order" in refused(method, ONE, **{name: (9, 3)})


@each_method
def test_a_missing_column_is_named_whichever_it_is(method):
    for need in method.needs:
        names = need if isinstance(need, tuple) else (need,)
        lacking = ONE
        for name in names:
            while column := find(lacking, name):
                lacking = Customers(lacking.frame.drop(columns=column))
        assert any(said(name).lower() in refused(method, lacking) for name in names)
    for name in ONE.frame.columns:
        try:
            method.segment(Customers(ONE.frame.drop(columns=name)))
        except Problem as problem:
            assert name in str(problem) or said(name).lower() in str(problem).lower()


@each_method
@examples
@given(data=anything)
def test_whatever_is_given_is_used_or_refused_with_a_problem(method, data):
    scalar = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
    value = scalar | st.lists(scalar, max_size=4) | st.dictionaries(st.text(max_size=3), scalar, max_size=2)
    name = data.draw(st.sampled_from(sorted(method.controls)))
    try:
        laws.everybody_once(method(ONE, **{name: data.draw(value)}))
    except Problem as problem:
        assert str(problem)


def sales(rows: tuple[tuple[int, int, int], ...], times: int = 1, copies: int = 1) -> Customers:
    """Customers of lines (customer, day, cents), every amount so many times as large, every line so many times."""
    ids, days, cents = zip(*(rows * copies), strict=True)
    dates = np.datetime64("2024-01-01") + np.array(days)
    lines = table(customer=[f"c{one:02}" for one in ids], date=dates, revenue=[one * times / 100 for one in cents])
    return Customers.build(lines, as_of="2025-03-31")


STEADY = tuple((at % 5, 97 * at % 400, 100 * at + 1) for at in range(30))


def scaleless(method) -> bool:
    """Whether sales alone feed the method, and its thresholds are shares, ratios or counts: no amounts, no values."""
    amounts = (Edges, Rows, Other)
    counting = (c for c in method.controls.values() if not c.when or method.defaults[c.when[0]] == c.when[1])
    named = "*" not in method.segments and not any(isinstance(control, amounts) for control in counting)
    return named and not method.missing(sales(STEADY))


@pytest.fixture(scope="module")
def written() -> list[list[Customers]]:
    """Customers of lines, of three and a thousand times their amounts, and of each line twice; built once for all methods."""
    found = []

    @examples
    @given(rows=st.lists(st.tuples(st.integers(0, 12), st.integers(0, 400), st.integers(1, 400_000)), max_size=60))
    def build(rows):
        rows = (*STEADY, *rows)
        found.append([sales(rows), sales(rows, 3), sales(rows, 1000), sales(rows, copies=2)])

    build()
    return found


@pytest.mark.parametrize("method", [m for m in METHODS.values() if scaleless(m)], ids=lambda m: m.name)
def test_another_currency_and_a_file_pasted_twice_leave_everybody_where_he_was(method, written):
    assert len(written) >= 20
    for once, *dearer, twice in written:
        labels = method.segment(once).astype("str").tolist()
        for people in dearer if "orders" in method.needs else (*dearer, twice):
            assert method.segment(people).astype("str").tolist() == labels
