"""Every sentence said of a segmentation is true: each number in it is reckoned again here, from the customers alone."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from functools import cache

import numpy as np
import pandas as pd
import pytest

from pages.pieces.portfolio import answer, ladder, levers, lists, movement, views
from pages.pieces.portfolio.shown import Shown
from segmentation import METHODS, Customers, Problem, Study, read
from segmentation.analysis import pareto, portfolio
from segmentation.analysis.holdout import check, hold_out
from segmentation.analysis.ladder import ladder as rungs
from segmentation.analysis.levers import Levers, pull
from segmentation.analysis.movement import movement as moves
from segmentation.analysis.movement import two_periods
from segmentation.analysis.portraits import card
from segmentation.analysis.scales import scales
from segmentation.analysis.summary import finding, summarise
from segmentation.analysis.thresholds.suggestions import better
from segmentation.board.sizes.sizes import sizes
from segmentation.columns.metrics import label
from segmentation.customers import attributes
from segmentation.report.words import report
from segmentation.segments.method import Method
from segmentation.segments.segmentation import Segmentation
from segmentation.table import Table
from tests.places import SAMPLES
from tests.small import customers, table

FILES = sorted(path.name for path in SAMPLES.iterdir() if ".csv" in path.name)
UNITS = {"": 1.0, "k": 1e3, "m": 1e6, "bn": 1e9, "tn": 1e12}
SHARE = r"−?[<>]?[\d,.]+%"
AMOUNT = r"−?[\d,.]+(?:k|m|bn|tn)?"


def _many(size: int, seed: int, **columns: object) -> Customers:
    rng = np.random.default_rng(seed)
    made = {
        "revenue": np.round(rng.lognormal(5, 2, size), 2),
        "orders": rng.integers(1, 9, size).astype(float),
        "recency_days": rng.integers(0, 900, size).astype(float),
        "tenure_days": np.full(size, 900.0),
    }
    return customers([f"{at:04}" for at in range(size)], as_of=dt.date(2026, 1, 1), **{**made, **columns})


def _losses(size: int) -> Customers:
    rng = np.random.default_rng(size)
    profit = np.round(rng.normal(20, 90, size), 2)
    profit[: size // 9] = np.nan
    potential = np.round(rng.normal(30, 60, size), 2)
    return _many(size, 5, profit=profit, potential=potential)


def sales_of(count: int) -> Table:
    first = dt.date(2026, 3, 1)
    days = [first, *(first + dt.timedelta(days=at % count) for at in range(60)), first + dt.timedelta(days=count - 1)]
    size = len(days)
    return table(customer=[f"c{at % 7}" for at in range(size)], date=days, revenue=[1.5] * size)


MADE = {
    "one customer": lambda: customers(revenue=[5.0], profit=[5.0], potential=[5.0], orders=[1.0], recency_days=[3.0]),
    "one loser": lambda: customers(revenue=[5.0], profit=[-5.0], potential=[1.0], orders=[1.0], recency_days=[999.0]),
    "all alike": lambda: _many(30, 1, revenue=np.full(30, 10.0), profit=np.full(30, 1.0), potential=np.full(30, 1.0)),
    "nothing earned": lambda: _many(9, 2, profit=np.zeros(9), potential=np.zeros(9)),
    "ninety-nine earn nothing": lambda: _many(100, 3, profit=np.array([5.0, *[0.0] * 99]), potential=np.ones(100)),
    "all but one in a thousand": lambda: _many(1000, 4, revenue=np.array([1.0, *[1e6] * 999]), orders=np.ones(1000)),
    "losses and gaps": lambda: _losses(400),
    "one who is let go": lambda: customers(
        revenue=[9.0, 9.0, 9.0], profit=[100.0, -5.0, 1.0], potential=[90.0, 1.0, 2.0], recency_days=[1.0, 2.0, 3.0]
    ),
    "one let go, one served": lambda: customers(
        revenue=[9.0, 9.0, 9.0], profit=[90.0, -5.0, 1.0], potential=[90.0, 1.0, 2.0]
    ),
    "two let go, two served": lambda: customers(
        revenue=[9.0] * 5, profit=[90.0, -5.0, 1.0, 2.0, -4.0], potential=[90.0, 1.0, 2.0, 3.0, 1.0]
    ),
    "revenue alone, more given back": lambda: _many(40, 6, revenue=np.linspace(-50, 500, 40), potential=np.ones(40)),
    "a month and two days": lambda: Customers.build(sales_of(33)),
    "one day": lambda: Customers.build(sales_of(1)),
}


@cache
def people_of(name: str) -> Customers:
    return MADE[name]() if name in MADE else Customers.build(read(SAMPLES / name))


each_people = pytest.mark.parametrize("name", [*FILES, *MADE])


@cache
def segmentations(people: Customers) -> list[tuple[Method, Segmentation]]:
    """By each method that these customers can feed."""
    found = []
    for method in METHODS.values():
        with suppress(Problem):
            found.append((method, method(people)))
    return found


# How numbers are read


def number(text: str) -> float:
    return float(text.replace(",", "").replace("−", "-"))


def is_share(text: str, part: float, whole: float) -> bool:
    """Whether a share as it is said fits; neither nothing nor all is said of what is not."""
    share = 100 * part / whole
    if "<" in text or ">" in text:
        edge = abs(number(re.sub("[<>%−]", "", text)))
        return 0 < abs(share) < edge if "<" in text else edge - 1 < abs(share) != 100
    said = number(text[:-1])
    exact = said != 0 or part == 0, abs(said) != 100 or abs(abs(share) - 100) < 1e-9
    return all(exact) and abs(share - said) <= 0.5 + 1e-9


def is_amount(text: str, value: float) -> bool:
    """Whether an amount of three digits fits."""
    sign, digits, unit = re.fullmatch(r"(−?)([\d.,]+)(k|m|bn|tn)?", text).groups()  # type: ignore[union-attr]
    said = number(digits) * UNITS[unit or ""] * (-1 if sign else 1)
    return abs(said - value) <= 0.006 * abs(value) + 1e-9


def reads_well(said: str) -> None:
    """What is wrong in any sentence: one of many, a number that is none, somebody's sex."""
    plain = re.sub(r"[*\\]", "", said)
    assert not re.search(r"(?<![\d.,])1 (customers|months|days|cycles|weeks|others|decisions|steps|rows)\b", plain), (
        said
    )
    assert not re.search(
        r"(?<![\d.,])1 (are|have|were|stand|bring|cost)\b|(?<![1\d.,])[02-9] (is|has|stands|brings|costs)\b", plain
    ), said
    assert not re.search(r"\bnan\b|\binf\b|None|\bhis\b|\bhim\b|  |\.\.|, \.", plain), said
    assert (plain.strip() == plain and plain[-1] in ".%") or plain.endswith("**"), said


