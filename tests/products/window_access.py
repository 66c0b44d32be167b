"""Who gets what from the pages of community reviews."""

from __future__ import annotations

import time

from foundation import proof
from products.models import LaunchWish, Opinion, Product
from products.window import wishes, workflow
from tests import make
from tests.access import LOGIN, Cast, Row
from tests.products import making


def presented(cast: Cast) -> dict:
    """An edition of the ambassador's; somebody else has objected to it."""
    return {"slug": Opinion.objects.select_related("window__edition__product").get(**said(cast)).window.edition.product.slug}


def said(cast: Cast) -> dict:
    """An objection that the ambassador, who wrote the edition, can answer."""
    edition = making.presented(cast.ambassador)
    return {"pk": workflow.speak(edition, kind="objects", words="Name the clubs.", by=make.ambassador("Opal Opinion")).pk}


def own(cast: Cast) -> dict:
    """The ambassador has said something of an edition that others wrote."""
    edition = making.presented(make.ambassador("Win Writer"))
    return {"pk": workflow.speak(edition, kind="objects", words="Name the clubs.", by=cast.ambassador).pk}


def answered(cast: Cast) -> dict:
    """And an editor has answered."""
    kwargs = own(cast)
    workflow.answer(Opinion.objects.get(), "They are named now.", by=making.editor(), revision=1)
    return kwargs


def decided_by_staff(cast: Cast) -> dict:
    """One of the support team is an editor; somebody has objected."""
    making.EditorDuty.objects.create(person=cast.staff)
    return said(cast)


def coming(cast: Cast) -> dict:
    """A product of somebody else's that is announced."""
    return {"slug": making.announced(make.ambassador("Win Writer")).slug}


def wanted(cast: Cast) -> dict:
    """And the ambassador wants to hear of it."""
    kwargs = coming(cast)
    wishes.keep(Product.objects.get(**kwargs), by=cast.ambassador)
    return kwargs


def asked(cast: Cast) -> dict:
    """Somebody has left an address."""
    wishes.ask(Product.objects.get(**coming(cast)), "noor@elsewhere.example")
    return {"token": wishes.link_of(LaunchWish.objects.get()).rstrip("/").rpartition("/")[2]}


def words(**fields) -> object:
    return lambda cast: fields | {"revision": 1}


def state() -> list:
    said = Opinion.objects.order_by("pk").values_list(
        "person", "kind", "status", "words", "answer", "override_reason", "settled_at"
    )
    return [*said, *LaunchWish.objects.order_by("pk").values_list("person", "address", "confirmed_at", "told_at")]


PAGE, SAY = "products:community-review-detail", "products:opinion-give"
#                                       visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("products:community-review-list", (LOGIN, 200, 200, 403, LOGIN, 200, 200), state=state),
    Row(PAGE, (LOGIN, 200, 200, 403, LOGIN, 200, 200), build=presented, state=state),
    Row(
        SAY,
        (LOGIN, 302, 302, 403, LOGIN, 302, 302),
        method="post",
        build=presented,
        data=lambda cast: {"kind": "suggests", "words": "Begin with the clubs."},
        state=state,
    ),
    Row(
        "products:opinion-withdraw",
        (LOGIN, 302, 403, 403, LOGIN, 403, 403),
        method="post",
        build=own,
        state=state,
    ),
    Row(
        "products:opinion-settle",
        (LOGIN, 302, 403, 403, LOGIN, 403, 403),
        method="post",
        build=answered,
        state=state,
    ),
    Row(
        "products:opinion-reopen",
        (LOGIN, 302, 403, 403, LOGIN, 403, 403),
        method="post",
        build=answered,
        data=words(words="Two of them are missing."),
        state=state,
    ),
    Row(
        "products:opinion-answer",
        (LOGIN, 302, 403, 403, LOGIN, 403, 403),
        method="post",
        build=said,
        data=words(answer="They are named now."),
        state=state,
    ),
    Row(
        "products:opinion-override",
        (LOGIN, 403, 403, 403, LOGIN, 302, 403),
        method="post",
        build=decided_by_staff,
        data=words(reason="Both clubs have read it and agree."),
        state=state,
    ),
    Row("products:launch-wish-add", (200,) * 7, build=coming, state=state),
    Row(
        "products:launch-wish-send",
        (302,) * 7,
        method="post",
        build=coming,
        data=lambda cast: {"address": "noor@elsewhere.example", "begun": proof.begin(at=time.time() - 60)},
        state=state,
    ),
    Row("products:launch-wish-keep", (LOGIN, 302, 302, 403, LOGIN, 302, 302), method="post", build=coming, state=state),
    Row("products:launch-wish-drop", (LOGIN, 302, 404, 403, LOGIN, 404, 404), method="post", build=wanted, state=state),
    Row("products:launch-wish-waits", (200,) * 7, state=state),
    Row("products:launch-wish-gone", (200,) * 7, state=state),
    Row("products:launch-wish-show", (200,) * 7, build=asked, state=state),
    Row("products:launch-wish-confirm", (302,) * 7, method="post", build=asked, state=state),
    Row("products:launch-wish-delete", (302,) * 7, method="post", build=asked, state=state),
]
