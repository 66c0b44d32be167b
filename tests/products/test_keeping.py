"""Announcing, addresses that lead on for ever, and who sees a product through."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from products.drafting.workflow import begin_product
from products.models import EditorDuty, KindRules, Product, ProductAddress, Readership
from products.road import duties, keeping
from products.road import workflow as road
from products.road.defaults import fill_products
from tests import make
from tests.products import making

pytestmark = pytest.mark.django_db


def test_former_addresses_lead_to_the_one_of_today_and_are_nobody_elses(client, alice):
    product = making.published(alice, title="First name").product
    other = making.draft(alice, title="Another").product
    editor = making.editor()
    for slug in ("second-name", "third-name"):
        keeping.rename(product, slug, by=editor)

    for former in ("first-name", "second-name"):
        response = client.get(reverse("products:product-detail", args=[former]))
        assert (response.status_code, response["Location"]) == (301, "/products/third-name/")
        with pytest.raises(ValidationError, match="was, something else's"):
            keeping.rename(other, former, by=editor)
    for taken in ("third-name", "board", "new"):
        with pytest.raises(ValidationError):
            keeping.rename(other, taken, by=editor)
    assert begin_product(by=alice, kind="article", title="First name").slug == "first-name-2"

    keeping.rename(product, "first-name", by=editor)
    assert set(ProductAddress.objects.values_list("slug", flat=True)) == {"second-name", "third-name"}


def test_only_an_editor_who_does_not_write_it_announces_it_and_for_a_month_to_come(alice):
    product = making.draft(alice).product
    with pytest.raises(PermissionDenied):
        keeping.announce(product, by=alice, expected_on=date(2099, 3, 14), announced_as="Who")
    with pytest.raises(ValidationError, match="That month has passed"):
        keeping.announce(product, by=making.editor(), expected_on=date(2020, 3, 1), announced_as="Who")
    assert Product.objects.announced().count() == 0

    keeping.announce(product, by=making.editor(), expected_on=date(2099, 3, 14), announced_as="Who", announcement=" On who stays. ")
    assert Product.objects.announced().values_list("expected_on", "announcement").get() == (date(2099, 3, 1), "On who stays.")
    keeping.take_announcement_back(product, by=making.editor())
    assert Product.objects.announced().count() == 0


def test_readers_of_what_is_retired_are_led_on_and_never_in_a_circle(alice):
    editor = making.editor()
    old, new = making.published(alice, title="Old").product, making.published(alice, title="New").product
    with pytest.raises(ValidationError, match="Only from a product that is retired"):
        keeping.lead_on(old, new, by=editor)
    road.retire(old.current, by=editor, because="The new one says it better.")
    keeping.lead_on(old, new, by=editor)

    assert Product.objects.get(pk=old.pk).moved_to_id == new.pk
    with pytest.raises(ValidationError):
        keeping.lead_on(new, old, by=editor)


def test_who_writes_it_can_not_see_it_through(alice):
    product = making.submitted(making.editor("Edgar Editor")).product
    with pytest.raises(ValidationError, match="Edgar Editor cannot decide"):
        keeping.assign(product, making.editor("Edgar Editor"), by=making.editor())
    with pytest.raises(ValidationError, match="Alice Amadi cannot decide"):
        keeping.assign(product, alice, by=making.editor())
    keeping.assign(product, making.editor(), by=making.editor())
    assert Product.objects.get().editor == making.editor()


def test_a_new_community_begins_with_audiences_numbers_and_an_editor_and_keeps_what_it_changed(client):
    founder = make.person("Fay Founder", is_staff=True, is_superuser=True)
    fill_products(founder)
    Readership.objects.exclude(name="Funders").delete()
    KindRules.objects.filter(kind="article").update(reviews_needed=1)
    fill_products(founder)

    assert (EditorDuty.objects.get().person, KindRules.of("article").reviews_needed) == (founder, 1)
    assert Readership.objects.get().role_labels.count() == 0  # nobody has filled the role labels here
    with pytest.raises(ValidationError, match="is the last editor"):
        duties.release_from_duty(EditorDuty.objects.get(), by=founder)


def test_in_the_admin_a_superuser_sees_no_draft_and_gives_the_duty_of_editors(client, alice):
    hidden, shown = making.draft(alice, title="Nobody's yet").product, making.published(alice, title="Everybody's").product
    superuser = make.person("Sue Sato", is_staff=True, is_superuser=True)
    client.force_login(superuser)

    page = client.get(reverse("admin:products_product_changelist"))
    assert list(page.context["cl"].result_list) == [shown]
    assert client.get(reverse("admin:products_product_change", args=[shown.pk])).status_code == 200
    assert client.get(reverse("admin:products_product_change", args=[hidden.pk])).status_code == 302
    client.post(reverse("admin:products_editorduty_add"), {"person": alice.pk})
    assert EditorDuty.objects.filter(person=alice).count() == 1
    client.post(reverse("admin:editor-duty-release", args=[EditorDuty.objects.get(person=alice).pk]))
    assert EditorDuty.objects.filter(person=alice).count() == 0
