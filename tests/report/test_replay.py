"""The script and the notebook find every number of the app again; nothing in a study becomes part of their code."""

import ast
import json
import runpy
import shutil
import sys
from functools import partial

import nbformat
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbclient import NotebookClient

from segmentation import METHODS, Problem, Study
from segmentation.analysis import pareto
from segmentation.analysis.summary import summarise
from segmentation.report import Findings, format_of
from segmentation.report.folder import made_all, write_found
from segmentation.report.steps import embedded
from segmentation.table import Table
from tests import hostile
from tests.places import ROOT, SAMPLES

SHOES = SAMPLES / "shoe_maker_orders.csv"


@pytest.fixture
def study():
    return Study(method="rfm", thresholds={"rfm": {"recency": (40.0, 100.0)}}, window=12, lines={"profit": 9000.0})


def replayed(findings, folder, monkeypatch, *files):
    """What the script has found, run beside the files it names or with others named behind it."""
    script = folder / "replay.py"
    script.write_bytes(format_of("py").write(findings))
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "argv", [str(script), *files])
    return runpy.run_path(str(script))


@pytest.mark.parametrize("named", [True, False], ids=["named", "beside it"])
def test_the_script_finds_every_number_again(study, named, tmp_path, monkeypatch, capsys):
    findings = Findings.of(study, [SHOES])
    if not named:
        shutil.copy(SHOES, tmp_path)
    found = replayed(findings, tmp_path, monkeypatch, *([str(SHOES)] if named else []))
    pd.testing.assert_frame_equal(found["summary"].drop(columns="colour"), findings.tables["summary"])
    pd.testing.assert_series_equal(found["labels"], findings.segmentation.labels())
    assert found["balance"] == pareto.balance(findings.customers, "revenue")
    sectors = METHODS["portfolio"](findings.customers)
    pd.testing.assert_frame_equal(summarise(found["sectors"]), summarise(sectors))
    assert capsys.readouterr().out.endswith(findings.words + "\n")


def test_the_script_tells_what_was_kept_too(study, tmp_path, monkeypatch, capsys):
    study.keep_finding("abc_classes", {"a": 0.5})
    study.keep_finding("ages", {})
    study.write(0, title="Half of it")
    findings = Findings.of(study, [SHOES])
    replayed(findings, tmp_path, monkeypatch, str(SHOES))
    said = capsys.readouterr().out
    kept = summarise(METHODS["abc_classes"](findings.customers, a=0.5))
    assert f"Half of it\n{kept.to_string(index=False)}\n{METHODS['ages'].question}\n" in said
    assert said.endswith(findings.words + "\n")


def test_the_script_of_one_month_replays_on_the_next_and_says_so(tmp_path, monkeypatch, capsys):
    lines = SHOES.read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "july.csv").write_text("".join(lines[:5000]), encoding="utf-8")
    found = replayed(Findings.of(Study(), [SHOES]), tmp_path, monkeypatch, "july.csv")
    next_month = Findings.of(Study(), [tmp_path / "july.csv"])
    assert found["labels"].equals(next_month.segmentation.labels())
    assert capsys.readouterr().out.endswith(next_month.words + "\n")


def test_the_notebook_runs_by_itself_and_its_numbers_are_those_of_the_app(study, tmp_path, monkeypatch):
    findings = Findings.of(study, [SHOES])
    notebook = nbformat.reads(format_of("ipynb").write(findings), as_version=4)
    nbformat.validate(notebook)
    asked = "print(summary.to_csv(), labels.to_csv(), balance, found.words)"
    notebook.cells.append(nbformat.v4.new_code_cell(asked, id="asked"))
    shutil.copy(SHOES, tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    summary, labels = summarise(findings.segmentation), findings.segmentation.labels()
    balance = pareto.balance(findings.customers, "revenue")
    assert notebook.cells[-1].outputs[0].text == f"{summary.to_csv()} {labels.to_csv()} {balance} {findings.words}\n"
    drawn = [one for one in notebook.cells[-2].outputs if "image/svg+xml" in one.get("data", {})]
    assert len(drawn) == len(findings.pictures)


# What is written in a study or a file's name stays a text

TEXT = st.text(st.sampled_from("'\"\\#\n\r{}\u2028\u202e\x00;я中😀 r")) | st.sampled_from(hostile.TEXTS) | st.text()
CODE = "'''); print(1); r('''"


def shape(script: bytes) -> str:
    """The code of a script with what it says left out."""
    tree = ast.parse(script)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant):
            node.value = ""
    return ast.dump(tree)


class Placed(Findings):
    """Findings without a file: whom there is does not matter here."""

    customers = type("Nobody", (), {"has_portfolio": True})()


@settings(max_examples=60)
@given(TEXT | st.just(CODE), TEXT | st.just(CODE))
def test_no_text_becomes_code_and_the_study_comes_out_as_it_went_in(text, name):
    study = Study(currency=text, columns={"customer": text}, file=name)
    script = format_of("py").write(Placed(study, None, [name]))
    assert shape(script) == shape(format_of("py").write(Placed(Study(), None, ["x"])))
    texts = [node.value for node in ast.walk(ast.parse(script)) if isinstance(node, ast.Constant)]
    assert name in texts
    [saved] = [json.loads(one) for one in texts if isinstance(one, str) and one.startswith('{\n  "version"')]
    assert saved == json.loads(study.to_json())
    assert "".join(embedded(study).split("\n")).isprintable()
    assert shape(code_of(Placed(study, None, [name]))) == shape(code_of(Placed(Study(), None, ["x"])))


def code_of(findings):
    """The code of a notebook."""
    cells = json.loads(format_of("ipynb").write(findings))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code").encode()


def test_findings_of_a_table_alone_name_it():
    assert Findings(Study(), Table("orders.csv", None, None, pd.DataFrame())).files_read == ["orders.csv"]


@pytest.mark.parametrize("error", [None, Problem("It takes more than it may."), AttributeError("lost"), MemoryError()])
def test_what_cannot_be_made_in_a_process_beside_is_made_here(tmp_path, error):
    asked = []

    def beside(wanted, found):
        asked.extend(wanted)
        return (
            partial(made_all, wanted, found.study, None, found.files_read, found.customers)
            if error is None
            else refused
        )

    def refused():
        raise error

    found = Findings.of(Study(), [SAMPLES / "shoe_maker_orders.csv"])
    chosen = ["csv", "svg", "md"]
    names = write_found(found, tmp_path / "there", chosen, beside=beside)
    assert asked == ["svg"] and names == write_found(found, tmp_path / "here", chosen)
    assert all((tmp_path / "there" / name).read_bytes() == (tmp_path / "here" / name).read_bytes() for name in names)
