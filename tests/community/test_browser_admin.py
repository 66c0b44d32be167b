"""The admin in a real browser: each page of each model, with the content security policy watched, and its colours judged."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse

from foundation.models import Pillar, Place, RoleLabel, Sector, Topic
from tests import make
from tests.accessibility import contrast


def pages(person) -> list[str]:
    """Index, history of one's own doing, and for each model its list, its form for a new row, and one row; what looks alike for all once."""
    request = RequestFactory().get("/admin/")
    request.user = person
    found, alike = [reverse("admin:index")], set()
    for model, model_admin in admin.site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        allowed = model_admin.get_model_perms(request)
        found += [reverse(f"{name}_changelist")] * allowed["view"] + [reverse(f"{name}_add")] * allowed["add"]
        row = model_admin.get_queryset(request).first() if allowed["view"] else None
        if row is not None:
            found += [
                reverse(f"{name}_{page}", args=[row.pk])
                for page in ["change", *_not_yet(alike, "history", *(["delete"] * allowed["delete"]))]
            ]
    return found


def _not_yet(alike: set[str], *names: str) -> list[str]:
    """Pages that look the same for all models, each once."""
    new = [name for name in names if name not in alike]
    alike.update(new)
    return new


@pytest.mark.row("R14")
def test_every_page_of_the_admin(open_page, cast):
    for model in (Pillar, Sector, RoleLabel, Topic, Place):
        model._default_manager.create(name="Something with a name that is rather long for a list")
    page = open_page(cast.superuser)

    complaints = []
    for path in pages(cast.superuser):
        response = page.goto(path)
        complaints += [f"{path}: {response.status}"] * (response.status != 200)
        for scheme in ("light", "dark"):
            complaints += [f"{path}, {complaint}" for complaint in contrast(page, scheme, own="#content")]

    assert "\n".join(complaints) == ""


def test_admin_sends_a_visitor_to_the_door_of_the_site(open_page, transactional_db):
    page = open_page()

    page.goto(reverse("admin:index"))

    assert page.url.partition("?")[0].endswith(reverse("account_login"))


def test_admin_shows_mistakes_beside_their_fields(open_page, transactional_db):
    page = open_page(make.person("Sue Sato", is_staff=True, is_superuser=True))
    page.goto(reverse("admin:foundation_sector_add"))

    page.locator("form:has([name=_save])").evaluate("form => { form.noValidate = true }")
    page.locator("[name=_save]").click()

    assert page.locator(".errorlist").first.inner_text() == "This field is required."
