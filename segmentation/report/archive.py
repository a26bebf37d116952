"""Archives that are the same bytes whenever they are written."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

MADE = dt.datetime(
    1980, 1, 1, tzinfo=dt.UTC
)  # when all of it was made, as far as the file says: an archive knows no earlier
NO_LETTERS = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")  # which XML cannot hold


def steady(content: bytes) -> bytes:
    """An archive with every file in it made at MADE."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as held, zipfile.ZipFile(out, "w") as made:
        for name in held.namelist():
            made.writestr(part(name), held.read(name))
    return out.getvalue()


def part(name: str, level: int = 6) -> zipfile.ZipInfo:
    """A file of an archive, made at MADE and packed: at level 3 in less than half of the time, a sixth larger."""
    made = zipfile.ZipInfo(name, MADE.timetuple()[:6])
    made.compress_type, made._compresslevel = zipfile.ZIP_DEFLATED, level  # type: ignore[attr-defined]
    return made
