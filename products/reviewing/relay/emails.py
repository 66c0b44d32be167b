"""A question that was passed on, by mail: it comes from “Reviewer 2” or “the authors” where the round hides who that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence.addresses import at_our_domain, person_via_community
from correspondence.kinds import Kind, kinds
from correspondence.models import ReplyAddress
from products.models import RelayMessage
from products.reviewing import link
from products.reviewing.relay import workflow
from products.reviewing.secrecy import Naming

if TYPE_CHECKING:
    from ambassadors.models import User
    from correspondence.models import OutgoingMail
    from products.models import Review


def _message(mail: OutgoingMail) -> RelayMessage | None:
    """The message, while its reader is on the side that it is for."""
    rows = RelayMessage.objects.visible_to(mail.person) if mail.person else RelayMessage.objects.none()
    beside = ("review__reviewer", "review__round__edition__product__space", "by")
    found: RelayMessage | None = rows.select_related(*beside).filter(pk=mail.about["message"]).first()
    return found


def _is_wanted(mail: OutgoingMail) -> bool:
    message, person = _message(mail), mail.person
    if message is None or person is None or not workflow.is_open(message.review):
        return False
    return workflow.writes(person, message.review) if message.from_reviewer else person.pk == message.review.reviewer_id


def _context(mail: OutgoingMail) -> dict[str, Any]:
    message, person = _message(mail), mail.person
    assert message is not None and person is not None  # noqa: S101, PT018  asked just before
    review = message.review
    return {
        "asker": str(asker_of(message, person)),
        "title": review.round.edition.title,
        "words": message.words,
        "is_from_reviewer": message.from_reviewer,
        "is_hidden": review.round.is_anonymous,
        "url": _page(review, person),
        "answer_to": at_our_domain(ReplyAddress.objects.of(link.RELAY, person, review).local_part),
    }


def asker_of(message: RelayMessage, person: User) -> str:
    """Who asks, as whoever reads it may know them."""
    naming = Naming(message.review.round, workflow.reader(person, message.review))
    called = naming.reviewer(message.review) if message.from_reviewer else naming.one_author(message.by)
    return called.name


def _page(review: Review, person: User) -> str:
    """The reviewer's own page by its link, while it works; the authors' on the site."""
    if person.pk != review.reviewer_id:
        edition = review.round.edition
        return settings.SITE_URL + reverse("products:question-list", args=[edition.product.slug, edition.number])
    if link.is_alive(review):
        return link.url_of(link.link_for(review))
    return settings.SITE_URL + reverse("products:question-own-list", args=[review.pk])


def _answered_there(mail: OutgoingMail, context: dict[str, Any]) -> dict[str, str]:
    """From and Reply-To both lead to the other side: some programs answer the one, some the other."""
    asker = context["asker"]
    sender = person_via_community(asker[:1].upper() + asker[1:], context["answer_to"].partition("@")[0])
    return {"From": sender, "Reply-To": sender}


kinds.add(
    "review_question",
    Kind(
        name="review_question",
        label=gettext_lazy("Questions between reviewers and authors"),
        description=gettext_lazy("When a reviewer asks something about what you wrote, or the authors answer what you asked."),
        context=_context,
        sample=lambda: {
            "asker": _("Reviewer %(number)s") % {"number": 2},
            "title": "Who stays, and why",
            "words": "Are the six clubs all of the same town?",
            "is_from_reviewer": True,
            "is_hidden": True,
            "url": f"{settings.SITE_URL}/desk/products/who-stays/editions/1/questions/",
            "answer_to": f"{link.RELAY}+…@{settings.MAIL_DOMAIN}",
        },
        still_wanted=_is_wanted,
        headers=_answered_there,
        link=lambda mail, context: str(context["url"]),
        placeholders=("asker", "title", "words", "url"),
        required=("words",),
        own_words=True,
        answers_own_words=True,
        is_unlisted=True,
    ),
)
