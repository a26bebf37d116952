"""What the pictures reckon in JavaScript, without a browser: every `*.test.mjs` beside this file."""

from pathlib import Path

import pytest

from tests.javascript.node import FILES, node, unreadable

TESTS = sorted(Path(__file__).parent.glob("*.test.mjs"))


@pytest.mark.parametrize("test", TESTS, ids=lambda test: test.name)
def test_the_pictures_reckon_right(test: Path) -> None:
    told = node("--test", test)
    assert told.returncode == 0, told.stdout + told.stderr
    assert "pass 0" not in told.stdout


def test_every_script_of_the_pictures_can_be_read() -> None:
    assert any(file.name == "drawing.js" for file in FILES) and unreadable() == []
