"""Last month's study on this month's file: who moved is told of every finding, and what cannot be applied is listed, not refused."""

import json
import re
from dataclasses import replace

import pytest

from segmentation import Study
from segmentation.__main__ import LAST, main
from segmentation.analysis.compared import held
from segmentation.formats import plain
from segmentation.report import Findings, format_of, since
from segmentation.report.findings import UNAPPLIED
from segmentation.report.folder import findings_of
from tests.places import SAMPLES
from tests.report.test_replay import replayed

SHOES = SAMPLES / "shoe_maker_orders.csv"
METHODS = ("abc_classes", "lifecycle", "rfm")
MOVED = re.compile(
    r"Of \d+ customers (.+?), \d+ \(\d+%\) stand in another segment; (\d+) came since, \d+ (?:is|are) gone"
)

BESIDE = re.compile(
    r"Of \d+ customers in (.+?) and in this file, \d+ \(\d+%\) stand in another segment; (\d+) more only in this file, "
    r"\d+ only in \1\."
)


@pytest.fixture(scope="module")
def months(tmp_path_factory):
    """All sales up to the end of April; all up to the end of May; those of May alone."""
    head, *lines = SHOES.read_text(encoding="utf-8").splitlines(keepends=True)
    folder = tmp_path_factory.mktemp("months")
    kept = {
        "april.csv": [one for one in lines if one.split(",")[1] < "2026-05-01"],
        "may.csv": [one for one in lines if one.split(",")[1] < "2026-06-01"],
        "later.csv": [one for one in lines if "2026-05-01" <= one.split(",")[1] < "2026-06-01"],
    }
    for name, rows in kept.items():
        (folder / name).write_text(head + "".join(rows), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def study(months):
    """Three findings kept in April."""
    made = Study()
    customers = made.customers(made.table([months / "april.csv"]))
    for method in METHODS:
        made.keep_finding(method, {}, held(made.methods[method](customers)), "april.csv", {}, customers.day)
    return made


def said_of(study, file, *last):
    return [one.since for one in Findings.of(study, [file], last).kept]


def test_who_moved_is_told_of_every_finding_whose_sales_the_file_still_holds(study, months, monkeypatch):
    made = []
    monkeypatch.setattr(since, "made_of", lambda *given, of=since.made_of: made.append(1) or of(*given))
    said = said_of(study, months / "may.csv")
    assert [MOVED.search(one)[1] for one in said] == ["there then and now"] * len(METHODS)
    assert all(re.search(r"\d+ went from .+ to .+\.$", one) for one in said), said
    assert len(made) == 1, "the customers of one day are made once for all findings"


def test_who_moved_is_worked_out_once_for_files_that_are_made_elsewhere(study, months, monkeypatch):
    here = Findings.of(study, [months / "may.csv"])
    said = [one.since for one in here.kept]
    monkeypatch.setattr(since, "made_of", lambda *given: pytest.fail("the customers of then are made again"))
    there = findings_of(here.study, here.table, here.files_read, here.customers, here.handed)
    assert [one.since for one in there.kept] == said and all(map(MOVED.search, said))


@pytest.mark.parametrize("suffix", ["html", "pptx", "xlsx"])
def test_a_report_with_who_moved_is_the_same_each_time(study, months, suffix):
    one, other = (format_of(suffix).write(Findings.of(study, [months / "may.csv"])) for _ in range(2))
    assert one == other


def test_where_this_file_says_nothing_of_then_last_months_does(study, months):
    assert not any(map(MOVED.search, said_of(study, months / "later.csv")))
    assert Findings.of(study, [months / "later.csv"]).untold
    head, *lines = (months / "may.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    recent = [one for one in lines if one.split(",")[1] >= "2026-03-01"]
    (months / "recent.csv").write_text(head + "".join(recent), encoding="utf-8")
    partly = Findings.of(study, [months / "recent.csv"])
    of_then = replace(study, as_of=study.cells[0]["day"])
    here = len(of_then.customers(of_then.table([months / "recent.csv"])))
    kept = sum(people for people, _ in study.cells[0]["found"].values())
    assert partly.untold
    said = [re.findall(r"(\d+) of the (\d+) customers of that time", one.since) for one in partly.kept]
    assert said == [[(str(kept - here), str(kept))]] * 3
    assert not Findings.of(study, [months / "may.csv"]).untold, "it holds all sales of then"
    (months / "again").mkdir()
    (months / "again" / "april.csv").write_bytes((months / "later.csv").read_bytes())
    assert Findings.of(study, [months / "again" / "april.csv"]).untold, "an export may be called the same each month"
    said = said_of(study, months / "later.csv", months / "april.csv")
    assert {BESIDE.search(one)[1] for one in said} == {"april.csv"}
    new = Findings.of(study, [months / "may.csv"], [months / "april.csv"]).kept[0].since
    assert BESIDE.search(new)[2] == "5", "so many are in May's file and not in April's"


def test_a_finding_of_an_older_study_that_has_no_day_is_compared_with_last_months_file(study, months):
    old = Study.from_json(study.to_json())
    old.cells = [{part: one for part, one in cell.items() if part != "day"} for cell in old.cells]
    old = Study.from_json(old.to_json())
    assert not any(map(MOVED.search, said_of(old, months / "may.csv")))
    assert all(map(BESIDE.search, said_of(old, months / "may.csv", months / "april.csv")))


def test_on_the_file_they_were_kept_on_nobody_has_moved(study, months):
    assert said_of(study, months / "april.csv") == [""] * len(METHODS)


def test_without_findings_last_months_file_tells_of_the_method_in_hand(months):
    words = Findings.of(Study(), [months / "may.csv"], [months / "april.csv"]).words
    assert f"## {since.TITLE}\n\nOf " in words


def test_a_file_of_then_that_makes_no_customers_costs_the_rest_nothing(study, months, tmp_path):
    (tmp_path / "odd.csv").write_text("colour,note\nred,a\nblue,b\n", encoding="utf-8")
    for one in said_of(study, months / "may.csv", tmp_path / "odd.csv"):
        assert "Who moved since odd.csv cannot be said: " in one


def test_the_script_finds_who_moved_again(study, months, tmp_path, monkeypatch, capsys):
    found = Findings.of(study, [months / "may.csv"], [months / "april.csv"])
    for name in ("april.csv", "may.csv"):
        (tmp_path / name).write_bytes((months / name).read_bytes())
    replayed(found, tmp_path, monkeypatch)
    assert capsys.readouterr().out.endswith(found.words + "\n")


def run(study, folder, *words, formats="md"):
    path = folder / "study.json"
    path.write_text(study.to_json(), encoding="utf-8")
    return main(["run", str(path), *map(str, words), "--out", str(folder / "out"), "--as", formats])


def test_the_shell_says_what_it_takes_and_takes_it(study, months, tmp_path, capsys):
    assert run(study, tmp_path, months / "later.csv") == 0 and LAST in capsys.readouterr().out
    assert run(study, tmp_path, months / "later.csv", "--last", months / "april.csv", formats="md,html") == 0
    assert LAST not in capsys.readouterr().out
    for name in ("report.md", "report.html"):
        assert (tmp_path / "out" / name).read_text(encoding="utf-8").count("stand in another segment") == 1 + len(
            METHODS
        )


# What cannot be applied

ROWS = [f"c{at},2026-0{at % 6 + 1}-1{at % 9},{at * 10}.5,{'north' if at % 3 else 'south'}" for at in range(60)]


@pytest.fixture
def file(tmp_path):
    """Next month's file, whose programme calls nothing “area” any more, nor gives costs."""
    path = tmp_path / "next.csv"
    path.write_text("\n".join(["customer,day,amount,region", *ROWS]), encoding="utf-8")
    return path


def gone_cell(study):
    study.keep_finding("attribute", {"column": "area"}, {"north": [3, 2.0]}, "before.csv")
    return "Finding 2, “"


def gone_role(study):
    study.columns = {"cost": "unit cost"}
    return "The settings name columns that next.csv does not have (unit cost): choose others for them."


def gone_own(study):
    study.keep("areas", {"primitive": "edges", "column": "area size", "cuts": [10, 20], "names": ["A", "B", "C"]})
    study.keep_finding("areas", {})
    return "Finding 2, “"


def gone_model(study):
    study.cooperation = {"weights": {"loyalty": 2.0}, "columns": {"loyalty": "ease of work"}}
    return "ease of work"


def gone_chosen(study):
    study.choose("attribute")
    study.set(column="area")
    study.decide({"north": {"aim": "keep"}})
    study.write_note("attribute", "north", "Call them.")
    return f"stays in the settings. This report answers “{study.methods['abc_classes'].question}” instead"


def gone_own_chosen(study):
    gone_own(study)
    study.cells = study.cells[:1]
    study.choose("areas")
    study.decide({"A": {"aim": "keep"}})
    return "This report answers “"


KINDS = [gone_cell, gone_role, gone_own, gone_model, gone_chosen, gone_own_chosen]


@pytest.mark.parametrize("gone", KINDS, ids=lambda one: one.__name__)
def test_what_can_be_applied_is_and_the_rest_is_listed(gone, file, tmp_path, capsys, monkeypatch):
    study = Study()
    study.keep_finding("abc_classes", {"a": 0.7})
    says = gone(study)
    assert run(study, tmp_path, file) == 0
    out, err = capsys.readouterr()
    (listed,) = [line for line in out.splitlines() if line.startswith(f"{UNAPPLIED}: ")]
    assert says in listed and "Written to" in out
    assert err.count("\n") == 1 and err.startswith("Not all of "), "who is mailed what cron says is told in a line"
    report = (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    assert f"## {UNAPPLIED}\n\n{plain(listed.removeprefix(f'{UNAPPLIED}: '))}" in report
    assert "**A: " in report, "the finding that can be made is told"
    found = Findings.of(study, [file]).fitted()
    assert all(format_of(suffix).write(found) for suffix in ("pptx", "xlsx", "ipynb"))
    assert UNAPPLIED in format_of("html").write(found).decode()
    replayed(found, tmp_path, monkeypatch)
    assert capsys.readouterr().out.endswith(found.words + "\n"), "the script lists the same"


def test_a_file_that_fits_has_nothing_to_list(file, tmp_path, capsys):
    assert run(Study(), tmp_path, file) == 0
    out, err = capsys.readouterr()
    assert UNAPPLIED not in out and not err
    assert main(["run", str(tmp_path / "study.json"), str(file), "--out", str(tmp_path), "--as", "md", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["unapplied"] == []


def test_where_nothing_can_be_applied_it_is_refused_in_a_sentence(file, tmp_path, capsys):
    study = Study()
    gone_chosen(study)
    assert run(study, tmp_path, file) == 2
    out, err = capsys.readouterr()
    assert not out and err.count("\n") == 1 and "area" in err
    assert not (tmp_path / "out").exists()


def test_joins_that_do_not_fit_leave_the_file_that_sells(file, tmp_path, capsys):
    (tmp_path / "people.csv").write_text("id,city\n" + "\n".join(f"c{at},x" for at in range(60)), encoding="utf-8")
    study = Study(joins=[{"table": "next.csv", "column": "customer number", "to": "people.csv", "key": "id"}])
    assert run(study, tmp_path, file, tmp_path / "people.csv") == 0
    assert f"{UNAPPLIED}: " in capsys.readouterr().out
