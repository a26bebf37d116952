"""What a heading says: its words in any spelling, and whether they speak of a number, a date, a cancellation."""

import re
import unicodedata
from functools import cache, lru_cache

from segmentation.columns.roles import ROLES, split_words

# Words that make a heading an identifier when it ends (or, in the other languages, starts) with them.
_LAST = frozenset(
    split_words(
        "id, ids, no, nr, num, number, code, key, phone, telephone, tel, fax, mobile, zip, postcode, plz, card, sku, "
        "ean, gtin, upc, iban, vat, telefon, telefono, telefone, телефон, индекс, инн, telepon, ref, reference, "
        "nummer, uuid, guid, hp, handy, whatsapp, viber, msisdn, celular, cellphone, movil, тел, моб, "
        "мобильный"
    )
)
_FIRST = frozenset(
    split_words("id, no, nr, n, code, codigo, numero, num, код, номер, инн, kode, nomor, kodi, numri, nummer")
)
_IDS = ("id", "no", "nr", "key", "code", "number", "card")  # of these, the ones that may number customers
_ENDINGS = ("nummer", "编号", "号", "编码", "代码", "电话", "邮编", "手机")
_COUNTS = ("num", "number", "n")  # before several of something: NumWebPurchases
_WHOLE = ("postal code", "zip code", "post code", "card number", "postleitzahl", "code postal", "почтовый индекс", "№")
_DATED = ("date", "datum", "fecha", "дата", "tanggal", "tgl", "日期", "时间", "day", "visit", "since")


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
def ranks(role: str) -> dict[str, int]:
    """Key of each synonym of a role → how good a name it is; 0 is the best. Made when first asked for."""
    return {key(word): rank for rank, word in reversed([*enumerate(ROLES[role].synonyms)])}


@cache
def phrases(role: str) -> list[tuple[str, frozenset[str]]]:
    return [(key(word), frozenset(words(word))) for word in (*ROLES[role].synonyms, *ROLES[role].weak)]


@cache
def _counted() -> set[str]:
    return {word for role in ROLES.values() if role.kind != "text" for word in ranks(role.name)}


@cache
def _named() -> set[str]:
    return {key(word) for word in _WHOLE}.union(*(ranks(name) for name in ("customer", "order", "product")))


def is_identifier(heading: str) -> bool:
    """Whether a heading speaks of an identifier (CustomerID, Invoice No, Telefon), whose values stay text."""
    parts, whole = words(heading), key(heading)
    if not parts or whole in _counted():
        return False
    if parts[0] in _COUNTS and any(map(_is_plural, parts[1:])) and whole not in _named():
        return False
    starts = parts[0] in _FIRST and (len(parts) == 1 or parts[1] not in ("of", "de", "items", "orders", "cds"))
    return whole in _named() or parts[-1] in _LAST or starts or whole.endswith(_ENDINGS)


def _is_plural(word: str) -> bool:
    return word in ("children", "people") or (len(word) > 3 and word[-1] == "s" and word[-2] not in "sui")


def is_amount(heading: str) -> bool:
    """Whether a heading names something that is counted or measured, such as a revenue."""
    return key(heading) in _counted()


def names_role(role: str, word: str) -> bool:
    """Whether a heading's key is one of a role's synonyms: "kundennr" names the customer."""
    return word in ranks(role)


def is_dated(heading: str) -> bool:
    """Whether a heading speaks of a date, so that 19970101 in it is one."""
    whole = key(heading)
    return any(key(word) in whole for word in _DATED) or whole in ranks("date")


_MONTHLY = re.compile(
    r"(?i)month|monat|mois|\bmes(es)?\b|m[êe]s\b|mese|maand|месяц|період|период|bulan|muaj|月|period|quarter|quartal|"
    r"trimest|квартал|kuartal|triwulan|tremuj|季|week|woche|semaine|semana|settimana|недел|minggu|\bjav|周"
)


def is_monthly(heading: str) -> bool:
    """Whether a heading speaks of a date or of months, quarters or weeks, so that 2024-03 in it is one."""
    return is_dated(heading) or bool(_MONTHLY.search(heading))


NO = ("", "0", "no", "n", "false", "never", "none", "nein", "non", "нет", "tidak", "jo", "否")
_NEGATED = re.compile(
    r"(no|not|never|none|nein|nicht|keine?|non|нет|не|tidak|belum|jo|否)\b(?!\W*\d)"  # No. 5 is a number
)


def is_no(word: str) -> bool:
    """Whether a value says no: 0, false, nein, and what begins with a no, as "No internet service"."""
    plain = word.casefold().strip()
    return plain in NO or bool(_NEGATED.match(plain))


CURRENCIES = frozenset(
    split_words(
        "AED, ALL, ARS, AUD, BAM, BGN, BRL, BYN, CAD, CHF, CLP, CNY, COP, CZK, DKK, EGP, EUR, GBP, GEL, HKD, HRK, HUF, "
        "IDR, ILS, INR, ISK, JPY, KRW, KZT, MAD, MKD, MXN, MYR, NGN, NOK, NZD, PEN, PHP, PLN, RMB, RON, RSD, RUB, RUR, "
        "SAR, SEK, SGD, THB, TRY, TWD, UAH, USD, UYU, VND, ZAR"
    )
)


def says_number(heading: str) -> bool:
    """Whether a heading says outright that it numbers something: CustomerID and Card No, but not Company Name."""
    return is_identifier(heading) and words(heading)[-1] in _IDS
