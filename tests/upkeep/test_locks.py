"""The locks are those of the requirements: every pin at its version, everything with its hashes, one version for all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.places import ROOT
from upkeep.audit import PINNED

NAMES = [f"{folder}{path.stem}" for folder in ("", "benchmarks/") for path in (ROOT / folder).glob("requirements*.txt")]
ADVICE = "run make lock"


def pins(path: Path) -> dict[str, str]:
    """Name → version, of this file and those it takes in."""
    text = path.read_text(encoding="utf-8")
    taken = (pins(path.parent / name) for name in re.findall(r"^-r (\S+)", text, re.M))
    return {name: version for one in (*taken, dict(PINNED.findall(text))) for name, version in one.items()}


def test_no_lock_is_without_its_requirements() -> None:
    locked = {f"{folder}{path.stem}" for folder in ("", "benchmarks/") for path in (ROOT / folder).glob("*.lock")}
    assert locked == set(NAMES) and len(NAMES) == 5, ADVICE


@pytest.mark.parametrize("name", NAMES)
def test_a_lock_holds_every_pin_at_its_version(name: str) -> None:
    wanted, held = pins(ROOT / f"{name}.txt"), pins(ROOT / f"{name}.lock")
    assert wanted.items() <= held.items(), ADVICE


@pytest.mark.parametrize("name", NAMES)
def test_everything_in_a_lock_has_hashes_and_comes_from_no_place_in_particular(name: str) -> None:
    text = (ROOT / f"{name}.lock").read_text(encoding="utf-8")
    parts = [part for part in re.split(r"^(?=\S)", text, flags=re.M) if part.strip()]
    assert len(parts) == len(pins(ROOT / f"{name}.lock")) > 10, "each part is one pinned package"
    assert [part for part in parts if not re.search(r"--hash=sha256:[0-9a-f]{64}\b", part)] == []
    assert "://" not in text and "index-url" not in text and "find-links" not in text


def test_what_is_run_is_what_is_tested() -> None:
    run, login, dev = (pins(ROOT / f"requirements{kind}.lock") for kind in ("", "-login", "-dev"))
    assert run.items() < login.items() < dev.items(), ADVICE
