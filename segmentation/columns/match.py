"""Recognising what a column is to us, by heading and by content.

A role is what the methods ask for (customer, date, revenue); a heading is what the file calls it. The words for every
role, in nine languages, are in `roles.py`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from segmentation.columns import sums, who
from segmentation.columns.kinds import as_text, kind_of, plain_text
from segmentation.columns.metrics import ADDING_UP, MONEY
from segmentation.columns.periods import named
from segmentation.columns.roles import ROLES, Kind, Role, split_words
from segmentation.columns.statuses import group_of, sides_of, tells_entries, tells_statuses
from segmentation.columns.telling import telling, two_sides
from segmentation.columns.words import (
    CURRENCIES,
    is_identifier,
    key,
    numbers_something_else,
    phrases,
    ranks,
    ruled_out,
    says_number,
    words,
)
from segmentation.dataclass import dataclass
from segmentation.exports import Export, recognised
from segmentation.pattern import pattern
from segmentation.problems import Problem
from segmentation.table import Table

CLOSE = 0.8  # similarity of two headings from which one is offered as a suggestion


@dataclass(frozen=True)
class Match:
    """A heading found for a role; `sure` ones are pre-selected, the others only offered, unless the values deny it."""

    role: str
    heading: str
    sure: bool
    why: str
    denied: bool = False


_BIRTH = (
    "birth",
    "born",
    "dob",
    "geburt",
    "naissance",
    "nacimiento",
    "nascimento",
    "рождения",
    "lahir",
    "lindj",
    "生日",
)
_OTHER_DAYS = split_words(
    "due, expir, valid, until, end, regist, signup, since, joined, login, modified, updated, hired, contract, created, "
    "warranty, fallig, gultig, seit, bis, geandert, echeance, inscription, venc, registro, alta, cadastro, срок, "
    "регистрац, оконч, измен, договор, tempo, daftar, skad, regjistr, 到期, 注册, 修改, 截止"
)


def match(table: Table) -> list[Match]:
    """The roles found in a table, by heading and by content, in the order of ROLES.

    A heading is used once and a role once. A match is sure when the heading is one of the role's
    synonyms, the values are of its kind, and no second heading claims the same amount. What a known export
    says goes first.
    """
    held = vars(table)  # a table never changes, so it is gone through once, however many ask
    if MATCHED not in held:
        held[MATCHED] = tuple(_matched(table))
    return [*held[MATCHED]]


MATCHED = "_matched"


def _matched(table: Table) -> list[Match]:
    kinds = {name: kind_of(table.data.schema.field(name).type) for name in table.data.column_names}
    export = recognised(kinds)
    known = _by_export(table, kinds, export) if export else {}
    without = export.without if export else set()
    kinds = {name: kind for name, kind in kinds.items() if name not in {one.heading for one in known.values()}}
    found = _exact(table, kinds)
    found = {name: one for name, one in found.items() if one.sure or name not in ("entry", "side")}
    found = {**_telling(table, kinds, found), **found}
    found = {name: one for name, one in found.items() if name not in without} | known
    for finder in FINDERS:
        used = {one.heading for one in found.values()}
        more = (one for one in finder(table, kinds, found, used) if one.role not in found and one.role not in without)
        found |= {one.role: one for one in more}
    return [(known.get(name) or found[name]) for name in ROLES if name in found]


def sure(table: Table) -> dict[str, str]:
    """Role → heading, of the roles that are sure."""
    return {one.role: one.heading for one in match(table) if one.sure}


def named_export(table: Table) -> str:
    """Which export a table is, in a sentence; "" for one that is not known."""
    export = recognised(table.data.column_names)
    if export is None:
        return ""
    silent = "customer" in export.roles and not [*export.headings("customer", table.data.column_names)]
    return f"This is {export.title}{', which does not say who bought' if silent else ''}."


def _by_export(table: Table, kinds: dict[str, Kind], export: Export) -> dict[str, Match]:
    """The roles that an export is known to have, of which the values say the same."""
    found: dict[str, Match] = {}
    first = [role for role in ("order", "customer") if role in export.roles]  # by the order who bought is told
    for role in dict.fromkeys([*first, *export.roles]):
        for heading in _fitting(table, kinds, role, export, found):
            if heading not in {one.heading for one in found.values()}:
                why = f"This is {export.title}: “{heading}” is the {role.replace('_', ' ')}."
                found[role] = Match(role, heading, True, why)
                break
    return found


def _numbers(table: Table, role: str, heading: str) -> bool:
    """Whether whole numbers stand for customers or orders."""
    return role in _NUMBERED and pa.types.is_integer(table.data.schema.field(heading).type)


def _fitting(table: Table, kinds: dict[str, Kind], role: str, export: Export, found: dict[str, Match]) -> Iterable[str]:
    """Those of the headings of a role whose values are of its kind and do not speak against it, the best first."""
    headings = export.headings(role, kinds)
    right = [name for name in headings if _holds(ROLES[role], kinds[name]) or _numbers(table, role, name)]
    right = [name for name in right if table.data[name].null_count < table.data.num_rows]
    if role == "customer":
        order = who.mapped(table, {role: one.heading for role, one in found.items()})
        return who.not_denied(table, right, order, sales=export.shape == "transactions")
    if role == "status":
        return sorted(right, key=lambda name: not tells_statuses(_some(table, name), export.group))
    return [name for name in right if not _doubt(table, role, name)]


def _customer(table: Table, kinds: dict[str, Kind], found: dict[str, Match], used: set[str]) -> Iterable[Match]:
    """Who bought, by heading and values together (`who.py`); a name or e-mail that is the customer is nothing else."""
    if "customer" in found:
        return
    known = {role: found[role].heading for role in ("email", "name") if role in found}
    free = [name for name, kind in kinds.items() if kind == "text" and (name not in used or name in known.values())]
    order = who.mapped(table, {role: one.heading for role, one in found.items() if one.sure})
    among = who.candidates(table, free, known.get("email"), known.get("name"))
    best = who.choose(among, order, _of_sales(found))
    if best is None or (best[0].tier in who.OF_ANYBODY and not {"date", "order", "revenue", "orders"} & found.keys()):
        return
    one, doubt = best
    for role in [role for role, heading in known.items() if heading == one.heading]:
        del found[role]
    yield Match("customer", one.heading, not doubt, _why(one, doubt), denied=bool(who.of_something_else(one)))
    yield from _name_beside(table, found, one.heading, among, used)


def _why(one: who.Candidate, doubt: str) -> str:
    if doubt == who.OPEN:
        return f'"{one.heading}" holds {doubt}.'
    said = f'The heading "{one.heading}" says so'
    return f"{said}, but its values are {doubt}." if doubt else f"{said}, and its values agree: {one.told}."


def _name_beside(
    table: Table, found: dict[str, Match], customer: str, among: list[who.Candidate], used: set[str]
) -> Iterable[Match]:
    """The column that says what each customer is called: it speaks of names and hardly differs within a customer."""
    if "name" in found and (who.says_who(found["name"].heading) or who.belongs(table, found["name"].heading, customer)):
        return
    named = found.pop("name", None)
    for one in among:
        speaks = one.tier in (who.WORD, who.NAME, who.WEAK) and not who.of_something_else(one)
        if speaks and one.heading not in (customer, *used) and who.belongs(table, one.heading, customer):
            yield Match("name", one.heading, True, f'"{one.heading}" is a name and belongs to one "{customer}" each.')
            return
    if named:
        yield replace(named, sure=False, why=f'"{named.heading}" says so, but it names others than "{customer}".')


_OF_SALES = ("status", "units", "price", "product", "discount")
_OF_PEOPLE = ("orders", "first_order", "last_order", "recency_days", "signed_up", "birth_date", "age", "employees")


def _of_sales(found: dict[str, Match]) -> bool:
    """Whether rows are sales: they have an order, a day whose heading speaks of a purchase, or what is sold."""
    if "order" in found or _of_a_purchase(found.get("date")):
        return True
    return not found.keys() & set(_OF_PEOPLE) and bool(found.keys() & set(_OF_SALES))


def _of_a_purchase(date: Match | None) -> bool:
    return date is not None and date.sure and _bare(date.heading) in ranks("date")


def _no_purchase(table: Table, kinds: dict[str, Kind], found: dict[str, Match], used: set[str]) -> Iterable[Match]:
    """The only day of a list in which every customer stands once is one of their life, not of a purchase."""
    if "order" in found or not {"date", "customer"} <= found.keys():
        return ()
    date, customer = found["date"], found["customer"]
    if date.sure and not _of_a_purchase(date) and who.once_each(table, customer.heading):
        why = f'"{date.heading}" is a day, but each customer stands once: it need not be one of a purchase.'
        found["date"] = replace(date, sure=False, why=why)
    return ()


def _telling(table: Table, kinds: dict[str, Kind], found: dict[str, Match]) -> dict[str, Match]:
    """The columns that tell sales from other rows by their words."""
    used = {one.heading for role, one in found.items() if one.sure and role != "category"}
    told = {one.role: Match(one.role, one.heading, True, one.why) for one in reversed(telling(table, kinds, used))}
    for role in ("category", "channel"):  # a “Type” of sales and refunds is no category
        if role in found and found[role].heading in {one.heading for one in told.values()}:
            del found[role]
    if "revenue" not in found and "refund" not in found and (both := two_sides(table, kinds)):
        why = f"“{both[0]}” and “{both[1]}” are the two sides of the books; more money stands in “{both[0]}”."
        told |= {role: Match(role, name, True, why) for role, name in zip(("revenue", "refund"), both, strict=True)}
    if "status" in told and not ("status" in found and found["status"].sure):
        found.pop("status", None)
    return told


def _exact(table: Table, kinds: dict[str, Kind]) -> dict[str, Match]:
    found: dict[str, Match] = {}
    for role in ROLES.values():
        claims = _claims(role, kinds) if role.name != "customer" else []
        used = {one.heading for one in found.values()}
        free = [heading for heading in claims if heading not in used]
        if free:
            found[role.name] = _claim(table, role, free)
    return found


def _claims(role: Role, kinds: dict[str, Kind]) -> list[str]:
    """The headings that name a role and hold its kind of values, the most telling first."""
    rank = ranks(role.name)
    named = [heading for heading, kind in kinds.items() if _holds(role, kind) and _bare(heading) in rank]
    named = [heading for heading in named if role.name not in MONEY or not _PERCENT.search(heading)]
    return sorted(named, key=lambda heading: rank[_bare(heading)])


_PERCENT = pattern(r"(?i)%|\b(percent|pct|prozent|процент)")
_YES_OR_NO = ("express", "opened", "clicked", "responded")  # as words, or as 0 and 1


def _holds(role: Role, kind: Kind) -> bool:
    return kind == role.kind or (role.name in _YES_OR_NO and kind == "number")


_UNIT = pattern(
    r"(?i)(?<![\s,_])[\s,_]++(in\s+|в\s+|en\s+|em\s+|dalam\s+|ne\s+)?"
    r"(eur|usd|gbp|chf|rub|idr|rp|all|lek|cny|rmb|brl|r\$|€|\$|£|¥|руб\.?|元)\.?\s*$"
)
_PATH = pattern(r"(?i)^\s*((order|invoice|sale|sales)[ _]*)?(lines?|items?)\s*/\s*(?=\w)")  # Order Lines/Quantity
_BRACKETS = pattern(r"[(\[（].*?[)\]）]", re.DOTALL)


@lru_cache(20_000)
def _bare(heading: str) -> str:
    """The heading's key without a unit or currency behind it: "Umsatz in EUR", "Umsatz (EUR)" -> "umsatz"."""
    closed = (
        max(map(heading.rfind, ")]）")) + 1
    )  # an open bracket beyond is no pair: each would be looked for to the end
    bare = _UNIT.sub("", _BRACKETS.sub(" ", heading[:closed]) + heading[closed:])
    bare = _PATH.sub("", bare)
    return key(bare) or key(heading)


