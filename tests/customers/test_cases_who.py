"""Who bought: what shops, tills and books export is credited to the people who paid, or a question is asked first.

The cases of ../shared/data/cases/meaning, and beside each kind invented siblings that stand without that folder.
"""

import json

import pytest

from segmentation import METHODS, Customers, Problem, Study, join, read
from segmentation.__main__ import main
from segmentation.audit import DECIDING, Finding, audit
from segmentation.columns.match import match, roles
from segmentation.customers.shapes import shape
from segmentation.table import Table
from tests.places import SHARED

CASES = SHARED / "cases" / "meaning"
with_cases = pytest.mark.skipif(
    not CASES.is_dir(), reason="the cases are not beside the project (../shared/data/cases)"
)


def table(text: str, **decisions) -> Table:
    """A file as one would type it: a heading and rows, each on a line, without the margin."""
    lines = [line.strip() for line in text.strip().splitlines()]
    return read("\n".join([*lines, ""]).encode(), name="file.csv", **decisions)


def money(of: Table, column: str = "revenue", **settings) -> dict[str, float]:
    """Customer → revenue, as the app would show it at once."""
    return Customers.build(of, **settings).frame[column].to_dict()


def case(folder: str, file: str) -> Table:
    return read(CASES / folder / file)


def expected(folder: str) -> dict:
    return json.loads((CASES / folder / "expected.json").read_text())


def by_name(found: dict[str, float], names: dict[str, float]) -> dict[str, float]:
    """The figures found under the short names that a case uses."""
    return {name: found[next(who for who in found if who.lower().startswith(name.lower()))] for name in names}


# A column is the customer only if its heading and its values say so


@with_cases
@pytest.mark.parametrize(
    ("letter", "file"), [("a", "a_woo_rest.csv"), ("b", "b_zip.csv"), ("d", "d_coupon_country.csv")]
)
def test_the_person_who_comes_back_is_the_customer_not_the_first_column_of_codes(letter, file):
    wanted = expected("21_row_number_as_customer")[letter]
    found = money(case("21_row_number_as_customer", file))
    assert by_name(found, wanted) == wanted and len(found) == len(wanted)


@with_cases
def test_two_hundred_rows_are_forty_people():
    assert len(money(case("21_row_number_as_customer", "g_200_rows.csv"))) == 40


PEOPLE = {"ada@x.org": 150, "bo@x.org": 100}
NUMBERS_OF_SOMETHING_ELSE = [
    *("ID", "Record ID", "Tracking Number", "Terminal ID", "Zip Code", "Coupon Code", "Discount Code"),
    *("Receipt Key", "Till No", "Row No.", "Session ID", "Kassen-Nr.", "Gutscheincode", "Store Code", "Lot No"),
]


@pytest.mark.parametrize("heading", NUMBERS_OF_SOMETHING_ELSE)
@pytest.mark.parametrize("values", [("71", "72", "73", "74"), ("71", "71", "72", "72"), ("A1", "", "", "A2")])
def test_codes_of_something_else_are_never_the_customer(heading, values):
    rows = [("2025-01-05", "ada@x.org", 100), ("2025-02-05", "ada@x.org", 50), ("2025-02-15", "bo@x.org", 70)]
    rows += [("2025-03-05", "bo@x.org", 30)]
    lines = [f"{code},{day},{who},{paid}" for code, (day, who, paid) in zip(values, rows, strict=True)]
    assert money(table("\n".join([f"{heading},Date,Buyer Email,Amount", *lines]))) == PEOPLE


@pytest.mark.parametrize("heading", NUMBERS_OF_SOMETHING_ELSE)
def test_where_nobody_is_named_it_is_asked_who_bought(heading):
    of = table(f"{heading},Date,Amount\n71,2025-01-05,100\n72,2025-02-05,50\n73,2025-02-15,70\n74,2025-03-05,30")
    assert "customer" not in roles(of)
    with pytest.raises(Problem, match="choose the column"):
        Customers.build(of)


