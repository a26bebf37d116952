"""Personal data on screen: columns the study masks are shown as short codes; downloads hold what the file holds."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from pages.parts import session
from segmentation.audit import mask


def masked(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame as it may be shown, its index too where that is masked."""
    hidden = session.study().masked
    if not hidden:
        return frame
    shown = frame.assign(**{name: codes(frame[name]) for name in frame if name in hidden})
    return shown.set_index(pd.Index(codes(frame.index), name=frame.index.name)) if _customers_hidden(frame) else shown


def who(ids: Iterable[object]) -> list[str]:
    """Customers as they may be shown: by their id, or by a code where the study masks it."""
    hidden = session.study().masked
    return codes(ids) if hidden and session.roles().get("customer") in hidden else list(map(str, ids))  # type: ignore[return-value]


def _customers_hidden(frame: pd.DataFrame) -> bool:
    return frame.index.name == "customer_id" and session.roles().get("customer") in session.study().masked


def codes(values: Iterable[object]) -> list[str | None]:
    """Values as this visitor's codes."""
    return mask(values, session.secret())


def raw_hidden() -> bool:
    """Whether raw text of the files stays hidden, since it holds what is masked."""
    return bool(session.study().masked)


def without_names(sentence: str, values: Iterable[object]) -> str:
    """A sentence in which masked values are codes."""
    known = sorted({str(value) for value in values if value not in (None, "")}, key=len, reverse=True)
    for value, code in zip(known, codes(known), strict=True):
        sentence = sentence.replace(value, str(code))
    return sentence