def labels_of(made: Segmentation) -> pd.Series:
    return pd.Series([(*made.names, "Unknown")[code] for code in made.codes], made.customers.frame.index)


# What is said of every segmentation


@each_people
def test_the_headline_of_every_method_is_true(name: str) -> None:
    people = people_of(name)
    for method, made in segmentations(people):
        said, labels = finding(made, summarise(made), method=method), labels_of(made)
        reads_well(said)
        if set(labels) == {"Unknown"}:
            assert said.startswith(f"**Nobody can be placed**: of all {len(labels):,} customer")
            assert "not one has the figure this goes by" in said
            continue
        if len(set(labels)) == 1 and method.fits and labels.iloc[0] in method.segments and len(labels) > 1:
            assert said == f"**No groups found**: all {len(labels):,} customers are {labels.iloc[0].lower()}."
            continue
        for who, count, share in re.findall(
            rf"\. ([A-Z][a-z ]+): ([\d,]+) customers? \(({SHARE}) of the base\)\.", said
        ):
            assert number(count) == (labels == who).sum() and is_share(share, (labels == who).sum(), len(labels)), said
        groups = re.findall(
            rf"\*\*([^*]+): ([\d,]+) (customers?)\*\* \(({SHARE}) of the base\)"
            r"(?: (bring|brings|brought|lose|loses|lost) (\*\*[^;]+?%[^.;]*?\*\*))?[.;]",
            said,
        )
        assert groups, said
        for called, count, word, share, verb, brings in groups:
            who = re.sub(r"^Segments? (?=\d)", "", called)  # no sentence begins with a bare number
            column = label(next(iter(made.columns), "").removesuffix(attributes.RANKED))
            named = {one.removeprefix(f"{column} ") for one in _names(who)} | _names(who)
            named = {who} if who in labels.values else named  # the name of a cluster has a comma of its own
            inside = [one for one in labels.unique() if one in named]
            there = labels.isin(inside)
            assert number(count) == there.sum() and (word == "customer") == (count == "1"), said
            assert is_share(share, there.sum(), len(labels)), said
            assert verb not in ("bring", "lose") or count != "1", said
            gained, *lost = re.split(r" and (?=lo)", f"{verb} {brings}") if not verb.startswith("lo") else ("", brings)
            for told, sign in ((gained, 1), ("".join(lost), -1)):
                for part, column in re.findall(rf"\*\*({SHARE}) of (revenue|profit)\*\*", told):
                    values = sign * people.frame[column].fillna(0)
                    assert is_share(part, values[there].sum(), sign * values.sum()), (method.name, said)
        asked = {name for group in method.asks for name in group} & set(made.names)
        assert said.startswith("Nobody is in ") == bool(asked and not labels.isin(asked).any()), said
        assert method.name == "ages" or not re.search(r"\*\*(under |[\d,.]+–)", said), f"a span of what? {said}"
        if nobody := re.search(r"Nobody is in (.+?)\.(?: |$)", said):
            assert not labels.isin(re.split(r", | or ", nobody[1])).any(), said
        if unknown := re.search(r"([\d,]+) customers? cannot be placed", said):
            assert number(unknown[1]) == (labels == "Unknown").sum()
        else:
            assert not (labels == "Unknown").any()


