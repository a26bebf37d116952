"""Calendar: the day on which each segment's row of the playbook is looked at again."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Iterator

from segmentation.analysis.action.playbook import Entry
from segmentation.analysis.action.plays import AIMS, FIELDS
from segmentation.report.archive import MADE
from segmentation.report.findings import Findings
from segmentation.report.treatment import decided

HOLDS = "calendar"
MIME = "text/calendar"
WIDE = 75  # octets of a line (RFC 5545, 3.1)
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def write(findings: Findings) -> bytes:
    """One entry for each row with a date, of what was kept too, as iCalendar (RFC 5545)."""
    study = findings.study
    books = {study.method: (study.chosen.title, decided(study, findings.segmentation))}
    for one in findings.kept:
        if one.found and one.study.method not in books:
            books[one.study.method] = (one.study.chosen.title, decided(one.study, one.found))
    return calendar(books.values())


def calendar(books: Iterable[tuple[str, Iterable[Entry]]]) -> bytes:
    """The dates of rows of playbooks, whole days; each with the title of its segmentation."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Segment Lab//Playbook//EN", "CALSCALE:GREGORIAN"]
    for title, entries in books:
        for one in dated(entries):
            lines += _event(title, one)
    folded = [part for line in [*lines, "END:VCALENDAR"] for part in _folded(line)]
    return "".join(f"{line}\r\n" for line in folded).encode("utf-8")


def dated(entries: Iterable[Entry]) -> list[Entry]:
    """The rows somebody decided that have a date, the earliest first."""
    return sorted(
        (one for one in entries if one.kept and one.row["until"]), key=lambda one: (one.row["until"], one.segment)
    )


def _event(title: str, one: Entry) -> Iterator[str]:
    day = dt.date.fromisoformat(one.row["until"])
    after = day + dt.timedelta(days=1) if day < dt.date.max else day
    known = hashlib.sha256("\n".join((title, one.segment, one.row["until"])).encode("utf-8", "replace")).hexdigest()
    aim = AIMS.get(one.row["aim"], "")
    told = [
        f"{FIELDS[field]}: {one.row[field]}" for field in FIELDS if field not in ("aim", "until") and one.row[field]
    ]
    yield "BEGIN:VEVENT"
    yield f"UID:{known[:32]}@segment-lab"
    yield f"DTSTAMP:{MADE:%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{_day(day)}"
    yield f"DTEND;VALUE=DATE:{_day(after)}"
    yield "SUMMARY:" + _text(f"{title}, {one.segment}: {aim or 'what was decided'} until today. Did it work?")
    yield "DESCRIPTION:" + _text("\n".join(told))
    yield "END:VEVENT"


def _day(day: dt.date) -> str:
    return day.isoformat().replace("-", "")


def _text(text: str) -> str:
    """A text as a calendar holds it: what parts its values is marked, what cannot be seen left out."""
    marked = re.sub(r"([\\;,])", r"\\\1", text.replace("\r\n", "\n"))
    return UNSEEN.sub("", marked.replace("\n", "\\n"))


def _folded(line: str) -> Iterator[str]:
    """A line in parts of at most WIDE octets, no letter torn; those after the first begin with a space."""
    part, size = "", 0
    for letter in line:
        octets = len(letter.encode("utf-8"))
        if size + octets > WIDE:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + octets
    yield part
