"""What stands in a mail and on its envelope, as the mail server got it."""

from __future__ import annotations

import mailbox
from email import message_from_bytes, policy

import pytest

from correspondence import addresses, outbox
from correspondence.models import OutgoingMail
from foundation.models import Community

pytestmark = pytest.mark.django_db


@pytest.fixture
def community(db):
    return Community.objects.create(pk=1, name="Riverside Circle", sender_name="The Riverside team")


def sent(smtp, person, kind="note", **about):
    mail = outbox.post(kind, person, key=f"{kind}:{len(smtp.taken)}", **about)
    outbox.deliver(mail.pk)
    _, envelope_sender, message = smtp.taken[-1]
    return mail, envelope_sender, message


def parts(message) -> tuple[str, str]:
    text, html = message.iter_parts()
    return text.get_content().replace("\r\n", "\n"), html.get_content()


def test_the_plain_parts_are_not_escaped_and_the_html_is(smtp, community, note, alice):
    _, _, message = sent(smtp, alice, text="O'Neil & Søn <b>")

    text, html = parts(message)
    assert message["Subject"] == "About O'Neil & Søn <b> on two lines"
    assert "O'Neil & Søn <b>" in text
    assert "<p>O&#x27;Neil &amp; Søn &lt;b&gt;</p>" in html
    assert "<b>" not in html
    assert text.startswith("Dear Alice Amadi,\n")


@pytest.mark.row("R5")
def test_no_vacation_notice_should_answer(smtp, community, note, code, alice):
    for kind in ("note", "code"):
        _, _, message = sent(smtp, alice, kind)

        assert message["Auto-Submitted"] == "auto-generated"
        assert message["X-Auto-Response-Suppress"] == "All"
        assert message["Precedence"] == "list"


def test_the_envelope_sender_is_the_rows_own_bounce_address(smtp, community, note, alice):
    mail, sender, _ = sent(smtp, alice)

    local, domain = sender.split("@")
    assert domain == "mail.example.org"
    assert addresses.mail_of(local.removeprefix("bounce+"), addresses.BOUNCE) == mail
    assert addresses.mail_of(local.removeprefix("bounce+"), addresses.UNSUBSCRIBE) is None


def test_every_address_of_a_mail_is_routed_and_short_enough(smtp, community, note, alice):
    OutgoingMail.objects.create(pk=2**62, kind="note", person=alice, key="the largest key there may be")
    outbox.deliver(2**62)
    _, sender, message = smtp.taken[-1]

    own = [sender, message["From"].addresses[0].addr_spec, message["Reply-To"].addresses[0].addr_spec]
    own.append(message["List-Unsubscribe"].split("mailto:")[1].rstrip(">"))
    assert [address.split("@")[1] for address in own] == ["mail.example.org"] * 4
    assert max(len(address.split("@")[0]) for address in own) <= 64


def test_the_message_id_is_the_same_at_each_attempt(smtp, community, note, alice):
    smtp.say["end"] = "452 disk full"
    mail = outbox.post("note", alice, key="k")
    outbox.deliver(mail.pk)
    smtp.say.clear()
    first = addresses.message_id(mail)
    OutgoingMail.objects.update(due_at=mail.created_at)
    outbox.deliver(mail.pk)

    assert smtp.messages[0]["Message-ID"] == first
    assert mail.nonce not in first


@pytest.mark.parametrize(("providers", "kept"), [([], None), (["mailgun"], None), (["mailgun", "postmark"], "true")])
def test_postmark_is_asked_to_keep_our_message_id(smtp, community, settings, note, alice, providers, kept):
    settings.MAIL_PROVIDERS = providers

    assert sent(smtp, alice)[2]["X-PM-KeepID"] == kept


@pytest.mark.row("R33")
def test_a_mail_comes_from_an_address_that_is_read_and_says_who_reads_it(smtp, community, note, alice):
    _, _, message = sent(smtp, alice)

    assert message["From"] == "The Riverside team <team@mail.example.org>"
    assert message["Reply-To"] == "team@mail.example.org"
    for part in parts(message):
        assert "You can answer this mail: the support team reads it." in part


def test_a_kind_may_write_as_a_person_and_thread_its_mail(smtp, community, new_kind, alice):
    new_kind(
        "note",
        own_words=True,
        headers=lambda mail, context: {
            "From": addresses.person_via_community("Bob\nBrandt", "reply+abc"),
            "Reply-To": addresses.at_our_domain("reply+abc"),
            "In-Reply-To": "<thread.1@mail.example.org>",
            "Precedence": "",
        },
    )

    _, _, message = sent(smtp, alice)

    assert message["From"] == "Bob Brandt via Riverside Circle <reply+abc@mail.example.org>"
    assert message["Reply-To"] == "reply+abc@mail.example.org"
    assert message["In-Reply-To"] == "<thread.1@mail.example.org>"
    assert message["Precedence"] is None


def test_a_text_with_line_breaks_cannot_add_headers(smtp, community, new_kind, alice):
    new_kind("note", headers=lambda mail, context: {"X-Topic": "one\r\nBcc: eve@example.org"})

    _, _, message = sent(smtp, alice, text="two\r\nBcc: eve@example.org")

    assert (message["Bcc"], message["X-Topic"]) == (None, "one Bcc: eve@example.org")
    assert smtp.recipients() == [alice.email]


def test_times_are_told_in_the_recipients_zone(smtp, community, new_kind, alice):
    from django.utils import timezone

    new_kind("note", context=lambda mail: {"text": timezone.get_current_timezone_name()})
    alice.time_zone = "Asia/Tokyo"
    alice.save()

    _, _, message = sent(smtp, alice)

    assert "Asia/Tokyo" in parts(message)[0]


def test_an_address_may_be_written_to_without_an_account(smtp, community, code):
    mail = outbox.post("code", None, key="k", address="new@people.example.org")
    outbox.deliver(mail.pk)

    assert smtp.recipients() == ["new@people.example.org"]
    assert parts(smtp.messages[0])[0].startswith("Hello,\n")


def test_the_demo_keeps_mail_in_a_maildir(settings, tmp_path, community, note, alice):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "correspondence.backends.MaildirBackend", str(tmp_path / "new" / "mail")
    mail = outbox.post("note", alice, key="k", text="Søn")

    outbox.deliver(mail.pk)

    mail.refresh_from_db()
    [key] = mailbox.Maildir(tmp_path / "new" / "mail").keys()
    message = message_from_bytes(mailbox.Maildir(tmp_path / "new" / "mail").get_bytes(key), policy=policy.default)
    assert mail.state == "sent"
    assert message["Delivered-To"] == message["To"] == alice.email
    assert message["Return-Path"] == f"<{addresses.bounce_address(mail)}>"
    assert message["Subject"] == "About Søn on two lines"
