"""Every button of every page does what it says, at once: nothing on the page is left as it was before.

A new button says in EFFECTS what must have changed; the walk finds it by itself wherever it is drawn.
"""

from __future__ import annotations

import ast
import csv
import datetime as dt
import io
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl
import pytest

from pages.pieces.clusters.stepping import Walk
from pages.portfolio import PARTS
from segmentation import METHODS, Study
from tests.pages.presser import Presser
from tests.pages.test_clusters_page import ANSWERS, MADE, planted
from tests.pages.test_several_files import AREAS, OTHERS, SHOP
from tests.places import ROOT

Effect = Callable[[dict[str, Any], dict[str, Any]], Any]


def changed(what: str) -> Effect:
    """Something of the study or of the visit is another."""
    return lambda before, after: before[what] != after[what]


def shown(words: str) -> Effect:
    return lambda before, after: words not in before["page"] and words in after["page"]


def gone(words: str) -> Effect:
    return lambda before, after: words in before["page"] and words not in after["page"]


def rows(more: int) -> Effect:
    """So many rows or cuts more than before in the method's thresholds."""
    return lambda before, after: _count(after) == _count(before) + more


def _count(held: dict[str, Any]) -> int:
    return sum(len(value) for name, value in held["values"].items() if name in ("edges", "rules"))


