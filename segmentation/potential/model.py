"""How a model of potential says what it needs: as a method does, its signature is its declaration.

    @model("Trend", needs=[("profit", "revenue")])
    def trend(
        customers: Customers,
        damping: Annotated[float, Slider("How much of the growth is believed", 0, 1, 0.05)] = 0.5,
    ) -> Potential:

The page draws the settings, the shell parses them, the tests move them; a notebook calls it with plain keywords.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from segmentation.customers.outlook import Potential
from segmentation.dataclass import dataclass
from segmentation.segments.declaration import Declaration, declared


@dataclass(frozen=True)
class Model(Declaration[Potential]):
    """A way to say what each customer could bring, with its settings."""

    prefix: ClassVar[str] = "The model "


def model(title: str, *, needs: Sequence[str | tuple[str, ...]] = ()) -> Callable[[Callable[..., Potential]], Model]:
    """Make a function of customers and settings a Model, reading its signature."""

    def declare(run: Callable[..., Potential]) -> Model:
        return Model(run.__name__, title, tuple(needs), run, *declared(run))

    return declare
