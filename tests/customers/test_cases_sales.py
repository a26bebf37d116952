"""Which rows are sales, and which way the money went: what real systems export gives the right sums at once.

The cases stand beside the project (../shared/data/cases); what is made up here stands without them.
"""

import json

import pandas as pd
import pytest

from segmentation import Customers, Study, join, read
from segmentation.__main__ import main
from segmentation.audit import audit
from segmentation.potential.lifetimes.expected import history
from tests.places import SHARED, with_shared

CASES = SHARED / "cases" / "meaning"


def revenue(file, *, given=None, **columns) -> dict[str, float]:
    """Customer → revenue of a file, or of its text, read as the app does; `given`: further keywords of `build`."""
    table = read(file.encode(), name="file.csv") if isinstance(file, str) else read(file, **(given or {}))
    return Customers.build(table, columns).frame["revenue"].round(6).to_dict()


def expected(case: str) -> dict:
    return json.loads((CASES / case / "expected.json").read_text())


def sums(known: dict) -> dict:
    return {name: value for name, value in known.items() if name not in ("total", "as_of")}


@with_shared
def test_an_order_in_several_rows_counts_once_less_what_was_refunded():
    wanted = {name: one["revenue"] for name, one in expected("01_shopify_multiline")["customers"].items()}
    file = CASES / "01_shopify_multiline" / "shopify_orders.csv"
    assert revenue(file, customer="Email", order="Name", date="Created at") == wanted


@with_shared
def test_a_refund_with_a_positive_amount_is_taken_off():
    file = CASES / "05_refund_positive_amount" / "payouts.csv"
    assert revenue(file) == sums(expected("05_refund_positive_amount"))


@with_shared
@pytest.mark.parametrize("name", ["a_status_en", "b_no_cancelled"])
def test_orders_that_failed_or_are_not_paid_bring_nothing(name):
    assert revenue(CASES / "08_failed_pending_orders" / f"{name}.csv") == sums(
        expected("08_failed_pending_orders")[name[0]]
    )


@with_shared
def test_the_same_of_a_shop_in_indonesia_once_its_thousands_are_decided():
    file = CASES / "08_failed_pending_orders" / "d_shopee_id.csv"
    assert [question.setting for question in read(file).report.questions] in (["decimal"], [])
    found = revenue(file, given={"decimal": ","}, customer="Username (Pembeli)")
    assert found == expected("08_failed_pending_orders")["d"]


@with_shared
def test_lost_and_open_deals_bring_nothing_and_the_last_won_one_is_the_last_day():
    wanted, table = expected("09_lost_deals"), read(CASES / "09_lost_deals" / "hubspot.csv")
    people = Customers.build(table, {"customer": "Associated Company"})
    assert people.frame["revenue"].to_dict() == sums(wanted)
    assert people.as_of.isoformat() == wanted["as_of"]


@with_shared
def test_a_negative_amount_guarded_against_formulas_is_one():
    file = CASES / "11_guarded_negatives" / "wcpay_transactions.csv"
    assert revenue(file, revenue="Net") == expected("11_guarded_negatives")["Net"]


SIGNED = {
    "a_parentheses": {},
    "b_tally_dr_cr": {"customer": "Particulars"},
    "c_datev_sh": {"customer": "Konto"},
    "d_wb_type": {},
    "e_document_type": {},
    "f_debit_credit_columns": {},
}


@with_shared
@pytest.mark.parametrize("name", SIGNED)
def test_the_sign_is_understood_wherever_it_stands(name):
    found = revenue(CASES / "12_debit_credit_signs" / f"{name}.csv", **SIGNED[name])
    assert found == expected("12_debit_credit_signs")[name[0]]


@with_shared
@pytest.mark.parametrize(("name", "back"), {"big_cr": -30, "big_guard": -70, "big_paren": -30}.items())
def test_a_few_refunds_in_a_long_file_stay_refunds(name, back):
    table = read(CASES / "12_debit_credit_signs" / f"{name}.csv")
    amounts = table.data["Amount"].to_pylist()
    assert {amount for amount in amounts if amount < 0} == {back} and not len(table.unread)


@with_shared
def test_purchases_of_one_day_are_one_to_a_model_of_repeat_buying():
    people = Customers.build(read(CASES / "15_same_day_purchases" / "transactions.csv"))
    known = history(people)
    found = {
        who: {"frequency": known.x[place], "monetary": known.mean[place], "T_days": known.T[place]}
        for place, who in enumerate(people.frame.index)
    }
    for who, figures in expected("15_same_day_purchases").items():
        assert {name: found[who][name] for name in figures} == pytest.approx(figures)


