"""Sale lines by role → one row per customer: which column is what, what profit is, and what describes a customer."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from segmentation import formats
from segmentation.checks import as_day64
from segmentation.columns.amounts import amounts, amounts_of, floats
from segmentation.columns.kinds import as_text, kind_of, plain_text, without_text
from segmentation.columns.metrics import DESCRIBING, KNOWN_OF_A_CUSTOMER, METRICS, WORDS
from segmentation.columns.roles import ROLES
from segmentation.customers.history import History
from segmentation.customers.reasons import counted
from segmentation.problems import Problem
from segmentation.rollup.memory import Lines, RollUp, roll_up
from segmentation.rollup.settings import RollUpSettings
from segmentation.table import Table

RESERVED = ("customer_id", "segment")  # columns of every list we write
NO_CUSTOMER = "(no customer)"
NOTHING = (  # what somebody who never bought has 0 of
    "revenue", "profit", "cost_to_serve", "units", "orders", "lines", "visits", "revenue_before", "revenue_recent",
    "visits_per_quarter",
)  # fmt: skip
MOST_VALUES = 1000  # a text column of sale lines with more different values than this is no attribute


def from_lines(table: Table, roles: dict[str, str], settings: RollUpSettings) -> tuple[pd.DataFrame, dict[str, Any]]:
    """The customers of sale lines (see `Customers.build`), and what is to be known of them."""
    lines, returns = lines_of(table, roles, settings.blanks), settings.returns
    rolled = roll_up(lines, as_of=as_day64(settings.as_of), window=settings.window, returns=returns)
    if not len(rolled.ids):
        raise Problem(
            f"{table.name} leaves no customer: {', '.join(counted(rolled.left_out).values()) or 'it has no rows'}."
        )
    frame = pd.DataFrame(rolled.columns, index=index_of(rolled.ids), copy=False)
    named = {heading: role for role, heading in roles.items() if role in DESCRIBING}
    for heading in _attributes(table, roles):
        name = named.get(heading) or attribute_name(heading, pa.string())
        latest = _latest if _few(table.data[heading]) else _latest_of_many
        frame[name] = latest(table.data[heading], rolled.codes, lines.day, len(frame))
    for role in (role for role in KNOWN_OF_A_CUSTOMER if role in roles):
        frame[role] = _known(table.data[roles[role]], rolled)
    frame = frame.assign(**_steady(table, roles, rolled.codes, len(frame)))
    stated = _stated(floats(table, roles["potential"]), rolled) if "potential" in roles else None
    bought, revenue = frame.index, partial(amounts, table, roles)
    history = History(table, roles, rolled.codes, len(frame), revenue, rolled.as_of, returns)
    frame, stated, quiet = _with_quiet(frame, stated, table, roles)
    dated = lines.day is not None
    notes = [
        add_profit(frame, roles, settings.margin),
        "" if dated else "There is no date column: methods that look at time cannot be used.",
        _returned(lines.revenue[rolled.codes >= 0], returns),
        _unknown(lines.revenue[rolled.codes >= 0], rolled.columns["revenue"]),
        _anonymous(lines, rolled.left_out["without_customer"]),
        quiet,
    ]
    return frame, {
        "as_of": rolled.as_of.item() if dated else None,
        "start": rolled.start.item() if dated else None,
        "notes": tuple(note for note in notes if note),
        "left_out": rolled.left_out,
        "stated": stated,
        "history": history.among(bought, frame.index),
    }


def _with_quiet(
    frame: pd.DataFrame, stated: np.ndarray | None, table: Table, roles: dict[str, str]
) -> tuple[pd.DataFrame, np.ndarray | None, str]:
    """The customers and, where a list of them was joined, those on it without a line in use: all their sums are 0."""
    listed = table.known.lists.get(roles["customer"])
    if listed is None:
        return frame, stated, ""
    ids = plain_text(listed[roles["customer"]])
    new = pc.and_(
        pc.invert(pc.is_in(ids, pa.array(frame.index, pa.string()))), pc.fill_null(pc.not_equal(ids, ""), False)
    )
    listed, ids = listed.filter(new), ids.filter(new)
    if not len(ids):
        return frame, stated, ""
    quiet = pd.DataFrame(0, index=index_of(ids), columns=[name for name in NOTHING if name in frame])
    for heading in (name for name in listed.column_names if attribute_name(name, pa.string()) in frame):
        quiet[attribute_name(heading, pa.string())] = plain_text(listed[heading]).to_pandas().array
    whole = _stacked(frame, quiet)
    order = np.argsort(whole.index.to_numpy(dtype=object), kind="stable")
    if stated is not None:
        known = roles["potential"] in listed.column_names
        more = listed[roles["potential"]].to_numpy() if known else np.full(len(ids), np.nan)
        stated = np.concatenate((stated, np.asarray(more, np.float64)))[order]
    said = f"{formats.plural(len(ids), 'customer')} of the list {'has' if len(ids) == 1 else 'have'} no line in use: kept with 0 orders."
    return whole.iloc[order], stated, said


def _stacked(frame: pd.DataFrame, below: pd.DataFrame) -> pd.DataFrame:
    """Both below each other; columns keep their type, and what the second does not have is missing there."""
    columns = {}
    for name, column in frame.items():
        if isinstance(column.dtype, pd.CategoricalDtype):
            words = sorted({*column.cat.categories, *(below[name].dropna() if name in below else ())})
            parts = [column.astype("object"), below[name].astype("object") if name in below else [None] * len(below)]
            columns[name] = pd.Categorical(
                np.concatenate([np.asarray(part, object) for part in parts]), categories=words
            )
        else:
            missing = {"M": pd.NaT, "i": 0, "u": 0, "b": False}.get(column.dtype.kind, np.nan)  # whole numbers count
            more = below[name] if name in below else pd.Series(missing, below.index)
            columns[name] = pd.concat([column, more.astype(column.dtype)]).array
    index = pd.Index([*frame.index, *below.index], name=frame.index.name, dtype=frame.index.dtype)
    return pd.DataFrame(columns, index=index)


def _stated(potential: np.ndarray, rolled: RollUp) -> np.ndarray:
    """The potential a customer's lines state, the largest where they disagree; NaN where none does."""
    used = rolled.codes >= 0
    largest = np.full(len(rolled.ids), np.nan)
    np.fmax.at(largest, rolled.codes[used], potential[used])
    return largest


