"""How much of a polluted CSV file is read: our own generation of the kinds of the Pollock benchmark, and more kinds.

    python -m benchmarks.polluted [--every 1] [--readers ours,csv,...] [--worst 20] [--rivals PYTHON]

Vitagliano, Hameed, Jiang, Reisener, Wu, Naumann: "Pollock: A Data Loading Benchmark", PVLDB 16 (2023), pollute one
table of sale lines in 2,290 ways and score what a reader makes of each. These are not their files: the table is drawn
from a seed, the pollutions are written anew from their description, with the table a careful person would expect.

A file scores 0 to 10: one point for being read at all, and precision, recall and F1 of its heading cells, its rows and
its cells as multisets. `simple` is the mean over the files; `weighted` weighs a kind by how often it was met among
their 3,712 real files. Everything is compared letter by letter, as text; a file without headings is read without any.
Further kinds, which are not of the benchmark, have a column of their own.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
Rows = list[list[str]]
HEADINGS = ["DATE", "TIME", "Qty", "ArticleNo", "Price", "Article", "Description", "Link", "Remark"]
ROWS = 83
QUOTED = {6, 7}  # columns set in quotation marks throughout
FURTHER = "further"  # kinds that are not of the benchmark


@dataclass(frozen=True)
class File:
    """A polluted file. `kind` groups files, `weight` is the kind's, shared by its files; `expected`: headings first."""

    kind: str
    name: str
    content: bytes
    expected: Rows
    weight: float = 0.0


def source() -> Rows:
    """The clean table, the same at every call: dates, times, counts, codes, prices, and text with every sign in it."""
    chance = random.Random(11)
    things = ["Rain Boots", "Trail Jacket", "Fly Rod", "Pillow, Striped", "Kids' Hat", 'Round Table, 48"', "Socks"]
    things += ["Men's Vest", "Camp Stove, Two Flames", 'Bicycle 24"', "Lamp", 'Shorts, 5" Inseam']
    says = [
        "Light enough for a whole day, and warm.",
        "Our best seller: now in blue.",
        "For boats, camps or balconies.",
    ]
    says += [
        "It won't chip, peel or crack.",
        "A rod of 8'9\" length, made for her.",
        "Dries quickly",
        "Soft, yet strong.",
    ]
    rows = []
    for i in range(ROWS):
        code = f"{chance.choice('ABCHKRYZ')}{chance.choice('GINSW')}-{chance.randrange(1000, 9999)}"
        price = f"${chance.randrange(90, 9900) / 100:.2f}"
        day = f"{13 + i % 16:02d}/{1 + i // 16:02d}/2018"
        thing, text = chance.choice(things), f"{chance.choice(says)} {chance.choice(says)} No. {i}, of our own."
        link = f"https://shop.example/articles/{code.replace('-', '_')}.html"
        clock = f"{i // 4 % 24:02d}:{i % 4 * 15:02d}"
        rows.append([day, clock, str(chance.randrange(34)), code, price, thing, text, link, ""])
    return [HEADINGS, *rows]


def cell(text: str, quoted: bool, delimiter: str, quote: str, escape: str) -> str:
    """A cell as it is written: in quotation marks where the column is, or where it must be."""
    if quoted or any(sign in text for sign in (delimiter.strip() or delimiter, quote, "\n", "\r")):
        return quote + text.replace(quote, escape + quote) + quote
    return text


def cells(row: list[str], delimiter: str = ",", quote: str = '"', escape: str = '"') -> list[str]:
    return [cell(text, i in QUOTED, delimiter, quote, escape) for i, text in enumerate(row)]


def written(rows: Rows, delimiter: str = ",", quote: str = '"', escape: str = '"', end: str = "\r\n") -> str:
    return "".join(delimiter.join(cells(row, delimiter, quote, escape)) + end for row in rows)


def files() -> Iterator[File]:
    """The files of the benchmark's kinds, then of further kinds."""
    yield from whole_files()
    yield from spoilt_rows()
    yield from further()