@with_shared
@pytest.mark.parametrize("name", ["orders.xlsx", "sibling.csv"])
def test_days_a_spreadsheet_swapped_end_on_the_true_day_once_the_question_is_answered(name):
    file = CASES / "13_mixed_dates_excel" / name
    (question,) = read(file).report.questions
    assert {*question.readings} == {"dmy", "swapped"}
    mended = Customers.build(read(file, dates=f"{question.column}=swapped"))
    assert mended.as_of.isoformat() == expected("13_mixed_dates_excel")["true as_of"]


@with_shared
def test_formulas_without_a_value_leave_quantity_times_price():
    folder = SHARED / "cases" / "reading" / "03_excel_formulas_never_calculated"
    wanted = pd.read_csv(folder / "expected.csv").groupby("customer_id")["revenue"].sum().to_dict()
    table = read(folder / "sales.xlsx")
    assert revenue(folder / "sales.xlsx") == wanted
    assert any('formulas of "revenue" hold no value' in sentence for sentence in table.report.sentences)


@with_shared
def test_those_whose_orders_were_all_refunded_or_voided_bring_nothing(tmp_path):
    who = tmp_path / "who.csv"
    who.write_text("Email,Town\n" + "".join(f"{name}@example.org,Kiel\n" for name in ("anna", "ben", "cleo", "dora")))
    both = join([read(CASES / "01_shopify_multiline" / "shopify_orders.csv"), read(who)])
    found = Customers.build(both).frame["revenue"].to_dict()
    known = {name: one["revenue"] for name, one in expected("01_shopify_multiline")["customers"].items()}
    assert found == known | {"ben@example.org": 0, "dora@example.org": 0}


STATUSES = {
    "English": "Order status;Completed;Processing;Failed;Pending payment;Cancelled;Refunded;Draft",
    "German": "Bestellstatus;Abgeschlossen;Versandt;Fehlgeschlagen;Zahlung ausstehend;Storniert;Rückerstattet;Entwurf",
    "French": "Statut de la commande;Terminée;Livrée;Échouée;En attente de paiement;Annulée;Remboursée;Brouillon",
    "Spanish": "Estado del pedido;Completado;Entregado;Fallido;Pendiente de pago;Cancelado;Reembolsado;Borrador",
    "Portuguese": "Situação do pedido;Concluído;Entregue;Recusado;Aguardando pagamento;Cancelado;Estornado;Rascunho",
    "Russian": "Статус заказа;Выполнен;Доставлен;Ошибка оплаты;Ожидает оплаты;Отменён;Возвращён;Черновик",
    "Indonesian": "Status pesanan;Selesai;Dikirim;Gagal;Belum bayar;Dibatalkan;Pengembalian dana;Draf",
    "Albanian": "Statusi i porosisë;Përfunduar;Dorëzuar;Dështuar;E papaguar;Anuluar;Rimbursuar;Drafti",
    "Chinese": "订单状态;交易成功;已发货;支付失败;待付款;已取消;已退款;草稿",
}
GROUPS = ("failed", "unpaid", "cancelled", "refunded", "draft")


@pytest.mark.parametrize("language", STATUSES)
def test_only_what_was_sold_counts_in_nine_languages_and_each_group_is_counted(language):
    heading, *words = STATUSES[language].split(";")
    rows = "".join(f"c{i};2025-01-0{i + 1};{10**i};{word}\n" for i, word in enumerate(words))
    people = Customers.build(read(f"customer;date;revenue;{heading}\n{rows}".encode(), name="orders.csv"))
    assert people.frame["revenue"].to_dict() == {"c0": 1, "c1": 10}
    assert {group: people.left_out.get(group) for group in GROUPS} == dict.fromkeys(GROUPS, 1)
    (said,) = [note for note in people.notes if heading in note]
    assert "2 of 7 rows are sales, 11" in said and all(
        f"“{word}”, {10**i:,}" in said for i, word in enumerate(words) if i > 1
    )


