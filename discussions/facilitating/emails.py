"""The private word to somebody quiet: their view would be welcome."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence.addresses import at_our_domain
from correspondence.kinds import Kind, kinds
from correspondence.models import ReplyAddress
from discussions import footers, rules
from discussions.emails import answered_at
from discussions.models import Nudge, Post, Thread
from discussions.quoting import words_for

if TYPE_CHECKING:
    from correspondence.models import OutgoingMail

DOOR = "nudge"


def nudge_of(mail: OutgoingMail) -> Nudge | None:
    """The nudge that the mail brings, if its recipient may still read and answer the thread."""
    person = mail.person
    if person is None or not Thread.objects.visible_to(person).filter(pk=mail.about["thread"]).exists():
        return None
    rows = Nudge.objects.filter(thread=mail.about["thread"], person=person).select_related("thread__space", "by")
    nudge: Nudge | None = rows.first()
    return nudge if nudge is not None and rules.may_answer(person, nudge.thread) else None


def nudge_is_wanted(mail: OutgoingMail) -> bool:
    """Asked when it is sent: whoever asked is still a member, and the one who is asked has not spoken in the meantime."""
    nudge = nudge_of(mail)
    if nudge is None or nudge.by is None or not nudge.by.is_member:
        return False
    return not Post.objects.filter(thread=nudge.thread, author=mail.person).exists()


def nudge_context(mail: OutgoingMail) -> dict[str, Any]:
    """Who asks, where, and both ways to answer."""
    nudge = nudge_of(mail)
    assert nudge is not None and nudge.by is not None and mail.person is not None  # noqa: S101, PT018  asked just before
    to = at_our_domain(ReplyAddress.objects.of(DOOR, mail.person, nudge).local_part)
    only = _("An answer to this mail goes to %(by)s alone.") % {"by": nudge.by.shown_name}
    return {
        "by": nudge.by.shown_name,
        "thread": nudge.thread,
        "space": nudge.thread.space,
        "words": words_for(mail.person, nudge.thread, nudge.words),
        "url": settings.SITE_URL + nudge.thread.get_absolute_url(),
        "thread_address": at_our_domain(ReplyAddress.objects.of("reply", mail.person, nudge.thread).local_part),
        "footer": footers.of_thread(mail.person, nudge.thread, answer=only, to=to),
    }


def nudge_headers(mail: OutgoingMail, context: dict[str, Any]) -> dict[str, str]:
    """An answer goes to whoever asked, and to nobody else: it may say why somebody keeps quiet."""
    return answered_at(context["by"], context["footer"].local_part)


def nudge_link(mail: OutgoingMail, context: dict[str, Any]) -> str:
    """To the conversation."""
    url: str = context["url"]
    return url


def nudge_sample() -> dict[str, Any]:
    """A word to somebody who knows more than they say."""
    return {
        "by": "Maya Okafor",
        "thread": {"subject": "Which questions did you drop?"},
        "space": {"name": "Counting what matters"},
        "words": "You went through this last year. One sentence on what you would not do again would help everybody.",
        "url": "https://community.example.org/discussions/7/which-questions-did-you-drop/",
        "thread_address": "reply+example@community.example.org",
        "footer": footers.sample(answer="An answer to this mail goes to Maya Okafor alone.", alone="", acts=("read", "mute")),
    }


kinds.add(
    "nudge",
    Kind(
        name="nudge",
        own_words=True,
        label=gettext_lazy("Your view would be welcome"),
        description=gettext_lazy(
            "When somebody who leads a space would like to hear you in a conversation. At most once for each, and only you know."
        ),
        context=nudge_context,
        sample=nudge_sample,
        still_wanted=nudge_is_wanted,
        headers=nudge_headers,
        link=nudge_link,
        placeholders=("by", "words", "url", "thread_address"),
        required=("by", "url"),
        asks=True,
    ),
)
