"""The Python that gives the very numbers on the page."""

from __future__ import annotations

from dataclasses import asdict, replace

from pages.app import masking, session
from segmentation import Study

APART = (  # change no customer
    *("thresholds", "lines", "method", "views", "bubbles", "currency", "file", "masked"),
    *("playbook", "limits", "scenarios", "campaign"),
)


def call(study: Study, method: str, made: str = "labels") -> str:
    """The Python that gives these very segments, under the name `made`."""
    own = {name: recipe for name, recipe in study.own.items() if name == method}
    settings = {name: held for name, held in study.model_settings.items() if name == study.model}
    pins = study.pins_of(method)
    usual, held = asdict(Study()), asdict(replace(study, own=own, model_settings=settings, pins=pins))
    changed = {name: value for name, value in held.items() if value != usual[name] and name not in APART}
    if masking.raw_hidden():  # they name customers and orders
        changed |= {name: "as in the study you saved" for name in ("same", "without_orders", "pins") if name in changed}
    given = "".join(f"    {name}={value!r},\n" for name, value in changed.items())
    thresholds = "".join(f", {name}={value!r}" for name, value in study.thresholds.get(method, {}).items())
    of = f'{"study.methods" if own else "METHODS"}["{method}"]'
    found = (
        f'study.pinned("{method}", {of}(customers{thresholds})).labels()'
        if pins
        else f"{of}.segment(customers{thresholds})"
    )
    return (
        "from segmentation import METHODS, Study\n\n"
        f"study = Study({chr(10) if given else ''}{given})\n"
        f"customers = study.customers(study.table({list(session.tables())!r}))\n"
        f"{made} = {found}"
    )
