"""The mail that lays an answer before an ambassador: what their assistant would say, and how to say it with a yes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence.addresses import at_our_domain
from correspondence.kinds import Kind, kinds
from correspondence.models import ReplyAddress
from discussions import footers, rules
from discussions.emails import answered_at
from discussions.models import PreparedReply, Thread
from discussions.quoting import words_for

if TYPE_CHECKING:
    from correspondence.models import OutgoingMail

DOOR = "prepared"


def prepared_of(mail: OutgoingMail) -> PreparedReply | None:
    """What was prepared, while it waits and its reader could say it."""
    if mail.person is None or not mail.person.is_member:
        return None
    rows = PreparedReply.objects.visible_to(mail.person).waiting_for(mail.person).select_related("thread__space")
    found: PreparedReply | None = rows.filter(pk=mail.about["prepared"]).first()
    if found is None or not Thread.objects.visible_to(mail.person).filter(pk=found.thread_id).exists():
        return None
    return found if rules.may_answer(mail.person, found.thread) else None


def _is_wanted(mail: OutgoingMail) -> bool:
    return prepared_of(mail) is not None


def _context(mail: OutgoingMail) -> dict[str, Any]:
    prepared, person = prepared_of(mail), mail.person
    assert prepared is not None and person is not None  # noqa: S101, PT018  asked just before
    is_whole = rules.may_be_mailed_whole(person, prepared.thread)
    to = at_our_domain(ReplyAddress.objects.of(DOOR, person, prepared).local_part) if is_whole else ""
    answer = (
        _("Answer “yes” to say it as it stands, “no” to put it aside.")
        if is_whole
        else _("Its words are on the site: read them there, and send it.")
    )
    return {
        "assistant": prepared.assistant_name,
        "thread": prepared.thread,
        "subject_of_thread": prepared.thread.subject,
        "text": words_for(person, prepared.thread, prepared.body),
        "is_whole": is_whole,
        "url": settings.SITE_URL + reverse("discussions:prepared-list"),
        "footer": footers.Footer(answer, to),
    }


def _headers(mail: OutgoingMail, context: dict[str, Any]) -> dict[str, str]:
    """An answer is a yes or a no to these words, and nothing that anybody else reads."""
    return answered_at(context["assistant"], context["footer"].local_part)


def _sample() -> dict[str, Any]:
    return {
        "assistant": "Jo Park",
        "thread": {"subject": "Which questions did you drop?"},
        "subject_of_thread": "Which questions did you drop?",
        "text": "We dropped the three about satisfaction. Nobody had ever acted on an answer to them.",
        "is_whole": True,
        "url": "https://community.example.org/prepared/",
        "footer": footers.Footer(
            "Answer “yes” to say it as it stands, “no” to put it aside.", "prepared+example@community.example.org"
        ),
    }


kinds.add(
    "reply_prepared",
    Kind(
        name="reply_prepared",
        own_words=True,
        label=gettext_lazy("Your assistant has prepared an answer"),
        description=gettext_lazy("When somebody to whom you gave a seat lays an answer before you. It waits on your desk, too."),
        context=_context,
        sample=_sample,
        still_wanted=_is_wanted,
        headers=_headers,
        link=lambda mail, context: str(context["url"]),
        placeholders=("assistant", "subject_of_thread", "text", "url"),
        required=("text", "url"),
    ),
)