def whole_files() -> Iterator[File]:
    """One pollution for the whole file. The weights are how many of 3,712 real files had it."""
    table = source()
    head, body = table[0], table[1:]
    text = written(table)

    def of(kind: str, content: str, weight: float, expected: Rows = table) -> File:
        return File(kind, kind, content.encode(), expected, weight)

    yield of("clean", text, 1)
    yield of("nothing in it", "", 15, [])
    yield of("no line end at the end", text.removesuffix("\r\n"), 184)
    yield of("two line ends at the end", text + "\r\n", 5)
    yield of("no headings", written(body), 470, body)
    for times in (2, 3):
        joined = [" ".join([name] * times) for name in head]
        yield of(f"the headings {times} times", written([head] * (times - 1) + table), 47, [joined, *body])
    blank = [""] * (len(head) - 1)
    yield of("a title above", written([["TITLE", *blank], ["", *blank]]) + text, 282)
    more = [[*head, "Extra"], *[[*row, ""] for row in body]]
    for size, other in {"fewer": [row[:-1] for row in table], "as many": table, "more": more}.items():
        yield of(f"a second table of {size} columns", text + written(other), 188 / 3)
    yield of("headings only", written([head]), 3, [head])
    yield of("one row", written(table[:2]), 4, table[:2])
    yield of("line ends LF", written(table, end="\n"), 1691)
    yield of("line ends CR", written(table, end="\r"), 7)
    yield of("semicolons", written(table, ";"), 834)
    yield of("tabs", written(table, "\t"), 4)
    yield of("spaces", written(table, " "), 4)
    yield of("comma and space", text_with_comma_and_space(table), 101)
    yield of("single quotes", written(table, quote="'", escape=""), 11)
    yield of("a backslash before quotes", written(table, escape="\\"), 1)
    yield of("quotes that are not doubled", written(table, escape=""), 7)


def text_with_comma_and_space(table: Rows) -> str:
    return "".join(", ".join(cells(row)) + "\r\n" for row in table)


def spoilt_rows() -> Iterator[File]:
    """One row spoilt at one place, for every row and column; the row that is meant is expected."""
    table = source()
    width, lines = len(HEADINGS), [",".join(cells(row)) for row in table]
    for i, row in enumerate(table):
        for j in range(width):
            parts = cells(row)
            more = ",".join([*parts[:j], "", *parts[j:]])
            yield spoilt("a delimiter too many", lines, i, j, more, table, 278)
            if j:
                less = ",".join([*parts[: j - 1], parts[j - 1] + parts[j], *parts[j + 1 :]])
                yield spoilt("a delimiter too few", lines, i, j, less, table, 247)
            meant = [row if k != i else [*row[:j], '"' + row[j], *row[j + 1 :]] for k, row in enumerate(table)]
            opened = parts[j][0] + '"' + parts[j][1:] if parts[j].startswith('"') else '"' + parts[j]
            yield spoilt(
                "a quotation mark too many", lines, i, j, ",".join([*parts[:j], opened, *parts[j + 1 :]]), meant, 7
            )
        yield spoilt("a row of spaces", lines, i, 0, " ".join(cells(row)), table, 7)


def spoilt(kind: str, lines: list[str], i: int, j: int, line: str, expected: Rows, weight: float) -> File:
    content = "\r\n".join([*lines[:i], line, *lines[i + 1 :], ""])
    return File(kind, f"{kind}, row {i} column {j}", content.encode(), expected, weight)


