"""How allauth's doors stand in this house: nobody signs up, and all mail goes through the outbox."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.userkit import filter_users_by_email
from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ambassadors.models import AssistantSeat, User
from ambassadors.workflow.arriving import came_in
from correspondence import outbox

CODE_KINDS = {
    "account/email/login_code": "login_code",
    "account/email/email_confirmation": "address_code",
    "account/email/password_reset_code": "password_reset_code",
}


class AccountAdapter(DefaultAccountAdapter):
    """Mail by the outbox, codes by nonce, one limit more, and a landing place for each kind of person."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("This address and password do not open an account. Try again, or have a code sent to you."),
        "too_many_login_attempts": _("Too many attempts. Please wait five minutes, then try again."),
        "incorrect_code": _("This is not the code from the mail. Look at the newest one."),
        "incorrect_password": _("This is not your password."),
        "duplicate_email": _("You have this address already."),
        "cannot_remove_primary_email": _("This is your main address: choose another main one before you remove it."),
        "unverified_primary_email": _("Confirm this address before you make it the main one."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        if getattr(request.user, "is_member", False):
            return resolve_url(settings.LOGIN_REDIRECT_URL)
        has_seat = AssistantSeat.objects.open_to(request.user).exists()
        return reverse("ambassadors:seat-list" if has_seat else "settings:home")

    def login(self, request: HttpRequest, user: User) -> None:
        is_first_time = user.last_login is None  # Django writes the moment while it signs them in
        super().login(request, user)
        if is_first_time:
            came_in(user)

    # Codes: what allauth keeps in the session in place of the code is the nonce from which it is derived.

    def generate_login_code(self) -> str:
        return secrets.token_hex(16)

    def generate_password_reset_code(self) -> str:
        return secrets.token_hex(16)

    def generate_email_verification_code(self) -> str:
        return secrets.token_hex(16)

    # Limits

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count by address alone: under allauth's own key, each host name of the site would allow as many again."""
        return str(credentials.get("email", "")).lower()

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt, and answer with the page that says when to come back once it is one too many."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as too_many:
            raise ImmediateHttpResponse(ratelimit.respond_429(request)) from too_many
        self._usage_everywhere = ratelimit._impl.consume(  # the public wrapper cannot be rolled back
            request, app="allauth.account", action="failures_everywhere", key="everywhere"
        )
        if not self._usage_everywhere:
            raise ImmediateHttpResponse(ratelimit.respond_429(request))

    def _rollback_login_failed_rl_usage(self) -> None:
        super()._rollback_login_failed_rl_usage()
        if self._usage_everywhere:
            self._usage_everywhere.rollback()

    # Mail

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Post the mail that allauth asks for. What allauth calls the code is a nonce: see above.

        An address that belongs to another account gets a word of warning in place of the code which would be refused anyway.
        """
        kind = CODE_KINDS[template_prefix]
        owner = _owner_of(email)
        person = context.get("user") or owner
        if owner is not None and owner != person:
            outbox.post("address_in_use", owner, key=f"address-in-use:{context['code']}", address=email)
        else:
            self.post_code(kind, person, email, context["code"])

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell the person what changed, at the main address and, where an address lost its place, at that one."""
        event = template_prefix.rpartition("/")[2]
        about: dict[str, str] = context or {}
        addresses = {email or user.email, about.get("deleted_email", ""), about.get("from_email", "")}
        for address in filter(None, addresses):
            key = f"security-notice:{event}:{secrets.token_hex(8)}"
            outbox.post("security_notice", user, key=key, address=address, event=event, at=timezone.now().isoformat())

    def post_decoy(self, kind: str) -> None:
        """Do for an unknown address what is done for a known one, so that both take as long; the worker drops the row."""
        self.post_code(kind, None, "", secrets.token_hex(16))

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, Any]]:
        """How `user` may say again who they are; a code by mail where there is nothing else."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if methods or not user.is_authenticated:
            return methods
        return [{"id": "code", "description": _("Use a code sent to you"), "url": reverse("accounts:identity-confirm")}]

    def post_code(self, kind: str, person: User | None, address: str, nonce: str) -> None:
        """Post one code mail; `kind` is what the code is good for."""
        until = timezone.now() + timedelta(seconds=settings.CODES_LAST)
        outbox.post(kind, person, key=f"{kind}:{nonce}", address=address, nonce=nonce, until=until.isoformat())


def _owner_of(email: str) -> User | None:
    return next(iter(filter_users_by_email(email, is_active=True, prefer_verified=True, for_login=True)), None)
