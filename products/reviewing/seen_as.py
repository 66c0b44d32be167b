"""An edition as its author, its reviewers or a visitor get it, for whoever follows its making: looked at, and nothing pressed.

Nobody reads more here than elsewhere: of the reviews those that are theirs to read, and of these what that other reader gets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from products.drafting.content import content_of
from products.drafting.lookups import edition_of, reader_of
from products.models import Credit, Edition, EditionFile, Review, ReviewRound
from products.reviewing import text
from products.reviewing.handed import handed_to
from products.reviewing.page import Said, said_by
from products.reviewing.secrecy import Naming, Reader, Standing

if TYPE_CHECKING:
    from ambassadors.models import User

READERS = {
    "author": (Standing.AUTHOR, _("An author")),
    "reviewer": (Standing.REVIEWER, _("A reviewer")),
    "visitor": (Standing.VISITOR, _("A visitor")),
}


@require_GET
def edition_seen_as(request: HttpRequest, slug: str, number: int, who: str) -> HttpResponse:
    """What one of `READERS` reads of an edition that was handed in: its text and files, and who is named to them as what."""
    edition = edition_of(request, slug, number)
    if who not in READERS or edition.submitted_at is None:
        raise Http404
    rounds = ReviewRound.objects.filter(edition=edition).order_by("-number")  # unscoped: only whom it hides is asked of it
    held = rounds.first()
    if held is None:
        held = ReviewRound(edition=edition, is_anonymous=edition.is_nameless, hides_authors=edition.is_nameless)
    held.edition = edition
    reader, content = Reader(READERS[who][0]), content_of(edition)
    context: dict[str, Any] = {
        "edition": edition,
        "product": edition.product,
        "round": held,
        "who": who,
        "readers": [(name, label) for name, (_standing, label) in READERS.items()],
        "content": content,
        "parts": text.parts_of(content),
        "authors": _authors(edition, held, reader),
        "files": _files(edition, held, reader),
        "said": _said(reader_of(request), held, reader),
    }
    return render(request, "products/reviewing/edition_seen_as.html", context)


def _authors(edition: Edition, held: ReviewRound, reader: Reader) -> str:
    """Visitors read the names to which their bearers agreed, once it is out."""
    if reader.standing is not Standing.VISITOR:
        return str(Naming(held, reader).authors)
    named = Credit.objects.authors().named().filter(product=edition.product_id)  # unscoped: they agreed to be named to everybody
    return ", ".join(named.order_by("position", "pk").values_list("name", flat=True))


def _files(edition: Edition, held: ReviewRound, reader: Reader) -> list[str]:
    if reader.standing is Standing.REVIEWER:
        return [one.title for one in handed_to(reader, held)]
    rows = EditionFile.objects.newest().filter(edition=edition)  # unscoped: the caller follows its making
    return list(rows.order_by("slug").values_list("title", flat=True))


def _said(me: User, held: ReviewRound, reader: Reader) -> list[Said]:
    """Authors read what is in once the round is closed, reviewers when their own is in, visitors never."""
    is_too_early = held.pk is None or (reader.standing is Standing.AUTHOR and held.closed_at is None)
    if is_too_early or reader.standing is Standing.VISITOR:
        return []
    rows = Review.objects.visible_to(me).submitted().filter(round=held).select_related("reviewer", "round__edition__product")
    naming = Naming(held, reader)
    return [said_by(one, naming) for one in rows.order_by("pk")]
