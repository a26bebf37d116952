"""What a heading says: its words in any spelling, and whether they speak of a number, a date, a cancellation."""

import re
import unicodedata
from functools import cache, lru_cache

from segmentation.columns.roles import ROLES, split_words
from segmentation.pattern import pattern

# Words that make a heading an identifier when it ends (or, in the other languages, starts) with them.
_LAST = frozenset(
    split_words(
        "id, ids, no, nr, num, number, code, key, phone, telephone, tel, fax, mobile, zip, postcode, plz, card, sku, "
        "ean, gtin, upc, iban, vat, telefon, telefono, telefone, телефон, индекс, инн, telepon, ref, reference, "
        "nummer, uuid, guid, hp, handy, whatsapp, viber, msisdn, celular, cellphone, movil, тел, моб, "
        "мобильный"
    )
)
_FIRST = frozenset(
    split_words("id, no, nr, n, code, codigo, numero, num, код, номер, инн, kode, nomor, kodi, numri, nummer")
)
_IDS = ("id", "no", "nr", "key", "code", "number", "card")  # of these, the ones that may number customers
_ENDINGS = ("nummer", "编号", "号", "编码", "代码", "电话", "邮编", "手机")
_COUNTS = ("num", "number", "n")  # before several of something: NumWebPurchases
_WHOLE = ("postal code", "zip code", "post code", "card number", "postleitzahl", "code postal", "почтовый индекс", "№")
_DATED = ("date", "datum", "fecha", "дата", "tanggal", "tgl", "日期", "时间", "day", "visit", "since")


def words(heading: str) -> list[str]:
    """A heading in plain lower-case words without accents: "CustomerID", "customer_id" -> ["customer", "id"]."""
    return [*_split(heading)]


@lru_cache(maxsize=10_000)
def _split(heading: str) -> tuple[str, ...]:
    if heading.isascii() and heading.islower() and heading.replace(" ", "").isalnum():
        return (*heading.split(),)  # as most are: nothing to look for
    heading = re.sub(r"(?<=[a-zа-я0-9])(?=[A-ZА-Я])|(?<=[A-Z])(?=[A-Z][a-z])", " ", heading)
    if heading.isascii():
        return tuple(re.findall(r"[^\W_]+", heading.casefold()))
    folded = unicodedata.normalize("NFKD", heading.casefold()).casefold()  # № becomes No, which is no small letter
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return tuple(re.findall(r"[^\W_]+|№", plain))


def key(heading: str) -> str:
    """What two spellings of one heading have in common: "Order Date", "orderDate", "ORDER_DATE" -> "orderdate"."""
    return "".join(words(heading))


@cache
def ranks(role: str) -> dict[str, int]:
    """Key of each synonym of a role → how good a name it is; 0 is the best. Made when first asked for."""
    return {key(word): rank for rank, word in reversed([*enumerate(ROLES[role].synonyms)])}


@cache
def phrases(role: str) -> list[tuple[str, frozenset[str]]]:
    return [(key(word), frozenset(words(word))) for word in (*ROLES[role].synonyms, *ROLES[role].weak)]


@cache
def _counted() -> set[str]:
    return {word for role in ROLES.values() if role.kind != "text" for word in ranks(role.name)}


@cache
def _named() -> set[str]:
    return {key(word) for word in _WHOLE}.union(*(ranks(name) for name in ("customer", "order", "product")))


def is_identifier(heading: str) -> bool:
    """Whether a heading speaks of an identifier (CustomerID, Invoice No, Telefon), whose values stay text."""
    parts, whole = words(heading), key(heading)
    if not parts or whole in _counted():
        return False
    if parts[0] in _COUNTS and any(map(_is_plural, parts[1:])) and whole not in _named():
        return False
    starts = parts[0] in _FIRST and (len(parts) == 1 or parts[1] not in ("of", "de", "items", "orders", "cds"))
    return whole in _named() or parts[-1] in _LAST or starts or whole.endswith(_ENDINGS)


