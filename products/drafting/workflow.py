"""How a product begins, and how its words are kept while it is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import chain, count
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify

from discussions.models import Space
from foundation import richtext
from foundation.models import Pillar, Via
from foundation.workflow import TransitionRefused, record
from products import rules
from products.drafting.content import TEXTS, content_of
from products.kinds import NEEDS
from products.models import Credit, Edition, EditionPart, EditionRevision, Product, ProductAddress
from products.signals import edition_saved

if TYPE_CHECKING:
    from ambassadors.models import User

FOLDED = timedelta(minutes=10)  # what one person saves within it is one revision, unless somebody was shown it
SLUG_ROOM = 80
RESERVED = frozenset(  # pages beside: no product has such an address
    {"new", "board", "contribute", "resources", "kinds", "audiences", "pillars", "files", "editions", "invited", "named"}
)


@transaction.atomic
def begin_product(*, by: User, kind: str, title: str, space: Space | None = None, via: Via = Via.WEB, **fields: Any) -> Product:
    """Begin a product with its first edition, an empty draft of which `by` is the author.

    `fields` are those of `Product`. Raises PermissionDenied where `by` may not begin one (in that space).
    """
    if not rules.may_begin(by, space):
        raise PermissionDenied("not theirs to begin")
    product = Product(kind=kind, slug=free_slug(title), space=space, started_by=by, **fields)
    product.full_clean(exclude=["slug"])
    product.save(force_insert=True)
    Credit.objects.create(product=product, person=by, role=Credit.Role.AUTHOR, added_by=by)
    edition = Edition.objects.create(product=product, number=1, label="1.0", title=title, created_by=by)
    _first_parts(edition)
    keep_revision(edition, by=by, via=via, note="")
    product.newest = edition
    product.save(update_fields=["newest"])
    record("began", edition, by=by, via=via)
    return product


@transaction.atomic
def save_edition(
    edition: Edition,
    *,
    by: User,
    revision: int,
    parts: Sequence[dict[str, Any]] | None = None,
    note: str = "",
    via: Via = Via.WEB,
    **texts: str,
) -> Edition:
    """Keep what was written: `texts` by the names of `content.TEXTS`, and `parts` (slug, title, body, pillar_id) in their order.

    Raises PermissionDenied where `by` may not write it, TransitionRefused when somebody saved it since `revision` or it moved on.
    """
    # Two people may save at once: under the lock of the row exactly one of them has read what they save over.
    held = Edition.objects.select_for_update(of=("self",), no_key=True).select_related("product__space").get(pk=edition.pk)
    if not rules.writes(by, held.product):
        raise PermissionDenied("not theirs to write")
    if held.revision != revision or not held.can_be_written:
        raise TransitionRefused(f"{held} has been saved or has moved on since")
    _write(held, texts)
    if parts is not None:
        _write_parts(held, parts)
    keep_revision(held, by=by, via=via, note=note)
    edition_saved.send(sender=Edition, edition=held, by=by)
    return held


def free_slug(title: str) -> str:
    """Return an address from a title that no product has, or had."""
    base = slugify(title)[:SLUG_ROOM].strip("-") or "product"
    taken = set(Product.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    taken |= set(ProductAddress.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in chain([base], (f"{base}-{n}" for n in count(2))) if slug not in taken | RESERVED)


def keep_for_good(edition: Edition) -> None:
    """Somebody else is shown the edition as it is now: this revision is folded into no later one."""
    EditionRevision.objects.filter(edition=edition, number=edition.revision).update(is_kept=True)


def keep_revision(edition: Edition, *, by: User, via: Via, note: str) -> None:
    """Write down what an edition says now, as a version of it; what `by` saved a few minutes ago is folded into it."""
    last = EditionRevision.objects.filter(edition=edition).first()
    mine = last is not None and last.by_id == by.pk and not last.is_kept and not last.note
    begun = timezone.now()
    if last is not None and mine and last.number > 1 and last.begun_at > begun - FOLDED:
        begun = last.begun_at
        last.delete()
    said = {"content": content_of(edition), "by": by, "via": via, "note": note, "begun_at": begun}
    EditionRevision.objects.create(edition=edition, number=edition.revision, **said)


def _first_parts(edition: Edition) -> None:
    needs = NEEDS[edition.product.kind]
    if needs.part_a_pillar:
        EditionPart.objects.create(edition=edition, position=1, slug="definition", title="")
        for place, pillar in enumerate(Pillar.objects.offered(), start=2):
            EditionPart.objects.create(edition=edition, position=place, slug=pillar.slug, pillar=pillar, title=pillar.name)
    elif needs.text:
        EditionPart.objects.create(edition=edition, position=1, slug="text")


def _write(edition: Edition, texts: dict[str, str]) -> None:
    unknown = set(texts) - set(TEXTS)
    if unknown:
        raise ValueError(f"an edition has no {', '.join(sorted(unknown))}")
    for name, text in texts.items():
        setattr(edition, name, text)
    edition.full_clean(exclude=["product", "status"], validate_unique=False, validate_constraints=False)
    Edition.objects.filter(pk=edition.pk).update(**texts, revision=F("revision") + 1, changed_at=timezone.now())
    edition.refresh_from_db(fields=[*texts, "revision", "changed_at"])


def _write_parts(edition: Edition, parts: Sequence[dict[str, Any]]) -> None:
    """Each part keeps its row by its slug, and its blocks their ids; what is not among them any more goes."""
    known = {part.slug: part for part in EditionPart.objects.filter(edition=edition)}
    for place, said in enumerate(parts, start=1):
        part = known.pop(said["slug"], None) or EditionPart(edition=edition, slug=said["slug"])
        part.position, part.title, part.pillar_id = place, said.get("title", ""), said.get("pillar_id")
        part.body = richtext.clean(said.get("body", ""), previous=part.body)
        part.save()
    EditionPart.objects.filter(pk__in=[part.pk for part in known.values()]).delete()
