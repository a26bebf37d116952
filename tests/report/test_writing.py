"""No name stands for half a file, whatever breaks off the writing; a folder that is not complete says so."""

import itertools
import multiprocessing
import os
import resource
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from segmentation import Problem, Study
from segmentation.__main__ import main as shell
from segmentation.report import writing
from segmentation.report.folder import write as replay
from segmentation.report.writing import UNFINISHED, write, write_all
from tests.places import ROOT, SAMPLES

SHOES = str(SAMPLES / "shoe_maker_orders.csv")
OLD = {"labels.csv": b"old labels", "summary.csv": b"old summary", "report.md": b"old report"}
NEW = {name: content.replace(b"old", b"new") * 50_000 for name, content in OLD.items()}


def apart(do: Callable[[], object]) -> int:
    """Do something in a process that may be killed; how it ended."""
    process = multiprocessing.get_context("fork").Process(target=do)
    process.start()
    process.join()
    return process.exitcode


def killed(folder: Path, files: dict[str, bytes], steps: int) -> None:
    """Write, and die after so many steps in which the disk changes."""
    left = itertools.count(steps, -1)

    def counted(call: Callable) -> Callable:
        return lambda *given: call(*given) if next(left) > 0 else os.kill(os.getpid(), signal.SIGKILL)

    writing.os.fsync, Path.replace, Path.unlink = map(counted, (os.fsync, Path.replace, Path.unlink))
    write_all(folder, files)


def held(folder: Path) -> dict[str, bytes]:
    """What stands under names that are meant to be seen."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    write_all(tmp_path / "out", OLD)
    return tmp_path / "out"


def no_room(most: int = 999) -> None:
    """A disk that is full after so many bytes of a file."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def test_a_file_is_written_and_written_over_and_nothing_is_left_beside_it(tmp_path):
    for content in (b"first", b"second"):
        write(tmp_path / "x.csv", content)
        assert held(tmp_path) == {"x.csv": content} and len([*tmp_path.iterdir()]) == 1


def test_a_set_is_written_whole_and_nothing_is_left_beside_it(old):
    write_all(old, NEW)
    assert held(old) == NEW and len([*old.iterdir()]) == len(NEW)


def test_on_a_full_disk_a_file_stays_as_it_was(tmp_path):
    (tmp_path / "labels.csv").write_bytes(b"old")
    words = ["customers", SHOES, "--left-out", str(tmp_path / "new.csv"), "--out", str(tmp_path / "labels.csv")]
    command = [sys.executable, "-m", "segmentation", *words]
    done = subprocess.run(command, cwd=ROOT, preexec_fn=no_room, capture_output=True, text=True)
    assert done.returncode == 2 and done.stderr.strip().endswith("labels.csv cannot be written: File too large.")
    assert held(tmp_path) == {"labels.csv": b"old"} and len([*tmp_path.iterdir()]) == 1


def test_on_a_full_disk_a_folder_stays_as_it_was(old):
    def fill() -> None:
        no_room(100_000)
        with pytest.raises(Problem, match=r"The folder .* cannot be written: File too large"):
            write_all(old, {"first.csv": b"1" * 50_000, "labels.csv": b"2" * 200_000})

    assert apart(fill) == 0
    assert held(old) == OLD and len([*old.iterdir()]) == len(OLD)


@pytest.mark.parametrize("before", [{}, OLD], ids=["a new folder", "over another month"])
def test_killed_at_any_step_a_folder_is_as_it_was_or_complete_or_says_that_it_is_neither(before, tmp_path):
    ended, seen = None, []
    for steps in range(40):
        folder = tmp_path / str(steps)
        write_all(folder, before)
        ended = apart(partial(killed, folder, NEW, steps))
        found = held(folder)
        signed = found.pop(UNFINISHED, None) is not None
        assert all(content in (NEW[name], OLD[name]) for name, content in found.items()), "no half file"
        assert signed or found in (before, NEW), "no part of a set without a sign"
        seen.append("signed" if signed else "new" if found == NEW else "before")
        if ended == 0:
            break
    assert ended == 0 and list(dict.fromkeys(seen)) == ["before", "signed", "new"]
    interrupted = tmp_path / str(seen.index("signed"))
    write_all(interrupted, NEW)
    assert held(interrupted) == NEW, "written once more it is complete"