def _is_plural(word: str) -> bool:
    return word in ("children", "people") or (len(word) > 3 and word[-1] == "s" and word[-2] not in "sui")


def is_amount(heading: str) -> bool:
    """Whether a heading names something that is counted or measured, such as a revenue."""
    return key(heading) in _counted()


def names_role(role: str, word: str) -> bool:
    """Whether a heading's key is one of a role's synonyms: "kundennr" names the customer."""
    return word in ranks(role)


def is_dated(heading: str) -> bool:
    """Whether a heading speaks of a date, so that 19970101 in it is one."""
    whole = key(heading)
    return any(key(word) in whole for word in _DATED) or whole in ranks("date")


_MONTHLY = pattern(
    r"(?i)month|monat|mois|\bmes(es)?\b|m[êe]s\b|mese|maand|месяц|період|период|bulan|muaj|月|period|quarter|quartal|"
    r"trimest|квартал|kuartal|triwulan|tremuj|季|week|woche|semaine|semana|settimana|недел|minggu|\bjav|周"
)


def is_monthly(heading: str) -> bool:
    """Whether a heading speaks of a date or of months, quarters or weeks, so that 2024-03 in it is one."""
    return is_dated(heading) or bool(_MONTHLY.search(heading))


NO = ("", "0", "no", "n", "false", "never", "none", "nein", "non", "нет", "tidak", "jo", "否")
_NEGATED = pattern(
    r"(no|not|never|none|nein|nicht|keine?|non|нет|не|tidak|belum|jo|否)\b(?!\W*\d)"  # No. 5 is a number
)


def is_no(word: str) -> bool:
    """Whether a value says no: 0, false, nein, and what begins with a no, as "No internet service"."""
    plain = word.casefold().strip()
    return plain in NO or bool(_NEGATED.match(plain))


CURRENCIES = frozenset(
    split_words(
        "AED, ALL, ARS, AUD, BAM, BGN, BRL, BYN, CAD, CHF, CLP, CNY, COP, CZK, DKK, EGP, EUR, GBP, GEL, HKD, "
        "HRK, HUF, "
        "IDR, ILS, INR, ISK, JPY, KRW, KZT, MAD, MKD, MXN, MYR, NGN, NOK, NZD, PEN, PHP, PLN, RMB, RON, RSD, "
        "RUB, RUR, "
        "SAR, SEK, SGD, THB, TRY, TWD, UAH, USD, UYU, VND, ZAR"
    )
)


def says_number(heading: str) -> bool:
    """Whether a heading says outright that it numbers something: CustomerID and Card No, but not Company Name."""
    return is_identifier(heading) and words(heading)[-1] in _IDS


