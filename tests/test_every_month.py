"""What the page on schedules says can be copied as it stands."""

import re
import shutil
import socketserver
import subprocess
import sys
import threading
from email import message_from_bytes
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


class Post(socketserver.StreamRequestHandler):
    """Takes one letter, as a server of mail does."""

    def handle(self):
        self.say(220)
        while line := self.rfile.readline():
            if line.startswith(b"DATA"):
                self.say(354)
                self.server.letter = b"".join(iter(self.rfile.readline, b".\r\n"))
            self.say(221 if line.startswith(b"QUIT") else 250)

    def say(self, number):
        self.wfile.write(b"%d yes\r\n" % number)


@pytest.mark.skipif(not shutil.which("curl"), reason="there is no curl here; a CI has it")
def test_a_ci_mails_the_report_with_its_tables(tmp_path):
    (tmp_path / "report").mkdir()
    held = {
        "report.txt": b"Two customers.",
        "report/report.html": "<p>Größe".encode(),
        "report/tables.xlsx": bytes(range(256)) * 9,
    }
    for name, content in held.items():
        (tmp_path / name).write_bytes(content)
    mailed = re.search(r"run: \|\n(( {10}.*\n)+)", PAGE)[1]
    with socketserver.TCPServer(("127.0.0.1", 0), Post) as post:
        threading.Thread(target=post.handle_request, daemon=True).start()
        told = {
            "SERVER": f"smtp://127.0.0.1:{post.server_address[1]}",
            "FROM": "a@x.com",
            "TO": "b@x.com",
            "WHO": "a:b",
        }
        subprocess.run(
            ["sh", "-ec", mailed], cwd=tmp_path, env={"PATH": "/usr/bin:/bin", **told}, check=True, timeout=60
        )
        letter = message_from_bytes(post.letter)
    parts = {
        one.get_filename(): one.get_payload(decode=True).strip() for one in letter.walk() if not one.is_multipart()
    }
    assert (letter["To"], letter["Subject"]) == ("b@x.com", "Segments of the month")
    assert [*parts.values()] == [content.strip() for content in held.values()]
    assert [*parts][1:] == ["report.html", "tables.xlsx"]
