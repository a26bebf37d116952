"""Parquet: whatever types its columns have, and however it is damaged, it is a table or a sentence."""

import datetime as dt
import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from segmentation import Problem, read


def written(**columns: pa.Array) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out, compression="none", use_dictionary=False)
    return out.getvalue()


@pytest.mark.parametrize("type_", [pa.timestamp("ms"), pa.timestamp("us"), pa.date32()], ids=str)
def test_days_that_no_calendar_has_are_missing(type_):
    far = {"timestamp[ms]": 2**50, "timestamp[us]": 2**63 - 1, "date32[day]": 2**31 - 1}[str(type_)]
    table = read(written(day=pa.array([far, -far, None, 0], type_), paid=pa.array([1.0, 2.0, 3.0, 4.0])))
    assert table.data["day"].to_pylist() == [None, None, None, dt.date(1970, 1, 1)]


def test_numbers_too_long_for_whole_ones_stay_numbers():
    table = read(written(count=pa.array([2**64 - 1, 5], pa.uint64()), few=pa.array([7, 8], pa.uint64())))
    assert table.data["count"].to_pylist() == [float(2**64), 5.0] and table.data["few"].to_pylist() == [7, 8]


@pytest.mark.parametrize("type_", [pa.binary(), pa.binary(2), pa.large_binary(), pa.binary_view()], ids=str)
def test_bytes_that_are_no_text_are_shown_as_such(type_):
    table = read(written(key=pa.array([b"\xff\xfe", b"ab"], type_), paid=pa.array([1.0, 2.0])))
    assert table.data["key"].to_pylist() == [r"b'\xff\xfe'", "b'ab'"]


def test_a_text_that_is_none_makes_the_file_a_broken_one():
    content = written(name=pa.array(["anna", "bob"]), paid=pa.array([1.0, 2.0])).replace(b"anna", b"an\xffa")
    with pytest.raises(Problem, match="broken Parquet file"):
        read(content, name="x.parquet")


def test_a_heading_that_is_no_text_makes_the_file_a_broken_one():
    damaged = written(customer=pa.array(["ann"]), amount=pa.array([1.5])).replace(b"customer", b"cust\xbfmer")
    with pytest.raises(Problem, match=r"x.parquet is a broken Parquet file"):
        read(damaged, name="x.parquet")
