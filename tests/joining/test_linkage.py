"""The same customer under two numbers is found by names and addresses, and two customers stay two."""

import pandas as pd
import pytest

from segmentation import Customers, Problem, join, read
from segmentation.joining.linkage import company, duplicates, groups, match, plain, recognise, sentence, translation

FIRMS = (
    ("Ромашка", "Romashka"), ("Северный ветер", "Severnyy Veter"), ("Новая Волна", "Novaya Volna"),
    ("Birchwell Shoes", "Birchwel Shoes"), ("Alpha Logistik", "Alpha Logisitk"), ("Müller & Söhne", "Muller Sohne"),
    ("Kopi Nusantara", "Nusantara Kopi"), ("Banesa Jonë", "Banesa Jone"), ("Sunrise Trading", "Sunrise Tradng"),
    ("Delta Foods", "Delta Fods"), ("Acme Tools", "ACME  TOOLS"), ("Karya Abadi", "Karya Abbadi"),
    ("Tirana Textile", "Tirana Textle"), ("Globex", "Globex"), ("Nordlicht Energie", "Nordlciht Energie"),
    ("Bergmann Optik", "Bergman Optik"), ("Casa Bonita", "Casa Bonitta"), ("La Tienda Azul", "La Tienda Asul"),
    ("Pão Quente", "Pao Quente"), ("Green Valley Farms", "Green Vallye Farms"),
)  # fmt: skip
FORMS = ("Ltd", "GmbH", "ООО", "PT", "Sh.p.k.", "S.A.", "d.o.o.", "Inc.")
CITIES = ("Leeds", "Berlin", "Tirana", "Jakarta", "Москва")


def firms():
    """The same firms as two systems write them: other legal forms before or behind, typos, another alphabet."""
    left = [(f"{name} {FORMS[i % 8]}", CITIES[i % 5]) for i, (name, _) in enumerate(FIRMS)]
    right = [(f"{FORMS[(i + 3) % 8]} {name}", plain(CITIES[i % 5]).title()) for i, (_, name) in enumerate(FIRMS)]
    return pd.DataFrame(left, columns=["Company", "City"]), pd.DataFrame(right, columns=["Customer name", "Town"])


@pytest.fixture(scope="module")
def people(shared):
    """1,000 records of 500 people; the pairs that are one person, told by a column the matching does not see."""
    frame = read(shared / "febrl" / "dataset1.csv").frame()
    person = frame.pop("rec_id").str.extract(r"rec-(\d+)-")[0]
    pairs = {tuple(rows) for rows in person.groupby(person).groups.values() if len(rows) == 2}
    return frame, pairs


def found(pairs):
    return {tuple(sorted(pair)) for pair in zip(pairs["left"], pairs["right"], strict=True)}


def test_people_entered_twice_are_found_and_nobody_else(people):
    frame, truth = people
    pairs = found(duplicates(frame))
    right = len(pairs & truth)
    assert len(truth) == 500
    assert right / len(pairs) >= 0.98
    assert right / len(truth) >= 0.95


def test_the_order_of_rows_changes_no_pair_and_no_score(people):
    frame = people[0].iloc[:300]
    pd.testing.assert_frame_equal(duplicates(frame), duplicates(frame.sample(frac=1, random_state=5)))


def test_a_higher_threshold_keeps_a_part_of_the_pairs(people):
    frame = people[0].iloc[:300]
    many, few = duplicates(frame, threshold=0.2), duplicates(frame, threshold=0.99)
    assert found(few) < found(many)
    assert few["score"].between(0.99, 1).all() and many["score"].is_monotonic_decreasing


@pytest.mark.parametrize("columns", [("Company", "City"), ("Company",)], ids=["name and city", "name alone"])
def test_firms_of_two_systems_match_across_legal_forms_typos_and_alphabets(columns):
    left, right = firms()
    right = right.sample(frac=1, random_state=2)
    pairs = match(left[list(columns)], right if len(columns) == 2 else right[["Customer name"]])
    assert (pairs["left"] == pairs["right"]).all()
    assert len(pairs) >= 19


def test_a_family_at_one_address_stays_several_people(people):
    others = people[0].rename(columns={"address_1": "street"})[
        ["given_name", "surname", "date_of_birth", "street", "suburb"]
    ]
    family = pd.DataFrame(
        {"given_name": ["Anna", "Peter", "Ana"], "surname": "Smith", "street": "Main street 5", "suburb": "Leeds",
         "date_of_birth": pd.to_datetime(["1980-01-02", "1978-05-06", "1980-01-02"])}, index=["anna", "peter", "ana"],
    )  # fmt: skip
    pairs = duplicates(pd.concat([family, others.iloc[:300]]))
    pairs = pairs[pairs["left"].isin(family.index) | pairs["right"].isin(family.index)]
    assert pairs[["left", "right"]].values.tolist() == [["ana", "anna"]]
    assert pairs["why"].tolist() == ["similar: given name; same: surname, birthday, address"]


