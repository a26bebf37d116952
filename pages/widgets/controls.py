"""Draws whatever thresholds a method declares; the study is their only memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import streamlit as st

from pages.app import session
from pages.app.words import amount, plain, show
from pages.widgets.held import held
from segmentation import Customers, Problem, formats
from segmentation.columns.metrics import label
from segmentation.customers import attributes
from segmentation.customers.attributes import find
from segmentation.formats import unit_of
from segmentation.methods import METHODS
from segmentation.potential.model import Model
from segmentation.segments.controls import (
    Attribute,
    Choice,
    Column,
    Columns,
    Edges,
    Number,
    Slider,
    Weight,
    Weights,
    Within,
)
from segmentation.segments.method import Method, Other
from segmentation.segments.own import KEPT, MERGED
from segmentation.segments.spans import Spans

Declared = Method | Model
ALL = ""  # Within: all customers are peers
MOST_WEIGHT = 5.0


def draw(method: Declared, values: dict[str, Any], customers: Customers) -> None:
    """One widget per threshold that counts now. Each writes to the study when moved, and shows what the study says.

    method   the chosen method, or a model of potential
    Tables of rows and cells need more room than stands beside the pictures: `editors.py` draws them.
    """
    uppers = {control.with_ for control in method.controls.values()}
    for name, control in method.controls.items():
        if name not in uppers and control.kind in DRAW and control.counts(customers, values):
            one(method, name, values, customers)
            if name == st.session_state.get("threshold_refused"):  # beside what was moved: further down nobody sees it
                say_trouble()
    say_trouble()


def one(method: Declared, name: str, values: dict[str, Any], customers: Customers) -> None:
    """The widget of one threshold."""
    control = method.controls[name]
    DRAW[control.kind](method, name, control, values, customers)


def say_trouble() -> None:
    """Why a threshold could not be moved, once."""
    st.session_state.pop("threshold_refused", None)
    if trouble := st.session_state.pop("threshold_problem", None):
        show(trouble)


def panel(method: Method, values: dict[str, Any], customers: Customers) -> None:
    """The thresholds in a frame of their own; no frame around none."""
    if any_of(method):
        with st.container(border=True):
            draw(method, values, customers)


def any_of(method: Method) -> bool:
    """Whether there is a threshold that is drawn here."""
    return any(control.kind in DRAW for control in method.controls.values())


def key_of(method: Declared, name: str) -> str:
    """The widget's key for one threshold of one method; by it a board knows whose line a slider moves (sliders.js)."""
    return f"{method.name}.{name}"


def move(method: Declared | None = None, /, **thresholds: Any) -> None:
    """Move thresholds of the chosen method, or of a model; what cannot be is said, and the last good ones stay."""
    study = session.study()
    try:
        if isinstance(method, Model):
            study.choose_model(method.name)
            study.set_model(**thresholds)
        else:
            study.set_of(method.name if method else study.method, **thresholds)
    except Problem as problem:
        st.session_state.threshold_problem = _refused(method or study.chosen, thresholds) or problem
        st.session_state.threshold_refused = next(iter(thresholds), None)


def _refused(method: Declared, given: Mapping[str, Any]) -> str:
    """Why these cannot stand, by the names they have on the page; "" where the library calls nothing by its own."""
    for name, value in given.items():
        control = method.controls.get(name)
        if isinstance(control, Edges) and any(one > following for one, following in pairwise(value)):
            cuts = ", ".join(map(formats.number, value))
            return f"The cuts of “{control.label}” are out of order ({cuts}), so they stay as they were: put them ascending."
    now = {**_standing(method), **given}
    for name, other in method.bounds:
        if {name, other} & given.keys() and now[name] > now[other]:
            lower, upper = (
                f"“{method.controls[one].label}” ({_amount(method, one, now[one])})" for one in (name, other)
            )
            return f"{lower} cannot be above {upper}: it stays as it was. Move the other one first."
    return ""


def _standing(method: Declared) -> dict[str, Any]:
    """Every threshold of a method, or of a model, as it stands in the study."""
    study = session.study()
    held = study.model_settings if isinstance(method, Model) else study.thresholds
    return method.complete(held.get(method.name, {}))


def _amount(method: Declared, name: str, value: Any) -> str:
    """A threshold as one reads it: 60%, 9,000."""
    return amount(method.controls[name].unit, value[0] if isinstance(value, tuple) else value)


