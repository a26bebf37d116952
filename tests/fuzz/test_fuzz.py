"""Whatever comes in is a result or a sentence: a thousand files and studies changed by lot, the same in each run.

`make fuzz` tries many more, of kinds that take longer too.
"""

from contextlib import suppress

import pytest

from segmentation import Problem
from tests.fuzz.run import Failure, failures, made, outcome, used


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
    assert outcome(spin, 0.1).startswith("0.1 s of processor time: over 0.1 s")
    saved = Failure("file 3 7", "a.csv", b"x", "told").save(tmp_path)
    assert saved.read_bytes() == b"x" and "told" in saved.with_name(f"{saved.name}.told.txt").read_text()
