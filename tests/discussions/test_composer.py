"""Where one writes: sent once, with files, quotations, a look before, and drafts."""

from __future__ import annotations

import io
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from discussions import workflow
from discussions.attachments import TOO_MANY, Attachment, attached_to
from discussions.mentions import readers_called
from discussions.models import Draft, Post, Thread
from discussions.posts import workflow as posts
from discussions.posts.drafts import save_draft
from discussions.words import to_plain
from foundation.models import HistoryEntry, Upload
from foundation.privacy_export import erase
from foundation.uploads import CheckedFile
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

    # The community's row is one of them, which a process asks for once a second.
    assert len([one for one in captured if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]) == 14


def edit_url(post: Post) -> str:
    return reverse("discussions:post-edit", args=[post.pk])


def edited(client, post: Post, **fields):
    return client.post(edit_url(post), {"body": "Two books.", "revision": "1", **fields})


def test_files_are_added_and_taken_away_while_editing(as_alice, alice, talk, django_capture_on_commit_callbacks):
    send(as_alice, talk, "Two books.", files_0=picture(), files_1="A harbour at low tide", files_2=picture("pier.png"))
    post = Post.objects.get(thread=talk, author=alice)
    harbour, pier = attached_to(post)
    place = harbour.file.path

    page = as_alice.get(edit_url(post)).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        answer = edited(as_alice, post, without=[str(harbour.pk)], files_0=picture("boats.png"))

    assert "harbour.png (A harbour at low tide)" in page
    assert answer.url == post.get_absolute_url()
    assert [upload.name for upload in attached_to(post)] == ["pier.png", "boats.png"]
    assert (Path(place).exists(), Path(pier.file.path).exists()) == (False, True)
    assert as_alice.get(harbour.get_absolute_url()).status_code == 404
    post.refresh_from_db()
    assert (post.revision, post.edited_at is not None) == (1, True)
    assert HistoryEntry.objects.latest("pk").verb == "changed the files of a post"


def test_a_post_holds_three_files_however_it_came_to_them(as_alice, alice, talk):
    post = posts_of_alice(as_alice, alice, talk, 2)
    first, second = attached_to(post)

    too_many = edited(as_alice, post, files_0=picture("b.png"), files_2=picture("c.png"))
    exchanged = edited(as_alice, post, without=[str(first.pk)], files_0=picture("b.png"), files_2=picture("c.png"))

    assert too_many.context["form"].errors["files"] == [str(TOO_MANY)]
    assert exchanged.status_code == 302
    assert [upload.name for upload in attached_to(post)] == [second.name, "b.png", "c.png"]
    with pytest.raises(ValidationError):  # another window, which knew nothing of it
        posts.edit(post, by=alice, body="Two books.", revision=1, files=[Attachment(CheckedFile(b"x", "d.txt", "text/plain"))])
    assert attached_to(post).count() == 3


def test_an_edit_that_is_refused_takes_and_leaves_nothing(as_alice, alice, talk, bob):
    post = posts_of_alice(as_alice, alice, talk, 1)
    (kept,) = attached_to(post)
    posts.edit(post, by=alice, body="Changed in another window.", revision=1)
    files = files_kept()

    conflict = edited(as_alice, post, body="Mine.", without=[str(kept.pk)], files_0=picture("b.png"))
    with pytest.raises(PermissionDenied):
        posts.edit(post, by=bob, body="Not mine.", revision=2, without=[str(kept.pk)])

    assert (conflict.status_code, list(attached_to(post)), files_kept()) == (409, [kept], files)


def test_only_files_of_the_post_itself_are_taken_away(as_alice, alice, talk):
    post, other = (posts_of_alice(as_alice, alice, talk, 1, words) for words in ("One.", "Another."))

    answer = edited(as_alice, post, without=[str(attached_to(other).get().pk)])
    posts.edit(post, by=alice, body="One.", revision=1, without=[str(attached_to(other).get().pk)])

    assert list(answer.context["form"].errors) == ["without"]
    assert attached_to(other).count() == 1


def posts_of_alice(client, alice, talk, files: int, words: str = "Two books.") -> Post:
    send(client, talk, words, **{f"files_{number * 2}": picture(f"{number}.png") for number in range(files)})
    return Post.objects.filter(thread=talk, author=alice).latest("pk")


def files_kept() -> list[str]:
    return sorted(str(path) for path in Path(settings.PRIVATE_ROOT).rglob("*") if path.is_file())
