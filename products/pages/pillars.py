"""The page of a pillar: what it means, what is published about it, and for members who talks about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models.signals import pre_save
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from discussions.querysets.spaces import is_let_in
from foundation.access import public_page
from foundation.models import Pillar
from foundation.panels import panels_for
from foundation.search import Hit, Narrow, search
from products.models import Edition, PillarAddress, Product
from products.pages.lists import MANY, Line, lines_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User

MOST = 60
MOST_THREADS = 6


@public_page
@require_GET
def pillar_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One pillar. Whoever comes by a name of before is led to the one of today."""
    pillar = Pillar.objects.filter(slug=slug).first()  # unscoped: the framework is public
    if pillar is None:
        former = get_object_or_404(PillarAddress.objects.visible_to(request.user).select_related("pillar"), slug=slug)
        return HttpResponsePermanentRedirect(reverse("products:pillar-detail", args=[former.pillar.slug]))
    context = {
        "pillar": pillar,
        "others": list(Pillar.objects.offered().exclude(pk=pillar.pk)),  # unscoped: likewise
        "groups": published_by_kind(pillar, request.user),
        "threads": threads_about(pillar, request.user),
        "panels": panels_for(request, "pillar", pillar),
    }
    return render(request, "products/pages/pillar_detail.html", context)


def published_by_kind(pillar: Pillar, reader: User | AnonymousUser) -> list[tuple[str, list[Line]]]:
    """What is out and belongs to the pillar, by kind, the newest first within each."""
    of_pillar = Product.objects.filter(pillars=pillar)  # unscoped: narrows what is read through `visible_to`
    out = Edition.objects.visible_to(reader).current().filter(product__in=of_pillar.values("pk"))
    editions = list(out.newest_first().with_line()[:MOST])
    lines = {line.pk: line for line in lines_of(editions, reader)}
    kinds = [(MANY[kind], [lines[edition.pk] for edition in editions if edition.product.kind == kind]) for kind in Product.Kind]
    return [(str(label), found) for label, found in kinds if found]


def threads_about(pillar: Pillar, reader: User | AnonymousUser) -> list[Hit]:
    """Conversations that speak of it, as the reader's search finds them; none for visitors."""
    if not is_let_in(reader):
        return []
    return search(reader, f'"{pillar.name}"', narrow=Narrow("thread"), size=MOST_THREADS).hits


def _keep_former_address(sender: type[Pillar], instance: Pillar, **_signal: Any) -> None:
    """A pillar that gets another address stays reachable by the one it had."""
    before = Pillar.objects.filter(pk=instance.pk).values_list("slug", flat=True).first() if instance.pk else None
    if before and instance.slug and before != instance.slug:
        PillarAddress.objects.update_or_create(slug=before, defaults={"pillar": instance})
        PillarAddress.objects.filter(slug=instance.slug).delete()


pre_save.connect(_keep_former_address, sender=Pillar, dispatch_uid="products pillars")
