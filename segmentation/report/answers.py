"""The answers of a study, each a sentence and the picture that shows it: what a report and slides are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from segmentation.analysis import pareto, summary
from segmentation.report import figures
from segmentation.report.findings import Findings
from segmentation.report.kept import Kept
from segmentation.report.words import balance, facts, starred, where


class Answer(NamedTuple):
    """An answer, and what shows it.

    sentence   as those of `words.facts`: what is bold is marked, see `words.runs`
    findings   what the picture of that name is of; without a picture there is only the sentence
    beside     what is said beside it, as plain text: what is drawn; of one that was kept the title, and what changed since
    note       what was written beside it, as it was typed: see `note.py`
    treated    what is done about it, a sentence each, marked as `sentence`
    """

    sentence: str
    findings: Findings
    picture: str = ""
    beside: tuple[str, ...] = ()
    note: str = ""
    treated: tuple[str, ...] = ()


def answers(findings: Findings) -> Sequence[Answer]:
    """What was asked and where it is cut, how much hangs on a few, what is lost beyond the best, whom to invest in; then what was kept.

    They are worked out once.
    """
    if findings.answered is None:
        findings.answered = _answers(findings)
    return findings.answered


def _answers(findings: Findings) -> list[Answer]:
    study, segmentation, customers = findings.study, findings.segmentation, findings.customers
    said = [Answer(facts(study, segmentation)[1], findings, "sizes")]
    if findings.opened:
        said.append(Answer(where(findings.opened.title, study), findings, "cuts"))
    if findings.edges:
        said.append(Answer(f"**{starred(findings.edges.title)}**: every edge of the scores", findings, "edges"))
    said += [Answer(one, findings, "pareto") for one in balance(segmentation)]
    if customers.money == "profit":  # of revenue the curve says what the one before says
        whale = pareto.whale_said(customers, pareto.whale(customers), study.currency)
        said.append(Answer(starred(whale), findings, "whale"))
    bubbles = figures.bubbles(segmentation) if customers.has_portfolio else None
    if bubbles and bubbles.placed:
        sectors = findings.of_method("portfolio", study.thresholds.get("portfolio", {}))
        drawn = f"Each bubble is one of the segments above, as large as its {bubbles.size.lower()}."
        said.append(Answer(_finding(sectors), findings, "bubbles", (drawn,)))
    return [*said, *map(_kept, findings.kept)]


def _finding(findings: Findings) -> str:
    study, segmentation = findings.study, findings.segmentation
    return summary.finding(segmentation, summary.figures(segmentation), study.currency, starred, study.chosen)


def _kept(one: Kept[Findings]) -> Answer:
    """A finding that was kept, as it is on these customers; or why there is none."""
    said, beside, note = one.sentence(starred), (one.title, *one.changes), one.cell["note"]
    return Answer(said, one.findings, "sizes" if one.found else "", beside, note, (*one.treated(starred),))


def method_of(findings: Findings, said: Iterable[Answer]) -> list[str]:
    """How it was found, in sentences: what stands in none of these answers."""
    held = {one.sentence for one in said}
    return [one for one in facts(findings.study, findings.segmentation)[1:] if one not in held]