def _names(who: str) -> set[str]:
    """The segments that stand together in a headline; a name may hold an “and” itself."""
    return {who, *re.split(r", | and ", who)}


@each_people
def test_a_better_start_is_offered_where_nearly_all_are_in_one_segment_and_does_what_it_says(name: str) -> None:
    people = people_of(name)
    for method, made in segmentations(people):
        found = better(method, people, method.defaults, made)
        labels = labels_of(made)
        placed = labels[labels != "Unknown"].value_counts(normalize=True)
        if found is None:
            continue
        reads_well(found.sentence)
        assert placed.index[0] == found.segment and placed.iloc[0] > 0.95
        there = labels_of(method(people, **found.thresholds))
        then = there[there != "Unknown"].value_counts(normalize=True).iloc[0]
        shares = re.findall(SHARE, found.sentence)
        assert is_share(shares[0], placed.iloc[0], 1) and is_share(shares[1], then, 1) and then <= 0.95


def test_shares_that_follow_from_the_sliders_are_not_held_against_those_usually_quoted() -> None:
    people = people_of("shoe_maker_orders.csv")
    for name in ("vip", "vip_good"):
        method = METHODS[name]
        assert "Usually" not in " ".join(sizes(summarise(method(people)), method.reference)["said"])
    nested = METHODS["abc_nested"]
    assert "Usually quoted" in " ".join(sizes(summarise(nested(people)), nested.reference)["said"])


@each_people
def test_the_report_says_what_is_so(name: str) -> None:
    people = people_of(name)
    for method, made in segmentations(people):
        study = Study(method=method.name)
        said = report(study, made).splitlines()
        assert said[0] == f"# {method.question}"
        for balance in (re.fullmatch(rf"({SHARE}) of customers bring 80% of .+: (.+)\.", line) for line in said):
            if balance:
                values = people.values(pareto.column_of(made))
                falling = np.sort(values[values > 0])[::-1]
                before = np.concatenate(([0.0], np.cumsum(falling)[:-1])) / falling.sum()
                needed = int((before < 0.8 - 1e-12).sum())
                assert is_share(balance[1], needed, len(people))


# What is said of money


@each_people
def test_the_whale_curve_says_who_earns_and_who_costs(name: str) -> None:
    people = people_of(name)
    if people.money != "profit":
        return
    profit = people.frame["profit"]
    said = pareto.whale_said(people, pareto.whale(people), "")
    reads_well(said)
    _whale_holds(said, profit)
    if people.has_portfolio:
        of_today = levers.peak(Shown(Study(), people))
        reads_well(of_today)
        _whale_holds(of_today, profit)