DEALS = {
    "Stage": ("Closed Won", "Closed Lost", "Negotiation/Review"),
    "Verkaufsphase Status": ("Gewonnen", "Verloren", "Zweites Treffen"),
    "Стадия сделки": ("Сделка успешна", "Сделка провалена", "Замер на объекте"),
    "Etapa": ("Ganado", "Perdido", "Propuesta enviada"),
    "Deal stage": ("closedwon", "closedlost", "qualifiedtobuy"),
}


@pytest.mark.parametrize("heading", DEALS)
def test_a_deal_counts_once_it_is_won_however_its_other_stages_are_named(heading):
    won, lost, still = DEALS[heading]
    text = (
        f"customer;close date;amount;{heading}\nA;2025-01-05;10;{won}\nA;2025-02-05;20;{lost}\nB;2025-09-05;40;{still}\n"
        f"B;2025-03-05;80;{won}\n"
    )
    people = Customers.build(read(text.encode(), name="deals.csv"))
    assert people.frame["revenue"].to_dict() == {"A": 10, "B": 80} and people.as_of.isoformat() == "2025-03-05"


def test_a_won_deal_that_closes_in_the_future_is_planned_and_no_last_day():
    text = "customer,expected close date,amount,stage\nA,2025-01-05,10,Won\nB,2099-01-05,20,Won\nB,2025-02-05,30,Lost\n"
    people = Customers.build(read(text.encode(), name="deals.csv"))
    assert people.as_of.isoformat() == "2025-01-05" and people.left_out["planned"] == 1


ORDERS = "customer,order,date,revenue,status\nA,1,2025-01-01,10,Paid\nB,2,2025-01-02,20,Unpaid\nB,3,2025-01-03,40,In transit\n"


def test_what_a_status_means_can_be_changed_and_unknown_ones_count_and_are_named():
    table = read(ORDERS.encode(), name="orders.csv")
    usual = Customers.build(table)
    assert usual.frame["revenue"].to_dict() == {"A": 10, "B": 40}
    assert any("Counted though not known: “In transit”" in note for note in usual.notes)
    other = Customers.build(table, counts={"Unpaid": "sale", "In transit": "aside", "Paid": "return"})
    assert other.frame["revenue"].to_dict() == {"A": -10, "B": 20}
    assert Customers.build(table, cancelled="keep").frame["revenue"].to_dict() == {"A": 10, "B": 60}


def test_a_line_without_a_status_has_that_of_its_order():
    text = "customer,order,date,revenue,status\nA,1,2025-01-01,10,voided\nA,1,2025-01-01,5,\nA,2,2025-01-02,3,paid\nA,2,2025-01-02,4,\n"
    assert revenue(text) == {"A": 7}


def test_a_row_counts_only_where_no_further_status_speaks_against_it():
    text = (
        "customer,date,revenue,order-status,item-status\nA,2025-01-01,10,Shipped,Shipped\nA,2025-01-02,20,Shipped,Cancelled\n"
        "B,2025-01-03,40,Cancelled,\nB,2025-01-04,80,Shipped,Unshipped\n"
    )
    assert revenue(text) == {"A": 10, "B": 80}


def test_the_step_of_a_won_deal_does_not_take_it_away():
    text = "customer,won time,amount,Deal - Status,Deal - Stage\nA,2025-01-01,10,Won,Negotiation\nB,2025-01-02,20,Lost,Negotiation\n"
    assert revenue(text + "A,2025-01-03,40,Open,Negotiation\n") == {"A": 10}


@pytest.mark.parametrize(
    ("heading", "yes", "no"),
    [
        ("Cancelled", "yes", "no"),
        ("Storniert", "ja", "nein"),
        ("is_refunded", "1", "0"),
        ("Cancelled at", "2025-01-09", ""),
    ],
)
def test_a_flag_says_that_a_row_is_no_sale(heading, yes, no):
    text = f"customer,order date,revenue,{heading}\nA,2025-01-01,10,{no}\nA,2025-01-02,20,{yes}\nB,2025-01-03,40,{no}\n"
    assert revenue(text) == {"A": 10, "B": 40}


