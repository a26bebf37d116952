"""What the page on schedules says can be copied as it stands."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from segmentation import Study
from tests.places import ROOT, SAMPLES

PAGE = (ROOT / "docs" / "every_month.md").read_text(encoding="utf-8")
SCRIPT = re.search(r"```sh\n(.*?)```", PAGE, re.S).group(1)
MAIL = '#!/bin/sh\nprintf "%s\\n" "$@" > mailed.txt\ncat >> mailed.txt\n'


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with the script, an export, a place for reports, and a `mail` and a `python` that come first."""
    for folder in ("exports", "reports", "bin"):
        (tmp_path / folder).mkdir()
    shutil.copy(SAMPLES / "shoe_maker_orders.csv", tmp_path / "exports")
    (tmp_path / "month.sh").write_text(SCRIPT)
    python = f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" "$@"\n'
    for name, text in {"mail": MAIL, "python": python}.items():
        (tmp_path / "bin" / name).write_text(text)
        (tmp_path / "bin" / name).chmod(0o755)
    return tmp_path


def run(desk: Path, study: str) -> str:
    """What was mailed, with whom to and what is attached, under a study."""
    (desk / "study.json").write_text(study)
    subprocess.run(["sh", "month.sh"], cwd=desk, env={"PATH": f"{desk / 'bin'}:/usr/bin:/bin"}, check=True, timeout=120)
    return (desk / "mailed.txt").read_text()


def test_the_report_of_the_month_is_mailed(desk):
    mailed = run(desk, Study().to_json())
    attached = re.findall(r"^-A\n(.*)$", mailed, re.M)
    assert [Path(one).name for one in attached] == ["report.html", "tables.xlsx"]
    assert all((desk / one).stat().st_size for one in attached)
    assert "team@example.com" in mailed and "303 lines are returns" in mailed


def test_why_there_is_none_is_mailed_instead(desk):
    mailed = run(desk, '{"version": 1, "method": "tarot"}')
    assert "No segments this month" in mailed and "tarot" in mailed and "-A" not in mailed
