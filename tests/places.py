"""Where the project and the reference data are."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "sample_data"
SHARED = ROOT.parent / "shared" / "data"
with_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the reference data is not beside the project (../shared/data)"
)
