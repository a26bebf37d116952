"""Text to numbers and dates: every column votes over its distinct values, nothing is guessed cell by cell.

Everything here works on an array of distinct texts and how often each occurs, so a column of ten
million rows with three thousand different dates costs three thousand readings. A further way of
writing numbers or dates is one more small function here.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from segmentation.reading import months

MAX_ODD = 0.05  # a column stays a number (or a date) while at most this share of its values is something else
MANY = 8_000  # different texts of which a part is looked at first
MIN_READ = 0.5  # and at least this share reads, words that mean "missing" set aside
# fmt: off
MISSING = (
    "", "-", "--", "—", "–", "?", ".", "n/a", "#n/a", "na", "n.a.", "nan", "null", "none", "nil", "unknown", "missing",
    "(null)", "\\n", "nat", "0000-00-00", "0000-00-00 00:00:00", "00.00.0000", "#value!", "#ref!", "#name?", "#div/0!", "#num!",
    "unbekannt", "k.a.", "inconnu", "desconocido", "desconhecido", "нет", "н/д", "неизвестно",
)
# fmt: on
WIDE = " \u00a0\u2009\u202f"
SPACES = f"[{WIDE}]"
CURRENCY = (
    r"[$€£¥￥\\₽₴₹₺₩₫₪₱฿¢]|(?i:eur|usd|gbp|chf|rub|uah|pln|czk|huf|sek|nok|dkk|brl|mxn|jpy|cny|rmb|inr|idr|all|try|cad|aud|"
    r"us\$|r\$|a\$|c\$|rp\.?|руб\.?|р\.|грн\.?|zł|kč|kr\.?|ft|lek[eë]?|元|円|원)|L"
)
NUMBER = (
    rf"^\s*(?P<open>\(?){SPACES}*(?P<sign>[-+−–]?){SPACES}*(?:{CURRENCY})?{SPACES}*(?P<sign2>[-−–]?){SPACES}*"
    rf"(?P<digits>[0-9][0-9.,'’{WIDE}]*|[.,][0-9]+)(?P<exponent>(?:[eE][-+]?[0-9]+)?)"
    rf"{SPACES}*(?:{CURRENCY})?{SPACES}*(?P<percent>%?)(?P<sign3>[-−–]?){SPACES}*(?:{CURRENCY})?(?P<close>\)?)\s*$"
)
ACCOUNTED = (  # ways of bookkeepers and spreadsheets → the plain one, each only where a text is no number otherwise
    (r"^\s*'(.*)$", r"\1"),  # '-70, guarded against being a formula
    (r"^\s*\[(.*)\]\s*$", r"(\1)"),
    (rf"^\s*((?:{CURRENCY}){SPACES}*)\((.*)\)\s*$", r"(\1\2)"),  # $(30.00)
    (rf"^\s*\((.*)\){SPACES}*(?:{CURRENCY})\s*$", r"(\1)"),
    (rf"^(.*[0-9]){SPACES}*(?:[CD][Rr]|[cd]r)\.?\s*$", r"\1"),
    (rf"^(.*[0-9][.,][0-9][0-9]){SPACES}*[SH]\s*$", r"\1"),  # Soll and Haben; 5 H are hours
)
MULTIPLES = (  # what stands behind a number → how many it counts
    (rf"^(.*[0-9]){SPACES}*(?:[kK]|тыс\.?|Tsd\.?)({SPACES}*(?:{CURRENCY})?)\s*$", 1e3),
    (rf"^(.*[0-9]){SPACES}*(?:M|mn|mln|mio\.?|Mio\.?|млн\.?)({SPACES}*(?:{CURRENCY})?)\s*$", 1e6),
)
MAYBE = rf"^[^0-9]{{0,12}}[0-9][0-9.,'’{WIDE}]*(?:[eE][-+]?[0-9]+)?[^0-9]{{0,12}}$"  # cheap; rules most text out
TIME = (
    r"(?:[ T,]+(?:上午|下午)?[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2}(?:[.,][0-9]+)?)?(?: ?[AaPp]\.?[Mm]\.?)?"
    r"(?: ?(?:Z|UTC|GMT)| ?[-+][0-9]{2}:?[0-9]{2})?)?"
)
DATE = rf"^\s*(?P<a>[0-9]{{1,4}})(?P<s>[./-]) ?(?P<b>[0-9]{{1,2}})[./-] ?(?P<c>[0-9]{{1,4}})\.?(?: г\.)?{TIME}\s*$"
COMPACT = rf"^\s*(?P<a>(?:19|20)[0-9]{{2}})(?P<b>[01][0-9])(?P<c>[0-3][0-9]){TIME}\s*$"
ORDERS = ("dmy", "mdy", "ymd")  # the orders of day, month and year a person may decide on
FORMS = (*ORDERS, "excel", "epoch", "none")  # and: days since 1900, seconds or milliseconds since 1970, no dates
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


class Dates(NamedTuple):
    days: np.ndarray  # datetime64[D], NaT where the text is no date in this order
    ok: np.ndarray


@dataclass(frozen=True)
class Asked:
    """What a column is asked with: decisions on the decimal mark and the order of dates, and two hints.

    `hint` is how the rest of the file writes decimals; `dated` says that the heading speaks of a date,
    so that 19970101 may be one; `counted`: so surely that 45365 is one too, in days since 1900 or seconds since 1970;
    `monthly`: of a date or a month, so that 2024-03 may be one.
    """

    decimal: str | None = None
    hint: str | None = None
    dates: str | None = None
    dated: bool = False
    counted: bool = False
    monthly: bool = False


def vote(texts: pa.Array, counts: np.ndarray, how: Asked) -> Vote:
    """The kind most of the column agrees on: dates first, then numbers, otherwise text."""
    if len(texts) > MANY and _plainly_words(
        texts.take(pa.array(np.linspace(0, len(texts) - 1, MANY // 4).astype(int)))
    ):
        return Vote("text")
    missing = is_missing(texts)
    return (
        _date_vote(texts, counts, missing, how)
        or _counted_days(texts, counts, missing, how)
        or _number_vote(texts, counts, missing, how.decimal, how.hint)
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


def _number_vote(
    texts: pa.Array, counts: np.ndarray, missing: np.ndarray, decimal: str | None, hint: str | None
) -> Vote | None:
    if coded(texts):
        return None
    both = readings(texts)
    chosen, doubtful = (decimal, False) if decimal else _decimal(both, counts, hint)
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


def readings(texts: pa.Array) -> dict[str, np.ndarray]:
    """Texts as float64 with a decimal point and with a decimal comma, NaN where they are no number so written.

    Thousands may be set apart by the other mark, a space of any width or an apostrophe; a currency
    may stand on either side; parentheses or a minus on either side mean negative; 12 % is 0.12, 1.2K is 1 200.
    What bookkeepers write is in ACCOUNTED.
    """
    texts = pc.replace_substring_regex(texts, r"^(.*[0-9])[.,](?:--?|–|—|=)(\s*\S{0,4}\s*)$", r"\1\2")  # 1.234,-
    bare = pc.match_substring_regex(texts, "^-?[0-9]+(?:[.,][0-9]+)?$")
    dressed = pc.and_not(pc.match_substring_regex(texts, MAYBE), bare)
    clad = pc.if_else(dressed, texts, None)
    worn, scale = _undressed(clad)
    parts = pc.extract_regex(worn, NUMBER)  # the dear way, only for what needs it
    digits = pc.replace_substring_regex(pc.struct_field(parts, "digits"), f"[{WIDE}’]", "'")
    digits = pc.if_else(bare, pc.utf8_ltrim(texts, "-"), pc.utf8_rtrim(digits, "'"))
    scale = np.where(_filled(parts, "percent"), 0.01, scale)
    minus = (
        _negative(parts) | taken_off(clad) | pc.and_(bare, pc.starts_with(texts, "-")).to_numpy(zero_copy_only=False)
    )
    power = pc.fill_null(pc.struct_field(parts, "exponent"), "")
    fair = pc.or_(bare, pc.fill_null(_balanced(parts), False))
    return {mark: _floats(digits, power, fair, mark) * np.where(minus, -scale, scale) for mark in ".,"}


def _undressed(texts: pa.Array) -> tuple[pa.Array, np.ndarray]:
    """Texts (null: those that need nothing) without the marks of bookkeepers, and what each number counts (1, 1 000 …)."""
    scale = np.ones(len(texts))
    lettered = pc.if_else(pc.match_substring_regex(texts, r"[A-Za-zа-я'\[(]"), texts, None)
    if lettered.null_count == len(texts):
        return texts, scale
    odd = pc.and_(pc.is_valid(lettered), pc.invert(pc.fill_null(pc.match_substring_regex(lettered, NUMBER), False)))
    for written, plain in ACCOUNTED:
        texts = pc.if_else(odd, pc.replace_substring_regex(texts, written, plain), texts)
    for written, counts in MULTIPLES:
        found = pc.fill_null(pc.and_(odd, pc.match_substring_regex(texts, written)), False)
        scale[found.to_numpy(zero_copy_only=False)] = counts
        texts = pc.if_else(found, pc.replace_substring_regex(texts, written, r"\1\2"), texts)
    return texts, scale


def taken_off(texts: pa.Array) -> np.ndarray:
    """Which numbers are marked as credits (30.00 Cr, 30,00 H); where most are, as in the books of sales, those of debit."""
    credit, debit = (
        pc.fill_null(pc.match_substring_regex(texts, marked), False).to_numpy(zero_copy_only=False)
        for marked in (
            rf"[0-9]{SPACES}*(?:C[Rr]|cr)\.?\s*$|[.,][0-9][0-9]{SPACES}*H\s*$",
            rf"[0-9]{SPACES}*(?:D[Rr]|dr)\.?\s*$|[.,][0-9][0-9]{SPACES}*S\s*$",
        )
    )
    return debit if 2 * credit.sum() > len(texts) else credit


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
    return minus | _filled(parts, "sign2") | _filled(parts, "sign3") | _filled(parts, "open")


def _balanced(parts: pa.Array) -> pa.Array:
    opened, closed = pc.struct_field(parts, "open"), pc.struct_field(parts, "close")
    return pc.equal(pc.equal(opened, "("), pc.equal(closed, ")"))


def whole_or_float(values: np.ndarray) -> pa.Array:
    """int64 where every value is a whole number that float64 holds exactly, float64 otherwise."""
    known = values[~np.isnan(values)]
    floats = pa.array(values, from_pandas=True)
    whole = bool(np.all(known == np.floor(known)) and np.all(np.abs(known) < 2**53))
    return floats.cast(pa.int64()) if whole else floats


# Dates


def _date_vote(texts: pa.Array, counts: np.ndarray, missing: np.ndarray, how: Asked) -> Vote | None:
    if how.dates not in (None, *ORDERS):
        return None
    written = texts
    texts = in_digits(texts, missing, how.monthly)
    readings = dates_in(texts, how.dated)
    if readings is None:
        return None
    order, rival = (how.dates, None) if how.dates else _order(readings, counts, texts)
    chosen = readings[order]
    if not _agrees(chosen.ok, counts, missing):
        return None
    return Vote(
        "date",
        pa.array(chosen.days),
        "ymd" if year_first(texts) else order,
        _odd(written, counts, chosen.ok),
        pa.array(readings[rival].days) if rival else None,
        rival,
    )


def in_digits(texts: pa.Array, missing: np.ndarray, monthly: bool = False) -> pa.Array:
    """Texts with their months in digits (4 März 2024 -> 2024-03-04), where most of them have a month in words.

    `monthly`: their heading speaks of a date or month, so that a month alone (2024-03, 03/2024) is its first day.
    """
    known = np.flatnonzero(~missing)
    some = [texts[int(i)].as_py() for i in known[:: max(1, len(known) // 100)]]
    for read in (months.iso, *([months.first_day] if monthly else [])):
        tried = [read(text) for text in some]
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
    seconds = np.where(numbers >= 1e11, numbers / 1000, numbers)
    inside = (seconds >= EPOCH[0]) & (seconds < EPOCH[1])
    return _days_since_1970(np.where(inside, seconds / 86_400, np.nan))


def _days_since_1970(days: np.ndarray) -> np.ndarray:
    whole = np.floor(np.nan_to_num(days)).astype("int64").astype("datetime64[D]")
    return np.where(np.isnan(days), np.datetime64("NaT", "D"), whole)


def dates_in(texts: pa.Array, dated: bool) -> dict[str, Dates] | None:
    """Each order of day, month and year tried on the texts; None where nothing looks like a date."""
    parts, rest = pc.extract_regex(texts, DATE), pc.extract_regex(texts, COMPACT)
    compact = pc.is_valid(rest).to_numpy(zero_copy_only=False)
    if not (dated or compact.sum() >= 20 or pc.any(pc.is_valid(parts)).as_py()):
        return None
    a, b, c = (np.where(compact, _ints(rest, key), _ints(parts, key)) for key in "abc")
    found = compact | pc.is_valid(parts).to_numpy(zero_copy_only=False)
    if not found.any():
        return None
    long_first = _year_first(parts) | compact
    return {order: _dates(order, a, b, c, found, long_first) for order in ORDERS}


def _ints(parts: pa.Array, key: str) -> np.ndarray:
    return pc.fill_null(pc.struct_field(parts, key).cast(pa.int64()), 0).to_numpy(zero_copy_only=False)


def _year_first(parts: pa.Array) -> np.ndarray:
    length = pc.utf8_length(pc.struct_field(parts, "a"))
    return pc.fill_null(pc.equal(length, 4), False).to_numpy(zero_copy_only=False)


def year_first(texts: pa.Array) -> bool:
    """Whether every text that is a date starts with a year of four digits: nothing is left to decide then."""
    return not pc.any(pc.match_substring_regex(texts, r"^\s*[0-9]{1,2}[./-]")).as_py()


def _dates(order: str, a: np.ndarray, b: np.ndarray, c: np.ndarray, found: np.ndarray, long_first: np.ndarray) -> Dates:
    """A year of four digits in front is a year under every order; two digits mean 1969 to 2068 (POSIX)."""
    where = {part: (a, b, c)[order.index(part)] for part in "dmy"}
    year = np.where(long_first, a, where["y"])
    month = np.where(long_first, b, where["m"])
    day = np.where(long_first, c, where["d"])
    year = np.where(year < 69, year + 2000, np.where(year < 100, year + 1900, year))
    sane = found & (month >= 1) & (month <= 12) & (year >= 1600) & (year < 2400)
    first = np.where(sane, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    length = ((first + 1).astype("datetime64[D]") - first.astype("datetime64[D]")).astype(int)
    ok = sane & (day >= 1) & (day <= length)
    days = first.astype("datetime64[D]") + np.where(ok, day - 1, 0)
    return Dates(np.where(ok, days, np.datetime64("NaT", "D")), ok)


def _order(readings: dict[str, Dates], counts: np.ndarray, texts: pa.Array) -> tuple[str, str | None]:
    """The order under which most values are dates, and one that fits equally and gives other days.

    Dots are day-first by custom (nobody who writes the month first writes dots), so they leave no doubt. Between years
    of two digits in front and at the end, fewer different years are likelier, three times fewer leave none either.
    """
    weight = {order: int(counts[reading.ok].sum()) for order, reading in readings.items()}
    best = max(ORDERS, key=lambda order: weight[order])
    rivals = [order for order in ORDERS if weight[order] == weight[best] and not _same(readings[order], readings[best])]
    if not rivals or pc.any(pc.match_substring_regex(texts, r"^\s*[0-9]{1,2}\.")).as_py():
        return best, None
    if "ymd" in rivals:
        front, end = _years(readings["ymd"]), _years(readings[best])
        if front < end:
            return "ymd", best if 3 * front > end else None
        rivals = [order for order in rivals if order != "ymd" or 3 * end > front]
    return best, rivals[0] if rivals else None


def _same(one: Dates, other: Dates) -> bool:
    return np.array_equal(one.days, other.days, equal_nan=True)


def _years(reading: Dates) -> int:
    return len(np.unique(reading.days[reading.ok].astype("datetime64[Y]")))
