"""Texts that would become markup, a picture, a script or a request where they are not drawn as plain text."""

from __future__ import annotations

import csv
import io
import json
from itertools import cycle, islice
from typing import Any

TEXTS = (
    *(
        "![p](http://evil.test/x)",
        "[a](javascript:alert(1))",
        "<script>alert(2)</script>",
        "<img src=x onerror=alert(3)>",
    ),
    *("$$\\latex{}$$", "$a^2$", ":material/home:", ":red[x]", ":blue-badge[x]", ":smile:", ":small[x]"),
    *("`x`", "**x**", "_x_", "~~x~~", "a -> b", "a <= b -- c", "www.evil.test", "http://evil.test/y", "me@evil.test"),
)
NAMES = tuple(text for text in TEXTS if "/" not in text)  # as a file may be called
FILE = f"{' '.join(NAMES[:6])}.csv".replace("\\", "")


def table() -> bytes:
    """A file of 132 sale lines with these texts as headings, customers, orders and cells, and one row that adds up."""
    held = io.StringIO()
    writer = csv.writer(held, delimiter=";")
    writer.writerow(["customer", "day", "revenue", "order", *(f"{text} words" for text in TEXTS), f"{TEXTS[0]} points"])
    words = cycle(TEXTS)
    for i in range(130):
        who = f"{TEXTS[i % len(TEXTS)]} {i // 60}"
        cells = islice(words, len(TEXTS) - 1)
        row = [who, f"2026-0{1 + i % 6}-1{i % 9}", i % 7 * 9 + 1, f"{who} {i}", TEXTS[i // 60], *cells, i % 11]
        writer.writerow(row)
        if i == 3:
            writer.writerow(row)
    writer.writerow([f"{TEXTS[0]} 1", "2026-03-03", 9000, "", *TEXTS, 5])
    return held.getvalue().encode()


def customers() -> bytes:
    """A file of 60 customers with amounts, and numbers under these texts."""
    held = io.StringIO()
    writer = csv.writer(held, delimiter=";")
    writer.writerow(["customer", "revenue", *(f"{text} points" for text in TEXTS)])
    for i in range(60):
        writer.writerow(
            [f"{TEXTS[i % len(TEXTS)]} {i}", i * 7 + 1, *(i * at % 41 + 1 for at in range(1, len(TEXTS) + 1))]
        )
    return held.getvalue().encode()


def study(**more: Any) -> bytes:
    """A study with these texts wherever it holds words."""
    cut = {
        "primitive": "edges",
        "column": "revenue",
        "cuts": [20, 60],
        "names": list(TEXTS[:3]),
        "question": " ".join(TEXTS),
    }
    rows = [{"when": f'"{TEXTS[4]} words" = "{TEXTS[0]}"', "segment": TEXTS[5]}]
    rows += [{"when": f"revenue >= {at * 9}", "segment": text} for at, text in enumerate(TEXTS[6:9], 1)]
    ruled = {"primitive": "rules", "rules": [*rows, {"when": "else", "segment": TEXTS[9]}], "question": " ".join(TEXTS)}
    settings = {
        "version": 1,
        "method": "__mine__",
        "currency": "$a^2$",
        "own": {"__mine__": cut, "_ruled_": ruled},
        "views": {text: {"lines": "even"} if at % 2 else {} for at, text in enumerate(TEXTS[:6])},
        "file": TEXTS[0],
        "same": {f"{TEXTS[5]} 1": f"{TEXTS[5]} 0"},
        "without_orders": [f"{TEXTS[6]} 0 6"],
        **more,
    }
    return json.dumps(settings).encode()