@pytest.mark.parametrize(
    "text",
    [
        "customer,date,revenue,customer status\nA,2025-01-01,10,lost\nB,2025-01-02,20,active\n",
        "customer,date,revenue,marital status\nA,2025-01-01,10,divorced\nB,2025-01-02,20,single\n",
        "customer,date,revenue,type\nA,2025-01-01,10,Return ticket\nB,2025-01-02,20,One way\n",
        "customer,date,revenue,card type\nA,2025-01-01,10,Debit\nB,2025-01-02,20,Credit\n",
        "customer,date,revenue,state\nA,2025-01-01,10,CA\nB,2025-01-02,20,NY\n",
        "customer,date,revenue,returns\nA,2025-01-01,10,1\nB,2025-01-02,20,0\n",
        "customer,date,revenue,Retouren\nA,2025-01-01,10,1\nB,2025-01-02,20,0\n",
        "customer,date,revenue,cancellation reason\nA,2025-01-01,10,yes\nB,2025-01-02,20,no\n",
        "customer,date,revenue,lead status\nA,2025-01-01,10,Open\nB,2025-01-02,20,Lost\n",
        "customer,date,revenue,payment method\nA,2025-01-01,10,Invoice\nB,2025-01-02,20,Credit card\n",
        "customer,date,revenue,delivery\nA,2025-01-01,10,open\nB,2025-01-02,20,closed\n",
        "customer,date,revenue,size\nA,2025-01-01,10,S\nB,2025-01-02,20,H\n",
    ],
)
def test_a_word_that_means_something_else_takes_nobody_away(text):
    assert revenue(text) == {"A": 10, "B": 20}


KINDS = {
    "Type": ("Charge", "Refund", "Payout"),
    "Transaction type": ("Invoice", "Credit Memo", "Payment"),
    "Belegart": ("Rechnung", "Gutschrift", "Zahlungseingang"),
    "Type de pièce": ("Facture", "Avoir", "Règlement"),
    "Tipo de documento": ("Factura", "Nota de crédito", "Recibo"),
    "Tipo": ("Venda", "Devolução", "Recebimento"),
    "Вид операции": ("Реализация", "Возврат", "Оплата"),
    "Jenis transaksi": ("Penjualan", "Retur", "Pembayaran"),
    "Lloji": ("Faturë", "Notë krediti", "Pagesë"),
    "单据类型": ("销售", "退货", "收款"),
}


@pytest.mark.parametrize("heading", KINDS)
@pytest.mark.parametrize("sign", ["", "-"])
def test_a_refund_is_taken_off_and_a_payment_is_no_sale(heading, sign):
    sale, back, paid = KINDS[heading]
    text = (
        f"customer;date;amount;{heading}\nA;2025-01-01;100;{sale}\nA;2025-01-02;{sign}30;{back}\nB;2025-01-03;50;{sale}\n"
        f"B;2025-01-04;50;{paid}\n"
    )
    people = Customers.build(read(text.encode(), name="ledger.csv"))
    assert people.frame["revenue"].to_dict() == {"A": 70, "B": 50}
    (said,) = [note for note in people.notes if f"By “{heading}”" in note]
    assert "30, taken off" in said and "50, set aside" in said


def test_where_payments_are_all_there_is_they_are_the_sales():
    text = "customer,date,amount,event type\nA,2025-01-01,100,Payment\nA,2025-01-02,30,Refund\n"
    assert revenue(text) == {"A": 70}
    assert revenue(text.replace("Payment", "Charge"), customer="customer") == {"A": 70}


@pytest.mark.parametrize(
    ("heading", "plus", "minus"),
    [("S/H", "S", "H"), ("Soll/Haben", "Soll", "Haben"), ("Dr/Cr", "Dr", "Cr"), ("Debit/Credit", "Debit", "Credit"),
     ("Sens", "D", "C"), ("Balance Impact", "Credit", "Debit"), ("Дебет/Кредит", "Дебет", "Кредит"), ("借贷方向", "借", "贷")],
)  # fmt: skip
def test_the_side_of_the_books_with_less_money_is_taken_off(heading, plus, minus):
    text = f"customer;date;amount;{heading}\nA;2025-01-01;100;{plus}\nA;2025-01-02;30;{minus}\nB;2025-01-03;50;{plus}\n"
    assert revenue(text) == {"A": 70, "B": 50}
    table = read(text.encode(), name="file.csv")
    other = Customers.build(table, counts={plus: "return", minus: "sale"})
    assert other.frame["revenue"].to_dict() == {"A": -70, "B": -50}