def _known(column: pa.ChunkedArray, rolled: RollUp) -> np.ndarray:
    """A number or date that belongs to the customer and stands on each of its lines, the largest where they disagree."""
    if pa.types.is_date(column.type):
        days = _stated(column.cast(pa.int32()).cast(pa.float64()).to_numpy(), rolled)
        return np.where(
            np.isnan(days),
            np.datetime64("NaT", "s"),
            np.nan_to_num(days).astype("datetime64[D]").astype("datetime64[s]"),
        )
    return _stated(column.cast(pa.float64()).to_numpy(), rolled)


def _returned(revenue: np.ndarray, returns: str) -> str:
    """How many of the lines in use are returns, what they are worth, and what is done with them."""
    back = revenue < 0
    if not back.any():
        return ""
    one = back.sum() == 1
    they, their, do = ("it counts", "its", "it does") if one else ("they count", "their", "they do")
    no_purchase = f"{their} money is taken off, and {do} not count as {'a purchase' if one else 'purchases'}"
    done = f"{they} as any other line" if returns == "keep" else no_purchase
    count, worth = (
        formats.plural(int(back.sum()), "line is a return", "lines are returns"),
        formats.whole(revenue[back].sum()),
    )
    return f"{count}, {worth} in all: {done}."


def _unknown(revenue: np.ndarray, of_customers: np.ndarray) -> str:
    """What is said of sales without an amount, and of customers who have no other."""
    lines, customers = (int(np.isnan(values).sum()) for values in (revenue, of_customers))
    if not lines:
        return ""
    said = f"{formats.plural(lines, 'sale has', 'sales have')} no amount: counted as a purchase, not as money."
    if not customers:
        return said
    who = formats.plural(customers, "customer has", "customers have")
    return f"{said} {who} no sale with an amount: what they bring is unknown, not 0."


