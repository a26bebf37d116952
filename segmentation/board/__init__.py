"""Pictures of our own, drawn in the browser and moved there by hand: a board of cards, each a picture with its words.

The board is one piece, since each piece of a page costs the browser time at every answer; a page shows it, and so does a
report that is opened without one. A picture is the folder of its name: <name>.py says what is sent, <name>.js how it is
drawn, <name>.css (if any) how it looks: there, a class is one of this picture alone, & its card, and what all share
stands in board.css.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from segmentation import formats
from segmentation.analysis.thresholds import positions
from segmentation.analysis.thresholds.before import moved
from segmentation.analysis.thresholds.places import same_orderings, standing
from segmentation.analysis.thresholds.sensitivity import by_place
from segmentation.customers.customers import Customers
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
    shared = (
        "drawing.js",
        "spans.js",
        "before.js",
        "vega.js",
        "sliders.js",
        "lines.js",
        "spread.js",
        "crossing.js",
        "board.js",
    )
    files = [*shared, *(f"{name}/{name}.js" for name in PICTURES)]
    modules = json.dumps({file: _text(file) for file in files})
    return f"const MODULES = {modules}\nconst PICTURES = {json.dumps(PICTURES)}\n{_text('served.js')}"


def card(
    picture: str, title: str, hint: str, data: Mapping[str, Any] | None, alt: str = "", said: Sequence[str] = ()
) -> dict[str, Any]:
    """A card: one of PICTURES with what it draws (None: there is nothing to draw), its title, and what is said below.

    data   what is the same from one answer to the next stands in it as JSON under "still": to write numbers anew at
           every answer would cost as much as all the rest
    said   a sentence, or its beginning, which is emphasised, and the rest; as plain text
    """
    return {"name": picture, "title": title, "hint": hint, "data": data, "alt": alt, "said": ["", "", *said][-2:]}


def own(
    method: Method, values: Mapping[str, Any], made: Segmentation, currency: str, opened: int | None = None
) -> dict[str, Any] | None:
    """The picture a method opens on, with what it cuts by as lines: the first of PICTURES that has a card for it.

    opened   the row that somebody opened, for a picture that shows one of many ("OPENS")
    Such a picture has `FIRST`, by which it is asked in turn, and `own` with these arguments. It tells "moved" for a line
    that was let go (its number among `lines_of`, and its value), and "cut" for another threshold. None: no picture.
    """
    asked = sorted((one for one in map(module, PICTURES) if hasattr(one, "own")), key=lambda one: one.FIRST)
    looks = [{"opened": opened} if hasattr(one, "OPENS") else {} for one in asked]
    drawn = (one.own(method, values, made, currency, **look) for one, look in zip(asked, looks, strict=True))
    return next((found for found in drawn if found), None)


def module(name: str) -> Any:
    return import_module(f"{__name__}.{name}.{name}")


def data_of(
    columns: Sequence[Sequence[dict[str, Any]]],
    of: Segmentation,
    *,
    method: str = "",
    answer: str = "",
    above: Sequence[tuple[str, str]] = (),
    below: Sequence[dict[str, Any]] = (),
    framed: bool = True,
    then: Segmentation | None = None,
    currency: str = "",
    remembers: bool = False,
) -> dict[str, Any]:
    """What a board of cards is sent, in columns side by side, below each other where there is no room.

    of        the segmentation the pictures show; method: what whatever is told is told of, as "method" in it
    answer    a sentence at the top, of which what stands between two pairs of stars is emphasised
    above     what a number is, and the number as text
    below     cards under all columns, as wide as the board
    framed    whether each card has a frame of its own
    then      the segmentation as it was remembered, which is drawn thin beside the present one
    remembers whether it is offered to remember the present one
    """
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
        "remembers": remembers,
        "ghost": _ghost(then, of, currency) if then else None,
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
    changed, places = moved(then, now), by_place(then, now)
    now_called = dict(zip(then.names, now.names, strict=True)) if places else {}
    return {
        "by_place": places,
        "segments": [{**one, "name": now_called.get(one["name"], one["name"])} for one in _segments(then)],
        "cuts": standing(then) if same_orderings(then, now) else [],
        "said": changed.sentence(currency),
        "measure": changed.column,
        "currency": currency,
    }


def _total(customers: Customers, measure: str) -> float:
    return len(customers) if measure == "customers" else customers.total(measure)
