"""The cells of a line whose quotation marks do not pair up: one too many, one never closed, or none of them doubled.

A line is cut at those delimiters that leave as many cells as the table has columns and the fewest marks astray; where
two ways do that equally well, nothing is decided.
"""

import re
from functools import lru_cache

MOST_DELIMITERS = 300  # in a line that is tried; the ways to cut it grow with the square of those too many


@lru_cache(maxsize=50)
def sound(delimiter: str, quote: str) -> re.Pattern[str]:
    """The shape of a record whose quotation marks each open a cell, end it, or are doubled; apostrophes may stand alone."""
    mark, sign = re.escape(delimiter), re.escape(quote)
    bare = rf"(?!{sign})[^{mark}\r\n]*+" if quote == "'" else rf"[^{mark}{sign}\r\n]*+"
    cell = rf"[ \t]*+(?:=?+{sign}(?:[^{sign}]++|{sign}{sign})*+{sign}[ \t]*+|{bare})"
    if delimiter in " \t":
        cell = cell.replace(r"[ \t]*+", "")
    return re.compile(rf"{cell}(?:{mark}{cell})*+[\r\n]*")


def steps(line: str, delimiter: str, quote: str, width: int) -> int:
    """How many cells are weighed, at most, to mend a line."""
    pieces = line.count(delimiter) + 1
    more = max(pieces - width, 0) + 1
    return more * (pieces + more * min(line.count(quote), pieces)) if pieces <= MOST_DELIMITERS else 0


def mended(line: str, delimiter: str, quote: str, width: int) -> list[str] | None:
    """The cells of one line, `width` of them, with the fewest marks astray; None where no way, or more than one, does.

    A mark within a cell in quotes belongs to its text; one in front of a cell that is never closed is left out.
    """
    text = line.rstrip("\r\n")
    cuts = [-1, *(i for i, sign in enumerate(text) if sign == delimiter), len(text)]
    if not 0 < width < len(cuts) or len(cuts) > MOST_DELIMITERS:
        return None
    # ways[i]: of cutting the text before cut i into so many cells: marks astray, how many ways, the cut before
    ways: dict[int, tuple[int, int, int]] = {0: (0, 1, -1)}
    steps = []
    for left in reversed(range(width)):
        ways = _one_cell_more(text, cuts[: len(cuts) - left], ways, delimiter, quote)
        steps.append(ways)
    end = ways.get(len(cuts) - 1)
    if end is None or end[1] > 1:
        return None
    return [_value(cell, quote) for cell in _cells(text, cuts, steps)]


def _one_cell_more(
    text: str, cuts: list[int], ways: dict[int, tuple[int, int, int]], delimiter: str, quote: str
) -> dict[int, tuple[int, int, int]]:
    found: dict[int, tuple[int, int, int]] = {}
    for before, (astray, count, _) in ways.items():
        opened = text[cuts[before] + 1 :].lstrip(" ").startswith(quote)
        for after in range(before + 1, len(cuts) if opened else min(before + 2, len(cuts))):
            cost = _astray(text[cuts[before] + 1 : cuts[after]], delimiter, quote)
            if cost is None:
                continue
            known = found.get(after)
            if known is None or astray + cost < known[0]:
                found[after] = (astray + cost, count, before)
            elif astray + cost == known[0]:
                found[after] = (known[0], known[1] + count, known[2])
    return found


def _cells(text: str, cuts: list[int], steps: list[dict[int, tuple[int, int, int]]]) -> list[str]:
    """The cells from the last back to the first."""
    cells, at = [], len(cuts) - 1
    for ways in reversed(steps):
        before = ways[at][2]
        cells.append(text[cuts[before] + 1 : cuts[at]])
        at = before
    return cells[::-1]


def _astray(cell: str, delimiter: str, quote: str) -> int | None:
    """How many marks of a cell are neither around it nor doubled; None where it can be no cell."""
    bare = cell.strip(" ")
    if len(bare) > 1 and bare[0] == bare[-1] == quote:
        return bare[1:-1].replace(quote * 2, "").count(quote)
    if delimiter in cell:
        return None
    return int(bare.startswith(quote))


def _value(cell: str, quote: str) -> str:
    bare = cell.strip(" ")
    if len(bare) > 1 and bare[0] == bare[-1] == quote:
        return bare[1:-1].replace(quote * 2, quote)
    return bare.removeprefix(quote) if bare.startswith(quote) else cell
