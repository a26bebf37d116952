"""What the Segments page offers around a method: help to choose, edges, starts, rules, cells, further tables, one's own."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from segmentation import METHODS, Customers, Study
from segmentation.__main__ import main
from segmentation.analysis.thresholds.sensitivity import ledger
from segmentation.analysis.thresholds.suggestions import suggest
from segmentation.columns.match import match
from segmentation.segments.groups import PROFILE
from segmentation.segments.rules import coverage
from tests.pages.visitor import SAMPLES, SHOES, Visitor, says_what_to_do


@pytest.fixture
def at_segments(with_shoes: Visitor) -> Visitor:
    return with_shoes.go("Segments")


def counts(visitor: Visitor) -> dict[str, int]:
    return visitor.table("Segments in numbers").set_index("segment")["customers"].to_dict()


def opened(visitor: Visitor, key: str) -> Visitor:
    visitor.at.session_state[key] = True
    return visitor.look()


def test_a_question_leads_to_the_methods_the_data_allow_and_says_what_the_others_lack(at_segments: Visitor) -> None:
    opened(at_segments, "choosing")
    leaving = next(pills for pills in at_segments.at.get("button_group") if pills.label == "Who is leaving?")
    assert {"Lifecycle by recency", "Sleepers by own rhythm", "RFM"} <= set(leaving.options)
    assert "Campaign response lacks opened or clicked or bought" in at_segments.words
    leaving.set_value("sleepers")
    assert at_segments.look().title == METHODS["sleepers"].question


def test_a_method_made_of_others_is_not_said_to_lack_data_since_others_can_be_chosen(visitor: Visitor) -> None:
    visitor.upload("customer,revenue,region\nAlma,5,North\nBora,7,South\nCleo,9,North\n").go("Segments")
    offered = visitor.widget("selectbox", "method").options
    assert METHODS["cross"].title in offered and f"{METHODS['lifecycle'].title} (no data)" in offered


def test_without_a_profit_a_margin_can_be_assumed_with_one_click(visitor: Visitor) -> None:
    visitor.upload("customer,date,revenue\nAlma,2026-01-01,5\nBora,2026-02-01,7\n").go("Segments")
    opened(visitor, "choosing")
    offered = [button for button in visitor.at.button if "margin" in button.label]
    for button in offered:
        button.click()
    visitor.look()
    assert bool(offered) == (visitor.study.margin is not None)


def test_the_edges_of_a_method_are_the_library_s_ledger(at_segments: Visitor, shoes: Customers) -> None:
    opened(at_segments, "ledger")
    shown = at_segments.table("What one step of each threshold changes")
    expected = ledger(METHODS["abc_classes"], shoes, {})
    assert shown["customers"].tolist() == expected["customers"].tolist()
    np.testing.assert_allclose(shown["revenue"], expected["revenue"])
    assert shown["step"].iloc[0] == "80% → 79%"


def test_customers_at_the_edges_are_masked_where_their_column_is(at_segments: Visitor, shoes: Customers) -> None:
    customer = next(one.heading for one in match(at_segments.at.session_state["table"]) if one.role == "customer")
    at_segments.study.masked = [customer]
    opened(at_segments, "ledger")
    said = at_segments.table("What one step of each threshold changes")["edge"].str.cat(sep=", ").split(", ")
    assert len(said) > 1 and not set(said) & set(shoes.frame.index)


def test_a_suggested_start_is_applied_only_when_asked_and_can_be_taken_back(
    at_segments: Visitor, shoes: Customers
) -> None:
    at_segments.choose("method", "volume_bands")
    before = counts(at_segments)
    opened(at_segments, "starts")
    (name, (value, why)), *_ = suggest(METHODS["volume_bands"], shoes).items()
    assert why[1:20] in at_segments.words and counts(at_segments) == before
    at_segments.press(f"start.{name}")
    assert at_segments.study.values()[name] == value
    assert counts(at_segments) != before


def test_where_nearly_all_are_in_one_segment_a_better_start_is_one_click_away(visitor: Visitor) -> None:
    rows = [f"c{at},2026-01-{1 + at % 28:02},{at % 7 + 1}" for at in range(300)]
    visitor.upload("\n".join(["customer,date,revenue", *rows])).go("Segments")
    visitor.choose("method", "volume_bands")
    assert counts(visitor)["Retail"] == 300
    assert "100% of the customers that can be placed are in Retail" in visitor.words
    visitor.press("better")
    assert max(counts(visitor).values()) < 300 and "can be placed are in" not in visitor.words


def test_rules_are_shown_with_what_each_covers_and_a_row_can_be_added(at_segments: Visitor, shoes: Customers) -> None:
    at_segments.choose("method", "rules")
    found = coverage(METHODS["rules"](shoes))
    shown = at_segments.picture("coverage")["rows"]
    assert [row["wins"] for row in shown] == found.rows["wins"].tolist()
    assert f"{found.none} customers are matched by no row" in at_segments.words
    opened(at_segments, "rules.rules.add.popover")
    form = at_segments.at
    next(box for box in form.selectbox if box.label == "Column").set_value("orders")
    next(box for box in form.text_input if box.label == "Value").set_value("10")
    next(box for box in form.text_input if box.label == "then the segment is").set_value("Often")
    next(button for button in form.button if button.label == "Put it first").click()
    at_segments.look()
    assert at_segments.study.values()["rules"][0]["segment"] == "Often"
    assert counts(at_segments)["Often"] == int((shoes.values("orders") >= 10).sum())


def test_a_rule_on_a_column_that_is_gone_is_said_in_a_sentence_and_can_be_mended(at_segments: Visitor) -> None:
    at_segments.choose("method", "b2b_ladder")
    assert at_segments.problems and all(map(says_what_to_do, at_segments.problems))
    at_segments.study.set(rules=[{"when": "orders >= 20", "segment": "5"}, {"when": "else", "segment": "1"}])
    at_segments.look()
    assert not at_segments.problems and sum(counts(at_segments).values()) == 319


def test_a_cell_of_the_score_table_can_be_renamed(at_segments: Visitor, shoes: Customers) -> None:
    at_segments.choose("method", "rfm")
    at_segments.study.set(table={"555": "Our best"})
    at_segments.look()
    assert counts(at_segments)["Our best"] == METHODS["rfm"](shoes, table={"555": "Our best"}).counts[-2]


def test_a_method_of_one_s_own_is_kept_shown_and_forgotten(at_segments: Visitor, shoes: Customers) -> None:
    opened(at_segments, "own")
    form = at_segments.at
    form.selectbox(key="own.column").set_value("orders")
    form.text_input(key="own.cuts edges").set_value("5, 20")
    form.text_input(key="own.names").set_value("Often, Sometimes, Seldom")
    at_segments.look()
    assert f"It would make: Often {int((shoes.values('orders') >= 20).sum())}" in at_segments.words
    form = at_segments.at
    form.text_input(key="own.question").set_value("Who comes often?")
    form.text_input(key="own.name").set_value("visits")
    at_segments.press("own.keep")
    assert at_segments.title == "Who comes often?"
    orders = shoes.values("orders")
    assert counts(at_segments) == {
        "Often": int((orders >= 20).sum()),
        "Sometimes": int(((orders >= 5) & (orders < 20)).sum()),
        "Seldom": int((orders < 5).sum()),
    }
    again = Study.from_json(at_segments.study.to_json())
    assert again.segmentation(shoes).counts[:3].tolist() == list(counts(at_segments).values())
    at_segments.press("own.drop visits")
    assert at_segments.study.method == "abc_classes" and not at_segments.problems


def test_groups_are_kept_as_a_method_of_one_s_own_which_the_shell_runs_too(
    at_segments: Visitor, shoes: Customers, tmp_path: Path
) -> None:
    at = {"k": 4, "columns": ("orders", "revenue"), "transform": "rank"}
    at_segments.study.set_of("kmeans", **at)
    at_segments.choose("method", "kmeans")
    opened(at_segments, "own")
    at_segments.choose("own.primitive", "method")
    assert at_segments.widget("selectbox", "own.of").value == "kmeans", "the method that is chosen is offered first"
    at_segments.at.text_input(key="own.name").set_value("four kinds")
    at_segments.press("own.keep")
    found = METHODS["kmeans"](shoes, **at)
    at_segments.study.set_of("kmeans", k=2)  # which the one that was kept does not follow
    assert at_segments.look().study.method == "four-kinds" and not at_segments.problems
    assert counts(at_segments) == dict(zip(found.names, found.counts.tolist(), strict=False))
    opened(at_segments, "personas")
    assert "persona name" in " ".join(str(one.key) for one in at_segments.at.text_input)
    at_segments.choose("method", "cross")
    at_segments.choose("cross.second", "four-kinds")
    assert at_segments.study.values()["second"] == {"method": "kmeans", **at}
    assert at_segments.widget("selectbox", "cross.second").value == "four-kinds" and not at_segments.problems
    at_segments.study.choose("four-kinds")
    (tmp_path / "study.json").write_text(at_segments.study.to_json())
    given = [str(tmp_path / "study.json"), str(SAMPLES / SHOES), "--out", str(tmp_path / "out"), "--as", "csv"]
    assert main(["run", *given]) == 0
    told = "".join(one.read_text() for one in (tmp_path / "out").rglob("*.csv"))
    assert all(name in told for name in found.names)


def test_a_method_of_one_s_own_that_a_study_writes_as_text_can_be_taken_by_another(at_segments: Visitor) -> None:
    at_segments.study.keep("theirs", {"primitive": "method", "of": '{"method": "abc_classes", "a": 0.7}'})
    at_segments.choose("method", "cross")
    at_segments.choose("cross.second", "theirs")
    assert at_segments.study.values()["second"] == {"method": "abc_classes", "a": 0.7}
    assert at_segments.widget("selectbox", "cross.second").value == "theirs" and not at_segments.problems


def test_a_row_is_moved_and_deleted_and_shares_are_typed_as_per_cent(at_segments: Visitor) -> None:
    at_segments.choose("method", "rules")
    before = at_segments.study.values()["rules"]
    opened(at_segments, "rules.rules.order.popover").press("rules.rules.order.Down")
    assert at_segments.study.values()["rules"] == (before[1], before[0], before[2])
    at_segments.press("rules.rules.order.delete")
    assert at_segments.study.values()["rules"] == (before[1], before[2])
    opened(at_segments, "own")
    at_segments.choose("own.primitive", "quantiles")
    at_segments.at.text_input(key="own.cuts quantiles").set_value("50%, 0.8")
    at_segments.at.text_input(key="own.name").set_value("tops")
    at_segments.press("own.keep")
    assert at_segments.study.values()["cuts"] == (0.5, 0.8)


def test_two_visitors_who_call_their_own_methods_alike_each_see_their_own(at_segments: Visitor) -> None:
    other = Visitor().sample().go("Segments")
    for visitor, column in ((at_segments, "orders"), (other, "recency_days")):
        visitor.study.keep("mine", {"primitive": "edges", "column": column, "cuts": [20], "names": ["Many", "Few"]})
        visitor.study.choose("mine")
        opened(visitor, "ledger")
    told = [visitor.table("What one step of each threshold changes") for visitor in (at_segments, other)]
    assert told[0]["edge"].tolist() != told[1]["edge"].tolist()
    for visitor in (at_segments, other):
        visitor.study.bubbles = "mine"
        visitor.go("Portfolio")
    places = [one.picture("plane")["bubbles"] for one in (at_segments, other)]
    assert {one[0] for one in places[0]} == {one[0] for one in places[1]} == {"Many", "Few"}
    assert places[0] != places[1]
    other.study.drop("mine")
    assert other.look().study.bubbles == "sample"


def test_one_s_own_shares_of_the_total_stand_on_the_pareto_curve_and_in_the_python_call(
    at_segments: Visitor, shoes: Customers, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = {"primitive": "cumulative share", "column": "revenue", "cuts": [0.8, 0.95], "names": ["A", "B", "C"]}
    at_segments.study.keep("mine", recipe)
    at_segments.study.choose("mine")
    at_segments.look()
    assert list(counts(at_segments).values()) == METHODS["abc_classes"](shoes).counts[:3].tolist()
    monkeypatch.chdir(SAMPLES)
    found: dict = {}
    exec(at_segments.python, found)
    assert found["labels"].value_counts(sort=False).to_dict() == counts(at_segments)


@pytest.mark.parametrize("name", [name for name, method in METHODS.items() if method.looks and name != "b2b_ladder"])
def test_further_tables_of_a_method_are_the_library_s(at_segments: Visitor, shoes: Customers, name: str) -> None:
    at_segments.choose("method", name)
    for title, look in METHODS[name].looks.items():
        opened(at_segments, f"look.{name}.{title}")
        expected = look(METHODS[name], shoes, METHODS[name].complete({}))
        assert len(at_segments.table(title)) == min(len(expected), 200)


def test_what_sets_groups_apart_is_headed_in_words_and_rounded_as_one_reads(at_segments: Visitor) -> None:
    opened(at_segments.choose("method", "kmeans"), f"look.kmeans.{PROFILE}")
    told = next(one.proto.columns for one in at_segments.at.dataframe if one.proto.alt == PROFILE)
    heads = json.loads(told)
    assert (heads["segment"]["label"], heads["customers"]["label"]) == ("Segment", "Customers")
    assert heads["revenue"]["type_config"]["format"] == "%,.0f" and heads["orders"]["type_config"]["format"] == "%,.1f"


@pytest.mark.parametrize("sample", sorted(path.name for path in SAMPLES.glob("*.csv")))
def test_every_sample_opens_and_each_method_it_can_feed_shows_every_customer(visitor: Visitor, sample: str) -> None:
    visitor.upload((SAMPLES / sample).read_bytes(), sample)
    visitor.study.as_of = visitor.study.as_of or "2026-06-30"  # an age is one on a day
    visitor.go("Segments")
    people = visitor.at.session_state["customers"]
    for name, method in METHODS.items():
        if not method.missing(people):
            visitor.choose("method", name)
            assert visitor.problems == [] and sum(counts(visitor).values()) == len(people), name


def test_meanings_and_sources_are_said_for_every_method(at_segments: Visitor) -> None:
    for name, method in METHODS.items():
        opened(at_segments.choose("method", name), "explained")
        if not at_segments.problems:
            assert method.source[:30] in at_segments.words
            assert "What they usually get" in at_segments.words


def test_tables_hold_whole_customers_only(at_segments: Visitor) -> None:
    shown = at_segments.table("Segments in numbers")
    assert pd.api.types.is_integer_dtype(shown["customers"])


def test_where_only_a_day_is_lacking_it_is_asked_for_and_nothing_looks_broken(visitor: Visitor) -> None:
    visitor.upload("customer,birth_date,revenue\n" + "".join(f"{i},19{50 + i}-03-04,{i}\n" for i in range(20)))
    visitor.study.method = "ages"
    visitor.go("Segments")
    assert visitor.problems == []
    (asked,) = [box.value for box in visitor.at.info]
    assert "choose the day to analyse up to" in asked


def test_a_slider_begins_where_it_stands_in_whichever_answer_the_browser_draws_it_and_is_never_set(
    at_segments: Visitor,
) -> None:
    """Of two answers a browser draws the last alone; and what were set would take back what is moved meanwhile."""

    def stands() -> tuple[float, ...]:
        slider = at_segments.at.slider(key="abc_classes.a")
        assert not slider.proto.set_value
        return tuple(slider.proto.default)

    at_segments.choose("method", "xyz").choose("method", "abc_classes")
    assert stands() == (80, 95)
    at_segments.press("keep")
    assert stands() == (80, 95)
    at_segments.move("abc_classes.a", (70, 95))
    assert stands() == (70, 95)
