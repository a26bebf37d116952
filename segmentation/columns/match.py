"""Recognising what a column is to us, by heading and by content.

A role is what the methods ask for (customer, date, revenue); a heading is what the file calls it. The words for every
role, in nine languages, are in `roles.py`.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache

import pyarrow as pa
import pyarrow.compute as pc

from segmentation.columns.roles import ROLES, Kind, Role, split_words
from segmentation.problems import Problem
from segmentation.table import Table

METRICS = {  # every standard metric column and what it is called in plain words
    "revenue": "Revenue",
    "profit": "Profit",
    "cost_to_serve": "Cost to serve",
    "units": "Units",
    "orders": "Orders",
    "lines": "Lines",
    "first_order": "First order",
    "last_order": "Last order",
    "recency_days": "Days since last order",
    "tenure_days": "Days since first order",
    "cycle_days": "Days between purchases",
    "revenue_cv": "Variation of revenue per quarter",
    "revenue_cv_month": "Variation of revenue per month",
    "revenue_before": "Revenue, earlier half",
    "revenue_recent": "Revenue, recent half",
    "growth": "Growth",
    "average_order": "Average order",
    "visits": "Days with a purchase",
    "first_revenue": "Revenue of the first day",
    "visits_per_quarter": "Visits per quarter",
    "potential": "Potential, next 12 months",
}
PERSONAL = ("name", "email", "phone", "address")  # say who somebody is: their columns keep their headings
DESCRIBING = ("plan", "express", "opened", "clicked", "responded")  # words on lines that become columns of customers
KNOWN_OF_A_CUSTOMER = ("birth_date", "age", "employees", "signed_up", "tried", "paid")  # numbers and dates that do
WORDS = (*PERSONAL, *DESCRIBING, "status", "currency")  # roles whose headings may also be plain attributes
CLOSE = 0.8  # similarity of two headings from which one is offered as a suggestion


@dataclass(frozen=True)
class Match:
    """A heading found for a role; `sure` ones are pre-selected, the others only offered."""

    role: str
    heading: str
    sure: bool
    why: str


# Words that make a heading an identifier when it ends (or, in the other languages, starts) with them.
_LAST = frozenset(
    split_words(
        "id, ids, no, nr, num, number, code, key, phone, telephone, tel, fax, mobile, zip, postcode, plz, card, sku, "
        "ean, gtin, upc, iban, vat, telefon, telefono, telefone, телефон, индекс, инн, telepon, ref, reference, "
        "nummer, uuid, guid, hp"
    )
)
_FIRST = frozenset(
    split_words("id, no, nr, n, code, codigo, numero, num, код, номер, инн, kode, nomor, kodi, numri, nummer")
)
_IDS = ("id", "no", "nr", "key", "code", "number", "card")  # of these, the ones that may number customers
_ENDINGS = ("nummer", "编号", "号", "编码", "代码", "电话", "邮编")
_WHOLE = ("postal code", "zip code", "post code", "card number", "postleitzahl", "code postal", "почтовый индекс", "№")
_DATED = ("date", "datum", "fecha", "дата", "tanggal", "tgl", "日期", "时间", "day", "visit", "since")
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


def words(heading: str) -> list[str]:
    """A heading in plain lower-case words without accents: "CustomerID", "customer_id" -> ["customer", "id"]."""
    return [*_split(heading)]


@lru_cache(maxsize=10_000)
def _split(heading: str) -> tuple[str, ...]:
    if heading.isascii() and heading.islower() and heading.replace(" ", "").isalnum():
        return (*heading.split(),)  # as most are: nothing to look for
    heading = re.sub(r"(?<=[a-zа-я0-9])(?=[A-ZА-Я])|(?<=[A-Z])(?=[A-Z][a-z])", " ", heading)
    if heading.isascii():
        return tuple(re.findall(r"[^\W_]+", heading.casefold()))
    folded = unicodedata.normalize("NFKD", heading.casefold()).casefold()  # № becomes No, which is no small letter
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return tuple(re.findall(r"[^\W_]+|№", plain))


def key(heading: str) -> str:
    """What two spellings of one heading have in common: "Order Date", "orderDate", "ORDER_DATE" -> "orderdate"."""
    return "".join(words(heading))


@cache
def _ranks(role: str) -> dict[str, int]:
    """Key of each synonym of a role → how good a name it is; 0 is the best. Made when first asked for."""
    return {key(word): rank for rank, word in reversed([*enumerate(ROLES[role].synonyms)])}


@cache
def _phrases(role: str) -> list[tuple[str, frozenset[str]]]:
    return [(key(word), frozenset(words(word))) for word in (*ROLES[role].synonyms, *ROLES[role].weak)]


@cache
def _counted() -> set[str]:
    return {word for role in ROLES.values() if role.kind != "text" for word in _ranks(role.name)}


@cache
def _named() -> set[str]:
    return {key(word) for word in _WHOLE}.union(*(_ranks(name) for name in ("customer", "order", "product")))


def is_identifier(heading: str) -> bool:
    """Whether a heading speaks of an identifier (CustomerID, Invoice No, Telefon), whose values stay text."""
    parts, whole = words(heading), key(heading)
    if not parts or whole in _counted():
        return False
    starts = parts[0] in _FIRST and (len(parts) == 1 or parts[1] not in ("of", "de", "items", "orders", "cds"))
    return whole in _named() or parts[-1] in _LAST or starts or whole.endswith(_ENDINGS)


def names_role(role: str, word: str) -> bool:
    """Whether a heading's key is one of a role's synonyms: "kundennr" names the customer."""
    return word in _ranks(role)


def is_dated(heading: str) -> bool:
    """Whether a heading speaks of a date, so that 19970101 in it is one."""
    whole = key(heading)
    return any(key(word) in whole for word in _DATED) or whole in _ranks("date")


def kind_of(type_: pa.DataType) -> Kind:
    """What the values of a column are to us: "number", "date" or "text"."""
    if pa.types.is_integer(type_) or pa.types.is_floating(type_):
        return "number"
    return "date" if pa.types.is_date(type_) else "text"


def match(table: Table) -> list[Match]:
    """The roles found in a table, by heading and by content, in the order of ROLES.

    A heading is used once and a role once. A match is sure when the heading is one of the role's
    synonyms, the values are of its kind, and no second heading claims the same amount.
    """
    kinds = {name: kind_of(table.data.schema.field(name).type) for name in table.data.column_names}
    found = _named_customer(_exact(table, kinds))
    for finder in (_by_values, _only_date, _first_identifier, _alike, _only_amount):
        used = {one.heading for one in found.values()}
        found |= {one.role: one for one in finder(table, kinds, found, used) if one.role not in found}
    return [found[name] for name in ROLES if name in found]


def _named_customer(found: dict[str, Match]) -> dict[str, Match]:
    """Where nothing numbers the customers, their name does."""
    if "customer" in found or "name" not in found:
        return found
    name = found.pop("name")
    return {**found, "customer": Match("customer", name.heading, name.sure, name.why)}


def _exact(table: Table, kinds: dict[str, Kind]) -> dict[str, Match]:
    found: dict[str, Match] = {}
    for role in ROLES.values():
        claims = _claims(role, kinds)
        used = {one.heading for one in found.values()}
        free = [heading for heading in claims if heading not in used]
        if free:
            found[role.name] = _claim(table, role, free)
    return found


def _claims(role: Role, kinds: dict[str, Kind]) -> list[str]:
    """The headings that name a role and hold its kind of values, the most telling first."""
    ranks = _ranks(role.name)
    named = [heading for heading, kind in kinds.items() if _holds(role, kind) and _bare(heading) in ranks]
    named = [heading for heading in named if role.name not in MONEY or not _PERCENT.search(heading)]
    return sorted(named, key=lambda heading: ranks[_bare(heading)])


MONEY = ("revenue", "profit", "cost", "cost_to_serve", "price", "unit_cost", "potential")
_PERCENT = re.compile(r"(?i)%|\b(percent|pct|prozent|процент)")
_YES_OR_NO = ("express", "opened", "clicked", "responded")  # as words, or as 0 and 1


def _holds(role: Role, kind: Kind) -> bool:
    return kind == role.kind or (role.name in _YES_OR_NO and kind == "number")


def _bare(heading: str) -> str:
    """The heading's key without a unit or currency behind it: "Umsatz in EUR", "Umsatz (EUR)" -> "umsatz"."""
    bare = re.sub(r"[(\[（].*?[)\]）]", " ", heading)
    bare = re.sub(
        r"(?i)[\s,_]+(in\s+|в\s+|en\s+|em\s+|dalam\s+|ne\s+)?"
        r"(eur|usd|gbp|chf|rub|idr|rp|all|lek|cny|rmb|brl|r\$|€|\$|£|¥|руб\.?|元)\.?\s*$",
        "",
        bare,
    )
    return key(bare) or key(heading)


