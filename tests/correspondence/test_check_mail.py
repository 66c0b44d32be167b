"""`manage.py check_mail`, asked as an operator asks it: real DNS, SMTP and IMAP servers on loopback."""

from __future__ import annotations

import base64
import io
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.utils import timezone

from community.embedded import free_port
from correspondence import outbox
from correspondence.models import InboundMail, OutgoingMail
from tests.correspondence.letters import letter
from tests.correspondence.mailbox import imap_server
from tests.correspondence.names import NameServer
from tests.correspondence.smtp import MailServer

pytestmark = pytest.mark.django_db


def key(bits: int) -> str:
    public = rsa.generate_private_key(public_exponent=65537, key_size=bits).public_key()
    return base64.b64encode(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


LONG = key(2048)
GOOD = f"""\
mail.example.org. 60 IN MX 10 mx.example.org.
mail.example.org. 60 IN TXT "another thing"
mail.example.org. 60 IN TXT "v=spf1 mx -all"
mx.example.org. 60 IN A 192.0.2.7
1.mail._domainkey.example.net. 60 IN TXT "v=DKIM1; k=rsa; p={LONG[:200]}" "{LONG[200:]}"
s1._domainkey.mail.example.org. 60 IN CNAME 1.mail._domainkey.example.net.
_dmarc.mail.example.org. 60 IN TXT "v=DMARC1; p=quarantine; rua=mailto:you@example.org"
7.2.0.192.in-addr.arpa. 60 IN PTR mx.example.org.
"""


def check(zone: str = GOOD, *options: str, mute: bool = False) -> tuple[int, list[str]]:
    """Return the exit code and the lines of the report."""
    told, code = io.StringIO(), 0
    with NameServer(zone, mute=mute) as names:
        try:
            call_command("check_mail", "--no-color", "--resolver", names.at, *options, stdout=told)
        except SystemExit as end:
            code = int(end.code)
    return code, told.getvalue().splitlines()


def of(lines: list[str], *words: str) -> list[str]:
    """The lines that say one of the words, each with its hint, in single blanks."""
    told: list[str] = []
    for line in (" ".join(line.split()) for line in lines):
        if line.startswith("->"):
            told[-1] += f" {line}"
        else:
            told.append(line)
    return [line for line in told if any(word in line for word in words)]


@pytest.fixture(autouse=True)
def a_site(settings, smtp):
    """An installation whose mail server lets it in, and which sends no more than it should."""
    settings.SITE_URL = "https://community.example.org"
    return smtp


def test_a_site_whose_mail_is_set_up_is_told_so_and_nothing_is_sent(settings, a_site):
    code, lines = check(GOOD, "--dkim", "s1", "--sends-from", "192.0.2.7")

    assert code == 0
    assert [line for line in lines if line.startswith(("wrong", "unknown"))] == []
    assert of(lines, "MX", "Mail for", "SPF", "DKIM", "DMARC", "is called", "bounce+") == [
        "right Mail for mail.example.org goes to mx.example.org.",
        "right SPF: v=spf1 mx -all",
        "right DKIM: there is a key at s1._domainkey.mail.example.org.",
        "right DMARC (mail.example.org): v=DMARC1; p=quarantine; rua=mailto:you@example.org",
        "right 192.0.2.7 is called mx.example.org, which leads back to it.",
        f"right 127.0.0.1:{a_site.port} takes mail from bounce+check@mail.example.org.",
    ]
    assert (a_site.taken, a_site.steps.count("MAIL"), a_site.steps.count("RCPT")) == ([], 1, 0)


WRONG_RECORDS = {
    "no MX": ("MX 10 mx.example.org.", "A 192.0.2.1", "wrong mail.example.org has no MX record"),
    "an MX of nobody": ("mx.example.org. 60 IN A 192.0.2.7", "", "wrong Mail for mail.example.org goes to mx.example.org, which has no"),
    "an MX that takes nothing": ("MX 10 mx.example.org.", "MX 0 .", "wrong The MX record of mail.example.org says that it takes no"),
    "no SPF": ("v=spf1 mx -all", "v=spf10 mx -all", "wrong mail.example.org has no SPF record"),
    "two of SPF": ("another thing", "v=spf1 a -all", "wrong mail.example.org has 2 SPF records, so others believe none."),
    "SPF for all": ("mx -all", "mx +all", "wrong The SPF record of mail.example.org lets the whole world send for it: v=spf1 mx +all"),
    "SPF for nobody": ("mx -all", "mx ?all", "look The SPF record of mail.example.org rules nobody out: v=spf1 mx ?all"),
    "no DMARC": ("_dmarc.mail", "_elsewhere.mail", "wrong mail.example.org has no DMARC record"),
    "DMARC of the domain above": (
        '_dmarc.mail.example.org. 60 IN TXT "v=DMARC1; p=quarantine;',
        '_dmarc.example.org. 60 IN TXT "v=DMARC1; p=reject; sp=none;',
        "look DMARC (example.org): v=DMARC1; p=reject; sp=none; rua=mailto:you@example.org lets forged mail through.",
    ),
    "DMARC without sense": ("p=quarantine", "p=maybe", "wrong DMARC (mail.example.org): v=DMARC1; p=maybe;"),
    "no key": ("s1._domainkey", "s2._domainkey", "wrong There is no key at s1._domainkey.mail.example.org"),
    "a key withdrawn": (f'p={LONG[:200]}" "{LONG[200:]}"', 'p="', "wrong The key at s1._domainkey.mail.example.org has been withdrawn"),
    "a key cut": (f'" "{LONG[200:]}"', '"', "wrong What stands at s1._domainkey.mail.example.org is not a whole key."),
    "a name that leads elsewhere": ("PTR mx.example.org.", "PTR other.example.org.", "wrong 192.0.2.7 is called other.example.org, which"),
    "no name": ("7.2.0.192", "8.2.0.192", "wrong 192.0.2.7 has no name (PTR record)."),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after", "told"), WRONG_RECORDS.values(), ids=WRONG_RECORDS)
def test_each_record_that_is_wrong_is_named(before, after, told):
    assert before in GOOD

    code, lines = check(GOOD.replace(before, after), "--dkim", "s1", "--sends-from", "192.0.2.7")

    (line,) = [line for line in of(lines, "") if line.startswith(told)]
    assert " -> " in line
    assert code == (1 if told.startswith("wrong") else 0)


def test_short_keys_are_told_apart():
    assert of(check(GOOD.replace(f'{LONG[:200]}" "{LONG[200:]}', key(1024)), "--dkim", "s1")[1], "has 1024 bits")[0].startswith(
        "look"
    )


def test_a_name_server_that_says_nothing_is_waited_for_once_and_the_rest_is_looked_at(monkeypatch):
    monkeypatch.setattr("correspondence.checking.records.SECONDS", 0.3)

    code, lines = check(mute=True)

    assert len(of(lines, "The DNS did not answer (LifetimeTimeout")) == 1
    assert of(lines, "takes mail from") != []
    assert code == 0


def test_an_address_that_is_none_is_asked_for_again():
    with pytest.raises(CommandError, match=r"argument --sends-from: invalid address value: 'mx\.example\.org'"):
        check(GOOD, "--sends-from", "mx.example.org")


def test_a_database_that_is_away_is_said_beside_the_rest():
    with connection.execute_wrapper(_no_database):
        code, lines = check()

    assert code == 1
    assert of(lines, "The database could not be asked") == [
        "wrong The database could not be asked (OperationalError). -> Is it there, and is it migrated?"
    ]
    assert lines[-1] == "1 wrong, 1 to look at, 1 unknown, 6 right."


def _no_database(*args):
    raise OperationalError("the database is away")


def test_what_strangers_wrote_into_a_record_does_nothing_to_the_terminal():
    hostile = GOOD.replace('"v=spf1 mx -all"', '"v=spf1 mx \\027[2Jclear -all"')

    lines = check(hostile)[1]

    assert of(lines, "SPF:") == ["right SPF: v=spf1 mx [2Jclear -all"]


# --- The servers of the settings


def test_a_mail_server_that_does_not_let_us_write_as_ourselves_is_named(a_site):
    a_site.say["MAIL"] = "553 5.7.1 not your address"

    code, lines = check()

    assert code == 1
    (line,) = of(lines, "takes no mail from")
    assert line == (
        f"wrong 127.0.0.1:{a_site.port} takes no mail from bounce+check@mail.example.org: 553 5.7.1 not your address"
        " -> Let the account send as every address at mail.example.org."
    )


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"EMAIL_HOST_USER": "us", "EMAIL_HOST_PASSWORD": "secret-word"}, "cannot be used: SMTPNotSupportedError"),
        ({"EMAIL_USE_TLS": True}, "cannot be used: SMTPNotSupportedError"),
        ({"EMAIL_PORT": free_port()}, "cannot be used: ConnectionRefusedError"),
    ],
    ids=["no login there", "no TLS there", "nobody there"],
)
def test_a_mail_server_that_cannot_be_used_is_named_and_the_password_is_not(settings, changed, told):
    for name, value in changed.items():
        setattr(settings, name, value)

    code, lines = check()

    assert code == 1
    assert len(of(lines, told)) == 1
    assert "secret-word" not in "".join(lines)