def _anonymous(lines: Lines, count: int) -> str:
    """What the lines without a customer are worth."""
    if not count:
        return ""
    nobody = pc.fill_null(pc.equal(lines.customer.cast(pa.string()), ""), True).to_numpy(zero_copy_only=False)
    worth, total = np.nansum(lines.revenue[nobody]), np.nansum(lines.revenue)
    share = f" ({formats.share(worth / total)} of the file's revenue)" if total > 0 else ""
    are = "it is" if count == 1 else "they are"
    return f"{formats.plural(count, 'line has', 'lines have')} no customer, {formats.whole(worth)} in all{share}: {are} set aside."


def lines_of(table: Table, roles: dict[str, str], blanks: str) -> Lines:
    """The sale lines of a table by role."""
    numbers = {role: floats(table, heading) for role, heading in roles.items() if ROLES[role].kind == "number"}
    revenue = amounts_of(numbers, table.name)
    profit = numbers.get("profit")
    if "cost" not in numbers and {"unit_cost", "units"} <= numbers.keys():
        numbers["cost"] = numbers["unit_cost"] * numbers["units"]
    if profit is None and "cost" in numbers:
        profit = revenue - np.nan_to_num(numbers["cost"]) - np.nan_to_num(numbers.get("cost_to_serve", 0.0))
    customer = table.data[_needed(roles, "customer", table.name)]
    return Lines(
        customer=_one_customer(customer) if blanks == "one" else as_text(customer),
        day=_days(table.data[roles["date"]]) if "date" in roles else None,
        revenue=revenue,
        profit=profit,
        cost_to_serve=numbers.get("cost_to_serve"),
        units=numbers.get("units"),
        order=as_text(table.data[roles["order"]]) if "order" in roles else None,
    )


def _needed(roles: dict[str, str], role: str, name: str) -> str:
    if role not in roles:
        raise Problem(f"{name} has no {ROLES[role].label.lower()}: choose the column that holds it.")
    return roles[role]


def _days(column: pa.ChunkedArray) -> np.ndarray:
    return column.cast(pa.date32()).to_numpy().astype("datetime64[D]", copy=False)


def _one_customer(column: pa.ChunkedArray) -> pa.Array:
    return pc.if_else(pa.array(without_text(column)), NO_CUSTOMER, plain_text(column))


def _attributes(table: Table, roles: dict[str, str]) -> list[str]:
    """Text columns without a role of their own and with few enough different values to describe customers."""
    taken = {roles.get(role) for role in ("customer", "order", "date", "product", "category")}
    names = table.data.column_names
    text = [n for n in names if kind_of(table.data[n].type) == "text" and n not in taken]
    telling = {roles.get("name"), roles.get("email")}  # say who somebody is, however many they are
    return [name for name in text if name in telling or _few(table.data[name])]


def attribute_name(heading: str, type_: pa.DataType) -> str:
    """A heading as a column of the customers.

    One that is the name of a role nobody gave it, of a metric it cannot be, or of a column we write gets “(column)”
    behind it.
    """
    metric = heading in METRICS and kind_of(type_) == "number"
    role = heading in ROLES and heading not in (*WORDS, *KNOWN_OF_A_CUSTOMER)
    taken = role or heading in RESERVED or (heading in METRICS and not metric)
    return f"{heading} (column)" if taken else heading


def _steady(table: Table, roles: dict[str, str], codes: np.ndarray, size: int) -> dict[str, Any]:
    """Number and date columns without a role of their own that say the same on all of a customer's lines: they describe it."""
    found = {}
    named = {heading: role for role, heading in roles.items()}
    for name in table.data.column_names:
        kind, role = kind_of(table.data[name].type), named.get(name)
        if (role is None or role in DESCRIBING) and kind != "text":
            values = _as_numbers(table.data[name])
            head = slice(0, 20_000)  # a column that changes from line to line shows it at once
            if _alike(values[head], codes[head], size) is not None and (one := _alike(values, codes, size)) is not None:
                found[role or attribute_name(name, pa.string())] = one if kind == "number" else _as_dates(one)
    return found


def _alike(values: np.ndarray, codes: np.ndarray, size: int) -> np.ndarray | None:
    """Each customer's value, NaN where none is known; None where a customer has several."""
    known = (codes >= 0) & ~np.isnan(values)
    low, high = np.full(size, np.inf), np.full(size, -np.inf)
    np.minimum.at(low, codes[known], values[known])
    np.maximum.at(high, codes[known], values[known])
    return np.where(low <= high, low, np.nan) if not (low < high).any() else None


