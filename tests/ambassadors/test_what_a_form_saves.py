"""A form saves what it asks for: what changed meanwhile elsewhere in the row stays as it is."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.admin import site
from django.core.exceptions import ValidationError
from django.test import RequestFactory

from ambassadors import workflow
from ambassadors.commitments import workflow as commitments
from ambassadors.forms import PersonForm, ProfileEditForm
from ambassadors.growth import workflow as growth
from ambassadors.models import Ambassador, CommitmentsEdition, Milestone, Organization, User
from ambassadors.photos import Crop
from foundation.models import Community, Upload
from foundation.saving import save_fields
from foundation.uploads import checked
from tests import make
from tests.ambassadors import engagement_making as making
from tests.foundation.files import picture, sent
from tests.races import at_once

ABOUT = {"bio": "<p>I mend nets.</p>", "languages": "Twi", "link_1_url": "", "job_title": "Head"}


def opened(person, **data) -> ProfileEditForm:
    """A form that was read, filled in and checked, and waits to be saved."""
    form = ProfileEditForm({**ABOUT, **data}, instance=Ambassador.objects.get(user=person), only=["bio", "languages"])
    assert form.is_valid(), form.errors
    return form


def test_profile_form_leaves_a_pause_that_began_meanwhile(alice):
    form = opened(alice)
    workflow.pause(alice.ambassador, by=alice, until=date(2030, 5, 1))

    workflow.tell_of_oneself(alice, [form])

    own = Ambassador.objects.get(user=alice)
    assert (own.status, own.paused_until, own.languages, own.job_title) == ("paused", date(2030, 5, 1), "Twi", "")


def test_profile_form_leaves_its_own_fields_that_nobody_touched_in_it(alice):
    Ambassador.objects.filter(user=alice).update(languages="Twi")
    form = opened(alice)
    Ambassador.objects.filter(user=alice).update(languages="Twi, Ga")

    workflow.tell_of_oneself(alice, [form])

    own = Ambassador.objects.get(user=alice)
    assert ("nets" in own.bio, own.languages) == (True, "Twi, Ga")


def test_name_form_leaves_an_account_that_was_closed_meanwhile(alice):
    form = PersonForm({"name": "Alice Ázimi", "time_zone": "UTC"}, instance=User.objects.get(pk=alice.pk))
    assert form.is_valid()
    User.objects.filter(pk=alice.pk).update(is_active=False, email="new@people.example.org")

    workflow.tell_of_oneself(alice, [form])

    alice.refresh_from_db()
    assert (alice.is_active, alice.email, alice.name, alice.sort_name) == (
        False,
        "new@people.example.org",
        "Alice Ázimi",
        "alice azimi",
    )


def test_links_and_organisation_are_saved_with_the_fields_they_are_typed_in(alice):
    own = alice.ambassador
    data = {"organization": "Harbour School", "link_1_label": "Our report", "link_1_url": "https://harbour.example/"}
    form = ProfileEditForm(data, instance=own, only=["organization", "walk_the_talk"])
    assert form.is_valid()

    form.save()

    own = Ambassador.objects.get(pk=own.pk)
    assert (str(own.organization), own.evidence) == (
        "Harbour School",
        [{"label": "Our report", "url": "https://harbour.example/"}],
    )


def saved_by_the_admin(obj, person, **data) -> None:
    """Open the admin's form, let something happen (`meanwhile`), and save it."""
    meanwhile = data.pop("meanwhile")
    admin = site.get_model_admin(type(obj))
    request = RequestFactory().post("/", data)
    request.user = person
    form = admin.get_form(request, obj, change=True)(request.POST, instance=type(obj).objects.get(pk=obj.pk))
    assert form.is_valid(), form.errors
    meanwhile()
    admin.save_model(request, form.save(commit=False), form, change=True)


def test_admin_form_of_a_milestone_leaves_it_where_a_colleague_moved_it(staff):
    milestone = making.milestone(status="draft", text="We are many.")
    data = {"count": milestone.count, "reached_on": milestone.reached_on, "text": "We are seventy-five."}

    saved_by_the_admin(milestone, staff, **data, meanwhile=lambda: growth.publish(milestone, by=staff))

    now = Milestone.objects.get(pk=milestone.pk)
    assert (now.status, now.text) == ("published", "We are seventy-five.")


