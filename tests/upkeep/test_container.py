"""The container: what it is made of, and, where there is an engine, that it runs with nothing to write to but /tmp."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.places import ROOT
from tests.server.running import running
from tests.test_package import FOLDERS

PATIENCE = 120  # seconds until the container must be healthy: the machine may be busy
RECIPE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
HEALTH = json.loads(re.search(r"CMD (\[.*\])", RECIPE)[1])
BASES = sorted(set(re.findall(r"^FROM (\S+)", RECIPE, re.M)))
LET_IN = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]


def engine() -> str:
    """The name of a container engine that answers; "" where there is none."""
    for name in ("docker", "podman"):
        if shutil.which(name) and not subprocess.run([name, "info"], capture_output=True, timeout=60).returncode:
            return name
    return ""


def test_the_app_is_in_it_and_no_secret_nor_anything_else_is_sent_to_be_built() -> None:
    copied = [word for line in re.findall(r"^COPY (?!--)(.+) \S+$", RECIPE, re.M) for word in line.split()]
    assert sorted(copied) == sorted(LET_IN), "what is let in is what is copied"
    assert {Path(one).parts[0] for one in copied} >= {"app.py", "launch.py", *FOLDERS}
    assert ".streamlit/config.toml" in copied and ".streamlit" not in copied, "secrets.toml stays outside"


def test_its_health_is_asked_for_as_the_server_answers(tmp_path: Path) -> None:
    with running(tmp_path, "--address", "0.0.0.0", "--host", "segments.example.com") as server:
        asked = [one.replace("8501", str(server.port)) for one in HEALTH[1:]]
        assert subprocess.run([sys.executable, *asked], capture_output=True).returncode == 0
    assert subprocess.run([sys.executable, *asked], capture_output=True).returncode != 0


@pytest.fixture(scope="module")
def container() -> Iterator[tuple[str, str]]:
    """Engine and name of a container that runs as `docs/deployment.md` says; with the image it is gone at the end."""
    if not (name := engine()):
        pytest.skip("there is no container engine: neither docker nor podman answers")
    for base in BASES:
        if all(subprocess.run([name, *get, base], capture_output=True).returncode for get in (["inspect"], ["pull"])):
            pytest.skip(f"{name} is here, but {base} is not, and cannot be had from here")
    one = f"segment-lab-{uuid.uuid4().hex[:8]}"
    subprocess.run([name, "build", "--quiet", "--tag", one, str(ROOT)], check=True, timeout=1800)
    try:
        options = ["--read-only", "--tmpfs", "/tmp", "--cap-drop", "ALL", "--publish", "127.0.0.1::8501"]
        given = ["--host", "segments.example.com", "sample_data/cutting_tools_firms.csv"]
        word = ["--env", "SEGMENT_LAB_WORD=sesame"]
        subprocess.run([name, "run", "--detach", "--name", one, *options, *word, one, *given], check=True)
        yield name, one
    finally:
        subprocess.run([name, "rm", "--force", one], capture_output=True)
        subprocess.run([name, "rmi", "--force", one], capture_output=True)


def test_it_runs_for_nobody_in_particular_and_writes_nowhere(container: tuple[str, str]) -> None:
    name, one = container
    end = time.monotonic() + PATIENCE
    while inside(container, *HEALTH).returncode and time.monotonic() < end:
        time.sleep(1)
    at = subprocess.run([name, "port", one, "8501"], capture_output=True, text=True).stdout.split()[0]
    for host, status in (("localhost", 200), ("segments.example.com", 200), ("evil.test", 421)):
        ask = urllib.request.Request(f"http://{at}/", headers={"Host": host})
        try:
            assert urllib.request.urlopen(ask, timeout=30).status == status
        except urllib.error.HTTPError as refused:
            assert refused.code == status
    assert inside(container, "id", "-u").stdout.strip() == "10001"
    for place in ("/app/x", "/venv/x", "/data/x", "/x"):
        assert inside(container, "touch", place).returncode, place
    assert inside(container, "touch", "/tmp/x").returncode == 0


def inside(container: tuple[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    name, one = container
    return subprocess.run([name, "exec", one, *words], capture_output=True, text=True)
