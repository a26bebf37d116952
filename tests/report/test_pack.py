"""The action pack: each tool gets the list it asks for, no cell of which runs, and the control group is in none."""

import csv
import hashlib
import io
import re
import zipfile
from dataclasses import replace
from typing import IO

import numpy as np
import openpyxl
import pytest

from segmentation import METHODS, Customers
from segmentation.analysis.action.recipients import Action, Plan, action
from segmentation.report.carried import offered
from segmentation.report.pack import pack
from segmentation.tools import TOOLS, WHAT
from tests.hostile import TEXTS
from tests.small import customers, table

SIZE = 120
RUNS = re.compile(r"^[\s\0]*[=+\-@＝＋－＠]")
NUMBER = re.compile(r"\+[0-9]{7,15}|-[0-9.]+")


@pytest.fixture(scope="module")
def made() -> Action:
    hostile = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", *TEXTS]
    people = Customers.build(
        table(
            customer=[f"{hostile[n] if n < len(hostile) else ''}k{n:03}" for n in range(SIZE)],
            first_name=[f"=HYPERLINK({n})" if n % 5 == 0 else f"Ann{n}" for n in range(SIZE)],
            last_name=["Hoxha"] * SIZE,
            email=[f"Ann{n}@X.al" for n in range(SIZE)],
            phone=[f"+4917012345{n:02}" if n % 2 else "none" for n in range(SIZE)],
            zip=[f"{n:05}" for n in range(SIZE)],
            country=["@DE" if n % 9 == 0 else "DE" for n in range(SIZE)],
            revenue=[float(SIZE - n) for n in range(SIZE)],
        )
    )
    before = dict.fromkeys(people.frame.index[:10], "=B") | {"@gone": "+A"}
    return action(METHODS["abc_classes"](people), Plan(), before)


