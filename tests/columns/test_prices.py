"""Line totals against unit prices: told from the values where they tell, asked where they do not, always said."""

import pytest

from segmentation import Customers, Study, read
from segmentation.audit import audit

PRICES = {"pen": 2.5, "ink": 4.2, "pad": 7.9, "cap": 1.1}


def lines(price: str, of_line: bool, product: bool = True):
    rows = [
        f"c{i % 5},{i},2026-01-{i + 1:02},{name if product else 'x'},{1 + i % 4},{PRICES[name] * ((1 + i % 4) if of_line else 1):.2f}"
        for i, name in enumerate([*PRICES, *reversed(PRICES)] * 3)
    ]
    product_heading = "product" if product else "remark"
    return read(
        "\n".join([f"customer,order,date,{product_heading},quantity,{price}", *rows, ""]).encode(), name="file.csv"
    )


UNIT = sum(PRICES[name] * (1 + i % 4) for i, name in enumerate([*PRICES, *reversed(PRICES)] * 3))
LINE = sum(PRICES[name] for i, name in enumerate([*PRICES, *reversed(PRICES)] * 3))


@pytest.mark.parametrize("heading", ["item-price", "Preis", "prix", "precio", "цена", "harga", "价格"])
def test_a_price_that_is_the_line_s_already_is_not_multiplied_and_one_of_a_unit_is(heading):
    for of_line, said in ((False, f"Revenue is “quantity” × “{heading}”."), (True, f"Revenue is “{heading}”")):
        people = Customers.build(lines(heading, of_line))
        assert people.total("revenue") == pytest.approx(UNIT)
        assert any(note.startswith(said) for note in people.notes)
        assert not [one for one in audit(lines(heading, of_line)) if one.name == "unit_price"]


def test_where_the_values_do_not_tell_both_readings_are_shown_and_one_choice_takes_the_other():
    table = lines("price", of_line=False, product=False)
    (found,) = [one for one in audit(table) if one.name == "unit_price"]
    assert f"the revenue is {UNIT:,.0f}; as that of the line, {LINE:,.0f}." in found.effect
    read_so = [Customers.build(table, **choice.settings).total("revenue") for choice in found.choices]
    assert read_so == [pytest.approx(UNIT), pytest.approx(LINE)]
    assert not [one for one in audit(lines("unit price", False, product=False)) if one.name == "unit_price"]


def test_an_amount_that_is_the_same_for_every_quantity_is_asked_about():
    table = lines("amount", of_line=False)
    (found,) = [one for one in audit(table) if one.name == "unit_price"]
    study = Study(**found.choices[1].settings)
    assert Study().customers(table).total("revenue") == pytest.approx(LINE)
    assert study.customers(table).total("revenue") == pytest.approx(UNIT)
    assert not [one for one in audit(lines("amount", of_line=True)) if one.name == "unit_price"]


def test_a_discount_that_is_taken_off_is_said():
    text = "customer,date,quantity,unit price,discount\nA,2026-01-01,2,10,0.1\nB,2026-01-02,1,5,0\n"
    people = Customers.build(read(text.encode(), name="file.csv"))
    assert people.frame["revenue"].to_dict() == {"A": 18, "B": 5}
    assert "Revenue is “quantity” × “unit price”, less “discount”." in people.notes
