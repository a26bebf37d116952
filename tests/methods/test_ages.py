"""Age bands from ages, dates of birth or groups in words."""

import datetime as dt

import numpy as np
import pytest

from segmentation import METHODS, Problem
from tests.small import customers, groups

ages = METHODS["ages"]


def test_the_usual_bands():
    people = customers(age=[0.0, 14, 15, 24, 25, 44, 45, 64, 65, 99, None, -1, 200])
    assert groups(ages.segment(people)) == {
        "0–14": "AB",
        "15–24": "CD",
        "25–44": "EF",
        "45–64": "GH",
        "65 and over": "IJ",
        "Unknown": "KLM",
    }


def test_children_have_bands_of_their_own_where_goods_are_for_them():
    people = customers(age=[0.5, 1, 6, 7, 10, 11, 14, 30])
    assert groups(ages.segment(people, children="bands")) == {
        "under 1": "A",
        "1–6": "BC",
        "7–10": "DE",
        "11–14": "FG",
        "25–44": "H",
    }


def test_a_date_of_birth_gives_the_age_on_the_as_of_day():
    born = [dt.date(2011, 6, 30), dt.date(2011, 7, 1), None]
    assert groups(ages.segment(customers(as_of=dt.date(2026, 6, 30), geburtsdatum=born))) == {
        "15–24": "A",
        "0–14": "B",
        "Unknown": "C",
    }
    with pytest.raises(Problem, match="choose the day to analyse up to"):
        ages.segment(customers(birth_date=born))


def test_what_is_cut_is_called_an_age_not_a_date():
    day = dt.date(2026, 6, 30)
    found = ages(customers(as_of=day, birth_date=[dt.date(1990, 1, 1), dt.date(2000, 1, 1)]))
    assert found.columns == ("Age in years, by date of birth",)
    assert ages(customers(age=[20.0, 30.0])).columns == ("age, in years",)


def test_age_groups_in_words_count_by_the_age_they_begin_at():
    people = customers(child_age_group=["under 1", "1 to 7", "25-34", "65+", "unknown"])
    assert groups(ages.segment(people)) == {"0–14": "AB", "25–44": "C", "65 and over": "D", "Unknown": "E"}


@pytest.mark.parametrize("heading", ["Year_Birth", "Geburtsjahr", "год рождения"])
def test_a_year_of_birth_gives_the_age_reached_in_the_year_and_says_so(heading):
    people = customers(as_of=dt.date(2014, 6, 30), **{heading: [1957.0, 1999, 1990, 1893, np.nan]})
    found = ages(people)
    assert groups(found.labels()) == {"45–64": "A", "15–24": "BC", "Unknown": "DE"}
    assert found.columns == (f"{heading}, a year of birth, in years",)
    with pytest.raises(Problem, match=r"Years of birth .* choose the day to analyse up to"):
        ages(customers(**{heading: [1957.0, 1999.0]}))


def test_years_of_birth_are_known_by_their_values_too_and_a_single_one_among_ages_is_no_age():
    people = customers(as_of=dt.date(2026, 6, 30), age=[1957.0, 1999.0])
    assert groups(ages.segment(people)) == {"65 and over": "A", "25–44": "B"}
    assert groups(ages.segment(customers(as_of=people.as_of, age=[30.0, 40, 1999]))) == {"25–44": "AB", "Unknown": "C"}