def _claim(table: Table, role: Role, free: list[str]) -> Match:
    if role.kind == "number" and len(free) > 1:
        rivals = " and ".join(f'"{heading}"' for heading in free)
        return Match(role.name, free[0], False, f"{rivals} could both be it: choose one.")
    if doubt := _doubt(table, role.name, free[0]):
        return Match(role.name, free[0], False, doubt)
    return Match(role.name, free[0], True, f'The heading "{free[0]}" says so and its values are {_said(role.kind)}.')


def _said(kind: Kind) -> str:
    return {"text": "names or codes", "number": "numbers", "date": "dates"}[kind]


def _doubt(table: Table, role: str, heading: str) -> str:
    """Why the values speak against what the heading says; nothing where they don't."""
    if role == "profit" and _within(table, heading, -1.0, 1.0):
        return f'The heading "{heading}" says so, but its values are shares, not money.'
    if role == "age" and not _within(table, heading, 0.0, 130.0):
        return f'The heading "{heading}" says so, but its values are no ages.'
    if role == "status" and not any(is_cancelled(word) for word in _some(table, heading)):
        return f'The heading "{heading}" says so, but nothing in it is cancelled.'
    return ""


def _within(table: Table, heading: str, low: float, high: float) -> bool:
    ends = pc.min_max(table.data[heading]).as_py()
    return ends["min"] is not None and low <= ends["min"] and ends["max"] <= high