@pytest.mark.parametrize(
    ("headings", "customer"),
    [
        ("User Name", "User Name"),
        ("Login", "Login"),
        ("Billing E-mail", "Billing E-mail"),
        ("Buyer Name", "Buyer Name"),
        ("Full Name", "Full Name"),
        ("customer_unique_id", "customer_unique_id"),
        ("Käufername", "Käufername"),
    ],
)
def test_an_e_mail_a_user_name_or_a_name_is_as_good_as_a_number(headings, customer):
    of = table(f"Date,{headings},Amount\n2025-01-05,ada,100\n2025-02-05,ada,50\n2025-02-15,bo,70\n2025-03-05,bo,30")
    if customer == "Käufername":  # no word we know: offered or asked, never another column
        assert roles(of).get("customer") in (None, customer)
        return
    assert roles(of)["customer"] == customer and money(of) == {"ada": 150, "bo": 100}


def test_a_number_made_new_for_each_order_yields_to_the_one_that_stays():
    of = table(
        """order_id,customer_id,customer_unique_id,order_date,total
        1,c1,u1,2025-01-05,100
        2,c2,u1,2025-02-05,50
        3,c3,u2,2025-02-15,70
        4,c4,u2,2025-03-05,30"""
    )
    assert money(of) == {"u1": 150, "u2": 100}


def test_what_numbers_orders_on_all_their_lines_is_no_customer():
    lines = ["#1,77,2025-01-05,ada@x.org,5", "#1,77,2025-01-05,ada@x.org,5", "#2,78,2025-02-05,ada@x.org,7"]
    lines += ["#3,79,2025-03-05,bo@x.org,8", "#3,79,2025-03-05,bo@x.org,9", "#4,80,2025-03-09,bo@x.org,1"]
    for heading in ("Id", "Customer ID"):
        assert money(table("\n".join([f"Order,{heading},Date,Email,Amount", *lines]))) == {
            "ada@x.org": 17,
            "bo@x.org": 18,
        }


def test_a_row_entered_twice_does_not_make_customers_of_row_numbers():
    lines = [f"{5000 + i},2025-01-{1 + i % 28:02},c{i % 20}@x.org,{i}" for i in range(100)]
    of = table("\n".join(["Record,Date,Email,Total", *lines, lines[7]]).replace("Record", "ID", 1))
    assert roles(of)["customer"] == "Email"


def test_guests_without_a_number_are_known_by_their_e_mail_and_our_own_address_is_nobody():
    of = table(
        """Order ID,Customer ID,From Email Address,To Email Address,Date,Amount
        1,,ada@x.org,shop@x.org,2025-01-05,1
        2,C1,bo@x.org,shop@x.org,2025-01-06,2
        3,,ada@x.org,shop@x.org,2025-01-07,3
        4,,bo@x.org,shop@x.org,2025-01-08,4
        5,C2,cy@x.org,shop@x.org,2025-01-08,5"""
    )
    assert money(of) == {"ada@x.org": 4, "bo@x.org": 6, "cy@x.org": 5}


def test_in_a_list_of_customers_their_own_number_stays():
    of = table(
        """ID,Name,Email,Orders,Total Spent
        11,Ada Lund,ada@x.org,3,240.50
        12,Bo Falk,bo@x.org,1,19.00
        13,Cy Roth,cy@x.org,0,0.00"""
    )
    assert roles(of)["customer"] == "ID" and roles(of)["name"] == "Name"


# Words for a kind of customer, accounts of the ledger, our own company


@with_cases
@pytest.mark.parametrize("file", ["orders.csv", "sibling_account_ledger.csv"])
def test_kinds_of_customers_and_ledger_accounts_are_asked_about(file):
    with pytest.raises(Problem, match="choose the column"):
        money(case("02_woo_analytics_customer_new", file))


