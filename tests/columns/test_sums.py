"""Several columns of amounts added up as one revenue: chosen, offered, and kept in a study."""

import pytest

from segmentation import Customers, Problem, Study, read
from segmentation.__main__ import main
from segmentation.columns.match import match, roles
from segmentation.columns.sums import parts
from tests.places import SHARED, with_shared

CAMPAIGN = (
    "ID,Year_Birth,Income,Kidhome,Recency,MntWines,MntFruits,MntMeatProducts,NumWebPurchases,Response\n"
    + "".join(
        f"{i},19{60 + i},{20_000 + 900 * i},{i % 3},{i},{100 + 7 * i},{30 + i},{i * 11},{i % 9},{i % 2}\n"
        for i in range(1, 40)
    )
)


def table(text: str):
    return read(text.encode(), name="file.csv")


def test_columns_chosen_with_a_plus_are_the_revenue_and_the_sentence_says_so():
    people = Customers.build(table(CAMPAIGN), {"revenue": "MntWines+MntFruits+MntMeatProducts"})
    assert people.frame.loc["2", "revenue"] == 114 + 32 + 22 and people.frame.loc["2", "MntWines"] == 114
    assert "Revenue is the sum of “MntWines”, “MntFruits”, “MntMeatProducts”." in people.notes


def test_the_amounts_of_the_usual_marketing_file_are_offered_together_and_nothing_else():
    offered = {one.role: one.heading for one in match(table(CAMPAIGN)) if not one.sure}
    assert offered["revenue"] == "MntWines+MntFruits+MntMeatProducts" and "revenue" not in roles(table(CAMPAIGN))


@with_shared
def test_the_amounts_of_a_wholesaler_are_offered_though_no_heading_says_so():
    found = read(SHARED / "wholesale" / "wholesale_customers.csv")
    offered = {one.role: one.heading for one in match(found)}
    assert offered["revenue"] == "Fresh+Milk+Grocery+Frozen+Detergents_Paper+Delicassen"
    people = Customers.build(found, {"revenue": offered["revenue"]})
    assert people.total("revenue") == found.frame()[offered["revenue"].split("+")].sum().sum()


@pytest.mark.parametrize(
    "headings", ["customer,age,income,score", "customer,latitude,longitude,height", "customer,quantity,visits,days"]
)
def test_numbers_that_are_no_money_are_not_offered(headings):
    rows = "".join(f"c{i},{20 + i},{30 + 2 * i},{40 + i}\n" for i in range(30))
    assert not [one for one in match(table(f"{headings}\n{rows}")) if one.role == "revenue" and "+" in one.heading]


def test_sale_lines_add_up_too_and_what_is_missing_counts_nothing():
    text = "customer,date,goods net,freight net\nA,2026-01-01,10,2.5\nA,2026-01-02,20,\nB,2026-01-03,,4\n"
    people = Customers.build(table(text), {"revenue": "goods net + freight net"})
    assert people.frame["revenue"].to_dict() == {"A": 32.5, "B": 4}


def test_a_heading_with_a_plus_is_itself_and_may_be_a_part():
    assert parts("A+B", ["A+B", "A", "B"]) == ("A+B",) and parts("A+B+C", ["A+B", "C"]) == ("A+B", "C")
    assert parts("A+D", ["A", "B"]) == () and parts("", ["A"]) == ()


def test_what_cannot_be_added_up_is_said():
    with pytest.raises(Problem, match="has no column"):
        Customers.build(table(CAMPAIGN), {"revenue": "MntWines+Beer"})
    with pytest.raises(Problem):
        Customers.build(table("customer,a,b\nx,1,z\ny,2,w\n"), {"revenue": "a+b"})


def test_the_sum_is_kept_in_a_study_and_typed_in_the_shell(capsys, tmp_path):
    study = Study(columns={"revenue": "MntWines+MntFruits"})
    assert study.forget_missing(table(CAMPAIGN)) == [] and len(study.left_out(table(CAMPAIGN))) == 0
    (tmp_path / "campaign.csv").write_text(CAMPAIGN)
    assert main(["customers", str(tmp_path / "campaign.csv"), "--columns", "revenue=MntWines+MntFruits"]) == 0
    assert "Revenue is the sum of “MntWines”, “MntFruits”." in capsys.readouterr().out


def test_a_long_run_of_pluses_holds_nobody():
    assert parts("+".join(["A"] * 5_000), ["A", "A+A"]) == ()
    assert parts("+".join(["A"] * 60) + "+B", ["A", "A+A"]) == ()
