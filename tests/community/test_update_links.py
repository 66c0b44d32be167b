"""What visitors cannot read keeps an Update at home, with the place named."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from community.stories.workflow import news as newsroom
from correspondence.models import Update
from correspondence.update import links
from discussions import workflow as talk
from foundation.models import HistoryEntry
from tests.community import making
from tests.community import update_making as updates

pytestmark = pytest.mark.django_db


def schedule(client, update, **changed):
    """Press “Schedule” in the admin, as an editor does who has read it."""
    update.refresh_from_db()
    at = timezone.now() + timedelta(days=1)
    data = {"at": f"{at:%Y-%m-%dT%H:%M}", "zone": "UTC", "seen": update.words_mark} | changed
    return client.post(f"/admin/correspondence/update/{update.pk}/move/schedule/", data)


@pytest.fixture
def desk(client, staff):
    client.force_login(staff)
    return client


@pytest.mark.row("D18")
def test_a_draft_with_a_link_to_a_private_object_cannot_be_scheduled(desk, staff, alice, bob):
    thread = talk.start_private_thread(by=alice, to=bob, subject="Between us", body="Only for you.")
    words = f'<p>As we <a href="{thread.get_absolute_url()}">said to each other</a>.</p>'
    update = updates.update(by=staff, parts=[{"heading": "From the coast", "words": words}])

    answer = schedule(desk, update)

    said = answer.content.decode()
    assert answer.status_code == 200
    assert "Passage 1 (“From the coast”): the link “said to each other”" in said
    assert "leads to what only members may read." in said
    update.refresh_from_db()
    assert (update.status, update.send_at) == ("draft", None)
    assert not HistoryEntry.objects.filter(verb="scheduled").exists()


def test_a_draft_that_everybody_can_read_is_scheduled(desk, staff):
    out = making.news("The ferry runs again", by=staff)
    words = f'<p>See <a href="{out.get_absolute_url()}">this</a> and <a href="https://elsewhere.example/">that</a>.</p>'
    update = updates.update(by=staff, parts=[{"words": words}, {"source": "news", "item": str(out.pk)}])

    answer = schedule(desk, update)

    update.refresh_from_db()
    assert (answer.status_code, update.status, update.zone) == (302, "scheduled", "UTC")


@pytest.mark.parametrize(
    "address",
    [
        "/desk/",
        "/settings/",
        "/admin/",
        "/discussions/1/no-such-thread/",
        "/nowhere/",
        "/news/../desk/",
        "/news/%2e%2e/desk/",
        "\\desk/",
        "//localhost/desk/",
        "http://LOCALHOST./desk/",
        "https://somebody@localhost/desk/",
        "desk/",
        "#below",
        "/subscribe/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/",
        "/unsubscribe/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/",
        f"mailto:reply+aaaa@{settings.MAIL_DOMAIN}",
        f"mailto:reply%2Baaaa@{settings.MAIL_DOMAIN}?subject=Yes",
    ],
)
def test_addresses_that_are_not_for_everybody(address):
    assert links.why_private(address) != ""


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/news/",
        "/subscribe/",
        "http://localhost/about/?from=mail#team",
        "https://elsewhere.example/desk/",
        "mailto:team@people.example",
    ],
)
def test_addresses_that_are_for_everybody(address):
    assert links.why_private(address) == ""


@pytest.mark.parametrize("field", ["title", "lead", "opening", "closing"])
def test_an_address_written_out_counts_wherever_it_stands(field):
    said = "Read localhost/desk/."
    update = updates.update(**{"opening": "<p>Dear all.</p>", field: said if field in {"title", "lead"} else f"<p>{said}</p>"})

    assert len(links.objections(update)) == 1
    assert "localhost/desk/) leads to what only members may read" in links.objections(update)[0]


def test_what_is_picked_and_not_out_is_named(staff):
    draft = making.news("Not yet", by=staff, status="draft")
    update = updates.update(by=staff, parts=[{"heading": "Soon", "source": "news", "item": str(draft.pk)}])

    assert links.objections(update) == ["Passage 1 (“Soon”) shows something that visitors cannot read. Choose another thing."]


def test_a_former_address_of_something_public_leads_on(staff):
    out = making.news("The ferry runs again", by=staff, slug="ferry")
    out.slug = "the-ferry"
    newsroom.keep(out, by=staff, changed=["slug"], former_slug="ferry")

    assert links.why_private("/news/ferry/") == ""


def test_a_private_profile_is_not_for_everybody(alice):
    assert links.why_private(reverse("ambassadors:ambassador-detail", args=[alice.ambassador.slug])) != ""


def test_asking_as_a_visitor_leaves_the_editor_signed_in(desk, staff):
    update = updates.update(by=staff, opening='<p><a href="/desk/">here</a></p>')

    answer = desk.get(reverse("admin:update-preview", args=[update.pk]))

    assert answer.context["request"].user == staff
    assert "It cannot go out like this" in answer.content.decode()
    assert desk.get("/desk/").status_code == 200


def test_a_page_that_was_changed_since_it_was_read_is_not_sent(desk, staff):
    update = updates.update(by=staff)
    Update.objects.filter(pk=update.pk).update(revision=7)

    schedule(desk, update, seen="1")

    update.refresh_from_db()
    assert update.status == "draft"


def test_other_addresses_of_the_site_are_known(settings):
    settings.ALLOWED_HOSTS = ["localhost", ".tidemark.example"]

    assert [links.is_ours(name) for name in ("www.tidemark.example", "TIDEMARK.EXAMPLE.", "localhost", "tidemark.example.org")] == [
        True,
        True,
        True,
        False,
    ]
