"""New, established, long-term by days since the first purchase."""

from segmentation import METHODS
from tests.small import customers, groups

tenure = METHODS["tenure"]


def test_three_months_and_a_year():
    people = customers(tenure_days=[0.0, 90, 91, 364, 365, None])
    assert groups(tenure.segment(people)) == {"New": "AB", "Established": "CD", "Long-term": "E", "Unknown": "F"}


def test_own_edges_make_named_bands():
    people = customers(tenure_days=[5.0, 30, 800])
    assert groups(tenure.segment(people, edges=(10, 100, 700))) == {"under 10": "A", "10–99": "B", "700 and over": "C"}
