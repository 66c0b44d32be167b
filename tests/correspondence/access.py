from correspondence.addresses import UNSUBSCRIBE, token_of
from correspondence.models import MailPreference, OutgoingMail
from tests.access import LOGIN, Row


def a_mail_to_stop(cast):
    """A sent mail of an optional kind; its token is all that the one who presses the button has."""
    mail = OutgoingMail.objects.create(kind="waiting", person=cast.ambassador, key="to stop", state="sent")
    return {"token": token_of(mail, UNSUBSCRIBE)}


def what_is_switched_off():
    return sorted(MailPreference.objects.values_list("person__name", "address", "kind", "wanted"))


#                                          visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("correspondence:unsubscribe", (200, 200, 200, 200, 200, 200, 200), build=a_mail_to_stop, state=what_is_switched_off),
    Row(
        "correspondence:unsubscribe",
        (200, 200, 200, 200, 200, 200, 200),
        method="post",
        build=a_mail_to_stop,
        data=lambda cast: {"List-Unsubscribe": "One-Click"},
        state=what_is_switched_off,
    ),
    Row("correspondence:preference-edit", (LOGIN, 200, 200, 200, LOGIN, 200, 200)),
    Row(
        "correspondence:preference-edit",
        (LOGIN, 302, 302, 302, LOGIN, 302, 302),
        method="post",
        state=what_is_switched_off,
    ),
]
