"""One case: everything side by side, and a form for each move that is allowed now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ambassadors.models import AdmissionRules, Concern, Decision, Nomination, User, VettingAssignment
from ambassadors.nominations import moves, rules
from ambassadors.nominations.panel import doubles_panel
from ambassadors.slates.tally import of_case
from ambassadors.vetting import moves as vetting_moves
from ambassadors.vetting import workflow
from ambassadors.vetting.admin.forms import AssignForm, DecideForm, RaiseForm, SettleForm, SubstituteForm
from ambassadors.vetting.casefile import nomination_lines, side_by_side
from ambassadors.vetting.composing import composition_with
from ambassadors.vetting.rules import UNDER_WAY
from ambassadors.vetting.suggesting import Candidate, candidates
from foundation.models import HistoryEntry
from foundation.panels import panels_for
from foundation.workflow import TransitionRefused

LINES = 100


class CasePages:
    """The page of a case in the admin, and its addresses."""

    admin_site: AdminSite
    get_queryset: Callable[[HttpRequest], Any]

    def case_urls(self) -> list[URLPattern]:
        """One address for each thing that can be done."""

        def post(route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
            return path(route, self.admin_site.admin_view(require_POST(view)), name=name)

        return [
            post("<int:pk>/take-up/", self.nomination_take_up, "nomination-take-up"),
            post("<int:pk>/assign/", self.nomination_assign, "nomination-assign"),
            post("<int:pk>/decide/", self.nomination_decide, "nomination-decide"),
            post("<int:pk>/look-again/", self.nomination_look_again, "nomination-look-again"),
            post("<int:pk>/step-back/", self.nomination_step_back, "nomination-step-back"),
            post("<int:pk>/concern/", self.nomination_concern, "nomination-concern"),
            post("assignments/<int:pk>/substitute/", self.assignment_substitute, "assignment-substitute"),
            post("assignments/<int:pk>/take-back/", self.assignment_take_back, "assignment-take-back"),
            post("concerns/<int:pk>/settle/", self.concern_settle, "concern-settle"),
        ]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The case, to be read; whatever moves it is a button with an address of its own."""
        key = object_id or ""
        return self._page(request, self._case(request, int(key) if key.isdecimal() and len(key) < 18 else 0))

    def _case(self, request: HttpRequest, pk: int) -> Nomination:
        rows = self.get_queryset(request).select_related("criteria", "nominator", "sector", "joined_to")
        found: Nomination = get_object_or_404(rows, pk=pk)
        return found

    def _page(self, request: HttpRequest, case: Nomination, wrong: tuple[str, Form] | None = None) -> HttpResponse:
        """The page, with the form of that name as it came back where one was refused."""
        reader = cast("User", request.user)
        forms = CaseForms(case, reader, wrong)
        context = {"case": case, "title": str(case), "forms": forms, **_told(case, reader, forms)}
        context["panels"] = panels_for(request, "case", case)
        context["back"] = reverse("admin:ambassadors_nomination_change", args=[case.pk])
        template = "admin/ambassadors/nomination/case.html"
        return TemplateResponse(request, template, self.admin_site.each_context(request) | context)

    def _do(
        self, request: HttpRequest, case: Nomination, act: Callable[[], Any], said: str, form: tuple[str, Form] | None = None
    ) -> HttpResponse:
        """Act, say so, and come back to the page; with what was written, where it was refused."""
        try:
            act()
        except TransitionRefused:
            messages.warning(request, _("A colleague was quicker: the case stands elsewhere by now."))
        except ValidationError as refused:
            if form is None:
                messages.error(request, refused.messages[0])
            else:
                _add_errors(form[1], refused)
                return self._page(request, self._case(request, case.pk), form)
        else:
            messages.success(request, said)
        return redirect("admin:ambassadors_nomination_change", case.pk)

    def nomination_take_up(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say that the team has begun with it."""
        case = self._case(request, pk)
        return self._do(request, case, lambda: workflow.take_up(case, by=cast("User", request.user)), _("It is in vetting now."))

    def nomination_assign(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Give the case to those who were ticked."""
        case, by = self._case(request, pk), cast("User", request.user)
        form = AssignForm(candidates(case), request.POST)
        if not form.is_valid():
            return self._page(request, case, ("assign", form))
        vetters = list(User.objects.visible_to(by).filter(pk__in=form.cleaned_data["vetters"]))
        away = form.cleaned_data["even_away"]
        act = lambda: workflow.assign(case, vetters, by=by, even_away=away)  # noqa: E731
        return self._do(request, case, act, _("Given. Each of them is told by mail."), ("assign", form))

    def nomination_decide(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Decide, as it was read."""
        case, by = self._case(request, pk), cast("User", request.user)
        form = DecideForm(request.POST)
        if not form.is_valid():
            return self._page(request, case, ("decide", form))
        act = lambda: workflow.decide(case, by=by, **form.cleaned_data)  # noqa: E731
        return self._do(request, case, act, _("Decided. The nominator gets the words that you wrote for them."), ("decide", form))

    def nomination_look_again(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take a “not now” up before its day."""
        case = self._case(request, pk)
        return self._do(
            request, case, lambda: workflow.look_again(case, by=cast("User", request.user)), _("It is in vetting again.")
        )

    def nomination_step_back(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Have nothing to do with it any more."""
        workflow.step_back(self._case(request, pk), by=cast("User", request.user))
        messages.success(request, _("You have stepped back. The case is closed to you from now on."))
        return redirect("admin:ambassadors_nomination_changelist")

    def nomination_concern(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Write a concern down, for the leads."""
        case, form = self._case(request, pk), RaiseForm(request.POST)
        if not form.is_valid():
            return self._page(request, case, ("concern", form))
        text = form.cleaned_data["text"]
        return self._do(
            request, case, lambda: workflow.raise_concern(case, text, by=cast("User", request.user)), _("The leads have it.")
        )

    def assignment_substitute(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Let somebody else assess in the place of one who is away or silent."""
        one, by = self._assignment(request, pk), cast("User", request.user)
        form = SubstituteForm(candidates(one.nomination), request.POST)
        if not form.is_valid():
            return self._page(request, self._case(request, one.nomination_id), (f"substitute-{pk}", form))
        vetter = get_object_or_404(User.objects.visible_to(by), pk=form.cleaned_data["vetter"])
        away = form.cleaned_data["even_away"]
        act = lambda: workflow.substitute(one, vetter, by=by, even_away=away)  # noqa: E731
        return self._do(request, one.nomination, act, _("Passed on. Both are told by mail."), (f"substitute-{pk}", form))

    def assignment_take_back(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take it out of somebody's hands."""
        one = self._assignment(request, pk)
        return self._do(
            request,
            one.nomination,
            lambda: workflow.take_back(one, by=cast("User", request.user)),
            _("Taken back. They are told by mail."),
        )

    def concern_settle(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say what came of a concern."""
        led = self.get_queryset(request).values("pk")
        one = get_object_or_404(
            Concern.objects.visible_to(request.user).filter(nomination__in=led).select_related("nomination"), pk=pk
        )
        form = SettleForm(request.POST)
        if not form.is_valid():
            return self._page(request, self._case(request, one.nomination_id), (f"settle-{pk}", form))
        outcome = form.cleaned_data["outcome"]
        return self._do(
            request,
            one.nomination,
            lambda: workflow.settle(one, outcome, by=cast("User", request.user)),
            _("Kept with the concern."),
        )

    def _assignment(self, request: HttpRequest, pk: int) -> VettingAssignment:
        led = self.get_queryset(request).values("pk")
        rows = VettingAssignment.objects.visible_to(request.user).filter(nomination__in=led).select_related("nomination", "vetter")
        return get_object_or_404(rows, pk=pk)


def _add_errors(form: Form, refused: ValidationError) -> None:
    if not hasattr(refused, "error_dict"):
        form.add_error(None, refused)
        return
    for name, errors in refused.message_dict.items():
        form.add_error(name if name in form.fields else None, errors)


class CaseForms:
    """The forms of the moves that are open to the reader now; the one that came back stands in its place."""

    def __init__(self, case: Nomination, reader: User, wrong: tuple[str, Form] | None) -> None:
        self.case, self.reader = case, reader
        self.wrong_name = wrong[0] if wrong else ""
        self.wrong: Form | None = wrong[1] if wrong else None
        self.is_lead = rules.leads(reader, case)
        self.decides = rules.decides(reader, case)
        self.able: list[Candidate] = candidates(case) if self.is_lead and case.status in UNDER_WAY else []

    def _given(self, name: str, fresh: Callable[[], Form]) -> Form:
        return self.wrong if self.wrong is not None and self.wrong_name == name else fresh()

    @property
    def take_up(self) -> bool:
        return self.is_lead and self.case.status in moves.TAKE_UP.sources

    @property
    def look_again(self) -> bool:
        return (self.is_lead or self.decides) and self.case.status in moves.LOOK_AGAIN.sources

    @property
    def assign(self) -> Form | None:
        if not self.is_lead or self.case.status not in UNDER_WAY:
            return None
        has: Any = getattr(self.case, "counted", 0)
        most = max(0, AdmissionRules.current().vetters_a_case - has)
        return self._given("assign", lambda: AssignForm(self.able, most=most))

    @property
    def decide(self) -> Form | None:
        if not self.decides or not any(self.case.status in move.sources for move in workflow.DECISIONS.values()):
            return None
        form = self._given("decide", lambda: DecideForm(initial={"revision": self.case.revision}))
        outcome: Any = form.fields["outcome"]
        outcome.choices = [
            (word.value, word.label) for word, move in workflow.DECISIONS.items() if self.case.status in move.sources
        ]
        return form

    @property
    def concern(self) -> Form:
        return self._given("concern", RaiseForm)

    def substitute(self, one: VettingAssignment) -> Form | None:
        """For one that waits."""
        if not self.is_lead or one.status not in vetting_moves.REPLACE.sources or self.case.status not in UNDER_WAY:
            return None
        return self._given(f"substitute-{one.pk}", lambda: SubstituteForm(self.able))

    def settle(self, one: Concern) -> Form | None:
        """For one that is open."""
        is_open = self.is_lead and one.status in vetting_moves.SETTLE.sources
        return self._given(f"settle-{one.pk}", SettleForm) if is_open else None


def _told(case: Nomination, reader: User, forms: CaseForms) -> dict[str, Any]:
    """What the page shows, all of it through what the reader may see."""
    assignments = list(
        VettingAssignment.objects.visible_to(reader).filter(nomination=case).select_related("vetter").order_by("assigned_at", "pk")
    )
    concerns = list(Concern.objects.visible_to(reader).filter(nomination=case).select_related("author")) if forms.is_lead else []
    is_open = case.status not in {"declined", "withdrawn", "joined to another", "not now"}
    return {
        "roles": list(case.role_labels.all()),
        "lines": nomination_lines(case),
        "side": side_by_side(case, reader),
        "assignments": [(one, forms.substitute(one)) for one in assignments],
        "owes": any(one.vetter_id == reader.pk and one.status == "assigned" for one in assignments),
        "concerns": [(one, forms.settle(one)) for one in concerns],
        "decisions": list(Decision.objects.visible_to(reader).filter(nomination=case).select_related("by")),
        "doubles": doubles_panel(case, reader),
        "tallies": of_case(reader, case),
        "composition": composition_with([case.pk], reader) if is_open else [],
        "history": _history(case, assignments, concerns),
    }


def _history(case: Nomination, assignments: list[VettingAssignment], concerns: list[Concern]) -> list[HistoryEntry]:
    """Each step of the case, of its assignments and, for a lead, of its concerns."""
    kinds = ContentType.objects.get_for_models(Nomination, VettingAssignment, Concern)  # unscoped: kinds of rows, and no rows
    rows: dict[Any, list[Any]] = {Nomination: [case], VettingAssignment: assignments, Concern: concerns}
    wanted = Q(pk__in=[])
    for model, found in rows.items():
        wanted |= Q(target_type=kinds[model], target_id__in=[str(one.pk) for one in found])
    lines = HistoryEntry.objects.filter(wanted)  # unscoped: of a case that the reader leads, which staff as such do not see
    return list(lines.order_by("-at", "-pk")[:LINES])