@with_cases
def test_members_and_our_own_company_yield_to_those_who_bought():
    assert money(case("02_woo_analytics_customer_new", "sibling_member_yes_no.csv"))["ada@example.org"] == 150
    assert money(case("02_woo_analytics_customer_new", "sibling_own_company.csv")) == {"Ada Lund": 170, "Bo Falk": 50}


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("Customer", ("new", "returning", "new", "returning")),
        ("Kunde", ("Neukunde", "Bestandskunde", "Neukunde", "Neukunde")),
        ("Cliente", ("nuevo", "recurrente", "nuevo", "recurrente")),
        ("Клиент", ("новый", "постоянный", "новый", "новый")),
        ("Client", ("guest", "registered", "guest", "guest")),
        ("Member", ("Y", "N", "Y", "Y")),
        ("Customer", ("Walk-in customer", "Online", "Walk-in customer", "Online")),
        ("Client", ("SMB", "Enterprise", "Mid-Market", "SMB")),
        ("Account", ("4000 Sales", "4100 Service", "4000 Sales", "4000 Sales")),
        ("Konto", ("8400 Erlöse 19 %", "8300 Erlöse 7 %", "8400 Erlöse 19 %", "8400 Erlöse 19 %")),
    ],
)
def test_a_word_that_says_customer_over_other_values_is_not_taken(heading, values):
    days = ("2025-01-05", "2025-02-05", "2025-02-15", "2025-03-05")
    lines = [f"{day},{i},{value},10" for i, (day, value) in enumerate(zip(days, values, strict=True))]
    alone = table("\n".join([f"Date,Order No,{heading},Amount", *lines]))
    assert "customer" not in roles(alone)
    lines = [f"{line},{mail}" for line, mail in zip(lines, ("a@x.org", "a@x.org", "b@x.org", "c@x.org"), strict=True)]
    beside = table("\n".join([f"Date,Order No,{heading},Amount,Email", *lines]))
    assert roles(beside)["customer"] == "Email" and "name" not in roles(beside)


def test_why_a_column_is_not_taken_is_said():
    of = table("Date,Order No,Customer,Amount\n2025-01-05,1,new,5\n2025-01-06,2,returning,6\n2025-01-07,3,new,7")
    customer = next(one for one in match(of) if one.role == "customer")
    assert not customer.sure and customer.denied and "words for a kind of customer (“new”, “returning”)" in customer.why


@pytest.mark.parametrize("name", ["NA", "None"])
def test_one_who_is_called_as_nothing_is_often_written_is_a_customer(name):
    assert money(table(f"customer_id,date,revenue\n{name},2025-01-05,5\n{name},2025-01-06,6")) == {name: 11}


# One row, one what?


@pytest.mark.parametrize("heading", ["Dt_Customer", "Enrolled", "Date of enrolment", "Start", "Onboarding day"])
def test_a_list_of_customers_with_the_day_they_came_is_no_list_of_sales(heading):
    of = table(
        f"""ID,{heading},Income,Sum
        5524,2012-09-04,58138,635
        2174,2014-03-08,46344,11
        4141,2013-08-21,71613,426
        6182,2014-02-10,26646,11"""
    )
    assert roles(of)["customer"] == "ID" and "date" not in roles(of)
    assert shape(roles(of), of) == "customers"


@with_cases
def test_customers_exported_with_their_totals_are_customers():
    of = case("20_shopify_customers", "customers_export.csv")
    assert sum(money(of).values()) == expected("20_shopify_customers")["total"]
    of = case("20_shopify_customers", "edd_customers.csv")
    found = Customers.build(of, {"revenue": "Customer Value"}).frame["revenue"]
    assert found.sum() == expected("20_shopify_customers")["total"]
    assert any(one.role == "revenue" and one.heading == "Customer Value" for one in match(of))


@pytest.mark.parametrize(
    ("heading", "role", "values"),
    [
        ("Income", "revenue", ("58138", "46344", "71613", "26646")),
        ("household income", "revenue", ("58138", "46344", "71613", "26646")),
        ("Gehalt", "revenue", ("58138", "46344", "71613", "26646")),
        ("close_value", "cost", ("1054", "4514", "50", "588")),
        ("churn_flag", "cost", ("0", "1", "0", "0")),
        ("Churn Value", "cost", ("0", "1", "0", "0")),
        ("price_change", "price", ("0.5", "1.5", "0.25", "0")),
        ("Price sensitivity", "price", ("5", "1", "2", "0")),
        ("Marital_Status", "status", ("Single", "Together", "Married", "Divorced")),
        ("Employment Status", "status", ("employed", "retired", "employed", "student")),
        ("Familienstand Status", "status", ("ledig", "verheiratet", "ledig", "ledig")),
        ("Last Name", "product", ("Lund", "Falk", "Roth", "Sand")),
    ],
)
def test_an_offer_that_a_marketer_would_shake_the_head_at_is_not_made(heading, role, values):
    lines = [f"{i},{value}" for i, value in zip(("C1", "C2", "C3", "C4"), values, strict=True)]
    of = table("\n".join([f"Customer ID,{heading}", *lines]))
    assert [one for one in match(of) if one.role == role] == []


# What stands once above the lines it belongs to


