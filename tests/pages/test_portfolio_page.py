"""The Portfolio page: whatever line, model or weight is moved, the numbers on it are those the library gives."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from pages.pieces.segments import pictures
from segmentation import METHODS, Customers, Study, formats
from segmentation.analysis import portfolio
from segmentation.analysis.holdout import hold_out, rank
from segmentation.analysis.ladder import ladder
from segmentation.analysis.levers import Levers, pull
from segmentation.analysis.movement import movement, two_periods
from segmentation.analysis.portraits.card import card
from segmentation.analysis.summary import summarise
from segmentation.analysis.thresholds import positions
from segmentation.analysis.views import contested, sectors_by_view
from segmentation.customers.cooperation import Rates, with_rates
from segmentation.potential import MODELS, with_potential
from segmentation.segments import plane
from segmentation.table import Table
from tests.pages.visitor import SAMPLES, Visitor, says_what_to_do

SECTORS = "Sectors in numbers"


@pytest.fixture
def here(with_shoes: Visitor) -> Visitor:
    return with_shoes.go("Portfolio")


def part(visitor: Visitor, name: str) -> Visitor:
    visitor.at.session_state["part"] = name
    return visitor.look()


def line(visitor: Visitor, axis: str, value: float) -> Visitor:
    return visitor.choose(f"portfolio.{axis}", value, "select_slider")


def picture(visitor: Visitor) -> dict[str, Any]:
    """What the draggable picture was sent."""
    return visitor.picture("plane")


def counts(visitor: Visitor) -> dict[str, int]:
    return visitor.table(SECTORS).set_index("segment")["customers"].to_dict()


def same_numbers(visitor: Visitor, customers: Customers, **thresholds: Any) -> None:
    """The table of sectors is the library's summary of the portfolio at these thresholds."""
    expected, shown = summarise(METHODS["portfolio"](customers, **thresholds)), visitor.table(SECTORS)
    assert shown["segment"].tolist() == expected["segment"].tolist()
    for column in ("customers", "revenue", "profit", "potential"):
        np.testing.assert_allclose(shown[column], expected[column])


def test_the_answer_says_how_many_to_invest_in_and_how_many_decisions_are_borderline(
    here: Visitor, shoes: Customers
) -> None:
    best = summarise(METHODS["portfolio"](shoes)).iloc[0]
    near = portfolio.borderline(shoes, plane.preset(shoes, "profit", "mean"))
    assert here.title == "Whom do we invest in?"
    assert f"{best.customers} of 319 customers are worth investing in" in here.words
    assert (
        f"{formats.compact(best.potential)} ({formats.share(best.share_of_potential)}) of the potential" in here.words
    )
    assert f"{len(near)} decisions are borderline" in here.words


@pytest.mark.parametrize("lines", plane.LINES)
def test_every_preset_of_the_lines_gives_the_library_s_sectors(here: Visitor, shoes: Customers, lines: str) -> None:
    at = plane.preset(shoes, "profit", "mean")
    here.choose("portfolio.lines", lines)
    given = {"lines": lines, **({"profit": (at[0],), "potential": (at[1],)} if lines == "amounts" else {})}
    assert not here.problems
    same_numbers(here, shoes, **given)
    assert picture(here)["held"]["customers"] == METHODS["portfolio"](shoes, **given).counts[:-1].tolist()


def test_a_moved_line_moves_sentence_table_and_picture_together(here: Visitor, shoes: Customers) -> None:
    stop = positions.positions_of(shoes, "profit")[30]
    at = plane.preset(shoes, "profit", "mean")
    line(here, "profit", stop)
    same_numbers(here, shoes, lines="amounts", profit=(stop,), potential=(at[1],))
    assert picture(here)["profit"]["at"] == [stop]
    assert f"{counts(here)['Invest']} of 319" in here.words


