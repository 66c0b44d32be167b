from __future__ import annotations

import io

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from PIL import Image

from foundation import uploads
from foundation.models import Upload
from tests import make
from tests.foundation import files
from tests.foundation.files import bomb, sent


def kept(owner, audience="members", content=None, **options) -> Upload:
    file = uploads.checked(sent(content or files.picture(), "walk.jpg"))
    return uploads.upload_keep(file, owner=owner, audience=audience, **options)


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (files.picture("JPEG"), "a.jpg", ("a.jpg", "image/jpeg")),
        (files.picture("PNG"), "a.gif", ("a.png", "image/png")),
        (files.picture("WEBP"), "a", ("a.webp", "image/webp")),
        (files.picture("GIF"), "../../etc/pass wd\0.html", ("pass-wd.png", "image/png")),
        (files.PDF, "Jahres Bericht 2026.pdf", ("Jahres-Bericht-2026.pdf", "application/pdf")),
        (files.DOCX, "plan.pdf", ("plan.docx", uploads.OFFICE["word/document.xml"][0])),
        (files.ODT, "plan.odt", ("plan.odt", "application/vnd.oasis.opendocument.text")),
        ("größe;zahl\n".encode(), "list.CSV", ("list.csv", "text/plain; charset=utf-8")),
    ],
)
def test_a_file_is_what_its_content_says(content, name, expected):
    file = uploads.checked(sent(content, name, "text/html"))

    assert (file.name, file.content_type) == expected


@pytest.mark.row("R16")
@pytest.mark.parametrize(
    ("content", "name"),
    [
        (files.SVG, "mark.svg"),
        (files.SVG, "mark.png"),
        (b"<!doctype html><script>alert(1)</script>", "page.html"),
        (b"MZ\x90\0program", "tool.exe"),
        (files.DOCM, "plan.docx"),
        (files.archive(a="b"), "things.zip"),
        (b"PK\x03\x04 broken", "plan.docx"),
        (b"%PDF-1.7 cut off", "report.pdf"),
        (b"nul\0byte", "notes.txt"),
        (b"\xff\xfe\x00a", "notes.txt"),
        (files.picture("BMP"), "old.bmp"),
        (files.picture("TIFF"), "scan.tiff"),
        (files.picture()[:200], "cut.jpg"),
        (b"", "empty.txt"),
    ],
)
def test_what_is_not_on_the_list_is_refused_with_a_sentence(content, name):
    if name == "empty.txt":
        content, name = b"", "empty.pdf"
    with pytest.raises(ValidationError) as refused:
        uploads.checked(sent(content, name, "image/png"))

    assert refused.value.messages[0].endswith((".", "again."))


@pytest.mark.row("R16")
def test_a_picture_keeps_its_pixels_and_nothing_else():
    original = files.picture_with_a_place()
    assert (b"Exif" in original, b"GPS 47.37" in original, b"names Mara" in original) == (True, True, True)

    file = uploads.checked(sent(original, "walk.jpg"))

    with Image.open(io.BytesIO(file.content)) as image:
        assert (image.size, dict(image.getexif()), image.getexif().get_ifd(0x8825)) == ((40, 60), {}, {})
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert not any(word in file.content for word in (b"Exif", b"GPS", b"Mara", b"kitchen"))


@pytest.mark.row("R16")
@pytest.mark.parametrize("tail", [files.archive(a="b"), b"<script>alert(1)</script>", files.PDF], ids=["zip", "html", "pdf"])
def test_what_hangs_on_a_picture_is_cut_off(tail):
    file = uploads.checked(sent(files.picture() + tail, "two-in-one.jpg"))

    assert file.content_type == "image/jpeg"
    assert tail not in file.content


@pytest.mark.row("R16")
@pytest.mark.parametrize("edge", [7_000, 10_000, 60_000])
def test_a_bomb_is_refused_before_it_is_unpacked(edge):
    with pytest.raises(ValidationError, match="too many pixels"):
        uploads.checked(sent(bomb(edge, edge), "bomb.png"))


