from __future__ import annotations

import re

import pytest
from django.core import mail as django_mail
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from ambassadors import workflow as people
from community.models import Testimonial as Words
from community.stories.workflow import testimonials
from correspondence.tasks import deliver_mail
from foundation.models import Community, HistoryEntry
from foundation.privacy_export import archive_of, erase, publications_of
from foundation.publication import VERSION
from tests import make
from tests.community import making
from tests.races import at_once

WORDING = {"text": "I stopped guessing.", "attribution": "full", "role": "Head of learning"}


def on_the_page(client) -> list[tuple[str, str]]:
    """What a visitor reads on the page where the words of these tests stand: words and signature."""
    client.logout()
    text = client.get(reverse("community:about")).content.decode()
    found = re.findall(
        r'testimonial__words"><p>(.*?)</p></blockquote>\s*<figcaption class="testimonial__name">(.*?)</figcaption>', text
    )
    return [(words, name) for words, name in found]


def press(client, person, path: str, **data):
    client.force_login(person)
    return client.post(path, data)


@pytest.mark.row("A7")
def test_words_go_from_the_offer_over_the_exact_wording_to_the_page_and_leave_it_when_consent_is_withdrawn(
    client, alice, staff, django_capture_on_commit_callbacks
):
    Community.found("Harbour Lights")
    press(client, alice, "/settings/testimonials/offer/", text="I stopped guesing.", attribution="first", role="")
    one = Words.objects.get()
    admin = f"/admin/community/testimonial/{one.pk}"
    assert (one.status, on_the_page(client)) == ("offered", [])

    with django_capture_on_commit_callbacks(execute=True):
        press(client, staff, f"{admin}/move/ask/", **WORDING, page="about")
    (letter,) = django_mail.outbox
    assert "I stopped guessing." in letter.body
    assert "Alice Amadi, Head of learning" in letter.body
    link = re.search(r"/settings/testimonials/\d+/", letter.body)[0]
    press(client, staff, f"{admin}/move/publish/")
    assert on_the_page(client) == []

    client.force_login(alice)
    assert link in client.get("/desk/").content.decode()
    asked = client.get(link).content.decode()
    assert re.findall(r'testimonial__words"><p>(.*?)</p>.*?testimonial__name">(.*?)<', asked, re.DOTALL) == [
        ("I stopped guessing.", "Alice Amadi, Head of learning")
    ]
    press(client, alice, f"{link}agree/", seen=re.search(r'name="seen" value="(\w+)"', asked)[1])
    assert on_the_page(client) == []
    press(client, staff, f"{admin}/move/publish/")
    assert on_the_page(client) == [("I stopped guessing.", "Alice Amadi, Head of learning")]

    version = cache.get(VERSION)
    with django_capture_on_commit_callbacks(execute=True):
        press(client, alice, f"{link}withdraw/")
    assert on_the_page(client) == []
    assert cache.get(VERSION) != version
    verbs = list(HistoryEntry.objects.filter(about=alice, target_id=one.pk).order_by("pk").values_list("verb", "actor"))
    assert verbs == [
        ("offered a testimonial", alice.pk),
        ("asked for consent", staff.pk),
        ("agreed to the wording", alice.pk),
        ("published", staff.pk),
        ("withdrew their consent", alice.pk),
    ]


def test_other_words_are_asked_about_again_and_leave_the_page_until_then(client, alice, staff):
    one = making.words_of(alice, by=staff, page="about")
    assert len(on_the_page(client)) == 1

    press(client, staff, f"/admin/community/testimonial/{one.pk}/move/ask/", **WORDING, page="about")

    one.refresh_from_db()
    assert (one.status, one.agreed_text, on_the_page(client)) == ("asked", "", [])


def test_the_same_words_under_another_name_are_asked_about_again(alice, staff):
    one = making.words_of(alice, by=staff, attribution="first")
    assert one.agreed_signed == "Alice"

    testimonials.ask(one, by=staff, text=one.text, attribution="full", role="Director")

    assert (one.status, one.signed) == ("asked", "Alice Amadi, Director")


@pytest.mark.parametrize(
    ("attribution", "signed"), [("full", "Alice Amadi, Director"), ("first", "Alice"), ("none", "An ambassador")]
)
def test_the_signature_says_no_more_than_the_form_that_was_chosen(client, alice, staff, attribution, signed):
    making.words_of(alice, by=staff, attribution=attribution, role="Director", page="about")

    assert [name for _words, name in on_the_page(client)] == [signed]


def test_consent_is_refused_to_words_that_were_not_on_the_screen(client, alice, staff):
    one = making.words_of(alice, by=staff, status="asked")
    read = one.words_mark
    testimonials.ask(one, by=staff, **WORDING)

    press(client, alice, f"/settings/testimonials/{one.pk}/agree/", seen=read)

    one.refresh_from_db()
    assert (one.status, one.agreed_text) == ("asked", "")


def test_nobody_consents_in_anothers_place(alice, bob, staff):
    one = making.words_of(alice, by=staff, status="asked")

    for other in (bob, staff):
        with pytest.raises(PermissionDenied):
            testimonials.agree(one, by=other)
        with pytest.raises(PermissionDenied):
            testimonials.withdraw(one, by=other)


