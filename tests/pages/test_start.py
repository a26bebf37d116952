"""What is imported before anything is shown is never looked through for garbage: it is a tenth of the time of start."""

import subprocess
import sys

import pytest

from benchmarks import imports
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

APP = """
import runpy, sys
from pages.app import start
def once():
    print([name for name in sys.modules if name.split(".")[0] == "segmentation"])
    sys.exit()
start.once = once
runpy.run_path("app.py")
"""


def test_nothing_is_looked_through_while_the_library_is_imported():
    for code in (LOOKED_THROUGH, APP):
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
        assert done.stdout.strip() == "[]", done.stdout + done.stderr


AHEAD = """
import asyncio, sys, threading
from pages.app import start
async def serving():
    async with start.ahead(None):
        (one,) = [each for each in threading.enumerate() if each.name == "ahead"]
        one.join()
asyncio.run(serving())
from segmentation.apart.pool import POOL
(process,) = POOL._idle
assert "vl_convert" in sys.modules
from benchmarks import imports
from streamlit.testing.v1 import AppTest
page = AppTest.from_file(str(imports.ROOT / "app.py"), default_timeout=60).switch_page("pages/segments.py").run()
assert not page.exception and POOL._idle == [process] and start._once.cache_info().misses == 1
"""


def test_a_server_does_what_its_first_visitor_would_wait_for_while_it_waits_for_one():
    done = subprocess.run([sys.executable, "-c", AHEAD], cwd=ROOT, capture_output=True, text=True)
    assert not done.returncode, done.stdout + done.stderr


FIRST_PAGE = """
import sys
from benchmarks import imports
from streamlit.testing.v1 import AppTest
page = AppTest.from_file(str(imports.ROOT / "app.py"), default_timeout=60).run()
assert not page.exception and "customers" in page.title[0].value, page
print(*sorted(sys.modules))
"""
UNNEEDED = (
    "segmentation.charts", "segmentation.reading.read", "segmentation.joining.join",
    "segmentation.customers.build", "segmentation.columns.match", "segmentation.audit.questions", "segmentation.tools.mailchimp",
    "segmentation.exports.ebay", "segmentation.analysis.groups", "segmentation.analysis.portraits",
    "segmentation.analysis.action.recipients", "segmentation.analysis.action.good", "pages.pieces.data.findings",
    "pages.pieces.segments", "pages.widgets", "sklearn", "scipy", "duckdb",
)  # fmt: skip
MODULES = 179  # of ours


@pytest.fixture(scope="module")
def loaded():
    """What is loaded when the page without a file stands there, in a process of its own."""
    done = subprocess.run([sys.executable, "-c", FIRST_PAGE], cwd=ROOT, capture_output=True, text=True)
    assert not done.returncode, done.stdout + done.stderr
    return set(done.stdout.split())


def ours(modules):
    return {one for one in modules if one.split(".")[0] in ("segmentation", "pages")}


def test_the_first_page_brings_only_what_it_needs_before_there_is_a_file(loaded):
    assert "pages.pieces.data.templates" in loaded
    assert not [one for one in loaded if one in UNNEEDED or one.startswith(tuple(f"{other}." for other in UNNEEDED))]
    assert not [one for one in loaded if one.startswith("segmentation.report.")]
    assert len(ours(loaded)) <= MODULES, "one more is imported before there is a file: let it wait, or count it here"


def test_the_benchmark_counts_all_that_the_first_page_imports(loaded):
    assert ours(loaded) <= imports.start(imports.first())[1]
