"""Wholesale, small wholesale, retail by edges of volume."""

from segmentation import METHODS
from tests.small import customers, groups

volume_bands = METHODS["volume_bands"]


def test_an_edge_belongs_to_the_band_above():
    people = customers(revenue=[-5.0, 999.99, 1000, 9999, 10000])
    assert groups(volume_bands.segment(people)) == {"Retail": "AB", "Small wholesale": "CD", "Wholesale": "E"}


def test_more_edges_make_more_bands_named_by_their_limits():
    people = customers(units=[3.0, 10, 50, 400])
    assert groups(volume_bands.segment(people, value="units", edges="10,50,100")) == {
        "under 10": "A",
        "10 to under 50": "B",
        "50 to under 100": "",
        "100 and over": "D",
    } | {"50 to under 100": "C"}


def test_an_edge_given_twice_leaves_an_empty_band_with_a_name_of_its_own():
    labels = volume_bands.segment(customers(revenue=[1.0, 9.0]), edges=(5, 5, 5))
    assert len(set(labels.cat.categories)) == 4
    assert labels.tolist() == ["under 5", "5 and over"]
