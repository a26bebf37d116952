"""Whom to write to: who can be reached and how, who stands twice, where they were before, and who is kept as control."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field, replace
from functools import cached_property, partial
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from segmentation import formats
from segmentation.analysis.action.power import Test, control_size, drawn_by, lots, seen
from segmentation.columns.words import is_no, key
from segmentation.customers import attributes
from segmentation.customers.customers import Customers
from segmentation.dataclass import dataclass
from segmentation.joining.linkage import recognise
from segmentation.problems import Problem
from segmentation.segments.segmentation import UNKNOWN, Segmentation
from segmentation.table import Table

KINDS = {
    "email": "email",
    "phone": "phone",
    "given": "first",
    "surname": "last",
    "name": "name",
    "place": "city",
    "postcode": "zip",
}
COUNTRY = ("country", "country region", "land", "pays", "pais", "страна", "negara", "shteti", "国家")
AGREED = ("consent", "opt in", "opted in", "email consent", "marketing consent", "accepts marketing", "accepts email marketing",
          "newsletter", "subscribed", "permission", "einwilligung", "согласие")  # fmt: skip
OBJECTED = (
    "opt out",
    "opted out",
    "email opt out",
    "unsubscribed",
    "do not contact",
    "do not email",
    "blocklisted",
    "blacklisted",
)
EMAIL = r"^[^@\s,;<>()\"']+@[^@\s,;<>()\"']+\.[^@\s,;<>()\"'.]{2,}$"
PHONE = r"^\+[1-9][0-9]{6,14}$"
ENTERED, STAYED, NEW = "entered", "stayed", "new"
NUMBER, LOOKED_AT = "customer_id", 1_000  # customers by which it is seen that they are numbered by e-mail
WRITTEN, CONTROL = "written to", "control"  # what the list of everybody calls the groups
TOO_FEW = 0.1  # kept as control of a segment that is too small for the test


@dataclass(frozen=True)
class Plan:
    """Which segments are written to (none named: all), whether only those who entered since the earlier list, whether and how a
    control group is drawn (what the test is to show, and the seed), and the code by which national numbers are called."""

    segments: tuple[str, ...] = ()
    entered: bool = False
    control: bool = True
    test: Test = field(default_factory=Test)
    seed: int = 1
    calling: str = ""


def columns(customers: Customers) -> dict[str, str]:
    """What can stand in a list (of `tools.WHAT`) → the column of the customers that holds it.

    NUMBER stands for an e-mail by which customers are numbered.
    """
    frame = customers.frame
    words = [name for name in frame if name not in customers.numeric or key(name) in PHONES]
    text = [name for name in words if key(name) not in map(key, (*AGREED, *OBJECTED))]
    found = {KINDS[kind]: name for kind, name in recognise(text).items() if kind in KINDS}
    if customers.reached:
        found["email"] = customers.reached[0]
    if "email" not in found and len(customers) and frame.index[:LOOKED_AT].str.contains("@", regex=False).all():
        found["email"] = NUMBER
    country = next((name for name in text if key(name) in map(key, COUNTRY)), None)
    return found | ({"country": country} if country else {})


PHONES = tuple(map(key, ("phone", "telephone", "mobile", "phone number", "telefon", "handy", "телефон", "tel")))


def contact(customers: Customers, what: str, calling: str = "") -> pa.Array:
    """One column of a list as text, null where there is none or it cannot be used: e-mails in small letters, telephones as
    +491701234567."""
    return customers.keep(
        ("contact", what, calling if what == "phone" else ""), lambda: _contact(customers, what, calling)
    )


def _contact(customers: Customers, what: str, calling: str) -> pa.Array:
    name = columns(customers)[what]
    column = customers.frame.index.to_series() if name == NUMBER else customers.frame[name]
    if column.dtype.kind in "fiu":
        column = column.astype("Int64")
    text = pc.utf8_trim_whitespace(_whole(column.astype("str").array))
    if what == "email":
        text = pc.utf8_lower(text)
        return pc.if_else(pc.fill_null(pc.match_substring_regex(text, EMAIL), False), text, None)
    if what == "phone":
        return _called(text, calling)
    return pc.if_else(pc.equal(text, ""), None, text)


def _whole(values: Any) -> pa.Array:
    """Text of pandas in one piece; a whole series would look its index through for what Arrow asks of it."""
    made = pa.array(values, pa.string(), from_pandas=True)
    return made.combine_chunks() if isinstance(made, pa.ChunkedArray) else made


def _called(text: pa.Array, calling: str) -> pa.Array:
    """Telephones with the code of their country; what has none takes `calling`, and is no number without."""
    digits = pc.replace_substring_regex(text, r"\(0\)|[^+0-9]", "")
    whole = pc.replace_substring_regex(digits, "^00", "+") if _some(pc.starts_with(digits, "00")) else digits
    named = pc.fill_null(pc.starts_with(whole, "+"), False)
    code = re.sub(r"\D", "", calling)
    if code and not pc.all(named).as_py():
        national = pc.binary_join_element_wise(f"+{code}", pc.replace_substring_regex(whole, "^0+", ""), "")
        whole = pc.if_else(named, whole, national)
    return pc.if_else(pc.fill_null(pc.match_substring_regex(whole, PHONE), False), whole, None)


def _some(found: pa.Array) -> bool:
    return bool(pc.any(found).as_py())


def agreement(customers: Customers) -> tuple[str, np.ndarray] | None:
    """The column that says who agreed to be written to, or who objected, and who may not be: bool (n,); None without one.

    Who says nothing has not agreed where agreement is asked for, and has not objected where that is.
    """
    words = {key(name): name for name in reversed(customers.frame.columns)}
    for asked, refused in ((OBJECTED, True), (AGREED, False)):
        if name := next((words[word] for word in map(key, asked) if word in words), None):
            return name, customers.keep(("refused", name), partial(_refused, customers, name, refused))
    return None


def _refused(customers: Customers, name: str, says_so: bool) -> np.ndarray:
    return _yes(customers, name) == says_so


def _yes(customers: Customers, name: str) -> np.ndarray:
    """Whether a column says yes: a word that does not mean no, a number above zero, a day."""
    kind = attributes.kind(customers, name)
    if kind == "text":
        codes, words = attributes.coded(customers, name)
        return np.array([*(not is_no(word) for word in words), False])[codes]
    values = customers.values(attributes.numbers(customers, name))
    return ~np.isnan(values) if kind == "date" else np.nan_to_num(values) > 0


@dataclass(frozen=True, eq=False)
class Action:
    """Everybody with what is to be done, in the order of the customers: all bool (n,).

    asked      in a segment that is written to, and entered it where only they are
    refused    did not agree to be written to, as far as a column says so
    reachable  a usable e-mail or telephone, or no column of either is there; twice: the e-mail (or telephone) stands with
               another customer who brings more; control: kept aside, not written to
    before     the segment in the earlier list, "" where the customer was not in it; None without one
    gone       customers of the earlier list who are no more: number → their segment then
    """

    segmentation: Segmentation
    plan: Plan
    asked: np.ndarray
    refused: np.ndarray
    reachable: np.ndarray
    twice: np.ndarray
    control: np.ndarray
    before: np.ndarray | None
    gone: Mapping[str, str]

    @cached_property
    def counts(self) -> pd.DataFrame:
        """See `counted`."""
        return _counted(self)

    @cached_property
    def written(self) -> np.ndarray:
        """Who is written to: bool (n,)."""
        return self.asked & ~self.refused & self.reachable & ~self.twice & ~self.control

    @property
    def moved(self) -> np.ndarray | None:
        """Entered, stayed or new: object (n,); None without an earlier list."""
        return None if self.before is None else _moved(self.segmentation, self.before)


def _moved(segmentation: Segmentation, before: np.ndarray) -> np.ndarray:
    now = np.array((*segmentation.names, UNKNOWN), object)[segmentation.codes]
    return np.where(before == "", NEW, np.where(before == now, STAYED, ENTERED)).astype(object)


def action(segmentation: Segmentation, plan: Plan, earlier: Mapping[str, str] | None = None) -> Action:
    """Who is to be written to. earlier: customer number → segment, of the list before."""
    customers = segmentation.customers
    reachable, twice = customers.keep(("reached", plan.calling), lambda: _reached(customers, plan.calling))
    named = [name for name in plan.segments if name in segmentation.shown]  # those of another method are of nobody here
    plan = replace(plan, segments=tuple(named))
    names = np.array((*segmentation.names, UNKNOWN), object)
    asked = np.isin(names, named or names)[segmentation.codes]
    before, gone = (None, {}) if earlier is None else _before(customers, earlier)
    if plan.entered and before is not None:
        asked = asked & (_moved(segmentation, before) != STAYED)
    known = agreement(customers)
    refused = known[1] if known else np.zeros(len(customers), bool)
    among = asked & ~refused & reachable & ~twice
    sizes = sizes_of(segmentation, among, plan) if plan.control else {}
    drawing = customers.remember(("lots", plan.seed), lambda: lots(customers.frame.index, plan.seed))
    control = drawn_by(drawing, segmentation.codes, among, sizes)
    return Action(segmentation, plan, asked, refused, reachable, twice, control, before, gone)


def sizes_of(segmentation: Segmentation, among: np.ndarray, plan: Plan) -> dict[int, int]:
    """Segment (its code) → how many of it are kept as control: as many as the test needs; a tenth where it has too few."""
    counts = np.bincount(segmentation.codes[among], minlength=len(segmentation.names) + 1)
    sizes = {code: control_size(int(count), plan.test) for code, count in enumerate(counts) if count}
    return {code: round(counts[code] * TOO_FEW) if size is None else size for code, size in sizes.items()}


def _reached(customers: Customers, calling: str) -> tuple[np.ndarray, np.ndarray]:
    """Who can be reached, and who stands twice: of several with one address the one who brings most is kept."""
    held = [contact(customers, what, calling) for what in ("email", "phone") if what in columns(customers)]
    if not held:
        return np.ones(len(customers), bool), np.zeros(len(customers), bool)
    address = pc.coalesce(*held)
    reachable = address.is_valid().to_numpy(zero_copy_only=False)
    twice = np.zeros(len(customers), bool)
    known = pc.dictionary_encode(address)
    if len(known.dictionary) < reachable.sum():
        order = customers.ranked(customers.money).order
        codes = known.indices.fill_null(-1).to_numpy(zero_copy_only=False)[order]
        twice[order] = pd.Series(codes).duplicated().to_numpy() & (codes >= 0)
    return reachable, twice


def _before(customers: Customers, earlier: Mapping[str, str]) -> tuple[np.ndarray, dict[str, str]]:
    ids = customers.frame.index
    before = np.array([earlier.get(one, "") for one in ids], object)
    now = set(ids)
    return before, {one: segment for one, segment in earlier.items() if one not in now}


def earlier_of(table: Table) -> dict[str, str]:
    """Customer number → segment, of a list that was taken away earlier. Problem where it has no such columns."""
    names = {key(name): name for name in reversed(table.data.column_names)}
    who = next((names[one] for one in ("customerid", "customer", "customernumber") if one in names), None)
    where = names.get("segment")
    if who is None or where is None:
        raise Problem(
            f"{table.name} has no columns “Customer” and “Segment”: bring a list that was taken away here earlier."
        )
    held = (table.data[name].cast(pa.string()).to_pylist() for name in (who, where))
    return {_meant(one): _meant(segment) for one, segment in zip(*held, strict=True) if one and segment}


def _meant(text: str) -> str:
    """A cell as it was before it was made safe for spreadsheets."""
    return text[1:] if text.startswith("'") else text


def counted(made: Action) -> pd.DataFrame:
    """One row a segment that is written to: customers, refused, unreachable, twice, control, written; entered where an earlier list is
    known, and shows: the rate that its groups can tell from the test's, NaN without a control group."""
    return made.counts.copy()


