"""The roll-up: definition.sql and the kernels give the same table, and both agree with what other programs found."""

import datetime as dt
import json
from pathlib import Path
from unittest import mock

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation import METHODS, Customers
from segmentation.problems import Problem
from segmentation.rollup import encode
from segmentation.rollup import memory as rollup
from segmentation.rollup.duckdb import connect, decimals, roll_up_sql
from segmentation.rollup.memory import Lines, roll_up
from segmentation.rollup.settings import CHOICES
from tests.places import SHARED, with_shared
from tests.small import table

IDS = [
    "a",
    "b",
    "B",
    "",
    None,
    "é",
    "e\u0301",
    "aa",
    "007",
    "7",
    "日本",
    "😀",
    "￿",
    "a customer with quite a long name, Ltd",
]
ORDERS = ["1", "2", "01", "", None, "O-1", "an order number of more than eight bytes"]
AMOUNTS = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.1 + 0.2 - 0.3,
    0.1 + 0.2,
    0.00005,
    1e-300,
    19.99,
    -19.99,
    1e9,
    12345678901.1234,
    np.nan,
]
amounts = st.sampled_from(AMOUNTS) | st.floats(-1e6, 1e6).map(lambda x: round(x, 2)) | st.floats(-1e3, 1e3)
days = st.dates(dt.date(2023, 11, 1), dt.date(2024, 4, 30)) | st.just(dt.date(2024, 2, 29)) | st.none()
rows = st.lists(
    st.tuples(st.sampled_from(IDS), days, amounts, amounts, amounts, st.sampled_from(ORDERS)), min_size=1, max_size=40
)


def make(
    rows: list[tuple], *, dates: bool = True, orders: bool = True, extras: bool = True, coded: bool = False
) -> Lines:
    customer, day, revenue, profit, units, order = map(list, zip(*rows, strict=True)) if rows else [[]] * 6
    texts = pa.array(customer, pa.string())
    return Lines(
        texts.dictionary_encode() if coded else texts,
        np.array(day, "datetime64[D]") if dates else None,
        np.array(revenue, float),
        profit=np.array(profit, float) if extras else None,
        units=np.array(units, float) if extras else None,
        order=pa.array(order, pa.string()) if orders else None,
    )


def bought(*rows: tuple) -> Lines:
    """Lines of (customer, day, revenue)."""
    return make([(*row, 0.0, 0.0, None) for row in rows], orders=False, extras=False)


def column(rolled: rollup.RollUp, name: str) -> dict[str, object]:
    return dict(zip(rolled.ids.to_pylist(), rolled.columns[name].tolist(), strict=True))


@pytest.fixture(scope="module")
def one_database():
    """The same database for all that is asked of it: to open one takes as long as the answer."""
    with connect() as database, mock.patch("segmentation.rollup.duckdb.connect", database.cursor):
        yield


def assert_same(one: rollup.RollUp, other: rollup.RollUp) -> None:
    assert one.ids.to_pylist() == other.ids.to_pylist()
    assert (one.days, one.left_out) == (other.days, other.left_out)
    np.testing.assert_array_equal([one.as_of, one.start], [other.as_of, other.start])
    np.testing.assert_array_equal(one.codes, other.codes)
    assert one.columns.keys() == other.columns.keys()
    for name, values in one.columns.items():
        assert values.dtype == other.columns[name].dtype, name
        if name.startswith("revenue_cv"):
            np.testing.assert_allclose(values, other.columns[name], rtol=1e-9, atol=1e-9, err_msg=name)
        elif name in ("growth", "average_order", "visits_per_quarter"):
            np.testing.assert_allclose(values, other.columns[name], rtol=1e-14, err_msg=name)
        else:
            np.testing.assert_array_equal(values, other.columns[name], err_msg=name)


choices = st.fixed_dictionaries(
    {
        "returns": st.sampled_from([*CHOICES["returns"].ways]),
        "window": st.none() | st.integers(1, 7),
        "as_of": st.none()
        | st.dates(dt.date(2023, 10, 1), dt.date(2024, 6, 30)).map(lambda day: np.datetime64(day, "D")),
    }
)


