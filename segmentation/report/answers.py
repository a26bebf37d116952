"""The answers of a study, each a sentence and the picture that shows it: what a report and slides are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from segmentation import Problem
from segmentation.analysis import pareto
from segmentation.analysis.summary import finding, summarise
from segmentation.report import figures, since
from segmentation.report.findings import Findings
from segmentation.report.words import balance, facts, starred, where


class Answer(NamedTuple):
    """An answer, and what shows it.

    sentence   as those of `words.facts`: what is bold is marked, see `words.runs`
    findings   what the picture of that name is of; without a picture there is only the sentence
    beside     what is said beside it, as plain text: the title, what changed since it was kept
    note       what was written beside it, as it was typed: see `note.py`
    """

    sentence: str
    findings: Findings
    picture: str = ""
    beside: tuple[str, ...] = ()
    note: str = ""


def answers(findings: Findings) -> list[Answer]:
    """What was asked and where it is cut, how much hangs on a few, what is lost beyond the best, whom to invest in; then what was kept."""
    study, segmentation, customers = findings.study, findings.segmentation, findings.customers
    said = [Answer(facts(study, segmentation)[1], findings, "sizes")]
    if findings.opened:
        said.append(Answer(where(findings.opened.title, study), findings, "cuts"))
    said += [Answer(one, findings, "pareto") for one in balance(segmentation)]
    if customers.money in ("profit", "revenue"):
        whale = pareto.whale_said(customers, pareto.whale(customers), study.currency)
        said.append(Answer(starred(whale), findings, "whale"))
    if customers.has_portfolio and figures.bubbles(segmentation).placed:
        sectors = findings.of_method("portfolio", study.thresholds.get("portfolio", {}))
        said.append(Answer(_finding(sectors), findings, "bubbles"))
    return [*said, *(_kept(findings, cell) for cell in study.cells)]


def _finding(findings: Findings) -> str:
    study, segmentation = findings.study, findings.segmentation
    return finding(segmentation, summarise(segmentation), study.currency, starred, study.chosen)


def _kept(findings: Findings, cell: Mapping[str, Any]) -> Answer:
    """A finding that was kept, as it is on these customers; or why there is none."""
    of_cell = findings.of_method(cell["method"], cell["thresholds"])
    title = cell["title"] or of_cell.study.chosen.question
    try:
        beside = tuple(filter(None, (title, _since(of_cell, cell))))
        return Answer(_finding(of_cell), of_cell, "sizes", beside, cell["note"])
    except Problem as problem:
        return Answer(starred(problem), of_cell, beside=(title,), note=cell["note"])


def _since(findings: Findings, cell: Mapping[str, Any]) -> str:
    """What is otherwise than when the finding was kept, last month perhaps; "" where nothing is."""
    changed = since.of_cell(cell, findings.study.chosen, findings.segmentation, findings.study.currency)
    return f"Since it was kept on {cell['file'] or 'another file'}: {changed}" if changed else ""


def method_of(findings: Findings, said: Iterable[Answer]) -> list[str]:
    """How it was found, in sentences: what stands in none of these answers."""
    held = {one.sentence for one in said}
    return [one for one in facts(findings.study, findings.segmentation)[1:] if one not in held]
