"""A format of export is one file: found by its suffix, and served to `run`, the shell and the pages alike."""

import re
import subprocess
import sys

import pandas as pd
import pytest

from segmentation import METHODS, Customers, Problem, Study, read, report
from segmentation.__main__ import main as shell
from segmentation.__main__ import parser
from segmentation.report import Findings, Listing, format_of, of_tables, suffixes
from segmentation.report.folder import write
from segmentation.report.safe import safe
from tests.places import ROOT, SAMPLES

SHOES = SAMPLES / "shoe_maker_orders.csv"
TABLES = ["labels", "summary", "profit_and_loss", "customers", "left_out"]
LISTED = [*TABLES, "customer_list"]
PICTURES = ["pareto", "sizes", "whale", "bubbles"]
WRITTEN = {
    *(f"{name}.csv" for name in LISTED),
    *(f"{name}.{suffix}" for name in PICTURES for suffix in ("png", "svg")),
    *("report.md", "study.json", "replay.py", "replay.ipynb", "tables.xlsx", "slides.pptx", "report.html"),
}
NEW = '''"""Tabs: a new format."""
HOLDS = "{holds}"
MIME = "text/tab-separated-values"


def write(findings):
    """Every table there is, one below the other."""
    held = (*findings.tables.values(), *findings.lists.values())
    return "".join(frame.to_csv(sep="\\t") for frame in held).encode()
'''


@pytest.fixture
def findings():
    return Findings.of(Study(), [SHOES])


@pytest.fixture(params=["table", "tables"])
def tabs(request, tmp_path, monkeypatch):
    """A format that is one more file of the folder; what one file of it holds."""
    (tmp_path / "formats").mkdir()
    (tmp_path / "formats" / "tabs.py").write_text(NEW.format(holds=request.param))
    monkeypatch.setattr(report, "__path__", [*report.__path__, str(tmp_path / "formats")])
    monkeypatch.delitem(sys.modules, "segmentation.report.tabs", raising=False)
    return request.param


def test_where_every_row_is_used_the_file_is_not_gone_through_for_those_that_are_not(monkeypatch):
    findings = Findings.of(Study(blanks="one"), [SHOES])
    expected = findings.study.left_out(findings.table).frame()
    assert not any(findings.customers.left_out.values())
    monkeypatch.setattr(Study, "left_out", lambda *_: pytest.fail("gone through"))
    pd.testing.assert_frame_equal(findings.tables["left_out"], expected)


@pytest.mark.parametrize("suffix", suffixes())
def test_a_format_says_what_it_is_what_it_holds_and_what_a_browser_is_told(suffix):
    one = format_of(suffix)
    assert one.__doc__ and one.write.__doc__
    assert one.HOLDS.isidentifier() and "/" in one.MIME


def test_the_readme_says_of_every_format_what_is_written():
    rows = re.findall(r"^\| (`.*?`) \|", (ROOT / "README.md").read_text(encoding="utf-8"), re.M)
    told = [suffix for row in rows for suffix in re.findall(r"`(\w+)`", row)]
    assert {*suffixes()} <= {*told}


def test_the_folder_has_every_format_of_every_part(tmp_path):
    assert set(write(Study(), [SHOES], tmp_path)) == WRITTEN == {path.name for path in tmp_path.iterdir()}


def test_a_folder_of_chosen_formats_has_no_other(tmp_path):
    assert write(Study(), [SHOES], tmp_path, ["md", "csv"]) == ["report.md", *(f"{name}.csv" for name in LISTED)]


def test_what_is_being_made_is_said_to_a_terminal_and_to_nobody_else(tmp_path, capsys, monkeypatch):
    (tmp_path / "study.json").write_text(Study().to_json())
    words = ["run", str(tmp_path / "study.json"), str(SHOES), "--out", str(tmp_path / "out"), "--as", "md,py"]
    assert shell(words) == 0 and capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert shell(words) == 0
    assert capsys.readouterr().err == "Making report.md …\nMaking replay.py …\n"


