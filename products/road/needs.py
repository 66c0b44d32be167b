"""What an edition of its kind lacks (products/kinds.py), said to whoever wants to hand it in, and once more before it is public."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.models import Pillar
from foundation.richtext import to_plain
from products.kinds import NEEDS
from products.models import Credit, Edition, EditionFile, EditionPart
from products.road.obstacles import Reason, checks


@dataclass(frozen=True)
class Made:
    """What an edition consists of, as far as its kind asks for it. `parts` are (title, whether there are words, pillar)."""

    kind: str
    is_first: bool = True  # the first edition of its product
    summary: str = ""
    changes: str = ""
    parts: tuple[tuple[str, bool, int | None], ...] = ()
    pillars: tuple[tuple[int, str], ...] = ()
    agreed_authors: int = 0
    explains: bool = False
    has_readership: bool = False
    files: int = 0
    link: str = ""
    medium: str = ""
    licence: str = ""


def made_of(edition: Edition) -> Made:
    """Read what an edition consists of."""
    product = edition.product
    rows = EditionPart.objects.filter(edition=edition).order_by("position", "pk")  # unscoped: asked under the lock, for nobody
    pillars = Pillar.objects.offered().values_list("pk", "name") if NEEDS[product.kind].part_a_pillar else ()
    return Made(
        kind=product.kind,
        is_first=edition.number == 1,
        summary=edition.summary,
        changes=edition.changes,
        parts=tuple((part.title, bool(to_plain(part.body).strip()), part.pillar_id) for part in rows),
        pillars=tuple(pillars),
        agreed_authors=Credit.objects.authors().named().filter(product=product).count(),
        explains=product.explains_id is not None,
        has_readership=product.readership_id is not None,
        files=EditionFile.objects.filter(edition=edition).count(),
        link=edition.link,
        medium=edition.medium,
        licence=edition.licence,
    )


def lacks(made: Made) -> list[str]:
    """Return what is missing, in sentences."""
    return [sentence for sentence, _page in _reasons(made)]


def _reasons(made: Made) -> Iterator[tuple[str, str]]:
    """Each sentence, and the name of the page on which it is mended."""
    for need, page in MENDED.items():
        for sentence in need(made):
            yield str(sentence), page


def _summary(made: Made) -> Iterator[str]:
    if not made.summary.strip():
        yield _("Say in a summary what it is about: lists and search show it.")


def _text(made: Made) -> Iterator[str]:
    if not NEEDS[made.kind].text:
        return
    if not any(has_words for _title, has_words, _pillar in made.parts):
        yield _("There is no text yet.")
        return
    for title, has_words, _pillar in made.parts:
        if not has_words:
            yield _("The part “%(title)s” is empty: write it, or take it out.") % {"title": title or _("without a title")}


def _pillars(made: Made) -> Iterator[str]:
    covered = {pillar for _title, _has_words, pillar in made.parts}
    for pillar, name in made.pillars:
        if pillar not in covered:
            yield _("There is no part about the pillar “%(name)s”.") % {"name": name}


def _explained(made: Made) -> Iterator[str]:
    if not NEEDS[made.kind].explains:
        return
    if not made.explains:
        yield _("Choose the product that it explains.")
    if not made.has_readership:
        yield _("Choose the audience that it is written for.")


def _file(made: Made) -> Iterator[str]:
    if NEEDS[made.kind].file and not made.files:
        yield _("Add the file that readers download.")


def _resource(made: Made) -> Iterator[str]:
    if not NEEDS[made.kind].link:
        return
    if not made.link and not made.files:
        yield _("Give a link, or add a file.")
    if made.link and made.files:
        yield _("Give either a link or a file: readers should find one place.")
    if not made.medium:
        yield _("Say what it is: a text, a video, a podcast, a tool or a course.")
    if not made.licence:
        yield _("Say what readers may do with it: choose a licence.")


def _authors(made: Made) -> Iterator[str]:
    if NEEDS[made.kind].authors and not made.agreed_authors:
        yield _("Nobody has agreed yet to be named as its author.")


def _changes(made: Made) -> Iterator[str]:
    if not made.is_first and not made.changes.strip():
        yield _("Say what changed since the edition before: its readers find that beside the new one.")


MENDED: dict[Callable[[Made], Iterator[str]], str] = {
    _summary: "edition-edit",
    _changes: "edition-edit",
    _text: "edition-edit",
    _pillars: "edition-edit",
    _explained: "product-about",
    _file: "edition-files",
    _resource: "edition-edit",
    _authors: "author-list",
}


def check(edition: Edition, step: str) -> Iterator[Reason]:
    """Asked when it is handed in and, since consent and vocabulary move on, before it is published."""
    if step not in {"submit", "publish"}:
        return
    slug = edition.product.slug
    for sentence, page in _reasons(made_of(edition)):
        place = [slug, edition.number] if page.startswith("edition-") else [slug]
        yield Reason(sentence, reverse(f"products:{page}", args=place))


checks.add("needs", check)