EFFECTS: dict[str, Effect] = {  # the label of a button (its beginning) → what must have changed
    "Last day, all the file": lambda before, after: not (after["window"] or after["as_of"]),
    "Look at this one": lambda before, after: after["file"] and after["file"] != before["file"],
    "See the segments": lambda before, after: after["title"] == "Who brings the money?",
    "Decide anew": lambda before, after: before["returns"] == "drop" and after["returns"] == "net",
    "Use my settings all the same": lambda before, after: before["returns"] == "net" and after["returns"] == "drop",
    "Is “": changed("columns"),
    "Use another one beside it": changed("files"),
    "These joins are right": lambda before, after: before["joins"] is None and after["joins"],
    "Find the joins anew": lambda before, after: before["joins"] and after["joins"] is None,
    "✕": lambda before, after: (
        len(after["joins"] or "12") == len(before["joins"] or "12") - 1 or "bring one file at a time" in after["page"]
    ),  # what is said where nothing would be joined
    "Join by ": lambda before, after: before["joins"] is None and "“area” of orders" not in after["page"],
    "Join so": lambda before, after: len(after["joins"]) == len(before["joins"]) + 1,
    "Compare": lambda before, after: "1 pair" in after["page"],
    "Count 1 pair as one customer each": lambda before, after: after["same"].get("2") == "1",
    "Count each by itself again": lambda before, after: before["same"] and not after["same"],
    "Assume a margin": lambda before, after: before["margin"] is None and after["margin"] == 0.3,
    "Analyse up to today": lambda before, after: (
        after["as_of"] == dt.date.today().isoformat()
        and "choose the day to analyse up to" in before["page"]
        and "choose the day to analyse up to" not in after["page"]
    ),
    "Use the better start": changed("values"),
    "Use them all": changed("values"),
    "Use it": changed("values"),
    "Back to the usual ones": lambda before, after: before["thresholds"].keys() - after["thresholds"].keys(),
    "Lines back to the average customer": lambda before, after: before["lines"] and not after["lines"],
    "Add a cut": rows(1),
    "Remove one": rows(-1),
    "Put it first": lambda before, after: (
        len(after["values"]["rules"]) == len(before["values"]["rules"]) + 1
        and after["values"]["rules"][0]["segment"] == "First of all"
    ),
    "Up": changed("values"),
    "Down": changed("values"),
    "Delete": rows(-1),
    "Keep it and look at it": lambda before, after: after["method"] == "mine" and "mine" in after["own"],
    "Forget ": lambda before, after: before["own"] and not after["own"],
    "Check the models": shown("Predicted and actual"),
    "Count profit alone": lambda before, after: before["problems"] and not after["problems"],
    "Back to the file's own": shown("The file's own cost to serve is in use."),
    "Keep this view": lambda before, after: after["views"].keys() - before["views"].keys() == {"Service"},
    "Look with it": changed("thresholds"),
    "Undo": lambda before, after: before["window"] == 12 and after["window"] is None,
    "Redo": shown("There is nothing to do again."),
    "As the file was opened": lambda before, after: before["window"] == 12 and after["window"] is None,
    "Forget this file": lambda before, after: before["file"] and not after["file"] and "forgotten" in after["page"],
    "Keep this": lambda before, after: len(after["cells"]) == len(before["cells"]) + 1,
    "Present": shown("1 of 3"),
    "Keep it as it is now": gone("Since it was kept"),
    "Open": lambda before, after: before["title"] == "What did we find?" and after["title"] != before["title"],
    "Move up": changed("cells"),
    "Move down": changed("cells"),
    "Delete this cell": lambda before, after: len(after["cells"]) == len(before["cells"]) - 1,
    "Back": shown("1 of 3"),
    "Next": shown("3 of 3"),
    "End": shown("What differs between two of them?"),
    "Compare them by these": shown("2 · How do we make them comparable?"),
    "Leave out ": gone("says nearly the same as"),
    "Take what drives their money": shown("No number in this file explains what customers bring"),
    "Compare by one column of each": lambda before, after: (
        after["thresholds"]["kmeans"]["columns"] != before["thresholds"]["kmeans"]["columns"]
    ),
    "Look for groups": shown("3 · How many groups are there?"),
    "Take ": shown("4 · Who are they?"),
    "Try whether they hold": shown("when customers are drawn anew"),
    "Take these groups to the Segments page": lambda before, after: after["method"] == "kmeans",
    "Take it to the Segments page": lambda before, after: after["method"] == "hierarchical",
    "Start again": lambda before, after: "kmeans" in before["thresholds"] and "kmeans" not in after["thresholds"],
    "Step back": shown("Step 0 of"),
    "Next step": shown("Step 2 of"),
    "To the end": shown("these are the groups"),
    "Other start points": shown("Step 0 of"),
    "New scenario": lambda before, after: len(after["scenarios"]) == len(before["scenarios"]) + 1,
    "Copy it": lambda before, after: after["scenarios"][-1]["segments"] == before["scenarios"][0]["segments"],
    "Delete it": lambda before, after: before["scenarios"] and not after["scenarios"],
    "Reset the levers of ": lambda before, after: (
        before["scenarios"][0]["segments"] and not after["scenarios"][0]["segments"]
    ),
    "Make the pack": shown("In it: a read-me"),
    "What is its weakest point now?": gone("What is its weakest point now?"),
    "Keep this playbook": lambda before, after: not before["playbook"] and "abc_classes" in after["playbook"],
    "Back to the proposal": lambda before, after: before["playbook"] and not after["playbook"],
    "Load it": changed("playbook"),
    "The usual limits": lambda before, after: before["limits"] and not after["limits"],
    "Put them away": gone("1 row is"),
    "Pin": lambda before, after: len(after["pins"]) == 2 and len(before["pins"]) == 1,
    "Take the pins out": lambda before, after: before["pins"] and not after["pins"],
    "Make it ": lambda before, after: after["method"] == "abc_classes-merged",
    "Remember these personas": lambda before, after: (
        not before["persona_then"] and after["persona_then"]["personas"]["day"] == "2026-06-30"
    ),
    "Segment by ": lambda before, after: after["values"].get("column") == "average_order",
    "Make them one segment": lambda before, after: after["method"] == "abc_classes-merged",
    "Drop": lambda before, after: len(after["views"]) == len(before["views"]) - 1,
}
EVERYWHERE = {"Undo", "Redo", "Forget this file and what I did with it", "Keep this"}  # pressed where PLACES says so
AGAIN = {"Compare"}  # asked once more it answers the same
ELSEWHERE = {
    "Stop, and keep what was here",  # it stands there while something is read: tests/browser/test_files.py
    "Make ",  # where a file takes long: tests/pages/test_taking.py
    "Search again",  # where a search was stopped: tests/pages/test_clusters_page.py
    "Without it",  # where last month's file was brought: tests/pages/test_notebook.py
    *("Log in", "Log out"),  # where a provider of accounts is named: tests/browser/test_accounts.py
}


def effect_of(label: str) -> str:
    found = [name for name in EFFECTS if label.startswith(name)]
    assert found, f"What does the button “{label}” change? Say it in EFFECTS, so that its effect is seen."
    return max(found, key=len)


def facts(visitor: Presser) -> dict[str, Any]:
    """What a button may change."""
    study = visitor.study
    return {
        **json.loads(study.to_json()),
        **{
            "values": study.values(),
            "title": visitor.title,
            "problems": [],
            "page": "\n".join((*visitor.texts, *visitor.toasts)),
        },
        "problems": [text for text in visitor.texts if text.startswith("alert") and "ERROR" in text],
    }


