"""Dates with the month in words, or in Chinese and Japanese signs, and months, quarters and weeks, as 2024-03-04."""

import datetime as dt
import re
import unicodedata
from functools import lru_cache

import pyarrow as pa
import pyarrow.compute as pc

from segmentation.pattern import pattern
from segmentation.reading import calendars

# fmt: off
_NAMES = (
    "january januar janvier enero janeiro gennaio januari janar январь января січень січня styczen stycznia leden "
    "ocak ledna ianuarie tammikuu tammikuuta ιανουαριοσ ιανουαριου يناير "
    "มกราคม มค जनवरी فروردین",
    "february februar fevrier febrero fevereiro febbraio februari pebruari shkurt февраль февраля лютий лютого "
    "luty lutego unor subat unora februarie helmikuu helmikuuta φεβρουαριοσ φεβρουαριου فبراير "
    "กุมภาพันธ์ กพ फरवरी फ़रवरी اردیبهشت",
    "march marz maerz mars marzo marco maart mrt maret март марта березень marzec marca brezen mart mar brezna "
    "marcius martie marts maaliskuu maaliskuuta μαρτιοσ μαρτιου березня مارس "
    "มีนาคม มีค मार्च خرداد",
    "april avril abril aprile april prill апрель апреля квітень kwiecien kwietnia duben nisan dubna aprilis "
    "aprilie huhtikuu huhtikuuta απριλιοσ απριλιου квітня ابريل "
    "เมษายน เมย अप्रैल تیر",
    "may mai mayo maio maggio mei maj май мая травень травня maja kveten mayis kvetna majus toukokuu toukokuuta "
    "μαιοσ μαιου مايو "
    "พฤษภาคม พค मई مرداد",
    "june juni juin junio junho giugno qershor июнь июня червень czerwiec czerwca cerven haziran cervna junius "
    "iunie kesakuu kesakuuta ιουνιοσ ιουνιου червня يونيو "
    "มิถุนายน มิย जून شهریور",
    "july juli juillet julio julho luglio korrik июль июля липень lipiec lipca cervenec temmuz cervence julius "
    "iulie heinakuu heinakuuta ιουλιοσ ιουλιου липня يوليو "
    "กรกฎาคม กค जुलाई مهر",
    "august aout agosto augustus agustus agt ags agst gusht август августа серпень sierpien sierpnia srpen "
    "agustos srpna augusztus augusti elokuu elokuuta αυγουστοσ αυγουστου серпня اغسطس "
    "สิงหาคม สค अगस्त آبان",
    "september septembre septiembre setembro settembre septemberi shtator сентябрь сентября вересень wrzesien "
    "wrzesnia zari eylul szeptember septembrie syyskuu syyskuuta σεπτεμβριοσ σεπτεμβριου вересня سبتمبر "
    "กันยายน กย सितंबर सितम्बर آذر",
    "october oktober octobre octubre outubro ottobre tetor октябрь октября жовтень pazdziernik pazdziernika rijen "
    "ekim rijna octombrie lokakuu lokakuuta οκτωβριοσ οκτωβριου жовтня اكتوبر "
    "ตุลาคม ตค अक्टूबर अक्तूबर دی",
    "november novembre noviembre novembro nopember nentor ноябрь ноября листопад listopad listopada kasim "
    "listopadu noiembrie marraskuu marraskuuta νοεμβριοσ νοεμβριου листопада نوفمبر "
    "พฤศจิกายน พย नवंबर नवम्बर بهمن",
    "december dezember decembre diciembre dezembro dicembre desember dhjetor декабрь декабря грудень grudzien "
    "grudnia prosinec aralik prosince decembrie joulukuu joulukuuta δεκεμβριοσ δεκεμβριου грудня ديسمبر "
    "ธันวาคม ธค दिसंबर दिसम्बर اسفند",
)
# fmt: on
_WEEKDAYS = """
monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonnabend
sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo segunda
terça quarta quinta sexta lunedì martedì mercoledì giovedì venerdì sabato domenica maandag dinsdag woensdag donderdag
vrijdag zaterdag zondag понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс понеділок
вівторок середа четвер пʼятниця субота неділя нд poniedziałek wtorek środa czwartek piątek niedziela pondělí úterý středa
čtvrtek pátek neděle senin selasa rabu kamis jumat sabtu minggu hënë martë mërkurë enjte premte shtunë diel måndag tisdag
onsdag torsdag fredag lördag söndag maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai hétfő kedd szerda
csütörtök péntek szombat vasárnap luni marți miercuri joi vineri sâmbătă duminică Δευτέρα Τρίτη Τετάρτη Πέμπτη Παρασκευή
Σάββατο Κυριακή pazartesi salı çarşamba perşembe cuma cumartesi pazar
"""
_WEEKDAY = "|".join(
    sorted({part for day in _WEEKDAYS.split() for part in (day, day[:2], day[:3], day[:4])}, key=len)[::-1]
)
_LETTER = "(?:[^\\W\\d_]|[\u0900-\u0963\u0e31-\u0e3a\u0e47-\u0e4e])"  # with signs above and below, no letters to Python
_WORD = rf"(?P<month>{_LETTER}{{3,14}}|دی|[\u0e00-\u0e7f]{{1,3}}\.[\u0e00-\u0e7f]\.?)"
_TIME = r"(?:[ T,]*(?:at |в |um |[上下]午|午[前後]|오[전후])? ?\d{1,2}[:.]\d{2}.{0,60})?"
_GAP = r"[\s\-./,]*"
_SHAPES = tuple(
    pattern(rf"\s*(?:[^\W\d_]{{2,13}}[.,]*\s+|[^\W\d_]{{2,13}}[.,]+)?{shape}\s*", re.IGNORECASE)
    for shape in (
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|ª)?{_GAP}(?:de |of )?{_WORD}{_GAP}(?:de |del )?"
        rf"'?(?P<year>\d{{4}}|\d\d)(?:\s*г\.?)?{_TIME}",
        rf"{_WORD}(?:\.?\s*|[-/])(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+|[-/])(?P<year>\d{{4}}|\d\d){_TIME}",
        rf"{_WORD}\s+(?P<day>\d{{1,2}})\s+[\d:.]+\s+(?:[A-Z]{{3,4}}\s+)?(?P<year>\d{{4}})",
        rf"(?P<year>\d{{4}}){_GAP}{_WORD}{_GAP}(?P<day>\d{{1,2}})\.?{_TIME}",
        rf"{_WORD}{_GAP}(?:de )?(?P<year>\d{{4}})(?P<day>)(?:\s*г\.?)?",
        rf"(?P<year>\d{{4}}){_GAP}{_WORD}(?P<day>)",
    )
)
_MONTH = pattern(
    r"\s*(?:(?P<year>(?:19|20)\d\d)[-./]?(?P<month>\d\d)|(?P<year3>(?:19|20)\d\d)[-./](?P<month3>\d)"
    r"|(?P<month2>\d\d?)[-./](?P<year2>(?:19|20)\d\d))\s*"
)
_SHORT = pattern(rf"\s*{_WORD}\.?[-\s/'’]+(?P<year>\d\d)\s*")
_DAY_FIRST = pattern(rf"\s*(?P<year>\d\d?)\.?[-\s/]+{_WORD}\.?\s*")
MOST_YEARS = 12  # different numbers behind a month that are years; more are days
_QUARTER = r"(?:q|qtr|quarter|quartal|кв|квартал|trimestre|trimester|trim|tw|kw?artal)\.?"
_PARTS = tuple(
    pattern(rf"\s*{shape}\s*", re.IGNORECASE)
    for shape in (
        rf"{_QUARTER}\s?(?P<quarter>[1-4])[-\s/'.]*(?P<year>\d{{4}}|\d\d)",
        rf"(?P<quarter>[1-4])\.?\s?{_QUARTER}[-\s/'.]*(?P<year>\d{{4}}|\d\d)",
        rf"(?P<year>\d{{4}})[-\s/.]*{_QUARTER}\s?(?P<quarter>[1-4])",
        r"(?P<year>\d{4})\s?年?\s?第?(?P<quarter>[1-4])\s?季度?",
        r"(?P<year>\d{4})[-\s/.]*(?:w|wk|week|kw|s|sem|нед)\.?\s?(?P<week>\d\d?)(?:-(?P<weekday>[1-7]))?",
        r"(?:w|wk|week|kw|s|sem|нед)\.?\s?(?P<week>\d\d?)[-\s/.]+(?P<year>\d{4})",
    )
)
_SIGNS = pattern(
    rf"\s*(?P<year>\d{{4}})\s?[年년]\s?(?P<month>\d{{1,2}})\s?[月월]\s?(?:(?P<day>\d{{1,2}})\s?[日号號일]?)?{_TIME}\s*"
)


