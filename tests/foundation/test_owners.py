"""An address belongs to the account that has verified it, however it is written."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.db import connection

from foundation.owners import _verified, account_at, owner_of
from tests import make

pytestmark = pytest.mark.django_db


def test_whoever_has_verified_an_address_is_found_by_it(alice, bob):
    EmailAddress.objects.create(user=alice, email="alice@office.example", verified=True)
    EmailAddress.objects.create(user=bob, email="bob@office.example", verified=False)

    asked = ["alice@office.example", " Alice@Office.EXAMPLE ", "bob@office.example", "nobody@office.example", "", "  "]

    assert [account_at(address) for address in asked] == [alice, alice, None, None, None, None]
    assert [owner_of(address) for address in asked] == [alice.pk, alice.pk, None, None, None, None]


def test_it_is_one_look_into_an_index_however_many_addresses_there_are():
    people = make.members(300)
    EmailAddress.objects.bulk_create(EmailAddress(user=one, email=f"more{one.pk}@office.example", verified=True) for one in people)

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE account_emailaddress")
    plan = _verified("More@office.example").explain()

    assert ("Index" in plan, "Seq Scan" in plan) == (True, False)