# Where the buttons are


def sales_book() -> bytes:
    book = openpyxl.Workbook()
    orders, people = book.active, book.create_sheet("People")
    orders.title = "Orders"
    for row in (["order", "client", "day", "amount"], *([i, f"C{i % 3}", f"2026-01-{i:02d}", 5] for i in range(1, 9))):
        orders.append(row)
    for row in (["client", "town"], ["C0", "Rome"], ["C1", "Oslo"], ["C2", "Bern"]):
        people.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


TWINS = "\n".join(
    ["customer number,full name,email,revenue", "1,Anna Berisha,anna@x.al,10", "2,Berisha Anna,anna@x.al,5"]
    + [f"{i},{name},{name.lower()}@{name[::-1].lower()}.al,1" for i, name in enumerate(OTHERS, 3)]
)
MONTH = "order,client,day,amount\n1,C7,2026-0{m}-13,5\n2,C8,2026-0{m}-14,6\n3,C9,2026-0{m}-15,7\n"
KINDS = planted(60)
FOLDED = ("findings", "aside", "more roles", "change joins")


def with_all_open(visitor: Presser, *keys: str, **state: Any) -> Presser:
    for key in keys:
        visitor.at.session_state[key] = True
    for key, value in state.items():
        visitor.at.session_state[key] = value
    visitor.look()
    return visitor


def before_any_file(visitor: Presser) -> Presser:
    return with_all_open(visitor, "templates")


def a_sample(visitor: Presser) -> Presser:
    visitor.sample().study.window = 12
    visitor.look()  # it is a step
    return with_all_open(visitor, *FOLDED, "settings", "decisions", "templates", "other files", "history")


def three_files(visitor: Presser) -> Presser:
    visitor.drop(SHOP)
    return with_all_open(visitor, *FOLDED)


def two_ways_to_join(visitor: Presser) -> Presser:
    visitor.drop(AREAS)
    return with_all_open(visitor, "change joins")


def joins_of_ones_own(visitor: Presser) -> Presser:
    visitor.drop(SHOP).press("confirm joins")
    with_all_open(visitor, "change joins")
    away = visitor.study.joins[1]
    visitor.press("join 1 away")
    ends = (away["table"], away["column"]), (away["to"], away["key"])
    visitor.choose("join 1 from", ends[0]).choose("join 1 to", ends[1])
    return visitor


def twins(visitor: Presser) -> Presser:
    visitor.upload(TWINS).open("alike").press("compare")
    visitor.study.same = {"12": "3"}
    return with_all_open(visitor)


def twins_not_yet_compared(visitor: Presser) -> Presser:
    visitor.upload(TWINS).open("alike")
    return visitor


def next_month(visitor: Presser) -> Presser:
    visitor.upload(MONTH.format(m=4), "april.csv").choose("choice.returns", "drop").choose("role.order", "")
    visitor.open("other files").upload(MONTH.format(m=5), "may.csv")
    return visitor


def other_columns(visitor: Presser) -> Presser:
    return with_all_open(next_month(visitor), "other files").upload(
        "client,day,worth\nA,2026-07-01,5\nB,2026-07-02,6\n"
    )


def a_book(visitor: Presser) -> Presser:
    visitor.upload(sales_book(), "shop.xlsx")
    return visitor


def ages_without_a_day(visitor: Presser) -> Presser:
    visitor.upload("customer,birth_date,revenue\n" + "".join(f"{i},19{50 + i}-03-04,{i}\n" for i in range(20)))
    visitor.study.method = "ages"
    visitor.go("Segments")
    return visitor


def without_a_profit(visitor: Presser) -> Presser:
    recipe = {"primitive": "edges", "column": "profit", "cuts": [2], "names": ["much", "little"]}
    visitor.upload(MONTH.format(m=4)).study.keep("by-profit", recipe)
    visitor.go("Segments")
    return with_all_open(visitor, "choosing")


def nearly_all_in_one(visitor: Presser) -> Presser:
    visitor.sample().study.set_of("volume_bands", edges=(1e7, 2e7))
    visitor.study.method = "volume_bands"
    visitor.go("Segments")
    return visitor


def lines_that_were_moved(visitor: Presser) -> Presser:
    visitor.sample().study.move_lines(5000.0, 100.0)
    visitor.go("Segments")
    return visitor


