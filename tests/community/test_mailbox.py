"""The demo's mailbox: it reads what the site sent, and answers it down the road of all incoming mail."""

from __future__ import annotations

import email
from email import policy

import pytest
from django.urls import reverse

from correspondence.models import InboundMail
from discussions import workflow
from discussions.models import Post
from discussions.words import to_plain
from tests.correspondence.letters import letter

PAGES = [
    ("get", "community:mailbox", []),
    ("get", "community:mailbox-letter", ["1.M1P1"]),
    ("get", "community:mailbox-html", ["1.M1P1"]),
    ("post", "community:mailbox-answer", ["1.M1P1"]),
]


@pytest.fixture
def sent(alice, bob, maildir, django_capture_on_commit_callbacks):
    """Alice wrote to Bob; the mail lies in the folder. Returns its key."""
    with django_capture_on_commit_callbacks(execute=True):
        workflow.start_private_thread(by=alice, to=bob, subject="Our survey", body="Shall we compare notes?")
    (key,) = maildir.keys()
    return key


@pytest.mark.parametrize(("method", "name", "args"), PAGES)
def test_without_the_demo_there_is_no_mailbox(client, db, settings, maildir, method, name, args):
    settings.DEMO = False
    maildir.add(letter("team@mail.example.org", "bob@people.example.org"))

    response = getattr(client, method)(reverse(name, args=args), {"words": "Hello"})

    assert response.status_code == 404
    assert InboundMail.objects.count() == 0


def test_a_mail_is_read_and_answered_and_the_answer_is_posted(client, bob, sent):
    page = client.get(reverse("community:mailbox-letter", args=[sent]))
    assert "Shall we compare notes?" in page.content.decode()

    answered = client.post(reverse("community:mailbox-answer", args=[sent]), {"words": "Yes, gladly."}, follow=True)

    post = Post.objects.get(number=2)
    assert (post.author, post.via, to_plain(post.body)) == (bob, "mail", "Yes, gladly.")
    assert "Shall we compare notes?" in post.quoted
    assert "Received and posted." in answered.content.decode()


def test_the_answer_is_what_a_mail_program_writes(client, bob, sent, maildir):
    got = email.message_from_bytes(maildir.get_bytes(sent), policy=policy.default)

    client.post(reverse("community:mailbox-answer", args=[sent]), {"words": "Yes, gladly."})

    answer = email.message_from_bytes(bytes(InboundMail.objects.get().raw), policy=policy.default)
    assert (answer["In-Reply-To"], answer["References"].split()[-1]) == (got["Message-ID"], got["Message-ID"])
    assert (answer["From"], answer["Subject"]) == ("Bob Brandt <bob-brandt@people.example.org>", "Re: Our survey")
    assert answer["To"] == got["Reply-To"]


def test_the_html_part_can_do_nothing(client, sent):
    response = client.get(reverse("community:mailbox-html", args=[sent]))

    told = dict(part.strip().partition(" ")[::2] for part in response.headers["Content-Security-Policy"].split(";") if part.strip())
    assert told == {
        "default-src": "'none'",
        "style-src": "'unsafe-inline'",
        "img-src": "data:",
        "frame-ancestors": "'self'",
        "sandbox": "allow-top-navigation-by-user-activation",
    }
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "Shall we compare notes?" in response.content.decode()


def test_the_mail_of_one_person_is_theirs_alone(client, alice, bob, maildir):
    maildir.add(letter("team@mail.example.org", alice.email, Subject="For Alice", Delivered_To=alice.email))
    maildir.add(letter("team@mail.example.org", bob.email, Subject="For Bob", Delivered_To=bob.email))

    page = client.get(reverse("community:mailbox"), {"person": bob.email})

    assert [letter.subject for letter, _name in page.context["letters"]] == ["For Bob"]


def test_many_mails_are_paged_the_newest_first(client, db, maildir):
    for number in range(60):
        maildir.add(letter("team@mail.example.org", "bob@people.example.org", Subject=f"No {number}"))
    seen: list[str] = []
    query: dict[str, str] = {}

    for _page in range(3):
        page = client.get(reverse("community:mailbox"), query)
        seen += [letter.subject for letter, _name in page.context["letters"]]
        query = {"after": page.context["next_key"]}

    assert seen == [f"No {number}" for number in range(59, -1, -1)]
    assert page.context["next_key"] == ""


@pytest.mark.parametrize("mails", [1, 3])
def test_the_list_asks_the_database_the_same_whatever_lies_there(client, db, maildir, mails, django_assert_num_queries):
    for number in range(mails):
        maildir.add(letter("team@mail.example.org", f"person{number}@people.example.org"))

    with django_assert_num_queries(2):
        client.get(reverse("community:mailbox"))


@pytest.mark.parametrize("key", ["..", "..%2F..%2Fetc%2Fpasswd", "nothing", ".", "*", "1%00"])
def test_a_name_that_is_no_mail_is_not_found(client, db, maildir, key):
    maildir.add(letter("team@mail.example.org", "bob@people.example.org"))

    assert client.get(f"/dev/mailbox/{key}/").status_code in {301, 404}
    assert client.get(f"/dev/mailbox/{key}/html/").status_code == 404


def test_an_empty_mailbox_says_what_to_do(client, db, maildir):
    assert "write to another ambassador" in client.get(reverse("community:mailbox")).content.decode()


def test_a_site_that_sends_for_real_says_so(client, db):
    assert "This site sends its mail for real" in client.get(reverse("community:mailbox")).content.decode()
