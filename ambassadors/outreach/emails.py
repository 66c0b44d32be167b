"""What is mailed about what people share: the question of the month, the day after a talk, and drafts to confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.models import Ambassador, Network, OutreachEntry, OutreachQuestion, SpeakingSlot
from correspondence.addresses import at_our_domain, community_sender
from correspondence.kinds import Kind, kinds
from correspondence.models import OutgoingMail, ReplyAddress

if TYPE_CHECKING:
    from django.db.models import Model

    from ambassadors.models import User

PREFIX = "outreach"


def answer_to(person: User, target: Model, prefix: str = PREFIX) -> str:
    """Where this person answers about this row."""
    return at_our_domain(ReplyAddress.objects.of(prefix, person, target).local_part)


def answered_at(mail: OutgoingMail, context: dict[str, Any]) -> dict[str, str]:
    """From and Reply-To both lead to the answer: some programs answer the one, some the other."""
    sender = community_sender(context["answer_to"].partition("@")[0])
    return {"From": sender, "Reply-To": sender}


def site(name: str, *args: Any) -> str:
    """The whole address of a page."""
    return settings.SITE_URL + reverse(f"ambassadors:{name}", args=args)


def _question_of(mail: OutgoingMail) -> OutreachQuestion | None:
    found: OutreachQuestion | None = (
        OutreachQuestion.objects.filter(pk=mail.about["question"], person=mail.person).select_related("person").first()
    )
    return found


def _question_is_wanted(mail: OutgoingMail) -> bool:
    """Not any more when it was answered, or when the person is pausing, away or observing by now."""
    question = _question_of(mail)
    if question is None or question.status != OutreachQuestion.Status.ASKED:
        return False
    own = Ambassador.objects.available_on(mail.due_at).filter(user=question.person_id, is_observing=False)
    return own.exists()


def _question_context(mail: OutgoingMail) -> dict[str, Any]:
    question = _question_of(mail)
    assert question is not None  # noqa: S101  asked just before
    month = date_format(question.month, "F")
    return {"month": month, "url": site("outreach-create"), "answer_to": answer_to(question.person, question)}


def _entry_of(mail: OutgoingMail) -> OutreachEntry | None:
    entries = OutreachEntry.objects.drafts().filter(pk=mail.about["entry"], person=mail.person)
    found: OutreachEntry | None = entries.select_related("person", "network").first()
    return found


def _draft_is_wanted(mail: OutgoingMail) -> bool:
    return mail.person is not None and mail.person.is_member and _entry_of(mail) is not None


def _draft_context(mail: OutgoingMail) -> dict[str, Any]:
    entry = _entry_of(mail)
    assert entry is not None  # noqa: S101  asked just before
    return {
        "what": entry.what,
        "network": str(entry.network or ""),
        "reach": entry.reach,
        "is_measured": entry.certainty == OutreachEntry.Certainty.MEASURED,
        "link": entry.link,
        "day": date_format(entry.on, "j F Y"),
        "is_complete": entry.is_complete,
        "networks": ", ".join(Network.objects.offered().values_list("name", flat=True)),
        "url": settings.SITE_URL + entry.get_absolute_url(),
        "answer_to": answer_to(entry.person, entry),
    }


def _talk_of(mail: OutgoingMail) -> SpeakingSlot | None:
    talks = SpeakingSlot.objects.filter(pk=mail.about["slot"], speaker=mail.person, status=SpeakingSlot.Status.GIVEN)
    found: SpeakingSlot | None = talks.without_a_log().select_related("speaker").first()
    return found


def _talk_is_wanted(mail: OutgoingMail) -> bool:
    return mail.person is not None and mail.person.is_member and _talk_of(mail) is not None


def _talk_context(mail: OutgoingMail) -> dict[str, Any]:
    slot = _talk_of(mail)
    assert slot is not None  # noqa: S101  asked just before
    assert slot.speaker is not None  # noqa: S101  likewise
    return {
        "title": slot.title,
        "day": date_format(slot.on, "j F"),
        "url": site("slot-log", slot.pk),
        "answer_to": answer_to(slot.speaker, slot),
    }


def _sample_of_draft() -> dict[str, Any]:
    return {
        "what": _("The kickstarter for boards went to 40 of our grantees"),
        "network": _("Grantees and partners"),
        "reach": 40,
        "is_measured": False,
        "link": "",
        "day": _("3 March 2026"),
        "is_complete": True,
        "networks": "",
        "url": f"{settings.SITE_URL}/outreach/7/",
        "answer_to": "outreach+…",
    }


kinds.add(
    "outreach_question",
    Kind(
        name="outreach_question",
        label=gettext_lazy("What you passed on this month"),
        description=gettext_lazy(
            "Once a month, when you ticked that you pass the word on. Answer in your own words, or not at all."
        ),
        context=_question_context,
        sample=lambda: {"month": _("March"), "url": f"{settings.SITE_URL}/outreach/new/", "answer_to": "outreach+…"},
        still_wanted=_question_is_wanted,
        headers=answered_at,
        link=lambda mail, context: str(context["url"]),
        placeholders=("month", "url"),
        required=("month",),
        asks=True,
    ),
)
kinds.add(
    "outreach_draft",
    Kind(
        name="outreach_draft",
        label=gettext_lazy("A draft of what you shared, to confirm"),
        description=gettext_lazy("When you answered by mail what you shared: we say what we understood, and “yes” logs it."),
        context=_draft_context,
        sample=_sample_of_draft,
        still_wanted=_draft_is_wanted,
        headers=answered_at,
        link=lambda mail, context: str(context["url"]),
        placeholders=("what", "network", "reach", "day", "url"),
        required=("what",),
        answers_own_words=True,
    ),
)
kinds.add(
    "talk_reminder",
    Kind(
        name="talk_reminder",
        label=gettext_lazy("How your talk went"),
        description=gettext_lazy("The day after a talk you gave for the community, once: who listened, and where it can be seen."),
        context=_talk_context,
        sample=lambda: {
            "title": _("Results without fear"),
            "day": _("3 March"),
            "url": f"{settings.SITE_URL}/outreach/speaking/7/log/",
            "answer_to": "outreach+…",
        },
        still_wanted=_talk_is_wanted,
        headers=answered_at,
        link=lambda mail, context: str(context["url"]),
        placeholders=("title", "day", "url"),
        required=("title",),
        asks=True,
    ),
)
