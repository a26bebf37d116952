"""Studies changed by lot, from the schema of a study: values that fit, and what can be wrong with one."""

from __future__ import annotations

import json
import random
from typing import Any

from segmentation import METHODS, Study
from tests.hostile import TEXTS

WRONG = (
    *(None, True, False, 0, 1, -1, 2.5, 1e308, -1e308, 10**30, 1e999, float("nan"), "", " ", "x", "\0", "\ud800", "é" * 2000),
    *([], {}, [[]], [None], {"": None}, {"a": {"a": {}}}, [1, "a"], "2024-02-30", "9999-12-31", "0001-01-01", "revenue", "mine"),
)  # fmt: skip
WORDS = ("revenue", "profit", "potential", "customer", "orders", "recency_days", "segment", "file.csv", *TEXTS[:4])
SCHEMA = Study.schema()


def fitting(lot: random.Random, schema: dict[str, Any], wrong: float) -> Any:
    """A value that fits a schema, but for a share of its parts."""
    if lot.random() < wrong:
        return strange(lot)
    if "anyOf" in schema:
        return fitting(lot, lot.choice(schema["anyOf"]), wrong)
    if "enum" in schema:
        return lot.choice(schema["enum"])
    kind = schema.get("type")
    if kind == "object":
        return _names(lot, schema, wrong)
    if kind == "array":
        return [fitting(lot, schema.get("items", {}), wrong) for _ in range(lot.randint(0, 4))]
    if kind in ("number", "integer"):
        low, high = (max(min(schema.get(end, most), 1e6), -1e6) for end, most in (("minimum", -1e6), ("maximum", 1e6)))
        return (
            lot.randint(int(low), int(high)) if kind == "integer" else lot.choice((low, high, lot.uniform(low, high)))
        )
    if kind == "boolean":
        return lot.random() < 0.5
    if kind == "null":
        return None
    return _text(lot, schema) if kind == "string" else strange(lot)


def _names(lot: random.Random, schema: dict[str, Any], wrong: float) -> dict[str, Any]:
    known, more = schema.get("properties", {}), schema.get("additionalProperties")
    needed = schema.get("required", ())
    made = {name: fitting(lot, one, wrong) for name, one in known.items() if name in needed or lot.random() < 0.3}
    if isinstance(more, dict):
        made |= {lot.choice((*WORDS, *METHODS)): fitting(lot, more, wrong) for _ in range(lot.randint(0, 3))}
    if lot.random() < wrong:
        made[lot.choice(WORDS)] = strange(lot)
    return made


def _text(lot: random.Random, schema: dict[str, Any]) -> str:
    if "pattern" in schema:
        return f"{lot.randint(1, 9999):04}-{lot.randint(0, 13):02}-{lot.randint(0, 32):02}"
    return lot.choice((*WORDS, *METHODS))


def strange(lot: random.Random) -> Any:
    """A value that nobody expects there; now and then one that is deep, or long."""
    if lot.random() < 0.1:
        value: Any = lot.choice(WRONG)
        for _ in range(lot.choice((3, 30, 300))):
            value = [value] if lot.random() < 0.5 else {"a": value}
        return value
    if lot.random() < 0.05:
        return lot.choice(([1] * 5000, {str(i): i for i in range(3000)}, "(" * 20_000))
    return lot.choice(WRONG)


def make(lot: random.Random) -> bytes:
    """A study as it would be saved, or nearly."""
    wrong = lot.choice((0.0, 0.01, 0.05, 0.2))
    few = lot.sample([*SCHEMA["properties"]], lot.randint(0, 6))
    settings = {name: fitting(lot, SCHEMA["properties"][name], wrong) for name in few}
    if "method" not in settings or lot.random() < 0.5:
        settings["method"] = lot.choice([*METHODS])
    document: Any = {"version": 1, **settings} if lot.random() > wrong / 2 else settings
    text = json.dumps(document, ensure_ascii=lot.random() < 0.7).encode("utf-8", "surrogatepass")
    return _damaged(lot, text) if lot.random() < wrong else text


def _damaged(lot: random.Random, text: bytes) -> bytes:
    at = lot.randrange(len(text) + 1)
    return (
        text[:at] + lot.choice((b"", b"\xff", b"[" * 9000, b"\0", b"1" * 9000, b'"')) + text[at + lot.randint(0, 3) :]
    )
