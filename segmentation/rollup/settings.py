"""Everything the roll-up takes beside the columns: one field a setting, with its default, its check and its words."""

from __future__ import annotations

from typing import Any, NamedTuple

from segmentation.checks import Day, Names, Number, OneOf, Text, Texts, Unfit, setting, settings_of
from segmentation.columns.currencies import check_rates
from segmentation.columns.statuses import WAYS
from segmentation.dataclass import dataclass
from segmentation.problems import Problem

SHAPES = {
    "transactions": "One row a sale",
    "customers": "One row a customer",
    "wide": "One row a customer, one column a month",
}


@dataclass(frozen=True)
class PerCurrency(Names):
    """Currency → what one of it counts, a number above 0."""

    def check(self, name: str, value: Any) -> dict[str, float]:
        return check_rates(value)

    @property
    def schema(self) -> dict[str, Any]:
        rate = {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1e12}
        return {"type": "object", "additionalProperties": rate}


def _choice(label: str, **ways: str) -> Any:
    """A setting people are asked for, of a few ways: name → words; the first is taken where nobody chose."""
    about = f"what is done with {label[0].lower()}{label[1:]}"
    return setting(next(iter(ways)), OneOf(ways), about, label=label)


@dataclass
class RollUpSettings:
    """How lines become customers: the keywords of `Customers.build`, and a part of every study."""

    as_of: str | None = setting(
        None, Day(), "look back from this day (2026-06-30); without one from the last day in the file", typed="DATE"
    )
    window: int | None = setting(
        None,
        Number(1, 1200, whole=True),
        "look back this many calendar months; without them to the first day",
        typed="MONTHS",
    )
    returns: str = _choice(
        "Returns (negative lines)",
        net="Take their money off; they are no purchase",
        keep="Count them as any other line",
        drop="Set them aside",
    )
    cancelled: str = _choice(
        "Cancelled orders and other rows that are no sale",
        aside="Set them aside, or count them as returns",
        keep="Count them as any other line",
    )
    counts: dict[str, str] = setting(
        dict,
        Names(OneOf(WAYS)),
        "what rows are by a word in their status or kind, as “In transit=aside”, “Credit Memo=return” or “Unpaid=sale”, where it "
        "differs from what is recognised",
        typed="WORD=WAY",
    )
    prices: str = _choice(
        "Prices beside quantities",
        told="As the values say, else of one unit",
        unit="Each is that of one unit: revenue is quantity × price",
        line="Each is that of the whole line: it is the revenue",
    )
    amounts: str = _choice(
        "Amounts on the lines of one order",
        told="As the values say, else of the line",
        line="Each is that of its line",
        order="Each is that of the whole order: it counts once",
    )
    blanks: str = _choice(
        "Lines without a customer (guest sales)", aside="Set them aside", one="Keep them as one customer"
    )
    parents: str = _choice(
        "Cells left blank below the first line of an order or of a customer",
        fill="Fill them in from the line they belong to",
        down="Fill them in, and take the customer of the line above wherever there is none",
        keep="Leave them blank",
    )
    spelling: str = _choice(
        "Customers written in several ways (00123 and 123, an e-mail in capitals)",
        one="Count each as one customer",
        apart="Keep each spelling apart",
    )
    duplicates: str = _choice("Lines that repeat another", keep="Keep them all", drop="Count each only once")
    zeros: str = _choice("Lines with an amount of 0 or none", keep="Keep them", drop="Set them aside")
    without_orders: list[str] = setting(list, Texts(), "numbers of orders that are left out", typed="ORDER")
    same: dict[str, str] = setting(
        dict, Names(Text()), "customer numbers, each with the number it is counted under", typed="NUMBER=NUMBER"
    )
    rates: dict[str, float] = setting(
        dict,
        PerCurrency(Number(0, 1e12)),
        "EUR=1 USD=0.92: what one of it counts, for amounts in several currencies; without rates only the currency of "
        "most rows is used",
        typed="CURRENCY=RATE",
    )
    margin: float | None = setting(
        None, Number(-1, 1), "assumed profit as a share of revenue, where the file has neither cost nor profit"
    )
    shape: str | None = setting(None, OneOf(SHAPES), "what a row is, where it is not left to us")

    def roll_up_settings(self) -> dict[str, Any]:
        """These settings alone, by name: what `Customers.build` takes beside the columns."""
        return {name: getattr(self, name) for name in settings_of(RollUpSettings)}


class Asked(NamedTuple):
    """What a choice is about, and its ways: name → words."""

    what: str
    ways: dict[str, str]


def choices(section: Any) -> dict[str, Asked]:
    """The settings of a dataclass that are a choice of a few ways, by name; any other is drawn by hand."""
    return {
        name: Asked(one.label, dict(one.check.ways))
        for name, one in settings_of(section).items()
        if one.label and isinstance(one.check, OneOf)
    }


CHOICES = choices(RollUpSettings)


def check(name: str, value: Any) -> Any:
    """The value of the setting of this name, as it is kept. Problem for one that it cannot have."""
    one = settings_of(RollUpSettings)[name]
    try:
        return one.checked(name, value)
    except Unfit as unfit:
        raise Problem(f"{one.label}: {unfit}" if one.label else str(unfit)) from None


def settled(**given: Any) -> RollUpSettings:
    """The settings given over the defaults, each as its check keeps it. Problem for one that cannot be used."""
    settings = RollUpSettings(**given)
    if settings.shape not in (None, *SHAPES):
        raise Problem(f"There is no shape “{settings.shape}”: choose from {', '.join(SHAPES)}.")
    return RollUpSettings(**{name: check(name, value) for name, value in vars(settings).items()})