@pytest.mark.parametrize(
    ("one", "other"), [("Debit", "Credit"), ("Soll", "Haben"), ("Debe", "Haber"), ("Дебет", "Кредит")]
)
def test_debits_and_credits_may_stand_in_two_columns(one, other):
    text = f"customer;date;{one};{other}\nA;2025-01-01;100;\nA;2025-01-02;;30\nB;2025-01-03;50;\n"
    assert revenue(text) == {"A": 70, "B": 50}
    turned = f"customer;date;{one};{other}\nA;2025-01-01;;100\nA;2025-01-02;30;\nB;2025-01-03;;50\n"
    assert revenue(turned) == {"A": 70, "B": 50}


def test_part_of_an_order_that_was_paid_back_is_taken_off_once():
    text = (
        "customer,order,date,amount,amount refunded,status\nA,1,2025-01-01,300,100,Paid\nB,2,2025-01-02,50,0,Paid\n"
        "B,3,2025-01-03,70,70,Refunded\nC,4,2025-01-04,10,0,Failed\n"
    )
    assert revenue(text) == {"A": 200, "B": 50}
    lines = (
        "customer,order,date,amount,refunded amount\nA,1,2025-01-01,60,20\nA,1,2025-01-01,40,20\nB,2,2025-01-02,50,0\n"
    )
    assert revenue(lines) == {"A": 80, "B": 50}


def test_a_refund_that_stands_in_a_row_of_its_own_too_is_not_taken_off_twice():
    text = (
        "customer,order,date,amount,refunded amount,type\nA,1,2025-01-01,100,30,Sale\nA,1,2025-01-02,-30,0,Refund\n"
        "B,2,2025-01-03,50,0,Sale\n"
    )
    assert revenue(text) == {"A": 70, "B": 50}


def test_partly_refunded_orders_without_an_amount_count_in_full_and_this_is_said():
    text = "customer,date,revenue,status\nA,2025-01-01,10,paid\nB,2025-01-02,20,partially_refunded\nB,2025-01-03,5,refunded\n"
    people = Customers.build(read(text.encode(), name="file.csv"))
    assert people.frame["revenue"].to_dict() == {"A": 10, "B": 20}
    assert any("1 row is partly refunded and no column says by how much" in note for note in people.notes)


def test_each_group_that_is_set_aside_is_found_with_what_it_would_bring_and_one_choice_counts_it():
    table = read(ORDERS.replace("B,3", "C,3").encode(), name="orders.csv")
    (found,) = [one for one in audit(table) if one.name == "no_sales"]
    assert found.sentence == "1 line is no sale: not paid (“Unpaid”), 20 in all."
    assert found.effect == "Set aside. If counted, there would be 1 customer and 20 more."
    assert Customers.build(table, **found.choices[1].settings).frame["revenue"].to_dict() == {"A": 10, "B": 20, "C": 40}


def test_debit_and_credit_are_asked_about_with_three_readings():
    text = "customer,date,amount,S/H\nA,2025-01-01,100,S\nA,2025-01-02,30,H\nB,2025-01-03,50,S\n"
    table = read(text.encode(), name="ledger.csv")
    (found,) = [one for one in audit(table) if one.name == "debit_and_credit"]
    read_so = [Customers.build(table, **one.settings).frame["revenue"].to_dict() for one in found.choices]
    assert read_so == [{"A": 70, "B": 50}, {"A": -70, "B": -50}, {"A": 100, "B": 50}]


def test_the_shell_says_what_counts_and_takes_another_view(capsys, tmp_path):
    file = tmp_path / "orders.csv"
    file.write_text(ORDERS)
    assert main(["customers", str(file)]) == 0
    assert "By “status”, 2 of 3 rows are sales, 50; set aside are 1 not paid (“Unpaid”, 20)." in capsys.readouterr().out
    assert main(["customers", str(file), "--counts", "Unpaid=sale", "In transit=return", "--json"]) == 0
    assert '"revenue": -10.0' in capsys.readouterr().out
    assert main(["customers", str(file), "--counts", "Unpaid=perhaps"]) == 2
    assert "sale, return, aside" in capsys.readouterr().err


