"""How customers spread along what is cut: bars, coloured by the band they stand in, and a line at each cut."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import altair as alt
import pandas as pd

from segmentation.analysis.thresholds.axes import Spread
from segmentation.charts.layered import layered
from segmentation.charts.scales import PERCENT, SHORT, round_ticks, slots
from segmentation.customers.outlook import MONTH

CUSTOMERS = "Customers"  # of whom there are no parts
TICKS = 9
LIGHTER = 0.7  # than the first of several parts the last is
OTHER = "7"  # the grey slot
MONTHS = f"round(datum.value / {MONTH})"


def distribution(
    bars: pd.DataFrame,
    cuts: Sequence[float],
    colours: Sequence[str],
    *,
    title: str,
    scale: Literal["linear", "log", "symlog"] = "linear",
    unit: float = 1.0,
    percent: bool = False,
    months: Sequence[float] = (),
    up: str = CUSTOMERS,
    height: int = 230,
    plain: bool = False,
    called: str = "",
) -> alt.LayerChart:
    """The customers between round values of a column, cut into bands.

    bars     x, x2 (the value a bar begins and ends at), customers; where bars are stacked also below (customers under this
             piece) and other (which piece it is, from 0, the same at every x), or part (its name: told by its shade)
    cuts     ascending: the lower end of the axis, every cut, and the upper end. In the browser this is a parameter, as
             `colours` is: the chart follows the hand by them alone
    colours  palette slots, one a band; of stacked bars one a band and piece, the pieces of a band together
    months   days that many months are at: 1, 2, 3 …; the axis is told in months then
    percent  whether the column holds shares
    up       what the height of a bar is
    plain    all bars have the colour of the first band, and none is cut where bands meet
    called   what the names of the parameters end in, where several stand in one picture
    """
    ends = [float(bars["x"].min()), float(bars["x2"].max())]
    whole = bool((bars["x"] % 1 == 0).all())
    constant = unit if scale == "symlog" else alt.Undefined
    x = alt.X(
        "low:Q",
        title=title,
        scale=alt.Scale(type=scale, domain=ends, nice=False, clamp=True, constant=constant),
        axis=alt.Axis(
            labelExpr=MONTHS if months else PERCENT if percent else SHORT,
            labelOverlap=True,
            labelSeparation=6,
            grid=False,
            tickSize=10,
            **({"values": some(months), "tickCount": 8} if months else round_ticks(scale, unit, ends, 8, whole=whole)),
        ),
    )
    at, slot = f"cuts{called}", f"slots{called}"
    stacked = int(bars["other"].max()) + 1 if "other" in bars else 1
    pieces = (
        alt.Chart(bars)
        .transform_calculate(band="[0]" if plain else f"sequence(0, length({at}) - 1)")
        .transform_flatten(["band"])
        .transform_calculate(
            low="datum.x" if plain else f"max(datum.x, {at}[datum.band])",
            high="datum.x2" if plain else f"min(datum.x2, {at}[datum.band + 1])",
            colour=f"{slot}[datum.band * {stacked} + (datum.other || 0)]",
            top="(datum.below || 0) + datum.customers",
            bottom="datum.below || 0",
        )
        .transform_filter("datum.low < datum.high")
        .mark_rect(stroke=None)
        .encode(
            x=x,
            x2=alt.X2("high:Q"),
            y=alt.Y("top:Q", title=up, axis=alt.Axis(tickCount=4, tickMinStep=1 if up == CUSTOMERS else alt.Undefined)),
            y2=alt.Y2("bottom:Q"),
            color=slots(),
            **_shades(bars),
        )
    )
    rules = (
        alt.Chart(alt.Data(values=[{}]))
        .transform_calculate(low=f"slice({at}, 1, length({at}) - 1)")
        .transform_flatten(["low"])
        .mark_rule(color="currentColor", strokeWidth=1.5)
        .encode(x=alt.X("low:Q"))
    )
    params, view = {at: list(cuts), slot: list(colours)}, alt.ViewBackground(strokeOpacity=0)
    return layered(pieces, rules, params=params, height=height, width=400, view=view)


def _shades(bars: pd.DataFrame) -> dict[str, alt.Opacity]:
    """Parts of bars by their shade, the first the darkest."""
    if "part" not in bars:
        return {}
    names = [*dict.fromkeys(bars["part"])]
    shades = [1 - LIGHTER * at / max(len(names) - 1, 1) for at in range(len(names))]
    return {"opacity": alt.Opacity("part:N", scale=alt.Scale(domain=names, range=shades), legend=None)}


def spread(
    found: Spread, cuts: Sequence[float] = (), colours: Sequence[str] = (OTHER,), **looks: Any
) -> alt.LayerChart:
    """The distribution of an ordering; cuts: ascending, those between both ends. looks: see `distribution`."""
    low, high = found.ends
    return distribution(
        found.pieces,
        [low, *(min(max(cut, low), high) for cut in cuts), high],
        colours,
        title=found.title,
        scale=found.grid.scale,
        unit=found.grid.unit,
        percent=found.percent,
        months=found.months,
        **looks,
    )


def score(
    bars: pd.DataFrame, cuts: Sequence[float] = (), colours: Sequence[str] = (OTHER,), **looks: Any
) -> alt.LayerChart:
    """What the parts of a score bring to it, along the customers (see `scored.parts`); cuts: shares of them, ascending."""
    title = "Share of customers, the highest scores at the right"
    return distribution(bars, [0.0, *cuts, 1.0], colours, title=title, up="Mean score", percent=True, **looks)


def some(months: Sequence[float]) -> list[float]:
    """Of so many months those that are told on the axis: every one, third, sixth or twelfth."""
    every = next((step for step in (1, 3, 6) if len(months) // step <= TICKS), 12)
    return [0.0, *months[every - 1 :: every]]
