"""Processes apart: what they make comes back as it is, and nothing they do can harm the one that asks."""

import gc
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_array_equal
from pandas.testing import assert_frame_equal

from segmentation import Customers, Problem, read
from segmentation.apart import pool as pools
from segmentation.apart.handing import Upload
from segmentation.apart.pool import Pool
from segmentation.customers.left_out import LeftOut, left_out
from tests.apart import jobs
from tests.places import ROOT, SAMPLES

SHOES = SAMPLES / "shoe_maker_orders.csv"


@pytest.fixture(scope="module")
def pool() -> Pool:
    return Pool(1)


@pytest.fixture
def tight(monkeypatch: pytest.MonkeyPatch) -> None:
    """Less memory than a job of these tests takes."""
    monkeypatch.setattr(pools, "MEMORY", 256 << 20)


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """A time that is over at once; memory it takes a slow machine longer to fill is not to end by it."""
    monkeypatch.setattr(pools, "MOST_SECONDS", 1)


def test_a_file_is_read_and_rolled_up_apart_as_it_is_here(pool):
    here, apart = read(SHOES), pool.do(read, Upload.of(SHOES.read_bytes()), name=SHOES.name)
    assert_frame_equal(apart.frame(), here.frame())
    assert apart.report == here.report
    customers = pool.do(Customers.build, apart, window=12)
    expected = Customers.build(here, window=12)
    assert_frame_equal(customers.frame, expected.frame)
    assert (customers.notes, customers.as_of, customers.left_out) == (expected.notes, expected.as_of, expected.left_out)
    assert_array_equal(customers.values("spend_last_quarter"), expected.values("spend_last_quarter"))


def test_lines_of_rows_left_out_are_looked_up_in_the_very_upload(pool):
    content = b"customer,date,amount\nann,2026-01-01,5\n,2026-01-02,6\nbob,2026-01-03,7\n"
    rows = pool.do(left_out, pool.do(read, Upload.of(content), name="x.csv"))
    assert pool.do(LeftOut.frame, rows)["line"].tolist() == [3]


def test_what_came_from_a_process_goes_back_without_being_written_again(pool):
    table = pool.do(read, SHOES)
    size = len(pools.hand((jobs.itself, (table,)), pool._known.token).head)
    assert size < 1_000
    assert pool.do(jobs.itself, table) is table


def test_large_arrays_are_mapped_and_cannot_be_written_into(pool):
    values = np.arange(1_000_000.0)
    made = pool.do(jobs.double, values)
    assert_array_equal(made, values * 2)
    assert not made.flags.writeable


def test_a_problem_is_the_same_sentence(pool):
    with pytest.raises(Problem, match=r"^Nothing can be done with this: choose another\.$"):
        pool.do(jobs.refuse)
    assert pool.do(jobs.double, 2) == 4


def test_a_defect_keeps_its_traceback_for_us(pool):
    with pytest.raises(RuntimeError, match="break_off"):
        pool.do(jobs.break_off)
    assert pool.do(jobs.double, 2) == 4


@pytest.mark.parametrize("job", [jobs.fill, jobs.fill_with_arrow, jobs.die])
def test_who_takes_all_memory_or_dies_is_a_sentence_and_the_next_is_served(job, pool, tight):
    with pytest.raises(
        Problem, match="too large for this server: it needs more than 256 MB of memory, which is the limit"
    ):
        pool.do(job)
    assert pool.do(jobs.double, 2) == 4


def test_who_takes_too_long_is_a_sentence_and_the_next_is_served(pool, short):
    with pytest.raises(Problem, match=r"takes longer than .* of this server's time, which is the limit"):
        pool.do(jobs.work_long)
    assert pool.do(jobs.double, 2) == 4


def test_memory_left_by_one_thing_is_not_allowed_to_the_next_beside_its_own(tight):
    pool = Pool(1)
    before = pool.do(jobs.allowed)
    process = pool.do(jobs.leave_behind, 100)
    assert (pool.do(jobs.allowed), pool.do(jobs.wait, 0)) == (before, process)


def test_who_comes_after_a_picture_waits_for_no_fresh_process_and_may_take_as_much():
    pool = Pool(1)
    before, drew = pool.do(jobs.room), pool.do(jobs.draw)
    assert pool.do(jobs.room) > before - (64 << 20), "what draws has reserved hundreds of MB, which are nobody's"
    assert pool.do(jobs.draw) == drew == pool.do(jobs.wait, 0)


