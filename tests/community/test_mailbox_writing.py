"""Writing in the demo's mailbox: what a mail program makes of a link, and what becomes of a letter."""

from __future__ import annotations

import email
from email import policy

import pytest
from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from community.dev.links import Draft, draft_of, html_with_links, offered, text_with_links
from correspondence.inbound.authentication import fails_dmarc, passes_dmarc
from correspondence.inbound.parsing import parse
from correspondence.models import InboundMail, MailPreference, OutgoingMail
from discussions import workflow
from discussions.models import Post, Thread
from tests.correspondence.letters import letter, reply_address
from tests.discussions import making

ANN = "ann@people.example.org"


@pytest.fixture
def thread(alice, bob):
    return workflow.start_private_thread(by=alice, to=bob, subject="Our survey", body="Shall we compare notes?")


def write(client, maildir, **said):
    told = {"sender": ANN, "to": "team@mail.example.org", "subject": "A word", "words": "Hello.", "dmarc": "pass"} | said
    return client.post(reverse("community:mailbox-send"), told, follow=True)


def the_mail():
    return email.message_from_bytes(bytes(InboundMail.objects.get().raw), policy=policy.default)


@pytest.mark.parametrize(
    ("address", "draft"),
    [
        ("mailto:team@mail.example.org", Draft("team@mail.example.org")),
        ("MAILTO:a%40b@m.example?SUBJECT=Hi%20there", Draft("a@b@m.example", "Hi there")),
        ("mailto:mute+abc@m.example?subject=Quiet+please", Draft("mute+abc@m.example", "Quiet+please")),
        ("mailto:a@m.example?body=one%0D%0Atwo&subject=%C3%A9t%C3%A9", Draft("a@m.example", "été", "one\ntwo")),
        ("mailto:?to=a@m.example,b@m.example&cc=c@m.example", Draft("a@m.example,b@m.example, c@m.example")),
        (
            "mailto:a@m.example?subject=x%0D%0ABcc:%20z@m.example&bcc=z@m.example&from=y@m.example",
            Draft("a@m.example", "x Bcc: z@m.example"),
        ),
        ("mailto:a@m.example?subject=a%26b%3Dc&body=%00%FF", Draft("a@m.example", "a&b=c", "�")),
        ("mailto:a@m.example#there?subject=no", Draft("a@m.example")),
        ("mailto:", Draft()),
    ],
)
def test_a_link_opens_the_letter_that_a_mail_program_would(address, draft):
    assert draft_of(address) == draft


def test_each_address_of_a_letter_opens_a_letter_to_it():
    html = '<head></head><a class="x" href="mailto:mute+a@mail.example.org?subject=a&amp;body=b">Less</a><a href="https://e.example/">E</a>'
    raw = letter(
        "t@mail.example.org",
        "b@e.example",
        "Alone: author+c@mail.example.org, or <see> https://e.example/x.",
        List_Unsubscribe="<mailto:u+d@mail.example.org>",
    )
    mail = parse(raw)

    addresses = offered(mail, html)

    assert addresses == [
        "mailto:mute+a@mail.example.org?subject=a&body=b",
        "mailto:author+c@mail.example.org",
        "mailto:t@mail.example.org",
        "mailto:u+d@mail.example.org",
    ]
    assert html_with_links(html, "1.M1", addresses) == (
        '<head><base target="_top"></head><a class="x" href="/dev/mailbox/write/?letter=1.M1&amp;offer=0">Less</a>'
        '<a href="https://e.example/">E</a>'
    )
    assert text_with_links(mail.text, "1.M1", addresses) == (
        'Alone: <a href="/dev/mailbox/write/?letter=1.M1&amp;offer=1">author+c@mail.example.org</a>, or &lt;see&gt; '
        '<a href="https://e.example/x">https://e.example/x</a>.'
    )


def test_the_page_to_write_has_what_the_link_says(client, bob, maildir):
    words = "Less of this: mailto:mute+x@mail.example.org?subject=Less%20of%20this&body=mentions"
    key = maildir.add(letter("team@mail.example.org", bob.email, words))

    page = client.get(reverse("community:mailbox-write"), {"letter": key, "offer": "0"})

    form = page.context["form"]
    shown = {name: form[name].value() for name in ("sender", "to", "subject", "words")}
    assert shown == {"sender": bob.email, "to": "mute+x@mail.example.org", "subject": "Less of this", "words": "mentions"}
    for odd in ("9", "-1", "x", ""):
        assert client.get(reverse("community:mailbox-write"), {"letter": key, "offer": odd}).status_code == 404


def test_one_writes_from_any_verified_address_of_a_person_or_as_somebody_unknown(client, bob, maildir):
    EmailAddress.objects.create(user=bob, email="bob@home.example.org", verified=True)
    EmailAddress.objects.create(user=bob, email="bob@not-yet.example.org", verified=False)

    page = client.get(reverse("community:mailbox-write"), {"person": bob.email})

    offered_senders = [address for address, _shown in page.context["form"].fields["sender"].widget.choices]
    assert offered_senders == [bob.email, "bob@home.example.org", "robin@elsewhere.example"]


def test_nobody_is_named_where_no_mail_is_kept(client, bob):
    assert bob.name not in client.get(reverse("community:mailbox-write")).content.decode()


def test_a_letter_is_posted_as_whoever_writes_it(client, bob, thread, maildir):
    told = write(client, maildir, sender=bob.email, to=reply_address(bob, thread), subject="Our survey", words="Yes, gladly.")

    assert (Post.objects.get(number=2).author, Post.objects.get(number=2).via) == (bob, "mail")
    assert "Received and done." in told.content.decode()
    assert f'href="{Post.objects.get(number=2).get_absolute_url()}"' in told.content.decode()


