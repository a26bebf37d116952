"""The model of potential: which, with its settings, and what it found."""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st

from pages.app import derived
from pages.app.words import listed, plain, show
from pages.widgets import controls
from pages.widgets.held import held
from segmentation import Customers, Study, formats
from segmentation.columns.concepts import said as in_words
from segmentation.customers.outlook import Potential
from segmentation.potential import MODELS, found_of


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

    def titled(name: str) -> str:
        lacking = MODELS[name].missing(customers)
        if name == "column" and customers.stated is None:
            return f"{MODELS[name].title} (needs a column of potential)"
        return MODELS[name].title + (f" (needs {', '.join(map(in_words, lacking)).lower()})" if lacking else "")

    st.selectbox(
        "Potential by",
        list(MODELS),
        format_func=titled,
        **held("model", model.name, study.choose_model, list(MODELS)),
    )
    if trouble := derived.model_trouble():
        show(trouble)
    with st.expander("How the potential is calculated", key="model settings", on_change="rerun") as opened:
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
        listed(f"{WORDS.get(name, name)}: {_fact(name, value)}" for name, value in found.facts.items())


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


def _fact(name: str, value: Any) -> str:
    if name == "period":
        return PERIODS.get(value, str(value))
    if value is None:
        return "unknown"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name in ("customers", "money_customers"):
        return formats.count(value)
    return f"{value:,.6g}".replace("-", formats.MINUS)
