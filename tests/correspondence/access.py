from correspondence.addresses import UNSUBSCRIBE, token_of
from correspondence.inbound.receiving import receive
from correspondence.models import DigestChoice, InboundMail, MailPreference, OutgoingMail
from tests.access import LOGIN, Row
from tests.correspondence.letters import letter, reply_address


def a_mail_to_stop(cast):
    """A sent mail of an optional kind; its token is all that the one who presses the button has."""
    mail = OutgoingMail.objects.create(kind="waiting", person=cast.ambassador, key="to stop", state="sent")
    return {"token": token_of(mail, UNSUBSCRIBE)}


def what_is_switched_off():
    return sorted(MailPreference.objects.values_list("person__name", "address", "kind", "wanted"))


def digests_chosen():
    return sorted(DigestChoice.objects.values_list("person__name", "frequency", "weekday", "day", "hour", "amount"))


def a_held_mail(cast):
    """A mail that came in the ambassador's name, from an address they have not verified."""
    from discussions import workflow
    from tests import make

    thread = workflow.start_private_thread(by=make.ambassador("Carla Costa"), to=cast.ambassador, subject="Our survey", body="Hm?")
    address = reply_address(cast.ambassador, thread)
    return {"pk": receive(letter("alice@elsewhere.example", address), address).pk}


def outcomes():
    return list(InboundMail.objects.values_list("outcome", flat=True))


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
    Row("correspondence:digest-edit", (LOGIN, 200, 200, 403, LOGIN, 200, 200), state=digests_chosen),
    Row(
        "correspondence:digest-edit",
        (LOGIN, 302, 302, 403, LOGIN, 302, 302),
        method="post",
        data=lambda cast: {"frequency": "daily", "weekday": 2, "day": 3, "hour": 6, "amount": "full"},
        state=digests_chosen,
    ),
    Row("inbound:mail-list", (LOGIN, 200, 200, 200, LOGIN, 200, 200)),
    Row("inbound:mail-detail", (LOGIN, 200, 404, 404, LOGIN, 404, 404), build=a_held_mail, state=outcomes),
    Row("inbound:mail-post", (LOGIN, 302, 404, 404, LOGIN, 404, 404), method="post", build=a_held_mail, state=outcomes),
    Row("inbound:mail-discard", (LOGIN, 302, 404, 404, LOGIN, 404, 404), method="post", build=a_held_mail, state=outcomes),
]
