from __future__ import annotations

from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ambassadors import workflow
from ambassadors.admin.history import history_about
from ambassadors.admin.rosters import RosterPages
from ambassadors.forms import PersonAddForm, PlaceField
from ambassadors.models import Ambassador, User
from ambassadors.workflow.questions import question_ask
from foundation.admin_kit import SupportTeamAdmin
from foundation.richtext import safe
from foundation.workflow import TransitionRefused, record

AT_ONCE = 500
SAID_BY_THE_ROSTER = ["organization", "job_title", "role_labels", "sector", "place"]


@admin.register(Ambassador)
class AmbassadorAdmin(RosterPages, SupportTeamAdmin):
    """The roster. What somebody says of themselves is theirs: the team corrects a profile only until its owner has been invited."""

    list_display = ["person", "email", "organization", "place", "status", "joined_at"]
    list_filter = ["status", "sector", "tech_comfort", "place__country"]
    list_select_related = ["user", "organization", "place"]
    search_fields = [
        "user__name__unaccent",
        "user__email",
        "organization__name__unaccent",
        "place__name__unaccent",
        "place__country__unaccent",
    ]
    show_full_result_count = False
    list_per_page = 50
    filter_horizontal = ["role_labels"]
    raw_id_fields = ["organization"]
    actions = ["invite_selected", "ask_selected"]

    @admin.display(description=gettext_lazy("name"), ordering="user__sort_name")
    def person(self, ambassador: Ambassador) -> str:
        return ambassador.user.name

    @admin.display(description=gettext_lazy("where one can see it"))
    def links(self, ambassador: Ambassador) -> str:
        return "; ".join(f"{link['label']} ({link['url']})" for link in ambassador.evidence)

    @admin.display(description=gettext_lazy("about the person"))
    def about(self, ambassador: Ambassador) -> SafeString:
        return safe(ambassador.bio)

    @admin.display(description=gettext_lazy("walking the talk"))
    def walking(self, ambassador: Ambassador) -> SafeString:
        return safe(ambassador.walk_the_talk)

    @admin.display(description=gettext_lazy("e-mail address"))
    def email(self, ambassador: Ambassador) -> str:
        return ambassador.user.email

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [path("<int:pk>/move/<slug:word>/", view(self.ambassador_move), name="ambassador-move"), *super().get_urls()]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, **kwargs) if obj else PersonAddForm

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return PlaceField() if db_field.name == "place" else super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return list(PersonAddForm.base_fields)
        audiences = [f"{name}_audience" for name in Ambassador.SHOWN]
        about = [
            *SAID_BY_THE_ROSTER,
            "languages",
            "ask_me_about",
            "topics",
            "about",
            "walking",
            "links",
            "away_until",
            "hours_a_month",
            "tech_comfort",
        ]
        return ["person", "email", "slug", "status", "joined_at", *about, "listed_for", "alumni_listed_for", *audiences]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return []
        open_to_the_team = SAID_BY_THE_ROSTER if obj.status == Ambassador.Status.LISTED else []
        return [name for name in self.get_fields(request, obj) if name not in open_to_the_team]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # people leave or are removed: their words and their history stay

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        """A new person goes on the roster by the same way as everybody else."""
        if change:
            return super().save_form(request, form, change)
        return workflow.list_person(**form.cleaned_data, by=cast("User", request.user))

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        if change and form.changed_data:
            super().save_model(request, obj, form, change)
            record("corrected the profile", obj, by=cast("User", request.user), about=obj.user, note=", ".join(form.changed_data))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        if change:
            super().save_related(request, form, formsets, change)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
        ambassador = kwargs.get("obj") or (args[3] if len(args) > 3 else None)
        if ambassador is not None:
            user = cast("User", request.user)
            context |= {"moves": workflow.actions_for(user, ambassador), "history": history_about(ambassador.user, user)}
        return super().render_change_form(request, context, *args, **kwargs)

    def ambassador_move(self, request: HttpRequest, pk: int, word: str) -> HttpResponse:
        """Show what a move means, with a button; the button makes it."""
        ambassador = get_object_or_404(self.get_queryset(request), pk=pk)
        user = cast("User", request.user)
        offered = workflow.actions_for(user, ambassador)
        back = reverse("admin:ambassadors_ambassador_change", args=[pk])
        if word not in offered:
            messages.error(
                request, _("That cannot be done now: %s stands elsewhere by now, or it is not yours to do.") % ambassador
            )
            return redirect(back)
        if request.method == "POST" and self._move(request, ambassador, word):
            return redirect(back)
        context = {"ambassador": ambassador, "word": word, "label": offered[word], "back": back, "title": str(ambassador)}
        return TemplateResponse(request, "admin/ambassadors/ambassador/move.html", self.admin_site.each_context(request) | context)

    def _move(self, request: HttpRequest, ambassador: Ambassador, word: str) -> bool:
        _transition, function = workflow.MOVES[word]
        reason = {"reason": request.POST.get("reason", "")} if word == "remove" else {}
        try:
            function(ambassador, by=request.user, **reason)
        except TransitionRefused:
            messages.error(request, _("Somebody else has moved %s in the meantime.") % ambassador)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return False
        else:
            messages.success(request, _("%(name)s: %(state)s.") % {"name": ambassador, "state": ambassador.get_status_display()})
        return True

    @admin.action(description=gettext_lazy("Invite to sign in…"))
    def invite_selected(self, request: HttpRequest, people: QuerySet) -> HttpResponse | None:
        """Ask once more, then invite those of the chosen who wait for it."""
        waiting = list(people.filter(status=Ambassador.Status.LISTED).select_related("user")[: AT_ONCE + 1])
        if not waiting or len(waiting) > AT_ONCE:
            said = _("Nobody of them waits to be invited.") if not waiting else _("Invite at most %s people at once.") % AT_ONCE
            messages.warning(request, said)
            return None
        if request.POST.get("confirmed") != "yes":
            context = {"people": waiting, "others": people.count() - len(waiting), "title": _("Invite to sign in")}
            template = "admin/ambassadors/ambassador/invite_selected.html"
            return TemplateResponse(request, template, self.admin_site.each_context(request) | context)
        invited = sum(_is_invited(person, by=cast("User", request.user)) for person in waiting)
        messages.success(request, ngettext("%s person is invited.", "%s people are invited.", invited) % invited)
        return None

    @admin.action(description=gettext_lazy("Ask one question about the profile by mail"))
    def ask_selected(self, request: HttpRequest, people: QuerySet) -> None:
        """Ask each of the chosen the next thing their profile does not say. Nobody is pressed: see `question_ask`."""
        by, now = cast("User", request.user), timezone.now()
        chosen = people.filter(user__is_active=True).select_related("user").order_by("pk")[:AT_ONCE]
        available = Ambassador.objects.available_on(now)  # unscoped: asked of those whom the one who asks has chosen
        there = set(available.filter(pk__in=[person.pk for person in chosen]).values_list("pk", flat=True))
        asked = [person for person in chosen if person.pk in there and question_ask(person, by=by)]
        said = ngettext("%s person is asked by mail.", "%s people are asked by mail.", len(asked)) % len(asked)
        rest = _("Nobody is asked twice, who is away, who wants no such mail, or who left two questions without an answer.")
        messages.success(request, said if len(asked) == len(chosen) else f"{said} {rest}")


def _is_invited(person: Ambassador, *, by: User) -> bool:
    try:
        workflow.invite_to_sign_in(person, by=by)
    except TransitionRefused:  # a colleague pressed the same button
        return False
    return True
