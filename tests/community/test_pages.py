"""The pages of the public site: who sees which text, how one is published, and what the support team is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from community.models import Belief, Page, PageEdition, PageKey
from community.pages import workflow
from community.pages.defaults import HOW_WE_WORK, fill_pages
from community.pages.differences import changes_between
from foundation.models import Community, HistoryEntry
from foundation.publication import VERSION, kept_until_it_changes
from foundation.search import search
from foundation.workflow import TransitionRefused
from tests import make
from tests.races import at_once

TODAY = timezone.localdate


def page_of(key: str = "norms") -> Page:
    return Page.objects.get_or_create(key=key)[0]


def published(key: str, by, **texts) -> PageEdition:
    """The page with these words, published."""
    draft = workflow.draft_begin(page_of(key), by=by)
    workflow.draft_save(draft, by=by, revision=draft.revision, **texts)
    workflow.edition_publish(draft, by=by, revision=draft.revision)
    return draft


def words_of(client, url: str) -> str:
    return client.get(url).content.decode()


def test_a_draft_is_seen_by_nobody_before_it_is_published(client, staff):
    draft = workflow.draft_begin(page_of(), by=staff)
    workflow.draft_save(draft, by=staff, revision=1, title="How we treat each other", body="<p>Be kind.</p>")

    before = words_of(client, "/norms/")
    workflow.edition_publish(draft, by=staff, revision=2)
    after = words_of(client, "/norms/")

    assert ("How we treat each other" in before, "Be kind." in before) == (False, False)
    assert ("How we treat each other" in after, "Be kind." in after) == (True, True)


def test_only_the_newest_edition_is_shown_and_the_earlier_one_is_kept(client, staff):
    published("norms", staff, title="First words")
    published("norms", staff, title="Second words")

    assert ("First words" in words_of(client, "/norms/"), "Second words" in words_of(client, "/norms/")) == (False, True)
    assert list(PageEdition.objects.order_by("number").values_list("number", "status", "title")) == [
        (1, "superseded", "First words"),
        (2, "published", "Second words"),
    ]


@pytest.mark.parametrize("path", ["/norms/", "/privacy/"])
def test_norms_and_privacy_say_when_they_were_changed(client, staff, path):
    published(path.strip("/"), staff, title="Words")
    PageEdition.objects.update(published_at="2026-03-04T12:00Z")

    assert '<time datetime="2026-03-04">4 March 2026</time>' in words_of(client, path)


def test_whoever_publishes_has_read_this_very_text(staff):
    draft = workflow.draft_begin(page_of(), by=staff)
    workflow.draft_save(draft, by=staff, revision=1, title="Changed by a colleague")

    with pytest.raises(TransitionRefused):
        workflow.edition_publish(draft, by=staff, revision=1)

    draft.refresh_from_db()
    assert (draft.status, draft.number) == ("draft", None)


def test_a_draft_is_not_saved_over_what_its_writer_has_not_read(staff):
    draft = workflow.draft_begin(page_of(), by=staff)
    workflow.draft_save(draft, by=staff, revision=1, title="Theirs")

    with pytest.raises(TransitionRefused):
        workflow.draft_save(draft, by=staff, revision=1, title="Mine")

    draft.refresh_from_db()
    assert (draft.title, draft.revision) == ("Theirs", 2)


def test_members_may_not_publish(alice, staff):
    draft = workflow.draft_begin(page_of(), by=staff)

    with pytest.raises(PermissionDenied):
        workflow.edition_publish(draft, by=alice, revision=1)

    draft.refresh_from_db()
    assert draft.status == "draft"


@pytest.mark.django_db(transaction=True)
def test_two_publish_at_once_and_one_wins():
    first, second = (make.person(f"Staff {name}", is_staff=True) for name in ("Sam", "Sue"))
    published("norms", first, title="What is shown")
    draft = workflow.draft_begin(page_of(), by=first)

    results = at_once(
        *[
            lambda person=person: workflow.edition_publish(PageEdition.objects.get(pk=draft.pk), by=person, revision=1)
            for person in (first, second)
        ]
    )

    assert sorted(type(result).__name__ for result in results) == ["NoneType", "TransitionRefused"]
    assert list(PageEdition.objects.order_by("number").values_list("number", "status")) == [(1, "superseded"), (2, "published")]


@pytest.mark.django_db(transaction=True)
def test_two_begin_a_draft_at_once_and_get_the_same():
    person, page = make.person("Staff Sam", is_staff=True), page_of()

    first, second = at_once(*[lambda: workflow.draft_begin(page, by=person).pk] * 2)

    assert first == second == PageEdition.objects.get().pk


def test_an_earlier_text_comes_back_as_a_new_edition_and_the_draft_stays(client, staff):
    earlier = published("norms", staff, title="The old words", body="<p>Old and good.</p>")
    shown = published("norms", staff, title="The new words")
    draft = workflow.draft_begin(page_of(), by=staff)
    earlier.refresh_from_db()

    again = workflow.edition_put_back(earlier, by=staff, instead_of=shown.pk)

    assert (again.number, again.title, again.note) == (3, "The old words", "Edition 1 put back.")
    assert "Old and good." in words_of(client, "/norms/")
    assert list(PageEdition.objects.drafts()) == [draft]


def test_an_earlier_text_does_not_replace_what_nobody_has_seen(staff):
    earlier = published("norms", staff, title="The old words")
    shown = published("norms", staff, title="The new words")
    published("norms", staff, title="Published in the meantime")
    earlier.refresh_from_db()

    with pytest.raises(TransitionRefused):
        workflow.edition_put_back(earlier, by=staff, instead_of=shown.pk)

    assert PageEdition.objects.published().get().title == "Published in the meantime"


def test_a_draft_thrown_away_leaves_what_is_shown(client, staff):
    published("norms", staff, title="What is shown")
    draft = workflow.draft_begin(page_of(), by=staff)

    workflow.draft_discard(draft, by=staff, revision=1)

    assert "What is shown" in words_of(client, "/norms/")
    assert not PageEdition.objects.drafts().exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "published"},
        {"status": "published", "number": 2, "published_at": "2026-01-01T00:00Z"},
        {"status": "draft"},
    ],
    ids=["published without a number", "a second published one", "a second draft"],
)
def test_the_database_stands_behind_the_workflow(staff, fields):
    published("norms", staff, title="Shown")
    workflow.draft_begin(page_of(), by=staff)

    with pytest.raises(IntegrityError), transaction.atomic():
        PageEdition.objects.create(page=page_of(), title="Another", written_at=timezone.now(), **fields)


def test_publishing_turns_the_cached_pages_over(staff, django_capture_on_commit_callbacks):
    from django.core.cache import cache  # late: the version is read twice

    draft = workflow.draft_begin(page_of(), by=staff)
    cache.set(VERSION, "before")

    with django_capture_on_commit_callbacks(execute=True):
        workflow.edition_publish(draft, by=staff, revision=1)

    assert cache.get(VERSION) not in {None, "before"}


def test_who_did_what_stands_in_the_history(staff):
    published("norms", staff, title="Words", note="Shorter.")

    assert list(HistoryEntry.objects.order_by("pk").values_list("verb", "actor", "after", "note")) == [
        ("began a draft", staff.pk, "", ""),
        ("publish", staff.pk, "published", "Shorter."),
    ]


def test_what_is_published_is_found_and_a_draft_is_not(client, staff):
    visitor = client.get("/").wsgi_request.user
    draft = workflow.draft_begin(page_of(), by=staff)
    workflow.draft_save(draft, by=staff, revision=1, title="Norms", body="<p>Marmalade on Tuesdays.</p>")

    before = search(visitor, "marmalade").hits
    workflow.edition_publish(draft, by=staff, revision=2)
    after = search(visitor, "marmalade").hits

    assert (before, [(hit.title, hit.url) for hit in after]) == ([], [("Norms", "/norms/")])


@pytest.mark.row("A1")
@pytest.mark.parametrize(("step", "shown"), [(10, "120+"), (50, "100+"), (0, "127")])
def test_a_visitor_reads_the_beliefs_beside_a_count_rounded_as_staff_chose(client, db, step, shown):
    Community.objects.create(pk=1, name="Harbour", rounds_counts_to=step)
    for number in range(127):
        make.ambassador(f"Person {number}", slug=f"person-{number}", email=f"person{number}@people.example.org")
    for position, text in ((2, "Then this."), (1, "First this.")):
        Belief.objects.create(text=text, position=position)

    page = words_of(client, "/community/")
    home = words_of(client, "/")

    assert f'<span class="big-number__value">{shown}</span>' in page
    assert page.index("First this.") < page.index("Then this.")
    assert ("127" in page, "127" in home) == (step == 0, False)


@pytest.mark.row("A1")
def test_staff_put_the_beliefs_in_order(client, staff):
    first, second = (Belief.objects.create(text=f"Belief {number}", position=number) for number in (1, 2))
    client.force_login(staff)
    rows = {
        f"form-{place}-{name}": value
        for place, belief in enumerate((first, second))
        for name, value in (("id", belief.pk), ("position", 10 - belief.position))
    }

    client.post(
        reverse("admin:community_belief_changelist"), {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 2, "_save": "Save", **rows}
    )

    assert [belief.text for belief in Belief.objects.visible_to(staff)] == ["Belief 2", "Belief 1"]


def an_agreement(staff, *, review_on=None, slug="who-does-what", title="Who does what") -> PageEdition:
    page = workflow.page_add(by=staff, title=title, slug=slug, subject="roles", audience="public")
    draft = page.editions.get()
    workflow.draft_save(draft, by=staff, revision=1, review_on=review_on)
    workflow.edition_publish(draft, by=staff, revision=2)
    return draft


@pytest.mark.row("C8")
def test_a_page_past_its_review_date_lies_on_the_desk_until_it_was_looked_at(client, staff, alice):
    edition = an_agreement(staff, review_on=TODAY() - timedelta(days=3))
    an_agreement(staff, review_on=TODAY() + timedelta(days=3), slug="how-we-talk", title="How we talk")
    review = reverse("admin:page-review", args=[edition.page_id])
    client.force_login(staff)

    before = words_of(client, "/desk/")
    client.post(review, {"review_on": (TODAY() + timedelta(days=100)).isoformat()})
    after = words_of(client, "/desk/")
    client.force_login(alice)

    assert (before.count("Who does what"), before.count("How we talk"), review in before) == (1, 0, True)
    assert (after.count("Who does what"), review in after) == (0, False)
    assert "Look at these pages again" not in words_of(client, "/desk/")
    assert HistoryEntry.objects.filter(verb="found still right", actor=staff).count() == 1


def test_a_new_edition_takes_the_page_off_the_desk_too(client, staff):
    edition = an_agreement(staff, review_on=TODAY())
    draft = workflow.draft_begin(edition.page, by=staff)
    workflow.draft_save(draft, by=staff, revision=1, review_on=TODAY() + timedelta(days=30))
    workflow.edition_publish(draft, by=staff, revision=2)
    client.force_login(staff)

    assert "Look at these pages again" not in words_of(client, "/desk/")


def test_a_review_wants_a_day_that_is_to_come(client, staff):
    edition = an_agreement(staff, review_on=TODAY())
    client.force_login(staff)

    answer = client.post(reverse("admin:page-review", args=[edition.page_id]), {"review_on": TODAY().isoformat()})

    assert "Choose a day that is still to come." in answer.content.decode()
    edition.refresh_from_db()
    assert edition.review_on == TODAY()


@pytest.mark.row("C8")
def test_each_edition_of_an_agreement_is_kept(client, staff):
    edition = an_agreement(staff)
    draft = workflow.draft_begin(edition.page, by=staff)
    workflow.draft_save(draft, by=staff, revision=1, title="Who does what now")
    workflow.edition_publish(draft, by=staff, revision=2)

    assert "Who does what now" in words_of(client, "/community/how-we-work/who-does-what/")
    assert list(edition.page.editions.order_by("number").values_list("number", "title")) == [
        (1, "Who does what"),
        (2, "Who does what now"),
    ]


def test_what_changed_is_told_word_by_word():
    before = PageEdition(title="Norms", body="<p>Be kind to all.</p><p>Stay short.</p>")
    after = PageEdition(title="Norms", body="<p>Be kind to each other.</p><p>Stay short.</p><p>Come again.</p>")

    told = [[(stretch.kind, stretch.text) for stretch in paragraph] for paragraph in changes_between(before, after)]

    assert told == [
        [("same", "Norms")],
        [("same", "Be kind to "), ("gone", "all."), ("new", "each other.")],
        [("same", "Stay short.")],
        [("new", "Come again.")],
    ]


def test_a_founder_gets_every_page_with_words_to_begin_with(client, staff):
    fill_pages(by=staff)
    again = fill_pages(by=staff)

    assert again == []
    assert set(PageEdition.objects.published().values_list("page__key", flat=True)) == {*PageKey, ""}
    assert {page.slug for page in Page.objects.about_how_we_work()} == set(HOW_WE_WORK.values())
    empty = [
        edition.title
        for edition in PageEdition.objects.all()
        if not (edition.lead and (edition.body or edition.page.key == "news"))
    ]
    assert empty == []


def test_words_that_staff_have_begun_are_left_alone(staff):
    published("norms", staff, title="Ours")

    fill_pages(by=staff)

    assert PageEdition.objects.of("norms").get().title == "Ours"


@pytest.mark.parametrize("fields", [{"slug": "who-does-what"}, {"slug": ""}, {"subject": ""}])
def test_a_page_about_how_we_work_has_an_address_and_a_subject_of_its_own(staff, fields):
    an_agreement(staff)

    with pytest.raises(ValidationError):
        workflow.page_add(by=staff, title="Another", **{"slug": "another", "subject": "roles", **fields})

    assert Page.objects.count() == 1


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"), [("/", 10), ("/community/", 18), ("/campaign/", 11), ("/norms/", 5), ("/community/how-we-work/", 3)]
)
def test_no_page_costs_more_for_more_rows(client, alice, staff, path, queries, rows, django_assert_num_queries):
    Community.found()
    for number in range(rows):
        make.ambassador(f"Person {number}", listed_for="public")
        Belief.objects.create(text=f"Belief {number}")
        an_agreement(staff, slug=f"agreement-{number}", title=f"Agreement {number}")
        published("norms", staff, title=f"Norms {number}")
    client.force_login(alice)
    client.get(path)

    with django_assert_num_queries(queries):
        client.get(path)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_community_costs_a_member_few_queries_while_nothing_changes(
    client, alice, staff, settings, rows, django_assert_num_queries
):
    settings.PAGE_CACHE = True
    Community.found()
    for number in range(rows):
        make.ambassador(f"Person {number}", listed_for="public")
        Belief.objects.create(text=f"Belief {number}")
        an_agreement(staff, slug=f"agreement-{number}", title=f"Agreement {number}")
    client.force_login(alice)
    client.get("/community/")

    with django_assert_num_queries(10):
        page = client.get("/community/").content.decode()
    assert [f"Belief {number}" in page for number in range(3)] == [number < rows for number in range(3)]


@pytest.mark.django_db(transaction=True)
def test_a_member_reads_what_changed_at_once(client, settings):
    settings.PAGE_CACHE = True
    Community.found()
    Belief.objects.create(text="Measure what matters.")
    client.force_login(make.ambassador("Alice Amadi"))
    before = words_of(client, "/community/")

    Belief.objects.create(text="Say what did not work.")

    after = words_of(client, "/community/")
    assert [[text in page for text in ("Measure what matters.", "Say what did not work.")] for page in (before, after)] == [
        [True, False],
        [True, True],
    ]


def test_what_is_kept_of_a_page_is_kept_for_each_language(db, settings):
    settings.PAGE_CACHE = True

    said = []
    for language in ("en", "pt", "en"):
        with translation.override(language):
            said.append(kept_until_it_changes("greeting", lambda language=language: f"said in {language}, {len(said)}"))

    assert said == ["said in en, 0", "said in pt, 1", "said in en, 0"]


def test_faces_are_of_those_who_show_themselves_to_everybody(client, alice):
    for name, fields in (
        ("Shown Person", {"listed_for": "public"}),
        ("Members Person", {"listed_for": "members"}),
        ("Former Person", {"listed_for": "public", "status": "alumni"}),
        ("Pausing Person", {"listed_for": "public", "status": "paused"}),
    ):
        make.ambassador(name, **fields)
    client.force_login(alice)

    pages = [words_of(client, path) for path in ("/", "/community/")]

    names = ("Shown Person", "Members Person", "Former Person", "Pausing Person")
    assert [[name for name in names if name in page] for page in pages] == [["Shown Person"]] * 2


def test_public_pages_are_the_same_for_every_visitor_and_set_no_cookie(client, staff):
    fill_pages(by=staff)

    for path in ("/", "/community/", "/campaign/", "/norms/", "/privacy/", "/accessibility/", "/products/", "/practice/"):
        answer = client.get(path)
        assert (path, answer.cookies.output(), "csrf" in answer.content.decode()) == (path, "", False)


def test_an_agreement_for_members_is_not_told_to_visitors(client, alice, staff):
    page = workflow.page_add(by=staff, title="Among ourselves", slug="among-ourselves", subject="protocols", audience="members")
    workflow.edition_publish(page.editions.get(), by=staff, revision=1)

    seen = {}
    for who, person in (("visitor", None), ("member", alice)):
        if person:
            client.force_login(person)
        seen[who] = ["Among ourselves" in words_of(client, path) for path in ("/community/", "/community/how-we-work/")]

    assert seen == {"visitor": [False, False], "member": [True, True]}