STRIPE = """id,Created (UTC),Amount,Amount Refunded,Currency,Status,Customer ID,Captured
ch_1,2025-01-05 10:00:00,1200.00,0.00,usd,Paid,cus_A,true
ch_2,2025-01-06 10:00:00,300.00,100.00,usd,Paid,cus_C,true
ch_3,2025-01-07 10:00:00,300.00,0.00,usd,Failed,cus_D,false
ch_4,2025-01-07 10:05:00,300.00,0.00,usd,Paid,cus_D,true
ch_5,2025-01-08 10:05:00,100.00,0.00,eur,Paid,cus_E,true
ch_6,2025-01-09 10:05:00,500.00,500.00,usd,Refunded,cus_B,true
"""
SAGE = """Type,Account Reference,Date,Reference,Net Amount
SI,ARB001,05/01/2025,1,200.00
SC,ARB001,15/01/2025,2,50.00
SI,BIR001,16/01/2025,3,70.00
SR,ARB001,25/01/2025,1,180.00
SA,BIR001,28/01/2025,,30.00
"""
SAP = """Customer;Document Number;Document Type;Posting Date;Betrag
10001;9000001;RV;05.01.2025;1.190,00
10001;9000002;DG;12.01.2025;238,00-
10002;9000003;RV;15.01.2025;595,00
10001;1400001;DZ;20.01.2025;952,00-
"""
PAYPAL = """Date,Name,Type,Status,Gross,Transaction ID,Balance Impact
2025-01-05,Ada Lund,Express Checkout Payment,Completed,100.00,T1,Credit
2025-01-06,Bo Falk,Express Checkout Payment,Completed,70.00,T2,Credit
2025-01-07,Bo Falk,Payment Refund,Completed,-70.00,T3,Debit
2025-01-25,,General Withdrawal,Completed,-90.00,T4,Debit
2025-01-28,Cy Dahl,Express Checkout Payment,Pending,40.00,T5,Memo
"""
GUMROAD = """Purchase Email,Purchase Date,Sale Price ($),Refunded?,Partial Refund ($),Fully Refunded?,Order Number
ada@example.org,2025-01-05,20.00,0,0.0,0,1
bo@example.org,2025-01-06,20.00,1,0.0,1,2
ada@example.org,2025-01-07,100.00,1,30.0,0,3
"""
AMAZON = """amazon-order-id,purchase-date,order-status,sku,item-status,quantity,item-price,buyer-email
1-1,2025-01-05,Shipped,M,Shipped,2,20.00,a@example.org
1-2,2025-01-06,Shipped,M,Cancelled,1,10.00,a@example.org
1-3,2025-01-07,Cancelled,M,Cancelled,3,30.00,b@example.org
1-4,2025-01-08,Shipped,B,Shipped,3,45.00,b@example.org
1-5,2025-01-09,Shipped,B,Shipped,1,15.00,b@example.org
1-6,2025-01-09,Shipped,J,Shipped,2,15.00,c@example.org
1-7,2025-01-09,Shipped,J,Shipped,4,30.00,c@example.org
"""
LEDGER = """Date,Transaction type,Num,Name,Amount
01/05/2025,Invoice,1001,Arbor,"1,200.00"
01/15/2025,Payment,1001,Arbor,"1,200.00"
01/20/2025,Credit Memo,1002,Arbor,-200.00
01/25/2025,Sales Receipt,1003,Birch,300.00
01/26/2025,Deposit,,,1500.00
01/28/2025,Journal Entry,,,10.00
"""
SYSTEMS = {
    "payments with refunds in a column": (STRIPE, {}, {"cus_A": 1200, "cus_C": 200, "cus_D": 300}),
    "a ledger of codes": (SAGE, {"customer": "Account Reference"}, {"ARB001": 150, "BIR001": 70}),
    "a ledger of other codes": (SAP, {}, {"10001": 952, "10002": 595}),
    "an account of money": (PAYPAL, {"customer": "Name", "revenue": "Gross"}, {"Ada Lund": 100, "Bo Falk": 0}),
    "flags of refunds": (
        GUMROAD,
        {"customer": "Purchase Email", "revenue": "Sale Price ($)", "price": ""},
        {"ada@example.org": 90},
    ),
    "lines with their own status": (
        AMAZON,
        {"customer": "buyer-email"},
        {"a@example.org": 20, "b@example.org": 60, "c@example.org": 45},
    ),
    "a list of transactions": (LEDGER, {"customer": "Name"}, {"Arbor": 1000, "Birch": 300}),
}


@pytest.mark.parametrize("system", SYSTEMS)
def test_what_a_system_writes_gives_the_right_sums(system):
    text, columns, wanted = SYSTEMS[system]
    assert revenue(text, **columns) == wanted