@settings(max_examples=250)
@given(
    rows=rows,
    choices=choices,
    shape=st.fixed_dictionaries({n: st.booleans() for n in ("dates", "orders", "extras", "coded")}),
    part=st.sampled_from([1, 5, rollup.PART]),
    block=st.sampled_from([1, 7, encode.BLOCK]),
)
def test_the_fast_way_gives_what_the_definition_gives(one_database, rows, choices, shape, part, block):
    lines = make(rows, **shape)
    with mock.patch.object(rollup, "PART", part), mock.patch.object(encode, "BLOCK", block):
        assert_same(roll_up(lines, **choices), roll_up_sql(lines, **choices))


@settings(max_examples=150)
@given(rows=rows, choices=choices, data=st.data())
def test_the_order_of_the_lines_changes_nothing_not_even_the_last_bit(rows, choices, data):
    places = data.draw(st.permutations(range(len(rows))))
    one, other = roll_up(make(rows), **choices), roll_up(make([rows[place] for place in places]), **choices)
    assert one.ids.equals(other.ids)
    assert {name: values.tobytes() for name, values in one.columns.items()} == {
        name: values.tobytes() for name, values in other.columns.items()
    }
    assert one.codes[places].tolist() == other.codes.tolist()
    assert one.left_out == other.left_out


def test_a_large_file_gives_what_the_definition_gives():
    rng = np.random.default_rng(7)
    n = 60_000
    customer = pa.array([f"K{number}" for number in rng.integers(0, 2_000, n)])
    order = pa.array([f"{number:x}-2024-north" if number % 50 else "" for number in rng.integers(0, 40_000, n)])
    day = np.datetime64("2021-03-05") + rng.integers(0, 1200, n)
    day[rng.random(n) < 0.01] = "NaT"
    revenue = np.round(rng.normal(40, 50, n), 2)
    lines = Lines(pa.chunked_array([customer[:10], customer[10:10], customer[10:]]), day, revenue, order=order)
    assert_same(roll_up(lines, window=24), roll_up_sql(lines, window=24))


def test_amounts_too_wide_to_sort_along_are_still_exact():
    rng = np.random.default_rng(8)
    revenue = np.append(rng.integers(-100, 100, 500) / 8, [9e13, -9e12])
    customer = pa.array([f"C{number}" for number in rng.integers(0, 60, 502)])
    lines = Lines(customer, np.datetime64("2020-01-01") + rng.integers(0, 3000, 502), revenue)
    assert_same(roll_up(lines), roll_up_sql(lines))


@given(
    texts=st.lists(st.none() | st.text(max_size=12) | st.sampled_from([*IDS, "a\0", "\0", "x" * 40]), max_size=30),
    coded=st.booleans(),
)
def test_customers_come_in_the_order_of_their_code_points_and_blank_is_nobody(texts, coded):
    column = pa.array(texts, pa.string())
    codes, distinct = encode.encode(column.dictionary_encode() if coded else column)
    assert distinct.to_pylist() == sorted({text for text in texts if text})
    assert [distinct[int(code)].as_py() if code >= 0 else None for code in codes] == [text or None for text in texts]


@given(
    texts=st.lists(st.none() | st.text(max_size=12) | st.sampled_from([*ORDERS, "a\0", "\0", "x" * 40]), max_size=30),
    coded=st.booleans(),
)
def test_two_orders_are_one_only_if_their_ids_are_the_same_text(texts, coded):
    column = pa.array(texts, pa.string())
    numbers, limit = encode.identify(column.dictionary_encode() if coded else column)
    assert all((number < 0) == (not text) and number < limit for number, text in zip(numbers, texts, strict=True))
    known = [(text, int(number)) for number, text in zip(numbers, texts, strict=True) if text]
    assert len(set(known)) == len({text for text, _ in known}) == len({number for _, number in known})


