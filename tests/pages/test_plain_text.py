"""What stands in a file or a study is drawn as plain text on every page: no element that reads Markdown is given it bare."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest

from pages.campaign import PARTS as CAMPAIGN
from pages.money import PARTS as MONEY
from pages.portfolio import PARTS
from tests import hostile
from tests.pages.visitor import Visitor

PLAIN = {  # what Streamlit draws letter by letter, and what is not drawn
    *(
        "Selectbox.options",
        "Selectbox.placeholder",
        "Selectbox.raw_value",
        "MultiSelect.options",
        "MultiSelect.placeholder",
    ),
    *("MultiSelect.raw_values", "TextInput.default", "TextInput.value", "TextInput.placeholder", "Code.code_text"),
    *("Dataframe.columns", "Dataframe.alt", "ArrowVegaLiteChart.spec", "BidiComponent.json", "DownloadButton.url"),
}
NO_WORDS = {"id", "key", "user_key", "form_id", "element_id", "url"}
DATA = ("findings", "decisions", "aside", "more roles", "change joins", "alike", "choices", "templates", "other files")
SEGMENTS = ("personas", "fewer", "newcomer", "driven", "starts", "ledger", "explained", "own", "choosing")
PORTFOLIO = ("model settings", "portfolio explained", "agreement")


def elements(node: Any) -> Iterator[Any]:
    """Every element and block the server sent to the browser."""
    if hasattr(proto := getattr(node, "proto", None), "ListFields"):
        yield proto
    for child in getattr(node, "children", {}).values():
        yield from elements(child)


def texts(message: Any) -> Iterator[tuple[str, str]]:
    """Every text of a message that a page draws as Markdown, with the field it stands in."""
    for field, value in message.ListFields():
        name = f"{message.DESCRIPTOR.name}.{field.name}"
        for one in [value] if isinstance(value, str | bytes | int | float) or hasattr(value, "ListFields") else value:
            if hasattr(one, "ListFields"):
                yield from texts(one)
            elif isinstance(one, str) and name not in PLAIN and field.name not in NO_WORDS:
                yield name, one


def bare(visitor: Visitor) -> list[str]:
    """The texts in which something hostile stands as it is."""
    sent = [held for proto in elements(visitor.at._tree) for held in texts(proto)]
    assert len(sent) > 10
    return [f"{name}: {text[:200]}" for name, text in sent if any(one in text for one in hostile.TEXTS)]


@pytest.fixture
def attacked(visitor: Visitor) -> Visitor:
    visitor.drop({hostile.FILE: hostile.table()})
    visitor.upload(hostile.study(), "study.json", "study_file")
    assert not visitor.problems and visitor.study.method == "__mine__"
    return visitor


def test_the_test_sees_what_is_not_escaped(attacked: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MARKUP", "LINKS", "SIGNS"):
        monkeypatch.setattr(f"segmentation.formats.{name}", re.compile("(?!)()"))
    for key in DATA:
        attacked.open(key)
    assert len(bare(attacked)) > 3
    attacked.go("Segments")
    assert len(bare(attacked)) > 1


def test_the_data_page_draws_plain_text(attacked: Visitor) -> None:
    for key in DATA:
        attacked.open(key)
        assert bare(attacked) == []
    for radio in [radio.key for radio in attacked.at.radio if str(radio.key).startswith("finding")]:
        assert bare(attacked.open(str(radio).replace("finding", "rows"))) == []


@pytest.mark.parametrize("method", ["__mine__", "_ruled_", "attribute", "abc_classes", "cross"])
def test_the_segments_page_draws_plain_text(attacked: Visitor, method: str) -> None:
    attacked.study.choose(method)
    attacked.go("Segments")
    assert bare(attacked) == []
    for key in SEGMENTS:
        assert bare(attacked.open(key)) == []
    for name in [one for one in attacked.at.selectbox(key="listed").options if one != "Unknown"][:3]:
        assert bare(attacked.choose("listed", name)) == []


@pytest.mark.parametrize("part", PARTS)
def test_every_part_of_the_portfolio_draws_plain_text(attacked: Visitor, part: str) -> None:
    attacked.study.bubbles = "__mine__"
    attacked.at.session_state["part"] = part
    attacked.at.session_state["views seen"] = True
    attacked.go("Portfolio")
    for key in PORTFOLIO:
        assert bare(attacked.open(key)) == []
    if part == "One customer":
        assert bare(attacked.choose("card", f"{hostile.TEXTS[2]} 1")) == []
    if part == "Ladder":
        assert bare(attacked.choose("rungs", "_ruled_")) == []


def test_numbers_under_hostile_headings_are_weighed_and_cut_in_plain_text(visitor: Visitor) -> None:
    visitor.drop({"customers.csv": hostile.customers()})
    points = [f"{text} points" for text in hostile.TEXTS]
    cut = {"primitive": "edges", "column": points[0], "cuts": [20], "names": hostile.TEXTS[:2]}
    visitor.study.keep("mine", {**cut, "cross": "vip"})
    visitor.study.choose_model("score")
    visitor.study.set_model(weights=dict.fromkeys(points, 1.0))
    visitor.study.cooperation = {"columns": {"loyalty": points[1], "reliability": f"−{points[2]}"}}
    assert bare(visitor.look()) == []
    for method in ("mine", "factor"):
        visitor.study.choose(method)
        visitor.go("Segments")
        for key in SEGMENTS:
            assert bare(visitor.open(key)) == []
    for part in ("Cost and cooperation", "One customer"):
        visitor.at.session_state["part"] = part
        assert bare(visitor.go("Portfolio").open("model settings")) == []


@pytest.mark.parametrize("part", MONEY)
def test_the_money_page_draws_plain_text(attacked: Visitor, part: str) -> None:
    attacked.at.session_state["money part"] = part
    assert bare(attacked.go("Money")) == []


def test_the_campaign_page_draws_plain_text(attacked: Visitor) -> None:
    assert bare(attacked.go("Campaign")) == []
    answers = "\n".join(["customer,said", *(f'"{text} 0",yes' for text in hostile.TEXTS)])
    for part in CAMPAIGN:
        attacked.at.session_state["campaign part"] = part
        assert bare(attacked.look()) == []
    attacked.upload(answers, hostile.FILE, "answers file")
    assert bare(attacked) == []


def workbook() -> bytes:
    """A workbook whose sheets are called by hostile names, and which does not say which of them is meant."""
    book = openpyxl.Workbook()
    for at, text in enumerate(text for text in hostile.TEXTS if not set(text) & set("\\/?*[]:")):
        sheet = book.active if at == 0 else book.create_sheet()
        sheet.title = text[:31]
        sheet.append(["customer", "revenue", f"{text} words"])
        for row in range(30):
            sheet.append([f"{text} {row}", row * 3 + 1, text])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def test_names_of_sheets_and_of_several_files_are_plain_text(visitor: Visitor) -> None:
    visitor.drop({f"{hostile.NAMES[0]}.xlsx": workbook()})
    assert "question" in visitor.words and bare(visitor) == []
    visitor.open("other files").upload(hostile.table(), hostile.FILE)
    other = ";".join(["customer", '"**town**"']) + "\n" + "".join(f'"{text} 0";"{text}"\n' for text in hostile.TEXTS)
    visitor.drop({hostile.FILE: hostile.table(), f"{hostile.NAMES[2]} two.csv": other})
    for key in ("joins", *DATA):
        assert bare(visitor.open(key)) == []


def test_what_cannot_be_is_said_in_plain_text(attacked: Visitor) -> None:
    for wrong in (
        {"method": hostile.TEXTS[0]},
        {hostile.TEXTS[0]: 1},
        {"shape": hostile.TEXTS[2]},
        {"masked": [hostile.TEXTS[0]]},
    ):
        attacked.upload(hostile.study(**wrong), "study.json", "study_file")
        assert bare(attacked) == []
    for name in hostile.NAMES[:4]:
        attacked.open("other files").upload(b"\x89PNG\r\n\x1a\n" + bytes(range(256)), f"{name}.csv".replace("\\", ""))
        assert attacked.problems and bare(attacked) == []


def test_rows_pins_and_scenarios_of_hostile_words_are_plain_text_on_every_page_they_reach(attacked: Visitor) -> None:
    study, customers = attacked.study, attacked.at.session_state["customers"]
    names = study.segmentation(customers).names
    day = customers.as_of.isoformat()
    row = {"decision": hostile.TEXTS[0], "terms": hostile.TEXTS[1], "measure": hostile.TEXTS[2], "until": day}
    gone = {f"{text} gone": {"terms": text, "owner": text} for text in hostile.TEXTS[:6]}
    study.decide({**dict.fromkeys(names, row), **gone})
    for at, text in enumerate(hostile.TEXTS[:6]):
        study.pin(customers, [customers.frame.index[at]], names[-1], text, day)
    for text in hostile.TEXTS[:3]:
        made = study.new_scenario(study.method)
        study.rename_scenario(study.method, made, text[:40])
        study.move_lever(study.method, text[:40], names[0], price=0.1)
    assert bare(attacked.go("Playbook")) == [] and "treated alike" in attacked.words
    assert bare(attacked.go("Money")) == []
    assert bare(attacked.go("Playbook").press("merge 0")) == []
