"""Where one writes: sent once, with files, quotations, a look before, and drafts."""

from __future__ import annotations

import io
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from discussions import workflow
from discussions.mentions import readers_called
from discussions.models import Draft, Post, Thread
from discussions.posts import workflow as posts
from discussions.posts.drafts import save_draft
from discussions.words import to_plain
from foundation.models import Upload
from foundation.privacy_export import erase
from tests import make
from tests.discussions import making


@pytest.fixture
def talk(bob):
    """A thread in a topic, begun by Bob."""
    return making.thread(making.topic(), bob, body="What do you read?")


@pytest.fixture
def as_alice(client, alice):
    client.force_login(alice)
    return client


def picture(name: str = "harbour.png") -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, "PNG")
    return SimpleUploadedFile(name, file.getvalue(), "image/png")


def send(client, thread: Thread, body: str, **fields):
    return client.post(reverse("discussions:post-reply", args=[thread.pk]), {"body": body, **fields})


def draft_url(thread: Thread) -> str:
    return reverse("discussions:draft-save", args=[thread.pk])


def test_a_second_press_of_send_posts_once(as_alice, alice, talk):
    key = str(uuid4())

    first = send(as_alice, talk, "A book about tides.", sent_key=key, files_0=picture())
    second = send(as_alice, talk, "A book about tides.", sent_key=key, files_0=picture())

    post = Post.objects.get(thread=talk, author=alice)
    assert first.url == second.url == post.get_absolute_url()
    assert Upload.objects.count() == 1
    send(as_alice, talk, "Other words in the same form.", sent_key=key)
    assert Post.objects.filter(thread=talk, author=alice).count() == 2


def test_a_second_press_begins_one_private_conversation(as_alice, alice, bob):
    key = str(uuid4())
    for _press in range(2):
        as_alice.post(
            "/discussions/new/?to=bob-brandt", {"subject": "Our survey", "body": "Shall we?", "sent_key": key}, follow=True
        )

    assert Thread.objects.private_to(alice).count() == 1
    assert Post.objects.count() == 1


def test_files_are_seen_by_whoever_sees_the_post(as_alice, client, alice, bob):
    space = making.micro(bob)
    making.join(space, alice)
    thread = making.thread(space, bob)
    send(as_alice, thread, "Look.", files_0=picture(), files_1="Boats at low tide")
    upload = Upload.objects.get()
    post = Post.objects.get(author=alice)
    client.force_login(bob)

    page = client.get(thread.get_absolute_url()).content.decode()
    assert f'src="{upload.get_absolute_url()}" alt="Boats at low tide"' in page
    assert client.get(upload.get_absolute_url()).status_code == 200
    posts.withdraw(post, by=alice)
    assert client.get(upload.get_absolute_url()).status_code == 404
    posts.restore(post, by=alice)
    assert client.get(upload.get_absolute_url()).status_code == 200
    for stranger in (make.ambassador("Olga Outside"), make.person("Stef Staff", is_staff=True)):
        client.force_login(stranger)
        assert client.get(upload.get_absolute_url()).status_code == 404


def test_a_file_that_is_refused_posts_nothing_and_keeps_the_words(as_alice, talk):
    page = send(as_alice, talk, "Look at this.", files_0=SimpleUploadedFile("tool.exe", b"MZ\x00"))

    assert Post.objects.filter(thread=talk).count() == 1
    assert Upload.objects.count() == 0
    assert "We cannot take this kind of file" in page.content.decode()
    assert "Look at this." in page.content.decode()


def test_a_quotation_names_its_author_and_leads_back(as_alice, alice, bob, talk, settings):
    quoted = talk.posts.get()
    link = reverse("discussions:post-quote", args=[quoted.pk])
    assert link in as_alice.get(talk.get_absolute_url()).content.decode()

    page = as_alice.get(link, follow=True)

    assert page.redirect_chain[0][0] == f"{talk.get_absolute_url()}?quote={quoted.pk}#answer"
    html = page.context["form"]["body"].value()
    assert to_plain(html) == f"Bob Brandt said ({settings.SITE_URL}{quoted.get_absolute_url()}):\n\n> What do you read?"
    some = as_alice.get(link, {"words": "you read"}, headers={"X-Requested-With": "fetch"}).content.decode()
    assert "> you read" in to_plain(some)
    send(as_alice, talk, "> What do you read?\n\nTides.", answers=quoted.pk)
    assert Post.objects.get(author=alice).answers == quoted
    workflow.reply(talk, by=alice, body=some + "<p>Tides.</p>", is_rich=True)
    erase(bob)
    assert "Bob" not in "".join(Post.objects.filter(author=alice).values_list("body", flat=True))


def test_a_preview_sends_nothing_and_keeps_a_draft(as_alice, alice, talk):
    page = as_alice.post(
        reverse("discussions:post-preview"), {"body": "1. Tides\n\nand\n\n1. Moons", "thread": talk.pk}
    ).content.decode()

    assert '<ol start="2">' in page
    assert Post.objects.filter(thread=talk).count() == 1
    assert to_plain(Draft.objects.get(person=alice, thread=talk).body).startswith("1. Tides")


def test_a_draft_is_there_again_and_goes_when_it_is_sent(as_alice, client, alice, bob, talk):
    as_alice.post(draft_url(talk), {"body": "I was about to"})
    as_alice.post(draft_url(talk), {"body": "I was about to say"})

    page = as_alice.get(talk.get_absolute_url())
    assert to_plain(page.context["form"]["body"].value()) == "I was about to say"
    assert "You began this on" in page.content.decode()
    client.force_login(bob)
    assert "about to say" not in client.get(talk.get_absolute_url()).content.decode()
    client.force_login(alice)
    send(client, talk, "I was about to say this.")

    assert Draft.objects.count() == 0
    assert "You began this on" not in client.get(talk.get_absolute_url()).content.decode()


def test_an_empty_draft_is_none_and_one_can_be_thrown_away(as_alice, alice, talk):
    as_alice.post(draft_url(talk), {"body": "Hm"})
    as_alice.post(draft_url(talk), {"body": " "})
    assert Draft.objects.count() == 0

    save_draft(talk, by=alice, body="<p>Hm</p>")
    answer = as_alice.post(reverse("discussions:draft-delete", args=[talk.pk]))

    assert (Draft.objects.count(), answer.url) == (0, f"{talk.get_absolute_url()}#answer")


def test_the_picker_offers_who_can_read_the_thread(alice, bob, talk):
    make.ambassador("Ana Lima")
    make.ambassador("Lia Anand")
    make.ambassador("Stella Anthill", listed_for="staff")
    closed = making.thread(making.micro(bob), bob)
    making.join(closed.space, make.ambassador("Anton Near"))
    private = workflow.start_private_thread(by=bob, to=make.ambassador("Anja Own"), subject="Us", body="Hm?")

    def offered(thread: Thread) -> list[str]:
        return [person.name for person in readers_called("an", thread, by=bob)]

    assert offered(talk) == ["Ana Lima", "Anja Own", "Anton Near", "Lia Anand"]
    assert offered(closed) == ["Anton Near"]
    assert offered(private) == ["Anja Own"]
    assert readers_called("", talk, by=bob) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_reply_query_count(as_alice, alice, bob, talk, rows, django_assert_max_num_queries):
    making.talk(talk, *([bob] * rows))
    save_draft(talk, by=alice, body="<p>Hm</p>")

    with django_assert_max_num_queries(99) as captured:
        send(as_alice, talk, "Tides, and the moon.", sent_key=str(uuid4()))

    assert len([one for one in captured if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]) == 13
