"""Whom we write to, the pack of lists, and what came back, as it stands on the Campaign page."""

import csv
import io
import zipfile

import pytest

from segmentation import METHODS, Customers
from segmentation.analysis.action.recipients import action, counted
from segmentation.study.study import Study
from tests.pages.visitor import Visitor

MAILS = "customer,email,revenue\n" + "".join(f"k{n},k{n}@x.al,{n * 10}\n" for n in range(1, 61))
AFTER = "After: what it did"


@pytest.fixture
def campaign(with_shoes: Visitor) -> Visitor:
    return with_shoes.go("Campaign")


def files(visitor: Visitor) -> dict[str, str]:
    archive = zipfile.ZipFile(visitor.press("making.pack").at.session_state["prepared"][2])
    return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def test_it_is_said_who_is_written_to_and_why_the_others_are_not(campaign: Visitor, shoes: Customers) -> None:
    expected = counted(action(METHODS["abc_classes"](shoes), Study().plan()))
    shown = campaign.table("Who is written to")
    assert shown["written"].tolist() == expected["written"].tolist() and shown["customers"].sum() == 319
    assert "6,726 customers per group" in campaign.words and "too small for this test" in campaign.words
    assert "neither an e-mail nor a telephone" in campaign.words and not campaign.problems


def test_the_test_is_set_by_effect_and_power_and_stays_in_the_study(campaign: Visitor) -> None:
    campaign.move("campaign.rate", 10.0).move("campaign.better", 60.0)
    assert campaign.study.campaign == {"rate": 0.1, "better": 0.6}
    assert "6,726" not in campaign.words
    before = campaign.table("Who is written to")["control"].sum()
    campaign.move("campaign.power", 90.0)
    assert campaign.table("Who is written to")["control"].sum() >= before
    campaign.at.toggle(key="campaign.control").set_value(False)
    assert campaign.look().table("Who is written to")["control"].sum() == 0
    assert campaign.press("undo").study.campaign.get("control", True)


def test_where_fewer_would_buy_if_written_to_no_rise_is_promised(campaign: Visitor) -> None:
    campaign.move("campaign.better", 3.0)
    assert "raise “Buy if written to” above “Would buy anyway”" in campaign.words
    assert "a rise" not in campaign.words and "too small for this test" not in campaign.words


def test_a_file_without_addresses_offers_no_personal_data_and_counts_nobody_as_reached(visitor: Visitor) -> None:
    visitor.upload("customer,revenue\n" + "".join(f"k{n},{n * 10}\n" for n in range(1, 61)), "bare.csv").go("Campaign")
    box = visitor.at.checkbox(key="campaign.personal")
    assert box.disabled and "This file has none of them" in box.help
    assert not {"unreachable", "twice"} & {*visitor.table("Who is written to")}


def test_the_pack_holds_personal_data_only_where_they_are_asked_for(visitor: Visitor) -> None:
    visitor.upload(MAILS, "mails.csv").go("Campaign")
    visitor.at.multiselect(key="campaign.tools").set_value(["mailchimp"])
    visitor.look()
    assert "No list for Mailchimp: it needs an e-mail; tick" in visitor.words
    assert "@x.al" not in "".join(files(visitor).values())
    visitor.at.checkbox(key="campaign.personal").set_value(True)
    visitor.look()
    held = files(visitor)
    assert held["Mailchimp/everybody.csv"].startswith("Email Address,Segment")
    assert "k60@x.al" in held["everybody.csv"]


def test_columns_and_a_workbook_go_along_where_they_are_chosen(campaign: Visitor) -> None:
    campaign.at.multiselect(key="campaign.columns").set_value(["revenue", "channel (column)"])
    campaign.at.checkbox(key="campaign.excel").set_value(True)
    campaign.look()
    assert campaign.study.campaign == {"columns": ["revenue", "channel (column)"], "excel": True}
    archive = zipfile.ZipFile(campaign.press("making.pack").at.session_state["prepared"][2])
    head = archive.read("everybody.csv").decode("utf-8-sig").splitlines()[0]
    assert head == "Customer,Segment,Group,Revenue,channel" and "segments.xlsx" in archive.namelist()
    campaign.at.checkbox(key="campaign.excel").set_value(False)
    assert "In it: a read-me" in campaign.words
    assert "In it: a read-me" not in campaign.look().words, "what was made before is of other wishes"


def test_customers_who_are_numbered_by_mail_can_be_written_to_and_that_is_said(visitor: Visitor) -> None:
    rows = "".join(f"k{n}@x.al,{n * 10}\n" for n in range(1, 61))
    visitor.upload(f"email,revenue\n{rows}", "mails.csv").go("Campaign")
    visitor.at.multiselect(key="campaign.tools").set_value(["mailchimp"])
    visitor.at.checkbox(key="campaign.personal").set_value(True)
    visitor.look()
    assert "number of this file is an e-mail" in visitor.words
    assert (
        files(visitor)["Mailchimp/everybody.csv"].count("@x.al")
        == visitor.table("Who is written to")["written"].sum()
        > 0
    )


def test_only_the_segments_chosen_are_written_to(campaign: Visitor) -> None:
    campaign.at.multiselect(key="campaign.segments").set_value(["C"])
    campaign.look()
    assert campaign.table("Who is written to")["segment"].tolist() == ["C"]
    rows = [*csv.DictReader(io.StringIO(files(campaign)["everybody.csv"]))]
    assert {row["Group"] for row in rows if row["Segment"] != "C"} == {"not in this campaign"}