# Who buys, in headings of several words: Buyer Name, Billing E-mail, Customer Unique ID.
WHO = frozenset(
    split_words(
        "customer, client, buyer, purchaser, shopper, guest, visitor, donor, patient, subscriber, patron, user, "
        "member, billing, "
        "bill, payer, sold, kunde, kunden, debitor, kaufer, acheteur, cliente, comprador, клиент, клиента, "
        "покупатель, "
        "покупателя, pelanggan, pembeli, klient, klienti, klientit, bleresi, bleresit"
    )
)
NAMES = frozenset(split_words("name, names, nama, nombre, nome, nom, имя, emri"))
USER_NAMES = frozenset(
    key(word)
    for word in split_words(
        "username, user name, userid, login, nickname, screen name, benutzername, nutzername, usuario, "
        "nom d utilisateur, логин, "
        "ник, имя пользователя, nama pengguna, perdoruesi, 用户名, 昵称"
    )
)
# What a column holds that says which kind of customer somebody is, but not who.
KINDS_OF_CUSTOMER = frozenset(
    key(word)
    for word in split_words(
        "new, returning, existing, old, repeat, first time, first, recurring, guest, registered, regular, "
        "one time, yes, no, "
        "true, false, y, n, 1, 0, member, members, non member, not a member, active, inactive, lapsed, vip, "
        "gold, silver, "
        "bronze, standard, premium, basic, retail, wholesale, trade, private, business, company, individual, "
        "person, b2b, "
        "b2c, consumer, corporate, unknown, walk in, walk in customer, cash customer, online, offline, "
        "in store, web, small, "
        "medium, large, smb, sme, enterprise, mid market, startup, government, education, laufkunde, "
        "consumidor final, "
        "publico general, физическое лицо, юридическое лицо, umum, "
        "neu, neukunde, bestandskunde, stammkunde, bestehend, wiederkehrend, gast, ja, "
        "nein, privat, gewerblich, geschaft, privatkunde, geschaftskunde, nouveau, nouvelle, ancien, existant, "
        "fidele, "
        "recurrent, oui, non, particulier, professionnel, entreprise, nuevo, nueva, existente, recurrente, si, "
        "particular, "
        "empresa, novo, nova, antigo, recorrente, sim, nao, новый, новая, постоянный, повторный, старый, да, "
        "нет, физлицо, "
        "юрлицо, физ лицо, юр лицо, розница, опт, "
        "men, women, man, woman, male, female, kids, children, adult, adults, youth, senior, seniors, m, f, w, "
        "d, frau, herr, "
        "damen, herren, manner, frauen, kinder, hommes, femmes, enfants, hombre, mujer, hombres, mujeres, "
        "homem, mulher, "
        "мужчина, женщина, муж, жен, pria, wanita, mashkull, femer, 男, 女, none, n a, platinum, diamond, silber, "
        "platin, or, "
        "argent, oro, plata, ouro, prata, золото, серебро, emas, perak, ari, argjend, 普通, 金卡, 银卡, "
        "baru, lama, tetap, ya, tidak, i ri, e re, ekzistues, po, jo, 新客户, 老客户, 新, 老, 新客, "
        "老客, 是, 否, 会员, 非会员"
    )
)
# What stands where nobody in particular bought.
_NOBODY = frozenset(
    key(word)
    for word in split_words(
        "guest, guests, guest customer, guest checkout, walk in, walk in customer, walkin, cash, cash customer, cash sale, cash sales, "
        "counter sale, unknown, unknown customer, anonymous, n a, none, null, nan, no customer, no name, not registered, unregistered, "
        "misc, miscellaneous, various, sundry, general customer, default customer, test, laufkunde, laufkundschaft, barverkauf, barkunde, "
        "diverse, diverse kunden, unbekannt, anonym, gast, gastbesteller, invite, inconnu, client divers, divers, client comptoir, "
        "client de passage, anonyme, publico general, publico en general, consumidor final, cliente generico, cliente mostrador, "
        "mostrador, contado, invitado, desconocido, consumidor, convidado, desconhecido, cliente padrao, nao identificado, гость, "
        "неизвестно, неизвестный, розничный покупатель, розница, частное лицо, физическое лицо, аноним, без имени, umum, "
        "pelanggan umum, tamu, tunai, tidak diketahui, i panjohur, klient rasti, mysafir, 散客, 游客, 匿名, 未知, 零售客户"
    )
)


def is_nobody(value: str) -> bool:
    """Whether a value stands where nobody in particular bought: Guest, Walk-in, Unknown, a dash."""
    return key(value) in _NOBODY or (bool(value.strip()) and not key(value))


_A_KIND = frozenset(
    split_words(
        "tier, level, type, typ, tipo, kind, class, klasse, segment, group, gruppe, grupo, categoria, "
        "kategorie, stufe, nivel, niveau, "
        "категория, группа, тип, уровень, kategori, tingkat, lloji, niveli"
    )
)


def is_kind(value: str) -> bool:
    """Whether a value says which kind of customer somebody is: new, “Cliente nuevo”, “Tier 2”."""
    said = [word for word in words(value) if word not in WHO]
    if key(value) in KINDS_OF_CUSTOMER or (said and "".join(said) in KINDS_OF_CUSTOMER):
        return True
    return len(said) == 2 and said[0] in _A_KIND and (len(said[1]) == 1 or said[1].isdigit())


