"""The support team's pages for the menu, for who offers what, and for what is asked of them."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from ambassadors.engagement import workflow
from ambassadors.engagement.forms import RequestForm
from ambassadors.engagement.querysets import EngagementOfferQuerySet
from ambassadors.models import EngagementAsk, EngagementExample, EngagementOffer, EngagementOption, EngagementRequest, User
from foundation.admin_kit import ReadOnlyAdmin, SupportTeamAdmin
from foundation.fields import AdminRichTextWidget
from foundation.richtext import safe
from foundation.workflow import TransitionRefused, record


class ExampleInline(admin.TabularInline):
    model = EngagementExample
    extra = 1
    fields = ["text", "action_label", "action", "position"]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True  # the page of the option has asked already

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


@admin.register(EngagementOption)
class EngagementOptionAdmin(SupportTeamAdmin):
    """The menu, which the community words as it likes."""

    list_display = ["name", "position", "is_offered"]
    list_editable = ["position", "is_offered"]
    fields = ["name", "slug", "text", "icon", "position", "is_offered", "welcomes", "speaks", "passes_on"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [ExampleInline]
    actions = None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or not obj.offers.exists())

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if form.changed_data or any(formset.has_changed() for formset in formsets):
            record("wrote the engagement menu", form.instance, by=cast("User", request.user), note=", ".join(form.changed_data))


class Availability(admin.SimpleListFilter):
    """Who can be asked now."""

    title = gettext_lazy("availability")
    parameter_name = "available"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("now", gettext_lazy("available this month")), ("not now", gettext_lazy("pausing or away"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        now = timezone.now()
        if self.value() == "now":
            return queryset.available_on(now)
        if self.value() == "not now":
            return queryset.exclude(pk__in=queryset.available_on(now).values("pk"))
        return queryset


@admin.register(EngagementOffer)
class EngagementOfferAdmin(ReadOnlyAdmin):
    """Who is willing to do what. From here the team asks them."""

    list_display = ["person", "option", "frequency", "note", "pause"]
    list_display_links = None
    list_filter = [Availability, "option", "frequency"]
    list_select_related = ["ambassador__user", "option"]
    search_fields = ["ambassador__user__name__unaccent", "note__unaccent"]
    ordering = ["option__position", "ambassador__user__sort_name", "pk"]
    show_full_result_count = False
    list_per_page = 50
    actions = ["ask_selected"]

    @admin.display(description=gettext_lazy("name"), ordering="ambassador__user__sort_name")
    def person(self, offer: EngagementOffer) -> str:
        return offer.ambassador.user.name

    @admin.display(description=gettext_lazy("pause"))
    def pause(self, offer: EngagementOffer) -> str:
        return " to ".join(str(day) for day in (offer.paused_from, offer.paused_until) if day) or "—"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [path("ask/", view(require_POST(self.engagement_ask)), name="engagement-ask"), *super().get_urls()]

    @admin.action(description=gettext_lazy("Ask them…"))
    def ask_selected(self, request: HttpRequest, offers: EngagementOfferQuerySet) -> HttpResponse | None:
        """Write to the chosen; the next page says who would be left out, and why."""
        chosen = list(offers.with_person()[: workflow.AT_ONCE + 1])
        if len({one.option_id for one in chosen}) != 1 or len(chosen) > workflow.AT_ONCE:
            messages.warning(
                request, _("Choose up to %s people who offer the same thing: filter the list first.") % workflow.AT_ONCE
            )
            return None
        return self._page(request, chosen, _request_form())

    def engagement_ask(self, request: HttpRequest) -> HttpResponse:
        """Send the request to those who can be asked now."""
        keys = [key for key in request.POST.getlist("offer") if key.isdecimal() and len(key) < 18]
        chosen = list(EngagementOffer.objects.visible_to(request.user).with_person().filter(pk__in=keys))
        form = _request_form(request)
        if not form.is_valid():
            return self._page(request, chosen, form)
        try:
            made, asked = workflow.ask(chosen, by=cast("User", request.user), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
            return self._page(request, chosen, form)
        _say(request, asked)
        return redirect("admin:ambassadors_engagementrequest_change", made.pk)

    def _page(self, request: HttpRequest, chosen: list[EngagementOffer], form: RequestForm) -> HttpResponse:
        asked = workflow.sort_out(chosen, timezone.now())
        context = {"offers": chosen, "asked": asked, "form": form, "title": _("Ask for what they offered")}
        context |= {"option": chosen[0].option if chosen else "", "media": self.media + form.media}
        template = "admin/ambassadors/engagementoffer/ask.html"
        return TemplateResponse(request, template, self.admin_site.each_context(request) | context)


def _request_form(request: HttpRequest | None = None) -> RequestForm:
    form = RequestForm(request.POST if request else None)
    form.fields["body"].widget = AdminRichTextWidget()
    return form


def _say(request: HttpRequest, asked: workflow.Asked) -> None:
    count = len(asked.people)
    messages.success(request, ngettext("%s person is asked.", "%s people are asked.", count) % count)
    for person, reason in asked.skipped:
        messages.info(request, _("%(name)s was left out: %(reason)s.") % {"name": person, "reason": reason})


class AskInline(admin.TabularInline):
    """Who was asked, and what they said."""

    model = EngagementAsk
    extra = 0
    can_delete = False
    fields = ["person", "answer", "word", "answered_at", "door"]
    readonly_fields = ["person", "answer", "word", "answered_at", "door"]

    def get_queryset(self, request: HttpRequest) -> Any:
        asks = EngagementAsk.objects.visible_to(request.user)
        return asks.select_related("person", "request").order_by("person__sort_name", "pk")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True  # the page of the request has asked already

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False


@admin.register(EngagementRequest)
class EngagementRequestAdmin(ReadOnlyAdmin):
    """What was asked of whom. A new request begins at the list of those who offer something."""

    list_display = ["subject", "option", "asked_at", "needed_by", "yes", "answered", "asked", "status"]
    list_filter = ["status", "option"]
    search_fields = ["subject"]
    list_select_related = ["option"]
    fields = ["subject", "option", "text", "needed_by", "by", "asked_at", "status"]
    inlines = [AskInline]
    actions = None
    view_on_site = False  # the page on the site is for whoever is asked

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).with_tally()  # type: ignore[attr-defined]

    @admin.display(description=gettext_lazy("what you ask for"))
    def text(self, made: EngagementRequest) -> str:
        return safe(made.body)

    @admin.display(description=gettext_lazy("yes"))
    def yes(self, made: Any) -> int:
        return int(made.yes_count)

    @admin.display(description=gettext_lazy("answers"))
    def answered(self, made: Any) -> int:
        return int(made.answer_count)

    @admin.display(description=gettext_lazy("asked"))
    def asked(self, made: Any) -> int:
        return int(made.ask_count)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        close = view(require_POST(self.engagement_request_close))
        return [path("<int:pk>/close/", close, name="engagement-request-close"), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
        made = kwargs.get("obj") or (args[3] if len(args) > 3 else None)
        context["may_close"] = made is not None and workflow.CLOSE.offered_to(cast("User", request.user), made)
        return super().render_change_form(request, context, *args, **kwargs)

    def engagement_request_close(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take no more answers."""
        made = get_object_or_404(self.get_queryset(request), pk=pk)
        try:
            workflow.close(made, by=cast("User", request.user))
        except TransitionRefused:
            messages.warning(request, _("A colleague has closed it already."))
        return redirect(reverse("admin:ambassadors_engagementrequest_change", args=[pk]))
