"""XYZ and ABC-XYZ of Northwind, per month, equal what R found."""

from segmentation import METHODS


def test_the_class_of_every_customer_by_fixed_cuts(people, oracle, oracles):
    customers = people("northwind", as_of="1998-04-30", window=16)
    labels = METHODS["xyz"].segment(customers, by="cv", period="M", x=0.5, y=1.0).astype("str")
    expected = oracle("xyz_northwind_1997-01_1998-04").set_index("customer_id").sort_index()
    assert labels.tolist() == expected["xyz_sample_0.5_1.0"].tolist()
    known = oracles["xyz"]["xyz_northwind_1997-01_1998-04"]["sample_0.5_1.0"]
    assert labels.value_counts().to_dict() == known


def test_the_nine_cells_with_abc_on_the_revenue_of_the_same_sixteen_months(people, oracles):
    customers = people("northwind", as_of="1998-04-30", window=16)
    cells = METHODS["abc_xyz"].segment(customers, period="M", x=0.5, y=1.0).value_counts()
    known = oracles["xyz"]["xyz_northwind_1997-01_1998-04"]["abcxyz_inclusive_pop_0.5_1.0"]
    assert cells[cells > 0].to_dict() == known
