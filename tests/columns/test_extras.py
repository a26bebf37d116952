"""Tax and freight beside an amount: whether they are in the revenue is told, and one choice takes the other amount."""

import pytest

from segmentation import Customers, read
from segmentation.audit import audit


def finding(text: str):
    table = read(text.encode(), name="file.csv")
    found = [one for one in audit(table) if one.name == "tax_and_freight"]
    return table, found[0] if found else None


HEADINGS = {
    "English": "Subtotal,Taxes,Shipping,Total",
    "German": "Zwischensumme,MwSt,Versandkosten,Gesamtbetrag",
    "French": "Sous-total,TVA,Livraison,Montant total",
    "Spanish": "Base,IVA,Envío,Importe total",
    "Portuguese": "Valor base,Imposto,Frete,Valor total",
    "Russian": "Сумма товаров,НДС,Доставка,Сумма заказа",
    "Chinese": "小计,税额,运费,总金额",
}


@pytest.mark.parametrize("language", HEADINGS)
def test_a_total_with_tax_and_freight_in_it_is_named_and_the_goods_alone_are_one_choice_away(language):
    goods, tax, freight, total = HEADINGS[language].split(",")
    table, found = finding(
        f"customer,date,{HEADINGS[language]}\nA,2026-01-01,100,19,5,124\nB,2026-01-02,50,9.5,0,59.5\n"
    )
    assert found.sentence == f"“{total}” is “{goods}”, “{tax}” and “{freight}” added up."
    assert found.effect.startswith("The revenue has 34 of tax or freight")  # 33.5
    revenue = [Customers.build(table, choice.settings["columns"]).total("revenue") for choice in found.choices]
    assert revenue == [183.5, 150]


def test_freight_that_is_not_in_the_amount_can_be_added():
    table, found = finding("customer,date,amount,freight\nA,2026-01-01,100,5\nB,2026-01-02,50,2\n")
    assert found.sentence == "“freight” stands beside “amount”." and "7 in all is not added" in found.effect
    assert Customers.build(table, found.choices[1].settings["columns"]).total("revenue") == 157


@pytest.mark.parametrize(
    "text",
    [
        "customer,date,amount,tax rate\nA,2026-01-01,100,19\nB,2026-01-02,50,7\n",
        "customer,date,amount,shipping\nA,2026-01-01,100,0\nB,2026-01-02,50,0\n",
        "customer,date,amount,quantity\nA,2026-01-01,100,5\nB,2026-01-02,50,2\n",
    ],
)
def test_a_rate_or_nothing_at_all_is_not_spoken_of(text):
    assert finding(text)[1] is None
