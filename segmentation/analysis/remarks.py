"""What must be known where segments are seen: which way equal values go, and what a method counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from segmentation import formats
from segmentation.analysis.pareto import HANDFUL
from segmentation.columns.metrics import label
from segmentation.segments.bands import Runs, runs_of
from segmentation.segments.controls import Choice, Control, Edges, Number, Slider
from segmentation.segments.method import Method
from segmentation.segments.pinning import Pinned
from segmentation.segments.segmentation import Segmentation


def moved_from_usual(method: Method, values: Mapping[str, Any]) -> str:
    """Which thresholds are not the usual ones, which alone a method's text can name, and where they stand; "" where all are.

    values   the method's thresholds, complete
    """
    counting = {name: one for name, one in method.controls.items() if one.chosen(values)}
    moved = {name: one for name, one in counting.items() if values[name] != method.defaults[name]}
    if not moved:
        return ""
    said = formats.listed([_stands(one, values[name], method.defaults[name]) for name, one in moved.items()])
    return f"This text names the usual thresholds. Set here: {said}."


def _stands(control: Control, value: Any, usual: Any) -> str:
    """Where a threshold stands, and where it usually does; of rows and names that they are one's own."""
    if isinstance(control, Choice):
        return f"“{control.label}” at {control.options[value]} (usually {control.options[usual]})"
    if isinstance(control, Slider | Edges | Number):
        return f"“{control.label}” {_number(control, value)} (usually {_number(control, usual)})"
    return f"“{control.label}” of your own"


def _number(control: Slider | Edges | Number, value: Any) -> str:
    unit = getattr(control, "unit", "")
    values = value if isinstance(value, tuple) else (value,)
    if unit == "%":
        return " · ".join(formats.share(one, 1).replace(".0%", "%") for one in values)
    return f"{' · '.join(map(formats.number, values))} {formats.unit_of(unit, *values)}".rstrip()


def remarks(method: Method, values: Mapping[str, Any], segmentation: Segmentation) -> list[str]:
    """Sentences that hold for these very segments, none where nothing is to be said; names as in the file.

    values   the method's thresholds, complete
    A cumulative cut may part customers who bring the same; a value that is a cut stays whole, on the side told here.
    Cost: a few searches for each cut, whatever the number of customers.
    """
    customers, runs = segmentation.customers, runs_of(segmentation.placing)
    named = segmentation.along or [""] * len(runs)
    cut = [*zip(runs, named, strict=True)]
    parted = [_parted(run, column, at) for run, column in cut for at in range(1, len(run) - 1)]
    told = [run for run, column in cut if (not column or column in customers.frame) and not run.ranked.called]
    whole = [run for run in told if not run.share]
    own = method.remarks(customers, values) if method.remarks else []
    return [one for one in [*_pinned(segmentation), *parted, *_on_the_line(whole), *own] if one]


def _pinned(segmentation: Segmentation) -> list[str]:
    """That some customers stand elsewhere than the rule puts them."""
    if not isinstance(segmentation, Pinned):
        return []
    who = formats.plural(len(segmentation.pinned_rows), "customer was", "customers were")
    return [f"{who} pinned to a segment by hand: the numbers count them there, the lines where the rule puts them."]


def handful(size: int) -> str:
    """What so few customers show, and what more of them would; "" of more than a handful."""
    if size > HANDFUL:
        return ""
    who = "There is one customer" if size == 1 else f"There are only {formats.count(size)} customers"
    return (
        f"{who}: the table and the list show what {'it brings' if size == 1 else 'each brings'}. From about twenty on, shares, "
        "curves and the distance between segments say something too."
    )


def _parted(run: Runs, column: str, at: int) -> str:
    """That a bound lies among customers of one value: how many stand on either side of it."""
    place, known = int(run.bounds[at]), run.ranked.known
    if not (run.share and 0 < place < known) or run.ranked.negated[place - 1] != run.ranked.negated[place]:
        return ""
    value = -float(run.ranked.negated[place])
    first, end = run.ranked.more_than(value), run.ranked.at_least(value)
    who = formats.plural(end - first, "customer has", "customers have")
    figure = label(column).lower() if column else "figure"
    return (
        f"At the line at {formats.share(run.cuts[at - 1])} {who} the same {figure}, {formats.number(value)}: "
        f"{formats.count(place - first)} above it and {formats.count(end - place)} below, by nothing but their number."
    )


def _on_the_line(runs: list[Runs]) -> list[str]:
    """How many share the very value of a cut, and the side they are counted on; one alone has nobody to be parted from."""
    said = []
    for side, where in (("left", "larger"), ("right", "smaller")):
        cuts = [(run, cut) for run in runs if run.closed == side for cut in set(run.cuts)]
        there = [(cut, held) for run, cut in cuts if (held := len(run.ranked.between(cut, cut))) > 1]
        if there:
            who = f"{formats.count(sum(held for _, held in there))} customers are"
            line = f"the line at {formats.number(there[0][0])}" if len(there) == 1 else "a line"
            said.append(f"{who} exactly on {line}, counted with the {where} values.")
    return said
