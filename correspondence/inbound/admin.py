"""What the support team sees of mail that came in: the envelope and the outcome, never the words and never a token."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from correspondence.inbound.names import is_ours
from correspondence.inbound.registry import inbound, split_recipient
from correspondence.models import InboundMail
from foundation.admin_kit import ReadOnlyAdmin


@admin.register(InboundMail)
class InboundMailAdmin(ReadOnlyAdmin):
    list_display = ["received_at", "sender", "address_kind", "state", "outcome", "reason", "size", "attempts"]
    list_filter = ["state", "outcome", "reason"]
    search_fields = ["sender", "identity"]
    ordering = ["-pk"]
    show_full_result_count = False
    list_per_page = 50
    fields = [
        *("received_at", "sender", "envelope_sender", "address_kind", "identity", "size", "is_cut"),
        *("state", "outcome", "reason", "attempts", "settled_at", "answered"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[InboundMail]:
        unlisted = [prefix for prefix, door in inbound.items() if door.is_unlisted]
        rows = InboundMail.objects.as_envelopes_for(request.user).order_by("-pk")  # unscoped: scoped by that very name
        return rows.exclude(~Q(state=InboundMail.State.STUCK), address__prefix__in=unlisted)

    @admin.display(description=_("sent to"))
    def address_kind(self, mail: InboundMail) -> str:
        """What sort of address it went to; the rest is a secret of its person, and a name may be that of a hidden space."""
        prefix, token = split_recipient(mail.recipient)
        return f"{prefix}+…" if token else prefix if is_ours(prefix) else "…"
