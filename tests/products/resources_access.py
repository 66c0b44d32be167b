"""Who hands in resources, and who lets them in."""

from products.models import Edition, EditorDuty, ResourceUse
from products.resources import using
from tests import make
from tests.access import LOGIN, Row
from tests.products import resourcing

SAID = {
    "title": "How we count a good week",
    "link": "https://hull.tidemark.example/good-week",
    "medium": "video",
    "summary": "Eleven minutes with a bus depot.",
    "licence": "CC BY 4.0",
}


def waiting(cast) -> dict:
    """Somebody handed it in; the ambassador is an editor."""
    EditorDuty.objects.create(person=cast.ambassador)
    return {"slug": resourcing.handed_in(make.ambassador("Ria Reads")).product.slug}


def an_editor(cast) -> dict:
    waiting(cast)
    return {}


def out(cast) -> dict:
    """One that is out; whoever uses it said so."""
    edition = resourcing.let_in(make.ambassador("Ria Reads"))
    return {"slug": edition.product.slug}


def useful(cast) -> dict:
    found = out(cast)
    for person in (cast.ambassador, cast.outsider, cast.staff, cast.superuser):
        using.find_useful(Edition.objects.get().product, by=person)
    return found


def uses() -> list:
    return [*ResourceUse.objects.order_by("pk").values_list("person", "words", "is_public")]


def state() -> list:
    return [*Edition.objects.order_by("pk").values_list("pk", "status", "revision")]


#                                        visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("products:resource-contribute", (LOGIN, 200, 200, 403, LOGIN, 200, 200), state=state),
    Row(
        "products:resource-contribute",
        (LOGIN, 302, 302, 403, LOGIN, 302, 302),
        method="post",
        data=lambda cast: SAID,
        state=state,
    ),
    Row("products:resource-queue", (LOGIN, 200, 403, 403, LOGIN, 403, 403), build=an_editor, state=state),
    Row(
        "products:resource-let-in",
        (LOGIN, 302, 404, 403, LOGIN, 404, 404),
        method="post",
        build=waiting,
        data=lambda cast: {"revision": Edition.objects.get().revision},
        state=state,
    ),
    Row(
        "products:resource-give-back",
        (LOGIN, 302, 404, 403, LOGIN, 404, 404),
        method="post",
        build=waiting,
        data=lambda cast: {f"{Edition.objects.get().product.slug}-{k}": v for k, v in resourcing.given_back().items()},
        state=state,
    ),
    Row("products:resource-useful", (LOGIN, 302, 302, 403, LOGIN, 302, 302), method="post", build=out, state=uses),
    Row("products:resource-useful-undo", (LOGIN, 302, 302, 403, LOGIN, 302, 302), method="post", build=useful, state=uses),
    Row("products:resource-use", (LOGIN, 200, 200, 403, LOGIN, 200, 200), build=out, state=uses),
    Row(
        "products:resource-use",
        (LOGIN, 302, 302, 403, LOGIN, 302, 302),
        method="post",
        build=out,
        data=lambda cast: {"words": "On Mondays."},
        state=uses,
    ),
]
