"""What the audit says of an answer it got, and of one it did not get."""

from __future__ import annotations

import json
from email.message import Message
from pathlib import Path

import pytest

from upkeep import audit

HELD = {"numpy": "2.4.6", "Et.Xmlfile": "2.0.0", "colorama": "0.4.6"}
WEAK = {"id": "GHSA-1", "fix_versions": ["2.4.7"], "description": "…"}
ANSWER = json.dumps(
    {
        "dependencies": [
            {"name": "numpy", "version": "2.4.6", "vulns": [WEAK, {"id": "GHSA-2", "fix_versions": []}]},
            {"name": "et-xmlfile", "skip_reason": "not found"},
        ]
    }
)


def test_each_weakness_and_each_package_not_looked_up_is_a_line() -> None:
    assert list(audit.weaknesses(HELD, ANSWER)) == [
        "numpy 2.4.6: known weakness GHSA-1, mended in 2.4.7",
        "numpy 2.4.6: known weakness GHSA-2, mended in no version yet",
        "Et.Xmlfile 2.0.0: weaknesses not looked up: not found",
        "colorama 0.4.6: weaknesses not looked up: it is not in the answer",
    ]


@pytest.mark.parametrize("answer", ["ERROR: no connection", "[]", "{}", "null", ""])
def test_where_there_is_no_answer_no_package_was_looked_up(answer: str) -> None:
    lines = list(audit.weaknesses(HELD, answer))
    assert len(lines) == 3 and all(f"not looked up: {answer}" in line for line in lines)


def metadata(**given: str) -> Message:
    made = Message()
    for name, text in given.items():
        made[name.replace("_", "-")] = text
    return made


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"License_Expression": "(MIT AND BSD-3-Clause) OR GPL-3.0+"}, {"MIT", "BSD-3-Clause", "GPL-3.0+"}),
        ({"License_Expression": "MIT", "License": "GPL"}, {"MIT"}),
        ({"Classifier": "License :: OSI Approved :: BSD License", "License": "long\ntext"}, {"BSD License"}),
        ({"Classifier": "Topic :: Office", "License": "Apache-2.0"}, {"Apache-2.0"}),
        ({"License": " "}, set()),
        ({}, set()),
    ],
)
def test_a_licence_is_read_in_the_newest_way_a_package_names_it(given: dict[str, str], named: set[str]) -> None:
    assert audit.stated(metadata(**given)) == named


def test_a_licence_that_is_not_allowed_or_not_known_is_a_line() -> None:
    assert list(audit.unlicensed(HELD, {"numpy": {"MIT", "GPL-3.0"}, "et-xmlfile": {"MIT License"}})) == [
        "numpy 2.4.6: not among the allowed licences: GPL-3.0"
    ]
    assert list(audit.unlicensed({"x": "1"}, {})) == [
        "x 1: licence not looked up: not installed here, or its metadata names none"
    ]


def test_the_whole_ends_with_1_where_there_is_any_trouble_and_0_where_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.lock").write_text("colorama==0.4.6 ; sys_platform == 'win32' \\\n    --hash=sha256:0\n")
    well = {"dependencies": [{"name": "colorama", "version": "0.4.6", "vulns": []}]}
    monkeypatch.setattr(audit, "looked_up", lambda held: json.dumps(well))
    assert audit.main([f"{tmp_path}/a.lock={tmp_path}"]) == 0
    assert capsys.readouterr().out == f"{tmp_path}/a.lock: 1 packages, 0 troubles\n"
    monkeypatch.setattr(audit, "looked_up", lambda held: "no connection")
    assert audit.main([f"{tmp_path}/a.lock={tmp_path}"]) == 1
    assert capsys.readouterr().out.endswith("\n  colorama 0.4.6: weaknesses not looked up: no connection\n")
