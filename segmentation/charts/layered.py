"""Layers drawn over each other, at a fraction of what Altair takes to put together charts that know nothing of each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt


class Layered(alt.LayerChart):
    """Layers over one table, as they are.

    What all of them share is said once, here: data, height, view and params. So none of them is gone through for what
    it may have in common with another, which copies every layer four times, whenever the chart is made and written.
    """

    def __init__(self, data: Any = alt.Undefined, layer: Sequence[Any] = (), **whole: Any) -> None:
        alt.TopLevelLayerSpec.__init__(self, data=data, layer=list(layer), **whole)


def layered(*layers: alt.Chart | alt.LayerChart, params: Mapping[str, Any], **whole: Any) -> Layered:
    """Layers with parameters, by name and value, and what the whole is."""
    held = [alt.param(name=name, value=value).param for name, value in params.items()]
    return Layered(layer=layers, params=held, **whole)
