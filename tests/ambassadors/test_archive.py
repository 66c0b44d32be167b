"""A person's archive, from the button to the file's end."""

from __future__ import annotations

import io
import json
import tracemalloc
from datetime import timedelta
from zipfile import ZipFile

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from ambassadors.models import Archive, User
from ambassadors.owndata import archive as archives
from ambassadors.owndata import packing
from ambassadors.tasks import prepare_archive
from correspondence import due
from correspondence.models import OutgoingMail
from correspondence.rendering import message_for
from discussions.workflow import reply, start_private_thread
from foundation import privacy_export, uploads
from foundation.models import HistoryEntry
from foundation.models.upload import private_storage
from tests import make
from tests.ambassadors.signing_in import say_again
from tests.foundation import files
from tests.races import at_once

PAGE, ASK = "/settings/archive/", "/settings/archive/ask/"


def download_of(archive: Archive) -> str:
    return reverse("owndata:archive-download", args=[archive.pk])


def opened(response) -> ZipFile:
    return ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def chapter(zipped: ZipFile, words: str) -> list[dict]:
    (path,) = [name for name in zipped.namelist() if name[2:] == f"-{words}.json"]
    return json.loads(zipped.read(path))


def packed_for(person) -> ZipFile:
    file = io.BytesIO()
    packing.write(file, person, lambda done, label: None)
    return ZipFile(file)


@pytest.fixture
def talked(alice, bob):
    """Alice and Bob have talked, and Alice has given a picture."""
    thread = start_private_thread(by=alice, to=bob, subject="Our survey", body="My own words, Bob.")
    reply(thread, by=bob, body="Words that are Bob's alone.")
    picture = uploads.checked(files.sent(files.picture(), "walk.jpg"))
    return uploads.upload_keep(picture, owner=alice, audience="members", alt="On the quay")


@pytest.fixture
def ready(client, alice, talked, django_capture_on_commit_callbacks):
    """Alice's archive, asked for and prepared as she does it."""
    client.force_login(alice)
    say_again(client)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(ASK).url == PAGE
    return Archive.objects.get()


@pytest.mark.row("R25")
def test_an_archive_is_asked_for_prepared_and_fetched(client, alice, talked, ready):
    page = client.get(PAGE).content.decode()
    zipped = opened(client.get(download_of(ready)))

    assert "Save the archive" in page
    assert [post["text"] for post in chapter(zipped, "what-you-said-in-conversations")] == ["My own words, Bob."]
    assert [post["thread"] for post in chapter(zipped, "what-you-said-in-conversations")] == ["Our survey"]
    assert chapter(zipped, "your-account")[0]["e-mail address"] == alice.email
    (picture,) = [name for name in zipped.namelist() if name.endswith(".jpg")]
    with talked.file.open("rb") as kept:
        assert zipped.read(picture) == kept.read()
    assert {"README.txt", "index.html"} <= set(zipped.namelist())


@pytest.mark.row("R25")
def test_an_archive_holds_no_words_of_others_and_nothing_that_opens_the_account(alice, bob, talked):
    zipped = packed_for(alice)
    everything = b"\n".join(zipped.read(name) for name in zipped.namelist()).decode(errors="replace")

    assert "My own words" in everything
    assert "Bob's alone" not in everything
    assert bob.email not in everything
    assert alice.password not in everything
    assert alice.password.rpartition("$")[2] not in everything


def test_each_section_is_there_with_a_word_of_explanation(alice):
    zipped = packed_for(alice)
    listed = [name for name in zipped.namelist() if name.endswith(".json")]

    assert len(listed) == len(list(privacy_export.sections))
    for name in listed:
        assert f'href="{name}"' in zipped.read("index.html").decode()
        assert name in zipped.read("README.txt").decode()


def test_first_say_who_you_are(client, alice):
    client.force_login(alice)

    response = client.post(ASK)

    assert response.url.startswith("/accounts/reauthenticate/")
    assert not Archive.objects.exists()


def test_a_mail_tells_when_it_is_ready_and_opens_nothing_by_itself(client, ready):
    mail = OutgoingMail.objects.get(kind="archive_ready")
    words = message_for(OutgoingMail.objects.select_related("person").get(pk=mail.pk)).body
    client.logout()

    assert f"http://localhost{PAGE}" in words
    assert "download" not in words
    assert client.get(PAGE).url.startswith("/accounts/login/")
    assert HistoryEntry.objects.filter(verb="prepared an archive").count() == 1