# Numbers of something else than a customer, whatever their values.
_NOT_WHO = frozenset(
    split_words(
        "vch, zip, postcode, postal, post, plz, tracking, parcel, shipment, coupon, discount, voucher, promo, "
        "promotion, campaign, "
        "gift, record, row, line, entry, item, terminal, till, register, pos, device, session, lane, machine, "
        "store, shop, "
        "branch, outlet, warehouse, depot, country, region, state, city, area, route, tax, vat, sku, batch, "
        "lot, serial, "
        "employee, staff, cashier, salesperson, seller, vendor, supplier, payment, transaction, txn, trx, "
        "receipt, invoice, "
        "document, doc, journal, ledger, currency, status, approval, authorization, reference, ref, channel, "
        "category, "
        "phone, telephone, fax, mobile, ip, credit, gl, project, agent, courier, carrier, driver, event, ticket, "
        "filiale, kasse, gutschein, sendung, magasin, caisse, tienda, caja, cupon, loja, caixa, магазин, касса, "
        "купон, "
        "toko, kasir, kupon, dyqan, arka"
    )
)


def numbers_something_else(heading: str) -> bool:
    """Whether a heading says that it numbers something else than customers: Zip Code, Coupon Code, Terminal ID."""
    return not _NOT_WHO.isdisjoint(words(heading))


# Role → words in a heading that rule it out, however much the rest is like one of its names.
_RULED_OUT = {
    "customer": "deal, opportunity, product, item, lineitem, campaign, file, store, shop, seller, vendor, "
    "supplier, agent, "
    "owner, manager, service, host, page, event, brand, category, type, group, segment, status, note, notes, "
    "first, last, "
    "given, family, middle, surname, nachname, vorname",
    "revenue": "est, estimated, expected, forecast, weighted, "
    "income, salary, wage, wages, einkommen, gehalt, lohn, salaire, salario, renda, доход, зарплата, gaji, "
    "paga, balance, limit, budget, target, tax, shipping, refund, outstanding",
    "cost": "close, closed, churn, churned, flag, products, lost, contact, revenue",
    "profit": "churn, churned, flag, profile",
    "price": "change, changes, sensitivity, index, list, class, drop, increase, plan, tier",
    "units": "unit, measure, household, kids, children, home, teen",
    "status": "marital, civil, family, married, employment, job, housing, health, smoking, loan, visa, "
    "familienstand, "
    "matrimonial, familiar, семейное, семейный, perkawinan, martesor",
    "product": "production, first, last, given, family, middle, user, buyer, billing, shipping, seller, "
    "company, host, file, "
    "campaign, agent",
    "category": "age, income, risk, customer, client",
    "address": "zip, postcode, plz, city, country, ip, email, mac, phone, state, company",
    "date": "birth, born, churn, churned",
    "discount": "code, reason, name, type",
    "name": "product, item, lineitem, file, campaign, store, shop, seller, vendor, supplier, host, page, event, brand",
}
_RULED_OUT_WORDS = {role: frozenset(split_words(said)) for role, said in _RULED_OUT.items()}


_LITTLE = frozenset(split_words("de, del, des, do, da, du, d, la, le, el, of, the, von, der, e, i, te"))


def plain_key(heading: str) -> str:
    """The key of a heading without the little words in it: "ID del cliente" -> "idcliente"."""
    parts = words(heading)
    return "".join(word for word in parts if word not in _LITTLE) or "".join(parts)


def ruled_out(role: str, heading: str) -> bool:
    """Whether a heading cannot mean a role though it is like its names: a marital status, a price change, "
    "an income."""
    against = _RULED_OUT_WORDS.get(role, frozenset())
    return not against.isdisjoint(words(heading)) and key(heading) not in ranks(role)
