"""The directory: looking for each other."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import replace_url

from ambassadors.asking import CHOICES, Offered, Question, words_offered
from ambassadors.models import Ambassador
from ambassadors.paging import PeoplePage, page_of
from ambassadors.privacy import card_for
from ambassadors.querysets import AmbassadorQuerySet
from foundation.access import public_page
from foundation.audiences import Audience, reached_by
from foundation.fragments import wants_fragment

MOST_COUNTED = 1000
NEAR = 6


@public_page(queries=("after", *CHOICES))
@require_GET
@vary_on_headers("HX-Request")
def ambassador_list(request: HttpRequest) -> HttpResponse:
    """For members all who belong, for visitors those who chose to be public; all of them, or whom the question in the address finds.

    While somebody types, htmx asks for the people alone.
    """
    reader = request.user
    asked = Question.of(request.GET, reader)
    everybody = Ambassador.objects.listed_to(reader)  # unscoped: narrower than `visible_to`, whose rule it holds
    chosen = asked.chosen_from(everybody, reader)
    people = chosen.matching(asked.text, reader) if asked.text else chosen
    page = page_of(people.with_card(), after=request.GET.get("after", ""), is_search=bool(asked.text), **asked.query)
    near = [] if page.people or not asked.text or not page.is_first else chosen.nearly_called(asked.text, reader).with_card()[:NEAR]
    is_alone = wants_fragment(request)
    offered = words_offered(everybody, reader) if asked.chosen or not is_alone else Offered()
    context = {
        "asked": asked,
        "cards": [card_for(reader, person) for person in page.people],
        "near": [card_for(reader, person) for person in near],
        "chips": asked.chips(offered.words),
        "selects": asked.selects(offered),
        "found": _found(asked, page, people),
        "next_url": f"?{page.next_query}" if page.next_query else "",
        "is_first": page.is_first,
        "is_member": Audience.MEMBERS in reached_by(reader),
    }
    if is_alone:
        return replace_url(render(request, "ambassadors/_people_alone.html", context), asked.url)
    return render(request, "ambassadors/ambassador_list.html", context)


def _found(asked: Question, page: PeoplePage, people: AmbassadorQuerySet) -> str:
    """How many there are, in words; more than a thousand are not counted."""
    if not asked:
        return ""
    is_all = page.is_first and not page.next_query
    number = len(page.people) if is_all else people.order_by()[: MOST_COUNTED + 1].count()
    if number > MOST_COUNTED:
        return _("More than %s people") % f"{MOST_COUNTED:,}"
    return ngettext("%s person", "%s people", number) % number if number else _("Nobody found")
