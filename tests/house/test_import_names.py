"""Our four import names are ordinary words: no other distribution may own one of them."""

from importlib.metadata import packages_distributions

import pytest

PROJECT_NAME = "geomsan"


@pytest.mark.parametrize("name", ["extract", "normalize", "validate", "pipelines"])
def test_no_other_distribution_claims_our_import_name(name: str) -> None:
    assert set(packages_distributions().get(name, [])) <= {PROJECT_NAME}
