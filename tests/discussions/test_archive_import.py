"""The archive of a mailing list becomes conversations of a space, by the command that an operator gives."""

from __future__ import annotations

import base64
import gzip
import io
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from correspondence import due
from correspondence.digests import contents
from correspondence.models import DigestChoice, OutgoingMail
from discussions import workflow
from discussions.attachments import attached_to
from discussions.facilitating.newcomers import first_posts
from discussions.facilitating.unanswered import unanswered
from discussions.following import fanout
from discussions.models import ArchivedMessage, Follow, Post, ReadMark, Thread
from discussions.words import to_plain
from foundation.models import HistoryEntry, SearchEntry, Upload
from foundation.privacy_export import erase
from foundation.search import search
from tests.discussions import making
from tests.discussions.archives import BEGAN, after, google, lately, pipermail
from tests.foundation import files
from tests.races import at_once

TIDE = google(1, "Where does one find them?\n\nNoor", at=BEGAN)
ANSWER = google(
    2, "On the harbour wall.\n\n> Where does one find them?\n", sender="Alice <alice@old.example>", answers=(1,), at=after(hours=2)
)
LATER = google(3, "They were taken down.", sender="Ike Obi <ike@harbour.example>", answers=(1, 2), at=after(days=400))


@pytest.fixture
def space(db):
    return making.topic("Harbour")


@pytest.fixture
def bring(tmp_path, space):
    """Import the given messages, and return what was said of it: on stdout, then on stderr."""

    def bring(*messages: bytes, name: str = "list.mbox", to=space, **options) -> tuple[str, str]:
        raw = b"".join(messages)
        (tmp_path / name).write_bytes(gzip.compress(raw) if name.endswith(".gz") else raw)
        said, complained = io.StringIO(), io.StringIO()
        call_command("import_archive", str(tmp_path / name), space=to.slug, stdout=said, stderr=complained, **options)
        return said.getvalue(), complained.getvalue()

    return bring


def lines_of(thread: Thread) -> list[tuple]:
    posts = Post.objects.filter(thread=thread).select_related("author").order_by("number")
    return [(post.number, post.author_name, to_plain(post.body), post.posted_at) for post in posts]


def test_a_conversation_comes_in_with_its_dates_names_and_quotations_whatever_the_order_of_the_file(bring, alice, space):
    EmailAddress.objects.create(user=alice, email="alice@old.example", verified=True)

    said, complained = bring(LATER, ANSWER, TIDE)

    thread = Thread.objects.get(space=space)
    assert (thread.subject, thread.started_at, thread.last_post_at) == ("Tide tables", BEGAN, after(days=400))
    assert lines_of(thread) == [
        (1, "Noor Haddad", "Where does one find them?\n\nNoor", BEGAN),
        (2, "Alice Amadi", "On the harbour wall.", after(hours=2)),
        (3, "Ike Obi", "They were taken down.", after(days=400)),
    ]
    answer = Post.objects.get(author=alice)
    assert (answer.quoted, answer.labels, answer.written_by) == ("> Where does one find them?", [], "")
    assert answer.answers == Post.objects.get(number=1)
    assert said.startswith("3 messages: 3 brought into “Harbour” in 1 new conversations, 1 of them by people who are here; 0 were")
    assert complained == ""


def test_its_page_and_the_list_say_who_wrote_and_that_it_is_from_the_archive(bring, client, alice, space):
    bring(TIDE, LATER)
    client.force_login(alice)

    page = client.get(Thread.objects.get().get_absolute_url()).content.decode()
    listed = client.get(reverse("discussions:thread-list")).content.decode()

    assert page.count("from the archive") == 2
    assert ("Noor Haddad" in page, "Ike Obi" in page, "a former member" in page) == (True, True, False)
    assert ("Noor Haddad" in listed, "Ike Obi" in listed, "a former member" in listed) == (True, True, False)
    assert "harbour.example" not in page + listed
    assert client.get(Post.objects.get(number=2).get_absolute_url()).status_code == 302


