"""A text of long runs costs no more than its length: no heading, cell or line can hold up a room.

Functions are found by walking the library, so that a new one is tried by itself. Those left out stand in `runs.py`.
"""

from pathlib import Path

import pytest

from segmentation.reading.read import by_column
from tests.fuzz.runs import functions, grows_too_fast
from tests.reading.hostile import RUNS


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is given “a” may take it for the name of a file, and write one."""
    monkeypatch.chdir(tmp_path)


def test_twice_as_long_a_run_of_any_sign_takes_no_more_than_three_times_as_long():
    slow = {
        f"{name}: {said}" for name, do in functions().items() for sign in RUNS if (said := grows_too_fast(do, sign))
    }
    assert not slow, "\n".join(sorted(slow))


@pytest.mark.parametrize("name", ["columns.match._bare.heading", "reading.encoding.foreign_fields.data"])
def test_those_that_were_slow_are_among_those_tried(name):
    assert name in functions()


def each_to_each(run: str) -> int:
    return sum(run[at:].count("(") for at in range(len(run)))


def test_what_holds_each_letter_to_each_is_found_and_what_reads_once_is_not():
    tried = (grows_too_fast(each_to_each, "(") for _ in range(5))  # whatever else the machine does may hide it once
    assert any("'(' ×" in said for said in tried)
    assert grows_too_fast(lambda run: sum(map(ord, run * 9)), "(") == ""


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Paid=dmy,Due=mdy", {"Paid": "dmy", "Due": "mdy"}),
        ("Paid, gross=., net=,", {"Paid, gross": ".", "net": ","}),
        ("Price=,,Cost=.", {"Price": ",", "Cost": "."}),
        ("a=b=ymd , c=dmy", {"a=b": "ymd", "c": "dmy"}),
        ("dmy", {}),
        ("=dmy", {}),
    ],
)
def test_a_decision_by_column_is_read_once_from_front_to_back(said, meant):
    assert by_column(said) == meant
