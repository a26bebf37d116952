"""The one owner of how numbers look: three digits for a glance, whole units in tables, a true minus sign."""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from collections.abc import Sequence

MINUS = "−"
MISSING = "–"
MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&])")
LINKS = re.compile(r"(?i)(?<=www)(?=\.)|(?<=https:)(?=//)|(?<=http:)(?=//)|(?<=[\w.+-])(?=@[\w-])")
DUST = 1e-9  # of a whole: what sums of fractions leave of it; of money: nothing
SIGNS = re.compile(
    r"(?<=:)(?=[\w+/-]+:)|(?<=[<>~-])(?=[-=>])"
)  # :smile: :material/home: -> -- >= stand for another sign
JOINER = "\u2060"  # takes no room and shows nothing
STEPS = ((1e12, "tn"), (1e9, "bn"), (1e6, "m"), (1e3, "k"), (1.0, ""))


def compact(value: float, currency: str = "") -> str:
    """Three significant digits with k, m, bn: 14216644.21 → 14.2m; −1437 → −1.44k; missing → –."""
    if value is None or not math.isfinite(value):
        return MISSING
    size = float(f"{abs(value):.3g}") if abs(value) > DUST else 0.0
    step, letter = next(((s, x) for s, x in STEPS if size >= s), STEPS[-1])
    number = f"{size / step:#.3g}".rstrip(".") if size >= 1 and letter else f"{size:.3g}"
    return f"{MINUS if value < 0 and size else ''}{currency}{number}{letter}"


def apart(one: float, other: float, currency: str = "") -> tuple[str, str]:
    """Two amounts as `compact` has them; in whole units where they differ and would be told alike: 2,046,189 and 2,048,112."""
    short, long = ((say(one, currency), say(other, currency)) for say in (compact, whole))
    return long if short[0] == short[1] and long[0] != long[1] else short


def whole(value: float, currency: str = "") -> str:
    """Whole units with thousands separated: 1436.4 → 1,436."""
    if value is None or not math.isfinite(value):
        return MISSING
    rounded = round(abs(value))
    return f"{MINUS if value < 0 and rounded else ''}{currency}{rounded:,}"


def count(value: int) -> str:
    """A number of things: 1702 → 1,702."""
    return f"{int(value):,}"


def octets(value: int) -> str:
    """How large a file is: 1.7 MB, 340 KB."""
    return f"{value / 1e6:,.1f} MB" if value >= 1e6 else f"{value / 1e3:,.0f} KB"


def share(value: float, digits: int = 0) -> str:
    """A share as per cent: 0.3404 → 34%. What is not nothing is not 0% but <1%, what is not all is not 100% but >99%.

    Of what lies above all, and rounds to it, >100% is said; below zero the same the other way round: >−1%, <−99%, <−100%.
    """
    if value is None or not math.isfinite(value):
        return MISSING
    least = 10.0**-digits
    if 0 < abs(value) * 100 < least / 2:
        return f"{f'>{MINUS}' if value < 0 else '<'}{least:g}%"
    if abs(abs(value) - 1) > DUST and f"{abs(value) * 100:.{digits}f}" == f"{100:.{digits}f}":
        return f"{f'<{MINUS}' if value < 0 else '>'}{100 - (abs(value) < 1) * least:g}%"
    return f"{value * 100:z.{digits}f}%".replace("-", MINUS)


def day(value: dt.date) -> str:
    """30 Jun 2026."""
    return f"{value.day} {value:%b %Y}"


def number(value: float) -> str:
    """A threshold as it was typed: no trailing zeros, thousands separated."""
    return f"{value:z,.4f}".rstrip("0").rstrip(".").replace("-", MINUS)


def two_digits(value: float) -> float:
    """A number rounded to two significant digits, so that it can be said: 1234.5 → 1200; 0.0 for what is not finite."""
    return float(f"{value:.2g}") if math.isfinite(value) else 0.0


def setting(value: object) -> str:
    """A threshold of any kind as the shell takes it: 0.8, scores, 31,61,91."""
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, tuple):
        rows = isinstance(next(iter(value), None), dict)
        return (
            "; ".join(f"{r['when'] or 'else'} -> {r['segment']}" for r in value)
            if rows
            else ",".join(map(setting, value))
        )
    return f"{value:g}" if isinstance(value, float) else str(value)


def listed(words: Sequence[str]) -> str:
    """one; one and two; one, two and three."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def first(words: Sequence[str], most: int) -> str:
    """The first of many words, and how many more there are: one, two and 98 more."""
    return listed([*words[:most], *([f"{count(len(words) - most)} more"] if len(words) > most else [])])


def plural(number_of: int, one: str, many: str | None = None) -> str:
    """1 customer, 2 customers."""
    return f"{count(number_of)} {one if number_of == 1 else many or one + 's'}"


def ordinal(number_of: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 21st."""
    ending = "th" if number_of % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number_of % 10, "th")
    return f"{count(number_of)}{ending}"


def unit_of(unit: str, *values: float) -> str:
    """The unit as it stands behind these numbers: one cycle, 1.5 cycles; nothing for shares, money and what has none."""
    if unit in ("", "%", "money"):
        return ""
    return unit.removesuffix("s") if {*values} == {1} else unit


def plain(text: object) -> str:
    """A text as it reads in Markdown, with nothing in it taken as markup: a link or picture in a file stays letters.

    Markdown as it is drawn makes links of bare addresses and e-mails, and signs of names and arrows, even where their
    letters are escaped; only something in their midst that cannot be seen stops it.
    """
    return letters(" ".join(str(text).splitlines()).strip())


def letters(text: str) -> str:
    """What `plain` makes of a piece of one line, the spaces at its ends kept."""
    return MARKUP.sub(r"\\\1", SIGNS.sub(JOINER, LINKS.sub(JOINER, text)))


def put(words: str, value: str) -> str:
    """The words of a setting with its value: in the place of “this share”, else behind them."""
    return words.replace("this share", value, 1) if "this share" in words and value else f"{words} {value}"
