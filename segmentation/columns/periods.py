"""Headings that name a month, a quarter or a year, and tables that have a column for each of several.

A further language is one more line of month names. Nothing is guessed: a heading is a period only where all of it is
read, beside a word for an amount ("Sales Jan-23") or for a total ("Total 2023", which is left out).
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import pyarrow as pa

from segmentation.columns.kinds import kind_of
from segmentation.columns.metrics import ADDING_UP
from segmentation.columns.words import key, names_role, words
from segmentation.dataclass import dataclass
from segmentation.pattern import pattern
from segmentation.table import Table

FEWEST = 3  # columns of periods that make a file wide
_MONTHS = """
january february march april may june july august september october november december
jan feb mar apr may jun jul aug sep oct nov dec
january february march april may june july august sept october november december
januar februar marz april mai juni juli august september oktober november dezember
janner feber maerz apr mai jun jul aug sep okt nov dez
jan feb mrz apr mai jun jul aug sep okt nov dez
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
janv fevr mars avr mai juin juil aout sept oct nov dec
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
ene feb mar abr may jun jul ago set oct nov dic
janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro
jan fev mar abr mai jun jul ago set out nov dez
januari februari maret april mei juni juli agustus september oktober november desember
jan peb mar apr mei jun jul agu sept okt nop des
jan feb mar apr mei jun jul agt sep okt nov des
janar shkurt mars prill maj qershor korrik gusht shtator tetor nentor dhjetor
jan shk mar pri maj qer kor gus sht tet nen dhj
jan shk mar pri maj qer korr gush shta tet nent dhje
январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
янв фев мар апр май июн июл авг сен окт ноя дек
янв февр март апр мая июн июл авг сент окт нояб дек
一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月
"""
_MONTH = {key(name): month for line in _MONTHS.split("\n") for month, name in enumerate(line.split(), 1) if key(name)}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def _keys(text: str) -> frozenset[str]:
    return frozenset(key(word) for word in text.split())


_PARTS = {  # what stands beside a number from 1 on, and how many months such a part of the year has
    **dict.fromkeys(
        _keys(
            "q qtr qu quarter quartal кв квартал trimestre trimester trim t tr 季度 季 kuartal triwulan tw tremujori"
        ),
        3,
    ),
    **dict.fromkeys(_keys("h hy half halbjahr полугодие semestre semester s 半年"), 6),
}
_FILLERS = _keys(
    "in of for the de do da du del за в im pada per fy year jahr год года г ano annee tahun viti 年 第 month monat месяц "
    "mes mois bulan muaji 月 actual actuals ist факт reel real"
)
_TOTALS = _keys(
    "total totals sum subtotal ytd average avg mean gesamt summe insgesamt mittelwert schnitt somme moyenne suma "
    "promedio soma media итого итог всего сумма среднее jumlah rata gjithsej totali shuma mesatarja 合计 总计 小计 平均"
)


class Period(NamedTuple):
    """`months` months from a month on, or a day of it (0 months); year 0 where the heading does not say which."""

    year: int
    month: int
    months: int
    day: int = 0

    @property
    def first(self) -> int:
        return self.year * 12 + self.month - 1

    @property
    def last_day(self) -> dt.date:
        if self.day:
            return dt.date(self.year, self.month, self.day)
        year, month = divmod(self.first + self.months - 1, 12)
        return dt.date(year, month + 1, calendar.monthrange(year, month + 1)[1])


class Named(NamedTuple):
    """A heading that names a period: which, what else it says ("sales"), and whether it is a total."""

    period: Period
    rest: str
    total: bool


def named(heading: str) -> Named | None:
    """The period a heading names, None where it names none or where part of it is not understood."""
    heading = re.sub(r"[ T]00:00(:00)?(\.0+)?$", "", heading.strip())
    tokens = [part for word in words(heading) for part in re.findall(r"\d+|\D+", word)]
    if len(tokens) > 8:
        return None
    for reader in (_month_by_name, _part_of_year, _by_numbers, _year_alone):
        if found := reader(tokens):
            period, used = found
            rest = [token for i, token in enumerate(tokens) if i not in used and token not in _FILLERS]
            if period.month in range(1, 13) and not any(token.isdigit() for token in rest):
                said = [token for token in rest if token not in _TOTALS]
                return Named(period, "".join(said), len(said) < len(rest))
    return None


Found = tuple[Period, set[int]] | None


def _month_by_name(tokens: list[str]) -> Found:
    """Jan 2023, Jan-23, январь 2023 г., 1月, 2023年1月, 01-Jan-2023; without a year too."""
    for i, token in enumerate(tokens):
        by_number = token == "月" and i > 0 and tokens[i - 1].isdigit()
        if token not in _MONTH and not by_number:
            continue
        used = {i - 1, i} if by_number else {i}
        year, place = _year(tokens, used)
        if i > 0 and not by_number and i - 1 != place and _is_edge(tokens[i - 1]):
            used.add(i - 1)
        month = int(tokens[i - 1]) if by_number else _MONTH[token]
        return Period(year, month, 1), used | {place}
    return None


def _part_of_year(tokens: list[str]) -> Found:
    """Q1 2023, 2023-Q1, 1Q23, II кв. 2023, 1. Halbjahr 2023; without a year too."""
    for i, token in enumerate(tokens):
        for k in (i + 1, i - 1):
            if token in _PARTS and 0 <= k < len(tokens):
                number = int(tokens[k]) if re.fullmatch("[1-4]", tokens[k]) else _ROMAN.get(tokens[k], 0)
                months = _PARTS[token]
                if 1 <= number <= 12 // months:
                    year, place = _year(tokens, {i, k})
                    return Period(year, (number - 1) * months + 1, months), {i, k, place}
    return None


def _year(tokens: list[str], used: set[int]) -> tuple[int, int]:
    """The year and where it stands: four digits anywhere, or two beside what is used; (0, −1) where there is none."""
    for i, token in enumerate(tokens):
        if i not in used and _is_year(token):
            return int(token), i
    for i in (max(used) + 1, min(used) - 1):
        if 0 <= i < len(tokens) and re.fullmatch(r"\d\d", tokens[i]):
            return 2000 + int(tokens[i]), i
    return 0, -1


def _is_year(token: str) -> bool:
    return bool(re.fullmatch(r"(19[89]|20\d)\d", token))


def _is_edge(token: str) -> bool:
    return token.isdigit() and int(token) in (1, 28, 29, 30, 31)


def _by_numbers(tokens: list[str]) -> Found:
    """2023-01, 01/2023, 202301, 2023-01-31, 31.01.2023, 1/1/2023."""
    places = [i for i, token in enumerate(tokens) if token.isdigit()]
    if not places or places[-1] - places[0] >= len(places) or len(places) > 3:
        return None
    numbers = [tokens[i] for i in places]
    if len(numbers) == 1:
        month = re.fullmatch(r"((?:19[89]|20\d)\d)(0[1-9]|1[0-2])", numbers[0])
        return (Period(int(month[1]), int(month[2]), 1), set(places)) if month else None
    pair = _month_of_date(numbers) if len(numbers) == 3 else numbers
    return (period, set(places)) if pair and (period := _pair(*pair)) else None


def _month_of_date(numbers: list[str]) -> list[str] | None:
    """Year and month of a date that is the first or the last day of its month."""
    year = numbers[0] if _is_year(numbers[0]) else numbers[2]
    if not _is_year(year):
        return None
    rest = numbers[1:] if year is numbers[0] else numbers[:2]
    orders = [rest] if year is numbers[0] else [rest[::-1], rest]
    for month, day in orders:
        if len(month) <= 2 and 1 <= int(month) <= 12:
            last = calendar.monthrange(int(year), int(month))[1]
            if int(day) in (1, last):
                return [year, month]
    return None


def _pair(one: str, other: str) -> Period | None:
    """A year of four digits and the number of a month in either order."""
    if _is_year(other):
        one, other = other, one
    return Period(int(one), int(other), 1) if _is_year(one) and len(other) <= 2 else None


def _year_alone(tokens: list[str]) -> Found:
    places = [i for i, token in enumerate(tokens) if _is_year(token)]
    return (Period(int(tokens[places[0]]), 1, 12), set(places)) if len(places) == 1 else None


def is_period(heading: str) -> bool:
    """Whether a heading of nothing but digits and marks names a period (2023, 2023-01, 01/2023, 202301)."""
    found = named(heading)
    return found is not None and not found.rest and found.period.year > 0


_DAY = pattern(r"(?:(\d{4})[-./](\d\d?)[-./](\d\d?)|(\d\d?)([-./])(\d\d?)[-./](\d{4}))(?:[ T]00:00(?::00)?)?\.?")


def days(headings: Sequence[str]) -> dict[str, Named]:
    """Headings that are days one after the other, at even steps, as periods; none where they are not, or few.

    Day or month first is told by a number above 12, or by dots; where neither tells, first days of months are meant.
    """
    found = {name: one for name in headings if (one := _DAY.fullmatch(_in_digits(name.strip())))}
    dots = any(one[5] == "." for one in found.values())
    turned = any(one[6] and int(one[6]) > 12 for one in found.values())
    if not dots and not any(one[1] or int(one[4]) > 12 or turned for one in found.values()):
        return {}
    try:
        dated = {name: _date(one, turned) for name, one in found.items()}
    except ValueError:
        return {}
    steps = {(later - day).days for day, later in pairwise(dated.values())}
    if len(dated) < FEWEST + 1 or len(steps) != 1 or not 0 < min(steps) < 28:
        return {}
    return {name: Named(Period(day.year, day.month, 0, day.day), "", False) for name, day in dated.items()}


_COMPACT_DAY = pattern(r"((?:19|20)\d\d)([01]\d)([0-3]\d)")
_NAMED_DAY = pattern(r"(\d\d?)[-. ]+([^\W\d_]{3,10})[-., ]+(\d{4}|\d\d)")


def _in_digits(heading: str) -> str:
    """20240105 and 5-Jan-24 as 2024-01-05; anything else as it is."""
    if found := _COMPACT_DAY.fullmatch(heading):
        return "-".join(found.groups())
    if (found := _NAMED_DAY.fullmatch(heading)) and (month := _MONTH.get(key(found[2]))):
        return f"{int(found[3]) + 2000 * (len(found[3]) == 2)}-{month}-{found[1]}"
    return heading


def _date(found: re.Match[str], turned: bool) -> dt.date:
    if found[1]:
        return dt.date(int(found[1]), int(found[2]), int(found[3]))
    day, month = (found[6], found[4]) if turned else (found[4], found[6])
    return dt.date(int(found[7]), int(month), int(day))


def are_days(headings: Sequence[str]) -> bool:
    """Whether headings are days one after the other."""
    return len(headings) > FEWEST and len(days(headings)) == len(headings)


@dataclass(frozen=True)
class Wide:
    """heading → (measure, period) of every column that becomes sales, and the columns of totals, which are left out."""

    periods: dict[str, tuple[str, Period]]
    totals: tuple[str, ...]

    def sentence(self) -> str:
        spans = sorted((period, heading) for heading, (_, period) in self.periods.items())
        word = {0: "days", 1: "months", 3: "quarters", 6: "half-years", 12: "years"}[spans[0][0].months]
        left = f" {_listed(self.totals)} {'is a total' if len(self.totals) == 1 else 'are totals'} and left out."
        return (
            f"{len(spans)} columns are {word}, “{spans[0][1]}” to “{spans[-1][1]}”: each amount in them becomes a sale, "
            f"dated {'that' if word == 'days' else 'the last'} day; empty and zero ones none.{left if self.totals else ''}"
        )


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ", ".join(f"“{name}”" for name in names[:3]) + more


def find(data: pa.Table, context: Iterable[str] = ()) -> Wide | None:
    """The columns of periods of a table, None where it has too few; `context` may say the year of bare month names."""
    found = days(numeric(data)) or {name: one for name in numeric(data) if (one := named(name))}
    if not any(one.period.year for one in found.values()):
        year = _year_of(context)
        found = {name: one._replace(period=one.period._replace(year=year)) for name, one in found.items() if year}
    measured = {name: (_measure(one.rest), one.period) for name, one in found.items() if one.period.year}
    amounts = {name: (m, p) for name, (m, p) in measured.items() if m and not found[name].total}
    kept = {name: (m, p) for name, (m, p) in amounts.items() if not _adds_up(name, amounts)}
    if not kept or max(_count(kept, measure) for measure in ADDING_UP) < FEWEST:
        return None
    if len({period.months for _, period in kept.values()}) > 1 or len(set(kept.values())) < len(kept):
        return None  # two columns claim the same period, or periods of different lengths: nothing is guessed
    others = [name for name in numeric(data) if name not in kept and (name in measured or _is_total(name))]
    return Wide(kept, tuple(name for name in others if name in amounts or _is_total(name) or found[name].total))


def numeric(data: pa.Table) -> list[str]:
    """Columns of numbers, and those with nothing in them (months to come)."""
    columns = zip(data.column_names, data.columns, strict=True)
    return [name for name, c in columns if kind_of(c.type) == "number" or c.null_count == len(c)]


def _measure(rest: str) -> str | None:
    if not rest:
        return "revenue"
    return next((role for role in ADDING_UP if names_role(role, rest)), None)


def _adds_up(name: str, amounts: dict[str, tuple[str, Period]]) -> bool:
    """Whether a column spans several shorter periods of the same measure that stand beside it."""
    measure, whole = amounts[name]
    return any(
        of == measure and part.months < whole.months and whole.first <= part.first < whole.first + whole.months
        for of, part in amounts.values()
    )


def _count(kept: dict[str, tuple[str, Period]], measure: str) -> int:
    return sum(of == measure for of, _ in kept.values())


def _is_total(heading: str) -> bool:
    said = set(words(heading)) - _FILLERS
    left = "".join(word for word in words(heading) if word in said - _TOTALS)
    return bool(said & _TOTALS) and (not left or _measure(left) is not None)


def _year_of(context: Iterable[str]) -> int:
    """The only year that the file's name, its sheet and the lines above the headings speak of; 0 where none or several."""
    years = {int(year) for text in context for year in re.findall(r"(?<!\d)((?:19[89]|20\d)\d)(?!\d)", text)}
    return years.pop() if len(years) == 1 else 0


def bare(data: pa.Table) -> list[str]:
    """Month names without any year."""
    found = {name: one for name in numeric(data) if (one := named(name)) and not one.period.year and not one.rest}
    return list(found) if len({one.period for one in found.values()}) >= FEWEST else []


def of(table: Table) -> Wide | None:
    """`find` for a table as read."""
    above = table.set_aside["text"][table.set_aside["reason"] == "stands above the header row"]
    return find(table.data, [table.name, table.report.sheet or "", *above])