def test_by_thirds_all_four_lines_move_and_the_others_stay_where_they_are(here: Visitor, shoes: Customers) -> None:
    here.choose("portfolio.lines", "thirds")
    (low, _), later = plane.line_cuts(shoes, "profit", "thirds", (), ())
    high = positions.positions_of(shoes, "profit")[80]
    line(here, "profit 2", high)
    given = {"lines": "amounts", "profit": (low, high), "potential": later}
    same_numbers(here, shoes, **given)
    assert [picture(here)[axis]["at"] for axis in ("profit", "potential")] == [[low, high], list(later)]
    near = portfolio.borderline(shoes, ((low, high), later))
    part(here, "Clear-cut?")
    assert f"{len(near)} decisions are borderline" in here.words
    assert here.table("Customers near a line").index.tolist() == near.index.tolist()
    for axis in ("profit", "potential"):  # what is sent along is what the method says with either line elsewhere
        stops, told = (
            positions.positions_of(shoes, axis),
            np.reshape(picture(here)["along"][axis]["customers"], (-1, 3)),
        )
        upper = next(place for place, stop in enumerate(stops) if stop > given[axis][0])
        made = METHODS["portfolio"](shoes, **{**given, axis: (given[axis][0], stops[upper])})
        fields = np.array([*made.counts[:8], made.counts[8] + made.counts[9]]).reshape(3, 3)
        assert told[upper].tolist() == (fields[0] if axis == "profit" else fields[:, 0]).tolist()
    higher = positions.positions_of(shoes, "profit")[90]
    line(here, "profit 1", higher)  # the upper line is pushed along
    same_numbers(here, shoes, **{**given, "profit": (higher, higher)})
    here.choose("portfolio.lines", "mean")
    same_numbers(here, shoes)


def test_a_line_moved_here_stands_there_on_the_segments_page_and_the_other_way_round(
    here: Visitor, shoes: Customers
) -> None:
    stop, further = positions.positions_of(shoes, "profit")[30], positions.positions_of(shoes, "profit")[70]
    line(here, "profit", stop).go("Segments")
    assert picture(here)["profit"]["at"] == [stop]
    told = SimpleNamespace(study=here.study, lines=(stop, picture(here)["potential"]["at"][0]))
    pictures._move_line(told, "profit", [further])  # what the picture calls when the line is let go
    here.look().go("Portfolio")
    assert here.widget("select_slider", "portfolio.profit").value == further


def test_what_is_sent_along_says_for_every_stop_what_the_sectors_would_hold(here: Visitor, shoes: Customers) -> None:
    shown, at = picture(here), plane.preset(shoes, "profit", "mean")
    for place in (0, 45, -1):
        stop = shown["profit"]["positions"][place]
        made = METHODS["portfolio"](shoes, lines="amounts", profit=(stop,), potential=(at[1],))
        pairs = np.reshape(shown["along"]["profit"]["customers"], (-1, 2))
        assert pairs[place].tolist() == made.counts[:2].tolist()


def test_cooperation_counts_beside_profit(here: Visitor, shoes: Customers) -> None:
    here.move("portfolio.cooperation_weight", 50.0)
    same_numbers(here, shoes, cooperation_weight=0.5)
    assert "50% of it cooperation" in picture(here)["profit"]["title"]


def test_bubbles_can_be_the_segments_of_any_method(here: Visitor, shoes: Customers) -> None:
    made = METHODS["abc_classes"](shoes)
    drawn = {one[0]: one for one in picture(here.choose("bubble", "abc_classes"))["bubbles"]}
    assert set(drawn) == set(made.names)
    assert drawn["A"][4] == made.counts[0]
    assert drawn["A"][3] == pytest.approx(made.sums("revenue")[0])
    largest = picture(here.choose("bubble", "largest"))["bubbles"]
    best = shoes.frame["revenue"].idxmax()
    assert largest[0][0] == f"{best} · {shoes.frame.loc[best, shoes.called[0]]}"
    assert len(largest) == portfolio.SAMPLE