def _as_numbers(column: pa.ChunkedArray) -> np.ndarray:
    """Numbers as float64, dates as days since 1970; NaN where missing."""
    if kind_of(column.type) == "number":
        return np.asarray(column.to_numpy(), dtype=np.float64)
    days = _days(column)
    return np.where(np.isnat(days), np.nan, days.astype(np.int64))


def _as_dates(days: np.ndarray) -> np.ndarray:
    dates = np.full(len(days), np.datetime64("NaT", "D"))
    known = ~np.isnan(days)
    dates[known] = days[known].astype(np.int64).astype("datetime64[D]")
    return dates.astype("datetime64[s]")


def _few(column: pa.ChunkedArray) -> bool:
    head = column.slice(0, 20_000)  # a column of many different values shows it at once
    return all(
        len(pc.unique(part.cast(pa.string()))) <= MOST_VALUES
        for part in (head, column)
        if part is head or len(column) > len(head)
    )


def _latest(column: pa.ChunkedArray, codes: np.ndarray, day: np.ndarray | None, size: int) -> pd.Categorical:
    """Each customer's latest known value of a text column; of several on that day the alphabetically last."""
    values = as_text(column)
    encoded = (
        (values if pa.types.is_dictionary(values.type) else values.dictionary_encode())
        .unify_dictionaries()
        .combine_chunks()
    )
    words = encoded.dictionary.to_pylist()
    order = sorted(range(len(words)), key=words.__getitem__)
    rank = np.empty(len(words) + 1, np.int64)
    rank[order], rank[-1] = np.arange(len(words)), -1
    place = rank[pc.fill_null(encoded.indices, len(words)).to_numpy(zero_copy_only=False)]
    used = (codes >= 0) & (place >= 0)
    when = day[used].astype(np.int64) if day is not None else np.zeros(int(used.sum()), np.int64)
    latest = np.full(size, -1, np.int64)
    base = when.min(initial=0)
    np.maximum.at(latest, codes[used], (when - base) * len(words) + place[used])
    known = np.where(latest >= 0, latest % max(len(words), 1), -1)
    return pd.Categorical.from_codes(known, [words[i] for i in order])


def _latest_of_many(column: pa.ChunkedArray, codes: np.ndarray, day: np.ndarray | None, size: int) -> Any:
    """The same of a column of very many words, as names are; of several on that day the last of the file."""
    rows = np.flatnonzero((codes >= 0) & ~without_text(column))
    when = day[rows].astype(np.int64) if day is not None else np.zeros(len(rows), np.int64)
    latest = np.full(size, -1, np.int64)
    np.maximum.at(latest, codes[rows], (when - when.min(initial=0)) * len(codes) + rows)
    places = np.where(latest >= 0, latest % max(len(codes), 1), 0)
    return plain_text(column.take(pa.array(places, mask=latest < 0))).to_numpy(zero_copy_only=False)


def add_profit(frame: pd.DataFrame, roles: dict[str, str], margin: float | None) -> str:
    """Add `profit` where it can be known, and say how."""
    if "profit" in roles:
        return f"Profit is the file's column “{roles['profit']}”."
    if "cost" in roles and "revenue" in frame:
        if "profit" not in frame:  # a customer table: the lines had it subtracted already
            frame["profit"] = frame["revenue"] - frame["cost"] - frame.get("cost_to_serve", 0.0)
        serve = f" and “{roles['cost_to_serve']}”" if "cost_to_serve" in roles else ""
        return f"Profit is revenue less “{roles['cost']}”{serve}."
    if "profit" in frame and {"unit_cost", "units"} <= roles.keys():
        return f"Profit is revenue less “{roles['unit_cost']}” for each of “{roles['units']}”."
    if margin is not None and "revenue" in frame:
        frame["profit"] = np.round(frame["revenue"] * margin, 4)
        return f"Profit is assumed: {margin:.0%} of revenue, the same for everybody."
    if "revenue" not in frame:
        return "The file has neither revenue nor profit: who brings how much cannot be said."
    return "The file has neither cost nor profit: revenue stands in its place until you assume a margin."


def index_of(ids: pa.Array) -> pd.Index:
    return pd.Index(pd.array(ids, dtype="str"), name="customer_id")
