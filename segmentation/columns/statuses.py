"""What a word in a column of statuses, of kinds of entry or of sides of the books says of its row, in nine languages.

A further word is one more in its line; the longer a phrase, the more it counts, and of two as long the line above. A
word of five letters or more also begins others (“cancel” is in “cancelled”). Spelling, accents and case do not matter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from segmentation.columns.roles import split_words
from segmentation.columns.words import key, words

LONGEST = 80  # letters of a status; longer texts say something else
WAYS = {"sale": "a sale", "return": "a return: its money is taken off", "aside": "no sale: it is set aside"}
STATUSES = {  # group → its words; of a status
    "part": "partially refunded, refunded partially, partial refund, partly refunded, partially returned, "
    "part refunded, "
    "teilweise erstattet, teilerstattet, teilerstattung, teilweise zuruckerstattet, partiellement rembourse, "
    "rembourse partiellement, "
    "remboursement partiel, parcialmente reembolsado, reembolsado parcialmente, reembolso parcial, "
    "parcialmente devuelto, parcialmente devolvido, estorno parcial, частично возвращен, частичный возврат, "
    "возвращен частично, sebagian dikembalikan, dikembalikan sebagian, pengembalian sebagian, rimbursuar pjeserisht, "
    "pjeserisht rimbursuar, rimbursim i pjesshem, 部分退款, 部分退货",
    "lost": "lost, abgesagt, absage, closed lost, closedlost, dead, verloren, geschlossen verloren, perdu, "
    "perdue, ferme perdu, perdido, "
    "perdida, cerrado perdido, fechado perdido, проигран, потерян, провал, сделка провалена, "
    "закрыто и не реализовано, "
    "не реализовано, kalah, humbur, e humbur, 输单, 丢单, 战败, 流失",
    "refunded": "refunded, refund, returned, reversed, chargeback, charged back, dispute lost, disputed, erstattet, "
    "zuruckerstattet, ruckerstattet, ruckerstattung, ruckbuchung, ruckgabe, zuruckgegeben, zuruckgesendet, "
    "retourniert, "
    "retoure, rembours, retourne, reembols, devuelto, devuelta, devolucion, devolvido, devolvida, devolucao, "
    "estornado, estorno, contracargo, возврат, возвращен, возмещен, pengembalian, dikembalikan, retur, rimbursuar, "
    "rimbursim, kthyer, i kthyer, e kthyer, rimborsat, 退款, 退货, 拒付",
    "cancelled": "cancel, void, voided, deleted, trash, withdrawn, unavailable, stornier, storno, annul, "
    "abgebrochen, widerrufen, "
    "geloscht, anulad, anulado, supprime, eliminado, excluido, отмен, аннулир, удален, снят, batal, dibatalkan, "
    "pembatalan, anuluar, fshire, 取消, 作废, 交易关闭, 已关闭, 撤销",
    "failed": "abandon, failed, failure, declined, denied, rejected, error, expired, blocked, timeout, "
    "time out, timed out, "
    "unsuccessful, not successful, nok, ko, insufficient funds, fehlgeschlagen, erreur, nicht erfolgreich, "
    "no exitoso, "
    "gescheitert, abgelehnt, abgelaufen, fehler, echoue, echec, refuse, refusee, expire, expiree, fallido, fallida, "
    "rechazado, rechazada, expirado, expirada, falhou, falha, falhado, recusado, recusada, ошибка, неуспеш, неудач, "
    "отклонен, отказ, истек, не прошел, gagal, ditolak, kedaluwarsa, kadaluarsa, deshtuar, refuzuar, skaduar, "
    "失败, 拒绝, 超时, 过期",
    "draft": "draft, quote, quotation, estimate, proforma, pro forma, test, entwurf, angebot, "
    "kostenvoranschlag, brouillon, "
    "devis, borrador, presupuesto, cotizacion, rascunho, orcamento, cotacao, черновик, предложение, смета, "
    "draf, konsep, "
    "penawaran, drafti, oferte, oferta, skice, 草稿, 报价",
    "unpaid": "unpaid, not paid, pending, pending payment, payment pending, awaiting payment, "
    "waiting for payment, on hold, en espera, in wartestellung, wartend, на удержании, ditahan, "
    "authorized, authorised, authorization, payment due, overdue, past due, uberfallig, gemahnt, mahnung, angemahnt, "
    "en retard, vencid, atrasad, просроч, jatuh tempo, terlambat, vonuar, 逾期, unbezahlt, nicht bezahlt, "
    "ausstehend, zahlung ausstehend, "
    "zahlung offen, wartet auf zahlung, warten auf zahlung, impaye, non paye, non payee, en attente, "
    "attente paiement, "
    "pendiente, pendiente de pago, no pagado, sin pagar, impago, pendente, aguardando pagamento, aguardando, "
    "nao pago, "
    "em aberto, неоплачен, не оплачен, ожидает оплаты, ожидание оплаты, ждет оплаты, ожида, belum bayar, "
    "belum dibayar, "
    "belum lunas, menunggu, menunggu pembayaran, papaguar, e papaguar, nuk eshte paguar, ne pritje, 待付款, 未付款, "
    "未支付, 待支付, 等待付款, 等待买家付款, 未收款",
    "open": "open, opened, offen, ouvert, ouverte, abierto, abierta, aberto, aberta, открыт, открыта, открыто, "
    "terbuka, "
    "hapur, e hapur, qualification, prospecting, negotiation, appointment scheduled, presentation scheduled, "
    "proposal, verhandlung, negociation, negociacion, negociacao, переговоры, negosiasi, negociim, 谈判, 跟进中",
    "won": "won, auftrag erhalten, closed won, closedwon, "
    " gewonnen, gagne, gagnee, ganado, ganada, ganho, ganha, выигран, успешно реализовано, "
    "сделка успешна, успех, menang, fituar, e fituar, 赢单, 成交",
    "sale": "ok, sale, sold, done, paid, partially paid, part paid, teilbezahlt, teilweise bezahlt, "
    "partiellement paye, partiellement payee, parcialmente pagado, parcialmente pago, частично оплачен, "
    "paiement accepte, "
    "pago aceptado, pagamento aceito, оплата принята, overpaid, approved, accepted, not shipped, not fulfilled, "
    "not delivered, unshipped, "
    "nicht versandt, nicht geliefert, non expedie, no enviado, nao enviado, не отгружен, не доставлен, "
    "belum dikirim, "
    "待发货, 未发货, complete, fulfilled, unfulfilled, shipped, delivered, success, succeeded, captured, settled, "
    "processed, processing, invoiced, billed, dispatched, received, finished, confirmed, sold, bezahlt, "
    "abgeschlossen, versandt, versendet, verschickt, geliefert, ausgeliefert, zugestellt, fakturiert, erledigt, "
    "verkauft, bestatigt, paye, payee, termine, livre, livree, expedie, facture, reglee, encaisse, effectue, pagado, "
    "pagada, completado, completada, entregado, entregada, enviado, facturado, concretada, cobrado, finalizado, "
    "pago, "
    "paga, concluido, concluida, entregue, faturado, aprovado, quitado, оплачен, выполнен, завершен, доставлен, "
    "отгружен, получен, успешно, продан, выдан, selesai, dibayar, lunas, dikirim, terkirim, diterima, berhasil, "
    "paguar, e paguar, perfunduar, dorezuar, derguar, faturuar, kryer, 已付款, 已支付, "
    "完成, 交易成功, 成功, 已发货, 已签收, 已收货, 已结清",
}
ENTRIES = {  # of a kind of entry: Type, Document Type, Event Type …
    "nothing": "void, voided, cancelled, canceled, storniert, annule, anulado, cancelado, отменен, dibatalkan, "
    "anuluar, 作废, 取消",
    "other": "payout, transfer, fee, fees, withdrawal, adjustment, currency conversion, journal, journal entry, "
    "top up, "
    "hold, release, bill, purchase invoice, vendor bill, opening balance, finance charge, memo, expense, tax, "
    "auszahlung, abbuchung, bankgutschrift, einbehaltung, wahrungsumrechnung, "
    "gebuhr, uberweisung, lastschrift, umbuchung, eingangsrechnung, virement, frais, versement, retrait, "
    "transferencia, comision, comisiones, retiro, saque, taxa, tarifa, выплата, комиссия, перевод, удержание, вывод, "
    "логистика, хранение, штраф, pencairan, penarikan, biaya, transfer, tarife, komision, 提现, 手续费, 转账, 费用",
    "return": "refund, ruckzahlung, credit memo, credit note, creditmemo, sales return, return, reversal, chargeback, dispute, "
    "sales credit note, cancellation, gutschrift, ruckerstattung, erstattung, retoure, ruckgabe, storno, "
    "stornorechnung, rechnungskorrektur, avoir, note de credit, remboursement, retour, nota de credito, devolucion, "
    "reembolso, abono, factura rectificativa, estorno, devolucao, возврат, кредит нота, сторно, retur, nota kredit, "
    "pengembalian, kthim, note krediti, rimbursim, nota krediti, 退款, 退货, 贷项, 红字, 冲红",
    "payment": "payment, 支付, receipt, customer payment, invoice payment, payment received, overpayment, "
    "sales overpayment, "
    "deposit, prepayment, receipt on account, zahlung, zahlungseingang, paiement, reglement, encaissement, pago, "
    "pago recibido, cobro, recibo, anticipo, pagamento, recebimento, оплата, платеж, поступление, pembayaran, "
    "penerimaan, pagese, arketim, 收款, 付款, 回款",
    "sale": "sale, sales, charge, cargo, invoice, order, purchase, transaction, standard, "
    "credit sale, credit sales,  sales receipt, cash sale, sales invoice, billing, capture, "
    "debit note, verkauf, rechnung, ausgangsrechnung, auftrag, bestellung, kauf, vente, facture, commande, "
    "achat, venta, "
    "factura, pedido, compra, venda, fatura, nota fiscal, продажа, реализация, заказ, счет, накладная, чек, "
    "отгрузка, "
    "penjualan, faktur, pesanan, shitje, fature, porosi, 销售, 发票, 订单, 出库",
}
CODES = {  # kinds of entry as ledgers and tills write them, each a whole cell
    "sale": "si, rv, dr, inv, fac, re, rg, ra, vk, vte, vta, sls, pv, buy",
    "return": "sc, dg, ru, cn, crn, crm, rcn, cm, gs, gu, nc, av, rt, rtn, ret, rfd, rfnd, fav, credit, rma",
    "nothing": "view, product view, page view, cart, add to cart, remove from cart, wishlist, add to wishlist, "
    "click, search, login, "
    "signup, impression, checkout, begin checkout, просмотр, корзина, 浏览, 点击, 加购, 收藏",
    "payment": "sr, sa, dz, zp, pmt, pay, ze",
    "other": "ab, jd, jc, je, bp, br",
}
SIDES = (  # debit and credit, as they stand in a column of their own
    ("s", "h"), ("soll", "haben"), ("d", "c"), ("dr", "cr"), ("debit", "credit"), ("d", "h"), ("дебет", "кредит"),
    ("дт", "кт"), ("debe", "haber"), ("debito", "credito"), ("deb", "cred"), ("debi", "kredi"), ("debet", "kredit"), ("借", "贷"),
    ("debited", "credited"), ("in", "out"), ("income", "expense"), ("eingang", "ausgang"), ("einnahme", "ausgabe"),
    ("recette", "depense"), ("ingreso", "egreso"), ("ingreso", "gasto"), ("entrada", "saida"), ("приход", "расход"),
    ("masuk", "keluar"), ("hyrje", "dalje"), ("收入", "支出"), ("plus", "minus"),
)  # fmt: skip
_SAID_SIDES = (  # in headings
    "soll, haben, s h, dr, cr, dr cr, d c, dc, debit, credit, side, sign, kennzeichen, balance impact, "
    "auswirkung, direction, "
    "vorzeichen, sens, sentido, natureza, naturaleza, дебет, кредит, дт кт, debe, haber, debito, credito, debi, "
    "kredi, "
    "debet, kredit, 借贷, 方向, type, typ, тип, tipo"
)
_CARDS = frozenset(
    split_words("card, payment, method, karte, zahlungsart, carte, tarjeta, cartao, карты, kartu, karta")
)
_NOT = frozenset(split_words("not, no, non, nicht, nao, не, tidak, bukan, nuk"))
_COUNTING = ("won", "sale", "part")


class Says(NamedTuple):
    """What a word was understood as: the group of its words, and what its row is (a key of WAYS)."""

    group: str
    way: str


def of_statuses(
    column: Iterable[str], chosen: Mapping[str, str], special: Callable[[str], str] = lambda word: ""
) -> dict[str, Says]:
    """What each different status of a column says of its rows; those nobody knows count as sales.

    Where deals are won or lost, only the won ones count: their other stages are named as somebody likes, and still open.
    chosen    word → way, as somebody decided
    special   word → group where this file means something of its own by it, else ""
    """
    found = {word: special(word) or group_of(word) for word in column}
    deals = {"won", "lost"} & {*found.values()}
    if deals:
        found = {word: group if group in _OF_DEALS or key(word) in _sold() else "open" for word, group in found.items()}
    return {
        word: _said(group, word, chosen, "sale" if group in (*_COUNTING, "") else "aside")
        for word, group in found.items()
    }


_OF_DEALS = ("won", "lost", "cancelled", "refunded", "part", "draft", "failed", "unpaid")


@cache
def _sold() -> frozenset[str]:
    return frozenset(map(key, split_words(STATUSES["sale"])))


def of_entries(
    column: Iterable[str], chosen: Mapping[str, str], special: Callable[[str], str] = lambda word: ""
) -> dict[str, Says]:
    """What each kind of entry says of its rows: a payment is a sale only where nothing else is one; see `of_statuses`."""
    found = {word: special(word) or entry_of(word) for word in column}
    if "sale" not in found.values():
        found = {word: "sale" if group == "payment" else group for word, group in found.items()}
    ways = {"return": "return", **dict.fromkeys(("payment", "other", "nothing"), "aside")}
    return {word: _said(group, word, chosen, ways.get(group, "sale")) for word, group in found.items()}


def _said(group: str, word: str, chosen: Mapping[str, str], way: str) -> Says:
    decided = chosen.get(word, way)
    return Says(group if decided == way else "chosen", decided)


@lru_cache(10_000)
def group_of(status: str) -> str:
    """The group of STATUSES a status belongs to, "" for one that nobody knows."""
    group, phrase = _best(status, "statuses")
    if group and words(status)[0] in _NOT and words(phrase)[0] not in _NOT:
        return "open" if group in _COUNTING else "sale"  # not yet confirmed; not cancelled
    return group


@lru_cache(10_000)
def entry_of(kind: str) -> str:
    """The group of ENTRIES or CODES that a kind of entry belongs to, "" for one that nobody knows."""
    return _of_code().get(key(kind)) or _in_words(kind)


def _in_words(kind: str) -> str:
    return _best(kind, "entries")[0]


@cache
def _of_code() -> dict[str, str]:
    return {key(code): group for group, said in CODES.items() for code in split_words(said)}


def sides_of(column: Iterable[str], heading: str) -> tuple[str, str] | None:
    """The words of debit and of credit, "
    "where a column has these two and nothing else and its heading may speak of them."""
    by_key = {key({"+": "plus", "-": "minus"}.get(word, word)): word for word in column}
    pair = next((pair for pair in SIDES if {*pair} == by_key.keys()), None)
    if pair is None or not _speaks_of_sides(heading):
        return None
    return by_key[pair[0]], by_key[pair[1]]