def _claim(table: Table, role: Role, free: list[str]) -> Match:
    if role.kind == "number" and len(free) > 1 and not _the_same(table, free):
        rivals = " and ".join(f'"{heading}"' for heading in free)
        return Match(role.name, free[0], False, f"{rivals} could both be it: choose one.")
    if doubt := _doubt(table, role.name, free[0]):
        return Match(role.name, free[0], False, doubt)
    return Match(
        role.name, free[0], True, f'The heading "{free[0]}" says so and its values are {_kind_in_words(role.kind)}.'
    )


def _the_same(table: Table, headings: list[str]) -> bool:
    """Whether columns hold the very same numbers: which of them it is makes no difference."""
    first, *others = (table.data[heading].cast(pa.float64()) for heading in headings)
    return all(first.equals(other) for other in others)


def _kind_in_words(kind: Kind) -> str:
    return {"text": "names or codes", "number": "numbers", "date": "dates"}[kind]


def _doubt(table: Table, role: str, heading: str) -> str:
    """Why the values speak against what the heading says; nothing where they don't."""
    if role == "profit" and _within(table, heading, -1.0, 1.0):
        return f'The heading "{heading}" says so, but its values are shares, not money.'
    if role == "age" and not _within(table, heading, 0.0, 130.0):
        return f'The heading "{heading}" says so, but its values are no ages.'
    if role == "orders" and not _whole(table, heading):
        return f'The heading "{heading}" says so, but its values are no counts.'
    if role == "status" and not tells_statuses(values := _some(table, heading)):
        known = any(map(group_of, values))
        return f'The heading "{heading}" says so, but {"all in it are sales" if known else "its words are not known here"}.'
    if role in ("entry", "side") and not _tells(table, role, heading):
        return f'The heading "{heading}" says so, but its words do not tell sales from others.'
    return ""


