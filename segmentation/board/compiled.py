"""A chart as the browser draws it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import altair as alt


def begin() -> None:
    """Let what makes charts begin, which takes as long as all else a page works out: while something is waited for."""
    import vl_convert

    vl_convert.vegalite_to_vega({"mark": "point", "data": {"values": []}})


def compiled(chart: alt.TopLevelMixin) -> dict[str, Any]:
    """A chart as Vega's JSON, without a description of each mark.

    The browser would put all of them together anew with each move of a line, for nobody: what a picture shows, and where a
    line stands, its card and the line say themselves.
    """
    import vl_convert  # half a second, for the first chart

    told = chart.to_dict(validate=False)
    made: dict[str, Any] = vl_convert.vegalite_to_vega({**told, "config": {**told.get("config", {}), "aria": False}})
    return made