def finding(of: Table, name: str) -> Finding:
    return next(one for one in audit(of) if one.name == name)


@with_cases
def test_the_lines_of_an_order_whose_parent_cells_are_blank_are_the_customers():
    wanted = expected("07_odoo_blank_parent")
    total = wanted.pop("total")
    of = case("07_odoo_blank_parent", "sale_order.csv")
    for columns in ({}, {"revenue": "Order Lines/Subtotal"}):  # as it is understood, and by the column of amounts
        found = Customers.build(of, columns).frame["revenue"].to_dict()
        assert found == wanted and sum(found.values()) == total
    assert finding(of, "blank_parents").choices[1].settings == {"parents": "keep"}
    assert sum(money(of, parents="keep").values()) == 500


@with_cases
def test_a_shops_export_of_several_rows_an_order_counts_each_order_once_for_its_e_mail():
    wanted = expected("01_shopify_multiline")["customers"]
    found = Customers.build(case("01_shopify_multiline", "shopify_orders.csv")).frame
    for who, figures in wanted.items():
        assert found.loc[who, ["revenue", "orders"]].to_dict() == figures


BLANK_BELOW = [
    """Order No,Order Date,Customer,Product,Qty,Price
    5001,2025-01-05,Arbor,Chair,2,50
    ,,,Table,1,300
    5002,2025-01-09,Birch,Lamp,1,40
    5003,2025-02-11,Arbor,Lamp,5,40
    """,
    """Order No,Order Date,Customer,Product,Amount
    5001,2025-01-05,Arbor,Chair,100
    5001,,,Table,300
    5002,2025-01-09,Birch,Lamp,40
    5003,2025-02-11,Arbor,Lamp,200
    """,
    """Auftrag;Bestelldatum;Kunde;Artikel;Betrag
    5001;05.01.2025;Arbor;;
    ;;;Stuhl;100,00
    ;;;Tisch;300,00
    5002;09.01.2025;Birch;;
    ;;;Lampe;40,00
    5003;11.02.2025;Arbor;;
    ;;;Lampe;200,00
    """,
    """Customer,Date,Amount
    Arbor,2025-01-05,100
    ,,300
    Birch,2025-01-09,40
    Arbor,2025-02-11,200
    """,
]


@pytest.mark.parametrize("text", BLANK_BELOW)
def test_what_is_written_on_the_first_line_of_an_order_holds_for_its_further_lines(text):
    of = table(text)
    assert money(of) == {"Arbor": 600, "Birch": 40}
    assert Customers.build(of).frame["orders"].to_dict() == {"Arbor": 2, "Birch": 1} or "order" not in roles(of)
    assert "filled in from the first line" in finding(of, "blank_parents").sentence


def test_a_guest_sale_with_a_day_or_an_order_of_its_own_is_nobodys():
    of = table("Customer,Date,Order,Amount\nA,2025-01-05,1,10\n,2025-01-06,2,20\nB,2025-01-07,3,30\nA,2025-01-08,4,5")
    assert money(of) == {"A": 15, "B": 30}


def test_an_order_of_two_customers_leaves_its_blank_lines_alone():
    of = table(
        "Customer ID,Date,Order,Amount\nA,2025-01-05,1,10\nB,2025-01-05,1,20\n,2025-01-05,1,30\nC,2025-01-05,2,1"
    )
    assert money(of) == {"A": 10, "B": 20, "C": 1}


IN_GROUPS = [
    """Customer,Date,Invoice,Amount
    Arbor,,,
    ,2025-01-05,1001,100.00
    ,2025-02-05,1002,50.00
    Total Arbor,,,150.00
    Birch,,,
    ,2025-01-09,1003,70.00
    ,2025-03-09,1004,30.00
    Total Birch,,,100.00
    Total,,,250.00
    """,
    """Kunde;Datum;Beleg;Betrag
    Arbor;;;
    ;05.01.2025;1001;100,00
    ;05.02.2025;1002;50,00
    Summe;;;150,00
    Birch;;;
    ;09.01.2025;1003;70,00
    ;09.03.2025;1004;30,00
    Summe;;;100,00
    """,
    """,Type,Date,Num,Amount,Balance
    Arbor,,,,,
    ,Invoice,01/15/2025,1001,100.00,100.00
    ,Invoice,02/25/2025,1002,50.00,150.00
    Total Arbor,,,,150.00,150.00
    Birch,,,,,
    ,Invoice,01/19/2025,1003,70.00,70.00
    ,Invoice,03/29/2025,1004,30.00,100.00
    Total Birch,,,,100.00,100.00
    TOTAL,,,,250.00,250.00
    """,
]


