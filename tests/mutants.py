"""`make mutants SEED=1 COUNT=30`: single changes of the code, drawn at random, and which of them the tests notice.

Each change is made in a copy of the project, never here. The tests that mirror the changed file run first, then, where
they notice nothing, those of its folder, then laws and samples; with STEPS=4 all without a browser. A change that survives is told as
file:line with what stood there and what stands there now: a hole in the tests, or a change nobody could see.
"""

from __future__ import annotations

import argparse
import ast
import copy
import os
import random
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIBRARY, PAGES = "segmentation", "pages"
LEFT = (".git", ".venv", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis")
BEYOND = {  # a folder → those whose tests go through it, though they stand elsewhere
    **{
        "columns": ("customers", "exports"),
        "reading": ("customers",),
        "rollup": ("customers",),
        "exports": ("customers",),
    },
    **{"segments": ("methods", "analysis"), "charts": ("report",), "customers": ("exports", "study")},
}
LIMIT = 300  # seconds of processor time for one run of tests: a change may make a loop without an end
OTHER = {
    **{ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq},
    **{ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And},
    **{ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult},
}


def changes(tree: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    """Each node that can be another, and what it becomes; neither texts of sentences nor type hints are touched."""
    hints = {id(part) for node in ast.walk(tree) for hint in _hints(node) for part in ast.walk(hint)}
    for node in (one for one in ast.walk(tree) if id(one) not in hints):
        new = copy.deepcopy(node)
        if isinstance(node, ast.Compare) and type(node.ops[0]) in OTHER:
            new.ops[0] = OTHER[type(node.ops[0])]()
        elif isinstance(node, ast.BoolOp) or (isinstance(node, ast.BinOp) and type(node.op) in OTHER):
            new.op = OTHER[type(node.op)]()
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
            new = new.operand
        elif isinstance(node, ast.Constant) and isinstance(node.value, bool | int | float):
            new.value = not node.value if isinstance(node.value, bool) else node.value + 1
        elif isinstance(node, ast.IfExp | ast.If):
            new.test = ast.UnaryOp(ast.Not(), new.test)
        elif isinstance(node, ast.Call) and node.keywords:
            new.keywords.pop()  # what it is without being asked
        elif isinstance(node, ast.Return) and node.value is not None:
            new.value = ast.Constant(None)
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            new = ast.Pass()
        else:
            continue
        yield node, new


def _hints(node: ast.AST) -> list[ast.AST]:
    held = [getattr(node, "annotation", None), getattr(node, "returns", None)]
    return [one for one in held if one is not None and not ast.unparse(one).startswith("Annotated")]


def changed(text: str, old: ast.AST, new: ast.AST) -> str:
    """The text with one node written anew; the other lines stay as they are."""
    if isinstance(old, ast.If):  # only its condition: the rest is many lines
        old, new = old.test, new.test
    lines = text.encode().splitlines(keepends=True)
    starts = [sum(map(len, lines[:n])) for n in range(len(lines) + 1)]
    first, last = starts[old.lineno - 1] + old.col_offset, starts[old.end_lineno - 1] + old.end_col_offset
    written = ast.unparse(new).encode()
    return (
        text.encode()[:first] + (b"(%b)" % written if isinstance(old, ast.expr) else written) + text.encode()[last:]
    ).decode()


def nearest(path: Path) -> list[list[str]]:
    """The tests that see a file, in steps: its mirror, its folder, then those it stands under with laws and samples, then all without a
    browser."""
    page = path.parts[0] == PAGES
    inner = Path(PAGES, *path.parts[2:]) if page else Path(*path.parts[1:])
    folder = f"tests/{inner.parts[0]}" if len(inner.parts) > 1 or page else "tests"
    mirror = {f"tests/{(inner.parent / f'test_{path.stem}.py').as_posix()}"}
    mirror |= {
        f"{folder}/test_{path.stem}.py",
        f"{folder}/test_{path.stem}_page.py",
        f"{folder}/test_{path.parts[-2]}_page.py",
    }
    laws = [] if page else [f"tests/test_{name}.py" for name in ("laws", "sample_data", "sample_cases", "main")]
    beyond = [] if page else [f"tests/{name}" for name in BEYOND.get(inner.parts[0], ())]
    laws = [*beyond, *laws]
    steps = [sorted(mirror), [] if folder == "tests" else [folder], laws, ["tests"]]
    return [[one for one in step if (ROOT / one).exists()] for step in steps]


def noticed(project: Path, tests: list[str]) -> bool:
    """Whether the tests fail; a run beyond the limit is noticed too."""
    words = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:cacheprovider", *tests]
    words += ["--ignore=tests/browser", "--ignore=tests/test_package.py"]
    run = subprocess.Popen(
        ["bash", "-c", f"ulimit -t {LIMIT}; exec {shlex.join(words)}"],
        **{"cwd": project, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "start_new_session": True},
    )
    try:
        return run.wait(4 * LIMIT) not in (0, 5)  # 5: no test was found
    except subprocess.TimeoutExpired:
        os.killpg(run.pid, signal.SIGKILL)
        return True


def can_be(path: Path, old: ast.AST, new: ast.AST) -> bool:
    """Whether it is still a program: a part of a text in curly brackets may not be one."""
    try:
        return bool(ast.parse(changed(path.read_text(), old, new)))
    except SyntaxError:
        return False


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--seed", type=int, default=1)
    given.add_argument("--count", type=int, default=30)
    given.add_argument("--steps", type=int, default=3, help="how many steps of tests run (see nearest); 4 are all")
    given.add_argument("--in", dest="within", nargs="*", default=[LIBRARY, PAGES], help="folders or files to change")
    asked = given.parse_args()
    files = sorted(
        path for one in asked.within for path in ([ROOT / one] if one.endswith(".py") else (ROOT / one).rglob("*.py"))
    )
    every = [(path, old, new) for path in files for old, new in changes(ast.parse(path.read_text()))]
    random.Random(asked.seed).shuffle(every)
    drawn = [*islice((one for one in every if can_be(*one)), asked.count)]
    survived = []
    with tempfile.TemporaryDirectory() as place:
        project = Path(place, "project")
        shutil.copytree(ROOT, project, ignore=shutil.ignore_patterns(*LEFT))
        Path(place, "shared").symlink_to(ROOT.parent / "shared")
        for at, (path, old, new) in enumerate(drawn, 1):
            inner, text = path.relative_to(ROOT), path.read_text()
            (project / inner).write_text(changed(text, old, new))
            alive = not any(noticed(project, tests) for tests in nearest(inner)[: asked.steps] if tests)
            (project / inner).write_text(text)
            one, other = (ast.unparse(node.test if isinstance(node, ast.If) else node) for node in (old, new))
            said = f"{inner}:{old.lineno}: {one} → {other}".replace("\n", " ")
            print(f"{at:3} {'SURVIVED' if alive else 'noticed '} {said}", flush=True)
            survived += [said] * alive
    print(f"\n{len(drawn) - len(survived)} of {len(drawn)} noticed.", *survived, sep="\n")


if __name__ == "__main__":
    main()
