"""What drives profit, growth or leaving stands folded on the Segments page, and is the next segmentation in a click."""

from segmentation import Customers
from segmentation.analysis.portraits.drivers import MIX, drivers, driving, sentence, verdict
from tests.pages.visitor import Visitor


def test_what_drives_profit_is_told_and_a_click_segments_by_it(with_shoes: Visitor, shoes: Customers) -> None:
    with_shoes.go("Segments").open("driven")
    found = drivers(shoes, "profit", "")
    assert verdict(found) in with_shoes.words and sentence(found, found.ranked[0]) in with_shoes.words
    with_shoes.at.pills(key="driven target").set_value("recency_days")
    assert "of the differences in days since last order" in with_shoes.look().words
    with_shoes.choose("driver", "manager")
    assert "manager is “" in with_shoes.words
    with_shoes.press("segment by")
    assert with_shoes.study.method == "attribute" and with_shoes.study.values()["column"] == "manager"
    with_shoes.press("undo")
    assert with_shoes.study.method == "abc_classes"


def test_what_is_masked_drives_nothing_on_screen(with_shoes: Visitor) -> None:
    with_shoes.study.masked = ["manager"]
    with_shoes.go("Segments").open("driven")
    assert "manager" not in with_shoes.at.selectbox(key="driver").options


def test_where_nothing_can_be_explained_the_page_says_what_it_would_show(visitor: Visitor) -> None:
    visitor.upload("customer,region,age\nA,North,40\nB,South,30\nC,South,20\n").go("Segments").open("driven")
    assert "Here will stand what drives" in visitor.words


def test_groups_are_looked_for_by_what_drives_the_money_in_a_click(with_shoes: Visitor, shoes: Customers) -> None:
    found = driving(shoes)
    with_shoes.go("Clusters").press("take drivers")
    assert with_shoes.at.session_state["clusters draft"] == found and len(found) > 2


def test_what_they_buy_is_a_thing_to_be_explained_too(with_shoes: Visitor, shoes: Customers) -> None:
    with_shoes.go("Segments").open("driven").at.pills(key="driven target").set_value(MIX)
    found = drivers(shoes, MIX)
    assert verdict(found) in with_shoes.look().words and sentence(found, found.ranked[0]) in with_shoes.words
    with_shoes.study.masked = ("category",)
    assert MIX not in with_shoes.look().at.pills(key="driven target").options