def test_the_database_refuses_words_on_the_page_that_were_not_agreed_to(alice, staff):
    one = making.words_of(alice, by=staff)

    with pytest.raises(IntegrityError), transaction.atomic():
        Words.objects.filter(pk=one.pk).update(text="Something else.")


@pytest.mark.django_db(transaction=True)
def test_publishing_and_withdrawing_at_once_ends_withdrawn_or_is_refused():
    staff, author = making.team(), make.ambassador("Alice Amadi")
    one = making.words_of(author, by=staff, status="agreed")
    mine, theirs = Words.objects.get(pk=one.pk), Words.objects.get(pk=one.pk)

    at_once(lambda: testimonials.withdraw(mine, by=author), lambda: testimonials.publish(theirs, by=staff))

    one.refresh_from_db()
    assert (one.status, list(Words.objects.published())) == ("withdrawn", [])


@pytest.mark.django_db(transaction=True)
def test_agreeing_while_other_words_are_asked_about_never_agrees_to_those():
    staff, author = making.team(), make.ambassador("Alice Amadi")
    one = making.words_of(author, by=staff, status="asked", text="Old words.")
    seen, mine, theirs = one.words_mark, Words.objects.get(pk=one.pk), Words.objects.get(pk=one.pk)

    at_once(lambda: testimonials.agree(mine, by=author, seen=seen), lambda: testimonials.ask(theirs, by=staff, **WORDING))

    one.refresh_from_db()
    assert (one.status, one.agreed_text) == ("asked", "")


def test_words_proposed_by_the_support_team_are_nobodys_to_read_but_theirs_and_the_authors(client, alice, bob, staff):
    client.force_login(staff)
    client.post("/admin/community/testimonial/add/", {"person": alice.pk, "page": "about", **WORDING})
    one = Words.objects.get()

    assert (one.status, one.signed) == ("proposed", "Alice Amadi, Head of learning")
    assert [list(Words.objects.visible_to(reader)) for reader in (alice, bob, staff)] == [[one], [], [one]]


def test_a_superseded_question_is_not_mailed(alice, staff, django_capture_on_commit_callbacks):
    one = making.words_of(alice, by=staff, status="asked")
    testimonials.ask(one, by=staff, **WORDING)

    from correspondence.models import OutgoingMail

    for row in OutgoingMail.objects.filter(kind="testimonial_asked"):
        deliver_mail(row.pk)

    assert ["I stopped guessing." in letter.body for letter in django_mail.outbox] == [True]


def test_words_of_somebody_removed_leave_the_page(client, alice, staff, django_capture_on_commit_callbacks):
    making.words_of(alice, by=staff, page="about")
    version = cache.get(VERSION)
    assert len(on_the_page(client)) == 1

    with django_capture_on_commit_callbacks(execute=True):
        people.remove(alice.ambassador, by=staff, agreed=make.second(), reason="Broke a promise.")

    assert on_the_page(client) == []
    assert cache.get(VERSION) != version


def test_words_of_somebody_erased_are_gone(client, alice, staff):
    making.words_of(alice, by=staff, page="about")
    assert [record["agreed_text"] for record in archive_of(alice)["testimonials"]] == ["It made me braver."]
    assert [(one.title, one.url) for one in publications_of(alice)] == [
        ("It made me braver.", Words.objects.get().get_absolute_url())
    ]

    erase(alice)

    assert (Words.objects.count(), on_the_page(client)) == (0, [])
    assert not HistoryEntry.objects.filter(note__contains="braver").exists()


def test_alumni_find_and_take_back_what_they_said(client, alumna, staff):
    one = Words.objects.create(person=alumna, text="Then.", signed="Ines", status="asked")
    testimonials.agree(one, by=alumna)
    testimonials.publish(one, by=staff)

    press(client, alumna, f"/settings/testimonials/{one.pk}/withdraw/")

    one.refresh_from_db()
    assert one.status == "withdrawn"


def test_an_offer_without_words_gets_its_error_beside_the_field(client, alice):
    response = press(client, alice, "/settings/testimonials/offer/", text="  ", attribution="full", role="")

    assert 'id="id_text_error"' in response.content.decode()
    assert Words.objects.count() == 0


def test_the_words_cannot_be_changed_past_the_question(client, alice, staff):
    one = making.words_of(alice, by=staff)

    press(
        client,
        staff,
        f"/admin/community/testimonial/{one.pk}/change/",
        text="Better words.",
        signed="Somebody",
        position="3",
        status="withdrawn",
    )

    one.refresh_from_db()
    assert (one.text, one.signed, one.position, one.status) == ("It made me braver.", "Alice Amadi, Director", 3, "published")


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_of_words_query_counts(client, staff, rows, django_assert_num_queries):
    from django.template import Context, Template

    author = make.ambassador("Alice Amadi")
    for number in range(rows):
        making.words_of(author, by=staff, text=f"Words {number}", page="about")
    shown = Template('{% load stories %}{% testimonials_for "about" %}')

    with django_assert_num_queries(1):
        assert shown.render(Context()).count("<blockquote") == rows
    client.force_login(author)
    client.get("/desk/")
    with django_assert_num_queries(4):
        client.get("/settings/testimonials/")
