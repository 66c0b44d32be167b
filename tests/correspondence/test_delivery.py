"""The road of one mail, through a real mail server which answers, refuses, hangs and hangs up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from correspondence import delivery, outbox
from correspondence.models import OutgoingMail
from tests.correspondence.smtp import DROP

pytestmark = pytest.mark.django_db


def posted(person, kind="note", key="k", **about) -> OutgoingMail:
    mail = outbox.post(kind, person, key=key, **about)
    assert mail is not None
    return mail


def delivered(mail: OutgoingMail) -> OutgoingMail:
    outbox.deliver(mail.pk)
    mail.refresh_from_db()
    return mail


def state_after(mail: OutgoingMail) -> tuple[str, int]:
    delivered(mail)
    return mail.state, mail.attempts


def test_a_mail_reaches_the_server_once(smtp, note, alice):
    mail = posted(alice)

    assert state_after(mail) == ("sent", 1)
    assert state_after(mail) == ("sent", 1)
    assert smtp.recipients() == [alice.email]
    assert mail.answer == "250 taken"


def test_the_same_key_posts_once(note, alice):
    first = posted(alice, key="welcome:1")

    assert outbox.post("note", alice, key="welcome:1") is None
    assert list(OutgoingMail.objects.all()) == [first]


def test_a_kind_nobody_registered_cannot_be_posted(alice):
    with pytest.raises(LookupError):
        outbox.post("no such kind", alice, key="k")


def test_the_worker_is_told_after_the_commit(note, alice, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        posted(alice)
        assert mailoutbox == []

    assert [message.to for message in mailoutbox] == [[alice.email]]


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ("connect", "421 come back later"),
        ("connect", DROP),
        ("MAIL", "451 busy"),
        ("MAIL", DROP),
        ("RCPT", "450 greylisted"),
        ("RCPT", DROP),
        ("DATA", "451 busy"),
        ("DATA", DROP),
        ("end", "452 disk full"),
        ("MAIL", "530 authentication required"),
    ],
)
def test_what_the_server_has_not_taken_goes_again_later(smtp, note, alice, step, told):
    mail = posted(alice)
    smtp.say[step] = told

    assert state_after(mail) == ("queued", 1)
    assert timedelta(seconds=50) < mail.due_at - timezone.now() <= timedelta(seconds=60)
    assert state_after(mail) == ("queued", 1)  # not due yet
    smtp.say.clear()
    OutgoingMail.objects.update(due_at=timezone.now())
    assert state_after(mail) == ("sent", 2)
    assert smtp.recipients() == [alice.email]


def test_a_server_that_is_not_there_is_asked_again(smtp, note, alice, settings):
    settings.EMAIL_PORT = 1

    assert state_after(posted(alice)) == ("queued", 1)


@pytest.mark.parametrize("step", ["connect", "MAIL", "RCPT"])
def test_a_server_too_slow_before_the_text_is_asked_again(smtp, note, alice, settings, step):
    settings.EMAIL_TIMEOUT = 0.3
    smtp.say[step] = 1

    assert state_after(posted(alice)) == ("queued", 1)


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA", "end"])
def test_what_the_server_refuses_for_good_has_failed(smtp, note, alice, step):
    smtp.say[step] = "550 no such person"
    mail = posted(alice)

    assert state_after(mail) == ("failed", 1)
    assert mail.answer == "550 no such person"
    assert smtp.taken == []


@pytest.mark.parametrize("told", [DROP, 1])
def test_a_connection_that_breaks_after_the_text_leaves_a_mail_unknown(smtp, note, alice, settings, told):
    settings.EMAIL_TIMEOUT = 0.3
    smtp.say["end"] = told
    mail = posted(alice)

    assert state_after(mail) == ("unknown", 1)
    assert state_after(mail) == ("unknown", 1)
    assert smtp.recipients() == [alice.email]
    delivery.sweep()
    assert state_after(mail) == ("unknown", 1)


def test_a_bad_address_does_not_stop_the_others(smtp, note, alice, bob, staff):
    smtp.say[bob.email] = "550 no such person"
    mails = [posted(person, key=f"to:{person.pk}") for person in (alice, bob, staff)]

    assert [state_after(mail)[0] for mail in mails] == ["sent", "failed", "sent"]
    assert smtp.recipients() == sorted([alice.email, staff.email])


def test_patience_ends_after_about_two_days(smtp, note, alice):
    smtp.say["RCPT"] = "450 try later"
    mail = posted(alice)

    for _ in delivery.PATIENCE:
        assert delivered(mail).state == "queued"
        OutgoingMail.objects.update(due_at=timezone.now())
    assert state_after(mail) == ("failed", 10)
    assert timedelta(days=2) < sum(delivery.PATIENCE, timedelta()) < timedelta(days=3)


def test_a_mail_whose_template_breaks_goes_when_it_is_mended(smtp, note, alice, new_kind):
    broken = [True]

    def context(mail):
        if broken:
            raise ValueError("no such thread")
        return {"text": "mended"}

    new_kind("code", context=context)
    mail = posted(alice, "code")

    assert state_after(mail) == ("queued", 1)
    broken.clear()
    OutgoingMail.objects.update(due_at=timezone.now())
    assert state_after(mail) == ("sent", 2)


class TestLease:
    def test_a_held_mail_is_not_taken_twice(self, note, alice):
        mail = posted(alice)

        assert OutgoingMail.objects.claim(mail.pk, lease=outbox.LEASE) is not None
        assert OutgoingMail.objects.claim(mail.pk, lease=outbox.LEASE) is None

    @pytest.mark.parametrize("kind", ["note", "code"])
    def test_a_lapsed_claim_goes_to_the_next_worker_and_the_first_changes_nothing_any_more(self, smtp, note, code, alice, kind):
        mail = posted(alice, kind)
        first = OutgoingMail.objects.claim(mail.pk, lease=-timedelta(seconds=1))

        assert delivery.sweep() == [mail.pk]
        second = OutgoingMail.objects.claim(mail.pk, lease=outbox.LEASE)
        outbox.hand_over(first)
        mail.refresh_from_db()
        assert (mail.state, smtp.taken) == ("claimed", [])
        outbox.hand_over(second)
        mail.refresh_from_db()
        assert (mail.state, mail.attempts, smtp.recipients()) == ("sent", 2, [alice.email])

    def test_a_lapsed_hand_over_becomes_unknown_and_is_not_sent_again(self, smtp, note, alice):
        mail = posted(alice)
        OutgoingMail.objects.update(state="handing over", claim="x", lease_until=timezone.now() - timedelta(seconds=1))

        assert delivery.sweep() == []
        assert state_after(mail) == ("unknown", 0)
        assert smtp.taken == []

    def test_a_hand_over_within_its_lease_is_left_alone(self, note, alice):
        mail = posted(alice)
        OutgoingMail.objects.update(state="handing over", claim="x", lease_until=timezone.now() + timedelta(seconds=9))

        assert delivery.sweep() == []
        assert state_after(mail) == ("handing over", 0)

    def test_a_late_answer_corrects_an_unknown_that_nobody_has_decided(self, smtp, note, alice):
        mail = posted(alice)
        held = OutgoingMail.objects.claim(mail.pk, lease=outbox.LEASE)
        smtp.say["end"] = lambda: OutgoingMail.objects.filter(pk=mail.pk) and None
        delivery._begin(held)
        OutgoingMail.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        delivery.sweep()

        delivery._settle(held, "sent", answer="250 taken", sent_at=timezone.now())

        mail.refresh_from_db()
        assert mail.state == "sent"

    def test_a_mail_that_loses_every_worker_is_given_up(self, smtp, note, alice):
        mail = posted(alice)
        OutgoingMail.objects.update(attempts=len(delivery.PATIENCE) + 1)

        assert state_after(mail)[0] == "failed"
        assert smtp.taken == []
