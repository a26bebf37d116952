"""The model of potential: which, with its settings, what it found, and how it does on the months held back."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import streamlit as st

from pages.app import derived, session, upload
from pages.app.cache import SHARED
from pages.app.words import listed, plain, show
from pages.widgets import controls, tables
from segmentation import Customers, Problem, Study, charts, formats
from segmentation.analysis.holdout import Check, hold_out, rank
from segmentation.charts.deciles import deciles_data
from segmentation.potential import MODELS, fit_expected, found_of
from segmentation.potential.model import Potential
from segmentation.reading.draft import Progress
from segmentation.study import EXPECTED

if TYPE_CHECKING:
    from pages.pieces.portfolio.portfolio import Shown


def customers() -> Customers:
    """The customers as the study has them; while a model is fitted it says how far it is."""
    slot: list[Any] = []

    def told(step: int, reached: float) -> None:
        if not slot:
            slot.append(st.empty())
        said = formats.number(round(reached, 1))
        slot[0].caption(
            f"Looking for the parameters under which these purchases are likeliest: step {step}, log-likelihood {said} …"
        )

    made = derived.customers(told)
    assert made is not None, "the page is not drawn without customers"
    if slot:
        slot[0].empty()
    return made


def present(study: Study, customers: Customers) -> str:
    """The model in use: the one chosen, else the file's own column, else the trend."""
    return study.model or ("column" if customers.stated is not None else "trend")


def choose(study: Study, customers: Customers) -> None:
    """The model, with the settings it declares; those the data cannot feed say what they lack."""
    model = MODELS[present(study, customers)]
    st.session_state["model"] = model.name

    def said(name: str) -> str:
        lacking = MODELS[name].missing(customers)
        if name == "column" and customers.stated is None:
            return f"{MODELS[name].title} (needs a column of potential)"
        return MODELS[name].title + (f" (needs {', '.join(lacking)})" if lacking else "")

    st.selectbox(
        "Potential by",
        list(MODELS),
        key="model",
        format_func=said,
        on_change=lambda: study.choose_model(st.session_state["model"]),
    )
    if trouble := derived.model_trouble():
        show(trouble)
    with st.expander("How the potential is reckoned", key="model settings", on_change="rerun") as opened:
        if opened.open:
            settings = model.complete(study.model_settings.get(model.name, {}))
            controls.draw(model, settings, customers)
            if not derived.model_trouble():
                explanation(found_of(customers, model.name, study.model_settings.get(model.name)))


WORDS = {
    "period": "Time is counted in",
    "customers": "Customers it is fitted to",
    "money_customers": "Customers the money is fitted to",
    "log_likelihood": "Log-likelihood of the purchases",
    "money_log_likelihood": "Log-likelihood of the money",
    "converged": "Search for the purchases' parameters came to its end",
    "money_converged": "Search for the money's parameters came to its end",
    "correlation": "Correlation of how often and how much",
}
PERIODS = {"D": "days", "W": "weeks", "M": "months"}


def explanation(found: Potential) -> None:
    """How the model got the number: in words, what is to be known first, and the parameters."""
    st.markdown(plain(found.sentence))
    for warning in found.warnings:
        st.warning(plain(warning))
    if "p_alive" in found.known:
        st.markdown(plain(alive(found)))
    if found.facts:
        listed(f"{WORDS.get(name, name)}: {_said(name, value)}" for name, value in found.facts.items())


def alive(found: Potential) -> str:
    """How many are still customers, by their chance of being alive."""
    chance = found.known["p_alive"]
    chance = chance[np.isfinite(chance)]
    likely = int((chance >= 0.5).sum())
    return (
        f"Of {formats.plural(len(chance), 'customer')} about {formats.count(round(float(chance.sum())))} are still "
        f"alive as customers; {formats.count(likely)} are so more likely than not. The mean chance of being alive is "
        f"{formats.share(float(chance.mean())) if len(chance) else formats.MISSING}."
    )


def _said(name: str, value: Any) -> str:
    if name == "period":
        return PERIODS.get(value, str(value))
    if value is None:
        return "unknown"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name in ("customers", "money_customers"):
        return formats.count(value)
    return f"{value:,.6g}".replace("-", formats.MINUS)


# The held-back check

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
        "**Held-back check** — the last months are cut off, each model predicts them, and what really came stands beside it"
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
    held = hold_out(
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
        st.vega_lite_chart(
            deciles_data(one.deciles),
            _deciles_spec(found.money),
            key="deciles",
            alt="Predicted and actual by tenth of customers",
        )
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
        "predicted": tables.money("Said in all", currency),
        "actual": tables.money("Came in all", currency),
        "top": st.column_config.NumberColumn("Its first fifth held", format="%.0f%%"),
    }
    st.dataframe(
        table[list(config)],
        column_config=config,
        hide_index=True,
        key="ranking",
        placeholder=formats.MISSING,
        alt="The models ranked",
    )


@lru_cache(maxsize=4)
def _deciles_spec(money: str) -> dict[str, Any]:
    return charts.spec(charts.deciles(charts.EMPTY, title=f"{money.capitalize()} per customer"))
