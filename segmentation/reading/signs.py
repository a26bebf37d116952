"""Digits and marks of other scripts as those everybody reads: １２３ and ١٢٣ and १२३ are 123."""

import pyarrow as pa
import pyarrow.compute as pc

ZEROS = "０٠۰०০੦૦୦௦౦೦൦๐໐༠၀០"  # full width, Arabic, Persian, and of India and its neighbours; 1 to 9 follow each
MARKS = {"．": ".", "，": ",", "：": ":", "／": "/", "－": "-", "＋": "+", "％": "%", "（": "(", "）": ")", "　": " "}
MARKS |= {"٫": ".", "٬": ",", "٪": "%", "＄": "$", "−": "-"}
_PLAIN = {chr(ord(zero) + i): str(i) for zero in ZEROS for i in range(10)} | MARKS
_TABLE = str.maketrans(_PLAIN)
RANGES = "".join(f"{zero}-{chr(ord(zero) + 9)}" for zero in ZEROS)  # of a class in a regular expression
_DIGIT = f"[{RANGES}]"


def plain(texts: pa.Array) -> pa.Array:
    """Texts with every digit as 0 to 9 where some are of another script; the same array where none is."""
    if pc.all(pc.string_is_ascii(texts)).as_py() is not False or not pc.any(has_digit(texts)).as_py():
        return texts
    return pa.array([text and text.translate(_TABLE) for text in texts.to_pylist()], pa.string())


def has_digit(texts: pa.Array) -> pa.Array:
    """Where a text has a digit of another script."""
    return pc.match_substring_regex(texts, _DIGIT)


def digit(text: str) -> str:
    """One text with its digits as 0 to 9."""
    return text if text.isascii() else text.translate(_TABLE)
