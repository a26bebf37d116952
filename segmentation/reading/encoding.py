"""Which letters the bytes of a text stand for: a byte order mark, UTF-16 without one, strict UTF-8, else a code page.

A code page is told from the fields that are not plain ASCII alone: the rest says the same under all of them.
"""

import codecs
import re
from typing import NamedTuple

from segmentation.pattern import pattern

MOST = 40_000  # bytes of fields beyond ASCII that are weighed
# fmt: off
CODE_PAGES = (
    "cp1252", "cp1250", "cp1251", "koi8-r", "koi8-u", "gb18030", "big5", "cp932", "euc-jp", "cp949", "cp1253",
    "cp1254", "cp866", "iso8859-2", "iso8859-5", "iso8859-15", "cp1257", "cp1255", "cp1256", "cp850", "cp852",
    "mac-roman", "mac-cyrillic", "cp437",
)
WESTERN = ("cp1252", "cp1250", "cp1254", "cp1257", "iso8859-2", "iso8859-15", "cp850", "cp852", "cp437", "mac-roman")
# fmt: on
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
CENTRAL = ("cp1250", "cp1254", "iso8859-2", "iso8859-15")  # share most letters with cp1252, which most files are in
OLD = ("cp850", "cp852", "cp437", "mac-roman", "mac-cyrillic")  # of DOS and old Macs: less likely than they seem
LITTLE = 0.01  # below it nothing speaks for any language: signs, not words
FEW = 8  # different fields beyond ASCII that are too few to be sure
RIVAL, RIVAL_OF_FEW = 0.6, 0.25  # of the best one's confidence: an encoding so likely is offered
_CONTROLS = pattern(r"[\x80-\x9f]")  # no text has these; where they come out, the encoding is another
_SIGN_IN_WORD = pattern(r"[^\W\d_][¡-¿×÷\x80-\x9f‚„ƒ†‡ˆ‰‹•˜]|[^\W\d_]”[^\W\d_]|[¹³º¿¡¼¾´¸¨\x80-\x9f†‡ˆ‰•˜][^\W\d_]")
ESCAPED = ((b"\x1b$B", "iso2022_jp"), (b"\x1b$@", "iso2022_jp"), (b"\x1b(J", "iso2022_jp"), (b"\x1b$)C", "iso2022_kr"))
RARE_BYTES = 10  # letters of UTF-8 for one byte that is none: so few are mended, and the rest is kept


class Encoding(NamedTuple):
    """A name that Python knows, and the encodings that are nearly as likely where the text does not decide."""

    name: str
    others: tuple[str, ...] = ()
    mended: bool = False  # whether a few bytes are none of its letters; they are read as western ones and listed


def bom(head: bytes) -> str | None:
    """The encoding a file's first bytes name, if they do."""
    return next((name for mark, name in _BOMS if head.startswith(mark)), None)


def guess(data: bytes, final: bool = True) -> Encoding | None:
    """The encoding of a text's bytes; None where they are no text.

    `final` is False where `data` is the front of a longer file and may end inside a letter.
    """
    if mark := bom(data) or without_mark(data):
        return Encoding(mark)
    for sign, name in ESCAPED:
        if sign in data and decodes(data, name, final):
            return Encoding(name)
    if decodes(data, "utf-8", final):
        return Encoding("utf-8")
    if mostly_utf8(data, final):
        return Encoding("utf-8", mended=True)
    return _code_page(foreign_fields(data), data, final)


def mostly_utf8(data: bytes, final: bool = True, times: int = RARE_BYTES) -> bool:
    """Whether bytes are UTF-8 but for a few, one in so many letters: letters of several bytes come out right by no accident."""
    text = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode(data, final)
    bad = len(ASTRAY.findall(text))
    letters = len(re.findall(r"[^\x00-\x7f]", text)) - bad
    return letters >= max(times * bad, 3)


ASTRAY = pattern(r"[\udc80-\udcff]")  # bytes that were no letter, as Python keeps them


def mended(text: str) -> str:
    """A text in which bytes that were no letter are western ones."""
    return ASTRAY.sub(lambda one: bytes([ord(one[0]) - 0xDC00]).decode("cp1252", "replace"), text)


