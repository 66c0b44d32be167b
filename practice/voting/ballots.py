"""The ballot of whoever holds a link: on a phone, without an account, without a script."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from foundation import tokens
from foundation.access import public
from foundation.workflow import TransitionRefused
from practice.models import Voter
from practice.voting import casting
from practice.voting.forms import BallotForm
from practice.voting.link import voter_of


@public
@tokens.token_page
@require_GET
def ballot(request: HttpRequest, token: str) -> HttpResponse:
    """What can be chosen, and what one has chosen so far."""
    voter = voter_of(token)
    if not voter.vote.is_running:
        return _over(request, voter)
    given = casting.given_by(voter)
    return _page(request, voter, token, _form(voter, given=given), has_voted=bool(given))


@public
@tokens.token_page
@require_POST
def ballot_cast(request: HttpRequest, token: str) -> HttpResponse:
    """Keep the ballot, in the place of an earlier one. What comes too late is handed back, and not counted."""
    voter = voter_of(token)
    form = _form(voter, request.POST)
    if voter.vote.is_running and not form.is_valid():
        return _page(request, voter, token, form, has_voted=bool(casting.given_by(voter)), status=422)
    try:
        # It may end between the look above and this: the lock in `cast` decides, and what was chosen stays on the page.
        casting.cast(voter, form.dots() if form.is_valid() else {})
    except TransitionRefused:
        return _over(request, voter_of(token), unsaved=_chosen(form))
    return redirect("practice:ballot", token)


def _page(request: HttpRequest, voter: Voter, token: str, form: BallotForm, *, has_voted: bool, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "vote": voter.vote,
        "session": voter.vote.session,
        "token": token,
        "form": form,
        "has_voted": has_voted,
    }
    return render(request, "practice/voting/ballot.html", context, status=status)


def _over(request: HttpRequest, voter: Voter, unsaved: Sequence[tuple[str, str]] = ()) -> HttpResponse:
    context = {"vote": voter.vote, "session": voter.vote.session, "unsaved": unsaved}
    return render(request, "practice/voting/over.html", context, status=410)


def _form(voter: Voter, *data: Any, given: dict[int, int] | None = None) -> BallotForm:
    candidates = list(voter.vote.candidates.select_related("item"))
    return BallotForm(voter.vote, candidates, *data, given=given or {})


def _chosen(form: BallotForm) -> list[tuple[str, str]]:
    """What was chosen, as one reads it."""
    form.full_clean()
    return [
        (one.text, ngettext("%s dot", "%s dots", dots) % dots)
        for one in form.candidates
        if (dots := form.cleaned_data.get(f"c-{one.pk}") or 0)
    ]
