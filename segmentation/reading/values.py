"""Text to numbers and dates: every column votes over its distinct values, nothing is guessed cell by cell.

Everything here works on an array of distinct texts and how often each occurs, so a column of ten
million rows with three thousand different dates costs three thousand readings. A further way of
writing numbers or dates is one more small function here.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from segmentation.reading import calendars, months, signs

MAX_ODD = 0.05  # a column stays a number (or a date) while at most this share of its values is something else
MANY = 8_000  # different texts of which a part is looked at first
MIN_READ = 0.5  # and at least this share reads, words that mean "missing" set aside
# fmt: off
MISSING = (
    "", "-", "--", "—", "–", "?", ".", "n/a", "#n/a", "na", "n.a.", "nan", "null", "none", "nil", "unknown", "missing",
    "(null)", "\\n", "nat", "0000-00-00", "0000-00-00 00:00:00", "00.00.0000", "#value!", "#ref!", "#name?", "#div/0!", "#num!",
    "#null!", "#spill!", "#calc!", "#nv", "#wert!", "#bezug!", "#zahl!", "#valeur!", "#nom?", "#nombre!", "#¡valor!", "#¡ref!",
    "#¡div/0!", "#¿nombre?", "#¡num!", "#n/d", "#valor!", "#nome?", "#núm!", "#н/д", "#знач!", "#ссылка!", "#дел/0!", "#имя?",
    "#число!", "unbekannt", "k.a.", "inconnu", "desconocido", "desconhecido", "нет", "н/д", "неизвестно",
)
# fmt: on
WIDE = " \u00a0\u2009\u202f"
SPACES = f"[{WIDE}]"
CURRENCY = (
    r"[$€£¥￥￦￡\\₽₴₹₺₩₫₪₱฿¢]|(?i:eur|usd|gbp|chf|rub|uah|pln|czk|huf|sek|nok|dkk|brl|mxn|jpy|cny|rmb|inr|idr|all|try|cad|aud|"
    r"us\$|r\$|a\$|c\$|s\$|nt\$|hk\$|nz\$|mx\$|rp\.?|руб\.?|р\.|грн\.?|zł|kč|kr\.?|ft|lek[eë]?|元|円|원)|L"
)
TIMES = {  # thousands and millions, as people abbreviate them
    **dict.fromkeys(("[kK]", "(?i:tsd\\.?)", "(?i:тыс\\.?)"), "e3"),
    **dict.fromkeys(("M", "m", "(?i:m[nm])", "(?i:mio\\.?)", "(?i:mln\\.?)", "(?i:млн\\.?)"), "e6"),
    **dict.fromkeys(("万", "萬"), "e4"),
    **dict.fromkeys(("億", "亿"), "e8"),
    "(?i:bn)": "e9",
}
NUMBER = (
    rf"^\s*(?P<open>\(?){SPACES}*(?P<sign>[-+−–]?){SPACES}*(?:{CURRENCY})?{SPACES}*(?P<sign2>[-−–]?){SPACES}*"
    rf"(?P<open2>\(?){SPACES}*"
    rf"(?P<digits>[0-9][0-9.,'’{WIDE}]*|[.,][0-9]+)(?P<exponent>(?:[eE][-+]?[0-9]+)?)"
    rf"{SPACES}*(?P<times>(?:{'|'.join(TIMES)})?){SPACES}*(?:{CURRENCY})?{SPACES}*(?P<percent>%?)(?P<sign3>[-−–]?){SPACES}*(?:{CURRENCY})?(?P<close>\)?)\s*$"
)
ACCOUNTED = (  # ways of bookkeepers and spreadsheets → the plain one, each only where a text is no number otherwise
    (r"^\s*'(.*)$", r"\1"),  # '-70, guarded against being a formula
    (r'^\s*=\s*"(.*)"\s*$', r"\1"),  # ="-70", for the same reason
    (r"^\s*\[(.*)\]\s*$", r"(\1)"),
    (r"^\s*<(.*)>\s*$", r"(\1)"),
    (rf"^\s*((?:{CURRENCY}){SPACES}*)\((.*)\)\s*$", r"(\1\2)"),  # $(30.00)
    (rf"^\s*\((.*)\){SPACES}*(?:{CURRENCY})\s*$", r"(\1)"),
    (rf"^(.*[0-9]){SPACES}*(?:[CD][Rr]|[cd]r)\.?\s*$", r"\1"),
    (r"^\s*(?:[CD][Rr]|[cd]r)\.?\s+(.*[0-9].*)$", r"\1"),
    (rf"^(.*[0-9][.,][0-9][0-9]){SPACES}*[SH]\s*$", r"\1"),  # Soll and Haben; 5 H are hours
)
MAYBE = rf"^[^0-9]{{0,12}}[0-9][0-9.,'’{WIDE}]*(?:[eE][-+]?[0-9]+)?[^0-9]{{0,12}}$"  # cheap; rules most text out
TIME = (
    r"(?:[ T,]+(?:(?:上午|下午|午前|午後|오전|오후) ?)?[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2}(?:[.,][0-9]+)?)?(?: ?[AaPp]\.?[Mm]\.?)?"
    r"(?: ?(?:Z|UTC|GMT)| ?[-+][0-9]{2}:?[0-9]{2})?)?"
)
DATE = rf"^\s*(?P<a>[0-9]{{1,4}})(?P<s>[./-]) ?(?P<b>[0-9]{{1,2}})[./-] ?(?P<c>[0-9]{{1,4}})\.?(?: г\.)?{TIME}\s*$"
DAY_FIRST = r"^\s*(?P<a>[0-3]?[0-9])(?P<b>[0-3][0-9])(?P<c>(?:19|20)[0-9]{2})\s*$"
SHORT_FIRST = r"^\s*[0-9]{1,2}[./-]"
WITH_WORD = r"^\s*[^0-9\s]+\s+[0-9]{1,2}[./-]|(?:[./-][0-9]{1,2}[./-][0-9]{1,4}|日)\s*[(（ ][^0-9\s]+$"  # may be the day of the week
COMPACT = rf"^\s*(?P<a>(?:19|20)[0-9]{{2}})(?P<b>[01][0-9])(?P<c>[0-3][0-9]){TIME}\s*$"
ORDERS = ("dmy", "mdy", "ymd")  # the orders of day, month and year a person may decide on
SWAPPED = "swapped"  # day and month exchanged where a spreadsheet took them for dates
FORMS = (*ORDERS, "excel", "epoch", SWAPPED, "none")  # and: days since 1900, seconds or less since 1970, no dates
EXCEL_ZERO = 25_569  # 1 January 1970 as Excel counts days
EXCEL = (18_264, 73_050)  # 1950 to 2099
EPOCH = (3e8, 4.1e9)  # 1979 to 2099 in seconds


@dataclass(frozen=True)
class Vote:
    """What a column is: "number", "date" or "text"; its distinct values read so (missing where they are not)."""

    kind: str
    values: pa.Array | None = None  # one per distinct text
    form: str | None = None  # "." or "," for numbers with decimals, one of FORMS for dates
    odd: tuple[int, str] = (0, "")  # how many values are not of this kind, and an example
    other: pa.Array | None = None  # the second possible reading, where the column does not decide
    rival: str | None = None  # the form of that reading
    mixed: dict[str, tuple[int, str]] = field(default_factory=dict)  # orders no one of which holds: values, an example
    calendar: str = ""  # how years are counted, where not as usual


class Dates(NamedTuple):
    days: np.ndarray  # datetime64[D], NaT where the text is no date in this order
    ok: np.ndarray


@dataclass(frozen=True)
class Asked:
    """What a column is asked with: decisions on the decimal mark and the order of dates, and two hints.

    `hint` is how the rest of the file writes decimals; `dated` says that the heading speaks of a date,
    so that 19970101 may be one; `counted`: so surely that 45365 is one too, in days since 1900 or seconds since 1970;
    `monthly`: of a date or a month, so that 2024-03 may be one; `past`: of births, which are not ahead; `amount`: of an
    amount, which may have as many digits as a phone number.
    """

    decimal: str | None = None
    hint: str | None = None
    dates: str | None = None
    dated: bool = False
    counted: bool = False
    monthly: bool = False
    past: bool = False
    amount: bool = False


def vote(texts: pa.Array, counts: np.ndarray, how: Asked) -> Vote:
    """The kind most of the column agrees on: dates first, then numbers, otherwise text."""
    texts = signs.plain(texts)
    if len(texts) > MANY and _plainly_words(
        texts.take(pa.array(np.linspace(0, len(texts) - 1, MANY // 4).astype(int)))
    ):
        return Vote("text")
    missing = is_missing(texts)
    return (
        _date_vote(texts, counts, missing, how)
        or _counted_days(texts, counts, missing, how)
        or (None if is_code(texts, how.amount) else _number_vote(texts, counts, missing, how))
        or Vote("text")
    )


def _plainly_words(texts: pa.Array) -> bool:
    """Whether few of some texts are numbers or dates in any way of writing them."""
    missing = is_missing(texts)
    as_numbers, as_dates = readings(texts), dates_in(in_digits(texts, missing), True) or {}
    read = missing | ~np.isnan(as_numbers["."]) | ~np.isnan(as_numbers[","])
    for one in as_dates.values():
        read |= one.ok
    return bool(read.sum() < MIN_READ * len(texts))


def is_missing(texts: pa.Array) -> np.ndarray:
    """True for words that stand for "no value" in a column of numbers or dates; in a text column they are text."""
    words = pc.utf8_lower(pc.utf8_trim_whitespace(texts))
    return pc.is_in(words, pa.array(MISSING)).to_numpy(zero_copy_only=False)


def _agrees(ok: np.ndarray, counts: np.ndarray, missing: np.ndarray) -> bool:
    said = counts[~missing].sum()
    fits = counts[ok].sum()
    return bool(fits > 0 and said - fits <= MAX_ODD * said and fits >= MIN_READ * counts.sum())


def _odd(texts: pa.Array, counts: np.ndarray, ok: np.ndarray) -> tuple[int, str]:
    blank = pc.equal(pc.utf8_trim_whitespace(texts), "").to_numpy(zero_copy_only=False)
    bad = np.flatnonzero(~ok & ~blank)
    return (int(counts[bad].sum()), texts[int(bad[0])].as_py()) if len(bad) else (0, "")


# Numbers


def _number_vote(texts: pa.Array, counts: np.ndarray, missing: np.ndarray, how: Asked) -> Vote | None:
    both = readings(texts, how.amount)
    chosen, doubtful = (how.decimal, False) if how.decimal else _decimal(both, counts, how.hint)
    values = both[chosen]
    ok = ~np.isnan(values)
    if not _agrees(ok, counts, missing):
        return None
    other = both["," if chosen == "." else "."] if doubtful else None
    form = chosen if decimals_matter(both) else None
    return Vote(
        "number",
        whole_or_float(values),
        form,
        _odd(texts, counts, ok),
        None if other is None else pa.array(other, from_pandas=True),
    )


def decimals_matter(both: dict[str, np.ndarray]) -> bool:
    return not np.array_equal(both["."], both[","], equal_nan=True)


def _decimal(both: dict[str, np.ndarray], counts: np.ndarray, hint: str | None) -> tuple[str, bool]:
    """The decimal mark under which more of the column reads; whether nothing decides between the two."""
    point, comma = evidence(both, counts)
    if point != comma:
        return ("." if point > comma else ","), False
    return hint or ".", hint is None and decimals_matter(both)


def evidence(both: dict[str, np.ndarray], counts: np.ndarray) -> tuple[int, int]:
    """How many values read only with a decimal point, and only with a decimal comma."""
    point, comma = ~np.isnan(both["."]), ~np.isnan(both[","])
    return int(counts[point & ~comma].sum()), int(counts[comma & ~point].sum())


def coded(texts: pa.Array) -> bool:
    """Leading zeros or more than 15 digits: a code to keep as it is written, never a number."""
    return bool(pc.any(pc.match_substring_regex(texts, r"^\s*(?:0+[1-9][0-9]*|[0-9]{16,})\s*$")).as_py())


def is_code(texts: pa.Array, amount: bool) -> bool:
    """Codes and phone numbers: a plus before eight digits or more, or, where no amount is meant, as many digits in all."""
    some = texts.slice(0, 1000).drop_null()
    plus = pc.match_substring_regex(some, r"^\s*\+(?:[0-9]{8,15}|(?:[0-9][ ()/-]*){10,15})$")
    phones = len(some) and 2 * (pc.sum(plus).as_py() or 0) > len(some)
    return bool(phones) or coded(texts) or (not amount and _are_as_long(some))


def _are_as_long(texts: pa.Array) -> bool:
    """Whether texts are whole numbers of equally many digits, eleven or more, that are not all round."""
    long = pc.all(pc.match_substring_regex(texts, r"^\s*[0-9]{11,15}\s*$")).as_py()
    if not long or len(texts) < 3:
        return False
    lengths = pc.utf8_length(pc.utf8_trim_whitespace(texts))
    return pc.count_distinct(lengths).as_py() == 1 and not pc.all(pc.match_substring_regex(texts, r"00\s*$")).as_py()


def readings(texts: pa.Array, amount: bool = False) -> dict[str, np.ndarray]:
    """Texts as float64 with a decimal point and with a decimal comma, NaN where they are no number so written.

    Thousands may be set apart by the other mark, a space of any width or an apostrophe; a currency
    may stand on either side; parentheses or a minus on either side mean negative; 12 % is 0.12. Under the heading of an
    `amount` 5M is five millions. What bookkeepers write is in ACCOUNTED.
    """
    if pc.any(pc.match_substring_regex(texts, r"^[^0-9]*[-–—][^0-9]*$")).as_py():
        texts = pc.replace_substring_regex(
            texts, rf"^\s*(?:(?:{CURRENCY})\s*[-–—]|[-–—]\s*(?:{CURRENCY}))\s*$", "0"
        )  # nothing, to an accountant
    texts = pc.replace_substring_regex(texts, r"^(.*[0-9])[.,](?:--?|–|—|=)(\s*\S{0,4}\s*)$", r"\1\2")  # 1.234,-
    bare = pc.match_substring_regex(texts, "^-?[0-9]+(?:[.,][0-9]+)?$")
    dressed = pc.and_not(pc.match_substring_regex(texts, MAYBE), bare)
    if not pc.any(dressed).as_py():
        return _bare_readings(texts, bare)
    clad = pc.if_else(dressed, texts, None)
    parts = pc.extract_regex(_undressed(clad), NUMBER)  # the dear way, only for what needs it
    digits = pc.replace_substring_regex(pc.struct_field(parts, "digits"), f"[{WIDE}’]", "'")
    digits = pc.if_else(bare, pc.utf8_ltrim(texts, "-"), pc.utf8_rtrim(digits, "'"))
    scale = np.where(_filled(parts, "percent"), 0.01, 1.0)
    minus = (
        _negative(parts) | taken_off(clad) | pc.and_(bare, pc.starts_with(texts, "-")).to_numpy(zero_copy_only=False)
    )
    power = pc.fill_null(pc.struct_field(parts, "exponent"), "")
    times = pc.fill_null(pc.struct_field(parts, "times"), "")
    if pc.any(pc.not_equal(times, "")).as_py():
        parts, power = _multiplied(texts, parts, times, power, amount)
    fair = pc.or_(bare, pc.fill_null(_balanced(parts), False))
    return {mark: _floats(digits, power, fair, mark) * np.where(minus, -scale, scale) for mark in ".,"}


def _bare_readings(texts: pa.Array, bare: pa.Array) -> dict[str, np.ndarray]:
    """The same where no number stands in more than its digits, a mark and a minus: no long pattern is put together."""
    digits, power = pc.if_else(bare, pc.utf8_ltrim(texts, "-"), None), pa.scalar("", pa.string())
    minus = pc.and_(bare, pc.starts_with(texts, "-")).to_numpy(zero_copy_only=False)
    return {mark: _floats(digits, power, bare, mark) * np.where(minus, -1.0, 1.0) for mark in ".,"}


def _undressed(texts: pa.Array) -> pa.Array:
    """Texts (null: those that need nothing) without the marks of bookkeepers."""
    lettered = pc.if_else(pc.match_substring_regex(texts, r"['\[(<=]|[CDcd][Rr]|[SH]\s*$"), texts, None)
    if lettered.null_count == len(texts):
        return texts
    odd = pc.and_(pc.is_valid(lettered), pc.invert(pc.fill_null(pc.match_substring_regex(lettered, NUMBER), False)))
    for written, plain in ACCOUNTED:
        texts = pc.if_else(odd, pc.replace_substring_regex(texts, written, plain), texts)
    return texts


def taken_off(texts: pa.Array) -> np.ndarray:
    """Which numbers are marked as credits (30.00 Cr, 30,00 H); where most are, as in the books of sales, those of debit."""
    credit, debit = (
        pc.fill_null(pc.match_substring_regex(texts, marked), False).to_numpy(zero_copy_only=False)
        for marked in (
            rf"^\s*(?:C[Rr]|cr)\.?\s|[0-9]{SPACES}*(?:C[Rr]|cr)\.?\s*$|[.,][0-9][0-9]{SPACES}*H\s*$",
            rf"^\s*(?:D[Rr]|dr)\.?\s|[0-9]{SPACES}*(?:D[Rr]|dr)\.?\s*$|[.,][0-9][0-9]{SPACES}*S\s*$",
        )
    )
    return debit if 2 * credit.sum() > len(texts) else credit


def _multiplied(
    texts: pa.Array, parts: pa.StructArray, times: pa.Array, power: pa.Array, amount: bool
) -> tuple[pa.StructArray, pa.StringArray]:
    """Thousands and millions as powers of ten, where a currency or a decimal stands beside one: 5M alone is a size."""
    scaled = pc.not_equal(times, "")
    amounts = pc.match_substring_regex(texts.filter(scaled), r"[.,][0-9]|[$€£¥￥₽₹]|[0-9] ?(?:bn|млн|тыс|[万億亿])")
    if not amount and not pc.any(amounts).as_py():
        return pc.if_else(scaled, None, parts), power
    for shape, said in TIMES.items():
        power = pc.if_else(pc.match_substring_regex(times, f"^(?:{shape})$"), said, power)
    return parts, power


def _floats(digits: pa.Array, power: pa.Array, fair: pa.Array, decimal: str) -> np.ndarray:
    """Digits and marks as float64 under one decimal mark; NaN where the marks stand elsewhere than they may."""
    other = "," if decimal == "." else "."
    indian = "[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}|" if other == "," else ""  # 12,34,567
    groups = f"[0-9]{{1,3}}(?:[{other}][0-9]{{3}})+|[0-9]{{1,3}}(?:'[0-9]{{3}})+|{indian}[0-9]+"
    fits = pc.match_substring_regex(digits, rf"^(?:(?:{groups})(?:[{decimal}][0-9]*)?|[{decimal}][0-9]+)$")
    plain = pc.replace_substring_regex(digits, f"[{other}']", "")
    plain = pc.binary_join_element_wise(pc.replace_substring(plain, decimal, "."), power, "")
    floats = pc.if_else(pc.and_(fits, fair), plain, None).cast(pa.float64())
    numbers = floats.to_numpy(zero_copy_only=False).astype("float64")
    return np.where(np.isfinite(numbers), numbers, np.nan)


def _filled(parts: pa.Array, name: str) -> np.ndarray:
    filled = pc.not_equal(pc.struct_field(parts, name), "")
    return pc.fill_null(filled, False).to_numpy(zero_copy_only=False)


def _negative(parts: pa.Array) -> np.ndarray:
    minus = pc.is_in(pc.struct_field(parts, "sign"), pa.array(["-", "−", "–"])).to_numpy(zero_copy_only=False)
    return np.logical_or.reduce([minus, *(_filled(parts, name) for name in ("sign2", "sign3", "open", "open2"))])


def _balanced(parts: pa.Array) -> pa.Array:
    opened, inner, closed = (pc.struct_field(parts, name) for name in ("open", "open2", "close"))
    return pc.equal(pc.binary_join_element_wise(opened, inner, ""), pc.replace_substring(closed, ")", "("))


def whole_or_float(values: np.ndarray) -> pa.Array:
    """int64 where every value is a whole number that float64 holds exactly, float64 otherwise."""
    known = values[~np.isnan(values)]
    floats = pa.array(values, from_pandas=True)
    whole = bool(np.all(known == np.floor(known)) and np.all(np.abs(known) < 2**53))
    return floats.cast(pa.int64()) if whole else floats


# Dates


def _date_vote(texts: pa.Array, counts: np.ndarray, missing: np.ndarray, how: Asked) -> Vote | None:
    if how.dates not in (None, *ORDERS, SWAPPED):
        return None
    written = texts
    texts = in_digits(texts, missing, how.monthly)
    readings = dates_in(texts, how.dated, how.past)
    if readings is None:
        return None
    swapped = _swapped(readings, texts)
    order, rival = (how.dates, None) if how.dates in ORDERS else _order(readings, counts, texts)
    if swapped and how.dates is None:
        readings, rival = {**readings, SWAPPED: swapped}, SWAPPED
    elif how.dates == SWAPPED:
        readings, order, rival = {SWAPPED: swapped or readings[order]}, SWAPPED, None
    chosen = readings[order]
    if not _agrees(chosen.ok, counts, missing):
        return _in_two_orders(readings, counts, missing, written, how.dates)
    form = "ymd" if order != SWAPPED and year_first(texts) else order
    other = pa.array(readings[rival].days) if rival else None
    odd = _odd(written, counts, chosen.ok)
    return Vote("date", pa.array(chosen.days), form, odd, other, rival, calendar=calendars.counted(texts))


def _swapped(readings: dict[str, Dates], texts: pa.Array) -> Dates | None:
    """Days and months of years in front exchanged, where a spreadsheet may have taken one for the other.

    It knows no month 13 and leaves those days as text; the others it makes dates of, whose days are months, 12 at most.
    """
    first = ~pc.match_substring_regex(texts, SHORT_FIRST).to_numpy(zero_copy_only=False) & readings["ymd"].ok
    others = ~first & (readings["dmy"].ok ^ readings["mdy"].ok)
    if first.sum() < 3 or others.sum() < 3 or (readings["dmy"].ok & readings["mdy"].ok & ~first).any():
        return None
    order = "dmy" if readings["dmy"].ok[others].all() else "mdy" if readings["mdy"].ok[others].all() else None
    days = readings["ymd"].days[first]
    in_month = (days - days.astype("datetime64[M]")).astype(int)
    if order is None or in_month.max() > 11 or len(np.unique(in_month)) < 2:
        return None
    month = (days.astype("datetime64[M]") - days.astype("datetime64[Y]")).astype(int)
    exchanged = readings[order].days.copy()
    exchanged[first] = (days.astype("datetime64[Y]").astype("datetime64[M]") + in_month).astype("datetime64[D]") + month
    return Dates(exchanged, readings[order].ok)


def _in_two_orders(
    readings: dict[str, Dates], counts: np.ndarray, missing: np.ndarray, texts: pa.Array, decided: str | None
) -> Vote | None:
    """Text, with the values that are dates in one order alone; the one decided on, where there is a decision."""
    if not {"dmy", "mdy"} <= readings.keys():
        return None
    one, other = readings["dmy"], readings["mdy"]
    if not _agrees(one.ok | other.ok, counts, missing) or not (one.ok & ~other.ok).any() or (one.ok <= other.ok).all():
        return None
    if decided in ("dmy", "mdy"):
        chosen = readings[decided]
        return Vote("date", pa.array(chosen.days), decided, _odd(texts, counts, chosen.ok))
    alone = {"dmy": one.ok & ~other.ok, "mdy": other.ok & ~one.ok}
    if not all(map(np.any, alone.values())):
        return None
    return Vote(
        "text", mixed={form: (int(counts[ok].sum()), texts[int(ok.argmax())].as_py()) for form, ok in alone.items()}
    )


def in_digits(texts: pa.Array, missing: np.ndarray, monthly: bool = False) -> pa.Array:
    """Texts with their months in digits (4 März 2024 -> 2024-03-04), where most of them have a month in words.

    `monthly`: their heading speaks of a date or month, so that a month alone (2024-03, 03/2024) is its first day.
    """
    if pc.any(pc.match_substring_regex(texts, WITH_WORD)).as_py():
        texts = months.without_weekday(texts)
    known = np.flatnonzero(~missing)
    some = [texts[int(i)].as_py() for i in known[:: max(1, len(known) // 100)]]
    for read in (months.iso, *([months.first_day] if monthly else [])):
        tried = [read(text) for text in some] if read is months.iso or not months.without_year(some) else []
        if any(tried) and sum(map(bool, tried)) >= 0.5 * len(tried):
            return pa.array([read(text) or text for text in texts.to_pylist()], pa.string())
    return texts


def _counted_days(texts: pa.Array, counts: np.ndarray, missing: np.ndarray, how: Asked) -> Vote | None:
    """Days as Excel counts them, or seconds or milliseconds since 1970, under a heading that speaks of a date."""
    if how.dates not in (None, "excel", "epoch") or not (how.counted or how.dates):
        return None
    numbers = readings(texts)["," if how.decimal == "," or how.hint == "," else "."]
    for form, days in (("excel", _excel_days(numbers)), ("epoch", _epoch_days(numbers))):
        ok = ~np.isnat(days)
        if how.dates in (None, form) and _agrees(ok, counts, missing):
            return Vote("date", pa.array(days), form, _odd(texts, counts, ok))
    return None


def _excel_days(numbers: np.ndarray) -> np.ndarray:
    inside = (numbers >= EXCEL[0]) & (numbers < EXCEL[1])
    return _days_since_1970(np.where(inside, numbers - EXCEL_ZERO, np.nan))


def _epoch_days(numbers: np.ndarray) -> np.ndarray:
    seconds = numbers / 10.0 ** np.select([numbers >= most for most in (1e17, 1e14, 1e11)], [9, 6, 3], 0)
    inside = (seconds >= EPOCH[0]) & (seconds < EPOCH[1])
    return _days_since_1970(np.where(inside, seconds / 86_400, np.nan))


def _days_since_1970(days: np.ndarray) -> np.ndarray:
    whole = np.floor(np.nan_to_num(days)).astype("int64").astype("datetime64[D]")
    return np.where(np.isnan(days), np.datetime64("NaT", "D"), whole)


def dates_in(texts: pa.Array, dated: bool, past: bool = False) -> dict[str, Dates] | None:
    """Each order of day, month and year tried on the texts; None where nothing looks like a date."""
    parts, rest = pc.extract_regex(texts, DATE), pc.extract_regex(texts, COMPACT)
    compact = pc.is_valid(rest).to_numpy(zero_copy_only=False)
    if not (dated or compact.sum() >= 20 or pc.any(pc.is_valid(parts)).as_py()):
        return None
    a, b, c = (np.where(compact, _ints(rest, key), _ints(parts, key)) for key in "abc")
    found = compact | pc.is_valid(parts).to_numpy(zero_copy_only=False)
    if dated and not found.any():
        parts = pc.extract_regex(texts, DAY_FIRST)
        a, b, c, found = *(_ints(parts, key) for key in "abc"), pc.is_valid(parts).to_numpy(zero_copy_only=False)
    if not found.any():
        return None
    long_first = _year_first(parts) | compact
    return {order: _dates(order, a, b, c, found, long_first, past) for order in ORDERS}


def _ints(parts: pa.Array, key: str) -> np.ndarray:
    return pc.fill_null(pc.struct_field(parts, key).cast(pa.int64()), 0).to_numpy(zero_copy_only=False)


def _year_first(parts: pa.Array) -> np.ndarray:
    length = pc.utf8_length(pc.struct_field(parts, "a"))
    return pc.fill_null(pc.greater_equal(length, 3), False).to_numpy(zero_copy_only=False)


def year_first(texts: pa.Array) -> bool:
    """Whether every text that is a date starts with a year of four digits: nothing is left to decide then."""
    return not pc.any(pc.match_substring_regex(texts, rf"{SHORT_FIRST}|^\s*[0-9]{{7,8}}$")).as_py() or bool(
        pc.all(pc.match_substring_regex(texts, COMPACT)).as_py()
    )


def _dates(
    order: str, a: np.ndarray, b: np.ndarray, c: np.ndarray, found: np.ndarray, long_first: np.ndarray, past: bool
) -> Dates:
    """A year of four digits in front is a year under every order; two digits mean 1969 to 2068 (POSIX).

    `past`: nothing lies ahead, 1945 is meant where 2045 is to come.
    """
    where = {part: (a, b, c)[order.index(part)] for part in "dmy"}
    year = np.where(long_first, a, where["y"])
    month = np.where(long_first, b, where["m"])
    day = np.where(long_first, c, where["d"])
    year = calendars.full(year, long_first)
    year = np.where(past & (year > _this_year()), year - 100, year)
    sane = found & (month >= 1) & (month <= 12) & (year >= 1600) & (year < 2400)
    first = np.where(sane, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    length = ((first + 1).astype("datetime64[D]") - first.astype("datetime64[D]")).astype(int)
    ok = sane & (day >= 1) & (day <= length)
    days = np.where(ok, first.astype("datetime64[D]") + np.where(ok, day - 1, 0), np.datetime64("NaT", "D"))
    if calendars.is_persian(year[found]):
        days, ok = calendars.persian(year, month, day, found)
    return Dates(days, ok)


def _this_year() -> int:
    return dt.date.today().year


def _order(readings: dict[str, Dates], counts: np.ndarray, texts: pa.Array) -> tuple[str, str | None]:
    """The order under which most values are dates, and one that fits equally and gives other days.

    Days that all begin, or all end, a month are likelier than others, those to come are not, and fewer years are.
    An order leaves no doubt where the other gives years to come, or three times as many. Nobody who writes the month
    first writes dots, and few who write the year first do: they leave none either, unless days first are that odd.
    """
    weight = {order: int(counts[reading.ok].sum()) for order, reading in readings.items()}
    most = max(weight.values())
    likely = [order for order in ORDERS if weight[order] == most]
    dotted = pc.any(pc.match_substring_regex(texts, r"^\s*[0-9]{1,2}\.")).as_py()
    if dotted and "dmy" in likely:
        odd = _oddness(readings["dmy"])[0] or 3 * _years(readings["ymd"]) <= _years(readings["dmy"])
        likely = ["dmy", "ymd"] if odd and "ymd" in likely and not _is_regular(readings["dmy"]) else ["dmy"]
    best = min(likely, key=lambda order: _oddness(readings[order]))
    rivals = [order for order in likely if not _same(readings[order], readings[best])]
    if rivals and not _is_regular(readings[best]):
        rivals = [order for order in rivals if 3 * _years(readings[best]) > _years(readings[order])]
    rivals = [order for order in rivals if not _is_ahead(readings[order]) or _is_ahead(readings[best])]
    return best, rivals[0] if rivals else None


def _oddness(reading: Dates) -> tuple[bool, bool, int]:
    return _is_ahead(reading), not _is_regular(reading), _years(reading)


def _is_ahead(reading: Dates) -> bool:
    """Whether most days are to come, later than next year."""
    years = reading.days[reading.ok].astype("datetime64[Y]").astype(int) + 1970
    return 2 * int((years > _this_year() + 1).sum()) > len(years)


def _is_regular(reading: Dates) -> bool:
    """Whether the days all begin a month, or all end one, as periods do."""
    days = np.unique(reading.days[reading.ok])
    begins = (days == days.astype("datetime64[M]")).all()
    ends = (days + 1 == (days + 1).astype("datetime64[M]")).all()
    return len(days) >= 3 and bool(begins or ends)


def _same(one: Dates, other: Dates) -> bool:
    return np.array_equal(one.days, other.days, equal_nan=True)


def _years(reading: Dates) -> int:
    return len(np.unique(reading.days[reading.ok].astype("datetime64[Y]")))
