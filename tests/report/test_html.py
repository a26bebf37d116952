"""The report in one file: what the app says, asked of nobody, on A4; texts of files stay texts."""

import base64
import hashlib
import re
from contextlib import suppress
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from segmentation import METHODS, Problem, Study, board
from segmentation.analysis.compared import held
from segmentation.analysis.thresholds.drifted import cutting
from segmentation.report import Findings, alive, figures, format_of
from segmentation.report.alive import FIXED, SAID
from segmentation.report.answers import answers, method_of
from segmentation.report.words import facts, runs
from tests import hostile
from tests.places import SAMPLES

SHOES = SAMPLES / "shoe_maker_orders.csv"
write = format_of("html").write
TAGS = {
    *("html", "head", "meta", "title", "style", "body", "main", "section", "h1", "h2", "strong", "img", "p", "div"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
SHAPES = {"svg", "g", "path", "text", "tspan", "rect", "line", "defs", "clipPath"}  # what a picture is drawn with


class Page(HTMLParser):
    """What a page is made of, and the texts of each kind of element."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.texts: list[tuple[str, str]] = []
        self.images: list[dict[str, str | None]] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.within: list[str] = []
        self.feed(content.decode("utf-8"))

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        if tag not in ("meta", "img"):
            self.within.append(tag)
            self.texts.append((tag, ""))
        if tag == "script":
            self.scripts.append((dict(attributes), ""))
        if tag == "img":
            self.images.append(dict(attributes))

    def handle_endtag(self, tag):
        self.within.pop()

    def handle_data(self, text):
        if self.within[-1:] == ["script"]:
            self.scripts[-1] = (self.scripts[-1][0], self.scripts[-1][1] + text)
        for place in reversed(range(len(self.texts))):
            if self.texts[place][0] in (("h2",) if "h2" in self.within else self.within[-1:]):
                self.texts[place] = (self.texts[place][0], self.texts[place][1] + text)
                return

    def of(self, *tags: str) -> list[str]:
        return [text.strip() for tag, text in self.texts if tag in tags]


@pytest.fixture(scope="module")
def findings():
    return Findings.of(Study(method="rfm"), [SHOES])


@pytest.fixture(scope="module")
def hostile_findings(tmp_path_factory):
    path = tmp_path_factory.mktemp("hostile") / hostile.FILE
    rows = [f'{i},{100 + i},"{hostile.TEXTS[i % len(hostile.TEXTS)]}"' for i in range(120)]
    path.write_text("\n".join(["customer,revenue,kind", *rows]), encoding="utf-8")
    return Findings.of(Study(method="attribute", thresholds={"attribute": {"column": "kind"}}), [path])


def said(sentence):
    return "".join(text for text, _ in runs(sentence))


@pytest.mark.parametrize("of", ["findings", "hostile_findings"])
def test_every_sentence_and_every_figure_stands_in_it_as_text(of, request):
    found = request.getfixturevalue(of)
    page = Page(write(found))
    assert page.of("h1") == page.of("title") == [facts(found.study, found.segmentation)[0]]
    tables = figures.tables(figures.columns(found.segmentation))
    titles = [said(one.sentence).strip() for one in answers(found)]
    assert page.of("h2") == [*titles, *tables, "How it was found"]
    beside = [text for one in answers(found) for text in one.beside]
    assert len(beside) == 1 and "Each bubble is" in beside[0]
    assert [one for one in page.of("p") if one != SAID] == [
        *beside,
        *(said(one).strip() for one in method_of(found, answers(found))),
    ]
    cells = [
        text for columns in tables.values() for row in zip(*(c.written for c in columns), strict=True) for text in row
    ]
    headings = [column.heading for columns in tables.values() for column in columns]
    assert sorted(page.of("th", "td")) == sorted(one.strip() for one in (*headings, *cells))


@pytest.mark.parametrize("of", ["findings", "hostile_findings"])
def test_nothing_of_the_file_runs_and_nothing_asks_the_outside(of, request):
    found = request.getfixturevalue(of)
    content = write(found)
    page = Page(content)
    assert page.tags <= TAGS | {"script"} and b"default-src 'none'" in content
    runs_ = [text for given, text in page.scripts if given["type"] != "text/plain"]
    allowed = [f"'sha256-{base64.b64encode(hashlib.sha256(one.encode()).digest()).decode()}'" for one in runs_]
    assert re.findall(r"'sha256-[^']+'", content.decode()) == allowed and len(allowed) <= 1
    assert all(one == alive._script() for one in runs_), "the same for every file, whatever stands in it"
    assert all(re.fullmatch("[A-Za-z0-9+/=]*", text) for given, text in page.scripts if given["type"] == "text/plain")
    assert [image["alt"] for image in page.images] == [said(one.sentence) for one in answers(found)]
    outside = re.sub(rb"data:image/svg\+xml;base64,[A-Za-z0-9+/=]*", b"", content)
    assert not re.search(rb"(src|href|url)\s*[=(]\s*[\"']?\s*(https?:|//|javascript:)", outside)
    for image in page.images:
        drawn = base64.b64decode(image["src"].removeprefix("data:image/svg+xml;base64,")).decode()
        assert drawn.startswith("<svg")
        for part in ElementTree.fromstring(drawn).iter():
            assert part.tag.rpartition("}")[2] in SHAPES
            assert not [name for name in part.attrib if name.startswith("on") or name.endswith("href")]


def test_where_the_counts_of_all_lines_are_not_known_at_once_nothing_runs():
    content = write(Findings.of(Study(method="kmeans"), [SHOES]))
    assert Page(content).tags <= TAGS and b"script-src" not in content


def test_what_was_kept_can_be_moved_too_as_far_as_a_mail_takes_it(monkeypatch):
    study = Study()
    for name in ("lifecycle", "kmeans", "abc_xyz"):
        study.keep_finding(name, {})
    found = Findings.of(study, [SHOES])
    places = re.compile(rb'id="(held\d)"')
    assert places.findall(write(found)) == [b"held1", b"held2", b"held3"]  # no lines of groups
    assert len(write(found)) < 2_000_000
    sizes = [len(one) for one in re.findall(rb'id="held\d">([^<]+)<', write(found))]
    assert max(sizes) == sizes[2], "cells of two orderings hold more than one"
    monkeypatch.setattr(alive, "MOST", sum(sizes) - 1)
    assert places.findall(write(found)) == [b"held1", b"held2"]
    monkeypatch.setattr(alive, "MOST", 1)
    assert b"script-src" not in write(found)


def test_what_was_kept_stands_behind_the_answers_with_what_was_written_beside_it():
    study = Study()
    study.keep_finding("sleepers", {"late": 1.25})
    study.keep_finding("ages", {})
    study.write(0, title="<b>Mine</b>", note="**one**\ntwo")
    found = Findings.of(study, [SHOES])
    *_, sleepers, ages = answers(found)
    page = Page(write(found))
    titles = page.of("h2")
    assert titles[4] == said(sleepers.sentence) and sleepers.findings.study.values()["late"] == 1.25
    assert sleepers.findings.segmentation.counts.sum() == len(found.customers)
    assert titles[5] == said(ages.sentence) and "age" in titles[5] and not ages.picture
    texts = [one for one in page.of("p") if one != SAID and "Each bubble is" not in one]
    assert texts[:3] == ["<b>Mine</b>", "two", METHODS["ages"].question]
    assert len(page.images) == 5 and "one" in page.of("strong")


def test_what_changed_since_a_finding_was_kept_stands_beside_it():
    study, before = Study(), Findings.of(Study(), [SHOES])
    then = held(before.segmentation)
    then["A"][0] += 5
    study.keep_finding("abc_classes", {}, then, "march.csv")
    study.keep_finding("abc_classes", {}, held(before.segmentation), "march.csv")
    cuts = cutting(study.chosen, study.values(), before.segmentation)
    elsewhere = dict.fromkeys(cuts, 1.0)
    study.keep_finding("abc_classes", {}, held(before.segmentation), "march.csv", cuts)
    study.keep_finding("abc_classes", {}, held(before.segmentation), "march.csv", elsewhere)
    *_, changed, same, there, moved = answers(Findings.of(Study.from_json(study.to_json()), [SHOES]))
    assert changed.beside[1] == f"Since it was kept on march.csv: A {then['A'][0] - 5} (was {then['A'][0]})."
    assert len(same.beside) == len(there.beside) == 1
    assert moved.beside[1].count("no longer cuts where it did") == len(cuts) == 2


def test_of_every_method_it_is_known_where_its_thresholds_cut():
    customers = Findings.of(Study(), [SHOES]).customers
    for method in METHODS.values():
        with suppress(Problem):
            made = method(customers)
            shares = cutting(method, method.complete({}), made).values()
            assert all(0 <= share <= 1 for share in shares), method.name


def test_it_prints_on_a4_and_is_small_and_the_same_each_time(findings):
    content = write(findings)
    assert b"size: A4" in content and len(content) < 1_000_000
    assert write(Findings.of(Study(method="rfm"), [SHOES])) == content


def test_on_a_phone_pictures_keep_a_size_at_which_their_words_can_be_read(findings):
    """They are moved sideways within the page, as tables are."""
    page = write(findings).decode()
    assert len(re.findall("<img ", page)) == len(re.findall('<div class="pictured"><img ', page)) > 1
    phone = page.partition("@media screen and (max-width: 600px) {")[2].partition("@media")[0]
    assert ".pictured img { width: 600px }" in phone and ".pictured { overflow-x: auto }" in page


def test_where_lines_can_be_dragged_in_the_app_but_not_here_it_says_so():
    pinned, found = Study(method="lifecycle"), Findings.of(Study(), [SHOES])
    pinned.pin(found.customers, found.customers.frame.index[:1].tolist(), "Closed", "She told us.", "2026-01-01")
    rules = Study(method="rules")
    rules.set(rules="revenue >= 1000 and orders >= 3 -> Large; else -> Small")
    for study, says in ((pinned, 1), (rules, 1), (Study(method="lifecycle"), 0), (Study(method="kmeans"), 0)):
        assert Page(write(Findings.of(study, [SHOES]))).of("p").count(FIXED) == says, study.method


def test_no_style_of_the_report_reaches_the_pictures_that_live_in_it():
    styles = re.findall(r"<style>(.*?)</style>", write(Findings.of(Study(), [SHOES])).decode(), re.DOTALL)[0]
    anywhere = set(re.findall(r"(?m)^\s*\.([a-z]+)", styles))
    code = "".join(file.read_text(encoding="utf-8") for file in Path(board.__file__).parent.rglob("*.js"))
    drawn = {word for names in re.findall(r"class: ?[^,}]*", code) for word in re.findall("[a-z]+", names)}
    assert anywhere and "beside" in drawn
    assert anywhere & drawn == set()
