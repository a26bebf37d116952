"""What is written for an office program opens in one."""

import shutil
import subprocess
from pathlib import Path

import pytest

from segmentation import Study
from segmentation.report import Findings, format_of
from tests.places import SAMPLES

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
PARTS = {"xlsx": "sclo", "pptx": "sdlo"}  # of it, which can be installed each by itself: as their libraries are called


def is_missing(suffix):
    """Whether the part that opens such files is not installed, while another one is."""
    folder = Path(str(OFFICE)).resolve().parent
    return any(any(folder.glob(f"*{part}.*")) for part in PARTS.values()) and not any(
        folder.glob(f"*{PARTS[suffix]}.*")
    )


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed here")
@pytest.mark.parametrize("suffix", ["xlsx", "pptx"])
def test_it_opens_in_libreoffice(suffix, tmp_path):
    if is_missing(suffix):
        pytest.skip(f"the part of LibreOffice that opens {suffix} is not installed here")
    path = tmp_path / f"x.{suffix}"
    path.write_bytes(format_of(suffix).write(Findings.of(Study(), [SAMPLES / "shoe_maker_orders.csv"])))
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    command = [str(OFFICE), home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, timeout=300)
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF")
