"""What a person masks is nowhere on the screen: not in a sentence, a table, a chart, a list to choose from or a code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from segmentation import METHODS, Study
from tests.pages.visitor import Visitor

SECRET = "Geheim"
SEEN = f"{SECRET}".encode()


def people(count: int = 150) -> str:
    """Customers of whom everything is secret: number, name, e-mail, phone, birthday, town; some look the same."""
    rows = []
    for i in range(count):
        of = i // 2 if i < 40 else i
        name = f"{SECRET} Nr{of} Ltd" if i % 2 else f"{SECRET} NR{of}"
        rows.append(f"{SECRET}{i:03d},{name},{SECRET}{of}@mail.al,{SECRET} town {of % 40}")
    return "client,company,email,town\n" + "\n".join(rows) + "\n"


def sales(count: int = 150) -> str:
    """Lines with an order that carries the total, copies, returns, a line without a day, one without a customer."""
    rows = [
        f"{SECRET}{i % count:03d},2026-0{1 + i % 6}-{1 + i % 27:02d},{SECRET}-O{i},{(i * 37) % 90 + 5}"
        for i in range(400)
    ]
    rows += [f"{SECRET}001,2026-03-03,{SECRET}-O999,9000", rows[5], f"{SECRET}002,,{SECRET}-O998,5", ",2026-02-02,,7"]
    rows += [f"{SECRET}777,2026-03-01,{SECRET}-O997,20", f"{SECRET}003,2026-03-04,{SECRET}-O996,-11"]
    return "client,day,order,amount\n" + "\n".join(rows) + f"\nTotal {SECRET},,,19000\n"


def everything(node: Any) -> Iterator[tuple[str, bytes]]:
    """Every element the server sent to the browser, as its bytes."""
    proto = getattr(node, "proto", None)
    if proto is not None and hasattr(proto, "SerializeToString"):
        yield f"{type(node).__name__} {getattr(node, 'key', '')}", proto.SerializeToString()
    for child in getattr(node, "children", {}).values():
        yield from everything(child)


def shown(visitor: Visitor) -> list[str]:
    """The elements in which a secret stands."""
    sent = [(name, content) for name, content in everything(visitor.at._tree) if name]
    assert len(sent) > 10
    return [
        f"{name}: …{content[max(0, content.find(SEEN) - 60) : content.find(SEEN) + 40]!r}"
        for name, content in sent
        if SEEN in content
    ]


@pytest.fixture
def masked(visitor: Visitor) -> Visitor:
    visitor.drop({"people.csv": people(), "sales.csv": sales()})
    for heading in ("client", "order", "company", "email", "town"):
        visitor.study.masked.append(heading)
    visitor.study.same = {f"{SECRET}001": f"{SECRET}000"}
    visitor.study.without_orders = [f"{SECRET}-O3"]
    return visitor.look()


DATA = ("findings", "decisions", "aside", "more roles", "change joins", "alike", "joins", "choices", "templates")


def test_nothing_masked_is_seen_on_the_data_page(masked: Visitor) -> None:
    masked.study.masked, held = [], masked.study.masked
    assert shown(masked.look()), "the test looks where the names are"
    masked.study.masked = held
    for key in DATA:
        masked.open(key)
    for radio in [radio.key for radio in masked.at.radio if str(radio.key).startswith("finding")]:
        masked.open(str(radio).replace("finding", "rows"))
    assert "look the same as another" in masked.words and "One order (" in masked.words
    assert not shown(masked)
    masked.choose("alike.left", "people.csv").press("compare")
    assert masked.at.session_state["pairs"]["found"].size
    assert not shown(masked)
    masked.choose("read.file", "people.csv")
    assert not shown(masked)


def test_nothing_masked_is_seen_beside_any_method(masked: Visitor) -> None:
    masked.go("Segments")
    for key in (
        "explained",
        "ledger",
        "personas",
        "driven",
        *(f"look.{name}.{title}" for name in METHODS for title in METHODS[name].looks),
    ):
        masked.at.session_state[key] = True
    masked.choose("listed", "A")
    for name in METHODS:
        assert not shown(masked), name
        masked.at.session_state["listed"] = None
        masked.study.method = name
        masked.look()
    assert not shown(masked)


PARTS = ("Sector lists", "Clear-cut?", "Is the potential true?", "Cost and cooperation", "Views by team", "Levers",
         "Movement", "Ladder", "One customer")  # fmt: skip


def test_nothing_masked_is_seen_in_any_part_of_the_portfolio(masked: Visitor) -> None:
    masked.go("Portfolio").open("explained")
    for part in PARTS:
        masked.at.session_state["part"] = part
        masked.at.session_state["sector"] = "Let go"
        masked.at.session_state["card"] = f"{SECRET}002"
        masked.look()
        assert not shown(masked), part


@pytest.mark.parametrize("bubbles", ("abc_classes", "largest", "sample"))
def test_of_what_was_drawn_unmasked_nothing_is_drawn_masked_nor_the_other_way(masked: Visitor, bubbles: str) -> None:
    held, masked.study.masked, masked.study.bubbles = masked.study.masked, [], bubbles
    drawn = masked.go("Portfolio").picture("plane")
    assert SECRET in str(drawn)
    masked.study.masked = held
    assert SECRET not in str(masked.look().picture("plane"))
    masked.study.masked = []
    assert masked.look().picture("plane") == drawn


def test_a_method_that_would_name_its_segments_after_masked_values_says_so(masked: Visitor) -> None:
    masked.study.thresholds["attribute"] = {"column": "town"}
    masked.study.method = "attribute"
    assert "“town” is masked on screen" in masked.go("Segments").problems[0]
    assert not shown(masked)
    masked.study.method, masked.study.bubbles = Study().method, "attribute"
    masked.go("Portfolio")
    assert "“town” is masked on screen" in masked.problems[0]
    assert not shown(masked)


def test_beside_a_masked_column_methods_on_others_still_work(visitor: Visitor) -> None:
    rows = "".join(f"{i},{SECRET} {i % 3},branch {i % 2},{i * 10}\n" for i in range(1, 40))
    visitor.upload("customer,town,branch,revenue\n" + rows)
    visitor.study.masked.append("town")
    visitor.study.thresholds["attribute"] = {"column": "branch"}
    visitor.study.thresholds["cross"] = {"second": {"method": "attribute", "column": "branch"}}
    for name in ("attribute", "cross", "abc_classes", "volume_bands"):
        visitor.study.method = name
        assert not visitor.go("Segments").problems, name
    visitor.study.masked.append("revenue")  # an amount names no segment
    assert not visitor.look().problems


def test_the_column_a_method_takes_by_itself_is_asked_about_too(visitor: Visitor) -> None:
    rows = "".join(f"{i},{SECRET} {i % 3},{i * 10}\n" for i in range(1, 40))
    visitor.upload("customer,town,revenue\n" + rows)
    visitor.study.masked.append("town")
    visitor.study.method = "attribute"
    assert "“town” is masked on screen" in visitor.go("Segments").problems[0]
    visitor.study.thresholds["cross"] = {"second": "attribute"}
    visitor.study.method = "cross"
    assert "“town” is masked on screen" in visitor.look().problems[0]
    recipe = {"primitive": "edges", "column": "revenue", "cuts": [100], "names": ["up", "down"], "cross": "attribute"}
    visitor.study.keep("mine", recipe)
    visitor.study.method = "mine"
    assert "“town” is masked on screen" in visitor.look().problems[0]
    visitor.study.method = Study().method
    visitor.go("Portfolio").at.session_state["part"] = "One customer"
    visitor.at.session_state["card"] = "2"
    assert not shown(visitor.look())


def test_questions_and_odd_cells_of_a_masked_column_are_told_without_them(visitor: Visitor) -> None:
    rows = [f"A{i},2026-01-{i:02d},5,0{i}/0{i + 1}/1971" for i in range(1, 9)]
    rows += [f"A{i},2026-01-02,6,02/03/1971" for i in range(10, 40)]
    text = "customer,date,revenue,birthday\n" + "\n".join(rows) + f"\nA50,2026-01-03,7,{SECRET} odd\n"
    visitor.upload(text).open("decisions").open("aside")
    assert shown(visitor) and any("1971" in str(radio.options) for radio in visitor.at.radio)
    visitor.study.masked = ["birthday"]
    visitor.look()
    assert not shown(visitor)
    (asked,) = [radio for radio in visitor.at.radio if str(radio.key).startswith("ask")]
    assert "1971" not in asked.label and asked.options == ["day first", "month first"]


def test_columns_that_play_a_role_are_codes_under_the_name_of_the_role_too(visitor: Visitor) -> None:
    text = "Kundennummer;Kundenname;Umsatz;status\n" + "".join(
        f"K{i};{SECRET} {i};{i};{SECRET} {i % 3}\n" for i in range(1, 30)
    )
    visitor.upload(text, "kunden.csv")
    visitor.study.masked = ["Kundenname", "status"]
    visitor.go("Segments").choose("listed", "A")
    assert not shown(visitor)


def test_a_refusal_that_names_a_customer_names_its_code(visitor: Visitor) -> None:
    visitor.upload(f"customer,revenue\n{SECRET}1,5\n{SECRET}1,6\nB,7\n", "twice.csv")
    visitor.study.masked, visitor.study.shape = ["customer"], "customers"
    assert "customers stand on several, “" in visitor.look().problems[0]
    assert not shown(visitor)
