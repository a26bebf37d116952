"""Columns whose words tell sales from other rows: a status or stage, a kind of entry, a side of the books, a flag.

A heading alone says little (“Type” may be the product's): a column is one of these where its words say so too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from segmentation.columns.kinds import plain_text
from segmentation.columns.roles import Kind, split_words
from segmentation.columns.statuses import (
    all_entries,
    all_statuses,
    group_of,
    sides_of,
    tells_entries,
    tells_statuses,
)
from segmentation.columns.words import is_no, key, words
from segmentation.pattern import pattern
from segmentation.table import Table

MOST = 60  # different words a column of statuses has
HEAD = 200_000  # rows that are looked at
FEW, SOME = 8, 1_000  # different words in so many first rows: a column may tell sales from others under any heading
_SPEAKS_OF = {  # role → words of its headings, those that decide before others first
    "status": "status, statut, estado, estatus, situacao, статус, состояние, statusi, gjendja, state, etat, "
    "zustand, 状态, "
    "stage, stadium, stufe, phase, etape, etapa, fase, стадия, этап, стадий, tahap, faza, 阶段, "
    "result, outcome, response, ergebnis, resultat, resultado, результат, hasil, rezultat, rezultati, 结果",
    "entry": "type, kind, typ, art, transaction, txn, trx, trans, action, aktion, accion, acao, действие, aksi, "
    "veprim, vorgang, operation, movement, bewegung, mouvement, movimiento, movimento, "
    "belegart, buchungsart, vorgangsart, transaktionsart, umsatzart, nature, tipo, clase, especie, "
    "тип, вид, операция, tipe, jenis, lloji, tipi, category, class, event, 类型, 种类, 性质",
}
_WHEN = frozenset(
    split_words("at, on, date, time, datum, am, le, fecha, data, дата, tanggal, waktu, data e, 时间, 日期")
)
_AMOUNTS = frozenset(
    split_words(
        "amount, quantity, qty, count, number, sum, total, value, reason, betrag, menge, anzahl, grund, motivo, причина"
    )
)

_OF_PEOPLE = frozenset(  # the status of a customer, or of a campaign, is none of the order
    split_words(
        "campaign, call, survey, quiz, kampagne, umfrage, campagne, campana, campanha, кампания, "
        "customer, client, account, member, membership, user, subscriber, lead, contact, marital, family, "
        "loyalty, kunde, kunden, "
        "kundenstatus, mitglied, familienstand, cliente, клиент, клиента, pelanggan, klienti, klientit"
    )
)

_DEBITS = frozenset(
    map(
        key,
        split_words(
            "debit, debits, debit amount, amount debit, dr, dr amount, soll, sollbetrag, betrag soll, "
            "umsatz soll, debe, "
            "debito, debitos, дебет, сумма дебет, debet, debi, 借方, 借方金额, cargo, cargos, приход, entrada, "
            "entradas, einnahme, "
            "einnahmen, recette, recettes, ingreso, masuk, pemasukan, hyrje, 收入金额"
        ),
    )
)
_CREDITS = frozenset(
    map(
        key,
        split_words(
            "credit, credits, credit amount, amount credit, cr, cr amount, haben, habenbetrag, betrag haben, "
            "umsatz haben, "
            "haber, credito, creditos, кредит, сумма кредит, kredit, kredi, 贷方, 贷方金额, abono, abonos, расход, "
            "saida, saidas, "
            "ausgabe, ausgaben, depense, depenses, egreso, keluar, pengeluaran, dalje, 支出金额"
        ),
    )
)

_EXPECTED = frozenset(
    split_words(
        "close, closing, expected, planned, estimated, assumed, forecast, abschluss, abschlussdatum, geplant, "
        "voraussichtlich, cloture, "
        "prevue, cierre, prevista, fechamento, закрытия, предполагаемая, плановая, ожидаемая, penutupan, "
        "perkiraan, mbylljes, pritur"
    )
)

_WHOLLY = frozenset(split_words("fully, full, entirely, ganz, voll, vollstandig, entierement, totalmente, полностью"))

_PAID = frozenset(
    map(
        key,
        split_words(
            "paid, is paid, captured, bezahlt, paye, pagado, pagada, pago, оплачен, оплачено, оплачена, "
            "dibayar, lunas, "
            "sudah dibayar, "
            "paguar, e paguar, 已付款, 已支付"
        ),
    )
)


_NOT_WON = frozenset(
    map(
        key,
        split_words(
            "accepted, is accepted, angenommen, accepte, aceptado, aceito, принято, "
            "diterima, pranuar, 已接受, won, is won, gewonnen, gagne, gagnee, ganado, ganada, ganho, ganha, выигран, menang, fituar"
        ),
    )
)
_SUCCEEDED = frozenset(
    map(
        key,
        split_words("success, successful, succeeded, is successful, erfolgreich, reussi, exitoso, успешно, berhasil"),
    )
)
_IF_NOT = {"unpaid": _PAID, "not_won": _NOT_WON, "failed": _SUCCEEDED}  # group of the rows in which a flag says no
_RETURN = frozenset(  # what a row is, not what became of it: “Return”, but not “Returned”
    map(
        key,
        split_words(
            "return, refund, credit note, credit memo, retoure, ruckgabe, gutschrift, retour, remboursement, "
            "avoir, devolucion, "
            "reembolso, devolucao, estorno, возврат, retur, kthim, rimbursim, 退货, 退款"
        ),
    )
)


_SIGN = frozenset(
    map(
        key,
        split_words(
            "sign, signum, multiplier, factor, direction, vorzeichen, faktor, richtung, signe, sens, signo, sinal, знак, "
            "направление, tanda, arah, shenja, drejtimi, 符号, 方向"
        ),
    )
)


_CHANCE = frozenset(
    map(
        key,
        split_words(
            "probability, win probability, chance, wahrscheinlichkeit, probabilite, probabilidad, probabilidade, вероятность, "
            "probabilitas, probabiliteti, 概率, 赢率"
        ),
    )
)


class Told(NamedTuple):
    """A column that tells sales from other rows: as which role, and why."""

    role: str
    heading: str
    why: str


def telling(table: Table, kinds: Mapping[str, Kind], used: Iterable[str]) -> list[Told]:
    """The columns that tell sales from other rows, of each role the most telling first."""
    taken = {*used}
    left = [name for name, kind in kinds.items() if kind == "text" and name not in taken]
    found = []
    for heading in left:
        if _OF_PEOPLE & {*words(heading)}:
            continue
        place = {role: _place(heading, said) for role, said in _SPEAKS_OF.items()}
        named = min(place.values()) < 99 or _may_be_side(heading)
        values = some(table, heading) if named or _few(table, heading) else []
        if not values or len(values) > MOST:
            continue
        if sides_of(values, heading):
            found.append((0, Told("side", heading, f"The values of “{heading}” are debit and credit.")))
        elif (place["status"] < 99 and tells_statuses(values)) or (not named and all_statuses(values)):
            found.append((place["status"], Told("status", heading, f"“{heading}” tells sales from other rows.")))
        elif (place["entry"] < 99 or all_entries(values)) and tells_entries(values):
            found.append((0, Told("entry", heading, f"“{heading}” tells sales from returns and payments.")))
    return [told for _, told in sorted(found, key=lambda one: one[0])]


def _place(heading: str, said: str) -> int:
    """How early a heading's word stands in a list; 99 where none does."""
    parts = words(heading)
    places = [i for i, word in enumerate(split_words(said)) if word and _has(parts, word)]
    return min(places, default=99)