def further() -> Iterator[File]:
    """Kinds the benchmark leaves out and marketers have."""
    table = source()
    head, body, text = table[0], table[1:], written(table)
    lines = text.split("\r\n")[:-1]

    def of(name: str, content: str | bytes, expected: Rows = table) -> File:
        return File(FURTHER, name, content if isinstance(content, bytes) else content.encode(), expected)

    named = [[*row[:5], f"{row[5]} für Łukasz" if i else row[5], *row[6:]] for i, row in enumerate(table)]
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1250"):
        yield of(f"written in {encoding}", written(named).encode(encoding), named)
    russian = [[*row[:5], f"{row[5]} из Пензы" if i else row[5], *row[6:]] for i, row in enumerate(table)]
    for encoding in ("cp1251", "koi8-r", "iso8859-5", "cp866"):
        yield of(f"written in {encoding}", written(russian).encode(encoding), russian)
    for name, delimiter in {"|": "|", "^": "^", "~": "~", ":": ":", "two tabs": "\t\t", "||": "||", "::": "::"}.items():
        yield of(f"set apart by {name}", written(table, delimiter))
    for name, delimiter in {"semicolon and space": "; ", "space and comma": " ,", "tab and space": "\t "}.items():
        yield of(f"set apart by {name}", written(table, delimiter))
    ends = ["\r\n", "\n", "\r"]
    yield of("line ends mixed", "".join(line + ends[i % 3] for i, line in enumerate(lines)))
    yield of("one line end of another kind", "\r\n".join(lines[:40]) + "\n" + "\r\n".join(lines[40:]))
    tall = [[*row[:6], row[6].replace(". ", ".\n", 1) if i else row[6], *row[7:]] for i, row in enumerate(table)]
    yield of("line breaks in cells", written(tall), tall)
    everything = "".join(",".join(cell(part, True, ",", '"', '"') for part in row) + "\r\n" for row in table)
    yield of("every cell in quotes", everything)
    bare = [[part.replace(",", " ").replace('"', " inch") for part in row] for row in table]
    yield of("no quotes at all", "".join(",".join(row) + "\r\n" for row in bare), bare)
    inches = [[part.replace(",", " ") for part in row] for row in table]
    yield of("inches and no quotes", "".join(",".join(row) + "\r\n" for row in inches), inches)
    yield of("escaped quotes, semicolons", written(table, ";", escape="\\"))
    yield of("a delimiter after every line", "".join(line + ",\r\n" for line in lines))
    yield of("a delimiter after every row", lines[0] + "\r\n" + "".join(line + ",\r\n" for line in lines[1:]))
    yield of("blank lines between", "\r\n\r\n".join(lines) + "\r\n")
    yield of("a blank line first", "\r\n" + text)
    yield of("a title without delimiters", "TITLE\r\n\r\n" + text)
    yield of("three titles", "Sales\r\nShop 7\r\nof 2018\r\n" + text)
    yield of("a note below", text + "\r\nThese are all sales of the shop\r\n")
    yield of("three padded notes below", text + "".join(f"Note {i}: checked,,,,,,,,\r\n" for i in range(3)))
    yield of("the last cell left out where empty", "".join(line.removesuffix(",") + "\r\n" for line in lines))
    yield of("a second table after a blank line", text + "\r\n" + written([row[:5] for row in table[:40]]))
    yield of("sep=;", "sep=;\r\n" + written(table, ";"))
    yield of("spaces around cells", "".join(" , ".join(cells(row)) + "\r\n" for row in bare), bare)
    yield of(
        "two rows of headings", written([["Sale", "", "", "Goods", "", "", "", "", ""]]) + text, two_rows(head, body)
    )
    yield of(
        "an empty heading", written([[*head[:5], "", *head[6:]], *body]), [[*head[:5], "column 6", *head[6:]], *body]
    )
    twice = [*head[:5], head[3], *head[6:]]
    yield of("a heading twice", written([twice, *body]), [[*head[:5], f"{head[3]} (2)", *head[6:]], *body])
    yield of("a NUL byte in every line", text.replace(",", "\0,", 1).replace("\r\n", "\0\r\n"))
    short = [[*row[:4]] for row in table]
    yield of("few columns", written(short), short)
    alone = [[row[3]] for row in table]
    yield of("one column", written(alone), alone)


def two_rows(head: list[str], body: Rows) -> Rows:
    return [[f"{'Sale' if i < 3 else 'Goods'} {name}" for i, name in enumerate(head)], *body]


# The score


def score(expected: Rows, found: Rows | None) -> float:
    """0 to 10 as the benchmark counts: read at all, and precision, recall and F1 of headings, rows and cells."""
    if found is None:
        return 0.0
    if not expected:
        return 10.0
    return 1.0 + sum(
        agreement(parts(expected), parts(found))
        for parts in (lambda rows: rows[0] if rows else [], lambda rows: ["".join(row) for row in rows[1:]], flat)
    )


def flat(rows: Rows) -> list[str]:
    return [part for row in rows for part in row]


def agreement(expected: list[str], found: list[str]) -> float:
    """Precision + recall + F1 of two multisets, 0 to 3; 3 where nothing is expected."""
    if not expected:
        return 3.0
    both = sum((Counter(expected) & Counter(found)).values())
    if not both:
        return 0.0
    right, kept = both / len(found), both / len(expected)
    return right + kept + 2 * right * kept / (right + kept)


# The readers: bytes, also as a file, to rows of text


def ours(data: bytes, path: Path) -> Rows:
    from segmentation.reading.read import read

    table = read(data, name=path.name, text="all")
    rows = [["" if value is None else str(value) for value in row] for row in zip(*lists(table.data), strict=True)]
    return [table.data.column_names, *rows] if table.report.header_line else rows


def lists(table) -> list[list]:
    return [column.to_pylist() for column in table.columns]


def pandas_default(data: bytes, path: Path) -> Rows:
    import pandas as pd

    return framed(pd.read_csv(path))


def pandas_sniffing(data: bytes, path: Path) -> Rows:
    import pandas as pd

    return framed(pd.read_csv(path, sep=None, engine="python", dtype=str))


def pandas_skipping(data: bytes, path: Path) -> Rows:
    import pandas as pd

    return framed(pd.read_csv(path, sep=None, engine="python", dtype=str, on_bad_lines="skip"))


def framed(frame) -> Rows:
    return list(csv.reader(io.StringIO(frame.to_csv(index=False), newline="")))


def python_csv(data: bytes, path: Path) -> Rows:
    text = data.decode()
    return list(csv.reader(io.StringIO(text, newline=""), csv.Sniffer().sniff(text)))


def duckdb_default(data: bytes, path: Path) -> Rows:
    return duck(f"read_csv('{path}')")


def duckdb_forgiving(data: bytes, path: Path) -> Rows:
    return duck(f"read_csv('{path}', all_varchar=true, ignore_errors=true, null_padding=true, strict_mode=false)")