def test_admin_form_of_the_commitments_leaves_an_edition_published(staff):
    draft = commitments.begin_draft(by=staff)
    draft.items.create(text="be kind", position=1)

    def publish():
        commitments.publish(draft, revision=draft.revision, by=staff)

    saved_by_the_admin(draft, staff, change="Clearer words.", meanwhile=publish)

    now = CommitmentsEdition.objects.get(pk=draft.pk)
    assert (now.status, now.published_at is not None) == ("published", True)


def test_admin_form_of_the_community_leaves_what_a_colleague_changed(staff):
    community = Community.found("Harbour Lights")
    data = {
        name: getattr(community, name)
        for name in ("name", "accent", "mails_a_day", "mail_delay", "asks_a_month", "pieces_rest", "rounds_counts_to")
    }

    def meanwhile():
        Community.objects.filter(pk=1).update(sender_name="The lights")

    saved_by_the_admin(community, staff, **{**data, "name": "Harbour"}, meanwhile=meanwhile)

    now = Community.objects.get()
    assert (now.name, now.sender_name) == ("Harbour", "The lights")


def test_what_a_colleague_deleted_stays_deleted(db):
    gone = Organization.objects.create(name="Harbour School")
    Organization.objects.filter(pk=gone.pk).delete()
    gone.name = "Harbour"

    with pytest.raises(ValidationError, match="Somebody has deleted this"):
        save_fields(gone, ["name"])

    assert Organization.objects.count() == 0


# One's photo, from two windows


@pytest.fixture
def with_photo(alice):
    own = alice.ambassador
    workflow.photo_keep(own, checked(sent(picture(size=(900, 600)), "me.jpg"), pictures_only=True), alt="Alice", by=alice)
    return own


def test_square_for_a_photo_that_was_taken_away_meanwhile_is_refused_in_a_sentence(with_photo, client):
    alice, stale = with_photo.user, Ambassador.objects.select_related("whole_photo").get(pk=with_photo.pk)
    workflow.photo_remove(with_photo, by=alice)

    with pytest.raises(ValidationError, match="There is no photo here now"):
        workflow.photo_crop(stale, Crop(30, 30, 150), alt="Alice", by=alice)

    own = Ambassador.objects.get(pk=with_photo.pk)
    assert (own.whole_photo_id, own.photo_id, Upload.objects.count()) == (None, None, 0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(3))
def test_taking_a_photo_away_and_moving_its_square_at_once_is_no_error_page(attempt, client):
    alice = make.ambassador("Alice Amadi")
    own = alice.ambassador
    workflow.photo_keep(own, checked(sent(picture(size=(900, 600)), "me.jpg"), pictures_only=True), alt="Alice", by=alice)
    stale = [Ambassador.objects.select_related("whole_photo", "user").get(pk=own.pk) for _number in range(2)]

    removed, moved = at_once(
        lambda: workflow.photo_remove(stale[0], by=alice),
        lambda: workflow.photo_crop(stale[1], Crop(30, 30, 150), alt="Alice", by=alice),
    )

    assert removed is None
    assert moved is None or isinstance(moved, ValidationError)
    own.refresh_from_db()
    assert (own.whole_photo_id, Upload.objects.count()) == (None, 0)


def test_audience_of_a_photo_reaches_the_one_that_was_put_up_meanwhile(with_photo):
    alice = with_photo.user
    form = ProfileEditForm({"photo_audience": "staff"}, instance=Ambassador.objects.get(user=alice), only=["photo"])
    assert form.is_valid()
    workflow.photo_keep(with_photo, checked(sent(picture(size=(600, 600)), "new.jpg"), pictures_only=True), alt="Alice", by=alice)

    workflow.tell_of_oneself(alice, [form])

    own = Ambassador.objects.select_related("photo", "small_photo").get(user=alice)
    assert (own.photo_audience, own.photo.audience, own.small_photo.audience) == ("staff", "staff", "staff")


def test_one_of_the_team_who_only_stands_on_the_roster_cannot_be_public_and_is_told_so(client, db):
    sol = make.ambassador("Sol Second", is_staff=True, status="listed")
    client.force_login(sol)

    page = client.post("/settings/profile/finding/", {"listed_for": "public", "alumni_listed_for": "staff"})

    assert (page.status_code, set(page.context["form"].errors)) == (200, {"listed_for"})
    assert Ambassador.objects.get(user=sol).listed_for == "members"
