"""What `run` makes in a second process: done there, or said why not, so that it is made here."""

import subprocess
import sys

import pytest

from segmentation.apart import forked
from tests.places import ROOT

ASKED = """
import os, signal, sys, threading
import segmentation.__main__
from segmentation.apart import forked
assert forked.possible()
class Lost:
    def __getstate__(self):
        raise AttributeError("lost")
other = forked.Forked()
assert other.do(os.getpid) not in (os.getpid(), os.getppid())
print("here", flush=True)
other.do(print, "there")
assert other.do(sorted, ["b" * 10_000, "a"]) == ["a", "b" * 10_000]
many = ["b", "a"]
sorting = other.later(sorted, many)
many.append("c")
assert sorting.result() == ["a", "b"]
for job, args in ((int, ["x"]), (repr, [threading.Lock()]), (repr, [Lost()]), (os.kill, [other.process, signal.SIGKILL]), (sorted, [[]])):
    try:
        sys.exit(f"{other.do(job, *args)}")
    except RuntimeError as error:
        print(error)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a process of the pool does the same")
def test_what_is_done_beside_comes_back_and_what_cannot_be_is_said_once():
    done = subprocess.run([sys.executable, "-c", ASKED], cwd=ROOT, capture_output=True, text=True, timeout=100)
    ended = "What worked beside this process has ended."
    locked, lost = "TypeError: cannot pickle '_thread.lock' object", "AttributeError: lost"
    said = ["here", "ValueError: invalid literal for int() with base 10: 'x'", locked, lost, ended, ended]
    assert (done.stdout.splitlines(), done.stderr, done.returncode) == (said, "", 0)


def test_a_process_in_which_something_draws_already_does_not_go_on_as_two(monkeypatch):
    monkeypatch.setitem(sys.modules, "vl_convert", forked)
    assert not forked.possible()
