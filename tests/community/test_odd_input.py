"""Odd input gets an answer below 500 from every address: in each field of each form, and in what an address asks for."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.admin import site
from django.db import transaction
from django.test import Client
from django.urls import reverse

from ambassadors.forms import SECTIONS, ProfileEditForm
from tests.access import WHO, Cast, Row
from tests.community.test_access import rows

DICE = random.Random(20261122)
FORM = "application/x-www-form-urlencoded"
# As they come over the wire: a NUL, bytes that are no text, more than fits, numbers that are none or are written in other figures.
ODD = {
    "nul": "a%00b",
    "no text": "".join(f"%{DICE.randrange(128, 256):02x}" for _byte in range(12)),
    "long": "x" * 100_000,
    "no number": "-1",
    "large number": "9" * 5000,
    "other figures": quote("٣٢"),
}
NO_TEXT = {"nul", "no text"}
ASKED = (
    "q",
    "topic",
    "sector",
    "role",
    "country",
    "available",
    "after",
    "as",
    "draft",
    "way",
    "to",
    "page",
    "p",
    "kind",
    "v",
    "next",
    "card",
)
# How much of somebody may come to a page: whoever is let in, the most ordinary first.
COMING = ("ambassador", "staff", "alumnus", "superuser", "visitor")


def comer(row: Row) -> str | None:
    """The first of the cast who may do what the row is about."""
    return next((who for who in COMING if row.expect[WHO.index(who)] in {200, 302}), None)


def answers(cast, row: Row, requests) -> dict[str, int]:
    """What the server answers to each request (its method, what follows the address, its body), each undone before the next."""
    client, person = Client(raise_request_exception=False), getattr(cast, comer(row), None)
    url = reverse(row.name, kwargs=row.build(cast)) + row.query
    if person is not None:
        client.force_login(person)
    cookies, got = copy.deepcopy(client.cookies), {}
    for name, method, query, body in requests():
        before, client.cookies = transaction.savepoint(), copy.deepcopy(cookies)
        address = f"{url}{'&' if '?' in url else '?'}{query}" if query else url
        response = client.generic(method, address, body, content_type=FORM)
        got[name] = response.status_code
        if response.streaming:
            b"".join(response.streaming_content)  # to its end, which closes the file
        transaction.savepoint_rollback(before)
    return got


def bodies(data: dict[str, Any]) -> Iterator[tuple[str, str, str, bytes]]:
    """The form sent once for each field and each odd value in it; with what is no text in all fields at once."""
    plain = {name: value for name, value in data.items() if isinstance(value, str | int | float)}
    for kind, odd in ODD.items():
        for fields in [tuple(plain)] if kind in NO_TEXT and plain else [(field,) for field in plain]:
            said = {name: quote(str(value)) for name, value in plain.items()} | dict.fromkeys(fields, odd)
            yield f"{', '.join(fields)}: {kind}", "POST", "", "&".join(f"{name}={value}" for name, value in said.items()).encode()


def failures(got: dict[str, int]) -> dict[str, int]:
    return {name: status for name, status in got.items() if status >= 500}


@pytest.fixture
def cast(lasting_cast, db) -> Cast:
    return copy.deepcopy(lasting_cast)


@pytest.fixture
def sure(monkeypatch, settings, tmp_path):
    """Whoever comes has just said who they are; what the demo's mailbox shows lies in a folder of its own."""
    monkeypatch.setattr("ambassadors.accounts.confirmation.recently_confirmed", lambda request: True)
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")


READ = [row for row in rows() if row.method == "get" and comer(row)]
SENT = [row for row in rows() if row.method == "post" and comer(row)]


@pytest.mark.parametrize("row", READ, ids=lambda row: f"{row.name}{row.query}")
def test_odd_questions_in_an_address_are_answered(cast, row, sure):
    asked = [(kind, "GET", "&".join(f"{name}={odd[:4000]}" for name in ASKED), b"") for kind, odd in ODD.items()]

    assert failures(answers(cast, row, lambda: asked)) == {}


@pytest.mark.parametrize("row", SENT, ids=lambda row: row.name)
def test_odd_values_in_a_form_are_answered(cast, row, sure):
    assert failures(answers(cast, row, lambda: bodies(row.data(cast)))) == {}


@pytest.mark.parametrize("section", SECTIONS)
def test_odd_values_in_a_section_of_the_profile_are_answered(cast, section):
    row = next(row for row in SENT if row.name == "ambassadors:section-edit")
    form = ProfileEditForm(instance=cast.ambassador.ambassador, only=SECTIONS[section].fields)
    row = replace(row, build=lambda cast: {"name": section})

    assert failures(answers(cast, row, lambda: bodies(dict.fromkeys(form.fields, "")))) == {}


def _parameter(one) -> str:
    """The name in the address of a filter: a field, a field with how it is filtered, or a filter of our own."""
    return one if isinstance(one, str) else one[0] if isinstance(one, tuple) else one.parameter_name


@pytest.mark.parametrize("model", sorted(site._registry, key=lambda model: model.__name__), ids=lambda model: model.__name__)
def test_odd_questions_to_a_list_of_the_admin_are_answered(cast, model):
    client = Client(raise_request_exception=False)
    client.force_login(cast.superuser)
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    filters = [_parameter(one) for one in site._registry[model].list_filter]
    names = ["q", "o", "p", *filters, *(f"{name}__id__exact" for name in filters)]
    values = [(name, kind) for name in names for kind in ("nul", "large number")]

    got = {f"{name}: {kind}": client.get(f"{url}?{name}={ODD[kind]}").status_code for name, kind in values}

    assert failures(got) == {}