def test_its_file_is_deleted_after_a_week(client, alice, ready, django_capture_on_commit_callbacks):
    name = ready.file.name
    assert private_storage().exists(name)

    with (
        time_machine.travel(timezone.now() + Archive.KEPT + timedelta(minutes=1)),
        django_capture_on_commit_callbacks(execute=True),
    ):
        client.force_login(alice)
        say_again(client)
        too_late = client.get(download_of(ready)).status_code
        archives.sweep()

    ready.refresh_from_db()
    assert (too_late, ready.status, str(ready.file), private_storage().exists(name)) == (404, "expired", "", False)


def test_one_a_day(client, alice, ready):
    with pytest.raises(ValidationError, match="within the last day"):
        archives.ask(alice)
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        archives.ask(alice)

    assert Archive.objects.count() == 2


def test_its_progress_is_told_by_section(client, alice):
    archive = Archive.objects.create(person=alice, done=4, most=12, section="Mail we sent you")
    client.force_login(alice)

    page, part = client.get(PAGE), client.get(PAGE, headers={"HX-Request": "true"})

    for answer in (page, part):
        assert "Mail we sent you" in answer.content.decode()
        assert "Section 5 of 12" in answer.content.decode()
    assert (page.content.startswith(b"<!doctype"), part.content.lstrip().startswith(b"<div")) == (True, True)
    assert 'data-hx-trigger="every 2s"' in part.content.decode()
    assert archive.status == "preparing"


def test_the_progress_is_real(alice, monkeypatch):
    seen = []
    packing.write(io.BytesIO(), alice, lambda done, label: seen.append(done))

    assert seen == list(range(len(list(privacy_export.sections))))


@pytest.mark.django_db(transaction=True)
def test_asked_for_twice_at_once_it_is_one():
    person = make.ambassador("Alice Amadi")

    at_once(lambda: archives.ask(person), lambda: archives.ask(User.objects.get(pk=person.pk)))

    assert Archive.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_make_one_file():
    archive = Archive.objects.create(person=make.ambassador("Alice Amadi"), most=1)

    at_once(lambda: prepare_archive(archive.pk), lambda: prepare_archive(archive.pk))
    prepare_archive(archive.pk)

    archive.refresh_from_db()
    assert (archive.status, archive.attempts, OutgoingMail.objects.filter(kind="archive_ready").count()) == ("ready", 1, 1)


def test_what_a_worker_left_behind_is_taken_up_by_the_clock(alice, django_capture_on_commit_callbacks):
    long_ago = timezone.now() - timedelta(hours=1)
    archive = Archive.objects.create(person=alice, most=3, claim="of a worker that died", lease_until=long_ago, asked_at=long_ago)

    with django_capture_on_commit_callbacks(execute=True):
        due.post_all()

    archive.refresh_from_db()
    assert (archive.status, archive.attempts) == ("ready", 1)


def test_a_worker_that_lost_its_claim_leaves_no_file(alice, monkeypatch):
    archive = Archive.objects.create(person=alice, most=1)
    kept = []

    def slow(mine):
        packed = packing.pack(mine)
        kept.append(packed.name)
        Archive.objects.filter(pk=mine.pk).update(claim="another worker's")
        return packed

    monkeypatch.setattr(archives, "pack", slow)
    archives.prepare(archive.pk)

    archive.refresh_from_db()
    assert (archive.status, private_storage().exists(kept[0])) == ("preparing", False)


def test_one_that_cannot_be_packed_is_given_up_with_a_word(client, alice, monkeypatch):
    archive = Archive.objects.create(person=alice, most=1, attempts=archives.TRIES, asked_at=timezone.now() - timedelta(hours=2))

    archives.prepare(archive.pk)
    client.force_login(alice)

    archive.refresh_from_db()
    assert archive.status == "failed"
    assert "It did not succeed" in client.get(PAGE).content.decode()
    assert archives.why_not_now(alice) == ""


def test_an_archive_larger_than_memory_is_packed_row_by_row(alice, monkeypatch, tmp_path):
    """60 MB of rows, and a file of 30 MB; no more than a few of them are in memory at a time."""
    line = "x" * 3000
    large = privacy_export.Section(
        "Large", lambda person: ({"line": line, "number": number} for number in range(20_000)), privacy_export.nothing_to_erase
    )
    monkeypatch.setattr(privacy_export.sections, "_entries", {"large": large})

    with (tmp_path / "a.zip").open("w+b") as file:
        tracemalloc.start()
        packing.write(file, alice, lambda done, label: None)
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()

    assert peak < 8_000_000