@pytest.mark.parametrize("text", IN_GROUPS)
def test_a_report_in_groups_is_flattened_and_it_is_said(text):
    of = table(text)
    assert money(of) == {"Arbor": 150, "Birch": 100}
    assert Customers.build(of).left_out["group_heading"] == 2
    assert finding(of, "blank_parents").sentence.startswith("2 lines name the customer of the lines below: 4 lines")
    with pytest.raises(Problem):
        money(of, parents="keep")


def test_where_each_customer_is_named_in_one_block_the_lines_without_one_can_be_theirs():
    of = table("Customer,Date,Amount\nArbor,2025-01-05,100\n,2025-02-05,50\nBirch,2025-01-09,70\n,2025-03-09,30")
    asked = finding(of, "missing_customer")
    assert asked.choices[0].label == "They belong to the customer named above"
    assert money(of, **asked.choices[0].settings) == {"Arbor": 150, "Birch": 100}
    assert money(of) == {"Arbor": 100, "Birch": 70}


# One customer under several spellings


@with_cases
@pytest.mark.parametrize(("name", "file"), [("email", "email.csv"), ("zeros", "zeros.csv")])
def test_spellings_of_one_customer_are_counted_as_one(name, file):
    wanted = expected("10_email_case")[name]
    of = case("10_email_case", file)
    found = money(of)
    assert by_name(found, wanted) == wanted and len(found) == len(wanted)
    assert len(money(of, **finding(of, "customers_spelt").choices[1].settings)) == of.data.num_rows


SPELT = [
    (("Ann@Shop.com", "ann@shop.com", " ann@shop.com", "bo@shop.com"), "ann@shop.com"),
    (("007", "7", "7.0", "8"), "7"),
    (("'0123", "0123", "123", "0124"), "123"),
    (('"=""00042"""', "42", "00042", "00043"), "42"),
    (("\tK-9", "K-9", "K-9 ", "K-10"), "K-9"),
    (("'6100000000001", "6100000000001", "6100000000001.0", "'6100000000002"), "6100000000001"),
]


@pytest.mark.parametrize(("spelt", "one"), SPELT)
def test_a_customer_written_in_several_ways_is_one_unless_undone(spelt, one):
    lines = [f"{who},2025-0{i + 1}-05,{i + 1},10" for i, who in enumerate(spelt)]
    of = read("\n".join(["Customer,Order Date,Order ID,Total", *lines, ""]).encode(), name="file.csv", text="Customer")
    found = money(of)
    assert found[one] == 30 and len(found) == 2
    undone = money(of, spelling="apart")
    assert len(undone) > 2 and sum(undone.values()) == 40


@pytest.mark.parametrize(
    "spelt", [("'71", "'72", "'71"), ("0071", "0072", "0071"), ("K1", "k1", "K1"), ("1-0", "10", "1-0")]
)
def test_where_no_two_spellings_meet_customers_stay_as_they_stand(spelt):
    lines = [f"{who},2025-0{i + 1}-05,{i + 1},10" for i, who in enumerate(spelt)]
    of = table("\n".join(["Customer ID,Order Date,Order ID,Total", *lines]))
    assert set(money(of)) == set(spelt) and not [one for one in audit(of) if one.name == "customers_spelt"]


def test_numbers_that_a_spreadsheet_cut_short_are_said_loudly():
    of = table(
        """Customer ID,Order Date,Order ID,Total
        8.80105E+12,2025-01-05,1,10
        8.80105E+12,2025-02-05,2,20
        8.80106E+12,2025-03-05,3,30"""
    )
    said = finding(of, "rounded_numbers")
    assert audit(of)[0].name == "rounded_numbers"
    assert said.sentence == "2 customer numbers lost digits in a spreadsheet (8.80105E+12), on 3 lines."
    assert "cannot be mended here" in said.effect


# What was taken as what is said, and what stops a column is shown