def _whale_holds(said: str, profit: pd.Series) -> None:
    losing, earning = int((profit < 0).sum()), int((profit > 0).sum())
    if "Every customer earns something" in said:
        assert earning == len(profit)
    if "Nobody costs more than they bring" in said:
        assert not losing and earning < len(profit)
        nothing = re.search(r"([\d,]+) brings? nothing", said)
        assert (number(nothing[1]) if nothing else 0) == (profit == 0).sum()
    if "never falls" in said:
        assert not losing
    if "Nobody earns anything" in said:
        assert not earning
    if taken := re.search(rf"(one customer takes|([\d,]+) others take) ({AMOUNT}) of it", said):
        assert losing == (1 if taken[1].startswith("one") else number(taken[2]))
        assert is_amount(taken[3], -profit[profit < 0].sum())
    if best := re.search(r"The best ([\d,]+) customers earn", said):
        assert number(best[1]) == earning


@each_people
def test_now_and_potential_are_never_told_without_their_time(name: str) -> None:
    people = people_of(name)
    if not people.has_portfolio:
        return
    said, note = scales(people), people.notes[-1] if people.notes else ""
    reads_well(said)
    same = people.frame[people.money].equals(people.frame["potential"])
    assert ("equals" in said) == same
    if not same and people.days:
        months = re.search(r"over (?:about )?(\d+) months", said)
        days = number(months[1]) * 365.25 / 12 if months else number(re.search(r"over ([\d,]+) days?", said)[1])  # type: ignore
        off = abs(days - people.days)
        assert (
            2 < off <= 16 if "about" in said else off <= 2
        )  # about: to the nearest month, and only where it is not whole
    if people.days and people.stated is None:
        assert "next 12 months" in note or "headroom" in note
        assert ("rough guess" in note) == (people.days < 183), note


# What is said on the Portfolio page


@each_people
@pytest.mark.parametrize("lines", ["mean", "median", "even", "thirds"])
def test_the_answer_of_the_portfolio_is_true(name: str, lines: str) -> None:
    people = people_of(name)
    if not people.has_portfolio:
        return
    study = Study(method="portfolio", thresholds={"portfolio": {"lines": lines}})
    now = Shown(study, people)
    said, labels = answer.sentence(now).replace("\\", ""), labels_of(METHODS["portfolio"](people, lines=lines))
    reads_well(said)
    money = people.frame[people.money]
    invest, let_go = labels == "Invest", labels == "Let go"
    below = let_go | (labels == "Serve cheaply")
    assert ("**Nobody** is above both lines" in said) == (not invest.any())
    if invest.any():
        assert f"**{invest.sum():,} of {len(labels):,} customer{'' if len(labels) == 1 else 's'}**" in said
        held = re.search(rf"holds? \*\*({AMOUNT})(?: \(({SHARE})\))? of the potential", said)
        potential = people.frame["potential"]
        assert held and is_amount(held[1], potential[invest].sum())
        assert not held[2] or is_share(held[2], potential[invest].sum(), potential.sum())
        yearly = re.search(rf"\(({AMOUNT}) a year\)", said)
        assert bool(yearly) == bool(people.days and abs(people.days - 365.25) >= 2), said
        assert not yearly or is_amount(yearly[1], money[invest].sum() * 365.25 / people.days)  # type: ignore[operator]
        if below.any():
            counted = re.search(r"([\d,]+) customers? (?:is|are) below (?:both|all) lines", said)
            assert counted and number(counted[1]) == below.sum()
        dropped = re.search(r"\*\*([\d,]+) of them costs? more than (?:it brings|they bring)\*\*", said)
        if dropped:
            one, other = (let_go.sum() == 1, below.sum() - let_go.sum() == 1)
            assert (
                f"let go only of {'that one' if one else 'those'}; serve the {'other' if other else 'others'} at"
                in said
            ), said
        all_of_them = re.search(r"\*\*(?:all cost|it costs) more than", said)
        assert (number(dropped[1]) if dropped else below.sum() if all_of_them else 0) == let_go.sum()
    if people.money == "profit":
        assert (money[let_go] < 0).all(), "nobody who brings profit is let go"
        assert not (money[labels == "Serve cheaply"] < 0).any()
    else:
        assert not let_go.any(), "revenue proves of nobody that they cost more"
    unknown = re.search(r"([\d,]+) customers? ha(?:s|ve) no figure", said)
    assert (number(unknown[1]) if unknown else 0) == (labels == "Unknown").sum()
    near = len(portfolio.borderline(people, now.at, 1, now.horizontal))
    counted = re.search(r"\*\*(\S+) decisions? (?:is|are) borderline", said)
    assert (counted and {"No": 0, "One": 1}.get(counted[1]) == near) or number(counted[1]) == near  # type: ignore[index]


