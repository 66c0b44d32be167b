"""How people come in, for everybody: the road, what is asked, who decides, how long it takes, and numbers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ambassadors.inviting import open_books
from ambassadors.models import AdmissionRules, CriteriaEdition
from foundation.access import public_page
from foundation.models import Community


@public_page
@require_GET
def joining(request: HttpRequest) -> HttpResponse:
    """The same page for everybody. The criteria are public; who was nominated, and by whom, is not."""
    edition = CriteriaEdition.objects.in_force()  # unscoped: what is asked of nominees is public
    found = open_books.years()
    context: dict[str, Any] = {
        "criteria": list(edition.criteria.all()) if edition else [],
        "edition": edition,
        "rules": AdmissionRules.current(),
        "how_long": open_books.how_long(),
    }
    if found:
        context["books"] = open_books.figure(found, Community.current().rounds_counts_to)
    return render(request, "ambassadors/inviting/joining.html", context)