def _some(table: Table, heading: str) -> list[str]:
    """Up to a thousand different values of a column of text."""
    column = table.data[heading]
    column = column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column
    return [value for value in pc.unique(column.slice(0, 200_000)).to_pylist()[:1000] if value]


_CANCELLED = re.compile(
    r"(?i)(cancel|storn|annul|abgebrochen|anulad|отмен|аннулир|batal|anuluar|取消|作废|已退款|void|refund|rimborsat|reembols|rembours)"
)


def is_cancelled(word: str) -> bool:
    """Whether a status says that an order does not count: cancelled, storniert, отменён, batal, 已取消, refunded."""
    return bool(_CANCELLED.search(word)) and not re.match(r"(?i)\s*(not?|nicht|non|не|tidak|nuk)\b", word)


CURRENCIES = frozenset(
    split_words(
        "AED, ALL, ARS, AUD, BAM, BGN, BRL, BYN, CAD, CHF, CLP, CNY, COP, CZK, DKK, EGP, EUR, GBP, GEL, HKD, HRK, HUF, "
        "IDR, ILS, INR, ISK, JPY, KRW, KZT, MAD, MKD, MXN, MYR, NGN, NOK, NZD, PEN, PHP, PLN, RMB, RON, RSD, RUB, RUR, "
        "SAR, SEK, SGD, THB, TRY, TWD, UAH, USD, UYU, VND, ZAR"
    )
)


def _by_values(table: Table, kinds: dict[str, Kind], found: dict[str, Match], used: set[str]) -> Iterable[Match]:
    """What a column's own values say, whatever its heading: e-mail addresses, currencies."""
    for heading, kind in kinds.items():
        if kind != "text" or heading in used or table.data[heading].null_count == table.data.num_rows:
            continue
        head = [value for value in table.data[heading].slice(0, 200).to_pylist() if value]
        if head and sum("@" in value and "." in value for value in head) >= 0.8 * len(head):
            yield Match("email", heading, True, f'The values of "{heading}" are e-mail addresses.')
        elif head and all(value in CURRENCIES for value in head):
            yield Match("currency", heading, True, f'The values of "{heading}" are currencies.')


def _only_date(table: Table, kinds: dict[str, Kind], found: dict[str, Match], used: set[str]) -> Iterable[Match]:
    """The only column of dates is the date, unless it has another role already or speaks of something else."""
    dates = [heading for heading, kind in kinds.items() if kind == "date"]
    if len(dates) == 1 and dates[0] not in used and not _speaks_of(dates[0], _BIRTH):
        sure = not _speaks_of(dates[0], _OTHER_DAYS)
        yield Match("date", dates[0], sure, f'"{dates[0]}" is the only column of dates.')