def test_nobody_is_told_and_nothing_is_new(bring, client, alice, bob, space):
    EmailAddress.objects.create(user=bob, email="noor@harbour.example", verified=True)
    Follow.objects.create(person=alice, space=space, level=Follow.Level.EVERY)
    making.join(space, alice, "leader")
    OutgoingMail.objects.all().delete()

    bring(
        google(1, "@Alice Amadi, look at this.", at=lately()),
        google(2, "Seen.", answers=(1,), at=lately() + timedelta(hours=1)),
        google(3, "Does nobody know?", subject="The crane", at=lately()),
    )

    assert (fanout.sweep(), OutgoingMail.objects.count(), Follow.objects.count(), ReadMark.objects.count()) == (0, 0, 1, 0)
    assert not Thread.objects.unread_by(alice).exists()
    assert not unanswered(alice).exists()
    assert not first_posts(alice).exists()
    client.force_login(alice)
    page = client.get(Thread.objects.get(subject="Tide tables").get_absolute_url()).content.decode()
    assert 'id="new"' not in page


def test_no_digest_tells_of_it(bring, alice, bob, space):
    making.join(space, alice, "leader")
    now = timezone.now()
    DigestChoice.objects.create(person=alice, zone="UTC", amount="full", next_due_at=now, told_until=now - timedelta(days=7))
    bring(google(1, "Where?", at=lately()), google(2, "On the wall.", answers=(1,), at=lately()))
    workflow.reply(Thread.objects.get(), by=bob, body="It was taken down.")
    due.post_all()

    parts = contents.read(OutgoingMail.objects.get(kind="digest", person=alice)).parts

    assert [[(one.by, one.text) for one in told.item.passages] for part in parts for told in part.told if told.item.passages] == [
        [("Bob Brandt", "It was taken down.")]
    ]


def test_what_is_said_in_it_afterwards_is_new_and_a_later_import_is_not(bring, alice, bob):
    bring(google(1, "Where?", at=lately()))
    thread = Thread.objects.get()
    workflow.reply(thread, by=bob, body="On the wall.")
    assert list(Thread.objects.unread_by(alice)) == [thread]
    thread.refresh_from_db()
    workflow.mark_read(thread, by=alice, number=2)

    bring(google(1, "Where?", at=lately()), google(2, "It was below the clock.", answers=(1,), at=lately()))

    assert [number for number, *_rest in lines_of(thread)] == [1, 2, 3]
    assert not Thread.objects.unread_by(alice).exists()


def test_twice_is_once_and_what_came_since_goes_on_where_it_was(bring, space):
    bring(TIDE, ANSWER)

    said, _complained = bring(TIDE, ANSWER, LATER)

    thread = Thread.objects.get(space=space)
    assert [name for _number, name, *_rest in lines_of(thread)] == ["Noor Haddad", "Alice", "Ike Obi"]
    assert "1 brought into “Harbour” in 0 new conversations" in said
    assert "2 were here already" in said
    assert HistoryEntry.objects.filter(verb="brought the archive of a mailing list in").count() == 2


def test_a_post_finds_its_author_when_their_address_is_verified_later(bring, alice):
    bring(TIDE)
    row = EmailAddress.objects.create(user=alice, email="noor@harbour.example", verified=False)
    bring(TIDE)
    assert Post.objects.get().author is None
    EmailAddress.objects.filter(pk=row.pk).update(verified=True)

    said, _complained = bring(TIDE)

    post, thread = Post.objects.get(), Thread.objects.get()
    assert (post.author, post.written_by, thread.started_by, thread.starter_name) == (alice, "", alice, "")
    assert "1 posts that were here by a name" in said


def test_whoever_was_erased_does_not_come_back_with_the_next_import(bring, alice):
    EmailAddress.objects.create(user=alice, email="alice@old.example", verified=True)
    by_name = google(9, "From my other address.", sender="Alice Amadi <alice@home.example>", subject="Rain", at=after(days=1))
    bring(TIDE, ANSWER, by_name)

    erase(alice)
    bring(TIDE, ANSWER, by_name)

    assert [name for _number, name, *_rest in lines_of(Thread.objects.get(subject="Tide tables"))] == [
        "Noor Haddad",
        "a former member",
    ]
    assert Thread.objects.get(subject="Rain").starter_name == ""
    assert not SearchEntry.objects.filter(names__contains="amadi").exists()


