"""Writing the public site in the admin: drafts, the look before, the decision, and what a colleague did in the meantime."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from community.models import Campaign, CampaignFigure, Page, PageEdition, ShareKit
from community.pages import workflow
from community.pages.admin.campaign import ShareKitForm
from foundation.models import HistoryEntry
from foundation.uploads import checked, upload_keep
from tests.community.test_pages import page_of, published, words_of
from tests.foundation import files

WORDS = {"title": "Norms", "lead": "What we ask.", "body": "Be kind.", "note": "First words.", "review_on": ""}


@pytest.fixture
def admin_client(client, staff):
    client.force_login(staff)
    return client


def change(edition: PageEdition) -> str:
    return reverse("admin:community_pageedition_change", args=[edition.pk])


def test_from_an_empty_page_to_a_published_one(admin_client, staff):
    page = page_of()

    begun = admin_client.post(reverse("admin:page-write", args=[page.pk]))
    draft = page.editions.get()
    saved = admin_client.post(change(draft), {**WORDS, "seen": 1, "_preview": "1"})
    preview = words_of(admin_client, saved.url)
    asked = words_of(admin_client, reverse("admin:edition-publish", args=[draft.pk]))
    admin_client.post(reverse("admin:edition-publish", args=[draft.pk]), {"revision": 2})
    admin_client.logout()

    assert (begun.url, saved.url) == (change(draft), "/community/pages/norms/preview/")
    assert ("This is a draft." in preview, "Be kind." in preview, "<ins>Be kind.</ins>" in asked) == (True, True, True)
    assert "Be kind." in words_of(admin_client, "/norms/")


def test_a_preview_shows_what_a_visitor_sees_and_changes_nothing(admin_client, staff):
    published("norms", staff, title="Shown to all")
    draft = workflow.draft_begin(page_of(), by=staff)
    workflow.draft_save(draft, by=staff, revision=1, title="Not yet")

    preview = words_of(admin_client, "/community/pages/norms/preview/")
    earlier = words_of(admin_client, "/community/pages/norms/preview/?edition=1")

    assert ('<h1 class="page-title">Not yet</h1>' in preview, staff.name in preview, "Sign in" in preview) == (True, False, True)
    assert ('<h1 class="page-title">Shown to all</h1>' in earlier, "This is what is published." in earlier) == (True, True)
    assert "Shown to all" in words_of(admin_client, "/norms/")


@pytest.mark.parametrize(
    "key",
    ["home", "community", "engagement", "growth", "campaign", "about", "news", "products", "practice", "privacy", "accessibility"],
)
def test_every_page_shows_its_draft_in_its_preview(admin_client, staff, key):
    draft = workflow.draft_begin(page_of(key), by=staff)
    workflow.draft_save(
        draft, by=staff, revision=1, title="A title of its own", lead="A lead of its own.", body="<p>And a body.</p>"
    )

    preview = words_of(admin_client, f"/community/pages/{key}/preview/")

    assert ("A lead of its own." in preview, "And a body." in preview) == (True, True)


def test_words_of_a_colleague_are_not_written_over_unasked(admin_client, staff):
    draft = workflow.draft_begin(page_of(), by=staff)
    workflow.draft_save(draft, by=staff, revision=1, title="Theirs")

    refused = admin_client.post(change(draft), {**WORDS, "seen": 1, "_save": "1"}).content.decode()
    draft.refresh_from_db()
    first = draft.title
    admin_client.post(change(draft), {**WORDS, "seen": 2, "_save": "1"})
    draft.refresh_from_db()

    assert "saved this draft at" in refused
    assert ('name="seen" value="2"' in refused, "Be kind." in refused) == (True, True)
    assert (first, draft.title) == ("Theirs", "Norms")


def test_a_draft_that_changed_after_the_look_is_not_published(admin_client, staff):
    draft = workflow.draft_begin(page_of(), by=staff)
    workflow.draft_save(draft, by=staff, revision=1, title="Changed since")

    answer = admin_client.post(reverse("admin:edition-publish", args=[draft.pk]), {"revision": 1}, follow=True).content.decode()

    assert "Nothing was done: somebody has changed this page since you looked." in answer
    assert not PageEdition.objects.published().exists()


@pytest.mark.parametrize("data", [{}, {"revision": "one"}, {"revision": "9" * 30}])
def test_a_press_that_says_nothing_of_what_was_read_publishes_nothing(admin_client, staff, data):
    draft = workflow.draft_begin(page_of(), by=staff)

    admin_client.post(reverse("admin:edition-publish", args=[draft.pk]), data)

    assert not PageEdition.objects.published().exists()


def test_looking_at_a_decision_decides_nothing(admin_client, staff):
    published("norms", staff, title="First")
    shown = published("norms", staff, title="Second")
    earlier = PageEdition.objects.get(number=1)
    draft = workflow.draft_begin(page_of(), by=staff)
    before = list(PageEdition.objects.order_by("pk").values())

    for name, edition in (("publish", draft), ("discard", draft), ("put-back", earlier), ("changes", shown)):
        assert admin_client.get(reverse(f"admin:edition-{name}", args=[edition.pk])).status_code == 200

    assert list(PageEdition.objects.order_by("pk").values()) == before


def test_an_earlier_edition_is_put_back_by_its_button(admin_client, staff):
    published("norms", staff, title="First")
    shown = published("norms", staff, title="Second")
    put_back = reverse("admin:edition-put-back", args=[PageEdition.objects.get(number=1).pk])

    asked = words_of(admin_client, put_back)
    admin_client.post(put_back, {"instead_of": shown.pk})

    assert f'name="instead_of" value="{shown.pk}"' in asked
    assert PageEdition.objects.published().get().title == "First"


def test_a_draft_is_thrown_away_by_its_button(admin_client, staff):
    draft = workflow.draft_begin(page_of(), by=staff)

    admin_client.post(reverse("admin:edition-discard", args=[draft.pk]), {"revision": 1})

    assert not PageEdition.objects.exists()


def test_what_is_published_cannot_be_rewritten(admin_client, staff):
    edition = published("norms", staff, title="As it was")

    answer = admin_client.post(change(edition), {**WORDS, "seen": 2, "_save": "1"})

    edition.refresh_from_db()
    assert (answer.status_code, edition.title) == (403, "As it was")


def test_a_page_about_how_we_work_is_added_with_its_draft(admin_client, staff):
    data = {"title": "How we decide", "subject": "protocols", "slug": "how-we-decide", "audience": "members", "position": 5}

    answer = admin_client.post(reverse("admin:community_page_add"), data)

    page = Page.objects.get()
    draft = page.editions.get()
    assert (page.slug, page.audience, draft.title, draft.status) == ("how-we-decide", "members", "How we decide", "draft")
    assert answer.url == change(draft)


def test_a_page_about_how_we_work_moves_to_other_readers(admin_client, client, staff):
    page = workflow.page_add(by=staff, title="Who does what", slug="who-does-what", subject="roles", audience="public")
    workflow.edition_publish(page.editions.get(), by=staff, revision=1)

    data = {"subject": "roles", "slug": "who-does-what", "audience": "members", "position": 100}
    admin_client.post(reverse("admin:community_page_change", args=[page.pk]), data)
    client.logout()

    assert client.get("/community/how-we-work/who-does-what/").status_code == 404
    assert HistoryEntry.objects.filter(verb="changed a page", note="audience").count() == 1


def test_missing_pages_are_filled_by_a_button(admin_client, staff):
    published("norms", staff, title="Ours")

    before = words_of(admin_client, reverse("admin:community_page_changelist"))
    admin_client.post(reverse("admin:page-fill"))
    after = words_of(admin_client, reverse("admin:community_page_changelist"))

    assert ("12 pages of the site have no words yet." in before, "no words yet" in after) == (True, False)
    assert PageEdition.objects.of("norms").get().title == "Ours"


@pytest.mark.parametrize(
    ("method", "name"),
    [
        ("post", "page-write"),
        ("get", "page-review"),
        ("get", "edition-publish"),
        ("post", "edition-publish"),
        ("post", "edition-discard"),
        ("get", "edition-changes"),
        ("get", "community_page_change"),
        ("get", "community_pageedition_change"),
    ],
)
def test_members_find_no_door_to_any_of_this(client, alice, staff, method, name):
    draft = workflow.draft_begin(page_of(), by=staff)
    subject = draft.page_id if "page-" in name or name == "community_page_change" else draft.pk
    client.force_login(alice)

    answer = getattr(client, method)(reverse(f"admin:{name}", args=[subject]), {"revision": 1})

    assert answer.status_code in {302, 403}
    assert list(PageEdition.objects.values_list("status", "revision")) == [("draft", 1)]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_pages_costs_the_same_for_many(admin_client, staff, rows, django_assert_num_queries):
    for key in ("norms", "privacy", "about")[:rows]:
        published(key, staff, title=key)
    admin_client.get(reverse("admin:community_page_changelist"))

    with django_assert_num_queries(6):
        admin_client.get(reverse("admin:community_page_changelist"))


@pytest.mark.row("J11")
def test_a_figure_without_a_source_cannot_be_published(admin_client, db):
    campaign = Campaign.found()
    figure = {"campaign": campaign, "value": "61", "label": "reports", "as_of": timezone.localdate()}

    with pytest.raises(ValidationError):
        CampaignFigure(**figure, source="").full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        CampaignFigure.objects.create(**figure, source="")
    CampaignFigure.objects.create(**figure, source="Our own count", is_estimated=True)
    admin_client.logout()

    page = words_of(admin_client, "/campaign/")
    assert ("Estimated." in page, "Source: Our own count" in page) == (True, True)


@pytest.mark.row("J4")
def test_a_share_kit_fits_where_it_goes_and_says_what_its_picture_shows(client, staff):
    too_long = ShareKitForm({"network": "bluesky", "text": "x" * 301, "position": 1})
    without_alt = ShareKitForm(
        {"network": "bluesky", "text": "x" * 300, "position": 1}, {"new_picture": files.sent(files.picture(), "tide.jpg")}
    )
    picture = checked(files.sent(files.picture(), "tide.jpg"))
    ShareKit.objects.create(
        network="bluesky", text="What changed?", picture=upload_keep(picture, owner=staff, audience="public", alt="A tide line")
    )

    page = words_of(client, "/campaign/")

    assert too_long.errors.as_data()["text"][0].message == "Bluesky takes 300 characters: these are 1 too many."
    assert list(without_alt.errors) == ["alt"]
    assert ('alt="A tide line"' in page, "13 of 300 characters" in page) == (True, True)


def test_a_call_to_action_leads_nowhere_dangerous():
    from community.models.campaign import is_address_or_path  # late: one validator

    for bad in ("javascript:alert(1)", "//elsewhere.example", "mailto:x@example.org"):
        with pytest.raises(ValidationError):
            is_address_or_path(bad)
    for good in ("https://example.org/", "/about/"):
        is_address_or_path(good)


@pytest.mark.browser
def test_a_page_is_written_and_published_without_javascript(open_page, staff):
    page = page_of()
    browser = open_page(staff, java_script_enabled=False)

    browser.goto(f"/admin/community/page/{page.pk}/change/")
    browser.get_by_role("button", name="Write").click()
    browser.get_by_label("Title:").fill("How we treat each other")
    browser.get_by_label("Text:").fill("Be kind.\n\n- always\n- even then")
    browser.get_by_role("button", name="Save and publish…").click()
    browser.get_by_role("button", name="Publish", exact=True).click()
    browser.goto("/norms/")

    assert browser.locator("h1").inner_text() == "How we treat each other"
    assert browser.locator(".prose li").all_inner_texts() == ["always", "even then"]