def test_a_new_file_is_a_new_format_for_run_the_shell_and_a_list(tabs, tmp_path, capsys):
    assert "tabs" in suffixes()
    each = [f"{name}.tabs" for name in LISTED] if tabs == "table" else ["tables.tabs"]
    assert write(Study(), [SHOES], tmp_path / "folder", ["tabs"]) == each
    out = tmp_path / "labels.tabs"
    assert shell(["segment", str(SHOES), "--method", "abc_classes", "--out", str(out)]) == 0
    assert out.read_text().startswith("customer_id\tsegment\n")
    assert of_tables("x.TABS").write(Listing(pd.DataFrame({"a": [1]}))) == b"\ta\n0\t1\n"


DANGER = {"=name": ["=cmd()", "plain"], "profit": [-1.5, 2.0], "when": pd.to_datetime(["2026-01-01", None])}


@pytest.mark.parametrize("index", [["=a", "b"], pd.Index(["=a", "b"], name="@who")], ids=["unnamed", "named"])
@pytest.mark.parametrize("suffix", [one for one in suffixes() if format_of(one).HOLDS in ("table", "tables")])
def test_a_table_leaves_as_safe_gives_it_in_every_format(suffix, index):
    frame = pd.DataFrame(DANGER, index=index)
    harmless = safe(frame)
    assert list(harmless) == [*(["'@who"] if frame.index.name else []), "'=name", "profit", "when"]
    assert harmless["'=name"].tolist() == ["'=cmd()", "plain"] and harmless["profit"].tolist() == [-1.5, 2]
    write_ = format_of(suffix).write
    assert write_(Listing(frame)) == write_(Listing(harmless)), f"let {suffix}.py write safe(frame)"


def test_the_shell_says_which_formats_there_are(tabs):
    told = parser()._subparsers._group_actions[0].choices["run"].format_help()
    assert ",".join(suffixes()) in told.replace("\n", "").replace(" ", "") and "tabs" in suffixes()


@pytest.mark.parametrize("name", ["labels", "labels.png", "labels.md", "labels.findings", "labels.csv.gz", ".csv"])
def test_a_table_under_another_suffix_is_csv(name):
    assert of_tables(name) is format_of("csv")


def test_an_unknown_format_is_a_problem_that_names_those_there_are(tmp_path, capsys):
    for suffix in ("docx", "findings", "", "csv "):
        with pytest.raises(Problem, match=rf"no format “{suffix}”; there are {', '.join(suffixes())}\."):
            format_of(suffix)
    study = tmp_path / "study.json"
    study.write_text(Study().to_json())
    words = ["run", str(study), str(SHOES), "--out", str(tmp_path / "folder"), "--as", "csv,docx"]
    assert shell(words) == 2
    assert "docx" in capsys.readouterr().err and not (tmp_path / "folder").exists()


def test_the_shell_writes_the_formats_named(tmp_path, capsys):
    study = tmp_path / "study.json"
    study.write_text(Study().to_json())
    assert shell(["run", str(study), str(SHOES), "--out", str(tmp_path / "folder"), "--as", "json,md"]) == 0
    assert sorted(path.name for path in (tmp_path / "folder").iterdir()) == ["report.md", "study.json"]


def test_parts_are_made_once_however_narrow_the_findings(findings):
    assert findings.tables["labels"] is findings.only("labels").tables["labels"]
    assert findings.pictures["whale"] is findings.only("whale").pictures["whale"]
    assert findings.segmentation is findings.only("labels").segmentation


def test_findings_of_one_part_have_no_other(findings):
    assert (list(findings.only("labels").tables), list(findings.only("labels").pictures)) == (["labels"], [])
    assert (list(findings.only("whale").tables), list(findings.only("whale").pictures)) == ([], ["whale"])


def test_labels_are_those_of_the_method(findings):
    labels = METHODS["abc_classes"].segment(Customers.build(read(SHOES)))
    pd.testing.assert_series_equal(findings.tables["labels"]["segment"], labels)


def test_labels_of_a_folder_have_two_columns():
    of_rfm = Findings.of(Study(method="rfm"), [SHOES])
    assert list(of_rfm.tables["labels"].reset_index()) == ["customer_id", "segment"]


def test_tables_are_written_without_what_only_pictures_need():
    code = (
        "import sys; from segmentation.__main__ import main\n"
        f"main(['customers', {str(SHOES)!r}, '--out', '/dev/null'])\n"
        "sys.exit(any(name in sys.modules for name in ('altair', 'vl_convert', 'streamlit')))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.DEVNULL).returncode == 0
