"""What mail providers tell by webhook: proved or refused (R6), and mail that came in on the one road."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from base64 import b64encode
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from correspondence import addresses, outbox
from correspondence.models import AddressHealth, InboundMail, MailFailure, MailPreference, OutgoingMail
from correspondence.providers import PROVIDERS, what_is_wrong
from discussions import workflow
from discussions.models import Post
from tests.correspondence.letters import letter, reply_address

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::Warning:anymail")]

SECRET = "postmark:a-secret-of-many-letters"
KEY = "mailgun-key"
PROVED = {"Authorization": f"Basic {b64encode(SECRET.encode()).decode()}"}


@pytest.fixture(autouse=True)
def open_hooks(settings):
    settings.MAIL_PROVIDERS = ["postmark", "mailgun"]
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET, "MAILGUN_WEBHOOK_SIGNING_KEY": KEY}


@pytest.fixture
def mail(new_kind, mailoutbox, alice) -> OutgoingMail:
    new_kind("note")
    row = outbox.post("note", alice, key="note")
    outbox.deliver(row.pk)
    return row


def call(client, provider: str, route: str, told, *, secret: str = SECRET, **extra):
    headers = {"Authorization": f"Basic {b64encode(secret.encode()).decode()}"} if secret else {}
    address = reverse("correspondence:hook-receive", args=[provider, route])
    if isinstance(told, dict) and extra.get("content_type") != "application/json":
        return client.post(address, told, headers=headers)
    return client.post(address, told, content_type="application/json", headers=headers)


def signed(**told) -> dict:
    """What Mailgun calls with."""
    signature = hmac.new(KEY.encode(), b"1700000000token", hashlib.sha256).hexdigest()
    return {"timestamp": "1700000000", "token": "token", "signature": signature, **told}


def postmark(client, route: str, secret: str = SECRET, **told):
    return call(client, "postmark", route, json.dumps(told), secret=secret)


@pytest.mark.row("R6")
def test_a_provider_tells_of_bounces_and_complaints(client, mail, alice):
    bounce = {"RecordType": "Bounce", "Type": "HardBounce", "ID": 7, "Email": alice.email, "Details": "smtp;550 5.1.1 No such user"}

    answers = [postmark(client, "tracking", **bounce) for _ in range(2)]
    again = [postmark(client, "tracking", **(bounce | {"ID": number})) for number in (8, 9)]

    assert [answer.status_code for answer in (*answers, *again)] == [200] * 4
    assert list(MailFailure.objects.values_list("kind", "words")) == [("hard", "smtp;550 5.1.1 No such user")] * 3
    assert list(AddressHealth.objects.values_list("address", "state")) == [(alice.email, "paused")]


@pytest.mark.row("R6")
def test_mailgun_names_the_mail_by_its_message_id(client, mail, alice):
    event = {
        "event": "complained",
        "timestamp": 1700000000.0,
        "recipient": "alias@elsewhere.example",
        "id": "x",
        "message": {"headers": {"message-id": addresses.message_id(mail).strip("<>")}},
    }
    told = {"signature": signed(), "event-data": event}

    answer = call(client, "mailgun", "tracking", json.dumps(told))

    assert answer.status_code == 200
    assert list(AddressHealth.objects.values_list("address", "state")) == [(alice.email, "complained")]
    assert MailFailure.objects.get().mail == mail


NEWS = {
    "hard": ({"RecordType": "Bounce", "Type": "HardBounce", "Description": "unable to deliver"}, ["hard"]),
    "soft": ({"RecordType": "Bounce", "Type": "SoftBounce", "Description": "Unable to temporarily deliver message"}, ["soft"]),
    "soft by its words": ({"RecordType": "Bounce", "Type": "HardBounce", "Details": "smtp;552 5.2.2 mailbox full"}, ["soft"]),
    "blocked": ({"RecordType": "Bounce", "Type": "Blocked"}, ["policy"]),
    "no address": ({"RecordType": "Bounce", "Type": "BadEmailAddress"}, ["hard"]),
    "complaint": ({"RecordType": "SpamComplaint", "Type": "SpamComplaint"}, ["complaint"]),
    "later": ({"RecordType": "Bounce", "Type": "Transient"}, []),
    "opened": ({"RecordType": "Open"}, []),
    "clicked": ({"RecordType": "Click", "OriginalLink": "https://x.example"}, []),
    "delivered": ({"RecordType": "Delivery"}, []),
}


@pytest.mark.parametrize(("told", "kinds"), NEWS.values(), ids=NEWS)
def test_what_a_provider_says_is_told_apart(client, alice, told, kinds):
    answer = postmark(client, "tracking", ID=1, Email=alice.email, **told)

    assert answer.status_code == 200
    assert list(MailFailure.objects.values_list("kind", flat=True)) == kinds


def test_a_delivery_lets_what_came_back_before_count_no_more(client, alice):
    hard = {"RecordType": "Bounce", "Type": "HardBounce", "Email": alice.email}
    for number in (1, 2):
        postmark(client, "tracking", ID=number, **hard)

    postmark(client, "tracking", RecordType="Delivery", Recipient=alice.email)
    postmark(client, "tracking", ID=3, **hard)

    assert AddressHealth.objects.get().state == "working"


def test_unsubscribing_at_the_provider_is_unsubscribing(client, mail, alice):
    event = {"event": "unsubscribed", "timestamp": 1.0, "recipient": alice.email, "id": "x"}
    event["message"] = {"headers": {"message-id": addresses.message_id(mail).strip("<>")}}

    call(client, "mailgun", "tracking", json.dumps({"signature": signed(), "event-data": event}))

    assert list(MailPreference.objects.values_list("person", "kind", "wanted")) == [(alice.pk, "note", False)]


# --- Mail that came in


@pytest.fixture
def address(alice, bob) -> str:
    return reply_address(bob, workflow.start_private_thread(by=alice, to=bob, subject="Our survey", body="Shall we?"))


@pytest.mark.row("R4")
def test_mail_by_webhook_takes_the_one_road_and_is_taken_once(client, bob, address):
    raw = letter(bob.email, address, "Gladly, dès mardi.").decode()
    told = signed(sender=bob.email, recipient=address, **{"body-mime": raw})

    answers = [call(client, "mailgun", "inbound_mime", told, secret=SECRET) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200] * 3
    assert list(Post.objects.filter(author=bob).values_list("via", flat=True)) == ["mail"]
    assert "Gladly, dès mardi." in Post.objects.get(author=bob).body


def as_form(fields: dict[str, bytes], *, multipart: bool) -> tuple[bytes, str]:
    """What Mailgun calls with, and its type: it uses either."""
    if not multipart:
        return urlencode(fields).encode(), "application/x-www-form-urlencoded"
    parts = [b'--b\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (name.encode(), fields[name]) for name in fields]
    return b"".join(parts) + b"--b--\r\n", 'multipart/form-data; boundary="b"'


@pytest.mark.parametrize("multipart", [True, False], ids=["multipart", "urlencoded"])
def test_a_raw_mail_arrives_byte_by_byte_however_large_and_whatever_its_charset(client, bob, address, multipart):
    head = letter(bob.email, address, Content_Type="").partition(b"\n\n")[0]
    body = "Très volontiers.\n\n> ".encode("latin-1") + b"x" * 76 + b"\n" + b"> " + b"\n> ".join([b"y" * 76] * 40_000) + b"\n"
    head = re.sub(rb'charset="[^"]+"', b'charset="iso-8859-1"', head).replace(b"7bit", b"8bit")
    raw = (head + b"\n\n" + body).replace(b"\n", b"\r\n")
    assert len(raw) > 3_000_000
    told = {name: value.encode() for name, value in signed(sender=bob.email, recipient=address).items()} | {"body-mime": raw}
    form, kind = as_form(told, multipart=multipart)

    answer = client.post(
        reverse("correspondence:hook-receive", args=["mailgun", "inbound_mime"]), form, content_type=kind, headers=PROVED
    )

    mail = InboundMail.objects.get()
    assert (answer.status_code, mail.recipient, mail.outcome) == (200, address, "posted")
    assert bytes(mail.raw) == raw
    assert "Très volontiers." in Post.objects.get(author=bob).body


def test_a_form_that_is_none_is_refused(client):
    for kind in ("multipart/form-data", 'multipart/form-data; boundary="b"', "text/plain"):
        answer = client.post(
            reverse("correspondence:hook-receive", args=["mailgun", "inbound_mime"]), b"--b\r\n\r\n", content_type=kind
        )
        assert answer.status_code == 403
    assert InboundMail.objects.count() == 0


def test_mail_that_a_provider_took_apart_is_put_together_again(client, bob, address):
    answer = postmark(
        client,
        "inbound",
        FromFull={"Email": bob.email, "Name": "Bob Brandt"},
        ToFull=[{"Email": address, "Name": ""}],
        OriginalRecipient=address,
        Subject="Re: Our survey",
        TextBody="Très volontiers, mardi.",
        Headers=[{"Name": "Return-Path", "Value": f"<{bob.email}>"}, {"Name": "Message-ID", "Value": "<1@elsewhere.example>"}],
        Attachments=[{"Name": "a.txt", "Content": b64encode(b"Hello").decode(), "ContentType": "text/plain"}],
    )

    mail = InboundMail.objects.get()
    assert (answer.status_code, mail.outcome, mail.envelope_sender) == (200, "posted", bob.email)
    assert "Très volontiers, mardi." in Post.objects.get(author=bob).body


def test_a_mail_of_several_megabytes_comes_in(client, bob, address):
    file = {"Name": "a.bin", "Content": b64encode(b"x" * 4_000_000).decode(), "ContentType": "application/octet-stream"}

    answer = postmark(
        client,
        "inbound",
        FromFull={"Email": bob.email},
        OriginalRecipient=address,
        Subject="Re: Our survey",
        TextBody="See.",
        Attachments=[file],
    )

    assert (answer.status_code, InboundMail.objects.get().outcome) == (200, "posted")


# --- Who may call

ALL_PROOFS = {
    "MAILERSEND_INBOUND_SECRET": "s",
    "MAILERSEND_SIGNING_SECRET": "s",
    "MAILGUN_WEBHOOK_SIGNING_KEY": KEY,
    "MAILTRAP_INBOUND_SECRET": "s",
    "MAILTRAP_TRACKING_SECRET": "s",
    "MANDRILL_WEBHOOK_KEY": "k",
    "UNISENDER_GO_API_KEY": "k",
    "BREVO_API_KEY": "k",
    "MAILTRAP_API_TOKEN": "k",
    "WEBHOOK_SECRET": SECRET,
}
TOLD = {
    "RecordType": "Bounce",
    "Type": "HardBounce",
    "Email": "alice-amadi@people.example.org",
    "signature": {},
    "auth": "no",
    "mandrill_events": "[]",
}
CALLED = sorted(set(PROVIDERS) - {"amazon_ses", "resend", "postal"})  # these three need a library or a key of their own


@pytest.mark.row("R6")
@pytest.mark.parametrize("secret", ["", "postmark:a-guessed-secret-of-letters"], ids=["no proof", "a wrong one"])
@pytest.mark.parametrize("route", ["inbound", "tracking"])
@pytest.mark.parametrize("provider", CALLED)
def test_without_its_proof_a_call_is_refused_and_nothing_is_stored(client, settings, provider, route, secret):
    settings.MAIL_PROVIDERS, settings.ANYMAIL = [provider], ALL_PROOFS

    answer = call(client, provider, route, json.dumps(TOLD), secret=secret)

    assert answer.status_code == (404 if (provider, route) == ("unisender_go", "inbound") else 403)
    assert (InboundMail.objects.count(), AddressHealth.objects.count()) == (0, 0)


def test_where_a_secret_is_set_a_signature_alone_is_not_enough(client, settings, bob, address):
    """docs/email.md says so: the secret belongs into the address of every provider then."""
    told = signed(sender=bob.email, recipient=address, **{"body-mime": letter(bob.email, address).decode()})
    with_secret = call(client, "mailgun", "inbound_mime", told, secret="").status_code
    del settings.ANYMAIL["WEBHOOK_SECRET"]

    assert (with_secret, call(client, "mailgun", "inbound_mime", told, secret="").status_code) == (403, 200)


def test_a_signature_of_another_key_is_refused(client, bob, address):
    told = signed(recipient=address, signature="0" * 64, **{"body-mime": letter(bob.email, address).decode()})

    assert call(client, "mailgun", "inbound_mime", told).status_code == 403
    assert InboundMail.objects.count() == 0


@pytest.mark.parametrize(
    ("provider", "route", "status"),
    [("sparkpost", "tracking", 404), ("nobody", "tracking", 404), ("postmark", "elsewhere", 404), ("postmark", "inbound", 400)],
)
def test_what_is_not_open_is_not_there_and_nonsense_is_nonsense(client, provider, route, status):
    assert call(client, provider, route, "[not json").status_code == status


def test_a_provider_may_look_whether_the_address_is_there(client):
    assert client.head(reverse("correspondence:hook-receive", args=["postmark", "inbound"])).status_code == 200
    assert client.get(reverse("correspondence:hook-receive", args=["postmark", "inbound"])).status_code == 405


@pytest.mark.parametrize(
    ("names", "known", "sentence"),
    [
        ([], {}, ""),
        (["postmark"], {"WEBHOOK_SECRET": SECRET}, ""),
        (["mailgun"], {"MAILGUN_WEBHOOK_SIGNING_KEY": KEY}, ""),
        (["pigeon"], {}, "MAIL_PROVIDERS: 'pigeon' is none of"),
        (
            ["postmark"],
            {},
            "MAIL_PROVIDERS names postmark, and nothing tells its calls from a stranger's: set ANYMAIL_WEBHOOK_SECRET.",
        ),
        (["amazon_ses"], {"WEBHOOK_SECRET": SECRET}, "MAIL_PROVIDERS names amazon_ses, which needs the library boto3"),
        (["postmark"], {"WEBHOOK_SECRET": "short:secret"}, "ANYMAIL_WEBHOOK_SECRET: expected user:password"),
    ],
)
def test_a_site_with_an_open_door_does_not_start(names, known, sentence):
    wrong = what_is_wrong(names, known)

    assert wrong.startswith(sentence) if sentence else wrong == ""