@each_people
def test_the_lists_say_how_many_are_in_each_sector_and_contradict_nobody(name: str) -> None:
    people = people_of(name)
    if not people.has_portfolio:
        return
    now, labels = Shown(Study(method="portfolio"), people), labels_of(METHODS["portfolio"](people))
    for sector in lists.MEANING:
        said = lists.said(now, sector)
        reads_well(said)
        count = (labels == sector).sum()
        assert said.startswith(f"{sector} ({count:,} customer{'' if count == 1 else 's'}): ")


@each_people
def test_the_ladder_says_what_a_step_up_is_worth_and_no_step_contradicts_it(name: str) -> None:
    people = people_of(name)
    if not people.has_portfolio:
        return
    now = Shown(Study(), people)
    for method, made in segmentations(people):
        steps = ladder.steps(made, method)
        assert steps is None or method.name == "b2b_ladder", "what a segment gets is no step out of it"
        found = rungs(made, steps)
        said = ladder.ladder_sentence(now, found).replace("\\", "")
        reads_well(said)
        labels = labels_of(made)
        each = people.frame["potential"].groupby(labels).mean()
        pairs = list(zip(made.names[1:], made.names, strict=False))
        gains = {
            low: max(each.get(high, np.nan) - each.get(low, np.nan), 0) * people.frame["potential"][labels == low].size
            for low, high in pairs
        }
        total = sum(gain for gain in gains.values() if gain == gain)
        if could := re.search(rf"\*\*({AMOUNT}) of potential\*\* could be gained", said):
            assert is_amount(could[1], total)
            moved = re.search(rf"the most, ({AMOUNT}), by moving ([\d,]+) customers? from \*\*(.+)\*\* to", said)
            assert moved and is_amount(moved[1], max(gain for gain in gains.values() if gain == gain))
            assert number(moved[2]) == (labels == moved[3]).sum()
            above = (labels == made.names[made.names.index(moved[3]) - 1]).sum()
            few = re.search(r"No promise: only (one|\d) customers? stands? on", said)
            assert bool(few) == (above < ladder.FEW) and (not few or {"one": "1"}.get(few[1], few[1]) == str(above)), (
                said
            )
        else:
            assert total <= 1e-9
            assert said.startswith("Nothing can be said") == all(gain != gain for gain in gains.values()), said


SALES = ["shoe_maker_orders.csv", "cutting_tools_orders.csv"]


@pytest.mark.parametrize("name", [*(one for one in SALES if one in FILES), "a month and two days"])
@pytest.mark.parametrize("months", [3, 12])
def test_movement_says_how_many_moved_came_and_went(name: str, months: int) -> None:
    sold = read(SAMPLES / name) if name in FILES else sales_of(33)
    try:
        earlier, later = (Study().completed(one) for one in two_periods(sold, {}, months=months))
    except Problem as problem:
        reads_well(str(problem))
        return
    method = METHODS["portfolio"]
    held = {"lines": "amounts", "profit": (1000.0,), "potential": (500.0,)}
    before, after = labels_of(method(earlier, **held)), labels_of(method(later, **held))
    now = Shown(Study(), later)
    said = movement.sentence(now, moves(method(earlier, **held), method(later, **held)), ((1000.0,), (500.0,)), months)
    said = said.replace("\\", "")
    reads_well(said)
    both = before.index.intersection(after.index)
    away = both[before[both] != after[both]]
    gone = before.index.difference(after.index)
    counts = [
        len(both),
        len(away),
        (after[away] == "Invest").sum(),
        len(after.index.difference(before.index)),
        len(gone),
    ]
    told = re.search(
        r"Of ([\d,]+) customers? there.*\*\*([\d,]+) changed.*, ([\d,]+) of them.*; "
        r"([\d,]+) (?:is|are) new and \*\*([\d,]+) (?:is|are) gone",
        said,
    )
    assert told and [number(one) for one in told.groups()] == counts, said
    lost = re.search(rf"gone with ({AMOUNT})", said)
    assert lost and is_amount(lost[1], earlier.frame.loc[gone, earlier.money].sum())


