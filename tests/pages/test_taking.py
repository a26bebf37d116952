"""What is taken away from a page is what is seen on it, in every format there is."""

import io

import pandas as pd
import pytest

from pages.app import session, taking
from pages.widgets import moved
from segmentation import Problem, Study
from segmentation.report import Findings, format_of, suffixes
from tests.pages.presser import Presser
from tests.pages.visitor import SAMPLES, SHOES

PAGES = ("Segments", "Portfolio", "Data")


@pytest.fixture
def visitor(monkeypatch):
    return Presser(monkeypatch)


def given(visitor):
    """What each button of the menu gives, by its words."""
    offered = set(visitor.downloads)
    visitor.downloads.clear()
    visitor.open("taking")
    return {label: data for label, data in visitor.downloads.items() if label not in offered or label in WORDS}


WORDS = ("HTML", "Jupyter", "Markdown", "PowerPoint", "Python", "Excel", "All customers as CSV", "PNG", "SVG")


@pytest.mark.parametrize("page", PAGES)
def test_every_format_is_offered_on_every_page_once_there_are_customers(visitor, page):
    assert not [one for one in WORDS if one in given(visitor.go(page))], "of no file there is nothing to take"
    visitor.go("Data").sample().go(page)
    assert set(WORDS) <= set(given(visitor))
    held = {format_of(one).HOLDS for one in suffixes()}
    assert held == {"report", "replay", "slides", "tables", "table", "picture", "study", "calendar"}, (
        "a new one is offered: look at it"
    )


def test_what_is_given_is_what_a_replay_of_the_study_writes(visitor):
    visitor.sample().go("Segments").choose("method", "rfm")
    offered = given(visitor)
    study = Study(method="rfm", currency=visitor.at.session_state.study.currency)
    found = Findings.of(study, [SAMPLES / SHOES])
    for suffix, label in {"md": "Markdown", "py": "Python", "xlsx": "Excel", "pptx": "PowerPoint"}.items():
        assert offered[label]() == format_of(suffix).write(found), label
    assert offered["All customers as CSV"]() == format_of("csv").write(found.only("customer_list"))
    assert offered["PNG"]() == format_of("png").write(found.only("cuts"))


def test_who_moved_since_last_month_is_taken_away_once_its_file_was_brought(visitor, monkeypatch):
    visitor.sample().go("Segments")
    last = Study().read(b"customer,day,amount\n00970,2024-07-05,5\n00633,2024-07-06,90\n", name="last.csv")
    assert b"in last.csv and in this file" not in given(visitor)["HTML"]()
    visitor.at.session_state[session.LAST] = moved.Last("last.csv", "digest", last)
    visitor.look()
    jobs, do = [], taking.POOL.do
    monkeypatch.setattr(taking.POOL, "do", lambda job, *more, **of: jobs.append(job.__name__) or do(job, *more, **of))
    offered = given(visitor)
    assert b"in last.csv and in this file" in offered["HTML"]() and b"in last" in offered["Markdown"]()
    assert jobs == ["who_moved", "made", "made"], "it is worked out once for all formats"
    visitor.at.session_state.study.set(a=0.5)
    assert b"in last" in offered["Markdown"]()
    assert jobs[3:] == ["who_moved", "made"], "of other thresholds it is another answer"


def test_a_line_that_is_moved_while_a_file_is_made_is_in_the_next_one(visitor, monkeypatch):
    offered, asked = given(visitor.sample().go("Segments")), []
    study = visitor.at.session_state.study
    study.keep_finding("abc_classes", {})

    def do(job, *more, **_):
        asked.append(next(one.to_json() for one in more if isinstance(one, Study)))
        study.set(a=0.5)
        return {} if job.__name__ == "who_moved" else b"made"

    monkeypatch.setattr(taking.POOL, "do", do)
    offered["Markdown"]()
    assert len(asked) == 2 and asked[0] == asked[1] != study.to_json()


def test_every_file_is_made_in_a_process_apart(visitor, monkeypatch):
    """Where the server goes on answering, and outlives a picture that cannot be drawn."""
    offered, asked = given(visitor.sample().go("Segments")), []
    monkeypatch.setattr(taking.POOL, "do", lambda job, *more, **_: asked.append(more[0]) or b"made")
    assert [offered[label]() for label in WORDS] == [b"made"] * len(WORDS)
    assert asked == ["html", "ipynb", "md", "pptx", "py", "xlsx", "csv", "png", "svg"]


def test_a_moved_threshold_has_moved_in_what_is_given_without_opening_the_menu_anew(visitor):
    offered = given(visitor.sample().go("Segments"))
    before = pd.read_csv(io.BytesIO(offered["All customers as CSV"]()))
    visitor.at.session_state.study.set(a=0.5)
    after = pd.read_csv(io.BytesIO(offered["All customers as CSV"]()))
    assert (after["Segment"] == "A").sum() < (before["Segment"] == "A").sum()


def test_where_the_method_cannot_work_it_says_why(visitor):
    visitor.upload("customer,revenue\na,1\nb,2\n").go("Segments")
    visitor.at.session_state.study.method = "rfm"
    assert not [one for one in WORDS if one in given(visitor.look())]
    assert "orders" in visitor.words


@pytest.mark.parametrize("part", ["Levers", "Movement"])
def test_beside_a_picture_stand_buttons_that_give_it_as_it_is_drawn(visitor, part):
    visitor.sample().go("Portfolio")
    visitor.at.session_state["part"] = part
    visitor.look()
    assert visitor.downloads["PNG"]().startswith(b"\x89PNG")
    drawn = visitor.downloads["SVG"]()
    assert drawn.startswith(b"<svg") and (b"cumulative profit" if part == "Levers" else b"months") in drawn.lower()


def test_what_takes_long_is_made_in_sight_and_saved_until_something_is_moved(visitor, monkeypatch):
    monkeypatch.setattr(taking, "CUSTOMERS", 100)
    visitor.sample().go("Segments").open("taking")
    assert "PowerPoint" not in visitor.downloads
    offered = set(visitor.press("making.pptx").downloads)
    [saves] = [one for one in offered if one.startswith("Save slides.pptx")]
    study = Study(currency=visitor.study.currency)
    assert visitor.downloads[saves] == format_of("pptx").write(Findings.of(study, [SAMPLES / SHOES]))
    visitor.downloads.clear()
    visitor.move("abc_classes.a", (70, 95)).look()
    assert not [one for one in visitor.downloads if one.startswith("Save slides.pptx")], "it is of the lines before"


def test_whoever_waits_is_told_how_far_a_file_is():
    for suffix in ("html", "pptx", "xlsx"):
        told, found = [], Findings.of(Study(), [SAMPLES / SHOES])
        found.told = lambda share, doing, told=told: told.append(share)
        format_of(suffix).write(found)
        assert len(told) > 2 and told == sorted(told) and told[0] == 0 and told[-1] < 1, suffix


def test_what_cannot_be_made_is_said_and_nothing_is_offered(visitor, monkeypatch):
    def broken(*_, **__):
        raise Problem("There is no room.")

    visitor.sample().go("Segments")
    monkeypatch.setattr(taking, "CUSTOMERS", 100)
    monkeypatch.setattr(taking.POOL, "do", broken)
    visitor.open("taking")
    visitor.press("making.html")
    assert visitor.problems == ["There is no room."] and not [
        one for one in visitor.downloads if one.startswith("Save report")
    ]