@pytest.mark.parametrize(
    ("heading", "sale", "back"),
    [("Vorgang", "Verkauf", "Retoure"), ("Transaction", "Sale", "Return"), ("Remark", "Invoice", "Credit note"),
     ("Direction", "in", "out"), ("Sign", "+", "-"), ("Тип операции", "Приход", "Расход")],
)  # fmt: skip
def test_words_that_say_it_all_are_understood_under_any_heading(heading, sale, back):
    text = f"customer,date,amount,{heading}\nA,2025-01-01,100,{sale}\nA,2025-01-02,30,{back}\nB,2025-01-03,50,{sale}\n"
    assert revenue(text) == {"A": 70, "B": 50}


@pytest.mark.parametrize(
    ("heading", "yes", "no"), [("paid", "yes", "no"), ("Bezahlt", "ja", "nein"), ("Captured", "true", "false")]
)
def test_what_is_flagged_as_not_paid_is_no_sale(heading, yes, no):
    text = f"customer,date,amount,{heading}\nA,2025-01-01,100,{yes}\nA,2025-01-02,30,{no}\nB,2025-01-03,50,{yes}\n"
    assert revenue(text) == {"A": 100, "B": 50}


def test_statuses_of_which_all_are_known_need_no_heading():
    text = (
        "customer,date,amount,Keterangan\nA,2025-01-01,100,Lunas\nA,2025-01-02,30,Belum lunas\nB,2025-01-03,50,Lunas\n"
    )
    assert revenue(text) == {"A": 100, "B": 50}
    assert revenue(text.replace("Belum lunas", "rumah")) == {"A": 130, "B": 50}


def test_refunds_that_are_rows_below_nothing_take_back_what_was_sold():
    text = "customer,date,revenue,status\nA,2025-01-01,100,completed\nA,2025-01-02,-30,refunded\nB,2025-01-03,50,completed\n"
    assert revenue(text) == {"A": 70, "B": 50}
    both = text + "B,2025-01-04,20,refunded\nB,2025-01-05,-20,refunded\n"
    assert revenue(both.replace("-30,refunded", "-30,completed")) == {"A": 70, "B": 50}


def test_an_amount_that_is_less_its_refund_already_is_not_lessened_twice():
    text = "customer,date,total,amount refunded\nA,2025-01-01,70,30\nB,2025-01-02,0,20\nB,2025-01-03,50,0\nC,2025-01-03,50,0\n"
    assert revenue(text) == {"A": 70, "B": 50, "C": 50}


def test_deals_without_a_day_count_once_they_are_won_and_a_lost_customer_stays_one():
    deals = "company,amount,stage\nA,10,Closed Won\nB,20,Closed Lost\nC,40,Discovery\n"
    assert revenue(deals, customer="company") == {"A": 10}
    people = "customer,revenue,status\nA,10,active\nB,20,lost\n"
    assert revenue(people) == {"A": 10, "B": 20}
    assert revenue("customer,total spent,amount refunded\nA,100,30\nB,50,0\n") == {"A": 70, "B": 50}


def test_credits_in_a_column_of_their_own_may_be_payments_and_are_asked_about():
    text = "customer,date,debit,credit\nA,2025-01-01,100,\nA,2025-01-12,,100\nB,2025-01-03,50,\nB,2025-01-14,,20\n"
    table = read(text.encode(), name="ledger.csv")
    (found,) = [one for one in audit(table) if one.name == "debit_and_credit"]
    studies = [Study(**choice.settings) for choice in found.choices]
    assert [study.customers(table).frame["revenue"].to_dict() for study in studies] == [
        {"A": 0, "B": 30},
        {"A": 100, "B": 50},
    ]
    assert studies[1].customers(table).frame["lines"].to_dict() == {"A": 1, "B": 1}


def test_whether_it_is_paid_decides_before_the_state_of_the_order():
    text = (
        "customer,date,amount,order_state,payment_state\nA,2025-01-01,100,open,paid\nA,2025-01-02,30,open,pending\n"
        "B,2025-01-03,50,completed,refunded_partially\nC,2025-01-03,50,completed,chargeback\nD,2025-01-04,9,cancelled,paid\n"
    )
    assert revenue(text) == {"A": 100, "B": 50}


def test_a_kind_nobody_knows_beside_refunds_counts():
    text = "customer,date,amount,type\nA,2025-01-01,100,purchase\nA,2025-01-02,30,refund\nB,2025-01-03,50,gift\n"
    assert revenue(text) == {"A": 70, "B": 50}