def _slider(method: Declared, name: str, control: Slider, values: dict[str, Any], customers: Customers) -> None:
    times = 100 if control.unit == "%" else 1
    names = [name, control.with_] if control.with_ else [name]
    ends = tuple(_snug(values[one] * times) for one in names)

    def moved(given: float | tuple[float, ...]) -> None:
        ends = given if isinstance(given, tuple) else (given,)
        move(method, **{one: _snug(value / times) for one, value in zip(names, ends, strict=True)})

    lacking = isinstance(control, Weight) and bool(control.part) and find(customers, control.part) is None
    st.slider(
        _called(control),
        *(_snug(control.low * times), _snug(control.high * times)),
        step=_snug(control.step * times),
        format="%.4g%%" if control.unit == "%" else "%.4g",
        help="The file says nothing about this, so it does not count." if lacking else control.help or None,
        disabled=lacking,
        **held(key_of(method, name), ends if control.with_ else ends[0], moved),
    )


def _called(control: Slider) -> str:
    """What a slider is called; its unit stands there, since behind each number it would read “1 months”."""
    said, unit = control.both or control.label, unit_of(control.unit, 2)
    return f"{said} ({unit})" if unit and unit not in said.lower() else said


def _held(method: Declared, name: str, value: Any, among: Sequence[Any] | None = None) -> dict[str, Any]:
    """A widget of a threshold that takes the widget's value as it is."""
    return held(key_of(method, name), value, lambda given: move(method, **{name: given}), among)


def _number(method: Declared, name: str, control: Number, values: dict[str, Any], customers: Customers) -> None:
    st.number_input(
        control.label, control.low, control.high, step=1, help=control.help or None, **_held(method, name, values[name])
    )


def _edges(method: Declared, name: str, control: Edges, values: dict[str, Any], customers: Customers) -> None:
    cuts, key = values[name], key_of(method, name)
    unit = f" ({control.unit})" if control.unit not in ("", "money") else ""
    bands = f": {' · '.join(Spans(control.unit)(cuts))}" if control.most > 1 else ""
    st.markdown(f":small[{control.label}{unit}{bands}]")
    for place, (column, cut) in enumerate(zip(st.columns(len(cuts), gap="xxsmall"), cuts, strict=True)):
        with column:
            _edge(method, name, cuts, place, cut, control)
    if control.most > 1:
        with st.container(horizontal=True, gap="small"):
            full, last = len(cuts) >= control.most, len(cuts) < 2
            st.button(
                "Add a cut", key=f"{key}+", type="tertiary", on_click=_add, args=(method, name, cuts), disabled=full
            )
            st.button(
                "Remove one", key=f"{key}-", type="tertiary", on_click=_remove, args=(method, name, cuts), disabled=last
            )


def _edge(method: Declared, name: str, cuts: tuple[float, ...], place: int, cut: float, control: Edges) -> None:
    def moved(given: float) -> None:
        move(method, **{name: tuple(given if at == place else value for at, value in enumerate(cuts))})

    st.number_input(
        f"{control.label}, cut {place + 1}",
        min_value=control.low,
        step=1.0 if abs(cut) < 100 else 10.0,
        format="%.10g",
        label_visibility="collapsed",
        **held(f"{key_of(method, name)}.{place}", float(cut), moved),
    )


def _add(method: Declared, name: str, cuts: tuple[float, ...]) -> None:
    step = cuts[-1] - cuts[-2] if len(cuts) > 1 else max(abs(cuts[-1]), 1.0)
    move(method, **{name: (*cuts, cuts[-1] + step)})


def _remove(method: Declared, name: str, cuts: tuple[float, ...]) -> None:
    move(method, **{name: cuts[:-1]})


def _choice(method: Declared, name: str, control: Choice, values: dict[str, Any], customers: Customers) -> None:
    options = list(control.options)
    st.selectbox(
        control.label,
        options,
        format_func=lambda option: control.options[option],
        help=control.help or None,
        **_held(method, name, values[name], options),
    )


def _column(method: Declared, name: str, control: Column, values: dict[str, Any], customers: Customers) -> None:
    options = list(customers.numeric) if values[name] in customers.numeric else [values[name], *customers.numeric]
    st.selectbox(
        control.label,
        options,
        format_func=label,
        help=control.help or None,
        **_held(method, name, values[name], options),
    )


def _columns(method: Declared, name: str, control: Columns, values: dict[str, Any], customers: Customers) -> None:
    now = list(values[name] or (control.first(customers) if control.first else ()))
    worded = control.takes_words(values)
    offered = [name for name in customers.frame if worded and attributes.kind(customers, name) == "text"]
    st.multiselect(
        control.label,
        list(dict.fromkeys([*customers.numeric, *offered, *now])),
        format_func=label,
        help=control.help or None,
        **_held(method, name, now),
    )


def _attribute(method: Declared, name: str, control: Attribute, values: dict[str, Any], customers: Customers) -> None:
    found = _found(control, customers)
    options = ["", *dict.fromkeys([*([values[name]] if values[name] else []), *customers.frame.columns])]
    st.selectbox(
        control.label,
        options,
        format_func=lambda column: label(column) if column else found,
        help=control.help or None,
        **_held(method, name, values[name], options),
    )


