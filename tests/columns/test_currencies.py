"""Currencies and cancellations: amounts that do not belong together are never added up in silence."""

import pytest

from segmentation import Customers, Problem, Study, read
from segmentation.__main__ import main
from segmentation.columns.currencies import sign_of
from segmentation.columns.match import roles

TWO = (
    "customer,date,revenue,currency\na,2024-01-01,10,EUR\nb,2024-01-02,20,USD\nb,2024-01-03,5,EUR\nc,2024-01-04,7,eur\n"
)


def table(text: str, **decisions):
    return read(text.encode(), name="file.csv", **decisions)


def build(text: str, **choices) -> Customers:
    return Customers.build(table(text), **choices)


def said(customers: Customers, part: str) -> bool:
    return any(part in note for note in customers.notes)


def test_only_the_commonest_currency_is_added_up_and_the_rest_is_counted():
    customers = build(TWO)
    assert customers.frame["revenue"].to_dict() == {"a": 10, "b": 5, "c": 7}
    assert customers.left_out["other_currency"] == 1
    assert said(customers, "EUR (3), USD (1): only EUR is used") and said(customers, "1 row is set aside")


def test_rates_bring_all_amounts_into_one_currency():
    customers = build(TWO, rates={"EUR": 1, "USD": 0.5})
    assert customers.frame["revenue"].to_dict() == {"a": 10, "b": 15, "c": 7}
    assert "other_currency" not in customers.left_out and said(customers, "changed at EUR 1, USD 0.5")
    assert build(TWO, rates={"usd": 1}).frame["revenue"].to_dict() == {"b": 20}


def test_one_currency_is_nothing_to_speak_of():
    customers = build(TWO.replace("USD", "EUR"))
    assert customers.left_out.get("other_currency") is None and not said(customers, "currenc")


def test_signs_in_the_cells_are_currencies_too():
    text = 'customer;date;Amount\na;2024-01-01;10,50 €\nb;2024-01-02;"$ 20,00"\nc;2024-01-03;1.007,00 €\n'
    found = table(text)
    assert found.data["Amount currency"].to_pylist() == ["EUR", "USD", "EUR"]
    assert any("several currencies" in sentence for sentence in found.report.sentences)
    assert roles(found)["currency"] == "Amount currency"
    assert Customers.build(found).frame["revenue"].to_dict() == {"a": 10.5, "c": 1007}
    plain = table('customer;date;Amount\na;2024-01-01;10,50 €\nb;2024-01-02;"20,00"\nc;2024-01-03;7,00 €\n')
    assert plain.data.column_names == ["customer", "date", "Amount"]


def test_a_rate_must_be_a_number_for_a_currency_of_the_file():
    for rates in ({"USD": 0}, {"USD": -1}, {"USD": "much"}, {"USD": float("nan")}, "USD"):
        with pytest.raises(Problem, match=r"rate|Rates"):
            build(TWO, rates=rates)
    with pytest.raises(Problem, match=r"No amount is in JPY.* EUR, USD"):
        build(TWO, rates={"JPY": 1})


def test_months_of_a_wide_file_are_changed_at_the_rates():
    text = "customer,currency,2024-01,2024-02,2024-03\na,EUR,1,2,3\nb,USD,10,20,30\n"
    assert build(text).frame["revenue"].to_dict() == {"a": 6}
    assert build(text, rates={"EUR": 1, "USD": 0.5}).frame["revenue"].to_dict() == {"a": 6, "b": 30}


def test_a_study_keeps_the_choice_and_the_shell_takes_it(tmp_path, capsys):
    study = Study.from_json(Study(rates={"EUR": 1, "USD": 0.5}, cancelled="keep").to_json())
    assert study.customers(table(TWO)).frame["revenue"].sum() == 32
    with pytest.raises(Problem, match="rate of USD"):
        Study.from_json('{"version": 1, "rates": {"USD": "x"}}')
    (tmp_path / "two.csv").write_text(TWO)
    assert main(["customers", str(tmp_path / "two.csv"), "--rates", "EUR=1", "USD=0.5", "--json"]) == 0
    assert '"revenue": 32.0' in capsys.readouterr().out
    assert main(["customers", str(tmp_path / "two.csv"), "--rates", "USD=x"]) == 2


