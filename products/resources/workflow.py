"""How a resource comes to the community: any member hands one in, an editor lets it in or gives it back with a word."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.text import slugify

from foundation.models import Pillar, Upload, Via
from foundation.uploads import CheckedFile, only_kept_files, upload_write
from products.drafting import workflow as drafting
from products.models import Edition, EditionFile, Product, Readership
from products.road import workflow as road

if TYPE_CHECKING:
    from ambassadors.models import User


def contribute(
    *,
    by: User,
    title: str,
    summary: str,
    medium: str,
    licence: str,
    link: str = "",
    file: CheckedFile | None = None,
    pillars: Iterable[Pillar] = (),
    readership: Readership | None = None,
    via: Via = Via.WEB,
) -> Edition:
    """Hand in a resource, a link or a file: an editor looks at it before anybody else sees it. Raises ValidationError with what is missing."""
    with only_kept_files():
        upload = upload_write(file, owner=by) if file is not None else None
        with transaction.atomic():
            product = drafting.begin_product(by=by, kind=Product.Kind.RESOURCE, title=title, via=via, readership=readership)
            product.pillars.set(pillars)
            said: dict[str, Any] = {"summary": summary, "medium": medium, "licence": licence, "link": link}
            edition = drafting.save_edition(product.newest, by=by, revision=1, via=via, **said)
            if upload is not None:
                _attach(edition, upload, by)
            road.submit(edition, by=by, revision=edition.revision, via=via)
    return edition


def let_in(edition: Edition, *, by: User, revision: int, note: str = "", via: Via = Via.WEB) -> None:
    """An editor has looked at it: it is approved and published in one. Raises ValidationError with what stands in the way."""
    with transaction.atomic():
        road.approve(edition, by=by, revision=revision, note=note, via=via)
        road.publish(edition, by=by, revision=revision, via=via)


def give_back(edition: Edition, *, by: User, revision: int, note: str, via: Via = Via.WEB) -> None:
    """It is a draft of whoever handed it in again, with the reason. Raises ValidationError without one."""
    road.send_back(edition, by=by, revision=revision, note=note, via=via)


def _attach(edition: Edition, upload: Upload, by: User) -> None:
    name = slugify(upload.name.rpartition(".")[0])[:80].strip("-") or "file"
    upload.save(force_insert=True)
    upload.holder = EditionFile.objects.create(
        edition=edition, slug=name, title=edition.title[:140].strip(), upload=upload, added_by=by
    )
    upload.save(update_fields=["holder_type", "holder_id"])
