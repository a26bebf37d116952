"""What a table's columns were taken as, how sure that is and why: what every verb of the shell says."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from segmentation.columns.match import match, roles
from segmentation.columns.roles import ROLES
from segmentation.table import Table

SURE, CHOSEN, OFFERED = "sure", "chosen", "offered"


@dataclass(frozen=True)
class Taken:
    """A column and what it was taken as, or is only offered as; `how` is one of SURE, CHOSEN, OFFERED."""

    role: str
    heading: str
    how: str
    why: str

    @property
    def sentence(self) -> str:
        """What was taken, how sure and why; with the option that takes what is offered."""
        if self.how == OFFERED:
            typed = shlex.quote(f"{self.role}={self.heading}")
            return f"Not taken as {self.role}: “{self.heading}”. {self.why} To take it: --columns {typed}"
        return f"Taken as {self.role} ({self.how}): “{self.heading}”. {self.why}"

    def to_dict(self) -> dict[str, str]:
        return asdict(self)


def taken(table: Table, chosen: Mapping[str, str] | None = None) -> list[Taken]:
    """What is taken and what is only offered, in the order of ROLES."""
    told = {role: heading for role, heading in (chosen or {}).items() if heading}
    here, found = roles(table, dict(chosen or {})), {one.role: one for one in match(table)}
    said = []
    for role in ROLES:
        one = found.get(role)
        if heading := here.get(role):
            matched = one and one.heading == heading and role not in told
            by = "You chose it." if role in told else "The tables that were joined have it so."
            said.append(Taken(role, heading, SURE if matched else CHOSEN, one.why if one and matched else by))
        elif one and one.heading not in here.values() and role not in (chosen or {}):
            said.append(Taken(role, one.heading, OFFERED, one.why))
    return said


def in_short(said: list[Taken]) -> list[str]:
    """The same in few lines: who the customer is and why, then the rest together, then what was only offered."""
    short = [one.sentence for one in said if one.role == "customer" or one.how == OFFERED]
    for how in (SURE, CHOSEN):
        rest = [f"{one.role} = “{one.heading}”" for one in said if one.how == how and one.role != "customer"]
        by = "by heading and values" if how == SURE else "as you chose"
        if rest:
            short.insert(sum(one.startswith("Taken") for one in short), f"Taken {by}: {', '.join(rest)}.")
    return short
