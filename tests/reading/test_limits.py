"""A process holds itself to limits, whatever the system it runs on does not know."""

import json
import subprocess
import sys

import pytest

from segmentation.reading import limits
from tests.places import ROOT

resource = pytest.importorskip("resource")
HELD = """
import json, resource, sys
sys.path.append("segmentation/reading")
import limits
resource.setrlimit(resource.RLIMIT_FSIZE, (9_000, 9_000))
limits.hold_to(30, RLIMIT_DATA=1 << 30, RLIMIT_FSIZE=70_000, RLIMIT_OF_NO_SYSTEM=1)
names = ("RLIMIT_DATA", "RLIMIT_FSIZE", "RLIMIT_CORE", "RLIMIT_CPU")
held = {name: resource.getrlimit(getattr(resource, name))[0] for name in names}
print(json.dumps({**held, "left": limits.seconds_left(99), "at most": limits.seconds_left(7)}))
"""


def test_a_process_by_itself_is_held_to_all_limits_and_to_none_above_what_it_was_allowed():
    done = subprocess.run([sys.executable, "-P", "-c", HELD], cwd=ROOT, capture_output=True, text=True, check=True)
    held = json.loads(done.stdout)
    assert (held["RLIMIT_DATA"], held["RLIMIT_FSIZE"], held["RLIMIT_CORE"]) == (1 << 30, 9_000, 0)
    assert 30 < held["RLIMIT_CPU"] <= 40 and held["RLIMIT_CPU"] - 10 <= held["left"] <= held["RLIMIT_CPU"]
    assert held["at most"] == 7


def test_without_limits_of_the_system_nothing_is_held_and_all_the_time_is_left(monkeypatch):
    monkeypatch.setattr(limits, "resource", None)
    limits.hold_to(1, RLIMIT_DATA=1)
    assert limits.seconds_left(99) == 99