@with_cases
def test_the_cell_that_stops_a_column_is_quoted_with_its_line():
    of = case("11_guarded_negatives", "wcpay_transactions.csv")
    if roles(of, {"revenue": "Net"}) and of.data["Net"].type == "double":
        return  # read as numbers by now
    with pytest.raises(Problem, match=r"“'-70” in line 4|“'-3.2” in line 2"):
        Customers.build(of, {"revenue": "Net"})


@pytest.mark.parametrize(
    ("column", "cells", "quoted"),
    [
        ("revenue", ("12.50", "13.10", "call Ann", "11"), "“call Ann” in line 4"),
        ("revenue", ("1", "2", "3", "n. v."), "“n. v.” in line 5"),
        ("date", ("2025-01-05", "soon", "2025-02-05", "2025-02-06"), "“soon” in line 3"),
    ],
)
def test_of_a_column_that_is_no_number_or_day_the_bad_cell_is_shown_not_a_good_one(column, cells, quoted):
    of = read("\n".join(["Customer,Cell", *(f"A,{cell}" for cell in cells), ""]).encode(), name="file.csv", text="Cell")
    with pytest.raises(Problem, match=quoted):
        Customers.build(of, {column: "Cell"}, shape="customers")


def test_the_question_who_bought_shows_what_each_answer_makes():
    of = table(
        """Date,Account,Document No,Name,Amount
        2025-01-05,4000 Sales,1,Arbor,100
        2025-02-05,4000 Sales,2,Birch,50
        2025-02-15,4100 Service,3,Arbor,70"""
    )
    with pytest.raises(Problem, match=r"“Name” \(2 customers, the largest with 170\)") as raised:
        Customers.build(of)
    assert "=" not in str(raised.value), "what is typed is no word of a page"
    assert raised.value.typed == ("--columns customer=Name",)
    assert Customers.build(of, {"customer": "Name"}).total("revenue") == 220
    assert finding(of, "no_customer").choices[0].label == "Count by “Name” (2 customers, the largest with 170)"


def test_the_party_of_a_day_book_is_offered_with_what_it_makes():
    with pytest.raises(Problem, match=r"“Particulars” \(2 customers, the largest with 250,000\)"):
        Customers.build(read(SHARED / "cases" / "meaning" / "12_debit_credit_signs" / "b_tally_dr_cr.csv"))


SALES = """Order ID,Order Date,Email,Shop,Net,Status note
1,2025-01-05,ada@x.org,S1,10,
2,2025-02-05,ada@x.org,S1,20,late
3,2025-03-05,BO@x.org,S1,30,
4,2025-03-06,bo@x.org,S1,40,
5;3
"""


@pytest.mark.parametrize("verb", ["read", "customers", "segment", "potential", "run"])
def test_every_verb_says_what_was_taken_how_sure_and_why(verb, tmp_path, capsys):
    file, study = tmp_path / "sales.csv", tmp_path / "study.json"
    file.write_text(SALES)
    study.write_text(Study(method="abc_classes", columns={"revenue": "Net"}).to_json())
    more = {
        "segment": ["--study", study],
        "potential": ["--model", "trend", "--study", study],
        "customers": ["--columns", "revenue=Net"],
        "read": ["--columns", "revenue=Net"],
        "run": ["--out", tmp_path / "out", "--as", "json"],
    }[verb]
    words = [verb, *([study] if verb == "run" else []), file, *more]
    assert main([str(word) for word in words]) == 0
    printed = capsys.readouterr().out
    assert "Taken as customer (sure): “Email”. The heading" in printed and "“Net”" in printed
    assert "set aside" in printed
    assert main([str(word) for word in [*words, "--json"]]) == 0
    said = json.loads(capsys.readouterr().out)
    by = {one["role"]: (one["heading"], one["how"]) for one in said["taken"]}
    assert by["customer"] == ("Email", "sure") and by["revenue"] == ("Net", "chosen")
    assert all(one["why"] for one in said["taken"] + said["offered"])
    assert said["rows_set_aside"] == 1
    if verb != "read":
        assert any("written in several ways" in note for note in said.get("notes", ["written in several ways"]))


# What is odd about who bought is found, with a button


def found(of: Table, **columns) -> dict[str, Finding]:
    return {one.name: one for one in audit(of, columns)}


