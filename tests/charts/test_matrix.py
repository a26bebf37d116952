"""Matrix and plane are drawn whatever the customers are like, and no text of a file becomes part of an expression."""

import json

import numpy as np
import pytest

from segmentation import METHODS, Problem
from segmentation.analysis.thresholds.crossing import sides
from segmentation.charts.matrix import in_lines, matrix, turned
from segmentation.charts.regions import regions
from segmentation.report.engine import to_svg
from segmentation.segments.cuts import cross, edges, product
from tests.hostile import TEXTS
from tests.small import customers

GIANT = [1.0] * 50 + [1e12]
CUSTOMERS = {
    "all equal": {"revenue": [5.0] * 40, "orders": [1.0] * 40},
    "one giant": {"revenue": GIANT, "orders": list(range(51))},
    "two customers": {"revenue": [1.0, 2.0], "orders": [1.0, 2.0]},
    "losses alone": {"revenue": [-1.0, -2000.0, -3.0], "orders": [1.0, 2.0, 2.0]},
    "nobody known": {"revenue": [np.nan] * 3, "orders": [np.nan] * 3},
    "beyond the data": {"revenue": [1e-6, 2e-6], "orders": [900.0, 1000.0]},
}


def crossed(people, rows=2, columns=2):
    by_revenue = edges(people, "revenue", np.linspace(2, 100, columns - 1), [f"R{at}" for at in range(columns)])
    by_orders = edges(people, "orders", np.linspace(2, 40, rows - 1), [f"O{at}" for at in range(rows)])
    return product([by_revenue, by_orders], ("Good", "Poor"), lambda cell: int(cell != ("R0", "O0")))


@pytest.mark.parametrize("chart", [matrix, regions])
@pytest.mark.parametrize("columns", CUSTOMERS.values(), ids=CUSTOMERS)
def test_it_is_drawn_for_any_customers(chart, columns):
    svg = to_svg(chart(crossed(customers(**columns))).to_json())
    assert "NaN" not in svg and "Good" in svg


@pytest.mark.parametrize("chart", [matrix, regions])
def test_thirty_by_thirty_cells_are_drawn(chart):
    people = customers(revenue=np.linspace(1, 110, 500), orders=np.linspace(50, 1, 500) % 41)
    assert "NaN" not in to_svg(chart(crossed(people, 30, 30)).to_json())


@pytest.mark.parametrize("chart", [matrix, regions])
def test_one_ordering_is_said_to_be_too_few(chart):
    with pytest.raises(Problem, match="two orderings"):
        chart(METHODS["abc_classes"](customers(revenue=[1.0, 2.0])))


def test_four_hundred_categories_are_the_frequent_ones_and_other():
    people = customers(revenue=np.arange(600.0), region=[f"Region {at % 400}" for at in range(560)] + ["Region 1"] * 40)
    made = METHODS["cross"](people, first="abc_classes", second={"method": "attribute", "column": "region"})
    assert "Region 1" in to_svg(matrix(made).to_json())


def test_many_bands_go_down_the_side_where_their_names_have_room():
    people = customers(revenue=np.arange(90.0), region=[f"Region {at % 9}" for at in range(90)])
    region = {"method": "attribute", "column": "region"}
    made = METHODS["cross"](people, first=region, second="abc_classes")
    other = METHODS["cross"](people, first="abc_classes", second=region)
    assert turned(sides(made)) and not turned(sides(other))
    drawn = [to_svg(matrix(one).to_json()) for one in (made, other)]
    assert all("Region 8" in svg and "NaN" not in svg for svg in drawn)


@pytest.mark.parametrize("chart", [matrix, regions])
def test_names_are_data_of_the_chart_and_never_part_of_an_expression(chart):
    people = customers(revenue=[1.0, 5.0, 50.0], orders=[1.0, 9.0, 3.0])
    for five in (TEXTS[at : at + 5] for at in range(0, len(TEXTS), 5)):
        rows = edges(people, "revenue", range(10, 10 + 10 * len(five), 10), [*five, "Little"])
        made = cross(rows, edges(people, "orders", [5], ["X", "Y"]), between=" ")
        drawn = chart(made).to_dict()
        for data in drawn.pop("datasets").values():
            json.dumps(data)
        words = [param for param in drawn.pop("params") if param["name"] != "words"]
        said = json.dumps([drawn, words], ensure_ascii=False)
        for text in five:
            assert not text.strip() or len(text) < 4 or json.dumps(text, ensure_ascii=False)[1:-1] not in said


def test_names_of_bands_take_two_lines_rather_than_lose_letters():
    names = ["60,000 and over", "20,000 to under 60,000", "under 1,000"]
    named = in_lines(names, 15)
    assert named["name"].tolist() == names and named["lines"].tolist() == [1, 2, 1]
    assert [words.replace("\n", " ") for words in named["words"]] == names


def test_no_number_of_the_upright_axis_stands_where_a_line_says_its_own():
    people = customers(revenue=np.arange(300.0), orders=np.arange(300.0))

    def numbers(cut):
        svg = to_svg(matrix(crossed_at(people, cut)).to_json())
        return [number for number in ("100", "200") if svg.count(f">{number}</text>") > 1]

    assert numbers(150) == ["100", "200"] and numbers(101) == ["200"] and numbers(199) == ["100"]


def crossed_at(people, cut):
    return cross(edges(people, "revenue", [150], "AB"), edges(people, "orders", [cut], "XY"))
