"""After the campaign: those written to beside the control group, per segment, in shares and in money, with how sure it is."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import NormalDist
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from segmentation import formats
from segmentation.analysis.action.recipients import CONTROL, WRITTEN, Action, columns, contact
from segmentation.columns.words import is_no, key
from segmentation.dataclass import dataclass
from segmentation.problems import Problem
from segmentation.table import Table

SURE = 0.95  # of the intervals
EVERYBODY = 0.9  # share of the customers from which on a file lists all of them: a few may have come since
NORMAL = NormalDist()  # of the standard library: SciPy takes half a second to import
WHO = ("customer", "customerid", "customernumber", "extid", "uid", "email", "emailaddress")
ANSWER = (
    "responded",
    "response",
    "answered",
    "converted",
    "conversion",
    "bought",
    "purchased",
    "clicked",
    "ordered",
    "answer",
)
MONEY = (
    "profit",
    "gewinn",
    "прибыль",
    "revenue",
    "amount",
    "sales",
    "turnover",
    "value",
    "total",
    "umsatz",
    "выручка",
    "сумма",
)


@dataclass(frozen=True)
class Answers:
    """What came back, in the order of the customers: responded (bool), money (float64, what each brought; None without), and
    how many rows of the file are of nobody here."""

    responded: np.ndarray
    money: np.ndarray | None
    strangers: int


@dataclass(frozen=True)
class Groups:
    """Who was written to and who was kept as control (bool), and in which segment each was then: codes of names, −1 for none."""

    names: tuple[str, ...]
    codes: np.ndarray
    written: np.ndarray
    control: np.ndarray


def groups_of(made: Action, table: Table | None = None, who: str = "", found: Answers | None = None) -> Groups:
    """The groups as planned; or, where the file has the columns Segment and Group of the list taken away, as they were then.

    A file in which everybody answered lists the answers alone: its groups would be of nobody else.
    """
    segmentation = made.segmentation
    planned = Groups(
        tuple(map(str, segmentation.shown)), segmentation.codes.astype(np.int64), made.written, made.control
    )
    names = {key(name): name for name in reversed(table.data.column_names)} if table else {}
    if table is None or not {"segment", "group"} <= names.keys():
        return planned
    then = _as_listed(made, table, who, names["segment"], names["group"])
    listed = then.written | then.control
    return planned if found is not None and found.responded[listed].all() else then


def _as_listed(made: Action, table: Table, who: str, segment: str, group: str) -> Groups:
    """The groups by the columns of the file."""
    ids, segments, groups = (_texts(table, name).fillna("") for name in (who, segment, group))
    rows = _rows(made, ids)
    there, segments = rows >= 0, segments.str.removeprefix("'")
    order = {str(name): at for at, name in enumerate(made.segmentation.shown)}
    shown = tuple(sorted({*segments[there]} - {""}, key=lambda one: (order.get(one, len(order)), one)))
    codes = np.full(len(made.asked), -1)
    codes[rows[there]] = pd.Index(shown).get_indexer(segments[there])
    word = groups.str.casefold().to_numpy()
    written, control = (np.zeros(len(codes), bool) for _ in range(2))
    written[rows[there & (word == WRITTEN)]] = control[rows[there & (word == CONTROL)]] = True
    return Groups(shown, codes, written, control)


def guessed(made: Action, table: Table) -> tuple[str | None, str | None, str | None]:
    """The columns that say who, whether they answered, and what they brought: None for what is not there.

    Of several that could say who it is the one in which most rows are of a customer.
    """
    names = {key(name): name for name in reversed(table.data.column_names)}

    def first(words: Sequence[str]) -> str | None:
        return next((names[word] for word in words if word in names), None)

    who = [names[word] for word in WHO if word in names]
    if len(who) > 1:
        who.sort(key=lambda name: -(_rows(made, _texts(table, name)) >= 0).sum())
    return next(iter(who), None), first(ANSWER), first(MONEY)


def answers(made: Action, table: Table, who: str, answer: str | None, money: str | None) -> Answers:
    """Who answered, and what they brought, by columns of a file that came back.

    who      customer numbers, or e-mails; several rows of one customer are added up
    answer   yes or no, a number (above 0 is yes) or a date; None: whoever has a row, with more than 0 where money is said
    Who has no row has not answered, and brought nothing. Problem where nobody in the file is a customer, and for the list of
    everybody as it was taken away: by it all would have answered.
    """
    rows = _rows(made, _texts(table, who))
    known = rows >= 0
    if not known.any():
        raise Problem(f"Nobody in {table.name} is a customer here: “{who}” should hold customer numbers or e-mails.")
    size = len(made.asked)
    brought = None
    if money:
        amounts = np.nan_to_num(_numbers(table, money))
        brought = np.bincount(rows[known], np.rint(amounts[known] * 100), size) / 100
    said = _yes(table.data[answer]) if answer else np.ones(len(rows), bool)
    responded = np.bincount(rows[known & said], minlength=size) > 0
    if not answer and brought is not None:
        responded &= brought > 0
    if not answer and brought is None and {"segment", "group"} <= {*map(key, table.data.column_names)}:
        _some_answered(table, responded)
    return Answers(responded, brought, int((~known).sum()))


def _some_answered(table: Table, responded: np.ndarray) -> None:
    """Problem for a list that names nearly all customers and says of nobody whether they answered."""
    if responded.mean() > EVERYBODY:
        raise Problem(
            f"{table.name} lists everybody and does not say who responded: add a column with yes or no, or with what each "
            "customer brought, or bring only the rows of those who responded."
        )


def _texts(table: Table, name: str) -> pd.Series:
    return table.data[name].cast(pa.string()).to_pandas()


def _rows(made: Action, ids: pd.Series) -> np.ndarray:
    """The customer's row of each, by number or else by e-mail; −1 where there is none."""
    customers = made.segmentation.customers
    text = ids.fillna("").str.strip().str.removeprefix("'")
    rows = customers.frame.index.get_indexer(text)
    if (rows >= 0).any() or "email" not in columns(customers):
        return rows
    held = pd.Series(contact(customers, "email").to_pandas()).drop_duplicates()
    first = pd.Index(held.dropna())
    places = first.get_indexer(text.str.lower())
    return np.where(places >= 0, held.dropna().index.to_numpy()[places], -1)