def _speaks_of(heading: str, subjects: Iterable[str]) -> bool:
    return any(word in key(heading) for word in map(key, subjects))


def _first_identifier(table: Table, kinds: dict[str, Kind], found: dict[str, Match], used: set[str]):
    """Without a heading that says customer, the first identifier of a table of dated sales is the customer.

    Sure when no other identifier is left over, or those left over number the same customers differently.
    """
    left = [name for name, kind in kinds.items() if kind == "text" and name not in used and says_number(name)]
    if "customer" not in found and left:
        sales = "date" in found and "revenue" in found
        sure = sales and (len(left) == 1 or len({distinct(table, name) for name in left}) == 1)
        yield Match("customer", left[0], sure, f'"{left[0]}" is the first column of codes without another role.')


def says_number(heading: str) -> bool:
    """Whether a heading says outright that it numbers something: CustomerID and Card No, but not Company Name."""
    return is_identifier(heading) and words(heading)[-1] in _IDS


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
    ]
    taken: set[str] = set()
    for score, _, role, heading in sorted(scores, reverse=True):
        if score >= CLOSE and not {role, heading} & taken:
            taken |= {role, heading}
            yield Match(role, heading, False, f'The heading "{heading}" looks like it.')


@lru_cache(20_000)
def _likeness(heading: str, role: str) -> float:
    """0 to 1: the heading is a word that may mean the role, has one in it, or is written much like one."""
    whole, parts = _bare(heading), frozenset(words(heading))
    if whole in _ranks(role) or whole in map(key, ROLES[role].weak):
        return 1.0
    best, matcher = 0.0, SequenceMatcher(None, "", whole, autojunk=False)
    for word, phrase in _phrases(role):
        if phrase <= parts or (len(word.encode()) >= 5 and word in whole):
            best = max(best, CLOSE + 0.19 * len(word) / len(whole))
        elif min(len(whole), len(word)) > 3 and 1.5 * min(len(whole), len(word)) >= max(len(whole), len(word)):
            matcher.set_seq1(word)
            best = max(best, matcher.ratio() if matcher.quick_ratio() >= CLOSE else 0.0)
    return best


def _only_amount(table: Table, kinds: dict[str, Kind], found: dict[str, Match], used: set[str]) -> Iterable[Match]:
    """Without a heading that says revenue, the only column of numbers left is offered."""
    left = [name for name, kind in kinds.items() if kind == "number" and name not in used and not is_identifier(name)]
    if len(left) == 1 and "customer" in found and "price" not in found:
        yield Match("revenue", left[0], False, f'"{left[0]}" is the only column of numbers left.')


def distinct(table: Table, heading: str) -> int:
    """How many different values a column has."""
    column = table.data[heading]
    return pc.count_distinct(column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column).as_py()


def roles(table: Table, chosen: dict[str, str] | None = None) -> dict[str, str]:
    """Role -> heading: what was matched surely, overlaid by what the user chose ('' or None takes a role away).

    A chosen heading leaves the role it was matched to. Raises Problem for an unknown role or heading.
    """
    chosen = {**table.known.roles, **(chosen or {})}
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


def label(column: str) -> str:
    """A column's name in plain words; an attribute keeps its heading."""
    role = ROLES.get(column) if column in (*DESCRIBING, *KNOWN_OF_A_CUSTOMER) else None
    return role.label if role else METRICS.get(column, column)


ADDING_UP = ("revenue", "profit", "cost", "cost_to_serve", "units")  # roles whose values are summed


def check_kinds(table: Table, roles: dict[str, str]) -> None:
    """Problem where a column chosen for a number or a date holds something else, or would count a number twice."""
    for role, heading in roles.items():
        if role in ADDING_UP and heading in table.known.repeated:
            raise Problem(
                f"“{heading}” stands once per row of {table.known.repeated[heading]} and is repeated here: as "
                f"{ROLES[role].label.lower()} it would count several times; spread it in the join, or choose another."
            )
        wanted, found = ROLES[role].kind, kind_of(table.data.schema.field(heading).type)
        if wanted not in ("text", found):
            example = next((value for value in table.data[heading].slice(0, 50).to_pylist() if value), "nothing")
            raise Problem(
                f"The column “{heading}” of {table.name} does not hold {wanted}s (it begins with “{example}”): "
                f"choose another column for {ROLES[role].label.lower()}."
            )
