"""The draggable Pareto curve: a component of ours that moves cuts in the picture and tells Python on release."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from segmentation import Customers
from segmentation import pareto as concentration
from segmentation.columns import label
from segmentation.method import Method, Slider
from segmentation.methods.abc_nested import nested
from segmentation.segmentation import Segmentation

HERE = Path(__file__).parent
_HTML, _CSS, _JS = ((HERE / f"pareto.{part}").read_text(encoding="utf-8") for part in ("html", "css", "js"))
_COMPONENT = st.components.v2.component("pareto", html=_HTML, css=_CSS, js=_JS)


def draw(segmentation: Segmentation, method: Method, values: dict[str, Any], on_move: Callable[..., None]) -> None:
    """The curve of the column that is cut (else of revenue), with the method's cuts as handles.

    on_move   called with threshold=value when a handle is let go
    """

    def moved() -> None:
        event = st.session_state["pareto"].moved
        on_move(**{event["param"]: event["value"]})

    _COMPONENT(key="pareto", data=picture(segmentation, method, values), on_moved_change=moved)


def picture(segmentation: Segmentation, method: Method, values: dict[str, Any]) -> dict[str, Any]:
    """What the component draws, as plain data."""
    customers = segmentation.customers
    cumulative = segmentation.cuts_share
    column = concentration.column_of(segmentation)
    curve = customers.keep(("drawn", column), lambda: _points(customers, column))
    parts = concentration.parts(segmentation, column).rename(columns={"segment": "name"})
    reach = concentration.reach(customers, column)
    return {
        "n": len(customers),
        "known": customers.ranked(column).known,
        "top": max(1.0, float(parts["y1"].max())),
        "curve": curve,
        "parts": [dict(zip(parts, row, strict=True)) for row in zip(*(parts[c].tolist() for c in parts), strict=True)],
        "reach": reach.tolist(),
        "cuts": _cuts(segmentation, method, reach) if cumulative else [],
        "words": {
            "x": "Customers, largest first" if cumulative else "Customers, segment by segment",
            "y": f"Share of {label(column).lower()}",
        },
        "alt": f"Share of {label(column).lower()} against share of customers, with the segments' parts",
    }


def _points(customers: Customers, column: str) -> list[list[float]]:
    return concentration.curve(customers, column).round(5).to_numpy().tolist()


def _cuts(segmentation: Segmentation, method: Method, reach: Any) -> list[dict[str, Any]]:
    """One line per cut: a handle where a threshold of the method is that cut, else a line that follows the first."""
    ranked = segmentation.customers.ranked(segmentation.columns[0])
    sliders = [(name, control) for name, control in method.controls.items() if isinstance(control, Slider)]
    lines = []
    for place, cut in enumerate(segmentation.cuts):
        line: dict[str, Any] = {
            "name": segmentation.names[place],
            "cut": cut,
            "count": ranked.reach(cut),
            "param": None,
        }
        if place < len(sliders):
            name, control = sliders[place]
            line |= {"param": name, "low": round(control.low * 100), "high": round(control.high * 100)}
        else:
            second = [nested(percent / 100, ranked.reached(percent / 100))[1] for percent in range(101)]
            line["follow"] = {"cut": second, "count": [ranked.reach(value) for value in second]}
        lines.append(line)
    return lines