def a_method_of_ones_own(visitor: Presser) -> Presser:
    visitor.sample().study.keep("old", {"primitive": "edges", "column": "revenue", "cuts": [9], "names": ["a", "b"]})
    visitor.go("Segments")
    return with_all_open(visitor, "own", **{"own.name": "mine"})


SHOES, BANK, TOOLS, SOFTWARE = (
    "shoe_maker_orders.csv", "bank_clients.csv", "cutting_tools_firms.csv", "software_house_accounts.csv",)  # fmt: skip
FED_BY = {"ages": BANK, "response": BANK, "b2b_ladder": TOOLS, "onboarding": SOFTWARE, "motive": TOOLS}


def afresh(visitor: Presser, sample: str) -> Presser:
    """The sample under the study it begins with; read once by each visitor."""
    if visitor.begun is None:
        visitor.begun = visitor.sample(sample).study.to_json()
    visitor.at.session_state["study"] = Study.from_json(visitor.begun)
    return visitor


def method(name: str) -> Callable[[Presser], Presser]:
    """The method with everything unfolded, and a threshold the study holds."""

    def opened(visitor: Presser) -> Presser:
        study = afresh(visitor, FED_BY.get(name, SHOES)).study
        controls = METHODS[name].controls
        study.method, chosen = name, next(iter(controls))
        study.thresholds[name] = {chosen: METHODS[name].defaults[chosen]}
        if name == "rfm":
            study.thresholds[name] = {"table": {"555": "Mine"}}
        if name == "ages":
            study.as_of = "2026-06-30"
        if not visitor.listed:
            visitor.listed = visitor.go("Segments").at.selectbox(key="listed").options[0]
        elif "edges" in controls:  # another cut has made segments of other names
            with_all_open(visitor, listed=None)
        folded = [f"{name}.rules.add.popover", f"{name}.rules.order.popover", "starts", "ledger"]
        looks = [f"look.{name}.{title}" for title in METHODS[name].looks]
        rule = {"order": 1, "add.segment": "First of all", "add.value": "5"} if "rules" in controls else {}
        state = {f"{name}.rules.{key}": value for key, value in rule.items()}
        return with_all_open(visitor, *folded, *looks, "explained", listed=visitor.listed, **state)

    return opened


def part(name: str) -> Callable[[Presser], Presser]:
    """A part of the Portfolio page, with something in it to press."""

    def opened(visitor: Presser) -> Presser:
        study = afresh(visitor, SHOES).study
        study.serving = {"order": 5.0}
        study.views = {"Sales": {"lines": "mean"}, "Finance": {"lines": "thirds"}}
        if not visitor.listed:
            visitor.listed = "Invest"
            visitor.go("Portfolio")
        folded = ("portfolio explained", "model settings", "agreement")
        return with_all_open(visitor, *folded, part=name, sector="Invest", **{"view name": "Service"})

    return opened


def profit_alone(visitor: Presser) -> Presser:
    visitor.upload("customer,revenue,profit\nA,5,2\nB,7,3\nC,9,1\n")
    visitor.study.set_of("portfolio", cooperation_weight=0.5)
    visitor.go("Portfolio")
    return visitor


def groups(*answers: str, part: str = "Map of customers") -> Callable[[Presser], Presser]:
    """The Clusters page with so many questions answered, and the k-means walk at its first step."""

    def opened(visitor: Presser) -> Presser:
        if visitor.begun is None:
            visitor.upload(
                f"{KINDS.splitlines()[0]},turnover\n"
                + "".join(f"{a},{a.split(',')[1]}\n" for a in KINDS.splitlines()[1:])
            )
            visitor.begun = visitor.study.to_json()
        visitor.at.session_state["study"] = Study.from_json(visitor.begun)
        visitor.study.thresholds["kmeans"] = {name: ANSWERS[name] for name in answers}
        state: dict[str, Any] = {
            "clusters draft": ("revenue", "silence", "turnover"),
            "clusters part": part,
            "holding": ("", None),
            "factors.count": 1,
        }
        state["walk"] = Walk(("revenue", "silence"), at=1)
        with_all_open(visitor.go("Clusters"), **state)
        if "clusters" in visitor.at.session_state:
            MADE.append(visitor.at.session_state["clusters"][1])
        return visitor

    return opened


def a_line_moved(visitor: Presser) -> Presser:
    visitor.sample().go("Segments").move("abc_classes.a", (70, 95))
    return visitor


def what_drives_it(visitor: Presser) -> Presser:
    return with_all_open(visitor.sample().go("Segments"), "driven")


