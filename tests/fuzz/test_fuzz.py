"""Whatever comes in is a result or a sentence: a thousand files and studies changed by lot, the same in each run.

`make fuzz` tries many more, of kinds that take longer too.
"""

import subprocess
import sys
from contextlib import suppress

import pytest

from segmentation import Problem
from segmentation.reading import workbook, worksheets
from segmentation.reading.draft import Decisions
from tests.fuzz.books import warm
from tests.fuzz.run import Failure, failures, made, outcome, read_file, used
from tests.reading.binary_books import xls


@pytest.mark.parametrize(("kind", "count"), [("light-file", 800), ("study", 200)])
def test_a_changed_file_or_study_is_a_result_or_a_sentence(kind, count, tmp_path_factory):
    start = used()
    failed = [one for one in failures(kind, 1, count) if one is not None]
    kept = [f"{one.save(tmp_path_factory.getbasetemp() / 'failed')}\n{one.told}" for one in failed]
    assert not kept, "\n".join(kept)
    assert used() - start < 60


def test_the_same_seed_makes_the_same_input():
    assert made("file 3 7") == made("file 3 7") != made("file 3 8")


def spin() -> None:
    while True:
        with suppress(Exception):
            sum(range(1000))


def refuse(said: str) -> None:
    raise Problem(said)


def test_a_traceback_and_work_without_an_end_are_told_from_a_sentence(tmp_path):
    assert outcome(dict) == "result" and outcome(lambda: refuse("Choose another.")) == "sentence"
    assert outcome(lambda: refuse(" ")) == "a Problem without a sentence"
    assert "ZeroDivisionError" in outcome(lambda: 1 / 0)
    assert "over 0.1 s of processor time" in outcome(spin, 0.1)
    saved = Failure("file 3 7", "a.csv", b"x", "told").save(tmp_path)
    assert saved.read_bytes() == b"x" and "told" in saved.with_name(f"{saved.name}.told.txt").read_text()


def test_a_workbook_is_opened_as_by_a_process_started_for_it():
    light = xls([["customer", "amount"], ["Ann", "7"]])
    asked = [(light, []), (light, ["none of this name"]), (light[:600], []), (b"<table><tr><td>a", [])]
    alone = [workbook._run(*one, Decisions()) for one in asked]
    with warm() as opened:
        assert [opened.run(*one, Decisions()) for one in asked] == alone and opened.seconds > 0
    assert [status for status, _ in alone] == [0, 0, worksheets.BROKEN, 0]


def test_what_opens_a_workbook_leaves_aside_what_takes_longer_than_the_workbook():
    command = [sys.executable, "-P", "-X", "importtime", worksheets.__file__, "60"]
    done = subprocess.run(command, input=xls([["a"], ["b"]]), capture_output=True, env=worksheets.environment())
    assert done.returncode == 0 and b"pyarrow" in done.stderr and b"pandas.core" not in done.stderr


def test_a_cell_beyond_all_columns_takes_no_longer_than_a_table():
    rows = [["customer", "amount", *[""] * 50_000, "far"], *([f"C{i}", str(i)] for i in range(40))]
    assert outcome(lambda: read_file("far.xls", xls(rows))) in ("result", "sentence")