def _has(parts: list[str], word: str) -> bool:
    folded = "".join(words(word))
    return folded in parts or ("\u4e00" <= folded[:1] <= "\u9fff" and folded in "".join(parts))


def _may_be_side(heading: str) -> bool:
    return sides_of(("s", "h"), heading) is not None


def some(table: Table, heading: str) -> list[str]:
    """The different words at the head of a column; more than MOST may be cut off."""
    column = table.data[heading].slice(0, HEAD)
    if pa.types.is_dictionary(column.type):
        column = pc.unique(column).cast(pa.string())
    return [value for value in pc.unique(column).slice(0, MOST + 2).to_pylist() if value]


def two_sides(table: Table, kinds: Mapping[str, Kind]) -> tuple[str, str] | None:
    """The columns of sales and of what is taken off, "
    "where debits and credits stand in two: the larger sum is the sales'."""
    sides = [[n for n, kind in kinds.items() if kind == "number" and key(n) in said] for said in (_DEBITS, _CREDITS)]
    if [len(side) for side in sides] != [1, 1]:
        return None
    debit, credit = (pc.sum(pc.abs(table.data[side[0]])).as_py() or 0 for side in sides)
    return (sides[0][0], sides[1][0]) if debit >= credit else (sides[1][0], sides[0][0])


def is_side(heading: str) -> bool:
    """Whether a heading says that its amounts are debits, or credits."""
    return key(heading) in _DEBITS | _CREDITS


def _few(table: Table, heading: str) -> bool:
    """Whether the first rows of a column have so few words that it may tell rows apart, whatever it is called."""
    return pc.count_distinct(plain_text(table.data[heading].slice(0, SOME))).as_py() <= FEW