def test_our_own_company_as_the_only_customer_is_found_with_those_who_bought_to_choose():
    of = table(
        """Customer ID,Order Number,Order Date,Buyer Name,Order Total
        ACME,1,2025-01-05,Ada Lund,100
        ACME,2,2025-02-05,Bo Falk,50
        ACME,3,2025-02-15,Ada Lund,70
        ACME,4,2025-02-16,Cy Roth,70"""
    )
    asked = found(of, customer="Customer ID")["few_customers"]
    assert asked.sentence == "There is only one customer in 4 lines (“Customer ID”)."
    assert asked.choices[0].label == "Count by “Buyer Name” (3 customers)"
    assert Study(**asked.choices[0].settings).customers(of).frame["revenue"].to_dict()["Ada Lund"] == 170


def test_two_customers_in_the_whole_file_are_found():
    of = table("Client,Date,Amount\nA,2025-01-05,1\nB,2025-01-06,2\nA,2025-01-07,3\nB,2025-01-08,4")
    assert found(of)["few_customers"].sentence == "There are only two customers in 4 lines (“Client”)."


@pytest.mark.parametrize("lines", [4, 4000])
def test_two_customers_written_in_several_ways_are_two(lines):
    names = ["Ada Lund", "ADA LUND", "Bo Roth", "bo roth"]
    rows = [f"{names[at % 4]},2025-01-{at % 28 + 1:02},{at + 1}" for at in range(lines)]
    said = found(table("\n".join(["Client,Date,Amount", *rows])))["few_customers"].sentence
    assert said.startswith("There are only two customers in ")


def test_where_many_bought_again_their_spelling_is_not_looked_into(monkeypatch):
    rows = [f"c{at // 2},2025-01-{at % 28 + 1:02},o{at},{at + 1}" for at in range(60)]
    of = table("\n".join(["Client,Date,Order,Amount", *rows]))
    monkeypatch.setattr("segmentation.audit.facts.in_one_spelling", lambda *_: pytest.fail("looked into"))
    assert not {"few_customers", "customers_once"} & {one.name for one in audit(of, checks=DECIDING)}


def test_customers_who_all_bought_once_are_found_while_another_column_comes_back():
    of = table(
        """Customer No,Date,Client Name,Amount
        1,2025-01-05,Ada,1
        2,2025-01-06,Bo,2
        3,2025-01-07,Ada,3
        4,2025-01-08,Bo,4"""
    )
    asked = found(of, customer="Customer No")["customers_once"]
    assert asked.sentence == (
        "Each of the 4 customers in “Customer No” stands on one line alone; another column comes back."
    )
    by = [choice.settings for choice in asked.choices]
    assert by == [{"columns": {"customer": "Client Name"}}, {"shape": "customers"}]
    assert "recency_days" not in Study(columns={"customer": "Customer No"}, **by[1]).customers(of).frame


def test_a_number_with_two_names_is_found_and_counted_by_name_when_asked():
    of = table(
        """Customer ID,Date,Order,Customer Name,Amount
        17,2025-01-05,1,Arbor GmbH,10
        17,2025-01-06,2,arbor gmbh,20
        17,2025-01-07,3,Birch SA,30
        18,2025-01-08,4,Cedar,40"""
    )
    asked = found(of)["names_differ"]
    assert asked.sentence == "1 customer stands under several names (17: Arbor GmbH, Birch SA)."
    assert "60 (60.0% of all)" in asked.effect
    assert Study(**asked.choices[0].settings).customers(of).frame["revenue"]["Birch SA"] == 30


def test_rows_that_stand_for_customers_without_a_number_are_said():
    of = table("region,milk,bread\nnorth,1.5,7\nsouth,2.5,8\nnorth,3.5,9")
    assert any("each row counts as one, numbered 1 to 3" in note for note in Customers.build(of).notes)


CAMPAIGN = """ID,Year_Birth,Marital_Status,Income,Dt_Customer,MntWines,MntFruits,Z_Revenue,Response
5524,1957,Single,58138,04-09-2012,635,88,11,1
2174,1954,Single,46344,08-03-2014,11,1,11,0
4141,1965,Together,71613,21-08-2013,426,49,11,0
6182,1984,Together,26646,13-02-2014,11,4,11,0
"""


def test_who_reacted_is_known_to_the_segments_page_as_to_the_data_page():
    people = Customers.build(table(CAMPAIGN))
    made = METHODS["response"](people)
    assert dict(zip(made.names, made.counts, strict=False))["Bought"] == 1


