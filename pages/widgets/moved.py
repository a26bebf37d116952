"""Who stands in another segment than then: in words, from which to which, and by name, to take away."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import streamlit as st

from pages.app import derived, masking, session
from pages.app.words import plain, show
from pages.widgets import tables
from segmentation import Customers, Problem, Study, formats
from segmentation.analysis.groups.shifted import Moves, moves
from segmentation.apart.pool import POOL
from segmentation.segments.segmentation import Segmentation
from segmentation.table import Table

BACK = "Who moved can be said where the file holds the sales of then and of now, with their days."
ROWS = 200  # of those who moved, on the page; the download holds them all


class Last(NamedTuple):
    """A file of then: what it is called, what tells it from others, and its table."""

    name: str
    digest: str
    table: Table


def found(study: Study, now: Segmentation, day: str, last: Last | None) -> Moves:
    """The segments of then, made of the same file up to that day (ISO), or of the file of then, beside those of now.

    Raises Problem where too little was known by then.
    """
    then = last.digest if last else day
    of = (study.method, repr(study.values()), repr(study.own.get(study.method)), repr(study.pins_of(study.method)))
    return now.customers.remember(
        ("moved since", *of, then), lambda: moves(study.segmentation(_then(study, day, last)), now)
    )


def _then(study: Study, day: str, last: Last | None) -> Customers:
    """The customers as they were then; those of one day at a time are kept."""
    settings, table = (
        {**study.roll_up_settings(), "as_of": None if last else day},
        last.table if last else session.table(),
    )
    model = [study.model, study.model_settings.get(study.model), study.serving, study.cooperation]

    def make() -> Customers:
        return study.as_completed(POOL.do(Customers.build, table, study.columns, **settings))[0]

    return derived.kept("customers of then", make, json.dumps([settings, model, last and last.digest], sort_keys=True))


def moved(
    study: Study, now: Segmentation, day: str, key: str, last: Last | None = None, of: str = "", *, people: int
) -> None:
    """Who stands elsewhere than on that day, or in the file of then, worked out when it is asked for.

    key      of its own among those of the page; of: of which finding, for readers, where the page shows several
    people   how many customers were kept then
    """
    try:
        seen = found(study, now, day, last)
    except Problem as problem:
        show(problem)
    else:
        more = seen.uneven(last.name) if last else seen.partly(people)
        _told(seen, [seen.sentence(last.name if last else ""), more], key, of)


def _told(found: Moves, said: list[str], key: str, of: str) -> None:
    st.markdown(plain(" ".join(filter(None, (*said, found.renamed())))))
    if not len(found.people):
        return
    config: dict[str, Any] = {"from": "From", "to": "To", "customers": tables.count("Customers")}
    left, right = st.columns(2, gap="medium")
    with left:
        st.dataframe(found.between(), column_config=config, hide_index=True, alt=f"From which segment to which{of}")
    with right:
        head = masking.masked(found.people.head(ROWS)).rename_axis("Customer")
        st.dataframe(head, column_config=config, alt=f"Who moved{of}")
        many = formats.plural(len(found.people), "customer")
        tables.take_away(f"Download {many} who moved", lambda: found.people, "who_moved", f"{key}.csv")
