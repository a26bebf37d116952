"""The shell does what its contract says, and says in one line what it cannot do."""

import csv
import json
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from segmentation import METHODS, Customers, Study, read
from segmentation.__main__ import main
from segmentation.report.words import report
from tests.places import ROOT

SHOES = str(ROOT / "sample_data" / "shoe_maker_orders.csv")


@pytest.fixture(scope="module")
def shoes():
    return Customers.build(read(SHOES))


def run(capsys, *words):
    """Exit status, standard output and standard error of one command."""
    status = main([str(word) for word in words])
    return status, *capsys.readouterr()


def rows(path):
    with Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_labels_are_those_of_the_library_one_row_a_customer(capsys, tmp_path, shoes):
    out = tmp_path / "labels.csv"
    assert run(capsys, "segment", SHOES, "--method", "abc_classes", "--set", "a=0.7", "b=0.9", "--out", out)[0] == 0
    labels = METHODS["abc_classes"].segment(shoes, a=0.7, b=0.9)
    assert [(row["customer_id"], row["segment"]) for row in rows(out)] == list(labels.astype(str).items())


def test_labels_have_two_columns_and_what_stands_behind_them_only_where_it_is_asked_for(capsys, tmp_path):
    out = tmp_path / "labels.csv"
    assert run(capsys, "segment", SHOES, "--method", "rfm", "--out", out)[0] == 0
    assert list(rows(out)[0]) == ["customer_id", "segment"]


def test_how_far_each_customer_belongs_to_each_group_is_written_as_input_for_a_model(capsys, tmp_path, shoes):
    for method, settings in (("fuzzy_cmeans", ["k=3"]), ("abc_classes", ["a=0.7"])):
        out = tmp_path / f"{method}.csv"
        assert run(capsys, "segment", SHOES, "--method", method, "--set", *settings, "--degrees", "--out", out)[0] == 0
        held = pd.read_csv(out, dtype={"customer_id": str}).set_index("customer_id")
        assert held.index.tolist() == shoes.frame.index.tolist() and held.shape[1] == 3
        assert np.allclose(held.sum(axis=1), 1) and held.to_numpy().min() >= 0
    assert held.idxmax(axis=1).tolist() == METHODS[method].segment(shoes, a=0.7).astype(str).tolist()


def test_json_holds_the_same_sums_unrounded(capsys, shoes):
    _, printed, _ = run(capsys, "segment", SHOES, "--method", "abc_classes", "--json")
    said = json.loads(printed)
    profit = METHODS["abc_classes"](shoes).sums("profit")
    assert [row["profit"] for row in said["segments"]] == profit[:3].tolist()
    assert said["as_of"] == "2026-06-30" and said["thresholds"]["a"] == 0.8


def test_a_list_is_written_with_commas_and_makes_the_choice_it_belongs_to(capsys, tmp_path, shoes):
    out = tmp_path / "labels.csv"
    run(capsys, "segment", SHOES, "--method", "rfm", "--set", "recency=31,61,91", "--detail", "--out", out)
    detail = METHODS["rfm"](shoes, by="edges", recency=(31, 61, 91)).detail
    assert [int(row["r"]) for row in rows(out)] == detail["r"].tolist()
    assert list(rows(out)[0]) == ["customer_id", "segment", "r", "f", "m"]


def test_a_threshold_takes_a_column_by_its_heading_in_the_file(capsys, tmp_path):
    file, out = tmp_path / "told.csv", tmp_path / "labels.csv"
    file.write_text("customer,Response,revenue\nA,yes,5\nB,no,7\nC,No phone service,9\n", encoding="utf-8")
    status, _, trouble = run(capsys, "segment", file, "--method", "response", "--set", "bought=Response", "--out", out)
    assert (status, trouble) == (0, "")
    assert [row["segment"] for row in rows(out)] == ["Bought", "Never reacted", "Never reacted"]


def test_customers_are_written_with_every_metric_and_ids_as_they_are(capsys, tmp_path, shoes):
    out = tmp_path / "customers.csv"
    assert run(capsys, "customers", SHOES, "--out", out)[0] == 0
    written = pd.read_csv(out, dtype={"customer_id": str}, parse_dates=["last_order"]).set_index("customer_id")
    assert written.index.tolist() == shoes.frame.index.tolist()
    for name in ("revenue", "profit", "cycle_days", "revenue_cv", "growth"):
        pd.testing.assert_series_equal(written[name], shoes.frame[name], check_exact=True, check_dtype=False)
    assert (written["last_order"] == shoes.frame["last_order"]).all()


