"""A picture of the board is the folder of its name, and knows no other."""

import re
from importlib import import_module

import pytest

from segmentation import board
from tests.places import ROOT

FOLDERS = sorted(one.name for one in board.HERE.iterdir() if one.is_dir() and not one.name.startswith("_"))


@pytest.mark.parametrize("name", FOLDERS)
def test_a_folder_is_a_picture_with_what_is_sent_and_how_it_is_drawn(name: str) -> None:
    assert name in board.PICTURES
    assert import_module(f"segmentation.board.{name}.{name}").__doc__
    drawn = (board.HERE / name / f"{name}.js").read_text(encoding="utf-8")
    assert "\nexport default {" in drawn
    assert not [other for other in FOLDERS if other != name and (f'"{other}"' in drawn or f"/{other}" in drawn)]


@pytest.mark.parametrize("name", FOLDERS)
def test_a_picture_is_shown_on_a_page(name: str) -> None:
    pieces = (ROOT / "pages" / "pieces").rglob("*.py")
    texts = [file.read_text(encoding="utf-8") for file in pieces]
    opened_on = hasattr(import_module(f"segmentation.board.{name}.{name}"), "own")
    named = any(f"from segmentation.board.{name} " in text or f"board.{name}.{name} " in text for text in texts)
    assert opened_on or named


def test_what_a_picture_says_of_its_looks_holds_in_its_card_only() -> None:
    sent = board.styles()
    for name in FOLDERS:
        if (file := board.HERE / name / f"{name}.css").exists():
            text = file.read_text(encoding="utf-8")
            assert f"\n.{name} {{\n{text}}}\n" in sent
            assert not re.search(rf"\.({'|'.join(FOLDERS)})\b", text), "it need not say whose it is, and & is its card"
            depth = [text[: at.start()].count("{") - text[: at.end()].count("}") for at in re.finditer("}", text)]
            assert min(depth) >= 0 and text.count("{") == text.count("}")


def test_nothing_that_all_share_names_a_picture() -> None:
    for file in (
        "board.js",
        "drawing.js",
        "lines.js",
        "sliders.js",
        "spread.js",
        "spread.css",
        "spread.py",
        "before.js",
        "served.js",
        "board.css",
        "__init__.py",
        "lines.py",
    ):
        text = (board.HERE / file).read_text(encoding="utf-8")
        assert not [name for name in FOLDERS if f'"{name}"' in text or f".{name} " in text or f"{name}," in text], file