def persona_cards(visitor: Presser) -> Presser:
    visitor.sample().study.choose("personas")
    return with_all_open(visitor.go("Segments"), "personas")


def fewer_segments(visitor: Presser) -> Presser:
    return with_all_open(visitor.sample().go("Segments"), "fewer", **{"fewer to": 2})


def a_notebook(visitor: Presser) -> Presser:
    study = visitor.sample().study
    study.keep_finding("abc_classes", {}, {"A": [1, 2.0]}, "april.csv")
    for a in (0.7, 0.6):
        study.keep_finding("abc_classes", {"a": a})
    visitor.go("Notebook")
    return visitor


def a_lever_moved(visitor: Presser) -> Presser:
    visitor.sample().study.move_lever("abc_classes", "Scenario 1", "C", price=0.05)
    visitor.go("Money")
    return visitor


def an_audience(visitor: Presser) -> Presser:
    return with_all_open(a_notebook(visitor), presenting=1)


def a_proposed_playbook(visitor: Presser) -> Presser:
    visitor.sample().go("Playbook")
    return with_all_open(visitor, "cases")


def a_playbook_of_ones_own(visitor: Presser) -> Presser:
    rows = {name: {"terms": "Cash"} for name in ("A", "B", "D")}
    study = visitor.sample().study
    study.decide(rows)
    study.limits = {"stable": 0.5}
    pin = {"method": "abc_classes", "segment": "A", "reason": "signed", "day": "2026-06-30"}
    study.pins = [{**pin, "customer": "00020"}]
    visitor.go("Playbook")
    typed = {"pin.who": "Fernmoor Stores", "pin.reason": "signed too", "unpin": ["00020"]}
    return with_all_open(visitor, "limits", "pinning", **typed)


