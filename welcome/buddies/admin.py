"""The support team's board of buddies: suggestions to decide about, the matches, and the pool with its load."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from ambassadors.models import User
from foundation.admin_kit import ReadOnlyAdmin, SupportTeamAdmin
from foundation.models import Via
from foundation.workflow import TransitionRefused, record
from welcome.buddies import board, workflow
from welcome.buddies.reasons import sentences
from welcome.buddies.suggesting import NEVER_OVERRULED
from welcome.models import Buddy, BuddyMatch, BuddyText, WelcomeRules

BOARD = "admin:welcome_buddymatch_changelist"


@admin.register(BuddyMatch)
class BuddyMatchAdmin(ReadOnlyAdmin):
    """Newcomers and their buddies: above what waits for the team, below all matches by state."""

    list_display = ["newcomer", "buddy", "status", "proposed_at", "welcomed_at", "takes_over"]
    list_filter = ["status"]
    list_select_related = ["newcomer", "buddy__person"]
    search_fields = ["newcomer__name__unaccent", "buddy__person__name__unaccent"]
    ordering = ["-proposed_at", "-pk"]
    show_full_result_count = False
    list_per_page = 50
    actions = None
    view_on_site = False
    fields = [
        "newcomer",
        "buddy",
        "status",
        "why",
        "proposed_at",
        "confirmed_at",
        "send_at",
        "welcomed_at",
        "ended_at",  # not why: that a newcomer asked for somebody else is told to nobody
    ]
    change_list_template = "admin/welcome/buddymatch/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/confirm/", view(require_POST(self.match_confirm)), name="match-confirm"),
            path("<int:pk>/another/", view(require_POST(self.match_another)), name="match-another"),
            path("newcomer/<int:pk>/", view(require_GET(self.match_choices)), name="match-choices"),
            path("newcomer/<int:pk>/choose/", view(require_POST(self.match_choose)), name="match-choose"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        context: dict[str, Any] = {"title": _("Newcomers and buddies"), "is_board": not request.GET}
        if not request.GET:
            by = cast("User", request.user)
            context["suggested"], context["suggested_number"] = board.suggested(by)
            context["unmatched"], context["unmatched_number"] = board.unmatched()
            context["states"] = board.by_state(by)
        page: HttpResponse = super().changelist_view(request, context | (extra_context or {}))
        return page

    @admin.display(description=gettext_lazy("what speaks for it"))
    def why(self, match: BuddyMatch) -> str:
        return " ".join(sentences(match.reasons)) or "—"

    def match_confirm(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take the suggested buddy: the welcome is on its way."""
        match = self._match(request, pk)
        return self._try(request, lambda: workflow.confirm(match, by=_by(request)), _("Confirmed: the welcome is on its way."))

    def match_another(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Suggest somebody else."""
        match = self._match(request, pk)

        def move() -> None:
            if workflow.another(match, by=_by(request)) is None:
                raise ValidationError(_("Nobody else suits at the moment. You can choose by hand."))

        return self._try(request, move, _("Somebody else is suggested now."))

    def match_choices(self, request: HttpRequest, pk: int) -> HttpResponse:
        """All of the pool for one newcomer, with what speaks for and against each."""
        return self._choices(request, self._newcomer(request, pk))

    def match_choose(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Give the newcomer the buddy that was chosen; against a rule only with a reason."""
        newcomer = self._newcomer(request, pk)
        key, even_so = request.POST.get("buddy", ""), request.POST.get("even_so", "").replace("\0", "")[:500]
        buddy = Buddy.objects.visible_to(request.user).filter(pk=key if key.isdecimal() and len(key) < 18 else 0).first()
        if buddy is None:
            return self._choices(request, newcomer, problem=_("Choose somebody first."))
        try:
            workflow.choose(newcomer, buddy, by=_by(request), even_so=even_so)
        except workflow.NotSuitable as refused:
            return self._choices(request, newcomer, problem=_refusal(refused), chosen=buddy.pk, even_so=even_so)
        except TransitionRefused:
            messages.warning(request, _("They have a buddy by now, or are not here any more."))
        else:
            messages.success(request, _("Chosen and confirmed: the welcome is on its way."))
        return redirect(BOARD)

    def _choices(self, request: HttpRequest, newcomer: User, **more: Any) -> HttpResponse:
        title = _("A buddy for %(name)s") % {"name": newcomer.name}
        context = {"newcomer": newcomer, "lines": board.choices_for(newcomer), "title": title, "opts": self.opts} | more
        template = "admin/welcome/buddymatch/choices.html"
        return TemplateResponse(request, template, self.admin_site.each_context(request) | context)

    def _match(self, request: HttpRequest, pk: int) -> BuddyMatch:
        rows = self.get_queryset(request).select_related("newcomer__ambassador", "buddy__person")
        match: BuddyMatch = get_object_or_404(rows, pk=pk)
        return match

    def _newcomer(self, request: HttpRequest, pk: int) -> User:
        people = get_user_model().objects.visible_to(request.user).filter(ambassador__status="active")
        newcomer: User = get_object_or_404(people.select_related("ambassador"), pk=pk)
        return newcomer

    def _try(self, request: HttpRequest, move: Callable[[], object], done: str) -> HttpResponse:
        try:
            move()
        except TransitionRefused:
            messages.warning(request, _("A colleague was quicker: it stands elsewhere by now."))
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        else:
            messages.success(request, done)
        return redirect(BOARD)


@admin.register(Buddy)
class BuddyAdmin(ReadOnlyAdmin):
    """The pool: who welcomes newcomers, how many they have, and whether there are words that may leave in their name."""

    list_display = ["person", "is_offering", "load", "capacity", "has_words", "is_here", "note"]
    list_filter = ["is_offering"]
    list_select_related = ["person__ambassador"]
    search_fields = ["person__name__unaccent", "note__unaccent"]
    ordering = ["-is_offering", "person__sort_name", "pk"]
    show_full_result_count = False
    list_per_page = 50
    actions = None
    view_on_site = False
    fields = ["person", "is_offering", "capacity", "topics", "note", "words"]

    def get_queryset(self, request: HttpRequest) -> Any:
        words = BuddyText.objects.visible_to(request.user).in_force().filter(buddy=OuterRef("pk")).order_by()
        rows: Any = super().get_queryset(request)
        return rows.with_load().annotate(approved=Exists(words))

    @admin.display(description=gettext_lazy("newcomers"))
    def load(self, buddy: Any) -> int:
        return int(buddy.load)

    @admin.display(description=gettext_lazy("approved words"), boolean=True)
    def has_words(self, buddy: Any) -> bool:
        return bool(buddy.approved)

    @admin.display(description=gettext_lazy("there today"), boolean=True)
    def is_here(self, buddy: Buddy) -> bool:
        own = getattr(buddy.person, "ambassador", None)
        return bool(own and own.status == "active" and not (own.away_until and own.away_until > timezone.localdate()))

    @admin.display(description=gettext_lazy("the words they approved"))
    def words(self, buddy: Buddy) -> str:
        text = workflow.words_of(buddy)
        return text.words if text else "—"


@admin.register(WelcomeRules)
class WelcomeRulesAdmin(SupportTeamAdmin):
    """One row, which the support team changes."""

    actions = None

    def get_queryset(self, request: HttpRequest) -> Any:
        return WelcomeRules._default_manager.all()

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """There is one row: its page is the list."""
        return redirect("admin:welcome_welcomerules_change", 1)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        return WelcomeRules.current() if object_id == "1" else None

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if form.changed_data:
            obj.save()
            record("changed the rules of welcoming", obj, by=_by(request), via=Via.WEB, note=", ".join(form.changed_data))


def _by(request: HttpRequest) -> User:
    return cast("User", request.user)


def _refusal(refused: workflow.NotSuitable) -> str:
    said = " ".join(refused.messages)
    if NEVER_OVERRULED & set(refused.rules):
        return said
    return _("%(rules)s If they shall welcome this newcomer even so, write why: it is kept in the history.") % {"rules": said}