def _tells(table: Table, role: str, heading: str) -> bool:
    values = _some(table, heading)
    return tells_entries(values) if role == "entry" else sides_of(values, heading) is not None


def _whole(table: Table, heading: str) -> bool:
    """Whether all numbers of a column are whole."""
    column = table.data[heading]
    return not pa.types.is_floating(column.type) or bool(pc.all(pc.equal(pc.floor(column), column)).as_py())


def _within(table: Table, heading: str, low: float, high: float) -> bool:
    ends = pc.min_max(table.data[heading]).as_py()
    return ends["min"] is not None and low <= ends["min"] and ends["max"] <= high


def _some(table: Table, heading: str) -> list[str]:
    """Up to a thousand different values of a column of text."""
    column = table.data[heading]
    column = column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column
    return [value for value in pc.unique(column.slice(0, 200_000)).to_pylist()[:1000] if value]


def _by_values(table: Table, kinds: dict[str, Kind], found: dict[str, Match], used: set[str]) -> Iterable[Match]:
    """What a column's own values say, whatever its heading: e-mail addresses, currencies.

    Of several columns of addresses the last counts that has more than one: our own stands on every row.
    """
    mails = ""
    for heading, kind in kinds.items():
        if kind != "text" or heading in used or table.data[heading].null_count == table.data.num_rows:
            continue
        head = [value for value in table.data[heading].slice(0, 200).to_pylist() if value]
        if head and sum("@" in value and "." in value for value in head) >= 0.8 * len(head):
            mails = heading if not mails or len({*head}) > 1 else mails
        elif head and all(value in CURRENCIES for value in head):
            yield Match("currency", heading, True, f'The values of "{heading}" are currencies.')
        elif head and head[0].startswith("#") and who.order_numbers(pa.array(head, pa.string())):
            yield Match("order", heading, True, f'The values of "{heading}" are numbers of orders ({head[0]}).')
    if mails:
        yield Match("email", mails, True, f'The values of "{mails}" are e-mail addresses.')