def test_a_repeated_option_adds_to_the_first(capsys, tmp_path):
    _, printed, _ = run(
        capsys, "segment", SHOES, "--method", "abc_classes", "--set", "a=0.7", "--set", "b=0.9", "--json"
    )
    said = json.loads(printed)["thresholds"]
    assert (said["a"], said["b"]) == (0.7, 0.9)
    file = tmp_path / "sales.csv"
    file.write_text("who,when,much\nu,2024-01-01,5\nv,2024-01-02,7\n")
    words = ("--columns", "customer=who", "--columns", "revenue=much", "--json")
    assert json.loads(run(capsys, "customers", file, *words)[1])["revenue"] == 12


def test_customers_without_dates_are_as_of_no_day(capsys, tmp_path):
    file = tmp_path / "customers.csv"
    file.write_text("customer,revenue\nu,5\nv,7\n")
    assert run(capsys, "customers", file)[1].splitlines()[0] == "2 customers."


def test_as_of_and_window_look_back_from_another_day(capsys):
    _, printed, _ = run(capsys, "customers", SHOES, "--as-of", "2025-12-31", "--window", "12", "--json")
    said = json.loads(printed)
    assert (said["as_of"], said["start"]) == ("2025-12-31", "2025-01-01")
    assert said["left_out"]["after_as_of"] > 0 and said["left_out"]["before_window"] > 0


def test_roles_and_ways_of_reading_can_be_decided(capsys, tmp_path):
    file = tmp_path / "odd.csv"
    file.write_bytes("Wer;Wann = Tag;Wert\nä;03/04/2024;1,50\nb;05/04/2024;2,50\n".encode("cp1252"))
    decided = ("--encoding", "cp1252", "--delimiter", ";", "--decimal", ",", "--dates", "dmy")
    chosen = ("--columns", "customer=Wer", "date=Wann = Tag", "revenue=Wert")
    with_heading_of_equals = run(capsys, "customers", file, *decided, *chosen, "--json")
    said = json.loads(with_heading_of_equals[1])
    assert (said["customers"], said["revenue"], said["as_of"]) == (2, 4.0, "2024-04-05")


def test_returns_can_be_set_aside(capsys):
    kept = json.loads(run(capsys, "customers", SHOES, "--json")[1])
    dropped = json.loads(run(capsys, "customers", SHOES, "--returns", "drop", "--json")[1])
    assert dropped["revenue"] > kept["revenue"] and dropped["left_out"]["returns_dropped"] > 0


def test_read_writes_the_table_and_reports_what_was_set_aside(capsys, tmp_path):
    file, out = tmp_path / "with_total.csv", tmp_path / "table.csv"
    file.write_text("customer;revenue\n007;1,5\n008;2,5\nTotal;4,0\n")
    said = json.loads(run(capsys, "read", file, "--out", out, "--json")[1])
    assert [row["customer"] for row in rows(out)] == ["007", "008"]
    assert said["rows_in"] == said["rows_used"] + len(said["set_aside"]) == 3
    assert "Total" in said["set_aside"][0]["text"]


def test_potential_tells_what_the_model_knows(capsys, tmp_path, shoes):
    out = tmp_path / "potential.csv"
    assert run(capsys, "potential", SHOES, "--model", "trend", "--set", "damping=0", "--out", out)[0] == 0
    first = rows(out)[0]
    assert list(first) == ["customer_id", "profit", "growth", "potential"]
    assert float(first["potential"]) == round(shoes.frame["profit"].iloc[0] * 365.25 / shoes.days, 2)


def test_a_potential_that_is_not_known_leaves_the_sum_of_the_others(capsys, tmp_path):
    file = tmp_path / "customers.csv"
    file.write_text("customer,revenue,potential\nu,5,3\nv,7,\nw,9,4\n")
    said = json.loads(run(capsys, "potential", file, "--model", "column", "--json")[1])
    assert (said["customers"], said["unknown"], said["potential"]) == (3, 1, 7)
    assert run(capsys, "potential", file, "--model", "column")[1].startswith("7 from 2 customers; of 1 more")


def test_a_study_replays_and_options_win_over_it(capsys, tmp_path):
    study = Study(as_of="2025-12-31")
    study.choose("lifecycle")
    study.set(step=2)
    file = tmp_path / "study.json"
    file.write_text(study.to_json(), encoding="utf-8")
    said = json.loads(run(capsys, "segment", SHOES, "--study", file, "--json")[1])
    assert (said["method"], said["thresholds"], said["as_of"]) == ("lifecycle", {"step": 2}, "2025-12-31")
    moved = json.loads(run(capsys, "segment", SHOES, "--study", file, "--as-of", "2026-03-31", "--json")[1])
    assert moved["as_of"] == "2026-03-31"


