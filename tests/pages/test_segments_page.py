"""The Segments page: whatever is chosen, the numbers on it are those the library gives."""

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pages.app.frame import saved_as
from pages.pieces.segments.customer_list import BOX
from segmentation import METHODS, Customers, Study, formats
from segmentation.analysis.summary import summarise
from segmentation.analysis.thresholds import positions
from segmentation.segments import plane
from segmentation.segments.controls import Choice, Edges
from tests.pages.visitor import KIDS, SAMPLES, Visitor, says_what_to_do, unescaped
from tests.samples import people_of

NUMBERS = "Segments in numbers"
LIST = "Customers of A"
SHOES = people_of()
FED = [name for name, method in METHODS.items() if not method.missing(SHOES)]  # methods these customers can feed
ALONE = [name for name in FED if not any(c.below for c in METHODS[name].controls.values())]


def shown_counts(visitor: Visitor) -> dict[str, int]:
    return visitor.table(NUMBERS).set_index("segment")["customers"].to_dict()


@pytest.fixture
def at_segments(with_shoes: Visitor) -> Visitor:
    return with_shoes.go("Segments")


@pytest.mark.parametrize("name", FED)
def test_every_method_shows_its_question_and_the_library_s_numbers(
    at_segments: Visitor, shoes: Customers, name: str
) -> None:
    at_segments.choose("method", name)
    expected, shown = summarise(METHODS[name](shoes)), at_segments.table(NUMBERS)
    assert at_segments.title == METHODS[name].question
    assert not at_segments.problems
    assert len(shown.columns) > 8
    for column in shown:
        np.testing.assert_array_equal(shown[column], expected[column], err_msg=column)