@pytest.mark.parametrize("name", [name for name in MODELS if name != "column"])
def test_every_model_gives_its_own_potential(here: Visitor, shoes: Customers, name: str) -> None:
    here.choose("model", name)
    expected = shoes.with_found(MODELS[name](shoes))
    assert not here.problems
    same_numbers(here, expected)
    here.at.session_state["model settings"] = True
    assert formats.plain(expected.notes[-1][:40]).replace("\\", "") in here.look().words


def test_a_model_s_own_setting_changes_the_potential(here: Visitor, shoes: Customers) -> None:
    here.at.session_state["model settings"] = True
    here.choose("model", "mbgnbd").move("mbgnbd.horizon", 24)
    same_numbers(here, shoes.with_found(MODELS["mbgnbd"](shoes, horizon=24)))
    assert "alive" in here.words
    assert "Log-likelihood of the purchases: −13,588.7" in here.words
    here.choose("model", "headroom").choose("headroom.within", "city")
    same_numbers(here, shoes.with_found(MODELS["headroom"](shoes, within="city")))
    here.choose("model", "score").move("score.weights.growth", 3.0)
    weights = {**MODELS["score"].defaults["weights"], "growth": 3.0}
    same_numbers(here, shoes.with_found(MODELS["score"](shoes, weights=weights)))


def test_a_model_the_file_cannot_feed_is_said_and_the_page_goes_on(here: Visitor, shoes: Customers) -> None:
    here.choose("model", "column")
    assert len(here.problems) == 1
    assert all(map(says_what_to_do, here.problems))
    same_numbers(here, shoes)
    assert not here.choose("model", "trend").problems


def test_the_borderline_list_and_those_one_criterion_loses_are_the_library_s(here: Visitor, shoes: Customers) -> None:
    at = (positions.positions_of(shoes, "profit")[40], plane.LEAST)
    here.study.move_lines(*at)
    part(here, "Clear-cut?")
    near = portfolio.borderline(shoes, at)
    lost = portfolio.lost_by_one(shoes, plane.sectors(shoes, *at))
    assert here.table("Customers near a line").index.tolist() == near.index.tolist()
    assert here.table("Customers one criterion loses").index.tolist() == lost.index[:200].tolist()
    here.move("near", 3)
    assert f"{len(portfolio.borderline(shoes, at, 3))} customers" in here.words


def test_the_list_of_a_sector_holds_exactly_its_customers(here: Visitor, shoes: Customers) -> None:
    here.choose("sector", "Invest")
    expected = shoes.frame.index[METHODS["portfolio"](shoes).rows("Invest")]
    assert set(here.table("Customers of Invest").index) == set(expected)


def test_the_held_back_check_ranks_the_models_by_what_really_came(here: Visitor, shoes_table: Table) -> None:
    part(here, "Is the potential true?")
    assert not any(table.proto.alt == "The models ranked" for table in here.at.dataframe)
    here.press("check")
    held = hold_out(shoes_table, {}, **Study().roll_up_settings())
    expected = rank(held, list(MODELS))
    ranked = here.table("The models ranked")
    assert ranked["who"][~ranked["who"].str.startswith("(")].tolist() == [MODELS[one.model].title for one in expected]
    assert set(expected[0].naive.values()) <= set(ranked["error"])
    mine = next(one for one in expected if one.model == "trend")
    assert mine.sentence in here.words
    assert any(b"Tenths of customers" in c.proto.SerializeToString() for c in here.at.get("vega_lite_chart"))


def test_a_file_without_dates_cannot_be_checked_and_says_why(visitor: Visitor) -> None:
    visitor.upload("customer;revenue\nAlma;5\nBora;7\nCuka;9\n").go("Portfolio")
    part(visitor, "Is the potential true?").press("check")
    assert all(map(says_what_to_do, visitor.problems))
    part(visitor, "Movement")
    assert len(visitor.problems) == 1
    assert all(map(says_what_to_do, visitor.problems))


