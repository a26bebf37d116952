"""The sheet of one segment for its owner: a page by itself, which asks nothing of the outside and prints on A4."""

from __future__ import annotations

import base64
from collections.abc import Callable, Collection, Iterable, Sequence
from html import escape
from typing import Any

from segmentation.analysis.action.wall import Account, bought, telling, wall
from segmentation.analysis.portraits import mix
from segmentation.analysis.scales import scales
from segmentation.charts.bridge import bridge as bridge_chart
from segmentation.charts.bridge import bridge_data
from segmentation.charts.lift import lift as lift_chart
from segmentation.charts.lift import lift_data
from segmentation.report import svg, treatment
from segmentation.report.findings import Drawing
from segmentation.report.html import document, rows_of
from segmentation.segments.segmentation import Segmentation
from segmentation.study import Study


def sheet(study: Study, segmentation: Segmentation, name: str, without: Collection[str] = ()) -> bytes:
    """The sheet as HTML. without: columns that may not be told."""
    held = wall(segmentation, name, study.currency, without)
    meant = study.chosen.meaning(name)
    parts = [
        f"<h1>{escape(held.name)}</h1>",
        *([f"<p>{escape(f'{meant.meaning} {meant.attention}'.strip())}</p>"] if meant else []),
        _table(("What it brings", ""), held.figures),
        *(_account(held.account, study.currency) if held.account else []),
        _table(("On average", "Here", "All"), held.averages),
        *_bought(segmentation, name, without),
        _table(("Who and where, most often", "Here", "All"), held.who),
        *_decided(study, segmentation, held.name),
        f"<p>{escape(_from(study, segmentation))}</p>",
    ]
    return document(held.name, parts)


def _from(study: Study, segmentation: Segmentation) -> str:
    """By which method, of which file, and over which time its amounts are."""
    file = f"File: {study.file}." if study.file else ""
    return " ".join(filter(None, (f"Method: {study.chosen.title}.", file, scales(segmentation.customers))))


def _account(account: Account, currency: str) -> list[str]:
    data = bridge_data(("Revenue", account.revenue), account.steps, "Profit", currency, from_zero=True)
    said = ". ".join(filter(None, (account.left, account.losers)))
    picture = _picture(lambda: bridge_chart(data, title="Money"), "From revenue to profit")
    return [f"<section><h2>From revenue to profit</h2><p>{escape(said)}</p>{picture}</section>"]


def _bought(segmentation: Segmentation, name: str, without: Collection[str]) -> list[str]:
    """What it buys, by the first role there is that may be told."""
    roles = [role for role, heading in mix.headings(segmentation.customers).items() if heading not in without]
    if not roles or not len(rows := bought(segmentation, name, roles[0])):
        return []
    picture = _picture(lambda: lift_chart(lift_data(rows)), "What it buys, beside all customers")
    return [f"<section><h2>What it buys</h2><p>{escape(' '.join(telling(rows)).strip())}</p>{picture}</section>"]


def _decided(study: Study, segmentation: Segmentation, name: str) -> list[str]:
    """What the playbook says of it, where somebody decided something."""
    rows = [one for one in treatment.decided(study, segmentation) if one.segment == name]
    said = [(title, text) for one in rows for title, text in treatment.written(one)]
    return [_table((treatment.TITLE, ""), said)] if said else []


def _picture(make: Callable[[], Any], said: str) -> str:
    drawn = base64.b64encode(svg.write(Drawing(make, "picture"))).decode()
    return f'<img src="data:image/svg+xml;base64,{drawn}" alt="{escape(said)}">'


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A section with a table of texts; nothing where it has no rows."""
    held = [*rows]
    return f"<section>{rows_of(headings, held)}</section>" if held else ""
