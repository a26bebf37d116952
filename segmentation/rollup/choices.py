"""What can be done with lines that are no plain sale: each choice and its ways, in the words people are asked with."""

from __future__ import annotations

from typing import NamedTuple

from segmentation.problems import Problem


class Asked(NamedTuple):
    """What a choice is about, and its ways: name → words; the first is taken where nobody chose."""

    what: str
    ways: dict[str, str]


CHOICES = {
    "returns": Asked(
        "Returns (negative lines)",
        {
            "net": "Take their money off; they are no purchase",
            "keep": "Count them as any other line",
            "drop": "Set them aside",
        },
    ),
    "cancelled": Asked(
        "Cancelled orders",
        {"aside": "Set them aside, or count them as returns", "keep": "Count them as any other line"},
    ),
    "blanks": Asked(
        "Lines without a customer (guest sales)", {"aside": "Set them aside", "one": "Keep them as one customer"}
    ),
    "duplicates": Asked("Lines that repeat another", {"keep": "Keep them all", "drop": "Count each only once"}),
    "zeros": Asked("Lines with an amount of 0 or none", {"keep": "Keep them", "drop": "Set them aside"}),
}


def check(name: str, way: str) -> None:
    """Raise Problem for a way that the choice of this name does not have."""
    what, ways = CHOICES[name]
    if way not in ways:
        raise Problem(f"{what}: {name} is “{way}”; it can be {', '.join(ways)}.")
