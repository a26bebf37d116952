"""What a well-known program exports: the headings by which its file is known, and what they mean."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from functools import lru_cache
from typing import Literal

from segmentation.dataclass import dataclass

OR = "|"


@lru_cache(20_000)
def plain(heading: str) -> str:
    """What two spellings of one heading have in common: its letters and digits, whatever their case and accents."""
    folded = unicodedata.normalize("NFKD", heading.casefold())
    return "".join(letter for letter in folded if letter.isalnum())


@dataclass(frozen=True)
class Export:
    """The file of one program; its headings are told apart in any order, case and spelling, and others may stand beside.

    title      with its article: “a Shopify order export”
    known_by   all of these headings it has; “this|that” is either
    roles      role → its headings, the best first, as “this|that”; "" where it has no such role, whatever seems to be one
    per_order  headings of amounts that are those of a whole order, though they may stand on each of its lines
    words      word of a status or a kind → its group in `columns/statuses.py`, where the general words say otherwise
    pays_back  heading of the order that a row below 0 pays back, where money that goes out is told so
    shape      what a row is: a sale (or a line of one), or a customer
    """

    title: str
    known_by: tuple[str, ...]
    roles: Mapping[str, str]
    per_order: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    pays_back: str = ""
    shape: Literal["transactions", "customers"] = "transactions"

    def knows(self, headings: Iterable[str]) -> bool:
        """Whether a file with these headings is such an export."""
        there = {*map(plain, headings)}
        return all(any(plain(one) in there for one in either.split(OR)) for either in self.known_by)

    def headings(self, role: str, names: Iterable[str]) -> Iterator[str]:
        """The columns among `names` that may be a role, the best first."""
        return self.columns(self.roles[role], names)

    def columns(self, said: str, names: Iterable[str]) -> Iterator[str]:
        """The columns among `names` that are called “this|that”."""
        there = {plain(name): name for name in reversed([*names])}  # of two of one name the first
        found = (there.get(plain(one)) for one in said.split(OR) if one)
        return (name for name in found if name)

    @property
    def without(self) -> set[str]:
        """The roles that no column has."""
        life = {"date", "order", "entry", "side"} if self.shape == "customers" else set()
        return (life - self.roles.keys()) | {role for role, headings in self.roles.items() if not headings}

    def is_per_order(self, heading: str) -> bool:
        return plain(heading) in map(plain, self.per_order)

    def group(self, word: str) -> str:
        """The group of a status or kind that means something of its own here; "" for any other."""
        return self._groups.get(plain(word), "")

    @property
    def _groups(self) -> dict[str, str]:
        return {plain(word): group for word, group in self.words.items()}
