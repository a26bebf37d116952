"""Pictures to take away: the same bytes each time, in letters of every script there are fonts for."""

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from segmentation import Study
from segmentation.charts.sizes import sizes, sizes_data
from segmentation.report import Findings, fonts, format_of
from segmentation.report.findings import Parts
from tests.places import ROOT, SAMPLES


def named(name: str) -> Findings:
    """Findings with one picture, of a segment of this name."""
    summary = pd.DataFrame({"segment": [name], "colour": [0], "share_of_customers": [1.0]})
    found = Findings(Study(), None, ["x.csv"])
    found.pictures = Parts({"sizes": lambda: sizes(sizes_data(summary)).properties(width=200)})
    return found


@pytest.mark.parametrize("suffix", ["svg", "png"])
def test_the_same_picture_is_the_same_bytes_however_many_were_drawn_before(suffix):
    findings = Findings.of(Study(), [SAMPLES / "shoe_maker_orders.csv"])
    write = format_of(suffix).write
    first = {name: write(findings.only(name)) for name in findings.pictures}
    assert {name: write(findings.only(name)) for name in reversed([*findings.pictures])} == first


@pytest.mark.parametrize(("one", "other"), [("клиент", "щтмжул"), ("عملاء", "زبونغ"), ("Größe", "Gräße")])
def test_letters_of_other_scripts_are_drawn_and_not_as_boxes(one, other):
    png, svg = format_of("png").write, format_of("svg").write
    assert one in svg(named(one)).decode("utf-8")
    assert png(named(one)) != png(named(other)), "letters without a font are boxes, each like the other"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system is asked for its fonts")
def test_fonts_of_every_script_are_found_without_the_file_of_the_one_that_is_there_anyway(tmp_path, monkeypatch):
    etc, alone, mixed = (tmp_path / name for name in ("etc", "fonts/liberation", "fonts/mixed"))
    for path in (etc / "fonts.conf", *(alone / f"LiberationSans-{one}.ttf" for one in ("Bold", "Regular"))):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"<fontconfig><dir> {tmp_path}/fonts </dir><dir>/nowhere</dir></fontconfig>")
    mixed.mkdir()
    for name in ("LiberationSans-Regular.ttf", "NotoSansCJK.ttc"):
        (mixed / name).touch()
    monkeypatch.setattr(fonts, "CONFIGURED", etc)
    monkeypatch.delenv(fonts.ASKED, raising=False)
    with fonts.others():
        said = Path(os.environ[fonts.ASKED]).read_text()
    assert fonts.FOLDER.findall(said) == [("", str(mixed))]
    assert fonts.ASKED not in os.environ


HARD = ["a\x02b", "\x00", "\ufffe", "\x0b\x1f\r\n\t", "<svg>&amp;]]>", "\u202e😀", "x" * 20_000]
DRAWN = """
from segmentation.report import format_of
from tests.report.test_drawn import HARD, named
for name in HARD:
    print(ascii(name[:20]), flush=True)
    assert all(format_of(suffix).write(named(name)) for suffix in ("svg", "png"))
"""


def test_no_letter_of_a_name_ends_the_process_that_draws_it():
    """In one of its own: what draws pictures ends it at once where it meets what it cannot read."""
    done = subprocess.run([sys.executable, "-c", DRAWN], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr[-500:]