WRITE = "from segmentation.report.writing import write_all; from pathlib import Path; import sys; "
WRITE += "write_all(Path(sys.argv[1]), {f'{i}.csv': b'x' * 20_000_000 for i in range(40)})"


def hidden(folder: Path) -> list[Path]:
    return sorted(folder.glob(".*.part"))


def test_what_a_killed_process_left_is_gone_with_the_next_writing(tmp_path):
    process = subprocess.Popen([sys.executable, "-c", WRITE, str(tmp_path)], cwd=ROOT)
    while len(hidden(tmp_path)) < 2:
        assert process.poll() is None, "it ended before it could be killed"
        time.sleep(0.01)
    write(tmp_path / "labels.csv", b"beside it")
    assert hidden(tmp_path), "who still writes keeps what is on its way"
    process.kill()
    process.wait()
    assert hidden(tmp_path) and held(tmp_path) == {"labels.csv": b"beside it"}
    write_all(tmp_path, OLD)
    assert held(tmp_path) == OLD and hidden(tmp_path) == []


@pytest.mark.parametrize(("age", "left"), [(60, True), (2 * 3600, False)], ids=["a minute", "two hours"])
def test_what_another_machine_writes_is_left_alone_for_an_hour(age, left, tmp_path):
    other = tmp_path / ".labels.csv.0badcafe-999999-12345678.part"
    other.write_bytes(b"half")
    os.utime(other, (time.time() - age,) * 2)
    write(tmp_path / "labels.csv", b"whole")
    assert other.exists() == left


def test_hidden_files_of_other_programs_are_left_alone(tmp_path):
    names = [".movie.part", ".x.0badcafe.part", ".labels.csv.0badcafe-1-12345678.part.txt"]
    for name in names:
        (tmp_path / name).write_bytes(b"theirs")
        os.utime(tmp_path / name, (0, 0))
    write(tmp_path / "labels.csv", b"ours")
    assert all((tmp_path / name).exists() for name in names)


def test_a_link_stays_a_link_and_who_may_read_a_file_may_still(tmp_path):
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_bytes(b"old")
    real.chmod(0o640)
    link.symlink_to(real)
    write(link, b"new")
    assert link.is_symlink() and real.read_bytes() == b"new" and stat.S_IMODE(real.stat().st_mode) == 0o640


def test_what_is_no_plain_file_is_written_where_it_is(capsys):
    write("/dev/null", b"gone")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)
    assert shell(["customers", SHOES, "--out", "/dev/full"]) == 2
    assert "/dev/full cannot be written: No space left on device." in capsys.readouterr().err
    assert stat.S_ISCHR(Path("/dev/full").stat().st_mode)


@pytest.mark.parametrize("name", ["no/such/folder.csv", "", "x" * 300])
def test_what_cannot_be_written_is_a_sentence(name, tmp_path):
    with pytest.raises(Problem, match="cannot be written"):
        write(tmp_path / name, b"x")
    assert [*tmp_path.iterdir()] == []


def test_a_long_name_is_written_too(tmp_path):
    write(tmp_path / ("é" * 125), b"x")
    assert len([*tmp_path.iterdir()]) == 1


def test_a_replay_is_written_so(old):
    replay(Study(), [SHOES], old, ["csv", "md"])
    assert UNFINISHED not in held(old) and held(old)["labels.csv"] != OLD["labels.csv"]


def test_a_template_is_written_so(tmp_path, monkeypatch):
    taken = []
    monkeypatch.setattr("segmentation.report.writing.write", lambda path, content: taken.append(path))
    for suffix in ("csv", "xlsx"):
        assert shell(["template", "customers", "--out", f"{tmp_path}/x.{suffix}"]) == 0
    assert taken == [f"{tmp_path}/x.csv", f"{tmp_path}/x.xlsx"]