def _numbers(table: Table, name: str) -> np.ndarray:
    try:
        return np.asarray(table.data[name].cast(pa.float64()).to_numpy(zero_copy_only=False), np.float64)
    except pa.ArrowInvalid:
        raise Problem(f"“{name}” of {table.name} holds words, no amounts: choose another column.") from None


def _yes(column: pa.ChunkedArray) -> np.ndarray:
    """Whether a cell says yes: a number above zero, a date, a word that does not mean no."""
    if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
        return np.nan_to_num(np.asarray(column.to_numpy(zero_copy_only=False), np.float64)) > 0
    if pa.types.is_date(column.type):
        return column.is_valid().to_numpy(zero_copy_only=False)
    coded = column.cast(pa.string()).dictionary_encode().unify_dictionaries().combine_chunks()
    words = [bool(word.strip()) and not is_no(word) for word in coded.dictionary.to_pylist()]
    places = coded.indices.fill_null(len(words)).to_numpy(zero_copy_only=False)
    return np.array([*words, False], bool)[places]


def wilson(yes: float, of: float) -> tuple[float, float]:
    """The interval of a share by Wilson's score."""
    z = NORMAL.inv_cdf((1 + SURE) / 2)
    middle, spread = (yes + z**2 / 2) / (of + z**2), z / (of + z**2) * np.sqrt(yes * (1 - yes / of) + z**2 / 4)
    return float(middle - spread), float(middle + spread)


def difference(yes: float, of: float, yes_other: float, of_other: float) -> tuple[float, float, float]:
    """The difference of two shares and its interval (Newcombe 1998, method 10): 56 of 70 against 48 of 80 is .2 (.052 to .334)."""
    one, other = yes / of, yes_other / of_other
    (low, high), (low_other, high_other) = wilson(yes, of), wilson(yes_other, of_other)
    apart = one - other
    below = np.hypot(one - low, high_other - other)
    above = np.hypot(high - one, other - low_other)
    return apart, float(apart - below), float(apart + above)


def effect(groups: Groups, found: Answers, contact_cost: float = 0.0, worth: float = 0.0) -> pd.DataFrame:
    """One row a segment written to, and “All together” last.

    Columns: segment; treated and control (customers); rate and control_rate (share who answered); more, more_low and
    more_high (their difference with its interval); money, money_low and money_high: what the campaign brought beside what
    it cost, for those written to. NaN where a group is empty.

    contact_cost   of one customer written to; worth: what an answer is worth where the file says no amounts (money)
    Of all together segments are weighed by how many were written to, so that it counts how they would have bought.
    """
    rows = []
    for at, name in enumerate(groups.names):
        written, control = (group & (groups.codes == at) for group in (groups.written, groups.control))
        if written.any() or control.any():
            rows.append({"segment": name, **_of(found, written, control, contact_cost, worth)})
    frame = pd.DataFrame(rows, columns=["segment", *COLUMNS])
    if len(rows) > 1:
        frame = pd.concat([frame, pd.DataFrame([_together(frame)])], ignore_index=True)
    return frame


COLUMNS = (
    "treated",
    "control",
    "rate",
    "control_rate",
    "more",
    "more_low",
    "more_high",
    "money",
    "money_low",
    "money_high",
)
ENDS = ("_low", "_high")
TOGETHER = "All together"


