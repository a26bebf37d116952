"""What several tests need."""

import gc
import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.places import SHARED

# Compiled modules are kept, as Python does by itself: to compile ours anew takes half of the start of each process
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
os.environ.setdefault("OMP_NUM_THREADS", "1")  # two workers have two cores: more threads only wait for each other
os.environ["SEGMENT_LAB_DATA"] = "no"  # what tests do is kept nowhere, but where one says so

# The same examples in each run, on each machine, however long one takes; SEARCH=1 looks for new ones
settings.register_profile("repeated", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("searching", settings.get_profile("repeated"), derandomize=False, print_blob=True)
settings.load_profile("searching" if os.environ.get("SEARCH") else "repeated")


def pytest_collection_finish() -> None:
    """All that was imported and found stays to the end: it is not looked through again for garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)  # looked for seldom: a twentieth of the time went into it


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real files and of what other programs found in them."""
    if not SHARED.is_dir():
        pytest.skip("the reference data is not beside the project (../shared/data)")
    return SHARED