def _only_date(table: Table, kinds: dict[str, Kind], found: dict[str, Match], used: set[str]) -> Iterable[Match]:
    """The only column of dates is the date, unless it has another role already or speaks of something else."""
    dates = [heading for heading, kind in kinds.items() if kind == "date"]
    if len(dates) == 1 and dates[0] not in used and not _speaks_of(dates[0], _BIRTH):
        sure = not _speaks_of(dates[0], _OTHER_DAYS)
        yield Match("date", dates[0], sure, f'"{dates[0]}" is the only column of dates.')


def _speaks_of(heading: str, subjects: Iterable[str]) -> bool:
    return any(word in key(heading) for word in map(key, subjects))


def _group_heads(table: Table, kinds: dict[str, Kind], found: dict[str, Match], used: set[str]) -> Iterable[Match]:
    """A report in groups: a name alone on a line without a day, the sales of each below it."""
    if "date" not in found or ("customer" in found and found["customer"].sure):
        return
    for heading in (name for name, kind in kinds.items() if kind == "text" and name not in used):
        if who.heads_groups(table, heading, found["date"].heading):
            sure = bool(_NAMELESS.fullmatch(heading)) and "customer" not in found
            found.pop("customer", None)
            yield Match("customer", heading, sure, f'"{heading}" stands alone on a line above the sales of each.')
            return


_NAMELESS = pattern(r"column \d+|group")  # as the reader calls a column without a heading


