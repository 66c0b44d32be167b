"""From a row of the outbox to the mail itself. It happens at the moment of sending, so it says what is true then."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parseaddr
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from correspondence import addresses, texts
from correspondence.kinds import Kind, kinds
from correspondence.models.outgoing import zone_of
from foundation.models import Community

if TYPE_CHECKING:
    from ambassadors.models import User
    from correspondence.models import OutgoingMail


@dataclass(frozen=True)
class Rendered:
    """The three parts of a mail."""

    subject: str
    text: str
    html: str


def message_for(mail: OutgoingMail) -> EmailMultiAlternatives:
    """Render one mail, in the language and time zone of its recipient, with all its headers."""
    kind = kinds[mail.kind]
    with reading_as(mail.person):
        context = everywhere(kind, mail.person) | links_of(mail) | kind.context(mail)
        parts = render(kind, context)
        headers = _on_one_line(headers_for(mail, kind) | _sent_by(kind, kind.headers(mail, context)))
    message = EmailMultiAlternatives(
        subject=parts.subject,
        body=parts.text,
        from_email=addresses.bounce_address(mail),  # the envelope; what the reader sees is the header From
        to=[mail.recipient],
        reply_to=[headers.pop("Reply-To")],
        headers=headers,
    )
    message.attach_alternative(parts.html, "text/html")
    for file in kind.files(mail):
        message.attach(file.name, file.content, file.content_type)
    return message


def render(kind: Kind, context: dict[str, Any]) -> Rendered:
    """Render the three parts of a kind: ours, or the community's own words where it has some."""
    own = texts.own_words(kind)
    return Rendered(
        subject=_subject(kind, context, own.get("subject")),
        text=_body(kind, "txt", context, own.get("text")).strip() + "\n",
        html=_body(kind, "html", context, own.get("text")),
    )


def preview(kind: Kind) -> Rendered:
    """Render a kind with its invented example: no row and no real person is behind it."""
    reader = get_user_model()(name=_("Amina Example"), email="amina@people.example")
    links = {"unsubscribe_url": f"{settings.SITE_URL}/unsubscribe/example/"}
    return render(kind, everywhere(kind, reader) | links | kind.sample() | {"person": reader})


def subject_of(kind: Kind, context: dict[str, Any]) -> str:
    """Render the subject alone, on one line."""
    return _subject(kind, context, texts.own_words(kind).get("subject"))


def everywhere(kind: Kind, person: User | None) -> dict[str, Any]:
    """What the templates of every kind may use."""
    help_address = addresses.at_our_domain(addresses.HELP) if person is not None and person.is_member else ""
    return {
        "site_url": settings.SITE_URL,
        "community": Community.current(),
        "person": person,
        "kind": kind,
        "help_address": help_address,
    }


def links_of(mail: OutgoingMail) -> dict[str, str]:
    """The links that are derived from the row itself."""
    path = reverse("correspondence:unsubscribe", args=[addresses.token_of(mail, addresses.UNSUBSCRIBE)])
    return {"unsubscribe_url": settings.SITE_URL + path}


def headers_for(mail: OutgoingMail, kind: Kind) -> dict[str, str]:
    """The headers that every mail has, and those of optional kinds; nobody's vacation notice should answer either."""
    team = addresses.team_address()
    headers = {
        "From": addresses.community_sender(),
        "Reply-To": team,
        "Message-ID": addresses.message_id(mail),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Precedence": "list",
    }
    if "postmark" in settings.MAIL_PROVIDERS:
        headers["X-PM-KeepID"] = "true"  # else it writes a Message-ID of its own, and answers find no thread
    if kind.optional:
        headers |= {
            "List-Id": f"<{kind.name.replace('_', '-')}.{settings.MAIL_DOMAIN}>",
            "List-Unsubscribe": f"<{links_of(mail)['unsubscribe_url']}>, <mailto:{addresses.unsubscribe_address(mail)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    return headers


def _sent_by(kind: Kind, headers: dict[str, str]) -> dict[str, str]:
    """No automatic mail comes in a person's name: the community sends it, from the address where an answer is expected."""
    if kind.own_words or kind.approved_words or "From" not in headers:
        return headers
    local_part = parseaddr(headers["From"])[1].partition("@")[0]
    return headers | {"From": addresses.community_sender(local_part)}


@contextmanager
def reading_as(person: User | None) -> Iterator[None]:
    """Speak the recipient's language and tell their time."""
    language = getattr(person, "language", "") or settings.LANGUAGE_CODE
    with translation.override(language), timezone.override(zone_of(person)):
        yield


def _on_one_line(headers: dict[str, str]) -> dict[str, str]:
    """A line break in a value would begin another header; an empty value takes its header away."""
    return {name: " ".join(value.split()) for name, value in headers.items() if value}


def _subject(kind: Kind, context: dict[str, Any], own: str | None) -> str:
    subject = _template(f"{kind.name}.subject.txt", context) if own is None else texts.fill(own, kind, context)
    return " ".join(subject.split())


def _body(kind: Kind, part: str, context: dict[str, Any], own: str | None) -> str:
    """Own words stand in the kind's own frame, so that greeting and foot stay true."""
    if own is None:
        return _template(f"{kind.name}.{part}", context)
    frame = {"template_of_kind": f"emails/{kind.name}.{part}", "own_text": texts.fill(own, kind, context)}
    return _template(f"own_text.{part}", context | frame)


def _template(name: str, context: dict[str, Any]) -> str:
    template = get_template(f"emails/{name}")
    # Django escapes whatever the file is called: without this, O'Neil would read O&#x27;Neil in the plain part.
    return str(template.template.render(Context(context, autoescape=name.endswith(".html"))))  # type: ignore[attr-defined]