def test_run_writes_labels_summary_and_pictures(capsys, tmp_path, shoes):
    file, folder = tmp_path / "study.json", tmp_path / "new" / "folder"
    file.write_text(Study().to_json(), encoding="utf-8")
    status, printed, _ = run(capsys, "run", file, SHOES, "--out", folder)
    assert status == 0 and "labels.csv" in printed
    assert len(rows(folder / "labels.csv")) == len(shoes)
    assert [row["segment"] for row in rows(folder / "summary.csv")] == ["A", "B", "C"]
    for name in ("pareto", "sizes", "whale", "bubbles"):
        assert (folder / f"{name}.png").read_bytes().startswith(b"\x89PNG")
        assert "<svg" in (folder / f"{name}.svg").read_text(encoding="utf-8")
    assert "A: 73 customers" in (folder / "report.md").read_text(encoding="utf-8")
    assert Study.load(folder / "study.json").file == "shoe_maker_orders.csv"


def test_the_report_names_what_80_per_cent_is_of_and_only_thresholds_that_count(shoes):
    said = report(Study(method="rfm"), METHODS["rfm"](shoes))
    assert "of customers bring 80% of revenue: " in said
    settings = "Score by equal shares of customers · Scores of each metric 5 · Equal shares of all customers"
    assert f"Method: RFM · {settings} · Names by eleven segments, every cell once. File: " in said, (
        "as a person says it"
    )
    rows = report(Study(method="rules"), METHODS["rules"](shoes))
    assert "Large and often" in rows.partition("Method: ")[2], "what no words say stands there nevertheless"


def test_a_file_without_money_gets_no_verdict_on_its_balance():
    nobody = Customers.build(read(b"customer,revenue\nu,0\nv,0\n"))
    assert "bring 80%" not in report(Study(), METHODS["abc_classes"](nobody))


def test_pictures_use_the_theme_and_nothing_else(capsys, tmp_path):
    file, folder = tmp_path / "study.json", tmp_path / "folder"
    file.write_text(Study(currency="€").to_json(), encoding="utf-8")
    run(capsys, "run", file, SHOES, "--out", folder)
    light = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]["light"]
    whale = (folder / "whale.svg").read_text(encoding="utf-8").lower()
    assert light["chartCategoricalColors"][0].lower() in whale and light["textColor"].lower() in whale
    assert "#4c78a8" not in whale and "currentcolor" not in whale
    assert "Profit per customer (€)" in (folder / "bubbles.svg").read_text(encoding="utf-8")


