"""The same customer under two numbers: names, addresses, birthdays, phones and e-mails compared, pairs scored 0 to 1.

The model is that of Fellegi and Sunter (1969), computed by the record-linkage library Splink on DuckDB:
each comparison of two rows adds the weight log2(m / u), m being how often it comes out so for one and the
same customer, u for two different ones. u of equal values is counted in the data, so that sharing a rare
name weighs more than sharing a frequent one; the other chances are the constants below, so nothing is
drawn by lot and the result is the same whatever the order of rows.
"""

from __future__ import annotations

import functools
import logging
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.columns.words import ruled_out, words
from segmentation.joining.keys import stem
from segmentation.problems import Problem
from segmentation.rollup.duckdb import connect

THRESHOLD = 0.5  # score from which two rows are offered: more likely one customer than two
MOST_PAIRS = 5_000_000  # compared for one way of finding candidates; a way that gives more is left out
# chances no small table can show: two people have the same surname …
LEAST = {"given": 2e-3, "surname": 5e-4, "birth": 5e-5, "name": 1e-6, "phone": 1e-6, "email": 1e-6}
MEET = 0.5  # how many others a row is expected to have
# fmt: off
_LEGAL = """
    ltd limited llc llp inc incorporated corp corporation co company plc gmbh mbh ag kg kgaa ohg gbr ug ev se sa sas sarl
    sasu eurl snc spa srl srls sl slu sal sc bv nv ab as asa aps oy oyj kft zrt doo dd ad eood ood sp zoo z o pt tbk cv ud
    shpk sh p k sha ooo oao zao pao ao ip tov chp pte pty bhd sdn jsc jv und and et y i dan dhe
"""
LEGAL = frozenset(_LEGAL.split())  # legal forms, which one system writes and the other does not
CYRILLIC = dict(zip("абвгдезийклмнопрстуфхцыэіїєґўјћђљњџ", [
    *"abvgdezijklmnoprstufh", "c", "y", "e", "i", "i", "e", "g", "u", "j", "c", "d", "l", "n", "d"], strict=True,
)) | {"ё": "e", "ж": "zh", "ч": "ch", "ш": "sh", "щ": "sch", "ю": "yu", "я": "ya", "ь": "", "ъ": ""}
LETTERS = str.maketrans(CYRILLIC | {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"})
HEADINGS = {  # what is compared → words its heading holds, the most telling first
    "email": ("email", "e mail", "mail", "correo", "почта"),
    "phone": ("phone", "telephone", "mobile", "tel", "telefon", "telefono", "handy", "телефон", "hp", "电话"),
    "birth": ("date of birth", "birth", "dob", "birthday", "geburtsdatum", "naissance", "nacimiento", "рождения", "lahir",
              "datelindja", "生日"),
    "given": ("given name", "first name", "forename", "vorname", "prenom", "nombre", "имя", "nama depan", "emri", "名"),
    "surname": ("surname", "last name", "family name", "nachname", "nom de famille", "apellido", "apellidos", "фамилия",
                "nama belakang", "mbiemri", "姓"),
    "name": ("company name", "company", "firm", "firma", "customer name", "name", "full name", "organisation", "organization",
             "razon social", "raison sociale", "наименование", "название", "фио", "nama", "emri i klientit", "客户名称", "公司",
             "名称"),
    "street": ("address 1", "street", "address", "strasse", "adresse", "rue", "direccion", "адрес", "улица", "alamat", "adresa",
               "地址"),
    "number": ("street number", "house number", "hausnummer"),
    "place": ("suburb", "city", "town", "ort", "stadt", "ville", "ciudad", "cidade", "город", "kota", "qyteti", "城市"),
    "postcode": ("postcode", "postal code", "zip", "zip code", "plz", "postleitzahl", "code postal", "codigo postal", "индекс",
                 "kode pos", "邮编"),
}
# fmt: on
WORDS = {
    "email": "e-mail",
    "phone": "phone",
    "birth": "birthday",
    "given": "given name",
    "surname": "surname",
    "name": "name",
    "address": "address",
}  # fmt: skip


@dataclass(frozen=True)
class Level:
    """One way a comparison can come out: when (SQL on _l and _r), how often for one customer (m) and for two (u)."""

    says: str
    when: str
    m: float
    u: float | None = None  # None: counted in the data


def duplicates(
    frame: pd.DataFrame, columns: Mapping[str, str] | None = None, threshold: float = THRESHOLD
) -> pd.DataFrame:
    """Pairs of rows that look like one customer: left and right (labels of the frame's index), score, why.

    columns     what is compared → heading, of HEADINGS; None takes those recognised by heading
    threshold   score from 0 to 1 from which a pair is shown
    Best pairs first. Raises Problem where no column of names or addresses is known.
    """
    _check(frame, threshold)
    rows = _prepared(frame, _columns(frame, columns))
    return _pairs([rows], threshold)


def match(
    left: pd.DataFrame,
    right: pd.DataFrame,
    left_columns: Mapping[str, str] | None = None,
    right_columns: Mapping[str, str] | None = None,
    threshold: float = THRESHOLD,
) -> pd.DataFrame:
    """Pairs of a row of one table and a row of the other that look like one customer; otherwise as `duplicates`."""
    _check(left, threshold)
    _check(right, threshold)
    sides = [_columns(left, left_columns), _columns(right, right_columns)]
    if not (shared := sides[0].keys() & sides[1].keys()):
        raise Problem("The two tables have no column of names or addresses in common: say which columns to compare.")
    one, other = (
        _prepared(frame, {kind: heading for kind, heading in side.items() if kind in shared})
        for frame, side in zip((left, right), sides, strict=True)
    )
    return _pairs([one, other], threshold)


def groups(pairs: pd.DataFrame) -> dict[Any, Any]:
    """Every row of the pairs → the first (in order) of all rows that hang together with it, itself included."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    names = sorted({*pairs["left"], *pairs["right"]}, key=lambda name: (str(name), repr(name)))
    place = {name: i for i, name in enumerate(names)}
    ends = [pairs[side].map(place).to_numpy(np.int64) for side in ("left", "right")]
    graph = coo_array((np.ones(len(pairs)), (ends[0], ends[1])), shape=(len(names), len(names)))
    group = connected_components(graph, directed=False)[1] if names else np.zeros(0, int)
    first: dict[int, Any] = {}
    return {name: first.setdefault(int(number), name) for name, number in zip(names, group, strict=True)}


def recognise(headings: Iterable[str]) -> dict[str, str]:
    """What can be compared → the heading that holds it, in any language of HEADINGS; each heading once."""
    people = (heading for heading in headings if not ruled_out("name", heading))  # the name or address of no product
    free, found = {heading: f" {' '.join(words(heading))} " for heading in people}, {}
    for exact in (True, False):
        for kind, said in _plain_headings().items():
            if kind in found:
                continue
            for plain in said:
                hits = [h for h, text in free.items() if (text == plain if exact else plain in text)]
                if hits:
                    found[kind] = hits[0]
                    del free[hits[0]]
                    break
    return {kind: found[kind] for kind in HEADINGS if kind in found}


@functools.cache
def _plain_headings() -> dict[str, list[str]]:
    return {kind: [f" {' '.join(words(word))} " for word in said] for kind, said in HEADINGS.items()}


def _check(frame: pd.DataFrame, threshold: float) -> None:
    if isinstance(threshold, bool) or not isinstance(threshold, int | float) or not 0 < threshold <= 1:
        raise Problem(f"The threshold is {threshold}; it can be a number above 0, at most 1.")
    if not frame.index.is_unique:
        raise Problem("Two rows have the same label: number the rows before they are compared.")


def _columns(frame: pd.DataFrame, columns: Mapping[str, str] | None) -> dict[str, str]:
    chosen = recognise(map(str, frame.columns)) if columns is None else dict(columns)
    for kind, heading in chosen.items():
        if kind not in HEADINGS or heading not in frame:
            raise Problem(
                f"“{heading}” cannot be compared as {kind}: choose a column, as one of {', '.join(HEADINGS)}."
            )
    if not chosen.keys() & {"name", "surname", "given", "email", "phone"}:
        raise Problem("There is no column of names, e-mails or phones to compare: say which column holds them.")
    return chosen


# Texts brought to one form


def plain(text: str) -> str:
    """Lower-case Latin letters and digits, without accents: "Müller & Söhne" → "muller sohne", "Ромашка" → "romashka"."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(LETTERS)
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(letter))
    return " ".join(re.findall(r"\w+", bare.replace("_", " ").replace("'", "").replace("’", "")))


def company(text: str) -> str:
    """A name without legal forms, its words in order: "ООО «Ромашка»" and "Romashka Ltd." are "romashka"."""
    said = plain(re.sub(r"(?<=\w)\.(?=\w)", "", text))
    words = [word for word in said.split() if word not in LEGAL]
    return " ".join(sorted(words) if words else sorted(said.split()))


def _phone(text: str) -> str:
    return re.sub(r"\D", "", text)[-8:]  # without the prefixes of country and trunk, written in many ways


def _mail(text: str) -> str:
    return text.strip().casefold() if "@" in text else ""


FORMS = {"email": _mail, "phone": _phone, "name": company}


def _prepared(frame: pd.DataFrame, columns: Mapping[str, str]) -> pd.DataFrame:
    """The columns to compare in one form, empty as missing; sorted by content, labels kept in `label`."""
    form = {kind: _formed(frame[heading], FORMS.get(kind, plain)) for kind, heading in columns.items()}
    rows = pd.DataFrame(form, index=frame.index)
    if "number" in rows and "street" in rows:
        rows["street"] = (rows["number"].fillna("") + " " + rows["street"].fillna("")).str.strip().replace("", None)
    rows = rows.drop(columns="number", errors="ignore").astype("str").astype(object).where(rows.notna(), None)
    return rows.assign(label=frame.index.to_numpy(), said=frame.index.astype(str)).reset_index(drop=True)


def _formed(column: pd.Series, form: Any) -> pd.Series:
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return column.dt.strftime("%Y%m%d").astype(object)
    known = {text: form(str(text)) or None for text in column.dropna().unique()}
    return column.astype(object).map(known)


# Comparisons


def _alike(one: str, other: str, likeness: float) -> str:
    return f'jaro_winkler_similarity("{one}", "{other}") >= {likeness}'


def _close(column: str, likeness: float) -> str:
    return _alike(f"{column}_l", f"{column}_r", likeness)


def _few(column: str, changes: int) -> str:
    return f'damerau_levenshtein("{column}_l", "{column}_r") <= {changes}'


def _same(column: str) -> str:
    return f'"{column}_l" = "{column}_r"'


def _comparisons(sides: list[pd.DataFrame]) -> dict[str, list[Level]]:
    """What is compared → how it can come out, best first; what is none of these differs."""
    kinds, found = set(sides[0].columns), dict[str, list[Level]]()
    for kind in ("given", "surname"):
        if kind in kinds:
            found[kind] = [Level("same", _same(kind), 0.75), Level("similar", _close(kind, 0.85), 0.15, 0.01)]
    if {"given", "surname"} <= kinds:  # weighed once, with the given name
        swapped = f"{_alike('given_l', 'surname_r', 0.9)} OR {_alike('surname_l', 'given_r', 0.9)}"
        found["given"].insert(1, Level("swapped", swapped, 0.05, 0.002))
        found["surname"].insert(1, Level("swapped", swapped, 0.05, 0.05))
    if "name" in kinds:
        found["name"] = [
            Level("same", _same("name"), 0.6),
            Level("nearly the same", _close("name", 0.94), 0.2, 0.0003),
            Level("similar", _close("name", 0.86), 0.15, 0.006),
        ]
    if "birth" in kinds:
        found["birth"] = [
            Level("same", _same("birth"), 0.84),
            Level("similar", _few("birth", 1), 0.09, 0.004),
        ]
    for kind in ("phone", "email"):
        if kind in kinds:
            found[kind] = [Level("same", _same(kind), 0.6), Level("similar", _few(kind, 1), 0.1, 0.0005)]
    if kinds & {"street", "place", "postcode"}:
        found["address"] = _address(kinds, max(map(len, sides)))
    return found


def _address(kinds: set[str], rows: int) -> list[Level]:
    """Street, town and postcode tell one thing together, where somebody lives, and are weighed once.

    A family shares a surname and an address: with the surname, the address tells little more.
    """
    town = [_close("place", 0.9)] * ("place" in kinds) + [_few("postcode", 1)] * ("postcode" in kinds)
    levels = []
    if "street" in kinds and town:
        same, family = f"{_close('street', 0.9)} AND ({' OR '.join(town)})", MEET / max(rows, 2) / LEAST["surname"]
        if "surname" in kinds:
            levels.append(Level("same", f"{_same('surname')} AND {same}", 0.75, min(max(family, 0.0003), 0.5)))
        levels.append(Level("same", same, 0.08 if "surname" in kinds else 0.75, 0.0003))
    if "street" in kinds:
        levels.append(Level("street the same", _close("street", 0.9), 0.05, 0.003))
    if len(town) == 2:
        levels.append(Level("town the same", f"{town[0]} AND {town[1]}", 0.05, 0.002))
    if town:
        levels.append(Level("town the same", " OR ".join(town), 0.04 if "street" in kinds else 0.8, 0.02))
    return levels


CANDIDATES = (  # two rows are compared where they agree in one of these
    ("email",), ("phone",), ("birth",), ("name",), ("both",), ("surname", "postcode"), ("surname", "place"),
    ("street",), ("given", "postcode"), ("given", "place"), ("head", "place"), ("head", "postcode"), ("head",), ("tail",),
    ("sound",),
)  # fmt: skip


def _with_keys(rows: pd.DataFrame) -> pd.DataFrame:
    """Shortened names: rows whose name was mistyped still agree in its beginning, its end or its consonants."""
    name = next((rows[kind] for kind in ("name", "surname", "given") if kind in rows), None)
    if name is None:
        return rows
    text = name.fillna("").astype(str).str.replace(" ", "")
    bare = text.str[:1] + text.str[1:].str.replace(r"[aeiouyhjw]|(.)(?=\1)", "", regex=True)
    keys = {"head": text.str[:5], "tail": text.str[-5:], "sound": bare.str[:6]}
    if {"given", "surname"} <= set(rows):
        pairs = zip(rows["given"], rows["surname"], strict=True)
        rows = rows.assign(both=[" ".join(sorted(pair)) if all(pair) else None for pair in pairs])
    return rows.assign(
        **{key: values.where(values.str.len() >= 3, None).astype(object) for key, values in keys.items()}
    )


def _candidates(sides: list[pd.DataFrame]) -> list[tuple[str, ...]]:
    """Ways of finding candidates that the columns allow and that do not give too many pairs."""
    ways = [way for way in CANDIDATES if set(way) <= set(sides[0].columns)]
    return [way for way in ways if _count(sides, way) <= MOST_PAIRS]


def _count(sides: list[pd.DataFrame], way: tuple[str, ...]) -> int:
    sizes = [side.dropna(subset=list(way)).groupby(list(way)).size() for side in sides]
    if len(sizes) == 1:
        return int((sizes[0] * (sizes[0] - 1) // 2).sum())
    return int(sizes[0].mul(sizes[1], fill_value=0).sum())


def _chance(sides: list[pd.DataFrame], column: str) -> float:
    """How often two different customers have the same value: counted within each table, less what are duplicates."""
    same = pairs = 0.0
    for values in (side[column].dropna() for side in sides):
        counts = values.value_counts().to_numpy(np.float64)
        expected = MEET * len(values) if len(sides) == 1 else 0.0
        same += max((counts * (counts - 1) / 2).sum() - expected, 0.0)
        pairs += len(values) * (len(values) - 1) / 2
    return float(np.clip(max(same, 0.5) / max(pairs, 1), LEAST[column], 0.5))


def _frequent(sides: list[pd.DataFrame], chance: float) -> bool:
    """Whether values repeat so much that a frequent one tells less than a rare one."""
    return chance >= 4 / max(sum(len(side) for side in sides), 1)


# The model


def _pairs(sides: list[pd.DataFrame], threshold: float) -> pd.DataFrame:
    sides = [_with_keys(side) for side in sides]
    ways = _candidates(sides)
    if not ways or any(len(side) < (2 if len(sides) == 1 else 1) for side in sides):
        return pd.DataFrame({"left": [], "right": [], "score": [], "why": []})
    found = _predicted(sides, ways, threshold)
    comparisons = _comparisons(sides)
    ends = [side["label"].to_numpy() for side in (sides[0], sides[-1])]
    table = pd.DataFrame(
        {"left": ends[0][found["left"]], "right": ends[1][found["right"]], "score": found["score"].round(4)}
    )
    table["why"] = [_why(comparisons, row) for row in found[list(comparisons)].itertuples(index=False)]
    if len(sides) == 1:
        swap = sides[0]["said"].to_numpy()[found["left"]] > sides[0]["said"].to_numpy()[found["right"]]
        table.loc[swap, ["left", "right"]] = table.loc[swap, ["right", "left"]].to_numpy()
    keys = {"by_score": -table["score"], "by_left": table["left"].map(str), "by_right": table["right"].map(str)}
    return table.assign(**keys).sort_values(list(keys), ignore_index=True)[["left", "right", "score", "why"]]


def _predicted(sides: list[pd.DataFrame], ways: list[tuple[str, ...]], threshold: float) -> pd.DataFrame:
    """Row numbers of both sides, the score, and how each comparison came out (0 differs, −1 unknown)."""
    from splink import DuckDBAPI, Linker

    logging.getLogger("splink").setLevel(logging.ERROR)
    with connect() as connection:
        database = DuckDBAPI(connection)
        tables = [
            database.register(
                side.drop(columns=["label", "said"]).assign(unique_id=np.arange(len(side))), table_name=f"side_{i}"
            )
            for i, side in enumerate(sides)
        ]
        linker = Linker(tables if len(tables) > 1 else tables[0], _settings(sides, ways), log_level=None)
        found = linker.inference.predict(threshold_match_probability=threshold).as_pandas_dataframe()
    swapped = found["source_dataset_l"] > found["source_dataset_r"] if len(sides) > 1 else np.zeros(len(found), bool)
    one, other = found["unique_id_l"].to_numpy(np.int64), found["unique_id_r"].to_numpy(np.int64)
    ends = {
        "left": np.where(swapped, other, one),
        "right": np.where(swapped, one, other),
        "score": found["match_probability"],
    }
    outcomes = {name.removeprefix("gamma_"): found[name] for name in found if name.startswith("gamma_")}
    return pd.DataFrame(ends | outcomes)


def _settings(sides: list[pd.DataFrame], ways: list[tuple[str, ...]]) -> Any:
    from splink import SettingsCreator, block_on

    rows = [len(side) for side in sides]
    return SettingsCreator(
        link_type="dedupe_only" if len(sides) == 1 else "link_only",
        probability_two_random_records_match=min(MEET / max(*rows, 2), 0.1),
        comparisons=[_comparison(sides, name, levels) for name, levels in _comparisons(sides).items()],
        blocking_rules_to_generate_predictions=[block_on(*way) for way in ways],
    )


def _comparison(sides: list[pd.DataFrame], name: str, levels: list[Level]) -> dict[str, Any]:
    parts = [part for part in (("street", "place", "postcode") if name == "address" else (name,)) if part in sides[0]]
    missing = " AND ".join(f'("{part}_l" IS NULL OR "{part}_r" IS NULL)' for part in parts)
    chances = [level.u if level.u is not None else _chance(sides, name) for level in levels]
    described = [
        {"sql_condition": level.when, "label_for_charts": level.says, "m_probability": level.m, "u_probability": u}
        | (
            {"tf_adjustment_column": name, "tf_adjustment_weight": 0.5}
            if level.u is None and _frequent(sides, u)
            else {}
        )
        for level, u in zip(levels, chances, strict=True)
    ]
    rest = {"m_probability": 1 - sum(one.m for one in levels), "u_probability": max(1 - sum(chances), 0.2)}
    return {
        "output_column_name": name,
        "comparison_levels": [
            {"sql_condition": missing, "label_for_charts": "missing", "is_null_level": True},
            *described,
            {"sql_condition": "ELSE", "label_for_charts": "different", **rest},
        ],
    }


def _why(comparisons: Mapping[str, list[Level]], outcomes: Iterable[Any]) -> str:
    """In words: same surname, similar birthday; different given name."""
    said: dict[str, list[str]] = {}
    for (name, levels), outcome in zip(comparisons.items(), outcomes, strict=True):
        if outcome >= 0:
            how = "different" if outcome == 0 else levels[len(levels) - int(outcome)].says
            said.setdefault(how, []).append(WORDS[name])
    return "; ".join(f"{how}: {', '.join(names)}" for how, names in said.items())


def sentence(pairs: pd.DataFrame, rows: int) -> str:
    """How many customers the pairs leave of so many rows."""
    gone = sum(name != first for name, first in groups(pairs).items())
    left = f"{formats.count(rows - gone)} customers instead of {formats.count(rows)}"
    return f"{formats.plural(len(pairs), 'pair')} of rows look like one customer: {left}."


def translation(pairs: pd.DataFrame, left: tuple[str, str], right: tuple[str, str]) -> pd.DataFrame:
    """Confirmed pairs as a table of two customer numbers that `join` can go through, each number at most once.

    pairs         as `match` gives them for frames indexed by customer number; of several pairs the best counts
    left, right   name of the file and heading of its number; where both headings are one, the files tell them apart
    """
    best = pairs.sort_values("score", ascending=False, kind="stable").drop_duplicates("left").drop_duplicates("right")
    names = [f"{stem(file)} {number}" if left[1] == right[1] else number for file, number in (left, right)]
    return pd.DataFrame({name: best[side] for name, side in zip(names, ("left", "right"), strict=True)})
