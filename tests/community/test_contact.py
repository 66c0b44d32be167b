"""The contact form: what is written arrives once and is answered by mail; what robots write costs them, and nobody else."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from community.contact import workflow
from community.models import ContactMessage, TeamMember
from community.tasks import purge_contact
from correspondence.models import OutgoingMail
from foundation import proof
from foundation.desk import cards_for
from foundation.models import HistoryEntry
from tests import make

SEND, THANKS, WAITS = "/contact/send/", "/contact/thanks/", "/contact/confirm/"
SPAM = "Cheap: http://a.example http://b.example http://c.example"


def written(**changed: str) -> dict[str, str]:
    fields = {
        "name": "Noor Haddad",
        "address": "noor@people.example",
        "subject": "May our school use your questions?",
        "words": "A colleague showed me your questions.\nMay we use them?",
        "begun": proof.begin(at=time.time() - 60),
    }
    return fields | changed


def solved(begun: str) -> str:
    return next(str(number) for number in range(10**7) if proof.is_proven(begun, str(number)))


@pytest.fixture
def sent(django_capture_on_commit_callbacks):
    """Post the form as one visitor; what goes out by mail is in `mail.outbox`."""

    def sent(client=None, **changed):
        with django_capture_on_commit_callbacks(execute=True):
            return (client or Client()).post(SEND, written(**changed))

    return sent


def test_message_is_stored_and_mailed_to_the_team_before_thanks(sent, staff, alice):
    answer = sent()

    message = ContactMessage.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, THANKS)
    assert (message.name, message.address, message.subject, message.status) == (
        "Noor Haddad",
        "noor@people.example",
        "May our school use your questions?",
        "open",
    )
    letter = mail.outbox[0]
    assert [one.to for one in mail.outbox] == [[staff.email]]  # no copy to the address that was typed
    assert letter.subject == "From the contact form: May our school use your questions?"
    assert letter.reply_to == ["Noor Haddad <noor@people.example>"]
    assert "May we use them?" in letter.body
    assert (from_outside(staff), from_outside(alice)) == (["1 message from outside waits for an answer"], [])


def from_outside(person) -> list[str]:
    return [card.title for card in cards_for(person) if "outside" in card.title]


@pytest.mark.row("D21")
def test_of_twenty_posts_a_minute_from_one_address_one_is_taken_and_nineteen_keep_their_words(sent, staff):
    client = Client()

    answers = [sent(client, words=f"Message number {number}, with care.") for number in range(20)]

    assert [answer.status_code for answer in answers] == [302] + [429] * 19
    assert ContactMessage.objects.count() == 1
    assert len(mail.outbox) == 1
    assert "Message number 7, with care." in answers[7].content.decode()
    assert "Yours is still here: please press “Send” again in a minute." in answers[7].content.decode()
    assert answers[7].headers["Retry-After"] == "60"
    assert sent(Client(REMOTE_ADDR="203.0.113.9")).status_code == 302


def test_sending_twice_is_once(sent, staff):
    begun = proof.begin(at=time.time() - 60)

    answers = [sent(begun=begun) for _ in range(2)]

    assert [answer.headers["Location"] for answer in answers] == [THANKS, THANKS]
    assert (ContactMessage.objects.count(), len(mail.outbox)) == (1, 1)


@pytest.mark.row("R27")
@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"homepage": "http://buy.example"}, "A field that only robots see was filled in"),
        ({"begun": "made up"}, "This page had been open for long"),
        ({"begun": proof.begin(at=time.time() - 2 * 24 * 3600)}, "This page had been open for long"),
        ({"words": ""}, "This field is required"),
        ({"address": "nobody"}, "Enter a valid email address"),
    ],
    ids=["honeypot", "forged", "old page", "no words", "no address"],
)
def test_what_is_refused_keeps_its_words_and_says_why(sent, staff, changed, said):
    answer = sent(**changed)

    page = answer.content.decode()
    assert (answer.status_code, ContactMessage.objects.count(), mail.outbox) == (200, 0, [])
    assert said in page
    assert "Noor Haddad" in page


@pytest.mark.row("R27")
def test_too_quick_is_asked_again_and_then_taken(sent, staff, time_machine):
    time_machine.move_to("2026-11-22 12:00:00")
    begun = proof.begin()
    quick = sent(begun=begun)

    again = hidden(quick)
    time_machine.shift(proof.TOO_QUICK + 1)

    assert "That was quicker than people write" in quick.content.decode()
    assert sent(**again).headers["Location"] == THANKS


def hidden(response) -> dict[str, str]:
    page = response.content.decode()
    found = re.findall(r'<input type="hidden" name="(begun|proof|asked)"(?: value="([^"]*)")?', page)
    return {name: value for name, value in found if value}


@pytest.mark.row("R27")
def test_refused_for_its_honeypot_it_goes_through_when_sent_again_as_shown(sent, staff):
    shown = sent(homepage="filled in by a browser").content.decode()

    assert re.search(r'name="homepage" (?!value)', shown)
    assert sent(homepage="").status_code == 302


@pytest.mark.row("R27")
def test_what_looks_like_spam_is_taken_with_a_proof_of_work(sent, staff):
    asked = sent(words=SPAM)
    again = hidden(asked)

    proven = sent(words=SPAM, **again, proof=solved(again["begun"]))

    assert "One more step" in asked.content.decode()
    assert "http://a.example" in asked.content.decode()
    assert (again["asked"], proven.headers["Location"], len(mail.outbox)) == ("yes", THANKS, 1)


@pytest.mark.row("R27")
def test_without_a_script_a_mailed_link_and_a_button_confirm_it(sent, staff, django_capture_on_commit_callbacks):
    again = hidden(sent(words=SPAM))
    waits = sent(words=SPAM, **again)
    letter = mail.outbox.pop()
    link = re.search(r"http://localhost(/contact/confirm/\w+/)", letter.body).group(1)

    looked = [Client().get(link) for _ in range(2)]  # a program that scans mail looks, too
    untouched = (ContactMessage.objects.get().status, list(mail.outbox))
    with django_capture_on_commit_callbacks(execute=True):
        pressed = Client().post(f"{link}send/")

    assert (waits.headers["Location"], letter.to) == (WAITS, ["noor@people.example"])
    assert "http://a.example" not in letter.body  # nobody advertises by our mail
    assert "http://a.example" in looked[1].content.decode()
    assert untouched == ("asked", [])
    assert (pressed.headers["Location"], ContactMessage.objects.get().status) == (THANKS, "open")
    assert [one.to for one in mail.outbox] == [[staff.email]]
    assert Client().post(f"{link}send/").status_code == 410


@pytest.mark.row("R27")
def test_no_mailbox_is_flooded_through_us(sent, staff):
    def confirm(number, address="noor@people.example"):
        client = Client(REMOTE_ADDR=f"203.0.113.{number}")
        return sent(client, words=SPAM, address=address, asked="yes")

    first, second, other = confirm(1), confirm(2), confirm(3, "else@people.example")

    assert [answer.status_code for answer in (first, second, other)] == [302, 429, 302]
    assert "We cannot send another mail to this address today" in second.content.decode()
    assert [one.to for one in mail.outbox] == [["noor@people.example"], ["else@people.example"]]


def test_flood_from_many_addresses_asks_each_newcomer_for_a_proof(sent, staff, monkeypatch):
    monkeypatch.setattr(workflow, "FLOOD", 2)
    monkeypatch.setattr(workflow, "MAILED_A_DAY", 1)

    def send(number, **changed):
        return sent(Client(REMOTE_ADDR=f"203.0.113.{number}"), **changed)

    calm = [send(1), send(2)]
    flooded = send(3)
    again = hidden(flooded)
    proven = send(3, **again, proof=solved(again["begun"]))

    assert [answer.status_code for answer in (*calm, flooded, proven)] == [302, 302, 200, 302]
    assert (ContactMessage.objects.count(), len(mail.outbox)) == (3, 1)  # the others lie on the desk


def test_members_words_are_never_taken_for_spam(sent, staff, alice):
    client = Client()
    client.force_login(alice)

    page = client.get("/contact/").content.decode()

    assert f'value="{alice.email}"' in page
    assert sent(client, words=SPAM).headers["Location"] == THANKS


def test_message_for_somebody_of_the_team_goes_to_them_alone(sent, staff):
    other = make.person("Olu Other", is_staff=True)
    TeamMember.objects.create(
        user=staff,
        role="Knowledge manager",
        slug="knowledge",
        status="shown",
        shown_role="Knowledge manager",
        agreed_at=timezone.now(),
    )

    page = Client().get("/contact/?to=knowledge").content.decode()
    sent(to="knowledge")

    assert re.search(r'<option value="knowledge" selected>', page)
    assert [one.to for one in mail.outbox] == [[staff.email]]
    assert other.email not in str(mail.outbox)


def test_form_page_is_never_from_the_cache(client, db, settings):
    settings.PAGE_CACHE = True

    pages = [Client().get("/contact/") for _ in range(2)]

    assert [page.headers["Cache-Control"] for page in pages] == ["private, no-store"] * 2
    assert pages[0].cookies["csrftoken"].value != pages[1].cookies["csrftoken"].value


def test_form_without_its_token_is_refused(db, staff):
    assert Client(enforce_csrf_checks=True).post(SEND, written()).status_code == 403
    assert ContactMessage.objects.count() == 0


def test_field_for_robots_is_hidden_from_people(client, db):
    page = client.get("/contact/").content.decode()
    trap = page.partition('<div class="visually-hidden" aria-hidden="true">')[2].partition("</div>\n")[0]

    assert "Leave this field empty" in trap
    assert re.search(r'<input type="text" name="homepage" autocomplete="off" tabindex="-1"', trap)


@pytest.fixture
def message(db, staff):
    return workflow.take(
        nonce="1", name="Noor Haddad", address="noor@people.example", to=None, subject="Hello\u2026", words="May we?"
    )


def moved(client, message, word, **data):
    return client.post(f"/admin/community/contactmessage/{message.pk}/move/{word}/", data)


def test_staff_answers_from_the_admin_by_mail(client, message, staff, django_capture_on_commit_callbacks):
    client.force_login(staff)
    page = client.get(f"/admin/community/contactmessage/{message.pk}/change/").content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        moved(client, message, "answer", words="Gladly.")

    message.refresh_from_db()
    letter = mail.outbox[-1]
    assert "May we?" in page
    assert (message.status, message.answer) == ("answered", "Gladly.")
    assert (letter.to, letter.subject, letter.reply_to) == (["noor@people.example"], "Re: Hello…", ["team@mail.example.org"])
    assert "Gladly." in letter.body
    assert from_outside(staff) == []
    assert [(line.verb, line.actor) for line in HistoryEntry.objects.order_by("pk")][-1] == ("answered", staff)


def test_empty_answer_is_not_sent_and_two_answers_are_one(client, message, staff):
    client.force_login(staff)

    moved(client, message, "answer", words=" ")
    moved(client, message, "answer", words="First.")
    moved(client, message, "answer", words="Second.")

    message.refresh_from_db()
    assert message.answer == "First."
    assert OutgoingMail.objects.filter(kind="contact_answer").count() == 1


def test_closed_and_opened_again(client, message, staff):
    client.force_login(staff)

    states = []
    for word in ("close", "reopen"):
        moved(client, message, word)
        message.refresh_from_db()
        states.append(message.status)

    assert states == ["closed", "open"]


def test_members_do_not_read_it(client, message, alice):
    client.force_login(alice)

    assert client.get(f"/admin/community/contactmessage/{message.pk}/change/").status_code == 302
    assert list(ContactMessage.objects.visible_to(alice)) == []


def test_messages_are_forgotten_in_time(message, staff):
    workflow.take_unconfirmed(nonce="2", name="X", address="x@people.example", to=None, subject="X", words="X")
    workflow.close(message, by=staff)
    kept = workflow.take(nonce="3", name="Y", address="y@people.example", to=None, subject="Y", words="Y")
    long_ago = timezone.now() - timedelta(days=181)
    ContactMessage.objects.filter(nonce__in=["2", "3"]).update(received_at=long_ago)
    ContactMessage.objects.filter(nonce="1").update(settled_at=long_ago)

    purge_contact()
    purge_contact()

    assert list(ContactMessage.objects.all()) == [kept]  # nobody has answered it: it stays, and stays on the desk