def test_an_earlier_list_says_who_entered(campaign: Visitor) -> None:
    rows = [*csv.DictReader(io.StringIO(files(campaign)["everybody.csv"]))]
    moved = "\n".join(
        ["Customer,Segment", *(f"{row['Customer']},{'B' if row['Segment'] == 'A' else row['Segment']}" for row in rows)]
    )
    campaign.upload(moved, "june.csv", "earlier file")
    shown = campaign.table("Who is written to").set_index("segment")
    assert shown["entered"].to_dict() == {"A": 73, "B": 0, "C": 0}
    campaign.upload("a,b\n1,2\n", "wrong.csv", "earlier file")
    assert "no columns “Customer” and “Segment”" in campaign.problems[0]


def test_what_comes_back_is_set_beside_the_control_group(campaign: Visitor) -> None:
    rows = [*csv.DictReader(io.StringIO(files(campaign)["everybody.csv"]))]
    told = [
        f"{row['Customer']},{row['Segment']},{row['Group']},{'yes' if row['Group'] == 'written to' else 'no'}"
        for row in rows
    ]
    campaign.at.session_state["campaign part"] = AFTER
    campaign.look().upload("\n".join(["Customer,Segment,Group,Answered", *told]), "back.csv", "answers file")
    assert "In all, 100.0% of those written to responded, against 0.0% of the control group" in campaign.words
    shown = campaign.table("What the campaign did").set_index("segment")
    assert shown.loc["All together", "treated"] == 288 and not campaign.problems
    money = shown.loc["All together", "money"]
    assert shown.loc["All together", "more"].startswith("+100.0 (+")
    assert "every segment responded more than its control group" in campaign.go("Playbook").words
    campaign.go("Campaign")
    campaign.at.session_state["campaign part"] = AFTER
    campaign.look().upload("\n".join(["Customer,Segment,Group,Answered", *told]), "back.csv", "answers file")
    campaign.write("campaign.contact", 1e5)
    assert "It cost more than it brought" in campaign.words
    assert campaign.table("What the campaign did").set_index("segment").loc["All together", "money"] != money


def test_the_weakest_point_follows_what_the_campaign_did(campaign: Visitor) -> None:
    rows = [*csv.DictReader(io.StringIO(files(campaign)["everybody.csv"]))]
    before = campaign.go("Segments").at.session_state["weakest point"]
    campaign.go("Campaign").at.session_state["campaign part"] = AFTER
    told = [f"{row['Customer']},{row['Segment']},{row['Group']},no" for row in rows]
    campaign.look().upload("\n".join(["Customer,Segment,Group,Answered", *told]), "back.csv", "answers file")
    after = campaign.go("Segments").at.session_state["weakest point"]
    assert "not responsive" not in before[-2] and "not responsive" in after[-2]
    assert "no segment surely responded" in after[-1]


def test_a_file_of_strangers_is_refused_in_words(campaign: Visitor) -> None:
    campaign.at.session_state["campaign part"] = AFTER
    campaign.look().upload("customer,answered\nnobody,yes\n", "back.csv", "answers file")
    assert campaign.problems == [
        "Nobody in back.csv is a customer here: “customer” should hold customer numbers or e-mails."
    ]


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), b"customer\n"])
def test_what_cannot_be_read_is_said_and_the_page_stands(campaign: Visitor, content: bytes) -> None:
    campaign.upload(content, "odd.csv", "earlier file")
    assert len(campaign.problems) == 1 and campaign.problems[0].endswith(".")
    assert campaign.table("Who is written to")["customers"].sum() == 319
    campaign.at.session_state["campaign part"] = AFTER
    campaign.look().upload(content, "odd.csv", "answers file")
    assert len(campaign.problems) == 1 and campaign.problems[0].endswith(".")


def test_a_file_without_addresses_is_not_asked_to_tick_them_and_the_pack_promises_no_list(campaign: Visitor) -> None:
    campaign.at.multiselect(key="campaign.tools").set_value(["mailchimp"])
    campaign.look().press("making.pack")
    assert "No list for Mailchimp: it needs an e-mail, which this file lacks." in campaign.words
    campaign.at.multiselect(key="campaign.tools").set_value(["hubspot", "mailchimp"])
    alike = "No list for HubSpot and Mailchimp: they need an e-mail, which this file lacks."
    assert alike in campaign.look().words, "what several lack is said once"
    campaign.at.multiselect(key="campaign.tools").set_value(["mailchimp"])
    campaign.look().press("making.pack")
    assert "a folder for" not in campaign.words
    read_me = zipfile.ZipFile(campaign.at.session_state["prepared"][2]).read("READ ME FIRST.txt").decode("utf-8-sig")
    assert "No list: it needs an e-mail, which this file lacks." in read_me


def test_telephones_without_the_code_of_a_country_reach_nobody_until_it_is_given(visitor: Visitor) -> None:
    rows = "".join(f"k{n},{n * 10},0{30_100_000 + n}\n" for n in range(1, 61))
    visitor.upload("customer,revenue,phone\n" + rows, "phones.csv").go("Campaign")
    visitor.at.checkbox(key="campaign.personal").set_value(True)
    assert "60 customers have no telephone number that can be used" in visitor.look().words
    visitor.at.text_input(key="campaign.calling").set_value("49")
    assert "no telephone number that can be used" not in visitor.look().words