def test_methods_lists_every_one_with_defaults_and_limits(capsys):
    listed = json.loads(run(capsys, "methods", "--json")[1])
    assert [one["name"] for one in listed] == list(METHODS)
    share = next(one for one in listed if one["name"] == "abc_classes")["controls"]["a"]
    assert (share["default"], share["low"], share["high"]) == (0.8, 0.05, 0.99)
    text = run(capsys, "methods")[1]
    assert all(method.question in text for method in METHODS.values())


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["segment", "no_such.csv", "--method", "abc_classes"], "no_such.csv"),
        (["segment", SHOES], "takes --method NAME"),
        (["customers", SHOES, "--out", ""], "cannot be written"),
        (["potential", SHOES, "--model", "trend", "--set", "customers=1"], "no setting “customers”; it has damping"),
        (["segment", SHOES, "--method", "nonsense"], "There is no method “nonsense”"),
        (["segment", SHOES, "--method", "abc_classes", "--set", "a=2"], "a is 2"),
        (["segment", SHOES, "--method", "abc_classes", "--set", "a=0.9", "b=0.8"], "thresholds cannot cross"),
        (["segment", SHOES, "--method", "abc_classes", "--set", "c=1"], "no threshold “c”"),
        (["segment", SHOES, "--method", "abc_classes", "--set", "a"], "--set takes key=value"),
        (["segment", SHOES, "--method", "abc_classes", "--out", "/no/such/folder/x.csv"], "cannot be written"),
        (["customers", SHOES, "--columns", "revenue=Umsatz"], "Umsatz"),
        (["customers", SHOES, "--columns", "money=revenue"], "money"),
        (["customers", SHOES, "--as-of", "yesterday"], "yesterday"),
        (["customers", SHOES, "--as-of", "1999-01-01"], "leaves no customer"),
        (["customers", SHOES, "--window", "many"], "--window must be a number"),
        (["customers", SHOES, SHOES], "was given twice"),
        (["customers", "connection:shop/orders"], "connection"),
        (["potential", SHOES, "--model", "column"], "no column of potential"),
        (["potential", SHOES, "--model", "crystal"], "There is no model “crystal”"),
        (["potential", SHOES, "--model", "trend", "--set", "luck=1"], "no setting “luck”"),
        (["run", "no_study.json", SHOES, "--out", "x"], "no_study.json"),
        (["dance"], "dance"),
        ([], "COMMAND"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_status_2(capsys, words, says):
    status, _, error = run(capsys, *words)
    assert status == 2
    assert says in error and error.count("\n") == 1


def test_it_runs_as_a_module_and_errors_go_to_standard_error():
    done = subprocess.run(
        [sys.executable, "-m", "segmentation", "segment", SHOES, "--method", "none"],
        cwd=ROOT, capture_output=True, text=True, env={"PYTHONIOENCODING": "ascii", "PATH": ""},
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "") and "Traceback" not in done.stderr


def test_a_reader_that_stops_early_is_no_error():
    done = subprocess.run(
        f"{sys.executable} -m segmentation methods --json | head -1",
        shell=True,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.stdout == "[\n" and done.stderr == ""


full = pytest.param("> /dev/full", 2, marks=pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device"))


@pytest.mark.parametrize(("where", "status"), [full, (">&-", 0)])
def test_an_output_that_cannot_be_written_is_no_traceback(where, status):
    words = f"{sys.executable} -m segmentation methods {where}"
    done = subprocess.run(words, shell=True, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == status and "Traceback" not in done.stderr
    assert done.stderr.count("\n") == (1 if status else 0)


def test_the_contract_line_of_the_cdnow_sample(capsys, tmp_path, shared):
    file, out = shared / "cdnow" / "cdnow_sample.csv", tmp_path / "labels.csv"
    assert run(capsys, "segment", file, "--method", "abc_classes", "--set", "a=0.8", "b=0.95", "--out", out)[0] == 0
    counts = pd.read_csv(out, dtype=str)["segment"].value_counts()
    assert counts["A"] == 777 and counts.sum() == 2357  # 32.97 % of customers bring 80 %: the published figure


# Models of potential


def test_potential_by_expected_purchases_says_its_parameters_and_what_it_knows_of_each(capsys, tmp_path):
    out = tmp_path / "potential.csv"
    words = ("--model", "mbgnbd", "--set", "period=D", "horizon=6", "--out", out)
    said = json.loads(run(capsys, "potential", SHOES, *words, "--json")[1])
    assert said["settings"] == {"period": "D", "horizon": 6, "discount": 0.01}
    assert said["facts"]["converged"] is True and said["facts"]["r"] > 0
    first = rows(out)[0]
    known = ("frequency", "recency", "T", "monetary_value", "p_alive", "expected_purchases", "expected_average")
    assert tuple(first) == ("customer_id", *known, "potential")
    assert sum(float(row["potential"]) for row in rows(out)) == pytest.approx(said["potential"])


def test_a_study_brings_its_own_model(capsys, tmp_path):
    study = Study()
    study.choose_model("headroom")
    study.set_model(percentile=0.9, within="channel")
    path = tmp_path / "study.json"
    path.write_text(study.to_json())
    said = json.loads(run(capsys, "potential", SHOES, "--study", path, "--json")[1])
    assert said["model"] == "headroom" and said["settings"] == {"percentile": 0.9, "within": "channel"}
    segments = json.loads(run(capsys, "segment", SHOES, "--study", path, "--method", "portfolio", "--json")[1])
    assert sum(row["potential"] for row in segments["segments"]) == pytest.approx(said["potential"])


def test_potential_without_a_model_names_those_there_are(capsys):
    status, _, said = run(capsys, "potential", SHOES)
    assert status == 2 and "--model NAME" in said and "mbgnbd" in said


def test_the_portfolio_is_cut_where_the_shell_says(capsys):
    words = ("--method", "portfolio", "--set", "profit=1000", "potential=500", "cooperation_weight=0.3", "--json")
    said = json.loads(run(capsys, "segment", SHOES, *words)[1])
    assert [row["segment"] for row in said["segments"]] == ["Invest", "Harvest", "Develop", "Serve cheaply", "Let go"]
    assert said["thresholds"]["lines"] == "amounts" and sum(row["customers"] for row in said["segments"]) == 319


def test_who_stops_a_command_while_it_starts_reads_one_line():
    """Most of the first second is import; each module that came is told on a line of its own."""
    command = [sys.executable, "-X", "importtime", "-m", "segmentation", "methods"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as started:
        assert started.stderr
        assert any("segmentation.stopped" in line for line in started.stderr)
        started.send_signal(signal.SIGINT)
        said = [line for line in started.stderr if not line.startswith("import time:")]
    assert said == ["Stopped.\n"] and started.returncode == 130
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler, "who imports the library keeps her own way"


def test_who_stops_a_command_while_it_works_reads_the_same_line(monkeypatch, capsys):
    def pressed(*given):
        raise KeyboardInterrupt

    monkeypatch.setattr("segmentation.__main__.parser", pressed)
    assert main(["methods"]) == 130 and capsys.readouterr().err == "Stopped.\n"