def test_cents_add_up_exactly():
    lines = bought(*[("a", "2024-01-01", 0.1)] * 10, ("a", "2024-01-01", -1.0), ("b", "2024-01-01", 0.1 + 0.2 - 0.3))
    assert column(roll_up(lines), "revenue") == {"a": 0.0, "b": 0.0}


def test_a_tenth_of_a_cent_is_not_lost():
    assert column(roll_up(bought(("a", "2024-01-01", 0.0012), ("a", "2024-01-01", 5.0))), "revenue") == {"a": 5.0012}


@pytest.mark.parametrize(
    ("returns", "orders", "revenue", "first", "dropped"),
    [("net", 1, 60.0, "2024-01-09", 0), ("keep", 2, 60.0, "2024-01-01", 0), ("drop", 1, 100.0, "2024-01-09", 1)],
)
def test_a_return_is_netted_kept_or_set_aside_as_asked(returns, orders, revenue, first, dropped):
    rolled = roll_up(bought(("a", "2024-01-01", -40.0), ("a", "2024-01-09", 100.0)), returns=returns)
    assert column(rolled, "orders") == {"a": orders}
    assert column(rolled, "revenue") == {"a": revenue}
    assert column(rolled, "first_order") == {"a": dt.date.fromisoformat(first)}
    assert rolled.left_out["returns_dropped"] == dropped


def test_the_same_order_id_under_two_customers_is_an_order_of_each():
    lines = make(
        [
            ("a", "2024-01-01", 1.0, 0.0, 0.0, "7"),
            ("b", "2024-01-02", 1.0, 0.0, 0.0, "7"),
            ("b", "2024-01-02", 1.0, 0.0, 0.0, "7"),
        ]
    )
    assert column(roll_up(lines), "orders") == {"a": 1, "b": 1}


def test_the_rhythm_is_the_median_gap_and_needs_three_days():
    lines = bought(
        *[("a", f"2024-01-{day:02}", 1.0) for day in (1, 3, 3, 9, 21)],
        ("b", "2024-01-01", 1.0),
        ("b", "2024-01-05", 1.0),
    )
    assert column(roll_up(lines), "cycle_days") == {"a": 6.0, "b": pytest.approx(np.nan, nan_ok=True)}


def test_months_without_a_purchase_count_as_zero():
    rolled = roll_up(bought(("a", "2024-01-31", 30.0), ("a", "2024-04-01", 30.0)))
    assert column(rolled, "revenue_cv_month")["a"] == pytest.approx(np.std([30, 0, 0, 30], ddof=1) / 15)
    assert np.isnan(column(rolled, "revenue_cv")["a"])  # two quarters are too few


def test_perfectly_steady_revenue_has_no_variation_at_all():
    lines = bought(*[("a", f"2024-{month:02}-15", 0.1) for month in range(1, 13)])
    assert column(roll_up(lines), "revenue_cv_month")["a"] < 1e-15


@pytest.mark.parametrize(
    ("as_of", "months", "start"),
    [
        ("1998-04-30", 16, "1997-01-01"),
        ("2024-02-29", 3, "2023-12-01"),
        ("2024-05-06", 12, "2023-05-07"),
        ("2023-03-29", 1, "2023-02-28"),
    ],
)
def test_a_window_is_so_many_calendar_months_that_end_with_the_as_of_day(as_of, months, start):
    assert rollup.window_start(np.datetime64(as_of), months) == np.datetime64(start)


def test_every_line_left_out_is_counted_once_under_its_first_reason():
    lines = bought(
        ("", None, -1.0),
        ("a", None, -1.0),
        ("a", "2024-06-02", -1.0),
        ("a", "2024-03-31", -1.0),
        ("a", "2024-05-01", -1.0),
        ("b", "2024-05-02", 1.0),
    )
    rolled = roll_up(lines, as_of=np.datetime64("2024-05-31"), window=2, returns="drop")
    assert rolled.left_out == dict.fromkeys(rollup.REASONS, 1)
    assert rolled.ids.to_pylist() == ["b"]
    assert rolled.codes.tolist() == [-1, -1, -1, -1, -1, 0]
    assert rolled.days == 61


