"""What is shown and what is hidden: the sign of money, masked columns, the name of the file."""

from __future__ import annotations

from typing import Any

from segmentation.checks import Text, Texts, Unfit, setting
from segmentation.dataclass import dataclass

MOST = 5
MARKS = "[]()<>!`*_"  # of Markdown and HTML


@dataclass(frozen=True)
class Sign(Text):
    """The sign of a currency, without anything that could change how a text is shown."""

    def check(self, name: str, value: Any) -> str:
        sign = super().check(name, value)
        if len(sign) > MOST or set(sign) & set(MARKS):
            raise Unfit(f"{name} can be a sign of at most five letters.")
        return sign

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": MOST, "pattern": r"^[^\[\]()<>!`*_]*$"}


@dataclass
class Screen:
    currency: str = setting("", Sign(), "the sign shown with money")
    masked: list[str] = setting(list, Texts(), "headings whose values are not shown on screen")
    file: str = setting("", Text(), "name of the file the study was made on")