@lru_cache(10_000)
def _speaks_of_sides(heading: str) -> bool:
    said = f" {' '.join(words(heading))} "
    told = any(
        f" {' '.join(words(one))} " in said or ("借" in one and one in heading) for one in split_words(_SAID_SIDES)
    )
    return told and _CARDS.isdisjoint(words(heading))


def tells_statuses(column: Iterable[str], special: Callable[[str], str] = lambda word: "") -> bool:
    """Whether some of a column's words say that their rows are no sale, or less of one; see `of_statuses`."""
    return any(says.way != "sale" or says.group == "part" for says in of_statuses(column, {}, special).values())


def tells_entries(column: Iterable[str]) -> bool:
    """Whether a column tells sales from returns and payments: most of its words are known, "
    "not all of them are sales."""
    says = [*of_entries(column, {}).values()]
    known = [one for one in says if one.group]
    least = 0.5 if "sale" in {one.group for one in known} else 0.8
    return len(known) >= least * len(says) and {one.way for one in known} > {"sale"}


def all_statuses(column: Iterable[str]) -> bool:
    """Whether all of a column's words are known statuses, some of sales and some of none."""
    return {"sale", "aside"} == {one.way for one in of_statuses(column, {}).values() if one.group} and all(
        map(group_of, column)
    )