def test_a_process_that_keeps_much_is_replaced_before_smaller_work():
    pool = Pool(1)
    process = pool.do(jobs.leave_behind, 700)
    assert pool.do(jobs.wait, 0) != process


def test_a_process_killed_in_the_middle_of_work_is_a_sentence_and_the_next_is_served(pool):
    process = pool.do(jobs.wait, 0)
    killer = threading.Timer(0.5, os.kill, (process, signal.SIGKILL))
    killer.start()
    with pytest.raises(Problem, match="too large for this server"):
        pool.do(jobs.work_long)
    assert pool.do(jobs.double, 2) == 4


SERVER = "from segmentation.apart.pool import Pool; from tests.apart import jobs; "
SERVER += "pool = Pool(1); print(pool.do(jobs.wait, 0), flush=True); pool.do(jobs.work_long)"


def test_no_process_goes_on_working_for_a_server_that_was_killed():
    server = subprocess.Popen([sys.executable, "-c", SERVER], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    worker = Path("/proc", server.stdout.readline().strip())
    assert worker.exists()
    server.kill()
    server.wait()
    until = time.monotonic() + 30
    while worker.exists() and (worker / "stat").read_text().split()[2] != "Z" and time.monotonic() < until:
        time.sleep(0.1)
    assert not worker.exists() or (worker / "stat").read_text().split()[2] == "Z"


def test_progress_is_told_and_what_it_raises_ends_the_work(pool):
    told = []

    def stop(share: float, doing: str) -> None:
        told.append(doing)
        if doing == "step 5":
            raise KeyError("stopped")

    with pytest.raises(KeyError, match="stopped"):
        pool.do(jobs.count, progress=stop)
    assert told[-1] == "step 5"
    assert pool.do(jobs.double, 2) == 4


def test_who_does_not_end_when_asked_is_ended(pool, monkeypatch):
    monkeypatch.setattr(pools, "GRACE", 0.2)

    def stop(share: float, doing: str) -> None:
        raise KeyError("stopped")

    before = pool.do(jobs.wait, 0)
    with pytest.raises(KeyError, match="stopped"):
        pool.do(jobs.deaf, progress=stop)
    assert pool.do(jobs.wait, 0) != before


def test_those_who_wait_are_served_in_turn_and_see_their_place():
    pool, order, told = Pool(1), [], []
    pool.warm()

    def ask(name: str) -> None:
        pool.do(jobs.tell, progress=lambda share, doing: told.append((name, doing)))
        order.append(name)

    first = threading.Thread(target=pool.do, args=(jobs.wait, 1.0))
    first.start()
    others = []
    for name in ("second", "third"):
        while len(pool._waiting) < len(others):
            pass
        others.append(threading.Thread(target=ask, args=(name,)))
        others[-1].start()
        while len(pool._waiting) < len(others):
            pass
    for one in (first, *others):
        one.join()
    assert order == ["second", "third"]
    assert ("third", "Waiting: 1 file is before this one") in told


def test_nothing_is_left_of_a_table_that_nobody_holds(pool):
    def mapped() -> int:
        return sum("segment-lab" in line for line in Path("/proc/self/maps").read_text().splitlines())

    gc.collect()
    before, open_before = mapped(), len([*Path("/proc/self/fd").iterdir()])
    table = pool.do(read, SHOES)
    customers = pool.do(Customers.build, table)
    assert mapped() > before
    del table, customers
    gc.collect()
    assert (mapped(), len([*Path("/proc/self/fd").iterdir()])) == (before, open_before)


def test_frames_with_words_dates_and_gaps_come_back_as_they_were(pool):
    frame = pd.DataFrame(
        {"a": ["x", None, "y"] * 2000, "b": pd.date_range("2026-01-01", periods=6000), "c": [1.5, None, 2] * 2000}
    )
    assert_frame_equal(pool.do(jobs.itself, frame), frame)


def test_what_is_handed_over_may_first_ask_for_something_itself(pool):
    class Lines:
        def __reduce__(self):
            self.made = pool.do(np.arange, 4)
            return np.sum, (self.made,)

    assert pool.do(np.add, Lines(), 1) == 7


def test_what_is_large_in_what_is_asked_counts_for_what_the_work_may_take(pool, monkeypatch):
    sizes, limits = [], pools._limits
    monkeypatch.setattr(pools, "_limits", lambda size, reading: (sizes.append(size), limits(size, reading))[1])
    assert pool.do(np.sum, np.ones(1_000_000)) == 1_000_000
    assert sizes == [8_000_000]
