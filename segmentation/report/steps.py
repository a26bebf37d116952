"""The way from a file to every number, step by step in Python: what a script and a notebook are made of."""

from __future__ import annotations

from typing import NamedTuple

from segmentation.report.findings import Findings
from segmentation.study import Study

QUOTE = "'''"  # around the study; an apostrophe never stands in it


class Step(NamedTuple):
    """What is done, in a sentence, and the Python that does it."""

    words: str
    code: str


def steps(findings: Findings, otherwise: str = "") -> list[Step]:
    """Every step in its order; each needs those before it.

    otherwise   Python that may name other files than those the findings are of, as "… or "
    """
    given = findings.given.settled(findings.customers)
    return [
        Step("What the work is done with.", IMPORTS),
        Step("The file, or several that belong together.", f"FILES = {otherwise}{findings.files_read!r}"),
        *(
            [Step("The file of another time, to see who moved.", f"LAST = {findings.last.files!r}")]
            if findings.last
            else []
        ),
        Step("Every setting, as it was saved.", f"study = Study.from_json(r{QUOTE}{embedded(given)}{QUOTE})"),
        Step("The file as it is read.", READ.format(", LAST" if findings.last else "")),
        Step("One row for each customer.", "customers = found.customers\nprint(customers)"),
        Step(
            "Each customer in a segment.",
            "segmentation = study.segmentation(customers)\nlabels = segmentation.labels()\n"
            "print(labels.value_counts(sort=False).to_string())",
        ),
        Step("What each segment brings.", "summary = summarise(segmentation)\nprint(summary.to_string(index=False))"),
        Step(
            "How much hangs on a few.",
            "balance = pareto.balance(customers, pareto.column_of(segmentation))\nprint(balance)",
        ),
        Step(
            "What the most profitable bring, and what is lost beyond them.",
            "whale = pareto.whale(customers)\nprint(whale.at, whale.peak, whale.total)",
        ),
        *([Step("Whom to invest in.", PORTFOLIO)] if findings.customers.has_portfolio else []),
        *([Step("What was kept in the notebook.", KEPT)] if findings.study.cells else []),
        *([Step("What is done differently for each segment.", DONE)] if findings.study.rows else []),
        Step("The report in words.", "print(found.words)"),
    ]


IMPORTS = """\
from segmentation import Study
from segmentation.analysis import pareto
from segmentation.analysis.summary import summarise
from segmentation.formats import plain
from segmentation.report import Findings"""
PORTFOLIO = """\
sectors = study.methods["portfolio"](customers, **study.thresholds.get("portfolio", {}))
print(summarise(sectors).to_string(index=False))"""
KEPT = """\
for kept in found.kept:
    print(kept.title)
    print(summarise(kept.found).to_string(index=False) if kept.found else kept.sentence(plain))
    for said in kept.treated(plain):
        print(said)"""
DONE = """\
for segment, row in study.rows.items():
    print(segment, row)"""
READ = """\
found = Findings.of(study, FILES{}).fitted()
study, table = found.study, found.table
print(*table.report.sentences, sep="\\n")"""


def embedded(study: Study) -> str:
    """A study as JSON that may stand between QUOTE in Python, whatever is written in it: only what prints, no apostrophe."""
    return "".join(map(_letter, study.to_json()))


def _letter(one: str) -> str:
    return one if one == "\n" or (one.isprintable() and one != "'") else escaped(one)


def escaped(text: str) -> str:
    """A text of letters that JSON would leave as they are, each escaped by its number."""
    units = text.encode("utf-16-be")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def called(findings: Findings) -> str:
    """What the findings answer, of which file, on one line in which everything prints."""
    text = f"{findings.study.chosen.question} ({findings.study.file})"
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())