def without_mark(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: the empty half of its digits and delimiters stands on one side."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    few, many = sorted((even, odd))
    if many < 2 or many * 50 < len(data) or few * 10 > many:
        return None
    name = "utf-16-le" if odd == many else "utf-16-be"
    return name if decodes(data, name, False) else None


def is_binary(head: bytes) -> bool:
    """Whether bytes are no text in any encoding: control characters, or more NULs than a text is padded with."""
    if bom(head) or without_mark(head):
        return False
    odd = sum(map(head.count, (bytes([code]) for code in (*range(2, 9), *range(14, 26), 28, 127))))
    return odd * 50 > len(head) or head.count(0) * 3 > len(head) or (b"\0\0\0\0" in head and odd > 0)


def decodes(data: bytes, encoding: str, final: bool) -> bool:
    """Whether the bytes are text in that encoding."""
    try:
        codecs.getincrementaldecoder(encoding)().decode(data, final)
    except UnicodeDecodeError:
        return False
    return True


def foreign_fields(data: bytes) -> list[bytes]:
    """The different fields with a byte beyond ASCII in them, in the order they come."""
    first = re.search(rb"[\x80-\xff]", data)
    start = max(first.start() - 200, 0) if first else 0
    fields = re.findall(_FIELD, data[start : start + 100 * MOST])
    return list(dict.fromkeys(field.strip() for field in fields if not field.isascii()))


# What is plain, then what is not: whatever stands there is passed over once, whether it is wanted or not
_FIELD = re.compile(rb"[^,;\t|\"\r\n\x80-\xff]*+(?:[\x80-\xff][^\x00-\x1f,;\"]*+)?")


def _code_page(fields: list[bytes], data: bytes, final: bool) -> Encoding | None:
    import chardet

    amounts = [field for field in fields if re.search(rb"[0-9]", field) and not re.search(rb"[A-Za-z]{4}", field)]
    words = [field for field in fields if field not in set(amounts)] or fields
    sample = b"\n".join(words)[:MOST]
    ranked = chardet.detect_all(sample, ignore_threshold=True, include_encodings=CODE_PAGES, compat_names=False)
    weights = {str(one["encoding"]): one["confidence"] for one in ranked if one["encoding"]}
    weights = {name: 0.8 * weight if name in OLD else weight for name, weight in weights.items()}
    fits = {name: weight for name, weight in weights.items() if decodes(data, name, final)}
    fits |= {"cp1252": 0.0} if "cp1252" not in fits and decodes(data, "cp1252", final) else {}
    fits = {name: weight for name, weight in fits.items() if _reads_amounts(amounts, name)} or fits
    fits = _western(fits, sample) or fits
    fits = {
        name: weight for name, weight in fits.items() if not _CONTROLS.search(sample.decode(name, "replace"))
    } or fits
    if not fits:
        return _any(data, final)
    best = _preferred(fits, sample)
    read = sample.decode(best, "replace")
    others = [name for name in fits if sample.decode(name, "replace") != read]
    share = RIVAL if len(words) >= FEW else RIVAL_OF_FEW
    likely = [name for name in others if fits[name] >= share * fits[best]]
    return Encoding(best, tuple(likely[:3]))


_AMOUNT = pattern(r"[\d\s.,:/'’()+\-−–%$€£¥￥₽₴zł№°年月日号時时分秒元円万億亿년월일원]+")


def _western(fits: dict[str, float], sample: bytes) -> dict[str, float]:
    """The encodings of Europe that read a text in its letters, those that put no capital between small letters first."""
    western = {name: weight for name, weight in fits.items() if name in WESTERN} if _is_western(sample) else {}
    return {name: weight for name, weight in western.items() if not _is_shouting(sample, name)} or western


def _is_western(sample: bytes) -> bool:
    """Whether letters beyond ASCII stand alone among plain ones, as é does in café: other scripts write whole words."""
    runs = re.findall(rb"[\x80-\xff]+", sample)
    among = re.findall(rb"(?:[A-Za-z][\x80-\xff]{1,2}(?![\x80-\xff])|(?<![\x80-\xff])[\x80-\xff]{1,2}[A-Za-z])", sample)
    return bool(runs) and 10 * len(among) >= 9 * len(runs)


def _is_shouting(sample: bytes, name: str) -> bool:
    """Whether an encoding puts a capital between small letters."""
    return any(one.isupper() for one in re.findall(r"(?<=[a-z])[^\x00-\x7f](?=[a-z])", sample.decode(name, "replace")))


def _reads_amounts(amounts: list[bytes], name: str) -> bool:
    """Whether numbers with a currency sign or wide spaces are numbers in that encoding."""
    some = amounts[:200]
    read = sum(bool(_AMOUNT.fullmatch(amount.decode(name, "replace"))) for amount in some)
    return read * 10 >= 9 * len(some)


def _any(data: bytes, final: bool) -> Encoding | None:
    return next((Encoding(name) for name in (*CODE_PAGES, "latin-1") if decodes(data, name, final)), None)


def _preferred(fits: dict[str, float], sample: bytes) -> str:
    """The likeliest, or cp1252 where it reads as well: most letters of western and central Europe are the same."""
    best = max(fits, key=lambda name: fits[name])
    odd = pattern("[ÐÝÞðýþ]") if best == "cp1254" else _SIGN_IN_WORD
    western = "cp1252" in fits and not odd.search(sample.decode("cp1252", "replace"))
    if western and (fits[best] < LITTLE or best in OLD or (best in CENTRAL and fits["cp1252"] >= 0.4 * fits[best])):
        return "cp1252"
    if best == "iso8859-2" and "cp1250" in fits and re.search(rb"[\x80-\x9f]", sample):
        return "cp1250"  # the other has no letters there
    return best
