"""What a table's columns were taken as, how sure that is and why: what every verb of the shell says."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import asdict

from segmentation.columns.match import Match, match, roles
from segmentation.columns.roles import ROLES
from segmentation.dataclass import dataclass
from segmentation.table import Table

SURE, CHOSEN, JOINED, OFFERED = "sure", "chosen", "joined", "offered"
BY = {SURE: "by heading and values", CHOSEN: "as you chose", JOINED: "as the joined tables have it"}


@dataclass(frozen=True)
class Taken:
    """A column and what it was taken as, or is only offered as; `how` is one of SURE, CHOSEN, JOINED, OFFERED."""

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
            said.append(_known(role, heading, one, role in told))
        elif one and one.heading not in here.values() and role not in (chosen or {}):
            said.append(Taken(role, one.heading, OFFERED, one.why))
    return said


def _known(role: str, heading: str, found: Match | None, chosen: bool) -> Taken:
    """What a role was taken as: chosen, matched, or as it was in one of the tables that were joined."""
    if chosen:
        return Taken(role, heading, CHOSEN, "You chose it.")
    if found and found.heading == heading:
        return Taken(role, heading, SURE, found.why)
    return Taken(role, heading, JOINED, "The tables that were joined have it so.")


def in_short(said: list[Taken]) -> list[str]:
    """The same in few lines: who the customer is and why, then the rest together, then what was only offered."""
    short = [one.sentence for one in said if one.role == "customer" or one.how == OFFERED]
    for how, by in BY.items():
        rest = [f"{one.role} = “{one.heading}”" for one in said if one.how == how and one.role != "customer"]
        if rest:
            short.insert(sum(one.startswith("Taken") for one in short), f"Taken {by}: {', '.join(rest)}.")
    return short
