"""What is mailed about community reviews: that one is open, what we noted, that somebody objects, what was answered, that it is over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.slates.emails import in_words
from correspondence.addresses import at_our_domain, community_sender
from correspondence.kinds import Kind, kinds
from correspondence.models import ReplyAddress
from discussions.models import Block
from products.models import CommunityReview, Edition, Opinion
from products.window import reading, rules
from products.window.workflow import may_reopen

if TYPE_CHECKING:
    from django.db import models

    from ambassadors.models import User
    from correspondence.models import OutgoingMail

SPEAK, ANSWER, OBJECTOR = "opinion", "objection", "objector"  # prefixes of addresses
S = Opinion.Status


def window_of(mail: OutgoingMail) -> CommunityReview | None:
    """The community review that a mail speaks of, while its reader may see it."""
    if mail.person is None or not mail.person.is_member:
        return None
    rows = CommunityReview.objects.visible_to(mail.person).select_related("edition__product")
    found: CommunityReview | None = rows.filter(pk=mail.about.get("window")).first()
    return found


def opinion_of(mail: OutgoingMail) -> Opinion | None:
    """The opinion that a mail speaks of, while its reader may see it."""
    if mail.person is None or not mail.person.is_member:
        return None
    rows = Opinion.objects.visible_to(mail.person).select_related(
        "person", "answered_by", "overridden_by", "window__edition__product"
    )
    found: Opinion | None = rows.filter(pk=mail.about.get("opinion")).first()
    return found


def address_for(prefix: str, person: User, target: models.Model) -> str:
    """Where this person's word on this goes."""
    return at_our_domain(ReplyAddress.objects.of(prefix, person, target).local_part)


def answered_there(mail: OutgoingMail, context: dict[str, Any]) -> dict[str, str]:
    """From and Reply-To both lead to the door: some programs answer the one, some the other. It is the community that writes."""
    sender = community_sender(context["answer_to"].partition("@")[0])
    return {"From": sender, "Reply-To": sender}


def _frame(window: CommunityReview, mail: OutgoingMail, prefix: str, target: models.Model) -> dict[str, Any]:
    assert mail.person is not None  # noqa: S101  asked before
    return {
        "title": window.edition.title,
        "kind_of_product": window.edition.product.get_kind_display(),
        "closes": in_words(window.closes_at),
        "zone": timezone.get_current_timezone_name(),
        "url": settings.SITE_URL + window.get_absolute_url(),
        "answer_to": address_for(prefix, mail.person, target),
    }


def _is_open(mail: OutgoingMail) -> bool:
    window = window_of(mail)
    return window is not None and rules.may_speak(mail.person, window)


def _opened(mail: OutgoingMail) -> dict[str, Any]:
    """The whole text, unless it is very long or its reader wants no words by mail: who has no other way can read and answer here."""
    window = window_of(mail)
    assert window is not None and mail.person is not None  # noqa: S101, PT018  asked just before
    edition = window.edition
    shown = [] if mail.person.headlines_only else reading.parts_for_mail(edition)
    said = {"summary": edition.summary, "changes": edition.changes, "parts": shown}
    return said | _frame(window, mail, SPEAK, window)


def _has_something_noted(mail: OutgoingMail) -> bool:
    found = opinion_of(mail)
    return found is not None and rules.is_own(mail.person, found)


def _noted(mail: OutgoingMail) -> dict[str, Any]:
    own = opinion_of(mail)
    assert own is not None  # noqa: S101  asked just before
    frame = _frame(own.window, mail, SPEAK, own.window)
    state = {"is_back": own.status == S.WITHDRAWN, "is_settled": bool(mail.about.get("is_settled"))}
    return {"said": own.kind, "words": own.words} | state | frame


def _is_blocking(mail: OutgoingMail) -> bool:
    """While it waits, and its reader takes mail from whoever said it."""
    found = opinion_of(mail)
    if found is None or found.kind != Opinion.Kind.OBJECTS or found.status != S.OPEN:
        return False
    return rules.may_answer(mail.person, found) and not _is_deaf(mail, found.person)


def _is_deaf(mail: OutgoingMail, other: User | None) -> bool:
    return mail.person is not None and Block.objects.visible_to(mail.person).filter(blocked=other).exists()


def _raised(mail: OutgoingMail) -> dict[str, Any]:
    found = opinion_of(mail)
    assert found is not None  # noqa: S101  asked just before
    said = {"who": _name(found.person), "words": found.words, "answer": found.answer}
    return said | _frame(found.window, mail, ANSWER, found)


def _name(person: User | None) -> str:
    return person.shown_name if person else _("a former member")


def _is_own_and(status: str) -> Any:
    """Whether the opinion is the reader's, in this state, and they take mail from whoever moved it there."""

    def is_wanted(mail: OutgoingMail) -> bool:
        found = opinion_of(mail)
        if found is None or found.status != status or not rules.is_own(mail.person, found):
            return False
        return not _is_deaf(mail, found.answered_by if status == S.ANSWERED else found.overridden_by)

    return is_wanted


def _answered(mail: OutgoingMail) -> dict[str, Any]:
    own = opinion_of(mail)
    assert own is not None  # noqa: S101  asked just before
    said = {"who": _name(own.answered_by), "answer": own.answer, "words": own.words, "may_reopen": may_reopen(own)}
    return said | {"is_objection": own.kind == Opinion.Kind.OBJECTS} | _frame(own.window, mail, OBJECTOR, own)