def _found(control: Attribute, customers: Customers) -> str:
    """What stands for no choice: the column found by its heading."""
    if not control.finds:
        return "the first that fits"
    columns = (find(customers, concept) for concept in control.finds)
    return next((f"{label(column)} (found)" for column in columns if column), "none")


def _within(method: Declared, name: str, control: Within, values: dict[str, Any], customers: Customers) -> None:
    """A column of words that makes groups, or nobody's: all customers."""
    numbers = set(customers.numeric)
    words = [column for column in customers.frame.columns if customers.frame[column].dtype.kind not in "Mm"]
    options = [ALL, *(column for column in words if column not in numbers)]
    offered = options if values[name] in options else [values[name], *options]
    st.selectbox(
        control.label,
        offered,
        format_func=lambda option: label(option) if option else "(all customers)",
        help=control.help or None,
        **_held(method, name, values[name], offered),
    )


def _other(method: Declared, name: str, control: Other, values: dict[str, Any], customers: Customers) -> None:
    """A method of the catalogue, or one of those with segments of it put together."""
    now, titles = values[name], others(method.name)
    made_of = {one: recipe for one in titles if (recipe := _recipe(session.study().own.get(one, {})))}
    alike = (one for one, recipe in made_of.items() if _same(recipe, now))
    st.selectbox(
        control.label,
        list(titles),
        format_func=titles.__getitem__,
        help=control.help or "At the thresholds it has on its own page.",
        **held(
            key_of(method, name),
            next(alike, Other.read(name, now)[0].name),
            lambda given: move(method, **{name: as_it_stands(given)}),
            list(titles),
        ),
    )


def others(but: str = "") -> dict[str, str]:
    """The methods another one can take, with their titles; but: without that one, and what is made of it."""
    study = session.study()
    made_of = {one: recipe for one, held in study.own.items() if (recipe := _recipe(held))}
    titles = {one: held.title for one, held in study.methods.items() if one in METHODS or one in made_of}
    return {one: title for one, title in titles.items() if but not in (one, made_of.get(one, {}).get("method"))}


def as_it_stands(name: str) -> str | dict[str, Any]:
    """A method, as another one takes it, with the thresholds this study has for it."""
    study = session.study()
    value, moved = _recipe(study.own.get(name, {})) or name, study.thresholds.get(name, {})
    if not moved and isinstance(value, str):
        return name
    return Other.at(value, {**Other.read(name, value)[1], **moved})


def _recipe(recipe: Mapping[str, Any]) -> dict[str, Any]:
    """A recipe that is another method, or segments of one put together, as another method takes it; nothing for any other."""
    primitive, of = recipe.get("primitive"), recipe.get("of")
    if primitive == MERGED and isinstance(of, str):
        return {"method": of, "merged": recipe["groups"]}
    if primitive != KEPT or recipe.get("cross"):
        return {}
    return dict(of) if isinstance(of, Mapping) else {"method": of}


def _same(recipe: Mapping[str, Any], value: Any) -> bool:
    """Whether a method that another one takes is that of a recipe, at the thresholds which the recipe names."""
    (one, kept), (other, given) = (Other.read("Method", held) for held in (recipe, value))
    merged = Other.merged(recipe)
    if one is not other or merged != Other.merged(value) or not (kept or merged):
        return False
    named, now = one.complete(kept), one.complete(given)
    return all(now[key] == named[key] for key in kept)


def _weights(method: Declared, name: str, control: Weights, values: dict[str, Any], customers: Customers) -> None:
    """The columns that count, and for each how much."""
    key, now = key_of(method, name), dict(values[name])
    usable = [column for column in customers.numeric if column != "potential"]
    counted = {column: weight for column, weight in now.items() if column in usable}

    def chosen(given: list[str]) -> None:
        move(method, **{name: {column: now.get(column, 1.0) for column in given}})

    st.multiselect(
        control.label, usable, format_func=label, help=control.help or None, **held(key, list(counted), chosen)
    )
    for column in counted:
        _weight_of(method, name, column, counted)


def _weight_of(method: Declared, name: str, column: str, now: dict[str, float]) -> None:
    def moved(given: float) -> None:
        move(method, **{name: {**now, column: given}})

    key, most = f"{key_of(method, name)}.{column}", max(MOST_WEIGHT, now[column])
    st.slider(plain(label(column)), 0.0, most, step=0.5, **held(key, float(now[column]), moved))


def _snug(number: float) -> float:
    """Without the dust of binary fractions: 0.1 × 3 × 100 is 30."""
    return round(float(number), 9)


DRAW: dict[str, Callable[..., None]] = {
    Slider.kind: _slider,
    Weight.kind: _slider,
    Number.kind: _number,
    Within.kind: _within,
    Weights.kind: _weights,
    Edges.kind: _edges,
    Choice.kind: _choice,
    Column.kind: _column,
    Columns.kind: _columns,
    Attribute.kind: _attribute,
    Other.kind: _other,
}
