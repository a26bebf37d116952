"""Templates: whoever fills one in is understood, and is told what each method asks for."""

import io
import json

import openpyxl
import pytest

from segmentation import METHODS, Customers, Problem, read, templates
from segmentation.__main__ import main
from segmentation.columns.match import roles
from segmentation.columns.roles import ROLES
from segmentation.customers.shapes import shape
from segmentation.reading.files import Raw
from segmentation.rollup.settings import SHAPES

FILL = {"number": ("1.5", "2", "3"), "date": ("2026-01-31", "2026-02-28", "2026-03-31"), "text": ("x7", "y8", "z9")}


def filled(form: str) -> bytes:
    """The template with three rows in it."""
    lines = [templates.csv(form, 2026).decode("utf-8-sig").strip()]
    for i in range(3):
        cells = []
        for field in templates.fields(form, 2026):
            kind = ROLES[field.role].kind if field.role else "number"
            cells.append(
                {
                    "email": f"{i}@x.org",
                    "orders": f"{i + 1}",
                    "status": ("ok", "ok", "cancelled")[i],
                    "currency": "EUR",
                }.get(field.role, FILL[kind][i])
            )
        lines.append(",".join(cells))
    return "\n".join([*lines, ""]).encode()


@pytest.mark.parametrize("form", SHAPES)
def test_a_filled_template_is_understood_without_a_question(form):
    table = read(filled(form), name="template.csv")
    expected = {field.role: field.heading for field in templates.fields(form, 2026) if field.role}
    assert roles(table) == expected and shape(roles(table), table) == form
    assert table.report.questions == ()
    customers = Customers.build(table)
    assert customers.frame["revenue"].notna().all() and len(customers) >= 2


@pytest.mark.parametrize("form", SHAPES)
def test_the_workbook_has_the_same_headings_and_says_what_each_is_for(form):
    book = openpyxl.load_workbook(io.BytesIO(templates.xlsx(form, 2026)))
    headings = [cell.value for cell in book["Data"][1]]
    assert headings == templates.csv(form, 2026).decode("utf-8-sig").strip().split(",")
    assert [row[0].value.partition(" (needed)")[0].partition(":")[0] for row in book["Help"].iter_rows()] == headings
    book["Data"].append([f"{i}" for i in range(len(headings))])
    book["Data"].append([f"{i + 1}" for i in range(len(headings))])
    out = io.BytesIO()
    book.save(out)
    assert read(out.getvalue(), name="template.xlsx").data.column_names == headings


def test_an_empty_template_is_said_to_be_empty():
    for content in (templates.csv("transactions"), templates.xlsx("transactions")):
        with pytest.raises(Problem, match=r"no rows below it|is empty"):
            read(content, name="template", sheet=None if content[:2] != b"PK" else "Data")


def test_what_a_method_needs_is_what_it_fails_without():
    needs = templates.needs().set_index("method")
    assert set(needs.index) == set(METHODS)
    assert needs.loc["lifecycle", "transactions"] == "Order date, Revenue"
    assert needs.loc["abc_classes", "customers"] == ""
    assert needs.loc["rfm", "customers"] == "Revenue, Number of orders, Last order"
    assert needs["customers"].isna()[["xyz", "abc_xyz"]].all() and needs["transactions"].notna().any()


def test_the_shell_writes_a_template(tmp_path, capsys):
    for name in ("new.csv", "new.xlsx"):
        assert main(["template", "transactions", "--out", str(tmp_path / name)]) == 0
    assert (tmp_path / "new.csv").read_bytes() == templates.csv("transactions")
    assert (tmp_path / "new.xlsx").read_bytes() == templates.xlsx("transactions")
    assert "Customer id (needed): Who bought" in capsys.readouterr().out
    assert main(["template", "wide", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["columns"][0]["heading"] == "Customer id"
    assert main(["template", "tall"]) == 2


def test_what_each_method_needs_is_found_while_one_waits(monkeypatch):
    """Each template is rolled up once whole and once without each column, for all methods together; no file is read."""
    rolled, build = [], Customers.build
    monkeypatch.setattr(
        Customers,
        "build",
        lambda table, **more: rolled.append((more["shape"], *table.data.column_names)) or build(table, **more),
    )
    monkeypatch.setattr(Raw, "piece", lambda *_: pytest.fail("a file is read"))
    for kept in (templates.needs, templates._example, templates._filled):
        kept.cache_clear()
    templates.needs()
    assert len(rolled) == len(set(rolled)) == sum(len(templates.fields(form)) for form in ("transactions", "customers"))
