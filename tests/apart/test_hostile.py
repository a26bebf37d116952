"""No file stops the room: each ends in a table or a sentence, and nobody else is held up meanwhile.

`python -m tests.fuzz --hostile` tries all kinds there are.
"""

import gzip
import io

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pytest

from segmentation import METHODS, Customers, read
from segmentation.apart.handing import Upload
from segmentation.apart.pool import Pool
from tests.apart.room import LONGEST, MEMORY, SECONDS, held, work_on
from tests.reading.hostile import FILES, saved

SOME = (
    "a field beyond ASCII of 100 kB",
    "a heading of open brackets",
    "a name of 1 MB",
    "totals without an end",
    "each row of another width",
    "tables without an end",
    "quotation marks without an end",
    "spaces without an end",
    "line feeds without an end",
    "a cell of 5 MB",
    "100 000 columns of one heading",
    "web page of deep blocks",
    "entities of entities",
    "gz of 200 MB of line feeds",
    "zip of a thousand files",
    "zip that ends in a zip",
    "parquet of one long list",
    "parquet of a heading of 1 MB",
    "workbook with a cell far away",
    "workbook of a billion shared texts declared",
    "spreadsheet of a cell repeated",
)


ROWS = 400_000


@pytest.fixture(scope="module")
def pool() -> Pool:
    pool = Pool(1)
    pool.do(len, "warm")
    return pool


@pytest.mark.parametrize("kind", SOME)
def test_a_hostile_file_is_a_table_or_a_sentence_and_holds_up_nobody(kind, pool):
    felt = work_on(pool, *FILES[kind]())
    assert felt.ended and "Traceback" not in felt.ended
    assert felt.reading < SECONDS and felt.memory < MEMORY and felt.held < LONGEST
    assert pool.do(len, "the next") == 8


@pytest.fixture(scope="module")
def sales() -> pa.Table:
    """Sale lines of 100,000 customers, their names and shops as text."""
    lot = np.random.default_rng(1)
    days = np.datetime64("2024-01-01") + lot.integers(0, 700, ROWS)
    texts = {"customer": pa.array(lot.integers(0, 100_000, ROWS)).cast(pa.string()), "shop": lot.integers(0, 90, ROWS)}
    return pa.table({**texts, "date": days, "amount": lot.gamma(2, 30, ROWS).round(2)})


def as_csv(sales: pa.Table) -> bytes:
    out = io.BytesIO()
    pyarrow.csv.write_csv(sales, out)
    return out.getvalue()


KINDS = {"csv": as_csv, "csv.gz": lambda sales: gzip.compress(as_csv(sales), 1), "parquet": saved}


@pytest.mark.parametrize("kind", KINDS)
def test_who_brings_a_long_file_holds_up_nobody_who_moves_a_threshold(kind, pool, sales):
    """The server's part of it: the finished table is taken in, then the customers, and segments are made of them."""
    upload = Upload.of(KINDS[kind](sales))

    def visit() -> None:
        customers = pool.do(Customers.build, pool.do(read, upload, name=f"sales.{kind}"))
        assert len(METHODS["abc_classes"](customers, a=0.7, b=0.9).counts) > 2

    assert min(held(visit) for _ in range(2)) < LONGEST
