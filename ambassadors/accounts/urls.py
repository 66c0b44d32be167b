"""Addresses about one's account. Those that allauth has too are here only to ask first who one is."""

from allauth.account import views as account
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions import views as sessions
from django.urls import include, path

from ambassadors.accounts import recovery_views, views
from ambassadors.accounts.confirmation import confirmation_required

ours = [
    path("recovery/<str:token>/", recovery_views.recovery_confirm, name="recovery-confirm"),
    path("recovery/<str:token>/code/", recovery_views.recovery_code_send, name="recovery-code-send"),
    path("recovery/<str:token>/objection/", recovery_views.recovery_object, name="recovery-object"),
    path("confirm/", views.identity_confirm, name="identity-confirm"),
    path("confirm/send/", views.identity_code_send, name="identity-code-send"),
    path("sessions/<int:pk>/end/", views.session_end, name="session-end"),
    path("sessions/end/", views.session_end_everywhere, name="session-end-everywhere"),
]

urlpatterns = [
    path("", include((ours, "accounts"))),
    path("email/", confirmation_required(account.email, methods=("POST",)), name="account_email"),
    path("password/set/", confirmation_required(account.password_set), name="account_set_password"),
    path("2fa/totp/activate/", confirmation_required(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/webauthn/add/", confirmation_required(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path("sessions/", confirmation_required(sessions.list_usersessions, methods=("POST",)), name="usersessions_list"),
]
