"""How numbers look: short for a glance, whole in tables, with a true minus sign."""

import datetime as dt

import pytest

from segmentation import formats

NOTHING = (None, float("nan"), float("inf"))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (14_216_644.21, "14.2m"),
        (-1437, "−1.44k"),
        (0, "0"),
        (-0.0, "0"),
        (999, "999"),
        (999.6, "1.00k"),
        (1000, "1.00k"),
        (100_000, "100k"),
        (999_999, "1.00m"),
        (2.5e9, "2.50bn"),
        (3e12, "3.00tn"),
        (0.0421, "0.0421"),
        *((value, "–") for value in NOTHING),
    ],
)
def test_three_digits_for_a_glance(value, shown):
    assert formats.compact(value) == shown


def test_the_currency_stands_between_the_sign_and_the_number():
    assert formats.compact(-1437, "€") == "−€1.44k"
    assert formats.whole(-1436.6, "€") == "−€1,437"


@pytest.mark.parametrize(
    ("value", "shown"), [(1436.4, "1,436"), (-0.3, "0"), (-2, "−2"), *((value, "–") for value in NOTHING)]
)
def test_whole_units_in_tables(value, shown):
    assert formats.whole(value) == shown


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        (0.3404, 0, "34%"),
        (0.3404, 1, "34.0%"),
        (0.004, 0, "<1%"),
        (0.0004, 1, "<0.1%"),
        (-0.0004, 1, ">−0.1%"),
        (-0.004, 0, ">−1%"),
        (0, 0, "0%"),
        (-0.0, 0, "0%"),
        (-0.125, 1, "−12.5%"),
        (1.4, 0, "140%"),
        (0.998, 0, ">99%"),  # not all: never 100%
        (0.9949, 0, "99%"),
        (0.9996, 1, ">99.9%"),
        (0.998, 1, "99.8%"),
        (1.0, 0, "100%"),
        (1.004, 0, ">100%"),
        (-0.998, 0, "<−99%"),
        (-1.004, 0, "<−100%"),
        *((value, 0, "–") for value in NOTHING),
    ],
)
def test_shares_as_per_cent(value, digits, shown):
    assert formats.share(value, digits) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(1000, "1,000"), (0.25, "0.25"), (-0.5, "−0.5"), (-1e-9, "0"), (31.0, "31")]
)
def test_a_threshold_looks_as_it_was_typed(value, shown):
    assert formats.number(value) == shown


@pytest.mark.parametrize(
    ("unit", "values", "shown"),
    [
        ("cycles", [1], "cycle"),
        ("cycles", [1.5], "cycles"),
        ("months", [1, 2], "months"),
        ("%", [1], ""),
        ("×", [1], "×"),
    ],
)
def test_one_of_a_unit_is_one(unit, values, shown):
    assert formats.unit_of(unit, *values) == shown


def test_days_and_counts_are_read_at_a_glance():
    assert formats.day(dt.date(2026, 6, 30)) == "30 Jun 2026"
    assert formats.count(1702) == "1,702"
    assert [formats.plural(n, "customer") for n in (0, 1, 1200)] == ["0 customers", "1 customer", "1,200 customers"]
    assert formats.plural(2, "currency", "currencies") == "2 currencies"


@pytest.mark.parametrize("text", ["Tools\r===", "a\r\r    b", "a\n# b", "a\u2028- b"])
def test_a_cell_with_line_ends_stays_one_line_of_letters(text):
    assert len(formats.plain(text).splitlines()) == 1


@pytest.mark.parametrize("text", [":smile:", ":material/home:", ":streamlit:", "a -> b", "a <-> b", "a -- b", "a >= b"])
def test_what_stands_for_another_sign_in_markdown_is_parted_by_nothing_that_shows(text):
    said = formats.plain(text)
    bare = said.replace("\\", "")
    assert text not in bare and bare.replace(formats.JOINER, "") == text


@pytest.mark.parametrize(
    ("value", "rounded"),
    [(1234.5, 1200), (-0.0678, -0.068), (0.0567, 0.057), (0, 0), (float("nan"), 0), (float("-inf"), 0)],
)
def test_a_number_that_can_be_said_has_two_digits(value, rounded):
    assert formats.two_digits(value) == rounded


def test_how_large_a_file_is_is_said_in_bytes_not_in_money():
    assert [formats.octets(size) for size in (340_000, 1_700_000, 288_000_000)] == ["340 KB", "1.7 MB", "288.0 MB"]


def test_a_value_stands_in_the_place_of_this_share_or_behind_the_words():
    assert formats.put("A ends at this share of the total", "75%") == "A ends at 75% of the total"
    assert formats.put("Late after", "1 cycle") == "Late after 1 cycle"


def test_two_amounts_that_differ_are_not_told_alike():
    assert formats.apart(2_046_189.2, 2_048_112.4, "€") == ("€2,046,189", "€2,048,112")
    assert formats.apart(100.0, 2_048_112.4) == ("100", "2.05m")
    assert formats.apart(0.9991, 0.9992) == ("0.999", "0.999"), "whole units would tell no more"