def opened(content: IO[bytes]) -> dict[str, list[list[str]]]:
    archive = zipfile.ZipFile(content)
    tables = [name for name in archive.namelist() if name.endswith(".csv")]
    return {name: [*csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig")))] for name in tables}


@pytest.fixture(scope="module")
def lists(made: Action) -> dict[str, list[list[str]]]:
    return opened(pack(made, [*TOOLS], personal=True))


def test_no_cell_of_the_pack_runs_in_a_spreadsheet(lists: dict[str, list[list[str]]]) -> None:
    cells = {cell for rows in lists.values() for row in rows for cell in row}
    assert any("HYPERLINK" in cell for cell in cells) and any("gone" in cell for cell in cells)
    assert [cell for cell in cells if RUNS.match(cell) and not NUMBER.fullmatch(cell)] == []


def test_each_tool_finds_its_headings_and_nobody_of_the_control_group(
    made: Action, lists: dict[str, list[list[str]]]
) -> None:
    people = made.segmentation.customers.frame
    kept = {mail.lower() for mail in people["email"][made.control]}
    assert kept
    kept |= {hashlib.sha256(mail.encode()).hexdigest() for mail in kept}
    for name, tool in TOOLS.items():
        mine = {file: rows for file, rows in lists.items() if file.startswith(f"{tool.title}/")}
        assert len(mine) == (3 if tool.apart else 1), name
        for rows in mine.values():
            order = [heading for heading in tool.headings.values() if heading in rows[0]]
            assert rows[0] == order and len(rows) > 1, name
            assert not kept & {cell for row in rows for cell in row}, name
        assert sum(len(rows) - 1 for rows in mine.values()) == int(made.written.sum()), name


def test_what_advertisers_get_is_hashed_as_they_ask_and_names_say_nothing(lists: dict[str, list[list[str]]]) -> None:
    google = lists["Google Customer Match/1 A.csv"]
    row = dict(zip(google[0], google[1], strict=True))
    known = {hashlib.sha256(f"ann{n}@x.al".encode()).hexdigest(): n for n in range(SIZE)}
    number = known[row["Email"]]
    assert row["Zip"] == f"{number:05}" and row["Last Name"] == hashlib.sha256(b"hoxha").hexdigest()
    assert not row["Phone"] or row["Phone"] == hashlib.sha256(f"+4917012345{number:02}".encode()).hexdigest()
    assert {name.split("/")[1] for name in lists if name.startswith("Meta")} == {f"audience {n}.csv" for n in (1, 2, 3)}
    assert not any("@" in cell.removeprefix("'@") for row in google[1:] for cell in row)


def test_personal_data_leave_only_where_they_were_asked_for(made: Action) -> None:
    content = pack(made, [*TOOLS], personal=False)
    found = opened(content)
    assert {name.split("/")[0] for name in found} == {"everybody.csv", "left.csv", "Brevo"}, (
        "Brevo takes numbers of one's own"
    )
    text = repr(found)
    assert "x.al" not in text.lower() and "Hoxha" not in text and "17012345" not in text
    said = zipfile.ZipFile(content).read("READ ME FIRST.txt").decode()
    assert "No list: it needs an e-mail" in said and "Do not write to the control group" in said


def test_the_same_plan_is_the_same_file_and_progress_is_told(made: Action) -> None:
    told: list[float] = []
    one = pack(made, ["klaviyo"], True, told.append)
    assert one.read() == pack(made, ["klaviyo"], True).read() and told == sorted(told) and told[-1] == 1.0


def test_the_workbook_has_a_sheet_a_segment_of_those_written_to_and_runs_nothing(made: Action) -> None:
    content = pack(made, [], True, names=["revenue"], excel=True)
    book = openpyxl.load_workbook(io.BytesIO(zipfile.ZipFile(content).read("segments.xlsx")))
    assert book.sheetnames == ["A", "B", "C", "Control group"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}, "text and numbers, no formula"
    assert [one for cell in cells if RUNS.match(one := str(cell.value)) and not NUMBER.fullmatch(one)] == []
    rows = [[*sheet.iter_rows(values_only=True)] for sheet in book]
    assert sum(len(one) - 1 for one in rows[:3]) == int(made.written.sum())
    assert sum(float(row[rows[0][0].index("Revenue")]) for one in rows[:3] for row in one[1:]) == pytest.approx(
        made.segmentation.customers.values("revenue")[made.written].sum()
    )
    assert len(rows[3]) - 1 == int(made.control.sum())


def test_columns_go_along_as_asked_but_who_somebody_is_only_with_personal_data() -> None:
    ids = [f"{n:03}" for n in range(60)]
    mails = [f"{one}@x.al" for one in ids]
    people = customers(
        ids, revenue=np.ones(60), email=mails, second=mails[::-1], date_of_birth=["1990"] * 60, Group=ids
    )
    made = action(METHODS["abc_classes"](people), Plan(control=False))
    assert {"revenue", "Group"} <= {*offered(people, False)} and not {"email", "second", "date_of_birth"} & {
        *offered(people, False)
    }
    assert {"second", "date_of_birth"} <= {*offered(people, True)} and "revenue" not in offered(
        people, False, ["revenue"]
    )
    names = ["second", "revenue", "Group"]
    found = opened(pack(made, ["klaviyo", "meta"], False, names=names))["everybody.csv"]
    assert found[0] == ["Customer", "Segment", "Group", "Revenue", "Group (2)"] and "@" not in repr(found)
    asked = opened(pack(made, ["klaviyo", "meta"], True, names=names))
    assert asked["Klaviyo/everybody.csv"][0][-3:] == ["second", "Revenue", "Group (2)"]
    meta = [{*rows[0]} for name, rows in asked.items() if name.startswith("Meta")]
    assert meta and all(one <= {*TOOLS["meta"].headings.values()} for one in meta)


def test_a_list_longer_than_a_tool_takes_comes_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TOOLS, "salesforce", replace(TOOLS["salesforce"], most=50))
    ids = [f"{n:03}" for n in range(120)]
    people = customers(ids, revenue=np.ones(120), email=[f"{one}@x.al" for one in ids])
    made = action(METHODS["abc_classes"](people), Plan(control=False))
    found = opened(pack(made, ["salesforce"], True))
    parts = {name: len(rows) - 1 for name, rows in found.items() if "/" in name}
    assert parts == {f"Salesforce/everybody part {n}.csv": size for n, size in ((1, 50), (2, 50), (3, 20))}


def test_every_tool_says_what_it_needs_and_what_stands_where() -> None:
    for name, tool in TOOLS.items():
        assert set(tool.headings) <= set(WHAT) and set(tool.needs) <= set(tool.headings) and tool.needs, name
        assert set(tool.hashed) <= set(tool.headings) and tool.note.endswith("."), name
        assert tool.apart or "segment" in tool.headings, "what has no column for the segment gets a file for each"
