"""Polluted CSV files of the kinds of the Pollock benchmark, made by our own generator: nothing is moved without a word."""

import csv
import datetime
from collections import Counter
from pathlib import Path

import pytest

from benchmarks import polluted
from benchmarks.polluted import FURTHER, File
from segmentation.problems import Problem
from segmentation.reading.read import read
from segmentation.table import Table

WHOLE = {file.name: file for file in (*polluted.whole_files(), *polluted.further())}
REFUSED = {"nothing in it", "headings only"}
OTHERWISE = {  # what we make of them on purpose is told by tests of their own
    *("the headings 2 times", "the headings 3 times", "a second table of as many columns", "set apart by ::"),
}
SPOILT = list(polluted.spoilt_rows())


def rows_of(table: Table) -> list[list[str]]:
    return [["" if cell is None else cell for cell in row.values()] for row in table.data.to_pylist()]


def opened(file: File) -> Table:
    table = read(file.content, name="file.csv", text="all")
    assert table.report.rows_in == table.report.rows_used + len(table.set_aside)
    return table


@pytest.mark.parametrize("name", sorted(WHOLE.keys() - REFUSED - OTHERWISE))
def test_a_file_polluted_as_a_whole_reads_letter_by_letter(name):
    file = WHOLE[name]
    table = opened(file)
    headings, rows = (file.expected[0], file.expected[1:]) if table.report.header_line else (None, file.expected)
    assert rows_of(table) == rows
    assert headings is None or table.data.column_names == headings


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_a_file_without_rows_is_refused_in_one_sentence(name):
    with pytest.raises(Problem, match=r"choose a file"):
        opened(WHOLE[name])


@pytest.mark.parametrize("times", [2, 3])
def test_headings_that_are_repeated_are_named_once(times):
    table = opened(WHOLE[f"the headings {times} times"])
    assert table.data.column_names == polluted.HEADINGS and table.report.rows_used == polluted.ROWS


def test_the_same_headings_again_go_on_with_the_table():
    table = opened(WHOLE["a second table of as many columns"])
    assert table.report.rows_used == 2 * polluted.ROWS
    assert table.set_aside["reason"].tolist() == ["the header row again"]


@pytest.mark.parametrize("columns", ["fewer", "more"])
def test_tables_glued_together_are_asked_and_either_can_be_read(columns):
    file = WHOLE[f"a second table of {columns} columns"]
    (question,) = opened(file).report.questions
    assert question.setting == "table" and question.chosen == "1"
    other = read(file.content, name="file.csv", text="all", table=2)
    assert len(other.data.column_names) == {"fewer": 8, "more": 10}[columns]
    assert other.report.rows_used == polluted.ROWS


def some(kind: str, every: int) -> list[File]:
    """Files of a kind from all rows and columns, the row of headings left out."""
    return [file for file in SPOILT if file.kind == kind and "row 0 " not in file.name][::every]


def spoilt_row(file: File) -> int:
    return int(file.name.split(", row ")[1].split()[0])


@pytest.mark.parametrize("file", some("a delimiter too many", 37), ids=lambda file: file.name)
def test_a_row_with_a_delimiter_too_many_is_used_and_said(file):
    table = opened(file)
    assert rows_of(table) == file.expected[1:]
    trailing = "column 8" in file.name
    assert table.unread["line"].tolist() == ([] if trailing else [spoilt_row(file) + 1])


@pytest.mark.parametrize("file", some("a quotation mark too many", 37), ids=lambda file: file.name)
def test_a_row_with_a_quotation_mark_too_many_is_used_and_said(file):
    table, at = opened(file), spoilt_row(file)
    bare = [[cell.replace('"', "") for cell in row] for row in (rows_of(table)[at - 1], file.expected[at])]
    assert bare[0] == bare[1]
    assert rows_of(table)[: at - 1] + rows_of(table)[at:] == file.expected[1:at] + file.expected[at + 1 :]
    assert table.unread["line"].tolist() == [at + 1] and "quotation" in table.unread["reason"][0]


@pytest.mark.parametrize("kind", ["a delimiter too few", "a row of spaces"])
def test_a_row_whose_cells_cannot_be_told_spoils_no_other(kind):
    for file in some(kind, 29):
        table, at = opened(file), spoilt_row(file)
        others = Counter(map(tuple, file.expected[1:at] + file.expected[at + 1 :]))
        left = Counter(map(tuple, rows_of(table))) - others
        assert sum((Counter(map(tuple, rows_of(table))) & others).values()) == polluted.ROWS - 1
        assert not left or list(left) == [tuple(file.expected[at])] or table.unread["line"].tolist() == [at + 1]


def test_readers_are_scored_above_the_bar():
    result = polluted.measured("ours", every=60)
    assert result.simple >= 9.9 and result.weighted >= 9.6 and result.mean(FURTHER) >= 9.7
    assert sum(count for kind, count in result.counts.items() if kind != FURTHER) == 2_290


def test_the_score_counts_what_is_read_and_what_is_right():
    expected = [["a", "b"], ["1", "2"], ["3", "4"]]
    assert polluted.score(expected, expected) == 10
    assert polluted.score(expected, None) == 0
    assert polluted.score(expected, [["x", "y"]]) == 1
    half = polluted.score(expected, expected[:2])
    assert half == pytest.approx(1 + 3 + (1 + 0.5 + 2 / 3) + (1 + 4 / 6 + 0.8))


# The same further down a large file, which a fast reader reads


