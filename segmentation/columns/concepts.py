"""What a column describes beyond the roles: found by its heading in the customers, in several languages.

A role (columns.py) is what the roll-up is made of; a concept is what a method looks for among the attributes, and
can always be told instead: `ages(age="Alter der Kundin")`.
"""

from __future__ import annotations

from segmentation.columns.metrics import label
from segmentation.columns.roles import ROLES, split_words
from segmentation.columns.words import key

_SAID = {  # what is a role too has that role's words as well, first
    "age": "age in years, age group, child age, child age group",
    "birth_date": "",
    "birth_year": "birth year, year of birth, year birth, yob, geburtsjahr, jahrgang, annee de naissance, ano de nacimiento, "
    "ano nacimiento, ano de nascimento, ano nascimento, год рождения, tahun lahir, viti i lindjes, 出生年, 出生年份",
    "stage": "stage, onboarding stage, funnel stage, customer stage, stufe, phase, этап, стадия, tahap, faza, 阶段",
    "signed_up": "signed up on, registered on, created, created at, angemeldet, registriert, inscrit, registrado, regjistruar",
    "tried": "tried on, trial, activated on, getestet, essai, prueba, пробный период, uji coba, provuar, 试用日期",
    "paid": "paid, paid on, paid since, payment start, subscribed, subscribed on, converted, converted on, bezahlt, paye, "
    "pagado, pago, оплатил, дата оплаты, bayar, paguar, 付费日期",
    "opened": "opened campaign, campaign opened, emails opened",
    "clicked": "clicked campaign, campaign clicked",
    "bought": "bought, bought campaign, campaign bought, campaign orders, campaign purchases, converted, conversion, "
    "conversions, accepted, accepted offer, gekauft, achete, comprado, купил, dibeli, blere, 购买",
    "response": "response, response rate, campaign response, responses, responded, clicked, antwort, reponse, respuesta, "
    "resposta, отклик, respon, pergjigje, 响应",
    "referrals": "referrals, referred, referred customers, recommendations, empfehlungen, recommandations, referidos, "
    "indicacoes, рекомендации, rujukan, rekomandime, 推荐",
    "discount_share": "discount share, share on discount, discounted share, promotion share",
    "express_share": "express share, express delivery share, share express, paid extras share",
    "price_index": "price index, price level, relative price",
    "delivery": "delivery, delivery type, delivery method, delivery mode, shipping, shipping method, shipping mode, "
    "ship mode, lieferart, versandart, livraison, envio, entrega, доставка, способ доставки, pengiriman, dergesa, 配送方式",
}
_ROLE = {"bought": "responded"}  # a concept that a role of another name is


def _words(name: str, said: str) -> tuple[str, ...]:
    role = _ROLE.get(name, name)
    recognised = (role, *ROLES[role].synonyms) if role in ROLES else ()
    return tuple(filter(None, map(key, (*recognised, *split_words(said)))))


CONCEPTS = {name: _words(name, said) for name, said in _SAID.items()}


def said(lacking: str) -> str:
    """A column that is lacking, or alternatives joined by “ or ”, in words."""
    return " or ".join(one.replace("_", " ") if one in CONCEPTS else label(one) for one in lacking.split(" or "))