def duck(source: str) -> Rows:
    import duckdb

    with duckdb.connect() as connection:
        found = connection.sql(f"SELECT * FROM {source}")
        return [found.columns, *[["" if part is None else str(part) for part in row] for row in found.fetchall()]]


def clevercsv(data: bytes, path: Path) -> Rows:
    import clevercsv as clever

    return clever.wrappers.read_table(str(path))


READERS: dict[str, tuple[str, Callable[[bytes, Path], Rows]]] = {
    "ours": ("ours", ours),
    "pandas": ("pandas", pandas_default),
    "pandas-text": ("pandas, sep=None, as text", pandas_sniffing),
    "pandas-skip": ("the same, skipping bad lines", pandas_skipping),
    "csv": ("Python's csv with its sniffer", python_csv),
    "duckdb": ("DuckDB", duckdb_default),
    "duckdb-text": ("DuckDB, as text, padding, skipping", duckdb_forgiving),
    "clevercsv": ("CleverCSV", clevercsv),
}


def found_by(reader: Callable[[bytes, Path], Rows], file: File, path: Path) -> Rows | None:
    """What a reader makes of a file; None where it gives up."""
    path.write_bytes(file.content)
    try:
        return reader(file.content, path)
    except Exception:  # whatever it raises, it did not read the file
        return None


@dataclass
class Result:
    """The scores of one reader, a list a kind, and of every file."""

    kinds: dict[str, list[float]]
    scores: dict[str, float]
    weights: dict[str, float]
    counts: Counter[str]

    def mean(self, kind: str) -> float:
        return sum(self.kinds[kind]) / len(self.kinds[kind])

    @property
    def simple(self) -> float:
        """The mean over the benchmark's files; a kind of which only some were read stands for all of it."""
        kinds = [kind for kind in self.kinds if kind != FURTHER]
        return sum(self.mean(kind) * self.counts[kind] for kind in kinds) / sum(self.counts[kind] for kind in kinds)

    @property
    def weighted(self) -> float:
        return sum(self.mean(kind) * weight for kind, weight in self.weights.items()) / sum(self.weights.values())


def chosen(every: int) -> Iterator[File]:
    """Every file that stands for its kind, and of the spoilt rows one of every so many."""
    yield from whole_files()
    yield from sorted(spoilt_rows(), key=lambda file: file.kind)[every // 2 :: every]
    yield from further()


def measured(name: str, every: int = 1) -> Result:
    """One reader on the files; of the spoilt rows only one of every so many."""
    result = Result(defaultdict(list), {}, {}, Counter(file.kind for file in files()))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file.csv")
        for file in chosen(every):
            value = score(file.expected, found_by(READERS[name][1], file, path))
            result.kinds[file.kind].append(value)
            result.scores[file.name] = value
            if file.kind != FURTHER:
                result.weights[file.kind] = file.weight
    return result


def line(name: str, every: int, worst: int) -> str:
    """One reader's row of the table, and its worst files."""
    result = measured(name, every)
    means = (result.simple, result.weighted, result.mean(FURTHER))
    ranked = sorted(result.scores.items(), key=lambda pair: pair[1])[:worst]
    row = f"| {READERS[name][0]} | " + " | ".join(f"{value:.2f}" for value in means) + " |"
    return "\n".join([row, *(f"    {value:5.2f} {file}" for file, value in ranked)])


def elsewhere(python: str, name: str, given: argparse.Namespace) -> str:
    """The same by another Python, which has the library."""
    command = [python, "-m", "benchmarks.polluted", "--readers", name, "--every", str(given.every)]
    done = subprocess.run(
        [*command, "--worst", str(given.worst)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    rows = done.stdout.splitlines()[2:]
    return "\n".join(rows) if rows and not done.returncode else f"| {READERS[name][0]} | not installed | | |"


def main() -> None:
    parser = argparse.ArgumentParser(description="Readers on polluted CSV files, scored from 0 to 10.")
    parser.add_argument("--every", type=int, default=1, help="of the spoilt rows, only one file of every so many")
    parser.add_argument("--readers", default=",".join(READERS))
    parser.add_argument("--worst", type=int, default=0, help="list so many of each reader's worst files")
    parser.add_argument("--rivals", default=sys.executable, metavar="PYTHON", help="a Python that has clevercsv")
    given = parser.parse_args()
    print("| polluted files, 0 to 10 | simple | weighted | further kinds |\n|---|---:|---:|---:|", flush=True)
    for name in given.readers.split(","):
        away = name == "clevercsv" and given.rivals != sys.executable
        row = elsewhere(given.rivals, name, given) if away else line(name, given.every, given.worst)
        print(row, flush=True)


if __name__ == "__main__":
    main()
