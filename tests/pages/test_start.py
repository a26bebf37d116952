"""What is imported before anything is shown is never looked through for garbage: it is a tenth of the time of start."""

import subprocess
import sys

from tests.places import ROOT

LOOKED_THROUGH = """
import gc, sys
import streamlit, pandas, altair
tracked = []
gc.callbacks.append(lambda phase, facts: tracked.append(facts["generation"]) if phase == "start" else None)
from pages.app import start
before = len(tracked)
assert "segmentation" not in sys.modules, "the library is imported before start.once stops the looking"
enable = gc.enable
gc.enable = lambda: (tracked.append("enabled"), enable())
start.once()
assert "segmentation.study.study" in sys.modules
print(tracked[before:tracked.index("enabled")])
"""


def test_nothing_is_looked_through_while_the_library_is_imported():
    done = subprocess.run([sys.executable, "-c", LOOKED_THROUGH], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr
