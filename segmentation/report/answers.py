"""The answers of a study, each a sentence and the picture that shows it: what a report and slides are made of."""

from __future__ import annotations

from typing import NamedTuple

from segmentation import METHODS
from segmentation.analysis import pareto
from segmentation.analysis.summary import finding, summarise
from segmentation.report import figures
from segmentation.report.findings import Findings
from segmentation.report.words import balance, facts, starred


class Answer(NamedTuple):
    """A sentence of `words.facts`, what is bold marked (see `words.runs`), and the name of a picture."""

    sentence: str
    picture: str


def answers(findings: Findings) -> list[Answer]:
    """What was asked, how much hangs on a few, what is lost beyond the best, whom to invest in; as far as it is known."""
    study, segmentation, customers = findings.study, findings.segmentation, findings.customers
    said = [Answer(facts(study, segmentation)[1], "sizes")]
    said += [Answer(one, "pareto") for one in balance(segmentation)]
    if customers.money in ("profit", "revenue"):
        whale = pareto.whale_said(customers, pareto.whale(customers), study.currency)
        said.append(Answer(starred(whale), "whale"))
    if customers.has_portfolio and figures.bubbles(segmentation).placed:
        method = METHODS["portfolio"]
        sectors = method(customers, **study.thresholds.get("portfolio", {}))
        found = finding(sectors, summarise(sectors), study.currency, starred, method)
        said.append(Answer(found, "bubbles"))
    return said


def method_of(findings: Findings) -> list[str]:
    """How it was found, in sentences: what stands in no answer."""
    held = {one.sentence for one in answers(findings)}
    return [one for one in facts(findings.study, findings.segmentation)[1:] if one not in held]
