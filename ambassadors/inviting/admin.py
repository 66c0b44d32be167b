"""Invitations, for those who run them: who waits, who has been asked, what is wished for; moved by buttons that appear when they work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ambassadors.inviting import rules, seats, wishes, workflow
from ambassadors.models import Invitation, InvitationWish
from foundation.admin_kit import ReadOnlyAdmin
from foundation.workflow import TransitionRefused

if TYPE_CHECKING:
    from collections.abc import Callable

    from ambassadors.models import User

S = Invitation.Status


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    """Those of cases that one leads or decides about. Being of the support team opens none of it."""

    list_display = ["name", "status", "place_in_line", "queued_at", "sent_at", "expires_at", "open_wishes"]
    list_filter = ["status"]
    search_fields = ["name", "email"]
    ordering = ["queued_at", "pk"]
    show_full_result_count = False
    list_per_page = 50
    actions = None
    fields = ["name", "email", "status", "cosigner", "note", "queued_at", "sent_at", "expires_at", "answered_at", "decline_reason"]
    change_form_template = "admin/ambassadors/invitation/change_form.html"
    change_list_template = "admin/ambassadors/invitation/change_list.html"

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Asked several times on every page of the admin: the duty is read with the reader, and costs no query."""
        duty: Any = getattr(request.user, "vetting_duty", None)
        return bool(request.user.is_active and request.user.is_staff and duty and (duty.is_lead or duty.decides))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With the place in line of those who wait, and whether something is wished for: in the same query."""
        return super().get_queryset(request).select_related("cosigner").with_wishes()  # type: ignore[attr-defined, no-any-return]

    @admin.display(description=gettext_lazy("in line"))
    def place_in_line(self, invitation: Invitation) -> str:
        return str(invitation.place) if invitation.status == S.WAITING else ""  # type: ignore[attr-defined]

    @admin.display(description=gettext_lazy("wishes"))
    def open_wishes(self, invitation: Any) -> str:
        return str(invitation.open_wish_count or "")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/move/<slug:word>/", view(require_POST(self.invitation_move)), name="invitation-move"),
            path("wishes/<int:pk>/<slug:word>/", view(require_POST(self.invitation_wish_move)), name="invitation-wish-move"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        page: HttpResponse = super().changelist_view(request, {**(extra_context or {}), "seats": seats.seats()})
        return page

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
        invitation = kwargs.get("obj") or (args[3] if len(args) > 3 else None)
        if invitation is not None:
            user = cast("User", request.user)
            context |= {"moves": offered(user, invitation), "wishes": _wishes(user, invitation), "seats": seats.seats()}
        return super().render_change_form(request, context, *args, **kwargs)

    def invitation_move(self, request: HttpRequest, pk: int, word: str) -> HttpResponse:
        """Send it again, give it more days, withdraw it, or invite again."""
        invitation = get_object_or_404(self.get_queryset(request), pk=pk)
        self._carry_out(request, MOVES.get(word), invitation, _("Done: %(name)s.") % {"name": invitation})
        return redirect(reverse("admin:ambassadors_invitation_change", args=[pk]))

    def invitation_wish_move(self, request: HttpRequest, pk: int, word: str) -> HttpResponse:
        """Grant what was asked, or refuse it."""
        wish = get_object_or_404(InvitationWish.objects.visible_to(request.user).select_related("invitation__nomination"), pk=pk)
        self._carry_out(request, (wishes.MOVES.get(word) or (None, None))[1], wish, _("Done: %(wish)s.") % {"wish": wish})
        return redirect(reverse("admin:ambassadors_invitation_change", args=[wish.invitation_id]))

    def _carry_out(self, request: HttpRequest, move: Callable[..., None] | None, obj: Any, done: str) -> None:
        try:
            if move is None:
                raise TransitionRefused("no such button")
            move(obj, by=cast("User", request.user))
        except ValidationError as error:
            messages.error(request, error.messages[0])
        except TransitionRefused:
            messages.warning(request, _("A colleague was quicker: it stands elsewhere by now."))
        else:
            messages.success(request, done)


MOVES: dict[str, Callable[..., None]] = {
    "send-again": workflow.send_again,
    "extend": workflow.extend,
    "withdraw": workflow.withdraw,
    "renew": workflow.renew,
}


def offered(user: User, invitation: Invitation) -> dict[str, str]:
    """The buttons that `user` has for an invitation today: word and label."""
    words: dict[str, str] = {}
    if invitation.status == S.SENT and rules.runs(user, invitation):
        words |= {"send-again": _("Send a new link"), "extend": _("Give it all its days again")}
    if workflow.WITHDRAW.offered_to(user, invitation):
        words["withdraw"] = str(workflow.WITHDRAW.label)
    if workflow.RENEW.offered_to(user, invitation) and invitation.nomination.status == "approved":
        words["renew"] = str(workflow.RENEW.label)
    return words


def _wishes(user: User, invitation: Invitation) -> list[InvitationWish]:
    rows = InvitationWish.objects.visible_to(user).filter(invitation=invitation).select_related("person__user")
    return list(rows.order_by("status", "asked_at"))
