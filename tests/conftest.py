"""The cast. Each person is made when a test asks for them."""

from __future__ import annotations

import pytest

from tests import make


@pytest.fixture
def alice(db):
    """An active ambassador."""
    return make.ambassador("Alice Amadi")


@pytest.fixture
def bob(db):
    """Another active ambassador, who shares nothing with Alice unless a test says so."""
    return make.ambassador("Bob Brandt")


@pytest.fixture
def staff(db):
    """A member of the support team without further duties."""
    return make.person("Sam Staff", is_staff=True)


@pytest.fixture
def alumna(db):
    """A former ambassador: may sign in, sees only what is her own."""
    return make.ambassador("Ines Ibarra", status="alumni")