def test_the_answer_that_came_back_is_shown(client, bob, maildir, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        write(client, maildir, sender=bob.email, to="nobody@mail.example.org", words="My words.")

    page = client.get(reverse("community:mailbox-outcome", args=[InboundMail.objects.get().pk]))

    assert OutgoingMail.objects.get().kind == "mail_returned"
    assert len(page.context["came_back"]) == 1
    assert page.context["came_back"][0].to == bob.email
    assert "There is no such address here." in page.content.decode()


@pytest.mark.parametrize(("dmarc", "passes", "fails"), [("pass", True, False), ("", False, False), ("fail", False, True)])
def test_our_mail_server_says_where_it_comes_from(client, db, maildir, dmarc, passes, fails, settings):
    assert settings.INBOUND_AUTHSERV_ID == "mx.mail.example.org"

    write(client, maildir, dmarc=dmarc)

    parsed = InboundMail.objects.get().parsed()
    assert (passes_dmarc(parsed), fails_dmarc(parsed), parsed.sender) == (passes, fails, ANN)


def test_files_go_along(client, db, maildir):
    files = [SimpleUploadedFile("Plan été.txt", "Été.".encode()), SimpleUploadedFile("a.unknown-kind", b"\x00\x01")]

    write(client, maildir, attached=files)

    got = [(part.get_filename(), part.get_content_type(), part.get_payload(decode=True)) for part in the_mail().iter_attachments()]
    assert got == [("Plan été.txt", "text/plain", "Été.".encode()), ("a.unknown-kind", "application/octet-stream", b"\x00\x01")]


@pytest.mark.parametrize(
    "to", ["", "bob@elsewhere.example", "no address", "a b@mail.example.org\r\nBcc: z@mail.example.org,", "été@mail.example.org"]
)
def test_what_cannot_be_delivered_is_said_beside_the_field(client, db, maildir, to):
    page = write(client, maildir, to=to)

    assert "to" in page.context["form"].errors
    assert InboundMail.objects.count() == 0


def test_a_letter_to_two_addresses_is_told_of_once_with_both(client, db, maildir):
    page = write(client, maildir, to="nobody@mail.example.org, Team <team@mail.example.org>, else@where.example")

    assert [one.mail.recipient for one in page.context["sent"]] == ["nobody@mail.example.org", "team@mail.example.org"]


def test_an_empty_letter_can_be_sent(client, bob, thread, maildir):
    page = write(client, maildir, sender=bob.email, to=reply_address(bob, thread), subject="", words="")

    assert "no words" in page.content.decode()


def test_what_was_written_is_listed_and_no_other_mail_that_came_in(client, bob, thread, maildir):
    raw = letter(bob.email, reply_address(bob, thread))
    InboundMail.objects.create(identity="<real@people.example.org>", recipient="x@mail.example.org", raw=raw, size=len(raw))
    write(client, maildir, sender=bob.email, subject="Été")
    write(client, maildir)

    everybodys = client.get(reverse("community:mailbox-sent"))
    bobs = client.get(reverse("community:mailbox-sent"), {"person": bob.email})

    assert [(one.mail.sender, one.subject) for one in everybodys.context["sent"]] == [(ANN, "A word"), (bob.email, "Été")]
    assert [one.mail.sender for one in bobs.context["sent"]] == [bob.email]
    other = InboundMail.objects.get(identity="<real@people.example.org>")
    assert client.get(reverse("community:mailbox-outcome", args=[other.pk])).status_code == 404


def test_many_letters_are_paged(client, db, maildir):
    InboundMail.objects.bulk_create(
        InboundMail(identity=f"<{n}@mailbox.localhost>", recipient="x@mail.example.org", sender=ANN, size=1) for n in range(65)
    )
    numbers, query = [], ""

    for _page in range(3):
        page = client.get(reverse("community:mailbox-sent") + query)
        numbers.append(len(page.context["sent"]))
        query = page.context["next_url"]

    assert (numbers, query) == ([30, 30, 5], "")


@pytest.mark.parametrize("mails", [1, 3])
def test_the_list_of_what_was_written_asks_the_database_the_same_whatever_lies_there(
    client, db, maildir, mails, django_assert_num_queries
):
    for _mail in range(mails):
        write(client, maildir)

    with django_assert_num_queries(2):
        client.get(reverse("community:mailbox-sent"))


def test_the_button_of_mail_programs_stops_that_kind_alone(client, alice, bob, maildir, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        workflow.start_private_thread(by=alice, to=bob, subject="Our survey", body="Shall we compare notes?")
    (key,) = maildir.keys()

    path = client.get(reverse("community:mailbox-letter", args=[key])).context["one_click_path"]
    client.post(path, {"List-Unsubscribe": "One-Click"})

    assert [(one.person, one.kind) for one in MailPreference.objects.all()] == [(bob, "private_message")]


def test_the_plain_address_of_a_space_believes_the_mail_server_of_the_demo(client, alice, maildir):
    making.topic("Everyday questions")
    letters = [(alice.email, "pass"), (alice.email, ""), ("robin@elsewhere.example", "pass")]

    for sender, dmarc in letters:
        write(client, maildir, sender=sender, to="everyday-questions@mail.example.org", subject=f"From {sender}", dmarc=dmarc)

    assert list(InboundMail.objects.order_by("pk").values_list("outcome", flat=True)) == ["posted", "held", "held"]
    assert [(thread.subject, thread.started_by) for thread in Thread.objects.all()] == [(f"From {alice.email}", alice)]