def _of(found: Answers, written: np.ndarray, control: np.ndarray, cost: float, worth: float) -> dict[str, float]:
    counts = [int(group.sum()) for group in (written, control)]
    yes = [int(found.responded[group].sum()) for group in (written, control)]
    rates = [one / of if of else np.nan for one, of in zip(yes, counts, strict=True)]
    nothing = dict.fromkeys(COLUMNS[4:], np.nan)
    held = {"treated": counts[0], "control": counts[1], "rate": rates[0], "control_rate": rates[1], **nothing}
    if not all(counts):
        return held
    held |= dict(zip(COLUMNS[4:7], difference(yes[0], counts[0], yes[1], counts[1]), strict=True))
    if found.money is None:  # money follows from the shares, and is as sure as they are
        low, gain, high = sorted(counts[0] * (held[name] * worth - cost) for name in ("more_low", "more", "more_high"))
        return held | {"money": gain, "money_low": low, "money_high": high}
    parts = [found.money[group] for group in (written, control)]
    gain = counts[0] * float(parts[0].mean() - parts[1].mean() - cost)
    spread = NORMAL.inv_cdf((1 + SURE) / 2) * counts[0] * np.sqrt(_variance(*parts) * sum(1 / one for one in counts))
    return held | {"money": gain, "money_low": gain - float(spread), "money_high": gain + float(spread)}


def _variance(*parts: np.ndarray) -> float:
    """The variance of what customers bring, within both groups together: a few of whom none bought show none of their own."""
    left = sum(len(part) for part in parts) - len(parts)
    return float(sum(((part - part.mean()) ** 2).sum() for part in parts)) / left if left > 0 else np.nan


def _together(frame: pd.DataFrame) -> dict[str, float | str]:
    """All segments that have both groups, weighed by those written to."""
    both = frame[frame["more"].notna()]
    held: dict[str, float | str] = {
        "segment": TOGETHER,
        "treated": frame["treated"].sum(),
        "control": frame["control"].sum(),
    }
    if not len(both):
        return held | dict.fromkeys(COLUMNS[2:], np.nan)
    weight = both["treated"] / both["treated"].sum()
    held |= {name: float((weight * both[name]).sum()) for name in ("rate", "control_rate")}
    return held | _added(both, "more", weight) | _added(both, "money", 1.0)


def _added(frame: pd.DataFrame, name: str, weight: Any) -> dict[str, float]:
    """A difference of all segments, with the interval of a sum of independent ones."""
    whole = float((weight * frame[name]).sum())
    below, above = (float(np.sqrt(((weight * (frame[name] - frame[f"{name}{end}"])) ** 2).sum())) for end in ENDS)
    return {name: whole, f"{name}_low": whole - below, f"{name}_high": whole + above}


def told(row: pd.Series, currency: str = "") -> str:
    """What the campaign did in one segment, or in all, in one sentence of plain text."""
    name = "In all," if row["segment"] == TOGETHER else f"In {row['segment']},"
    if not np.isfinite(row["more"]):
        lacking = "nobody was kept as control" if row["treated"] else "nobody was written to"
        return f"{name} nothing can be said: {lacking}."
    sure = row["more_low"] > 0 or row["more_high"] < 0
    between = f"{_points(row['more_low'])} to {_points(row['more_high'])}"
    points = f"{100 * abs(row['more']):.1f} points {'more' if row['more'] >= 0 else 'less'} ({between})"
    if points.startswith("0.0 "):
        points = f"no difference ({between} points)"
    elif not sure:
        points += ", which may be chance"
    rate, other = (formats.share(row[one], 1) for one in ("rate", "control_rate"))
    shares = f"{rate} of those written to responded, against {other} of the control group"
    if not np.isfinite(row["money_low"]):
        return f"{name} {shares}: {points}."
    money, low, high = (formats.compact(row[part], currency) for part in ("money", "money_low", "money_high"))
    brought = "It brought more than it cost" if row["money"] >= 0 else "It cost more than it brought"
    if row["money_low"] <= 0 <= row["money_high"]:
        brought = "Whether it brought more than it cost is not sure"
    return f"{name} {shares}: {points}. {brought}: {money} ({low} to {high})."


def responsive(result: pd.DataFrame) -> tuple[float, str] | None:
    """Of those written to (a table of `effect`), the share who are in segments that surely responded, and which these are, in a
    sentence of plain text; None where no segment has a control group."""
    each = result[(result["segment"] != TOGETHER) & result["more"].notna()]
    if each.empty:
        return None
    sure = each["more_low"] > 0
    share = float(each["treated"][sure].sum() / each["treated"].sum())
    names = formats.listed([str(name) for name in each["segment"][sure]])
    if sure.all():
        return share, "In the campaign every segment responded more than its control group."
    if not sure.any():
        return share, "In the campaign no segment surely responded more than its control group."
    return share, f"In the campaign {names} surely responded more than the control group; elsewhere it may be chance."


def _points(value: float) -> str:
    return f"{100 * value:+.1f}".replace("-", formats.MINUS)


def between(row: Any, name: str, currency: str = "") -> str:
    """A difference with its interval, as one reads it: +20.9 (+3.1 to +28.7), or €30.8k (€5.17k to €56.5k); – where unknown."""
    values = [getattr(row, part) for part in (name, f"{name}_low", f"{name}_high")]
    if not np.isfinite(values[0]):
        return formats.MISSING
    first, low, high = map(_points, values) if name == "more" else (formats.compact(one, currency) for one in values)
    return f"{first} ({low} to {high})"