def iso(text: str) -> str | None:
    """A date with its month in words as 2024-03-04; a month alone as its first day; None for anything else."""
    if not text.isascii() and (era := calendars.by_era(text)):
        return era
    if found := _SIGNS.fullmatch(text):
        return _joined(found["year"], int(found["month"]), found["day"])
    for shape in _SHAPES:
        if (found := shape.fullmatch(text)) and (month := number(found["month"])):
            return _joined(found["year"], month, found["day"])
    return None


def without_year(texts: list[str]) -> bool:
    """Whether texts are days whose year nobody says: 24-Mar, or Mar-24 where what is behind the months are days."""
    behind = [_SHORT.fullmatch(text) for text in texts]
    before = [_DAY_FIRST.fullmatch(text) for text in texts]
    found = next((one for one in (behind, before) if one and all(one)), None)
    if found is None or not all(one and number(one["month"]) for one in found):
        return False
    numbers = {int(one["year"]) for one in found if one}
    ahead = max(numbers) > dt.date.today().year % 100 + 1
    return max(numbers) <= 31 and (found is before or len(numbers) > MOST_YEARS or ahead)


def is_span(text: str) -> bool:
    """Whether a text names a month, a quarter or a week, and no day of it."""
    return first_day(text) is not None and calendars.by_letter(text) is None and not re.search(r"\d-[1-7]$", text)