def all_entries(column: Iterable[str]) -> bool:
    """Whether all of a column's words are known kinds of entry, sales among them; a code may be that of a country."""
    return "sale" in {*map(_in_words, column)} and all(map(_in_words, column))


@cache
def _phrases(of: str) -> list[tuple[re.Pattern[str], str]]:
    """The phrases of each group by how many words they have: those of more first, then as the groups stand."""
    groups = STATUSES if of == "statuses" else ENTRIES
    found: dict[tuple[int, str], list[str]] = {}
    for group, said in groups.items():
        for phrase in split_words(said):
            found.setdefault((-len(words(phrase)), group), []).append(_pattern(phrase))
    ordered = sorted(found, key=lambda one: one[0])
    return [(re.compile("|".join(found[one])), one[1]) for one in ordered]


def _pattern(phrase: str) -> str:
    plain = " ".join(words(phrase))
    if re.search("[\u4e00-\u9fff]", plain):
        return plain  # Chinese sets no words apart
    return rf"\b{plain}" if len(plain) >= 5 else rf"\b{plain}\b"


def _best(text: str, of: str) -> tuple[str, str]:
    """The group and the words that tell most about a text; two empty ones where none does."""
    said = " ".join(words(text)) if len(text) <= LONGEST else ""
    for phrases, group in _phrases(of):
        if found := phrases.search(said):
            return group, found.group()
    return "", ""
