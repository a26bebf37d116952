"""VIP, regular, difficult: the top and the bottom fifth of customers."""

import pytest

from segmentation import METHODS, Customers, Problem
from segmentation.methods.vip import monthly_lists
from tests.small import customers, groups, table

vip = METHODS["vip"]


def test_of_ten_customers_the_two_largest_are_vip_and_the_two_smallest_difficult():
    people = customers(revenue=[5.0, 10, 1, 7, 3, 9, 2, 8, 6, 4])
    assert groups(vip.segment(people)) == {"VIP": "BF", "Regular": "ADEHIJ", "Difficult": "CG"}
    assert groups(vip.segment(people, share=0.1, difficult=0.3)) == {
        "VIP": "B",
        "Regular": "ADFHIJ",
        "Difficult": "CEG",
    }


def test_equal_customers_stay_together_in_the_lower_group():
    assert groups(vip.segment(customers(revenue=[9.0, 9, 9, 1, 1]))) == {"Regular": "ABC", "Difficult": "DE"}


def test_a_single_large_purchase_makes_a_vip_of_the_pooled_list_that_the_months_do_not_know():
    # Rosa buys 20 every month, Ivo 10; Otto bought once for 500, Nia is new with 1
    lines = [
        (day, name, amount)
        for month in range(1, 7)
        for day, name, amount in ((f"2026-0{month}-05", "Rosa", 20.0), (f"2026-0{month}-06", "Ivo", 10.0))
    ]
    lines += [("2026-02-10", "Otto", 500.0), ("2026-06-30", "Nia", 1.0)]
    dates, names, amounts = map(list, zip(*lines, strict=True))
    from datetime import date

    people = Customers.build(table(customer=names, date=[date.fromisoformat(day) for day in dates], revenue=amounts))
    lists = monthly_lists(vip, people, 6, share=0.3)
    assert lists["pooled"].to_dict() == {"Ivo": False, "Nia": False, "Otto": True, "Rosa": False}
    assert lists["months"].to_dict() == {"Ivo": 0, "Nia": 0, "Otto": 1, "Rosa": 5}
    assert lists["differ"].to_dict() == {
        "Ivo": "",
        "Nia": "",
        "Otto": "one month alone made it VIP",
        "Rosa": "VIP in months, not pooled",
    }


def test_lists_by_month_need_dates():
    with pytest.raises(Problem, match="choose the column with the dates"):
        monthly_lists(vip, customers(revenue=[1.0, 2.0]))