def _first_identifier(table: Table, kinds: dict[str, Kind], found: dict[str, Match], used: set[str]):
    """Without a heading that says customer, the first identifier of something unsaid is offered, never taken."""
    left = [name for name, kind in kinds.items() if kind == "text" and name not in used and says_number(name)]
    left = [name for name in left if not numbers_something_else(name)]
    if "customer" not in found and left:
        yield Match("customer", left[0], False, f'"{left[0]}" is the first column of codes without another role.')


_HOUSE = {
    *split_words("street, strasse, house, hausnr, hausnummer, rue, calle, rua, дом, улица, jalan, rruga, zip, plz")
}
_NUMBERED = ("customer", "order", "product")  # a street number is none of these


def _alike(table: Table, kinds: dict[str, Kind], found: dict[str, Match], used: set[str]) -> Iterable[Match]:
    """Headings close to a synonym are offered, never taken: the closest first, each heading and each role once."""
    scores = [
        (_likeness(heading, role.name), -place, role.name, heading)
        for place, role in enumerate(ROLES.values())
        for heading, kind in kinds.items()
        if role.name not in found and heading not in used and _holds(role, kind)
        if role.name not in _NUMBERED or _HOUSE.isdisjoint(words(heading))
        if role.name != "order" or "date" in found
        if not ruled_out(role.name, heading)
    ]
    taken: set[str] = set()
    for score, _, role, heading in sorted(scores, reverse=True):
        if score >= CLOSE and not {role, heading} & taken and not _says_nothing(table, role, heading):
            taken |= {role, heading}
            yield Match(role, heading, False, f'The heading "{heading}" looks like it.')


def _says_nothing(table: Table, role: str, heading: str) -> bool:
    """Whether an amount is the same on every row of several: nobody differs by it."""
    ends = pc.min_max(table.data[heading]).as_py() if role in MONEY and table.data.num_rows > who.FEW else {"min": 0}
    return ends["min"] == ends.get("max")


@lru_cache(60_000)  # the widest table, with every role
def _likeness(heading: str, role: str) -> float:
    """0 to 1: the heading is a word that may mean the role, has one in it, or is written much like one."""
    whole, parts = _bare(heading), frozenset(words(heading))
    if whole in ranks(role) or whole in map(key, ROLES[role].weak):
        return 1.0
    best, matcher = 0.0, SequenceMatcher(None, "", whole, autojunk=False)
    for word, phrase in phrases(role):
        if phrase <= parts or (len(word.encode()) >= 5 and word in whole):
            best = max(best, CLOSE + 0.19 * len(word) / len(whole))
        elif _may_be_close(whole, word):
            matcher.set_seq1(word)
            best = max(best, matcher.ratio() if matcher.quick_ratio() >= CLOSE else 0.0)
    return best


def _may_be_close(one: str, other: str) -> bool:
    """Whether two words are about as long, and share so many letters that they can be close: most others are told so."""
    short, long = sorted(map(len, (one, other)))
    apart = len(_letters(other) - _letters(one))
    return short > 3 and 1.5 * short >= long and len(other) - apart >= CLOSE / 2 * (short + long)


@lru_cache(20_000)
def _letters(word: str) -> frozenset[str]:
    return frozenset(word)


def _several_amounts(table: Table, kinds: dict[str, Kind], found: dict[str, Match], used: set[str]) -> Iterable[Match]:
    """Without a heading that says revenue, columns of numbers that look like amounts are offered, added up."""
    if not {"revenue", "price", "profit"} & found.keys():
        periods = {name for name, kind in kinds.items() if kind == "number" and named(name)}
        if names := sums.alike(table, kinds, used | periods):
            yield Match("revenue", sums.PLUS.join(names), False, "These columns look like amounts: add them up.")


def _only_amount(table: Table, kinds: dict[str, Kind], found: dict[str, Match], used: set[str]) -> Iterable[Match]:
    """Without a heading that says revenue, the only column of numbers left is offered."""
    left = [name for name, kind in kinds.items() if kind == "number" and name not in used and not is_identifier(name)]
    left = [name for name in left if not ruled_out("revenue", name)]
    if len(left) == 1 and "customer" in found and "price" not in found:
        yield Match("revenue", left[0], False, f'"{left[0]}" is the only column of numbers left.')