def flagged(table: Table, kinds: Mapping[str, Kind], used: Iterable[str]) -> dict[str, str]:
    """Heading → group of the columns that mark rows as no sale: “Cancelled” = yes, “Cancelled at” with a day."""
    found = {}
    for heading in (name for name in kinds if name not in {*used}):
        group = group_of(heading) if _AMOUNTS.isdisjoint(words(heading)) else ""
        group = (if_not(heading) if kinds[heading] != "date" else "") or group
        group = "not_won" if key(_BRACKETS.sub("", heading)) in _CHANCE and kinds[heading] == "number" else group
        if (
            group in ("cancelled", "lost", "refunded", "unpaid", "not_won", "failed")
            and marked(table, heading, kinds[heading]) is not None
        ):
            found[heading] = group
    whole = [heading for heading in found if not _WHOLLY.isdisjoint(words(heading))]
    return {heading: group for heading, group in found.items() if group != "refunded" or not whole or heading in whole}


def signs(table: Table, kinds: Mapping[str, Kind], used: Iterable[str]) -> dict[str, pa.Array]:
    """Heading → which rows are on the other side of 0 (bool), of the columns that say so by 1 and −1."""
    found = {}
    for heading in (name for name, kind in kinds.items() if kind == "number" and name not in {*used}):
        if key(heading) in _SIGN and {*pc.unique(table.data[heading].slice(0, HEAD)).to_pylist()} == {1, -1}:
            found[heading] = pc.less(table.data[heading], 0)
    return found


def if_not(heading: str) -> str:
    """The group of the rows in which a flag such as “Paid” or “Is Won” says no; "" for a flag that says so by a yes."""
    return next((group for group, said in _IF_NOT.items() if key(heading) in said), "")


def names_return(heading: str) -> bool:
    """Whether a flag says that its row is a return: “Is return”."""
    said = [word for word in words(heading) if word not in ("is", "a", "ist", "est", "es", "это", "flag")]
    return "".join(said) in _RETURN


def marked(table: Table, heading: str, kind: Kind) -> pa.Array | None:
    """Which rows a flag makes no sale (bool): yes, 1, or a day, "
    "but for “Paid” and the like a no; None where it is no flag, or of none or all."""
    cells = _set(table, heading, kind)
    if cells is None or not 0 < (pc.sum(cells).as_py() or 0) < len(cells):
        return None
    return pc.invert(cells) if if_not(heading) else cells


_ASKS = pattern(
    r"(?i)\?\s*$|^(is|was|has)[\W_]|flag|(ed|iert|ado|ada|paid|won)\s*$"
)  # of a 1 or 0; “Returns” are counted


def _set(table: Table, heading: str, kind: Kind) -> pa.Array | None:
    """Which cells of a flag hold a yes (bool); None where the column is no flag."""
    column = table.data[heading]
    if kind == "number" and key(_BRACKETS.sub("", heading)) in _CHANCE:
        return _unlikely(column)
    if kind == "date":
        return pc.is_valid(column) if {*words(heading)} & _WHEN else None
    if kind == "text":
        return _yes(table, heading)
    flag = _ASKS.search(heading) and {*pc.unique(column.slice(0, HEAD)).to_pylist()} <= {0, 1, None}
    return pc.fill_null(pc.equal(column, 1), False) if flag else None


_BRACKETS = pattern(r"\([^()]*\)")


def _unlikely(column: pa.ChunkedArray) -> pa.Array | None:
    """Which deals are not sure yet, or lost (bool), where some are: at 100 % or 1; None where none is."""
    most = pc.max(column).as_py()
    return pc.fill_null(pc.less(column, most), True) if most in (1, 100) else None


_YES = frozenset(
    split_words(
        "yes, y, true, 1, ja, j, wahr, oui, o, vrai, si, s, verdadero, sim, verdadeiro, да, истина, ya, iya, po, x, 是"
    )
)


def _yes(table: Table, heading: str) -> pa.Array | None:
    values = some(table, heading)
    said = ["".join(words(value)) for value in values]
    if len(values) > 4 or not all(word in _YES or is_no(value) for word, value in zip(said, values, strict=True)):
        return None
    yes = [value for word, value in zip(said, values, strict=True) if word in _YES]
    return pc.fill_null(pc.is_in(plain_text(table.data[heading]), pa.array(yes, pa.string())), False)


def is_expected(heading: str) -> bool:
    """Whether a heading speaks of a day that something is expected to close on."""
    return not _EXPECTED.isdisjoint(words(heading)) or any(word in heading for word in ("预计", "计划"))
