"""Spaces to look at: all of them, one of them, the people in it, and its history."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ambassadors.picking import offered_among
from discussions import rules
from discussions.models import Space, SpaceRequest, SpaceRole
from discussions.spaces.forms import AnswerForm
from discussions.spaces.history import history_of
from discussions.spaces.listing import others_for, own_of, topics_for
from discussions.spaces.people import ON_THE_PAGE, PEOPLE_A_PAGE, InSpace, by_role, others_in, people_of
from discussions.spaces.standing import Standing, standing_of
from discussions.threads.listing import threads_of_space
from foundation.panels import panels_for

if TYPE_CHECKING:
    from ambassadors.models import User

REQUESTS = 50
LINES_A_PAGE = 50


def known_space(request: HttpRequest, slug: str) -> Space:
    """The space of an address; of one that the reader may not know of, the answer is the one of none."""
    return get_object_or_404(Space.objects.visible_to(request.user), slug=slug)


def led_space(request: HttpRequest, slug: str) -> Space:
    """The same for a page of those who lead it."""
    space = known_space(request, slug)
    if not rules.leads(cast("User", request.user), space):
        raise PermissionDenied(_("This is for those who lead the space."))
    return space


@require_GET
def space_list(request: HttpRequest) -> HttpResponse:
    """Topics, one's own micro-communities, and the others; `?show=ended` those that have ended."""
    reader = cast("User", request.user)
    ended = request.GET.get("show") == "ended"
    others = others_for(reader, ended=ended, after=request.GET.get("after", ""))
    is_whole = others.is_first and not ended
    context = {
        "is_ended": ended,
        "topics": topics_for(reader) if is_whole else [],
        "own": own_of(reader) if is_whole else [],
        "others": others,
        "today": timezone.localdate(),
    }
    return render(request, "discussions/spaces/space_list.html", context)


@require_GET
def space_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A space: what it is for, and, for those who may read it, what is said in it and who is there."""
    space, reader = known_space(request, slug), cast("User", request.user)
    here = standing_of(reader, space)
    space.known_roles = {reader.pk: here.roles}  # for the panels
    context = {
        "space": space,
        "here": here,
        "days_left": _days_left(space),
        "has_begun": space.starts_on is not None and space.starts_on <= timezone.localdate(),
        "waiting": _requests_to(reader, space) if here.leads else [],
        "answer_form": AnswerForm(),
        "panels": panels_for(request, "space", space),
        **_what_is_in_it(reader, here, after=request.GET.get("after", "")),
    }
    return render(request, "discussions/spaces/space_detail.html", context)


def _what_is_in_it(reader: User, here: Standing, *, after: str) -> dict[str, object]:
    """For those who read it; the others get none of it, and nothing is asked for them."""
    if not here.reads:
        return {}
    people = people_of(here.space, reader, most=ON_THE_PAGE + 1)
    return {
        "groups": by_role(people[:ON_THE_PAGE]),
        "has_more_people": len(people) > ON_THE_PAGE,
        "threads": threads_of_space(reader, here.space, after=after),
    }


def _requests_to(reader: User, space: Space) -> list[SpaceRequest]:
    rows = SpaceRequest.objects.visible_to(reader).waiting().filter(space=space)
    return list(rows.select_related("person", "person__ambassador", "invited_by")[:REQUESTS])


def _days_left(space: Space) -> int | None:
    return None if space.ends_on is None or space.has_ended else (space.ends_on - timezone.localdate()).days


@require_GET
def space_people(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody in it, for those who read it; whoever leads it changes roles here."""
    space, reader = known_space(request, slug), cast("User", request.user)
    here = standing_of(reader, space)
    if not here.reads:
        raise PermissionDenied(_("Who is in it is known to its people alone."))
    people = people_of(space, reader, most=PEOPLE_A_PAGE + 1, after=_place(request.GET.get("after", "")))
    shown = people[:PEOPLE_A_PAGE]
    context = {
        "space": space,
        "here": here,
        "groups": by_role(shown),
        "roles": [(role.value, role.label) for role in SpaceRole.Role] if not space.is_topic else [_leader()],
        "rights": [(role.label, rules.RIGHTS[role]) for role in SpaceRole.Role],
        "after": _after(shown[-1]) if len(people) > PEOPLE_A_PAGE else "",
    }
    return render(request, "discussions/spaces/space_people.html", context)


@require_GET
def space_person_list(request: HttpRequest, slug: str) -> JsonResponse:
    """Some of those who are in it, by the beginning of a name (`?q=`), for those who read it."""
    space, reader = known_space(request, slug), cast("User", request.user)
    if not standing_of(reader, space).reads:
        raise PermissionDenied(_("Who is in it is known to its people alone."))
    return JsonResponse({"people": offered_among(others_in(space, reader), request.GET.get("q", ""))})


def _leader() -> tuple[str, object]:
    return SpaceRole.Role.LEADER.value, SpaceRole.Role.LEADER.label


def _after(last: InSpace) -> str:
    return f"{last.rank}~{last.pk}~{last.sort_name}"


def _place(after: str) -> tuple[int, str, int] | None:
    rank, pk, name = [*after.split("~", 2), "", "", ""][:3]
    if not all(part.isascii() and part.isdigit() and len(part) < 18 for part in (rank, pk)) or "\0" in name:
        return None
    return int(rank), name, int(pk)


@require_GET
def space_history(request: HttpRequest, slug: str) -> HttpResponse:
    """What was done with the space, by whom and when: for those who lead it."""
    space = known_space(request, slug)
    lines = history_of(space, reader=cast("User", request.user))
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 18:
        lines = lines.filter(pk__lt=before)
    entries = list(lines[: LINES_A_PAGE + 1])
    older = entries[LINES_A_PAGE - 1].pk if len(entries) > LINES_A_PAGE else None
    return render(
        request, "discussions/spaces/space_history.html", {"space": space, "entries": entries[:LINES_A_PAGE], "older": older}
    )