def test_a_file_that_is_too_large_is_refused_unread(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_BYTES", 100)

    with pytest.raises(ValidationError, match="too large"):
        uploads.checked(sent(b"x" * 101, "notes.txt"))


@pytest.mark.row("R16")
def test_of_a_file_that_is_too_large_no_more_is_written_than_tells_it(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_BYTES", 100_000)
    handler = uploads.BoundedTemporaryFile()
    handler.new_file("file", "huge.pdf", "application/pdf", None)

    for start in range(0, 1_000_000, 50_000):
        handler.receive_data_chunk(b"x" * 50_000, start)
    file = handler.file_complete(1_000_000)

    assert file.seek(0, 2) == 150_000
    with pytest.raises(ValidationError, match="too large"):
        uploads.checked(file)
    file.close()


def test_a_large_picture_is_made_smaller():
    file = uploads.checked(sent(files.picture(size=(900, 300)), "wide.jpg"), longest_edge=300)

    assert (file.width, file.height) == (300, 100)


def test_a_picture_field_takes_pictures_only():
    field = uploads.CheckedImageField(longest_edge=30, required=False)

    assert (field.clean(sent(files.picture(), "a.jpg")).width, field.clean(None)) == (30, None)
    with pytest.raises(ValidationError, match="not a picture"):
        field.clean(sent(files.PDF, "a.pdf"))


@pytest.mark.row("R16")
@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        ("public", [200] * 5),
        ("members", [404, 200, 200, 404, 200]),
        ("staff", [404, 200, 404, 404, 200]),
        ("holder", [404, 200, 404, 404, 404]),
    ],
)
def test_each_file_is_fetched_by_its_audience_only(client, alice, bob, alumna, staff, audience, expected):
    url = kept(alice, audience).get_absolute_url()

    got = []
    for reader in (None, alice, bob, alumna, staff):
        client.logout()
        if reader:
            client.force_login(reader)
        got.append(client.get(url).status_code)

    assert got == expected


@pytest.mark.row("R16")
def test_a_removed_member_no_longer_fetches_even_their_own_file(client, alice):
    url = kept(alice).get_absolute_url()
    client.force_login(alice)
    before = client.get(url).status_code

    type(alice).objects.filter(pk=alice.pk).update(is_active=False)

    assert (before, client.get(url).status_code) == (200, 404)


@pytest.mark.row("R16")
def test_a_file_lies_outside_of_what_a_web_server_hands_out(client, alice, settings):
    upload = kept(alice, "public")

    assert settings.MEDIA_ROOT not in [*upload.file.storage.base_location.parents, upload.file.storage.base_location]
    assert upload.name.split(".")[0] not in upload.file.name
    assert client.get(f"/media/{upload.file.name}").status_code == 404
    with pytest.raises(ValueError, match="no address of its own"):
        _ = upload.file.url


@pytest.mark.parametrize(
    ("content", "name", "disposition", "kept"),
    [
        (files.picture(), "a.jpg", "inline", "public, max-age=86400"),
        (files.PDF, "a.pdf", "attachment", "private, no-cache"),
    ],
)
def test_no_file_runs_as_a_page_of_the_site(client, alice, content, name, disposition, kept):
    file = uploads.checked(sent(content, name))
    url = uploads.upload_keep(file, owner=alice, audience="public").get_absolute_url()

    response = client.get(url)

    assert response.content == file.content
    assert response.headers["Content-Disposition"] == f'{disposition}; filename="{name}"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert response.headers["Cache-Control"] == kept


def test_an_unchanged_file_is_not_sent_twice_but_asked_for_again(client, alice, bob):
    url = kept(alice, "holder").get_absolute_url()
    client.force_login(alice)
    etag = client.get(url).headers["ETag"]

    same = client.get(url, headers={"If-None-Match": etag})
    client.force_login(bob)

    assert (same.status_code, same.content) == (304, b"")
    assert client.get(url, headers={"If-None-Match": etag}).status_code == 404


@pytest.fixture
def held_by_ambassadors(monkeypatch, alice):
    """Ambassadors hold uploads, so that a file of one follows who may see that one."""
    monkeypatch.setattr(type(alice.ambassador), "holds_uploads", True, raising=False)


@pytest.mark.parametrize(("audience", "expected"), [("holder", True), ("members", True), ("staff", False)])
def test_a_file_follows_what_it_belongs_to(held_by_ambassadors, alice, bob, alumna, audience, expected):
    upload = kept(None, audience, holder=alice.ambassador)
    readers = [bob, alumna, make.ambassador("Rolf Roth", status="removed")]

    assert [Upload.objects.visible_to(reader).filter(pk=upload.pk).exists() for reader in readers] == [expected, False, False]


def test_a_public_picture_of_somebody_who_is_not_shown_is_not_shown(held_by_ambassadors, client, alice):
    upload = kept(alice, "public", holder=alice.ambassador)

    assert client.get(upload.get_absolute_url()).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_deleted_file_goes_when_its_row_has_gone():
    upload = kept(make.person("Alice Amadi"))
    storage, name = upload.file.storage, upload.file.name

    with transaction.atomic():
        uploads.upload_delete(upload)
        still_there = storage.exists(name)

    assert (still_there, storage.exists(name)) == (True, False)