def test_a_customer_without_any_known_profit_is_unknown_not_zero():
    lines = make(
        [
            ("a", "2024-01-01", 1.0, np.nan, 0.0, "1"),
            ("b", "2024-01-01", np.nan, 2.0, 0.0, "1"),
            ("b", "2024-01-01", 1.0, np.nan, 0.0, "1"),
        ]
    )
    assert column(roll_up(lines), "profit") == {"a": pytest.approx(np.nan, nan_ok=True), "b": 2.0}
    assert column(roll_up(lines), "revenue") == {"a": 1.0, "b": 1.0}


@pytest.mark.parametrize(
    "lines", [make([]), bought(("", "2024-01-01", 1.0)), bought(("a", None, 1.0)), make([], dates=False)]
)
@pytest.mark.parametrize("way", [roll_up, roll_up_sql])
def test_a_file_with_nothing_to_use_gives_no_customers_and_says_why(lines, way):
    rolled = way(lines)
    assert len(rolled.ids) == 0
    assert all(len(values) == 0 for values in rolled.columns.values())
    assert sum(rolled.left_out.values()) == len(lines)
    assert rolled.days == 0


@pytest.mark.parametrize("way", [roll_up, roll_up_sql])
def test_an_unknown_way_to_treat_returns_is_refused(way):
    with pytest.raises(Problem, match="net, keep, drop"):
        way(bought(("a", "2024-01-01", 1.0)), returns="ignore")


@pytest.mark.parametrize("amount", [1e14, -np.inf, 1e300])
def test_an_absurd_amount_is_named(amount):
    with pytest.raises(Problem, match="revenue"):
        roll_up(bought(("a", "2024-01-01", amount)))


def test_the_database_cannot_reach_files():
    with connect() as database, pytest.raises(Exception, match="disabled by configuration"):
        database.execute(f"SELECT * FROM read_csv('{Path(__file__).as_posix()}')")


def test_amounts_reach_the_database_as_the_same_decimals():
    written = decimals(rollup.whole(np.array([0.1, -2.5, np.nan, 99_999_999_999.9999]), "profit"))
    assert [value and str(value) for value in written.to_pylist()] == ["0.1000", "-2.5000", None, "99999999999.9999"]


def read(name: str, **options) -> pd.DataFrame:
    return pd.read_csv(
        SHARED / name, dtype={"customer_id": str, "order_id": str, "CustomerID": str, "sample_id": str}, **options
    )


def lines_of(frame: pd.DataFrame, customer: str, day: str, revenue: str, order: str | None = None) -> Lines:
    return Lines(
        pa.array(frame[customer], pa.string()),
        frame[day].to_numpy("datetime64[D]") if frame[day].dtype.kind == "M" else np.array(frame[day], "datetime64[D]"),
        frame[revenue].to_numpy(float),
        order=None if order is None else pa.array(frame[order].astype(str), pa.string()),
    )


def northwind() -> Lines:
    frame = read("northwind/order_details.csv").merge(read("northwind/orders.csv"), on="OrderID")
    frame["revenue"] = frame["UnitPrice"] * frame["Quantity"] * (1 - frame["Discount"])
    return lines_of(frame, "CustomerID", "OrderDate", "revenue", "OrderID")


SOURCES = {
    "northwind": (northwind, "1998-05-07"),
    "rfm_data_orders": (
        lambda: lines_of(read("rfm/rfm_data_orders.csv"), "customer_id", "order_date", "revenue"),
        "2006-12-31",
    ),
    "online_retail_slice": (
        lambda: lines_of(
            read("online_retail/online_retail_slice_orders_clean.csv"), "customer_id", "date", "revenue", "order_id"
        ),
        "2011-04-01",
    ),
    "cdnow_master": (
        lambda: lines_of(read("cdnow/cdnow_master.csv.gz"), "customer_id", "date", "revenue"),
        "1998-07-01",
    ),
}


