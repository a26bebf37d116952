"""After the campaign: the list with answers comes back, and those written to stand beside the control group."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from pages.app.judged import responded
from pages.app.words import plain, show
from pages.pieces.campaign.plan import brought, planned, problem, setting
from pages.pieces.segments.shown import Shown
from pages.widgets import tables
from segmentation import Problem, formats
from segmentation.analysis.action import campaign
from segmentation.analysis.action.recipients import Action
from segmentation.analysis.action.scenario import Ground
from segmentation.table import Table

NONE = "(none)"


def after(shown: Shown) -> None:
    """What came back, by whom, and what it says."""
    problem()
    said = st.container()  # the answer comes first, though it follows from what is chosen below
    with said:
        made = planned(shown)
    left, right = st.columns((1, 1.9), gap="medium")
    with left:
        table = brought(
            "The responses",
            "answers file",
            "Who responded, or what was sold since: customer numbers or e-mails, and where you have them a yes or no and an amount.",
        )
        chosen = _columns(made, table) if table else None
        _cost(shown)
    with right:
        if table is None or chosen is None:
            st.markdown(
                "Bring back the responses: segment by segment you will see how those you wrote to did against the control group, in "
                "shares and in money, and how sure that is. The best file is the pack’s own “everybody.csv” with one more column for "
                "the response: it remembers everybody’s segment and group. With a plain list of responses, the groups are drawn again "
                "as the settings stand now."
            )
        else:
            _result(shown, made, said, table, *chosen)


def _columns(made: Action, table: Table) -> tuple[str, str | None, str | None]:
    """Which column says who, whether they answered, and what they brought."""
    names, guessed = table.data.column_names, campaign.guessed(made, table)
    picked = []
    for what, title, found in zip(
        ("who", "answer", "money"), ("Customer or e-mail", "Responded", "Amount"), guessed, strict=True
    ):
        options = names if what == "who" else [NONE, *names]
        first = options.index(found) if found in options else 0
        one = st.selectbox(title, options, first, key=f"came back {what} {table.name}")
        picked.append(None if one == NONE else str(one))
    return str(picked[0]), picked[1], picked[2]


def _cost(shown: Shown) -> None:
    st.number_input(
        "Cost per contact",
        0.0,
        None,
        format="%.6g",
        step=0.1,
        help="What it cost to write to one customer: letter, discount, time.",
        **setting(shown, "contact", float(shown.study.campaign.get("contact", 0.0))),
    )


def _result(
    shown: Shown, made: Action, said: Any, table: Table, who: str, answer: str | None, money: str | None
) -> None:
    """The answer where it is said, and below what it is made of."""
    try:
        found = campaign.answers(made, table, who, answer, money)
    except Problem as problem:
        show(problem)
        return
    worth = _worth(shown) if money is None else 0.0
    groups = campaign.groups_of(made, table, who, found)
    result = campaign.effect(groups, found, shown.study.campaign.get("contact", 0.0), worth)
    if not len(result):
        st.markdown("Nobody was written to.")
        return
    responded(shown.study.method, result)
    currency = shown.study.currency
    said.markdown(f"**{plain(campaign.told(result.iloc[-1], currency))}**")
    _numbers(result, currency)
    for at in range(len(result) - 1):
        st.markdown(f"- {plain(campaign.told(result.iloc[at], currency))}")
    if money is not None:
        st.caption(
            plain(f"“{money}” counts as it stands: if these are sales, what the goods cost is still to be taken off.")
        )
    else:
        st.caption(
            plain(
                f"The file has no amounts, so each response counts as one average order after the cost of sales: {shown.compact(worth)}."
            )
        )
    if found.strangers:
        st.caption(f"{formats.plural(found.strangers, 'row names', 'rows name')} nobody who is a customer here.")


def _worth(shown: Shown) -> float:
    """What an answer leaves on average: one order, less the cost of sales."""
    ground = Ground(shown.segmentation)
    facts = [ground.facts(name) for name in ground.names]
    people = sum(one.customers for one in facts)
    return sum(one.uplift * one.kept * one.customers for one in facts) / max(people, 1)


def _numbers(result: pd.DataFrame, currency: str) -> None:
    """The shares and what they brought, each difference with its interval."""
    rows = result[["segment", "treated", "control"]].assign(
        rate=[formats.share(one, 1) for one in result["rate"]],
        control_rate=[formats.share(one, 1) for one in result["control_rate"]],
        more=[campaign.between(row, "more") for row in result.itertuples()],
        money=[campaign.between(row, "money", currency) for row in result.itertuples()],
    )
    titles = {
        "rate": "Responded",
        "control_rate": "Control group responded",
        "more": "Difference, in points",
        "money": "Earned after cost",
    }
    config: dict[str, Any] = {"segment": st.column_config.TextColumn("Segment", pinned=True)}
    config |= {"treated": tables.count("Written to"), "control": tables.count("Control group")}
    config |= {name: st.column_config.TextColumn(title) for name, title in titles.items()}
    st.dataframe(rows, column_config=config, hide_index=True, key="effect", alt="What the campaign did")
