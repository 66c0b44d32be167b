"""The two links of a recovery: one for the new address, to confirm; one for the old address, to object."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ambassadors.accounts import recovery as workflow
from ambassadors.accounts.forms import RecoveryCodeForm
from ambassadors.accounts.recovery_emails import veiled
from ambassadors.models import AddressRecovery
from foundation import tokens
from foundation.access import public


@public
@tokens.token_page
@require_http_methods(["GET", "POST"])
def recovery_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Type in the code that was mailed to the new address."""
    recovery = cast("AddressRecovery", tokens.find(workflow.CONFIRM_LINK, token).subject)
    form = RecoveryCodeForm(request.POST or None)
    if form.is_valid():
        if workflow.confirm(recovery, form.cleaned_data["code"]):
            messages.success(request, _("The new address is yours to sign in with."))
            return redirect("account_login")
        form.add_error("code", _("This is not the newest code, or it was tried too often. You can have a new one sent."))
    context = {"form": form, "token": token, "recovery": recovery, "sent": bool(recovery.code_nonce)}
    return render(request, "account/recovery_confirm.html", context)


@public
@tokens.token_page
@require_POST
def recovery_code_send(request: HttpRequest, token: str) -> HttpResponse:
    """Mail the code to the new address."""
    recovery = cast("AddressRecovery", tokens.find(workflow.CONFIRM_LINK, token).subject)
    if not workflow.send_code(recovery):
        messages.error(request, _("This was the last code. Please write to the support team."))
    return redirect("accounts:recovery-confirm", token)


@public
@tokens.token_page
@require_http_methods(["GET", "POST"])
def recovery_object(request: HttpRequest, token: str) -> HttpResponse:
    """Say from the old address that this is wrong."""
    recovery = cast("AddressRecovery", tokens.find(workflow.OBJECT_LINK, token).subject)
    if request.method == "POST":
        workflow.object_to(recovery)
        return render(request, "account/recovery_stopped.html", {"recovery": recovery})
    return render(request, "account/recovery_object.html", {"recovery": recovery, "new_address": veiled(recovery.new_address)})