@with_shared
@pytest.mark.parametrize("name", SOURCES)
def test_recency_orders_and_amount_are_those_of_the_rfm_package(name):
    source, as_of = SOURCES[name]
    rolled = roll_up(source(), as_of=np.datetime64(as_of))
    oracle = read(f"oracles/rfm_{name}.csv" + (".gz" if name == "cdnow_master" else "")).set_index("customer_id")
    table = pd.DataFrame(rolled.columns, rolled.ids.to_pylist()).loc[oracle.index]
    assert len(rolled.ids) == len(oracle)
    assert (table["recency_days"] == oracle["recency_days"]).all()
    assert (table["orders"] == oracle["transaction_count"]).all()
    np.testing.assert_allclose(table["revenue"], oracle["amount"], atol=0.005)


@with_shared
@pytest.mark.parametrize("name", ["northwind", "online_retail_slice", "cdnow_master"])
def test_as_many_customers_are_active_as_another_program_counts(name):
    source, as_of = SOURCES[name]
    oracle = json.loads((SHARED / "oracles.json").read_text("utf-8"))["computed"]["lifecycle"][name]
    rolled = roll_up(source(), as_of=np.datetime64(as_of))
    recency = rolled.columns["recency_days"]
    counts = [
        np.count_nonzero((recency > a) & (recency <= b)) for a, b in [(-1, 90), (90, 180), (180, 365), (365, np.inf)]
    ]
    assert counts == list(oracle["days_90_180_365"].values())
    one_day = rolled.columns["first_order"] == rolled.columns["last_order"]
    assert np.count_nonzero(one_day) == oracle["one_time_buyers (one distinct order date)"]


@with_shared
def test_the_two_halves_of_northwind_are_those_another_program_found():
    rolled = roll_up(northwind(), as_of=np.datetime64("1998-05-06"))
    oracle = read("oracles/growth_northwind.csv").set_index("customer_id")
    table = pd.DataFrame(rolled.columns, rolled.ids.to_pylist()).loc[oracle.index]
    assert str(rolled.start) == "1996-07-04"
    np.testing.assert_allclose(table["revenue_before"], oracle["prev"], atol=1e-8)
    np.testing.assert_allclose(table["revenue_recent"], oracle["curr"], atol=1e-8)
    np.testing.assert_allclose(table["growth"], oracle["growth"], rtol=1e-9)


@with_shared
def test_monthly_variation_of_northwind_is_that_another_program_found():
    rolled = roll_up(northwind(), as_of=np.datetime64("1998-04-30"), window=16)
    oracle = read("oracles/xyz_northwind_1997-01_1998-04.csv").set_index("customer_id")
    assert str(rolled.start) == "1997-01-01"
    assert rolled.ids.to_pylist() == sorted(oracle.index)
    found = pd.Series(rolled.columns["revenue_cv_month"], rolled.ids.to_pylist())
    np.testing.assert_allclose(found.loc[oracle.index], oracle["cv_sample"], rtol=1e-9)


def test_a_customer_without_a_known_amount_has_no_known_revenue_and_is_unknown_wherever_money_counts():
    lines = table(
        customer=["a", "a", "b", "n"],
        date=np.array(["2024-01-05", "2024-06-05", "2024-02-05", "2024-03-05"], "datetime64[D]"),
        revenue=[100.0, None, 50.0, None],
    )
    people = Customers.build(lines)
    assert people.frame.loc["a", "revenue"] == 100 and people.frame.loc["a", "orders"] == 2
    unknown = people.frame.loc["n"]
    assert (
        unknown["orders"] == 1
        and unknown[["revenue", "average_order", "growth", "revenue_cv", "potential"]].isna().all()
    )
    assert any(
        "2 sales have no amount" in note and "1 customer has no sale with an amount" in note for note in people.notes
    )
    for name in ("abc_classes", "vip", "rfm", "bcg", "volume_bands", "portfolio", "xyz"):
        assert METHODS[name].segment(people)["n"] == "Unknown", name
