import io

import pytest
from django.core.files.storage import storages
from PIL import Image

from ambassadors import workflow
from ambassadors.photos import Crop, squares
from foundation.models import Upload
from foundation.uploads import checked
from tests.foundation.files import PDF, picture, picture_with_a_place, sent

URL = "/settings/profile/photo/"


def send(client, content=None, **data):
    file = sent(content if content is not None else picture(size=(900, 600)), "Me at home.JPG")
    return client.post(URL, {"picture": file, "alt": "Alice in a yellow coat", "audience": "members", **data})


def files() -> set[str]:
    return {str(upload.file.name) for upload in Upload.objects.all()}


def are_kept(names: set[str]) -> list[bool]:
    return [storages["private"].exists(name) for name in sorted(names)]


def striped() -> bytes:
    """Three squares side by side: red, green, blue."""
    image = Image.new("RGB", (300, 100))
    for place, colour in enumerate(((200, 0, 0), (0, 200, 0), (0, 0, 200))):
        image.paste(colour, (place * 100, 0, place * 100 + 100, 100))
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def own(client, alice):
    client.force_login(alice)
    return alice.ambassador


def test_a_picture_becomes_squares_without_what_was_hidden_in_it(client, own, bob):
    send(client, picture_with_a_place())

    own.refresh_from_db()
    client.force_login(bob)
    card = client.get(own.get_absolute_url()).context["card"]
    pictures = [Image.open(io.BytesIO(client.get(url).content)) for url in (card.photo_url, card.small_photo_url)]
    assert [(image.format, image.size, dict(image.getexif()), image.info.get("icc_profile")) for image in pictures] == [
        ("WEBP", (480, 480), {}, None),
        ("WEBP", (128, 128), {}, None),
    ]
    assert card.photo_alt == "Alice in a yellow coat"


def test_the_whole_picture_is_its_owners_alone(client, own, bob, staff):
    send(client, audience="public")
    own.refresh_from_db()
    whole = own.whole_photo.get_absolute_url()

    assert client.get(whole).status_code == 200
    for reader in (bob, staff):
        client.force_login(reader)
        assert client.get(whole).status_code == 404


@pytest.mark.parametrize(
    ("audience", "seen"), [("public", (200, 200, 200)), ("members", (404, 200, 200)), ("staff", (404, 404, 200))]
)
def test_the_photo_opens_for_its_audience_and_nobody_else(client, own, bob, staff, audience, seen):
    own.listed_for = "public"
    own.save()
    send(client, audience="members")
    client.post(f"{URL}crop/", {"across": 50, "down": 50, "zoom": 100, "alt": "Alice", "audience": audience})
    own.refresh_from_db()

    for upload in (own.photo, own.small_photo):
        answers = []
        for reader in (None, bob, staff):
            client.logout()
            if reader:
                client.force_login(reader)
            answers.append(client.get(upload.get_absolute_url()).status_code)
        assert tuple(answers) == seen


def test_a_public_photo_may_be_kept_by_caches_and_a_private_one_not(client, own):
    own.listed_for = "public"
    own.save()
    send(client, audience="public")
    own.refresh_from_db()
    url = own.photo.get_absolute_url()

    mine = client.get(url).headers["Cache-Control"]
    client.logout()

    assert (mine, client.get(url).headers["Cache-Control"]) == ("private, max-age=600", "public, max-age=86400")


@pytest.mark.parametrize(("across", "colour"), [(0, "red"), (50, "green"), (100, "blue")])
def test_the_square_lies_where_it_was_put(client, own, across, colour):
    send(client, striped())

    client.post(f"{URL}crop/", {"across": across, "down": 50, "zoom": 120, "alt": "Stripes", "audience": "members"})

    own.refresh_from_db()
    with own.photo.file.open() as file:
        pixel = Image.open(file).convert("RGB").getpixel((240, 240))
    assert max(zip(pixel, ("red", "green", "blue"), strict=True))[1] == colour
    assert client.get(URL).context["crop"].initial["across"] == across


@pytest.mark.parametrize("crop", [Crop(), Crop(0, 0, 300), Crop(100, 100, 300), Crop(999, 999, 999), Crop(33, 66, 150)])
@pytest.mark.parametrize("size", [(60, 40), (40, 60), (50, 50), (1, 1)])
def test_the_square_never_leaves_the_picture(crop, size):
    left, top, right, bottom = crop.box(*size)

    assert (right - left, left >= 0, top >= 0, right <= size[0], bottom <= size[1]) == (bottom - top, True, True, True, True)
    assert [file.width for file in squares(picture(size=size), crop)] == [480, 128]


def test_a_replaced_photo_is_deleted_once_that_is_committed(own, alice, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        workflow.photo_keep(own, checked(sent(picture(), "a.jpg")), alt="One", by=alice)
    first = files()
    with django_capture_on_commit_callbacks(execute=True):
        workflow.photo_keep(own, checked(sent(picture(size=(50, 70)), "b.jpg")), alt="Two", by=alice)
    second = files()
    assert (len(first), len(second), first & second) == (3, 3, set())
    assert (are_kept(first), are_kept(second)) == ([False] * 3, [True] * 3)

    with django_capture_on_commit_callbacks(execute=True):
        workflow.photo_remove(own, by=alice)

    assert (are_kept(second), files()) == ([False] * 3, set())
    assert (own.photo, own.small_photo, own.whole_photo) == (None, None, None)


def test_removing_brings_the_initials_back(client, own):
    send(client)

    client.post(f"{URL}remove/")

    page = client.get(own.get_absolute_url()).content.decode()
    assert ("portrait.webp" in page, "AA" in page, Upload.objects.count()) == (False, True, 0)


@pytest.mark.parametrize(("content", "alt", "wrong"), [(PDF, "Me", {"picture"}), (b"", "Me", {"picture"}), (None, " ", {"alt"})])
def test_what_cannot_be_shown_is_refused_beside_the_field(client, own, content, alt, wrong):
    response = send(client, content, alt=alt)

    assert (response.status_code, set(response.context["form"].errors)) == (200, wrong)
    assert Upload.objects.count() == 0


def test_a_face_on_a_page_has_its_size_and_its_words(client, own):
    send(client)

    page = client.get(own.get_absolute_url()).content.decode()

    assert 'alt="Alice in a yellow coat" width="480" height="480"' in page
