"""Who gets what of the pages about one's account: ours and allauth's. What a POST does there is told in test_sign_in and its neighbours."""

from allauth.usersessions.models import UserSession

from ambassadors.accounts.recovery import CONFIRM_LINK, OBJECT_LINK, approve, propose
from ambassadors.models import AddressRecovery
from correspondence.models import OutgoingMail
from foundation.models import Token
from foundation.tokens import text_of
from tests.access import LOGIN, Row

OPEN = (200, 200, 200, 200, 200, 200, 200)
OWN = (LOGIN, 200, 200, 200, LOGIN, 200, 200)  # everybody who is signed in, about themselves
ONLY_OUTSIDE = (200, 302, 302, 302, 200, 302, 302)  # who is in already goes on to their desk or settings
HALFWAY = (LOGIN, 302, 302, 302, LOGIN, 302, 302)  # a second step without a first one leads back to the start
ASKED_AGAIN = (LOGIN, 302, 302, 302, LOGIN, 302, 302)  # first say again who you are
NOT_SET_UP = (LOGIN, 404, 404, 404, LOGIN, 404, 404)
BY_POST = (LOGIN, 405, 405, 405, LOGIN, 405, 405)


def a_key(cast):
    return {"pk": 1}


def sessions_of_all(cast):
    for number, person in enumerate([cast.ambassador, cast.outsider, cast.alumnus, cast.removed, cast.staff, cast.superuser]):
        UserSession.objects.create(user=person, ip="127.0.0.1", user_agent="Firefox", session_key=f"session-{number}")
    return {}


def a_session(cast):
    return {
        "pk": UserSession.objects.create(user=cast.ambassador, ip="127.0.0.1", user_agent="Firefox", session_key="a-session").pk
    }


def link_of(cast, purpose):
    if not AddressRecovery.objects.filter(person=cast.ambassador).exists():
        approve(propose(cast.ambassador, "new@elsewhere.example.org", "Told by phone.", by=cast.staff), by=cast.superuser)
    return {"token": text_of(Token.objects.filter(purpose=purpose.name).latest("pk"))}


def to_confirm(cast):
    return link_of(cast, CONFIRM_LINK)


def to_object(cast):
    return link_of(cast, OBJECT_LINK)


#   visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("settings:home", OWN),
    Row("account_login", ONLY_OUTSIDE),
    Row("account_request_login_code", ONLY_OUTSIDE),
    Row("account_signup", ONLY_OUTSIDE),
    Row("account_logout", (302, 200, 200, 200, 302, 200, 200)),
    Row("account_inactive", OPEN),
    Row("account_confirm_login_code", HALFWAY),
    Row("account_reset_password", OPEN),
    Row("account_confirm_password_reset_code", (LOGIN,) * 7),
    Row("account_complete_password_reset", (302,) * 7),
    Row("account_password_reset_completed", OPEN),
    Row("account_change_password", OWN),
    Row("account_set_password", ASKED_AGAIN),
    Row("account_email", OWN),
    Row("account_email_verification_sent", HALFWAY),
    Row("account_reauthenticate", OWN),
    Row("mfa_index", OWN),
    Row("mfa_authenticate", HALFWAY),
    Row("mfa_reauthenticate", HALFWAY),
    Row("mfa_reauthenticate_webauthn", HALFWAY),
    Row("mfa_login_webauthn", HALFWAY),
    Row("mfa_activate_totp", ASKED_AGAIN),
    Row("mfa_deactivate_totp", NOT_SET_UP),
    Row("mfa_view_recovery_codes", NOT_SET_UP),
    Row("mfa_download_recovery_codes", NOT_SET_UP),
    Row("mfa_generate_recovery_codes", ASKED_AGAIN),
    Row("mfa_list_webauthn", OWN),
    Row("mfa_add_webauthn", ASKED_AGAIN),
    Row("mfa_edit_webauthn", ASKED_AGAIN, build=a_key),
    Row("mfa_remove_webauthn", ASKED_AGAIN, build=a_key),
    Row("usersessions_list", OWN),
    Row("accounts:identity-confirm", OWN),
    Row("accounts:identity-code-send", BY_POST),
    Row("accounts:identity-code-send", ASKED_AGAIN, method="post", state=OutgoingMail.objects.count),
    Row("accounts:recovery-confirm", OPEN, build=to_confirm),
    Row("accounts:recovery-code-send", (405,) * 7, build=to_confirm),
    Row("accounts:recovery-code-send", (302,) * 7, method="post", build=to_confirm, state=OutgoingMail.objects.count),
    Row("accounts:recovery-object", OPEN, build=to_object),
    Row(
        "accounts:recovery-object",
        OPEN,
        method="post",
        build=to_object,
        state=lambda: list(AddressRecovery.objects.values_list("status", flat=True)),
    ),
    Row("accounts:session-end", BY_POST, build=a_session),
    Row(
        "accounts:session-end",
        (LOGIN, 302, 404, 404, LOGIN, 404, 404),
        method="post",
        build=a_session,
        state=UserSession.objects.count,
    ),
    Row("accounts:session-end-everywhere", BY_POST),
    Row("accounts:session-end-everywhere", ASKED_AGAIN, method="post", build=sessions_of_all, state=UserSession.objects.count),
]
