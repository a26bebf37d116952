"""What is written for an office program opens in one."""

import shutil
import subprocess

import pytest

from segmentation import Study
from segmentation.report import Findings, format_of
from tests.places import SAMPLES

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed here")
@pytest.mark.parametrize("suffix", ["xlsx", "pptx"])
def test_it_opens_in_libreoffice(suffix, tmp_path):
    path = tmp_path / f"x.{suffix}"
    path.write_bytes(format_of(suffix).write(Findings.of(Study(), [SAMPLES / "shoe_maker_orders.csv"])))
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    command = [str(OFFICE), home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, timeout=300)
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF")