def test_rates_of_serving_change_profit_on_every_page(here: Visitor, shoes: Customers) -> None:
    part(here, "Cost and cooperation").write("rate.order", 100.0)
    served = with_potential(with_rates(shoes, Rates(order=100.0)))
    same_numbers(here, served)
    assert here.figures["Profit"] == formats.compact(served.total("profit"))
    assert here.go("Segments").figures["Profit"] == formats.compact(served.total("profit"))
    part(here.go("Portfolio"), "Cost and cooperation").press("no rates")
    same_numbers(here, shoes)


def test_a_column_can_stand_for_a_part_of_cooperation(here: Visitor, shoes_table: Table) -> None:
    part(here, "Cost and cooperation").choose("shown by.cooperation", "orders").move("weight.loyalty", 3.0)
    here.move("portfolio.cooperation_weight", 100.0)
    weights = {"loyalty": 3.0, "cooperation": 1.0, "reliability": 1.0}
    study = Study(cooperation={"columns": {"cooperation": "orders"}, "weights": weights})
    same_numbers(here, study.customers(shoes_table), cooperation_weight=1.0)


def test_two_kept_views_show_whose_sector_depends_on_whom_you_ask(here: Visitor, shoes: Customers) -> None:
    part(here, "Views by team").choose("view name", "Sales").press("keep view")
    here.choose("portfolio.lines", "even").choose("view name", "Finance").press("keep view")
    views = {"Sales": {}, "Finance": {"lines": "even"}}
    expected = contested(shoes, sectors_by_view(shoes, views))
    assert here.study.views == views
    assert f"{len(expected)} customers" in here.words
    assert here.table("Customers the views do not agree on").index.tolist() == expected.index[:200].tolist()
    here.at.toggle[0].set_value(True)
    here.look()
    assert [one["name"] for one in picture(here)["views"]] == ["Sales", "Finance"]
    here.press("use Sales")
    same_numbers(here, shoes)
    assert list(here.press("drop Sales").study.views) == ["Finance"]


def test_levers_show_profit_before_and_after(here: Visitor, shoes: Customers) -> None:
    part(here, "Levers").move("lever.price", 2.0).move("lever.serve", -10).write("lever.let_go", 20)
    pulled = pull(shoes, Levers(price=0.02, serve=-0.1, let_go=20))
    assert f"Profit would be {formats.compact(pulled.after.total)} instead of" in here.words
    assert f"{formats.compact(pulled.gain)} more" in here.words
    assert "20 customers fewer" in here.words


def test_where_only_revenue_is_known_nobody_is_said_to_cost_more_than_they_bring(visitor: Visitor) -> None:
    part(visitor.upload("customer,revenue\nA,50\nB,-6\nC,-7\n").go("Portfolio"), "Levers")
    assert "more money went back to 2 customers than came in" in visitor.words
    assert "cost more" not in visitor.words


def test_movement_is_told_in_customers_and_money(here: Visitor, shoes_table: Table) -> None:
    part(here, "Movement")
    earlier, later = two_periods(shoes_table, {}, months=12)
    at = plane.preset(later, "profit", "mean")
    both = [METHODS["portfolio"](one, lines="amounts", profit=(at[0],), potential=(at[1],)) for one in (earlier, later)]
    expected, shown = movement(*both), here.table("Movement from sector to sector")
    assert shown["customers"].tolist() == expected["customers"].tolist()
    assert shown["change"].sum() == pytest.approx(later.total("profit") - earlier.total("profit"))


def test_movement_is_told_in_the_currency_chosen_now(here: Visitor) -> None:
    for sign in ("€", "£"):
        part(here.choose("currency", sign), "Movement")
        gone = next(line for line in here.words.splitlines() if " are gone with " in line)
        assert f"gone with {sign}" in gone


def test_the_ladder_tells_the_step_up_and_what_it_frees(here: Visitor, shoes: Customers) -> None:
    part(here, "Ladder").choose("rungs", "lifecycle")
    expected, shown = ladder(METHODS["lifecycle"](shoes)), here.table("The rungs of the ladder")
    assert shown["customers"].tolist() == expected["customers"].tolist()
    np.testing.assert_allclose(shown["gain"], expected["gain"])