@each_people
def test_views_say_on_how_many_they_do_not_agree(name: str) -> None:
    people = people_of(name)
    if not people.has_portfolio:
        return
    held = [{}, {"lines": "median"}]
    by_view = [labels_of(METHODS["portfolio"](people, **one)) for one in held]
    said = views.sentence(int((by_view[0] != by_view[1]).sum()), len(people))
    reads_well(said)
    apart = (by_view[0] != by_view[1]).sum()
    assert said.startswith(f"**{apart:,} customer") if apart else "every customer" in said
    assert ("on the others" in said) == (0 < apart < len(people))


@pytest.mark.parametrize("name", [*(one for one in SALES if one in FILES), "a month and two days"])
def test_the_test_on_past_months_says_what_came(name: str) -> None:
    sold = read(SAMPLES / name) if name in FILES else sales_of(200)
    held = hold_out(sold, {}, months=3)
    for model in ("trend", "headroom", "score"):
        found = check(held, model)
        reads_well(found.sentence)
        if off := re.search(rf"\(({SHARE}) (above|below) what came\)", found.sentence):
            assert is_share(off[1], abs(found.predicted - found.actual), abs(found.actual))
            assert (off[2] == "above") == (found.predicted >= found.actual)
        if top := re.search(rf"brought ({SHARE}) of the money, by chance", found.sentence):
            assert is_share(top[1], found.top, 1)
        for error in re.findall(rf"an error of ({AMOUNT}) each, against ({AMOUNT})", found.sentence):
            assert is_amount(error[0], found.error) and is_amount(error[1], min(found.naive.values()))


@each_people
def test_a_lever_says_what_it_changes(name: str) -> None:
    people = people_of(name)
    if not people.has_portfolio or "revenue" not in people.frame or len(people) < 2:
        return
    now = Shown(Study(), people)
    money = people.frame[people.money].fillna(0)
    said = levers.sentence(now, pull(people, Levers(price=0.1))).replace("\\", "")
    reads_well(said)
    after = money.sum() + 0.1 * people.frame["revenue"].fillna(0).sum()
    if would := re.search(rf"would be \*\*({AMOUNT})\*\* instead of ({AMOUNT}): \*\*({AMOUNT}) (more|less)\*\*", said):
        assert is_amount(would[1], after) and is_amount(would[2], money.sum())
        assert is_amount(would[3], abs(after - money.sum())) and (would[4] == "more") == (after >= money.sum())


@each_people
def test_a_card_names_only_ways_a_customer_can_be_led(name: str) -> None:
    people = people_of(name)
    for row in np.unique(np.linspace(0, len(people) - 1, 5).astype(int)):
        for _, made in segmentations(people):
            for way in card.standing(made, int(row))["up"]:
                said = card.sentence(way)
                reads_well(said)
                assert way["column"] in (*card.MORE, *card.LESS)
                better_ = made.names.index(way["segment"])
                assert better_ < made.codes[row], said
                assert ("more" in said) == (way["needed"] > people.values(way["column"])[row])


def test_what_is_said_of_no_customer_and_of_one_is_said_so() -> None:
    with pytest.raises(AssertionError):
        reads_well("1 customers are here.")
    with pytest.raises(AssertionError):
        reads_well("In 1 months.")
    assert is_share(">99%", 998, 1000) and not is_share("100%", 998, 1000) and not is_share("0%", 1, 1000)
    assert is_amount("1.20k", 1199) and not is_amount("1.20k", 1300)
