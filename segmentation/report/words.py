"""The report in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from segmentation import formats
from segmentation.analysis import pareto
from segmentation.analysis.action import pnl, scenario
from segmentation.analysis.remarks import handful, remarks
from segmentation.analysis.scales import scales
from segmentation.analysis.summary import figures, finding
from segmentation.analysis.thresholds.sensitivity import called, numbers, stated
from segmentation.columns.metrics import label
from segmentation.problems import Problem
from segmentation.segments.segmentation import Segmentation
from segmentation.study import Study
from segmentation.study.changes import standing

SAID = 4  # lines in a sentence
NOTHING: Mapping[str, Sequence[str]] = MappingProxyType({})
STAR = "\ue02a"  # stands for a star that a text has itself


def report(study: Study, segmentation: Segmentation, besides: Mapping[str, Sequence[str]] = NOTHING) -> str:
    """What was found, in sentences, as Markdown; besides: further parts, title → sentences."""
    question, *said = facts(study, segmentation, formats.plain)
    more = [line for title, sentences in besides.items() for line in (f"## {title}", *sentences)]
    return "\n\n".join((f"# {question}", *said, *more)) + "\n"


def starred(text: object) -> str:
    """A text in which no star marks what is bold: put in by `facts`, taken out by `runs`."""
    return str(text).replace("*", STAR)


def facts(study: Study, segmentation: Segmentation, escape: Callable[[object], str] = starred) -> list[str]:
    """What was found, in sentences: the question, the answer, how much hangs on a few, remarks, and how it was found.

    escape   makes texts harmless that may come from a file; what is bold stands between two stars on either side
    """
    method, customers = study.chosen, segmentation.customers
    return [
        method.question,
        finding(segmentation, figures(segmentation), study.currency, escape, method),
        *balance(segmentation, escape),
        *economics(study, segmentation, escape),
        *map(escape, filter(None, [handful(len(customers)), *remarks(method, study.values(), segmentation)])),
        f"Method: {' · '.join([method.title, *map(escape, _thresholds(study))])}. File: {escape(study.file)}.",
        *map(escape, customers.notes),
        *([escape(scales(customers))] if customers.has_portfolio else []),
    ]


def runs(sentence: str) -> list[tuple[str, bool]]:
    """A sentence of `facts` in its parts, and whether each is bold."""
    parts = sentence.split("**")
    return [(part.replace(STAR, "*"), at % 2 == 1) for at, part in enumerate(parts) if part]


def unmarked(sentence: str) -> str:
    """A sentence of `facts` without the marks of what is bold."""
    return "".join(text for text, _ in runs(sentence))


def balance(segmentation: Segmentation, escape: Callable[[object], str] = starred) -> list[str]:
    """How much hangs on a few; nothing where nobody is above zero."""
    customers = segmentation.customers
    column = pareto.column_of(segmentation)
    found = pareto.balance(customers, column)
    word = escape(label(column).lower())
    if not found:
        return []
    return [f"{formats.share(found.share_for_80)} of {found.people} bring 80% of {word}: {found.verdict}."]


def economics(study: Study, segmentation: Segmentation, escape: Callable[[object], str] = starred) -> list[str]:
    """Which segment brings the most and which cost more than they bring, where profit is known; and what each scenario would bring."""
    money = segmentation.customers.money
    table = pnl.profit_and_loss(segmentation)
    said = [pnl.told(table, money, study.currency, escape).replace("**", "")] if money == "profit" else []
    return [*said, *map(escape, outcomes(study, segmentation))]


def outcomes(study: Study, segmentation: Segmentation) -> list[str]:
    """What each scenario of the chosen method would bring, in plain text; of one in which no lever is moved, nothing."""
    names = [name for name in study.scenarios_of(study.method) if any(study.scenario(study.method, name).values())]
    ground = scenario.Ground(segmentation) if names else None
    return [f"{name}: {_outcome(study, ground, name)}" for name in names if ground]


def _outcome(study: Study, ground: scenario.Ground, name: str) -> str:
    try:
        outcome = scenario.together(ground, study.scenario(study.method, name))
    except Problem as problem:
        return str(problem)
    return scenario.told(outcome, ground.money, study.currency)


def where(title: str, study: Study) -> str:
    """What a picture of cuts shows, and where its lines stand: those that are numbers, as many as can be said."""
    method, values = study.chosen, study.values()
    each = [stated(*called(method, values, name, at), here) for name, at, _, here in numbers(method, values)]
    said = f": {'; '.join(each[:SAID])}" if each else ""
    return f"**{starred(title)}**{starred(said)}{' …' * (len(each) > SAID)}"


def _thresholds(study: Study) -> list[str]:
    """Where those stand that count under the choices made, in words; what no words say, as the shell takes it."""
    values, controls = study.values(), study.chosen.controls
    return [
        said or f"{controls[name].label}: {formats.setting(values[name])}"
        for name, said in standing(study, study.method, values).items()
    ]
