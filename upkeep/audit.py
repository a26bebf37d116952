"""Known weaknesses and licences of all that the locks hold: python -m upkeep.audit LOCK=ENVIRONMENT …

A package of which nothing could be found out is said and counts as a failure, as a weakness does.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from email.message import Message
from importlib.metadata import distributions
from pathlib import Path

from packaging.utils import canonicalize_name

ALLOWED = {  # as SPDX names them, and as older packages do
    *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CNRI-Python", "MIT", "MIT-0", "MIT-CMU"),
    *("Apache 2.0", "ISC License (ISCL)"),
    *("MPL-2.0", "PSF-2.0", "Zlib"),
    *("Apache License 2.0", "Apache Software License", "3-Clause BSD License", "BSD License", "MIT License"),
    *("Mozilla Public License 2.0 (MPL 2.0)", "Python Software Foundation License"),
}
BY_HAND = {  # read in the package itself: what its metadata leaves open, and what only other systems install
    "colorama": "BSD-3-Clause",
    "odfpy": "Apache-2.0",  # or the GPL, as one likes
}
PINNED = re.compile(r"^([\w.-]+)==([^\s;\\]+)", re.M)


def main(pairs: list[str]) -> int:
    """Say what is wrong, a line for each package and trouble; 0 where nothing is."""
    wrong = 0
    for lock, environment in (pair.split("=", 1) for pair in pairs):
        held = dict(PINNED.findall(Path(lock).read_text(encoding="utf-8")))
        said = licences(environment)
        troubles = [*weaknesses(held, looked_up(held)), *unlicensed(held, said)]
        print(f"{lock}: {len(held)} packages, {len(troubles)} troubles", *troubles, sep="\n  ")
        wrong += len(troubles)
    return min(wrong, 1)


def looked_up(held: Mapping[str, str]) -> str:
    """What pip-audit found out about these packages (name → version), as JSON; or why it gave up, in its words.

    Asked without the markers of the lock, so that what only other systems install is looked up too.
    """
    with tempfile.TemporaryDirectory() as folder:
        asked = Path(folder) / "asked.txt"
        asked.write_text("".join(f"{name}=={version}\n" for name, version in held.items()))
        options = ["--no-deps", "--disable-pip", "--progress-spinner", "off", "--format", "json"]
        command = [sys.executable, "-m", "pip_audit", "--requirement", str(asked), *options]
        done = subprocess.run(command, capture_output=True, text=True)
    return done.stdout or (done.stderr.strip().splitlines() or ["pip-audit said nothing"])[-1]


def weaknesses(held: Mapping[str, str], answer: str) -> Iterator[str]:
    """A line for each known weakness, and for each package the answer of pip-audit says nothing of."""
    try:
        found = {canonicalize_name(one["name"]): one for one in json.loads(answer)["dependencies"]}
        reason = "it is not in the answer"
    except (ValueError, KeyError, TypeError):
        found, reason = {}, answer
    for name, version in held.items():
        one = found.get(canonicalize_name(name), {"skip_reason": reason})
        if "vulns" not in one:
            yield f"{name} {version}: weaknesses not looked up: {one.get('skip_reason', reason)}"
        for weak in one.get("vulns", []):
            mended = ", ".join(weak["fix_versions"]) or "no version yet"
            yield f"{name} {version}: known weakness {weak['id']}, mended in {mended}"


def licences(environment: str) -> dict[str, set[str]]:
    """Name of each package installed in an environment → the licences its metadata names."""
    found = distributions(path=[str(path) for path in Path(environment).glob("[Ll]ib/**/site-packages")])
    return {canonicalize_name(one.name): stated(one.metadata) for one in found}  # type: ignore[arg-type]


def stated(metadata: Message) -> set[str]:
    """The licences a package names, in its newest way of naming them; of “A OR B” both."""
    if expression := metadata.get("License-Expression"):
        return set(re.findall(r"[\w.+-]+", expression)) - {"AND", "OR", "WITH"}
    if named := [one for one in metadata.get_all("Classifier", []) if one.startswith("License :: ")]:
        return {one.split(" :: ")[-1] for one in named}
    return {line for line in metadata.get("License", "").splitlines()[:1] if line.strip()}


def unlicensed(held: Mapping[str, str], said: Mapping[str, set[str]]) -> Iterator[str]:
    """A line for each package whose licence is not allowed or not known."""
    for name, version in held.items():
        named = {BY_HAND[name]} if name in BY_HAND else said.get(canonicalize_name(name), set())
        if not named:
            yield f"{name} {version}: licence not looked up: not installed here, or its metadata names none"
        elif others := named - ALLOWED:
            yield f"{name} {version}: not among the allowed licences: {', '.join(sorted(others))}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