def test_an_archive_of_mailman_is_told_by_headers_then_by_subject_within_thirty_days(bring, space):
    ike, subject = "ike at harbour.example (Ike Obi)", "Re: [Harbour] Rain gauge"
    messages = [
        pipermail(1, "Ours is broken.", subject="[Harbour] Rain gauge", at=BEGAN),
        pipermail(2, "Ours too.", sender=ike, subject=subject, at=after(days=20)),
        pipermail(3, "Mended.", sender=ike, subject=subject, at=after(days=70)),
        pipermail(4, "A new one.", subject="[Harbour] Rain gauge", at=after(days=71)),
        pipermail(5, "Which?", sender=ike, subject="[Harbour] Other", at=after(days=90), answers="<p4 at mail.harbour.example>"),
    ]

    bring(*messages)

    assert [(thread.subject, thread.last_number) for thread in Thread.objects.order_by("started_at")] == [
        ("Rain gauge", 2),
        ("Rain gauge", 1),
        ("Rain gauge", 2),
    ]
    first = Post.objects.order_by("posted_at").first()
    assert (first.written_by, to_plain(first.body)) == ("Noor Haddad", "Ours is broken.")
    assert "listinfo/harbour" in first.quoted


def test_answers_to_a_message_that_the_archive_lacks_are_one_conversation_and_it_joins_them(bring):
    bring(ANSWER, google(4, "Also at the library.", answers=(1,), subject="Libraries", at=after(hours=3)))
    assert [thread.last_number for thread in Thread.objects.all()] == [2]

    bring(TIDE)

    assert [thread.last_number for thread in Thread.objects.all()] == [3]


def test_what_cannot_be_taken_is_named_by_its_number_and_the_others_come_in(bring):
    nowhen = google(2, "When was this?", subject="Undated", Date="some day").replace(
        b"Mon Mar 04 09:30:00 +0000 2019", b"Mon Mar 04 09:30"
    )
    empty = google(3, "", subject="Empty")

    said, complained = bring(TIDE, nowhen, empty, google(4, "Here I am.", subject="Whole"))

    assert complained.splitlines() == ["message 2: it has no date that can be read", "message 3: it says nothing"]
    assert "2 not taken" in said
    assert sorted(Thread.objects.values_list("subject", flat=True)) == ["Tide tables", "Whole"]


def test_of_a_message_that_the_database_refuses_nothing_is_there(bring, space):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE discussions_post ADD CONSTRAINT unlucky CHECK (body NOT LIKE '%thirteen%')")
    picture = [("clock.jpg", files.picture())]

    _said, complained = bring(
        google(1, "Number thirteen.", subject="Bad luck", files=picture), google(2, "Luck.", subject="Good luck")
    )

    assert complained == "message 1: it could not be read (IntegrityError)\n"
    assert list(Thread.objects.values_list("subject", flat=True)) == ["Good luck"]
    assert (ArchivedMessage.objects.count(), Upload.objects.count()) == (1, 0)
    assert SearchEntry.objects.filter(title="Bad luck").count() == 0


def test_files_come_along_as_far_as_they_may_be_uploaded_and_the_others_are_named(bring, client, alice):
    said, _complained = bring(
        google(1, "The wall and the plan.", files=[("wall.png", files.picture("PNG")), ("plan.pdf", files.PDF), ("run.exe", b"MZ")])
    )

    post = Post.objects.get()
    assert [(file.name, file.content_type, file.owner) for file in attached_to(post)] == [
        ("wall.png", "image/png", None),
        ("plan.pdf", "application/pdf", None),
    ]
    assert to_plain(post.body).endswith("[1 attached, not carried over: run.exe]")
    assert "2 files brought along; 1 are named" in said
    client.force_login(alice)
    file = attached_to(post)[1]
    assert client.get(reverse("foundation:upload-show", args=[file.pk, file.name])).status_code == 200


