"""Files that belong to nothing do not stay."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from ambassadors.models import Archive
from community.celery import app
from foundation import uploads
from foundation.models import Upload
from foundation.models.upload import private_storage
from foundation.orphans import private_fields
from foundation.tasks import sweep_orphans
from tests import make
from tests.foundation import files


def aged(name: str, hours: int) -> str:
    """Make a file as old as that."""
    long_ago = (timezone.now() - timedelta(hours=hours)).timestamp()
    os.utime(private_storage().path(name), (long_ago, long_ago))
    return name


def kept(owner) -> Upload:
    return uploads.upload_keep(uploads.checked(files.sent(files.picture(), "walk.jpg")), owner=owner)


@pytest.mark.row("R16")
@pytest.mark.django_db(transaction=True)
def test_a_file_whose_transaction_was_taken_back_is_swept_and_others_stay():
    alice = make.person("Alice Amadi")
    with transaction.atomic():
        names = [kept(alice).file.name]
        transaction.set_rollback(True)
    young = private_storage().save("zz/young.txt", ContentFile(b"on its way"))
    picture = aged(kept(alice).file.name, 100)
    archive = Archive(person=alice, status="ready", ready_at=timezone.now(), expires_at=timezone.now() + Archive.KEPT)
    archive.file.save("a.zip", ContentFile(b"PK"), save=False)
    archive.save()
    there = [private_storage().exists(name) for name in (aged(names[0], 25), young, picture, aged(archive.file.name, 25))]

    sweep_orphans()
    sweep_orphans()

    assert there == [True] * 4
    assert [private_storage().exists(name) for name in (names[0], young, picture, archive.file.name)] == [False, True, True, True]
    private_storage().delete(young)


def test_every_private_file_field_is_asked():
    assert {f"{model._meta.label}.{field}" for model, field in private_fields()} >= {
        "foundation.Upload.file",
        "ambassadors.Archive.file",
    }


def test_the_clock_does_it():
    assert "foundation.tasks.sweep_orphans" in {line["task"] for line in app.conf.beat_schedule.values()}


@pytest.mark.row("R16")
def test_a_file_follows_its_holder_through_a_change_of_audience_and_an_erasure(
    client, alice, bob, monkeypatch, django_capture_on_commit_callbacks
):
    """As visitor, other member, removed member: when the profile is public, for members, hidden, and when its owner is erased."""
    from ambassadors.models import Ambassador
    from ambassadors.owndata import erasing
    from foundation.models import Community
    from foundation.privacy_export import erase

    Community.objects.update_or_create(pk=1, defaults={"name": "Harbour Lights"})
    monkeypatch.setattr(Ambassador, "holds_uploads", True, raising=False)
    removed = make.ambassador("Rolf Roth", status="removed", is_active=False)
    file = uploads.checked(files.sent(files.picture(), "face.jpg"))
    upload = uploads.upload_keep(file, owner=alice, holder=alice.ambassador)
    url, name = upload.get_absolute_url(), upload.file.name

    def fetched() -> list[int]:
        got = []
        for reader in (None, bob, removed, alice):
            client.logout()
            if reader:
                client.force_login(reader)
            got.append(client.get(url).status_code)
        return got

    seen = {}
    for audience in ("public", "members", "staff"):
        Ambassador.objects.filter(user=alice).update(listed_for=audience)
        seen[audience] = fetched()
    Ambassador.objects.filter(user=alice).update(listed_for="public")
    erasing.plan(alice, by=alice)
    seen["to be erased"] = fetched()
    with django_capture_on_commit_callbacks(execute=True):
        erase(alice)

    assert seen == {
        "public": [200, 200, 200, 200],
        "members": [404, 200, 404, 200],
        "staff": [404, 404, 404, 200],
        "to be erased": [404, 404, 404, 200],
    }
    client.logout()
    assert (client.get(url).status_code, private_storage().exists(name), Upload.objects.count()) == (404, False, 0)
