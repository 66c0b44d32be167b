"""The directory: looking for each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import replace_url

from ambassadors.asking import CHOICES, Offered, Question, words_offered
from ambassadors.paging import MOST_COUNTED, PeoplePage, chosen_by, number_of, page_of
from ambassadors.privacy import ProfileCard, card_for, cards_for
from foundation.access import public_page
from foundation.audiences import Audience, reached_by
from foundation.fragments import wants_fragment

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User

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
    page = page_of(asked, reader, after=request.GET.get("after", ""))
    is_alone = wants_fragment(request)
    offered = words_offered(reader) if asked.chosen or not is_alone else Offered()
    is_member = Audience.MEMBERS in reached_by(reader)
    context = {
        "asked": asked,
        "cards": cards_for(reader, page.people),
        "near": [] if page.people or not asked.text or not page.is_first else _near(asked, reader),
        "chips": asked.chips(offered.words),
        "selects": asked.selects(offered),
        "found": _found(asked, page, reader),
        "next_url": f"?{page.next_query}" if page.next_query else "",
        "is_first": page.is_first,
        "is_member": is_member,
        "write": reverse("discussions:thread-start") if is_member else "",
    }
    if is_alone:
        return replace_url(render(request, "ambassadors/_people_alone.html", context), asked.url)
    return render(request, "ambassadors/ambassador_list.html", context)


def _near(asked: Question, reader: User | AnonymousUser) -> list[ProfileCard]:
    near = chosen_by(asked, reader).nearly_called(asked.text, reader).with_card()
    return [card_for(reader, person) for person in near[:NEAR]]


def _found(asked: Question, page: PeoplePage, reader: User | AnonymousUser) -> str:
    """How many there are, in words; more than a thousand are not counted."""
    if not asked:
        return ""
    is_all = page.is_first and not page.next_query
    number = len(page.people) if is_all else number_of(asked, reader)
    if number > MOST_COUNTED:
        return _("More than %s people") % f"{MOST_COUNTED:,}"
    return ngettext("%s person", "%s people", number) % number if number else _("Nobody found")
