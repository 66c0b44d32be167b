import mailbox

from django.conf import settings
from django.utils import timezone

from correspondence.inbound.receiving import receive
from correspondence.models import InboundMail, OutgoingMail
from foundation.models import SetAside
from tests import make
from tests.access import LOGIN, Row
from tests.correspondence.letters import letter


def a_kept_mail(cast):
    """A mail in the folder of the demo, to which everybody may answer as whoever got it."""
    raw = letter("team@mail.example.org", cast.ambassador.email, Reply_To="nobody@mail.example.org")
    return {"key": mailbox.Maildir(settings.EMAIL_FILE_PATH, create=True).add(raw)}


def a_letter_written_here(cast):
    """A letter that somebody wrote in the mailbox of the demo, of which everybody reads what became."""
    mail = receive(
        letter(cast.ambassador.email, "nobody@mail.example.org", Message_ID="<1@mailbox.localhost>"), "nobody@mail.example.org"
    )
    return {"pk": mail.pk}


def somebody_new(cast):
    """Somebody who joined today: the card about newcomers lies on everybody's desk."""
    make.ambassador("Nora Newcomer", joined_at=timezone.now())
    return {}


#                              visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("community:home", (200, 200, 200, 200, 200, 200, 200)),
    Row("community:desk", (LOGIN, 200, 200, 403, LOGIN, 200, 200)),
    Row(
        "community:desk-card-set-aside",
        (LOGIN, 302, 302, 403, LOGIN, 302, 302),
        method="post",
        build=somebody_new,
        data=lambda cast: {"card": "newcomers"},
        state=SetAside.objects.count,
    ),
    Row("community:search-page", (200, 200, 200, 200, 200, 200, 200), query="?q=amadi"),
    Row("community:mail-check", (LOGIN, 403, 403, 403, LOGIN, 200, 200)),
    Row("community:mail-check-send", (LOGIN, 403, 403, 403, LOGIN, 302, 302), method="post", state=OutgoingMail.objects.count),
    Row("community:accent", (200, 200, 200, 200, 200, 200, 200)),
    Row("community:mark", (200, 200, 200, 200, 200, 200, 200)),
    Row("community:manifest", (200, 200, 200, 200, 200, 200, 200)),
    Row("community:styleguide", (200, 200, 200, 200, 200, 200, 200)),  # the tests run as DEMO; without it: test_styleguide.py
    # Without DEMO each of these is a 404 for everybody: test_mailbox.py.
    Row("community:mailbox", (200, 200, 200, 200, 200, 200, 200)),
    Row("community:mailbox-letter", (200, 200, 200, 200, 200, 200, 200), build=a_kept_mail, state=InboundMail.objects.count),
    Row("community:mailbox-html", (200, 200, 200, 200, 200, 200, 200), build=a_kept_mail),
    Row(
        "community:mailbox-answer",
        (302, 302, 302, 302, 302, 302, 302),
        method="post",
        build=a_kept_mail,
        data=lambda cast: {"sender": cast.ambassador.email, "words": "Yes, gladly."},
        state=InboundMail.objects.count,
    ),
    Row("community:mailbox-write", (200, 200, 200, 200, 200, 200, 200), state=InboundMail.objects.count),
    Row(
        "community:mailbox-send",
        (302, 302, 302, 302, 302, 302, 302),
        method="post",
        data=lambda cast: {"sender": cast.ambassador.email, "to": "team@mail.example.org", "subject": "A word", "words": "Hello."},
        state=InboundMail.objects.count,
    ),
    Row("community:mailbox-sent", (200, 200, 200, 200, 200, 200, 200)),
    Row("community:mailbox-outcome", (200, 200, 200, 200, 200, 200, 200), build=a_letter_written_here),
]
