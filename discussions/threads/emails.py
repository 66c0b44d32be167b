"""The mail that says that a private conversation has grown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence.kinds import Kind, kinds
from discussions import footers
from discussions.emails import answered_at
from discussions.models import Follow, Participant, Thread

if TYPE_CHECKING:
    from ambassadors.models import User
    from correspondence.models import OutgoingMail


def _participant(mail: OutgoingMail) -> Participant | None:
    """The one who was added, while they and the reader of the mail still take part."""
    if mail.person is None:
        return None
    found: Participant | None = (
        Participant.objects.filter(pk=mail.about["participant"], thread__in=Thread.objects.private_to(mail.person).values("pk"))
        .select_related("thread", "person")
        .first()
    )
    return found


def is_wanted(mail: OutgoingMail) -> bool:
    """Asked when it is sent: both still take part, the newcomer is a member, and the reader has not muted it."""
    newcomer = _participant(mail)
    if newcomer is None or not newcomer.person.is_member:
        return False
    return not Follow.objects.filter(thread=newcomer.thread_id, person=mail.person, level=Follow.Level.MUTED).exists()


def context(mail: OutgoingMail) -> dict[str, Any]:
    """Who came, who brought them, and who reads an answer now."""
    newcomer = _participant(mail)
    assert newcomer is not None  # noqa: S101  asked just before
    seats = Participant.objects.filter(thread=newcomer.thread_id).select_related("person")
    people = [seat.person for seat in seats]
    assert mail.person is not None  # noqa: S101  it always goes to somebody
    readers = footers.who_reads([one for one in people if one != mail.person])
    foot = footers.of_thread(mail.person, newcomer.thread, answer=f"{_('Answer this mail to answer.')} {readers}")
    by: User | None = next((one for one in people if one.pk == mail.about["by"]), None)
    return {
        "is_newcomer": newcomer.person_id == mail.person_id,
        "newcomer": newcomer.person,
        "by": by or _("somebody who has left it since"),
        "thread": newcomer.thread,
        "url": settings.SITE_URL + newcomer.thread.get_absolute_url(),
        "footer": foot,
        "readers": foot.answer,
    }


def headers(mail: OutgoingMail, context: dict[str, Any]) -> dict[str, str]:
    """An answer to it goes into the conversation."""
    root = f"<thread-{context['thread'].pk}@{settings.MAIL_DOMAIN}>"
    return {
        **answered_at(str(context["by"]), context["footer"].local_part),
        "In-Reply-To": root,
        "References": root,
    }


def sample() -> dict[str, Any]:
    """Somebody is brought in."""
    answer = "Answer this mail to answer. Your answer goes to all 2: Maya Okafor, Tom Berg."
    return {
        "is_newcomer": True,
        "newcomer": "Noor Haddad",
        "by": "Maya Okafor",
        "thread": {"subject": "Your question about the energy audit"},
        "url": "https://community.example.org/discussions/7/",
        "readers": answer,
        "footer": footers.sample(answer=answer, alone="", acts=("read", "mute")),
    }


kinds.add(
    "conversation_grew",
    Kind(
        name="conversation_grew",
        label=gettext_lazy("Somebody joins a private conversation"),
        context=context,
        sample=sample,
        still_wanted=is_wanted,
        headers=headers,
        placeholders=("newcomer", "by", "url", "readers"),
    ),
)
