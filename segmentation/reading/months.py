"""Dates with the month in words, or in Chinese and Japanese signs, rewritten as 2024-03-04."""

import re
import unicodedata
from functools import lru_cache

# fmt: off
_NAMES = (
    "january januar janvier enero janeiro gennaio januari janar январь января січень січня styczen stycznia leden ocak",
    "february februar fevrier febrero fevereiro febbraio februari pebruari shkurt февраль февраля лютий лютого luty lutego unor subat",
    "march marz maerz mars marzo marco maart mrt maret март марта березень marzec marca brezen mart",
    "april avril abril aprile april prill апрель апреля квітень kwiecien kwietnia duben nisan",
    "may mai mayo maio maggio mei maj май мая травень травня maja kveten mayis",
    "june juni juin junio junho giugno qershor июнь июня червень czerwiec czerwca cerven haziran",
    "july juli juillet julio julho luglio korrik июль июля липень lipiec lipca cervenec temmuz",
    "august aout agosto augustus agustus agt ags agst gusht август августа серпень sierpien sierpnia srpen agustos",
    "september septembre septiembre setembro settembre septemberi shtator сентябрь сентября вересень wrzesien wrzesnia zari eylul",
    "october oktober octobre octubre outubro ottobre tetor октябрь октября жовтень pazdziernik pazdziernika rijen ekim",
    "november novembre noviembre novembro nopember nentor ноябрь ноября листопад listopad listopada kasim",
    "december dezember decembre diciembre dezembro dicembre desember dhjetor декабрь декабря грудень grudzien grudnia prosinec aralik",
)
# fmt: on
_WORD = r"(?P<month>[^\W\d_]{3,12})"
_TIME = r"(?:[ T,]+(?:at |в |um )?\d{1,2}[:.]\d{2}.{0,20})?"
_GAP = r"[\s\-./,]*"
_SHAPES = tuple(
    re.compile(rf"\s*(?:[^\W\d_]{{2,13}}[.,]+\s*|[^\W\d_]{{4,13}}day\s+)?{shape}\s*", re.IGNORECASE)
    for shape in (
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|ª)?{_GAP}(?:de |of )?{_WORD}{_GAP}(?:de |del )?"
        rf"'?(?P<year>\d{{4}}|\d\d)(?:\s*г\.?)?{_TIME}",
        rf"{_WORD}\.?\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}){_TIME}",
        rf"(?P<year>\d{{4}}){_GAP}{_WORD}{_GAP}(?P<day>\d{{1,2}}){_TIME}",
        rf"{_WORD}{_GAP}(?:de )?(?P<year>\d{{4}})(?P<day>)(?:\s*г\.?)?",
        rf"(?P<year>\d{{4}}){_GAP}{_WORD}(?P<day>)",
    )
)
_MONTH = re.compile(
    r"\s*(?:(?P<year>(?:19|20)\d\d)[-./](?P<month>\d\d?)|(?P<month2>\d\d?)[-./](?P<year2>(?:19|20)\d\d))\s*"
)
_SIGNS = re.compile(
    rf"\s*(?P<year>\d{{4}})\s?年\s?(?P<month>\d{{1,2}})\s?月\s?(?:(?P<day>\d{{1,2}})\s?[日号]?)?{_TIME}\s*"
)


def iso(text: str) -> str | None:
    """A date with its month in words as 2024-03-04; a month alone as its first day; None for anything else."""
    if found := _SIGNS.fullmatch(text):
        return _joined(found["year"], int(found["month"]), found["day"])
    for shape in _SHAPES:
        if (found := shape.fullmatch(text)) and (month := number(found["month"])):
            return _joined(found["year"], month, found["day"])
    return None


def first_day(text: str) -> str | None:
    """A month in digits (2024-03, 03/2024) as its first day; None for anything else."""
    found = _MONTH.fullmatch(text)
    return _joined(found["year"] or found["year2"], int(found["month"] or found["month2"]), None) if found else None


def _joined(year: str, month: int, day: str | None) -> str:
    full = int(year) + (0 if len(year) == 4 else 2000 if int(year) < 69 else 1900)
    return f"{full:04d}-{month:02d}-{int(day or 1):02d}"


@lru_cache(maxsize=1000)
def number(word: str) -> int | None:
    """The month a word, or its first three letters or more, stands for; None where it is none or could be two."""
    folded = unicodedata.normalize("NFKD", word.casefold().replace("ı", "i"))
    plain = "".join(sign for sign in folded if not unicodedata.combining(sign))
    months = {i for i, names in enumerate(_NAMES, 1) if any(name.startswith(plain) for name in _folded(names))}
    return next(iter(months)) if len(months) == 1 and len(plain) >= 3 else None


@lru_cache(maxsize=12)
def _folded(names: str) -> tuple[str, ...]:
    folded = unicodedata.normalize("NFKD", names)
    return tuple("".join(sign for sign in folded if not unicodedata.combining(sign)).split())