def _counted(made: Action) -> pd.DataFrame:
    codes, shown = made.segmentation.codes, len(made.segmentation.shown)
    parts = {
        "customers": made.asked,
        "refused": made.asked & made.refused,
        "unreachable": made.asked & ~made.refused & ~made.reachable,
        "twice": made.asked & ~made.refused & made.twice & made.reachable,
        "control": made.control,
        "written": made.written,
    }
    if (moved := made.moved) is not None:
        parts["entered"] = made.asked & (moved == ENTERED)
    found = {name: np.bincount(codes[part], minlength=shown)[:shown] for name, part in parts.items()}
    frame = pd.DataFrame({"segment": made.segmentation.shown, **found})
    if made.plan.control:
        groups = zip(frame["written"] + frame["control"], frame["control"], strict=True)
        frame["shows"] = [seen(int(both), int(control), made.plan.test) for both, control in groups]
    named = made.plan.segments
    return frame[frame["segment"].isin(named)].reset_index(drop=True) if named else frame


def told(made: Action) -> str:
    """How many are written to, how many are not, and why, in plain text."""
    table = counted(made).sum(numeric_only=True)
    if not table["customers"]:
        new = made.plan.entered and made.before is not None
        return "Nobody is written to" + (": nobody is new to a segment since your last list." if new else ".")
    said = {
        "control": ("is kept as a control group", "are kept as a control group"),
        "refused": ("has not agreed to it", "have not agreed to it"),
        "unreachable": ("cannot be reached",) * 2,
        "twice": ("is a duplicate (same address as another)", "are duplicates (same address as another)"),
    }
    parts = [
        f"{formats.count(table[name])} {one if table[name] == 1 else many}"
        for name, (one, many) in said.items()
        if table[name]
    ]
    rest = f" {formats.listed(parts)}." if parts else ""
    of_all = f"{formats.count(table['written'])} of {formats.plural(int(table['customers']), 'customer')}"
    return f"{of_all} {'is' if table['written'] == 1 else 'are'} written to.{rest}"