def test_the_card_of_a_customer_says_where_it_stands_in_every_method(here: Visitor, shoes: Customers) -> None:
    who = shoes.frame.index[10]
    part(here, "One customer").choose("card", who)
    expected, shown = card(shoes, who), here.table("Where the customer stands in every method")
    assert shown["Segment"].tolist() == [one["segment"] for one in expected["methods"]]
    assert here.figures["Revenue"] == formats.compact(expected["facts"][0]["value"])


def test_in_a_large_file_a_customer_is_found_by_a_part_of_its_number(visitor: Visitor) -> None:
    rows = "".join(f"K-{at:05},{at}\n" for at in range(2500))
    part(visitor.upload(f"customer,revenue\n{rows}").go("Portfolio"), "One customer")
    visitor.at.text_input(key="card search").set_value("k-0012")
    visitor.look()
    assert visitor.at.selectbox(key="card").options == [f"K-{at:05}" for at in range(120, 130)]


NAMED = "customer no,client name,e-mail,day,revenue\n" + "".join(
    f"K{at % 2500:05},Firm {at % 2500} Ltd,info{at % 2500}@site.example,2026-0{1 + at % 6}-05,{at % 90 + 1}\n"
    for at in range(5000)
)


@pytest.mark.parametrize("sought", ["firm 1234", "K01234", "INFO1234@"])
def test_a_customer_is_found_by_name_number_and_e_mail(visitor: Visitor, sought: str) -> None:
    part(visitor.upload(NAMED).go("Portfolio"), "One customer")
    visitor.at.text_input(key="card search").set_value(sought)
    visitor.look()
    assert visitor.at.selectbox(key="card").options == ["K01234 · Firm 1234 Ltd info1234@site.example"]


def test_the_name_of_a_customer_stands_beside_the_number_unless_it_is_masked(here: Visitor, shoes: Customers) -> None:
    best = shoes.frame["revenue"].idxmax()
    name = shoes.frame.loc[best, shoes.called[0]]
    listed = here.choose("sector", "Invest").table("Customers of Invest")
    assert listed.columns[0] == shoes.called[0] and name in listed[shoes.called[0]].tolist()
    part(here, "One customer")
    assert f"{best} · {name}" in here.at.selectbox(key="card").options
    here.study.masked = ["customer"]
    part(here, "One customer")
    assert best in here.at.selectbox(key="card").options
    assert not any(name in one for one in here.at.selectbox(key="card").options)


