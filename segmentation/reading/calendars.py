"""Years that are counted otherwise: in Thailand (Buddhist), Taiwan (Minguo), Iran (solar), Japan (by era)."""

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from segmentation.pattern import pattern

ERAS = {
    "令和": 2018,
    "平成": 1988,
    "昭和": 1925,
    "大正": 1911,
    "明治": 1867,
    "民國": 1911,
    "民国": 1911,
}  # the year before
LETTERS = {"R": 2018, "H": 1988, "S": 1925}  # as forms and old programs write them
BUDDHIST, MINGUO, PERSIAN = (2443, 2643), (100, 200), (1300, 1500)  # years from and to, in digits
_LEAP = (1, 5, 9, 13, 17, 22, 26, 30)  # of 33 years in Iran
_ERA = pattern(
    rf"\s*(?:中華)?(?P<era>{'|'.join(ERAS)})\s?(?P<year>\d{{1,3}}|元)\s?(?:[年./-])\s?(?P<month>\d\d?)"
    r"(?:\s?[月./-]\s?(?P<day>\d\d?)\s?日?)?\s?月?\s*"
)
_LETTER = pattern(r"\s*(?P<era>[RHS])\s?(?P<year>\d\d?)[./-](?P<month>\d\d?)(?:[./-](?P<day>\d\d?))\s*")
_SAID = {
    "buddhist": "as in Thailand (Buddhist): 2567 is 2024",
    "minguo": "as in Taiwan (Minguo): 113 is 2024",
    "persian": "as in Iran (solar Hijri): 1403 began on 20 March 2024",
}


def by_era(text: str) -> str | None:
    """令和6年1月5日 and 民國113年1月5日 as 2024-01-05; None for anything else."""
    return _iso(_ERA.fullmatch(text), ERAS)


def by_letter(text: str) -> str | None:
    """R6.1.5 as 2024-01-05; None for anything else."""
    return _iso(_LETTER.fullmatch(text), LETTERS)


def _iso(found: re.Match[str] | None, eras: dict[str, int]) -> str | None:
    if not found:
        return None
    year = eras[found["era"]] + (1 if found["year"] == "元" else int(found["year"]))
    return f"{year:04d}-{int(found['month']):02d}-{int(found['day'] or 1):02d}"


def full(year: np.ndarray, first: np.ndarray) -> np.ndarray:
    """Years as usual, of two digits (1969 to 2068), Buddhist ones, and those of Taiwan, which stand in front."""
    taiwan = first & (year < MINGUO[1])
    short = np.where(year < 69, year + 2000, np.where(year < 100, year + 1900, year))
    year = np.where(taiwan & (year >= MINGUO[0]).any(), year + 1911, short)
    return np.where(_within(year, BUDDHIST), year - 543, year)


def is_persian(years: np.ndarray) -> bool:
    return bool(len(years)) and bool(np.median(years) >= PERSIAN[0]) and bool(_within(years, PERSIAN).mean() > 0.5)


def _within(years: np.ndarray, span: tuple[int, int]) -> np.ndarray:
    return (years >= span[0]) & (years < span[1])


def persian(year: np.ndarray, month: np.ndarray, day: np.ndarray, found: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Days of Iran's calendar as datetime64[D], NaT where there is no such day, and where there is."""
    years = np.arange(*PERSIAN)
    long = np.isin(years % 33, _LEAP)
    starts = np.concatenate([[0], np.cumsum(365 + long)])
    starts += (np.datetime64("2024-03-20", "D") - np.datetime64("1970-01-01", "D")).astype(int) - starts[
        1403 - PERSIAN[0]
    ]
    inside = found & _within(year, PERSIAN) & (month >= 1) & (month <= 12)
    at, of = np.where(inside, year - PERSIAN[0], 0), np.where(inside, month, 1)
    length = np.where(of <= 6, 31, np.where((of < 12) | long[at], 30, 29))
    ok = inside & (day >= 1) & (day <= length)
    days = starts[at] + (of - 1) * 30 + np.minimum(of - 1, 6) + day - 1
    return np.where(ok, days.astype("datetime64[D]"), np.datetime64("NaT", "D")), ok


def counted(texts: pa.Array) -> str:
    """How the years of a column of dates are counted, in words; "" for as usual."""
    years = pc.extract_regex(texts.slice(0, 1000), r"(?:^|[^0-9])(?P<year>[0-9]{3,4})(?:[^0-9]|$)")
    found = pc.struct_field(years, "year").drop_null().cast(pa.int64()).to_numpy()
    spans = {"buddhist": BUDDHIST, "minguo": MINGUO, "persian": PERSIAN}
    name = next((name for name, span in spans.items() if len(found) and _within(found, span).mean() > 0.5), None)
    return _SAID[name] if name else ""
