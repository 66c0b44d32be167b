"""The vetting leads' pages for slates: put together from cases that are ready, looked at as the mail will look, opened, closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from ambassadors.models import AdmissionRules, Nomination, Slate, SlateEntry, User
from ambassadors.nominations.rules import opens_queue
from ambassadors.slates import tally, workflow
from ambassadors.slates.choosing import ready_for
from ambassadors.slates.days import end_after, end_of_day
from ambassadors.slates.previewing import preview
from ambassadors.slates.rules import leads
from ambassadors.vetting.composing import composition_with
from foundation.admin_kit import ReadOnlyAdmin
from foundation.workflow import TransitionRefused


class WordsForm(forms.ModelForm):
    """The title, and the few lines above the nominees."""

    class Meta:
        model = Slate
        fields = ["title", "intro"]
        widgets = {"intro": forms.Textarea(attrs={"rows": 3})}


class TextForm(forms.Form):
    """What all ambassadors read of one nominee."""

    text = forms.CharField(label=gettext_lazy("Text"), required=False, max_length=1200, widget=forms.Textarea(attrs={"rows": 5}))


class DayForm(forms.Form):
    """The day at whose end it closes."""

    closes_on = forms.DateField(
        label=gettext_lazy("Open until the end of"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


def _by(request: HttpRequest) -> User:
    return cast("User", request.user)


@admin.register(Slate)
class SlateAdmin(ReadOnlyAdmin):
    """For those who lead or decide. Being of the support team is not enough."""

    list_display = ["title", "status", "opened_at", "closes_at", "nominees"]
    list_filter = ["status"]
    search_fields = ["title__unaccent"]
    ordering = ["-opened_at", "-pk"]
    list_per_page = 50
    actions = None
    show_full_result_count = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return opens_queue(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return request.user.is_authenticated and leads(_by(request))

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).with_number_of_nominees()  # type: ignore[attr-defined]

    @admin.display(description=gettext_lazy("nominees"))
    def nominees(self, slate: Any) -> int:
        return int(slate.number_of_nominees)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return WordsForm

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Slate:
        return workflow.begin(form.cleaned_data["title"], form.cleaned_data["intro"], by=_by(request))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """It is saved: beginning it was a step of the workflow."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """There is nothing beside it."""

    def get_urls(self) -> list[URLPattern]:
        def at(route: str, view: Callable[..., HttpResponse], name: str, only: Any = require_POST) -> URLPattern:
            page: URLPattern = path(route, self.admin_site.admin_view(only(view)), name=name)
            return page

        return [
            at("<int:pk>/write/", self.slate_write, "slate-write"),
            at("<int:pk>/add/", self.slate_add, "slate-add"),
            at("<int:pk>/preview/", self.slate_preview, "slate-preview", require_GET),
            at("<int:pk>/mail/", self.slate_mail, "slate-mail", require_GET),
            at("<int:pk>/open/", self.slate_open, "slate-open"),
            at("<int:pk>/extend/", self.slate_extend, "slate-extend"),
            at("<int:pk>/close/", self.slate_close, "slate-close"),
            at("<int:pk>/discard/", self.slate_discard, "slate-discard"),
            at("nominees/<int:pk>/reword/", self.entry_reword, "entry-reword"),
            at("nominees/<int:pk>/up/", self.entry_up, "entry-up"),
            at("nominees/<int:pk>/remove/", self.entry_remove, "entry-remove"),
            at("nominees/<int:pk>/take-off/", self.entry_take_off, "entry-take-off"),
            *super().get_urls(),
        ]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """One slate, with a button for each move that is open now; whoever begins one fills Django's own form."""
        if object_id is None:
            answer: HttpResponse = super().changeform_view(request, None, form_url, extra_context)
            return answer
        return self._page(request, self._slate(request, int(object_id) if object_id.isdecimal() and len(object_id) < 18 else 0))

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        return redirect("admin:ambassadors_slate_change", obj.pk)

    def _slate(self, request: HttpRequest, pk: int) -> Slate:
        if not self.has_view_permission(request):
            raise PermissionDenied
        found: Slate = get_object_or_404(self.get_queryset(request), pk=pk)
        return found

    def _entry(self, request: HttpRequest, pk: int) -> SlateEntry:
        """One nominee whose case the reader may read."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found: SlateEntry = get_object_or_404(_entries(request).select_related("slate", "nomination"), pk=pk)
        return found

    def _page(self, request: HttpRequest, slate: Slate, **forms_that_came_back: Any) -> HttpResponse:
        by = _by(request)
        entries = list(_entries(request).filter(slate=slate).select_related("nomination", "slate").order_by("number"))
        context = {
            "slate": slate,
            "title": slate.title,
            "is_lead": leads(by),
            "entries": entries,
            "hidden": slate.entries.count() - len(entries),
            "composition": composition_with([one.nomination_id for one in entries], by)
            if slate.status != Slate.Status.CLOSED
            else [],
            **self._forms_of(slate, entries, by),
            **forms_that_came_back,
        }
        template = "admin/ambassadors/slate/slate.html"
        return TemplateResponse(request, template, self.admin_site.each_context(request) | context)

    def _forms_of(self, slate: Slate, entries: list[SlateEntry], by: User) -> dict[str, Any]:
        if slate.status == Slate.Status.CLOSED:
            return {"tallies": tally.of_slate(by, slate)}
        if slate.status == Slate.Status.OPEN:
            return {"extend_form": DayForm()}
        texts = [TextForm(initial={"text": one.nomination.slate_text}, auto_id=f"id_{one.pk}_%s") for one in entries]
        return {
            "words_form": WordsForm(instance=slate),
            "rows": list(zip(entries, texts, strict=True)),
            "ready": ready_for(by, slate),
        }

    def _do(self, request: HttpRequest, slate: Slate, act: Callable[[], Any], said: str) -> HttpResponse:
        """Act, say so, and come back to the page; what is refused is said in a sentence, and nothing is changed."""
        try:
            act()
        except TransitionRefused:
            messages.warning(request, _("A colleague was quicker: the slate stands elsewhere by now."))
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        else:
            messages.success(request, said)
        return redirect("admin:ambassadors_slate_change", slate.pk)

    def slate_write(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Word the title and the lines above the nominees."""
        slate = self._slate(request, pk)
        form = WordsForm(request.POST)
        if not form.is_valid():
            return self._page(request, slate, words_form=form)
        words = form.cleaned_data
        return self._do(request, slate, lambda: workflow.write(slate, words["title"], words["intro"], by=_by(request)), _("Saved."))

    def slate_add(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Put those on it who were ticked."""
        slate, by = self._slate(request, pk), _by(request)
        keys = {key for key in request.POST.getlist("case") if key.isdecimal() and len(key) < 18}
        cases = list(Nomination.objects.visible_to(by).filter(pk__in=keys).order_by("submitted_at", "pk"))
        if not cases:
            messages.info(request, _("Tick those whom you want to put on it."))
            return redirect("admin:ambassadors_slate_change", pk)
        return self._do(request, slate, lambda: workflow.add(slate, cases, by=by), _("They are on it."))

    def slate_preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What each ambassador gets, and below it the button that opens it exactly so."""
        slate = self._slate(request, pk)
        last = timezone.localdate(end_after(AdmissionRules.current().slate_days), timezone.get_default_timezone())
        context = {
            "slate": slate,
            "title": _("As everybody will read it"),
            "mail": preview(_by(request), slate, end_of_day(last)),
            "version": workflow.version_of(slate),
            "form": DayForm(initial={"closes_on": last}),
            "zone": timezone.get_default_timezone_name(),
            "may_open": workflow.OPEN.offered_to(_by(request), slate),
        }
        template = "admin/ambassadors/slate/preview.html"
        return TemplateResponse(request, template, self.admin_site.each_context(request) | context)

    def slate_mail(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The HTML part of the mail, on a page of its own."""
        slate = self._slate(request, pk)
        return HttpResponse(preview(_by(request), slate, slate.closes_at or end_after(AdmissionRules.current().slate_days)).html)

    def slate_open(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Open it as it was looked at."""
        slate, form = self._slate(request, pk), DayForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Choose the day on which it closes."))
            return redirect("admin:slate-preview", pk)
        version, day = request.POST.get("version", ""), form.cleaned_data["closes_on"]
        said = _("It is open. Each active ambassador gets one mail.")
        return self._do(request, slate, lambda: workflow.open_slate(slate, version=version, closes_on=day, by=_by(request)), said)

    def slate_extend(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Keep it open longer."""
        slate, form = self._slate(request, pk), DayForm(request.POST)
        if not form.is_valid():
            return self._page(request, slate, extend_form=form)
        day = form.cleaned_data["closes_on"]
        return self._do(request, slate, lambda: workflow.extend(slate, day, by=_by(request)), _("It is open longer."))

    def slate_close(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take no more answers that count."""
        slate = self._slate(request, pk)
        return self._do(request, slate, lambda: workflow.close(slate, by=_by(request)), _("It is closed."))

    def slate_discard(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Throw away what was never opened."""
        slate = self._slate(request, pk)
        try:
            workflow.discard(slate, by=_by(request))
        except TransitionRefused:
            messages.warning(request, _("A colleague was quicker: it is open."))
        else:
            messages.success(request, _("It is thrown away. Its cases stay in vetting."))
        return redirect("admin:ambassadors_slate_changelist")

    def entry_reword(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Word the text about one nominee."""
        entry, text = self._entry(request, pk), request.POST.get("text", "")[:1200]
        return self._do(request, entry.slate, lambda: workflow.reword(entry, text, by=_by(request)), _("Saved."))

    def entry_up(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One place earlier."""
        entry = self._entry(request, pk)
        return self._do(request, entry.slate, lambda: workflow.move_up(entry, by=_by(request)), _("Moved up."))

    def entry_remove(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Off the slate that is being put together."""
        entry = self._entry(request, pk)
        return self._do(
            request, entry.slate, lambda: workflow.remove(entry, by=_by(request)), _("Taken off. The case stays in vetting.")
        )

    def entry_take_off(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Off the open slate, and back to vetting."""
        entry = self._entry(request, pk)
        said = _("Taken off: nothing more is asked about them.")
        return self._do(request, entry.slate, lambda: workflow.take_off(entry, by=_by(request)), said)


def _entries(request: HttpRequest) -> Any:
    """Those whose cases the reader leads or decides about, whatever all others can see."""
    return SlateEntry.objects.visible_to(request.user).filter(
        nomination__in=Nomination.objects.visible_to(request.user).led_by(request.user)
    )