def test_a_large_file_comes_along_as_it_was(bring):
    plan = files.PDF[:9] + bytes(range(256)) * 8000 + files.PDF[9:]

    bring(google(1, "The plan of the wall.", files=[("plan.pdf", plan), ("wall.png", files.picture("PNG"))]))

    post = Post.objects.get()
    assert to_plain(post.body) == "The plan of the wall."
    assert [file.name for file in attached_to(post)] == ["plan.pdf", "wall.png"]
    with attached_to(post)[0].file.open() as kept:
        assert kept.read() == plan


def test_words_sent_as_one_large_block_are_words(bring):
    words = base64.encodebytes(b"Tide by tide. " * 30_000).decode()

    bring(google(1, words, Content_Transfer_Encoding="base64"))

    assert to_plain(Post.objects.get().body).startswith("Tide by tide. Tide")


def test_a_message_longer_than_a_post_loses_no_word(bring):
    words = "\n".join(f"Line {number} of the minutes." for number in range(3000))

    bring(google(1, words))

    post = Post.objects.get()
    said = to_plain(post.body).split() + post.quoted.split()
    assert said == words.split()


def test_a_dry_run_says_the_same_and_leaves_nothing(bring, alice):
    bring(TIDE)
    before = [model.objects.count() for model in (Thread, Post, ArchivedMessage, SearchEntry, HistoryEntry)]
    messages = [TIDE, ANSWER, LATER, google(9, "New.", subject="Else", files=[("a.jpg", files.picture())])]

    said, _complained = bring(*messages, dry_run=True)
    there = [model.objects.count() for model in (Thread, Post, ArchivedMessage, SearchEntry, HistoryEntry)]
    done, _complained = bring(*messages)

    assert there == before
    assert said.replace("would be brought", "brought") == done
    assert Upload.objects.count() == 1


def test_a_compressed_archive_of_hyperkitty_is_read(bring, alice):
    EmailAddress.objects.create(user=alice, email="noor@harbour.example", verified=True)

    bring(google(1, "Words.", sender="Noor <noor(a)harbour.example>"), name="list.mbox.gz")

    assert Post.objects.get().author == alice


@pytest.mark.parametrize(
    ("content", "complaint"),
    [(b"\x1f\x8bnot really packed", "cannot be read"), (b"%PDF-1.7\n", "does not begin with a message")],
)
def test_a_file_that_is_no_archive_is_refused_with_a_sentence(tmp_path, space, content, complaint):
    (tmp_path / "list.mbox").write_bytes(content)

    with pytest.raises(CommandError, match=complaint):
        call_command("import_archive", str(tmp_path / "list.mbox"), space=space.slug)


def test_a_space_that_is_not_there_is_refused_with_a_sentence(tmp_path, db):
    with pytest.raises(CommandError, match="There is no space “harbor”"):
        call_command("import_archive", str(tmp_path / "list.mbox"), space="harbor")


def test_it_is_found_by_words_and_name_by_those_who_read_the_space(bring, alice, bob):
    closed = making.micro(alice, name="Night watch")
    bring(TIDE, to=closed)

    found = [[hit.url for hit in search(reader, words).hits] for reader in (alice, bob) for words in ("find", "Haddad")]

    address = Post.objects.get().get_absolute_url()
    assert found == [[address], [address], [], []]


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_bring_each_message_once(bring, space, tmp_path):
    messages = [google(number, f"Words number {number}.", answers=(1,) if number > 1 else ()) for number in range(1, 7)]

    results = at_once(*(lambda name=name: bring(*messages, name=name) for name in ("one.mbox", "two.mbox")))

    assert [type(result) for result in results] == [tuple, tuple]
    assert [number for number, *_rest in lines_of(Thread.objects.get())] == [1, 2, 3, 4, 5, 6]
    assert ArchivedMessage.objects.filter(is_here=True).count() == 6