def first_day(text: str) -> str | None:
    """A month in digits (2024-03, 03/2024, 202403), Mar-24, a quarter or a week as its first day; None for anything else."""
    if found := _MONTH.fullmatch(text):
        year, month = (found[part] or found[f"{part}2"] or found[f"{part}3"] for part in ("year", "month"))
        return _joined(year, int(month), None)
    if (found := _SHORT.fullmatch(text)) and (month := number(found["month"])):
        return _joined(found["year"], month, None)
    return _part_of_year(text) or calendars.by_letter(text)


def _part_of_year(text: str) -> str | None:
    """The first day of a quarter or week."""
    found = next((one for shape in _PARTS if (one := shape.fullmatch(text))), None)
    said = found.groupdict() if found else {}
    if "quarter" in said:
        return _joined(said["year"], 3 * int(said["quarter"]) - 2, None)
    if "week" in said and 1 <= int(said["week"]) <= 53:
        return dt.date.fromisocalendar(
            int(said["year"]), min(int(said["week"]), 52), int(said.get("weekday") or 1)
        ).isoformat()
    return None


def _joined(year: str, month: int, day: str | None) -> str:
    full = int(year) + (0 if len(year) == 4 else 2000 if int(year) < 69 else 1900)
    return f"{full:04d}-{month:02d}-{int(day or 1):02d}"


def without_weekday(texts: pa.Array) -> pa.Array:
    """Texts without a day of the week before or behind a date: Thu 05/01/2023, 2024/1/5(金)."""
    bare = pc.replace_substring_regex(texts, rf"(?i)^\s*(?:{_WEEKDAY})[.,]*\s+([0-9])", r"\1")
    return pc.replace_substring_regex(
        bare, rf"(?i)([0-9日])\s*[(（ ](?:{_WEEKDAY}|[月火水木金土日]|[星周週]期?[一二三四五六日天])[)）]?\s*$", r"\1"
    )


@lru_cache(maxsize=1000)
def number(word: str) -> int | None:
    """The month a word, or its first three letters or more, stands for; None where it is none or could be two."""
    folded = unicodedata.normalize("NFKD", word.casefold().replace("ı", "i").replace(".", ""))
    plain = "".join(sign for sign in folded if not unicodedata.combining(sign))
    whole = {i for i, names in enumerate(_NAMES, 1) if plain in _folded(names)}
    months = whole or {i for i, names in enumerate(_NAMES, 1) if any(n.startswith(plain) for n in _folded(names))}
    return next(iter(months)) if len(months) == 1 and (whole or len(plain) >= 3) else None


@lru_cache(maxsize=12)
def _folded(names: str) -> tuple[str, ...]:
    folded = unicodedata.normalize("NFKD", names)
    return tuple("".join(sign for sign in folded if not unicodedata.combining(sign)).split())
