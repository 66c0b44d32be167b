"""Who gets what from the pages of the road. The ambassador writes what a row builds, or is an editor where a row says so."""

from products.models import Decision, Edition, EditorDuty, Product, ProductAddress
from products.road import workflow as road
from tests import make
from tests.access import LOGIN, Row
from tests.products import making


def of(edition: Edition) -> dict:
    return {"slug": edition.product.slug, "number": edition.number}


def own_draft(cast) -> dict:
    return of(making.draft(cast.ambassador))


def own_submitted(cast) -> dict:
    return of(making.submitted(cast.ambassador))


def own_out(cast) -> dict:
    return {"slug": making.published(cast.ambassador).product.slug}


def own(cast) -> dict:
    return {"slug": own_draft(cast)["slug"]}


def editor(cast) -> None:
    EditorDuty.objects.create(person=cast.ambassador)


def handed_in(cast) -> dict:
    """By somebody else; the ambassador is an editor, and the reviews are in."""
    editor(cast)
    return of(making.reviewed(making.submitted(make.ambassador("Wren Writer"))))


def resource_in(cast) -> dict:
    editor(cast)
    return of(making.submitted(make.ambassador("Wren Writer"), kind="resource"))


def approved(cast) -> dict:
    editor(cast)
    edition = making.presented(make.ambassador("Wren Writer"))
    making.days_pass(edition)
    road.approve(edition, by=making.editor(), revision=edition.revision)
    return of(edition)


def out(cast) -> dict:
    editor(cast)
    return of(making.published(make.ambassador("Wren Writer")))


def to_keep(cast) -> dict:
    return {"slug": handed_in(cast)["slug"]}


def announced(cast) -> dict:
    place = to_keep(cast)
    Product.objects.update(announced_at="2026-01-01T00:00:00Z", announced_as="Who stays", expected_on="2099-01-01")
    return place


def retired(cast) -> dict:
    place = out(cast)
    making.published(make.ambassador("Ola Other"), title="Where readers go")
    edition = Edition.objects.get(product__slug=place["slug"])
    road.retire(edition, by=making.editor(), because="It has been overtaken.")
    return {"slug": place["slug"]}


def retired_edition(cast) -> dict:
    return retired(cast) | {"number": 1}


def board(cast) -> dict:
    handed_in(cast)
    return {}


def said(cast) -> dict:
    return {"revision": Edition.objects.latest("pk").revision, "note": "Six clubs are enough."}


def state() -> list:
    kept = Product.objects.order_by("pk").values_list("slug", "editor", "announced_at", "moved_to")
    rows = Edition.objects.order_by("pk").values_list("pk", "status", "is_withdrawn")
    return [*rows, *kept, *Decision.objects.values_list("pk"), *ProductAddress.objects.values_list("slug")]


#              visitor ambassador outsider alumnus removed staff superuser
MAKER = (LOGIN, 200, 404, 403, LOGIN, 404, 404)
POSTS = (LOGIN, 302, 404, 403, LOGIN, 404, 404)
KNOWN = (LOGIN, 302, 403, 403, LOGIN, 403, 403)  # they know of it, and decide nothing


def post(name, build, expect=POSTS, data=said):
    return Row(f"products:{name}", expect, method="post", build=build, data=data, state=state)


ROWS = [
    Row("products:product-progress", MAKER, build=own, state=state),
    Row("products:product-progress", (LOGIN, 200, 403, 403, LOGIN, 403, 403), build=own_out, state=state),
    Row("products:product-board", (LOGIN, 200, 403, 403, LOGIN, 403, 403), build=board, state=state),
    post("edition-submit", own_draft),
    post("edition-take-back", own_submitted),
    post("edition-revise", handed_in),
    post("edition-send-back", handed_in),
    post("edition-present", handed_in),
    post("edition-approve", resource_in),
    post("edition-publish", approved, KNOWN),
    post("edition-retire", out, KNOWN, lambda cast: {"because": "It has been overtaken."}),
    post("edition-withdraw", retired_edition, KNOWN, lambda cast: {"because": "It does harm."}),
    post("edition-begin", own_out, KNOWN, lambda cast: {"label": "2.0"}),
    post(
        "product-announce",
        to_keep,
        data=lambda cast: {"month": "2099-03", "announced_as": "Who stays", "announcement": "On who stays."},
    ),
    post("product-unannounce", announced, KNOWN),
    post("product-rename", to_keep, data=lambda cast: {"slug": "another-address"}),
    post("product-lead-on", retired, KNOWN, lambda cast: {"to": Product.objects.latest("pk").slug}),
    post("product-assign", to_keep, data=lambda cast: {"editor": cast.ambassador.pk}),
]
