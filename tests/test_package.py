"""What is installed: a wheel with all the app and the library need, and two commands that work anywhere."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import tomllib
import urllib.request
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

import launch
from tests.places import ROOT, SAMPLES

PATIENCE = 60  # seconds until the app must answer: the machine may be busy
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SOURCES = ("app.py", "launch.py", "setup.py", "pyproject.toml", "README.md", "LICENSE")
FOLDERS = ("segmentation", "pages", "sample_data", ".streamlit")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, made of a copy of the sources: nothing from an earlier build is in it."""
    copy, out = tmp_path_factory.mktemp("sources"), tmp_path_factory.mktemp("wheel")
    for name in SOURCES:
        shutil.copy(ROOT / name, copy)
    for name in FOLDERS:
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    pip("wheel", copy, "--no-build-isolation", "--wheel-dir", out)
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder it is installed in, with the commands in bin/."""
    folder = tmp_path_factory.mktemp("installed")
    pip("install", wheel, "--target", folder)
    return folder


@pytest.fixture
def elsewhere(installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with nothing of ours, where only what is installed can be found."""
    monkeypatch.setenv("PYTHONPATH", str(installed))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def pip(*words: object) -> None:
    plain = ("--no-deps", "--no-index", "--quiet", "--disable-pip-version-check")
    done = subprocess.run(
        [sys.executable, "-m", "pip", *map(str, words), *plain], capture_output=True, text=True, cwd="/"
    )
    assert done.returncode == 0, done.stderr


def wanted() -> set[str]:
    """Every file of the app and the library, as it is called in the wheel."""
    library = {path.relative_to(ROOT).as_posix() for path in files("segmentation")}
    app = [ROOT / "app.py", ROOT / "launch.py", ROOT / ".streamlit" / "config.toml", *files("pages")]
    samples = [path for path in SAMPLES.iterdir() if path.name.endswith((".csv", ".csv.gz"))]
    return library | {f"segment_lab/{path.relative_to(ROOT).as_posix()}" for path in (*app, *samples)}


def files(folder: str) -> list[Path]:
    return [path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts]


def test_the_wheel_holds_every_file_of_app_and_library_and_no_other(wheel):
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert held == wanted()


def test_the_library_works_where_it_is_installed_and_its_pictures_know_their_colours(installed, elsewhere):
    done = subprocess.run([installed / "bin" / "segmentation", "methods"], capture_output=True, text=True)
    assert done.returncode == 0 and done.stdout.startswith("abc_classes: Who brings the money?")
    study = elsewhere / "study.json"
    study.write_text('{"version": 1}')
    words = ["run", study, SAMPLES / "cutting_tools_firms.csv", "--out", elsewhere / "out", "--as", "svg"]
    assert subprocess.run([installed / "bin" / "segmentation", *words], capture_output=True).returncode == 0
    assert "<svg" in (elsewhere / "out" / "whale.svg").read_text(encoding="utf-8")


def test_the_app_starts_anywhere_with_its_pages_and_the_file_it_is_given(installed, elsewhere):
    (elsewhere / ".streamlit").mkdir()
    (elsewhere / ".streamlit" / "config.toml").write_text("[server]\nenableAgentApi = true\n")  # to see what is shown
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    words = [installed / "bin" / "segment-lab", "--port", port, SAMPLES / "cutting_tools_firms.csv"]
    with Path("log.txt").open("w") as log:
        app = subprocess.Popen(words, stdout=log, stderr=subprocess.STDOUT, env={**os.environ, "HOME": str(elsewhere)})
    try:
        wait_for(f"http://localhost:{port}/", app)
        ask = urllib.request.Request(
            f"http://localhost:{port}/_stcore/agent/interact", b"{}", {"Content-Type": "application/json"}
        )
        shown = json.load(urllib.request.urlopen(ask, timeout=PATIENCE))
    finally:
        app.terminate()
        app.wait(20)
    assert [page["title"] for page in shown["pages"]] == [
        "Data",
        "Segments",
        "Portfolio",
        "Clusters",
        "Playbook",
        "Money",
        "Campaign",
        "Notebook",
    ]
    assert "260 customers" in json.dumps(shown)


def wait_for(url: str, app: subprocess.Popen) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and app.poll() is None:
        try:
            assert urllib.request.urlopen(url, timeout=5).status == 200
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"The app did not start:\n{Path('log.txt').read_text()}")


def test_the_command_hands_on_files_and_only_the_settings_it_is_given(monkeypatch):
    given = []
    monkeypatch.setattr("streamlit.App.run", lambda app, config: given.append((app.script_path, config, sys.argv)))
    monkeypatch.setattr(sys, "argv", ["segment-lab"])
    launch.main(["--port", "8600", "a.csv", "b.csv"])
    launch.main(["--address", "0.0.0.0"])
    app = str(ROOT / "app.py")
    assert given == [
        (Path(app), {"server.port": 8600}, [app, "a.csv", "b.csv"]),
        (Path(app), {"server.address": "0.0.0.0"}, [app]),
    ]


def test_what_is_pinned_is_what_the_project_needs_within_its_ranges():
    needed = {one.name: one.specifier for one in map(Requirement, PROJECT["dependencies"])}
    pinned = dict(line.split("==") for line in (ROOT / "requirements.txt").read_text().split())
    assert pinned.keys() == needed.keys()
    for name, version in pinned.items():
        assert Version(version) in needed[name], name


def test_the_version_is_the_newest_of_the_changelog():
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(r"^## (\S+)", changes, re.M)[1] == PROJECT["version"]


def test_what_takes_long_to_import_is_imported_where_it_is_used():
    code = "import sys, segmentation, segmentation.report; print(*{'altair', 'scipy', 'sklearn', 'splink'} & sys.modules.keys())"
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == ""
