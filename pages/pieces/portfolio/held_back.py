"""The held-back check: how the models of potential do on months that were cut off."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache, partial
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from pages.app import session, upload
from pages.app.cache import SHARED
from pages.app.words import plain, show
from pages.pieces.portfolio.model import present
from pages.pieces.portfolio.shown import Shown
from pages.widgets import tables
from pages.widgets.drawn import drawn
from segmentation import Customers, Problem, Study, formats
from segmentation.analysis.holdout import Check, hold_out, rank
from segmentation.apart.pool import POOL
from segmentation.charts import EMPTY, spec
from segmentation.charts.deciles import deciles as deciles_chart
from segmentation.charts.deciles import deciles_data
from segmentation.dataclass import dataclass
from segmentation.potential import MODELS, fit_expected
from segmentation.reading.draft import Progress
from segmentation.study import EXPECTED

session.stale_with_data("checked")

CUTTING = 0.4  # of the check: cutting the months off


@dataclass(eq=False)
class Checked:
    """What the models said of the months held back, and what the check was about."""

    checks: list[Check]
    months: int
    newcomers: int
    new_money: float
    money: str


def held_back(now: Shown) -> None:
    """A button, since it costs time; then the models ranked, and the chosen one against what came."""
    study = now.study
    st.markdown(
        "**Tested on past months** — the last months are cut off, each model predicts them, and what really came stands beside it"
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        months = st.selectbox(
            "Hold back", (0, 1, 2, 3, 6, 12), key="held months", persist_state="session", width=260,
            format_func=lambda one: formats.plural(one, "month") if one else "about a quarter of the time",
        )  # fmt: skip
        asked = st.button("Check the models", key="check")
    key = json.dumps(["checked", st.session_state.base_key, months, study.model_settings], sort_keys=True)
    if asked:
        upload.ask(lambda progress: _check(study, key, months or None, progress))
        st.rerun()  # the whole page: what runs within a part of it cannot be stopped
    found: tuple[str, Any] = st.session_state.get("checked") or ("", None)
    trouble: tuple[str, Any] = st.session_state.get("check trouble") or ("", None)
    if st.session_state.pop("stopped", False):
        st.info("The check was stopped.")
    elif trouble[0] == key:
        show(trouble[1])
    elif found[0] == key:
        _results(now, found[1])
    else:
        st.caption("It reads the file four times over and fits every model: some seconds for a large file.")


def _check(study: Study, key: str, months: int | None, progress: Progress) -> None:
    """Have the check made; what stands in its way is said where the results would be."""
    held = st.session_state
    held["check trouble"] = None
    try:
        held["checked"] = (key, SHARED.get(key, lambda: checked(study, months, progress)))
    except Problem as problem:
        held["check trouble"] = (key, problem)


def checked(study: Study, months: int | None, progress: Progress) -> Checked:
    """Every model that can be used on the visitor's file, on the months held back."""
    table = session.table()
    assert table is not None, "the page is not drawn without a file"
    held = POOL.do(
        hold_out,
        table,
        study.columns,
        months=months,
        progress=lambda share, doing: progress(share * CUTTING, doing),
        **study.roll_up_settings(),
    )
    checks: list[Check] = []
    for at, (name, model) in enumerate(MODELS.items()):
        _ask(held.before, name, partial(progress, _far(at), f"Asking: {model.title}"))
        checks += rank(held, [name], study.model_settings)
    checks.sort(key=lambda one: (one.error, one.model))
    return Checked(checks, held.months, held.newcomers, held.new_money, held.before.money)


def _far(at: int) -> float:
    """How far the check is when so many models were asked."""
    return CUTTING + (1 - CUTTING) * at / len(MODELS)


def _ask(before: Customers, name: str, said: Callable[[], None]) -> None:
    """Say which model is asked, and again after each step of a search."""
    said()
    if name in EXPECTED and not MODELS[name].missing(before):
        with suppress(Problem):  # `rank` leaves it out
            fit_expected(before, EXPECTED[name], lambda step, reached: said())


def _results(now: Shown, found: Checked) -> None:
    by_name = {one.model: one for one in found.checks}
    if not by_name:
        st.caption("No model can be used on the customers there were before the months held back.")
        return
    mine = present(now.study, now.customers)
    if st.session_state.get("checked model") not in by_name:
        st.session_state["checked model"] = mine if mine in by_name else found.checks[0].model
    left, right = st.columns(2, gap="medium")
    with left:
        st.selectbox("Model", list(by_name), key="checked model", format_func=lambda one: MODELS[one].title)
        one = by_name[st.session_state["checked model"]]
        st.markdown(f"**{plain(MODELS[one.model].title)}.** {plain(one.sentence)}")
        _ranking(now, found)
    with right:
        st.markdown(
            f"**Predicted and actual {found.money}** — of the "
            f"{'month' if found.months == 1 else formats.plural(found.months, 'month')} held back"
        )
        alt = "Predicted and actual by tenth of customers"
        drawn(_deciles(found.money), deciles_data(one.deciles), _deciles_spec(found.money), "deciles", alt)
        new = f"{formats.plural(found.newcomers, 'customer')} came for the first time with {now.say(found.new_money)}"
        st.caption(f"{new}: no model can see them, and they are in no figure here.")


def _ranking(now: Shown, found: Checked) -> None:
    """The models and the two naive rivals, least error first."""
    rows = [
        {"who": MODELS[one.model].title, "error": one.error, "predicted": one.predicted, "top": one.top * 100}
        for one in found.checks
    ]
    first = found.checks[0]
    rows += [
        {"who": f"({name})", "error": error, "predicted": np.nan, "top": np.nan} for name, error in first.naive.items()
    ]
    table = pd.DataFrame(rows).sort_values("error", kind="stable").assign(actual=first.actual)
    currency = now.study.currency
    config = {
        "who": st.column_config.TextColumn("Model", pinned=True),
        "error": tables.money("Error per customer", currency, 2 if first.error < 100 else 0),
        "predicted": tables.money("Predicted", currency),
        "actual": tables.money("Actual", currency),
        "top": st.column_config.NumberColumn("Share caught by the top 20%", format="%.0f%%"),
    }
    st.dataframe(
        table[list(config)],
        column_config=config,
        hide_index=True,
        key="ranking",
        placeholder=formats.MISSING,
        alt="The models ranked",
    )


def _deciles(money: str) -> Callable[..., Any]:
    return partial(deciles_chart, title=f"{money.capitalize()} per customer")


@lru_cache(maxsize=4)
def _deciles_spec(money: str) -> dict[str, Any]:
    return spec(_deciles(money)(EMPTY))
