"""The report in words."""

from __future__ import annotations

from collections.abc import Mapping

from segmentation import formats
from segmentation.analysis import pareto
from segmentation.analysis.remarks import handful, remarks
from segmentation.analysis.scales import scales
from segmentation.analysis.summary import finding, summarise
from segmentation.columns.metrics import label
from segmentation.segments.segmentation import Segmentation
from segmentation.study import Study


def report(study: Study, segmentation: Segmentation) -> str:
    """What was found, in sentences, as Markdown."""
    method, customers = study.chosen, segmentation.customers
    facts = [
        f"# {method.question}",
        finding(segmentation, summarise(segmentation), study.currency, formats.plain, method),
        *_balance(segmentation),
        *map(formats.plain, filter(None, [handful(len(customers)), *remarks(method, study.values(), segmentation)])),
        f"Method: {method.title} ({_thresholds(study)}). File: {formats.plain(study.file)}.",
        *map(formats.plain, customers.notes),
        *([formats.plain(scales(customers))] if customers.has_portfolio else []),
    ]
    return "\n\n".join(facts) + "\n"


def _balance(segmentation: Segmentation) -> list[str]:
    """How much hangs on a few; nothing where nobody is above zero."""
    customers = segmentation.customers
    column = pareto.column_of(segmentation)
    found = pareto.balance(customers, column)
    word = formats.plain(label(column).lower())
    if not found:
        return []
    return [f"{formats.share(found.share_for_80)} of {found.people} bring 80% of {word}: {found.verdict}."]


def _thresholds(study: Study) -> str:
    """Those that count under the choices made."""
    values, controls = study.values(), study.chosen.controls
    counting = {
        name: value for name, value in values.items() if value not in ("", {}) and _counts(controls[name].when, values)
    }
    return ", ".join(f"{name} = {formats.setting(value)}" for name, value in counting.items())


def _counts(when: tuple[str, str] | None, values: Mapping[str, object]) -> bool:
    return when is None or values[when[0]] == when[1]