def large(row: str) -> bytes:
    lines = [f'A{i:05d},"Smith, J{i % 50}",Rome,2024-01-{1 + i % 28:02d},{i % 1000}.5' for i in range(20_000)]
    lines[15_000] = row
    return "\n".join(["id,name,city,date,amount", *lines]).encode()


DAY = datetime.date(2024, 1, 5)
FAR_DOWN = {
    '"A15000,"Smith, J1",Rome,2024-01-05,1.5': ("A15000", "Smith, J1", "Rome", DAY, 1.5),
    'A15000,Smith,"Rome,2024-01-05,1.5': ("A15000", "Smith", "Rome", DAY, 1.5),
    'A15000,"Pipe, 5" wide",Rome,2024-01-05,1.5': ("A15000", 'Pipe, 5" wide', "Rome", DAY, 1.5),
    "A15000,Smith,,Rome,2024-01-05,1.5": ("A15000", "Smith", "Rome", DAY, 1.5),
}


@pytest.mark.parametrize("row", FAR_DOWN)
def test_a_mark_astray_far_down_a_large_file_moves_no_cell_without_a_word(row):
    table = read(large(row), name="file.csv")
    assert table.report.rows_used == 20_000
    assert tuple(table.data.slice(15_000, 1).to_pylist()[0].values()) == FAR_DOWN[row]
    assert table.unread["line"].tolist() == [15_002]
    assert any("read as the columns say" in sentence for sentence in table.report.sentences)


def test_a_large_file_without_doubled_marks_keeps_every_inch():
    rows = "".join(f'A{i:05d},"Pipe, 5" J{i % 50}",{i % 1000}.5\n' for i in range(8_000))
    table = read(f"id,name,amount\n{rows}".encode(), name="file.csv")
    assert table.report.rows_used == 8_000 and table.data["name"][7_999].as_py() == 'Pipe, 5" J49'
    assert len(table.unread) == 1_000  # at most so many are listed, all are counted
    assert any(sentence.startswith("8,000 rows with") for sentence in table.report.sentences)


@pytest.mark.parametrize("row", ["A15000,SmithRome,2024-01-05,1.5", "A15000,Smith, Jr,Rome,2024-01-05,1.5"])
def test_a_row_that_can_be_meant_in_two_ways_is_set_aside(row):
    table = read(large(row), name="file.csv")
    assert table.report.rows_used == 19_999 and table.set_aside["text"].tolist() == [row]


def small(*rows: str, headings: str = "id,name,date,amount,note") -> Table:
    usual = [f"{i},Anna Lee {i},2024-01-{i + 1:02d},{i}.5,{'ok' if i % 2 else ''}" for i in range(10)]
    return read("\n".join([headings, *usual, *rows]).encode(), name="file.csv", text="all")


def test_a_comma_in_a_name_between_numbers_and_dates_is_joined():
    table = small("77,Johnson, Jr,2024-02-01,7.5,ok")
    assert rows_of(table)[-1] == ["77", "Johnson, Jr", "2024-02-01", "7.5", "ok"]
    assert table.unread["text"].tolist() == ["Johnson, Jr"]


def test_cents_behind_a_comma_are_joined():
    rows = "".join(f"Anna {i},2024-01-{i + 1:02d},{i}.5\n" for i in range(9))
    table = read(f"name,date,amount\n{rows}Johnson,2024-02-01,7,50\n".encode(), name="file.csv", text="all")
    assert rows_of(table)[-1] == ["Johnson", "2024-02-01", "7,50"] and table.unread["text"].tolist() == ["7,50"]


def test_a_row_that_ends_early_where_others_are_empty_is_used():
    assert rows_of(small("77,Lee,2024-02-01,7.5"))[-1] == ["77", "Lee", "2024-02-01", "7.5", ""]


@pytest.mark.parametrize("row", ["77,Lee,2024-02-01", "77,Lee2024-02-01,7.5,ok", "77Lee,2024-02-01,7.5,ok"])
def test_a_row_that_lacks_what_others_never_lack_is_set_aside(row):
    assert small(row).set_aside["text"].tolist() == [row]


# What programs do to whole files


def test_lines_in_quotation_marks_as_a_whole_are_unpacked():
    table = read(b'"id,""name"",amount"\r\n"1,""Lee, Ann"",2.5"\r\n"2,""Joe"",3.5"\r\n', name="file.csv")
    assert [tuple(row.values()) for row in table.data.to_pylist()] == [("1", "Lee, Ann", 2.5), ("2", "Joe", 3.5)]
    assert any("quotation marks as a whole" in sentence for sentence in table.report.sentences)


def test_one_column_of_names_with_commas_stays_one_column():
    assert read(b'"Name"\n"Lee, Ann"\n"Smith, Joe"\n').data.column_names == ["Name"]


@pytest.mark.parametrize("row", ['1;="00123";2.5', '1;"=""00123""";2.5'])
def test_codes_guarded_as_formulas_are_read(row):
    table = read(f"id;code;amount\n{row}\n{row}\n".encode(), name="file.csv")
    assert table.data["code"].to_pylist() == ["00123"] * 2 and not len(table.unread)


def test_a_rule_below_the_headings_is_no_second_heading():
    table = read(b"| id | name | x |\n|---|:--|--:|\n| 1 | A | 2 |\n| 2 | B | 3 |\n", name="file.csv")
    assert table.data.column_names == ["id", "name", "x"] and table.report.rows_used == 2


def test_what_our_generator_writes_is_what_it_expects(tmp_path: Path):
    clean = WHOLE["clean"]
    assert list(csv.reader(clean.content.decode().splitlines())) == clean.expected
    assert len(SPOILT) == 672 + 756 + 756 + 84
