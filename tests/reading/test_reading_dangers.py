"""What is no table is refused at once, in one sentence; reading tells how far it is and can be cancelled."""

import tracemalloc
from pathlib import Path

import pytest

from segmentation.problems import Problem
from segmentation.reading.delimited import LONG_LINE
from segmentation.reading.files import Raw
from segmentation.reading.read import read
from tests.work import calls


def refused(data: bytes | Path) -> str:
    with pytest.raises(Problem) as caught:
        read(data, name="sales.csv")
    assert "\n" not in str(caught.value) and "sales.csv" in str(caught.value)
    return str(caught.value)


@pytest.fixture
def only_the_front(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The lengths of the pieces that are looked at, of a file that nobody may read as a whole."""
    looked: list[int] = []
    piece = Raw.piece
    monkeypatch.setattr(Raw, "piece", lambda raw, start, length: looked.append(length) or piece(raw, start, length))
    for whole in ("all", "source"):
        monkeypatch.setattr(Raw, whole, lambda raw: pytest.fail("the whole file is read"))
    monkeypatch.setattr("segmentation.reading.delimited._lines", lambda *_: pytest.fail("the whole file is read"))
    return looked


@pytest.mark.parametrize("upload", [False, True], ids=["a path", "an upload"])
def test_a_line_without_an_end_is_refused_before_it_is_read(upload, tmp_path, only_the_front):
    path = tmp_path / "sales.csv"
    with path.open("wb") as file:  # zeros with nothing in them take no space on most disks
        file.write(b"name,amount\n" + b"a,1," * 40_000)
        file.truncate(8 * LONG_LINE)
    assert "8 MB" in refused(b"a,b," * (9 << 20) if upload else path)
    assert sum(only_the_front) < 1.1 * LONG_LINE


def test_a_line_without_an_end_far_down_is_refused():
    rows = [b"a%d,%d\n" % (i, i) for i in range(20_000)]
    data = b"name,amount\n" + b"".join(rows) + b'"never closed,' + b"x" * (40 << 20)
    tracemalloc.start()
    assert "8 MB" in refused(data)
    assert tracemalloc.get_traced_memory()[1] < len(data), "the line is not gathered to its end"
    tracemalloc.stop()
    assert calls(lambda: refused(data)) < 100 * len(rows), "its letters are not gone through one by one"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "picture"),
        (bytes(range(256)) * 40, "binary"),
        (b'{"name": "Ann", "amount": 1}', "JSON"),
        (b"<orders><order>1</order></orders>", "XML"),
    ],
)
def test_pictures_and_binary_files_named_csv_are_refused(content, said):
    assert said in refused(content)


LARGE = "id,date,amount\n" + "".join(f"C{i},2024-01-{i % 28 + 1:02d},{i}.5\n" for i in range(150_000))


@pytest.mark.parametrize("messy", [False, True], ids=["clean", "messy"])
def test_reading_tells_how_far_it_is_and_reads_the_same(messy):
    data = (LARGE.replace(",", ", ") if messy else LARGE).encode()
    told: list[float] = []
    table = read(data, progress=lambda share, doing: told.append(share))
    assert told == sorted(told) and told[-1] == 1 and 0 <= told[0] < 1
    assert table.data.equals(read(data).data) and table.data.num_rows >= 149_999


@pytest.mark.parametrize("messy", [False, True], ids=["clean", "messy"])
def test_reading_is_cancelled_by_what_progress_raises(messy):
    data = (LARGE.replace(",", ", ") if messy else LARGE).encode()

    def cancel(share: float, doing: str) -> None:
        if share > 0.1:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        read(data, progress=cancel)


@pytest.mark.parametrize(
    ("decisions", "said"),
    [
        ({"quote": "#"}, "double, single or none"),
        ({"escape": "x"}, "none"),
        ({"header": "first"}, "give its line"),
        ({"header": "5-4"}, "give its line"),
        ({"table": "0"}, "give its number"),
        ({"table": "7"}, "has no table 7"),
        ({"ragged": "guess"}, "aside or pad"),
        ({"totals": "maybe"}, "aside or keep"),
        ({"decimal": {"b": ";"}}, 'choose "." or ","'),
        ({"dates": "b=ydm"}, "choose dmy"),
        ({"text": "c"}, 'no column "c"'),
    ],
)
def test_a_decision_that_cannot_be_followed_says_what_can(decisions, said):
    with pytest.raises(Problem, match=r"sales\.csv") as caught:
        read(b"a,b\n1,2\n", name="sales.csv", **decisions)
    assert said in str(caught.value)


def test_cells_left_out_of_rows_that_are_used_are_listed_with_their_lines():
    lines = [f"C{i};{i},5" for i in range(40)]
    lines[7] = "C7;sold out"
    table = read(("name;amount\n" + "\n".join(lines)).encode())
    (left_out,) = table.unread.to_dict("records")
    assert (left_out["line"], left_out["column"], left_out["text"]) == (9, "amount", "sold out")
    assert table.report.rows_used == 40


def test_days_are_counted_only_under_a_heading_that_means_a_date():
    content = b"date,days since,amount\n45365,45365,45365\n45366,45366,45366\n"
    row = read(content).data.to_pylist()[0]
    assert str(row["date"]) == "2024-03-14" and row["days since"] == row["amount"] == 45365
