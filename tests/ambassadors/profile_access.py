"""One's own profile: nobody else's hand is on it, the support team's neither."""

from ambassadors import workflow
from ambassadors.models import Ambassador, ProfileQuestion
from foundation.uploads import checked
from tests.access import LOGIN, Cast, Row
from tests.foundation.files import picture, sent


def photo(cast: Cast) -> dict:
    workflow.photo_keep(cast.ambassador.ambassador, checked(sent(picture(), "me.jpg")), alt="Me", by=cast.ambassador)
    return {}


def draft(cast: Cast) -> dict:
    question = ProfileQuestion.objects.create(person=cast.ambassador, field="ask_me_about", status="answered", draft="Budgets")
    return {"pk": question.pk}


def photos():
    return sorted(Ambassador.objects.values_list("pk", "photo", "crop_across"), key=str)


def places():
    return sorted(Ambassador.objects.values_list("pk", "place__name"), key=str)


def questions():
    return sorted(ProfileQuestion.objects.values_list("person", "field", "status"))


CROP = {"across": 0, "down": 50, "zoom": 100, "alt": "Me", "audience": "members"}

#                                       visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row(
        "ambassadors:ambassador-vcard",
        (404, 200, 200, 404, 404, 200, 200),
        build=lambda cast: {"slug": cast.ambassador.ambassador.slug},
    ),
    Row("ambassadors:section-edit", (LOGIN, 200, 200, 200, LOGIN, 404, 404), build=lambda cast: {"name": "about"}),
    Row("ambassadors:section-edit", (LOGIN, 200, 200, 200, LOGIN, 200, 200), build=lambda cast: {"name": "you"}, query="?"),
    Row(
        "ambassadors:section-edit",
        (LOGIN, 302, 302, 302, LOGIN, 404, 404),
        method="post",
        build=lambda cast: {"name": "about"},
        data=lambda cast: {"place": "Faro, Portugal"},
        state=places,
    ),
    Row("ambassadors:photo-edit", (LOGIN, 200, 200, 200, LOGIN, 404, 404)),
    Row(
        "ambassadors:photo-edit",
        (LOGIN, 302, 302, 302, LOGIN, 404, 404),
        method="post",
        data=lambda cast: {"picture": sent(picture(), "me.jpg"), "alt": "Me", "audience": "members"},
        state=photos,
    ),
    Row(
        "ambassadors:photo-crop",
        (LOGIN, 302, 404, 404, LOGIN, 404, 404),
        method="post",
        build=photo,
        data=lambda cast: CROP,
        state=photos,
    ),
    Row("ambassadors:photo-remove", (LOGIN, 302, 404, 404, LOGIN, 404, 404), method="post", build=photo, state=photos),
    Row(
        "ambassadors:question-skip",
        (LOGIN, 302, 302, 302, LOGIN, 404, 404),
        method="post",
        build=lambda cast: {"field": "place"},
        state=questions,
    ),
    Row("ambassadors:draft-confirm", (LOGIN, 302, 404, 404, LOGIN, 404, 404), method="post", build=draft, state=questions),
    Row("ambassadors:draft-discard", (LOGIN, 302, 404, 404, LOGIN, 404, 404), method="post", build=draft, state=questions),
]
