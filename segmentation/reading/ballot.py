"""What each column of text holds, by the votes of its values (`values.py`), and what that leaves undecided."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from segmentation import formats
from segmentation.columns import currencies
from segmentation.columns.kinds import kind_of
from segmentation.columns.words import is_amount, is_dated, is_identifier, is_monthly
from segmentation.dataclass import dataclass
from segmentation.reading import months, signs, values
from segmentation.reading.draft import MOST_LISTED, Decisions, Draft, unique
from segmentation.table import CODES, Question

SPANS = r"(?i)day|visit|since"  # of headings that may also speak of a number of days
TIMES = r"(?i)time|epoch|created|updated|(_|\b)(at|ts|on)$"  # further headings of a point in time
BIRTHS = (  # and of other days that lie behind us
    r"(?i)birth|\bborn|\bdob\b|geburt|^geb\b|geb\.? ?dat|naissance|nacimiento|nascimento|nascita|geboorte|рожд|lahir|lindj|"
    "生日|出生|since|joined|sign(ed)?.?up|regist|enrol|kunde seit|mitglied seit|beitritt|inscri|client depuis|fecha de alta|"
    "fecha alta|desde|cadastro|daftar|клиент с|注册|入会"
)


def vote(draft: Draft, decided: Decisions) -> None:
    """Every column of text votes; one whose dates may be read in two ways follows the others, if they agree."""
    names = [name for name in draft.table.column_names if _may_vote(draft, name) and not decided.as_text(name)]
    ballots = {name: _ballot(draft, name, decided) for name in names}
    orders = {one.vote.form for one in ballots.values() if one.vote.kind == "date" and one.vote.other is None}
    agreed = (orders & {"dmy", "mdy"}) if not {"dmy", "mdy"} <= orders else set()
    for name, one in ballots.items():
        if one.vote.kind == "date" and one.vote.rival and agreed <= {one.vote.form, one.vote.rival} and agreed:
            one = one.again(dates=next(iter(agreed)))
        _settle(draft, name, one)
    for name in draft.table.column_names:
        if pa.types.is_date(draft.table[name].type):
            draft.dates.setdefault(name, "ymd")


def _may_vote(draft: Draft, name: str) -> bool:
    return (
        kind_of(draft.table.schema.field(name).type) == "text" and name not in draft.settled and not is_identifier(name)
    )


@dataclass(frozen=True)
class _Ballot:
    """A column of text, its distinct values, how often each occurs, and what they voted for."""

    codes: pa.ChunkedArray
    texts: pa.Array
    counts: np.ndarray
    how: values.Asked
    vote: values.Vote
    ignored: str = ""  # a decision the column could not follow

    def again(self, **how: Any) -> _Ballot:
        return replace(self, vote=values.vote(self.texts, self.counts, replace(self.how, **how)))


def _ballot(draft: Draft, name: str, decided: Decisions) -> _Ballot:
    column = draft.table[name]
    codes = (column if column.type == CODES else column.dictionary_encode()).unify_dictionaries()
    texts, counts = _tally(codes)
    order, decimal = _for(decided.dates, name), _for(decided.decimal, name)
    counted = (is_dated(name) and not re.search(SPANS, name)) or bool(re.search(TIMES, name))
    past = bool(re.search(BIRTHS, name))
    how = values.Asked(
        decimal, draft.decimal, order, is_dated(name) or past, counted, is_monthly(name), past, is_amount(name)
    )
    ballot = _Ballot(codes, texts, counts, how, values.vote(texts, counts, how))
    if ballot.vote.kind == "text" and order != "none" and (order or decimal):
        free = ballot.again(dates=None, decimal=None)
        said = f"dates as {order}" if free.vote.kind == "date" else f'numbers with the decimal mark "{decimal}"'
        return replace(free, ignored=said) if free.vote.kind != "text" else ballot
    return ballot


def _for(decision: str | Mapping[str, str] | None, name: str) -> str | None:
    return decision.get(name) if isinstance(decision, Mapping) else decision


def _settle(draft: Draft, name: str, ballot: _Ballot) -> None:
    """The column as what it voted for, with what that leaves out said."""
    found, i = ballot.vote, draft.table.column_names.index(name)
    column = ballot.codes
    if found.values is not None:
        column = pa.chunked_array([found.values.take(one.indices) for one in column.chunks], found.values.type)
        _say(draft, name, ballot)
    elif found.mixed:
        draft.questions.append(_which_order(name, found))
    elif is_monthly(name) and months.without_year(some := [text for text in ballot.texts[:100].to_pylist() if text]):
        draft.sentences.append(f'"{name}" holds days without a year, such as {some[0].strip()}: it stays text.')
    draft.table = draft.table.set_column(i, name, column)
    if found.kind == "number" and (code := currencies.the_only_one(ballot.texts.slice(0, MOST_LISTED))):
        draft.currencies[name] = code
    if found.kind == "number" and (codes := _currencies(ballot)) is not None:
        beside = unique([*draft.table.column_names, f"{name} currency"])[-1]
        draft.table = draft.table.append_column(
            beside, pa.chunked_array([codes.take(c.indices) for c in ballot.codes.chunks])
        )
        draft.sentences.append(f'"{name}" is in several currencies; they stand in the column "{beside}" beside it.')


def _currencies(ballot: _Ballot) -> pa.Array | None:
    return currencies.in_cells(pc.if_else(pc.is_valid(ballot.vote.values), ballot.texts, None))


def _tally(codes: pa.ChunkedArray) -> tuple[pa.Array, np.ndarray]:
    """The distinct texts of a column and how often each occurs."""
    texts = codes.chunk(0).dictionary if codes.num_chunks else pa.array([], pa.string())
    counts = np.zeros(len(texts), dtype="int64")
    for chunk in codes.chunks:
        counts += np.bincount(chunk.indices.drop_null().to_numpy(), minlength=len(texts))
    return texts, counts


def _say(draft: Draft, name: str, ballot: _Ballot) -> None:
    found, texts, total = ballot.vote, ballot.texts, int(ballot.counts.sum())
    noun = "dates" if found.kind == "date" else "numbers"
    if found.kind == "date":
        draft.dates[name] = found.form or "ymd"
        _say_counted(draft, name, found, texts)
    elif found.form:
        draft.decimal = draft.decimal or found.form
    if found.odd[0]:
        _list_odd(draft, name, ballot, noun)
        draft.sentences.append(
            f'"{name}" holds {noun}; {found.odd[0]:,} of its {total:,} values are not (for example "{found.odd[1]}") '
            "and count as missing."
        )
    if ballot.ignored:
        draft.sentences.append(f'"{name}" does not hold {ballot.ignored} and was read as its own values say.')
    if noun == "numbers" and pc.any(pc.ends_with(texts, "%")).as_py():
        draft.sentences.append(f'"{name}" is written in percent and read as shares: 12 % is 0.12.')
    if noun == "numbers" and (sum_ := _taken_off(ballot)):
        draft.sentences.append(f'"{name}" has numbers marked as debit or credit: {sum_}.')
    if noun == "numbers" and (scaled := _scaled(texts)):
        draft.sentences.append(f'"{name}" is written in thousands or millions and read in full ({scaled}).')
    if found.other is not None:
        _ask(draft, name, found, texts)


def _taken_off(ballot: _Ballot) -> str:
    """Which numbers are taken off for their mark, and what they add up to; "" where none is."""
    marked = values.taken_off(ballot.texts)
    assert ballot.vote.values is not None
    worth = np.asarray(ballot.vote.values.to_numpy(zero_copy_only=False), dtype=np.float64) * ballot.counts
    example = ballot.texts[int(np.argmax(marked))].as_py() if marked.any() else ""
    return (
        f"those like “{example}” are taken off, {formats.whole(float(np.nansum(worth[marked])))} in all"
        if example
        else ""
    )


def _scaled(texts: pa.Array) -> str:
    """A number written with its thousands or millions abbreviated, such as 1.5K; "" where there is none."""
    texts = texts.filter(pc.match_substring_regex(texts, "[0-9]\\s*[kKmMbBtTтТмМ万萬億亿]"))
    shape = rf"[0-9]\s*(?:{'|'.join(values.TIMES)})\s*(?:{values.CURRENCY})?\)?$"
    written = texts if not len(texts) else texts.filter(pc.match_substring_regex(pc.utf8_trim_whitespace(texts), shape))
    return written[0].as_py().strip() if len(written) else ""


def _say_counted(draft: Draft, name: str, found: values.Vote, texts: pa.Array) -> None:
    """Years of another calendar, and dates that stand for a month, a quarter or a week."""
    if found.calendar:
        draft.sentences.append(f'The years of "{name}" are counted {found.calendar}; dates=none keeps them as text.')
    first = next((text for text in texts.slice(0, 20).to_pylist() if text and text.strip()), "")
    if months.is_span(signs.digit(first)) and is_monthly(name):
        draft.sentences.append(f'"{name}" holds spans such as {first.strip()}: the first day of each is used.')


def _which_order(name: str, found: values.Vote) -> Question:
    """Why a column of dates is none: some are dates in one order alone, some in the other alone."""
    words = {"dmy": "day", "mdy": "month"}
    parts = [f"{n:,} with the {words[form]} first alone ({shown})" for form, (n, shown) in found.mixed.items()]
    (_, day_first), (_, month_first) = found.mixed["dmy"], found.mixed["mdy"]
    readings = {
        "dmy": f"{day_first} is a date, {month_first} is missing",
        "mdy": f"{month_first} is a date, {day_first} is missing",
    }
    return Question(
        f'"{name}" stays text: its values are dates in two orders, {" and ".join(parts)}; '
        "decide with the dates setting.",
        "dates",
        name,
        {"none": "text", **readings},
        "none",
    )


def _list_odd(draft: Draft, name: str, ballot: _Ballot, noun: str) -> None:
    """The cells that are no number or date where the others of their column are."""
    assert ballot.vote.values is not None
    blank = pc.equal(pc.utf8_trim_whitespace(ballot.texts), "")
    odd = pc.and_not(pc.is_null(ballot.vote.values), blank).to_numpy(zero_copy_only=False)
    codes = np.concatenate([pc.fill_null(chunk.indices, -1).to_numpy() for chunk in ballot.codes.chunks])
    places = [int(i) for i in np.flatnonzero(np.append(odd, False)[codes])[:MOST_LISTED]]
    reason = f"no {noun[:-1]}, in a column of {noun}: it counts as missing"
    for line, i in zip(draft.lines(places), places, strict=True):
        draft.cells.append((line, name, reason, ballot.texts[int(codes[i])].as_py()))


def _ask(draft: Draft, name: str, found: values.Vote, texts: pa.Array) -> None:
    """An undecidable column: one value in both readings, and which of them is used until somebody decides."""
    assert found.values is not None and found.other is not None
    differs = pc.fill_null(pc.not_equal(found.values.cast(found.other.type), found.other), False)
    i = int(np.argmax(differs.to_numpy(zero_copy_only=False)))
    first, second = _shown(found.values[i].as_py()), _shown(found.other[i].as_py())
    what = "dates" if found.kind == "date" else "decimal"
    chosen = found.form or "."
    rival = found.rival or ("," if chosen == "." else ".")
    draft.questions.append(
        Question(
            f'In "{name}", {texts[i].as_py()} can mean {first} or {second}: the first is used; '
            f"decide with the {what} setting.",
            what,
            name,
            {chosen: first, rival: second},
            chosen,
        )
    )


def _shown(value: Any) -> str:
    return f"{value.day} {value:%B %Y}" if hasattr(value, "year") else f"{value:.10g}"
