"""Where a pair writes, and where others take an answer up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from discussions import rules as talk
from discussions import workflow as talking
from foundation.richtext import clean, from_plain
from foundation.workflow import TransitionRefused
from welcome.first_look import page, preparing, rules
from welcome.first_look.answering import Saved, answers_of, boxes, save_answers, send_answers
from welcome.first_look.forms import LookAnswersForm, LookReplyForm
from welcome.first_look.views.looks import reader_of
from welcome.models import LookAnswer, LookPair

if TYPE_CHECKING:
    from django import forms


@require_GET
def look_pair_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The page on which the two of a pair write."""
    pair = _own_pair(request, pk)
    return _page(request, pair, LookAnswersForm(boxes=boxes(pair.look), known=answers_of(pair)))


@require_POST
def look_pair_save(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what is written; a script does so while one writes, and gets the new revisions."""
    pair = _own_pair(request, pk)
    form, saved = _saved(request, pair)
    if "autosave" in request.POST:
        return _as_data(pair, saved)
    if saved is None or saved.conflicts:
        return _page(request, pair, form)
    said = _("Saved, and read like this from now on.") if pair.is_sent else _("Kept for the two of you.")
    messages.success(request, said)
    return redirect(pair)


@require_POST
def look_pair_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep it, and let others read it."""
    pair = _own_pair(request, pk)
    form, saved = _saved(request, pair)
    if saved is None or saved.conflicts:
        return _page(request, pair, form)
    try:
        is_new = send_answers(pair, by=reader_of(request))
    except (ValidationError, TransitionRefused) as error:
        form.add_error(None, error.messages[0] if isinstance(error, ValidationError) else str(error))
        return _page(request, pair, form)
    messages.success(request, _("Sent, in both your names.") if is_new else _("It was sent already; what you changed is saved."))
    return redirect(pair.look)


@require_POST
def look_pair_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Rather not, this time."""
    pair = _own_pair(request, pk)
    try:
        preparing.step_back(pair, by=reader_of(request))
    except TransitionRefused as refused:
        messages.info(request, str(refused))
        return redirect(pair)
    messages.success(request, _("That is fine. Somebody else steps in."))
    return redirect("welcome:first-look-list")


@require_http_methods(["GET", "POST"])
def look_answer_reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something to an answer: it stands, with what it answers, in the conversation about the look."""
    answer, reader = _answer(request, pk), reader_of(request)
    thread = answer.pair.look.thread
    if thread is None or not talk.may_answer(reader, thread):
        raise PermissionDenied(_("The conversation about it takes nothing more from you."))
    form = LookReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        body, key = _quotation(answer) + form.cleaned_data["body"], form.cleaned_data["sent_key"]
        try:
            return redirect(talking.reply(thread, by=reader, body=body, is_rich=True, sent_key=key))
        except ValidationError as error:
            form.add_error("body", error)
    context = {"form": form, "answer": answer, "names": page.names_in(answer.pair), "look": answer.pair.look}
    return render(request, "welcome/first_look/look_answer_reply.html", context)


def _own_pair(request: HttpRequest, pk: int) -> Any:
    rows = LookPair.objects.of(reader_of(request))  # unscoped: one's own pairs
    return get_object_or_404(rows.select_related("look__space", "look__thread", "sent_by").with_people(), pk=pk)


def _answer(request: HttpRequest, pk: int) -> Any:
    rows = LookAnswer.objects.visible_to(request.user).filter(pair__status="sent")
    rows = rows.select_related("pair__look__thread__space", "question").prefetch_related("pair__seats__person")
    answer = get_object_or_404(rows, pk=pk)
    answer.pair.people = list(answer.pair.seats.all())
    return answer


def _saved(request: HttpRequest, pair: Any) -> tuple[LookAnswersForm, Saved | None]:
    """Save what the form says; None with an error on it. Where the other has written meanwhile, the form says what."""
    asked = boxes(pair.look)
    form = LookAnswersForm(request.POST, boxes=asked, known=answers_of(pair))
    if not form.is_valid():
        return form, None
    try:
        saved = save_answers(pair, form.said(), by=reader_of(request))
    except (ValidationError, TransitionRefused, PermissionDenied) as error:
        form.add_error(None, error.messages[0] if isinstance(error, ValidationError) else str(error))
        return form, None
    if saved.conflicts or saved.changed:
        form = _with_revisions(request, pair, saved)
    return form, saved


def _with_revisions(request: HttpRequest, pair: Any, saved: Saved) -> LookAnswersForm:
    """The form as it was sent, upon what stands there now: pressed again, it is written knowing of the other's words."""
    known, data = answers_of(pair), request.POST.copy()
    for box in boxes(pair.look):
        there = known.get((box.question.pk, box.part))
        data[f"revision_{box.number}"] = str(there.revision if there else 0)
    form = LookAnswersForm(data, boxes=boxes(pair.look), known=known)
    form.is_valid()
    for number, words in saved.conflicts.items():
        said = _("Your partner wrote here in the meantime: “%(words)s”. Put the two together, and press again.")
        form.add_error(
            f"answer_{number}", (said % {"words": words}) if words else _("Your partner took this back in the meantime.")
        )
    return form


def _as_data(pair: Any, saved: Saved | None) -> JsonResponse:
    if saved is None:
        return JsonResponse({"revisions": {}, "conflicts": []}, status=400)
    known = answers_of(pair)
    revisions = {
        box.number: there.revision if (there := known.get((box.question.pk, box.part))) else 0
        for box in boxes(pair.look)
        if box.number not in saved.conflicts
    }
    return JsonResponse({"revisions": revisions, "conflicts": sorted(saved.conflicts)})


def _quotation(answer: LookAnswer) -> str:
    """The answer under the names of its pair, which lead back to it."""
    by = _("%(names)s found") % {"names": page.names_in(answer.pair)}
    head = format_html('<p><a href="{}">{}</a>:</p>', answer.get_absolute_url(), by)
    return clean(f"{head}<blockquote>{mark_safe(from_plain(answer.words))}</blockquote>")  # noqa: S308  cleaned as a whole


def _page(request: HttpRequest, pair: Any, form: forms.Form) -> HttpResponse:
    reader = reader_of(request)
    others = [seat.person for seat in pair.people if seat.person_id != reader.pk and seat.person.is_member]
    context = {
        "pair": pair,
        "look": pair.look,
        "form": form,
        "names": str(_(" and ")).join(person.shown_name for person in others),
        "may_write": rules.may_write(reader, pair),
    }
    return render(request, "welcome/first_look/look_pair_detail.html", context)
