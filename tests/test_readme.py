"""The README is true: its examples run and print what they say, its tables list what there is."""

import contextlib
import io
import re
import shlex
import shutil

import pytest

from segmentation import METHODS
from segmentation.__main__ import main
from tests.places import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language):
    """The fenced blocks of a language, each with the text that it says it prints."""
    return re.findall(rf"```{language}\n(.*?)```\n+```text\n(.*?)```", README, re.S)


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder with the samples, as a newcomer's checkout has them."""
    shutil.copytree(ROOT / "sample_data", tmp_path / "sample_data")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("code", "expected"), blocks("python"), ids=["customers", "portfolio", "clusters"])
def test_the_python_examples_print_what_they_say(here, code, expected):
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(code, "README.md", "exec"), {})
    assert printed.getvalue() == expected


def test_the_shell_example_prints_what_it_says_and_writes_the_labels(here, capsys):
    [(line, expected)] = blocks("sh")
    words = shlex.split(line)
    assert words[:3] == ["python", "-m", "segmentation"]
    assert main(words[3:]) == 0
    assert [row.split() for row in capsys.readouterr().out.splitlines()] == [
        row.split() for row in expected.splitlines()
    ]
    assert (here / "labels.csv").read_text().splitlines()[0] == "customer_id,segment"


@pytest.mark.parametrize("name", METHODS)
def test_a_method_stands_in_the_table(name):
    row = f"| `{name}` | {METHODS[name].question} | {METHODS[name].wants} |"
    assert row in README.splitlines(), f"put this row into README.md, in the order of the alphabet:\n{row}"


def test_every_method_stands_in_the_table():
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \| (.*?) \|$", README, re.M)
    assert rows == [(name, method.question, method.wants) for name, method in METHODS.items()]


def test_the_readme_begins_with_one_picture_one_sentence_and_the_two_commands():
    picture, sentence, commands = README.split("\n\n")[:3]
    assert (ROOT / re.search(r"\((.*?)\)", picture)[1]).exists()
    assert sentence.endswith(".") and sentence.count(". ") == 0
    assert commands.split() == ["make", "run", "make", "test"]


def test_every_place_it_names_is_there():
    named = re.search(r"## Where things are\n\n(.*)", README, re.S)[1]
    above = ROOT
    for indent, name, beside in re.findall(r"^( {4,6})([\w/]+(?:\.py)?)(?: ([\w/]+/))?  ", named, re.M):
        above = ROOT if len(indent) == 4 else above
        for one in filter(None, (name, beside)):
            assert (above / one).exists(), one
        above = above / name if len(indent) == 4 else above


def test_every_place_that_contributors_are_sent_to_is_there():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = re.findall(r"`([\w/]+(?:\.(?:py|js|css|sql|md|toml|txt)|/))`", text)
    assert len(named) > 20
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_contributors_have_one_page_to_read():
    assert len((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").splitlines()) < 60