MINE = "Back to the proposal|Put them away|Make them one segment|The usual limits|Pin|Take the pins out"
PLACES: dict[str, tuple[Callable[[Presser], Presser], str]] = {  # where → what is to be pressed there, among all there is
    "before any file": (before_any_file, "Look at this one"),
    "a sample": (a_sample, "See the segments|Last day, all the file|Look at this one|Undo|Redo|As the file was opened|Forget this file"),
    "three files": (three_files, "These joins are right|✕"),
    "two ways to join": (two_ways_to_join, "Join by "),
    "joins of one's own": (joins_of_ones_own, "Find the joins anew|Join so"),
    "twins": (twins, "Count 1 pair as one customer each|Count each by itself again"),
    "twins not yet compared": (twins_not_yet_compared, "Compare"),
    "next month": (next_month, "Decide anew"),
    "other columns": (other_columns, "Use my settings all the same"),
    "a book of two sheets": (a_book, "Use another one beside it"),
    "a doubtful column": (
        lambda visitor: visitor.upload("client,day,worth\nA,2026-01-01,5\nB,2026-01-02,6\n"), "Is “"
    ),
    "ages without a day": (ages_without_a_day, "Analyse up to today"),
    "without a profit": (without_a_profit, "Assume a margin"),
    "nearly all in one": (nearly_all_in_one, "Use the better start"),
    "lines that were moved": (lines_that_were_moved, "Lines back to the average customer"),
    "a method of one's own": (a_method_of_ones_own, "Keep it and look at it|Forget "),
    **{f"method {name}": (method(name), "") for name in METHODS},
    "method rfm": (method("rfm"), "Back to the usual ones|Use it"),
    "method tenure": (method("tenure"), "Add a cut|Remove one"),
    "method rules": (method("rules"), "Put it first|Up|Down|Delete"),
    "method abc_classes": (method("abc_classes"), "Use them all|Keep this"),
    **{f"portfolio, {name}": (part(name), "") for name in PARTS},
    "portfolio, Levers": (part("Levers"), "Keep this"),
    "portfolio, Is the potential true?": (part("Is the potential true?"), "Check the models"),
    "portfolio, Cost and cooperation": (part("Cost and cooperation"), "Back to the file's own"),
    "portfolio, Views by team": (part("Views by team"), "Keep this view|Look with it|Drop"),
    "portfolio without cooperation": (profit_alone, "Count profit alone"),
    "clusters, the first question": (groups(), "Compare them by these|Leave out |Take what drives their money"),
    "clusters, the second": (groups("columns"), "Look for groups"),
    "clusters, the third": (groups("columns", "transform", "outliers"), "Take "),
    "clusters, all": (groups(*ANSWERS), "Try whether they hold|Take these groups to the Segments page|Start again"),
    "clusters, step by step": (
        groups(*ANSWERS, part="How it works, step by step"), "Step back|Next step|To the end|Other start points"
    ),
    "clusters, what lies behind": (
        groups(*ANSWERS, part="What lies behind the columns"), "Compare by one column of each"
    ),
    "clusters, the tree": (groups(*ANSWERS, part="Tree of joins"), "Take it to the Segments page"),
    "personas": (persona_cards, "Remember these personas"),
    "fewer segments": (fewer_segments, "Make it "),
    "what drives it": (what_drives_it, "Segment by "),
    "a line moved": (a_line_moved, "What is its weakest point now?"),
    "a notebook": (a_notebook, "Present|Open|Move up|Move down|Delete this cell|Keep it as it is now"),
    "a lever moved": (a_lever_moved, "New scenario|Copy it|Delete it|Reset the levers of "),
    "a campaign": (lambda visitor: visitor.sample().go("Campaign"), "Make the pack"),
    "a proposed playbook": (a_proposed_playbook, "Keep this playbook|Load it"),
    "a playbook of one's own": (a_playbook_of_ones_own, MINE),
    "a notebook before an audience": (an_audience, "Back|Next|End"),
}  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_every_button_does_what_it_says_at_once(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make, wanted = PLACES[place]
    with monkeypatch.context() as patch:
        visitor = make(Presser(patch))
        there = [one for one in visitor.buttons if one[0] not in EVERYWHERE or effect_of(one[0]) in wanted.split("|")]
        for name in filter(None, wanted.split("|")):
            assert any(label.startswith(name) for label, _ in there), f"“{name}” is not there to be pressed"
        for label, data in visitor.downloads.items():
            gives_what_it_says(label, data)
        samples = [one for one in there if one[0] == "Look at this one"]  # one does what all do
        pressed = [one for one in there if one not in samples[:-1]]
        for at, (label, key) in enumerate(pressed if visitor.begun else pressed[:1]):
            does_what_it_says(make(visitor) if at else visitor, label, key)
    for label, key in () if visitor.begun else pressed[1:]:
        with monkeypatch.context() as patch:
            does_what_it_says(make(Presser(patch)), label, key)


def does_what_it_says(visitor: Presser, label: str, key: str | None) -> None:
    """The button changes what it says, and all that is seen of it is seen at once."""
    before = facts(visitor)
    visitor.press_as_a_browser(label, key)
    after, seen = facts(visitor), dict(visitor.screen)
    assert EFFECTS[effect_of(label)](before, after), f"“{label}” did not do what it says"
    assert before["page"] != after["page"] or label in AGAIN, f"nothing is seen of “{label}”"
    if after["problems"]:
        return  # why it cannot be is said once, and is gone when the page is drawn anew
    visitor.look()
    old = [seen.get(at) for at in seen.keys() | visitor.screen.keys() if seen.get(at) != visitor.screen.get(at)]
    assert not old, f"after “{label}” this stood there as it was until the page was drawn anew: {old[:2]}"


def gives_what_it_says(label: str, data: Any) -> None:
    """A download holds something, and as many rows as its button says."""
    content = data() if callable(data) else data
    content = content.encode() if isinstance(content, str) else content
    assert content, f"“{label}” gives nothing"
    if said := re.search(r"([\d,]+) (customers?|rows?)\b", label):
        held = len(list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))) - 1
        assert held == int(said[1].replace(",", "")) > 0, f"“{label}” gives {held}"


def labels() -> Iterator[tuple[str, str]]:
    """The beginning of each label written in the pages, and the line it stands in."""
    for path in sorted((ROOT / "pages").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("button", "form_submit_button"):
                for told in ast.walk(node.args[0]):
                    if isinstance(told, ast.Constant) and isinstance(told.value, str) and len(told.value) > 2:
                        yield told.value, f"{path.name}:{node.lineno}"
                        break


def test_every_button_written_in_the_pages_has_an_effect_and_a_place_where_it_is_pressed() -> None:
    written = {label for label, _ in labels()} - ELSEWHERE
    assert len(written) > 20
    for label in written - {"It stands there", "Only with the others"}:
        assert any(name.startswith(label) or label.startswith(name) for name in EFFECTS), label
    pressed = {name for _, wanted in PLACES.values() for name in wanted.split("|") if name}
    assert pressed == EFFECTS.keys()
