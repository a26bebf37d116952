"""Names that come with the first who asks for them are found, listed and missed as any others are."""

import importlib

import pytest

PACKAGES = ["segmentation", *(f"segmentation.{name}" for name in ("audit", "exports", "report", "tools"))]


@pytest.mark.parametrize("name", PACKAGES)
def test_all_that_a_package_offers_is_there_and_among_what_is_proposed_to_whoever_types(name):
    package = importlib.import_module(name)
    assert set(package.__all__) <= set(dir(package))
    assert all(getattr(package, one) is not None for one in package.__all__)


@pytest.mark.parametrize("name", PACKAGES)
def test_a_misspelt_name_is_told_with_the_package_that_has_none_of_it(name):
    with pytest.raises(AttributeError, match=f"module '{name}' has no attribute 'raed'"):
        importlib.import_module(name).raed  # noqa: B018