def _overridden(mail: OutgoingMail) -> dict[str, Any]:
    own = opinion_of(mail)
    assert own is not None  # noqa: S101  asked just before
    url = settings.SITE_URL + own.window.get_absolute_url()
    return {"who": _name(own.overridden_by), "reason": own.override_reason, "title": own.window.edition.title, "url": url}


def _is_over(mail: OutgoingMail) -> bool:
    window = window_of(mail)
    return window is not None and window.edition.status == Edition.Status.COMMUNITY_REVIEW and not window.is_open


def _over(mail: OutgoingMail) -> dict[str, Any]:
    window = window_of(mail)
    assert window is not None and mail.person is not None  # noqa: S101, PT018  asked just before
    counts = reading.counts_of(window, mail.person)
    url = settings.SITE_URL + window.get_absolute_url()
    return {"title": window.edition.title, "url": url, "counts": counts, "waiting": counts.waiting}


def _sample_frame() -> dict[str, Any]:
    return {
        "title": _("What we owe our volunteers"),
        "kind_of_product": _("article"),
        "closes": _("Thursday 3 December, 23:59"),
        "zone": "Europe/Lisbon",
        "url": settings.SITE_URL + reverse("products:community-review-detail", args=["what-we-owe"]),
        "answer_to": f"{SPEAK}+…@{settings.MAIL_DOMAIN}",
    }


def _sample_opened() -> dict[str, Any]:
    summary = _("Six clubs tell what they promise the people who come on Saturdays, and what they do not.")
    text = _("We asked six clubs what a volunteer can count on. Four had never said it aloud.")
    return {
        "summary": summary,
        "changes": "",
        "parts": [reading.MailedPart("", format_html("<p>{}</p>", text), text)],
    } | _sample_frame()


def _sample_words() -> dict[str, Any]:
    return {
        "who": "Mateo Ruiz",
        "words": _("The second part speaks of people as if they were shifts."),
        "answer": "",
    } | _sample_frame()


def _sample_answered() -> dict[str, Any]:
    return _sample_words() | {
        "answer": _("You are right: it now begins with whom they feed."),
        "is_objection": True,
        "may_reopen": True,
    }


kinds.add(
    "community_review_opened",
    Kind(
        name="community_review_opened",
        label=gettext_lazy("Before something is published"),
        description=gettext_lazy(
            "When a product is about to become public and every ambassador can speak: its text, in one mail. Answer it or let it be."
        ),
        context=_opened,
        sample=_sample_opened,
        still_wanted=_is_open,
        headers=answered_there,
        link=lambda mail, context: str(context["url"]),
        placeholders=("title", "summary", "closes", "zone", "url"),
        required=("url",),
        asks=True,
    ),
)
kinds.add(
    "opinion_noted",
    Kind(
        name="opinion_noted",
        label=gettext_lazy("What we noted of your answer about a product"),
        description=gettext_lazy("When you said by mail what you think of something that is about to be published."),
        context=_noted,
        sample=lambda: {"said": "objects", "is_back": False, "is_settled": False} | _sample_words(),
        still_wanted=_has_something_noted,
        headers=answered_there,
        link=lambda mail, context: str(context["url"]),
        placeholders=("title", "url"),
        answers_own_words=True,
    ),
)
kinds.add(
    "objection_raised",
    Kind(
        name="objection_raised",
        label=gettext_lazy("Somebody objects to a product of yours"),
        description=gettext_lazy(
            "When a product that you write or edit waits for an answer. Answer the mail: your words are the answer."
        ),
        context=_raised,
        sample=_sample_words,
        still_wanted=_is_blocking,
        headers=answered_there,
        link=lambda mail, context: str(context["url"]),
        placeholders=("title", "who", "words", "url"),
        required=("words", "url"),
        gathers=True,
        asks=True,
    ),
)
kinds.add(
    "opinion_answered",
    Kind(
        name="opinion_answered",
        label=gettext_lazy("An answer to what you said of a product"),
        description=gettext_lazy("When an author or an editor answers your suggestion or objection."),
        context=_answered,
        sample=_sample_answered,
        still_wanted=_is_own_and(S.ANSWERED),
        headers=answered_there,
        link=lambda mail, context: str(context["url"]),
        placeholders=("title", "who", "answer", "url"),
        required=("answer",),
        answers_own_words=True,
    ),
)
kinds.add(
    "objection_overridden",
    Kind(
        name="objection_overridden",
        label=gettext_lazy("An editor decided about your objection"),
        description=gettext_lazy("When something is published over an objection of yours: by whom, and for what reason."),
        context=_overridden,
        sample=lambda: {"reason": _("It names the two clubs, who have read and agreed to it.")} | _sample_words(),
        still_wanted=_is_own_and(S.OVERRIDDEN),
        link=lambda mail, context: str(context["url"]),
        placeholders=("title", "who", "reason", "url"),
        required=("reason",),
        answers_own_words=True,
    ),
)
kinds.add(
    "community_review_over",
    Kind(
        name="community_review_over",
        label=gettext_lazy("What the community said of a product of yours"),
        description=gettext_lazy("When the days are over in which every ambassador could speak about what you write or edit."),
        context=_over,
        sample=lambda: {"counts": reading.Counts(12, 3, 1, 1), "waiting": 1} | _sample_frame(),
        still_wanted=_is_over,
        link=lambda mail, context: str(context["url"]),
        placeholders=("title", "url"),
        required=("url",),
    ),
)
