"""Jupyter: a notebook that finds every number again, a cell a step, and draws the pictures."""

from __future__ import annotations

import json
from itertools import count
from typing import Any

from segmentation.formats import plain
from segmentation.report import note
from segmentation.report.findings import Findings
from segmentation.report.steps import called, steps

HOLDS = "replay"
MIME = "application/x-ipynb+json"
PICTURES = """\
from IPython.display import SVG, display
from segmentation.report import svg

for name in found.pictures:
    display(SVG(svg.write(found.only(name))))"""


def write(findings: Findings) -> bytes:
    """A notebook of form 4.5, not run yet."""
    number = count()
    cells = [_cell("markdown", f"# {plain(called(findings))}", next(number))]
    for words, code in (*steps(findings), ("The pictures.", PICTURES)):
        cells += [_cell("markdown", words, next(number)), _cell("code", code, next(number))]
    for one in findings.kept:
        if said := [*filter(None, [note.markdown(one.cell["note"])]), *one.treated(plain)]:
            cells.append(_cell("markdown", "\n\n".join((f"**{plain(one.title)}**", *said)), next(number)))
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    whole = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    return (json.dumps(whole, indent=1, ensure_ascii=False) + "\n").encode("utf-8")


def _cell(kind: str, text: str, number: int) -> dict[str, Any]:
    more: dict[str, Any] = {"execution_count": None, "outputs": []} if kind == "code" else {}
    return {"id": f"cell-{number}", "cell_type": kind, "metadata": {}, "source": text.splitlines(keepends=True), **more}
