"""Who moved since one period earlier: movement between sectors."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from pages.app import session
from pages.app.cache import SHARED
from pages.app.masking import who
from pages.app.words import show
from pages.pieces.portfolio.shown import METHOD, Shown, lines_of
from pages.widgets import tables
from pages.widgets.drawn import drawn
from segmentation import Customers, Problem, formats
from segmentation.analysis.movement import GONE, NEW, trail, two_periods
from segmentation.analysis.movement import movement as moves_between
from segmentation.apart.pool import POOL
from segmentation.charts import spec
from segmentation.charts.movement import arrows as arrows_chart
from segmentation.charts.movement import arrows_data
from segmentation.columns.metrics import label
from segmentation.dataclass import dataclass
from segmentation.segments.plane import Cuts, axis_of_profit

session.stale_with_data("moved")

PERIODS = (3, 6, 12)
ARROWS = 60  # customers drawn: the largest by what they bring now


@dataclass(eq=False)
class Moved:
    """What two periods of the same length show: from which sector to which, arrows, and where the lines stood.

    Visitors share it, so it holds no words: they are said in each one's own currency.
    """

    table: pd.DataFrame
    arrows: pd.DataFrame
    lines: Cuts
    money: str


def movement(now: Shown) -> None:
    """The same customers one period earlier."""
    st.session_state.setdefault("period", _period(now))
    months = st.selectbox(
        "A period is",
        PERIODS,
        key="period",
        format_func=lambda one: f"{one} months",
        persist_state="session",
        width=220,
    )
    try:
        with st.spinner("Rolling up both periods …"):
            found = moved(now, months)
    except Problem as problem:
        show(problem)
        return
    st.markdown(sentence(now, found.table, found.lines, months))
    left, right = st.columns((1.5, 1), gap="medium")
    with left:
        people = found.arrows["name"].notna()
        count = formats.count(int(people.sum()))
        st.markdown(f"**Where the {count} largest came from** — the tail is where they stood")
        chart = partial(arrows_chart, x_title=f"{label(found.money)} in {months} months", y_title="Potential")
        named = found.arrows.assign(name=found.arrows["name"].where(~people, None))
        named.loc[people, "name"] = who(found.arrows.loc[people, "name"])
        drawn(chart, named, spec(chart(found.arrows)), "arrows", "Movement of the largest customers")
    with right:
        st.markdown("**From sector to sector** — in customers and money")
        _table(found.table, now.study.currency)


def _period(now: Shown) -> int:
    """The longest period the file holds twice."""
    days = now.customers.days or 0
    return next((months for months in reversed(PERIODS) if days >= months * 2 * 30), PERIODS[0])


def moved(now: Shown, months: int) -> Moved:
    """Both periods rolled up once and kept for all who ask. Raises Problem where there are not two periods."""
    study = now.study
    settings = [study.model, study.model_settings.get(study.model), study.serving, study.cooperation]
    key = json.dumps(["moved", st.session_state.base_key, months, settings, now.values, now.at], sort_keys=True)
    found = SHARED.get(key, lambda: _moved(now, months))
    st.session_state["moved"] = found  # kept while this session looks at it
    return found


def _moved(now: Shown, months: int) -> Moved:
    study, table = now.study, session.table()
    given = {name: value for name, value in study.roll_up_settings().items() if name != "window"}
    both = POOL.do(two_periods, table, study.columns, months=months, **given)  # type: ignore[arg-type]
    earlier, later = (study.completed(one) for one in both)
    thresholds = _amounts(now, later)
    before, after = METHOD(earlier, **thresholds), METHOD(later, **thresholds)
    column = axis_of_profit(later, thresholds["cooperation_weight"])
    axis_of_profit(earlier, thresholds["cooperation_weight"])  # the trail asks both periods for that column
    largest = later.frame.index[later.ranked(later.money).order[: 4 * ARROWS]]
    paths = trail(earlier, later, largest, column).head(ARROWS)
    table_, lines = moves_between(before, after), (thresholds["profit"], thresholds["potential"])
    drawn = arrows_data(paths, after.labels(), dict(zip(after.names, after.colours, strict=True)), lines)
    return Moved(table_, drawn, lines, later.money)


def _amounts(now: Shown, later: Customers) -> dict[str, Any]:
    """The same lines for both periods: a preset as it stands in the later one; amounts brought to the period's length."""
    weight, lines = now.values["cooperation_weight"], now.values["lines"]
    if lines == "amounts":
        part = (later.days or 1) / (now.customers.days or later.days or 1)
        at = (tuple(formats.two_digits(line * part) for line in now.at[0]), now.at[1])
    else:
        at = lines_of(now.values, later, axis_of_profit(later, weight))
    return {"lines": "amounts", "profit": at[0], "potential": at[1], "cooperation_weight": weight}


def sentence(now: Shown, table: pd.DataFrame, lines: Cuts, months: int) -> str:
    """How many moved, and with how much money, in one sentence."""
    there = table[(table["from"] != NEW) & (table["to"] != GONE)]
    away = there[there["from"].astype("str") != there["to"].astype("str")]
    stayed, other = int(there["customers"].sum()), int(away["customers"].sum())
    up = int(away.loc[away["to"].astype("str") == "Invest", "customers"].sum())
    new, gone = table[table["from"] == NEW], table[table["to"] == GONE]
    share = f" ({formats.share(other / stayed)})" if stayed else ""
    at = [formats.listed([now.say(line) for line in one]) for one in lines]
    return (
        f"Of {formats.plural(stayed, 'customer')} there in both periods of {months} months, **{formats.count(other)} "
        f"changed sector**{share}, {formats.count(up)} of them to Invest; {_are(new, 'new')} and **{_are(gone, 'gone')} "
        f"with {now.say(float(gone['money_before'].sum()))}**. Lines in both periods: {now.customers.money} {at[0]}, "
        f"potential {at[1]}."
    )


def _are(rows: pd.DataFrame, what: str) -> str:
    return f"{formats.plural(int(rows['customers'].sum()), 'is', 'are')} {what}"


def _table(table: pd.DataFrame, currency: str) -> None:
    words = {"from": "From", "to": "To"}
    config: dict[str, Any] = {name: st.column_config.TextColumn(said) for name, said in words.items()}
    config["customers"] = tables.count("Customers")
    for name, said in (("money_before", "Money before"), ("money_after", "Money now"), ("change", "Change")):
        config[name] = tables.money(said, currency)
    shown = table.assign(**{name: table[name].astype("str") for name in words})
    order = ["from", "to", "customers", "change", "money_before", "money_after"]
    st.dataframe(shown[order], column_config=config, hide_index=True, key="moves", alt="Movement from sector to sector")