STATUS = "customer,order,date,revenue,status\na,1,2024-01-01,10,shipped\na,2,2024-01-02,99,Cancelled\nb,3,2024-01-03,5,shipped\n"


def test_a_cancelled_order_counts_for_nothing_unless_it_is_kept():
    customers = build(STATUS)
    assert customers.frame["revenue"].to_dict() == {"a": 10, "b": 5} and customers.left_out["cancelled"] == 1
    assert said(customers, "“Cancelled”")
    kept = build(STATUS, cancelled="keep")
    assert kept.frame["revenue"].to_dict() == {"a": 109, "b": 5} and "cancelled" not in kept.left_out
    with pytest.raises(Problem, match="Cancelled orders"):
        build(STATUS, cancelled="burn")


C_ORDERS = "customer,order,date,revenue\na,536365,2024-01-01,10\na,C536366,2024-01-02,{0}\nb,536367,2024-01-03,5\n"


@pytest.mark.parametrize("amount", ["4", "-4"])
def test_an_order_that_begins_with_c_is_a_return_whatever_its_sign(amount):
    customers = build(C_ORDERS.format(amount))
    assert customers.frame["revenue"].to_dict() == {"a": 6, "b": 5}
    assert customers.frame["orders"].to_dict() == {"a": 1, "b": 1}
    assert said(customers, "begins with C") and said(customers, "1 line is a return")
    assert build(C_ORDERS.format("4"), cancelled="keep").frame["revenue"].to_dict() == {"a": 14, "b": 5}


def test_orders_that_all_begin_with_c_are_orders():
    text = C_ORDERS.format("4").replace(",5363", ",C5363")
    assert build(text).frame["revenue"].to_dict() == {"a": 14, "b": 5}
    assert build(C_ORDERS.format("4").replace(",5363", ",A5363")).frame["revenue"].to_dict() == {"a": 14, "b": 5}


def test_guests_stay_visible_beside_the_rest():
    customers = build(TWO + ",2024-01-05,9,EUR\n")
    assert customers.left_out["without_customer"] == 1 and customers.left_out["other_currency"] == 1
    assert build(TWO + ",2024-01-05,9,EUR\n", blanks="one").frame["revenue"].to_dict()["(no customer)"] == 9


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("client;day;sales\na;2026-01-01;1.234,50 €\nb;2026-01-02;7,00 €\n", "€"),
        ("client,day,sales\na,2026-01-01,$5.00\nb,2026-01-02,$7.50\n", "$"),
        ("client,day,sales\na,2026-01-01,Rp 5.000\nb,2026-01-02,Rp 7.500\n", "Rp "),
        ("client,day,sales,currency\na,2026-01-01,5,CHF\nb,2026-01-02,7,CHF\n", "CHF "),
        ("client,day,sales,currency\na,2026-01-01,5,usd\nb,2026-01-02,7,usd\n", "$"),
        ("client,day,Sales (GBP)\na,2026-01-01,5\nb,2026-01-02,7\n", "£"),
        ("client,day,Umsatz in €\na,2026-01-01,5\nb,2026-01-02,7\n", "€"),
        ("client,day,sales,currency\na,2026-01-01,5,EUR\nb,2026-01-02,7,USD\n", ""),
        ("client,day,sales\na,2026-01-01,5\nb,2026-01-02,7\n", ""),
    ],
)
def test_the_currency_a_file_says_is_the_sign_of_its_money(text, sign):
    found = table(text)
    assert sign_of(found, roles(found)) == sign
