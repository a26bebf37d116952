"""What further systems write, in other languages and words: each is a sibling of a kind that went wrong, and right at once.

A row of SUMS: what it shows, the file, and what each customer brought.
"""

import json

import pytest

from segmentation import Customers, Problem, Study, read
from segmentation.__main__ import main
from segmentation.audit import audit
from segmentation.columns.match import match, named_export, roles
from segmentation.columns.words import is_kind
from segmentation.table import Table


def table(text: str) -> Table:
    lines = [line.strip() for line in text.strip().splitlines()]
    return read("\n".join([*lines, ""]).encode(), name="file.csv")


SUMS = {
    "an order's total on each of its lines, proven by one order": (
        """Bestellnummer;E-Mail;Bestelldatum;Bestellstatus;Zahlstatus;Artikel;Menge;Einzelpreis;Gesamtbetrag
        20001;anna@x.de;05.01.2025;Abgeschlossen;Komplett bezahlt;Tasse;2;20,00;70,00
        20001;anna@x.de;05.01.2025;Abgeschlossen;Komplett bezahlt;Schale;1;30,00;70,00
        20002;ben@x.de;06.01.2025;Storniert / Abgelehnt;Komplett zurückerstattet;Tasse;3;20,00;60,00
        20003;anna@x.de;07.02.2025;Abgeschlossen;Komplett bezahlt;Tasse;1;20,00;20,00""",
        {"anna@x.de": 90},
    ),
    "kinds of customers in two words": (
        """Fecha;Pedido;Cliente;Importe;Correo
        2025-01-03;501;Cliente nuevo;20;ana@x.es
        2025-01-09;502;Cliente nuevo;40;bea@x.es
        2025-02-03;503;Cliente recurrente;35;ana@x.es""",
        {"ana@x.es": 55, "bea@x.es": 40},
    ),
    "kinds of customers with a number": (
        """Date,Order,Customer,Amount,Buyer
        2025-01-03,501,Tier 1,20,Ada
        2025-01-09,502,Tier 2,40,Bo
        2025-02-03,503,Tier 1,35,Ada""",
        {"Ada": 55, "Bo": 40},
    ),
    "departments where customers should stand": (
        """Date,Receipt,Client,Total,Loyalty Card
        2025-01-05,1,Men,100,K1
        2025-01-06,2,Women,50,K2
        2025-01-07,3,Men,70,K1""",
        {"K1": 170, "K2": 50},
    ),
    "a partial refund in Spanish": (
        """Fecha,Tipo,ID de cliente,Pedido,Importe
        2025-01-10,Cargo,C1,1001,100.00
        2025-01-12,Cargo,C2,1002,250.00
        2025-01-20,Reembolso,C2,1002,250.00
        2025-02-12,Reembolso parcial,C1,1001,30.00""",
        {"C1": 70, "C2": 0},
    ),
    "payments as the sales, in Chinese": (
        """日期,类型,客户编号,订单号,金额
        2025-01-10,支付,C1,1001,100.00
        2025-01-12,支付,C2,1002,250.00
        2025-01-20,退款,C2,1002,250.00""",
        {"C1": 100, "C2": 0},
    ),
    "codes of a till, and a sale that was voided": (
        """Date,Txn,Customer ID,Order ID,Amount
        2025-01-10,SALE,C1,1001,100.00
        2025-01-12,SALE,C2,1002,250.00
        2025-01-20,RFND,C2,1002,250.00
        2025-02-03,VOID,C1,1004,80.00""",
        {"C1": 100, "C2": 0},
    ),
    "a void that takes its sale back": (
        """Date,Type,Customer ID,Order ID,Amount
        2025-01-10,Sale,C1,1001,100.00
        2025-01-10,Void,C1,1001,-100.00
        2025-01-12,Sale,C2,1002,250.00""",
        {"C1": 0, "C2": 250},
    ),
    "codes of a till in German": (
        """Datum;Bewegung;Kunde;Bon;Betrag
        05.01.2025;VK;A;1;100,00
        06.01.2025;RT;A;2;30,00
        07.01.2025;VK;B;3;50,00""",
        {"A": 70, "B": 50},
    ),
    "a flag that its row is a return": (
        """Date,Customer ID,Order ID,Amount,is_return
        2025-01-10,C1,1001,100.00,0
        2025-01-12,C2,1002,250.00,0
        2025-01-20,C2,1003,250.00,1""",
        {"C1": 100, "C2": 0},
    ),
    "a flag that a sale came back": (
        """Date,Customer ID,Order ID,Amount,returned
        2025-01-10,C1,1001,100.00,0
        2025-01-12,C2,1002,250.00,0
        2025-01-20,C2,1003,250.00,1""",
        {"C1": 100, "C2": 250},
    ),
    "a credit among invoices": (
        """Invoice No,Invoice Type,Customer ID,Invoice Date,Amount
        INV-1,Standard,C1,2025-01-10,100
        INV-2,Standard,C2,2025-01-12,250
        CN-3,Credit,C2,2025-01-20,250""",
        {"C1": 100, "C2": 0},
    ),
    "the outcome of a payment": (
        """Customer ID,Order ID,Order Date,Payment Result,Total
        C1,1,2025-01-05,OK,100.00
        C1,2,2025-02-05,ERROR,100.00
        C2,3,2025-02-09,TIMEOUT,900.00
        C2,5,2025-02-12,OK,50.00""",
        {"C1": 100, "C2": 50},
    ),
    "states of a French shop": (
        """Référence commande;Client;Date;État;Total
        ABCD;A. Berg;2025-01-05 10:00:00;Paiement accepté;70,00
        EFGH;B. Court;2025-01-06 10:00:00;Erreur de paiement;60,00
        MNOP;C. Long;2025-02-08 10:00:00;En attente du paiement par chèque;90,00
        UVWX;C. Long;2025-02-28 10:00:00;Expédié;30,00""",
        {"A. Berg": 70, "C. Long": 30},
    ),
    "invoices that are overdue are not paid, those paid in part are": (
        """Kundennummer;Rechnungsnr.;Datum;Status;Betrag
        K1;1;05.01.2025;bezahlt;100,00
        K1;2;05.02.2025;überfällig;50,00
        K3;6;01.03.2025;gemahnt;400,00
        K4;7;02.03.2025;teilbezahlt;70,00""",
        {"K1": 100, "K4": 70},
    ),
    "a flag of what was won": (
        """Opportunity,Account,Amount,Is Won,Close Date
        Refit,Arbor,12000,1,2025-01-15
        Plan,Birch,45000,0,2025-02-20
        Parts,Birch,3000,1,2025-03-11""",
        {"Arbor": 12000, "Birch": 3000},
    ),
    "how likely a deal is": (
        """Opportunity,Account,Amount,Probability (%),Close Date
        Refit,Arbor,12000,100,2025-01-15
        Plan,Birch,45000,0,2025-02-20
        Parts,Birch,3000,100,2025-03-11
        Line,Cedar,250000,40,2025-12-31""",
        {"Arbor": 12000, "Birch": 3000},
    ),
    "quotes that were accepted": (
        """Quote No,Customer,Date,Total,Accepted
        1,Arbor,2025-01-15,12000,Yes
        2,Birch,2025-02-20,45000,No
        3,Birch,2025-03-11,3000,Yes""",
        {"Arbor": 12000, "Birch": 3000},
    ),
    "payments in German": (
        """Datum;Name;Typ;Brutto
        05.01.2025;Ada Lund;Website-Zahlung;100,00
        06.01.2025;Bo Falk;Website-Zahlung;70,00
        07.01.2025;Bo Falk;Rückzahlung;70,00
        08.01.2025;Bank;Allgemeine Abbuchung;90,00""",
        {"Ada Lund": 100, "Bo Falk": 0},
        {"customer": "Name", "revenue": "Brutto"},
    ),
    "an estimated revenue beside the actual one": (
        """Topic,Potential Customer,Est. Revenue,Actual Revenue,Status,Actual Close Date
        Refit,Arbor,13000,12000,Won,2025-01-15
        Plan,Birch,45000,,Lost,2025-02-20
        Parts,Birch,3000,3000,Won,2025-03-11""",
        {"Arbor": 12000, "Birch": 3000},
    ),
    "income and expense in two columns": (
        """Дата;Контрагент;Документ;Приход;Расход
        05.01.2025;Иванов;1;1000;
        06.01.2025;Иванов;2;;400
        07.01.2025;Петров;3;700;""",
        {"Иванов": 600, "Петров": 700},
    ),
    "two sides, a balance and payments": (
        """Fecha;Cliente;Documento;Tipo de documento;Cargo;Abono;Saldo
        05/01/2025;A;1;Factura;1000,00;;1000,00
        15/01/2025;A;2;Abono;;400,00;600,00
        05/02/2025;B;3;Factura;700,00;;700,00
        25/02/2025;B;4;Cobro;;700,00;0,00""",
        {"A": 600, "B": 700},
    ),
    "who pays, not where it goes": (
        """Date,Ship To,Bill To,Amount
        2025-01-05,Kiel,Arbor,100
        2025-01-06,Ulm,Arbor,50
        2025-01-07,Bonn,Birch,70""",
        {"Arbor": 150, "Birch": 70},
    ),
    "what was looked at is not sold": (
        """event_time,event_type,product_id,brand,price,user_id,user_session
        2025-01-05 10:00:00,view,P1,x,100,7,s1
        2025-01-05 10:01:00,cart,P1,x,100,7,s1
        2025-01-05 10:02:00,purchase,P1,x,100,7,s1
        2025-01-06 10:02:00,view,P2,x,50,8,s2
        2025-01-07 10:02:00,purchase,P2,x,50,8,s3
        2025-01-07 10:03:00,remove_from_cart,P2,x,50,8,s3""",
        {"7": 100, "8": 50},
    ),
    "names in capitals, with spaces too many": (
        """Client,Order ID,Order Date,Total
        Arbor GmbH,1,2025-01-05,100
        ARBOR GMBH,2,2025-02-05,50
        Birch  SA,3,2025-02-06,80
        Birch SA,4,2025-02-07,80
        Birch\u00a0SA,5,2025-02-07,1""",
        {"Arbor GmbH": 150, "Birch SA": 161},
    ),
    "one word in capitals": (
        "Customer,Order ID,Date,Total\nArbor,1,2025-01-05,1\nARBOR,2,2025-02-05,2\narbor,3,2025-02-06,3\nBirch,4,2025-02-07,8",
        {"Arbor": 6, "Birch": 8},
    ),
    "an accent in two letters, digits in full width": (
        "Customer,Order ID,Date,Total\nM\u00fcller,1,2025-01-05,1\nMu\u0308ller,2,2025-02-05,2\n"
        "A\uff11\uff12,3,2025-02-06,4\nA12,4,2025-02-07,8",
        {"Müller": 3, "A12": 12},
    ),
    "a price of which no column says how many": (
        """order_id,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value,customer_unique_id
        1,1,p1,s1,2018-01-05 10:00:00,50.00,5.00,u1
        1,2,p1,s1,2018-01-05 10:00:00,50.00,5.00,u1
        2,1,p2,s1,2018-02-05 10:00:00,70.00,5.00,u2""",
        {"u1": 100, "u2": 70},
    ),
    "ordered quantities": (
        """SalesOrderID,CustomerID,OrderDate,OrderQty,ProductID,UnitPrice
        1,7,2014-01-05,2,p1,50
        2,7,2014-02-05,1,p1,50
        3,8,2014-02-05,3,p2,10""",
        {"7": 150, "8": 30},
    ),
    "gross merchandise value": (
        "client_ref,ts,gmv\n2,2017-01-01,110\n2,2017-01-05,120\n1,2017-11-19 19:25:00,100\n1,2017-11-19 20:13:00,150",
        {"1": 250, "2": 230},
    ),
    "what was spent in a lifetime": (
        """Member No,First Name,Last Name,Email,Joined,Points,Lifetime Spend,Visits
        1,Ada,Lund,ada@x.org,2023-01-01,240,240.50,3
        2,Bo,Falk,bo@x.org,2024-01-01,19,19.00,1""",
        {"1": 240.5, "2": 19},
    ),
    "the sum of all years beside the years": (
        """Kundennummer;Firma;Kunde seit;Umsatz 2023;Umsatz 2024;Umsatz gesamt
        10001;Arbor;01.01.2020;100,00;200,00;300,00
        10002;Birch;01.02.2021;50,00;0,00;50,00""",
        {"10001": 300, "10002": 50},
    ),
}


