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
    ("get", "community:mailbox-write", []),
    ("post", "community:mailbox-send", []),
    ("get", "community:mailbox-sent", []),
    ("get", "community:mailbox-outcome", [1]),
]
ANSWER = {"sender": "bob-brandt@people.example.org", "words": "Yes, gladly.", "dmarc": "pass"}


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

    response = getattr(client, method)(reverse(name, args=args), ANSWER | {"to": "team@mail.example.org"})

    assert response.status_code == 404
    assert InboundMail.objects.count() == 0


def test_a_mail_is_read_and_answered_and_the_answer_is_posted(client, bob, sent):
    page = client.get(reverse("community:mailbox-letter", args=[sent]))
    assert "Shall we compare notes?" in page.content.decode()

    answered = client.post(reverse("community:mailbox-answer", args=[sent]), ANSWER, follow=True)

    post = Post.objects.get(number=2)
    assert (post.author, post.via, to_plain(post.body)) == (bob, "mail", "Yes, gladly.")
    assert "Shall we compare notes?" in post.quoted
    assert "Received and done." in answered.content.decode()


def test_the_answer_is_what_a_mail_program_writes(client, bob, sent, maildir):
    got = email.message_from_bytes(maildir.get_bytes(sent), policy=policy.default)

    client.post(reverse("community:mailbox-answer", args=[sent]), ANSWER)

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

    assert subjects(page) == ["For Bob"]


def subjects(page) -> list[str]:
    return [conversation.latest.subject for conversation, _name in page.context["conversations"]]


def test_many_mails_are_paged_the_newest_first(client, db, maildir):
    for number in range(60):
        maildir.add(letter("team@mail.example.org", "bob@people.example.org", Subject=f"No {number}", In_Reply_To=""))
    seen: list[str] = []
    query = ""

    for _page in range(3):
        page = client.get(reverse("community:mailbox") + query)
        seen += subjects(page)
        query = page.context["next_url"]

    assert seen == [f"No {number}" for number in range(59, -1, -1)]
    assert query == ""


def test_a_conversation_is_one_line_with_its_latest_letter_and_their_number(client, db, maildir):
    for to, words, ids in [
        ("bob", "One", ""),
        ("bob", "Other", ""),
        ("bob", "Two", "<one@m.example.org>"),
        ("amy", "Hers", "<one@m.example.org>"),
    ]:
        told = {"Subject": words, "In_Reply_To": ids, "Message_ID": f"<{words.lower()}@m.example.org>"}
        maildir.add(letter("team@mail.example.org", f"{to}@people.example.org", **told))

    page = client.get(reverse("community:mailbox"))

    folded = [(one.latest.subject, len(one.letters)) for one, _name in page.context["conversations"]]
    assert folded == [("Hers", 1), ("Two", 2), ("Other", 1)]
    two = client.get(reverse("community:mailbox-letter", args=[page.context["conversations"][1][0].latest.key]))
    assert [one.subject for one in two.context["others"]] == ["One"]


@pytest.mark.parametrize(
    ("asked", "found"), [("survey", ["Our survey"]), ("ALICE", ["For you"]), ("bob b", ["Our survey"]), ("%", [])]
)
def test_the_search_looks_in_names_and_subjects(client, alice, bob, maildir, asked, found):
    maildir.add(letter("team@mail.example.org", bob.email, Subject="Our survey", In_Reply_To=""))
    maildir.add(letter("team@mail.example.org", alice.email, Subject="For you", In_Reply_To=""))

    assert subjects(client.get(reverse("community:mailbox"), {"q": asked})) == found


@pytest.mark.parametrize("mails", [1, 3])
def test_the_list_asks_the_database_the_same_whatever_lies_there(client, db, maildir, mails, django_assert_num_queries):
    for number in range(mails):
        maildir.add(letter("team@mail.example.org", f"person{number}@people.example.org", In_Reply_To=""))

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
