"""The pages of a vote, for whoever runs the round."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ambassadors.models import User
from foundation.access import signed_in
from foundation.handed_back import words_of
from foundation.workflow import TransitionRefused
from practice.models import LearningSession, PriorityVote
from practice.results.reading import results_of
from practice.results.secrecy import since_of
from practice.voting import workflow
from practice.voting.candidates import offered, suggested
from practice.voting.forms import CancelForm, HandsForm, MoveForm, VoteForm
from practice.voting.reading import has_enough, outcome_of, vote_of


@signed_in
@require_http_methods(["GET", "POST"])
def vote_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose what is voted on, and how."""
    rows = LearningSession.objects.visible_to(request.user)
    session = get_object_or_404(
        rows.select_related("organization", "instrument_edition__edition", "follows__instrument_edition"), pk=pk
    )
    if session.status != LearningSession.Status.CLOSED:
        messages.warning(request, _("A vote comes from results: close the round first."))
        return redirect("practice:session-detail", session.pk)
    if (there := vote_of(request.user, session)) is not None and request.method == "GET":
        return redirect(there)
    hints = suggested(results_of(session, since=since_of(session)))
    form = VoteForm(offered(session), hints, request.POST or None)
    if form.is_valid():
        try:
            terms, words = form.terms(), form.cleaned_data["own"]
            vote = workflow.open_vote(session, terms, by=_person(request), items=form.chosen(), words=words)
        except ValidationError as refused:
            form.add_error(None, refused)
        except TransitionRefused:
            # Somebody else opened one at this moment: there is one a round, and this page says what was chosen here in vain.
            form.add_error(None, _("Somebody has opened a vote for this round meanwhile."))
        else:
            return redirect(vote)
    context = {"session": session, "form": form, "people": workflow.askable(session).count()}
    return render(request, "practice/voting/vote_new.html", context, status=422 if form.is_bound else 200)


@signed_in
@require_GET
def vote_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """How it stands, and once it is over what came of it."""
    return _page(request, _vote(request, pk))


@signed_in
@require_POST
def vote_hands(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what was counted in the room."""
    vote = _vote(request, pk)
    form = HandsForm(list(vote.candidates.select_related("item")), request.POST)
    if not form.is_valid():
        return _page(request, vote, counting=form)
    try:
        workflow.count_hands(vote, form.hands(), by=_person(request))
    except TransitionRefused:
        return _moved_on(request, vote)
    messages.success(request, _("It is written down."))
    return redirect(vote)


@signed_in
@require_POST
def vote_remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind those who have not voted, once."""
    vote = _vote(request, pk)
    try:
        workflow.remind(vote, by=_person(request))
    except TransitionRefused:
        return _moved_on(request, vote)
    messages.success(request, _("A reminder goes to whoever has not voted. Who that is, nobody is told."))
    return redirect(vote)


@signed_in
@require_POST
def vote_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it last to another day."""
    vote = _vote(request, pk)
    form = MoveForm(request.POST)
    if form.is_valid():
        try:
            workflow.move(vote, form.cleaned_data["ends_on"], by=_person(request))
        except ValidationError as refused:
            form.add_error(None, refused)
        except TransitionRefused:
            return _moved_on(request, vote)
        else:
            messages.success(request, _("The vote lasts to another day. Nobody was mailed."))
            return redirect(vote)
    return _page(request, vote, moving=form)


@signed_in
@require_POST
def vote_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take no more ballots."""
    vote = _vote(request, pk)
    try:
        workflow.end_vote(vote, by=_person(request))
    except TransitionRefused:
        return _moved_on(request, vote)
    messages.success(request, _("The vote is over. This is what came of it."))
    return redirect(vote)


@signed_in
@require_POST
def vote_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back before it is over."""
    vote = _vote(request, pk)
    form = CancelForm(request.POST)
    if not form.is_valid():
        return _page(request, vote, cancelling=form)
    try:
        workflow.cancel_vote(vote, by=_person(request), because=form.cleaned_data["because"])
    except TransitionRefused:
        messages.warning(request, _("It is over already, and is not taken back any more."))
        vote.refresh_from_db()
        return _page(request, vote, cancelling=form, is_late=True)
    messages.success(request, _("The vote is taken back. Nothing of it is shown."))
    return redirect("practice:session-guide", vote.session_id)


def _page(
    request: HttpRequest,
    vote: PriorityVote,
    *,
    counting: HandsForm | None = None,
    moving: MoveForm | None = None,
    cancelling: CancelForm | None = None,
    is_late: bool = False,
) -> HttpResponse:
    outcome = outcome_of(vote)
    candidates = list(vote.candidates.select_related("item")) if outcome is None else [row.candidate for row in outcome.rows]
    counts_hands = vote.by_hands or (outcome is not None and not outcome.has_dots)
    context = {
        "vote": vote,
        "session": vote.session,
        "outcome": outcome,
        "candidates": candidates,
        "asked": vote.voters.count(),
        "enough": vote.is_running and has_enough(vote),
        "may_remind": workflow.may_remind(vote),
        "counting": (counting or HandsForm(candidates)) if counts_hands and not vote.is_cancelled else None,
        "moving": moving or MoveForm(initial={"ends_on": timezone.localdate(vote.ends_at)}),
        "cancelling": cancelling or CancelForm(),
        "unsaved": words_of(cancelling) if cancelling and is_late else [],
    }
    refused = counting or moving or cancelling
    return render(request, "practice/voting/vote_detail.html", context, status=422 if refused else 200)


def _vote(request: HttpRequest, pk: int) -> PriorityVote:
    rows = PriorityVote.objects.visible_to(request.user).select_related("session__organization")
    found: PriorityVote = get_object_or_404(rows, pk=pk)
    return found


def _person(request: HttpRequest) -> User:
    return cast("User", request.user)


def _moved_on(request: HttpRequest, vote: PriorityVote) -> HttpResponse:
    messages.warning(request, _("This has changed meanwhile: here is how it stands now."))
    return redirect(vote)
