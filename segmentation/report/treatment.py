"""The playbook as reports have it: what was decided for the segments of a study, in sentences and as a table."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from segmentation import formats
from segmentation.analysis.action import pins, scenario
from segmentation.analysis.action.pins import priced
from segmentation.analysis.action.pins import verdict as who_was_right
from segmentation.analysis.action.playbook import Entry, asked, due, earned, entries, verdict
from segmentation.analysis.action.plays import AIMS, FIELDS
from segmentation.columns.metrics import label
from segmentation.segments.segmentation import Segmentation
from segmentation.study import Study

TITLE = "What we do differently"
GONE = "nobody here now"
MOST = 20  # exceptions told in sentences: the table has all


def decided(study: Study, segmentation: Segmentation) -> list[Entry]:
    """The rows of the playbook, best segment first; none where nobody has decided anything for this method."""
    return entries(study.chosen, segmentation, study.rows) if study.rows else []


def sentences(study: Study, segmentation: Segmentation, escape: Callable[[object], str]) -> list[str]:
    """What the playbook is worth, then a sentence a segment, its name between two stars, and what is asked of those whose day
    has come; then what exceptions bring or cost.
    Nothing where nothing is decided and nobody pinned.

    escape   makes texts harmless, which are a file's or a person's
    """
    held, pinned = decided(study, segmentation), exceptions(study, segmentation)
    words, why = verdict({one.segment: one.row for one in held if one.there})
    rows = [f"**{words}.** {why}", *(_said(one, escape) for one in held)] if held else []
    rows += [escape(asked(one)) for one in due(held, segmentation.customers.as_of)]
    worth = filter(None, (priced(pinned, segmentation, study.currency), who_was_right(pinned)))
    each = [
        f"**{escape(name)}** is pinned to {escape(one['segment'])} since {one['day']}: {escape(one['reason'])}"
        for name, one in pinned.iterrows()
    ]
    return [*rows, *map(escape, worth), *each[:MOST]]


def scenarios(study: Study, segmentation: Segmentation) -> pd.DataFrame:
    """What each segment brings today and in each scenario of the method (money), and the change.

    A segment whose levers cannot be in these data has no row.
    """
    ground, names = scenario.Ground(segmentation), study.scenarios_of(study.method)
    rows = [
        (name, segment, outcome.before, outcome.after, outcome.gain)
        for name in names
        for segment, outcome in scenario.each(ground, study.scenario(study.method, name))
    ]
    return pd.DataFrame(rows, columns=["scenario", "segment", "today", "then", "change"])


def exceptions(study: Study, segmentation: Segmentation) -> pd.DataFrame:
    """Customers whom sales pinned in this method, as `analysis.pins.exceptions` has them."""
    return pins.exceptions(segmentation, study.pins_of(study.method), study.file)


def _said(one: Entry, escape: Callable[[object], str]) -> str:
    who = formats.plural(one.customers, "customer") if one.customers is not None else GONE
    proposed = "" if one.kept else " (proposed)"
    aim = f" · {AIMS[one.row['aim']]}" if one.row["aim"] else ""
    rest = [
        f"{title}: {escape(one.row[field])}" for field, title in FIELDS.items() if field != "aim" and one.row[field]
    ]
    return " · ".join([f"**{escape(one.segment)}**{proposed} · {who}{aim}", *rest])


def written(one: Entry) -> list[tuple[str, str]]:
    """What is written of a segment: title and text of each field that is filled."""
    said = {**one.row, "aim": AIMS.get(one.row["aim"], "")}
    return [(title, said[field]) for field, title in FIELDS.items() if said[field]]


def table(study: Study, segmentation: Segmentation) -> pd.DataFrame:
    """One row a segment: segment, customers (missing where it is not here now), then the fields of the playbook."""
    held = decided(study, segmentation)
    return pd.DataFrame(
        {
            "segment": pd.Series([one.segment for one in held], dtype="str"),
            "customers": pd.array([one.customers for one in held], dtype="Int64"),
            **{field: pd.Series([one.row[field] for one in held], dtype="str") for field in FIELDS},
        }
    )


def spoken(study: Study, segmentation: Segmentation) -> pd.DataFrame:
    """The same with headings and aims in words."""
    found = table(study, segmentation)
    aims = found["aim"].map(lambda aim: AIMS.get(aim, "")).astype("str")
    return found.assign(aim=aims).rename(columns={"segment": "Segment", "customers": "Customers", **FIELDS})


def pinned(study: Study, segmentation: Segmentation) -> pd.DataFrame:
    """Customers whom sales pinned, with headings in words."""
    column = earned(segmentation)
    word = label(column) if column else ""
    amounts = {"money": f"{word} now", "then": f"{word} then", "usual": "Average there"} if column else {}
    found = exceptions(study, segmentation).reset_index()
    return found[list(HEADINGS | amounts)].rename(columns=HEADINGS | amounts)


HEADINGS = {
    "customer_id": "Customer",
    "segment": "Pinned to",
    "rule": "By the rule",
    "reason": "Because",
    "day": "Since",
    "right": "Who was right?",
}
