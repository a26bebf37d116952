"""Invented sales, and how they are written into the file of a program: a function from a sale to its rows for each."""

import csv
import datetime as dt
import io
import random
from dataclasses import dataclass

GOODS = [("Mug", 12.0), ("Bowl", 30.5), ("Plate", 8.25), ("Jug", 44.9), ("Tray", 19.99)]
NAMES = ["Ada Voss", "Ben Kurz", "Cleo Marsh", "Dora Lind", "Emil Rask", "Fay Quill", "Gus Tarn"]


@dataclass(frozen=True)
class Sale:
    """An order of several lines (product, units, price of one); `state` is "sold", "gone" (no sale) or "back" (returned)."""

    number: int
    buyer: int
    day: dt.date
    state: str
    lines: list[tuple[str, int, float]]

    @property
    def name(self) -> str:
        return NAMES[self.buyer]

    @property
    def mail(self) -> str:
        return f"{self.name.split()[0].lower()}@example.org"

    @property
    def total(self) -> float:
        return round(sum(units * price for _, units, price in self.lines), 2)

    def said(self, sold: str, gone: str, back: str = "") -> str:
        return {"sold": sold, "gone": gone, "back": back or sold}[self.state]


def sales(count: int = 24, seed: int = 14) -> list[Sale]:
    """Sales of a few buyers who come back; every buyer has one that counts, every sixth does not."""
    lot = random.Random(seed)
    found = []
    for place in range(count):
        day = dt.date(2025, 1, 3) + dt.timedelta(days=7 * place + lot.randrange(5))
        state = "sold" if place < len(NAMES) else {0: "gone", 3: "back"}.get(place % 6, "sold")
        goods = lot.sample(GOODS, lot.randrange(1, 4))
        lines = [(product, lot.randrange(1, 4), price) for product, price in goods]
        buyer = place if place < len(NAMES) else lot.randrange(len(NAMES))
        found.append(Sale(1001 + place, buyer, day, state, lines))
    return found


def written(rows: list[dict[str, object]], delimiter: str = ",") -> bytes:
    """Rows as a file; a row without a heading leaves its cell blank."""
    out = io.StringIO()
    headings = [*dict.fromkeys(heading for row in rows for heading in row)]
    writer = csv.DictWriter(out, headings, restval="", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()
