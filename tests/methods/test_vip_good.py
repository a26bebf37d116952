"""VIP, good, other: the top fifth, and a fifth of the rest."""

from segmentation import METHODS
from tests.small import customers, groups

vip_good = METHODS["vip_good"]


def test_the_share_is_taken_again_from_those_that_remain():
    # of 25 customers 5 are VIP; a fifth of the 20 others is 4
    people = customers([f"{n:02}" for n in range(25)], revenue=[float(n) for n in range(25)])
    labels = vip_good.segment(people)
    assert labels.value_counts(sort=False).to_dict() == {"VIP": 5, "Good": 4, "Other": 16}
    assert labels["20"] == "VIP" and labels["19"] == "Good" and labels["15"] == "Other"
    assert vip_good.reference == (5 / 25, 4 / 25, 16 / 25)


def test_half_and_half_of_the_rest():
    assert groups(vip_good.segment(customers(revenue=[1.0, 2, 3, 4]), share=0.5)) == {
        "VIP": "CD",
        "Good": "B",
        "Other": "A",
    }
