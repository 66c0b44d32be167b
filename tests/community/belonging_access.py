from ambassadors.models import Ambassador
from tests.access import LOGIN, Row


def public(cast) -> dict:
    """The ambassador of the cast, on the public list."""
    Ambassador.objects.filter(user=cast.ambassador).update(listed_for="public")
    return {"slug": cast.ambassador.ambassador.slug}


def hidden(cast) -> dict:
    Ambassador.objects.filter(user=cast.ambassador).update(listed_for="members")
    return {"slug": cast.ambassador.ambassador.slug}


def everybody(cast) -> dict:
    Ambassador.objects.update(listed_for="public")
    return {}


def nobody(cast) -> dict:
    Ambassador.objects.update(listed_for="members")
    return {}


def listed() -> list[tuple]:
    return list(Ambassador.objects.order_by("pk").values_list("listed_for"))


EVERYBODY = (200,) * 7
NOBODY = (404,) * 7
#                                               visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("community:belonging-kit", (LOGIN, 200, 200, 403, LOGIN, 404, 404)),
    Row("community:belonging-show", (LOGIN, 302, 302, 403, LOGIN, 404, 404), method="post", build=nobody, state=listed),
    Row(
        "community:belonging-hide",
        (LOGIN, 302, 302, 403, LOGIN, 404, 404),
        method="post",
        build=everybody,
        state=listed,
    ),
    Row("community:belonging-verified", EVERYBODY, build=public),
    Row("community:belonging-verified", NOBODY, build=hidden),
    Row("community:belonging-badge", EVERYBODY, build=public),
    Row("community:belonging-badge", NOBODY, build=hidden),
]
