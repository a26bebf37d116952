"""Whom we write to: which tools get a list, whether with personal data, and how the control group is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from segmentation import tools
from segmentation.checks import Number, Unfit, closed, setting
from segmentation.dataclass import dataclass

if TYPE_CHECKING:
    from segmentation.analysis.action.recipients import Plan

NUMBERS = {
    "rate": Number(0.0001, 0.9),
    "better": Number(0.0001, 0.99),
    "power": Number(0.5, 0.99),
    "seed": Number(0, 10**15, whole=True),
    "contact": Number(0, 1e9),
}
TRUTHS = ("personal", "control", "entered", "excel")
LISTS = ("tools", "segments", "columns")


@dataclass(frozen=True)
class Sending:
    """Settings of a campaign as plain data, where they differ from the usual ones."""

    def check(self, name: str, value: Any) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise Unfit(f"{name} must be a set of names and values.")
        for part, held in value.items():
            self._part(name, part, held)
        return dict(value)

    def _part(self, name: str, part: Any, held: Any) -> None:
        if part in NUMBERS:
            NUMBERS[part].check(f"{part} of {name}", held)
        elif part in TRUTHS:
            if not isinstance(held, bool):
                raise Unfit(f"{part} of {name} must be true or false.")
        elif part in LISTS:
            if not isinstance(held, list) or not all(isinstance(one, str) for one in held):
                raise Unfit(f"{part} of {name} must be a list of texts.")
            if part == "tools" and (strange := [one for one in held if one not in tools.TOOLS]):
                raise Unfit(f"{name} has the tool {strange[0]}; there are {', '.join(tools.TOOLS)}.")
        elif part == "calling":
            if not isinstance(held, str) or not (held == "" or (held.isascii() and held.isdigit() and len(held) < 5)):
                raise Unfit(f"calling of {name} must be the digits of a country's code, as 49.")
        else:
            raise Unfit(f"{name} has {part}; it can have {', '.join((*NUMBERS, *TRUTHS, *LISTS, 'calling'))}.")

    @property
    def schema(self) -> dict[str, Any]:
        texts = {"type": "array", "items": {"type": "string"}}
        return closed(
            {name: one.schema for name, one in NUMBERS.items()}
            | {name: {"type": "boolean"} for name in TRUTHS}
            | {"tools": {"type": "array", "items": {"enum": list(tools.TOOLS)}}, "segments": texts, "columns": texts}
            | {"calling": {"type": "string", "pattern": "^[0-9]{0,4}$"}}
        )


@dataclass
class Campaign:
    campaign: dict[str, Any] = setting(
        dict,
        Sending(),
        "the campaign: tools that get a list, segments (none: all), columns to go along, personal data, control group, cost of a contact",
        label="Campaign",
    )

    def plan(self) -> Plan:
        """How the control group is drawn, and of which segments."""
        from segmentation.analysis.action.power import Test  # whom to write to is asked on one page
        from segmentation.analysis.action.recipients import Plan

        held, usual = self.campaign, Test()
        test = Test(*(held.get(part, getattr(usual, part)) for part in ("rate", "better", "power")))
        segments = tuple(held.get("segments", ()))
        return Plan(
            segments,
            held.get("entered", False),
            held.get("control", True),
            test,
            held.get("seed", 1),
            held.get("calling", ""),
        )

    def rename(self, method: str, names: Mapping[str, str]) -> Mapping[str, str]:
        """See `Methods.rename`: whom of the chosen method we write to stays."""
        names = super().rename(method, names)  # type: ignore[misc]
        if method == self.method and "segments" in self.campaign:  # type: ignore[attr-defined]
            self.campaign = {**self.campaign, "segments": [names.get(one, one) for one in self.campaign["segments"]]}
        return names

    def send(self, **changed: Any) -> None:
        """Change settings of the campaign; None is back to the usual. Problem, and nothing changed, where that cannot be."""
        held = {**self.campaign, **changed}
        self.campaign = Sending().check("campaign", {name: one for name, one in held.items() if one is not None})