@pytest.mark.parametrize("name", FED)
def test_the_python_call_on_the_page_gives_the_very_segments_on_it(
    at_segments: Visitor, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_segments.choose("method", name)
    slider = at_segments.at.slider[0] if len(at_segments.at.slider) else None
    if slider and not isinstance(slider.value, tuple):
        at_segments.move(str(slider.key), slider.max)
    monkeypatch.chdir(SAMPLES)
    found: dict = {}
    exec(at_segments.python, found)
    assert found["labels"].value_counts(sort=False).to_dict() == shown_counts(at_segments)


def test_the_python_call_repeats_what_was_set_on_the_data_page(
    with_shoes: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_shoes.choose("choice.returns", "drop").choose("window", 12).choose("role.revenue", "pairs").go("Segments")
    monkeypatch.chdir(SAMPLES)
    found: dict = {}
    exec(with_shoes.python, found)
    assert found["labels"].value_counts(sort=False).to_dict() == shown_counts(with_shoes)


def test_the_sentence_and_the_figures_are_the_library_s(at_segments: Visitor, shoes: Customers) -> None:
    best = summarise(METHODS["abc_classes"](shoes)).iloc[0]
    assert (
        f"A: {best.customers} customers ({formats.share(best.share_of_customers)} of the base) bring "
        f"{formats.share(best.share_of_revenue)} of revenue and {formats.share(best.share_of_profit)} of profit."
    ) in at_segments.words
    assert at_segments.figures["Profit"] == formats.compact(shoes.total("profit"))


@pytest.mark.parametrize("name", ALONE)
def test_every_threshold_can_go_to_its_ends_and_nobody_is_lost(at_segments: Visitor, name: str) -> None:
    at_segments.choose("method", name)
    turn_sliders(at_segments)
    for key, control in METHODS[name].controls.items():
        for option in control.options if isinstance(control, Choice) else ():
            if f"{name}.{key}" in {box.key for box in at_segments.at.selectbox}:
                turn_sliders(at_segments.choose(f"{name}.{key}", option))
                assert sum(shown_counts(at_segments).values()) == 319


def turn_sliders(visitor: Visitor) -> None:
    for key in [str(slider.key) for slider in visitor.at.slider]:
        slider = visitor.at.slider(key=key)
        low, high, was = slider.min, slider.max, slider.value
        two = isinstance(was, tuple)
        for value in ((low, low), (low, high), (high, high)) if two else (low, high):
            visitor.move(key, value)
            assert not visitor.problems
            assert sum(shown_counts(visitor).values()) == 319
        visitor.move(key, was)


@pytest.mark.parametrize("column", ["orders", "profit", "growth", "recency_days"])
def test_customers_can_be_ranked_by_any_number_with_the_library_s_result(
    at_segments: Visitor, shoes: Customers, column: str
) -> None:
    at_segments.choose("abc_classes.value", column)
    expected = METHODS["abc_classes"](shoes, value=column)
    assert shown_counts(at_segments) == dict(zip(expected.shown, expected.counts.tolist(), strict=False))


def test_a_moved_slider_moves_the_sentence_the_table_and_the_list_together(
    at_segments: Visitor, shoes: Customers
) -> None:
    at_segments.choose("listed", "A").move("abc_classes.a", (50.0, 70.0))
    moved = METHODS["abc_classes"](shoes, a=0.5, b=0.7)
    a = int(moved.counts[0])
    assert f"A: {a} customers" in at_segments.words
    assert shown_counts(at_segments)["A"] == a
    assert set(at_segments.table(LIST).index) == set(shoes.frame.index[moved.rows("A")])


def test_thresholds_are_kept_when_methods_and_pages_are_switched_back_and_forth(at_segments: Visitor) -> None:
    at_segments.move("abc_classes.a", (60.0, 90.0)).choose("method", "lifecycle").move("lifecycle.step", 6)
    at_segments.choose("method", "abc_classes")
    assert at_segments.at.slider(key="abc_classes.a").value == (60.0, 90.0)
    at_segments.go("Data").go("Segments").choose("method", "lifecycle")
    assert at_segments.at.slider(key="lifecycle.step").value == 6


def test_own_edges_that_cross_are_refused_in_a_sentence_and_the_last_good_ones_stay(at_segments: Visitor) -> None:
    at_segments.choose("method", "rfm").choose("rfm.by", "edges")
    before, cuts = shown_counts(at_segments), at_segments.study.values()["recency"]
    at_segments.write("rfm.recency.0", 9999.0)
    assert any("out of order" in sentence for sentence in at_segments.problems)
    assert all(map(says_what_to_do, at_segments.problems))
    assert at_segments.study.values()["recency"] == cuts
    assert shown_counts(at_segments) == before
    assert at_segments.widget("number_input", "rfm.recency.0").value == cuts[0]


def test_why_a_threshold_is_refused_is_said_below_it_by_the_names_on_the_page(at_segments: Visitor) -> None:
    at_segments.choose("method", "value_score").move("value_score.high", 60)
    assert at_segments.problems == [
        "“High value is the top share of customers” (60%) cannot be above “High and medium together are this share” (50%): it "
        "stays as it was. Move the other one first."
    ]
    at_segments.choose("method", "rfm").choose("rfm.by", "edges").write("rfm.recency.1", 10.0)
    assert at_segments.problems == [
        "The cuts of “Recency” are out of order (31, 10, 91), so they stay as they were: put them ascending."
    ]
    drawn = [
        (one.key or one.type).split("--")[0] for one in at_segments.at.main if one.type in ("number_input", "error")
    ]
    assert drawn.index("error") == drawn.index("rfm.recency.2") + 1, "not below them all, where nobody sees it"


def test_a_named_edge_can_be_edited(at_segments: Visitor, shoes: Customers) -> None:
    at_segments.choose("method", "rfm").choose("rfm.by", "edges")
    cuts = at_segments.study.values()["money"]
    assert isinstance(METHODS["rfm"].controls["money"], Edges)
    at_segments.write("rfm.money.0", cuts[0] / 2)
    moved = METHODS["rfm"](shoes, by="edges", money=(cuts[0] / 2, *cuts[1:]))
    assert shown_counts(at_segments) == dict(zip(moved.shown, moved.counts.tolist(), strict=False))


def test_the_corners_hold_the_library_s_sectors_wherever_the_lines_stand(
    at_segments: Visitor, shoes: Customers
) -> None:
    at = positions.positions_of(shoes, "profit")[-1], positions.positions_of(shoes, "potential")[30]
    at_segments.study.move_lines(*at)
    sectors, shown = plane.sectors(shoes, *at), at_segments.look().picture("plane")
    assert shown["names"] == list(sectors.names)
    assert shown["held"]["customers"] == sectors.counts[:-1].tolist()
    np.testing.assert_allclose(shown["held"]["profit"], sectors.sums("profit")[:-1], atol=0.5)


def test_what_the_picture_is_sent_says_for_every_cut_what_the_segments_would_hold(
    at_segments: Visitor, shoes: Customers
) -> None:
    along = at_segments.picture("pareto")["along"]
    for a, b in ((50, 95), (80, 95), (98, 99)):
        expected = summarise(METHODS["abc_classes"](shoes, a=a / 100, b=b / 100))
        for measure in ("customers", "revenue", "profit", "cost_to_serve", "potential"):
            held = np.diff([0, *(along[measure][place] for place in (a, b, -1))])
            np.testing.assert_allclose(held, expected[measure], rtol=1e-12, atol=1e-6)


@pytest.mark.parametrize("segment", ["A", "B", "C"])
def test_the_list_holds_exactly_the_customers_of_the_chosen_segment(
    at_segments: Visitor, shoes: Customers, segment: str
) -> None:
    at_segments.choose("listed", segment)
    expected = shoes.frame.iloc[METHODS["abc_classes"](shoes).rows(segment)]
    shown = at_segments.table(f"Customers of {segment}")
    assert set(shown.index) == set(expected.index)
    assert shown["profit"].is_monotonic_decreasing
    button: Any = at_segments.at.get_by_key("download_customers")
    assert button.label == f"Download {len(expected)} customers"


def test_a_box_drawn_in_the_bubble_chart_lists_the_customers_inside(at_segments: Visitor, shoes: Customers) -> None:
    at_segments.at.session_state["box"] = {"x": [1000, 5000], "y": [0, 2000]}
    at_segments.look().choose("listed", BOX)
    inside = shoes.frame[shoes.frame["profit"].between(1000, 5000) & shoes.frame["potential"].between(0, 2000)]
    assert len(inside) > 0
    assert set(at_segments.table("Customers of the box drawn in the chart").index) == set(inside.index)
    best = METHODS["abc_classes"](shoes).rows("A")
    assert set(at_segments.choose("listed", "A").table(LIST).index) == set(shoes.frame.index[best])


def test_an_empty_box_offers_no_download_and_says_that_nobody_is_in_it(at_segments: Visitor) -> None:
    at_segments.at.session_state["box"] = {"x": [-9e9, -8e9], "y": [0, 1]}
    at_segments.look().choose("listed", BOX)
    assert "Nobody is in the box drawn in the chart." in at_segments.words
    assert "download_customers" not in {button.key for button in at_segments.at.get("download_button")}


def test_a_method_the_data_cannot_feed_says_what_is_missing_and_the_others_go_on(visitor: Visitor) -> None:
    visitor.upload("customer;revenue\nAlma;5\nBora;7\nCuka;9\n").go("Segments").choose("method", "lifecycle")
    assert visitor.problems
    assert all(map(says_what_to_do, visitor.problems))
    assert not visitor.choose("method", "abc_classes").problems
    assert sum(shown_counts(visitor).values()) == 3


def test_a_column_the_next_file_lacks_is_a_sentence_and_another_can_be_chosen_at_once(at_segments: Visitor) -> None:
    at_segments.choose("abc_classes.value", "profit").go("Data")
    at_segments.upload("customer,date,revenue\nAlma,2026-01-01,5\nBora,2026-02-01,7\n").go("Segments")
    assert at_segments.title == "Who brings the money?"
    assert all(map(says_what_to_do, at_segments.problems))
    assert len(at_segments.problems) == 1
    assert not at_segments.choose("abc_classes.value", "revenue").problems
    assert sum(shown_counts(at_segments).values()) == 2


def test_a_long_list_shows_its_head_and_says_that_the_download_holds_all(visitor: Visitor) -> None:
    visitor.sample(KIDS).go("Segments").choose("listed", "A")
    assert len(visitor.table(LIST)) == 200
    assert "The first 200 are shown; the download holds all" in visitor.words


def test_a_saved_study_brings_every_setting_back_in_another_session(at_segments: Visitor) -> None:
    at_segments.move("abc_classes.a", (60.0, 90.0)).choose("currency", "€").choose("window", 12)
    saved = at_segments.study.to_json()
    other = Visitor().sample().upload(saved, "study.json", key="study_file")
    assert not other.problems
    assert other.study.to_json() == saved
    assert other.go("Segments").at.slider(key="abc_classes.a").value == (60.0, 90.0)
    assert shown_counts(other) == shown_counts(at_segments)


@pytest.mark.parametrize(
    "document",
    [
        "",
        "[]",
        "no json",
        "{}",
        '{"version": 99}',
        '{"version": 1, "method": "magic"}',
        '{"version": 1, "nothing": 2}',
        '{"version": 1, "as_of": "yesterday"}',
        '{"version": 1, "window": "x"}',
        '{"version": 1, "columns": {"revenue": 7}}',
        '{"version": 1, "thresholds": {"abc_classes": {"a": 0.9, "b": 0.5}}}',
        '{"version": 1, "lines": {"profit": "much"}}',
        '{"version": 1, "reading": {"encoding": "klingon"}}',
        Study(method="rfm").to_json()[:-40],  # half written
        f'{{"version": 1, "file": "{"x" * 10_000_000}"}}',
    ],
)
def test_a_study_that_cannot_be_used_is_refused_in_a_sentence_and_all_stays(
    at_segments: Visitor, document: str
) -> None:
    before, counts = at_segments.study.to_json(), shown_counts(at_segments)
    at_segments.upload(document, "study.json", key="study_file")
    assert at_segments.problems
    assert at_segments.study.to_json() == before
    assert shown_counts(at_segments.go("Data").go("Segments")) == counts


def test_columns_that_settings_name_in_vain_are_told_on_the_page_they_were_loaded_on(at_segments: Visitor) -> None:
    document = '{"version": 1, "columns": {"revenue": "Umsatz"}, "file": "other.csv"}'
    at_segments.upload(document, "study.json", key="study_file")
    assert [one for one in at_segments.problems if "does not have (Umsatz)" in unescaped(one)]
    at_segments.upload('{"version": 1}', "another.json", key="study_file")
    assert not at_segments.problems


def test_a_study_made_on_another_file_says_so_and_leaves_a_working_page(with_shoes: Visitor) -> None:
    document = '{"version": 1, "columns": {"revenue": "Umsatz"}, "file": "other.csv"}'
    with_shoes.upload(document, "study.json", key="study_file")
    for page in ("Segments", "Data"):
        with_shoes.go(page)
        assert all(map(says_what_to_do, with_shoes.problems))
    assert "319 customers" in unescaped(with_shoes.go("Data").at.success[0].value)


def test_a_file_named_on_the_command_line_is_open_for_everybody_who_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["app.py", str(Path(SAMPLES) / "shoe_maker_orders.csv")])
    assert "319 customers" in Visitor().words


@pytest.mark.parametrize("name", ["nothing.csv", "."])
def test_a_file_on_the_command_line_that_cannot_be_opened_is_a_sentence_and_samples_are_offered(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr("sys.argv", ["app.py", name])
    visitor = Visitor()
    assert visitor.problems
    assert "319 customers" in visitor.sample().words


def test_a_method_the_file_cannot_feed_says_what_is_lacking_and_shows_the_way_on(at_segments: Visitor) -> None:
    at_segments.choose("method", "b2b_ladder")
    (problem,) = at_segments.problems
    assert says_what_to_do(problem)
    assert "“cnc”, “special_tools”, “standard_tools” and “production”" in problem
    assert "Help me choose" in at_segments.words
    assert [link.proto.page for link in at_segments.at.get("page_link")] == [""], "where the app begins: the Data page"


def test_lines_moved_elsewhere_go_back_with_one_click_on_the_page_of_every_method(
    at_segments: Visitor, shoes: Customers
) -> None:
    assert not [one for one in at_segments.at.button if one.key == "lines back"]
    at_segments.study.move_lines(5000.0, 100.0)
    for method in ("abc_classes", "rfm"):
        at_segments.study.method = method
        assert at_segments.look().picture("plane")["profit"]["at"] == [5000.0]
        assert [one for one in at_segments.at.button if one.key == "lines back"]
    at_segments.study.set_of("portfolio", cooperation_weight=0.3)
    at_segments.press("lines back")
    assert at_segments.picture("plane")["profit"]["at"] == [plane.cut_lines(shoes, {})[0]]
    assert at_segments.study.thresholds["portfolio"] == {"cooperation_weight": 0.3} and not at_segments.study.lines
    assert not [one for one in at_segments.at.button if one.key == "lines back"]


def test_a_text_with_usual_thresholds_says_on_the_page_which_are_others_here(at_segments: Visitor) -> None:
    at_segments.study.set_of("abc_classes", a=0.6)
    assert "“A ends at this share of the total” 60% (usually 80%)" in at_segments.open("explained").words


def test_no_slider_writes_its_unit_behind_the_number_one(at_segments: Visitor) -> None:
    at_segments.study.method = "lifecycle"
    (slider,) = [one for one in at_segments.look().at.slider if one.key == "lifecycle.step"]
    assert slider.proto.format == "%.4g" and "(months)" in slider.label


def test_of_a_handful_of_customers_the_page_says_what_it_shows(visitor: Visitor) -> None:
    visitor.upload("customer,date,revenue\nA,2024-01-02,5\nB,2024-02-03,9\n").go("Segments")
    assert "There are only 2 customers" in visitor.words and "Too few customers to judge" in visitor.words


def test_settings_are_saved_under_the_name_of_the_file_and_the_day_and_loading_them_is_confirmed(
    with_shoes: Visitor,
) -> None:
    assert saved_as(with_shoes.study, dt.date(2026, 3, 9)) == "shoe_maker_orders_settings_2026-03-09.json"
    assert saved_as(Study(file="../Ünï & co.v2.csv"), dt.date(2026, 3, 9)) == "Ünï_co_settings_2026-03-09.json"
    assert saved_as(Study(), dt.date(2026, 3, 9)) == "settings_2026-03-09.json"
    saved = with_shoes.study.to_json()
    with_shoes.upload(saved, "mine [x](y).json", key="study_file")
    assert [box for box in with_shoes.at.info if "are in use" in box.value and "\\[x" in box.value]
    with_shoes.upload("{}", "other.json", key="study_file")
    assert not [box for box in with_shoes.at.info if "are in use" in box.value]


def test_what_is_cut_by_profit_and_potential_opens_on_them_with_the_lines_it_is_cut_by(
    at_segments: Visitor, shoes: Customers
) -> None:
    at_segments.study.choose("portfolio")
    at_segments.study.set_of("portfolio", lines="thirds")
    first = at_segments.look().boards[0]["columns"][0][0]
    made, picture = METHODS["portfolio"](shoes, lines="thirds"), at_segments.picture("plane")
    assert first["name"] == "plane" and len(picture["profit"]["at"]) == 2
    assert (tuple(picture["profit"]["at"]), tuple(picture["potential"]["at"])) == plane.lines_in(made)
    at_segments.study.choose("vip")
    assert at_segments.look().boards[0]["columns"][0][0]["name"] != "plane"


def test_a_part_the_file_says_nothing_about_cannot_be_weighed(at_segments: Visitor) -> None:
    at_segments.choose("method", "value_score")
    off = {slider.label for slider in at_segments.at.slider if slider.disabled}
    assert off == {"Response to campaigns counts", "Referrals count"}


def test_pictures_of_other_kinds_are_another_board_since_one_always_has_the_same(at_segments: Visitor) -> None:
    laid: dict[str, list[list[str]]] = {}
    for method, values in (("abc_classes", {}), ("vip", {}), ("portfolio", {}), ("portfolio", {"lines": "amounts"})):
        at_segments.study.choose(method)
        at_segments.study.set_of(method, **values)
        component = at_segments.look().at.get("bidi_component")[0]
        cards = [[card["name"] for card in column] for column in at_segments.boards[0]["columns"]]
        assert laid.setdefault(str(component.proto.id), cards) == cards
    assert len(laid) == 4
