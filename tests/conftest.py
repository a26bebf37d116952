"""What several tests need."""

from pathlib import Path

import pytest

from tests.places import SHARED


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real files and of what other programs found in them."""
    if not SHARED.is_dir():
        pytest.skip("the reference data is not beside the project (../shared/data)")
    return SHARED