def test_the_python_call_on_the_page_gives_the_very_sectors_on_it(
    here: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.choose("model", "headroom").choose("portfolio.lines", "median")
    here.at.session_state["portfolio explained"] = True
    code = here.look().at.code[0].value
    monkeypatch.chdir(SAMPLES)
    found: dict = {}
    exec(code, found)
    assert found["sectors"].value_counts(sort=False).to_dict() == counts(here)


ODD = {
    "losses only": "customer,date,revenue,cost\n" + "".join(f"K{n},2026-01-{n + 1:02},10,{20 + n}\n" for n in range(9)),
    "nothing to come": "customer,revenue,potential\nA,5,0\nB,6,0\nC,7,0\n",
    "one customer": "customer,date,revenue\nA,2026-01-01,5\n",
    "revenue only": "customer,revenue\nA,5\nB,60\nC,700\n",
    "all alike": "customer,revenue,profit\n" + "".join(f"K{n},10,1\n" for n in range(20)),
    "nothing at all": "customer,revenue,profit\nA,0,0\nB,0,0\n",
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_file_gives_a_readable_page_in_every_part(visitor: Visitor, name: str) -> None:
    visitor.upload(ODD[name]).go("Portfolio")
    assert not visitor.problems
    assert sum(counts(visitor).values()) == ODD[name].count("\n") - 1
    assert not re.search(r"\b(nan|inf|None)\b", visitor.words)
    assert "–" not in visitor.words.splitlines()[0]
    for lines in ("median", "even", "thirds", "mean"):
        visitor.choose("portfolio.lines", lines)
        assert sum(counts(visitor).values()) == ODD[name].count("\n") - 1
    assert picture(visitor.choose("bubble", "abc_classes"))["bubbles"]
    for name_ in (
        "Clear-cut?",
        "Cost and cooperation",
        "Views by team",
        "Levers",
        "Movement",
        "Ladder",
        "One customer",
    ):
        part(visitor, name_)
        assert all(map(says_what_to_do, visitor.problems))
        assert not re.search(r"\b(nan|inf|None)\b", visitor.words)


def test_where_the_potential_is_only_todays_money_the_answer_says_so(visitor: Visitor) -> None:
    visitor.upload(ODD["revenue only"]).go("Portfolio")
    assert "no more than today's revenue here: choose another model" in visitor.words


def test_where_the_file_says_what_is_to_come_the_answer_asks_for_no_other_model(visitor: Visitor) -> None:
    assert "choose another model" not in visitor.upload(ODD["nothing to come"]).go("Portfolio").words


def test_where_all_lose_money_nobody_is_said_to_be_worth_it_and_no_line_stands_below_zero(visitor: Visitor) -> None:
    visitor.upload(ODD["losses only"]).go("Portfolio").choose("portfolio.lines", "median")
    said = visitor.words.splitlines()[0]
    assert "Nobody" in said and "%" not in said
    assert "stand at zero, as low as a line goes: whoever brings nothing is never above them." in said


@pytest.mark.parametrize("name", ["losses only", "nothing to come", "nothing at all"])
def test_whoever_has_nothing_to_give_is_never_called_worth_investing_in(visitor: Visitor, name: str) -> None:
    visitor.upload(ODD[name]).go("Portfolio")
    assert "worth investing in" not in visitor.words


def test_a_saved_study_brings_lines_model_rates_and_views_back_in_another_session(here: Visitor) -> None:
    part(here, "Cost and cooperation").write("rate.order", 50.0).choose("model", "headroom").choose("bubble", "rfm")
    part(here, "Views by team").choose("view name", "Sales").press("keep view")
    here.study.move_lines(5000.0, 1000.0)
    here.look()
    saved = here.study.to_json()
    other = Visitor().sample().upload(saved, "study.json", key="study_file")
    assert not other.problems
    assert other.study.to_json() == saved
    assert counts(other.go("Portfolio")) == counts(here)
    assert other.widget("selectbox", "model").value == "headroom"


def test_without_a_file_the_page_says_what_it_will_show(visitor: Visitor) -> None:
    visitor.go("Portfolio")
    assert visitor.title == "Whom do we invest in?"
    assert "Two lines make four decisions" in visitor.words
    assert "Bring a file" in visitor.words


def test_links_and_markup_in_a_file_stay_letters_in_every_part(visitor: Visitor) -> None:
    evil = "![](http://tracker.invalid/x.png)"
    visitor.upload(f'customer,revenue,"{evil}"\n"{evil}",5,1\nB,6,2\n').go("Portfolio")
    visitor.at.session_state["card"] = evil
    for name in ("One customer", "Cost and cooperation"):
        part(visitor, name)
        assert evil not in "".join(said.value for said in (*visitor.at.markdown, *visitor.at.caption))


def test_masked_customers_are_codes_in_the_picture_the_lists_and_the_card(here: Visitor, shoes: Customers) -> None:
    ids = set(shoes.frame.index)
    here.study.masked = ["customer_id"]
    drawn = [one[0] for one in picture(part(here, "Clear-cut?"))["bubbles"]]
    assert len(set(drawn)) == len(drawn)
    assert not ids & set(drawn)
    assert not ids & set(here.table("Customers near a line").index)
    here.at.session_state["card"] = shoes.frame.index[0]
    assert shoes.frame.index[0] not in part(here, "One customer").words
    assert not ids & set(here.at.selectbox(key="card").options)