def test_names_are_brought_to_one_form():
    assert company("ООО «Ромашка»") == company("Romashka, Ltd.") == "romashka"
    assert company("Müller & Söhne GmbH & Co. KG") == company("MULLER SÖHNE") == "muller sohne"
    assert company("Banesa Jonë Sh.p.k.") == "banesa jone"
    assert company("PT Kopi Nusantara Tbk") == "kopi nusantara"
    assert company("Co") == "co"  # a firm that is nothing but a legal form keeps it
    assert plain("Щука, Ёж") == "schuka ezh"


def test_columns_are_recognised_in_several_languages():
    assert recognise([" given_name", "surname", "date_of_birth", "postcode", "rec_id"]) == {
        "given": " given_name", "surname": "surname", "birth": "date_of_birth", "postcode": "postcode",
    }  # fmt: skip
    assert recognise(["Firma", "PLZ", "Ort", "Straße"]) == {
        "name": "Firma", "street": "Straße", "place": "Ort", "postcode": "PLZ",
    }  # fmt: skip
    assert recognise(["Наименование", "Город", "Телефон"]) == {
        "name": "Наименование",
        "place": "Город",
        "phone": "Телефон",
    }


def test_rows_that_hang_together_are_one_customer_named_by_the_first():
    pairs = pd.DataFrame({"left": ["b", "c", "x"], "right": ["c", "d", "y"], "score": 1.0, "why": ""})
    assert groups(pairs) == {"b": "b", "c": "b", "d": "b", "x": "x", "y": "x"}
    assert sentence(pairs, 10) == "3 pairs of rows look like one customer: 7 customers instead of 10."
    assert groups(pairs.iloc[:0]) == {}


def test_confirmed_pairs_join_two_systems_that_share_no_number():
    left, right = firms()
    left, right = (
        left.assign(shop_id=[f"W{i}" for i in left.index]),
        right.assign(customer_id=[f"K{i:02}" for i in right.index]),
    )
    shop, erp = (
        read(one.to_csv(index=False).encode(), name=name) for one, name in ((left, "shop.csv"), (right, "erp.csv"))
    )
    people = shop.frame().set_index("shop_id"), erp.frame().set_index("customer_id")
    mapping = translation(match(*people), ("shop.csv", "shop_id"), ("erp.csv", "customer_id"))
    numbers = read(mapping.to_csv(index=False).encode(), name="shop = erp.csv")
    sales = read(
        b"shop_id,date,amount\nW3,2025-01-05,3\nW4,2025-02-01,4\nW3,2025-03-01,5\nW99,2025-03-02,1\n", name="sales.csv"
    )
    joins = [
        {"table": "sales.csv", "column": "shop_id", "to": numbers.name, "key": "shop_id"},
        {"table": numbers.name, "column": "customer_id", "to": "erp.csv", "key": "customer_id"},
    ]
    revenue = Customers.build(join([sales, numbers, erp], joins)).frame["revenue"]
    assert revenue[revenue > 0].to_dict() == {"K03": 8.0, "K04": 4.0, "shop_id W99": 1.0}
    assert len(revenue) == 21


def test_what_cannot_be_compared_is_said():
    frame = pd.DataFrame({"colour": ["red", "blue"]})
    with pytest.raises(Problem, match="no column of names, e-mails or phones"):
        duplicates(frame)
    with pytest.raises(Problem, match="“nobody” cannot be compared as name"):
        duplicates(frame, {"name": "nobody"})
    with pytest.raises(Problem, match="The threshold is 2"):
        duplicates(frame, {"name": "colour"}, threshold=2)
    with pytest.raises(Problem, match="in common"):
        match(pd.DataFrame({"name": ["a"]}), pd.DataFrame({"email": ["a@b.c"]}))


@pytest.mark.parametrize(
    "names", [[], ["Ann"], [None, None], ["'; DROP TABLE x; --", '"quoted"', "a\0b", "'; DROP TABLE x; --"]]
)
def test_few_missing_or_hostile_names_are_no_trouble(names):
    pairs = duplicates(pd.DataFrame({"name": pd.array(names, dtype="str"), "city": "Rome"}))
    assert found(pairs) <= {(0, 3)}
    assert list(pairs) == ["left", "right", "score", "why"]


def test_looking_for_the_same_customer_says_nothing_of_its_own_on_the_terminal(caplog):
    caplog.set_level("DEBUG", "splink")
    firms = {"Company": ["Acme Tools Ltd", "ACME TOOLS GmbH", "Delta"], "City": ["Rome", "Rome", "Oslo"]}
    assert len(duplicates(pd.DataFrame(firms))) == 1
    assert not caplog.messages


@pytest.mark.parametrize("heading", ["Product name", "Item Name", "product_name", "Supplier name", "Store address"])
def test_the_name_of_a_product_or_shop_is_no_name_of_a_customer(heading):
    assert recognise([heading]) == {}
    assert recognise([heading, "Customer name"]) == {"name": "Customer name"}