def test_a_password_that_the_mail_server_refuses_is_said(settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "us", "secret-word"
    with MailServer() as server:
        server._session = lambda: _WithLogin(server)
        server._controller.factory = server._session
        settings.EMAIL_PORT = server.port

        code, lines = check()

    assert code == 1
    assert [line.partition(":")[0] for line in of(lines, "refuses our name")] == ["wrong 127.0.0.1"]
    assert "%40" in of(lines, "refuses our name")[0]


def _WithLogin(server):  # noqa: N802  stands for the class
    """A session that asks for a login, and believes nobody."""
    from aiosmtpd.smtp import SMTP, AuthResult

    session = SMTP(
        server, hostname="localhost", auth_require_tls=False, authenticator=lambda *args: AuthResult(success=False, handled=False)
    )
    server._sessions.append(session)
    return session


@pytest.fixture
def mailbox():
    """A mailbox on a real IMAP server; returns its port."""
    with imap_server() as port:
        yield port


@pytest.mark.services
@pytest.mark.parametrize(
    ("password", "folder", "told"),
    [
        ("demopass", "INBOX", "right The mailbox of INBOUND_IMAP_URL lets us in. Waiting there: 4."),
        ("secret-word", "INBOX", "wrong The mailbox of INBOUND_IMAP_URL refuses our name and password. -> Compare both"),
        ("demopass", "Elsewhere", "wrong The mailbox of INBOUND_IMAP_URL cannot be read: MailboxFolderSelectError"),
    ],
)
def test_a_mailbox_is_opened_and_counted(settings, mailbox, password, folder, told):
    settings.INBOUND_IMAP_URL = f"imap://demouser:{password}@127.0.0.1:{mailbox}/{folder}"

    (line,) = of(check()[1], "The mailbox of")

    assert line.startswith(told)
    assert "secret-word" not in line


def test_a_mailbox_that_is_gone_is_named_and_the_password_is_not(settings):
    settings.INBOUND_IMAP_URL = f"imap://us:secret-word@127.0.0.1:{free_port()}/INBOX"

    code, lines = check()

    assert code == 1
    assert len(of(lines, "The mailbox of INBOUND_IMAP_URL cannot be read: ConnectionRefusedError")) == 1
    assert "secret-word" not in "".join(lines)


def test_the_demo_is_told_that_its_mail_reaches_nobody(settings, tmp_path):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "correspondence.backends.MaildirBackend", str(tmp_path)

    lines = check()[1]

    assert len(of(lines, "look Mail is kept in a folder and reaches nobody")) == 1


# --- The ways in


def test_each_webhook_is_named_with_what_proves_it(settings):
    settings.MAIL_PROVIDERS = ["postmark", "mailersend"]
    settings.ANYMAIL = {"WEBHOOK_SECRET": "user:a-secret-of-many-letters", "MAILERSEND_SIGNING_SECRET": "s"}

    lines = check()[1]

    hooks = "https://community.example.org/mail/hooks"
    assert of(lines, hooks) == [
        f"right postmark may call {hooks}/postmark/inbound/, proved by ANYMAIL_WEBHOOK_SECRET.",
        f"right postmark may call {hooks}/postmark/tracking/, proved by ANYMAIL_WEBHOOK_SECRET.",
        f"look {hooks}/mailersend/inbound/ is closed. -> Set ANYMAIL_MAILERSEND_INBOUND_SECRET to open it.",
        f"right mailersend may call {hooks}/mailersend/tracking/, proved by ANYMAIL_MAILERSEND_SIGNING_SECRET and ANYMAIL_WEBHOOK_SECRET.",
    ]
    assert of(lines, "by the pipe alone") == []
    assert "a-secret-of-many-letters" not in "".join(lines)


def came_in(*servers: str) -> None:
    for number, server in enumerate(servers):
        raw = letter("b@people.example.org", "team@mail.example.org", Authentication_Results=f"{server}; dmarc=pass")
        InboundMail.objects.create(identity=f"<{number}@x.example>", recipient="team@mail.example.org", raw=raw, size=len(raw))


@pytest.mark.parametrize(
    ("ours", "servers", "told"),
    [
        ("", (), "look INBOUND_AUTHSERV_ID is not set"),
        ("", ("mx.example.org",), "-> The latest mails carry the word of: mx.example.org. Set"),
        ("mx.example.org", (), "no mail has come in yet that carries one."),
        ("mx.example.org", ("mx.example.org", "mx.example.org", "other.example"), "believed; 2 of the latest 3 mails carry it."),
        ("MX.example.org", ("mx.example.org",), "right The word of mx.example.org"),
        ("mx.example.net", ("mx.example.org",), "look None of the latest mails carries the word of mx.example.net"),
    ],
)
def test_the_name_of_our_mail_server_is_compared_with_what_it_writes(settings, ours, servers, told):
    settings.INBOUND_AUTHSERV_ID = ours
    came_in(*servers)

    lines = check()[1]

    assert any(told in line for line in of(lines, "INBOUND_AUTHSERV_ID", "The word of"))
    assert len(of(lines, "look Mail comes in by the pipe alone")) == 1


# --- What has happened lately


def test_mail_that_waits_for_nobody_is_told(note, alice):
    for number, state in enumerate(["queued", "queued", "failed", "unknown", "sent"]):
        mail = outbox.post("note", alice, key=str(number))
        OutgoingMail.objects.filter(pk=mail.pk).update(
            state=state, due_at=timezone.now() - timedelta(minutes=11), sent_at=timezone.now() if state == "sent" else None
        )
    came_in("mx.example.org", "mx.example.org")
    InboundMail.objects.update(received_at=timezone.now() - timedelta(minutes=11))
    InboundMail.objects.filter(pk=InboundMail.objects.first().pk).update(state="stuck")

    code, lines = check()

    assert code == 1
    assert [line.partition(" -> ")[0] for line in of(lines, "minutes ago", "minutes:", "seven days", "stuck", "The last mail")] == [
        "wrong Waiting to leave for more than ten minutes: 2.",
        "look Refused for good in the last seven days: 1.",
        "look Perhaps sent in the last seven days: 1.",
        f"right The last mail left on {timezone.now():%-d %B %Y, %H:%M} UTC.",
        "wrong Came in more than ten minutes ago and not worked on: 1.",
        "look Came in and stuck, because our software failed on them: 1.",
        f"right The last mail came in on {timezone.now() - timedelta(minutes=11):%-d %B %Y, %H:%M} UTC.",
    ]


def test_settings_that_give_a_password_away_are_told(settings):
    settings.INBOUND_IMAP_URL = f"imap://us:word@127.0.0.2:{free_port()}/INBOX"

    assert len(of(check()[1], "look The password in INBOUND_IMAP_URL travels unencrypted.")) == 1