def test_an_amount_that_is_the_same_for_everybody_is_not_offered():
    offered = [one.heading for one in match(table(CAMPAIGN)) if one.role in ("revenue", "status", "cost")]
    assert offered == ["MntWines+MntFruits"]


def test_a_bare_name_that_is_the_same_on_all_lines_of_an_order_is_the_customers():
    lines = ["1,2025-01-05,Ada Lund,Mug,100", "1,2025-01-05,Ada Lund,Pot,50", "2,2025-02-15,Bo Falk,Mug,70"]
    of = table("\n".join(["Order ID,Date,Name,Product,Amount", *lines]))
    assert money(of) == {"Ada Lund": 150, "Bo Falk": 70}
    goods = ["1,2025-01-05,Mug,100", "1,2025-01-05,Pot,50", "2,2025-02-15,Mug,70"]
    assert "customer" not in roles(table("\n".join(["Order ID,Date,Name,Amount", *goods])))


@pytest.mark.parametrize("heading", ["Patron", "Guest", "Donor", "Shopper"])
def test_one_word_for_who_buys_is_enough(heading):
    of = table(f"Ticket No,Date,{heading},Amount\n1,2025-01-05,Ada,100\n2,2025-02-05,Ada,50\n3,2025-02-15,Bo,70")
    assert money(of) == {"Ada": 150, "Bo": 70}


def test_of_very_many_names_each_customer_has_the_latest_known_and_those_who_never_bought_have_theirs():
    lines = ["Customer ID,Customer Name,Date,Amount", *(f"K{i},Firm {i},2025-01-0{1 + i % 9},5" for i in range(1500))]
    lines += ["K7,Firm 7 renamed,2025-02-01,5", "K8,,2025-02-01,5"]
    frame = Customers.build(read("\n".join([*lines, ""]).encode(), name="sales.csv")).frame
    assert frame.loc[["K7", "K8"], "Customer Name"].tolist() == ["Firm 7 renamed", "Firm 8"]
    people = read("\n".join(["client,name", *(f"K{i},Firm {i}" for i in range(1501)), ""]).encode(), name="people.csv")
    sales = read(
        "\n".join(["client,day,amount", *(f"K{i},2025-01-05,5" for i in range(1500)), ""]).encode(), name="sales.csv"
    )
    both = Customers.build(join([people, sales]))
    assert len(both) == 1501 and "Firm 1500" in both.titles().tolist()


IN_THE_DAYS = [
    """Date,Invoice,Amount
    Arbor GmbH,,
    2025-01-05,1001,100.00
    2025-02-05,1002,50.00
    Total Arbor GmbH,,150.00
    Birch SA,,
    2025-01-09,1003,70.00
    2025-03-09,1004,30.00
    Total Birch SA,,100.00
    """,
    """Date,Invoice,Amount
    Customer: Arbor GmbH,,
    05/01/2025,1001,100.00
    25/02/2025,1002,50.00
    Customer: Birch SA,,
    09/01/2025,1003,70.00
    19/03/2025,1004,30.00
    """,
    """Invoice;Datum;Betrag
    Arbor GmbH;;
    1001;05.01.2025;100,00
    1002;05.02.2025;50,00
    Birch SA;;
    1003;09.01.2025;70,00
    1004;09.03.2025;30,00
    """,
]


@pytest.mark.parametrize("text", IN_THE_DAYS)
def test_names_that_stand_between_the_days_head_the_sales_below_them(text):
    of = table(text, header="1")
    assert money(of) == {"Arbor GmbH": 150, "Birch SA": 100}
    assert any("2 lines name a group in" in sentence for sentence in of.report.sentences)
    assert of.report.rows_in == of.data.num_rows + len(of.set_aside)


@pytest.mark.parametrize(
    "text",
    [
        "Note,Day,Amount\nfirst,,\nsecond,,\nthird,2025-01-01,5\nfourth,2025-01-02,6",
        "Date,Invoice,Amount\n2025-01-05,1,5\nArbor,,\n2025-01-06,2,6\nBirch,,\n2025-01-07,3,7",
        "Customer,Date,Amount\nA1,,\nB2,,\nC3,2025-01-01,5\nD4,2025-01-02,6",
    ],
)
def test_what_only_looks_like_a_heading_of_a_group_stays_where_it_is(text):
    assert "group" not in table(text).data.column_names