FINDERS = (
    _by_values,
    _only_date,
    _customer,
    _group_heads,
    _no_purchase,
    _several_amounts,
    _alike,
    _first_identifier,
    _only_amount,
)


def roles(table: Table, chosen: dict[str, str] | None = None) -> dict[str, str]:
    """Role -> heading: what was matched surely, overlaid by what the user chose ('' or None takes a role away).

    A chosen heading leaves the role it was matched to. Raises Problem for an unknown role or heading.
    """
    chosen = {**table.known.roles, **(chosen or {})}
    table = sums.with_sums(table, filter(None, chosen.values()))
    for role, heading in chosen.items():
        _check(table, role, heading)
    taken = {heading for heading in chosen.values() if heading}
    found = {one.role: one.heading for one in match(table) if one.sure and one.heading not in taken}
    merged = {**found, **chosen}
    return {role: merged[role] for role in ROLES if merged.get(role)}


def _check(table: Table, role: str, heading: str | None) -> None:
    if role not in ROLES:
        raise Problem(f'There is no role "{role}": choose from {", ".join(ROLES)}.')
    names = table.data.column_names
    if heading and heading not in names:
        known = ", ".join(f'"{name}"' for name in names[:30])
        raise Problem(f'{table.name} has no column "{heading}" for the {role}: choose from {known}.')


def check_kinds(table: Table, roles: dict[str, str]) -> None:
    """Problem where a column chosen for a number or a date holds something else, or would count a number twice."""
    table = sums.with_sums(table, roles.values())
    for role, heading in roles.items():
        if role in ADDING_UP and heading in table.known.repeated:
            raise Problem(
                f"“{heading}” stands once per row of {table.known.repeated[heading]} and is repeated here: as "
                f"{ROLES[role].label.lower()} it would count several times; spread it in the join, or choose another."
            )
        wanted, found = ROLES[role].kind, kind_of(table.data.schema.field(heading).type)
        if wanted not in ("text", found):
            raise Problem(
                f"The column “{heading}” of {table.name} does not hold {wanted}s {_for_example(table, heading, wanted)}: "
                f"choose another column for {ROLES[role].label.lower()}."
            )


_PLAIN_NUMBER = r"^\s*[-+(]?\s*\p{Sc}?\s*[-+]?[0-9][0-9.,\s'’\x{a0}]*\s*(?:\p{Sc}|%|[A-Z]{3})?\s*[)]?\s*$"


def _for_example(table: Table, heading: str, wanted: Kind) -> str:
    """The first cell that keeps a column from being of its kind, with its line: in brackets."""
    texts = plain_text(as_text(table.data[heading]))
    filled = pc.fill_null(pc.not_equal(texts, ""), False)
    if wanted == "number":
        filled = pc.and_(filled, pc.invert(pc.fill_null(pc.match_substring_regex(texts, _PLAIN_NUMBER), False)))
    elif kind_of(table.data[heading].type) == "text":
        usual = pc.replace_substring_regex(pc.replace_substring_regex(texts, "[0-9]+", "9"), r"\p{L}+", "a")
        common = pc.mode(pc.index_in(usual, value_set=pc.unique(usual.filter(filled)))).field("mode")
        odd = pc.invert(pc.equal(pc.index_in(usual, value_set=pc.unique(usual.filter(filled))), common[0]))
        filled = pc.and_(filled, odd) if pc.any(pc.and_(filled, odd)).as_py() else filled
    place, first = (
        pc.index(filled, True).as_py(),
        next((text for text in texts.slice(0, 50).to_pylist() if text), "nothing"),
    )
    if place < 0 or texts[place].as_py() == first:
        return f"(it begins with “{first}”)"
    return f"(for example “{texts[place].as_py()}”{_line(table, place)})"


def _line(table: Table, place: int) -> str:
    try:
        line = table.where(np.array([place]))["line"].iloc[0]
    except (Problem, IndexError, KeyError, OSError):
        return ""
    return f" in line {int(line):,}"


def headings(table: Table, roles: Mapping[str, str], made: Sequence[str]) -> dict[str, str]:
    """Heading → column made of it, for columns that took the name of their role or got “(column)” behind their own."""
    named = {heading: role for role, heading in roles.items()}
    names = {heading: (named.get(heading, ""), f"{heading} (column)") for heading in table.data.column_names}
    return {heading: name for heading, both in names.items() for name in both if name in made and heading not in made}
