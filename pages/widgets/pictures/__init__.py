"""Pictures of our own, drawn in the browser and moved there by hand: a board of cards, each a picture with its words.

The board is one component, since each piece of a page costs the browser time at every answer. A picture is the folder of
its name: <name>.py says what is sent, <name>.js how it is drawn, <name>.css (if any) how it looks: there, a class is
one of this picture alone, & its card, and what all share stands in board.css.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import streamlit as st

from segmentation import Customers, formats
from segmentation.analysis.thresholds import positions
from segmentation.analysis.thresholds.before import moved
from segmentation.analysis.thresholds.lines import same_orderings, standing
from segmentation.analysis.thresholds.sensitivity import by_place
from segmentation.segments.method import Method
from segmentation.segments.pinning import Pinned
from segmentation.segments.segmentation import UNKNOWN, UNKNOWN_COLOUR, Segmentation

HERE = Path(__file__).parent
PICTURES = sorted(folder.name for folder in HERE.iterdir() if (folder / f"{folder.name}.js").exists())


def _text(file: str) -> str:
    return (HERE / file).read_text(encoding="utf-8")


def styles() -> str:
    """What all share, then what each picture says, which holds in its card only."""
    files = {name: f"{name}/{name}.css" for name in PICTURES}
    own = [f".{name} {{\n{_text(file)}}}\n" for name, file in files.items() if (HERE / file).exists()]
    return "".join((_text("board.css"), f".spreads {{\n{_text('spread.css')}}}\n", *own))


def scripts() -> str:
    """The JavaScript modules with what lets one script carry them all: see served.js."""
    shared = ("drawing.js", "before.js", "vega.js", "lines.js", "spread.js", "crossing.js", "board.js")
    files = [*shared, *(f"{name}/{name}.js" for name in PICTURES)]
    modules = json.dumps({file: _text(file) for file in files})
    return f"const MODULES = {modules}\nconst PICTURES = {json.dumps(PICTURES)}\n{_text('served.js')}"


_BOARD = st.components.v2.component(
    "board", html='<div class="board"></div>', css=styles(), js=f"{scripts()}\nexport default board\n"
)


def card(
    picture: str, title: str, hint: str, data: Mapping[str, Any] | None, alt: str = "", said: Sequence[str] = ()
) -> dict[str, Any]:
    """A card: one of PICTURES with what it draws (None: there is nothing to draw), its title, and what is said below.

    data   what is the same from one answer to the next stands in it as JSON under "still": to write numbers anew at
           every answer would cost as much as all the rest
    said   a sentence, or its beginning, which is emphasised, and the rest; as plain text
    """
    return {"name": picture, "title": title, "hint": hint, "data": data, "alt": alt, "said": ["", "", *said][-2:]}


def own(method: Method, values: Mapping[str, Any], made: Segmentation, currency: str) -> dict[str, Any] | None:
    """The picture a method opens on, with what it cuts by as lines: the first of PICTURES that has a card for it.

    Such a picture has `FIRST`, by which it is asked in turn, and `own` with these arguments. It tells "moved" for a line
    that was let go (its number among `lines_of`, and its value), and "cut" for another threshold. None: no picture.
    """
    asked = sorted((one for one in map(module, PICTURES) if hasattr(one, "own")), key=lambda one: one.FIRST)
    return next((found for one in asked if (found := one.own(method, values, made, currency))), None)


def module(name: str) -> Any:
    return import_module(f"{__name__}.{name}.{name}")


def board(
    key: str,
    columns: Sequence[Sequence[dict[str, Any]]],
    events: Mapping[str, Callable[[Any], None]],
    of: Segmentation,
    *,
    method: str = "",
    answer: str = "",
    above: Sequence[tuple[str, str]] = (),
    below: Sequence[dict[str, Any]] = (),
    framed: bool = True,
    then: Segmentation | None = None,
    currency: str = "",
) -> None:
    """Cards in columns side by side, below each other where there is no room.

    events   what a picture tells (see its module) → called with what it told
    of       the segmentation the pictures show; method: what whatever is told is told of, as "method" in it
    answer   a sentence at the top, of which what stands between two pairs of stars is emphasised
    above    what a number is, and the number as text
    below    cards under all columns, as wide as the board
    framed   whether each card has a frame of its own
    then     the segmentation as it was remembered, which is drawn thin beside the present one
    Where "remember" is among the events it is offered in the head: it tells whether to remember or ("on": False) let go.
    """

    def telling(event: str) -> Callable[[], None]:
        def hear() -> None:
            if (told := st.session_state.get(key)) is not None:  # else the board has gone, as another method was chosen
                _act(f"{key} heard", events, event, told[event])

        return hear

    data = {
        **data_of(columns, of, method=method, answer=answer, above=above, below=below, framed=framed),
        "remembers": "remember" in events,
        "ghost": _ghost(then, of, currency) if then else None,
        "heard": st.session_state.get(f"{key} heard", 0),
    }
    callbacks: dict[str, Any] = {f"on_{event}_change": telling(event) for event in events}
    _BOARD(key=key, data=data, **callbacks)


def _act(kept: str, events: Mapping[str, Callable[[Any], None]], event: str, told: Mapping[str, Any]) -> None:
    """Do what was told, and before it what the browser told since it was last heard: Streamlit hands on the last alone."""
    heard, at = st.session_state.get(kept, 0), told.get("at", 0)
    for one in told.get("before", ()):
        if one["at"] > heard and one["event"] in events:
            events[one["event"]](one["told"])
    if not at or at > heard:
        events[event](told)
    st.session_state[kept] = max(heard, at)


def data_of(
    columns: Sequence[Sequence[dict[str, Any]]],
    of: Segmentation,
    *,
    method: str = "",
    answer: str = "",
    above: Sequence[tuple[str, str]] = (),
    below: Sequence[dict[str, Any]] = (),
    framed: bool = True,
) -> dict[str, Any]:
    """What a board is sent where nothing is remembered; see `board`."""
    return {
        "method": method,
        "answer": answer,
        "above": above,
        "columns": columns,
        "below": below,
        "segments": _segments(of),
        "shift": _shift(of),
        "totals": {name: _total(of.customers, name) for name in positions.measures(of.customers)},
        "framed": framed,
        "remembers": False,
        "ghost": None,
    }


def unstarred(words: object) -> str:
    """Words from a file as they can stand in an answer, where two stars would emphasise."""
    return str(words).replace("*", f"*{formats.JOINER}")


def _segments(segmentation: Segmentation) -> list[dict[str, Any]]:
    """What each segment holds, from which the pictures reckon shares and means."""
    held = {name: sums.tolist() for name, sums in positions.held(segmentation).items()}
    colours = (*segmentation.colours, UNKNOWN_COLOUR)
    return [
        {"name": name, "colour": colours[at], **{measure: sums[at] for measure, sums in held.items()}}
        for at, name in enumerate(segmentation.shown)
    ]


def _shift(segmentation: Segmentation) -> dict[str, dict[str, float]]:
    """What segments hold beside what the rule gives them, where customers are pinned: by name, then by measure."""
    if not isinstance(segmentation, Pinned):
        return {}
    now, rule = (positions.held(one) for one in (segmentation, segmentation.rule))
    return {
        name: {measure: float(now[measure][at] - rule[measure][at]) for measure in now}
        for at, name in enumerate((*segmentation.names, UNKNOWN))
        if any(now[measure][at] != rule[measure][at] for measure in now)
    }


def _ghost(then: Segmentation, now: Segmentation, currency: str) -> dict[str, Any]:
    """What was remembered: what the segments held, where the cuts of each ordering stood, and how many are elsewhere now."""
    changed = moved(then, now)
    now_called = dict(zip(then.names, now.names, strict=True)) if by_place(then, now) else {}
    return {
        "segments": [{**one, "name": now_called.get(one["name"], one["name"])} for one in _segments(then)],
        "cuts": standing(then) if same_orderings(then, now) else [],
        "said": changed.sentence(currency),
        "measure": changed.column,
        "currency": currency,
    }


def _total(customers: Customers, measure: str) -> float:
    return len(customers) if measure == "customers" else customers.total(measure)