@pytest.mark.parametrize("name", SUMS)
def test_a_sibling_gives_the_right_sums_at_once(name):
    text, wanted, *chosen = SUMS[name]
    assert Customers.build(table(text), *chosen).frame["revenue"].round(6).to_dict() == wanted


def test_what_is_taken_off_by_a_flag_is_said_with_its_sum():
    people = Customers.build(table(SUMS["a flag that its row is a return"][0]))
    (said,) = [note for note in people.notes if "By “is_return”" in note]
    assert said == "By “is_return”, 2 of 3 rows are sales, 350; taken off: 1 return (“is_return”, 250)."


def test_rows_in_which_nothing_is_sold_are_said_and_can_be_counted(tmp_path, capsys):
    file = tmp_path / "events.csv"
    file.write_text("\n".join(line.strip() for line in SUMS["what was looked at is not sold"][0].splitlines()))
    assert main(["customers", str(file)]) == 0
    assert "4 rows in which nothing is sold (“view”, “cart”, “remove_from_cart”" in capsys.readouterr().out
    assert main(["customers", str(file), "--counts", "view=sale", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["revenue"] == 300


@pytest.mark.parametrize(
    "text",
    [
        "Date,Account,Num,Name,Amount\n2025-01-05,Sales of Product Income,1,Arbor,100\n2025-02-05,Services Income,2,Birch,50",
        "Дата;Номер;Клиент;Сумма\n05.01.2025;1;Физ. лицо;100\n06.01.2025;2;Юр. лицо;50\n07.01.2025;3;Физ. лицо;70",
        "Deal,Status,Stage,Closed\nA,Won,x,2025-01-05\nB,Lost,y,2025-01-06",
    ],
)
def test_who_bought_is_asked_rather_than_made_up(text):
    with pytest.raises(Problem, match="choose the column"):
        Customers.build(table(text))


@pytest.mark.parametrize(
    "text",
    [
        "customer,date,amount,country\nA,2025-01-05,100,SI\nA,2025-01-06,50,RU\nB,2025-01-07,70,SI",  # Slovenia, Russia
        "customer,date,amount,pays by\nA,2025-01-05,100,Credit\nA,2025-01-06,50,Invoice\nB,2025-01-07,70,Credit",
        "customer,date,amount,sale type\nA,2025-01-05,100,Cash sale\nA,2025-01-06,50,Credit sale\nB,2025-01-07,70,Cash sale",
        "customer,date,amount,order type\nA,2025-01-05,100,Online order\nA,2025-01-06,50,Click & Collect\nB,2025-01-07,70,Online order",
        "customer,date,amount,campaign result\nA,2025-01-05,100,OK\nA,2025-01-06,50,Failed\nB,2025-01-07,70,OK",
    ],
)
def test_words_and_codes_that_mean_something_else_take_nobody_away(text):
    assert Customers.build(table(text)).frame["revenue"].to_dict() == {"A": 150, "B": 70}


def test_an_order_s_total_that_only_may_stand_on_each_line_is_asked_about():
    of = table("Order,Customer,Date,Product,Total\n1,A,2025-01-05,Mug,70\n1,A,2025-01-05,Pot,70\n2,B,2025-01-06,Mug,20")
    (found,) = [one for one in audit(of) if one.name == "order_amounts"]
    assert Customers.build(of, **found.choices[1].settings).total("revenue") == 90


def test_a_balance_a_side_and_an_estimate_are_never_added_up_as_the_revenue():
    of = table(
        "Customer ID,Sales Balance,Sales Target,Estimated Sales,Spend Food,Spend Drink\nA,1,2,3,4,5\nB,5,4,3,2,1"
    )
    assert [one.heading for one in match(of) if one.role == "revenue"] == ["Spend Food+Spend Drink"]


@pytest.mark.parametrize(
    "said", ["new", "Cliente nuevo", "Returning customer", "Tier 2", "Segment A", "Gruppe 3", "Frauen"]
)
def test_a_value_that_says_which_kind_of_customer(said):
    assert is_kind(said)


@pytest.mark.parametrize("said", ["Anna Berg", "Tier One Ltd", "New Balance", "C1", "Golden Gate", "Group Renault"])
def test_a_value_that_says_who(said):
    assert not is_kind(said)


def test_a_customer_is_shown_as_first_written_and_every_other_as_it_stands():
    of = table(
        "Customer,Date,Order,Total\nMcKay & Sons,2025-01-05,1,1\nMCKAY & SONS,2025-01-06,2,2\nde Vries,2025-01-07,3,4"
    )
    assert Customers.build(of).frame["revenue"].to_dict() == {"McKay & Sons": 3, "de Vries": 4}
    assert Customers.build(of, spelling="apart").frame["revenue"].to_dict() == {
        "McKay & Sons": 1,
        "MCKAY & SONS": 2,
        "de Vries": 4,
    }


def test_a_deal_export_is_known_though_its_own_words_stand_behind_a_dash():
    of = table(
        "Deal - ID,Deal - Title,Deal - Organization,Deal - Value,Deal - Status,Deal - Stage,Deal - Won time\n"
        "1,Refit,Arbor,12000,Won,Offer,2025-01-15 10:00:00\n2,Plan,Birch,45000,Lost,Offer,\n"
    )
    assert named_export(of) == "This is a Pipedrive deal export."
    assert roles(of)["customer"] == "Deal - Organization"


NOBODY = {
    "Walk-in": "Date,Bill,Customer,Total\n2025-01-05,1,{0},100\n2025-01-06,2,{0},50\n2025-01-07,3,Ada,70\n2025-01-09,4,Bo,30\n",
    "0": "Date,Bill,Customer ID,Total\n2025-01-05,1,{0},100\n2025-01-06,2,{0},50\n2025-01-07,3,17,70\n2025-01-09,4,18,30\n",
    "Laufkunde": "Datum;Bon;Kunde;Betrag\n05.01.2025;1;{0};100\n06.01.2025;2;{0};50\n07.01.2025;3;Ada;70\n09.01.2025;4;Bo;30\n",
    "散客": "日期,单号,客户,金额\n2025-01-05,1,{0},100\n2025-01-06,2,{0},50\n2025-01-07,3,张三,70\n2025-01-09,4,李四,30\n",
    "-": "Date,Bill,Customer,Total\n2025-01-05,1,{0},100\n2025-01-06,2,{0},50\n2025-01-07,3,Ada,70\n2025-01-09,4,Bo,30\n",
}


@pytest.mark.parametrize("who", NOBODY)
def test_nobody_in_particular_is_asked_about_and_set_aside_by_one_choice(who, tmp_path, capsys):
    file = tmp_path / "sales.csv"
    file.write_text(NOBODY[who].replace("{0}", who))
    (found,) = [one for one in audit(read(file)) if one.name == "nobody_in_particular"]
    assert found.sentence == f"“{who}” is nobody in particular: 2 lines, 150 (60.0% of all)."
    people = Customers.build(read(file), **found.choices[1].settings)
    assert people.total("revenue") == 100 and people.left_out["without_customer"] == 2
    assert main(["customers", str(file)]) == 0
    assert found.sentence in capsys.readouterr().out


@pytest.mark.parametrize("ids", [(0, 1, 2, 2), (1, 2, 3, 3)])
def test_a_customer_numbered_0_like_others_is_one(ids):
    of = table(
        "Customer ID,Date,Order,Total\n" + "\n".join(f"{who},2025-01-0{i + 1},{i},5" for i, who in enumerate(ids))
    )
    assert [one for one in audit(of) if one.name == "nobody_in_particular"] == []


@pytest.mark.parametrize(
    ("heading", "sold", "other"), [("Status", "Betaald", "Geannuleerd"), ("status", "5", "7"), ("Status", "A", "X")]
)
def test_statuses_in_words_nobody_knows_are_asked_about(heading, sold, other):
    of = table(
        f"order,customer,date,total,{heading}\n1,A,2025-01-05,100,{sold}\n2,A,2025-01-06,50,{other}\n3,B,2025-01-07,9,{sold}"
    )
    (found,) = [one for one in audit(of) if one.name == "unknown_statuses"]
    assert f"its words are not known here: “{sold}”, “{other}”" in found.sentence
    if len(found.choices) > 1:
        made = {choice.label: choice.settings for choice in found.choices}[f"“{other}” is no sale: 50 (31.4% of all)"]
        assert Study(**made).customers(of).frame["revenue"].to_dict() == {"A": 100, "B": 9}


def test_a_sign_of_1_and_minus_1_says_which_way_the_money_went():
    for heading in ("Sign", "Vorzeichen", "знак"):
        of = table(
            f"Customer,Date,Invoice,Amount,{heading}\nA,2025-01-05,1,100,1\nA,2025-01-06,2,30,-1\nB,2025-01-07,3,50,1"
        )
        assert Customers.build(of).frame["revenue"].to_dict() == {"A": 70, "B": 50}


def test_purchases_in_money_are_no_number_of_orders():
    of = table("CUST_ID,BALANCE,PURCHASES,TENURE\nC1,40.9,95.4,12\nC2,3202,0,12\nC3,2495,773,12")
    assert "orders" not in roles(of)


def test_of_joined_tables_nobody_is_said_to_have_chosen(tmp_path, capsys):
    (tmp_path / "sales.csv").write_text(
        "order,client,day,amount\n1,7,2025-01-05,10\n2,8,2025-02-05,20\n3,7,2025-03-05,5\n"
    )
    (tmp_path / "people.csv").write_text("client,title\n7,Arbor\n8,Birch\n9,Cedar\n")
    assert main(["customers", str(tmp_path / "sales.csv"), str(tmp_path / "people.csv")]) == 0
    printed = capsys.readouterr().out
    assert "Taken as the joined tables have it" in printed or "Taken by heading and values" in printed
    assert "as you chose" not in printed
