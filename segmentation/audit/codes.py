"""What is shown in place of somebody's name or number."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from typing import Any


def mask(values: Iterable[Any], key: bytes) -> list[str | None]:
    """Values as short codes: the same value always gets the same code, which without the key tells nothing.

    A keyed hash (HMAC, RFC 2104) of 40 bits in hexadecimal; missing values stay missing.
    """
    known: dict[str, str] = {}
    codes: list[str | None] = []
    for value in values:
        if value is None or value != value or value == "":
            codes.append(None)
            continue
        text = str(value)
        if text not in known:
            known[text] = hmac.new(key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:10]
        codes.append(known[text])
    return codes
