"""Links that work without signing in: each opens its own thing, and is nothing at every other address (R2)."""

from __future__ import annotations

import re

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from tests.community.test_access import names, rows

# What one link leads through is one purpose: the pages of an invitation, of a subscription …
FAMILIES = re.compile(
    r"accounts:recovery-object|accounts:recovery|ambassadors:engagement-answer|ambassadors:invitation|ambassadors:nominee-answer|ambassadors:seat"
    r"|community:contact-confirm|community:subscription|correspondence:unsubscribe|discussions:appeal|practice:action-link|practice:administrator-invited|practice:ballot|practice:respond|products:launch-wish|products:review-link"
)
# Where a link no longer works, one asks for a new one: the answer is the same whatever stands in the address, and nothing comes of it.
# Signing out ends the session of whoever presses it, before anybody looks at the link.
TAKE_ANY_LINK = {"ambassadors:invitation-renewal-ask", "ambassadors:invitation-address-ask", "ambassadors:invitation-sign-out"}
SHUT = {403, 404, 405, 410}


def family(name: str) -> str:
    found = FAMILIES.match(name)
    return found.group() if found else name


def address(name: str, token: str) -> str:
    try:
        return reverse(name, kwargs={"token": token})
    except NoReverseMatch:
        return ""


def addresses_with_a_token() -> list[str]:
    return sorted(name for name in names(get_resolver().url_patterns) if address(name, "x"))


@pytest.mark.row("R2")
def test_a_link_opens_nothing_but_its_own_and_never_a_session(cast):
    doors = addresses_with_a_token()
    openers = {family(row.name): row for row in rows() if row.name in doors and row.expect[0] == 200 and row.method == "get"}
    opened = {}

    for own, row in openers.items():
        before = transaction.savepoint()
        token = row.build(cast)["token"]
        visitor = Client()
        assert visitor.get(address(row.name, token) + row.query).status_code == 200, row.name
        for name in doors:
            if family(name) != own and name not in TAKE_ANY_LINK:
                cache.clear()
                opened |= {
                    f"{own} at {name}": status
                    for status in (getattr(visitor, method)(address(name, token)).status_code for method in ("get", "post"))
                    if status not in SHUT
                }
        assert (Session.objects.count(), "sessionid" in visitor.cookies) == (0, False)
        transaction.savepoint_rollback(before)

    assert opened == {}
    assert openers.keys() == {family(name) for name in doors}
